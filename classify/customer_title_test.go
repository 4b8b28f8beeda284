package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestCustomerWordedOtherwise: a customer that the policy allows may stand in the title in other words, as long as the text
// names it and one distinctive word is the same.
func TestCustomerWordedOtherwise(t *testing.T) {
	text := "The customer, Ville de Quimperon, wanted a fountain that runs on sun alone. The challenge: a square without a cable. Our solution: a panel and a pump that follows the light. The results: forty per cent less power in the first year. Ville de Quimperon is pleased and has asked for a second one."
	for _, c := range []struct {
		title     string
		customers []string
		want      bool
	}{
		{"Quimperon town council: a case study of a fountain", []string{"Ville de Quimperon"}, true},
		{"A town council: a case study of a fountain", []string{"Ville de Quimperon"}, false},
		{"Quimperon town council: a case study of a fountain", []string{"Ville de Carhaix"}, false},
		{"Quimperon town council: a case study of a fountain", nil, false},
	} {
		item := content.Item{Address: "https://i.exemple.fr/case-studies/x", Title: c.title, H1: c.title, Text: text, Language: "en", Access: content.Access{Visibility: content.Intranet}}
		policy := Policy{Customers: c.customers}
		if got := prepare(&item, &policy, judged).customerAllowed(); got != c.want {
			t.Errorf("%s with %v: %t", c.title, c.customers, got)
		}
	}
}
