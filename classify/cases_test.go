package classify

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

var update = flag.Bool("update", false, "write RULES.md from the rule table")

// testCase is one item of testdata/cases and what a person agreed to. A file is cases in the form
//
//	== rule/id catches            or: leaves, or: - verdict (no rule in particular)
//	key: value                    an item's field, or what is wanted: want, type, day, severity
//
//	the text, until the next case
type testCase struct {
	file, rule string
	catches    bool
	free       bool // of a verdict, not of a rule
	item       content.Item
	policy     Policy
	known      *Known
	day        time.Time
	want       string // outcome and kind
	typ        string
	severity   Severity
}

func loadCases(t testing.TB) []testCase {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var all []testCase
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split("\n"+string(data), "\n== ")[1:] {
			head, body, _ := strings.Cut(block, "\n")
			c := testCase{file: filepath.Base(name), day: judged}
			parts := strings.Fields(head)
			if len(parts) < 2 {
				t.Fatalf("%s: bad head %q", name, head)
			}
			c.rule, c.catches, c.free = parts[0], parts[1] == "catches", parts[0] == "-"
			c.item = content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/page", Title: "Une page", Access: content.Access{Visibility: content.Intranet}}
			lines := strings.Split(body, "\n")
			for len(lines) > 0 && lines[0] != "" {
				key, value, ok := strings.Cut(lines[0], ": ")
				if !ok {
					t.Fatalf("%s: %s: no key in %q", name, head, lines[0])
				}
				if err := c.set(key, value); err != nil {
					t.Fatalf("%s: %s: %v", name, head, err)
				}
				lines = lines[1:]
			}
			if text := strings.TrimSpace(strings.Join(lines, "\n")); text != "" {
				c.item.Text = text
			}
			if c.item.H1 == "" {
				c.item.H1 = c.item.Title
			}
			all = append(all, c)
		}
	}
	return all
}

func (c *testCase) set(key, value string) error {
	date := func() content.Date {
		d, err := time.Parse(time.DateOnly, value)
		if err != nil {
			panic(err)
		}
		return content.Date{Time: d, Source: "json-ld", Confidence: content.High}
	}
	it := &c.item
	switch key {
	case "title":
		it.Title = value
		if value == "-" {
			it.Title = ""
		}
	case "h1":
		it.H1 = value
	case "url":
		it.Address = value
	case "visibility":
		it.Access.Visibility = content.Visibility(value)
	case "description":
		it.Description = value
	case "lang":
		it.Language = value
	case "site":
		it.SiteName = value
	case "author":
		it.Author = value
	case "publisher":
		it.Publisher = value
	case "mime":
		it.MIME = value
	case "pages":
		it.Pages, _ = strconv.Atoi(value)
	case "published":
		it.Published = date()
	case "elsewhere": // what a public page says: its day and address, its title, its text, between bars
		parts := strings.SplitN(strings.Replace(value, " ", " | ", 1), " | ", 4)
		when, err := time.Parse(time.DateOnly, parts[0])
		if err != nil || len(parts) != 4 {
			return fmt.Errorf("elsewhere is no page: %q", value)
		}
		public := content.Item{Language: it.Language, Address: parts[1], Title: parts[2], Text: parts[3], Access: content.Access{Visibility: content.Public},
			Published: content.Date{Time: when, Source: "json-ld", Confidence: content.High}}
		v := Judge(public, Policy{}, judged)
		for _, key := range v.Traces().Said {
			if c.known == nil {
				c.known = &Known{}
			}
			c.known.Add(key, Place{public.Address, parts[0], v.Traces().Official})
		}
	case "copy": // of the item: what closes it there, whether it reads the same, where it is and where it is public
		parts := append(strings.Fields(value), "")
		hits := strings.Split(parts[0], ",")
		t, ok := Closing(hits)
		if !ok {
			return fmt.Errorf("%q closes no copy", parts[0])
		}
		t.Exact, t.Address, t.Exposed = parts[1] == "same", parts[2], parts[3]
		if c.known == nil {
			c.known = &Known{}
		}
		c.known.Warn(it.Address, t)
	case "modified":
		it.Modified = date()
	case "expires":
		it.Expires = date()
	case "event":
		it.Event.Start = date().Time
	case "header", "footer", "watermark", "cover", "banner", "notes", "comment", "box", "label", "site-footer":
		kind := content.ZoneKind(key)
		if key == "site-footer" {
			kind = content.ZoneSite
		}
		it.Zones = append(it.Zones, content.Zone{Kind: kind, Page: 1, Text: value})
	case "long-notes": // so many bytes of them
		n, _ := strconv.Atoi(value)
		it.Zones = append(it.Zones, content.Zone{Kind: content.ZoneNotes, Page: 1, Text: strings.Repeat("Le balai reste ici. ", 1+n/20)[:n]})
	case "heading":
		it.Headings = append(it.Headings, content.Heading{Level: 2, Text: value})
	case "property":
		name, v, _ := strings.Cut(value, "=")
		if it.Properties == nil {
			it.Properties = map[string]string{}
		}
		it.Properties[name] = v
	case "image": // file | alt | caption | credit | width x height
		p := append(strings.Split(value, "|"), "", "", "", "", "")
		im := content.Image{Address: "https://intranet.exemple-industrie.fr/img/" + strings.TrimSpace(p[0]), Alt: strings.TrimSpace(p[1]), Caption: strings.TrimSpace(p[2]), Credit: strings.TrimSpace(p[3]), Role: "content"}
		fmt.Sscanf(strings.TrimSpace(p[4]), "%dx%d", &im.Width, &im.Height)
		it.Images = append(it.Images, im)
	case "license":
		it.Images[len(it.Images)-1].License = value
	case "ocr": // pages read so
		it.OCR = content.OCR{By: "tesseract 5.3.0 fra+eng", Confidence: 91}
		for _, s := range strings.Fields(value) {
			n, _ := strconv.Atoi(s)
			it.OCR.Pages = append(it.OCR.Pages, n)
		}
	case "images": // so many like the last
		n, _ := strconv.Atoi(value)
		for len(it.Images) < n {
			it.Images = append(it.Images, it.Images[len(it.Images)-1])
		}
	case "link":
		it.Links = append(it.Links, content.Link{Address: value, Text: "lien", Main: true})
	case "schema":
		it.Schema = append(it.Schema, value)
	case "crumb":
		it.Breadcrumb = append(it.Breadcrumb, value)
	case "tag":
		it.Tags = append(it.Tags, value)
	case "class":
		it.Classes = append(it.Classes, value)
	case "rest":
		it.Rest = value
	case "og":
		it.OpenGraph = content.OpenGraph{Title: it.Title, Image: value, Type: "article"}
	case "noindex":
		it.NoIndex = true
	case "forms":
		it.Shape.Forms, _ = strconv.Atoi(value)
	case "video":
		it.Embeds = append(it.Embeds, content.Embed{Kind: "video", Provider: value})
	case "problem":
		it.Problem = &content.Problem{Code: content.ProblemCode(value), Detail: "as tested"}
	case "company":
		c.policy.Company = append(c.policy.Company, value)
	case "scale":
		mark, level, _ := strings.Cut(value, "=")
		c.policy.Scale = map[string]string{mark: level}
	case "customer":
		c.policy.Customers = append(c.policy.Customers, value)
	case "garden-path":
		c.policy.Garden.Paths = append(c.policy.Garden.Paths, value)
	case "garden-label":
		c.policy.Garden.Labels = append(c.policy.Garden.Labels, value)
	case "garden-word":
		c.policy.Garden.Words = append(c.policy.Garden.Words, value)
	case "garden-owner":
		c.policy.Garden.Owners = append(c.policy.Garden.Owners, value)
	case "person":
		at := strings.LastIndexByte(value, ' ')
		until, err := time.Parse(time.DateOnly, value[at+1:])
		if err != nil {
			return err
		}
		c.policy.People = append(c.policy.People, Consent{Name: value[:at], Until: until})
	case "listed":
		c.policy.Listed = true
	case "quiet":
		from, to, _ := strings.Cut(value, " ")
		a, _ := time.Parse(time.DateOnly, from)
		b, _ := time.Parse(time.DateOnly, to)
		c.policy.Quiet = []Period{{a, b}}
	case "day":
		d, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return err
		}
		c.day = d
	case "want":
		c.want = value
	case "type":
		c.typ = value
	case "severity":
		c.severity = Severity(value)
	case "why":
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// TestCases judges every case: what a rule must catch, what it must leave, and the verdict.
func TestCases(t *testing.T) {
	catches, leaves := map[string]int{}, map[string]int{}
	for _, c := range loadCases(t) {
		name := fmt.Sprintf("%s/%s", c.file, c.item.Title)
		v := c.known.Judge(c.item, c.policy, c.day)
		spoke := Severity("")
		for _, r := range v.Reasons {
			if r.Rule == c.rule && weight(r.Severity) > weight(spoke) {
				spoke = r.Severity
			}
		}
		switch {
		case c.free:
		case c.catches:
			catches[c.rule]++
			if spoke == "" {
				t.Errorf("%s: %s did not catch it (%s %s; %s)", name, c.rule, v.Outcome, v.Type, brief(v))
			}
		default:
			leaves[c.rule]++
			if spoke != "" && !(c.severity != "" && spoke == c.severity) {
				t.Errorf("%s: %s did not leave it (%s; %s)", name, c.rule, v.Type, brief(v))
			}
		}
		if c.severity != "" && spoke != c.severity {
			t.Errorf("%s: %s is %q, want %q (%s)", name, c.rule, spoke, c.severity, v.Type)
		}
		if got := strings.TrimSpace(string(v.Outcome) + " " + string(v.Kind)); c.want != "" && got != c.want && string(v.Outcome) != c.want {
			t.Errorf("%s: verdict %s (readiness %d), want %s (%s; %s)", name, got, v.Readiness, c.want, v.Type, brief(v))
		}
		if c.typ != "" && v.Type != c.typ {
			t.Errorf("%s: type %s %v, want %s", name, v.Type, v.Secondary, c.typ)
		}
	}
	known := map[string]bool{}
	for _, r := range RuleTable() {
		known[r.ID] = true
		if catches[r.ID] == 0 || leaves[r.ID] == 0 {
			t.Errorf("%s has %d cases that it catches and %d that it leaves; it needs one of each", r.ID, catches[r.ID], leaves[r.ID])
		}
	}
	for _, c := range loadCases(t) {
		if !c.free && !known[c.rule] {
			t.Errorf("%s: no rule %s", c.file, c.rule)
		}
	}
}

func brief(v Verdict) string {
	var all []string
	for _, r := range v.Reasons {
		all = append(all, string(r.Severity)+" "+r.Rule+" «"+r.Quote+"»")
	}
	return strings.Join(all, ", ")
}

// TestRedactedItemKeepsItsVerdict holds for every case: what is stored is judged as what was found.
func TestRedactedItemKeepsItsVerdict(t *testing.T) {
	for _, c := range loadCases(t) {
		before := c.known.Judge(c.item, c.policy, c.day)
		stored := Redact(c.item)
		after := c.known.Judge(stored, c.policy, c.day)
		if before.Outcome != after.Outcome || before.Kind != after.Kind || ruleIDs(before) != ruleIDs(after) {
			t.Errorf("%s %s: %s %s before, %s %s after\n%s\n%s", c.file, c.item.Title, before.Outcome, before.Kind, after.Outcome, after.Kind, ruleIDs(before), ruleIDs(after))
		}
		if again := Redact(stored); !reflect.DeepEqual(again, stored) {
			t.Errorf("%s %s: redacted twice is not redacted once", c.file, c.item.Title)
		}
		admitted, v := c.known.Admit(c.item, c.policy, c.day)
		if rule := inGarden(&v); rule != "" {
			stored = withhold(c.item, rule)
			before = c.known.Judge(stored, c.policy, c.day)
			if again := c.known.Judge(stored, c.policy, c.day); again.Outcome != Never || again.Kind != Secret {
				t.Errorf("%s %s: what is left of it is %s %s", c.file, c.item.Title, again.Outcome, again.Kind)
			}
			if again := Judge(stored, Policy{}, c.day); again.Outcome != Never {
				t.Errorf("%s %s: without the policy what is left of it is %s: nobody has read it", c.file, c.item.Title, again.Outcome)
			}
		}
		read := admitted
		admitted.Readings = nil
		if !reflect.DeepEqual(admitted, stored) || !reflect.DeepEqual(v, before) {
			t.Errorf("%s %s: admitted is not redacted and judged", c.file, c.item.Title)
		}
		if again, plain := c.known.Judge(read, c.policy, c.day), c.known.Judge(stored, c.policy, c.day); !reflect.DeepEqual(again, plain) {
			t.Errorf("%s %s: with what the models said before, the verdict is\n%s, without it\n%s", c.file, c.item.Title, ruleIDs(again), ruleIDs(plain))
		}
	}
}

// TestReadings: what the models said is used again for the same words, and for no others.
func TestReadings(t *testing.T) {
	item := frenchPage()
	item.Access.Visibility = content.Intranet
	item.Rest = "La machine de Paul sera remplacée au printemps, dit le panneau de l'entrée.\n" + item.Rest
	kept, _ := Admit(item, Policy{}, judged)
	if len(kept.Readings) != 2 || len(kept.Readings[0].Kind) == 0 {
		t.Fatalf("kept with %d readings", len(kept.Readings))
	}
	if kept.Readings[0].Said != nil {
		t.Fatalf("the page tells of %v", kept.Readings[0].Said)
	}
	// A reading says what it says, so that its use shows.
	body := newPage(&kept, &Policy{}, judged).body
	kept.Readings[0].Said = [][3]int{{99, 0, 1}, {-1, 0, 1}, {body, 30, 20}, {body, 0, 1 << 20}, {body, 0, 40}}
	asks := func(item content.Item) int { return strings.Count(ruleIDs(Judge(item, Policy{}, judged)), "inside/") }
	before := asks(item)
	told := func(item content.Item) bool { return asks(item) > before }
	if !told(kept) {
		t.Error("what was read of the same words is not used")
	}
	for name, change := range map[string]func(*content.Item){
		"text":       func(m *content.Item) { m.Text += "." },
		"title":      func(m *content.Item) { m.Title += "." },
		"language":   func(m *content.Item) { m.Language = "en" },
		"visibility": func(m *content.Item) { m.Access.Visibility = content.Public },
	} {
		other := kept
		if change(&other); told(other) {
			t.Errorf("another %s is judged by what was read before", name)
		}
	}
}

// TestGlance holds for every case: what was seen in passing is what a second reading finds.
func TestGlance(t *testing.T) {
	clear, bound := 0, 0
	for _, c := range loadCases(t) {
		kept, v, glance := c.known.AdmitAtAGlance(c.item, c.policy, c.day)
		if glance.Clear {
			clear++
			if masked := Mask(kept.Text); masked != kept.Text {
				t.Errorf("%s %s: there is something to mask: %s", c.file, c.item.Title, masked)
			}
		}
		if got, want := glance.DayBound(kept, v), DayBound(kept, v); got != want {
			t.Errorf("%s %s: bound to its day %v at a glance, %v when read", c.file, c.item.Title, got, want)
		} else if got && glance.read {
			bound++
		}
	}
	if clear == 0 || bound == 0 {
		t.Errorf("%d texts are clear, %d are bound to their day: nothing was seen in passing", clear, bound)
	}
}

func ruleIDs(v Verdict) string {
	var all []string
	for _, r := range v.Reasons {
		all = append(all, string(r.Severity)+" "+r.Rule)
	}
	return strings.Join(all, ", ")
}

// TestVerdictIsMaskedAndPure holds for every case: no value in clear in anything that a verdict
// says, and the same input gives the same bytes.
func TestVerdictIsMaskedAndPure(t *testing.T) {
	for _, c := range loadCases(t) {
		v := c.known.Judge(c.item, c.policy, c.day)
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(c.known.Judge(c.item, c.policy, c.day))
		if !bytes.Equal(data, again) {
			t.Errorf("%s %s: two verdicts differ", c.file, c.item.Title)
		}
		said := []string{v.Hook, v.Topic}
		for _, r := range v.Reasons {
			said = append(said, r.Quote, r.Where, r.Says.FR, r.Says.EN)
		}
		for _, text := range append(append(said, texts(v.For)...), texts(v.Against)...) {
			if Mask(text) != text {
				t.Errorf("%s %s: in clear: %s", c.file, c.item.Title, Mask(text))
			}
		}
		if v.Hook != "" && (v.Outcome == Never || v.Outcome == Unreadable) {
			t.Errorf("%s %s: a hook for %s", c.file, c.item.Title, v.Outcome)
		}
		if c.item.Access.Visibility != content.Public && v.PostFormat == "link" {
			t.Errorf("%s %s: a link post for an item that is not public", c.file, c.item.Title)
		}
	}
}

func texts(all []Text) (s []string) {
	for _, t := range all {
		s = append(s, t.FR, t.EN)
	}
	return s
}

// TestRules keeps RULES.md the picture of the rule table: -update writes it.
func TestRules(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("# The rules\n\nWritten by `go test ./classify -run TestRules -update`; change the rule table or the cases, not this page.\n\n" +
		"Severity is that of an ordinary finding: place, type and audience make some findings lighter or heavier. The legal basis says who must look; it is no advice.\n")
	cases := loadCases(t)
	example := func(rule string, catches bool) string {
		for _, c := range cases {
			if c.rule == rule && c.catches == catches {
				return describe(c)
			}
		}
		return ""
	}
	family := ""
	for _, r := range RuleTable() {
		if f, _, _ := strings.Cut(r.ID, "/"); f != family {
			family = f
			fmt.Fprintf(&b, "\n## %s\n", family)
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| | |\n|---|---|\n| severity | %s |\n", r.ID, r.Says.EN, strings.TrimSpace(string(r.Severity)+" "+string(r.Kind)))
		fmt.Fprintf(&b, "| in French | %s |\n", cellText(r.Says.FR))
		for _, row := range [][2]string{{"who must say yes", ApproverLabel(r.Approver, "en")}, {"basis", r.Basis}, {"source", r.Source}, {"catches", example(r.ID, true)}, {"leaves", example(r.ID, false)}} {
			if row[1] != "" {
				fmt.Fprintf(&b, "| %s | %s |\n", row[0], cellText(row[1]))
			}
		}
	}
	if *update {
		if err := os.WriteFile("RULES.md", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile("RULES.md")
	if err != nil || !bytes.Equal(old, b.Bytes()) {
		t.Error("RULES.md is not what the rule table says: go test ./classify -run TestRules -update")
	}
}

func cellText(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", "\\|")
}

// describe is a case on one line.
func describe(c testCase) string {
	var parts []string
	if c.item.Title != "Une page" {
		parts = append(parts, "title “"+c.item.Title+"”")
	}
	for _, z := range c.item.Zones {
		parts = append(parts, string(z.Kind)+" “"+z.Text+"”")
	}
	for _, k := range sortedKeys(c.item.Properties) {
		parts = append(parts, "property "+k+"="+c.item.Properties[k])
	}
	for i, im := range c.item.Images {
		if i == 0 {
			parts = append(parts, strings.Join(strings.Fields("image "+lastSegment(im.Address)+" "+im.Alt+" "+im.Caption+" "+im.Credit), " "))
		}
	}
	if c.item.Text != "" {
		text := cut(c.item.Text, 150)
		if len(text) < len(c.item.Text) {
			text += "…"
		}
		parts = append(parts, "“"+text+"”")
	}
	if len(parts) == 0 {
		parts = append(parts, c.item.Address)
	}
	return string(c.item.Access.Visibility) + ": " + strings.Join(parts, "; ")
}
