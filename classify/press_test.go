package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// What is spelt like a medium at the head of a sentence is none; a medium with a date, its capitals or its marks is one.
func TestMediaAtTheHead(t *testing.T) {
	body := strings.Repeat("La scierie reçoit ses grumes le lundi et les débite dans la semaine. ", 12)
	for text, want := range map[string]bool{
		"L'équipe de la scie range les planches.\n\n" + body + "\n\nTous droits réservés.":                false,
		"L’équipe du séchoir a fini ses tours.\n\n" + body + "\n\nToute reproduction interdite.":          false,
		"Le point sur les travaux de la cour.\n\n" + body + "\n\nTous droits réservés.":                   false,
		"L'Équipe du 12 mars 2026\n\n" + body + "\n\nTous droits réservés.":                               true,
		"L'équipe du 12 mars 2026\n\n" + body + "\n\nTous droits réservés.":                               true,
		"L'équipe du mardi 12 mars\n\n" + body + "\n\nTous droits réservés.":                              true,
		"L'ÉQUIPE\n\n" + body + "\n\nTous droits réservés.":                                               true,
		"« L'équipe » est venue.\n\n" + body + "\n\nTous droits réservés.":                                true,
		"© L'équipe – Tous droits réservés.\n\n" + body:                                                   true,
		"L'équipe de la scie range.\n\n" + body + "\n\n© Le Progrès – Tous droits réservés.":              true,
		"Le Monde a publié ceci : l'équipe du quai.\n\n" + body + "\n\n© Le Monde. Tous droits réservés.": true,
	} {
		item := content.Item{Address: "file:///partage/scierie.docx", Title: "La scierie", Text: text, Language: "fr", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Access: content.Access{Visibility: content.FileShare}}
		v := Judge(item, Policy{}, judged)
		if got := slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Rule == "press/reproduction" }); got != want {
			t.Errorf("%q: %v, want %v", strings.SplitN(text, "\n", 2)[0], got, want)
		}
	}
}
