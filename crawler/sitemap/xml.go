package sitemap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

const maxAlternates = 200

// readXML walks the tokens of a urlset or sitemapindex. It never builds a tree, and it does not
// check that elements are closed as they were opened: what matters is where loc stands.
func (r *reader) readXML() error {
	r.in.keep = true // until the root says that this is no feed
	d := xml.NewDecoder(r.in)
	d.Strict = false
	d.CharsetReader = latin1
	w := walker{}
	for {
		r.in.token = maxToken
		t, err := d.RawToken()
		if err == io.EOF {
			switch {
			case r.report.Kind == None:
				return errors.New("it is no sitemap")
			case w.isEnded:
				return nil
			case w.isOpen && w.text != &w.loc && w.text != &w.own: // else the address may be half of one
				if err := r.flush(&w); err != nil {
					return err
				}
			}
			return errors.New("it ends in the middle")
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			w.hasEntities = w.hasEntities || bytes.Contains(t, []byte("<!ENTITY"))
		case xml.StartElement:
			if r.report.Kind == None {
				if err := r.root(t.Name); err != nil {
					return err
				}
				if r.report.Kind == Feed {
					return r.readFeed(r.in.head)
				}
				r.in.keep, r.in.head = false, nil
				w.prefix = t.Name.Space
				continue
			}
			if err := r.start(&w, t); err != nil {
				return err
			}
		case xml.EndElement:
			if err := r.end(&w, t.Name); err != nil {
				return err
			}
		case xml.CharData:
			if w.text != nil && len(*w.text)+len(t) < 16<<10 {
				*w.text += string(t)
			}
		}
	}
}

// root tells from the first element what is being read.
func (r *reader) root(name xml.Name) error {
	switch strings.ToLower(name.Local) {
	case "urlset":
		r.report.Kind = Pages
	case "sitemapindex":
		r.report.Kind = Index
	case "rss", "feed", "rdf":
		r.report.Kind = Feed
	case "html":
		return errors.New("it is a page, no sitemap")
	default:
		return errors.New("it is no sitemap")
	}
	return nil
}

// walker is where the walk stands.
type walker struct {
	prefix      string // of the sitemap's own elements
	hasEntities bool   // the document declares entities, which are never resolved
	isOpen      bool   // inside an entry
	isEnded     bool   // the root has been closed
	level       int    // elements open inside the entry
	text        *string
	own         string // text of an entry outside its elements: some write the address of a sitemap there
	loc, mod    string
	alternates  []Alternate
}

func (r *reader) start(w *walker, t xml.StartElement) error {
	name := strings.ToLower(t.Name.Local)
	isOurs := t.Name.Space == w.prefix
	if isOurs && (name == "url" || name == "sitemap") {
		if w.isOpen { // the one before was never closed
			if err := r.flush(w); err != nil {
				return err
			}
		}
		*w = walker{prefix: w.prefix, hasEntities: w.hasEntities, isOpen: true}
		if name == "sitemap" {
			w.text = &w.own
		}
		return nil
	}
	if !w.isOpen {
		return nil
	}
	w.level++
	w.text = nil
	switch {
	case w.level > 1:
	case isOurs && name == "loc" && w.loc == "":
		w.text = &w.loc
	case isOurs && name == "lastmod" && w.mod == "":
		w.text = &w.mod
	case name == "link" && len(w.alternates) < maxAlternates:
		var rel string
		var a Alternate
		for _, attr := range t.Attr {
			switch strings.ToLower(attr.Name.Local) {
			case "rel":
				rel = attr.Value
			case "hreflang":
				a.Language = attr.Value
			case "href":
				a.Address = attr.Value
			}
		}
		if strings.EqualFold(rel, "alternate") && a.Language != "" && a.Address != "" && len(a.Language) <= 35 {
			w.alternates = append(w.alternates, a)
		}
	}
	return nil
}

func (r *reader) end(w *walker, name xml.Name) error {
	isOurs := name.Space == w.prefix
	local := strings.ToLower(name.Local)
	w.isEnded = w.isEnded || isOurs && (local == "urlset" || local == "sitemapindex")
	if !w.isOpen {
		return nil
	}
	if isOurs && (w.isEnded || local == "url" || local == "sitemap") {
		w.isOpen = false
		return r.flush(w)
	}
	w.text = nil
	if w.level--; w.level < 0 {
		w.level = 0
	}
	return nil
}

var entity = regexp.MustCompile(`&[A-Za-z][\w.-]*;`)

func (r *reader) flush(w *walker) error {
	loc := strings.TrimSpace(w.loc)
	if loc == "" {
		loc = strings.TrimSpace(w.own)
	}
	if w.hasEntities && entity.MatchString(loc) {
		r.report.Refused++
		return nil
	}
	return r.hand(Entry{Address: loc, Index: r.report.Kind == Index, Modified: moment(w.mod), Alternates: w.alternates})
}

// moment reads a W3C date (https://www.w3.org/TR/NOTE-datetime) and the ways people write it.
func moment(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-01-02", time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// latin1 reads every declared encoding but UTF-8 as ISO 8859-1: addresses are ASCII nearly always,
// and no byte can fail.
func latin1(_ string, in io.Reader) (io.Reader, error) {
	return &latin1Reader{in}, nil
}

type latin1Reader struct{ in io.Reader }

func (l *latin1Reader) Read(p []byte) (int, error) {
	if len(p) < 2 {
		return 0, io.ErrShortBuffer
	}
	var raw [512]byte
	n, err := l.in.Read(raw[:min(len(raw), len(p)/2)])
	out := p[:0]
	for _, c := range raw[:n] {
		out = utf8.AppendRune(out, rune(c))
	}
	return len(out), err
}
