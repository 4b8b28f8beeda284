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
	done := -1 // the row whose heads were read last
	read := 0  // where the rows below a head end that were read
	for _, at := range marks {
		if at.of != aHead || !f.hasCells() {
			continue
		}
		place, _ := f.span(at.word, at.word+1)
		if row := f.rowAt(place); row >= 0 && row != done {
			done = row
			read = max(read, f.headSecrets(row, read, add))
		}
	}
}

// headSecrets reads the heads of a row and what stands below and, for a code, beside them. A row below other heads, before
// read, heads nothing itself. It gives the row that ends those that it has read.
func (f *folded) headSecrets(top, before int, add func(rule string, start, end int)) (read int) {
	rows := f.rows()
	row := f.cells(&rows[top])
	heads := make([]string, len(row))
	user, lock, goods := -1, -1, false
	for c := range row {
		if len(row[c].said) > longestHeadCell {
			continue
		}
		heads[c] = row[c].folded().whole
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
		if a, b := trimmed(f.raw, row[1].from, row[1].to); lockCell.MatchString(foldString(f.raw[a:b])) {
			add("secret/access-code", a, b)
			return 0
		}
	}
	if top < before {
		return 0
	}
	for c, head := range heads {
		keyed := user >= 0 && user != c && (keyHeads[head] || plainHeads[head])
		coded := !goods && (codeHeads[head] && len(row) > 1 || plainHeads[head] && lock >= 0 && lock != c)
		if !keyed && !coded {
			continue
		}
		for read = top + 1; read < len(rows) && !rows[read].apart && rows[read].by == rows[top].by; read++ {
			cells := f.cells(&rows[read])
			if c >= len(cells) {
				continue
			}
			a, b := trimmed(f.raw, cells[c].from, cells[c].to)
			s := f.raw[a:b]
			switch low := foldString(s); {
			case keyed && (enteredCell(s, keyHeads[head]) || passHeads[head] && signsIn[heads[user]] && anyWord(low)):
				add("secret/password", a, b)
			case coded && digitsIn(low) >= 4 && lockCell.MatchString(low) && !dateLike.MatchString(low) && (codeHeads[head] || !bareYear.MatchString(low)):
				add("secret/access-code", a, b)
			}
		}
	}
	return read
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
