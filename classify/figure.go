package classify

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Figures of results made comparable: "un chiffre d'affaires de 48,2 M€ en 2025" and "2025 revenue: €48.2 million" say
// the same.

// statement is a sum or a share with what it measures.
type statement struct {
	field, start, end int // in the folded text
	money             bool
	keys              []uint64 // any of these, said in public, makes it public
	says              []uint64 // what a public page has said by it
}

// measures are what results are told in, a list of the lexicon each.
var measures = func() (all []listID) {
	for _, m := range []string{"revenue", "ebitda", "operating", "net", "gross", "margin", "cash", "cashflow", "debt", "orders", "dividend"} {
		all = append(all, words.list("measure "+m))
	}
	return all
}()

type measured struct {
	field, start, end int
	what              uint8
}

// figures gives the statements of the item, in order. They are found once.
func (p *page) figures() []statement {
	if p.stated != nil {
		return *p.stated
	}
	var said []statement
	var hits []measured
	for what, list := range measures {
		p.each(list, func(f *field, h *hit) bool {
			if f.prose() {
				hits = append(hits, measured{int(h.field), int(h.start), int(h.end), uint8(what)})
			}
			return len(hits) < 400
		})
	}
	if len(hits) > 0 {
		year := p.yearOfTitle()
		for i := range p.fields {
			if f := &p.fields[i]; f.prose() && f.spot != inImage {
				said = p.figuresOf(said, i, hits, year)
			}
		}
	}
	p.stated = &said
	return said
}

// figuresOf adds the statements of one field.
func (p *page) figuresOf(said []statement, field int, hits []measured, year string) []statement {
	low := cut(p.fields[field].low, 1<<18)
	for i := 0; i < len(low) && len(said) <= mostStatements; i++ {
		if !isDigit(low[i]) || i > 0 && (isWord(low[i-1]) || low[i-1] == '.' || low[i-1] == ',') && !priced(low, i) {
			continue
		}
		a, n := readAmount(low, i, p.item.Language)
		if n == 0 {
			for i+1 < len(low) && isDigit(low[i+1]) {
				i++
			}
			continue
		}
		s := statement{field: field, start: i, end: i + n, money: a.unit != '%'}
		from, to := clause(low, i, i+n)
		own := within(hits, field, from, to)
		near := own
		if len(own) == 0 {
			if a, b, ok := tile(low, from, to); ok {
				own = within(hits, field, a, b)
				near = own
			}
		}
		if len(near) == 0 { // what the paragraph spoke of last
			line, _, _ := lineWithin(low, i, i, maxTongue)
			if before := within(hits, field, line, i); len(before) > 0 {
				near = before[len(before)-1:]
			}
		}
		var times []string
		if len(near) > 0 {
			times = periods(low[from:to], year)
		}
		for _, m := range near {
			s.keys = a.wanted(s.keys, m, times)
		}
		for _, m := range own {
			s.says = a.says(s.says, m, times)
		}
		if len(near) > 0 || s.money {
			said = append(said, s)
		}
		i += n - 1
	}
	return said
}

// within gives the different measures between two places of a field, in the order of the text.
func within(hits []measured, field, from, to int) (all []uint8) {
	var in []measured
	for _, h := range hits {
		if h.field == field && h.start >= from && h.end <= to {
			in = append(in, h)
		}
	}
	slices.SortFunc(in, func(a, b measured) int { return a.start - b.start })
	for _, h := range in {
		if !slices.Contains(all, h.what) {
			all = append(all, h.what)
		}
	}
	return all
}

// clause is the sentence of a place, which ends at a line's end.
func clause(low string, start, end int) (int, int) {
	from, to := start, end
	for from > 0 && start-from < 240 && !endsClause(low, from-1) {
		from--
	}
	for to < len(low) && to-end < 240 && !endsClause(low, to) {
		to++
	}
	return from, to
}

func endsClause(low string, i int) bool {
	switch low[i] {
	case '\n', '!', '?', ';':
		return true
	case '.':
		return i+1 >= len(low) || low[i+1] == ' ' || low[i+1] == '\n'
	}
	return false
}

// tile widens a line that holds a figure and next to nothing else by its neighbours: label and number of a page of
// key figures stand on lines of their own.
func tile(low string, from, to int) (int, int, bool) {
	if to-from > 60 {
		return 0, 0, false
	}
	a := from
	for a > 0 && from-a < 120 && strings.TrimSpace(low[a:from]) == "" {
		a--
	}
	for a > 0 && from-a < 120 && low[a-1] != '\n' {
		a--
	}
	b := to
	for b < len(low) && b-to < 120 && strings.TrimSpace(low[to:b]) == "" {
		b++
	}
	for b < len(low) && b-to < 120 && low[b] != '\n' {
		b++
	}
	return a, b, true
}

// amount is a sum or a share.
type amount struct {
	value  int64 // in hundredths
	step   int64 // what one of its last digit is worth
	digits int   // that tell something
	unit   byte  // '%', or the currency: 'e', 'd', 'p', 'c'; '?' when a scale stands without one
}

var unitForm = regexp.MustCompile(`^[ -]?(?:(milliards?\b|billions?\b|bn\b|mds?\b|md(?:€)|bn(?:€))|(millions?\b|mln\b|mio\b|m\b|m(?:€|\$|£))|(milliers\b|thousand\b|k\b|k(?:€|\$|£)))? ?(?:d'|de )?(€|euros?\b|eur\b|\$|dollars?\b|usd\b|£|pounds?\b|gbp\b|chf\b|%|pour ?cents?\b|per ?cent\b|points?\b)?`)

// unitStarts are the first bytes of what unitForm finds.
const unitStarts = "mbkte$dugcp%\xe2\xc2"

// readAmount reads the amount at a digit and gives its length, 0 when there is none.
func readAmount(low string, at int, lang string) (a amount, n int) {
	s := low[at:min(len(low), at+60)]
	whole, decimals, n := readNumber(s, strings.HasPrefix(lang, "en"))
	if n == 0 || len(whole)+len(decimals) > 14 {
		return a, 0
	}
	var m []int
	if rest := strings.TrimLeft(s[n:], " -"); rest != "" && len(s[n:])-len(rest) < 2 && strings.IndexByte(unitStarts, rest[0]) >= 0 {
		m = unitForm.FindStringSubmatchIndex(s[n:])
	} else if !priced(low, at) && !coded(low, at) {
		return a, 0
	}
	part := func(k int) string {
		if m == nil || m[2*k] < 0 {
			return ""
		}
		return s[n+m[2*k] : n+m[2*k+1]]
	}
	scale, currency := int64(1), part(4)
	switch {
	case part(1) != "":
		scale = 1e9
		currency += strings.TrimLeft(part(1), "mdbns")
	case part(2) != "":
		scale = 1e6
		currency += strings.TrimLeft(part(2), "mlnio")
	case part(3) != "":
		scale = 1e3
		currency += strings.TrimLeft(part(3), "k")
	}
	before := strings.TrimRight(low[max(0, at-5):at], " ")
	switch {
	case strings.ContainsAny(currency, "€") || strings.HasPrefix(part(4), "eur"), strings.HasSuffix(before, "€"), strings.HasSuffix(before, "eur"):
		a.unit = 'e'
	case strings.ContainsAny(currency, "$") || strings.HasPrefix(part(4), "dollar"), part(4) == "usd", strings.HasSuffix(before, "$"), strings.HasSuffix(before, "usd"):
		a.unit = 'd'
	case strings.ContainsAny(currency, "£") || strings.HasPrefix(part(4), "pound"), part(4) == "gbp", strings.HasSuffix(before, "£"):
		a.unit = 'p'
	case part(4) == "chf", strings.HasSuffix(before, "chf"):
		a.unit = 'c'
	case part(4) != "":
		if scale != 1 {
			return amount{}, 0
		}
		a.unit = '%'
	case strings.HasPrefix(part(1), "mill"), strings.HasPrefix(part(1), "bill"), strings.HasPrefix(part(2), "mill"):
		a.unit = '?'
	default:
		return amount{}, 0
	}
	if m != nil {
		n += m[1]
	}
	v, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil {
		return amount{}, 0
	}
	a.step = scale * 100
	for range decimals {
		if a.step%10 != 0 {
			v /= 10
			continue
		}
		a.step /= 10
	}
	if v > 1<<62/a.step {
		return amount{}, 0
	}
	a.value = v * a.step
	shown := strings.TrimLeft(whole+decimals, "0")
	for decimals == "" && strings.HasSuffix(shown, "0") {
		shown, a.step = shown[:len(shown)-1], a.step*10
	}
	a.digits = len(shown)
	return a, n
}

// priced tells whether a number follows the sign of a currency.
func priced(low string, i int) bool {
	if i == 0 || low[i-1] != '$' && low[i-1] < 0x80 {
		return false
	}
	return low[i-1] == '$' || strings.HasSuffix(low[:i], "€") || strings.HasSuffix(low[:i], "£")
}

// coded tells whether a number follows the code of a currency.
func coded(low string, i int) bool {
	before := strings.TrimRight(low[max(0, i-5):i], " ")
	return strings.HasSuffix(before, "eur") || strings.HasSuffix(before, "usd") || strings.HasSuffix(before, "chf")
}

// readNumber reads digits with marks between thousands and before decimals, as French or English write them.
func readNumber(s string, english bool) (whole, decimals string, n int) {
	run := func(i int) int {
		k := i
		for k < len(s) && isDigit(s[k]) {
			k++
		}
		return k - i
	}
	n = run(0)
	whole = s[:n]
	thousands, point := " .", byte(',')
	if english {
		thousands, point = " ,", '.'
	}
	for n < len(s) && len(whole) < 13 {
		k := 0
		if n+1 < len(s) {
			k = run(n + 1)
		}
		grouped := len(s[:n]) > 0 && k == 3 && strings.IndexByte(thousands, s[n]) >= 0 && whole != "0" && (len(whole) <= 3 || n > len(whole))
		if !grouped {
			break
		}
		whole += s[n+1 : n+4]
		n += 4
	}
	if n+1 < len(s) && (s[n] == point || s[n] == '.' || s[n] == ',') {
		if k := run(n + 1); k > 0 && k <= 3 {
			decimals = s[n+1 : n+1+k]
			n += 1 + k
		}
	}
	return whole, decimals, n
}

// Periods that a key may name beside real ones.
const (
	anyPeriod = "*" // whatever the sentence says
	noPeriod  = "-" // the sentence names none
)

// enoughDigits are so many that a figure is no coincidence: 48.2 has three.
const enoughDigits = 3

func (a amount) key(m uint8, value int64, period string) uint64 {
	h := mix(mix(fnv64, "figure"), period)
	h = (h ^ uint64(m)) * fnvStep
	h = (h ^ uint64(a.unit)) * fnvStep
	for range 8 {
		h = (h ^ uint64(byte(value))) * fnvStep
		value >>= 8
	}
	return h
}

// wanted adds the keys of which one must be said in public: that of a period that the sentence names; a figure of
// enough digits may also stand where no period is named, or be of none itself.
func (a amount) wanted(keys []uint64, m uint8, times []string) []uint64 {
	for _, t := range times {
		keys = append(keys, a.key(m, a.value, t))
	}
	if a.digits >= enoughDigits {
		period := noPeriod
		if len(times) == 0 {
			period = anyPeriod
		}
		keys = append(keys, a.key(m, a.value, period))
	}
	return keys
}

// says adds what a public sentence has told: the figure, and the figure less exactly; with less than enough digits
// only for the periods that it names.
func (a amount) says(keys []uint64, m uint8, times []string) []uint64 {
	value, step := a.value, a.step
	for digits := a.digits; ; digits-- {
		if digits >= enoughDigits {
			keys = append(keys, a.key(m, value, anyPeriod))
			if len(times) == 0 {
				keys = append(keys, a.key(m, value, noPeriod))
			}
		}
		for _, t := range times {
			keys = append(keys, a.key(m, value, t))
		}
		if digits < enoughDigits {
			return keys
		}
		step *= 10
		value = (a.value + step/2) / step * step
	}
}

var (
	yearForm = mustAtWord(`\b(?:19|20)\d\d\b`)
	partForm = mustAtWord(`\b(?:([tq])([1-4])|([sh])([12])|(1er|premier|first|deuxieme|2e|second|troisieme|3e|third|quatrieme|4e|fourth) (trimestre|quarter|semestre|half)|(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december))\b`)
	ordinals = map[string]string{"1er": "1", "premier": "1", "first": "1", "deuxieme": "2", "2e": "2", "second": "2", "troisieme": "3", "3e": "3", "third": "3", "quatrieme": "4", "4e": "4", "fourth": "4"}
	monthNo  = func() map[string]string {
		all := map[string]string{}
		for _, list := range []string{"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre", "january february march april may june july august september october november december"} {
			for i, m := range strings.Fields(list) {
				all[m] = "m" + strconv.Itoa(i+1)
			}
		}
		return all
	}()
)

// periods are the spans of time that a sentence names, in its order: "2025", "q3 2025"; year stands in when it
// names no year.
func periods(s, year string) (all []string) {
	part := ""
	if m := partForm.FindStringSubmatch(s); m != nil {
		switch {
		case m[1] != "":
			part = "q" + m[2]
		case m[3] != "":
			part = "h" + m[4]
		case m[5] != "" && (m[6] == "trimestre" || m[6] == "quarter"):
			part = "q" + ordinals[m[5]]
		case m[5] != "":
			part = "h" + ordinals[m[5]]
		default:
			part = monthNo[m[7]]
		}
	}
	years := yearForm.FindAllString(s, 4)
	if len(years) == 0 && year != "" {
		years = []string{year}
	}
	for _, y := range years {
		if t := part + " " + y; !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	if len(years) == 0 && part != "" {
		all = append(all, part)
	}
	return all
}

// yearOfTitle is the one year that the title names, "" when it names none or several.
func (p *page) yearOfTitle() string {
	for i := range p.fields {
		if f := &p.fields[i]; f.spot == inTitle || f.spot == inH1 {
			if years := yearForm.FindAllString(f.low, 2); len(years) == 1 || len(years) == 2 && years[0] == years[1] {
				return years[0]
			}
		}
	}
	return ""
}
