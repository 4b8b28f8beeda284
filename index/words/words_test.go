package words

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func stems(lang Language, text string) []string {
	var out []string
	NewSplitter(lang).Split(text, func(w Word) {
		if !w.Stop {
			out = append(out, w.Stem)
		}
	})
	return out
}

func TestFrenchWordsThatAreTheSame(t *testing.T) {
	for _, family := range []string{
		"l’évènement evenement événements L'ÉVÉNEMENT évènements",
		"vélo velo VÉLOS", "journal journaux", "directeur directrice directeurs directrices",
		"recrutement recruter recrute recrute", "développement développer", "professionnel professionnelle professionnels",
		"actif active actifs actives", "public publics publique publiques", "premier première premières",
		"œuvre oeuvre œuvres", "réseau réseaux", "travail travaux", "salarié salariée salariés", "formation formations",
		"collaborateur collaboratrice", "bureau bureaux", "sécurité securite", "règlement règlements reglement",
		"aujourd’hui aujourd'hui", "heureux heureuse", "vendeur vendeuse", "ancien ancienne anciens", "client cliente clients",
		"R&D r&d", "S.A.R.L. SARL sarl", "CO₂ co2",
	} {
		got := stems(French, family)
		for _, s := range got {
			if s != got[0] {
				t.Errorf("%s: stems %q", family, got)
				break
			}
		}
	}
}

func TestFrenchWordsThatDiffer(t *testing.T) {
	for _, pair := range []string{"chat châtiment", "département départ", "travail travers", "part partie", "cours course", "poste posture",
		"C C++", "C C#", "client clientèle", "fer fermer", "compte complet", "mur murmure", "cadre cadeau"} {
		got := stems(French, pair)
		if got[0] == got[1] {
			t.Errorf("%s: both become %q", pair, got[0])
		}
	}
}

func TestSplit(t *testing.T) {
	cases := []struct {
		lang       Language
		text, want string
	}{
		{French, "L'été, à l’usine", "ete usin"},
		{French, "qu’on voie jusqu'au marquage CE", "voi marquag ce"},
		{French, "le n° 12 et le N°7", "n° 12 n° 7"},
		{French, "certifié ISO\u00a09001:2015", "certifi iso 9001 2015"},
		{French, "jean.martin@exemple.fr", "jean martin exempl fr"},
		{French, "un e-mail", "e mail email"},
		{French, "du porte-à-porte", "port port"},
		{French, "prud’hommes", "prudhomm"},
		{English, "the company's customers don't publish", "compani custom dont publish"},
		{English, "C++ and C#", "c++ c#"},
		{Other, "Häuser Straße", "hauser strasse"},
		{Other, "東京都庁", "東京 京都 都庁"},
		{French, "e\u0301te\u0301 et sole\u00adil", "ete soleil"},
		{French, strings.Repeat("x", 200) + " fin", "fin"},
	}
	for _, c := range cases {
		if got := strings.Join(stems(c.lang, c.text), " "); got != c.want {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"L'été n° C++ R&D S.A.", "\xff\xfe", "a-b-c d’", "東京", "é́́", "'s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range All {
			last := 0
			NewSplitter(lang).Split(text, func(w Word) {
				if w.Start < 0 || w.End > len(text) || w.Start >= w.End || w.Pos < 1 || w.Start < last && !w.Joined {
					t.Fatalf("word %+v of %q", w, text)
				}
				if utf8.ValidString(text) && !utf8.ValidString(text[w.Start:w.End]) {
					t.Fatalf("word %q cuts a character of %q", text[w.Start:w.End], text)
				}
				last = w.Start
			})
		}
	})
}

func TestAppendPlain(t *testing.T) {
	for text, want := range map[string]string{
		"  L’Été\u00a0: c'est L’ŒUVRE…  ": "l ete c est l oeuvre", "": "", "—": "", "n° 12,5": "n 12 5", "e\u0301te\u0301": "ete", "ΑΒΓ 東京": "αβγ 東京",
	} {
		if got := string(AppendPlain(nil, text)); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
