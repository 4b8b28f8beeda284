package extract

import "testing"

// TestDeclaredLanguage holds that a clear text outweighs what its template declares, and that a sentence
// without any declaration has a language where its little words are of one alone.
func TestDeclaredLanguage(t *testing.T) {
	const (
		it = "<p>La sfida era ridurre gli scarti della fabbrica e la soluzione è stata la formazione delle squadre, che non si sono più fermate nella ricerca di una qualità che i clienti della casa hanno sempre chiesto.</p>"
		fr = "<p>Le défi était de réduire les rebuts de l'usine et la solution a été la formation des équipes, qui ne se sont pas arrêtées dans la recherche d'une qualité que les clients de la maison ont toujours demandée.</p>"
		en = "<p>The challenge was to reduce the scrap of the plant, and the answer was the training of the teams, who have not stopped in their search for the quality that all of the customers of the house have asked for.</p>"
	)
	for _, c := range []struct{ name, lang, body, want string }{
		{"Italian declared French", "fr", it, "it"},
		{"English declared French", "fr", en, "en"},
		{"French declared English", "en", fr, "fr"},
		{"Italian declared German", "de", it, "it"},
		{"French, and so declared", "fr", fr, "fr"},
		{"Catalan is not among those that are told apart", "ca", "<p>El repte era reduir els rebuigs de la fàbrica i la solució va ser la formació dels equips que no es van aturar.</p>", "ca"},
		{"a German sentence", "", "<p>Die Werkstatt ist seit vielen Jahren bekannt, und der Stahl wird hier mit Sorgfalt bearbeitet.</p>", "de"},
		{"a French sentence", "", "<p>L'atelier est connu depuis de longues années et les équipes y travaillent avec soin.</p>", "fr"},
		{"an English sentence", "", "<p>The workshop is known for its hinges, and the teams work with care.</p>", "en"},
		{"too few words", "", "<p>Batimat 2026</p>", ""},
	} {
		lang := ""
		if c.lang != "" {
			lang = ` lang="` + c.lang + `"`
		}
		if got := readPage("https://a.example/x", "<html"+lang+"><title>x</title><body><main>"+c.body+"</main></body></html>").Language; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestOrganisationsAreNoAuthors holds that who publishes is not taken for who wrote.
func TestOrganisationsAreNoAuthors(t *testing.T) {
	for _, c := range []struct{ author, want string }{
		{`{"@type":"Person","name":"Claire Fontaine"}`, "Claire Fontaine"},
		{`{"@type":"Organization","name":"Acme Industrie"}`, ""},
		{`{"@type":["Organization","Corporation"],"name":"Acme Industrie"}`, ""},
		{`[{"@type":"NewsMediaOrganization","name":"Le Journal d'Acme"},{"@type":"Person","name":"Claire Fontaine"}]`, "Claire Fontaine"},
		{`{"@id":"#org"}`, ""},
		{`{"name":"Claire Fontaine"}`, "Claire Fontaine"},
	} {
		item := readPage("https://a.example/x", `<title>x</title><script type="application/ld+json">[{"@type":"Article","headline":"x","author":`+c.author+`},{"@type":"Organization","@id":"#org","name":"Acme Industrie"}]</script><main><p>`+somePage)
		if item.Author != c.want {
			t.Errorf("%s: author %q, want %q", c.author, item.Author, c.want)
		}
	}
	for name, want := range map[string]string{"Claire Fontaine": "Claire Fontaine", "Acme Industrie": "", "Acme Ltd": "", "Groupe Acme": "", "Service communication": "Service communication"} {
		if item := readPage("https://a.example/x", `<title>x</title><meta name="author" content="`+name+`"><main><p>`+somePage); item.Author != want {
			t.Errorf("%s: author %q, want %q", name, item.Author, want)
		}
	}
}
