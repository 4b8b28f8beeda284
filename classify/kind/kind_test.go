package kind

import (
	"bytes"
	"strings"
	"testing"
)

var names = map[string]bool{"karim": true, "sophie": true}

func reader(m *Model) *Reader { return NewReader(m, func(w string) bool { return names[w] }) }

// likeliest is the type that the words of a page say.
func likeliest(r *Reader, title, text, language string) string {
	best := -1
	likely := r.Likely(title, text, language)
	for k, v := range likely {
		if best < 0 || v > likely[best] {
			best = k
		}
	}
	if best < 0 {
		return ""
	}
	return r.model.types[best]
}

// TestLikely: pages that the model has not seen, which do not name their type.
func TestLikely(t *testing.T) {
	r := reader(Built)
	for _, c := range []struct{ title, text, language, want string }{
		{"Technicien de maintenance à Brest", "Vous assurez le dépannage des lignes. De formation bac pro, vous avez deux ans d'expérience. Contrat à durée indéterminée, 2 300 € brut, poste à pourvoir en mars.", "fr", "job_offer"},
		{"Réunion du 12 mars", "Présents : Sophie, Karim. Excusée : Anne. Le budget est validé. Karim relance le fournisseur avant vendredi. Prochaine réunion le 26.", "fr", "minutes"},
		{"Can I return an opened box?", "Yes, within thirty days. Who pays the postage? We do. How long does the refund take? A week at most.", "en", "faq"},
		{"Sophie, soudeuse", "Entrée comme apprentie en 2009, Sophie a appris le métier avec Karim. Aujourd'hui elle forme les plus jeunes et rêve d'un tour de Bretagne à vélo.", "fr", "people_portrait"},
	} {
		if got := likeliest(r, c.title, c.text, c.language); got != c.want {
			t.Errorf("%q is %s, want %s", c.title, got, c.want)
		}
	}
	if r.Likely("Stellenangebot", "Wir suchen einen Schweißer.", "de") != nil || r.Likely("", "", "fr") != nil {
		t.Error("a type of a page in another language, or of no words")
	}
}

// TestLikelyIsAChance: the chances of all types are 1 together, whatever stands there.
func TestLikelyIsAChance(t *testing.T) {
	r := reader(Built)
	for _, text := range []string{"a", "La porte est ouverte.", "\xff\xfe mot", strings.Repeat("mot ", 5000), strings.Repeat("x", 1<<20)} {
		sum := 0.
		for _, v := range r.Likely(text, text, "fr") {
			if v > 0 {
				t.Fatalf("%.20q: a chance above 1", text)
			}
			if v > -3000 {
				sum += exp(float64(v) / 100)
			}
		}
		if sum < .9 || sum > 1.1 {
			t.Errorf("%.20q: the chances are %.3f together", text, sum)
		}
	}
}

// TestLearnTwice: the same pages teach the same, and what is written is read back.
func TestLearnTwice(t *testing.T) {
	pages := []Page{
		{"faq", "fr", "Vos questions", "Comment ouvrir un compte ? Quand suis-je livré ? Puis-je changer d'avis ?"},
		{"faq", "fr", "On vous répond", "Où est ma commande ? Comment payer ? Qui appeler ?"},
		{"history", "fr", "Depuis 1920", "La maison est fondée en 1920 par deux frères. En 1950 elle s'agrandit."},
		{"history", "en", "Since 1920", "The house was founded in 1920 by two brothers. In 1950 it grew."},
	}
	a, err := Learn(pages, []string{"karim"})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Learn(pages, []string{"karim"})
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same pages give another model")
	}
	m, err := Read(a.Bytes())
	if err != nil || m.Version() != a.Version() {
		t.Errorf("what was written is not read back: %v", err)
	}
	for _, p := range pages {
		if got := likeliest(reader(a), p.Title, p.Text, p.Language); got != p.Type {
			t.Errorf("%q is %s", p.Title, got)
		}
	}
	if _, err := Read(a.Bytes()[:100]); err == nil {
		t.Error("a short model is read")
	}
	if _, err := Learn(pages[:2], nil); err == nil {
		t.Error("a model of one type")
	}
}

func BenchmarkLikely(b *testing.B) {
	r := reader(Built)
	text := strings.Repeat("La nouvelle ligne de pliage tourne dans l'atelier nord depuis lundi.\n", 60)
	for b.Loop() {
		r.Likely("La ligne de pliage", text, "fr")
	}
}
