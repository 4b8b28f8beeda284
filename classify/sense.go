package classify

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/classify/told"
)

// What colleagues say of plans, troubles, sums and people is told by what stands together in one sentence: cues of the
// matter (lists "sense …" of the lexicon) and traits that say whose it is, that it is not done yet, or that somebody
// must not know. What is told to the public, or to teach, says nothing.

var senseRules = []Rule{
	{ID: "inside/plan", Severity: Review, Approver: "management", Basis: "secret des affaires, C. com. L151-1 ; société cotée : MAR art. 7", Source: "domain 3.3, 3.6, 3.7: deals, closures, departures, terms in plain words",
		Says: Text{"Un projet ou un accord qui n'est pas annoncé", "A plan or an agreement that is not announced"}, find: unlessDone(unlessManner(unlessOfNobody(unlessTaught(either(findSense("inside/plan"), findTold(told.Plan))))))},
	{ID: "inside/trouble", Severity: Review, Approver: "legal", Basis: "secret des affaires, C. com. L151-1 ; présomption d'innocence", Source: "domain 3.6: inspections, disputes, incidents in plain words",
		Says: Text{"Un contrôle, un litige ou un incident dans l'entreprise", "An inspection, a dispute or an incident in the company"}, find: unlessDone(unlessOfNobody(unlessTaught(either(findSense("inside/trouble"), findTold(told.Trouble)))))},
	{ID: "inside/know-how", Severity: Review, Approver: "rd", Basis: "CPI L611-11 : nouveauté ; C. com. L151-1", Source: "domain 3.6: trade secret, patent not filed, in plain words",
		Says: Text{"Un savoir-faire ou une invention que d'autres n'ont pas", "Know-how or an invention that others do not have"}, find: unlessManner(unlessTaught(either(findSense("inside/know-how"), findTold(told.KnowHow))))},
	{ID: "inside/rights", Severity: Review, Approver: "comms", Basis: "CPI L122-4 ; C. civ. art. 9", Source: "domain 3.9, 3.10: pictures, music and texts without a right, in plain words",
		Says: Text{"Une image, une musique ou un texte dont les droits ou l'accord manquent", "A picture, music or a text without the rights or the consent"}, find: either(unlessTaught(either(findSense("inside/rights"), findTold(told.Rights))), findCopiedWork)},
	{ID: "inside/draft", Severity: Review, Approver: "owner", Basis: "contenu que personne n'a approuvé", Source: "domain 3.2: drafts in plain words",
		Says: Text{"Un texte ou des chiffres que personne n'a encore validés", "A text or figures that nobody has approved yet"}, find: unlessTaught(either(findSense("inside/draft"), findTold(told.Draft)))},
}

// traits are what a sentence shows beside its cues.
type traits uint32

const (
	ours     traits = 1 << iota // we, our
	open                        // not done yet
	lately                      // a day of the week, a moment ago
	hushed                      // somebody does not know
	aPerson                     // a person, by name, pronoun or trade
	aNumber                     // a figure, in digits or in words
	aSum                        // an amount of money or a share
	anOpener                    // a figure or a word that opens something
	aName                       // a name inside the sentence
	aList                       // a colon, and names one after the other
	aFirm                       // a company's name: "Fromagerie Vuillemin", "Marlow Foods"
	aHost                       // and what was done there or for it: "chez Laitinord", "at Marlow Foods"
	aQuote                      // somebody's words in quotation marks
	aPronoun                    // he or she
	aTown                       // where somebody named is from: "Odile Garnier, de Vesoul"
	aNamed                      // a person by name, if only the given one
	nowadays                    // no year long past
	aVerdict                    // words in quotation marks on something both sides know: "it", "yours"
)

// sense is one way to speak of a matter inside.
type sense struct {
	rule  string
	cues  cueSet   // all of them stand in the sentence
	needs []traits // of each, at least one is there
	not   cueSet   // none of them stands there
	aloud bool     // also where something is told to the public
	sure  bool     // also where the model hears nothing: the cues leave no doubt
}

// cueSet is a set of cues, a bit for each.
type cueSet [4]uint64

// first is the first cue of a set, which is not empty.
func (c cueSet) first() int {
	for k, part := range c {
		if part != 0 {
			return 64*k + bits.TrailingZeros64(part)
		}
	}
	panic("no cue") // the table is part of the program
}

func (c *cueSet) add(bit int) { c[bit/64] |= 1 << (bit % 64) }

func (c cueSet) all(of cueSet) bool {
	return c[0]&of[0] == of[0] && c[1]&of[1] == of[1] && c[2]&of[2] == of[2] && c[3]&of[3] == of[3]
}

func (c cueSet) some(of cueSet) bool { return c[0]&of[0]|c[1]&of[1]|c[2]&of[2]|c[3]&of[3] != 0 }

// tongues are the languages in which the cues are listed; a sentence is read in its own.
var tongues = [...]string{"fr", "en"}

// findSense makes the finder of a rule's senses in what is not public.
func findSense(rule string) func(p *page) []finding {
	return func(p *page) (found []finding) {
		if p.public || p.settled {
			return nil
		}
		for _, s := range p.sensed() {
			if len(found) < maxFindings && slices.ContainsFunc(s.senses, func(n int) bool { return senses[n].rule == rule }) {
				if rule == "inside/rights" && p.apart(&p.fields[s.field]) {
					continue
				}
				g := p.lows(s.field, s.from, s.to)
				if p.knownSums(g.field, g.start, g.end) {
					continue
				}
				g.whole, g.figured = true, true
				g.private = rule == "inside/person" && p.tellsPrivate(g.field, g.start, g.end)
				found = append(found, g)
			}
		}
		return found
	}
}

// sensed is a sentence of which the senses speak.
type sensed struct {
	field, from, to int
	senses          []int // of the table
}

// sensed gives the sentences of which the senses speak. They are found once.
func (p *page) sensed() []sensed {
	if p.spoken != nil {
		return *p.spoken
	}
	var all []sensed
	for i, marks := range p.cued() {
		for n, c := range marks.cues {
			if c == ([len(tongues)]cueSet{}) {
				continue
			}
			from, to := marks.from[n], len(p.fields[i].low)
			if n+1 < len(marks.from) {
				to = marks.from[n+1]
			}
			from += leading(p.fields[i].low[from:to])
			if said := p.speaks(i, from, to, c, marks.given[n]); said != nil && !p.disclaimed(&p.fields[i], from) && !aboutCookies(p.fields[i].low[from:to]) && (slices.ContainsFunc(said, unmistakable) || !p.unlikely(&p.fields[i], from, to)) {
				all = append(all, sensed{i, from, to, said})
			}
		}
	}
	p.spoken = &all
	return all
}

// unmistakable tells whether a sense speaks by its cues alone.
func unmistakable(n int) bool { return senses[n].aloud || senses[n].sure }

// cueMarks are the cues of each sentence of a field.
type cueMarks struct {
	from  []int
	cues  [][len(tongues)]cueSet
	given []bool // a given name stands there
}

// cued marks the sentences of every field that holds a cue.
func (p *page) cued() []cueMarks {
	all := make([]cueMarks, len(p.fields))
	at := func(h *hit) (*cueMarks, int) {
		f := &p.fields[h.field]
		if !f.prose() || f.spot == inFile {
			return nil, 0
		}
		m := &all[h.field]
		if m.cues == nil {
			m.from = sentences(f.low)
			m.cues, m.given = make([][len(tongues)]cueSet, len(m.from)), make([]bool, len(m.from))
		}
		lo, hi := 0, len(m.from)
		for hi-lo > 1 {
			if mid := (lo + hi) / 2; m.from[mid] <= int(h.start) {
				lo = mid
			} else {
				hi = mid
			}
		}
		return m, lo
	}
	for t := range tongues {
		for bit, list := range senseLists[t] {
			p.each(list, func(f *field, h *hit) bool {
				if m, n := at(h); m != nil && (bit != startBit || strings.TrimSpace(f.low[m.from[n]:h.start]) == "") {
					m.cues[n][t].add(bit)
				}
				return true
			})
		}
	}
	p.each(listGiven, func(f *field, h *hit) bool {
		if all[h.field].cues != nil && capital(f, int(h.start)) {
			m, n := at(h)
			m.given[n] = true
		}
		return true
	})
	return all
}

// longestSentence is how many bytes a sentence has before it is cut.
const longestSentence = 220

// clauseByte holds the bytes that may end a clause.
var clauseByte = [256]bool{'\n': true, '!': true, '?': true, ';': true, '.': true}

// sentences gives where each sentence of a folded text begins.
func sentences(low string) []int {
	all, last := append(make([]int, 0, len(low)/80+2), 0), 0
	for i := range len(low) {
		c := low[i]
		if !clauseByte[c] && (c != ' ' || i-last <= longestSentence) {
			continue
		}
		if c == ' ' || endsClause(low, i) && !shortened(low, i) {
			last = i + 1
			all = append(all, last)
		}
	}
	return all
}

// shortened tells whether a full stop ends a title: "M. Durand", "Dr. Weber".
func shortened(low string, i int) bool {
	from := i
	for from > 0 && isWord(low[from-1]) {
		from--
	}
	return low[i] == '.' && civilities[low[from:i]]
}

var civilities = setOf("m mm mr mrs ms dr me")

// capital tells whether a word of a field is written with a capital.
func capital(f *field, at int) bool {
	a, _ := f.span(at, at+1)
	c, _ := utf8.DecodeRuneInString(f.raw[min(a, len(f.raw)):])
	return unicode.IsUpper(c)
}

// matches tells whether the cues of a sentence are those of the sense.
func (s *sense) matches(cues cueSet) bool { return cues.all(s.cues) && !cues.some(s.not) }

// sensesBy lists the senses by the first of the cues that they need.
var sensesBy = func() (by [64 * len(cueSet{})][]int) {
	for i := range senses {
		first := senses[i].cues.first()
		by[first] = append(by[first], i)
	}
	return by
}()

// matching gives the senses of cues, in the order of the table.
func matching(cues cueSet) (all []int) {
	for k, left := range cues {
		for ; left != 0; left &= left - 1 {
			for _, i := range sensesBy[64*k+bits.TrailingZeros64(left)] {
				if senses[i].matches(cues) {
					all = append(all, i)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// speaks tells which senses speak of a sentence.
func (p *page) speaks(field, from, to int, cues [len(tongues)]cueSet, given bool) (said []int) {
	var found [len(tongues)][]int
	any := false
	for t, c := range cues {
		found[t] = matching(c)
		any = any || found[t] != nil
	}
	if !any {
		return nil
	}
	tongue := p.tongue(p.fields[field].low[from:to])
	c := cues[tongue]
	if found[tongue] == nil {
		return nil
	}
	hush := c.some(cueHushed)
	if !hush && (c.some(cueLesson) || onlyAsks(p.fields[field].low[from:to])) {
		return nil
	}
	public := !hush && c.some(cuePublic)
	var want, shows traits
	for _, i := range found[tongue] {
		if s := &senses[i]; s.aloud || !public {
			for _, need := range s.needs {
				want |= need
			}
		}
	}
	if want != 0 {
		shows = p.traitsOf(field, from, to, tongue, c, given, want)
	}
	for _, i := range found[tongue] {
		s := &senses[i]
		if public && !s.aloud {
			continue
		}
		ok := true
		for _, need := range s.needs {
			ok = ok && shows&need != 0
		}
		if ok {
			said = append(said, i)
		}
	}
	return said
}

// onlyAsks tells whether a folded sentence is a question, and nothing is said before it: "Closing Leeds in May: who takes the cup?"
func onlyAsks(low string) bool {
	return strings.HasSuffix(strings.TrimRight(low, " \n"), "?") && !strings.Contains(low, ": ")
}

var (
	ourWords      = [...]map[string]bool{words.set("sense fr ours"), words.set("sense en ours")}
	openWords     = [...]map[string]bool{words.set("sense fr open words"), words.set("sense en open words")}
	plainest      = inTongues("le la les l de d des du un une est et a au aux ne pas que qui dans pour sur on il elle nous avec", "a the of and is are to in for that with was has have we it not on at by be this will")
	futureForm    = regexp.MustCompile(`^\pL{2,}(?:[eirdu]r(?:a|ai|as|ons|ez|ont)|rait|raient)$`)
	futureEndings = setOf("a ai as ons ez ont ait aient") // after the last r
	sumForm       = regexp.MustCompile(`\d\s?(?:€|\$|£|%|[km]€|[km]\b|euros?\b|eur\b|millions?\b|milliards?\b|points?\b|pour cent|per ?cent|nets?\b|bruts?\b|grand\b|pounds\b|dollars\b)|[€$£]\s?\d|\b(?:cent|mille|million|hundred|thousand|quarante|cinquante|forty|fifty|ten)s? (?:euros|pounds|dollars|pour cent|per ?cent)`)
	sumWords      = newSeeker([]string{"euros", "pounds", "dollars", "pour cent", "per cent", "percent"})
	codeForm      = regexp.MustCompile(`\b(?:\d{4,8}[a-z]?|[a-z]\d{3,6}|\d{1,2}(?:-\d{1,2}){2,3}|[0-9a-f]{24,})\b|\pL{3,}[!_*#@+]+\d|\pL{4,}\d{2,4}\b`)
	fromTown      = regexp.MustCompile(`\p{Lu}[\pL'’-]+ \p{Lu}[\pL'’-]+,? (?:de |d['’]|à |from |of |in )\p{Lu}\p{Ll}{2,}`)
	dialled       = regexp.MustCompile(`\b(?:call|dial|phone|ring|tel|appelez)\b.{0,20}\d{3}[-. ]\d{3}[-. ]$`) // the last part of a telephone number
	yearOnly      = regexp.MustCompile(`^(?:19|20)\d\d$`)
	numberWords   = setOf("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille million millions dizaine vingtaine trentaine moitie tiers double two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty hundred thousand half third twice")
	somebodyWords = setOf("il elle lui ils elles monsieur madame mme mlle he she him her his they mr mrs ms")
)

// inTongues gives of each word of the lists in which it stands: 1, or else 0.
func inTongues(lists ...string) map[string][len(tongues)]int {
	all := map[string][len(tongues)]int{}
	for t, list := range lists {
		for _, w := range strings.Fields(list) {
			is := all[w]
			is[t] = 1
			all[w] = is
		}
	}
	return all
}

func setOf(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

// traitCues are the cues that are traits themselves.
var traitCues = []struct {
	bit   cueSet
	shows traits
}{{cueOpen, open}, {cueLately, lately}, {cueHushed, hushed}, {cueStaff, aPerson}}

// traitsOf reads the traits of a sentence, as far as they are wanted.
func (p *page) traitsOf(field, from, to, tongue int, c cueSet, given bool, want traits) (shows traits) {
	f := &p.fields[field]
	low := f.low[from:to]
	they, past := false, false
	for span := range eachSpan(low) {
		w := low[span.from:span.to]
		switch {
		case w == "us": // the country, when in capitals
		case ourWords[tongue][w]:
			shows |= ours
		case openWords[tongue][w]:
			shows |= open
		case numberWords[w]:
			shows |= aNumber
		case somebodyWords[w]:
			they = true
		case isDigit(w[0]):
			shows |= aNumber
			long := len(w) == 4 && (w[0] == '1' || w[0] == '2')
			past = past || long && number(w) > 1000 && number(w) < p.day.Year()-2
		case len(w) > 4 && tongue == 0 && futureEndings[w[strings.LastIndexByte(w, 'r')+1:]] && futureForm.MatchString(w):
			shows |= open
		}
	}
	for _, cue := range traitCues {
		if c.some(cue.bit) {
			shows |= cue.shows
		}
	}
	if want&(aSum|aNumber) != 0 && (maySum(low) || sumWords.in(low)) && sumForm.MatchString(low) {
		shows |= aSum | aNumber
	}
	if want&aList != 0 && enumerates(f, from, to) {
		shows |= aList
	}
	if want&(aFirm|aHost) != 0 {
		if _, at, host := p.firmIn(field, from, to); at >= 0 {
			shows |= aFirm
			if host {
				shows |= aHost
			}
		}
	}
	if want&aTown != 0 {
		if a, b := f.span(from, to); fromTown.MatchString(f.raw[a:min(b, len(f.raw))]) {
			shows |= aTown
		}
	}
	if want&aQuote != 0 && quoted(low) {
		shows |= aQuote
	}
	if want&aVerdict != 0 && quoted(low) && quotesVerdict(f.low, from, to) {
		shows |= aVerdict
	}
	if want&anOpener != 0 && hasDigit(low) && slices.ContainsFunc(codeForm.FindAllStringIndex(low, -1), func(m []int) bool {
		return !yearOnly.MatchString(low[m[0]:m[1]]) && !dialled.MatchString(low[:m[0]])
	}) {
		shows |= anOpener
	}
	if past && shows&hushed == 0 {
		return 0 // what happened years ago
	}
	if they {
		shows |= aPronoun
	}
	if they && shows&(ours|open|lately|hushed) != 0 {
		shows |= aPerson
	}
	a, b := f.span(from, to)
	shows |= nowadays
	if given || p.personNear(field, a, b, 0) {
		shows |= aPerson | aNamed
	}
	for i, w := range strings.Fields(f.raw[a:min(b, len(f.raw))]) {
		if strings.TrimRight(w, ",.:!?)\"”") == "us" {
			shows |= ours
		}
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "«\"('’“")); i > 0 && unicode.IsUpper(r) && len(w) > 2 {
			shows |= aName
		}
	}
	return shows
}

// maySum is the quick look for a figure with a sign or the first letter of what it counts behind it, or with a sign before it.
func maySum(low string) bool {
	for i := range len(low) {
		if !isDigit(low[i]) {
			if low[i] == '$' || low[i] == 0xC2 || low[i] == 0xE2 { // £ and € begin so
				return true
			}
			continue
		}
		k := i + 1
		if k < len(low) && low[k] <= ' ' {
			k++
		}
		if k < len(low) && strings.IndexByte("%kmepnbgd", low[k]) >= 0 {
			return true
		}
	}
	return false
}

// enumerates tells whether names stand one after the other behind a colon in the first words of a sentence:
// "Primes : Durand 400, Petit 350".
func enumerates(f *field, from, to int) bool {
	a, b := f.span(from, to)
	head, rest, ok := strings.Cut(f.raw[a:min(b, len(f.raw))], ":")
	if !ok || len(head) > longestHead || strings.Contains(rest, ":") {
		return false
	}
	n := 0
	for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune(",/–;|(", r) }) {
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(part)); unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// longestHead is how many bytes the words before an enumeration have at most.
const longestHead = 60

// tongue is the number of the language of a folded sentence: the one whose plainest words it holds, else the item's.
func (p *page) tongue(low string) int {
	var n [len(tongues)]int
	for w := range eachSpan(low) {
		for t, is := range plainest[low[w.from:w.to]] {
			n[t] += is
		}
	}
	if n[0] == n[1] && strings.HasPrefix(strings.ToLower(p.item.Language), "en") || n[1] > n[0] {
		return 1
	}
	return 0
}
