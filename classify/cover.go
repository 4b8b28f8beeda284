package classify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What no text of an item shows, beyond what Mask knows in any text: sentences that tell somebody's health, belief or private life,
// figures of a sentence that should stay inside, where a person lives, codes of doors, the cells of a table of them. Every finding
// counts, and not only the one that is quoted.
//
//	findings ──▶ covers, by place ──▶ quotes of reasons
//	                └──▶ prints ──▶ Verdict.Hide, in whatever text of the item
//
// A verdict keeps prints and no words. Titles, passages and snippets have no places in the text, so that prints know a cover by
// its words, or by itself and the words on both sides, and a sentence by any few words of it one after the other.

// cover is a stretch raw[start:end] of a field that is not shown.
type cover struct {
	field, start, end int
	alone             bool // wherever its words stand, and not only between the same words
	sentence          bool // in whole or in part
}

// Covers are the prints of what the texts of an item do not show: numbers of four bytes, the first of which says how many words
// the covers have that are known by themselves.
type Covers []byte

// Bounds on the prints of one item.
const (
	mostPrints     = 20_000
	mostCoverWords = 16
	pieceWords     = 3 // of a sentence, for each of which there is a print
	fewestAtEdge   = 4 // words of a sentence that a text begins or ends with to be a part of it
	fewestInside   = 6 // and anywhere else
)

// Marks in the first number, beside the bits of the lengths.
const (
	everyFigure = 1       // of an earlier filon: no figure is shown
	inSentences = 1 << 17 // some covers are sentences
	everything  = 1 << 18 // there are too many covers, and no word is shown
)

// closeFamilies are the families of rules whose sentences may say where a person lives or what opens a door.
var closeFamilies = setOf("personal special staff inside image location secret business legal")

// codeSaid is a code after the word that says what it opens with.
var codeSaid = regexp.MustCompile(`(?i)\b(?:digicodes?|codes?|combinaison|combination|interphone|intercom|cadenas|padlock|keypad|bo[iî]te à cl[eé]s?|key ?(?:box|safe))\b([^\n.;\d]{0,32}?)\b(\pL?\d[\pL\d]*(?:[#*]\d*)?)`)

// otherCode are words that make a code one of no door.
var otherCode = regexp.MustCompile(`(?i)\b(?:postal|postcode|naf|ape|insee|barres?|promo\pL*|source|couleur|article|produit|clients?|projet|erreur|error|civil|travail|pénal|commerce|route|conduct|colou?r|product|project|zip|bar|html|status)\b`)

// A house number with the name of its street. After the kinds that mean other things too, only a name with a capital is one.
const (
	houseSaid  = `\b\d{1,4}(?: ?(?:bis|ter|quater|[A-Za-z]))?(?:, ?| )`
	streetLink = `(?:de la |du |des |de l['’] ?|de |d['’] ?|à la |aux? |la |le |les |l['’] ?)`
	streetName = `\p{Lu}[\pL\pM\d'’.-]*`
	streetRest = `(?:[ -](?:` + streetLink + `|et )?` + streetName + `){0,4}`
	streetDay  = `\d{1,2}(?:er)?[ -](?i:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?: (?:19|20)\d\d)?`
)

var (
	streetSaid = regexp.MustCompile(houseSaid + `(?:` +
		`(?i:rue|avenue|av\.|boulevard|bd|allées?|impasse|chemin|quai|venelle|ruelle|sentier|faubourg) (?:` + streetLink + `(?:` + streetDay + `|[\pL\pM'’-]+)|` + streetDay + `|` + streetName + `)` + streetRest +
		`|(?i:place|route|cours|lotissement|résidence|residence|square|passage|hameau|cité|clos|montée|villa) ` + streetLink + `?(?:` + streetDay + `|` + streetName + `)` + streetRest +
		`|(?:\p{Lu}[\pL'’.-]{1,24} ){1,3}(?:Street|St|Road|Rd|Lane|Ln|Drive|Crescent|Close|Avenue|Ave|Terrace|Gardens|Grove|Mews|Court|Square|Walk|Rise|Row|Hill|View|Way|Place|Park|Green|Boulevard)\b)`)
	streetWritten = regexp.MustCompile(`(?i)` + houseSaid + `(?:[a-z'’-]{2,20} ){0,3}(?:street|road|lane|drive|crescent|(?:rue|avenue|boulevard|allées?|impasse|chemin|place|quai|route|cours|lotissement|r[ée]sidence)(?: [\pL'’-]+){0,3})`) // where somebody surely lives
)

// coversOf gives what the findings of a rule cover, in order.
func (p *page) coversOf(r *Rule, found []finding) (all []cover) {
	family, _, _ := strings.Cut(r.ID, "/")
	for i := range found {
		g := &found[i]
		if g.field < 0 {
			continue
		}
		f := &p.fields[g.field]
		for _, c := range g.cells {
			switch {
			case g.covered:
				all = append(all, cover{g.field, c.from, c.to, c.to-c.from > 3, false})
			case g.private: // the row says whose it is
				from, to := f.line(c.from, c.to)
				all = append(all, cover{g.field, from, to, true, true})
			}
		}
		if g.end <= g.start || !closeFamilies[family] {
			continue
		}
		if g.private && g.cells == nil {
			from, to := g.start, min(g.end, len(f.raw))
			if !g.whole {
				from, to = f.sentenceWithin(from, to, longestRepeated)
			}
			all = append(all, cover{g.field, from, to, true, true})
		}
		if g.figured {
			from, to := g.start, min(g.end, len(f.raw))
			if !g.whole {
				from, to = f.sentence(from, to)
			}
			eachFigure(f.raw[from:to], func(a, b int) { all = append(all, f.wholeValue(cover{g.field, from + a, from + b, false, false})) })
		}
		from, to := f.around(g.start, g.end)
		near := f.raw[from:to]
		if !hasDigit(near) {
			continue
		}
		for _, m := range codeSaid.FindAllStringSubmatchIndex(near, -1) {
			if word := near[m[4]:m[5]]; (digitsUpTo(word, 3) > 2 || telling(word)) && !otherCode.MatchString(near[m[2]:m[3]]) {
				all = append(all, cover{g.field, from + m[4], from + m[5], telling(word), false})
			}
		}
		streets := streetSaid.FindAllStringIndex(near, -1)
		if len(streets) == 0 && r.ID == "personal/address" {
			streets = streetWritten.FindAllStringIndex(near, -1)
		}
		for _, m := range streets {
			all = append(all, cover{g.field, from + m[0], from + len(strings.TrimRight(near[:m[1]], " .-'’")), true, false})
		}
	}
	return all
}

// privateLists are the lists whose words tell of somebody's health, belief, private life or offence.
var privateLists = func() (all []listID) {
	for _, name := range []string{"special health", "special union", "special belief", "special biometric", "special offence", "special told", "special illness", "inside person", "inside named"} {
		all = append(all, words.list(name))
	}
	for _, t := range tongues {
		for _, name := range []string{"ill", "ill alone", "faith", "origin", "jailed", "prison"} {
			all = append(all, words.list("sense "+t+" "+name))
		}
	}
	return all
}()

// tellsPrivate tells whether raw[from:to] of a field holds a word of the private lists.
func (p *page) tellsPrivate(of, from, to int) bool {
	if p.private == nil {
		p.private = make([][]int, len(p.fields))
		for _, list := range privateLists {
			p.each(list, func(f *field, h *hit) bool {
				at, _ := f.span(int(h.start), int(h.end))
				p.private[h.field] = append(p.private[h.field], at)
				return true
			})
		}
		for _, all := range p.private {
			slices.Sort(all)
		}
	}
	all := p.private[of]
	i, _ := slices.BinarySearch(all, from)
	return i < len(all) && all[i] < to
}

// wholeValue is a cover with the value that it is a part of: a mask would know the rest no more.
func (f *field) wholeValue(c cover) cover {
	for _, v := range f.values {
		if v.start < c.end && v.end > c.start && v.kind != isMasked {
			c.start, c.end, c.alone = min(c.start, v.start), max(c.end, v.end), true
		}
	}
	return c
}

// telling tells whether a code is known by itself: a letter and a digit, or so many digits that it is no year.
func telling(s string) bool {
	letter, digits := false, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letter = true
		}
	}
	return digits > 0 && letter && len(s) > 3 || digits > 4 || digits == 4 && !strings.HasPrefix(s, "19") && !strings.HasPrefix(s, "20")
}

// around is the sentence of a place, or what a quote of it shows where that is more.
func (f *field) around(start, end int) (from, to int) {
	from, to = f.sentence(start, end)
	a, b := f.window(start, end)
	return min(a, from), max(b, to)
}

// sentence is the sentence of a place, in part when it is long.
func (f *field) sentence(start, end int) (from, to int) {
	return f.sentenceWithin(start, end, maxQuote)
}

// sentenceWithin is the sentence of a place, as far as it is no more bytes away.
func (f *field) sentenceWithin(start, end, reach int) (from, to int) {
	end = min(end, len(f.raw))
	from, to = min(start, end), end
	for from > 0 && (start-from < reach || !utf8.RuneStart(f.raw[from])) && f.raw[from-1] != '\n' && !endsAt(f.raw, from-1) {
		from--
	}
	for to < len(f.raw) && (to-end < reach || !utf8.RuneStart(f.raw[to])) && f.raw[to] != '\n' && !endsAt(f.raw, to) {
		to++
	}
	return from, to
}

// line is the line of a place, in part when it is long.
func (f *field) line(start, end int) (from, to int) {
	from, to = start, end
	for from > 0 && (start-from < maxQuote || !utf8.RuneStart(f.raw[from])) && f.raw[from-1] != '\n' {
		from--
	}
	for to < len(f.raw) && (to-end < maxQuote || !utf8.RuneStart(f.raw[to])) && f.raw[to] != '\n' {
		to++
	}
	return from, to
}

// endsAt tells whether a sentence ends at raw[i].
func endsAt(raw string, i int) bool {
	switch raw[i] {
	case '!', '?':
		return true
	case '.':
		return i+1 >= len(raw) || raw[i+1] == '\n' || raw[i+1] == ' ' && !abbreviation(raw, max(0, i-12), i)
	}
	return false
}

// cover notes what the findings cover.
func (p *page) cover(all []cover) {
	slices.SortFunc(all, func(a, b cover) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	p.covers = all
	p.print(all)
}

// part is raw[from:to] of a field with its values masked, by what stands around them, and without its covers.
func (p *page) part(field, from, to int) string {
	f := &p.fields[field]
	var over []extent
	i, _ := slices.BinarySearchFunc(p.covers, field, func(c cover, field int) int { return cmp.Compare(c.field, field) })
	for ; i < len(p.covers) && p.covers[i].field == field; i++ {
		if c := p.covers[i]; c.start < to && c.end > from {
			over = append(over, extent{max(c.start, from) - from, min(c.end, to) - from})
		}
	}
	var within []value
	for _, v := range f.values {
		if v.start < from || v.end > to {
			continue
		}
		v.start, v.end = v.start-from, v.end-from
		met := false
		for k := range over {
			if c := &over[k]; c.from < v.end && c.to > v.start {
				c.from, c.to, met = min(c.from, v.start), max(c.to, v.end), true
			}
		}
		if !met {
			within = append(within, v)
		}
	}
	if len(over) == 0 {
		return maskValues(f.raw[from:to], within)
	}
	var b strings.Builder
	done := 0
	slices.SortFunc(over, func(a, b extent) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	say := func(until int) { // the values between two covers
		k := 0
		for k < len(within) && within[k].end <= until {
			k++
		}
		vs := within[:k]
		for i := range vs {
			vs[i].start, vs[i].end = vs[i].start-done, vs[i].end-done
		}
		b.WriteString(maskValues(f.raw[from+done:from+until], vs))
		within = within[k:]
	}
	for _, c := range over {
		if c.from >= done {
			say(c.from)
			b.WriteString(masked)
		}
		done = max(done, c.to)
	}
	say(to - from)
	return b.String()
}

// eachFigure calls found with the words of s that hold a figure: sums, dates and codes, with the blank inside "12 000"; the next line,
// cell or sentence is another.
func eachFigure(s string, found func(from, to int)) {
	for i := 0; i < len(s); {
		end, digit := i, false
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			next := end+n < len(s) && isDigit(s[end+n])
			if strings.ContainsRune(" \t\n\r\f\v(),;:«»\"", r) && !(digit && next && (r == ' ' && s[end-1] != '.' || r == ',')) {
				break
			}
			digit = digit || r >= '0' && r <= '9'
			end += n
		}
		if digit {
			found(i, end)
		}
		if end == i {
			_, n := utf8.DecodeRuneInString(s[i:])
			end += n
		}
		i = end
	}
}
