package classify

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestTables: every id that a verdict can hold has its words, and every rule its papers.
func TestTables(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+/[a-z-]+$`)
	seen := map[string]bool{}
	for _, r := range RuleTable() {
		if !id.MatchString(r.ID) || seen[r.ID] {
			t.Errorf("rule id %q is badly formed or taken", r.ID)
		}
		seen[r.ID] = true
		if r.Says.FR == "" || r.Says.EN == "" || r.Source == "" || r.find == nil {
			t.Errorf("%s lacks words, a source or a finder", r.ID)
		}
		if _, ok := approverLabels[r.Approver]; r.Approver != "" && !ok {
			t.Errorf("%s asks %q, who has no name", r.ID, r.Approver)
		}
		if r.Severity == Block && r.Kind == "" {
			t.Errorf("%s blocks and does not say why", r.ID)
		}
	}
	publishable, negative := 0, 0
	for _, x := range Types() {
		if x.Negative {
			negative++
		} else {
			publishable++
		}
		if TypeLabel(x.ID, "fr") == x.ID || x.Label.EN == "" || x.Life == "" {
			t.Errorf("type %s lacks a label or a life", x.ID)
		}
		for _, n := range x.Networks {
			if networkOf(n) == nil || NetworkLabel(n) == n {
				t.Errorf("type %s names the network %s, which is not known", x.ID, n)
			}
		}
		if _, ok := postLabels[x.Post]; x.Post != "" && !ok {
			t.Errorf("type %s makes a post %q without a name", x.ID, x.Post)
		}
		has := map[langs]bool{}
		want := words.list(x.ID)
		for p := range words.each {
			for _, l := range []langs{inFR, inEN} {
				has[l] = has[l] || p.list == want && p.lang&l != 0
			}
		}
		if !has[inFR] || !has[inEN] {
			t.Errorf("type %s has no cue in French or in English", x.ID)
		}
	}
	if publishable != 34 || negative != 10 {
		t.Errorf("%d publishable and %d negative types, want 34 and 10", publishable, negative)
	}
	for _, s := range schemaTypes {
		if _, ok := typeIndex[s.id]; !ok {
			t.Errorf("schema.org names the type %s, which is not known", s.id)
		}
	}
	for name := range proseWords {
		if name != foldString(name) {
			t.Errorf("the set word %q is not folded", name)
		}
	}
}

// TestNetworksFile: every value has its source and its day.
func TestNetworksFile(t *testing.T) {
	var data struct {
		AsOf     string `json:"as_of"`
		Networks []struct {
			ID     string
			Values map[string]struct {
				Value  any
				Source string
				AsOf   string `json:"as_of"`
			}
		}
	}
	if err := json.Unmarshal(networksData, &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Networks) != 10 {
		t.Errorf("%d networks, want 10", len(data.Networks))
	}
	for _, n := range data.Networks {
		for name, v := range n.Values {
			if _, err := time.Parse(time.DateOnly, v.AsOf); err != nil || v.Source == "" || v.Value == nil {
				t.Errorf("%s %s has no value, source or day", n.ID, name)
			}
		}
	}
	if n := networkOf("linkedin"); n.Text != 3000 || n.DocumentPages != 300 || !n.TextOnly {
		t.Errorf("LinkedIn was read as %+v", *n)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"L’été À Nîmes", "l'ete a nimes"}, {"CŒUR et Æther", "coeur et aether"}, {"12 000 €", "12 000 €"}, {"e\u0301te\u0301", "ete"}, {"zéro\u200blargeur", "zerolargeur"},
		{"ﬁche", "fiche"}, {"０６", "06"}, {"« oui » – non", `" oui " - non`}, {"Straße", "strasse"}, {"\xff", "?"},
	} {
		f := fold(c.in)
		if f.low != c.want {
			t.Errorf("fold(%q) = %q, want %q", c.in, f.low, c.want)
		}
	}
	f := fold("Prix : 12 000 € à Nîmes, très CONFIDENTIEL")
	i := strings.Index(f.low, "confidentiel")
	if a, b := f.span(i, i+len("confidentiel")); f.raw[a:b] != "CONFIDENTIEL" {
		t.Errorf("the span gives %q", f.raw[a:b])
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Appelez le 06 12 34 56 78.", "Appelez le 06 •• •• •• 78."},
		{"Compte FR14 2004 1010 0505 0001 3M02 606 ouvert", "Compte FR14 •••• ouvert"},
		{"contact@exemple-industrie.fr et presse@exemple-industrie.fr", "contact@exemple-industrie.fr et presse@exemple-industrie.fr"},
		{"jean.dupont@exemple-industrie.fr", "j•••@exemple-industrie.fr"},
		{"né le 12 mars 1981 à Lille", "né le •• •••• •••• à Lille"},
		{"SIRET 732 829 320 00074", "SIRET 732 829 320 00074"},
		{"Le 08 00 12 34 56 est gratuit", "Le 08 00 12 34 56 est gratuit"},
		{"mot de passe : Tilleul-4812", "mot de passe : ••••••"},
		{"En 2025, 12 tonnes de déchets, soit 92 %", "En 2025, 12 tonnes de déchets, soit 92 %"},
		{"", ""},
	} {
		if got := Mask(c.in); got != c.want {
			t.Errorf("Mask(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDatesIn(t *testing.T) {
	near := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ in, want string }{
		{"le 1er fevrier 2027", "2027-02-01"}, {"01/02/2024", "2024-02-01"}, {"2026-03-04", "2026-03-04"}, {"march 3rd, 2026", "2026-03-03"}, {"12 june 2027", "2027-06-12"},
		{"le 3 fevrier", "2027-02-03"}, {"31 fevrier 2027", ""}, {"99/99/2024", ""}, {"version 10.12.4", ""},
	} {
		got := ""
		if d := datesIn(c.in, near); len(d) > 0 {
			got = d[0].Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("datesIn(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestReadability holds the formulas to a text whose words, sentences and syllables are counted by
// hand: 64 words, 8 sentences, 104 syllables.
func TestReadability(t *testing.T) {
	sentence := "Le petit chat dort dans la cour, content. " // 8 words
	item := content.Item{Text: strings.TrimSpace(strings.Repeat(sentence, 8)), Language: "fr", Access: content.Access{Visibility: content.Public}}
	policy := Policy{}
	p := prepare(&item, &policy, judged)
	if p.text.words != 64 || p.text.sentences != 8 {
		t.Fatalf("%d words in %d sentences", p.text.words, p.text.sentences)
	}
	want := 207 - 1.015*8 - 73.6*float64(p.text.syllables)/64
	if got, ok := p.readability(); !ok || math.Abs(got-want) > .06 {
		t.Errorf("readability %v %v, want %.1f", got, ok, want)
	}
}

// TestRuleThatPanics: the item then needs a person.
func TestRuleThatPanics(t *testing.T) {
	broken := Rule{ID: "test/broken", Severity: Note, find: func(*page) []finding { panic("broken") }}
	item := content.Item{Title: "Une page", Text: ordinary, Language: "fr"}
	policy := Policy{}
	p := prepare(&item, &policy, judged)
	found, failed := broken.apply(p)
	if !failed || len(found) != 1 || found[0].severity != Review {
		t.Fatalf("%v %v", found, failed)
	}
	if v := p.verdict([]Reason{broken.reason(p, found)}); v.Outcome != NeedsApproval {
		t.Errorf("a failed rule gives %s", v.Outcome)
	}
}

// TestPolicy: what a company tells changes the verdict and its version.
func TestPolicy(t *testing.T) {
	item := content.Item{Address: "https://i.exemple.fr/p", Title: "Une page", Text: ordinary, Language: "fr", Access: content.Access{Visibility: content.Intranet},
		Zones: []content.Zone{{Kind: content.ZoneFooter, Text: "Usage interne"}}}
	plain := Judge(item, Policy{}, judged)
	off := Judge(item, Policy{Off: []string{"marking/", "inside/"}}, judged)
	if plain.Outcome != NeedsApproval || off.Outcome == NeedsApproval {
		t.Errorf("%s, and with the families off %s", plain.Outcome, off.Outcome)
	}
	if plain.Rules != Version() || off.Rules == plain.Rules || !strings.HasPrefix(off.Rules, Version()) {
		t.Errorf("versions %q and %q of %q", plain.Rules, off.Rules, Version())
	}
}

func TestDayBound(t *testing.T) {
	day := judged
	at := func(days int) content.Date { return content.Date{Time: day.AddDate(0, 0, days)} }
	for name, c := range map[string]struct {
		item content.Item
		want bool
	}{
		"prose":           {content.Item{Title: "Le four", Text: "Un four cuit le pain, avant le lever du jour, jusqu'au soir."}, false},
		"expires":         {content.Item{Title: "Le four", Expires: at(20)}, true},
		"expired":         {content.Item{Title: "Le four", Expires: at(-20)}, false},
		"last day":        {content.Item{Title: "Le four", Text: "Les candidatures sont ouvertes jusqu’au 14 janvier."}, true},
		"event to come":   {content.Item{Title: "Salon", Event: content.Event{Start: day.AddDate(0, 0, 9)}}, true},
		"in English":      {content.Item{Title: "Oven", Text: "Applications are open until January 14th."}, true},
		"until, no day":   {content.Item{Title: "Oven", Text: "Bake until golden all around, then let it rest for 20 minutes in the warm kitchen, covered."}, false},
		"embargo running": {content.Item{Title: "Communiqué", Text: "Sous embargo jusqu'au 3 décembre 2026 à 8 h.", Language: "fr"}, true},
	} {
		v := Judge(c.item, Policy{}, day)
		if v.Type != Other && typeOf(v.Type).Life == Dated && !c.want {
			continue
		}
		if got := DayBound(c.item, v); got != c.want {
			t.Errorf("%s: %t (%s)", name, got, v.Type)
		}
	}
	until := Policy{People: []Consent{{Name: "Jeanne Martin", Until: day}}}
	if until.VersionOn(day) == until.VersionOn(day.AddDate(0, 0, 1)) || until.VersionOn(day) != until.VersionOn(day.AddDate(0, 0, -1)) {
		t.Error("a consent that runs out changes the version on the day after its last")
	}
}
