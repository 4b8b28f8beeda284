package classify

import (
	"regexp"
	"strings"
)

// Passwords that no colon announces: beside their label in a row, under it in a column, or alone on the next line.

var (
	passwordLabel = mustAtWord(`\b(?:mots? ?de ?passe|mdp|passwords?|passwd|pwd|passphrase|pass|contrasena|passwort|kennwort|(?:cle|code) (?:du |de la |de )?wi-?fi|wi-?fi (?:key|code)|cle wpa2?)\b`)
	typeName      = regexp.MustCompile(`(?i)^(?:n?varchar|char|string|sha|base|aes|md|utf|u?int|float|rsa|argon|[bs]crypt|pbkdf|unicode)[-_]?\d+(?:url|id|[a-z])?$`)
	wifiKey       = mustAtWord(`\bwi-?fi\b[^\n]{0,60}?\b(?:cle|key|code|pass)\b(?: wpa2?)?\s{0,2}:?\s{0,2}([^\s]{6,64})`)
)

const longestLabel = 48 // bytes of a cell that is a label and no sentence

// unannounced finds the passwords beside, under and after the labels that begin at the landmarks.
func unannounced(f *folded, marks []stretch) (all []value) {
	raw := f.raw
	add := func(from, to int) {
		from, to = trimmed(raw, from, to)
		word := strings.TrimRight(raw[from:to], ".,;")
		if madeUp(word) {
			all = append(all, value{kind: isSecret, rule: "secret/password", start: from, end: from + len(word)})
		}
	}
	rowAt := func(place int) []cell { // nil without
		if !f.hasCells() {
			return nil
		}
		if i := f.rowAt(place); i >= 0 && f.rows()[i].by != byName {
			if cells := f.cells(&f.rows()[i]); len(cells) > 1 || f.rows()[i].by == byTab {
				return cells
			}
		}
		return nil
	}
	below := func(label extent, column int) {
		eachLine(raw, label.to, func(start, end int) bool {
			switch cells := rowAt(start); {
			case ruled(raw[start:end]):
				return true
			case cells == nil && column == 0: // alone on the next line
				if !strings.ContainsAny(raw[label.from:label.to], ".?!") {
					add(start, end)
				}
				return false
			case column >= len(cells):
				return false
			default:
				add(cells[column].from, cells[column].to)
				return true
			}
		})
	}
	for _, at := range marks {
		if at.of != aPassword {
			continue
		}
		near := f.low[at.from:min(len(f.low), at.from+140)]
		if m := wifiKey.FindStringSubmatchIndex(near); m != nil {
			add(f.span(at.from+m[2], at.from+m[3]))
		}
		m := passwordLabel.FindStringIndex(near)
		if m == nil {
			continue
		}
		label, _ := f.span(at.from+m[0], at.from+m[1])
		if row := rowAt(label); row != nil {
			column := 0
			for column+1 < len(row) && row[column].to < label {
				column++
			}
			if row[column].to < label || row[column].to-row[column].from > longestLabel {
				continue
			}
			if column+1 < len(row) {
				add(row[column+1].from, row[column+1].to)
			}
			below(row[column].extent, column)
			continue
		}
		if from, to, whole := lineWithin(raw, label, label, longestLabel); whole && to-from <= longestLabel {
			below(extent{from, to}, 0)
		}
	}
	return all
}

func trimmed(text string, from, to int) (int, int) {
	for from < to && (text[from] == ' ' || text[from] == ':') {
		from++
	}
	for to > from && text[to-1] == ' ' {
		to--
	}
	return from, to
}

// eachLine gives the lines after a place that are not empty, until do has enough or mostRows have passed.
func eachLine(text string, after int, do func(start, end int) bool) {
	at := strings.IndexByte(text[after:], '\n')
	if at < 0 {
		return
	}
	at += after + 1
	for range mostRows {
		for at < len(text) && text[at] == '\n' {
			at++
		}
		if at >= len(text) {
			return
		}
		end := at + strings.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		if !do(at, end) {
			return
		}
		at = end
	}
}

// madeUp tells whether a cell is one word that somebody made up to sign in with, and neither a word of the
// language nor the name of a type or of an algorithm.
func madeUp(s string) bool {
	if len(s) < 6 || len(s) > 64 || strings.ContainsAny(s, " \u00a0\t()<>•…") || placeholder(s) || strings.Contains(s, "://") || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return false
	}
	if strongWord(s) {
		return true
	}
	digits, signs, small := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case strings.IndexByte("!#$%&*?+@^~=", c) >= 0:
			signs++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			small++
		}
	}
	return small >= 3 && (signs > 0 && s[len(s)-1] != '?' || digits >= 2 && len(s) >= 8 && !typeName.MatchString(s))
}
