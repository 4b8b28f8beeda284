package register

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

// lesson are invented texts of two manners, enough to learn to tell them apart.
func lesson() (Task, []Example) {
	advice := "etape 1 : coupez l'eau. etape 2 : devissez le joint, puis verifiez qu'il n'est pas use. pensez a nettoyer le filtre avec une brosse."
	news := "le maire a inaugure hier la halle du marche devant deux cents personnes. les travaux avaient commence en mars, a indique la ville."
	var all []Example
	for i := range 12 {
		a, n := advice, news
		if i%2 == 1 {
			a, n = strings.Replace(a, "coupez", "fermez", 1), strings.Replace(n, "hier", "samedi", 1)
		}
		all = append(all, Example{Text: a, Labels: []string{"HI"}}, Example{Text: n, Labels: []string{"NA", "NE"}})
	}
	return Task{Labels: []string{"HI", "NA", "NE"}, Parent: map[string]string{"NE": "NA"}}, all
}

// TestLearnIsReproducible: the same texts give the same bytes, today and on any machine.
func TestLearnIsReproducible(t *testing.T) {
	task, all := lesson()
	m, err := Learn(task, all)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(m.bytes())
	const want = "c8c6ec12"
	if got := hex.EncodeToString(sum[:4]); got != want {
		t.Errorf("the lesson gives the model %s, not %s as everywhere else", got, want)
	}
	var b bytes.Buffer
	m.WriteTo(&b)
	back, err := readModel(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		s := m.Score(e.Text, e.Caps)
		if !slices.Equal(s, back.Score(e.Text, e.Caps)) {
			t.Fatal("a model that was written and read scores otherwise")
		}
		told := m.Tell(s)
		if told[0] != (e.Labels[0] == "HI") || told[1] != (e.Labels[0] == "NA") || told[2] {
			t.Errorf("%v for %v", told, e.Labels)
		}
	}
}

// TestBuiltIn: the models of the program tell invented texts that they have never seen.
func TestBuiltIn(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       Register
	}{
		{"fr", "tarte aux pommes. epluchez les pommes et coupez-les en fines tranches. prechauffez le four a 180 degres. etalez la pate dans un moule, piquez-la avec une fourchette, puis disposez les tranches. saupoudrez de sucre et enfournez 35 minutes. laissez tiedir avant de servir.", Advice},
		{"fr", "notre gite vous accueille toute l'annee au coeur du vignoble. profitez de la piscine chauffee, du jardin et de la terrasse. reservez des maintenant votre sejour : contactez-nous pour un devis gratuit. nos tarifs comprennent les draps et le menage.", Promote},
		{"en", "the council voted on tuesday to close the bridge for repairs, officials said. the mayor told reporters that work will start next week and that traffic will be diverted. police said two people were injured on the bridge last month.", News},
		{"en", "click the file menu and select options. in the dialog box, choose the folder where you want to save your work, then press ok. if you do not see the folder, you can create one. make sure that you have enough space on the disk before you start.", Advice},
	} {
		m := Of(c.lang)
		s := m.Registers(c.text, Capitals{})
		if got := s.Best(); got != c.want {
			t.Errorf("%s: %s %v, want %s", c.text[:40], got, s, c.want)
		}
		if s != m.Registers(c.text, Capitals{}) {
			t.Error("two scores of one text differ")
		}
	}
	if Of("es") != nil {
		t.Error("a model for Spanish?")
	}
}

func TestBrokenModels(t *testing.T) {
	task, all := lesson()
	m, _ := Learn(task, all)
	good := m.bytes()
	for _, bad := range [][]byte{nil, []byte("filon"), good[:len(good)-1], good[:40], append([]byte(magic), "\n"...), append(slices.Clone(good), 0)} {
		if _, err := readModel(bad); err == nil {
			t.Errorf("%d bytes are taken for a model", len(bad))
		}
	}
}

// FuzzScore: no text breaks a model, and what a text scores does not depend on what was read before.
func FuzzScore(f *testing.F) {
	f.Add("bonjour", "Bonjour")
	f.Add("a\xffb 12 ?!", "É")
	m := Of("fr")
	f.Fuzz(func(t *testing.T, low, raw string) {
		caps := CapitalsOf(raw)
		first := m.Score(low, caps)
		m.Score("un autre texte", Capitals{})
		if !slices.Equal(first, m.Score(low, caps)) {
			t.Error("the score of a text changed")
		}
	})
}

func BenchmarkRegisters(b *testing.B) {
	_, all := lesson()
	text := strings.Repeat(all[0].Text+" "+all[1].Text+" ", 12) // about 3 kB, six hundred words
	m := Of("fr")
	b.ReportAllocs()
	for b.Loop() {
		m.Registers(text, Capitals{})
	}
}
