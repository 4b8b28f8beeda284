package main

import (
	"context"
	"os/user"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

func decideCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "decide", ArgsUsage: say.in(T{FR: "[ADRESSE]", EN: "[URL]"}),
			Usage: say.in(T{FR: "noter ce qu'une personne décide d'un contenu", EN: "note what a person decides about one item"}),
			Description: say.in(T{
				FR: "La décision reste attachée à l'adresse et survit à tous les parcours. C'est son verdict qui vaut dans les listes, les comptes et les exports ; mais rien n'ouvre ce que les règles ferment (jamais). Les raisons de filon restent. Ce qui n'est pas redit garde sa valeur. Un oui (publishable, needs_edit) vaut pour le texte et les questions du jour : si le texte devient un autre, ou si une règle demande ce qu'elle ne demandait pas, il est caduque, reste noté et n'ouvre plus rien ; --lapsed liste ces décisions, --confirm redonne la même pour le texte d'aujourd'hui.",
				EN: "The decision stays with the address and survives every crawl. Its verdict is the one that holds in lists, counts and exports; but nothing opens what the rules close (never). filon's reasons stay. What is not said again keeps its value. A yes (publishable, needs_edit) is for the text and the questions of its day: when the text becomes another, or a rule asks that did not, it has lapsed, stays on record and opens nothing; --lapsed lists such decisions, --confirm gives the same one anew for today's text."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say),
				&choiceFlag{&cli.StringFlag{Name: "verdict", Usage: say.in(T{FR: "le verdict de la personne, ou oui (publishable), ou non (never)", EN: "the person's verdict, or yes (publishable), or no (never)"})}, named(outcomes), decisionNamed},
				choice("disposition", "", []string{"keep", "update", "merge", "archive"}, say.in(T{FR: "keep, update, merge ou archive", EN: "keep, update, merge or archive"})),
				&cli.StringFlag{Name: "assign", Usage: say.in(T{FR: "à `QUI` c'est confié", EN: "`WHO` takes care of it"})},
				&cli.StringFlag{Name: "note", Usage: say.in(T{FR: "une `REMARQUE`", EN: "a `REMARK`"})},
				&cli.BoolFlag{Name: "confirm", Usage: say.in(T{FR: "redonner la même décision, pour le texte d'aujourd'hui", EN: "give the same decision anew, for today's text"})},
				&cli.BoolFlag{Name: "lapsed", Usage: say.in(T{FR: "sans adresse : lister les décisions qui ne valent plus", EN: "without an address: list the decisions that hold no longer"})},
				&cli.StringFlag{Name: "by", Usage: say.in(T{FR: "`QUI` décide ; sinon l'utilisateur de cette machine", EN: "`WHO` decides; else the user of this machine"})}},
			Action: func(c *cli.Context) error { return decide(say, c) },
		},
		Examples: []example{
			{"filon decide https://www.exemple.fr/portrait --verdict publishable --note 'accord signé le 3 mars'", T{FR: "un oui, et pourquoi", EN: "a yes, and why"}},
			{"filon decide https://www.exemple.fr/portrait --confirm", T{FR: "oui aussi au texte d'aujourd'hui", EN: "yes to today's text too"}},
			{"filon decide https://www.exemple.fr/vieille-page --disposition archive --assign web", T{FR: "à retirer", EN: "to be taken down"}},
		},
		MaxArgs: 1,
	}
}

func decide(say *speaker, c *cli.Context) error {
	if c.Bool("lapsed") {
		return listLapsed(say, c)
	}
	if c.NArg() == 0 {
		return askedWrongly(T{FR: "il manque : ADRESSE", EN: "missing: URL"}, T{FR: "filon decide ADRESSE --verdict …, ou filon decide --lapsed", EN: "filon decide URL --verdict …, or filon decide --lapsed"})
	}
	if c.Bool("confirm") && c.IsSet("verdict") {
		return askedWrongly(T{FR: "--confirm redonne la même décision, --verdict une autre", EN: "--confirm gives the same decision anew, --verdict another"}, T{FR: "ôtez l'un des deux", EN: "leave one of them out"})
	}
	if !c.Bool("confirm") && !c.IsSet("verdict") && !c.IsSet("disposition") && !c.IsSet("assign") && !c.IsSet("note") {
		return askedWrongly(T{FR: "rien à noter", EN: "nothing to note"},
			T{FR: "dites --verdict, --disposition, --assign ou --note", EN: "say --verdict, --disposition, --assign or --note"})
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	rec, err := s.named(c)
	if err != nil {
		return err
	}
	d := rec.Decision
	set := func(flag string, value *string) {
		if c.IsSet(flag) {
			*value = c.String(flag)
		}
	}
	set("disposition", &d.Disposition)
	set("assign", &d.AssignedTo)
	set("note", &d.Notes)
	if c.IsSet("verdict") {
		d.Verdict = classify.Outcome(decisionNamed(c.String("verdict")))
	}
	now, remarks := time.Now().UTC().Truncate(time.Second), c.IsSet("disposition") || c.IsSet("assign") || c.IsSet("note")
	if c.Bool("confirm") && d.Verdict == "" {
		return askedWrongly(T{FR: "aucune décision à confirmer : %s", EN: "no decision to confirm: %s"}.with(export.Shown(rec)), T{FR: "donnez-en une : --verdict", EN: "give one: --verdict"})
	}
	switch {
	case c.IsSet("verdict"):
		d.By, d.At, d.Lapsed = decider(c), now, ""
		err = s.index.Decide(c.Context, rec.Item.Address, d)
	case remarks: // a remark says nothing of the text
		if d.Verdict == "" {
			d.By, d.At = decider(c), now
		}
		err = s.index.Remark(c.Context, rec.Item.Address, d)
	}
	if err == nil && c.Bool("confirm") {
		d.By, d.At, d.Lapsed = decider(c), now, ""
		_, err = s.index.Confirm(c.Context, rec.Item.Address, d.By, d.At)
	}
	if err != nil {
		return couldNot(err, T{FR: "la décision n'a pas pu être gardée : %s", EN: "the decision could not be kept: %s"})
	}
	title := rec.Verdict.Hide(classify.Mask)(rec.Item.Title)
	if rec.Decision = d; title == "" || rec.Ruling() == classify.Never {
		title = index.MaskedTitle
	}
	say.note(T{FR: "décision gardée pour %s – %s : %s", EN: "decision kept for %s – %s: %s"}.with(oneLine(title), oneLine(export.Shown(rec)), say.decided(d)))
	if rec.Verdict.Outcome == classify.Never && d.Verdict != "" && d.Verdict != classify.Never {
		say.note(T{FR: "une règle ferme ce contenu : la décision est notée, mais il reste fermé (filon show)", EN: "a rule closes this item: the decision is noted, and it stays closed (filon show)"})
	}
	return s.learnRulings(c.Context)
}

// decisionNamed is the id of the verdict that a person gives by its id, in words, or as a yes or a no; "" for none.
func decisionNamed(word string) string {
	switch plain := plainHead(word); {
	case slices.Contains(yeses, plain):
		return string(classify.Publishable)
	case slices.Contains(noes, plain):
		return string(classify.Never)
	}
	return verdictNamed(word)
}

func listLapsed(say *speaker, c *cli.Context) error {
	if c.NArg() > 0 {
		return askedWrongly(T{FR: "--lapsed ne prend pas d'adresse", EN: "--lapsed takes no address"}, T{FR: "filon show ADRESSE dit tout d'un contenu", EN: "filon show URL tells all about one item"})
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := say.lapsed(c.Context, s, 0)
	if err == nil && n == 0 {
		say.line(T{FR: "Toutes les décisions valent.", EN: "All decisions hold."})
	}
	return err
}

// learnRulings lets search learn which verdicts hold now. Where it cannot, because another filon is at work, the next
// that writes will.
func (s *stock) learnRulings(ctx context.Context) error {
	w, err := openStock(ctx, s.dir, writing)
	if err != nil {
		return nil
	}
	return w.Close()
}

// decider is --by, else the name of the user of this machine.
func decider(c *cli.Context) string {
	if by := c.String("by"); by != "" {
		return by
	}
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}
