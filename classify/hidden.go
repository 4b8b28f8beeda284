package classify

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// What the quotes of a verdict's reasons hide beyond what Mask knows in any text: figures and codes of a sentence that should
// stay inside, numbers that count only beside the words of their sentence.

var (
	hiddenRun = regexp.MustCompile(`•+(?:[ .\-/]{0,2}•+)*`)
)

// hiddenWord is a word that holds a figure.
const hiddenWord = `[^\s(),;:«»"]*\d(?:[\s\x{a0}\x{202f}.,]?\d|[^\s(),;:«»"])*`

// fewestQuoted is how many letters of a quote find its place in a text.
const fewestQuoted = 8

// Hidden gives the quotes of the verdict that hide something and say enough to find its place again.
func (v *Verdict) Hidden() (quotes []string) {
	for _, r := range v.Reasons {
		if !strings.Contains(r.Quote, "•") {
			continue
		}
		letters := 0
		for _, c := range r.Quote {
			if unicode.IsLetter(c) {
				letters++
			}
		}
		if letters >= fewestQuoted {
			quotes = append(quotes, r.Quote)
		}
	}
	return quotes
}

// Hide gives mask for the texts of the item of the verdict: what a reason's quote hides is hidden wherever the words of the
// quote stand. mask is called first; it may be nil, and then nothing is hidden.
func (v *Verdict) Hide(mask func(string) string) func(string) string {
	quotes := v.Hidden()
	if mask == nil || len(quotes) == 0 && len(v.Covers) == 0 {
		return mask
	}
	cover := v.Covers.hider()
	var forms []hidingForm
	for _, q := range quotes {
		whole := sync.OnceValues(func() (*regexp.Regexp, error) { return regexp.Compile(quoteForm(q)) })
		if word, err := regexp.Compile(`(?i)` + regexp.QuoteMeta(longestWord(q))); err == nil {
			forms = append(forms, hidingForm{q, whole, word, 4*len(q) + 512})
		}
	}
	return func(s string) string {
		s = mask(cover(s)) // first what is known by the words beside it, which a mask may change
		for _, form := range forms {
			s = form.hide(s)
		}
		return s
	}
}

// hidingForm is a quote as it is looked for: its longest word first, then the whole within so many bytes around.
type hidingForm struct {
	quote string
	whole func() (*regexp.Regexp, error) // which few texts ask for
	word  *regexp.Regexp
	reach int
}

// longestWord is the longest part of a quote without a blank and without anything hidden.
func longestWord(quote string) (longest string) {
	for _, w := range strings.FieldsFunc(quote, func(r rune) bool { return r == '•' || unicode.IsSpace(r) }) {
		if len(w) > len(longest) {
			longest = w
		}
	}
	return longest
}

// hide puts bullets over what the groups of the form hold, wherever it stands.
func (f hidingForm) hide(s string) string {
	if s == f.quote { // which holds bullets already
		return s
	}
	var b strings.Builder
	done := 0
	for at := 0; at < len(s); {
		m := f.word.FindStringIndex(s[at:])
		if m == nil || m[1] == 0 {
			break
		}
		from, to := max(done, at+m[0]-f.reach), min(len(s), at+m[1]+f.reach)
		for from > done && !utf8.RuneStart(s[from]) {
			from--
		}
		for to < len(s) && !utf8.RuneStart(s[to]) {
			to++
		}
		for next := f.word.FindStringIndex(s[at+m[1] : to]); next != nil && next[1] > 0 && to < len(s); next = f.word.FindStringIndex(s[at+m[1] : to]) { // places beside each other are one
			m[1] += next[1]
			for to = min(len(s), at+m[1]+f.reach); to < len(s) && !utf8.RuneStart(s[to]); {
				to++
			}
		}
		b.WriteString(s[done:from])
		if whole, err := f.whole(); err == nil {
			b.WriteString(hideGroups(s[from:to], whole))
		} else {
			b.WriteString(masked)
		}
		done, at = to, to
	}
	return b.String() + s[done:]
}

// hideAlike hides in each quote of the verdict what another one hides.
func (v *Verdict) hideAlike() {
	hide := v.Hide(func(s string) string { return s })
	for i := range v.Reasons {
		v.Reasons[i].Quote = hide(v.Reasons[i].Quote)
	}
	v.Hook = hide(v.Hook)
}

// quoteForm is the expression of a quote, with a group for each part that it hides.
func quoteForm(quote string) string {
	var b strings.Builder
	b.WriteString(`(?i)`)
	done := 0
	put := func(s string) {
		space := false
		for _, c := range s {
			if unicode.IsSpace(c) {
				space = true
				continue
			}
			if space {
				b.WriteString(anySpace)
				space = false
			}
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
		if space {
			b.WriteString(anySpace)
		}
	}
	for _, m := range hiddenRun.FindAllStringIndex(quote, -1) {
		put(quote[done:m[0]])
		if done = m[1]; done < len(quote) {
			b.WriteString(`(` + hiddenWord + `|[^\n]{1,64}?)`)
		} else {
			b.WriteString(`(` + hiddenWord + `|[^\s]{1,64})`)
		}
	}
	put(quote[done:])
	return b.String()
}

const anySpace = `[\s\x{a0}\x{2000}-\x{200a}\x{202f}]{1,8}`

// hideGroups puts bullets over what the groups of an expression hold, unless they hold some already.
func hideGroups(s string, form *regexp.Regexp) string {
	var b strings.Builder
	done := 0
	for _, m := range form.FindAllStringSubmatchIndex(s, -1) {
		for k := 2; k+1 < len(m); k += 2 {
			if m[k] < done || m[k] < 0 || strings.Contains(s[m[k]:m[k+1]], "•") {
				continue
			}
			b.WriteString(s[done:m[k]])
			b.WriteString(masked)
			done = m[k+1]
		}
	}
	if done == 0 {
		return s
	}
	return b.String() + s[done:]
}
