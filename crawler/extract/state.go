package extract

import (
	"encoding/json"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// Caps on the state that a page carries for its scripts.
const (
	maxState      = 4 << 20 // bytes of scripts looked through
	maxStateText  = 512 << 10
	maxStateParts = 2000
	leastState    = 30 // words that make it a text
)

// stateNames begin the scripts in which frameworks leave what they render, beside those of the type
// application/json.
var stateNames = []string{"__NEXT_DATA__", "__NUXT__", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__", "__REDUX_STATE__", "__remixContext",
	"__sveltekit", "__INITIAL_DATA__", "__APP_STATE__", "___gatsby", "self.__next_f"}

// stateKeys name values that are read as text however short they are; other values must read as prose.
var stateKeys = wordSet("title titre headline name h1 heading subtitle soustitre summary resume excerpt chapo intro lead description articlebody body text texte content contenu html rendered paragraph caption")

// stateLinks name values that are addresses of pages.
var stateLinks = wordSet("href url link permalink path slug canonical canonicalurl")

// state is what was found in the scripts of a shell.
type state struct {
	title string
	parts []string
	refs  []string
	words int
	size  int
	seen  map[string]bool
}

// readState fills the item of an empty shell from the data that the page brings along for its scripts,
// and tells whether that is a text. It runs no script: it looks for strings, so that JSON, a call and a
// literal are one to it.
func (f *facts) readState(item *content.Item) bool {
	s := &state{seen: map[string]bool{}}
	left := maxState
	for i := range f.elements {
		n := f.elements[i].node
		if n.DataAtom != atom.Script || n.FirstChild == nil || !holdsState(n) {
			continue
		}
		data := n.FirstChild.Data
		data = data[:min(len(data), left)]
		left -= len(data)
		s.scan(data, 0)
	}
	if s.words < leastState {
		return false
	}
	item.Text = norm.NFC.String(strings.Join(s.parts, "\n\n"))
	item.Shape.Words, item.Shape.Paragraphs = s.words, len(s.parts)
	if item.Title == "" {
		item.Title = norm.NFC.String(oneLine(s.title, maxField))
	}
	known := map[string]bool{}
	for _, l := range item.Links {
		known[l.Address] = true
	}
	for _, ref := range s.refs {
		if to := f.resolve(ref); to != "" && !known[to] && len(item.Links) < maxPageLinks {
			known[to] = true
			item.Links = append(item.Links, content.Link{Address: to, Main: true})
		}
	}
	if item.Language == "" {
		item.Language = f.language(item.Text, "")
	}
	item.Properties = map[string]string{"read_from": "data for scripts"}
	return true
}

func holdsState(n *html.Node) bool {
	switch kind := strings.ToLower(strings.TrimSpace(attr(n, "type"))); {
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		return true
	case kind != "" && kind != "text/javascript" && kind != "application/javascript" && kind != "module":
		return false
	}
	head := n.FirstChild.Data
	head = head[:min(len(head), 400)]
	for _, name := range stateNames {
		if strings.Contains(head, name) {
			return true
		}
	}
	return false
}

// scan goes through the string literals of a script: one that a colon follows is the key of the next.
func (s *state) scan(data string, depth int) {
	key := ""
	for i := 0; i < len(data) && len(s.parts) < maxStateParts && s.size < maxStateText; i++ {
		switch data[i] {
		case ',', '}', ']', '{':
			key = ""
			continue
		case '"':
		default:
			continue
		}
		end := i + 1
		for end < len(data) && data[end] != '"' {
			if data[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(data) {
			return
		}
		literal := data[i : end+1]
		i = end
		rest := strings.TrimLeft(data[end+1:min(len(data), end+20)], " \t\r\n")
		if strings.HasPrefix(rest, ":") {
			key = ""
			if len(literal) < 40 {
				key = strings.ToLower(strings.Trim(literal, `"`))
			}
			i += strings.IndexByte(data[end+1:], ':') + 1
			continue
		}
		var value string
		if len(literal) < 4 || json.Unmarshal([]byte(literal), &value) != nil {
			continue
		}
		if depth == 0 && strings.Count(value, `":`) > 3 { // state that was written as a string once more
			s.scan(value, depth+1)
			continue
		}
		s.take(key, value)
	}
}

// take keeps a value that people would read, or that leads to a page.
func (s *state) take(key, value string) {
	value = strings.TrimSpace(value)
	key = strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return r
	}, key)
	if stateLinks[key] && len(value) < 1000 && (strings.HasPrefix(value, "/") || strings.HasPrefix(value, "http")) && !strings.ContainsAny(value, " {<") {
		s.refs = append(s.refs, value)
		return
	}
	if strings.Contains(value, "</") || strings.Contains(value, "<br") || strings.HasPrefix(value, "<p") {
		value = plainText(value)
	}
	words := len(strings.Fields(value))
	if words == 0 || len(value) > 200_000 || !reads(value, words, stateKeys[key]) || s.seen[value] {
		return
	}
	if s.title == "" && (key == "title" || key == "headline" || key == "titre" || key == "h1") {
		s.title = value
	}
	s.seen[value] = true
	s.parts = append(s.parts, value)
	s.words += words
	s.size += len(value)
}

// reads tells whether a value is written for people: under a key that says so a few words are enough,
// under any other it takes a sentence.
func reads(value string, words int, named bool) bool {
	letters, odd := 0, 0
	for _, r := range value {
		switch {
		case unicode.IsLetter(r):
			letters++
		case strings.ContainsRune("{}[]<>;=_|\\$#/", r):
			odd++
		}
	}
	if letters*2 < len([]rune(value)) || odd*12 > letters {
		return false
	}
	if named {
		return words >= 2
	}
	return words >= 8 && len(value)/words < 20 && strings.ContainsAny(value, ".,!?…;:»")
}

// plainText takes the tags out of a piece of HTML; blocks become paragraphs.
func plainText(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	skip := 0
	for b.Len() < maxStateText {
		switch z.Next() {
		case html.ErrorToken:
			return paragraphs(b.String())
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Script, atom.Style:
				if t.Type == html.StartTagToken {
					skip++
				} else if skip > 0 {
					skip--
				}
			case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.Br, atom.Tr, atom.Section, atom.Ul, atom.Ol, atom.Blockquote:
				b.WriteByte('\n')
			}
		}
	}
	return paragraphs(b.String())
}

func paragraphs(text string) string {
	var kept []string
	for line := range strings.Lines(html.UnescapeString(text)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n\n")
}
