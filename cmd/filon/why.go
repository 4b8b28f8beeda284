package main

import (
	"regexp"
	"slices"
	"strings"

	"filon/crawler/content"
)

// What the crawler writes down beside a state or a run is one line in English, for the database outlives the language
// of whoever reads it. Here is what people read instead, in French; a line that is not known stays as it is.

// whySaid holds the lines of the crawler, with %s for what changes from one to the next, and their French.
var whySaid = [][2]string{
	// of a run
	{"interrupted; the next crawl goes on from here", "interrompu ; le prochain parcours reprend ici"},
	{"%s: signing in failed", "%s : la connexion a échoué"},
	{"the page limit left %s known addresses unvisited", "la limite de pages a laissé %s adresses connues sans visite"},
	{"%s addresses could not be fetched", "adresses sans réponse : %s"},
	{"%s links were beyond the limit of links per page", "liens au-delà de la limite par page : %s"},
	{"%s: %s of %s items would have left in one run, which is more than a site loses; they are kept", "%s : %s contenus sur %s seraient partis d'un coup, plus qu'un site n'en perd ; ils sont gardés"},
	{"%s of %s items would have left in one run, which is more than a site loses; they are kept", "%s contenus sur %s seraient partis d'un coup, plus qu'un site n'en perd ; ils sont gardés"},

	// of an address
	{"a feed that cannot be read", "flux illisible"},
	{"a link that leads out of the folder, or to nowhere", "lien qui sort du dossier, ou ne mène nulle part"},
	{"a link to a place that has no address", "lien vers un endroit sans adresse"},
	{"a link to it says “%s”: it may change something instead of showing it", "un lien vers elle dit « %s » : elle pourrait changer quelque chose au lieu de le montrer"},
	{"a link to %s", "lien vers %s"},
	{"a sitemap whose address cannot be read", "plan de site dont l'adresse ne se lit pas"},
	{"empty answer", "réponse vide"},
	{"feed with %s entries", "flux (entrées : %s)"},
	{"filon failed on this page; please report it", "filon a échoué sur cette page ; merci de le signaler"},
	{"folder with %s entries", "dossier (entrées : %s)"},
	{"it answered %s again and again", "il a répondu %s plusieurs fois de suite"},
	{"it answered %s and asks to be left alone for %s", "il a répondu %s et demande qu'on le laisse %s"},
	{"it is a folder", "c'est un dossier"},
	{"it is empty; is the share mounted?", "il est vide ; le partage est-il monté ?"},
	{"it is no longer there", "elle n'est plus là"},
	{"it redirects to itself (often a page that wants a cookie)", "elle renvoie à elle-même (souvent une page qui veut un cookie)"},
	{"it redirects to nowhere", "elle ne renvoie nulle part"},
	{"it redirects to something that is no web address", "elle renvoie à ce qui n'est pas une adresse web"},
	{"it redirects to the sign-in page %s", "elle renvoie à la page de connexion %s"},
	{"its body could not be kept aside", "son contenu n'a pas pu être mis de côté"},
	{"its folder cannot be walked: %s", "son dossier ne se parcourt pas : %s"},
	{"its name says that it is nothing to publish", "son nom dit qu'il n'y a rien à publier"},
	{"its source is not crawled now", "sa source n'est pas parcourue en ce moment"},
	{"more than %s redirects in a row", "plus de %s renvois de suite"},
	{"no ordinary file", "ce n'est pas un fichier ordinaire"},
	{"no sitemap at this usual name", "aucun plan de site à ce nom habituel"},
	{"no sitemap", "aucun plan de site"},
	{"not asked in this run: %s", "non demandée cette fois : %s"},
	{"not asked: it has not changed for %s visits; next on %s", "non demandée : inchangée depuis %s visites ; prochaine le %s"},
	{"not asked: the sitemap says that it last changed on %s, before the visit of %s", "non demandée : d'après le plan de site elle a changé le %s, avant la visite du %s"},
	{"nothing moved for %s, after %s attempts", "rien n'a bougé pendant %s, après %s essais"},
	{"nothing moved", "rien n'a bougé"},
	{"robots.txt line %s: %s", "robots.txt, ligne %s : %s"},
	{"same size and date as before", "même taille et même date qu'avant"},
	{"sitemap with %s addresses", "plan de site (adresses : %s)"},
	{"the limit of %s pages was reached", "la limite de %s pages est atteinte"},
	{"the server answered 403: this identity may not see it", "le serveur a répondu 403 : cette identité ne peut pas la voir"},
	{"the server answered %s", "le serveur a répondu %s"},
	{"the server answers as it does for a page that does not exist", "le serveur répond comme pour une page qui n'existe pas"},
	{"the server asks for a client certificate, or does not accept this one", "le serveur demande un certificat client, ou n'accepte pas celui-ci"},
	{"the server says it has not changed", "le serveur dit qu'elle n'a pas changé"},
	{"the server says that nothing has changed without being asked whether", "le serveur dit que rien n'a changé sans qu'on le lui demande"},
	{"the session has ended each time when it was visited: it may sign out", "la session s'est terminée à chaque visite : elle déconnecte peut-être"},
	{"the site's software is not asked, as the source says", "le logiciel du site n'est pas interrogé, comme le dit la source"},
	{"the site's software lists nothing: it answered %s", "le logiciel du site ne liste rien : il a répondu %s"},
	{"the system answers: this account may not read it", "le système répond : ce compte ne peut pas le lire"},
	{"the time limit of %s for its source was reached", "la limite de temps de sa source (%s) est atteinte"},
	{"the time limit of %s was reached; the next crawl goes on from here", "la limite de temps (%s) est atteinte ; le prochain parcours reprend ici"},
	{"to %s", "vers %s"},
	{"whether the session still lives could not be asked", "impossible de demander si la session vit encore"},
	{"%s may change something instead of showing it", "%s : elle pourrait changer quelque chose au lieu de le montrer"},
	{"%s, after %s attempts", "%s, après %s essais"},
	{"%s and asks to be left alone for %s", "%s, et demande qu'on le laisse %s"},

	{"of %s pages like %s the last ones brought nothing new", "des %s pages comme %s, les dernières n'apportaient rien de neuf"},
	{"waits to the end: pages like %s bring little that is new", "attend la fin : les pages comme %s apportent peu de neuf"},
	{"another host: %s", "autre serveur : %s"},
	{"its path begins with none of %s", "son chemin ne commence par aucun de %s"},
	{"excluded by %s", "exclue par %s"},
	{"no include pattern matches", "aucun motif de include ne convient"},
	{"outside the folder", "hors du dossier"},
	{"%s links from the seed, the limit is %s", "à %s liens du départ, la limite est %s"},
	{"%s: nothing that people have put there", "%s : rien que des gens y auraient mis"},
	{"filon's own data", "les données de filon"},
	{"%s holds filon's own data, which is not read", "%s contient les données de filon, qui ne sont pas lues"},
	{"a system's own", "propre à un système"},
	{"hidden", "caché"},
	{"an office program's lock", "verrou d'un logiciel de bureau"},
	{"temporary, or a copy kept by a program", "temporaire, ou copie gardée par un logiciel"},
	{"the link asks not to be followed", "le lien demande à ne pas être suivi"},
	{"the page asks not to be indexed", "la page demande à ne pas être indexée"},
	{"the same page as %s", "la même page que %s"},
	{"fetched again, and nothing that matters has changed", "redemandée, et rien d'important n'a changé"},
	{"kept as it was when it was last run: %s", "gardée telle qu'à sa dernière exécution : %s"},
	{"WordPress: a list with %s addresses", "WordPress : une liste (adresses : %s)"},
	{"WordPress: %s types of content", "WordPress : types de contenu : %s"},
	{"%s; not read to its end: %s", "%s ; pas lu jusqu'au bout : %s"},

	// of an item that could not be read, or not wholly
	{"the page is an empty shell that a script fills (%s)", "la page est vide, un script la remplit (%s)"},
	{"the page is an empty shell that a script fills", "la page est vide, un script la remplit"},
	{"no Chromium, Chrome or Edge is installed to run it", "aucun Chromium, Chrome ou Edge n'est installé pour l'exécuter"},
	{"a browser is not started as root; run filon under another account", "un navigateur ne se lance pas en tant que root ; lancez filon sous un autre compte"},
	{"there is no browser to run it", "aucun navigateur pour l'exécuter"},
	{"a browser shows nothing either", "un navigateur n'y montre rien non plus"},
	{"the budget of %s pages to run was used up", "les %s pages à exécuter au plus (render-pages) sont atteintes"},
	{"the page could not be read to its end", "la page n'a pas pu être lue jusqu'au bout"},
	{"only the first %s MB were read", "seuls les %s premiers Mo sont lus"},
	{"a sign-in form stands in place of the content", "un formulaire de connexion à la place du contenu"},
	{"the page shows no text", "la page ne montre aucun texte"},
	{"the document could not be handed to its reader", "le document n'a pas pu être passé au lecteur"},
	{"the reader gave no readable answer", "le lecteur n'a pas donné de réponse lisible"},
	{"a PDF without pages", "PDF sans pages"},
	{"a message that ends too early", "message qui finit trop tôt"},
	{"a message without the mark between its parts", "message sans la marque entre ses parties"},
	{"a part of the document cannot be read", "une partie du document ne se lit pas"},
	{"a part of the message cannot be read", "une partie du message ne se lit pas"},
	{"damaged", "abîmé"},
	{"its name says %s, but it holds plain text", "son nom dit %s, mais il contient du texte brut"},
	{"no page of the PDF can be read", "aucune page du PDF ne se lit"},
	{"no presentation inside", "aucune présentation à l'intérieur"},
	{"no readable message", "message illisible"},
	{"the picture is damaged", "image abîmée"},
	{"the text of the document is not where it should be", "le texte du document n'est pas à sa place"},
	{"pictures of text, no text", "des images de texte, pas de texte"},
	{"pictures of text, of which OCR can read little", "des images de texte, que la reconnaissance lit mal"},
	{"a picture", "une image"},
	{"an empty file", "fichier vide"},
	{"blank pages", "pages blanches"},
	{"nothing to read inside", "rien à lire à l'intérieur"},
	{"sound or film; its body is not read", "son ou film ; son contenu n'est pas lu"},
	{"reading was stopped", "la lecture a été arrêtée"},
	{"took too long to read", "trop long à lire"},
	{"larger than filon reads", "plus gros que ce que filon lit"},
	{"larger than filon reads: packed more than %s times", "plus gros que ce que filon lit : comprimé plus de %s fois"},
	{"larger than the limit of %s bytes", "plus gros que la limite de %s octets"},
	{"%s bytes: larger than the limit", "%s octets : plus gros que la limite"},
	{"larger than the limit", "plus gros que la limite"},

	// of labels that somebody brings
	{"line %s: %s", "ligne %s : %s"},
	{"unknown verdict %s", "verdict inconnu : %s"},
	{"unknown type %s", "type inconnu : %s"},
	{"visibility cannot be %s", "visibility ne peut pas valoir %s"},
	{"published cannot be %s", "published ne peut pas valoir %s"},
	{"no = in %s", "il manque = dans %s"},
	{"%s is no content type", "%s n'est pas un type de contenu"},
	{"more messages inside than filon reads", "plus de messages à l'intérieur que filon n'en lit"},
	{"more streams inside than filon reads", "plus de flux à l'intérieur que filon n'en lit"},
	{"more parts than filon reads", "plus de parties que filon n'en lit"},
	{"more rows than filon keeps; the first were kept", "plus de lignes que filon n'en garde ; les premières sont gardées"},
	{"more text than filon keeps", "plus de texte que filon n'en garde"},
	{"more text than filon keeps; the beginning was kept", "plus de texte que filon n'en garde ; le début est gardé"},
	{"needed too much memory to read", "demande trop de mémoire pour être lu"},
	{"the fetched file could not be read back", "le fichier reçu n'a pas pu être relu"},
	{"a Word document from before 1995", "document Word d'avant 1995"},
	{"a format that filon does not read", "un format que filon ne lit pas"},
	{"an archive", "une archive"},
	{"an office format that filon does not read", "un format bureautique que filon ne lit pas"},
	{"bytes of no known format", "octets d'aucun format connu"},
	{"the PDF engine did not start", "le moteur PDF n'a pas démarré"},
	{"only the first %s pages were read", "seules les %s premières pages sont lues"},
	{"%s of %s pages are pictures of text", "%s pages sur %s sont des images de texte"},
	{"%s of %s pages cannot be read", "%s pages sur %s ne se lisent pas"},
	{"pictures of text, of which OCR read %s of %s", "des images de texte, dont la reconnaissance a lu %s sur %s"},
	{"the process that reads documents did not start", "le processus qui lit les documents n'a pas démarré"},
	{"documents are not read here", "les documents ne sont pas lus ici"},
}

// problemWords are the kinds of a content.Problem.
var problemWords = map[content.ProblemCode]T{
	content.Encrypted: {FR: "chiffré", EN: "encrypted"}, content.Broken: {FR: "abîmé", EN: "broken"}, content.TooLarge: {FR: "trop gros", EN: "too large"},
	content.TimedOut: {FR: "trop long", EN: "timed out"}, content.NeedsOCR: {FR: "à numériser", EN: "needs OCR"}, content.NeedsRender: {FR: "vide sans JavaScript", EN: "empty without JavaScript"},
	content.NeedsLogin: {FR: "demande de se connecter", EN: "asks to sign in"}, content.Unsupported: {FR: "format inconnu", EN: "unsupported"}, content.NoText: {FR: "sans texte", EN: "no text"},
}

// problem says what is wrong with an item; "" when nothing is.
func (s *speaker) problem(p *content.Problem) string {
	if p == nil {
		return ""
	}
	return s.in(T{FR: "%s : %s", EN: "%s: %s"}.with(problemWords[p.Code], because(p.Detail)))
}

type whyForm struct {
	line *regexp.Regexp
	says T
}

var whyForms = func() (all []whyForm) {
	add := func(line string, says T) {
		form := strings.ReplaceAll(regexp.QuoteMeta(line), "%s", "(.+?)")
		all = append(all, whyForm{regexp.MustCompile("^" + form + "$"), says})
	}
	for _, said := range sessionSaid {
		add("%s: "+said[0], T{FR: "%s : " + said[1], EN: "%s: " + said[0]})
	}
	for _, said := range slices.Concat(logSaid, whySaid, sessionSaid) {
		add(said[0], T{FR: said[1], EN: said[0]})
	}
	for _, said := range systemSaid {
		add(said.line, said.says)
	}
	for code, word := range problemWords {
		add(string(code)+": %s", T{FR: word.FR + " : %s", EN: word.EN + ": %s"})
	}
	return all
}()

// because is what the crawler wrote down, in both languages. What it names may itself be such a line.
func because(line string) T {
	for _, f := range whyForms {
		m := f.line.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		parts := make([]any, len(m)-1)
		for i, part := range m[1:] {
			parts[i] = part
			if len(part) < len(line) {
				parts[i] = because(part)
			}
		}
		return f.says.with(parts...)
	}
	return same(line)
}
