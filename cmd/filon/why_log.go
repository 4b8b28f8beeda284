package main

// logSaid holds the lines that a crawl says while it goes on, with their French, as whySaid does. They come first, for
// they hold the others: why a host rests, why nobody was let in.
var logSaid = [][2]string{
	// of hosts and sources
	{"robots.txt is not heeded for %s, as its source says", "robots.txt n'est pas respecté pour %s, comme le dit sa source"},
	{"%s is left alone: %s; the other hosts go on", "%s est laissé de côté : %s ; le reste continue"},
	{"%s is left alone: %s; what was visited since is not counted", "%s est laissé de côté : %s ; ce qui a été visité depuis ne compte pas"},
	{"%s rests for %s: %s; the other hosts go on", "%s : pause de %s : %s ; le reste continue"},
	{"%s answers again", "%s répond à nouveau"},
	{"%s is not visited: %s", "%s n'est pas visité : %s"},
	{"%s: %s; the %s addresses before are used", "%s : %s ; les adresses lues avant (%s) servent"},
	{"%s cannot be walked: %s; what it held stays in the inventory", "%s ne se parcourt pas : %s ; ce qu'il contenait reste dans l'inventaire"},
	{"in %s a name is too long to have an address", "dans %s, un nom est trop long pour avoir une adresse"},
	{"%s; filon crawl --full lets them go", "%s ; filon crawl --full les laisse partir"},
	{"its host was given up: %s", "son serveur a été abandonné : %s"},
	{"%s was left alone: %s", "%s a été laissé de côté : %s"},

	{"the session ended after %s, and each time again soon after signing in", "la session s'est terminée après %s, et de nouveau à chaque reconnexion"},
	{"the session ended after %s, and signing in again failed: %s", "la session s'est terminée après %s et la reconnexion a échoué : %s"},

	// of signing in
	{"signing in: %s", "connexion : %s"},
	{"%s does not accept %s: check user and password (%s)", "%s n'accepte pas %s : vérifiez l'utilisateur et le mot de passe (%s)"},
	{"%s does not accept %s: check user and password", "%s n'accepte pas %s : vérifiez l'utilisateur et le mot de passe"},
	{"%s does not offer %s; %s: write that kind", "%s ne propose pas %s ; %s : écrivez cette kind"},
	{"it offers no scheme", "aucune connexion proposée"},
	{"it offers %s", "connexions proposées : %s"},
	{"%s refused %s twice: no further attempt in this run, so that no account is locked", "%s a refusé %s deux fois : plus d'essai dans ce parcours, pour ne bloquer aucun compte"},
	{"no sign-in form at %s: give form: {url: …}", "aucun formulaire de connexion à %s : donnez form: {url: …}"},
	{"the sign-in lies at %s, which may not see the password yet: add it to auth: {origins: [%s]}", "la connexion se fait à %s, à qui le mot de passe ne va pas encore : ajoutez auth: {origins: [%s]}"},
	{"%s is reached by http through a proxy, which would read the credentials: use https, or proxy: none", "%s est en http derrière un proxy, qui lirait le mot de passe : prenez https, ou proxy: none"},
	{"%s does not accept the %s: they have expired or belong to another site; take new ones", "%s n'accepte pas ou plus %s : reprenez-les dans un navigateur où vous êtes connecté"},
	{"%s does not let in any more who signed in by hand: filon login again", "%s demande de se connecter à la main : filon login"},
	{"the sign-in at %s asks for more than user and password: sign in with a browser", "la connexion à %s demande plus qu'un nom et un mot de passe : connectez-vous par un navigateur"},
	{"%s does not accept the client certificate %s: ask for one that it knows", "%s n'accepte pas le certificat client %s : demandez-en un qu'il connaît"},
	{"no Kerberos ticket for %s: check realm, user, password or keytab, and krb5.conf", "pas de ticket Kerberos pour %s : vérifiez realm, user, mot de passe ou keytab, et krb5.conf"},
	{"the sign-in", "la connexion"},
	{"none of the cookies is for this site and still valid", "aucun des cookies n'est pour ce site et encore valable"},
	{"it answers 403", "il répond 403"},
	{"more steps than filon follows", "plus d'étapes que filon n'en suit"},
	{"the form is sent to nowhere", "le formulaire ne s'envoie nulle part"},
	{"redirects without end", "des renvois sans fin"},
	{"filon failed while signing in; please report it", "filon a échoué en se connectant ; merci de le signaler"},

	// of what a run waits for
	{"nothing has been done for %s: %s", "rien n'a avancé depuis %s : %s"},
	{"nothing has come for %s at %s", "rien n'est venu depuis %s à %s"},
	{"an answer from %s", "une réponse de %s"},
	{"addresses that failed wait for their next attempt", "des adresses en échec attendent leur prochain essai"},
	{"the run waits for %s", "le parcours attend %s"},
	{"%s (for %s)", "%s (depuis %s)"},
	{"%s until %s (%s)", "%s jusqu'à %s (%s)"},
	{"it rests after failures", "il se repose après des échecs"},
	{"it asked to be left alone", "il a demandé qu'on le laisse"},
	{"it is asked slowly", "il est interrogé lentement"},
	{"stopped by an error; the next crawl goes on from here", "arrêté par une erreur ; le prochain parcours reprend ici"},
}

// sessionSaid holds what is said of the session of a source, after its name and on its own.
var sessionSaid = [][2]string{
	{"the text %s of the canary does not stand on %s, although signed in; %s", "le texte %s de canary n'est pas sur %s, pourtant connecté ; %s"},
	{"the text %s of the canary stands on %s, although signed in; %s", "le texte %s de canary est sur %s, pourtant connecté ; %s"},
	{"the session has ended; signing in again", "la session est terminée ; nouvelle connexion"},
	{"signed in again; %s pages that were visited in between are visited once more", "reconnecté ; pages vues entre-temps et visitées à nouveau : %s"},
	{"the start page may not be asked for, so a lost session is recognised by sign-in pages only", "la page de départ ne doit pas être demandée ; une session perdue ne se reconnaît qu'aux pages de connexion"},
	{"the start page could not be compared with and without the sign-in; a lost session is recognised by sign-in pages only", "la page de départ n'a pas pu être comparée avec et sans connexion ; une session perdue ne se reconnaît qu'aux pages de connexion"},
	{"%s does not stand on every page; the start page is looked at every %s visits instead", "%s n'est pas sur toutes les pages ; la page de départ est regardée toutes les %s visites"},
	{"signed in, %s shows %s, and not to anybody else: that text tells whether the session lasts", "connecté, %s montre %s, et à personne d'autre : ce texte dit si la session dure"},
	{"not signed in, %s shows %s: that text tells that the session has ended", "sans connexion, %s montre %s : ce texte dit que la session est terminée"},
	{"who is not signed in is sent from %s to %s: that tells that the session has ended", "sans connexion, %s renvoie à %s : cela dit que la session est terminée"},
	{"who is not signed in is refused at %s: that tells that the session has ended", "sans connexion, %s refuse : cela dit que la session est terminée"},
	{"%s looks the same with and without the sign-in: a lost session is recognised by sign-in pages only; canary: {present: …} gives a text", "%s est pareille avec et sans connexion : une session perdue ne se reconnaît qu'aux pages de connexion ; canary: {present: …} donne un texte"},
}

// systemSaid holds what systems and networks report, with the words that people read in each language.
var systemSaid = []struct {
	line string
	says T
}{
	{"robots.txt: %s", T{FR: "robots.txt : %s", EN: "robots.txt: %s"}},
	{"lookup %s on %s: no such host", T{FR: "le nom %s est inconnu (DNS)", EN: "the name %s is unknown (DNS)"}},
	{"lookup %s: no such host", T{FR: "le nom %s est inconnu (DNS)", EN: "the name %s is unknown (DNS)"}},
	{"lookup %s on %s: server misbehaving", T{FR: "le serveur de noms (DNS) ne répond pas pour %s", EN: "the name server (DNS) does not answer for %s"}},
	{"lookup %s: server misbehaving", T{FR: "le serveur de noms (DNS) ne répond pas pour %s", EN: "the name server (DNS) does not answer for %s"}},
	{"connection refused", T{FR: "connexion refusée : rien n'écoute à cette adresse et ce port", EN: "connection refused: nothing listens at this address and port"}},
	{"connection reset by peer", T{FR: "le serveur a coupé la connexion", EN: "the server cut the connection"}},
	{"EOF", T{FR: "le serveur a coupé la connexion", EN: "the server cut the connection"}},
	{"unexpected EOF", T{FR: "le serveur a coupé la connexion", EN: "the server cut the connection"}},
	{"network is unreachable", T{FR: "pas de chemin vers ce serveur", EN: "no route to this server"}},
	{"no route to host", T{FR: "pas de chemin vers ce serveur", EN: "no route to this server"}},
	{"no complete answer in time", T{FR: "pas de réponse à temps", EN: "no complete answer in time"}},
	{"x509: certificate signed by unknown authority", T{FR: "le certificat du serveur vient d'une autorité que cette machine ne connaît pas", EN: "the server's certificate comes from an authority that this machine does not know"}},
	{"x509: certificate has expired or is not yet valid: %s", T{FR: "le certificat du serveur n'est pas valable aujourd'hui", EN: "the server's certificate is not valid today"}},
	{"x509: certificate is valid for %s, not %s", T{FR: "le certificat du serveur est pour %s, pas pour %s", EN: "the server's certificate is for %s, not for %s"}},
	{"x509: certificate is not valid for any names, but wanted to match %s", T{FR: "le certificat du serveur n'est pas pour %s", EN: "the server's certificate is not for %s"}},
	{"http: server gave HTTP response to HTTPS client", T{FR: "ce serveur ne parle pas HTTPS à ce port", EN: "this server does not speak HTTPS on this port"}},
	{"tls: first record does not look like a TLS handshake", T{FR: "ce serveur ne parle pas HTTPS à ce port", EN: "this server does not speak HTTPS on this port"}},
	{"remote error: tls: %s", T{FR: "le serveur refuse la connexion sécurisée (%s)", EN: "the server refuses the secure connection (%s)"}},
	{"it is not there; is the share mounted?", T{FR: "il n'est pas là ; le partage est-il monté ?", EN: "it is not there; is the share mounted?"}},
	{"this account may not read it", T{FR: "ce compte ne peut pas le lire", EN: "this account may not read it"}},
}
