package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rows that no sign parts, and labels that stand apart from their values, as they come out of forms and PDFs.

// headsAlone reads a line that is made of heads of columns and nothing else: people first, then one matter. It gives where
// the second begins, 0 in every other line.
func headsAlone(line string) int {
	if len(line) > 64 || !peopleLeads.mayBegin(line) || !upperFirst(line) || strings.Count(line, " ") > 8 || strings.ContainsAny(line, ".:;!?,") {
		return 0
	}
	for i := strings.IndexByte(line, ' '); i > 0 && i < len(line); {
		if second := strings.TrimSpace(line[i:]); matterLeads.mayBegin(second) && wholeHead(line[:i])&(ofPeople|ofCandidates) != 0 && wholeHead(second)&(ofFirm|ofBirth) != 0 {
			return i + 1
		}
		n := strings.IndexByte(line[i+1:], ' ')
		if n < 0 {
			break
		}
		i += 1 + n
	}
	return 0
}

// nameFirst parts a line into the words with a capital that it begins with and the rest, which begins with a digit or a sign
// of money. It gives where that begins, 0 in every other line.
func nameFirst(line string) int {
	if len(line) > mostCellText {
		return 0
	}
	for i, r := range line {
		if i > 0 && line[i-1] == ' ' && (unicode.IsDigit(r) || strings.ContainsRune("€$£", r)) {
			if personCell(strings.TrimSpace(line[:i])) == 0 {
				return 0
			}
			return i
		}
	}
	return 0
}

// wholeHead is what a text says at the head of a column when it is one of its words, whole.
func wholeHead(s string) column {
	if !headLeads.mayBegin(s) {
		return 0
	}
	return allHeads[strings.Join(headWords(s), " ")]
}

// twoLetters are the two letters that heads of columns begin with: a quick look tells most texts from them.
type twoLetters struct{ pairs }

func lettersOf(these func(is column) bool) (l twoLetters) {
	for h, is := range allHeads {
		if len(h) > 1 && these(is) {
			l.add(h[0], h[1])
		}
	}
	return l
}

// mayBegin is false for a text that begins with two other letters of ASCII.
func (l *twoLetters) mayBegin(s string) bool {
	return len(s) < 2 || !asciiLetter(s[0]) || !asciiLetter(s[1]) || l.has(s[0]|0x20, s[1]|0x20)
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

var (
	headLeads   = lettersOf(func(column) bool { return true })
	peopleLeads = lettersOf(func(is column) bool { return is&(ofPeople|ofCandidates) != 0 })
	matterLeads = lettersOf(func(is column) bool { return is&(ofFirm|ofBirth) != 0 })
	labelLeads  = lettersOf(labelsValue)
)

// labelsValue tells whether a head is also a label beside a value of a person.
func labelsValue(is column) bool { return is&ofBirth != 0 || is&(ofPay|ofFirm) == ofPay|ofFirm }

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// labelled finds labels on lines of their own whose value and person stand on short lines near them, in any order: so
// come forms and columns out of a PDF.
func (p *page) labelled() (found []dossier) {
	const reach = 5 // lines on each side
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inText && f.spot != inBox || !hasDigit(f.low) { // of a date or a sum
			continue
		}
		var lines []extent // not blank, the last few
		labels := map[int]column{}
		for at := 0; at < len(f.raw) && len(labels) < 200; {
			end := len(f.raw)
			if n := strings.IndexByte(f.raw[at:], '\n'); n >= 0 {
				end = at + n
			}
			if end-at <= 60 && end-at > 2 && strings.IndexByte(f.raw[at:end], '\t') < 0 {
				if line := f.raw[at:end]; labelLeads.mayBegin(line) {
					if k := wholeHead(strings.TrimRight(line, " :")); labelsValue(k) {
						labels[len(lines)] = k
					}
				}
				lines = append(lines, extent{at, end})
			} else if end > at {
				lines = append(lines, extent{at, at}) // a text
			}
			at = end + 1
		}
		for n := range lines {
			k, is := labels[n]
			if !is {
				continue
			}
			person, value := false, false
			for m := max(0, n-reach); m < min(len(lines), n+reach+1); m++ {
				s := strings.TrimSpace(f.raw[lines[m].from:lines[m].to])
				if low := foldString(s); s != "" && m != n {
					person = person || personCell(s) == 2
					value = value || k&ofBirth != 0 && dateCell.MatchString(low) || k&ofPay != 0 && digitsUpTo(s, 3) >= 3 && moneyCell.MatchString(low)
				}
			}
			if person && value && len(found) < 20 {
				found = append(found, dossier{k & (ofBirth | ofPay), i, lines[n], nil})
			}
		}
	}
	return found
}
