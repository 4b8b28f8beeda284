package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestHookAsksNothing: no hook is made of words that block or ask, wherever they stand, nor of what readers do not see.
func TestHookAsksNothing(t *testing.T) {
	const good = "L'atelier mobile a réparé quarante vélos sur la place du marché."
	for _, c := range []struct {
		name  string
		lang  string
		bad   string
		where func(item *content.Item, bad string)
	}{
		{"a sentence of the text", "fr", "Gérald Lambert ne porte plus rien depuis son opération du dos en mars dernier.", nil},
		{"a wish", "fr", "Le fournisseur de film baisse ses prix en janvier, surtout n'en parlez à personne.", nil},
		{"in English", "en", "Over lunch the film supplier agreed to knock six per cent off so long as nobody else hears about it.", nil},
		{"a row of a table", "fr", "121\tSourire de la lingère\t2025\trefus écrit de l'intéressée, elle l'a demandée retirée", nil},
		{"the description", "fr", "Gérald Lambert ne porte plus rien depuis son opération du dos en mars dernier.", func(item *content.Item, bad string) { item.Description = bad }},
		{"the description and, with other blanks, the text", "fr", "Gérald Lambert ne porte plus rien depuis son opération du dos en mars dernier.", func(item *content.Item, bad string) {
			item.Description, item.Text = bad, strings.ReplaceAll(bad, " ", "  ")+" "+good
		}},
		{"a hidden slide", "fr", "Cette diapositive raconte la visite de la fonderie par les élèves du lycée.", func(item *content.Item, bad string) {
			item.Zones = []content.Zone{{Kind: content.ZoneUnseen, Text: bad}}
			item.Text = bad + "\n\n" + good
		}},
		{"a line that runs over all pages", "fr", "Cette brochure raconte la visite de la fonderie par les élèves du lycée.", func(item *content.Item, bad string) {
			item.Zones = []content.Zone{{Kind: content.ZoneFooter, Text: "page 3 " + bad}}
			item.Text = bad + "\n\n" + good
		}},
	} {
		item := insidePage(c.lang, c.bad+"\n\n"+good)
		if c.where != nil {
			item.Text = good
			c.where(&item, c.bad)
		}
		v := Judge(item, Policy{}, judged)
		if v.Hook != good {
			t.Errorf("%s: %q; %+v", c.name, v.Hook, v.Reasons)
		}
		if v.MaySay(item, c.bad) || !v.MaySay(item, good) {
			t.Errorf("%s: may say %t and %t; %+v", c.name, v.MaySay(item, c.bad), v.MaySay(item, good), v.Asked)
		}
		if d := v.WithoutAsked(item.Description); item.Description != "" && d != "" {
			t.Errorf("%s: the description still says %q", c.name, d)
		}
	}
}

// TestTitleThatAsks is kept as the title, and is no hook.
func TestTitleThatAsks(t *testing.T) {
	item := insidePage("fr", "Voir le document joint.")
	item.Title = "Gérald Lambert ne porte plus rien depuis son opération du dos"
	if v := Judge(item, Policy{}, judged); v.Outcome != NeedsApproval && v.Outcome != Never || v.Hook != "" {
		t.Errorf("%s: %q", v.Outcome, v.Hook)
	}
}

// TestAskedPlaces: the places are those of the item as it is kept, also when something was taken out of it.
func TestAskedPlaces(t *testing.T) {
	item := insidePage("fr", "Mot de passe du Wi-Fi : Tulipe!4471\n\nLe jardin ouvre samedi à toutes les familles.\n\nGérald Lambert ne porte plus rien depuis son opération du dos en mars dernier.")
	kept, v := Admit(item, Policy{}, judged)
	said := ""
	if v.Asked == nil {
		t.Fatal(v.Reasons)
	}
	for _, at := range v.Asked.Text {
		said += kept.Text[at[0]:at[1]] + "|"
	}
	if !strings.Contains(said, "Gérald Lambert") || strings.Contains(said, "jardin") {
		t.Error(said)
	}
}

func TestWithoutAsked(t *testing.T) {
	const said = "Le four est neuf. Paul est en arrêt. Venez le voir."
	for _, c := range []struct {
		asked [][2]int
		want  string
	}{{nil, said}, {[][2]int{{18, 38}}, "Le four est neuf. Venez le voir"}, {[][2]int{{0, 99}}, said}, {[][2]int{{0, 18}, {18, 52}}, ""}} {
		v := Verdict{Asked: &Asked{Description: c.asked}}
		if got := v.WithoutAsked(said); got != c.want {
			t.Errorf("%v: %q", c.asked, got)
		}
	}
}
