package classify

import (
	"iter"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is told in passing of a person: a private fact as an apposition ("Lucas, autiste, …"), what was done to them as a
// noun ("le renvoi de Pascal Brunet"), a yearly sum without a word of pay ("Dean Whitlock, 34,200 pounds a year").

// restOfName is the end of a name: the words with capitals behind a given name.
const restOfName = `(?:[ \x{a0}-](?:(?:de|du|la|le|van|von|el|ben) |d['’])?\p{Lu}[\pL'’-]+){0,3}`

var (
	// between a name and its apposition: ", ", " (", " – ", ", from dispatch, "
	apposes = regexp.MustCompile(`(?i)^(?:,? ?[,(–—] ?|, [^,.;:!?\n()]{3,40}, |,? (?:a|an|un|une) )(?:(?:a|an|un|une|the|ancien|ancienne|devenue?|profoundly|slightly|recovering) )?$`)
	// behind it
	apposed = regexp.MustCompile(`^(?: (?:de naissance|depuis [^,.;:\n]{2,30}|since [^,.;:\n]{2,30}|from birth|d'une oreille|in one ear))?(?: ?[,.;:)–—!\n]|$| et | and )`)
	// an apposition that comes first: "Épileptique, Nadia …", "Deaf since birth, Tracy …"
	comesFirst = regexp.MustCompile(`^(?: (?:de naissance|depuis [^,.;:\n]{2,30}|since [^,.;:\n]{2,30}|from birth))?, (?:(?:notre|mon|ma|our|my|le|la|poor) (?:\pL+ )?)?$`)
	nameTail   = regexp.MustCompile(`^` + restOfName)
	tales      = [...]listID{words.list("sense fr tale"), words.list("sense en tale")}
)

// eachName calls found with the people of a field and the given names alone, as spans of the raw text.
func (p *page) eachName(found func(field, a, b int, whole bool) bool) {
	for _, q := range p.people {
		if !found(q.field, q.start, q.end, true) {
			return
		}
	}
	p.each(listGiven, func(f *field, h *hit) bool {
		a, b := f.span(int(h.start), int(h.end))
		if r, _ := utf8.DecodeRuneInString(f.raw[a:]); !unicode.IsUpper(r) || p.personNear(int(h.field), a, b, 0) {
			return true
		}
		tail := nameTail.FindString(cut(f.raw[b:], 60))
		return found(int(h.field), a, b+len(tail), tail != "")
	})
}

// inTale tells whether the sentence low[from:to] of a field is of a story, of the stage or of the past.
func (p *page) inTale(f *field, from, to int) bool {
	for i, list := range tales {
		if p.tales[i] == nil {
			p.tales[i] = p.hitsOf(list)
		}
		if len(hitsIn(p.tales[i][f], from, to)) > 0 {
			return true
		}
	}
	said := strings.Join(splitWords(f.low[from:to]), " ")
	m := datedYear.FindStringSubmatch(said)
	return m != nil && number(m[1]) < p.day.Year()-longPast && !ownYear.MatchString(said)
}

// longPast is how many years after what happened it is history.
const longPast = 40

// findApposed finds the words of a list that stand beside a name as what the person is.
func findApposed(list string) func(p *page) []finding {
	id := words.list(list)
	return func(p *page) (found []finding) {
		if p.public || p.settled || !p.has(id) {
			return nil
		}
		type name struct{ field, a, b int }
		var names []name
		p.eachName(func(field, a, b int, _ bool) bool {
			names = append(names, name{field, a, b})
			return len(names) < 1000
		})
		p.each(id, func(f *field, h *hit) bool {
			if !f.prose() && f.spot != inLabel {
				return true
			}
			g := p.at(h)
			for _, n := range names {
				if n.field != g.field || n.a > g.end+60 || n.b < g.start-60 {
					continue
				}
				behind := n.b <= g.start && apposes.MatchString(f.raw[n.b:g.start]) && apposed.MatchString(cut(f.raw[g.end:], 60))
				before := n.a >= g.end && comesFirst.MatchString(f.raw[g.end:n.a]) && beginsSentence(f.raw, g.start)
				if !behind && !before {
					continue
				}
				from, to := f.sentence(g.start, g.end)
				lowFrom, lowTo := sentenceBounds(f.low, int(h.start), int(h.end))
				if p.inTale(f, lowFrom, lowTo) || p.disclaimed(f, int(h.start)) {
					break
				}
				g.start, g.end, g.whole = max(from, min(n.a, g.start)), min(to, max(n.b, g.end)), true
				g.severity, g.says = Review, nil
				found = append(found, g)
				break
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// sentenceBounds is the sentence around low[start:end], brackets and all.
func sentenceBounds(low string, start, end int) (from, to int) {
	from, to = max(0, start-longestWish), min(len(low), end+longestWish)
	from += strings.LastIndexAny(low[from:start], endsOfWish) + 1
	if n := strings.IndexAny(low[end:to], endsOfWish); n >= 0 {
		to = end + n
	}
	return from, to
}

// beginsSentence tells whether raw[at] is the first word of a sentence.
func beginsSentence(raw string, at int) bool {
	s := strings.TrimRight(raw[max(0, at-8):at], " \u00a0«\"“")
	return s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:;\n|")
}

var (
	listRemoval = words.list("staff removal")
	removedWho  = regexp.MustCompile(`^ (?:de |d['’]|du |of |à |a |for |to )(?:notre |our |la |le |l['’])?$`)
)

// findRemoval finds a dismissal, a demotion, a blame as a noun with the name of the person: "le renvoi de Pascal Brunet",
// "Pauline Herrick's dismissal".
func findRemoval(p *page) (found []finding) {
	if p.public || p.settled || !p.has(listRemoval) {
		return nil
	}
	removals := p.hitsOf(listRemoval)
	p.eachName(func(at, a, b int, whole bool) bool {
		f := &p.fields[at]
		if removals[f] == nil || !f.prose() {
			return true
		}
		low := sort.Search(len(f.low), func(i int) bool { return f.rawAt(i) >= a })
		for _, h := range hitsIn(removals[f], max(0, low-60), low+b-a+12) {
			g := p.at(h)
			after := g.end <= a && removedWho.MatchString(f.raw[g.end:a])
			owned := g.start >= b && (f.raw[b:g.start] == "'s " || f.raw[b:g.start] == "’s ")
			word := f.low[h.start:h.end]
			if !after && !owned || !whole && (word == "suspension" || word == "renvoi" || word == "removal") && !strings.Contains(cut(f.low[h.end:], 60), " pour ") {
				continue
			}
			if from, to := sentenceBounds(f.low, int(h.start), int(h.end)); !p.inTale(f, from, to) {
				g.start, g.end = min(g.start, a), max(g.end, b)
				g.severity, g.approver = Review, "hr"
				found = append(found, g)
			}
		}
		return len(found) < maxFindings
	})
	return found
}

// askingHR makes the findings of a finder ask those who know the staff, where the rule closes.
func askingHR(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		for i := range found {
			found[i].severity, found[i].approver = Review, "hr"
		}
		return found
	}
}

const (
	paySum    = `(?:[€$£] ?\d{1,3}(?:[., \x{a0}\x{202f}]?\d{3})*k?|\d{1,3}(?:[., \x{a0}\x{202f}]?\d{3})+(?:,\d\d)? ?(?:€|£|\$|euros?|pounds?|dollars?|francs suisses|chf)|\d{2,3}(?:,\d)? ?(?:k ?€|k\b|kilo-?euros|grand\b))`
	payTimes  = `(?: ?/ ?(?:an|mois|month|year)\b| (?:bruts?|nets?|gross|net|annuels?|mensuels?|annually|monthly|a (?:month|year)|per (?:month|year|annum)|p\.?a\.?|par (?:an|mois)|l['’]an|chaque mois|chaque année|each (?:month|year))(?:[^\pL]|$))`
	payLevel  = `(?:niveau|échelon|grade|level|band|coefficient|coef\.?|indice|catégorie|cat\.|step|classe|palier) ?[\w.-]{1,4}`
	payVerb   = `(?:gagne|gagnait|touche|perçoit|palpe|encaisse|émarge à|emporte|est (?:payée? |monté[e]? à |passée? à |à )|monte à|passe à|plafonne à|earns?|gets|makes|pockets|pulls in|rakes in|takes home|draws|is on|has been on|was on|is paid|went up to|moves up to|goes up to)`
	payPeople = `(?:, (?:qui|who|our|notre|le|la|the)[^,.;\n]{1,30},)?`
)

var (
	// behind a name
	payRow     = regexp.MustCompile(`(?i)^` + payPeople + `(?: ?[,:(–—|\t] ?)+` + payLevel + ` ?[,:;) (–—|\t]+` + paySum)
	payYearly  = regexp.MustCompile(`(?i)^` + payPeople + `(?: ?[,:(–—|\t] ?)+(` + paySum + `)` + payTimes)
	payEarned  = regexp.MustCompile(`(?i)^` + payPeople + `,? ?(?:\pL+ ){0,2}?` + payVerb + ` ?(?:\pL+ ){0,4}?(` + paySum + `)(?:` + payTimes + `|[^\n.;]{0,30}(?:par mois|par an|a month|a year|depuis|since| en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)| in (?:january|february|march|april|may|june|july|august|september|october|november|december)))`)
	payCompare = regexp.MustCompile(`(?i)(?:gagne|touche|perçoit|palpe|encaisse|emporte|paye|payée?|earns?|gets|makes|pockets|takes home|draws|paid)\b[^.;\n]{0,60}(?:euros?|€|pounds?|dollars?|[£$€] ?\d[\d,. ]*)(?: (?:a|per|each) month| (?:par|chaque) mois| (?:a|per) year| par an| nets?| bruts?)? (?:(?:de (?:plus|moins)|more|less)(?: (?:a|per|each) month| (?:par|chaque) mois| par an| a year)? (?:que|qu['’]|than)|(?:more|less) than) ?\p{Lu}`)
	payTimesOf = regexp.MustCompile(`(?i)(?:fois (?:ce que|ce qu['’]|la pa[iy]e|le salaire|plus qu)[^.;\n]{0,60}(?:emporte|touche|gagne|palpe|encaisse|perçoit)|times (?:an? |the |what )?[\pL'’ ]{2,30}(?:wages?|pay|salary|earns|makes|takes home)[^.;\n]{0,60}(?:take home|takes home|earn|earns|make|makes|pocket|get|draw)|(?:emporte|touche|gagne|palpe)[^.;\n]{0,30} fois (?:ce que|ce qu['’]|la pa[iy]e|le salaire))`)
	paySeen    = newSeeker([]string{"euro", "pound", "dollar", "fois", "times"})
)

// leastMonthly is the least sum that could be what somebody lives on: those of gifts and passes are smaller.
const leastMonthly = 600

// findPayOf finds what a named person has a year or a month, though no word of pay stands there. It asks.
func findPayOf(p *page) (found []finding) {
	if p.public || p.settled || p.named("job_offer") {
		return nil
	}
	note := func(field, from, to int) {
		found = append(found, finding{field: field, start: from, end: to, quote: "••••", severity: Review})
	}
	seen := map[int]bool{}
	p.eachName(func(field, a, b int, _ bool) bool {
		f := &p.fields[field]
		if !f.prose() {
			return true
		}
		tail := cut(f.raw[b:], 140)
		if n := strings.IndexByte(tail, '\n'); n >= 0 {
			tail = tail[:n]
		}
		if strings.IndexByte(tail, 'k') < 0 && !hasCurrency(tail) && !paySeen.in(foldString(tail)) && !seenPayBefore(f, a) {
			return true
		}
		if mayBePaid(tail) {
			if m := payRow.FindStringIndex(tail); m != nil {
				note(field, a, b+m[1])
				return len(found) < maxFindings
			}
			for _, form := range []*regexp.Regexp{payYearly, payEarned} {
				if m := form.FindStringSubmatchIndex(tail); m != nil && livedOn(tail[m[2]:m[3]]) {
					note(field, a, b+m[1])
					return len(found) < maxFindings
				}
			}
		}
		from, to := f.sentence(a, b)
		if seen[from<<12|field] {
			return true
		}
		seen[from<<12|field] = true
		sentence := f.raw[from:to]
		if !hasCurrency(sentence) && !paySeen.in(foldString(sentence)) {
			return true
		}
		if payCompare.MatchString(sentence) || payTimesOf.MatchString(sentence) {
			note(field, from, to)
		}
		return len(found) < maxFindings
	})
	return append(found, p.payOfGuessed(found)...)
}

// twoCapitals is what may be a name of which neither part is known.
var twoCapitals = regexp.MustCompile(`(\p{Lu}\p{Ll}[\pL'’-]*)[ \x{a0}](\p{Lu}\p{Ll}[\pL'’-]*)$`)

// mostSums is how many sums of a field are looked at.
const mostSums = 100

// payOfGuessed finds what people have whose given name is not known, beside what is found: two words with capitals right
// before a level or a sum with its time.
func (p *page) payOfGuessed(known []finding) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if !f.prose() || !hasCurrency(f.raw) && !paySeen.in(f.low) {
			continue
		}
		for sum := range sumsOf(f.raw) {
			from := max(0, sum[0]-60)
			from += strings.LastIndexAny(f.raw[from:sum[0]], "\n\t|.;") + 1
			before := f.raw[from:sum[0]]
			at := strings.IndexAny(before, ",:(–—")
			if at < 0 {
				continue
			}
			m := twoCapitals.FindStringSubmatchIndex(before[:at])
			if m == nil || m[0] > 0 && strings.TrimSpace(before[:m[0]]) != "" || notPeople[foldString(before[m[2]:m[3]])] || notPeople[foldString(before[m[4]:m[5]])] {
				continue // "our Leisure Centre, £38,000 a year"
			}
			tail := f.raw[from+m[1] : min(len(f.raw), sum[1]+24)]
			row, yearly := payRow.MatchString(tail), payYearly.FindStringSubmatchIndex(tail)
			if !row && (yearly == nil || !livedOn(tail[yearly[2]:yearly[3]])) {
				continue
			}
			g := finding{field: i, start: from + m[0], end: sum[1], quote: "••••", severity: Review}
			if !slices.ContainsFunc(known, func(k finding) bool { return k.field == i && k.start < g.end && g.start < k.end }) {
				found = append(found, g)
			}
		}
	}
	return found
}

var (
	anySum    = regexp.MustCompile(`^(?i:` + paySum + `)`)
	sumBegins = bytesOf("0123456789€£$") // also of some other signs
)

// sumsOf gives where the sums of a text begin and end, of the first mostSums.
func sumsOf(raw string) iter.Seq[[2]int] {
	const longest = 80 // bytes of a sum
	return func(yield func([2]int) bool) {
		for i, n := 0, 0; i < len(raw) && n < mostSums; i++ {
			if !sumBegins[raw[i]] {
				continue
			}
			if m := anySum.FindStringIndex(raw[i:min(len(raw), i+longest)]); m != nil {
				n++
				if !yield([2]int{i, i + m[1]}) {
					return
				}
				i += m[1] - 1
			}
		}
	}
}

// mayBePaid tells whether there may be a sum in a text: a figure, and something to count in.
func mayBePaid(s string) bool {
	return hasDigit(s) && (hasCurrency(s) || inThousands.MatchString(s) || paidIn.in(foldString(s)))
}

// What paySum counts in, in letters.
var (
	inThousands = regexp.MustCompile(`\d ?[kK]`)
	paidIn      = newSeeker([]string{"euro", "pound", "dollar", "francs suisses", "chf", "kilo", "grand"})
)

// hasCurrency tells whether the sign of a currency stands in a text.
func hasCurrency(s string) bool {
	return strings.IndexByte(s, '$') >= 0 || strings.Contains(s, "€") || strings.Contains(s, "£")
}

// seenPayBefore tells whether what stands before a name may compare pay: "three times what a clerk earns goes to X".
func seenPayBefore(f *field, at int) bool {
	before := f.raw[max(0, at-120):at]
	return strings.Contains(before, "fois") || strings.Contains(before, "times")
}

// livedOn tells whether a sum is of the size of a month's or a year's pay.
func livedOn(sum string) bool {
	digits := 0
	for _, r := range sum {
		if r >= '0' && r <= '9' && digits < 1e7 {
			digits = digits*10 + int(r-'0')
		}
	}
	if strings.ContainsAny(sum, "kK") || strings.Contains(sum, "grand") {
		digits *= 1000
	}
	return digits >= leastMonthly && digits < 2e6
}
