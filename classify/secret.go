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
	header     = regexp.MustCompile(`(?i)\b(?:authorization|x-api-key|api-?key|api-token)["']?[ \t]{0,3}[:=][ \t]{0,3}["']?(?:(?:bearer|basic|token|api-token|apikey)[ \t]{1,2})?["']?([A-Za-z0-9+/=_.~@-]{14,900})`)
	// a setting in code: define('DB_PASSWORD', 'word'), putenv("PWD", "word")
	setting  = regexp.MustCompile(`(?:\b|_)(?:password|passwd|passphrase|pwd|mdp)["'] {0,3}, {0,3}["']([^\s"'<>${}]{6,64})["']`)
	curlUser = regexp.MustCompile(`(?:^|\s)(?:-u|--user)(?:=|[ \t]{0,5})["']?([^\s"'<>$\[{]{0,60}:["']?[^\s"'<>$\[{]{6,64})`)
	password = regexp.MustCompile(`(?:\b|_)(?:mots? de passe|mdp|m\.d\.p\.|passwords?|passwd|passphrase|pass phrase|pwd|contrasena|passwort|kennwort|parola d'ordine|code wi-?fi|cle wi-?fi|wi-?fi key|cle wpa2?|identifiants?|login)\b(?: [a-z0-9' .()_/-]{1,30}?)?["']?\s{0,3}(?::=|=>|->|→|[:=]|\best\b|\bis\b|\t) {0,3}([^\s]{4,64})(\s*[.!]?\s*(?:\n|$))?`)
	// a password after its name with nothing between
	passwordBare = regexp.MustCompile(`\b(?:mot de passe|mdp|password|pwd|(?:cle|code) (?:du |de la |de )?wi-?fi|wi-?fi (?:key|code)) ([^\s]{6,64})`)
	// a name with a number, which is a standard, a product or a year of one more often than a password
	standard   = regexp.MustCompile(`^(?:[a-z]{2,12}-\d+(?:-\d+)*|wpa\d?.*)$`)
	loginPair  = regexp.MustCompile(`\b(?:admin|administrateur|administrator|root|login|identifiants?|utilisateur|user|compte|username|account|logins|credentials)\b(?: [a-z0-9._-]{2,30})?\s{0,2}[/:|=]\s{0,2}(?:[a-z0-9._@-]{2,40}\s{0,2}[/|]\s{0,2})?([^\s/|]{6,64})`)
	assignment = regexp.MustCompile(`(?i)[a-z0-9_.-]{0,50}?(?:access|auth|api|credential|creds|key|passw(?:or)?d|secret|token)(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[\x60'"\s=]{0,5}([\w.=+/-]{10,150})(?:[\x60'"\s;]|\\[nr]|$)`)
	digicode   = regexp.MustCompile(`\b(?:digicode|code (?:d'acces|du portail|de la porte|porte|alarme|de l'alarme|d'entree|coffre|du coffre)|codes? pin|pin code|alarm code|door code|gate code)\b[^\n.:;0-9]{0,40}[:= ]\s{0,2}([0-9]{4,8}[a-z*#]?|[a-z][0-9]{4,6}|[0-9]{2}[a-z][0-9]{2,4})\b`)
)

// secretsOf finds credentials. Each form is looked for only where its letters stand.
func secretsOf(f *folded, marks []stretch) []value {
	var all []value
	raw, low := f.raw, f.low
	add := func(rule string, start, end int) {
		all = append(all, value{kind: isSecret, rule: rule, start: start, end: end})
	}
	for i := 0; i+12 < len(raw); i++ {
		if !tokenLeads.has(raw[i], raw[i+1]) {
			continue
		}
		for _, k := range tokensBy[raw[i]][raw[i+1]] {
			if end := tokens[k].at(raw, i); end > 0 {
				add(tokens[k].rule, i, end)
				i = end - 1
				break
			}
		}
	}
	if strings.Contains(raw, "PRIVATE KEY") {
		for _, m := range privateKey.FindAllStringIndex(raw, -1) {
			add("secret/private-key", m[0], m[1])
		}
	}
	if strings.Contains(raw, "eyJ") || strings.Contains(raw, ".ey") {
		for _, m := range jwtForm.FindAllStringIndex(raw, -1) {
			add("secret/jwt", m[0], m[1])
		}
	}
	eachURLCredentials(raw, func(user, colon, at int) {
		if word := raw[colon+1 : at]; !placeholder(word) && !variable(word) {
			add("secret/url-credentials", user, at)
		}
	})
	if strings.Contains(raw, "Q~") {
		for _, m := range azureForm.FindAllStringSubmatchIndex(raw, 16) {
			if entropy(raw[m[2]:m[3]]) > 3 {
				add("secret/token", m[2], m[3])
			}
		}
	}
	if announced(marks, aHeader) {
		for _, m := range header.FindAllStringSubmatchIndex(raw, 16) {
			if s := raw[m[2]:m[3]]; !placeholder(s) && entropy(s) > 3 && strings.ContainsAny(s, "0123456789") {
				add("secret/api-key", m[2], m[3])
			}
		}
	}
	if strings.Contains(raw, "curl") {
		for _, m := range curlUser.FindAllStringSubmatchIndex(raw, 16) {
			if _, word, _ := strings.Cut(raw[m[2]:m[3]], ":"); strings.ContainsAny(word, "0123456789") && !placeholder(word) {
				add("secret/password", m[2], m[3])
			}
		}
	}
	for _, at := range marks {
		if at.of != aPassword {
			continue
		}
		for _, m := range password.FindAllStringSubmatchIndex(window(low, at, 140)) {
			from, to := at.from+m[2], at.from+m[3]
			word := strings.TrimRight(strings.TrimLeft(low[from:to], `"'`+"`(<["), `"'`+"`),.;]>")
			from += strings.Index(low[from:to], word)
			to = from + len(word)
			a, b := f.span(from, to)
			if passwordLike(raw[a:b], low[at.from+m[0]:from], m[4] >= 0) {
				add("secret/password", a, b)
			}
		}
		if m := passwordBare.FindStringSubmatchIndex(cut(low[at.from:], 110)); m != nil {
			word := strings.TrimRight(low[at.from+m[2]:at.from+m[3]], ".,;)")
			a, b := f.span(at.from+m[2], at.from+m[2]+len(word))
			if !strings.HasPrefix(word, "wpa") && strongWord(raw[a:b]) || !standard.MatchString(word) && !notPasswords[word] && mixedWord(word) && (strings.ContainsAny(word, "-_!@#") || !strings.Contains(low[at.from+m[0]:at.from+m[2]], "pass")) {
				add("secret/password", a, b)
			}
		}
		for _, m := range setting.FindAllStringSubmatchIndex(window(low, at, 140)) {
			a, b := f.span(at.from+m[2], at.from+m[3])
			if word := raw[a:b]; !placeholder(word) && !notPasswords[low[at.from+m[2]:at.from+m[3]]] && (strings.ContainsAny(word, "0123456789-_.!?@#%&*+=") || word != strings.ToLower(word)) {
				add("secret/password", a, b)
			}
		}
	}
	all = append(all, unannounced(f, marks)...)
	for _, at := range marks {
		if at.of != aLogin {
			continue
		}
		near := low[at.from:min(len(low), at.from+120)]
		if !strings.ContainsAny(near, "/:|=") {
			continue
		}
		if m := loginPair.FindStringSubmatchIndex(near); m != nil {
			from, to := at.from+m[2], at.from+m[3]
			to = from + len(strings.TrimRight(low[from:to], `"'`+"`),.;]>"))
			a, b := f.span(from, to)
			if at.from+m[0] > 0 && low[at.from+m[0]-1] == '/' { // a path
				continue
			}
			if strongWord(raw[a:b]) && !namedValue(raw[a:b]) {
				add("secret/password", a, b)
			}
		}
	}
	for _, at := range marks {
		if at.of != aCode {
			continue
		}
		for _, m := range digicode.FindAllStringSubmatchIndex(window(low, at, 90)) {
			a, b := f.span(at.from+m[2], at.from+m[3])
			add("secret/access-code", a, b)
		}
	}
	eachLongRun(raw, func(start, end int) {
		from := max(0, start-assignmentLead)
		if !namesAKey(raw[from:end]) {
			return
		}
		around := raw[from:min(len(raw), end+2)]
		for _, m := range assignment.FindAllStringSubmatchIndex(around, 8) {
			if keyLike(around[m[2]:m[3]], around[m[0]:m[2]]) {
				add("secret/api-key", from+m[2], from+m[3])
			}
		}
	})
	return all
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

// stretch is a part of folded text worth a closer look: it begins a little before a landmark.
type stretch struct {
	from int
	of   landmark
}

// landmark is what a word announces.
type landmark uint8

const (
	aPassword landmark = iota
	aCode
	aBirth
	aLogin
	aPaper
	aHeader
)

var landmarks = wordSeeker([][]string{
	aPassword: {"passe", "mdp", "m.d.p", "passw", "passphrase", "pass phrase", "pwd", "contrasena", "kennwort", "parola d'ordine", "wi-fi", "wifi", "wpa"},
	aCode: {"digicode", "code d'acces", "code du portail", "code de la porte", "code porte", "code alarme", "code de l'alarme", "code d'entree", "code coffre", "code du coffre", "code pin", "codes pin", "pin code",
		"alarm code", "door code", "gate code"},
	aPaper:  {"passeport", "passport", "carte d'identite", "carte nationale d'identite", "cni", "titre de sejour", "carte de sejour", "permis de conduire", "identity card", "id card", "driving licence", "driver's license", "residence permit"},
	aLogin:  {"admin", "root", "login", "identifiant", "utilisateur", "user", "compte", "account", "credentials"},
	aHeader: {"authorization", "api-key", "apikey", "api-token", "x-api-key"},
	aBirth:  {"ne le", "nee le", "nes le", "nees le", "ne(e) le", "nee(e) le", "ne.e le", "naissance", "birth", "born", "geboren", "geburt", "nacid", "nato il", "nata il", "dob", "d.o.b"},
}...)

// landmarksOf finds the stretches of a text in one pass; it stops after many.
func landmarksOf(low string) (all []stretch) {
	landmarks.each(low, func(i int, w sought) bool {
		all = append(all, stretch{from: max(0, i-12), of: landmark(w.list)})
		return len(all) <= mostLandmarks
	})
	return all
}

const mostLandmarks = 200

// window is the text of a stretch, as arguments of a regexp.
func window(low string, at stretch, length int) (string, int) {
	return low[at.from:min(len(low), at.from+length)], 4
}

// placeholders are words that manuals print where a secret would stand.
var placeholders = []string{
	"xxx", "changeme", "change_me", "change-me", "example", "exemple", "ejemplo", "beispiel", "your", "votre", "placeholder", "password", "passwd", "motdepasse",
	"mot_de_passe", "mot-de-passe", "secret", "dummy", "sample", "test1234", "1234567", "abcdef", "qwerty", "redacted", "masked", "hidden", "undefined", "null",
	"passwort", "kennwort", "contrasen", "senha", "heslo", "passord", "lösenord", "losenord", "wachtwoord", "parola", "hasło", "haslo", "sandi",
	"none", "true", "false", "insert", "todo", "foobar", "foo", "<", "{", "$", "...", "***", "•", "%", "process.env", "getenv", "os.environ",
}

// onlyAlone are those of placeholders that stand for a secret only when they are nearly all of it.
var onlyAlone = setOf("secret password test1234 1234567 abcdef qwerty foo % none true passwort kennwort contrasen senha heslo passord lösenord losenord wachtwoord parola hasło haslo sandi")

// placeholder tells whether a value only stands for a secret.
func placeholder(s string) bool {
	low := strings.ToLower(s)
	if strings.Contains(low, "abcdefghijkl") || strings.Contains(low, "0123456789abcdef") {
		return true
	}
	for _, p := range placeholders {
		if strings.Contains(low, p) {
			return !onlyAlone[p] || len(s) <= len(p)+4
		}
	}
	return sameBytes(low)
}

// standsAlone tells whether a placeholder's word is nearly all there is: changeme1 is a placeholder,
// Zq8!changeme may be somebody's password.
func standsAlone(s string) bool {
	low := strings.ToLower(s)
	for _, p := range placeholders {
		if strings.Contains(low, p) && len(s) <= len(p)+3 {
			return true
		}
	}
	return sameBytes(low) || strings.Contains(low, "your") || strings.Contains(low, "votre") || strings.Contains(low, "example") || strings.Contains(low, "exemple")
}

// mixedWord tells whether a word has letters and figures.
func mixedWord(low string) bool {
	return strings.ContainsAny(low, "0123456789") && strings.ContainsAny(low, "abcdefghijklmnopqrstuvwxyz")
}

func variable(s string) bool {
	return strings.ContainsAny(s, "{}$<>%[]") || s == strings.ToUpper(s) && letters(strings.ToLower(strings.Trim(s, "_")))
}

func sameBytes(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return false
		}
	}
	return true
}

// notPasswords are ordinary words that follow "password:" in sentences and forms.
var notPasswords = map[string]bool{
	"oublie": true, "forgot": true, "forgotten": true, "reset": true, "confirmer": true, "confirm": true, "obligatoire": true, "required": true, "requis": true,
	"incorrect": true, "invalide": true, "invalid": true, "expire": true, "expired": true, "choisir": true, "choose": true, "nouveau": true, "perdu": true, "lost": true,
	"show": true, "afficher": true, "email": true, "e-mail": true, "mail": true, "username": true, "utilisateur": true, "identifiant": true, "connexion": true,
	"never": true, "jamais": true, "must": true, "doit": true, "should": true, "minimum": true, "comment": true, "pourquoi": true, "http": true, "https": true,
	"crypt": true, "bcrypt": true, "scrypt": true, "yescrypt": true, "argon2": true, "md5": true, "sha256": true, "sha512": true, "ssha": true, "plain": true, "plaintext": true, "shadow": true, "files": true, "ldap": true, "kerberos": true,
	"votre": true, "your": true, "celui": true, "le": true, "la": true, "les": true, "un": true, "une": true, "the": true, "strong": true, "fort": true, "unique": true,
}

// passwordLike tells whether the word after "password:" is one. Plain lower-case words are, when
// nothing but a colon or an equals sign stands between and nothing follows; after "is" or "est", or after a word such as
// login, it must look like no word.
func passwordLike(s, lead string, last bool) bool {
	low := foldString(s)
	if len(s) < 4 || placeholder(s) && standsAlone(s) || notPasswords[low] || strings.HasPrefix(s, "http") || strings.ContainsAny(s, "•*…") || strings.HasPrefix(low, "[masked") {
		return false
	}
	digits, signs, upper := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z':
			upper++
		case !alnumByte(c) && c < 0x80 && c != '-' && c != '\'':
			signs++
		}
	}
	mixed := digits > 0 && digits < len(s) || signs > 0 && digits+upper > 0
	sure := strings.Contains(lead, "=") || strings.Contains(lead, ":")
	if strings.Contains(lead, "login") || strings.Contains(lead, "identifiant") {
		if !strings.Contains(lead, "passe") && !strings.Contains(lead, "mdp") && !strings.Contains(lead, "pass") && !strings.Contains(lead, "pwd") {
			return false
		}
	}
	if strings.Contains(s, "(") || strings.Contains(s, "@") && strings.Contains(s, ".") && digits == 0 {
		return false
	}
	if mixed {
		return len(s) >= 6 || sure
	}
	if strings.Contains(lead, "=") && !strings.Contains(lead, " =") {
		return len(s) >= 5
	}
	if last && strings.Contains(lead, ":") && len(s) >= 5 && signs == 0 { // "Mot de passe : soleil", and nothing after it
		return true
	}
	if lead, rest, compound := strings.Cut(s, "-"); compound && len(rest) >= 8 && lead == strings.ToUpper(lead) && rest == strings.ToLower(rest) { // LDAP-database
		return false
	}
	return sure && len(s) >= 8 && upper > 0 && upper < len(s)-1 && low[0] != s[0] && strings.ContainsAny(s[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// namedValue tells whether a word begins with a name and an equals sign: a setting or a name in a directory.
func namedValue(s string) bool {
	name, _, found := strings.Cut(s, "=")
	return found && len(name) > 1 && letters(strings.ToLower(name))
}

// strongWord tells whether a word is one that people make up for signing in: letters and digits, with
// a sign or capitals among small letters, and no address.
func strongWord(s string) bool {
	if len(s) < 8 || placeholder(s) || strings.Contains(s, "://") || strings.Contains(s, "@") && strings.Contains(s, ".") || strings.HasPrefix(s, "[") {
		return false
	}
	var digit, small, big, sign bool
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'a' && c <= 'z':
			small = true
		case c >= 'A' && c <= 'Z':
			big = true
		case strings.IndexByte("!#$%&*?+@^~=", c) >= 0:
			sign = true
		}
	}
	return digit && (small || big) && (sign || small && big)
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

// assignmentLead is how far before a key its name may begin.
const assignmentLead = 90

// eachLongRun finds the runs of sixteen characters of a key or more, with digits among them: the only
// places where the slow look for an assignment is worth it.
func eachLongRun(raw string, found func(start, end int)) {
	for start := 0; start+shortKey <= len(raw); {
		// A run of shortKey holds every place of the stretch that begins here: the last that is none ends it.
		last := start + shortKey - 1
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
		if digits >= 2 {
			found(start, end)
		}
		start = end + 1
	}
}

const shortKey = 16

// keyByte is 2 for digits, 1 for the other characters of keys, 0 for the rest.
var keyByte = func() (t [256]uint8) {
	for i := range t {
		c := byte(i)
		switch {
		case c >= '0' && c <= '9':
			t[i] = 2
		case alnumByte(c) || c == '+' || c == '/' || c == '_' || c == '-' || c == '=' || c == '.':
			t[i] = 1
		}
	}
	return t
}()

var notKeys = regexp.MustCompile(`(?i)access(?:ibility|or)|access[_.-]?id|random[_.-]?access|api[_.-]?(?:id|name|version|url)|rapid|capital|author|authentication-results|credentials?[_.-]?id|withcredentials|(?:bucket|foreign|hot|idx|natural|primary|pub(?:lic)?|schema|sequence)[_.-]?key|turkey|monkey|keying|key[_.-]?(?:hash|file|vault|alias|board|code|frame|id|length|mesh|name|pair|press|ring|selector|signature|size|stone|storetype|word|up|down|left|right)|keystore|keytab|secret[_.-]?(?:length|name|size)|csrf|jsonwebtoken|:jar:|LIC_|SRCREV|token[_.-]?(?:endpoint|ur[il]|file)|public[_.-]?token|sitekey|site-key|x-ms-`)

// keyLike tells whether the value of an assignment looks like a key: letters and digits, hard to
// guess, no placeholder, no version, no path.
func keyLike(s, lead string) bool {
	if len(s) < 16 || placeholder(s) || notKeys.MatchString(lead) || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "/") {
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
	return entropy(s) >= 3.5
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

// Credentials and technical secrets (domain 3.8): always a block, and nothing takes it back.
var secretRules = []Rule{
	secretRule("secret/private-key", "Clé privée", "A private key"),
	secretRule("secret/aws", "Clé d'accès AWS", "An AWS access key"),
	secretRule("secret/github", "Jeton GitHub", "A GitHub token"),
	secretRule("secret/gitlab", "Jeton GitLab", "A GitLab token"),
	secretRule("secret/google", "Clé d'API Google", "A Google API key"),
	secretRule("secret/slack", "Jeton ou webhook Slack", "A Slack token or webhook"),
	secretRule("secret/stripe", "Clé de paiement Stripe", "A Stripe payment key"),
	secretRule("secret/token", "Jeton d'accès à un service", "An access token of a service"),
	secretRule("secret/jwt", "Jeton de session (JWT)", "A session token (JWT)"),
	secretRule("secret/url-credentials", "Identifiant et mot de passe dans une adresse", "A user name and password inside an address"),
	secretRule("secret/password", "Mot de passe en clair", "A password in clear"),
	secretRule("secret/api-key", "Clé ou secret d'API", "An API key or secret"),
	secretRule("secret/access-code", "Code d'accès, d'alarme ou de porte", "An access, alarm or door code"),
	{ID: "secret/placeholder", Severity: Note, Source: "domain 7.2, example 22",
		Says: Text{"Mot de passe d'exemple dans le texte : à retirer", "A placeholder password in the text: remove it"}, find: findPlaceholderPassword},
	{ID: "secret/private-ip", Severity: Note, Source: "domain 3.8: private addresses; 7.2, example 21",
		Says: Text{"Adresse IP privée : à retirer, la sécurité informatique peut y jeter un œil", "A private IP address: remove it, and let IT security have a look"}, find: findPrivateIP},
	{ID: "secret/unc-path", Severity: Note, Source: "domain 3.8: UNC paths",
		Says: Text{"Chemin d'un serveur interne : à retirer", "The path of an internal server: remove it"}, find: findRaw(uncPath, `\\`)},
}

func secretRule(id, fr, en string) Rule {
	return Rule{ID: id, Severity: Block, Kind: Secret, Hard: true, Approver: "it", Basis: "RGPD art. 32; security of information systems", Source: "domain 3.8",
		Says: Text{fr, en}, find: foundValues(id)}
}

var (
	uncPath = regexp.MustCompile(`\\\\[A-Za-z0-9_.\-]+\\[A-Za-z0-9_$ .\-]+`)
	example = regexp.MustCompile(`\b(?:password|passwd|pwd|mot de passe|mdp)["']?\s{0,2}[:=]\s{0,2}["']?(?:changeme|change_me|change-me|example|exemple|password|secret|xxx+|motdepasse|test1234|azerty|qwerty)\b`)
)

// findRaw makes the finder of a pattern in the text as written, where its sign stands.
func findRaw(re *regexp.Regexp, sign string) func(p *page) []finding {
	return func(p *page) []finding {
		return p.inRaw(func(raw string, found func(start, end int)) {
			if !strings.Contains(raw, sign) {
				return
			}
			for _, m := range re.FindAllStringIndex(raw, mostInRaw) {
				found(m[0], m[1])
			}
		})
	}
}

const mostInRaw = 20

// inRaw looks for something in what was written to be read, notes and comments among it.
func (p *page) inRaw(look func(raw string, found func(start, end int))) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.said() || f.spot == inNotes || f.spot == inComment {
			look(cut(f.raw, 1<<18), func(start, end int) { found = append(found, finding{field: i, start: start, end: end}) })
		}
	}
	return found
}

func findPrivateIP(p *page) []finding { return p.inRaw(eachPrivateIP) }

// eachPrivateIP finds the addresses of private networks (RFC 1918 section 3), and not the numbers of sections.
func eachPrivateIP(raw string, found func(start, end int)) {
	for i, n := 0, 0; n < mostInRaw; {
		k := strings.IndexByte(raw[i:], '1')
		if k < 0 {
			return
		}
		start := i + k
		i = start + 1
		if start > 0 && (alnumByte(raw[start-1]) || raw[start-1] == '_') {
			continue
		}
		end, parts := fourParts(raw, start)
		if end == 0 || end < len(raw) && (alnumByte(raw[end]) || raw[end] == '_') || end+1 < len(raw) && raw[end] == '.' && isDigit(raw[end+1]) {
			continue
		}
		if parts[0] == 10 || parts[0] == 192 && parts[1] == 168 || parts[0] == 172 && parts[1] >= 16 && parts[1] <= 31 {
			found(start, end)
			n++
		}
		i = end
	}
}

// fourParts reads four numbers of three digits at most with dots between them; end is 0 when there are none.
func fourParts(raw string, at int) (end int, parts [4]int) {
	for n := range parts {
		from := at
		for at < len(raw) && isDigit(raw[at]) && at-from < 4 {
			parts[n] = 10*parts[n] + int(raw[at]-'0')
			at++
		}
		if at == from || at-from > 3 {
			return 0, parts
		}
		if n < len(parts)-1 {
			if at == len(raw) || raw[at] != '.' {
				return 0, parts
			}
			at++
		}
	}
	return at, parts
}

func findPlaceholderPassword(p *page) (found []finding) {
	if p.body < 0 {
		return nil
	}
	f := &p.fields[p.body]
	for _, at := range f.marks {
		if at.of != aPassword {
			continue
		}
		if m := example.FindStringIndex(f.low[at.from:min(len(f.low), at.from+80)]); m != nil {
			found = append(found, p.lows(p.body, at.from+m[0], at.from+m[1]))
			break
		}
	}
	return found
}
