package classify

import "testing"

// TestToldOnce: harm, theft, formulas and ways in that a sentence tells in the words of every day, and their neighbours.
func TestToldOnce(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
		asks           bool
	}{
		{"fr", "L'inspection du travail est passée jeudi après la chute de l'échafaudeur.", true},
		{"fr", "L'inspection du travail publie chaque année un guide des échafaudages.", false},
		{"fr", "La base des abonnés a été piratée dimanche, et la CNIL a été prévenue.", true},
		{"fr", "La CNIL donne dix conseils à qui tient un fichier.", false},
		{"fr", "La recette n'est jamais sortie du laboratoire : 40 grammes de sel pour un litre.", true},
		{"fr", "La recette du pain tient en quatre lignes : farine, eau, sel, levain.", false},
		{"fr", "L'interface de la chaufferie est accessible sans mot de passe.", true},
		{"fr", "Le musée est accessible sans réservation.", false},
		{"en", "The heating controller answers without a password.", true},
		{"en", "Our member records were stolen on Sunday, and the ICO has been told.", true},
		{"en", "The hinge is not yet patented.", true},
		{"en", "The hinge was patented in 1931.", false},
	} {
		v := toldAmong(c.lang, c.sentence)
		if held := v.Outcome == NeedsApproval || v.Outcome == Never; held != c.asks {
			t.Errorf("%s: %s %v", c.sentence, v.Outcome, askedBy(v))
		}
	}
}

// TestNamesAndVerbs: a name in quotes is no mark, and what goes off in time is not out of date.
func TestNamesAndVerbs(t *testing.T) {
	for _, c := range []struct {
		sentence string
		held     bool
	}{
		{"La « secrète » est une poire à couteau que l'on cueille en octobre.", false},
		{"La « confidentielle » est une pomme de Normandie.", false},
		{"Ce document est « confidentiel ».", true},
		{"Le levain se périme en une semaine s'il n'est pas nourri.", false},
	} {
		v := toldAmong("fr", c.sentence)
		if held := v.Outcome == NeedsApproval || v.Outcome == Never || v.Kind == Expired; held != c.held {
			t.Errorf("%s: %s %v", c.sentence, v.Outcome, v.Reasons)
		}
	}
}
