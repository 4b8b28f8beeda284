package demosite

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"sort"
	"strings"
	"time"
)

// site is one of the two sites, wholly rendered: what it answers is settled when it starts.
type site struct {
	base    string // with the final slash
	day     time.Time
	pages   []*page
	byPath  map[string]*page
	answers map[string]answer // by decoded path, and by path?print=1
}

// answer is one finished response.
type answer struct {
	mime     string
	body     []byte
	modified time.Time
	to       string // redirect to this path, when not empty
	status   int    // of a redirect; 0 is 200
}

// build renders both sites.
func build(day time.Time, publicBase, intranetBase string) (public, intranet http.Handler, err error) {
	day = time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, time.UTC)
	templates, err := template.ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, nil, err
	}
	pub, err := newSite("public", publicBase, day)
	if err != nil {
		return nil, nil, err
	}
	in, err := newSite("intranet", intranetBase, day)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range in.pages {
		if from := p.Head["copy"]; from != "" {
			original := pub.byPath[from]
			if original == nil {
				return nil, nil, fmt.Errorf("%s copies %s, which does not exist", p.Path, from)
			}
			p.Body = original.Body
			p.Head["title"] = original.Head["title"]
		}
		p.Body = strings.ReplaceAll(p.Body, "{public}", strings.TrimSuffix(publicBase, "/"))
	}
	if err := pub.renderPublic(templates); err != nil {
		return nil, nil, err
	}
	if err := in.renderIntranet(templates); err != nil {
		return nil, nil, err
	}
	docs, err := readDocuments(day)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range docs {
		s := pub
		if d.Head["on"] == "intranet" {
			s = in
		}
		if err := s.addDocument(d); err != nil {
			return nil, nil, err
		}
	}
	return pub, in, nil
}

func newSite(dir, base string, day time.Time) (*site, error) {
	pages, err := readPages(dir, day)
	if err != nil {
		return nil, err
	}
	s := &site{base: base, day: day, pages: pages, byPath: map[string]*page{}, answers: map[string]answer{}}
	for _, p := range pages {
		s.byPath[p.Path] = p
	}
	return s, nil
}

// documents are the files of documents/, each described by a block of documents/index.txt.
func readDocuments(day time.Time) ([]*page, error) {
	return readPages("documents", day)
}

var mimes = map[string]string{
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func (s *site) addDocument(d *page) error {
	raw, err := files.ReadFile("documents/" + d.Head["file"])
	if err != nil {
		return fmt.Errorf("document %s: %w", d.Path, err)
	}
	s.answers[decode(d.Path)] = answer{mime: mimes[path.Ext(d.Head["file"])], body: raw, modified: d.Date}
	return nil
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Server", "nginx")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "405 Method Not Allowed", http.StatusMethodNotAllowed)
		return
	}
	a, ok := s.find(r)
	switch {
	case !ok:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(s.answers["404"].body)
	case a.to != "":
		http.Redirect(w, r, a.to, a.status)
	default:
		sum := sha256.Sum256(a.body)
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		w.Header().Set("Content-Type", a.mime)
		http.ServeContent(w, r, "", a.modified, bytes.NewReader(a.body))
	}
}

func (s *site) find(r *http.Request) (answer, bool) {
	p := r.URL.Path
	if r.URL.Query().Get("print") == "1" {
		if a, ok := s.answers[p+"?print=1"]; ok {
			return a, true
		}
	}
	if a, ok := s.answers[p]; ok && p != "404" {
		return a, true
	}
	if _, ok := s.answers[p+"/"]; ok {
		return answer{to: p + "/", status: http.StatusMovedPermanently}, true
	}
	if name, ok := strings.CutPrefix(p, "/images/"); ok && !strings.Contains(name, "/") &&
		(strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".png")) {
		body, mime, err := draw(name)
		return answer{mime: mime, body: body, modified: s.day.AddDate(-1, 0, 0)}, err == nil
	}
	if strings.HasPrefix(p, "/agenda/") {
		return s.agenda(p)
	}
	return answer{}, false
}

// view is what the templates see of a page.
type view struct {
	*page
	Base, Canonical         string
	H1, Author              string
	Content                 template.HTML
	Image                   picture
	Crumbs, Tags, Related   []link
	Cards                   []card
	Prev, Next              string
	Alternates              []alternate
	Published, Modified     string // RFC 3339
	Day                     string // as people read it
	Data                    any    // JSON-LD
	Session, Charset, Class string
	Today                   string // the month of the demo, 2026/11
	Number                  int
}

type link struct{ Path, Title string }

type alternate struct{ Lang, URL string }

type picture struct {
	URL, Alt, Credit string
	Wide, High       int
}

type card struct {
	Path, Title, Desc, Date string
	Image                   picture
}

// viewOf fills in what both sites show of a page.
func (s *site) viewOf(p *page) view {
	v := view{
		page:      p,
		Base:      strings.TrimSuffix(s.base, "/"),
		Canonical: strings.TrimSuffix(s.base, "/") + p.Path,
		H1:        p.Head["title"],
		Author:    p.Head["by"],
		Content:   markup(p.Body, p.Lang()),
		Image:     pictureOf(p),
		Charset:   "utf-8",
		Class:     p.Head["class"],
		Today:     s.day.Format("2006/01"),
	}
	if p.Head["h1"] != "" {
		v.H1 = p.Head["h1"]
	}
	for i, q := range s.pages {
		if q == p {
			v.Number = 1000 + 7*i
		}
	}
	if !p.Date.IsZero() {
		v.Published = p.Date.Format(time.RFC3339)
		v.Modified = v.Published
		v.Day = write(p.Date, "")
		if p.Lang() == "en" {
			v.Day = write(p.Date, "en")
		}
	}
	if m, err := dateOf(p.Head["modified"], s.day); err == nil {
		v.Modified = m.Format(time.RFC3339)
	}
	for _, q := range s.pages {
		if len(v.Related) < 3 && q != p && parent(q.Path) == parent(p.Path) && q.Head["class"] == p.Head["class"] &&
			q.Lang() == p.Lang() {
			v.Related = append(v.Related, link{q.Path, q.Head["title"]})
		}
	}
	return v
}

func parent(p string) string { return path.Dir(strings.TrimSuffix(p, "/")) }

// pictureOf reads "name.jpg | what it shows | credit".
func pictureOf(p *page) picture {
	parts := strings.Split(p.Head["image"], "|")
	if parts[0] == "" {
		return picture{}
	}
	pic := picture{URL: "/images/" + strings.TrimSpace(parts[0])}
	pic.Wide, pic.High = sizeOf(pic.URL)
	if len(parts) > 1 {
		pic.Alt = strings.TrimSpace(parts[1])
	}
	if len(parts) > 2 {
		pic.Credit = strings.TrimSpace(parts[2])
	}
	return pic
}

func cardOf(p *page) card {
	c := card{Path: p.Path, Title: p.Head["title"], Desc: p.Head["desc"], Image: pictureOf(p)}
	if !p.Date.IsZero() {
		c.Date = write(p.Date, "")
	}
	return c
}

// children are the listed pages right below a path, the newest first, then in file order.
func (s *site) children(of *page) []*page {
	var list []*page
	for _, p := range s.pages {
		if p != of && p.Lang() == of.Lang() && parent(p.Path)+"/" == of.Path {
			list = append(list, p)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Date.After(list[j].Date) })
	return list
}

// put renders a view and keeps it under a path.
func (s *site) put(at string, t *template.Template, name string, v view) error {
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, name, v); err != nil {
		return fmt.Errorf("page %s: %w", at, err)
	}
	a := answer{mime: "text/html; charset=" + v.Charset, body: out.Bytes(), modified: s.day.AddDate(0, 0, -1)}
	if v.page != nil && !v.page.Date.IsZero() && v.page.Date.Before(s.day) {
		a.modified = v.page.Date
	}
	if v.Charset == "windows-1252" {
		// As old servers do: the page alone says its encoding.
		a.mime, a.body = "text/html", windows1252(out.String())
	}
	s.answers[at] = a
	return nil
}

// windows1252 encodes the characters that French pages use; one outside becomes "?".
func windows1252(s string) []byte {
	special := map[rune]byte{'€': 0x80, '…': 0x85, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96, '—': 0x97,
		'œ': 0x9c, 'Œ': 0x8c, '\u202f': 0xa0, '\u2009': 0xa0}
	var out []byte
	for _, r := range s {
		switch b, ok := special[r]; {
		case ok:
			out = append(out, b)
		case r < 0x80 || r >= 0xa0 && r <= 0xff:
			out = append(out, byte(r))
		default:
			out = append(out, '?')
		}
	}
	return out
}
