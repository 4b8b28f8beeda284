package post

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"filon/classify"
	"filon/crawler/content"
)

const story = `La fonderie a changé ses fours au printemps.

« Nous avions peur du bruit, nous avons gagné le silence et des nuits complètes », résume Élodie Marchand, responsable de production. Elle rit.

Le nouvel atelier a réduit sa consommation de 32 % en douze mois. Il emploie 46 personnes. « Trop court ».

Pour tout renseignement, 46 personnes répondent au 06 12 34 56 78 tous les jours de la semaine.`

func item(v content.Visibility) (content.Item, classify.Verdict) {
	return content.Item{Address: "https://www.fonderie-exemple.fr/actus/fours", Title: "La fonderie change ses fours", Text: story, Language: "fr",
			Tags: []string{"économie d'énergie", "Actualités", "Fonderie", "2026", "fonderie"}, Access: content.Access{Visibility: v},
			Images: []content.Image{{Address: "https://www.fonderie-exemple.fr/four.jpg", Width: 1600, Height: 900}}},
		classify.Verdict{Outcome: classify.Publishable, Hook: "La fonderie a changé ses fours au printemps.", BestImage: 0, PostFormat: "link",
			NetworksFit: []string{"linkedin", "x", "instagram", "threads"}, NetworksReady: []string{"linkedin"}}
}

func TestKit(t *testing.T) {
	it, v := item(content.Public)
	k, err := New(it, v, "")
	if err != nil {
		t.Fatal(err)
	}
	if k.Hook.Where != "text" || it.Text[k.Hook.From:k.Hook.To] != v.Hook {
		t.Errorf("the hook stands at %+v", k.Hook)
	}
	if len(k.Quotes) != 1 || k.Quotes[0].Speaker != "Élodie Marchand, responsable de production" || it.Text[k.Quotes[0].From:k.Quotes[0].To] != k.Quotes[0].Text {
		t.Errorf("quotes: %+v", k.Quotes)
	}
	if len(k.Figures) != 1 || k.Figures[0].Text != "Le nouvel atelier a réduit sa consommation de 32 % en douze mois." {
		t.Errorf("figures: %+v", k.Figures)
	}
	if got := strings.Join(k.Hashtags, " "); got != "#ÉconomieDÉnergie #Fonderie" {
		t.Errorf("hashtags: %s", got)
	}
	for _, d := range k.Drafts {
		if d.Length != Length(d.Network, d.Text) || d.Limit > 0 && d.Length > d.Limit || d.Text == "" {
			t.Errorf("%s: %d of %d: %q", d.Network, d.Length, d.Limit, d.Text)
		}
		if d.Network == "threads" && strings.Count(d.Text, "#") != 1 {
			t.Errorf("threads takes one topic: %q", d.Text)
		}
		if d.Network == "instagram" && (d.Form != "image" || strings.Contains(d.Text, "http")) {
			t.Errorf("instagram follows no link: %+v", d)
		}
		if (d.Network == "linkedin") != d.Ready {
			t.Errorf("%s ready: %t", d.Network, d.Ready)
		}
	}
	if got := k.For([]string{"x"}); len(got) != 1 || got[0].Network != "x" {
		t.Errorf("for x: %+v", got)
	}
}

// Everything in a kit is the item's, word for word: what is left when its words are taken away is
// the link and the hashtags, which are made of its tags.
func TestKitInventsNothing(t *testing.T) {
	it, v := item(content.Intranet)
	k, err := New(it, v, "")
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(it.Title+" "+it.Text), " ")
	for _, d := range k.Drafts {
		if strings.Contains(d.Text, "http") || d.Form == "link" {
			t.Errorf("%s links to what is not public: %+v", d.Network, d)
		}
		for part := range strings.SplitSeq(d.Text, "\n") {
			if part != "" && !strings.HasPrefix(part, "#") && !strings.Contains(said, part) {
				t.Errorf("%s: %q is not in the item", d.Network, part)
			}
		}
	}
}

func TestNoKitOfWhatMustStay(t *testing.T) {
	it, v := item(content.Intranet)
	for _, c := range []struct {
		outcome, decided classify.Outcome
		kit              bool
	}{
		{classify.Never, "", false},
		{classify.Never, classify.Publishable, false},
		{classify.NeedsApproval, "", false},
		{classify.NeedsApproval, classify.Publishable, true},
		{classify.Publishable, classify.Never, false},
		{classify.NotProposed, "", false},
		{classify.NeedsEdit, "", true},
	} {
		v.Outcome = c.outcome
		v.Reasons = []classify.Reason{{Rule: "freshness/old", Severity: classify.Note, Says: classify.Text{FR: "date ancienne", EN: "old"}}}
		k, err := New(it, v, c.decided)
		var withheld *Withheld
		if (err == nil) != c.kit || err != nil && !errors.As(err, &withheld) {
			t.Errorf("%s decided %q: %v", c.outcome, c.decided, err)
		}
		if c.outcome == classify.NeedsEdit && len(k.First) != 1 {
			t.Errorf("what to settle first: %v", k.First)
		}
	}
}

// A hook that is too long for a network gives way to the title; what fits nowhere is empty, not cut.
func TestLongHook(t *testing.T) {
	it, v := item(content.Public)
	v.Hook = strings.Repeat("日本語の文章です。", 20)
	k, _ := New(it, v, "")
	for _, d := range k.For([]string{"x"}) {
		if !strings.HasPrefix(d.Text, it.Title) {
			t.Errorf("x begins with %q", d.Text)
		}
	}
	it.Title = v.Hook
	k, _ = New(it, v, "")
	for _, d := range k.For([]string{"x"}) {
		if d.Text != "" {
			t.Errorf("x has %q", d.Text)
		}
	}
}

// TestKitAsksNothing: also after a yes, no passage of a kit has words that a reason asked about, or stands where no reader sees it.
func TestKitAsksNothing(t *testing.T) {
	it, _ := item(content.Intranet)
	it.Zones = []content.Zone{{Kind: content.ZoneUnseen, Text: "« Cette diapositive reste en réserve pour les questions du dernier quart d'heure »\n\nLa réserve compte 120 pièces de rechange dans deux ateliers."}}
	it.Text += "\n\n" + it.Zones[0].Text
	v := classify.Verdict{Outcome: classify.NeedsApproval, Hook: "Le nouvel atelier a réduit sa consommation de 32 % en douze mois.", PostFormat: "text", BestImage: -1, NetworksFit: []string{"linkedin"}, Asked: &classify.Asked{}}
	for _, line := range []string{"nous avons gagné le silence", "réduit sa consommation"} {
		from := strings.Index(it.Text, line)
		v.Asked.Text = append(v.Asked.Text, [2]int{from, from + len(line)})
	}
	k, err := New(it, v, classify.Publishable)
	if err != nil {
		t.Fatal(err)
	}
	if k.Hook.Text != "" || len(k.Quotes) != 0 || len(k.Figures) != 0 || len(k.Drafts) != 1 || !strings.HasPrefix(k.Drafts[0].Text, it.Title) {
		t.Errorf("%+v", k)
	}
}

func FuzzKit(f *testing.F) {
	f.Add(story, "La fonderie a changé", "énergie")
	f.Add("« ", "\u00a0", "#")
	f.Add("“a” 3 % \xff", "x", "\xff")
	f.Fuzz(func(t *testing.T, text, hook, tag string) {
		it, v := item(content.Public)
		it.Text, v.Hook, it.Tags = text, hook, []string{tag}
		k, err := New(it, v, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range append(append([]Passage{}, k.Quotes...), k.Figures...) {
			if strings.Join(strings.FieldsFunc(text[p.From:p.To], unicode.IsSpace), " ") != p.Text {
				t.Fatalf("%q is not at %d to %d", p.Text, p.From, p.To)
			}
		}
	})
}

// TestSpeakers holds the ways in which a text names who is quoted.
func TestSpeakers(t *testing.T) {
	const said = "On a gagné deux heures de sommeil par nuit et la baguette est restée la même."
	for _, c := range []struct {
		text  string
		apart []content.Quote
		want  string
	}{
		{"« " + said + " »\n\n— Yann Kerouac, patron de la boulangerie\n\nLa suite.", nil, "Yann Kerouac, patron de la boulangerie"},
		{"« " + said + " » – Yann Kerouac, patron", nil, "Yann Kerouac, patron"},
		{"Selon Paul Martin, directeur technique : « " + said + " »", nil, "Paul Martin, directeur technique"},
		{"Le four est là. Paul Martin, directeur technique : « " + said + " »", nil, "Paul Martin, directeur technique"},
		{"“We never looked back after the first winter with this oven in our kitchen”, said Anna Smith, head of baking at Kerouac.", nil, "Anna Smith, head of baking at Kerouac"},
		{"According to Anna Smith, head of baking, “We never looked back after the first winter with this oven.”", nil, "Anna Smith, head of baking"},
		{"« " + said + " »", []content.Quote{{Text: "« " + said + " »", Speaker: "Yann Kerouac"}}, "Yann Kerouac"},
		{said, []content.Quote{{Text: said, Speaker: "Yann Kerouac"}}, "Yann Kerouac"},
		{"« " + said + " »\n\n- casque, gants et lunettes", nil, ""},
		{"Voici ce que nous voulons : « " + said + " »", nil, ""},
	} {
		got := Quotes(content.Item{Text: c.text, Quotes: c.apart}, classify.Verdict{})
		if len(got) != 1 || got[0].Speaker != c.want || !strings.Contains(c.text, got[0].Text) {
			t.Errorf("%q: %+v, want %q", c.text, got, c.want)
		}
	}
	if got := Quotes(content.Item{Text: "Rien.", Quotes: []content.Quote{{Text: said, Speaker: "Yann Kerouac"}}}, classify.Verdict{}); len(got) != 0 {
		t.Errorf("a quotation that is not in the text: %+v", got)
	}
}

// No server, share or address of the house goes into a kit, whoever said yes; what must be taken out stays said.
func TestKitNamesNothingInside(t *testing.T) {
	for place, inside := range map[string]bool{
		"http://srv-compta.corp.local/stock": true, `\\srv-fic01\partage\stock`: true, "10.12.0.4": true, "192.168.1.20": true, "172.20.3.4": true, "http://intranet/stock": true,
		"https://intranet.scierie.fr/stock": true, "file:///srv/stock": true, `S:\Stock\2026`: true, "localhost:8080": true, "srv.lan": true,
		"https://www.scierie.fr/stock": false, "172.40.3.4": false, "le stock local": false, "210.12.0.4": false, "le corp de métier": false,
	} {
		it, v := item(content.Intranet)
		v.Outcome = classify.NeedsEdit
		v.Reasons = []classify.Reason{{Rule: "secret/private-ip", Severity: classify.Note, Says: classify.Text{FR: "à retirer", EN: "remove it"}}, {Rule: "people/named", Severity: classify.Review, Says: classify.Text{FR: "accord", EN: "consent"}}}
		line := "Les erreurs de stock ont baissé de 32 % en six mois, voir " + place + " pour la suite."
		it.Text, it.Title = line+"\n\n« Nous avons gagné deux jours par mois grâce à "+place+" dans nos ateliers », dit Denis Morel.", "La scierie compte ses planches"
		v.Hook = line
		k, err := New(it, v, classify.Publishable)
		if err != nil || len(k.First) != 1 || k.First[0].EN != "remove it" {
			t.Fatal(k.First, err)
		}
		said := k.Hook.Text
		for _, p := range append(k.Quotes, k.Figures...) {
			said += p.Text
		}
		for _, d := range k.Drafts {
			said += d.Text
		}
		if strings.Contains(said, place) == inside {
			t.Errorf("%s: the kit says %q", place, said)
		}
	}
}

func TestKitLooks(t *testing.T) {
	it, v := item(content.Public)
	it.Tags, it.MIME = []string{"L’Été", "100 % chêne", "24 heures", "Chêne massif", "d'Armor"}, "text/html; charset=utf-8"
	it.H1, it.Title, v.Hook, v.PostFormat = "Douze collègues à vélo", "Douze collègues à vélo – Menuiserie Talbot", "", "document"
	it.Text = "“We have found the oven of our dreams, a place to believe in for years,” said Anna Smith, head of baking."
	k, err := New(it, v, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(k.Hashtags, " "); got != "#Été #ChêneMassif #Armor" {
		t.Errorf("hashtags: %s", got)
	}
	d := k.For([]string{"linkedin"})[0]
	if d.Form != "link" || !strings.HasPrefix(d.Text, "Douze collègues à vélo\n") || !strings.Contains(d.Text, "for years”") {
		t.Errorf("%s: %q", d.Form, d.Text)
	}
	it.MIME = "application/pdf"
	if k, _ = New(it, v, ""); k.For([]string{"linkedin"})[0].Form != "document" {
		t.Errorf("a document is a %s", k.For([]string{"linkedin"})[0].Form)
	}
}

// TestAskedQuotesTakeNoRoom: quotations that ask leave the room to those that do not.
func TestAskedQuotesTakeNoRoom(t *testing.T) {
	const good = "« Le four neuf fond deux tonnes par heure et ne fume presque plus du tout. »"
	it, v := item(content.Public)
	v.Asked = &classify.Asked{}
	it.Text = ""
	for i := range 8 * mostPassages {
		it.Text += "« Surtout ne parlez à personne du prix que nous avons obtenu, numéro " + string(rune('A'+i)) + ". »\n\n"
	}
	v.Asked.Text = [][2]int{{0, len(it.Text)}}
	it.Text += good
	if got := Quotes(it, v); len(got) != 1 || got[0].Text != good {
		t.Errorf("%+v", got)
	}
}
