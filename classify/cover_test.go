package classify

import (
	"encoding/json"
	"strings"
	"testing"

	"filon/crawler/content"
)

// insidePage is an item of an intranet.
func insidePage(lang, text string) content.Item {
	return content.Item{Address: "https://intranet.exemple.fr/notes/1", Title: "Note de la semaine", Text: text, Language: lang, MIME: "text/html",
		Access: content.Access{Visibility: content.Intranet}, Shape: content.Shape{Words: len(strings.Fields(text)), Paragraphs: 3}}
}

// TestCovers: where a person lives, the code of a door and the figures of a secret sentence stand in no quote and no text of the
// item, whichever finding of whichever rule speaks of them.
func TestCovers(t *testing.T) {
	for _, c := range []struct {
		lang, text   string
		hidden, kept []string
	}{
		{"fr", "Les plantes ont été déposées chez Ghislaine Arnoult, 17 rue des Tanneurs à Villefranche, au deuxième étage.", []string{"17", "Tanneurs"}, []string{"Villefranche"}},
		{"fr", "Détail : Mme Pauline Escoffier habite au 4 bis, allée des Mésanges à Givors, au fond de la cour, code 58B12 puis sonner.", []string{"4 bis", "Mésanges", "58B12"}, []string{"Givors"}},
		{"fr", "Paul Mercier, demeurant 12 avenue du 8 Mai 1945, 69100 Villeurbanne, nous reçoit dimanche.", []string{"12 avenue", "8 Mai"}, []string{"Villeurbanne"}},
		{"fr", "Le colis est chez Claire Fontaine, 9 impasse de l’église, Mâcon, digicode A4471 après 20 h.", []string{"impasse", "A4471"}, []string{"Mâcon"}},
		{"en", "Our quiz night had nine teams and fifty questions. We thank everybody who came to the event last Thursday.\n\nSomeone left a red scarf. It is with Harriet Pell at 26 Larkspur Close, Wexcombe, the house with the blue gate.", []string{"26", "Larkspur"}, []string{"Wexcombe"}},
		{"en", "Paul Mercer lives at 140 Old Mill Road, Leeds, and the key box has code 7719 for the nurse.", []string{"140", "Old Mill", "7719"}, []string{"Leeds"}},
		{"en", "Name\tDate of birth\nPaul Mercer\t12/03/1981\nAnna Smith\t4 May 1979", []string{"12/03/1981", "4 May 1979"}, []string{"Name"}},
		{"en", "A folder left in meeting room Ash with a form filled in for Marcus Twyford, NI number JG 10 37 59 B. It is in the tray.", []string{"JG", "37", "59 B"}, []string{"Twyford", "tray"}},
		{"fr", "Pour entrer le soir, passez par la petite porte du quai avec le 4713B, le gardien dort.\n\nRien à dire ici.\n\nLe gardien dort aussi à midi : la porte du hangar s'ouvre avec le 9921C, personne ne surveille.", []string{"4713B", "9921C"}, nil},
	} {
		item := insidePage(c.lang, c.text+"\n\nLe reste de la page parle du temps qu'il fait.")
		kept, v := Admit(item, Policy{}, judged)
		hide := v.Hide(Mask)
		shown := []string{hide(kept.Text), hide(strings.ReplaceAll(c.text, "\n", " ")), v.Hook}
		for line := range strings.Lines(c.text) {
			shown = append(shown, hide(strings.TrimSpace(line)))
		}
		for _, r := range v.Reasons {
			shown = append(shown, r.Quote)
		}
		for _, s := range shown {
			for _, w := range c.hidden {
				if strings.Contains(s, w) {
					t.Errorf("%s: %q stands in %q; %+v", c.text, w, s, v.Reasons)
				}
			}
		}
		for _, w := range c.kept {
			if !strings.Contains(shown[0], w) {
				t.Errorf("%s: %q is hidden in %q", c.text, w, shown[0])
			}
		}
	}
}

// TestCoversLeaveTheRest: figures and places that are nobody's secret stay, also on a page with secrets.
func TestCoversLeaveTheRest(t *testing.T) {
	const secret = "\n\nMme Pauline Escoffier habite au 4 allée des Mésanges à Givors, au fond de la cour, code 58B12 puis sonner."
	for _, text := range []string{
		"Le code postal 69400 est celui de Villefranche.", "Nous proposons 3 cours de yoga et 12 places de cinéma.", "Le code promo ETE2026 donne 15 % en juin.",
		"The clinic at 12 High Street, Leeds, opens at 9 am.", "Le 17, nous fêtons 58 ans de maison.",
	} {
		for _, more := range []string{"", secret} {
			kept, v := Admit(insidePage("fr", text+more), Policy{}, judged)
			if got := v.Hide(Mask)(kept.Text); !strings.HasPrefix(got, text) {
				t.Errorf("%s: %s", text, got)
			}
		}
	}
}

// TestCoversAreKept: a verdict that was stored hides what it hid, an older one and a broken one hide what they know.
func TestCoversAreKept(t *testing.T) {
	kept, v := Admit(insidePage("fr", "Les plantes ont été déposées chez Ghislaine Arnoult, 17 rue des Tanneurs à Villefranche."), Policy{}, judged)
	doc, err := json.Marshal(v)
	if err != nil || strings.Contains(string(doc), "Tanneurs") {
		t.Fatalf("%s: %v", doc, err)
	}
	var read Verdict
	if err := json.Unmarshal(doc, &read); err != nil || read.Hide(Mask)(kept.Text) != v.Hide(Mask)(kept.Text) || len(read.Covers) == 0 {
		t.Errorf("%v: %s", err, read.Hide(Mask)(kept.Text))
	}
	for _, covers := range []Covers{nil, {1}, {0, 0, 0, 2}, {255, 255, 255, 255, 1}, {255, 255, 255, 255, 0, 0, 0, 1, 7}} {
		old := Verdict{Covers: covers, Asked: &Asked{Text: [][2]int{{-4, 9}, {9, 3}, {5, 1 << 20}}, Description: [][2]int{{-1, 2}, {0, 99}}}, Reasons: []Reason{{Quote: "la porte du quai a le code ••"}}}
		if got := old.Hide(Mask)("La porte du quai a le code 4713B."); strings.Contains(got, "4713B") {
			t.Errorf("%v: %s", covers, got)
		}
		old.MaySay(kept, "Les plantes ont été déposées")
		old.WithoutAsked("Une description.")
	}
}

// TestManyCovers: of a page of more secrets than are kept, or than were looked for, no word is shown; of an earlier verdict, no figure.
func TestManyCovers(t *testing.T) {
	item := insidePage("fr", "12 et 34 000 puis 5B")
	p := newPage(&item, &Policy{}, judged)
	p.prints = map[uint32]bool{}
	for i := range uint32(mostPrints + 1) {
		p.prints[i] = true
	}
	hide := p.packed().hider()
	if got := hide(item.Text) + hide(" – ") + hide(""); got != "•• – " {
		t.Error(got)
	}
	if got := (Covers{0, 0, 0, everyFigure, 0, 0, 0, 1}).hider()(item.Text); got != "•• et •• puis ••" {
		t.Error(got)
	}
	var b strings.Builder
	for range maxFindings + 40 {
		b.WriteString("Paul Martin est en arrêt pour dépression.\n")
	}
	kept, v := Admit(insidePage("fr", b.String()+"Odile Garnier se remet de sa chimiothérapie."), Policy{}, judged)
	if got := v.Hide(Mask)(kept.Text); strings.Contains(got, "Odile") {
		t.Error(got[len(got)-80:])
	}
	if len(v.Covers) > 8 || v.MaySay(kept, "Odile Garnier se remet") {
		t.Error(len(v.Covers))
	}
}

// TestPrivateSentences: what tells of somebody's health, belief, union or private life stands in no text of the item, without any
// figure in it, whole or in part; what stands beside it stays.
func TestPrivateSentences(t *testing.T) {
	const before, after = "Le stand de la fonderie ouvre samedi à toutes les familles.", "Merci aux équipes qui ont monté la tente sous la pluie."
	for _, c := range []struct{ lang, said, word string }{
		{"fr", "Paul Martin est en arrêt pour dépression depuis le printemps et son bureau reste vide.", "dépression"},
		{"fr", "Sandrine ne revient pas avant Noël, elle vient de commencer sa chimio.", "chimio"},
		{"fr", "Karim est malade.", "malade"},
		{"fr", "Youssef Amrani, musulman pratiquant, demande à ne plus être posté le vendredi.", "musulman"},
		{"fr", "Mme Claire Garnier est déléguée syndicale CFDT.", "CFDT"},
		{"fr", "Paul Mercier est homosexuel et n'en parle à personne.", "homosexuel"},
		{"en", "Janet starts her radiotherapy on Monday and wants it kept quiet.", "radiotherapy"},
		{"en", "Paul Mercer has been signed off with depression since the spring.", "depression"},
		{"fr", "Odile Marchal a un lymphome et ne vient que le matin.", "lymphome"},
		{"fr", "C'est Bruno Lefort qui a alerté l'inspection, et il ne veut pas qu'on le sache aux quais.", "inspection"},
		{"fr", "Le double de la clé est sous le paillasson, et l'alarme reste coupée le week-end.", "paillasson"},
		{"en", "Marcus owes his landlord for the winter and asked for an advance on his wages.", "landlord"},
		{"fr", "Nom\tMotif de l'arrêt\nPaul Martin\tdépression\nClaire Garnier\tlombalgie", "lombalgie"},
	} {
		item := insidePage(c.lang, before+"\n\n"+c.said+"\n\nIl fait beau.\n\n"+after)
		item.Title = "Le samedi de la fonderie"
		kept, v := Admit(item, Policy{}, judged)
		hide := v.Hide(Mask)
		words := strings.Fields(strings.ReplaceAll(c.said, "\n", " \n "))
		shown := []string{hide(kept.Text), hide("Note. " + strings.ReplaceAll(c.said, " ", "  ")), hide("(" + strings.ToUpper(c.said) + ")")}
		for i := 0; i+8 <= len(words); i++ { // a snippet may begin and end anywhere
			shown = append(shown, hide("… "+strings.Join(words[i:min(len(words), i+10)], " ")+" …"))
		}
		for _, r := range v.Reasons {
			shown = append(shown, r.Quote)
		}
		for _, s := range shown {
			if strings.Contains(strings.ToLower(s), strings.ToLower(c.word)) {
				t.Errorf("%s: %q; %+v", c.said, s, v.Reasons)
			}
		}
		for _, w := range []string{before, after, "Il fait beau"} {
			if !strings.Contains(shown[0], w) {
				t.Errorf("%s: %q is hidden in %q", c.said, w, shown[0])
			}
		}
		if hide(kept.Title) != item.Title {
			t.Errorf("%s: the title is %q", c.said, hide(kept.Title))
		}
	}
}

// TestWordsThatAreNobodysStay: the same words about nobody, about the dead of old or by those who tell them in public hide nothing,
// and sentences beside a private one that share a few words with it stay.
func TestWordsThatAreNobodysStay(t *testing.T) {
	for _, text := range []string{
		"Octobre rose : le dépistage du cancer du sein concerne toutes les femmes.", "Le congé maternité dure seize semaines et la CFDT a signé l'accord.",
		"La dépression se soigne : le médecin du travail reçoit sans rendez-vous.",
	} {
		kept, v := Admit(insidePage("fr", text), Policy{}, judged)
		if got := v.Hide(Mask)(kept.Text); got != text {
			t.Errorf("%s: %s", text, got)
		}
	}
	public := insidePage("fr", "Denis Papin, de confession protestante, quitte la France en 1675 et ne revient jamais.")
	public.Access.Visibility = content.Public
	if kept, v := Admit(public, Policy{}, judged); v.Hide(Mask)(kept.Text) != public.Text {
		t.Errorf("%s", v.Hide(Mask)(kept.Text))
	}
	kept, v := Admit(insidePage("fr", "Paul Martin est en arrêt pour dépression.\n\nPaul Martin est en photo devant le four. Le four neuf est en marche pour trente ans."), Policy{}, judged)
	if got := v.Hide(Mask)(kept.Text); got != "••.\n\nPaul Martin est en photo devant le four. Le four neuf est en marche pour trente ans." {
		t.Error(got)
	}
}

func TestEachFigure(t *testing.T) {
	for text, want := range map[string]string{
		"un code 4713B, et 12 000 € (34,5 %) le 3.": "4713B|12 000|34,5|3.", "55#02 vers 18h30;8": "55#02|18h30|8", "rien": "", "": "", "« 12 » à midi": "12", "v2,puis 3": "v2|3",
	} {
		var found []string
		eachFigure(text, func(from, to int) { found = append(found, text[from:to]) })
		if got := strings.Join(found, "|"); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func FuzzCovers(f *testing.F) {
	f.Add("Chez Paul Mercier, 14 rue des Lilas à Lyon, code 58B12.", "14 rue des Lilas")
	f.Add("Porte\tCode\nHall\t8041", "8041 \xff")
	f.Fuzz(func(t *testing.T, text, other string) {
		kept, v := Admit(insidePage("fr", text), Policy{}, judged)
		hide := v.Hide(Mask)
		if once := hide(kept.Text); len(v.Covers) > 0 && Mask(once) != once {
			t.Errorf("%q leaves something to mask", once)
		}
		hide(other)
		v.MaySay(kept, other)
	})
}

// TestCodesOfATableAreTakenOut: codes below their head are values, which no kept text holds.
func TestCodesOfATableAreTakenOut(t *testing.T) {
	kept, v := Admit(insidePage("fr", "Porte\tCombinaison\nHall\t1973A\nQuai\t55#02\nJardin\t8041\n\nLe reste de la page parle du temps qu'il fait."), Policy{}, judged)
	for _, code := range []string{"1973A", "55#02", "8041"} {
		if strings.Contains(kept.Text, code) {
			t.Errorf("%s stands in %q", code, kept.Text)
		}
	}
	if v.Outcome != Never || !strings.Contains(kept.Text, "Jardin") {
		t.Errorf("%s: %q", v.Outcome, kept.Text)
	}
}
