package classify

import (
	"math"
	"regexp"
	"strings"
)

var (
	privateKey = regexp.MustCompile(`-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----\s*(?:[^-]{24,}?)(?:-----END|\z)`)
	jwtForm    = regexp.MustCompile(`\bey[A-Za-z0-9_\-]{15,}\.ey[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{5,}`)
	azureForm  = regexp.MustCompile(`(?:^|[^A-Za-z0-9_~.-])([A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?:$|[^A-Za-z0-9_~.-])`)
	header     = mustAtWord(`(?i)\b(?:authorization|x-api-key|api-?key|api-token)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?(?:(?:bearer|basic|token|api-token|apikey)[ \t]{1,2})?["']?([A-Za-z0-9+/=_.~@-]{14,900})`)
	// a setting in code: define('DB_PASSWORD', 'word'), putenv("PWD", "word")
	setting  = mustAtWord(`(?:\b|_)(?:password|passwd|passphrase|pwd|mdp)["'] {0,3}, {0,3}["']([^\s"'<>${}]{6,64})["']`)
	curlUser = regexp.MustCompile(`^(?:-u|--user)(?:=|[ \t]{0,5})["']?([^\s"'<>$\[{]{0,60}:["']?[^\s"'<>$\[{]{6,64})`)
	password = mustAtWord(`(?:\b|_)(?:mots? ?de ?passe|mdp|m\.d\.p\.|passwords?|passwd|passphrase|pass phrase|phrase de passe|passcode|pass|pw|pwd|sesame|mots? magiques?|magic words?|contrasena|passwort|kennwort|parola d'ordine|code wi-?fi|cle wi-?fi|wi-?fi key|cle wpa2?|identifiants?|login)\b(?: [a-z0-9' .()_/-]{1,30}?)?["']?\s{0,3}(?::=|=>|->|→|[:=]|,? ?\bc'est\b|\best\b|\bis\b|\breste\b|\bremains\b|\t)(?: (?:toujours|encore|desormais|maintenant|actuellement|now|still|always|currently)\b)? {0,3}(?:["'(] ?)?([^\s]{4,64})(\s*[.!]?\s*(?:\n|$))?`)
	// a password after its name with nothing between
	passwordBare = mustAtWord(`\b(?:mot ?de ?passe|mdp|password|passphrase|phrase de passe|passcode|pwd|pw|sesame|mot magique|magic word|(?:cle|code) (?:du |de la |de )?wi-?fi|wi-?fi (?:key|code))(?: (?:initial|provisoire|temporaire|par defaut|actuel|general|commun|unique|du jour|du mois|temporary|default|current|shared|admin|invite|guest))? ["'(]?\s?([^\s]{6,64})`)
	// a name with a number, which is a standard, a product or a year of one more often than a password
	standard   = regexp.MustCompile(`^(?:[a-z]{2,12}-\d+(?:-\d+)*|wpa\d?.*)$`)
	loginPair  = mustAtWord(`\b(?:admin|administrateur|administrator|root|login|identifiants?|utilisateur|user|compte|username|account|logins|credentials)\b(?: [a-z0-9._-]{2,30})?\s{0,2}[/:|=\t]\s{0,2}(?:[a-z0-9._@-]{2,40}\s{0,2}[/|\t]\s{0,2})?([^\s/|]{6,64})`)
	assignment = regexp.MustCompile(`(?i)[a-z0-9_.-]{0,50}?(?:access|auth|api|credential|creds|key|passw(?:or)?d|secret|token)(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[\x60'"\s=]{0,5}([\w.=+/~-]{10,150})(?:[\x60'"\s;]|\\[nr]|$)`)
	digicode   = mustAtWord(`\b(?:digicode|code (?:d[' ]|du |de la |de l[' ]|)(?:acces|portail|portillon|porte|alarme|entree|coffre(?:[- ]fort)?|immeuble|batiment|barriere|parking|garage|boite a cles?)|codes? pin|pin code|(?:alarm|door|gate|entry|safe|access|building|garage) code)\b([^\n.:;0-9]{0,40})[:= ]\s{0,2}([0-9]{4,8}[a-z*#]?|[a-z][0-9]{4,6}|[0-9]{2}[a-z][0-9]{2,4})\b`)
)

// secretsOf finds credentials. Each form is looked for only where its letters stand.
func secretsOf(f *folded, spans []wordSpan, marks []stretch) []value {
	var all []value
	raw, low := f.raw, f.low
	add := func(rule string, start, end int) {
		all = append(all, value{kind: isSecret, rule: rule, start: start, end: end})
	}
	webTokens := false
	var room [16]run
	runs := room[:0]
	eachLongRun(raw, shortToken, func(start, end, digits int) {
		if end-start >= shortKey && digits >= 2 {
			runs = append(runs, run{start, end})
		}
		webTokens = webTokens || strings.Contains(raw[start:end], ".ey") || strings.Contains(raw[start:end], "eyJ")
		for i := start; i+1 < end; i++ {
			if !tokenLeads.has(raw[i], raw[i+1]) {
				continue
			}
			for _, k := range tokensBy[[2]byte{raw[i], raw[i+1]}] {
				if end := tokens[k].at(raw, i); end > 0 {
					add(tokens[k].rule, i, end)
					i = end - 1
					break
				}
			}
		}
	})
	if strings.Contains(raw, "PRIVATE KEY") {
		for _, m := range privateKey.FindAllStringIndex(raw, -1) {
			add("secret/private-key", m[0], m[1])
		}
	}
	if webTokens {
		for _, m := range jwtForm.FindAllStringIndex(raw, -1) {
			add("secret/jwt", m[0], m[1])
		}
	}
	eachURLCredentials(raw, func(user, colon, at int) {
		if word := raw[colon+1 : at]; !placeholder(word) && !variable(word) {
			add("secret/url-credentials", user, at)
		}
	})
	for i := strings.Index(raw, azureMark); i >= 0; i = next(raw, azureMark, i) {
		from := max(0, i-5) // a character before, four of the token
		if m := azureForm.FindStringSubmatchIndex(cut(raw[from:], 50)); m != nil && entropy(raw[from+m[2]:from+m[3]]) > 3 {
			add("secret/token", from+m[2], from+m[3])
		}
	}
	if announced(marks, aHeader) {
		for _, m := range header.FindAllStringSubmatchIndex(raw, 16) {
			if s := raw[m[2]:m[3]]; !placeholder(s) && entropy(s) > 3 && strings.ContainsAny(s, "0123456789") {
				add("secret/api-key", m[2], m[3])
			}
		}
	}
	if announced(marks, aCurl) {
		curlUsers(raw, add)
	}
	for _, at := range marks {
		if at.of == aPassword {
			announcedPasswords(f, at, add)
		}
	}
	all = append(all, unannounced(f, marks)...)
	saidSecrets(f, marks, add)
	enteredWords(f, spans, add)
	phrases(f, marks, add)
	tableSecrets(f, marks, add)
	recoveryKeys(f, spans, add)
	userPairs(f, add)
	parameterSecrets(raw, "?&#;", add)
	for _, at := range marks {
		if at.of != aLogin {
			continue
		}
		near := low[at.from:min(len(low), at.from+120)]
		if !strings.ContainsAny(near, "/:|=") || !hasDigit(near) { // no strong word is without a digit
			continue
		}
		if m := loginPair.FindStringSubmatchIndex(near); m != nil {
			from, to := at.from+m[2], at.from+m[3]
			to = from + len(strings.TrimRight(low[from:to], `"'`+"`),.;]>"))
			a, b := f.span(from, to)
			if at.from+m[0] > 0 && strings.IndexByte("/?&", low[at.from+m[0]-1]) >= 0 { // a path, or a parameter of an address (parameterSecrets)
				continue
			}
			if strongWord(raw[a:b]) && !namedValue(raw[a:b]) && !product.MatchString(raw[a:b]) {
				add("secret/password", a, b)
			}
		}
	}
	for _, at := range marks {
		if at.of != aCode {
			continue
		}
		for _, m := range digicode.FindAllStringSubmatchIndex(window(low, at, 90)) {
			if near := low[at.from:]; bareYear.MatchString(near[m[4]:m[5]]) && tellsWhen(near[m[2]:m[3]]) {
				continue // "le code d'entrée a changé en 2024"
			}
			a, b := f.span(at.from+m[4], at.from+m[5])
			add("secret/access-code", a, b)
		}
	}
	for _, r := range runs {
		from := max(0, r.start-assignmentLead)
		// without a sign of equality in it, the value of an assignment is the whole run
		keyed := strings.IndexByte(raw[r.start:r.end], '=') >= 0 || keyLike(raw[r.start:r.end], "")
		if !keyed || !namesAKey(raw[from:r.end]) {
			continue
		}
		if bareKey.MatchString(raw[from:r.start]) && keyLike(raw[r.start:r.end], "") {
			add("secret/api-key", r.start, r.end)
			continue
		}
		if !strings.ContainsAny(raw[max(0, r.start-assignmentGap):r.end], "=>|:,") { // one of them parts the name and the key
			continue
		}
		around := raw[from:min(len(raw), r.end+2)]
		for _, m := range assignment.FindAllStringSubmatchIndex(around, 8) {
			if keyLike(around[m[2]:m[3]], around[m[0]:m[2]]) {
				add("secret/api-key", from+m[2], from+m[3])
			}
		}
	}
	return all
}

// curlUsers finds the passwords that the commands of a text are given with their users.
func curlUsers(raw string, add func(rule string, start, end int)) {
	const most, reach = 16, 600 // such users, and bytes of one
	for i, n := strings.Index(raw, "-u"), 0; i >= 0 && n < most; i = next(raw, "-u", i) {
		at := i
		if at > 0 && raw[at-1] == '-' {
			at--
		}
		if at > 0 && raw[at-1] > ' ' {
			continue
		}
		m := curlUser.FindStringSubmatchIndex(raw[at:min(len(raw), at+reach)])
		if m == nil {
			continue
		}
		n++
		if _, word, _ := strings.Cut(raw[at+m[2]:at+m[3]], ":"); strings.ContainsAny(word, "0123456789") && !placeholder(word) {
			add("secret/password", at+m[2], at+m[3])
		}
	}
}

// run is a run of characters of a key: raw[start:end] of a text.
type run struct{ start, end int }

// tellsWhen tells whether words between the name of a code and a year are no "is".
func tellsWhen(between string) bool {
	words := splitWords(between)
	return len(words) > 0 && words[len(words)-1] != "est" && words[len(words)-1] != "is"
}

const azureMark = "Q~"

// next is where s stands in text after offset i, -1 if nowhere.
func next(text, s string, i int) int {
	k := strings.Index(text[i+1:], s)
	if k < 0 {
		return -1
	}
	return i + 1 + k
}

// eachURLCredentials finds scheme://user:password@host, as the places of the user, the colon and the
// at sign (RFC 3986 section 3.2.1).
func eachURLCredentials(raw string, found func(user, colon, at int)) {
	for i := 0; ; {
		k := strings.Index(raw[i:], "://")
		if k < 0 {
			return
		}
		scheme := i + k
		i = scheme + len("://")
		if !endsInScheme(raw[max(0, scheme-17):scheme], scheme > 17) {
			continue
		}
		colon := endOfPart(raw, i)
		if colon == i || colon >= len(raw) || raw[colon] != ':' {
			continue
		}
		at := endOfPart(raw, colon+1)
		if at == colon+1 || at+1 >= len(raw) || raw[at] != '@' || !alnumByte(raw[at+1]) {
			continue
		}
		found(i, colon, at)
		i = at
	}
}

// signedLink tells whether the address of a link holds what lets in: a user name and a password, a token, a key, or the mark
// of Redact for them. Keys of maps stand in public pages, and who gets a letter may leave its list with the token in it.
func signedLink(address string) bool {
	_, vs := addressValues(address)
	for _, v := range vs {
		if (v.kind == isSecret || v.kind == isMasked && strings.HasPrefix(v.rule, "secret/")) && v.rule != "secret/google" && v.rule != "secret/access-code" {
			return !leavesList.in(strings.ToLower(address))
		}
	}
	return false
}

var leavesList = newSeeker([]string{"unsubscribe", "optout", "opt-out", "desabonn", "desinscri"})

// endOfPart is where a user name or a password in an address ends: at a delimiter, or after 64 bytes.
func endOfPart(s string, from int) int {
	end := from
	for end < len(s) && end-from < 64 && s[end] > ' ' && strings.IndexByte(`/:@"'<>`, s[end]) < 0 {
		end++
	}
	return end
}

// endsInScheme tells whether s ends in a scheme of two to sixteen characters that begins a word.
func endsInScheme(s string, more bool) bool {
	for p := len(s) - 1; p >= 0; p-- {
		c := s[p]
		if !alnumByte(c) && c != '+' && c != '.' && c != '-' {
			return false
		}
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		begins := p > 0 && !alnumByte(s[p-1]) && s[p-1] != '_' || p == 0 && !more
		if letter && begins && len(s)-p >= 2 && len(s)-p <= 16 {
			return true
		}
	}
	return false
}

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func alnumByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

var assignmentWords = []string{"key", "auth", "token", "secret", "passw", "cred", "access", "api"}

// namesAKey tells whether one of the names that an assignment of a key begins with stands in s, which is short.
func namesAKey(s string) bool {
	low := strings.ToLower(s)
	for _, w := range assignmentWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// announced tells whether a landmark stands in the text.
func announced(marks []stretch, of landmark) bool {
	for _, at := range marks {
		if at.of == of {
			return true
		}
	}
	return false
}

const (
	assignmentLead = 90 // how far before a key its name may begin, in bytes
	assignmentGap  = 8  // how far before it the sign that parts the two may stand
)

// eachLongRun finds the runs of so many characters of a key or more, with the number of their digits: the only places
// where the slow look for a key or a token is worth it.
func eachLongRun(raw string, least int, found func(start, end, digits int)) {
	for start := 0; start+least <= len(raw); {
		// A run of that length holds every place of the stretch that begins here: the last that is none ends it.
		last := start + least - 1
		for last >= start && keyByte[raw[last]] > 0 {
			last--
		}
		if last >= start {
			start = last + 1
			continue
		}
		end, digits := start, 0
		for end < len(raw) && keyByte[raw[end]] > 0 {
			digits += int(keyByte[raw[end]]) - 1
			end++
		}
		found(start, end, digits)
		start = end + 1
	}
}

const (
	shortKey   = 16
	shortToken = 15 // no token of the table is shorter, and so much of each is a run
)

// keyByte is 2 for digits, 1 for the other characters of keys, 0 for the rest.
var keyByte = func() (t [256]uint8) {
	for i := range t {
		c := byte(i)
		switch {
		case c >= '0' && c <= '9':
			t[i] = 2
		case alnumByte(c) || c == '+' || c == '/' || c == '_' || c == '-' || c == '=' || c == '.' || c == '~':
			t[i] = 1
		}
	}
	return t
}()

var notKeys = regexp.MustCompile(`(?i)access(?:ibility|or)|access[_.-]?id|random[_.-]?access|api[_.-]?(?:id|name|version|url)|rapid|capital|author|authentication-results|credentials?[_.-]?id|withcredentials|(?:bucket|foreign|hot|idx|natural|primary|pub(?:lic)?|schema|sequence)[_.-]?key|turkey|monkey|keying|key[_.-]?(?:hash|file|vault|alias|board|code|frame|id|length|mesh|name|pair|press|ring|selector|signature|size|stone|storetype|word|up|down|left|right)|keystore|keytab|secret[_.-]?(?:length|name|size)|csrf|jsonwebtoken|:jar:|LIC_|SRCREV|token[_.-]?(?:endpoint|ur[il]|file)|public[_.-]?token|sitekey|site-key|x-ms-`)

// keyLike tells whether the value of an assignment looks like a key: letters and digits, hard to
// guess, no placeholder, no version, no path.
func keyLike(s, lead string) bool {
	if len(s) < 16 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "/") {
		return false
	}
	digits, lower, upper := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			lower++
		case c >= 'A' && c <= 'Z':
			upper++
		}
	}
	if digits < 2 || lower+upper < 2 || strings.Count(s, "-") > 3 && strings.Count(s, "-") != 4 || strings.Count(s, "/") > 2 || strings.Count(s, ".") > 2 {
		return false
	}
	return !placeholder(s) && !slugLike(s) && entropy(s) >= 3.5 && !notKeys.MatchString(lead)
}

// slugLike tells whether a value is words and numbers with dashes between, as programs name things: "post-article-14848164".
func slugLike(s string) bool {
	words := 0
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == '/' }) {
		switch digits := digitsIn(part); {
		case digits == len(part):
		case digits == 0 && len(part) >= 3 && part == strings.ToLower(part) && strings.ContainsAny(part, "aeiouy"):
			words++
		default:
			return false
		}
	}
	return words >= 2
}

// entropy is Shannon's, in bits per byte.
func entropy(s string) float64 {
	var count [256]int
	for i := range len(s) {
		count[s[i]]++
	}
	h := 0.0
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(s))
			h -= p * math.Log2(p)
		}
	}
	return h
}
