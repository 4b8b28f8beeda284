package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/crawler/address"
	"filon/crawler/frontier"
	"filon/index/export"
)

func explainCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "explain", ArgsUsage: say.in(T{FR: "ADRESSE", EN: "URL"}),
			Usage:  say.in(T{FR: "pourquoi une adresse a été parcourue ou non, et d'où vient son verdict", EN: "why an address was crawled or not, and where its verdict comes from"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say)},
			Action: func(c *cli.Context) error { return explainAddress(say, c) },
		},
		Examples: []example{
			{"filon explain https://www.exemple.fr/espace-client/", T{FR: "« pourquoi cette page n'y est-elle pas ? »", EN: "“why is this page not there?”"}},
		},
		MinArgs: 1, MaxArgs: 1,
	}
}

func explainAddress(say *speaker, c *cli.Context) error {
	name := c.Args().First()
	ways := waysToWrite(name)
	isNone := askedWrongly(T{FR: "ni une adresse web, ni un chemin qui existe : %s", EN: "neither a web address nor a path that exists: %s"}.with(name),
		T{FR: "écrivez-la en entier : https://www.exemple.fr/page", EN: "write it in full: https://www.example.com/page"})
	if len(ways) == 0 && strings.Trim(name, "0123456789abcdef") != "" { // nor an id
		return isNone
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if rec, known, err := s.index.Get(c.Context, name); err == nil && known { // by its id, or as it is shown
		ways = []string{rec.Item.Address}
	}
	if len(ways) == 0 {
		return isNone
	}
	addr, ok := ways[0], false
	var r frontier.Request
	var from []string
	for _, way := range ways {
		if r, from, ok, err = s.frontier.Find(c.Context, way, 5); err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		if ok {
			addr = way
			break
		}
	}
	say.raw(say.paint(bold, export.ShownAt(c.Context, s.index, addr)) + "\n")
	switch canonical, err := address.Canonical(name); {
	case address.IsFile(addr), addr == name:
	case err == nil && addr == canonical:
		say.line(T{FR: "  c'est le nom canonique de ce que vous avez donné", EN: "  it is the canonical name of what you gave"})
	case ok:
		say.line(T{FR: "  c'est l'adresse connue la plus proche de ce que vous avez donné", EN: "  it is the known address nearest to what you gave"})
	}
	if !ok {
		say.line(T{FR: "  Cette adresse est inconnue : aucune page visitée, aucun plan de site ni flux ne la donne.", EN: "  This address is unknown: no visited page, sitemap or feed names it."})
		say.line(T{FR: "  Pour la parcourir : filon crawl %s", EN: "  To crawl it: filon crawl %s"}.with(addr))
		return nil
	}
	for i := range from {
		from[i] = oneLine(export.ShownAt(c.Context, s.index, from[i]))
	}
	state := stateWords[r.State].of(1)
	reason := ""
	if r.Reason != "" {
		reason = " – " + oneLine(say.in(because(r.Reason)))
	}
	say.facts([][2]string{
		{say.in(T{FR: "État", EN: "State"}), say.in(T{FR: state.FR, EN: fmt.Sprintf("%s (%s)", r.State, state.EN)}) + reason},
		{say.in(T{FR: "Source", EN: "Source"}), r.Source},
		{say.in(T{FR: "Trouvée par", EN: "Found by"}), foundBy(say, r, export.ShownAt(c.Context, s.index, r.Referrer))},
		{say.in(T{FR: "Profondeur", EN: "Depth"}), fmt.Sprint(r.Depth)},
		{say.in(T{FR: "Réponse HTTP", EN: "HTTP answer"}), nonZero(r.Status)},
		{say.in(T{FR: "Essais", EN: "Attempts"}), nonZero(r.Attempts)},
		{say.in(T{FR: "Pages qui y renvoient", EN: "Pages that link to it"}), strings.Join(from, "  ")},
	})
	if r.State == frontier.Trap || r.Late && r.State == frontier.Pending {
		say.allowTrap(r.Source, allowing(r))
	}
	rec, ok, err := s.index.Get(c.Context, addr)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if ok {
		v := say.verdictCell(rec.Ruling())
		say.raw("\n" + say.paint(v.Style, v.Text) + kindWords(say, rec.Verdict.Kind) + "\n")
		say.facts([][2]string{{say.in(T{FR: "Problème", EN: "Problem"}), say.problem(rec.Item.Problem)}, {say.in(T{FR: "Décision", EN: "Decision"}), say.decided(rec.Decision)}})
		say.reasons(rec.Verdict)
	}
	return nil
}

func foundBy(s *speaker, r frontier.Request, referrer string) string {
	words := map[frontier.Via]T{
		frontier.BySeed: {FR: "vous (adresse de départ)", EN: "you (a seed)"}, frontier.ByLink: {FR: "un lien", EN: "a link"},
		frontier.BySitemap: {FR: "un plan de site", EN: "a sitemap"}, frontier.ByFeed: {FR: "un flux", EN: "a feed"}, frontier.ByRedirect: {FR: "une redirection", EN: "a redirect"},
		frontier.ByFolder: {FR: "le dossier", EN: "the folder"}, frontier.ByCMS: {FR: "le logiciel du site", EN: "the site's software"},
	}
	if r.Referrer == "" {
		return s.in(words[r.Via])
	}
	return s.in(words[r.Via]) + s.in(T{FR: " de ", EN: " of "}) + referrer
}

func nonZero(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
