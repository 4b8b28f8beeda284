package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/index"
)

func passportCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "passport", ArgsUsage: say.in(T{FR: "[PASSAGE]", EN: "[RUN]"}),
			Usage: say.in(T{FR: "une page sur un passage, pour l'informatique, le DPO et le CSE", EN: "one page about a run, for IT, the DPO and the works council"}),
			Description: say.in(T{
				FR: "Écrit, d'après ce que filon a noté pendant le passage et non d'après la configuration : sous quels noms il est entré, à quels serveurs il s'est adressé et à nuls autres, avec quelles méthodes, combien et à quel rythme, ce qui est gardé, masqué, et combien de temps. Le dernier passage si aucun n'est nommé.",
				EN: "Writes, from what filon noted during the run and not from the configuration: under which names it came in, which hosts it contacted and no others, by which methods, how much and how fast, what is kept, what is masked, and for how long. The last run when none is named."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), forceFlag(say),
				choice("format", "", []string{"md", "html"}, say.in(T{FR: "md ou html ; sinon selon le nom du fichier, ou md", EN: "md or html; else by the name of the file, or md"})),
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: say.in(T{FR: "`FICHIER` à écrire ; sinon la sortie standard", EN: "`FILE` to write; else standard output"})}},
			Action: func(c *cli.Context) error { return passport(say, c) },
		},
		Examples: []example{
			{"filon passport -o passeport.html", T{FR: "le dernier passage, à joindre à un courriel", EN: "the last run, to attach to a mail"}},
			{"filon passport 12 --lang en", T{FR: "le passage 12, en anglais", EN: "run 12, in English"}},
		},
		MaxArgs: 1,
	}
}

func passport(say *speaker, c *cli.Context) error {
	lang := "fr"
	if c.IsSet("lang") {
		lang = c.String("lang")
	}
	format := c.String("format")
	if format == "" {
		format = map[string]string{".html": "html", ".htm": "html"}[strings.ToLower(filepath.Ext(c.String("output")))]
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	run, err := s.runNamed(c)
	if err != nil {
		return err
	}
	page, err := s.passport(c.Context, run)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if _, err := mayReplace(c.String("output"), c.Bool("force"), isPassport); err != nil {
		return err
	}
	err = into(say, c.String("output"), func(w io.Writer) error {
		if format == "html" {
			return page.html(w, lang)
		}
		return page.markdown(w, lang)
	})
	if err != nil {
		return couldNot(err, T{FR: "écriture impossible : %s", EN: "cannot write: %s"})
	}
	return nil
}

// isPassport tells whether data is a passport, of any run, in either format and language.
func isPassport(data []byte) bool {
	head := data[:min(len(data), 4<<10)]
	for _, title := range []string{passportOf.FR, passportOf.EN} {
		if title, _, _ = strings.Cut(title, "%d"); bytes.HasPrefix(head, []byte("# "+title)) || bytes.Contains(head, []byte("<title>"+title)) {
			return true
		}
	}
	return false
}

var passportOf = T{FR: "Passeport du passage %d", EN: "Passport of run %d"}

// runNamed finds the run that the first argument names, the last one without.
func (s *stock) runNamed(c *cli.Context) (frontier.Run, error) {
	all, err := s.frontier.Runs(c.Context, 1<<30)
	if err != nil {
		return frontier.Run{}, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if len(all) == 0 {
		return frontier.Run{}, askedWrongly(T{FR: "aucun passage", EN: "no run"}, T{FR: "filon crawl en fait un", EN: "filon crawl makes one"})
	}
	if c.NArg() == 0 {
		return all[0], nil
	}
	for _, r := range all {
		if strconv.FormatInt(r.ID, 10) == c.Args().First() {
			return r, nil
		}
	}
	return frontier.Run{}, askedWrongly(T{FR: "pas de passage %s", EN: "no run %s"}.with(c.Args().First()), T{FR: "filon runs donne les numéros", EN: "filon runs gives the numbers"})
}

// passport puts the page together.
func (s *stock) passport(ctx context.Context, run frontier.Run) (sheet, error) {
	p := sheet{title: passportOf.with(run.ID)}
	sources, terms, err := s.frontier.Declared(ctx, run.ID)
	if err != nil {
		return p, err
	}
	hosts, err := s.frontier.Hosts(ctx, run.ID)
	if err != nil {
		return p, err
	}
	counts, err := s.index.Counts(ctx, index.Filter{})
	if err != nil {
		return p, err
	}
	size, err := s.db.Size(ctx)
	if err != nil {
		return p, err
	}
	status, ok := statusWords[run.Status]
	if !ok {
		status = T{run.Status, run.Status}
	}
	until := T{FR: "(pas encore terminé, ou coupé net : ses cinq dernières secondes peuvent manquer)", EN: "(not ended yet, or cut off: its last five seconds may be missing)"}
	if !run.Ended.IsZero() {
		until = T{FR: "au %s", EN: "to %s"}.with(minute(run.Ended))
	}
	p.say(T{FR: "Du %s %s. Fin : %s. %s", EN: "From %s %s. End: %s. %s"}.with(minute(run.Started), until, status, orUnknown(terms["version"])))
	p.say(T{FR: "Cette page est tirée de ce que filon a noté pendant qu'il travaillait, et non de sa configuration. filon ne fait que lire : il demande des pages comme un navigateur, et n'en change aucune.",
		EN: "This page is drawn from what filon noted while it worked, not from its configuration. filon only reads: it asks for pages as a browser does, and changes none."})
	judgedBy, err := s.judgedBy(ctx)
	if err != nil {
		return p, err
	}
	p.say(judgedBy)
	p.whoCameIn(sources)
	p.whereTo(hosts, sources, terms)
	p.whatStays(counts, terms, size)
	p.whatIsHidden(counts)
	p.howLong(terms)
	return p, nil
}

func minute(t time.Time) string { return t.Local().Format("2006-01-02 15:04 MST") }

func orUnknown(s string) T {
	if s == "" {
		return T{FR: "version inconnue", EN: "unknown version"}
	}
	return T{s, s}
}

// noRecord says that a run is older than what filon notes.
var noRecord = T{FR: "Rien n'a été noté : ce passage vient d'un filon plus ancien, ou son historique n'est plus gardé.", EN: "Nothing was noted: this run is of an earlier filon, or its history is no longer kept."}

func (p *sheet) whoCameIn(sources []frontier.RunSource) {
	p.head(T{FR: "Au nom de qui, et où", EN: "In whose name, and where"})
	if len(sources) == 0 {
		p.say(noRecord)
		return
	}
	rows := make([][]T, 0, len(sources))
	for _, s := range sources {
		identity := T{FR: "anonyme", EN: "anonymous"}
		if s.Identity != "" {
			identity = T{s.Identity, s.Identity}
		}
		robots := T{FR: "respecté", EN: "heeded"}
		if s.IgnoreRobots {
			robots = T{FR: "NON respecté, sur demande", EN: "NOT heeded, as asked"}
		}
		agent := same(s.UserAgent)
		if isFolderSource(s) { // nobody is asked over a network
			identity = T{FR: "le compte de cette machine", EN: "the account of this machine"}
			robots, agent = T{FR: "sans objet", EN: "does not apply"}, same("–")
		}
		seeds := make([]string, len(s.Seeds))
		for i, seed := range s.Seeds {
			seeds[i] = shownAddress(seed)
		}
		rows = append(rows, []T{same(s.Name), same(strings.Join(seeds, " ")), shownTo(s.Visibility), identity, robots, agent})
	}
	p.table([]T{{"Source", "Source"}, {"À partir de", "Beginning at"}, {"Vu par", "Seen by"}, {"Identité", "Identity"}, {"robots.txt", "robots.txt"}, {"Se présente comme", "Introduces itself as"}}, rows)
	p.say(T{FR: "Seuls les noms des comptes sont notés ; les mots de passe, clés et cookies ne le sont jamais.", EN: "Only the names of accounts are noted; passwords, keys and cookies never are."})
}

func shownTo(visibility string) T {
	switch content.Visibility(visibility) {
	case content.Public:
		return T{FR: "tout le monde", EN: "everybody"}
	case content.Intranet:
		return T{FR: "les salariés", EN: "employees"}
	case content.Restricted:
		return T{FR: "quelques personnes", EN: "some people"}
	case content.FileShare:
		return T{FR: "un partage de fichiers", EN: "a file share"}
	}
	return same(visibility)
}

// whereTo lists the hosts. The ledger knows a host before the first request to it goes out, and counts
// in the one place that all requests pass.
func (p *sheet) whereTo(hosts []frontier.Host, sources []frontier.RunSource, terms map[string]string) {
	p.head(T{FR: "Serveurs contactés, et aucun autre", EN: "Hosts contacted, and no others"})
	if len(hosts) == 0 {
		if len(sources) > 0 {
			p.say(noHost(sources))
		}
		p.told(terms)
		return
	}
	rows := make([][]T, 0, len(hosts))
	if via := terms[termProxy]; via != "" {
		p.say(T{FR: "Par le proxy : %s.", EN: "Through the proxy: %s."}.with(via))
	}
	requests, bytes, rate, atOnce, posts := 0, int64(0), 0, 0, 0
	for _, h := range hosts {
		var by []string
		for _, m := range slices.Sorted(maps.Keys(h.Requests)) {
			by = append(by, fmt.Sprintf("%s %d", m, h.Requests[m]))
			if m != "GET" && m != "HEAD" {
				posts += h.Requests[m]
			}
		}
		requests, bytes, rate, atOnce = requests+h.Total(), bytes+h.Bytes, max(rate, h.Rate), max(atOnce, h.AtOnce)
		rows = append(rows, []T{same(h.Name), same(strings.Join(by, ", ")), figure(h.Failed), size(h.Bytes), figure(h.Rate), figure(h.AtOnce), same(span(h.First, h.Last))})
	}
	p.table([]T{{"Serveur", "Host"}, {"Requêtes", "Requests"}, {"Sans réponse", "Unanswered"}, {"Reçu", "Received"}, {"Au plus par seconde", "Most a second"}, {"Au plus à la fois", "Most at once"}, {"Quand", "When"}}, rows)
	p.say(T{FR: "En tout – serveurs : %d ; requêtes : %d ; reçu : %s ; au plus par seconde : %d, et à la fois : %d, vers un même serveur. Connexions, robots.txt, renvois et nouveaux essais compris.",
		EN: "In all – hosts: %d; requests: %d; received: %s; most a second: %d, and at once: %d, to one host. Sign-in, robots.txt, redirects and further attempts included."}.with(len(hosts), requests, size(bytes), rate, atOnce))
	if posts == 0 {
		p.say(T{FR: "Méthodes : GET et HEAD seulement. Rien n'a été envoyé à ces serveurs.", EN: "Methods: GET and HEAD only. Nothing was sent to these hosts."})
	} else {
		p.say(T{FR: "%d requête{s} d'une autre méthode que GET et HEAD : les formulaires de connexion, et rien d'autre.", EN: "%d request{s} of another method than GET and HEAD: the sign-in forms, and nothing else."}.with(posts))
	}
	p.told(terms)
}

// noHost says why a run has contacted none.
func noHost(sources []frontier.RunSource) T {
	for _, s := range sources {
		if !isFolderSource(s) {
			return T{FR: "Aucun : ce passage n'a rien pu demander.", EN: "None: this run could ask for nothing."}
		}
	}
	return T{FR: "Aucun : ce passage n'a lu que des dossiers.", EN: "None: this run read folders only."}
}

func isFolderSource(s frontier.RunSource) bool {
	return len(s.Seeds) > 0 && address.IsFile(s.Seeds[0])
}

// told lists the hosts that the digest was sent to after the run, which are no part of the crawl's own.
func (p *sheet) told(terms map[string]string) {
	var rows [][]T
	for _, name := range slices.Sorted(maps.Keys(terms)) {
		if way, ok := strings.CutPrefix(name, termTold); ok {
			rows = append(rows, []T{same(terms[name]), same(way)})
		}
	}
	if len(rows) == 0 {
		return
	}
	p.say(T{FR: "Et, après le passage, pour y envoyer le digest :", EN: "And, after the run, to send the digest there:"})
	p.table([]T{{"Serveur", "Host"}, {"Voie", "Way"}}, rows)
}

func (p *sheet) whatStays(counts index.Counts, terms map[string]string, bytes int64) {
	p.head(T{FR: "Ce qui est gardé, et où", EN: "What is kept, and where"})
	p.say(T{FR: "De chaque contenu : l'adresse, le titre, le texte, les dates, la langue, les liens, la description de ses images, et le verdict avec ses raisons. Pas les images elles-mêmes, ni les fichiers. Aujourd'hui : %d contenu{s}, %s dans filon.db.",
		EN: "Of each item: its address, title, text, dates, language, links, the description of its images, and the verdict with its reasons. Not the images themselves, nor the files. Today: %d item{s}, %s in filon.db."}.with(counts.Total, size(bytes)))
	if dir := terms["data"]; dir != "" {
		p.say(T{FR: "Les données sont dans le dossier %s de cette machine, que seul son propriétaire peut lire.", EN: "The data lies in the folder %s of this machine, which only its owner can read."}.with(dir))
	}
	if to := terms["digest"]; to != "" {
		p.say(T{FR: "Un digest part après le passage, s'il y a quelque chose à dire :", EN: "A digest leaves after the run, when there is something to say:"})
		for line := range strings.SplitSeq(to, "\n") {
			p.point(described(line))
		}
	} else {
		p.say(T{FR: "Rien ne quitte cette machine.", EN: "Nothing leaves this machine."})
	}
}

func (p *sheet) whatIsHidden(counts index.Counts) {
	p.head(T{FR: "Ce qui est masqué", EN: "What is masked"})
	removed, masked := 0, 0
	for rule, n := range counts.Rules {
		family, what, _ := strings.Cut(rule, "/")
		switch {
		case family == "secret" || family == "personal" && slices.Contains([]string{"nir", "iban", "rib", "card"}, what):
			removed += n
		case family == "personal":
			masked += n
		}
	}
	p.point(T{FR: "Mots de passe, clés, numéros de sécurité sociale, de carte et de compte : ôtés avant que rien ne soit gardé (vus par une règle : %d).",
		EN: "Passwords, keys, social security, card and account numbers: taken out before anything is kept (seen by a rule: %d)."}.with(removed))
	p.point(T{FR: "Contenus qui ne doivent jamais sortir : %d. Leur titre et leurs mots n'apparaissent dans aucune liste, aucun export, aucun digest.",
		EN: "Items that must never leave: %d. Their titles and words stand in no list, no export, no digest."}.with(facet(counts.Facets, "verdict")[string(classify.Never)]))
	p.point(T{FR: "Données personnelles dans les textes (adresses, téléphones, dates de naissance) : gardées, masquées partout où filon montre quelque chose (vus par une règle : %d).",
		EN: "Personal data in texts (addresses, telephones, dates of birth): kept, masked wherever filon shows something (seen by a rule: %d)."}.with(masked))
	p.point(T{FR: "Auteurs : absents des exports, sauf si on le demande. filon fait l'inventaire des contenus, pas des personnes : aucun classement, aucun compte par personne.",
		EN: "Authors: not in exports unless asked for. filon makes an inventory of content, not of people: no ranking, no count by person."})
}

func (p *sheet) howLong(terms map[string]string) {
	p.head(T{FR: "Combien de temps", EN: "For how long"})
	runs := terms["retention runs"]
	if runs == "" {
		p.say(noRecord)
		return
	}
	most := T{}
	if n, ok := parseSize(terms["retention size"]); ok && n > 0 {
		size := humanSize(n)
		most = T{FR: ", et moins si filon.db dépasse %s", EN: ", and less when filon.db is beyond %s"}.with(size)
	}
	p.say(T{FR: "L'historique : %s passages%s. Une page qui n'existe plus sort des listes, et son texte est effacé avec le plus ancien passage gardé, sauf si quelqu'un a pris une décision à son sujet. L'inventaire lui-même reste tant que ses pages existent ; effacer le dossier efface tout.",
		EN: "The history: %s runs%s. A page that exists no longer leaves the lists, and its text is erased with the oldest run kept, unless somebody has decided about it. The inventory itself stays as long as its pages exist; erasing the folder erases everything."}.with(runs, most))
}
