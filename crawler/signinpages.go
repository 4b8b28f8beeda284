package crawler

import (
	"net/url"
	"regexp"
	"strings"

	"filon/crawler/address"
)

// signInSegments are the last segments of addresses at which one signs in; only redirects are judged by
// them, because a page that links to "/connexion" may well link to an article.
var signInSegments = wordSet(`login log-in signin sign-in sign-on logon log-on wp-login user-login userlogin login-form loginform
	authenticate authentication authorize oauth2 saml2 sso adfs wsfed
	connexion se-connecter identification authentification identifiez-vous
	anmelden anmeldung einloggen iniciar-sesion iniciarsesion acceder accedi autenticazione auth`)

// signInTitles are names of the page at which one signs in to a wiki.
var signInTitles = regexp.MustCompile(`(?i)^(special|spécial|spezial|especial|speciale):(userlogin|connexion|anmelden|entrar|entra|iniciar_sesión|inicia_sesión)$`)

// asksWho tells whether an address is one at which a person signs in.
func asksWho(addr string) bool {
	path, query, _ := strings.Cut(address.Target(addr), "?")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i := len(segments) - 1; i >= max(0, len(segments)-2); i-- { // /user/login, /adfs/ls, /auth/realms
		name, err := url.PathUnescape(segments[i])
		if err != nil {
			name = segments[i]
		}
		if i == len(segments)-1 && (signInSegments[word(segments[i])] || signInTitles.MatchString(name)) || i == len(segments)-2 && word(segments[i]) == "adfs" {
			return true
		}
	}
	for p := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(p, "=")
		if v, err := url.QueryUnescape(value); err == nil && name == "title" && signInTitles.MatchString(v) {
			return true
		}
		if telling[word(name)] && signInSegments[word(value)] {
			return true
		}
	}
	return false
}

// placeOf is an address without its query: sign-in pages carry the way back there.
func placeOf(addr string) string {
	place, _, _ := strings.Cut(addr, "?")
	return place
}
