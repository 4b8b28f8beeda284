package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filon/classify"
	"filon/cmd/filon/deliver"
	"filon/crawler"
	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/session"
	"filon/index"
	"filon/index/export"
)

// Terms of a run that the digest and the passport read; what follows the colon is a name.
const (
	termLeft    = "left alone: "  // a host, and why
	termRefused = "not let in: "  // a source, and why
	termTold    = "told by: "     // a way of the digest, and the host that it was sent to
	termProxy   = "proxies"       // hosts, a comma between
	termSession = "sign-in ends " // a source, and when
)

// endsSoon is how long before its end a sign-in is announced: the night before, with a day to act.
const endsSoon = 48 * time.Hour

// troubles notes with the run what the digest must say of it.
func (p plan) troubles(ctx context.Context, s *stock, report crawler.Report, now time.Time) error {
	terms := map[string]string{}
	for host, why := range report.Broken {
		terms[termLeft+host] = classify.Mask(because(why).in(p.digest.lang))
	}
	for name, err := range report.Refused {
		why, _ := explain(err)
		terms[termRefused+name] = classify.Mask(why.in(p.digest.lang))
	}
	for _, source := range p.sources {
		if source.Session != nil && source.Session.Kind() == session.Cookies {
			if end := source.Session.Expires(); !end.IsZero() && end.Sub(now) < endsSoon {
				terms[termSession+source.Name] = end.UTC().Format(time.RFC3339)
			}
		}
		if source.Network != nil {
			if end := source.Network.Expires(); !end.IsZero() && end.Sub(now) < 15*24*time.Hour {
				terms[termSession+source.Name] = end.UTC().Format(time.RFC3339)
			}
		}
	}
	return s.frontier.Declare(ctx, report.Run.ID, nil, terms)
}

// digest tells what a run changed, in the words of the digest's language. worth is false when there is
// nothing that anybody has to know: nothing to publish, no verdict changed, no trouble that the run
// before did not have.
func (s *stock) digest(ctx context.Context, d digestSettings, run frontier.Run) (_ deliver.Digest, worth bool, err error) {
	w := digestWriter{settings: d, out: deliver.Digest{ID: digestID(s.dir, run), Lang: d.lang, Counts: map[string]int{}}}
	all, err := s.events(ctx, run.ID-1, run.ID, index.Filter{}, nil, mayBeNamed)
	if err != nil {
		return w.out, false, err
	}
	all, copied := apart(all)
	w.news(all)
	w.lapsed(all)
	w.changes(all)
	w.gone(all)
	lines, err := s.coverageLines(ctx, run, d.lang)
	if err != nil {
		return w.out, false, err
	}
	before, first := []string{}, true
	if earlier, err := s.frontier.Runs(ctx, 1000); err == nil {
		for _, r := range earlier {
			if r.ID < run.ID && r.Status != "running" {
				first = false
				if before, err = s.coverageLines(ctx, r, d.lang); err != nil {
					return w.out, false, err
				}
				break
			}
		}
	}
	if d.tells("coverage") && len(lines) > 0 {
		w.out.Sections = append(w.out.Sections, deliver.Section{Title: w.say(T{FR: "Couverture", EN: "Coverage"}), Lines: lines})
		w.worth = w.worth || !slices.Equal(lines, before)
	}
	_, terms, err := s.frontier.Declared(ctx, run.ID)
	if err != nil {
		return w.out, false, err
	}
	w.sessions(terms)
	w.head(all, len(copied), run)
	w.worth = w.worth || first && len(all) > 0 // that the first night went well is worth knowing
	return w.out, w.worth || d.heartbeat, nil
}

// digestID is the same for every attempt to tell of a run, and another in every data folder.
func digestID(dir string, run frontier.Run) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	sum := sha256.Sum256([]byte(dir + "\n" + run.Started.UTC().Format(time.RFC3339)))
	return fmt.Sprintf("filon.run-%d.%s", run.ID, hex.EncodeToString(sum[:6]))
}

// digestWriter puts a digest together.
type digestWriter struct {
	settings digestSettings
	out      deliver.Digest
	worth    bool
}

func (w *digestWriter) say(t T) string { return t.in(w.settings.lang) }

// section adds the best of these events under a heading; command shows all of them.
func (w *digestWriter) section(title T, all []event, item func(event) deliver.Item, command string) {
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b event) int { return b.Record.Verdict.Readiness - a.Record.Verdict.Readiness })
	s := deliver.Section{Title: w.say(title)}
	for _, e := range all[:min(len(all), w.settings.most)] {
		s.Items = append(s.Items, item(e))
	}
	if left := len(all) - len(s.Items); left > 0 {
		s.More = w.say(T{FR: "et %d autre{s} : %s", EN: "and %d more: %s"}.with(left, command))
	}
	w.out.Sections = append(w.out.Sections, s)
	w.worth = true
}

func item(e event) deliver.Item {
	return deliver.Item{Title: orAddress(e), Address: e.shown(), Inside: e.Record.Item.Access.Visibility != content.Public}
}

func orAddress(e event) string {
	if e.Title == "" {
		return e.shown()
	}
	return export.Visible(e.Title)
}

// mayBeNamed tells the changes that a digest may show from those that it only counts.
func mayBeNamed(c index.Change) bool {
	usable := func(o classify.Outcome) bool { return o == classify.Publishable || o == classify.NeedsEdit }
	switch c.Kind {
	case index.New, index.Returned:
		return c.After == classify.Publishable
	case index.Gone, index.Moved:
		return usable(c.Before)
	}
	return c.Kind == index.Verdict || c.Kind == index.Lapsed
}

// isNews tells what is there to be published since this run.
func isNews(e event) bool {
	return (e.Kind == index.New || e.Kind == index.Returned) && e.After == classify.Publishable && !e.Record.Used.Yes
}

func (w *digestWriter) news(all []event) {
	var news []event
	for _, e := range all {
		if isNews(e) {
			news = append(news, e)
		}
	}
	w.out.Counts["new_publishable"] = len(news)
	if !w.settings.tells("new") {
		return
	}
	w.section(T{FR: "À publier", EN: "To publish"}, news, func(e event) deliver.Item {
		i := item(e)
		i.Kind = classify.TypeLabel(e.Record.Verdict.Type, w.settings.lang)
		i.Why = e.Record.Verdict.Hide(classify.Mask)(e.Record.Verdict.Hook)
		for _, r := range e.Record.Verdict.Reasons {
			if i.Why == "" && r.Severity == classify.Good {
				i.Why = T{FR: r.Says.FR, EN: r.Says.EN}.in(w.settings.lang)
			}
		}
		return i
	}, "filon diff --only new --verdict publishable")
}

// lapsed names the items on which a decision has lapsed. It is told whatever the digest includes: somebody said yes to
// another text. Of what must never leave there is a number only.
func (w *digestWriter) lapsed(all []event) {
	var lapsed []event
	closed := 0
	for _, e := range all {
		switch {
		case e.Kind != index.Lapsed || e.Record.Decision.Lapsed == "": // or confirmed since
		case e.Record.Ruling() == classify.Never:
			closed++
		default:
			lapsed = append(lapsed, e)
		}
	}
	if w.out.Counts["lapsed"] = len(lapsed) + closed; len(lapsed)+closed == 0 {
		return
	}
	title := T{FR: "Décisions qui ne valent plus", EN: "Decisions that hold no longer"}
	w.section(title, lapsed, func(e event) deliver.Item {
		i := item(e)
		i.Kind = w.say(verdictWords[e.Before].words) + " → " + w.say(verdictWords[e.After].words)
		i.Why = w.say(lapsedWhy(e.Record.Decision.Lapsed))
		return i
	}, "filon decide --lapsed")
	if closed == 0 {
		return
	}
	if w.worth = true; len(lapsed) == 0 {
		w.out.Sections = append(w.out.Sections, deliver.Section{Title: w.say(title)})
	}
	last := &w.out.Sections[len(w.out.Sections)-1]
	last.Lines = append(last.Lines, w.say(plural(closed, T{FR: "1 contenu, qui ne doit désormais jamais sortir", EN: "1 item, which must never leave from now on"}, T{FR: "%d contenus, qui ne doivent désormais jamais sortir", EN: "%d items, which must never leave from now on"})))
}

// changes names the items whose verdict is another now. Of what is or was never to be published there
// are numbers only.
func (w *digestWriter) changes(all []event) {
	var changed []event
	closed, opened := 0, 0
	for _, e := range all {
		switch {
		case e.Kind != index.Verdict, e.Decided: // who decided it knows; a text that changed has its verdict's change beside it
		case e.After == classify.Never:
			closed++
		case e.Before == classify.Never:
			opened++
		default:
			changed = append(changed, e)
		}
	}
	w.out.Counts["verdicts"], w.out.Counts["never"] = len(changed)+closed+opened, closed
	if !w.settings.tells("verdicts") {
		return
	}
	title := T{FR: "Verdicts changés", EN: "Verdicts that changed"}
	w.section(title, changed, func(e event) deliver.Item {
		i := item(e)
		i.Kind = w.say(verdictWords[e.Before].words) + " → " + w.say(verdictWords[e.After].words)
		i.Why = e.why(w.settings.lang)
		return i
	}, "filon diff --only verdict")
	var lines []string
	if closed > 0 {
		lines = append(lines, w.say(plural(closed, T{FR: "1 contenu ne doit désormais jamais sortir", EN: "1 item must never leave from now on"}, T{FR: "%d contenus ne doivent désormais jamais sortir", EN: "%d items must never leave from now on"})))
	}
	if opened > 0 {
		lines = append(lines, w.say(plural(opened, T{FR: "1 contenu qui ne devait jamais sortir est jugé autrement", EN: "1 item that must never leave is judged otherwise"}, T{FR: "%d contenus qui ne devaient jamais sortir sont jugés autrement", EN: "%d items that must never leave are judged otherwise"})))
	}
	if len(lines) == 0 {
		return
	}
	w.worth = true
	if len(changed) == 0 {
		w.out.Sections = append(w.out.Sections, deliver.Section{Title: w.say(title)})
	}
	last := &w.out.Sections[len(w.out.Sections)-1]
	last.Lines = append(last.Lines, lines...)
}

// gone names what could have been used and is no longer there.
func (w *digestWriter) gone(all []event) {
	var gone []event
	for _, e := range all {
		if (e.Kind == index.Gone || e.Kind == index.Moved) && mayBeNamed(e.Change) {
			gone = append(gone, e)
		}
	}
	w.out.Counts["gone"] = len(gone)
	if !w.settings.tells("gone") {
		return
	}
	w.section(T{FR: "Disparus ou déplacés", EN: "Gone or moved"}, gone, func(e event) deliver.Item {
		i := item(e)
		if e.MovedTo != "" {
			i.Why = w.say(T{FR: "maintenant à %s", EN: "now at %s"}.with(e.movedTo()))
		}
		return i
	}, "filon diff --only gone,moved")
}

func (w *digestWriter) sessions(terms map[string]string) {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(terms)) {
		source, ok := strings.CutPrefix(name, termSession)
		end, err := time.Parse(time.RFC3339, terms[name])
		if !ok || err != nil {
			continue
		}
		lines = append(lines, w.say(T{FR: "%s : la connexion finit le %s ; renouvelez-la avant", EN: "%s: the sign-in ends on %s; renew it before"}.with(source, end.Local().Format("2006-01-02 15:04"))))
	}
	if len(lines) == 0 || !w.settings.tells("sessions") {
		return
	}
	w.out.Sections = append(w.out.Sections, deliver.Section{Title: w.say(T{FR: "Connexions qui finissent", EN: "Sign-ins that end"}), Lines: lines})
	w.worth = true
}

// head gives the digest its title and its first sentence.
func (w *digestWriter) head(all []event, copied int, run frontier.Run) {
	n := w.out.Counts["new_publishable"]
	title := plural(n, T{FR: "filon : 1 contenu à publier", EN: "filon: 1 item to publish"}, T{FR: "filon : %d contenus à publier", EN: "filon: %d items to publish"})
	if n == 0 {
		title = T{FR: "filon : rien de neuf à publier", EN: "filon: nothing new to publish"}
	}
	if run.Status != "complete" {
		title = T{FR: title.FR + " (parcours partiel)", EN: title.EN + " (partial crawl)"}
	}
	w.out.Title = w.say(title)
	w.out.Lead = []string{w.say(T{FR: "Nuit du %s", EN: "Night of %s"}.with(run.Started.Local().Format("2006-01-02"))) + ", " + w.say(counted(all, copied, run.ID-1, run.ID)) + "."}
	w.out.Foot = w.say(T{FR: "Tout ce qui a changé : filon diff. Un contenu : filon show ADRESSE.", EN: "All that changed: filon diff. One item: filon show URL."})
}

// coverageLines says what a run did not get, from what was recorded of it; nothing when it got all.
func (s *stock) coverageLines(ctx context.Context, run frontier.Run, lang string) ([]string, error) {
	_, terms, err := s.frontier.Declared(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	var lines []string
	say := func(t T) { lines = append(lines, t.in(lang)) }
	for _, name := range slices.Sorted(maps.Keys(terms)) {
		if host, ok := strings.CutPrefix(name, termLeft); ok {
			say(T{FR: "%s a été laissé de côté : %s", EN: "%s was left alone: %s"}.with(host, because(terms[name])))
		}
		if source, ok := strings.CutPrefix(name, termRefused); ok {
			say(T{FR: "%s n'a pas été visité : connexion refusée (%s)", EN: "%s was not visited: not signed in (%s)"}.with(source, terms[name]))
		}
	}
	var tallies []frontier.Tally
	if run.Tally != "" && json.Unmarshal([]byte(run.Tally), &tallies) != nil {
		tallies = nil // written by another filon; what follows says less
	}
	bySource := map[string]map[frontier.State]int{}
	for _, t := range tallies {
		if bySource[t.Source] == nil {
			bySource[t.Source] = map[frontier.State]int{}
		}
		bySource[t.Source][t.State] += t.Count
	}
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		for _, state := range missed {
			if n := bySource[source][state]; n > 0 {
				say(T{FR: "%s : %s : %d", EN: "%s: %s: %d"}.with(source, missedWords[state], n))
			}
		}
	}
	if len(lines) == 0 && run.Status != "complete" {
		say(T{FR: "parcours non terminé : %s", EN: "crawl not finished: %s"}.with(because(run.Reason)))
	}
	return lines, nil
}

// missed are the states in which an address should have been read and was not.
var missed = []frontier.State{frontier.Failed, frontier.NeedsLogin, frontier.Limit, frontier.Pending}

var missedWords = map[frontier.State]T{
	frontier.Failed:     {FR: "adresses en échec", EN: "addresses that failed"},
	frontier.NeedsLogin: {FR: "adresses qui demandent de se connecter", EN: "addresses that ask to sign in"},
	frontier.Limit:      {FR: "adresses non visitées (limite de pages)", EN: "addresses not visited (page limit)"},
	frontier.Pending:    {FR: "adresses qui attendent encore", EN: "addresses that still wait"},
}
