package classify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Rule is one thing that filon looks for. A rule is a value: what every rule would repeat (switched
// off, nothing to look at, masking, counting, a panic) is done once, in Judge.
type Rule struct {
	ID       string   // family/what, lower case, never reused
	Severity Severity // of its findings, unless a finding says otherwise
	Kind     Kind     // of a block: why the item is never published or not proposed; "" is secret
	Needs    need     // what an item must have for the rule to look at it
	Says     Text     // one sentence for people
	Approver string   // the role that must say yes, an id of TypeLabel's kind; "" when the editor can
	Basis    string   // legal basis in short, in the words of French law; a routing hint, not advice
	Source   string   // where the rule comes from
	Hard     bool     // nothing takes it back: no boilerplate, no audience already reached

	find func(p *page) []finding
}

// need is what a rule looks at.
type need uint8

const (
	anything need = iota
	hasText
	hasImages
)

// finding is one place where a rule spoke: low[start:end] of a field.
type finding struct {
	field      int
	start, end int      // offsets in the original text of the field
	severity   Severity // "" for the rule's own
	kind       Kind
	says       *Text  // in place of the rule's own sentence
	quote      string // words that stand in no field
	approver   string
	whole      bool     // it is quoted without its surroundings
	figured    bool     // the figures of its sentence are not shown
	private    bool     // no word of its sentence is shown, nor of the rows of its cells
	cells      []extent // of a table below the head that it is
	covered    bool     // the cells are not shown
}

// RuleTable lists every rule, by family and then as declared. The slice is a copy.
func RuleTable() []Rule { return slices.Clone(rules) }

// rules is every rule there is. A new rule is one line here and two cases in testdata/cases.
var rules = slices.Concat(gardenRules, markingRules, lifecycleRules, personalRules, specialRules, secretRules,
	staffRules, insideRules, senseRules, legalRules, businessRules, financeRules, imageRules, pressRules, claimRules,
	locationRules, copyRules, freshnessRules, completenessRules, voiceRules, typeRules)

// apply runs one rule. A rule that panics becomes a reason that says so: the item then needs a
// person, whatever else is known.
func (r *Rule) apply(p *page) (found []finding, failed bool) {
	defer func() {
		if recover() != nil {
			found, failed = []finding{{field: -1, severity: Review, approver: "it", says: &Text{
				FR: fmt.Sprintf("La règle %s a échoué sur ce contenu : à vérifier par une personne", r.ID),
				EN: fmt.Sprintf("Rule %s failed on this item: a person must check it", r.ID)}}}, true
		}
	}()
	switch {
	case r.Needs == hasText && p.body < 0, r.Needs == hasImages && len(p.item.Images) == 0 && !p.image:
		return nil, false
	}
	return r.find(p), false
}

// reason turns the findings of one rule with one severity into one Reason: the first is quoted, the
// others are counted.
func (r *Rule) reason(p *page, found []finding) Reason {
	first := found[0]
	reason := Reason{Rule: r.ID, Severity: first.severity, Says: r.Says, Approver: r.Approver, Basis: r.Basis}
	if first.says != nil {
		reason.Says = *first.says
	}
	if first.approver != "" {
		reason.Approver = first.approver
	}
	if first.severity == Note || first.severity == Good {
		reason.Approver = ""
	}
	if len(found) > 1 {
		reason.Count = len(found)
	}
	switch {
	case first.quote != "":
		reason.Quote = cut(shown(first.quote), maxQuote)
	case first.field >= 0 && first.end > first.start:
		f := &p.fields[first.field]
		from, to := first.start, min(first.end, len(f.raw))
		if !first.whole {
			from, to = f.window(from, to)
		}
		reason.Quote = shown(p.part(first.field, from, to))
		if first.whole {
			reason.Quote = cut(reason.Quote, maxQuote)
		}
		if family, _, _ := strings.Cut(r.ID, "/"); !first.whole || tellable[family] { // a whole sentence is no word that may be quoted
			reason.words = cut(shown(p.part(first.field, first.start, min(first.end, len(f.raw)))), maxQuote)
		}
	}
	if first.field >= 0 {
		reason.Where = p.fields[first.field].where(first.start)
	}
	return reason
}

const maxQuote = 160

// window is the surroundings of raw[start:end] that a quote of these words shows.
func (f *field) window(start, end int) (from, to int) {
	raw := f.raw
	end = min(end, len(raw))
	start = min(start, end)
	if end-start > maxQuote {
		end = start + len(cut(raw[start:end], maxQuote))
	}
	from, to = start, end
	for from > 0 && start-from < 40 && raw[from-1] != '\n' {
		from--
	}
	for to < len(raw) && to-end < 40 && raw[to] != '\n' {
		to++
	}
	// whole words only
	if from > 0 && raw[from-1] != '\n' {
		if i := strings.IndexByte(raw[from:start], ' '); i >= 0 {
			from += i + 1
		} else {
			from = start
		}
	}
	if to < len(raw) && raw[to] != '\n' {
		if i := strings.LastIndexByte(raw[end:to], ' '); i >= 0 {
			to = end + i
		} else {
			to = end
		}
	}
	// a value that the window cuts would escape the mask
	first, _ := slices.BinarySearchFunc(f.values, from, func(v value, at int) int { return cmp.Compare(v.end, at+1) }) // they are in order and apart
	for _, v := range f.values[first:] {
		if v.start >= to {
			break
		}
		if v.start < from && v.end > from {
			from = v.start
		}
		if v.start < to && v.end > to {
			to = v.end
		}
	}
	return from, to
}

// shown is a text as people may see it: on one line, masked before and after it was put there, and
// without the marks of Redact.
func shown(s string) string {
	s = strings.ToValidUTF8(s, "?")
	for {
		from := strings.Index(s, maskedLead)
		if from < 0 {
			break
		}
		end := strings.IndexByte(s[from:], ']')
		if end < 0 {
			break
		}
		s = s[:from] + "••••" + s[from+end+1:]
	}
	return Mask(strings.Join(strings.Fields(Mask(s)), " "))
}

// finding of a hit.
func (p *page) at(h *hit) finding {
	f := &p.fields[h.field]
	from, to := f.span(int(h.start), int(h.end))
	return finding{field: int(h.field), start: from, end: to}
}

// lows turns offsets of folded text into a finding.
func (p *page) lows(field, start, end int) finding {
	from, to := p.fields[field].span(start, end)
	return finding{field: field, start: from, end: to}
}

// listed makes the finder of a rule that speaks at every hit of a list that passes.
func listed(name string, pass func(p *page, f *field, h *hit) bool) func(p *page) []finding {
	id := words.list(name)
	return func(p *page) (found []finding) {
		p.each(id, func(f *field, h *hit) bool {
			if pass == nil || pass(p, f, h) {
				found = append(found, p.at(h))
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// maxFindings of one rule on one item: beyond it, more says nothing more.
const maxFindings = 200
