package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestTypeWeights: the weights are whole, and are read as they are written.
func TestTypeWeights(t *testing.T) {
	again, err := readWeights(weights.String())
	if err != nil || again.String() != weights.String() {
		t.Fatal("the weights are not read as they are written", err)
	}
	for i, typ := range types {
		if !strings.Contains(weightsText, "type "+typ.ID+" ") {
			t.Errorf("%s has no weight", types[i].ID)
		}
	}
	for c, name := range clueNames {
		if name == "" || !strings.Contains(weightsText, "clue "+name+" ") {
			t.Errorf("clue %d (%s) has no weight", c, name)
		}
	}
	for _, bad := range []string{"clue nothing 12", "type nothing 12", "other", "clue title x", "type faq 1 2"} {
		if _, err := readWeights(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// TestPower: the chances come from a power of e that every machine computes alike.
func TestPower(t *testing.T) {
	for n, want := range map[int64]float64{0: 1, -100_000: .3679, -300_000: .0498, -5_000_000: 0} {
		if got := power(n); got < want-.001 || got > want+.001 {
			t.Errorf("power(%d) = %v, want %v", n, got, want)
		}
	}
}

// TestTypes gives invented items of one type each, without a word from their address or their CMS.
func TestTypes(t *testing.T) {
	for _, c := range []struct{ want, lang, title, text string }{
		{"job_offer", "fr", "Technicien de maintenance (H/F), CDI", "Vos missions : entretenir les lignes. Profil recherché : bac pro. Postulez avant le 1er mars."},
		{"faq", "fr", "Foire aux questions", "Quand livrez-vous ? Sous trois jours. Peut-on payer en deux fois ? Oui, au magasin."},
		{"how_to", "fr", "Comment entretenir un parquet huilé", "Étape 1 : aspirez le sol. Étape 2 : passez un chiffon humide. Évitez l'eau en excès et pensez à aérer."},
		{"press_release", "fr", "Communiqué de presse : une usine à Villeneuve", "Villeneuve, le 3 avril 2026. L'entreprise ouvre une usine. Contact presse : presse@exemple.fr"},
		{"minutes", "fr", "Compte rendu du comité de pilotage", "Présents : la direction, le bureau d'études. Ordre du jour : le planning. Prochaine réunion le 4 mai."},
		{"award_cert", "fr", "Certification ISO 9001 renouvelée", "L'audit de renouvellement s'est conclu sans écart majeur. Le certificat vaut pour trois ans."},
		{"press_coverage", "fr", "Le Figaro parle de notre école interne", "Le journal consacre un article à l'école interne. À lire sur son site."},
		{"history", "fr", "Notre histoire depuis 1921", "Fondée en 1921 par deux frères, la maison a grandi avec la ville. À l'époque, quinze ouvriers y travaillaient."},
		{"service_info", "fr", "Menu de la semaine", "Lundi : poulet. Mardi : poisson. Mercredi : lentilles. Jeudi : dessert maison."},
		{"legal_page", "fr", "Mentions légales", "Directeur de la publication : la présidente. Hébergeur : une société de Lille."},
		{"csr_commitment", "en", "Our carbon footprint is down by a third", "Emissions fell by 32% in five years thanks to renewable energy and recycled steel."},
		{"case_study", "en", "Case study: a quieter pump", "The challenge: noise at night. The solution: a new wheel. The results: 12 decibels less, says the customer."},
		{"event_upcoming", "en", "Meet us at the Valley Expo, hall 3", "Visit our booth from 3 to 6 March 2027 and register now for a free ticket."},
		{"how_to", "en", "How to sharpen a plane iron: a step by step guide", "Step 1: flatten the back. Step 2: hold the bevel steady. Make sure the stone stays wet."},
		// only how the page is divided tells
		{"case_study", "fr", "Moins de bruit la nuit à Kerlan", "Le contexte\n\nLa pompe tournait jour et nuit près des maisons.\n\nLes enjeux\n\nLe voisinage ne dormait plus.\n\nNotre intervention\n\nUne roue neuve a été taillée.\n\nLes résultats\n\nDouze décibels de moins."},
		{"job_offer", "en", "Welder, second shift", "The role\n\nYou weld frames with three colleagues.\n\nAbout you\n\nYou like clean seams and quiet mornings.\n\nWhat we offer\n\nA four-day week and a canteen."},
		{"training", "fr", "Souder à l'arc, premiers pas", "Objectifs\n\nTenir l'arc et lire un cordon.\n\nProgramme\n\nMatin : théorie. Après-midi : poste.\n\nDurée\n\nTrois jours.\n\nPrérequis\n\nAucun."},
		{"job_offer", "es", "Oferta de empleo: soldador", "Buscamos un soldador con experiencia. Contrato indefinido."},
		{"press_release", "de", "Pressemitteilung: neues Werk", "Das Unternehmen eröffnet ein neues Werk in der Stadt."},
		{"product_page", "it", "Scheda tecnica della pompa P12", "Portata, prevalenza e consumi della pompa."},
	} {
		v := Judge(content.Item{Address: "https://www.exemple.fr/page", Language: c.lang, Title: c.title, H1: c.title, Text: c.text, Access: content.Access{Visibility: content.Public}}, Policy{}, judged)
		if v.Type != c.want {
			t.Errorf("%s: %s %.2f %v, want %s", c.title, v.Type, v.Confidence, v.Secondary, c.want)
		}
	}
}

// TestLearnTypes: what is learned makes the samples likelier and is the same twice, and what the
// program knew is not forgotten.
func TestLearnTypes(t *testing.T) {
	var samples []TypeSample
	for range 6 {
		samples = append(samples,
			TypeSample{Item: content.Item{Title: "Les nouvelles du quai", Text: "Le quai est ouvert : travaux finis, horaires d'été. La halle aussi.", Language: "fr"}, Day: judged, Right: []string{"site_news", "partnership"}, Count: 8},
			TypeSample{Item: content.Item{Title: "Notre histoire", Text: "Fondée en 1921.", Language: "fr"}, Day: judged, Right: []string{"history"}, Count: 1})
	}
	text := LearnTypes(samples, false)
	if text != LearnTypes(samples, false) {
		t.Fatal("learned twice, two texts")
	}
	judge, err := TypeJudge(text)
	if err != nil {
		t.Fatal(err)
	}
	id, others, _ := judge(samples[0].Item, judged)
	if !slices.Contains(samples[0].Right, id) {
		t.Errorf("the quay is %s %v", id, others)
	}
	if id, _, _ := judge(samples[1].Item, judged); id != "history" {
		t.Errorf("our history is %s", id)
	}
	if _, err := TypeJudge("nonsense"); err == nil {
		t.Error("nonsense is taken for weights")
	}
}

// TestOwnWords: a company's words name a type wherever they stand, and change the version of the verdicts.
func TestOwnWords(t *testing.T) {
	item := content.Item{Address: "https://intranet.exemple.fr/p/12", Language: "fr", Title: "Dossier client n° 8 : la gare de Valbois", Text: "La marquise est grise, le quai est long.", Access: content.Access{Visibility: content.Intranet}}
	policy := Policy{Words: map[string][]string{"case_study": {"dossier client"}, "minutes": {"point hebdo"}}}
	if v := Judge(item, Policy{}, judged); v.Type == "case_study" {
		t.Fatal("the words are the program's own")
	}
	v := Judge(item, policy, judged)
	if v.Type != "case_study" {
		t.Errorf("with its own words it is %s %v", v.Type, v.Secondary)
	}
	if v.Rules == Version() {
		t.Error("other words, but the same version")
	}
	item.Title, item.Breadcrumb = "Semaine 12", []string{"Point hebdo"}
	item.Text = "Présents : l'équipe. Point hebdo du quai : rien à signaler."
	if v := Judge(item, policy, judged); v.Type != "minutes" {
		t.Errorf("the weekly meeting is %s %v", v.Type, v.Secondary)
	}
}
