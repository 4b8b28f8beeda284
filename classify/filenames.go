package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the name of a file, or a title of no more words, says without a sentence: "augmentation Magali Vernet 2027.docx",
// "projet rachat Forges du Lac". It is a matter and a name, and nothing else but numbers.

var (
	fileMatters = words.set("file person")
	fileDeals   = words.set("file deal")
	filePlain   = words.set("file plain")
	beforeName  = setOf("de d du des la le les l of for m mr mme mlle mrs ms a et and projet project dossier re vs")
)

// longestFileName is how many words such a name has at most.
const longestFileName = 10

// namesMatter makes the finder of names of files and titles that are a matter and a name.
func namesMatter(matters map[string]bool) func(p *page) []finding {
	return func(p *page) (found []finding) {
		if p.public {
			return nil
		}
		for i := range p.fields {
			f := &p.fields[i]
			if f.spot != inFile && f.spot != inTitle && f.spot != inH1 || len(f.raw) > 160 {
				continue
			}
			if saysMatter(f.raw, matters) {
				return []finding{{field: i, start: 0, end: len(f.raw)}}
			}
		}
		return nil
	}
}

// saysMatter tells whether s is a matter and a name: after it one to five words with capitals, or before it a name
// whose given name is known.
func saysMatter(s string, matters map[string]bool) bool {
	if at := strings.LastIndexByte(s, '.'); at > 0 && len(s)-at <= 6 {
		s = s[:at]
	}
	all := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(all) < 2 || len(all) > longestFileName {
		return false
	}
	low := make([]string, len(all))
	for i, w := range all {
		low[i] = foldString(w)
	}
	for from := range all {
		for to := min(len(all), from+4); to > from; to-- {
			if !matters[strings.Join(low[from:to], " ")] {
				continue
			}
			before, known, ok := nameWords(all[:from], low[:from])
			if !ok {
				continue
			}
			after, knownAfter, ok := nameWords(all[to:], low[to:])
			if ok && (before == 0 && after > 0 && after <= 5 || after == 0 && before > 1 && known || before == 0 && knownAfter) {
				return true
			}
		}
	}
	return false
}

// nameWords counts the words with capitals; ok is false where another word stands that is no number and none of those
// that stand beside names. known tells whether a given name is among them.
func nameWords(all, low []string) (n int, known, ok bool) {
	for i, w := range all {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case beforeName[low[i]], hasDigit(w) && !unicode.IsLetter(first), len(w) <= 3 && first|0x20 == 'v' && hasDigit(w):
		case filePlain[low[i]], notPeople[low[i]]:
			return 0, false, false
		case givenNames[low[i]]:
			known = true
			n++
		case unicode.IsUpper(first) && len(w) > 2 && letters(low[i]):
			n++
		default:
			return 0, false, false
		}
	}
	return n, known, true
}

// asking makes a finder's findings ask.
func asking(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		for i := range found {
			found[i].severity = Review
		}
		return found
	}
}
