package crawler

import (
	"fmt"
	"net/url"
	"strings"
)

// ending words end a session or empty something wherever they stand as a whole path segment, or as
// the name or value of a parameter.
var ending = wordSet(`logout log-out logoff log-off signout sign-out signoff deconnexion se-deconnecter deconnecter
	closeconnection close-session end-session endsession abmelden cerrar-sesion cerrarsesion desconectar disconnetti esci
	add-to-cart ajouter-au-panier remove-item vider vider-cache vider-corbeille vider-panier purge-cache clear-cache flush-cache empty-trash empty-cart`)

// changing words change something when they come with what to change: as the last segment with
// parameters or after a number, or before a number. Alone they may well name a page ("/docs/sql/delete/").
var changing = wordSet(`delete remove supprimer effacer approve approuver reject refuser disable desactiver enable activer
	publish publier unpublish depublier unsubscribe desabonner desabonnement desinscription desinscrire se-desabonner
	se-desinscrire subscribe s-abonner like unlike vote rsvp mark-read mark-as-read upvote downvote rollback revert purge
	reinitialiser cancel annuler confirm confirmer valider loeschen eliminar borrar elimina cancella export rebuild reindex
	execute ban kick impersonate`)

// told words do so only as the value of a telling parameter: in a path they are sections
// ("/archive/12", "/watch?v=…").
var told = wordSet(`archive trash untrash restore reset run block follow unfollow watch unwatch suppression corbeille validate bloquer`)

// telling parameters say what to do.
var telling = wordSet(`action do op cmd act task mode operation method _method`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// acts gives the word by which following a target (path and query) may change something, or "". The
// list is short on purpose: it is seen in the inventory, and what it leaves out can be included by hand.
func acts(target string) string {
	path, query, _ := strings.Cut(target, "?")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, s := range segments {
		w := word(s)
		if ending[w] {
			return w
		}
		last := i == len(segments)-1
		if changing[w] && (last && (query != "" || i > 0 && isNumber(segments[i-1])) || !last && isNumber(segments[i+1])) {
			return w
		}
		if last && strings.ContainsRune(s, '.') { // deletecomment.action, removePage.do
			for _, verb := range []string{"delete", "remove", "supprimer", "logout"} {
				if strings.HasPrefix(w, verb) && query != "" {
					return w
				}
			}
		}
	}
	for query != "" {
		var p string
		p, query, _ = strings.Cut(query, "&")
		name, value, _ := strings.Cut(p, "=")
		name, value = word(name), word(value)
		switch {
		case ending[name]:
			return name
		case telling[name] && (ending[value] || changing[value] || told[value]):
			return name + "=" + value
		case telling[name]: // task=user.logout, action=delete-post
			for _, w := range strings.FieldsFunc(value, func(r rune) bool { return r == '.' || r == '-' || r == ':' }) {
				if ending[w] || w == "delete" || w == "remove" || w == "supprimer" {
					return name + "=" + value
				}
			}
		}
	}
	return ""
}

var plainLetters = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a", "ç", "c", "ô", "o", "ö", "oe", "ó", "o", "í", "i", "_", "-", " ", "-", "+", "-", "'", "-", "’", "-")

// word writes a segment or a parameter as the lists above do: lower case, without accents or the
// ending of a file name.
func word(s string) string {
	if len(s) > 60 {
		return ""
	}
	if isPlainWord(s) {
		return s
	}
	if strings.IndexByte(s, '%') >= 0 {
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
	}
	if i := strings.LastIndexByte(s, '.'); i > 0 {
		switch ext := strings.ToLower(s[i+1:]); ext {
		case "action", "do", "php", "aspx", "asp", "jsp", "jsf", "html", "htm", "cgi", "pl", "ashx", "seam", "xhtml":
			s = s[:i]
		}
	}
	return plainLetters.Replace(strings.ToLower(s))
}

func isPlainWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// What a path may hold before it is taken for the work of a loop of links.
const (
	mostSegments = 30
	mostInARow   = 2 // times the same segment follows itself
	mostTimes    = 4 // times one segment stands anywhere
	mostRepeats  = 2 // segments in all that stand in the path already
)

// loops recognises targets that a loop of relative links makes: a segment or a run of segments over
// and over, or encodings of encodings.
func loops(target string) string {
	path, query, _ := strings.Cut(target, "?")
	if strings.Contains(target, "%2525") || strings.Contains(target, "%25253") {
		return "it is encoded over and over: a loop of links"
	}
	if strings.Count(query, "amp;amp;") > 0 || strings.Count(query, "amp%3B") > 2 {
		return "its query is escaped over and over: a loop of links"
	}
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) > mostSegments {
		return fmt.Sprintf("its path has %d segments: a loop of links", len(segments))
	}
	row, repeats := 1, 0
	for i, s := range segments {
		if s == "" || isNumber(s) { // days, months and pages come back in good paths
			row = 1
			continue
		}
		times := 1
		for _, before := range segments[:i] {
			if before == s {
				times++
			}
		}
		if times > 1 {
			repeats++
		}
		if i > 0 && segments[i-1] == s {
			row++
		} else {
			row = 1
		}
		if row > mostInARow || times > mostTimes || repeats > mostRepeats {
			return fmt.Sprintf("%q comes back in its path: a loop of links", s)
		}
		if run := runTwice(segments[:i+1]); run > 1 {
			return fmt.Sprintf("%q comes back in its path: a loop of links", strings.Join(segments[i+1-run:i+1], "/"))
		}
	}
	return ""
}

// runTwice gives the length of the run of segments that stands twice at the end, 0 when none does.
func runTwice(s []string) int {
	for n := 2; 2*n <= len(s); n++ {
		same, named := true, false
		for i := 1; i <= n && same; i++ {
			same = s[len(s)-i] == s[len(s)-n-i]
			named = named || !isNumber(s[len(s)-i])
		}
		if same && named {
			return n
		}
	}
	return 0
}
