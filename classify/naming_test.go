package classify

import (
	"testing"

	"filon/crawler/content"
)

func TestHideAddress(t *testing.T) {
	never := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "personal/salary", Severity: Block, Where: "text:12", Approver: "hr"}}}
	byName := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "special/health", Severity: Block, Where: "file", Approver: "dpo"}}}
	byTitle := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "finance/merger", Severity: Block, Where: "title", Approver: "finance"}}}
	byQuestion := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "finance/merger", Severity: Block, Where: "text:40", Approver: "finance"}, {Rule: "inside/plan", Severity: Review, Where: "title", Approver: "management"}}}
	marked := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "marking/confidential", Severity: Block, Where: "file", Approver: "management"}}}
	asks := Verdict{Outcome: NeedsApproval, Reasons: []Reason{{Rule: "inside/person", Severity: Review, Where: "text:0", Approver: "dpo"}}}
	portrait := Verdict{Outcome: NeedsApproval, Reasons: []Reason{{Rule: "personal/about", Severity: Review, Where: "title", Approver: "person"}}}
	open := Verdict{Outcome: Publishable}
	named := content.Item{Text: "Le dossier de M. Kervoas est clos, et celui d'Alice Le Braz aussi. La Fournée du matin part à sept heures."}
	for _, c := range []struct {
		v             Verdict
		item          content.Item
		address, want string
	}{
		{never, content.Item{}, "https://in.example/rh/dossier-alice-durand-licenciement.html", "https://in.example/rh/dossier-•••-licenciement.html"},
		{never, content.Item{}, "/srv/RH/paie_Alice_Durand.html", "/srv/RH/paie_•••.html"},
		{never, content.Item{}, "/srv/RH/paieAliceDurand2026.pdf", "/srv/RH/paie•••2026.pdf"},
		{never, content.Item{}, "/srv/RH/paie%20Alice%20Durand.html", "/srv/RH/paie •••.html"},
		{never, content.Item{}, "https://in.example/rh/DURAND_Alice.pdf", "https://in.example/rh/•••.pdf"},
		{never, content.Item{}, "https://in.example/rh?dossier=jean-pierre-le-goff", "https://in.example/rh?dossier=•••"},
		{never, content.Item{}, "https://in.example/agents/karim-benali/contrat.html", "https://in.example/agents/•••/contrat.html"},
		{never, named, "https://in.example/rh/kervoas-2026.html", "https://in.example/rh/•••-2026.html"},
		{never, named, "https://in.example/rh/fournee-du-matin.html", "https://in.example/rh/fournee-du-matin.html"},
		{never, content.Item{}, "/home/marie/partage/grille-2026.xlsx", "/home/marie/partage/grille-2026.xlsx"},
		{never, content.Item{}, "https://in.example/rh/grille-des-salaires.html", "https://in.example/rh/grille-des-salaires.html"},
		{never, content.Item{}, "https://alice-durand.example/", "https://alice-durand.example/"},
		{byName, content.Item{}, "/srv/direction/arret maladie K B.txt", "/srv/direction/•••.txt"},
		{byTitle, content.Item{Title: "Rachat des Forges du Lac"}, "/srv/projet-rachat-forges.docx", "/srv/projet-rachat-•••.docx"},
		{byQuestion, content.Item{Title: "Four à sole"}, "/srv/four-a-sole.docx", "/srv/four-a-sole.docx"},
		{marked, content.Item{}, "/srv/plan-confidentiel.docx", "/srv/plan-confidentiel.docx"},
		{asks, content.Item{}, "https://in.example/vie/alice-durand-hospitalisee", "https://in.example/vie/•••-hospitalisee"},
		{asks, content.Item{Title: "Kermesse"}, "https://in.example/vie/kermesse", "https://in.example/vie/kermesse"},
		{portrait, content.Item{}, "https://www.example.fr/portrait-alice-durand", "https://www.example.fr/portrait-alice-durand"},
		{open, content.Item{}, "https://www.example.fr/alice-durand-rejoint-la-maison", "https://www.example.fr/alice-durand-rejoint-la-maison"},
		{open, content.Item{}, "https://www.example.fr/mot-de-passe-Zq8motdepasse", MaskAddress("https://www.example.fr/mot-de-passe-Zq8motdepasse")},
	} {
		got, told := c.v.HideAddress(c.address, c.item, c.v.Outcome == Never)
		if got != c.want || told != (got != MaskAddress(c.address)) {
			t.Errorf("%s: shown as %s (%v), want %s", c.address, got, told, c.want)
		}
	}
}
