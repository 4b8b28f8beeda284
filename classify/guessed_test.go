package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestPeopleWithoutTitle: a name that stands in no list is a person by what they do.
func TestPeopleWithoutTitle(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		held       bool
	}{
		{"en", "Desmond Harkness is on sick leave until June.", true},
		{"en", "Desmond Harkness has cancer and works from home.", true},
		{"en", "Lorcan Tyndall earns £2,610 a month.", true},
		{"en", "Lorcan Tyndall's salary is £31,400.", true},
		{"en", "A written warning was issued to Lorcan Tyndall in March.", true},
		{"en", "Desmond Harkness was convicted of fraud.", true},
		{"en", "Desmond Harkness is a union rep at the yard.", true},
		{"fr", "Corentin Vasselin est en arrêt maladie depuis mars.", true},
		{"fr", "Ysoline Brachet touche 2 610 euros bruts par mois.", true},
		{"fr", "Ysoline Brachet a été mise à pied trois jours.", true},
		{"en", "Blue Cross is a charity that helps with cancer.", false},
		{"en", "Mental Health has its week in May, and depression is its theme.", false},
		{"en", "Sick Leave is explained on page two of the guide.", false},
		{"fr", "La Ligue contre le cancer est notre partenaire de course.", false},
		{"fr", "Mars Bleu est le mois du dépistage du cancer colorectal.", false},
		{"en", "Desmond Harkness is our new baker.", false},
		{"en", "The winner gets £2,000 for the best design.", false},
	} {
		it := content.Item{Language: c.lang, Address: "https://intranet.exemple-industrie.fr/conseils/rangement", Title: "Ranger un atelier", H1: "Ranger un atelier",
			Text: beforeTable + c.text + afterTable, Access: content.Access{Visibility: content.Intranet}}
		if c.lang == "en" {
			it.Title, it.H1 = "Tidying a workshop", "Tidying a workshop"
			it.Text = "A tidy workshop saves time for everybody. Heavy things go on the low shelves, light ones on the high shelves.\n\n" + c.text + "\n\nThe broom stays at the end of the aisle. Put it back before you leave."
		}
		v := Judge(it, Policy{}, judged)
		if held := v.Outcome == Never || v.Outcome == NeedsApproval; held != c.held {
			t.Errorf("%q is %s %v", c.text, v.Outcome, askedBy(v))
		}
	}
}
