package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestFloorAsksNobody: a type that asks a person, a customer or R&D asks where there is one.
func TestFloorAsksNobody(t *testing.T) {
	const (
		fair  = "Le samedi 24 avril, la halle se couvre de fleurs. Les plus jeunes repartent avec une graine. Entrée libre, buvette sur place."
		table = "Chacun retourne deux cartes et multiplie. Le plus grand produit remporte le pli. On remplit une grille de résultats."
	)
	for _, c := range []struct {
		kind        string
		named       bool // more than its words speaks for the type
		title, text string
		ask         bool
	}{
		{"internal_life", true, "La fête des fleurs", fair, false},
		{"internal_life", true, "La fête des fleurs", fair + " Karim Benali et Claire Vasseur tiennent la caisse.", true},
		{"internal_life", true, "La fête du service", "Le service a dansé tard. Les photos sont au mur.", true},
		{"internal_life", false, "Le renard à la lanterne", "Conte du soir pour les petits.\nHugo trouva une lanterne et la porta au hibou.", false},
		{"internal_life", false, "Le renard à la lanterne", "Conte du soir, lu par Claire Vasseur.\nHugo trouva une lanterne.", true},
		{"people_portrait", false, "Portrait d'une machine", "Elle ronfle et chauffe, on l'aime comme une vieille tante.", true},
		{"case_study", false, "Apprendre ses tables", table, false},
		{"case_study", false, "Apprendre ses tables", table + " La laiterie Kerlan a gagné douze pour cent.", true},
		{"case_study", false, "Une presse plus calme", "Notre client a gagné douze pour cent. On remplit une grille de résultats.", true},
		{"case_study", true, "Étude de cas", table, true},
		{"partnership", true, "Juin 1936 : la grève des filatures", "En juin 1936, les patrons et les ouvriers ont signé un accord.", false},
		{"partnership", true, "Juin 1936 : la grève des filatures", "En juin 1936, un accord a été signé. En 2026, le musée et la ville signent un partenariat.", true},
		{"research", true, "Patents explained with a corkscrew", "A patent must be new.", false},
		{"research", true, "A new resin for cold presses", "The laboratory measures how the resin sets.", true},
	} {
		it := content.Item{Address: "https://intranet.exemple.fr/a/page", Title: c.title, Text: c.text, Language: "fr", Access: content.Access{Visibility: content.Intranet}}
		if c.kind == "research" {
			it.Language = "en"
		}
		p := newPage(&it, &Policy{}, judged)
		p.look()
		p.findPeople()
		p.sorted = typing{id: c.kind, confidence: .9, named: c.named}
		if asks := len(findFloor(p)) > 0; asks != c.ask {
			t.Errorf("%s, %s: asks %v, want %v", c.kind, c.text, asks, c.ask)
		}
	}
}
