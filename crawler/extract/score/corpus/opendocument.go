package corpus

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// OpenDocument gives the text of a presentation or a workbook that LibreOffice has read and written as OpenDocument (.odp,
// .ods): what it understood of the file, without what printing adds. It is the second reader's answer to the same
// question that an item's text answers, so that like is compared with like:
//
//   - a line for each paragraph of a slide, each cell as it is shown, each name of a sheet and each word of a chart;
//   - no numbers behind a chart, which it draws as bars; a print shows those of its axis, which stand in no file;
//   - with iso, days as 2006-01-02 and hours as 15:04, which is how an item of an Excel workbook writes them;
//   - no notes, comments, headers, footers and repeated shapes of a master, which an item keeps as zones;
//   - no words of files inside, of which a print shows a picture: they are judged as hidden words;
//   - no number of a slide and no date that the program fills in with that of today.
func OpenDocument(name string, iso bool) (string, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return "", fmt.Errorf("read OpenDocument: %w", err)
	}
	defer z.Close()
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		parts[f.Name] = f
	}
	o := odfText{parts: parts, iso: iso, sheets: strings.HasSuffix(strings.ToLower(name), ".ods")}
	if err := o.part("content.xml"); err != nil {
		return "", fmt.Errorf("read OpenDocument: %s: %w", path.Base(name), err)
	}
	return o.text.String(), nil
}

type odfText struct {
	parts  map[string]*zip.File
	sheets bool
	iso    bool
	chart  bool // in an object
	text   strings.Builder
}

// node is an element with what lies in it; a text is a node without a name.
type node struct {
	xml.Name
	attr []xml.Attr
	in   []*node
	said string
}

func (n *node) get(local string) string {
	for _, a := range n.attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// maxNodes bounds what is kept of one part, maxRepeated how often a cell or row is told again.
const (
	maxNodes    = 5_000_000
	maxRepeated = 1_000
)

func (o *odfText) tree(name string) (*node, error) {
	f := o.parts[name]
	if f == nil {
		return nil, errors.New("no " + name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	root := &node{}
	open := []*node{root}
	d := xml.NewDecoder(r)
	for count := 0; count < maxNodes; count++ {
		t, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		at := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{Name: t.Name, attr: append([]xml.Attr(nil), t.Attr...)}
			at.in, open = append(at.in, n), append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			at.in = append(at.in, &node{said: string(t)})
		}
	}
	return nil, errors.New("too much of it")
}

func (o *odfText) part(name string) error {
	root, err := o.tree(name)
	if err != nil {
		return err
	}
	for _, document := range root.in {
		for _, n := range document.in {
			if n.Local == "body" {
				o.walk(n)
			}
		}
	}
	return nil
}

func (o *odfText) walk(n *node) {
	if strings.HasSuffix(n.Space, ":svg-compatible:1.0") && (n.Local == "title" || n.Local == "desc") {
		return
	}
	again := 1
	switch n.Local {
	case "annotation", "notes", "forms", "tracked-changes", "footer-decl", "header-decl", "date-time-decl", "covered-table-cell", "settings":
		return
	case "frame", "custom-shape":
		switch n.get("class") {
		case "date-time", "page-number", "footer", "header":
			return
		}
	case "object":
		o.object(strings.TrimPrefix(n.get("href"), "./"))
		return
	case "table":
		if o.sheets && !o.chart {
			o.line(n.get("name"))
		}
	case "table-cell":
		again = repeated(n.get("number-columns-repeated"))
		if o.chart && n.get("value-type") == "float" {
			return
		}
		if day := day(n); o.iso && day != "" {
			for range again {
				o.line(day)
			}
			return
		}
	case "table-row":
		again = repeated(n.get("number-rows-repeated"))
	case "p", "h":
		o.line(paragraph(n))
		return
	}
	before := o.text.Len()
	for range again {
		for _, c := range n.in {
			o.walk(c)
		}
		if o.text.Len() == before {
			return
		}
	}
}

// object reads a chart; other objects are files inside.
func (o *odfText) object(folder string) {
	root, err := o.tree(folder + "/content.xml")
	if err != nil || o.chart || !holds(root, "chart") {
		return
	}
	o.chart = true
	defer func() { o.chart = false }()
	o.walk(root)
}

func holds(n *node, local string) bool {
	for _, c := range n.in {
		if c.Local == local || holds(c, local) {
			return true
		}
	}
	return false
}

func repeated(s string) int {
	n, _ := strconv.Atoi(s)
	return min(max(n, 1), maxRepeated)
}

func (o *odfText) line(s string) {
	if s = strings.TrimSpace(strings.ReplaceAll(s, "\u00ad", "")); s != "" { // a hyphen is shown where a line ends
		o.text.WriteString(s + "\n")
	}
}

// day gives the value of a cell that shows a day or an hour, as far as it shows them; "" when it shows neither.
func day(cell *node) string {
	shown := ""
	for _, p := range cell.in {
		if p.Local == "p" {
			shown += paragraph(p)
		}
	}
	if shown == "" {
		return ""
	}
	value, clock := cell.get("date-value"), ""
	if value != "" {
		value, clock, _ = strings.Cut(value, "T")
	} else if t := cell.get("time-value"); t != "" {
		clock = strings.TrimRight(strings.NewReplacer("PT", "", "H", ":", "M", ":").Replace(t), "S")
	}
	if clock, _, _ = strings.Cut(clock, "."); len(clock) > len("15:04:05") {
		return "" // the hours since 1899
	}
	if len(clock) == len("15:04:05") && strings.Count(shown, ":") == 1 {
		clock = clock[:len("15:04")]
	}
	if value != "" && !strings.Contains(shown, ":") {
		clock = ""
	}
	return strings.TrimSpace(value + " " + clock)
}

func paragraph(n *node) string {
	var b strings.Builder
	for _, c := range n.in {
		switch c.Local {
		case "":
			b.WriteString(c.said)
		case "s", "tab", "line-break":
			b.WriteByte(' ')
		case "page-number", "page-count", "annotation":
		case "date", "time":
			if c.get("fixed") == "true" {
				b.WriteString(paragraph(c))
			}
		default:
			b.WriteString(paragraph(c))
		}
	}
	return b.String()
}
