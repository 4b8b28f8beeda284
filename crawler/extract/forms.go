package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"filon/crawler/address"
)

// FormPage is what a page asks a visitor to fill in or to click, in the order of the page.
type FormPage struct {
	Charset string // WHATWG name of the encoding of the page, in which its forms are sent
	Forms   []Form
	Links   []FormLink
	Refresh string // where <meta http-equiv=refresh> leads, absolute; "" for nowhere
	Scripts int
}

// Form is one form of a page (HTML standard, 4.10).
type Form struct {
	Action    string // absolute
	Post      bool   // its method is post
	Multipart bool   // its enctype is multipart/form-data
	Name      string // id, name, class and role, for guesses
	Fields    []Field
}

// Field is one control of a form that is not disabled.
type Field struct {
	Name, Value string
	Type        string // of an input, in lower case; "submit", "select" or "textarea" for the others
	Checked     bool   // of a checkbox or radio button
	Hints       string // id, autocomplete, placeholder and the like, for guesses
}

// FormLink is one link, absolute.
type FormLink struct{ Address, Text string }

// Bounds of what is taken from one page.
const (
	mostForms  = 50
	mostFields = 500
	mostLinks  = 2000
)

// Forms reads the forms and links of an HTML page. It never fails: what is no page has no forms.
func Forms(body []byte, contentType, page string) (found FormPage) {
	text, charset := decode(body, contentType)
	root := parse(text)
	found.Charset = charset
	base, err := address.NewBase(page, baseOf(root))
	if err != nil {
		return found
	}
	f := forms{page: &found, base: base, at: page, byID: map[string]int{}, last: -1}
	f.walk(root, -1)
	return found
}

func baseOf(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Base && attr(n, "href") != "" {
			return attr(n, "href")
		}
	}
	return ""
}

// forms is the state of one walk.
type forms struct {
	page *FormPage
	base *address.Base
	at   string
	byID map[string]int
	last int // a form that the parser closed at once, because it stood between the rows of a table
}

// walk visits n and what is beneath; within is the form that n stands in, -1 for none.
func (f *forms) walk(root *html.Node, within int) {
	for n := range root.ChildNodes() {
		inside := within
		if n.Type == html.ElementNode {
			inside = f.element(n, within)
		}
		f.walk(n, inside)
	}
}

func (f *forms) element(n *html.Node, within int) int {
	p := f.page
	owner := within
	if owner < 0 {
		owner = f.last
	}
	if i, ok := f.byID[attr(n, "form")]; ok && has(n, "form") {
		owner = i
	}
	switch n.DataAtom {
	case atom.Form:
		if len(p.Forms) >= mostForms {
			return within
		}
		form := Form{Action: f.join(attr(n, "action")), Post: strings.EqualFold(attr(n, "method"), "post"),
			Multipart: strings.EqualFold(attr(n, "enctype"), "multipart/form-data"),
			Name:      strings.ToLower(strings.Join([]string{attr(n, "id"), attr(n, "name"), attr(n, "class"), attr(n, "role"), attr(n, "action")}, " "))}
		p.Forms = append(p.Forms, form)
		f.last = -1
		if n.FirstChild == nil {
			f.last = len(p.Forms) - 1
		}
		if id := attr(n, "id"); id != "" {
			f.byID[id] = len(p.Forms) - 1
		}
		return len(p.Forms) - 1
	case atom.Input:
		kind := strings.ToLower(attr(n, "type"))
		if kind == "" {
			kind = "text"
		}
		f.field(n, owner, Field{Name: attr(n, "name"), Type: kind, Value: attr(n, "value"), Checked: has(n, "checked")})
	case atom.Button:
		if kind := strings.ToLower(attr(n, "type")); kind == "" || kind == "submit" {
			f.field(n, owner, Field{Name: attr(n, "name"), Type: "submit", Value: attr(n, "value")})
		}
	case atom.Textarea:
		f.field(n, owner, Field{Name: attr(n, "name"), Type: "textarea", Value: textIn(n, 4<<10)})
	case atom.Select:
		f.field(n, owner, Field{Name: attr(n, "name"), Type: "select", Value: chosen(n)})
	case atom.A:
		if href := attr(n, "href"); href != "" && len(p.Links) < mostLinks {
			if to := f.join(href); to != "" {
				p.Links = append(p.Links, FormLink{Address: to, Text: textIn(n, 200)})
			}
		}
	case atom.Meta:
		if strings.EqualFold(attr(n, "http-equiv"), "refresh") && p.Refresh == "" {
			_, to, ok := strings.Cut(attr(n, "content"), "=")
			if to = strings.Trim(strings.TrimSpace(to), `'"`); ok && to != "" {
				p.Refresh = f.join(to)
			}
		}
	case atom.Script:
		p.Scripts++
	}
	return within
}

func (f *forms) field(n *html.Node, owner int, field Field) {
	if owner < 0 || has(n, "disabled") || len(f.page.Forms[owner].Fields) >= mostFields {
		return
	}
	field.Hints = strings.ToLower(strings.Join([]string{attr(n, "id"), attr(n, "autocomplete"), attr(n, "placeholder"), attr(n, "aria-label"), attr(n, "title")}, " "))
	f.page.Forms[owner].Fields = append(f.page.Forms[owner].Fields, field)
}

// join makes an address absolute without cleaning it: sign-in addresses carry ids that matter.
func (f *forms) join(ref string) string {
	if strings.TrimSpace(ref) == "" {
		return f.at
	}
	to, err := f.base.JoinRaw(ref)
	if err != nil {
		return ""
	}
	return to
}

// chosen is the value that a <select> sends.
func chosen(sel *html.Node) string {
	first, any := "", false
	for n := range sel.Descendants() {
		if n.DataAtom != atom.Option {
			continue
		}
		value := attr(n, "value")
		if !has(n, "value") {
			value = textIn(n, 200)
		}
		if has(n, "selected") {
			return value
		}
		if !any {
			first, any = value, true
		}
	}
	return first
}
