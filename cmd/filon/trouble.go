package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
)

// The exit codes, which scripts rely on.
const (
	codeDone       = 0
	codeFailed     = 1 // could not finish
	codeWrong      = 2 // asked wrongly
	codeIncomplete = 3 // finished, but not all of it
)

// Trouble is an error made for the person at the keyboard: what happened in one line, and what to do
// about it. Hint may be empty. It never quotes content or secrets.
type Trouble struct {
	What, Hint T
	Code       int
	Err        error // the cause, for errors.Is; not printed
}

func (t *Trouble) Error() string { return t.What.EN }
func (t *Trouble) Unwrap() error { return t.Err }

// askedWrongly says that the request cannot be understood: exit code 2, nothing was done.
func askedWrongly(what, hint T) error { return &Trouble{What: what, Hint: hint, Code: codeWrong} }

// couldNot says what was being done when err came (what has one %s for it): exit code 1. The remedy
// is the one that explain knows for err.
func couldNot(err error, what T) error {
	why, hint := explain(err)
	return &Trouble{What: what.with(why), Hint: hint, Code: codeFailed, Err: err}
}

// incomplete says that the work ended in order but not all of it was done: exit code 3.
func incomplete(what, hint T) error { return &Trouble{What: what, Hint: hint, Code: codeIncomplete} }

// diagnose makes any error speakable.
func diagnose(err error) *Trouble {
	if t, ok := isTrouble(err); ok {
		return t
	}
	why, hint := explain(err)
	return &Trouble{What: why, Hint: hint, Code: codeFailed, Err: err}
}

// explain puts what systems and networks report into words, with a remedy. For an error that it does
// not know it gives the error's own text and no remedy.
func explain(err error) (why, hint T) {
	if t, ok := isTrouble(err); ok {
		return t.What, t.Hint
	}
	for _, known := range []func(error) (T, T, bool){explainLost, explainRefusal, explainDisk, explainCertificate, explainNetwork, explainDatabase} {
		if why, hint, ok := known(err); ok {
			return why, hint
		}
	}
	if errors.Is(err, context.Canceled) {
		return T{FR: "interrompu à votre demande", EN: "stopped at your request"}, T{}
	}
	return because(err.Error()), T{}
}

func explainDisk(err error) (why, hint T, ok bool) {
	at := T{FR: "ici", EN: "here"}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		at = T{FR: pe.Path, EN: pe.Path}
	}
	text := err.Error() // SQLite reports a full disk and a read-only file in words only
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), strings.Contains(text, "database or disk is full"):
		return T{FR: "le disque est plein (%s)", EN: "the disk is full (%s)"}.with(at),
			T{FR: "libérez de la place, ou choisissez un autre dossier avec --data, puis relancez : rien de ce qui était gardé n'est perdu",
				EN: "free some space, or choose another folder with --data, then run again: nothing that was kept is lost"}, true
	case errors.Is(err, syscall.EROFS), errors.Is(err, os.ErrPermission), strings.Contains(text, "attempt to write a readonly database"):
		return T{FR: "pas le droit d'écrire ou de lire : %s", EN: "not allowed to write or read: %s"}.with(at),
			T{FR: "donnez-vous les droits, ou choisissez un autre dossier (--data pour les données)",
				EN: "give yourself the rights, or choose another folder (--data for the data)"}, true
	case errors.Is(err, os.ErrNotExist) && pe != nil:
		return T{FR: "%s n'existe pas", EN: "%s does not exist"}.with(at),
			T{FR: "vérifiez le nom et le dossier courant", EN: "check the name and the current folder"}, true
	case errors.Is(err, syscall.ENOTDIR):
		return T{FR: "%s n'est pas un dossier", EN: "%s is not a folder"}.with(at),
			T{FR: "choisissez un dossier", EN: "choose a folder"}, true
	case errors.Is(err, syscall.EISDIR):
		return T{FR: "%s est un dossier", EN: "%s is a folder"}.with(at),
			T{FR: "donnez le nom d'un fichier", EN: "give the name of a file"}, true
	}
	return T{}, T{}, false
}

func explainDatabase(err error) (why, hint T, ok bool) {
	text := err.Error()
	switch {
	case strings.Contains(text, "database is locked"), strings.Contains(text, "SQLITE_BUSY"):
		return T{FR: "les données sont utilisées par un autre filon", EN: "the data is in use by another filon"},
			T{FR: "attendez qu'il finisse ou arrêtez-le (Ctrl-C), ou travaillez dans un autre dossier avec --data",
				EN: "wait until it ends or stop it (Ctrl-C), or work in another folder with --data"}, true
	case strings.Contains(text, "file is not a database"), strings.Contains(text, "malformed"):
		return T{FR: "filon.db est abîmé ou n'est pas une base de filon", EN: "filon.db is damaged or is not filon's"},
			T{FR: "remettez la dernière sauvegarde, ou mettez le fichier de côté et relancez filon crawl",
				EN: "restore the last backup, or move the file aside and run filon crawl again"}, true
	}
	return T{}, T{}, false
}

func explainCertificate(err error) (why, hint T, ok bool) {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var roots x509.SystemRootsError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &unknown):
		return T{FR: "le certificat du serveur vient d'une autorité que cette machine ne connaît pas", EN: "the server's certificate comes from an authority that this machine does not know"},
			T{FR: "demandez à l'informatique le certificat racine de l'entreprise et donnez-le à la source (tls: {ca: racine.crt}), ou ajoutez-le à la machine",
				EN: "ask IT for the company's root certificate and give it to the source (tls: {ca: root.crt}), or add it to the machine"}, true
	case errors.As(err, &name):
		return T{FR: "le certificat du serveur n'est pas pour %s", EN: "the server's certificate is not for %s"}.with(name.Host),
			T{FR: "vérifiez l'adresse (avec ou sans www, nom complet) ; si elle est juste, l'informatique doit refaire le certificat",
				EN: "check the address (with or without www, full name); if it is right, IT must renew the certificate"}, true
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return T{FR: "le certificat du serveur n'est pas valable aujourd'hui (du %s au %s)", EN: "the server's certificate is not valid today (%s to %s)"}.
				with(invalid.Cert.NotBefore.Format("2006-01-02"), invalid.Cert.NotAfter.Format("2006-01-02")),
			T{FR: "l'informatique doit le renouveler ; vérifiez aussi l'horloge de cette machine", EN: "IT must renew it; check the clock of this machine too"}, true
	case errors.As(err, &invalid):
		return T{FR: "le certificat du serveur n'est pas acceptable", EN: "the server's certificate is not acceptable"},
			T{FR: "l'informatique doit le refaire", EN: "IT must make a new one"}, true
	case errors.As(err, &roots):
		return T{FR: "cette machine n'a aucune autorité de certification", EN: "this machine has no certificate authorities"},
			T{FR: "installez le paquet ca-certificates", EN: "install the ca-certificates package"}, true
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return T{FR: "ce serveur ne parle pas HTTPS à ce port", EN: "this server does not speak HTTPS on this port"},
			T{FR: "essayez http:// au lieu de https://, ou un autre port", EN: "try http:// instead of https://, or another port"}, true
	case errors.As(err, &alert):
		return T{FR: "le serveur refuse la connexion sécurisée (%s)", EN: "the server refuses the secure connection (%s)"}.with(alert.Error()),
			T{FR: "il demande peut-être un certificat client, ou ne connaît qu'un TLS trop ancien : voyez l'informatique",
				EN: "it may ask for a client certificate, or know only a TLS that is too old: see IT"}, true
	}
	return T{}, T{}, false
}

func explainNetwork(err error) (why, hint T, ok bool) {
	var dns *net.DNSError
	var op *net.OpError
	var ue *url.Error
	viaProxy := errors.As(err, &op) && op.Op == "proxyconnect" || strings.Contains(err.Error(), "proxyconnect")
	switch {
	case viaProxy:
		return T{FR: "le proxy ne répond pas", EN: "the proxy does not answer"},
			T{FR: "vérifiez HTTP_PROXY, HTTPS_PROXY et NO_PROXY ; un intranet se joint souvent sans proxy (NO_PROXY=son.domaine)",
				EN: "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY; an intranet is often reached without one (NO_PROXY=its.domain)"}, true
	case strings.Contains(err.Error(), "Proxy Authentication Required"):
		return T{FR: "le proxy demande un nom et un mot de passe", EN: "the proxy asks for a name and a password"},
			T{FR: "mettez-les dans HTTPS_PROXY (http://nom:motdepasse@proxy:port)", EN: "put them into HTTPS_PROXY (http://name:password@proxy:port)"}, true
	case errors.As(err, &dns) && dns.IsNotFound:
		return T{FR: "le nom %s est inconnu (DNS)", EN: "the name %s is unknown (DNS)"}.with(dns.Name),
			T{FR: "vérifiez l'orthographe ; pour un intranet, le VPN est-il actif ? Sinon : --resolve HÔTE:PORT:ADRESSE",
				EN: "check the spelling; for an intranet, is the VPN on? Else: --resolve HOST:PORT:ADDR"}, true
	case errors.As(err, &dns):
		return T{FR: "le serveur de noms (DNS) ne répond pas pour %s", EN: "the name server (DNS) does not answer for %s"}.with(dns.Name),
			T{FR: "vérifiez la connexion au réseau et le VPN, puis recommencez", EN: "check the network connection and the VPN, then try again"}, true
	case errors.Is(err, syscall.ECONNREFUSED):
		return T{FR: "connexion refusée : rien n'écoute à cette adresse et ce port", EN: "connection refused: nothing listens at this address and port"},
			T{FR: "le serveur est-il démarré ? Vérifiez le port (https est 443, http est 80)", EN: "is the server started? Check the port (https is 443, http is 80)"}, true
	case errors.Is(err, syscall.ECONNRESET):
		return T{FR: "le serveur a coupé la connexion", EN: "the server cut the connection"},
			T{FR: "recommencez ; si cela dure, un pare-feu filtre peut-être filon : voyez l'informatique", EN: "try again; if it lasts, a firewall may filter filon: see IT"}, true
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return T{FR: "pas de chemin vers ce serveur", EN: "no route to this server"},
			T{FR: "vérifiez la connexion au réseau et le VPN", EN: "check the network connection and the VPN"}, true
	case isTimeout(err):
		return T{FR: "pas de réponse à temps", EN: "no answer in time"},
			T{FR: "le serveur est lent ou un pare-feu jette les paquets : recommencez, ou voyez l'informatique", EN: "the server is slow or a firewall drops the packets: try again, or see IT"}, true
	case errors.As(err, &ue):
		return because(ue.Err.Error()), T{}, true // without the address, which may carry a password
	}
	return T{}, T{}, false
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}
