package classify

import (
	"slices"
	"testing"
)

// TestNewsOfOthers: what a paper reports of a firm that is not ours asks nothing; the same words of ourselves, of whoever is not
// named, of a customer of ours, or on a page that is no news ask as before.
func TestNewsOfOthers(t *testing.T) {
	const news = "Analysts at Bloomberg had expected more, and the shares of McClatchy fell. The stock market closed lower after the third quarter.\n\n"
	ours := Policy{Company: []string{"Tôlerie Exemple"}, Customers: []string{"Hydrelles"}}
	for _, c := range []struct {
		lead, sentence string
		policy         Policy
		asks           bool
	}{
		{news, "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", ours, false},
		{news, "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", Policy{}, true}, // a firm in the third person may be ours
		{news, "In fiscal 2025, Snowfield Data earned free cash flow of $884.1 million.", ours, false},
		{news, "Tôlerie Exemple reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "We reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "McClatchy reported a loss of $304.7 million on our revenue of $167.4 million.", ours, true},
		{news, "Management reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "The Group reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "The loss is $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "Hydrelles reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{news, "McClatchy reported a loss of $304.7 million on revenue of $167.4 million, keep it quiet: nobody knows.", ours, true},
		{"", "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", ours, true},
		{"Analysts and McClatchy met.\n\n", "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", Policy{}, true},
		{news + "Our own figures follow on Monday.\n\n", "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", Policy{}, true},
		{news, "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", Policy{Company: []string{"Tôlerie Exemple"}, Listed: true}, true},
	} {
		v := Judge(insidePage("en", c.lead+c.sentence), c.policy, judged)
		asks := slices.ContainsFunc(v.Reasons, func(r Reason) bool {
			return (r.Rule == "finance/results" || r.Rule == "inside/money") && (r.Severity == Review || r.Severity == Block)
		})
		if asks != c.asks {
			t.Errorf("%q, company %v: %v %v", c.sentence, c.policy.Company, asks, askedBy(v))
		}
	}
	// what closes is not taken back
	item := insidePage("en", news+"McClatchy reported a loss of $3 million.")
	item.Title, item.H1 = "Forecast 2027", "Forecast 2027"
	if v := Judge(item, ours, judged); v.Outcome != Never {
		t.Errorf("a forecast among news: %s", v.Outcome)
	}
}

// TestNewsThatIsNotOut: news of another firm is out, by several words of the press, and of no firm that is close to ours; what
// has still to come out, or may be ours, asks.
func TestNewsThatIsNotOut(t *testing.T) {
	const rules = "finance/results staff/council inside/money inside/plan inside/trouble legal/litigation business/crisis"
	ours := Policy{Company: []string{"Tôlerie Exemple"}}
	for _, c := range []heldCase{
		{rules, "en", []string{
			"Brackley Steel, the subsidiary, said it earned $4.2 million on revenue of $30 million, a spokeswoman told investors.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million, a spokesman said, and the buyer wants it lower; analysts wait.",
			"Brackley Steel will report a loss of $4.2 million on revenue of $30 million, say analysts at Bloomberg.",
			"Brackley Steel announced a loss of $4.2 million on revenue of $30 million to its board, and analysts at Reuters wait.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million, says Reuters, but investors have not been told yet.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million in a statement.\nThe statement is under embargo, analysts and investors get it on Friday.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million in a statement.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million.\nInvestors and analysts hear of it on Friday.",
			"Brackley Steel said it faces a lawsuit over the leak, before investors and analysts know.",
		}, []string{
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million, Reuters wrote.",
			"Brackley Steel reported a loss of $4.2 million on revenue of $30 million in a statement, and investors sold.",
			"Brackley Steel reported a loss before taxes of $4.2 million on revenue of $30 million, Reuters wrote.",
		}},
		{rules, "fr", []string{
			"Aciéries Brabant annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€ à ses analystes, dans un communiqué qui sortira vendredi.",
			"Aciéries Brabant annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€, l'AFP n'a rien et le communiqué est sous clé.",
			"Aciéries Brabant, notre filiale, annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€, selon l'AFP.",
			"Aciéries Brabant, la filiale, annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€, selon l'AFP.",
			"Aciéries Brabant annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€ aux repreneurs, investisseurs et analystes.",
			"Aciéries Brabant annonce la fermeture de l'usine et 40 suppressions de postes, dans un communiqué encore sous clé.",
			"Aciéries Brabant annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€ avant que les investisseurs et les analystes le sachent.",
		}, []string{"Aciéries Brabant annonce une perte de 4,2 M€ pour un chiffre d'affaires de 30 M€, selon l'AFP."}},
	} {
		c.test(t, ours)
	}
	for _, c := range []heldCase{{rules, "en", []string{
		"Brackley Steel reported a loss of $4.2 million on revenue of $30 million in a statement, Reuters wrote, and investors sold at Wall Street.",
		"Brackley Steel announced the closure of the Luton plant in May.\nAnalysts, investors and Reuters read it in a statement.",
	}, nil}} {
		c.test(t, Policy{})
	}
}
