package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// separators stand between a page's title and its site's name.
var separators = [...]string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " › ", " > ", " / ", " : ", " ~ ", " ∣ ", " ‒ ", "|"}

// title gives the page's title without its site's name. Several places name the page: its heading,
// its last crumb, the headline of its structured data, <title>, og:title. Each of them votes for
// what it says, site's name taken off; copies that differ in typography only vote together, and a
// heading that ends with another's words (a date before the title) votes for that one too.
func (f *facts) title(h1 string) string {
	f.siteKey("")
	type vote struct {
		text, key string
		weight    float64
	}
	var votes []vote
	add := func(s string, weight float64, whole bool) {
		if s = oneLine(s, 500); !whole {
			s = f.withoutSite(s, h1, f.sites)
		} else {
			s = f.withoutTail(s, f.sites)
		}
		if k := fold(s); k != "" && !f.sites[k] {
			votes = append(votes, vote{s, k, weight})
		}
	}
	add(h1, 1.7, true) // first: among equal copies, people see this one
	if lightest(f.main) < 2 {
		add(text(f.main["headline"]), 2, true)
	}
	crumb, sure := f.ownCrumb(), 2.2
	if k, h := fold(crumb), fold(h1); strings.Contains(h, k) && len(h) > len(k) && !(strings.HasSuffix(h, k) && len(h) <= len(k)+12) {
		sure = 1 // a short form for the path
	}
	add(crumb, sure, true)
	add(f.titled, 1.6, false)
	if og := f.first("og:title", "twitter:title"); og != f.titled { // else one field of the CMS, twice
		add(og, .7, false)
	}
	slug := slugWords(f.in.Address)
	best, most := "", 0.0
	for i, v := range votes {
		total := .8 * shared(slug, v.text)
		for _, o := range votes {
			switch {
			case o.key == v.key:
				total += o.weight
			case len(v.key) >= 10 && strings.HasSuffix(o.key, v.key) && len(o.key) <= len(v.key)+12:
				total += o.weight
			}
		}
		if total > most+.01 {
			best, most = v.text, total
			for _, o := range votes[:i] { // an earlier copy of the same words
				if o.key == v.key {
					best = o.text
					break
				}
			}
		}
	}
	if best == "" {
		best = oneLine(f.titled, 500)
	}
	if best == "" {
		best = text(first(f.main, "headline", "name"))
	}
	return norm.NFC.String(oneLine(best, 500))
}

// ownCrumb is the last entry of a BreadcrumbList when that is the page itself.
func (f *facts) ownCrumb() string {
	for _, t := range f.things {
		if ks := types(t); len(ks) == 0 || ks[0] != "BreadcrumbList" {
			continue
		}
		items := many(t["itemListElement"])
		if len(items) < 2 {
			continue
		}
		last, ok := items[len(items)-1].(thing)
		if !ok || !f.leadsHere(last["item"]) {
			continue
		}
		if s := text(last["name"]); s != "" {
			return s
		}
		if inner, ok := last["item"].(thing); ok {
			return text(inner["name"])
		}
	}
	return ""
}

// leadsHere tells whether a crumb's target is this page, or nothing.
func (f *facts) leadsHere(to any) bool {
	if inner, ok := to.(thing); ok {
		to = first(inner, "@id", "url")
	}
	s, _ := to.(string)
	if s == "" {
		return true
	}
	s = f.resolve(s)
	return s == f.in.Address || s != "" && s == f.canonical
}

// withoutSite takes the site's name off a title.
func (f *facts) withoutSite(full, h1 string, site map[string]bool) string {
	full = oneLine(full, 500)
	heading := fold(h1)
	if heading == "" || fold(full) == heading {
		if heading != "" && !site[heading] {
			return full
		}
	}
	for _, sep := range separators {
		parts := strings.Split(full, sep)
		if len(parts) < 2 {
			continue
		}
		// The heading is what is left after some parts at the end, or at the start, are cut.
		if heading != "" && !site[heading] {
			for n := len(parts) - 1; n > 0; n-- {
				if s := strings.Join(parts[:n], sep); fold(s) == heading {
					return strings.TrimSpace(s)
				}
				if s := strings.Join(parts[len(parts)-n:], sep); fold(s) == heading {
					return strings.TrimSpace(s)
				}
			}
		}
	}
	for again := true; again; {
		again = false
		for _, sep := range separators {
			if i := strings.LastIndex(full, sep); i > 0 && site[fold(full[i+len(sep):])] {
				full, again = strings.TrimSpace(full[:i]), true
			}
			if i := strings.Index(full, sep); i > 0 && site[fold(full[:i])] && i+len(sep) < len(full) {
				full, again = strings.TrimSpace(full[i+len(sep):]), true
			}
		}
	}
	return full
}

// withoutTail takes the site's name off the end of a text that names the page alone on most sites.
func (f *facts) withoutTail(s string, site map[string]bool) string {
	for _, sep := range separators {
		if i := strings.LastIndex(s, sep); i > 0 && site[fold(s[i+len(sep):])] {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// siteKeys are the folded names by which the site may call itself in a title.
func (f *facts) siteKeys() map[string]bool {
	keys := map[string]bool{}
	add := func(s string) {
		if k := fold(s); k != "" && len(s) <= 80 {
			keys[k] = true
		}
	}
	add(f.first("og:site_name"))
	add(f.first("application-name"))
	add(f.first("apple-mobile-web-app-title"))
	for _, t := range f.things {
		for _, k := range types(t) {
			switch k {
			case "WebSite", "Organization", "Corporation", "NewsMediaOrganization", "LocalBusiness":
				add(text(t["name"]))
				for _, v := range many(t["alternateName"]) {
					add(text(v))
				}
			}
		}
		if v := t["publisher"]; v != nil {
			add(f.named(v))
		}
	}
	host := f.host()
	if host == "" {
		return keys
	}
	add(host)
	// The labels of the host, and each part of <title> that is written into them.
	labels := strings.Split(host, ".")
	for _, l := range labels[:max(1, len(labels)-1)] {
		if len(l) > 2 {
			add(l)
		}
	}
	for _, sep := range separators {
		parts := strings.Split(f.titled, sep)
		if len(parts) < 2 {
			continue
		}
		for _, part := range [...]string{parts[0], parts[len(parts)-1]} {
			k := fold(part)
			for _, l := range labels[:max(1, len(labels)-1)] {
				l = fold(l)
				if len(l) >= 4 && k != "" && (l == k || len(k) >= 4 && strings.Contains(l, k) && 2*len(k) >= len(l) || len(l) >= 5 && strings.HasPrefix(k, l) && len(k) <= 3*len(l)) {
					keys[k] = true
				}
			}
		}
	}
	return keys
}

// fold keeps the letters and digits of s, without accents and case, to compare names by.
func fold(s string) string {
	var b strings.Builder
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// slugWords are the words of the address's last segment, which is often made from the title.
func slugWords(address string) []string {
	path, _, _ := strings.Cut(address, "?")
	path = strings.TrimSuffix(path, "/")
	_, path, _ = strings.Cut(path, "://")
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return nil
	}
	slug, _, _ := strings.Cut(path[i+1:], ".")
	return strings.FieldsFunc(strings.ToLower(slug), func(r rune) bool { return r == '-' || r == '_' || r == '+' })
}

// shared is the share of words that a slug and a text have in common, from 0 to 1.
func shared(slug []string, s string) float64 {
	if len(slug) == 0 {
		return 0
	}
	in := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		in[fold(w)] = true
	}
	both := 0
	for _, w := range slug {
		if in[w] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(slug)+len(in))
}
