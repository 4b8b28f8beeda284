package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// What the frameworks leave in the page for their scripts is read without running one.
func TestState(t *testing.T) {
	const prose = "La coulée du matin commence à six heures, quand le four a atteint sa température et que l'équipe est au complet, et elle finit à midi."
	const more = "On y voit les mouleurs, les fondeurs et les contrôleurs, chacun à son poste, sans bruit inutile et sans hâte."
	for _, c := range []struct {
		name, script string
		reads        bool
		has, not     string
		link, title  string
	}{
		{"next", `<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"article":{"title":"Une journée à la coulée","body":"<p>` + prose + `<\/p><p>` + more + `<\/p>","slug":"/journal/coulee","cover":"/img/a.jpg"}}},"buildId":"x9Zq"}</script>`,
			true, prose, "x9Zq", "https://www.ferrand.example/journal/coulee", "Une journée à la coulée"},
		{"nuxt as a call", `<script>window.__NUXT__=(function(a,b){return {data:[{"texte":a,"chapo":b}]}}("` + prose + `","` + more + `"))</script>`, true, more, "function", "", ""},
		{"state written twice", `<script>window.__INITIAL_STATE__="{\"page\":{\"title\":\"Titre lu\",\"content\":\"` + prose + `\",\"intro\":\"` + more + `\"}}"</script>`, true, prose, `":`, "", "Titre lu"},
		{"json-ld", `<script type="application/ld+json">{"@type":"Article","headline":"La coulée du matin","articleBody":"` + prose + " " + more + `"}</script>`, true, prose, "", "", "La coulée du matin"},
		{"settings only", `<script type="application/json">{"theme":"dark","apiUrl":"https://api.example/v2","locale":"fr-FR","features":["a","b"],"key":"AKIAabcdefghijklmnop","css":".a{color:red;margin:0 auto;padding:1px 2px 3px 4px}"}</script>`, false, "", "", "", ""},
		{"a string that never ends", `<script>window.__NUXT__={"texte":"` + prose, false, "", "", "", ""},
		{"any other script", `<script>var a = "` + prose + more + `"</script>`, false, "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			item := readPage("https://www.ferrand.example/", `<html lang="fr"><head></head><body><div id="root"></div>`+c.script+`<script src="/app.js"></script></body></html>`)
			if got := item.Problem == nil; got != c.reads {
				t.Fatalf("read: %v, problem %v, text %q", got, item.Problem, item.Text)
			}
			if !c.reads {
				if item.Problem.Code != content.NeedsRender {
					t.Errorf("problem %v", item.Problem)
				}
				return
			}
			if !strings.Contains(item.Text, c.has) || c.not != "" && strings.Contains(item.Text, c.not) {
				t.Errorf("text %q", item.Text)
			}
			if strings.Contains(item.Text, "<p>") {
				t.Errorf("tags in %q", item.Text)
			}
			if item.Title != c.title {
				t.Errorf("title %q, want %q", item.Title, c.title)
			}
			if c.link != "" && (len(item.Links) != 1 || item.Links[0].Address != c.link) {
				t.Errorf("links %v", item.Links)
			}
			if item.Shape.Words < leastState || item.Properties["read_from"] == "" {
				t.Errorf("%d words, properties %v", item.Shape.Words, item.Properties)
			}
		})
	}
}

// A page that shows its text keeps it, whatever it carries for its scripts.
func TestStateIsForShellsOnly(t *testing.T) {
	body := strings.Repeat("<p>Une phrase assez longue pour être lue par quelqu’un, avec des mots et une fin.</p>", 20)
	item := readPage("https://www.ferrand.example/", `<html lang="fr"><body><div id="__next"><main><h1>Titre</h1>`+body+`</main></div>
		<script id="__NEXT_DATA__" type="application/json">{"body":"`+strings.Repeat("Un autre texte, que la page ne montre pas. ", 30)+`"}</script></body></html>`)
	if strings.Contains(item.Text, "autre texte") || item.Problem != nil {
		t.Errorf("text %q, problem %v", item.Text, item.Problem)
	}
}

// Much code and next to no text is a shell without a known mount point.
func TestShellByItsRatio(t *testing.T) {
	code := strings.Repeat("var a=function(b){return b+1};", 2000)
	item := readPage("https://www.ferrand.example/", `<html><body><div class="mount">Chargement…</div><script>`+code+`</script><script src="/a.js"></script><script src="/b.js"></script></body></html>`)
	if item.Problem == nil || item.Problem.Code != content.NeedsRender {
		t.Errorf("problem %v", item.Problem)
	}
}

func FuzzState(f *testing.F) {
	f.Add(`{"title":"a","body":"<p>b"}`)
	f.Add(`"\"\\\"":`)
	f.Add(`"a\`)
	f.Fuzz(func(t *testing.T, data string) {
		s := &state{seen: map[string]bool{}}
		s.scan(data, 0)
		if s.size > maxStateText+200_000 {
			t.Errorf("%d bytes", s.size)
		}
	})
}
