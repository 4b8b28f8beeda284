package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"filon/crawler/content"
)

// denials are titles of pages that stand in the place of another one, which the visitor may not see, in
// the words of common wikis, portals and content management systems.
var denials = phraseSet(`autorisation refusée|accès refusé|accès interdit|accès non autorisé|accès restreint|accès réservé|connexion nécessaire|connexion requise|
	identification requise|identification nécessaire|authentification requise|authentification nécessaire|vous devez vous connecter|vous devez être connecté|
	vous n'êtes pas connecté|vous n'êtes pas autorisé à accéder à cette page|erreur de permissions|session expirée|votre session a expiré|session terminée|
	permission denied|access denied|access forbidden|access restricted|login required|log in required|sign in required|sign-in required|authentication required|
	permission error|permission errors|you must log in|you must be logged in|please log in|please sign in|you are not logged in|not authorized|not authorised|
	unauthorized|unauthorised|forbidden|401 unauthorized|403 forbidden|session expired|your session has expired|session timed out|session timeout|
	zugriff verweigert|zugriff nicht gestattet|zugriff nicht erlaubt|kein zugriff|keine berechtigung|berechtigung fehlt|fehlende berechtigung|berechtigungsfehler|
	anmeldung erforderlich|anmelden erforderlich|bitte anmelden|bitte melden sie sich an|sitzung abgelaufen|ihre sitzung ist abgelaufen|
	acceso denegado|acceso restringido|acceso no autorizado|permiso denegado|es necesario identificarse|es necesario iniciar sesión|inicio de sesión requerido|
	se requiere autenticación|se requiere iniciar sesión|debe iniciar sesión|error de permisos|sesión caducada|sesión expirada|su sesión ha caducado|
	accesso negato|accesso non autorizzato|accesso non consentito|accesso riservato|permesso negato|autorizzazione negata|accesso richiesto|login richiesto|
	autenticazione richiesta|è necessario accedere|devi effettuare l'accesso|errore di autorizzazione|sessione scaduta|la sessione è scaduta`)

// signIns are titles of pages that ask who is there.
var signIns = phraseSet(`connexion|se connecter|identification|authentification|s'identifier|connectez-vous|sign in|sign-in|signin|log in|login|log on|logon|
	authentication|anmelden|anmeldung|einloggen|iniciar sesión|identificarse|acceder|acceso|accedi|accesso|autenticazione`)

func phraseSet(list string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(list, "|") {
		m[strings.TrimSpace(p)] = true
	}
	return m
}

// denied tells whether a page says that its visitor may not see what stands here, or must sign in
// first: by its title, when it says little else. plain is its number of words outside links.
func (p *page) denied(item content.Item, plain int) string {
	if plain >= 120 || item.Shape.Words >= 150 {
		return ""
	}
	for _, title := range []string{item.H1, item.Title} {
		title = phrase(title)
		if denials[title] {
			return "the page says that this visitor may not see it"
		}
		if signIns[title] && item.Shape.Forms > 0 && plain < 60 && p.asksName() {
			return "a sign-in form stands in place of the content"
		}
	}
	return ""
}

// asksName tells whether a form is sent with a name or address that a person types: the first of two steps
// of a sign-in, where the password comes on the next page.
func (p *page) asksName() bool {
	for i := range p.elements {
		e := &p.elements[i]
		if e.node.DataAtom != atom.Input || e.hidden {
			continue
		}
		switch kind := strings.ToLower(attr(e.node, "type")); kind {
		case "email", "text", "":
			known := strings.ToLower(attr(e.node, "name") + " " + attr(e.node, "id") + " " + attr(e.node, "autocomplete"))
			for _, w := range []string{"user", "login", "mail", "name", "ident", "account", "compte"} {
				if strings.Contains(known, w) {
					return true
				}
			}
		}
	}
	return false
}

// phrase writes a title as the lists above do.
func phrase(title string) string {
	title = strings.ToLower(strings.ReplaceAll(title, "’", "'"))
	return strings.Trim(strings.Join(strings.Fields(title), " "), " .!…:")
}
