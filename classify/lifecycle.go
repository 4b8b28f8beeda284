package classify

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Markings of a life: draft, obsolete, under embargo, released (domain 3.2).

var lifecycleRules = []Rule{
	{ID: "lifecycle/draft", Severity: Review, Approver: "owner", Source: "domain 3.2: draft",
		Says: Text{"Brouillon ou version non validée", "A draft or a version nobody approved"}, find: findDraft},
	{ID: "lifecycle/placeholder", Severity: Review, Approver: "owner", Source: "domain 3.2: draft",
		Says: Text{"Texte à compléter", "Text that waits to be filled in"}, find: findPlaceholders},
	{ID: "lifecycle/status", Severity: Review, Approver: "owner", Source: "domain 3.2 and 3.12: CMS status",
		Says: Text{"Le CMS dit que ce contenu n'est pas publié", "The CMS says that this item is not published"}, find: findStatus},
	{ID: "lifecycle/obsolete", Severity: Block, Kind: Expired, Source: "domain 3.2: obsolete",
		Says: Text{"Marqué obsolète ou archivé", "Marked obsolete or archived"}, find: findObsolete},
	{ID: "lifecycle/replaces", Severity: Note, Source: "domain 3.2: obsolete",
		Says: Text{"Annule et remplace une autre version : vérifier que c'est la dernière", "Replaces another version: check that it is the last"}, find: listed("lifecycle replaces", nil)},
	{ID: "lifecycle/embargo", Severity: Block, Kind: Embargo, Approver: "comms", Basis: "embargo professionnel ; société cotée : peut-être MAR art. 7", Source: "domain 3.2: embargo",
		Says: Text{"Sous embargo", "Under embargo"}, find: findEmbargo},
	{ID: "lifecycle/release", Severity: Good, Source: "domain 3.2: release",
		Says: Text{"Pour diffusion immédiate", "For immediate release"}, find: listed("lifecycle release", nil)},
}

var (
	versionZero = mustAtWord(`(?:\b|_)v ?0[._-]\d{1,2}\b`)
	todoWords   = newSeeker([]string{"TODO", "FIXME", "XXX", "TBD", "TBC", "COMPL", "ompléter]", "ompleter]"})
	todoMark    = regexp.MustCompile(`\b(?:TODO|FIXME|TBD|TBC)\s?[:\]]|\bXXX (?:à|a) |\[(?:TODO|XXX|TBD|TBC|À COMPLÉTER|A COMPLETER)[^\]]{0,60}\]|\[(?:à|a) compléter\]|\b(?:TBC|TBD) ?[-–—,] ?\pL`)
	listDraft   = words.list("lifecycle draft")
	listEmbargo = words.list("lifecycle embargo")
)

// findObsolete reads stamps at the head of an item or on the pages of a document, and what it says of itself.
func findObsolete(p *page) []finding {
	return append(listed("lifecycle obsolete", func(p *page, f *field, h *hit) bool {
		if goesOff(f, h) {
			return false
		}
		if f.spot == inText && h.start >= 200 || p.aside {
			return p.alone(f, int(h.start), int(h.end))
		}
		return p.marks(f, h)
	})(p), p.outdated()...)
}

// findDraft reads draft stamps: on the pages of a document they block until the final version, in a
// title or a file name they ask.
func findDraft(p *page) (found []finding) {
	p.each(listDraft, func(f *field, h *hit) bool {
		figures := strings.Contains(f.low[h.start:h.end], "chiffres provisoires") || strings.Contains(f.low[h.start:h.end], "audit") || strings.Contains(f.low[h.start:h.end], "figures")
		if figures && f.said() {
			found = append(found, p.at(h))
			return true
		}
		if mentioned(f, h) || p.namesGoods(f, h) {
			return true
		}
		if !p.marks(f, h) || p.aside && !p.alone(f, int(h.start), int(h.end)) {
			return true
		}
		g := p.at(h)
		if f.spot == inWatermark || f.spot == inHeader || f.spot == inFooter || f.spot == inBanner || f.spot == inTemplate {
			g.severity, g.kind = Block, Secret
		}
		found = append(found, g)
		return true
	})
	for i := range p.fields {
		f := &p.fields[i]
		switch f.spot {
		case inFile, inHeader, inFooter, inCover, inTitle:
			if strings.Contains(f.low, "0") {
				if m := versionZero.FindStringIndex(f.low); m != nil {
					found = append(found, p.lows(i, m[0], m[1]))
				}
			}
		}
		if f.spot == inWatermark || f.spot == inBanner {
			if s := strings.TrimSpace(f.low); s == "projet" || s == "project draft" {
				g := finding{field: i, end: len(f.raw), severity: Block, kind: Secret}
				found = append(found, g)
			}
		}
	}
	return found
}

// What speaks of drafts carries no stamp: steps of writing in a row ("Draft, review, publish"), a draft of which something is told
// ("Éloge du brouillon"), and what somebody would read in quotes ("if it says …").
var (
	stepsOfWriting = regexp.MustCompile(`^(?:draft (?:fast|quickly|first|badly|early|your|an?|it|each|every)\b|(?:(?:draft|drafting), (?:review|edit|revis|proofread|check|publish|rewrit|cut|polish|test|send|sign|share|read|repeat|wait|sleep)[a-z]*|(?:brouillon|premier jet|ebauche), (?:relectur|relire|corrig|correction|publi|mise au propre|validation))(?:,|:| and\b| et\b|$))`)
	ofDrafts       = regexp.MustCompile(`(?:^|[^\pL\d])(?:du|des|au|aux|d'un|de son|de nos|de vos|of|of an?|of the|of your) $`)
	wouldRead      = regexp.MustCompile(`(?:\b(?:if|when|unless|whenever|si|quand|lorsque?|s) (?:[a-z']+ ){0,4}?(?:says?|reads?|called|named|dit|indique|est ecrit|lit|lisez|s'appelle)|\b(?:the )?words?|\bles? mots?|\b(?:avoid|instead of|rather than|evitez|eviter|plutot que)) ?:? ?[«"“] ?[a-z ]{0,16}$`)
)

func mentioned(f *field, h *hit) bool {
	from, _ := f.span(int(h.start), int(h.end))
	if !shouted(f.raw[from:min(len(f.raw), from+8)]) && stepsOfWriting.MatchString(strings.TrimLeft(f.low[h.start:min(len(f.low), int(h.end)+60)], " ")) {
		return true
	}
	if low := f.low[max(0, int(h.start)-16):h.start]; ofDrafts.MatchString(low) {
		return true
	}
	before := f.raw[max(0, from-80):from]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	return wouldRead.MatchString(foldString(before))
}

// beforeRelease are parts of the words for what a text still has to pass.
var beforeRelease = newSeeker([]string{"valid", "relire", "relecture", "publi", "mise en ligne", "mettre en ligne", "diffus", "approv", "proofread", "go live", "going live", "sign off", "sign-off", "legal", "juridique"})

// fewestAlike is how many other lines of a text begin with the word of a maker or a brand that stands before a word of a
// draft: "Hakutsuru Superior", "Hakutsuru Draft".
const fewestAlike = 2

// headOfText is how many bytes of a text its stamps stand in.
const headOfText = 200

// namesGoods tells whether a word of a draft, in small letters, ends a line in a list of goods whose names begin alike.
func (p *page) namesGoods(f *field, h *hit) bool {
	if p.body < 0 || f.spot != inHeading && (f.spot != inText || h.start < headOfText) {
		return false
	}
	a, b := f.span(int(h.start), int(h.end))
	from, to, whole := lineWithin(f.raw, a, b, longestStampLine)
	brand, _, more := strings.Cut(strings.TrimSpace(f.raw[from:a]), " ")
	if !whole || to != b || more || len(brand) < 4 || !upperFirst(brand) || shouted(f.raw[a:b]) || papers[foldString(brand)] {
		return false
	}
	if p.begins == nil {
		p.begins = map[string]int{}
		_, lines, _ := strings.Cut(cut(p.fields[p.body].raw, maxTongue<<4), "\n")
		for line := range strings.SplitSeq(lines, "\n") {
			if first, _, more := strings.Cut(line, " "); more {
				p.begins[first]++
			}
		}
	}
	return p.begins[brand] > fewestAlike
}

var (
	listFiller = words.list("lifecycle placeholder")
	listTodo   = words.list("lifecycle todo") // the words of todoMark
)

func findPlaceholders(p *page) (found []finding) {
	p.each(listFiller, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		if word == "lorem ipsum" && (f.spot == inText || f.spot == inTitle) || (f.spot == inText || f.spot == inTitle) && stamp(f, int(h.start), int(h.end), 3) && p.item.Shape.Forms == 0 {
			found = append(found, p.at(h))
		}
		return len(found) < maxFindings
	})
	if !p.has(listTodo) {
		return found
	}
	for i := range p.fields {
		f := &p.fields[i]
		if i != p.body && (p.public || f.spot != inComment || !beforeRelease.in(f.low)) { // what developers remind each other of is none
			continue
		}
		tried := 0
		todoWords.each(f.raw, func(k int, _ sought) bool {
			from := max(0, k-12)
			m := todoMark.FindStringIndex(f.raw[from:min(len(f.raw), k+80)])
			if m != nil {
				found = append(found, finding{field: i, start: from + m[0], end: from + m[1]})
			}
			tried++
			return m == nil && tried < maxFindings
		})
	}
	return found
}

// findStatus reads the state that a CMS gives to an item.
func findStatus(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inProperty {
			continue
		}
		name := foldString(f.name)
		if !strings.Contains(name, "status") && !strings.Contains(name, "statut") {
			continue
		}
		switch strings.TrimSpace(f.low) {
		case "draft", "pending", "private", "future", "rejected", "denied", "brouillon", "en attente", "prive", "auto-draft", "in review", "1", "2", "3":
			if strings.TrimSpace(f.low) >= "1" && strings.TrimSpace(f.low) <= "3" && !strings.Contains(name, "moderation") {
				continue
			}
			found = append(found, finding{field: i, end: len(f.raw)})
		case "obsolete", "archived", "archive":
			found = append(found, finding{field: i, end: len(f.raw), severity: Block, kind: Expired})
		}
	}
	for _, c := range p.item.Classes {
		switch c {
		case "status-draft", "status-pending", "status-private", "status-future":
			found = append(found, finding{field: -1, quote: c})
		}
	}
	return found
}

// findEmbargo reads embargoes and the date until which they hold. After that date an embargo is a
// thing of the past. Without a date it holds.
func findEmbargo(p *page) (found []finding) {
	read := func(f *field, h *hit, how held) bool {
		if f.spot == inRest || f.spot == inURL {
			return true
		}
		// the date stands after the word, or in the rest of its sentence
		after := cut(f.low[h.start:], int(h.end-h.start)+90)
		near := p.item.Published.Time
		if near.IsZero() {
			near = p.day
		}
		var until time.Time
		end := int(h.end)
		if dates := datesIn(after, near); len(dates) > 0 {
			first := dates[0]
			for _, d := range dates {
				if d.start < first.start {
					first = d
				}
			}
			until, end = first.Time, int(h.start)+first.end
			if first.hour {
				until = until.Add(paris)
			}
		}
		word := f.low[h.start:h.end]
		said := word != "embargo" // "embargo" alone may be one on oil
		if a, b := f.span(int(h.start), int(h.end)); f.spot == inFile && f.raw[a:b] == strings.ToUpper(f.raw[a:b]) {
			said = true // in the name of a file, in capitals
		}
		tail := strings.TrimLeft(f.low[h.end:min(len(f.low), int(h.end)+24)], " _")
		for _, w := range []string{"jusqu", "until", ":", "levee", "leve le", "lifted", "fin le"} {
			said = said || strings.HasPrefix(tail, w)
		}
		if date := strings.TrimLeft(tail, "-–—( "); date != "" && isDigit(date[0]) { // "Embargo 14/01/2027"
			said = said || !until.IsZero()
		}
		if said && until.IsZero() && !p.marks(f, h) && (word == "sous embargo" || word == "under embargo" || word == "embargo" || word == "embargoed") {
			said = false // a country under embargo
		}
		if how != byStamp && until.IsZero() {
			return true
		}
		sentence := ""
		if how != byStamp {
			from, to := sentenceAt(f.low, int(h.start), int(h.end))
			sentence = f.low[from:to]
		}
		if how == byDay && !tellsOf(sentence) || how == byEverydayWords && !newsSaid.MatchString(sentence) {
			return true
		}
		if !said && !(f.spot != inText && p.marks(f, h) && len(splitWords(f.low)) <= 4) {
			return true
		}
		g := p.lows(int(h.field), int(h.start), end)
		switch {
		case until.IsZero():
			g.says = &Text{"Sous embargo, sans date de levée lisible", "Under embargo, with no readable date of release"}
		case p.day.Before(until):
			if how == byEverydayWords || how == bySentence && !newsSaid.MatchString(sentence) {
				g.severity = Review
			}
			g.says = &Text{fmt.Sprintf("Sous embargo jusqu'au %s", until.Add(-paris).Format("02/01/2006")), fmt.Sprintf("Under embargo until %s", until.Add(-paris).Format(time.DateOnly))}
		default:
			g.severity = Good
			g.says = &Text{fmt.Sprintf("L'embargo est levé depuis le %s", until.Format("02/01/2006")), fmt.Sprintf("The embargo ended on %s", until.Format(time.DateOnly))}
		}
		found = append(found, g)
		return len(found) < 8
	}
	p.each(listEmbargo, func(f *field, h *hit) bool { return read(f, h, byStamp) })
	p.each(listDatedEmbargo, func(f *field, h *hit) bool { return read(f, h, byDay) })
	p.each(listSpokenEmbargo, func(f *field, h *hit) bool { return !f.prose() || read(f, h, bySentence) })
	p.each(listEverydayEmbargo, func(f *field, h *hit) bool { return !f.prose() || read(f, h, byEverydayWords) })
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start)) })
	// one embargo is said in several words: the first of each field speaks
	kept := found[:0]
	for i, g := range found {
		if i > 0 && found[i-1].field == g.field && g.start < found[i-1].end {
			continue
		}
		kept = append(kept, g)
	}
	return kept
}
