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
		{news, "McClatchy reported a loss of $304.7 million on revenue of $167.4 million.", Policy{}, false},
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
