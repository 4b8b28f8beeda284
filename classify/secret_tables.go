package classify

import (
	"regexp"
	"strings"
)

// Tables of logins and of codes: what a column holds is told by its head and by the heads beside it. Their cells are values,
// so that none of them is stored or shown.
//
//	Passerelle	Login	Key            Porte	Combinaison
//	nord	pi	…                      Quai	…

var (
	keyHeads   = words.set("table key")       // under which a word stands that somebody signs in with, beside a user
	passHeads  = words.set("table password")  // under which any word is one, beside a user
	userHeads  = words.set("table user")      // who signs in, and to what network
	lockHeads  = words.set("table lock")      // what a code opens
	codeHeads  = words.set("table lock code") // that hold nothing but codes of doors and machines
	plainHeads = words.set("table code")      // that may hold any code
	goodsHeads = words.set("table goods")     // of lists of articles, whose codes are numbers of goods

	signsIn = setOf("identifiant identifiants login logins utilisateur utilisateurs user users username")
	// what stands in a column of passwords where there is none
	noneSet = setOf("oui non yes no sso ldap idem same aucun aucune none vide empty individuel personnel personal perso unique coffre keepass bitwarden vault voir demander ask change changer bloque blocked expire expired")

	lockCell = regexp.MustCompile(`^[a-z*#]?\d[\d #*-]{2,8}[a-z#*]?$`)
	dateLike = regexp.MustCompile(`^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$`)
)

// longestHeadCell is how many bytes the head of a column has at most.
const longestHeadCell = 40

// tableSecrets finds them below the heads at the landmarks.
func tableSecrets(f *folded, marks []stretch, add func(rule string, start, end int)) {
	if strings.IndexByte(f.raw, '\t') < 0 && strings.IndexByte(f.raw, '|') < 0 && !strings.Contains(f.raw, "  ") {
		return
	}
	done := 0 // where the line ends whose heads were read last
	read := 0 // where the rows below a head end that were read
	for _, at := range marks {
		if at.of != aHead {
			continue
		}
		place, _ := f.span(at.word, at.word+1)
		if place < done {
			continue
		}
		line := 1 + strings.LastIndexByte(f.raw[done:place], '\n') + done
		end := line + strings.IndexByte(f.raw[line:], '\n')
		if end < line {
			end = len(f.raw)
		}
		done = end
		if sep := partedAt(f.raw[line:end]); sep != 0 {
			read = max(read, headSecrets(f.raw, line, end, sep, read, add))
		}
	}
}

// partedAt is what parts the cells of a line: a tab, a bar, two blanks or more; 0 when nothing does.
func partedAt(line string) byte {
	switch {
	case strings.IndexByte(line, '\t') >= 0:
		return '\t'
	case strings.IndexByte(line, '|') >= 0:
		return '|'
	case strings.Contains(line, "  "):
		return ' '
	}
	return 0
}

// headSecrets reads the line of heads raw[line:end] and what stands below and, for a code, beside them. A row below other
// heads, before read, heads nothing itself. It gives where the rows end that it has read.
func headSecrets(raw string, line, end int, sep byte, before int, add func(rule string, start, end int)) (read int) {
	row := partedCells(raw, line, end, sep)
	heads := make([]string, len(row))
	user, lock, goods := -1, -1, false
	for c, cell := range row {
		if cell.to-cell.from > longestHeadCell {
			continue
		}
		heads[c] = headOf(raw[cell.from:cell.to])
		switch {
		case userHeads[heads[c]]:
			user = c
		case lockHeads[heads[c]]:
			lock = c
		case goodsHeads[heads[c]]:
			goods = true
		}
	}
	if len(row) == 2 && codeHeads[heads[0]] { // "Code alarme", and the code beside it
		if a, b := trimmed(raw, row[1].from, row[1].to); lockCell.MatchString(foldString(raw[a:b])) {
			add("secret/access-code", a, b)
			return 0
		}
	}
	if line < before {
		return 0
	}
	for c, head := range heads {
		keyed := user >= 0 && user != c && (keyHeads[head] || plainHeads[head])
		coded := !goods && (codeHeads[head] && len(row) > 1 || plainHeads[head] && lock >= 0 && lock != c)
		if !keyed && !coded {
			continue
		}
		eachLineOf(raw, line, len(raw), func(start, stop int) bool {
			read = max(read, stop)
			if partedAt(raw[start:stop]) != sep {
				return false
			}
			cells := partedCells(raw, start, stop, sep)
			if c >= len(cells) {
				return true
			}
			a, b := trimmed(raw, cells[c].from, cells[c].to)
			s := raw[a:b]
			switch low := foldString(s); {
			case keyed && (enteredCell(s, keyHeads[head]) || passHeads[head] && signsIn[heads[user]] && anyWord(low)):
				add("secret/password", a, b)
			case coded && digitsIn(low) >= 4 && lockCell.MatchString(low) && !dateLike.MatchString(low) && (codeHeads[head] || !bareYear.MatchString(low)):
				add("secret/access-code", a, b)
			}
			return true
		})
	}
	return read
}

// partedCells gives the cells of a line; bars at its ends part nothing.
func partedCells(raw string, from, to int, sep byte) (row []gridCell) {
	if sep == ' ' {
		return partedBy(raw, from, to, blanks)
	}
	if sep == '|' {
		for from < to && (raw[from] == ' ' || raw[from] == '|') {
			from++
		}
		for to > from && (raw[to-1] == ' ' || raw[to-1] == '|') {
			to--
		}
	}
	for from <= to && len(row) < mostColumns {
		stop := to
		if n := strings.IndexByte(raw[from:to], sep); n >= 0 {
			stop = from + n
		}
		row = append(row, gridCell{from, stop})
		from = stop + 1
	}
	return row
}

// headOf is the head of a column as the lists have it.
func headOf(s string) string {
	return strings.Join(splitWords(strings.ReplaceAll(foldString(s), "'", " ")), " ")
}

// enteredCell tells whether a cell beside a user is a word that was made up to sign in with. Under a head that names no
// other thing than that, words joined by an underscore are one too.
func enteredCell(s string, sure bool) bool {
	if len(s) < 6 || len(s) > 64 || strings.ContainsAny(s, " \u00a0\t()<>/\\•…") || placeholder(s) || dotted(s) || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return false
	}
	small, others, joints := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			small++
		case isDigit(c), strings.IndexByte("!#$%&*?+@^~=", c) >= 0, i > 0 && c >= 'A' && c <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z':
			others++
		case c == '_', c == '-':
			joints++
		}
	}
	return small >= 3 && !product.MatchString(s) && !typeName.MatchString(s) && (others > 0 || sure && joints > 1)
}

// anyWord tells whether a cell in a column of passwords is one word, and not one that says that there is none.
func anyWord(low string) bool {
	return len(low) >= 5 && letters(low) && !noneSet[low] && !notPasswords[low] && !standsAlone(low)
}
