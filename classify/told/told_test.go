package told

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

var names = map[string]bool{"karim": true, "sophie": true, "paul": true, "jane": true}

func reader(m *Model) *Reader { return NewReader(m, func(w string) bool { return names[w] }, "fr") }

// TestSays holds sentences that the patterns do not have.
func TestSays(t *testing.T) {
	r := reader(Built)
	for _, c := range []struct {
		text string
		want bool
	}{
		{"Karim ne reviendra pas avant mars, il se fait opérer du dos et ne veut pas que ça se sache", true},
		{"SOPHIE EST EN ARRET, ELLE A CRAQUE NERVEUSEMENT", true},
		{"Paul was arrested for theft last week, please do not tell the others", true},
		{"Jane's bonus is 4k this year, nobody else got one", true},
		{"la ligne de montage a repris lundi et les équipes sont contentes du résultat", false},
		{"Karim a présenté la presse aux écoliers de la vallée", false},
		{"The new press was delivered on Monday and the team is happy with it", false},
		{"", false},
	} {
		if got := r.Says(c.text, 1); got != c.want {
			t.Errorf("%q: %v (%.2f), want %v", c.text, got, r.Margin(c.text), c.want)
		}
	}
}

// TestLearnTwice: the same texts teach the same, and what is written is read back.
func TestLearnTwice(t *testing.T) {
	folder := func(held string) fstest.MapFS {
		all := fstest.MapFS{}
		for _, lang := range tongues {
			for name, text := range map[string]string{"held": held, "plain": strings.Repeat("event|La visite de l'atelier commence lundi à dix heures\n", 10)} {
				all[name+"."+lang+".txt"] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		return all
	}
	held := strings.Repeat("pay|Paul touche 300 € de plus que les autres depuis juin\nhealth|Karim est malade depuis lundi et ne veut pas le dire\n", 10)
	texts := strings.Split(strings.Repeat("La visite est lundi. Nous ouvrons à dix heures, et le repas est prêt à midi dans la salle du bas.\nThe visit is on Monday. We open at ten, and the meal is ready at noon in the hall of the house.\n", 20), "\n")
	learn := func() []byte {
		lessons, err := ReadLessons(folder(held))
		if err != nil {
			t.Fatal(err)
		}
		m, heard, err := Learn(lessons, []string{"karim", "paul"}, texts[:40], Shares{10, [len(tongues)]float64{10, 10}})
		if err != nil || heard < .9 {
			t.Fatalf("heard %.2f, %v", heard, err)
		}
		r := reader(m)
		for text, want := range map[string]Area{"Karim est malade depuis lundi et ne veut pas le dire": Person, "Paul touche 300 € de plus que les autres depuis juin": Money} {
			if got := r.AreaOf(text); got != want {
				t.Errorf("%q is of %v, want %v", text, got, want)
			}
		}
		return m.Bytes()
	}
	a := learn()
	if !bytes.Equal(a, learn()) {
		t.Error("the same texts give another model")
	}
	m, err := Read(a)
	if err != nil || !bytes.Equal(m.Bytes(), a) {
		t.Errorf("what was written is not read back: %v", err)
	}
	if _, err := Read(a[1:]); err == nil {
		t.Error("a short model is read")
	}
	for _, bad := range []string{"", "no bar\n", "event|La porte est ouverte\n"} {
		lessons, err := ReadLessons(folder(bad))
		if err == nil {
			_, _, err = Learn(lessons, nil, texts[:40], Shares{10, [len(tongues)]float64{10, 10}})
		}
		if err == nil {
			t.Errorf("%q teaches", bad)
		}
	}
}

func FuzzMargin(f *testing.F) {
	f.Add("M. Durand touche 3 200 € net, ça reste entre nous")
	f.Add("£ 20k _!*+ € 12% \xff\xc3")
	f.Fuzz(func(t *testing.T, s string) {
		r := reader(Built)
		a := r.Margin(s)
		if b := r.Margin(s); a != b || r.AreaOf(s) >= areas {
			t.Errorf("%v, then %v", a, b)
		}
		Sentences(s, func(from, to int) bool {
			if from > to || to > len(s) || utf8.ValidString(s) && !utf8.ValidString(s[from:to]) {
				t.Fatalf("%d to %d of %q", from, to, s)
			}
			return true
		})
	})
}

// TestInPassing: a part between two marks says in a sentence nearly what it says alone, whatever stands around it.
func TestInPassing(t *testing.T) {
	r := NewReader(Built, func(w string) bool { return w == "sophie" || w == "paul" }, "fr")
	around := "Les dahlias ont été replantés mardi devant l'accueil avec le compost des cuisines"
	for _, part := range []string{
		"Sophie est en arrêt depuis que son mari l'a quittée", "la paie de mars n'est pas sûre du tout",
		"le vigile ne passe plus après deux heures", "Paul a demandé que son nom ne soit pas cité",
	} {
		alone := r.Margin(part)
		for _, sentence := range []string{around + ", " + part, around + " : " + part, part + " (" + around + ")", around + "; " + part + "; " + around} {
			if got := r.Margin(sentence); got < alone-inPassing-1e-9 {
				t.Errorf("%q: %.2f, alone %.2f", sentence, got, alone)
			}
		}
	}
	if short := r.Margin(around + ", à Paul."); short > r.Margin(around)+1 {
		t.Errorf("two words after a comma say %.2f", short)
	}
}
