package classify

import (
	"strings"
	"testing"
)

// TestHide: what a quote hides is hidden in the text, however its words are spaced, and nothing else is.
func TestHide(t *testing.T) {
	for _, c := range []struct{ quote, text, want string }{
		{"la réunion du labo a le code ••", "Lundi, la réunion du\nlabo a le code 4713B. Il fait 12 degrés.", "Lundi, la réunion du\nlabo a le code •• Il fait 12 degrés."},
		{"marge de •• % chez ce client", "Une marge de 34,5 % chez ce client ; marge de 12 % ailleurs.", "Une marge de •• % chez ce client ; marge de 12 % ailleurs."},
		{"•• est le mot de la semaine", "Dune-44 est le mot de la semaine", "•• est le mot de la semaine"},
		{"au clavier avec •• puis la touche", "au clavier avec 90 21 64 puis la touche dièse", "au clavier avec •• puis la touche dièse"},
		{"Appelez Karim au 06 •• •• •• 34 ce soir", "Appelez Karim au 06 •• •• •• 34 ce soir, 12 fois", "Appelez Karim au 06 •• •• •• 34 ce soir, 12 fois"},
		{"•••", "Un texte de 12 mots", "Un texte de 12 mots"},
		{"à ••", "à 12 heures", "à 12 heures"},
		{"(a+)+•• [x", "(a+)+12 [x", "(a+)+12 [x"},
	} {
		v := Verdict{Reasons: []Reason{{Quote: c.quote}}}
		if got := v.Hide(func(s string) string { return s })(c.text); got != c.want {
			t.Errorf("%s: %s", c.quote, got)
		}
	}
	if (&Verdict{}).Hide(nil) != nil {
		t.Error("nothing to call")
	}
}

// TestReasonsAndTextHideAlike: what the reasons of an item hide stands in clear in no text of it.
func TestReasonsAndTextHideAlike(t *testing.T) {
	for _, c := range []struct{ lang, text, word string }{
		{"fr", "Pour rentrer le soir, on passe par la petite porte du quai avec le 4713B, le gardien dort.", "4713B"},
		{"fr", "La visio de la direction : identifiant 482 913 557, gardez-le pour vous.", "913"},
		{"en", "The back gate opens with 5512C after ten and nobody checks.", "5512C"},
		{"fr", "La voiture de Paul Mercier, immatriculée GK-418-TZ, dort devant chez lui.", "418"},
		{"en", "Paul Mercier parks his van AB-123-CD behind the shop.", "123"},
		{"fr", "Carte bleue de Paul Mercier : 4539 5787 6362 1487", "6362"},
	} {
		item := frenchPage()
		item.Access.Visibility = "intranet"
		item.Language = c.lang
		item.Text += "\n\n" + c.text
		kept, v := Admit(item, Policy{}, judged)
		if shown := v.Hide(Mask)(kept.Text); strings.Contains(shown, c.word) {
			t.Errorf("%s: %v\n%s", c.text, v.Reasons, shown[len(shown)-len(c.text):])
		}
		for _, r := range v.Reasons {
			if strings.Contains(r.Quote, c.word) {
				t.Errorf("%s: %s quotes %s", c.text, r.Rule, r.Quote)
			}
		}
	}
}
