package address

import "testing"

func BenchmarkJoin(b *testing.B) {
	base, err := NewBase("https://www.site.fr/actualites/2025/nouvelle-usine?page=2", "")
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct{ name, ref string }{
		{"rooted", "/actualites/2025/une-autre-nouvelle"}, {"relative", "une-autre-nouvelle.html"}, {"dots", "../2024/une-autre-nouvelle.html"},
		{"absolute", "https://www.site.fr/actualites/2025/une-autre-nouvelle"}, {"otherhost", "https://www.linkedin.com/company/site"},
		{"tracked", "/offre?id=12&utm_source=lettre&utm_medium=email"}, {"escaped", "/caf%C3%A9/%7ejean"}, {"fragment", "#contenu"},
		{"mailto", "mailto:contact@site.fr"}, {"accented", "/actualités/été"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = base.Join(bb.ref)
			}
		})
	}
}

func BenchmarkPattern(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Pattern("https://www.site.fr/actualites/2025/12/31/une-nouvelle?page=2")
	}
}
