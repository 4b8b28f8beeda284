package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
)

// measured is one labelled item with its verdict.
type measured struct {
	label   label
	item    content.Item
	verdict classify.Verdict
}

func evalLabels(say *speaker, c *cli.Context, name string) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	labels, day, err := readLabels(name)
	if err != nil {
		return askedWrongly(T{FR: "%s ne se lit pas : %s", EN: "%s cannot be read: %s"}.with(name, because(err.Error())),
			T{FR: "un CSV avec une ligne de titres : address;type;verdict", EN: "a CSV with a head: address;type;verdict"})
	}
	if day.IsZero() || c.IsSet("today") {
		if day, err = today(c); err != nil {
			return err
		}
	}
	words, err := readMeanings(c.String("map"))
	if err != nil {
		return askedWrongly(T{FR: "%s ne se lit pas : %s", EN: "%s cannot be read: %s"}.with(c.String("map"), because(err.Error())),
			T{FR: "une ligne par mot : news = site_news|award_cert", EN: "one line for each word: news = site_news|award_cert"})
	}
	items, missing, err := labelledItems(c.Context, dataDir(c, cfg), name, labels, day)
	if err != nil {
		return err
	}
	policy, err := policyIn(dataDir(c, cfg), cfg, ownSources(cfg))
	if err != nil {
		return err
	}
	all := make([]measured, 0, len(items))
	began := time.Now()
	for i, item := range items {
		if item == nil {
			continue
		}
		if c.Bool("blind") {
			hide(item)
		}
		all = append(all, measured{labels[i], *item, classify.Judge(*item, policy, day)})
	}
	spent := time.Since(began)
	if len(all) == 0 {
		return askedWrongly(plural(len(labels), T{FR: "le contenu étiqueté n'a pas été trouvé", EN: "the labelled item was not found"},
			T{FR: "aucun des %d contenus étiquetés n'a été trouvé", EN: "none of the %d labelled items was found"}),
			T{FR: "leur adresse est-elle dans l'inventaire (--data) ? Sinon, donnez file ou text", EN: "is their address in the inventory (--data)? If not, give file or text"})
	}
	verdicts, types, unknown := outcomesOf(all, words)
	say.leaks(all, verdicts)
	say.scores(T{FR: "verdict", EN: "verdict"}, scoreOf(answered(verdicts)))
	say.scores(T{FR: "type", EN: "type"}, scoreOf(answered(types)))
	if c.Bool("errors") {
		say.disagreements(all, verdicts, types)
	}
	say.line(T{FR: "jugés le %s en %.2f ms par contenu ; règles %s", EN: "judged on %s in %.2f ms per item; rules %s"}.with(
		day.Format(time.DateOnly), spent.Seconds()*1000/float64(len(all)), policy.VersionOn(day)))
	if len(unknown) > 0 {
		say.note(T{FR: "mots que filon ne connaît pas, laissés de côté : %s ; dites ce qu'ils valent avec --map", EN: "words that filon does not know, left out: %s; say what they stand for with --map"}.with(strings.Join(unknown, ", ")))
	}
	if len(missing) > 0 {
		for i, m := range missing {
			if i == 5 {
				say.note(T{FR: "… et %d autre{s}", EN: "… and %d other{s}"}.with(len(missing) - i))
				break
			}
			say.note(T{FR: "introuvable : %s", EN: "not found: %s"}.with(m))
		}
		return incomplete(T{FR: "%d {contenu étiqueté n'a pas été trouvé|contenus étiquetés n'ont pas été trouvés}, sur %d", EN: "%d labelled {item was|items were} not found, of %d"}.with(len(missing), len(labels)),
			T{FR: "relancez filon crawl, ou corrigez leur adresse", EN: "run filon crawl again, or correct their address"})
	}
	return nil
}

// labelledItems finds each labelled item: nil for one that is not there, which missing names.
func labelledItems(ctx context.Context, dir, name string, labels []label, day time.Time) (items []*content.Item, missing []string, err error) {
	var s *stock
	if slices.ContainsFunc(labels, func(l label) bool { return l.file == "" && l.text == "" }) {
		if s, err = openStock(ctx, dir, reading); err != nil {
			return nil, nil, err
		}
		defer s.Close()
	}
	reader := newReader(os.TempDir())
	defer reader.Close()
	for i := range labels {
		item, err := labels[i].find(ctx, s, reader, name, day)
		if err != nil {
			return nil, nil, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		items = append(items, item)
		if item == nil {
			missing = append(missing, oneLine(labels[i].address+labels[i].file))
		}
	}
	return items, missing, nil
}

// find gives the item of a label, nil when it is not where the label says.
func (l *label) find(ctx context.Context, s *stock, reader *extract.Reader, labels string, day time.Time) (*content.Item, error) {
	switch {
	case l.text != "":
		item := content.Item{Address: l.address, Title: l.title, H1: l.title, Text: l.text, Language: l.language, Tags: l.tags, Breadcrumb: l.breadcrumb, Access: content.Access{Visibility: l.visibility}}
		if item.Access.Visibility == "" {
			item.Access.Visibility = content.Public
		}
		if !l.published.IsZero() {
			item.Published = content.Date{Time: l.published, Source: "meta", Confidence: content.High}
		}
		return &item, nil
	case l.file != "":
		body, path, err := l.readFrom(labels)
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		in := extract.Input{Source: "eval", Address: l.address, Access: content.Access{Visibility: l.visibility}, Status: http.StatusOK, Day: day, Header: http.Header{}, Body: body}
		if in.Access.Visibility == "" {
			in.Access.Visibility = content.Public
		}
		if in.Address == "" {
			in.Address = "file://" + filepath.ToSlash(path)
		}
		item := reader.Read(ctx, in)
		return &item, nil
	}
	for _, at := range []string{l.address, canonical(l.address), plainMarks.Replace(l.address)} {
		rec, ok, err := s.index.Get(ctx, at)
		if err != nil || ok {
			return &rec.Item, err
		}
	}
	return nil, nil
}

// plainMarks writes the marks that an address may hold as they are, as links mostly do.
var plainMarks = strings.NewReplacer("%24", "$", "%28", "(", "%29", ")", "%21", "!", "%27", "'", "%2A", "*", "%2C", ",")

// canonical writes an address as the inventory does, as far as it is one.
func canonical(raw string) string {
	if c, err := address.Canonical(raw); err == nil {
		return c
	}
	return raw
}

// hide takes away where an item lies and what the CMS says of it, so that only what it says is judged.
func hide(item *content.Item) {
	u, err := url.Parse(item.Address)
	if err == nil && u.Host != "" {
		item.Address = u.Scheme + "://" + u.Host + "/page"
	} else {
		item.Address = "file:///page"
	}
	item.Breadcrumb, item.Tags, item.Department, item.Classes, item.Schema = nil, nil, "", nil, nil
	item.OpenGraph.Type, item.Event, item.Generator, item.SiteName = "", content.Event{}, "", ""
	item.Links, item.Rest = nil, ""
}

// outcomesOf compares labels and verdicts. An answer without right ones was not asked, or in words that
// are not known: those are listed. Labels that know no not_proposed mean it by never.
func outcomesOf(all []measured, words meanings) (verdicts, types []outcome, unknown []string) {
	folds := !slices.ContainsFunc(all, func(m measured) bool {
		right := rubric.right(m.label.verdict, verdictNamed)
		return slices.Contains(right, "not_proposed") || slices.Contains(right, "unreadable")
	})
	note := func(word string, right []string) {
		if word != "" && len(right) == 0 && !slices.Contains(unknown, word) {
			unknown = append(unknown, oneLine(word))
		}
	}
	for _, m := range all {
		right := rubric.right(m.label.verdict, verdictNamed)
		note(m.label.verdict, right)
		got := string(m.verdict.Outcome)
		if folds && (m.verdict.Outcome == classify.NotProposed || m.verdict.Outcome == classify.Unreadable) {
			got = string(classify.Never)
		}
		want := class(m.label.verdict)
		if len(right) > 0 {
			want = right[0]
		}
		verdicts = append(verdicts, outcome{want: want, right: right, got: got})
		right = words.right(m.label.typ, typeNamed)
		note(m.label.typ, right)
		types = append(types, outcome{want: class(m.label.typ), right: right, got: m.verdict.Type, near: m.verdict.Secondary})
	}
	return verdicts, types, unknown
}

// class is the first of the answers that a label allows: what the item counts for.
func class(word string) string {
	if all := answers(word); len(all) > 0 {
		return all[0]
	}
	return word
}

func answered(all []outcome) (kept []outcome) {
	for _, o := range all {
		if len(o.right) > 0 {
			kept = append(kept, o)
		}
	}
	return kept
}

// leaks says first what matters most: items that must never leave and that filon would let out.
func (s *speaker) leaks(all []measured, verdicts []outcome) {
	closed, caught, n := 0, 0, 0
	for i, o := range verdicts {
		if !slices.Contains(o.right, string(classify.Never)) || slices.Contains(o.right, string(classify.Publishable)) {
			continue
		}
		closed++
		switch out := classify.Outcome(o.got); {
		case (out == classify.Publishable || out == classify.NeedsEdit) && !o.hit():
			n++
			s.line(T{FR: "FUITE  %s : %s, étiqueté %s", EN: "LEAK  %s: %s, labelled %s"}.with(s.name(&all[i]), o.got, o.want))
		default:
			caught++
		}
	}
	if closed > 0 {
		s.line(T{FR: "Fuites : %d ; rien de ce qui ne doit pas sortir n'est proposé sans l'accord de quelqu'un pour %d sur %d (rappel %.3f)",
			EN: "Leaks: %d; of what must not leave, %d of %d are never proposed without somebody's agreement (recall %.3f)"}.with(n, caught, closed, float64(caught)/float64(closed)))
		s.raw("\n")
	}
}

func (s *speaker) name(m *measured) string {
	if m.label.address != "" || m.label.file != "" {
		return oneLine(m.label.address + m.label.file)
	}
	return s.in(T{FR: "ligne %d", EN: "line %d"}.with(m.label.line)) + " " + oneLine(m.label.title)
}

func (s *speaker) disagreements(all []measured, verdicts, types []outcome) {
	for i := range all {
		v, t := verdicts[i], types[i]
		var said []string
		if len(v.right) > 0 && !v.hit() {
			said = append(said, fmt.Sprintf("%s → %s", v.want, v.got))
		}
		if len(t.right) > 0 && !t.hit() {
			said = append(said, fmt.Sprintf("%s → %s %.2f %v", t.want, t.got, all[i].verdict.Confidence, t.near))
		}
		if len(said) == 0 {
			continue
		}
		var rules []string
		for _, r := range all[i].verdict.Reasons {
			rules = append(rules, r.Rule)
		}
		s.raw(fmt.Sprintf("%s\n    %s  [%d] %s\n", s.name(&all[i]), oneLine(strings.Join(said, "; ")), all[i].verdict.Readiness, strings.Join(rules, " ")))
	}
	s.raw("\n")
}
