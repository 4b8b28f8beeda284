package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestFileNames: a name of a file that is a matter and a name asks; one that is a matter alone stays free.
func TestFileNames(t *testing.T) {
	for _, c := range []struct {
		name string
		held bool
	}{
		{"augmentation Corentin Vasselin 2027.docx", true},
		{"Augmentation_VASSELIN_v2.docx", true},
		{"arret maladie Brachet.docx", true},
		{"2026-11 Arrêt de travail Mme Brachet.pdf", true},
		{"entretien-prealable_Vasselin.docx", true},
		{"projet rachat Forges du Lac.docx", true},
		{"Projet de cession Rieux 2027.pptx", true},
		{"takeover Clyde Castings.docx", true},
		{"sick note Harkness.docx", true},
		{"dismissal letter Lorcan Tyndall.docx", true},
		{"Anna Tyndall warning letter.docx", true},
		{"communique_EMBARGO_2027-03-04.docx", true},
		{"EMBARGO visuel presse.docx", true},
		{"note-confidentielle-expliquée.docx", true},
		{"un mode opératoire confidentiel.docx", true},
		{"un document confidentiel.docx", true},
		{"the confidential window, our new booth.docx", false},
		{"le secret des affaires expliqué aux apprentis.docx", false},
		{"prime Noël 2026.docx", false},
		{"procedure arret maladie.docx", false},
		{"arret de bus Gambetta.docx", false},
		{"augmentation de capital guide.docx", false},
		{"sick leave policy.docx", false},
		{"Projet Fresque du Hall.docx", false},
		{"photos atelier Rieux.docx", false},
		{"Annual Review 2026.docx", false},
		{"embargo sur le petrole expliqué.docx", false},
	} {
		it := content.Item{Language: "fr", Address: "file:///partage/" + c.name, Root: "file:///partage", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			Title: "Ranger un atelier", H1: "Ranger un atelier", Text: beforeTable + afterTable, Access: content.Access{Visibility: content.FileShare}}
		v := Judge(it, Policy{}, judged)
		held := false
		for _, r := range v.Reasons {
			held = held || r.Rule != "type/floor" && (r.Severity == Block || r.Severity == Review)
		}
		if held != c.held {
			t.Errorf("%s is %s %v", c.name, v.Outcome, askedBy(v))
		}
	}
}
