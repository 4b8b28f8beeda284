package told

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

var names = map[string]bool{"karim": true, "sophie": true, "paul": true, "jane": true}

func reader(m *Model) *Reader { return NewReader(m, func(w string) bool { return names[w] }) }

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
		if got := r.Says(c.text); got != c.want {
			t.Errorf("%q: %v (%.2f), want %v", c.text, got, r.Score(c.text), c.want)
		}
	}
}

// TestLearnTwice: the same texts teach the same, and what is written is read back.
func TestLearnTwice(t *testing.T) {
	grammar := "$WHO = Karim | Paul | elle\nhealth: $WHO est malade depuis lundi et ne veut pas le dire\nordinary: $WHO prépare la visite de lundi\n"
	texts := strings.Split(strings.Repeat("La visite est lundi. Nous ouvrons à dix heures, et le repas est prêt à midi.\n", 20), "\n")
	learn := func() []byte {
		m, heard, err := Learn([]string{grammar}, []string{"karim", "paul"}, texts[:20], 10)
		if err != nil || heard < .9 {
			t.Fatalf("heard %.2f, %v", heard, err)
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
	for _, bad := range []string{"", "$WHO\n", "no family\n"} {
		if _, _, err := Learn([]string{bad}, nil, texts, 10); err == nil {
			t.Errorf("%q is a grammar", bad)
		}
	}
}

func FuzzScore(f *testing.F) {
	f.Add("M. Durand touche 3 200 € net, ça reste entre nous")
	f.Add("£ 20k _!*+ € 12% \xff\xc3")
	f.Fuzz(func(t *testing.T, s string) {
		r := reader(Built)
		a := r.Score(s)
		if b := r.Score(s); a != b {
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
