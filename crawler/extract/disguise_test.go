package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestPlainTextUnderAnotherName holds that a text that calls itself an office file or a PDF is broken, and
// that names under which programs do export text are read.
func TestPlainTextUnderAnotherName(t *testing.T) {
	for _, c := range []struct {
		name, body string
		broken     bool
	}{
		{"note.docx", "hello", true}, {"rapport.pdf", "Le rapport est en cours de rédaction.", true}, {"chiffres.xlsx", "a;b;c\n1;2;3\n", true}, {"note.odt", "bonjour", true},
		{"note.txt", "hello", false}, {"export.xls", "a\tb\n1\t2\n", false}, {"page.docx", "<html><body><p>Une page enregistrée sous ce nom.</p></body></html>", false},
	} {
		item := NewReader(Options{}).Read(t.Context(), Input{Address: "https://i.acme.test/docs/" + c.name, Body: []byte(c.body)})
		broken := item.Problem != nil && item.Problem.Code == content.Broken
		if broken != c.broken || broken && (item.Text != "" || !strings.Contains(item.Problem.Detail, "plain text")) {
			t.Errorf("%s: %v, %q", c.name, item.Problem, item.Text)
		}
	}
}
