package post

import (
	"errors"
	"strings"
	"testing"
	"time"
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

// TestKitAsksNothing: no passage of a kit has words that a reason asked about until a person says yes to the text as it is, and
// never what stands where no reader sees it.
func TestKitAsksNothing(t *testing.T) {
	it, _ := item(content.Intranet)
	it.Zones = []content.Zone{{Kind: content.ZoneUnseen, Text: "« Cette diapositive reste en réserve pour les questions du dernier quart d'heure »\n\nLa réserve compte 120 pièces de rechange dans deux ateliers."}}
	it.Text += "\n\n" + it.Zones[0].Text
	v := classify.Verdict{Outcome: classify.NeedsApproval, Hook: "Le nouvel atelier a réduit sa consommation de 32 % en douze mois.", PostFormat: "text", BestImage: -1, NetworksFit: []string{"linkedin"}, Asked: &classify.Asked{}}
	for _, line := range []string{"nous avons gagné le silence", "réduit sa consommation"} {
		from := strings.Index(it.Text, line)
		v.Asked.Text = append(v.Asked.Text, [2]int{from, from + len(line)})
	}
	k, err := New(it, v, classify.NeedsEdit)
	if err != nil {
		t.Fatal(err)
	}
	if k.Hook.Text != "" || len(k.Quotes) != 0 || len(k.Figures) != 0 || len(k.Drafts) != 1 || !strings.HasPrefix(k.Drafts[0].Text, it.Title) {
		t.Errorf("to be edited: %+v", k)
	}
	if k, err = New(it, v, classify.Publishable); err != nil {
		t.Fatal(err)
	}
	if k.Hook.Text != v.Hook || len(k.Quotes) != 1 || k.Quotes[0].Speaker != "Élodie Marchand, responsable de production" || len(k.Figures) != 0 || strings.Contains(k.Drafts[0].Text, "réserve") {
		t.Errorf("after a yes: %+v", k)
	}
	if v.Asked == nil {
		t.Error("the verdict has forgotten what it asked")
	}
}

// What reasons hide stays hidden, whoever said yes.
func TestAYesShowsNothingHidden(t *testing.T) {
	it := content.Item{Address: "https://intra.exemple.fr/cas", Title: "Étude de cas : le lycée", Language: "fr", Access: content.Access{Visibility: content.Intranet},
		Text: "Le lycée de Locmaria a changé ses chaudières au printemps avec notre équipe de Brest.\n\nNous allons racheter la Fromagerie Vuillemin pour 3,2 millions d'euros, mais les salariés ne le savent pas encore.\n\n" +
			"« Nous avons gagné en confort », explique Paul Martin, proviseur du lycée.\n\n21 % d'énergie en moins sur un an."}
	v := classify.Judge(it, classify.Policy{}, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	if v.Outcome == classify.Never {
		v.Outcome = classify.NeedsApproval // to see what a kit would say
	}
	if len(v.Covers) == 0 {
		t.Fatal("nothing is hidden: the test tests nothing")
	}
	v.NetworksFit = []string{"linkedin"}
	k, err := New(it, v, classify.Publishable)
	if err != nil {
		t.Fatal(err)
	}
	said := k.Hook.Text + k.Drafts[0].Text
	for _, p := range append(k.Quotes, k.Figures...) {
		said += p.Text
	}
	if strings.Contains(said, "3,2") || len(k.Quotes) != 1 || k.Quotes[0].Speaker != "Paul Martin, proviseur du lycée" || len(k.Figures) != 1 || !strings.HasPrefix(k.Figures[0].Text, "21 %") {
		t.Errorf("%+v", k)
	}
}

// Figures are results in a sentence, or in a line of their own; how old somebody is in a story is none.
func TestWhatAFigureIs(t *testing.T) {
	for line, want := range map[string]bool{
		"Résultat : 21 % d'énergie en moins.": true, "21 % d'énergie en moins": true, "-18 % de chauffage en moins dès la première année": true, "30% less energy in the first winter": true, "Le site compte 46 personnes.": true,
		"L'atelier fête ses 30 ans cette année avec ses clients.": true, "La garantie passe de cinq à 12 ans sur toute la gamme.": true, "Depuis 12 ans, la maison a formé des dizaines d'apprentis.": true,
		"Le jour de ses 12 ans, Angela reçoit une lettre qui change sa vie.": false, "Angela, âgée de 12 ans, quitte le village et sa forêt.": false, "À 12 ans, Angela quitte le village de son enfance.": false,
		"Angela was 12 years old when she left the village.": false, "Aged 12 years, she left the village for good.": false, "21 % d'énergie": false, "Menu du 12 mai en moins de deux pages": false, "Rubrique 3 % en chantier": false,
	} {
		if got := Figures(content.Item{Text: "Une première ligne qui ne dit rien.\n\n" + line + "\n\nUne autre."}, classify.Verdict{}); (len(got) == 1) != want {
			t.Errorf("%q: %+v, want %t", line, got, want)
		}
	}
}

// A short quotation counts when the text names who said it.
func TestShortQuotations(t *testing.T) {
	for text, want := range map[string]string{
		"« Nous avons gagné en confort », explique Paul Martin, proviseur du lycée.": "Paul Martin, proviseur du lycée", "“We sleep better now,” said Anna Smith.": "Anna Smith",
		"Le programme « Nous avons gagné en confort » commence.": "", "« Bravo à tous », explique Paul Martin.": "", "« Nous avons gagné en confort », explique-t-on.": "",
	} {
		got := Quotes(content.Item{Text: text}, classify.Verdict{})
		if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0].Speaker != want) {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}

// A draft says what is wanting by its true name: nothing, the size, the shape, the rights, a picture, a film.
func TestWhatADraftLacks(t *testing.T) {
	picture := content.Image{Address: "https://www.fonderie-exemple.fr/four.jpg", Width: 1600, Height: 1200, MIME: "image/jpeg"}
	for _, c := range []struct {
		name, network, rights, want string
		change                      func(*content.Image)
	}{
		{"good", "instagram", "", "", func(*content.Image) {}},
		{"small", "instagram", "", "too small (1200 × 630): its shorter side needs at least 1080 px", func(i *content.Image) { i.Width, i.Height = 1200, 630 }},
		{"wide", "instagram", "", "too wide (3000 × 1100): crop it to 1.91:1 or less", func(i *content.Image) { i.Width, i.Height = 3000, 1100 }},
		{"tall", "instagram", "", "too tall (1100 × 3000)", func(i *content.Image) { i.Width, i.Height = 1100, 3000 }},
		{"unknown", "instagram", "", "size of the picture is not known", func(i *content.Image) { i.Width, i.Height = 0, 0 }},
		{"heavy", "instagram", "", "too heavy", func(i *content.Image) { i.Bytes = 20 << 20 }},
		{"png", "instagram", "", "a PNG", func(i *content.Image) { i.MIME = "image/png" }},
		{"rights", "instagram", "third_party", "rights", func(*content.Image) {}},
		{"a film", "youtube", "", "wants a film", func(*content.Image) {}},
		{"text is enough", "linkedin", "", "", func(i *content.Image) { i.Width, i.Height = 300, 200 }},
	} {
		it, v := item(content.Public)
		im := picture
		c.change(&im)
		it.Images, v.ImageRights, v.Outcome, v.NetworksReady, v.NetworksFit = []content.Image{im}, c.rights, classify.NeedsEdit, nil, []string{c.network}
		k, err := New(it, v, "")
		if err != nil {
			t.Fatal(err)
		}
		d := k.Drafts[0]
		if d.Ready != (c.want == "") || !strings.Contains(d.Missing.EN, c.want) || (d.Missing.FR == "") != (c.want == "") {
			t.Errorf("%s: %+v, want %q", c.name, d, c.want)
		}
	}
	it, v := item(content.Public)
	it.Images, v.BestImage, v.NetworksReady, v.NetworksFit = nil, -1, nil, []string{"instagram"}
	if k, err := New(it, v, ""); err != nil || !strings.Contains(k.Drafts[0].Missing.EN, "this item has none") {
		t.Errorf("without a picture: %+v, %v", k, err)
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
