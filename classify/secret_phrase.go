package classify

import (
	"regexp"
	"strings"
)

// Pass phrases, agreed answers, recovery words and keys of a documented form.

var (
	// a phrase in quotes after its name
	quotedPhrase = regexp.MustCompile(`^[^\n"]{0,70}?(?:\best\b|\bis\b|\bare\b|\bsont\b|c'est|:|=|\brepond(?:ez|re|s|ons)\b|\banswer\b|\bsay\b|\bdites\b|\bdire\b|\btape[rz]?\b|\btype\b|\benter\b|\bentre[rz]\b|\bdonne[rz]?\b|\bgive\b|\breste\b|\bremains\b|\bsaisi(?:r|ssez)\b)(?: (?:with|par|simplement|toujours|encore|still|always|simply|just)){0,2}(?: ?:)? ?(?:"\s?([^"\n]{6,90}?)\s?"|'([^'\n]{6,90})')`)
	// what it opens or proves, for words that also name a phrase of any other kind
	opensWhat = newSeeker([]string{"coffre", "vault", "safe", "keepass", "bitwarden", "gestionnaire de mots", "password manager", "session", "compte", "account", "connexion", "connect", "log in", "sign in", "support", "assistance", "helpdesk", "help desk", "hotline", "deverrouill", "unlock", "cle usb", "usb key", "usb stick", "disque", "drive",
		"chiffr", "encrypt", "archive", "zip", "wifi", "wi-fi", "reseau", "network", "identite", "identity", "etes de la maison", "one of us", "prouve", "preuve", "prove", "alarme", "alarm", "telesurveillance", "levee de doute", "security company", "banque", "bank", "question de securite", "convenu", "agreed", "secret"})
	namesPassphrase = regexp.MustCompile(`^(?:passphrases?|pass phrases?|phrases? de passe|phrases? secretes?|secret phrases?|code words?|codewords?|mots? de code|mots? de passe|passwords?|questions? secretes?|security questions?|secret questions?|safe words?|watchwords?)\b`)
	noPhrase        = newSeeker([]string{"mot de passe", "password", "oublie", "forgot", "caractere", "character", "obligatoire", "required", "incorrect", "invalid", "sesame", "cliqu", "click", "exemple", "example", "top secret", "whatever", "n'importe", "ce que vous"})
	// a single word is agreed upon under these names
	agreedWord  = regexp.MustCompile(`^(?:code ?words?|mots? (?:de code|convenus?|a donner)|code a donner|watchwords?|agreed words?|safe words?)\b`)
	listedCodes = regexp.MustCompile(`^(?:recovery codes?|backup codes?|codes de (?:secours|recuperation|sauvegarde))\b[^\n:]{0,60}:?\s{1,3}((?:[-•*]? ?[0-9a-z]{4,10}(?:[- ][0-9a-z]{4,10})?[\s,;]{1,3}){2,20}[0-9a-z]{4,10}(?:[- ][0-9a-z]{4,10})?)(?:[\s.,;]|$)`)
	// the addresses of one-time passwords and of wireless networks, as codes to scan hold them
	scanned = regexp.MustCompile(`^(?:otpauth://[^\s]{1,200}?[?&]secret=([a-z2-7]{16,128})|wifi:[^\n]{0,120}?p:([^;\n]{4,64});)`)

	seedNamed = regexp.MustCompile(`^(?:(?:seed|recovery|backup|mnemonic|secret) (?:phrase|words)|mnemonic|seed|phrase (?:de recuperation|de recuperation|secrete|mnemonique|de sauvegarde|graine|de restauration)|mots de recuperation)\b[^\n:]{0,60}:?\s{1,2}`)

	bitlocker   = regexp.MustCompile(`^\d{6}(?:-\d{6}){7}$`)
	spacedLocks = regexp.MustCompile(`^\d{6}(?: \d{6}){7}$`)
)

// phrases finds them at the landmarks of a text.
func phrases(f *folded, marks []stretch, add func(rule string, start, end int)) {
	for _, at := range marks {
		if at.of != aPhrase {
			continue
		}
		low := f.low[at.word:min(len(f.low), at.word+400)]
		if from, to := seedWords(low); to > from {
			a, b := f.span(at.word+from, at.word+to)
			add("secret/recovery-key", a, b)
			continue
		}
		if m := scanned.FindStringSubmatchIndex(low); m != nil {
			a, b := f.span(at.word+max(m[2], m[4]), at.word+max(m[3], m[5]))
			add("secret/password", a, b)
			continue
		}
		if m := listedCodes.FindStringSubmatchIndex(low); m != nil && allWithDigits(low[m[2]:m[3]]) {
			a, b := f.span(at.word+m[2], at.word+m[3])
			add("secret/recovery-key", a, b)
			continue
		}
		if !strings.ContainsAny(low[:min(len(low), 120)], `"'`) {
			continue
		}
		m := quotedPhrase.FindStringSubmatchIndex(low[:min(len(low), 220)])
		if m == nil {
			continue
		}
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		start := at.word
		for start > max(0, at.word-160) && !stopsAt(f.low, start-1) {
			start--
		}
		end := at.word + to
		for end < min(len(f.low), at.word+to+60) && !stopsAt(f.low, end) {
			end++
		}
		sentence := f.low[start:at.word+from] + f.low[at.word+to:end]
		if !phraseOfWords(low[from:to], agreedWord.MatchString(low)) || noPhrase.in(low[from:to]) || onlyTaught.beginsWord(f.low[max(0, start-80):at.word+from]) || givenAsExample.beginsWord(sentence) {
			continue
		}
		if namesPassphrase.MatchString(low) || agreedWord.MatchString(low) || opensWhat.in(sentence) {
			a, b := f.span(at.word+from, at.word+to)
			add("secret/password", a, b)
		}
	}
}

// phraseOfWords tells whether what stands in quotes is words, two to nine or where it may be a single one, and no more.
func phraseOfWords(s string, one bool) bool {
	n := strings.Count(strings.TrimSpace(s), " ") + 1
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && strings.IndexByte(" '-,!.", c) < 0 {
			return false
		}
	}
	return (n >= 2 || one) && n <= 9
}

// allWithDigits tells whether each word of a list has a digit in it.
func allWithDigits(s string) bool {
	for _, word := range strings.Fields(s) {
		if !hasDigit(word) && word != "-" && word != "*" {
			return false
		}
	}
	return true
}

// seedWords finds the words from which a wallet or a vault is restored (BIP 39: twelve to twenty-four words of three to eight
// letters), after their name.
func seedWords(low string) (from, to int) {
	m := seedNamed.FindStringIndex(low)
	if m == nil {
		return 0, 0
	}
	n := 0
	from, to = m[1], m[1]
	for at := m[1]; at < len(low); {
		word := at
		for word < len(low) && low[word] >= 'a' && low[word] <= 'z' {
			word++
		}
		if size := word - at; size < 3 || size > 8 {
			break
		}
		n++
		to = word
		at = word
		for at < len(low) && at-word < 6 && (low[at] == ' ' || low[at] == ',' || low[at] == '\n' || low[at] == '.' && at+1 < len(low) && isDigit(low[at-1]) || isDigit(low[at])) {
			at++
		}
		if at == word {
			break
		}
	}
	if n < 12 || n > 24 || n%3 != 0 || to < len(low) && isWord(low[to]) {
		return 0, 0
	}
	return from, to
}

// recoveryKeys finds keys that are known by their form alone: BitLocker's (eight groups of six digits, each a multiple of
// eleven), those of FileVault and of Apple accounts (six or seven groups of four capitals and figures), and keys of programs and
// of Microsoft accounts (five groups of five).
func recoveryKeys(f *folded, spans []wordSpan, add func(rule string, start, end int)) {
	for i := 0; i+4 < len(spans); i++ {
		size := int(spans[i].to - spans[i].from)
		if size < 4 || size > 6 || !isDigit(f.low[spans[i].from]) && size == 6 {
			continue
		}
		groups := 1
		sep := byte(0)
		for k := i + 1; k < len(spans) && groups < 9; k++ {
			gap := f.low[spans[k-1].to:spans[k].from]
			if int(spans[k].to-spans[k].from) != size || len(gap) != 1 || sep != 0 && gap[0] != sep || gap[0] != '-' && gap[0] != ' ' {
				break
			}
			sep = gap[0]
			groups++
		}
		if groups < 5 {
			continue
		}
		from, to := int(spans[i].from), int(spans[i+groups-1].to)
		a, b := f.span(from, to)
		if size == 6 && groups == 8 && (bitlocker.MatchString(f.low[from:to]) || spacedLocks.MatchString(f.low[from:to]) && elevens(f.low[from:to]) >= 6) ||
			size == 5 && groups == 5 && sep == '-' && capitalGroups(f.raw[a:b]) ||
			size == 4 && (groups == 6 || groups == 7) && sep == '-' && capitalGroups(f.raw[a:b]) {
			add("secret/recovery-key", a, b)
		}
		i += groups - 1
	}
}

// elevens counts the groups of six digits that are multiples of eleven.
func elevens(s string) (n int) {
	for _, group := range strings.Fields(s) {
		rest := 0
		for i := range len(group) {
			rest = (10*rest + int(group[i]-'0')) % 11
		}
		n += int(one(rest == 0))
	}
	return n
}

// capitalGroups tells whether a key in groups is capitals and figures, well mixed.
func capitalGroups(s string) bool {
	digits := digitsIn(s)
	return s == strings.ToUpper(s) && digits >= 3 && len(s)-strings.Count(s, "-")-digits >= 6 && entropy(s) > 3
}
