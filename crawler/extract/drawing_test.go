package extract

import (
	"testing"
	"time"

	"filon/crawler/content"
)

// The words of a drawing are its text.
func TestDrawing(t *testing.T) {
	for _, c := range []struct{ in, text, title, hidden string }{
		{`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><title>Plan du site</title><style>.a{fill:red}</style><text x="1"><tspan>Porte</tspan><tspan>nord</tspan></text><desc>Code 4471</desc></svg>`, "Plan du site\nPorte nord\nCode 4471", "Plan du site", ""},
		{`<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><!-- ne pas diffuser --><svg:script>var a = "b";</svg:script><svg:text>Vue d'ensemble</svg:text></svg:svg>`, "Vue d'ensemble", "", "ne pas diffuser"},
		{`<svg><foreignObject><div>Schéma</div><p>de principe</p></foreignObject><path d="M0 0"/></svg>`, "Schéma de principe", "", ""},
		{`<svg><path d="M0 0"/></svg>`, "", "", ""},
		{`<svg><text>sans fin`, "sans fin", "", ""},
	} {
		d := newDraft(Input{Address: "file:///partage/dessin.svg"}, 0, time.Time{})
		readImage(Input{Address: "file:///partage/dessin.svg", Body: []byte(c.in)}, "image/svg+xml", d)
		item := d.finish()
		check(t, c.in, item.Text, c.text)
		if c.title != "" {
			check(t, "title", item.Title, c.title)
		}
		hidden := ""
		for _, z := range item.Zones {
			if z.Kind == content.ZoneHidden {
				hidden = z.Text
			}
		}
		check(t, "hidden", hidden, c.hidden)
		if (item.Problem == nil) != (c.text != "") {
			t.Errorf("%s: problem %+v", c.in, item.Problem)
		}
	}
}
