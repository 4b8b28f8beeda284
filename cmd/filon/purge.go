package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

func purgeCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:  "purge",
			Usage: say.in(T{FR: "effacer ce qui est conservé d'une personne", EN: "erase what is held about a person"}),
			Description: say.in(T{
				FR: "Cherche un nom complet ou une adresse e-mail dans tout l'inventaire. Sans --yes, montre seulement où. Avec --yes, le nom disparaît de tous les textes, décisions et notes, et ne revient pas aux parcours suivants : filon n'en garde qu'une empreinte. Avec le nom partent « J. Martin », « Jeanne et Luc Martin » et, là où elle est nommée en entier, « Mme Martin » ; seul, ce dernier peut être quelqu'un d'autre et reste. Les adresses de pages qui contiennent le nom sont celles du site : c'est à lui de les changer.",
				EN: "Looks for a full name or a mail address in the whole inventory. Without --yes it only shows where. With --yes the name leaves all texts, decisions and notes, and does not come back with later crawls: filon keeps a fingerprint of it only. With the name go “J. Martin”, “Jeanne and Luc Martin” and, where she is named in full, “Mrs Martin”; alone, that may be somebody else and stays. Addresses of pages that hold the name are the site's: only the site can change them."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say),
				&cli.StringSliceFlag{Name: "subject", Usage: say.in(T{FR: "`NOM` complet ou adresse e-mail, répétable", EN: "full `NAME` or mail address, repeatable"})},
				&cli.BoolFlag{Name: "yes", Usage: say.in(T{FR: "effacer pour de bon", EN: "erase for good"})}},
			Action: func(c *cli.Context) error { return purge(say, c) },
		},
		Examples: []example{
			{"filon purge --subject 'Jeanne Martin' --subject jeanne.martin@exemple.fr", T{FR: "voir où elle est nommée", EN: "see where she is named"}},
			{"filon purge --subject 'Jeanne Martin' --yes", T{FR: "effacer son nom", EN: "erase her name"}},
		},
	}
}

func purge(say *speaker, c *cli.Context) error {
	names := c.StringSlice("subject")
	if len(names) == 0 {
		return askedWrongly(T{FR: "effacer qui ?", EN: "erase whom?"}, T{FR: "dites --subject 'Prénom Nom'", EN: "say --subject 'First Last'"})
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	day, err := today(c)
	if err != nil {
		return err
	}
	open := openKept
	if !c.Bool("yes") {
		open = func(c *cli.Context, _ config) (*stock, error) { return openData(c) }
	}
	s, err := open(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	var rows [][]cell
	inAddress := 0
	err = s.index.Subject(c.Context, names, func(h index.Held) error {
		where := ""
		if h.InAddress {
			inAddress++
			where = say.in(T{FR: "aussi dans l'adresse", EN: "also in the address"})
		}
		rows = append(rows, []cell{{Text: nonZero(h.Times)}, {Text: export.ShownAt(c.Context, s.index, h.Address)}, {Text: where}})
		return nil
	})
	var bad *index.SubjectError
	if errors.As(err, &bad) {
		return askedWrongly(T{FR: "%q n'est ni un prénom et un nom, ni une adresse e-mail", EN: "%q is not a first name and a family name, nor a mail address"}.with(bad.Subject),
			T{FR: "un seul mot effacerait trop", EN: "a single word would erase too much"})
	}
	if err != nil {
		return couldNot(err, T{FR: "la recherche a échoué : %s", EN: "the search failed: %s"})
	}
	say.table([]column{{Head: T{FR: "Fois", EN: "Times"}, Right: true}, {Head: T{FR: "Contenu", EN: "Item"}}, {Head: T{FR: "", EN: ""}}}, rows)
	if inAddress > 0 {
		say.note(plural(inAddress, T{FR: "une adresse contient le nom : seul son site peut la changer, ou exclude: la laisser de côté", EN: "one address holds the name: only its site can change it, or exclude: leave it out"},
			T{FR: "%d adresses contiennent le nom : seul leur site peut les changer, ou exclude: les laisser de côté", EN: "%d addresses hold the name: only their site can change them, or exclude: leave them out"}))
	}
	if !c.Bool("yes") {
		say.note(plural(len(rows), T{FR: "un contenu concerné ; rien n'a été effacé (--yes pour effacer)", EN: "one item; nothing was erased (--yes to erase)"},
			T{FR: "%d contenus concernés ; rien n'a été effacé (--yes pour effacer)", EN: "%d items; nothing was erased (--yes to erase)"}))
		return nil
	}
	policy, err := policyIn(s.dir, cfg, ownSources(cfg))
	if err != nil {
		return err
	}
	known, err := s.index.Known(c.Context, day)
	if err != nil {
		return couldNot(err, T{FR: "l'effacement a échoué : %s", EN: "erasing failed: %s"})
	}
	n, err := s.index.Purge(c.Context, names, func(item content.Item) classify.Verdict { return known.Judge(item, policy, day) })
	if err != nil {
		return couldNot(err, T{FR: "l'effacement a échoué : %s", EN: "erasing failed: %s"})
	}
	say.note(plural(n, T{FR: "nom effacé d'un contenu, et tenu à l'écart des parcours suivants", EN: "name erased from one item, and kept out of later crawls"},
		T{FR: "nom effacé de %d contenus, et tenu à l'écart des parcours suivants", EN: "name erased from %d items, and kept out of later crawls"}))
	return nil
}
