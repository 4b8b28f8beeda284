package main

import (
	"errors"
	"strings"

	"filon/crawler/session"
)

// french says each fault of a sign-in's configuration in French.
var french = map[session.Fault]string{
	session.NoAuthorities:  "le fichier des autorités ne contient aucun certificat PEM (-----BEGIN CERTIFICATE-----)",
	session.WrongPhrase:    "la phrase secrète n'ouvre pas le fichier PKCS#12",
	session.NoPKCS12:       "ce n'est pas un fichier PKCS#12 (.p12, .pfx) avec un certificat et sa clé",
	session.EncryptedKey:   "la clé est chiffrée : donnez certificat et clé en PKCS#12 avec sa phrase secrète, ou déchiffrez-la dans un fichier que vous seul lisez (openssl pkey)",
	session.NoPair:         "le certificat et la clé ne vont pas ensemble, ou ne sont pas en PEM",
	session.NoPin:          "ce n'est pas le SHA-256 d'une clé, en hexadécimal ou en base64",
	session.NoProxy:        "un proxy s'écrit http://proxy.exemple.fr:3128 ou socks5://proxy.exemple.fr:1080, son nom et son mot de passe à part",
	session.NoCookies:      "aucun cookie : exportez cookies.txt (Netscape), un HAR avec les données sensibles, ou collez « copier comme cURL » d'une page que vous voyez connecté",
	session.NoHAR:          "ce JSON n'est pas un HAR (HTTP Archive)",
	session.OpenQuote:      "une commande collée dont un guillemet ne se ferme pas : collez-la en entier",
	session.NoKrb5Conf:     "Kerberos n'est pas configuré ici : donnez krb5-conf, ou realm et kdc",
	session.NoRealm:        "pas de royaume Kerberos : donnez realm, ou default_realm dans krb5.conf",
	session.KDCWithoutName: "kdc demande realm",
	session.NoKerberosUser: "Kerberos demande user avec un mot de passe ou un keytab, ou ccache",
}

// faultWords says in both languages what is wrong with the configuration of a sign-in.
func faultWords(err error) T {
	t := T{FR: err.Error(), EN: err.Error()}
	var f session.Fault
	if errors.As(err, &f) && french[f] != "" {
		t.FR = strings.Replace(t.FR, string(f), french[f], 1)
	}
	return t
}

// explainRefusal says in both languages why a sign-in did not succeed, and what to do.
func explainRefusal(err error) (why, hint T, ok bool) {
	var r *session.Refused
	if errors.Is(err, session.ErrPin) {
		return T{FR: "le serveur montre une autre clé que celle épinglée (pins)", EN: "the server shows another key than the pinned one (pins)"},
			T{FR: "demandez à l'informatique si le certificat a été refait ; sinon, quelqu'un s'interpose", EN: "ask IT whether the certificate was renewed; if not, somebody stands in between"}, true
	}
	if !errors.As(err, &r) {
		return T{}, T{}, false
	}
	offered := strings.Join(r.Offered, ", ")
	if offered == "" {
		offered = "–"
	}
	who := r.User
	if who == "" {
		who = r.Kind
	}
	switch r.Reason {
	case session.WrongPassword:
		why = T{FR: "%s n'accepte pas %s", EN: "%s does not accept %s"}.with(r.Where, who)
		if len(r.Offered) > 0 {
			why = T{FR: "%s (connexions proposées : %s)", EN: "%s (it offers: %s)"}.with(why, offered)
		}
		hint = T{FR: "vérifiez l'utilisateur et le mot de passe", EN: "check user and password"}
	case session.NotOffered:
		why, hint = T{FR: "%s ne propose pas cette connexion (%s), mais : %s", EN: "%s does not offer this sign-in (%s), but: %s"}.with(r.Where, orText(r.Kind, "auto"), offered),
			T{FR: "écrivez dans auth la kind proposée, ou ôtez kind pour la plus sûre", EN: "write the kind that is offered into auth, or leave kind out for the safest"}
	case session.TooOften:
		why, hint = T{FR: "%s a refusé %s deux fois : filon n'insiste pas, pour ne bloquer aucun compte", EN: "%s refused %s twice: filon does not insist, so that no account is locked"}.with(r.Where, who),
			T{FR: "corrigez le mot de passe, puis recommencez", EN: "mend the password, then try again"}
	case session.NoForm:
		why, hint = T{FR: "aucun formulaire de connexion à %s", EN: "no sign-in form at %s"}.with(r.Where),
			T{FR: "donnez son adresse : auth: {form: {url: https://…}}", EN: "give its address: auth: {form: {url: https://…}}"}
	case session.Undeclared:
		why, hint = T{FR: "la connexion se fait à %s, qui n'est pas déclaré : le mot de passe n'y va pas", EN: "the sign-in lies at %s, which is not declared: the password does not go there"}.with(r.Where),
			T{FR: "si ce serveur est le vôtre : auth: {origins: [%s]}", EN: "if that server is yours: auth: {origins: [%s]}"}.with(r.Where)
	case session.InClear:
		why, hint = T{FR: "%s est en http derrière un proxy, qui lirait le mot de passe", EN: "%s is http behind a proxy, which would read the credentials"}.with(r.Where),
			T{FR: "prenez https, ou proxy: none ; en dernier recours clear-proxy: true dans auth", EN: "take https, or proxy: none; as a last resort clear-proxy: true in auth"}
	case session.Expired:
		why, hint = T{FR: "%s n'accepte pas ou plus : %s", EN: "%s does not accept, or no longer: %s"}.with(r.Where, r.Kind),
			T{FR: "reprenez-les dans un navigateur où vous êtes connecté", EN: "take new ones from a browser in which you are signed in"}
		if r.Kind == session.Browser {
			why, hint = T{FR: "%s demande de se connecter : la connexion à la main n'est pas faite, ou elle est finie", EN: "%s asks to sign in: the sign-in by hand has not been made, or has ended"}.with(r.Where),
				T{FR: "filon login rouvre une fenêtre pour cela", EN: "filon login opens a window for it"}
		}
	case session.ByHand:
		why, hint = T{FR: "la connexion à %s demande plus qu'un nom et un mot de passe", EN: "the sign-in at %s asks for more than user and password"}.with(r.Where),
			T{FR: "écrivez auth: {kind: browser}, puis filon login ouvre une fenêtre pour vous connecter", EN: "write auth: {kind: browser}, then filon login opens a window to sign in"}
	case session.Certificate:
		why, hint = T{FR: "%s n'accepte pas le certificat client %s", EN: "%s does not accept the client certificate %s"}.with(r.Where, who),
			T{FR: "demandez à l'informatique un certificat que ce serveur connaît : tls: {certificate: client.p12, …}", EN: "ask IT for a certificate that this server knows: tls: {certificate: client.p12, …}"}
	default:
		why, hint = T{FR: "pas de ticket Kerberos pour %s", EN: "no Kerberos ticket for %s"}.with(r.Where),
			T{FR: "vérifiez realm, user, mot de passe ou keytab, et krb5.conf", EN: "check realm, user, password or keytab, and krb5.conf"}
	}
	if r.Detail != "" {
		why = T{FR: "%s (%s)", EN: "%s (%s)"}.with(why, because(r.Detail))
	}
	return why, hint, true
}

func orText(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
