// Package classify judges an item: what it is, whether it may be published, what must change, who
// must say yes, and why, with the words and the place.
//
//	content.Item + Policy + day ──▶ Judge ──▶ Verdict
//	     fold once · find listed words once · rules in families · combine · score
//
// In: an item, the company's policy, the day of judging. Out: a verdict, a pure function of those
// three. Never: a clock, a network, a file read at run time, a personal or secret value in clear.
package classify

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"filon/crawler/content"
)

// Judge gives the verdict on item under policy on day. The same three give the same verdict, byte
// for byte; Judge may be called from many goroutines. It does not panic: a rule that fails is a
// reason of the verdict, which then asks for a person.
func Judge(item content.Item, policy Policy, day time.Time) Verdict {
	return (*Known)(nil).Judge(item, policy, day)
}

// Admit judges an item and gives it as it may be stored: Judge and Redact in one, which reads the item
// for its values only once. Of an item in the policy's secret garden nothing is left but that it is there.
func Admit(item content.Item, policy Policy, day time.Time) (content.Item, Verdict) {
	return (*Known)(nil).Admit(item, policy, day)
}

// judge also gives the page that it read, which is to be forgotten, nil when judging failed.
func judge(item *content.Item, policy *Policy, day time.Time, known *Known) (v Verdict, p *page) {
	defer func() {
		if recover() != nil {
			v, p = lastResort(policy, day), nil
		}
	}()
	day = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC) // the hour is nobody's business
	p = prepare(item, policy, day)
	p.known = known
	v = p.verdict(p.reasons())
	v.Asked, v.Covers = p.places(), p.packed()
	v.hideAlike()
	v.traces, v.warned = p.trace(&v), known.Warned(item.Address)
	return v, p
}

// lastResort is the verdict on an item that broke the judge itself.
func lastResort(policy *Policy, day time.Time) Verdict {
	return Verdict{
		Outcome: NeedsApproval, Type: Other, Format: "html_article", Freshness: -1, Evergreen: "current",
		Effort: "heavy", EffortMinutes: 180, Approvers: []string{"it"}, BestImage: -1,
		Reasons: []Reason{{Rule: "completeness/judge", Severity: Review, Approver: "it", Says: Text{
			FR: "L'analyse de ce contenu a échoué : à vérifier par une personne", EN: "Judging this item failed: a person must check it"}}},
		Day: day.Format(time.DateOnly), Rules: policy.version(),
	}
}

// prepare reads the item once for all rules. Values that must not be stored are taken out first, so
// that an item has one verdict before and after it was stored.
func prepare(item *content.Item, policy *Policy, day time.Time) *page {
	p := newPage(item, policy, day)
	if p.mustRedact() {
		p.forget()
		clean := Redact(*item)
		p = newPage(&clean, policy, day)
	}
	p.look()
	p.measure()
	p.settled = p.public && p.publicDays() > policy.settledDays()
	p.format = formatOf(p)
	p.sorted = p.sortType()
	p.state = p.age()
	p.best, p.rights = p.bestImage()
	return p
}

func (p *page) mustRedact() bool {
	for i := range p.fields {
		for _, v := range p.fields[i].values {
			if ruleOf(v, false) != "" && (v.kind != isIBAN && v.kind != isRIB || ruleOf(v, asksForMoney(p.item)) != "") {
				return true
			}
		}
	}
	return false
}

// clean gives the texts in which no value stands that must not be stored.
func (p *page) clean() map[string]bool {
	clean := make(map[string]bool, len(p.fields))
	for i := range p.fields {
		f := &p.fields[i]
		if f.isAddress() {
			continue
		}
		held := false
		for _, v := range f.values {
			held = held || ruleOf(v, false) != ""
		}
		if !held {
			clean[f.raw] = true
		}
	}
	return clean
}

// publicDays is how long the item has been public, as far as its dates tell; 0 when they do not.
func (p *page) publicDays() int {
	when := p.item.Published.Time
	if when.IsZero() {
		when = p.item.Modified.Time
	}
	if when.IsZero() {
		return 0
	}
	return int(p.day.Sub(when).Hours() / 24)
}

// reasons runs every rule and gives what they found, the heaviest first, then by rule, then by
// place.
func (p *page) reasons() []Reason {
	var spoken []speaking
	for i := range rules {
		r := &rules[i]
		if p.policy.off(r.ID) || p.item.Withheld != "" && r.ID != p.item.Withheld {
			continue // of what was withheld there is nothing else to say
		}
		found, failed := r.apply(p)
		if failed {
			spoken = append(spoken, speaking{r, found})
			continue
		}
		spoken = append(spoken, p.weigh(r, found)...)
	}
	all := p.quoting(spoken)
	for _, r := range p.beside() {
		if !slices.ContainsFunc(all, func(o Reason) bool { return o.Rule == r.Rule && weight(o.Severity) >= weight(r.Severity) }) {
			all = append(all, r)
		}
	}
	settleFirst(all)
	slices.SortStableFunc(all, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(weight(b.Severity), weight(a.Severity)), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Where, b.Where))
	})
	return all
}

// speaking is what a rule has found, of one severity.
type speaking struct {
	rule  *Rule
	found []finding
}

// quoting makes reasons of what was found. What one of them must not show none of them shows, so that all have to be there.
func (p *page) quoting(spoken []speaking) (all []Reason) {
	p.withhold(spoken)
	for _, s := range spoken {
		reason := s.rule.reason(p, s.found)
		reason.kind = s.found[0].kind
		if reason.Severity == Block && reason.kind == "" {
			reason.kind = Secret
		}
		all = append(all, reason)
	}
	return all
}

// weigh applies what holds for every rule (combination rules of the domain) and groups the findings
// of one rule by severity.
func (p *page) weigh(r *Rule, found []finding) []speaking {
	kept := found[:0:0]
	for _, f := range found {
		if f.private && len(found) >= maxFindings {
			p.printed |= everything // nobody has looked for more
		}
		if f.severity == "" {
			f.severity = r.Severity
		}
		if f.kind == "" {
			f.kind = r.Kind
		}
		if f.field >= 0 && !r.Hard && f.severity != Good {
			if at := p.fields[f.field].spot; at == inRest || at == inSite {
				continue // navigation and footers of a site say nothing about the item
			} else if _, read := besideRules[r.ID]; !read && (at == inBox || at == inHeading && p.apart(&p.fields[f.field])) {
				continue
			} else if at == inTemplate && !p.heldByTemplate(r, f.severity) {
				continue
			}
		} else if f.field >= 0 && f.severity == Good && p.fields[f.field].spot == inTemplate {
			continue
		}
		if p.ofOthers(r, &f) {
			continue
		}
		kept = append(kept, f)
	}
	if len(kept) == 0 {
		return nil
	}
	var all []speaking
	for _, s := range []Severity{Block, Review, Note, Good} {
		var same []finding
		for _, f := range kept {
			if f.severity == s {
				same = append(same, f)
			}
		}
		if len(same) > 0 {
			all = append(all, speaking{r, same})
		}
	}
	return all
}

// heldByTemplate tells whether a finding in what many pages of a source repeat is one of the item. A block
// and a mark are, wherever the words stand; inside, so is what a person must look at. On a public site what
// every page says has been said to everybody, and nobody will publish it with the item.
func (p *page) heldByTemplate(r *Rule, s Severity) bool {
	family, _, _ := strings.Cut(r.ID, "/")
	return s == Block || s == Review && (!p.public || family == "marking" || family == "lifecycle" || family == "garden")
}

func weight(s Severity) int {
	switch s {
	case Block:
		return 4
	case Review:
		return 3
	case Note:
		return 2
	case Good:
		return 1
	}
	return 0
}

// verdict combines the reasons: severity beats score, the floor of the type comes last (it is a
// rule, type/floor), what could not be read is never publishable.
func (p *page) verdict(reasons []Reason) Verdict {
	v := Verdict{
		Type: p.sorted.id, Secondary: p.sorted.others, Confidence: p.sorted.confidence, Format: p.format,
		Topic: p.topic(), Audience: p.audience(), Reasons: reasons,
		Freshness: p.state.freshness, Evergreen: p.state.evergreen, BestImage: p.best, ImageRights: p.rights,
		Day: p.day.Format(time.DateOnly), Rules: p.policy.version(),
	}
	if v.Reasons == nil {
		v.Reasons = []Reason{}
	}
	worst, kinds := "", map[Kind]bool{}
	for _, r := range reasons {
		if worst == "" || weight(r.Severity) > weight(Severity(worst)) {
			worst = string(r.Severity)
		}
		if r.Severity == Block {
			kinds[r.kind] = true
		}
		if r.Approver != "" && (r.Severity == Block || r.Severity == Review) && !slices.Contains(v.Approvers, r.Approver) {
			v.Approvers = append(v.Approvers, r.Approver)
		}
	}
	p.score(&v)
	closed := false
	switch {
	case Severity(worst) == Block:
		v.Outcome, v.Kind = outcomeOf(kinds)
		closed = v.Outcome == Never
	case p.unreadable():
		v.Outcome = Unreadable
	case Severity(worst) == Review:
		v.Outcome = NeedsApproval
	case v.Readiness < p.policy.proposed():
		v.Outcome = NotProposed
	case Severity(worst) == Note || v.Readiness < p.policy.publishable():
		v.Outcome = NeedsEdit
	default:
		v.Outcome = Publishable
	}
	if v.Outcome != NeedsApproval && v.Outcome != Never {
		v.Approvers = nil
	}
	p.rot(&v)
	p.effort(&v)
	if !closed && v.Outcome != Unreadable && v.Kind == "" {
		v.Hook = p.hook()
		p.networks(&v)
	}
	if closed { // nothing speaks for what must not leave
		closeQuotes(v.Reasons)
		v.For = nil
	}
	v.Topic = Mask(p.hide(v.Topic))
	return v
}

// tellable are the families whose words are a mark on the item and no part of its secret: they may be
// quoted even when nothing else may.
var tellable = map[string]bool{"marking": true, "lifecycle": true, "location": true, "press": true, "copy": true, "type": true, "freshness": true}

// closeQuotes takes out of the reasons of an item that must never leave what they would tell of it:
// marks are quoted without their surroundings, personal data as it is masked, the rest not at all.
func closeQuotes(reasons []Reason) {
	for i := range reasons {
		r := &reasons[i]
		family, _, _ := strings.Cut(r.Rule, "/")
		switch {
		case r.Quote == "":
		case tellable[family] && r.words != "", strings.Contains(r.words, masked):
			r.Quote = r.words
		default:
			r.Quote = closedQuote
		}
	}
}

const (
	closedQuote = "•••"
	masked      = "••"
)

// outcomeOf tells apart what harms from what is only too late or too small.
func outcomeOf(kinds map[Kind]bool) (Outcome, Kind) {
	for _, k := range []Kind{Secret, Unlawful, Embargo} {
		if kinds[k] {
			return Never, k
		}
	}
	if kinds[Expired] {
		return NotProposed, Expired
	}
	return NotProposed, Trivial
}

// unreadable tells whether there is a problem that leaves nothing to judge. Pictures, sound and film
// have no text by nature and are judged by what is said of them.
func (p *page) unreadable() bool {
	if p.item.Problem == nil {
		return false
	}
	if p.item.Problem.Code == content.NoText && (p.image || p.film) {
		return false
	}
	return p.body < 0 || p.text.words == 0
}
