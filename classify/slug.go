package classify

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What an address says in words: "/code-alarme-4471.txt" and "licenciement_jeanne_martin.html" part by dashes, underscores
// and dots what a text parts by spaces.

var (
	slugPassword = regexp.MustCompile(`(?:^|[^a-z0-9])(?:mots?[-_ ]?de[-_ ]?passe|mdp|pass ?words?|passwd|passphrase|pwd|passwort|kennwort|contrasena|(?:cle|code)[-_ ](?:du[-_ ]|de[-_ ]la[-_ ]|de[-_ ])?wi-?fi|wi-?fi[-_ ](?:cle|key|code))[-_ .:=]{1,3}([^/\n]{6,120})`)
	slugKey      = regexp.MustCompile(`(?:^|[^a-z0-9])(?:cles?|keys?|api-?key|tokens?|jetons?|secrets?)[-_ .:=]{1,3}(?:[a-z]{2,8}[-_]){0,3}([a-z0-9]{16,100})(?:[^a-z0-9]|$)`)
	lastEnding   = regexp.MustCompile(`(?i)\.[a-z][a-z0-9]{1,4}$`)
	saysPhone    = mustAtWord(`\b(?:portable|mobile|gsm|tel|telephone|phone|cell|rappeler|appeler|appel|call)\b[^0-9\n]{0,24}$`)
	bareYear     = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// asSlug is the name of the field of slug, and its place.
const asSlug = "url"

// An address is read for words in parts of mostSlug bytes, each with the end of the one before, and no more than mostSlugs of them.
const (
	mostSlug  = 2048
	overSlug  = 256
	mostSlugs = 8
)

// slugWords gives an address with the marks between its words, and before the ending of a file, as spaces and its
// segments as lines. No byte moves.
func slugWords(address string) string {
	b := []byte(address)
	ends := len(b)
	for i := len(b) - 1; i >= 0; i-- {
		switch b[i] {
		case '/', '\\', '?', '&', '\n':
			b[i] = '\n'
			ends = i
		case '-', '_', '+', '\'':
			if b[i] != '+' || i+1 == len(b) || !isDigit(b[i+1]) || i > 0 && alnumByte(b[i-1]) { // "+33 6" stays
				b[i] = ' '
			}
		case '.':
			if ends-i <= 6 && ends > i+1 {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// slugValues finds the values that an address announces in its words, without overlaps.
func slugValues(address string) (all []value) {
	if digitsUpTo(address, 2) < 2 {
		return nil
	}
	for n, from := 0, 0; n < mostSlugs; n, from = n+1, from+mostSlug-overSlug {
		to := min(len(address), from+mostSlug)
		for _, v := range valuesInSlug(address[from:to]) {
			v.start, v.end = v.start+from, v.end+from
			all = append(all, v)
		}
		if to == len(address) {
			break
		}
	}
	return apart(all)
}

// valuesInSlug finds them in a part of an address.
func valuesInSlug(address string) (all []value) {
	add := func(v value) { all = append(all, v) }
	low := fold(address)
	eachSlug(&low, slugPassword, passwordNames, func(from, to int) {
		rest := address[from:to]
		if ending := lastEnding.FindStringIndex(rest); ending != nil {
			rest = rest[:ending[0]]
		}
		eachSlugWord(rest, func(a, b int) {
			add(value{kind: isSecret, rule: "secret/password", start: from + a, end: from + b})
		})
	})
	eachSlug(&low, slugKey, keyNames, func(from, to int) {
		if s := address[from:to]; strongWord(s) && s != strings.ToLower(s) && keyLike(s, "") {
			add(value{kind: isSecret, rule: "secret/api-key", start: from, end: to})
		}
	})
	text := slugWords(address)
	words := fold(text)
	found, _ := valuesAndMarks(&words, spansOf(words.low, spansFor(len(words.low))), nil)
	for _, v := range found {
		if s := address[v.start:v.end]; sureInSlug(&v, s, text) {
			add(v)
		}
	}
	return all
}

// passwordNames and keyNames are the quick looks for slugPassword and slugKey.
var (
	passwordNames = newSeeker([]string{"pass", "mdp", "pwd", "kennwort", "contrasena", "wifi", "wi-fi"})
	keyNames      = newSeeker([]string{"cle", "key", "token", "jeton", "secret"})
)

// eachSlug calls found with the places in the address of what an expression on its comparable form holds, where one of
// its names stands.
func eachSlug(f *folded, re *regexp.Regexp, names *seeker, found func(from, to int)) {
	if !names.in(f.low) {
		return
	}
	for _, m := range re.FindAllStringSubmatchIndex(f.low, 4) {
		found(f.span(m[2], m[3]))
	}
}

// eachSlugWord finds the made-up words after the name of a password: each word between spaces and underscores, with
// one dash at most, or else between its dashes.
func eachSlugWord(rest string, found func(from, to int)) {
	at := 0
	for _, word := range strings.FieldsFunc(cut(rest, 120), func(r rune) bool { return r == ' ' || r == '_' || r == '&' || r == '?' }) {
		at += strings.Index(rest[at:], word)
		if strings.Count(word, "-") <= 1 && strongWord(word) {
			found(at, at+len(word))
		} else {
			in := at
			for _, part := range strings.Split(word, "-") {
				if strongWord(part) {
					found(in, in+len(part))
				}
				in += len(part) + 1
			}
		}
		at += len(word)
	}
}

// sureInSlug tells whether a value found in the words of an address is one: numbers in addresses mostly count something.
func sureInSlug(v *value, s, text string) bool {
	switch v.kind {
	case isSecret:
		return v.rule == "secret/access-code" && !bareYear.MatchString(s)
	case isPaper: // with letters, or with the twelve digits that are no time
		return s != strings.Map(digitsOnly, s) || len(s) == 12 && !strings.HasPrefix(s, "20")
	case isCard:
		return saysCard(foldString(text[max(0, v.start-48):v.start]))
	case isPhone: // in five pairs, or after a word that says so
		if !mobilePhone(foldString(s)) || numberBeside(text, v.start, v.end) {
			return false
		}
		parts := strings.Count(strings.Map(spaceFor, strings.TrimPrefix(s, "+")), " ")
		return parts == 4 || parts == 5 && strings.HasPrefix(s, "+33") || saysPhone.MatchString(foldString(text[max(0, v.start-32):v.start]))
	}
	return false
}

// numberBeside tells whether another number stands right before or after a part of text, as in a date.
func numberBeside(text string, start, end int) bool {
	before, after := strings.TrimRight(text[:start], " "), strings.TrimLeft(text[end:], " ")
	return before != "" && isDigit(before[len(before)-1]) || after != "" && isDigit(after[0])
}

func digitsOnly(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// withoutSlugValues puts the marks of Redact over the values of an address wherever a title made of it repeats them,
// whatever parts their words there.
func withoutSlugValues(title, address string) string {
	if title == "" || digitsUpTo(address, 2) < 2 {
		return title
	}
	plain, vs := addressValues(address)
	for _, v := range vs {
		rule := ruleOf(v, false)
		if rule == "" || v.kind == isMasked {
			continue
		}
		for range mostRepeats {
			from, to := sameLetters(title, plain[v.start:v.end])
			if to == from {
				break
			}
			title = title[:from] + maskedLead + rule + "]" + title[to:]
		}
	}
	return title
}

// mostRepeats is how often a title may say one value.
const mostRepeats = 20

// sameLetters finds in s a word whose letters and digits are those of w, in the same order and case but for the first,
// with other signs between them or none; to is 0 when there is none.
func sameLetters(s, w string) (from, to int) {
	want := strings.Map(lettersOnly, w)
	if len(want) < 4 {
		return 0, 0
	}
	for i := range len(s) {
		if !alnumByte(s[i]) || i > 0 && alnumByte(s[i-1]) {
			continue
		}
		n, k := 0, i
		for k < len(s) && n < len(want) {
			switch {
			case s[k]|0x20 == want[n]|0x20 && alnumByte(s[k]):
				n++
			case alnumByte(s[k]):
				n = len(want) + 1
			}
			k++
		}
		if n == len(want) {
			for k < len(s) && strings.IndexByte("!#$%&*?@^~=", s[k]) >= 0 {
				k++
			}
			return i, k
		}
	}
	return 0, 0
}

func lettersOnly(r rune) rune {
	if r < 0x80 && alnumByte(byte(r)) {
		return r
	}
	return -1
}

// slug is what the last segment of an address says, as a title would say it: names that are known begin with a capital,
// and so does the word after one. It is "" for one word and for what a file name says with spaces already.
func slug(name string) string {
	if at := strings.LastIndexByte(name, '.'); at > 0 && len(name)-at <= 6 {
		name = name[:at]
	}
	words := strings.FieldsFunc(cut(name, 200), func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == '.' })
	if len(words) < 2 || strings.ContainsAny(name, " \t\n") {
		return ""
	}
	given := false
	for i, w := range words {
		is := givenNames[foldString(w)]
		if (is || given) && len(w) > 1 && letters(foldString(w)) {
			first, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(first)) + w[n:]
		}
		given = is && !given
	}
	return strings.Join(words, " ")
}

// lastWords is the last segment of an item's address that names it.
func (p *page) lastWords() string {
	segments := strings.Split(strings.Trim(p.below().Path, "/"), "/")
	for i := len(segments) - 1; i >= 0 && i >= len(segments)-2; i-- {
		name := segments[i]
		stem, _, _ := strings.Cut(name, ".")
		switch foldString(stem) {
		case "index", "default", "home", "accueil", "view", "page", "":
			continue
		}
		return name
	}
	return ""
}
