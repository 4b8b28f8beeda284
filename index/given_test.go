package index

import (
	"context"
	"strings"
	"testing"

	"filon/classify"
	"filon/crawler/content"
)

const bikes = "Pendant trois semaines, douze collègues sont venus à vélo. Ensemble, ils ont parcouru 2 140 kilomètres, soit la distance de Nantes à Budapest. " +
	"L’équipe de la pose a gagné le trophée en bois tourné à l’atelier. Le challenge recommence le 3 mars 2026. Mis à jour lundi à 14h30, 312 vues."

// What a decision covers: the same text in other looks, and no other text.
func TestGivenCovers(t *testing.T) {
	given := givenFor(content.Item{Title: "Douze collègues à vélo - Aubrelle", Description: "Une belle histoire de l'atelier.", Text: bikes, Rest: "Accueil Vie interne. Recevez nos actualités par courriel."})
	swap := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(bikes) }
	for name, c := range map[string]struct {
		title, description, text string
		want                     bool
	}{
		"the same":                   {text: bikes, want: true},
		"white space and marks":      {text: swap(". ", ".\n\n", "’", "'", ",", " ;"), want: true},
		"capitals and accents":       {text: strings.ToUpper(bikes), want: true},
		"another day":                {text: swap("3 mars 2026", "12 avril 2027", "lundi", "mardi", "14h30", "9h05"), want: true},
		"another counter":            {text: swap("312 vues", "1840 vues"), want: true},
		"a spelling put right":       {text: swap("trophée", "trophé", "collègues", "colègues"), want: true},
		"a sentence less":            {text: swap("Ensemble, ils ont parcouru 2 140 kilomètres, soit la distance de Nantes à Budapest. ", ""), want: true},
		"sentences the other way":    {text: "Le challenge recommence le 3 mars 2026. " + swap("Le challenge recommence le 3 mars 2026. ", ""), want: true},
		"another name of the site":   {title: "Douze collègues à vélo | Aubrelle Fours", text: bikes, want: true},
		"words of the text above it": {description: "Douze collègues sont venus à vélo.", text: bikes, want: true},
		"a sentence more":            {text: bikes + " Sarah attend un bébé."},
		"a short sentence more":      {text: bikes + " Le vélo à Nantes."},
		"another figure":             {text: swap("2 140", "9 870")},
		"another name":               {text: swap("Nantes", "Lens")},
		"a negation":                 {text: swap("a gagné", "n'a pas gagné")},
		"a number of people":         {text: swap("douze collègues", "quarante collègues")},
		"another title":              {title: "Fermeture de l'atelier", text: bikes},
		"another description":        {description: "Une triste fermeture.", text: bikes},
		"hardly anything is left":    {text: "Pendant trois semaines."},
		"nothing":                    {},
		"what stood beside it":       {text: bikes + " Recevez nos actualités par courriel.", want: true},
		"new words of its words":     {text: bikes + " Budapest gagne."},
	} {
		item := content.Item{Title: "Douze collègues à vélo - Aubrelle", Description: "Une belle histoire de l'atelier.", Text: c.text}
		if c.title != "" {
			item.Title = c.title
		}
		if c.description != "" {
			item.Description = c.description
		}
		if got := given.covers(item); got != c.want {
			t.Errorf("%s: covers is %v, want %v", name, got, c.want)
		}
	}
	for before, after := range map[string]string{
		"L'usine ne fermera pas avant l'été.":            "L'usine fermera avant l'été.",
		"The plant will not close before summer.":        "The plant will close before summer.",
		"We don't close the plant.":                      "We close the plant.",
		"Nobody leaves without a card today.":            "Nobody leaves a card today.",
		"Un plan sans départs à Lens.":                   "Un plan départs à Lens.",
		"L'accueil par Marie Denis au garage.":           "L'accueil par Mario Diane au garage.",
		"La visite de Pierre au garage.":                 "La visite de Paris au garage.",
		"Le salaire de la pose au garage.":               "Le salarié de la pose au garage.",
		"Le groupe garde 2000 postes ici.":               "Le groupe garde 1950 postes ici.",
		"Le groupe garde 2 000 postes ici.":              "Le groupe garde 000 postes ici.",
		"Le groupe supprime 300 postes ici.":             "Le groupe supprime postes ici.",
		"Le groupe supprime douze postes ici.":           "Le groupe supprime postes ici.",
		"12 postes sont ouverts ici.":                    "postes sont ouverts ici.",
		"Le four n'est pas arrêté. Le four est arrêté 2": "Le four est arrêté. Le four est arrêté 2",
	} {
		if g := givenFor(content.Item{Text: before}); g.covers(content.Item{Text: after}) || !g.covers(content.Item{Text: before}) {
			t.Errorf("%q covers %q, or not itself", before, after)
		}
		if g := givenFor(content.Item{Description: before, Text: bikes}); g.covers(content.Item{Description: after, Text: bikes}) {
			t.Errorf("the description %q covers %q", before, after)
		}
	}
	for before, after := range map[string]string{
		"Ouvert en 2019 au garage, rénové en mars 2021.":                              "Ouvert en 2020 au garage, rénové en avril 2022.",
		"The show of March 3, 2026 at the plant.":                                     "The show of April 4, 2027 at the plant.",
		"Le four tourne. Il ne fermera pas avant dix ans. La pose y reste. Et voilà.": "Le four tourne. La pose y reste. Et voilà.",
	} {
		if g := givenFor(content.Item{Text: before}); !g.covers(content.Item{Text: after}) {
			t.Errorf("%q does not cover %q", before, after)
		}
	}
	huge := content.Item{Text: strings.Repeat("un deux trois ", mostGivenWords)}
	if g := givenFor(huge); len(g.words) != mostGivenWords+1 || !g.covers(huge) || g.covers(content.Item{Text: huge.Text + "quatre"}) {
		t.Errorf("a text of %d words is not known again to its end", 3*mostGivenWords)
	}
}

// A yes opens nothing any more once the text is another or a rule asks that did not; a no stays; nothing is lost.
func TestDecisionsLapse(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	rec := page("/velos", "fr", "Douze collègues à vélo", bikes)
	rec.Verdict.Outcome, rec.Verdict.Rules = classify.NeedsApproval, "a-filon+policy"
	rec.Verdict.Reasons = []classify.Reason{{Rule: "people/named", Severity: classify.Review}}
	no := page("/non", "fr", "Le potager", "Le potager a un an et donne des tomates.")
	keep(t, x, rec, no)
	at := rec.Item.Address
	decide := func(address string, v classify.Outcome) {
		t.Helper()
		if err := x.Decide(ctx, address, Decision{Verdict: v, Notes: "accord", By: "marie", At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(when, address string, want classify.Outcome, lapsed string) {
		t.Helper()
		if err := x.NoteLapses(ctx); err != nil {
			t.Fatal(err)
		}
		if err := x.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		got, _, err := x.Get(ctx, address)
		if err != nil || got.Ruling() != want || got.Decision.Lapsed != lapsed {
			t.Fatalf("%s: %s, lapsed by %q, %v; want %s, %q", when, got.Ruling(), got.Decision.Lapsed, err, want, lapsed)
		}
		counts, err := x.Counts(ctx, Filter{Verdicts: []string{string(want)}})
		if err != nil || counts.Total == 0 {
			t.Fatalf("%s: the tables count none as %s, %v", when, want, err)
		}
		res, err := x.Search(ctx, Query{Text: strings.Fields(got.Item.Title)[1], Filter: Filter{Verdicts: []string{string(want)}}})
		if err != nil || len(res.Hits) != 1 {
			t.Fatalf("%s: search finds %d as %s, %v", when, len(res.Hits), want, err)
		}
	}
	decide(at, classify.Publishable)
	decide(no.Item.Address, classify.NeedsApproval)
	holds("decided", at, classify.Publishable, "")
	keep(t, x, rec)
	holds("the same again", at, classify.Publishable, "")

	other := rec
	other.Item.Text = bikes + " Sarah attend un bébé."
	keep(t, x, other)
	holds("a sentence more", at, classify.NeedsApproval, LapsedText)
	if err := x.Remark(ctx, at, Decision{Verdict: classify.Publishable, Notes: "à revoir", By: "marie", At: noon}); err != nil {
		t.Fatal(err)
	}
	holds("a remark", at, classify.NeedsApproval, LapsedText)
	keep(t, x, rec)
	holds("the text is back", at, classify.Publishable, "")

	asks := rec
	asks.Verdict.Reasons = append(asks.Verdict.Reasons, classify.Reason{Rule: "people/health", Severity: classify.Review}, classify.Reason{Rule: "score/short", Severity: classify.Note})
	keep(t, x, asks)
	holds("a rule asks", at, classify.NeedsApproval, "people/health")
	listed := 0
	if err := x.LapsedDecisions(ctx, func(Record) error { listed++; return nil }); err != nil || listed != 1 {
		t.Fatalf("%d listed, %v", listed, err)
	}
	keep(t, x, rec)
	holds("it asks no more", at, classify.Publishable, "")
	newer := asks
	newer.Verdict.Rules = "another-filon+policy"
	keep(t, x, newer)
	holds("another filon asks about the same words", at, classify.Publishable, "")
	newer.Verdict.Reasons = append(newer.Verdict.Reasons, classify.Reason{Rule: "people/consent", Severity: classify.Review})
	newer.Verdict.Rules = "a-third-filon+another-policy"
	keep(t, x, newer)
	holds("another policy asks", at, classify.NeedsApproval, "people/consent")
	if done, err := x.Confirm(ctx, at, "luc", noon); err != nil || !done {
		t.Fatal(done, err)
	}
	holds("confirmed", at, classify.Publishable, "")
	keep(t, x, other)
	holds("the rule is away and the text another", at, classify.NeedsApproval, LapsedText)
	decide(at, classify.NeedsEdit)
	holds("decided anew", at, classify.NeedsEdit, "")
	fit := other
	fit.Verdict.Outcome, fit.Item.Text = classify.Publishable, bikes+" Sarah part en voyage."
	keep(t, x, fit)
	holds("a lapsed decision does not open either by being stricter", at, classify.NeedsEdit, LapsedText)

	changed := no
	changed.Item.Text = "Tout est autre ici, et rien n'est comme avant dans ce jardin."
	keep(t, x, changed)
	holds("a no stays", no.Item.Address, classify.NeedsApproval, "")

	past, err := x.Earlier(ctx, at, 10)
	if err != nil || len(past) < 3 || past[len(past)-1].Verdict != classify.Publishable || past[len(past)-1].Notes != "accord" {
		t.Fatalf("the history is %+v, %v", past, err)
	}
	kinds := ""
	if err := x.Changes(ctx, -1, 0, func(c Change) error { kinds += string(c.Kind) + " " + string(c.Before) + " "; return nil }); err != nil || !strings.Contains(kinds, "lapsed needs_edit") {
		t.Errorf("the changes are %q, %v", kinds, err)
	}
	if done, err := x.Confirm(ctx, "https://www.exemple.fr/absent", "luc", noon); err != nil || done {
		t.Error("what is not there was confirmed", err)
	}
}

// A yes to what had no words covers no text that comes later.
func TestYesToNoWords(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	rec := page("/scan", "fr", "", "")
	rec.Item.Description, rec.Verdict.Outcome = "", classify.NeedsApproval
	keep(t, x, rec)
	if err := x.Decide(ctx, rec.Item.Address, Decision{Verdict: classify.Publishable, By: "marie", At: noon}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]classify.Outcome{"": classify.Publishable, "Le plan social de Lens.": classify.NeedsApproval} {
		rec.Item.Text = text
		keep(t, x, rec)
		if got, _, err := x.Get(ctx, rec.Item.Address); err != nil || got.Ruling() != want {
			t.Errorf("%q: %s, %v, want %s", text, got.Ruling(), err, want)
		}
	}
}

// What has lapsed does not hold again because the page has moved.
func TestLapsedDecisionMoves(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	rec := page("/velos", "fr", "Douze collègues à vélo", bikes)
	rec.Verdict.Outcome, rec.Verdict.Rules = classify.NeedsApproval, "1.a+p"
	keep(t, x, rec)
	if err := x.Decide(ctx, rec.Item.Address, Decision{Verdict: classify.Publishable, By: "marie", At: noon}); err != nil {
		t.Fatal(err)
	}
	rec.Verdict.Reasons = []classify.Reason{{Rule: "people/consent", Severity: classify.Review}}
	keep(t, x, rec)
	moved := page("/a-velo", "fr", "Douze collègues à vélo", bikes)
	moved.Verdict = rec.Verdict
	moved.Verdict.Rules = "1.b+p"
	keep(t, x, moved)
	err := func() error {
		tx, err := db.W.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := carry(ctx, tx, rec.Item.Address, moved.Item.Address); err != nil {
			return err
		}
		return tx.Commit()
	}()
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := x.Get(ctx, moved.Item.Address); err != nil || got.Ruling() != classify.NeedsApproval || got.Decision.Lapsed != "people/consent" {
		t.Errorf("%s, lapsed by %q, %v", got.Ruling(), got.Decision.Lapsed, err)
	}
}

// What another filon asks undoes no answer, but only where nothing else is other: the policy, the words, who may see them.
func TestNewerFilonAsks(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	for name, c := range map[string]struct {
		rules, text string
		visibility  content.Visibility
		lapsed      string
	}{
		"the same filon":              {rules: "1.a+p", lapsed: "people/consent"},
		"another filon":               {rules: "1.b+p"},
		"another policy":              {rules: "1.a+q", lapsed: "people/consent"},
		"both":                        {rules: "1.b+q", lapsed: "people/consent"},
		"no policy any more":          {rules: "1.b", lapsed: "people/consent"},
		"a sentence less":             {rules: "1.b+p", text: strings.Replace(bikes, "L’équipe de la pose a gagné le trophée en bois tourné à l’atelier. ", "", 1), lapsed: "people/consent"},
		"another day":                 {rules: "1.b+p", text: strings.Replace(bikes, "3 mars 2026", "4 mars 2026", 1)},
		"others may see it":           {rules: "1.b+p", visibility: content.Restricted, lapsed: "people/consent"},
		"another text, another filon": {rules: "1.b+p", text: bikes + " Sarah attend un bébé.", lapsed: LapsedText},
	} {
		rec := page("/"+strings.ReplaceAll(name, " ", "-"), "fr", "Douze collègues à vélo", bikes)
		rec.Item.Access.Visibility = content.Public
		rec.Verdict.Outcome, rec.Verdict.Rules = classify.NeedsApproval, "1.a+p"
		keep(t, x, rec)
		if err := x.Decide(ctx, rec.Item.Address, Decision{Verdict: classify.Publishable, By: "marie", At: noon}); err != nil {
			t.Fatal(err)
		}
		rec.Verdict.Rules, rec.Verdict.Reasons = c.rules, []classify.Reason{{Rule: "people/consent", Severity: classify.Review}}
		if c.text != "" {
			rec.Item.Text = c.text
		}
		if c.visibility != "" {
			rec.Item.Access.Visibility = c.visibility
		}
		keep(t, x, rec)
		if got, _, err := x.Get(ctx, rec.Item.Address); err != nil || got.Decision.Lapsed != c.lapsed {
			t.Errorf("%s: lapsed by %q, %v, want %q", name, got.Decision.Lapsed, err, c.lapsed)
		}
	}
}

// A purge leaves no prints of a name, of the text of today or of an earlier one, and opens nothing by it.
func TestPurgeOfPrints(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	const named, after = bikes + " Jeanne Kerbrat soude.", bikes + " La serre est montée à Lens."
	judge := func(content.Item) classify.Verdict { return classify.Verdict{Outcome: classify.NeedsApproval} }
	for at, later := range map[string]string{"/holds": named, "/cut": bikes, "/lapsed": after, "/both": named + " La serre est montée à Lens."} {
		rec := page(at, "fr", "Douze collègues à vélo", named)
		rec.Verdict.Outcome = classify.NeedsApproval
		keep(t, x, rec)
		if err := x.Decide(ctx, rec.Item.Address, Decision{Verdict: classify.Publishable, By: "marie", At: noon}); err != nil {
			t.Fatal(err)
		}
		rec.Item.Text = later
		keep(t, x, rec)
	}
	if err := x.Decide(ctx, "https://www.exemple.fr/absent", Decision{Verdict: classify.Publishable, By: "marie", At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Purge(ctx, []string{"Jeanne Kerbrat"}, judge); err != nil {
		t.Fatal(err)
	}
	rows, err := db.R.Query(`SELECT address, given_words FROM decisions`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var address string
		var said []byte
		if err := rows.Scan(&address, &said); err != nil {
			t.Fatal(err)
		}
		if times(unpackPrints(said), print32("kerbrat")) > 0 {
			t.Errorf("%s keeps a print of her name", address)
		}
	}
	if err := x.groundOld(ctx); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"/holds": "", "/cut": "", "/lapsed": LapsedText, "/both": LapsedText} {
		got, _, err := x.Get(ctx, "https://www.exemple.fr"+at)
		if err != nil || got.Decision.Lapsed != want {
			t.Errorf("%s: lapsed by %q, %v, want %q", at, got.Decision.Lapsed, err, want)
		}
		got.Item.Text = bikes
		keep(t, x, got)
		if got, _, err = x.Get(ctx, got.Item.Address); err != nil || got.Decision.Lapsed != want {
			t.Errorf("%s: crawled again, lapsed by %q, %v, want %q", at, got.Decision.Lapsed, err, want)
		}
	}
}

// Decisions of an earlier filon count as given for what the inventory says when it is opened next.
func TestOldDecisionsAreGrounded(t *testing.T) {
	x, db, dir := house(t, Options{Write: true})
	ctx := context.Background()
	rec := page("/velos", "fr", "Douze collègues à vélo", bikes)
	rec.Verdict.Outcome = classify.NeedsApproval
	keep(t, x, rec)
	if _, err := db.W.Exec(`INSERT INTO decisions (address, disposition, assigned_to, verdict, notes, decided_by, decided_at) VALUES (?, '', '', 'publishable', '', 'marie', '')`, rec.Item.Address); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for text, want := range map[string]classify.Outcome{bikes: classify.Publishable, "Rien de tout cela n'est resté dans cette page.": classify.NeedsApproval} {
		rec.Item.Text = text
		keep(t, x, rec)
		if got, _, err := x.Get(ctx, rec.Item.Address); err != nil || got.Ruling() != want {
			t.Errorf("%.20s: %s, %v, want %s", text, got.Ruling(), err, want)
		}
	}
}
