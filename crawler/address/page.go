package address

import (
	"slices"
	"strings"
)

// Page gives what the addresses under which a site shows one page have in common: the host without www, the path
// without its index file, closing slash, case and view (print, amp), and of the parameters those that choose what is
// shown. Addresses of one Page that also say the same are one page; it is no address itself. Files have their own.
func Page(addr string) string {
	if IsFile(addr) {
		return addr
	}
	_, path, query := split(addr)
	host := Host(addr)
	for _, standard := range []string{":80", ":443"} {
		host = strings.TrimSuffix(host, standard)
	}
	var b strings.Builder
	b.WriteString(strings.TrimPrefix(host, "www."))
	segments := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	if n := len(segments); n > 0 && isIndex(segments[n-1]) {
		segments = segments[:n-1]
	}
	if n := len(segments); n > 1 && views[segments[n-1]] {
		segments = segments[:n-1]
	} else if n > 1 && views[segments[0]] {
		segments = segments[1:]
	}
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(s)
	}
	var chosen []string
	for p := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(p, "=")
		if value != "" && chooses(strings.ToLower(name)) {
			chosen = append(chosen, strings.ToLower(name)+"="+value)
		}
	}
	slices.Sort(chosen)
	for i, p := range slices.Compact(chosen) {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(p)
	}
	return b.String()
}

// isIndex tells whether a file name is that of a folder's own page.
func isIndex(name string) bool {
	stem, ending, _ := strings.Cut(name, ".")
	switch ending {
	case "html", "htm", "php", "asp", "aspx", "jsp", "shtml":
		return stem == "index" || stem == "default"
	}
	return false
}

// views are segments of paths that show the page before or after them in another dress.
var views = map[string]bool{"print": true, "printable": true, "printview": true, "imprimer": true, "impression": true, "version-imprimable": true, "amp": true}

// chooses tells whether a parameter says which content is meant; others sort, filter, print or follow.
func chooses(name string) bool {
	if strings.HasSuffix(name, "id") {
		for _, other := range []string{"sid", "clid", "sessionid"} {
			if strings.HasSuffix(name, other) {
				return false
			}
		}
		return true
	}
	return choosing[name]
}

var choosing = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(`p q r do route url uri path file filename fichier doc docs document documents article articles art post node news actu actualite
		item fiche page_name pagename name nom title titre slug key cle ref reference num numero no code
		rub rubrique section category categorie cat topic theme_name tag space espace project projet folder dossier site sites group groupe
		dept department departement direction service division entity entite unit unite agency agence location team equipe
		option view controller action act module mod task sourcedoc`) {
		all[name] = true
	}
	return all
}()
