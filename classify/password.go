package classify

import (
	"regexp"
	"slices"
	"strings"
)

// What looks like a password, and what only stands where one would.

// placeholders are words that manuals print where a secret would stand.
var placeholders = []string{
	"xxx", "changeme", "change_me", "change-me", "example", "exemple", "ejemplo", "beispiel", "your", "votre", "placeholder", "password", "passwd", "motdepasse",
	"mot_de_passe", "mot-de-passe", "secret", "dummy", "sample", "test1234", "1234567", "abcdef", "qwerty", "redacted", "masked", "hidden", "undefined", "null",
	"passwort", "kennwort", "contrasen", "senha", "heslo", "passord", "lösenord", "losenord", "wachtwoord", "parola", "hasło", "haslo", "sandi",
	"none", "true", "false", "insert", "todo", "foobar", "foo", "<", "{", "$", "...", "***", "•", "%", "process.env", "getenv", "os.environ",
}

// onlyAlone are those of placeholders that stand for a secret only when they are nearly all of it.
var onlyAlone = setOf("secret password test1234 1234567 abcdef qwerty foo % none true passwort kennwort contrasen senha heslo passord lösenord losenord wachtwoord parola hasło haslo sandi")

// mayStandFor is the quick look for those of placeholders that are longer than a sign.
var mayStandFor = newSeeker(slices.DeleteFunc(slices.Clone(placeholders), func(w string) bool { return len(w) == 1 }))

// placeholder tells whether a value only stands for a secret.
func placeholder(s string) bool {
	low := strings.ToLower(s)
	if !mayStandFor.in(low) && !strings.ContainsAny(low, "<{$%") {
		return sameBytes(low)
	}
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

// announcedPasswords finds the passwords that stand after their name. Each expression is tried where what it needs stands.
func announcedPasswords(f *folded, at stretch, add func(rule string, start, end int)) {
	raw, low := f.raw, f.low
	near := low[at.from:min(len(low), at.from+140)]
	if strings.ContainsAny(near, ":=\t>") || strings.Contains(near, "→") || strings.Contains(near, "est") || strings.Contains(near, "is") {
		for _, m := range password.FindAllStringSubmatchIndex(near, 4) {
			from, to := at.from+m[2], at.from+m[3]
			word := strings.TrimRight(strings.TrimLeft(low[from:to], `"'`+"`(<["), `"'`+"`),.;]>")
			from += strings.Index(low[from:to], word)
			to = from + len(word)
			a, b := f.span(from, to)
			if passwordLike(raw[a:b], low[at.from+m[0]:from], m[4] >= 0) {
				add("secret/password", a, b)
			}
		}
	}
	if hasDigit(near) {
		if m := passwordBare.FindStringSubmatchIndex(cut(near, 110)); m != nil {
			word := strings.TrimRight(near[m[2]:m[3]], ".,;)")
			a, b := f.span(at.from+m[2], at.from+m[2]+len(word))
			if !strings.HasPrefix(word, "wpa") && strongWord(raw[a:b]) || !standard.MatchString(word) && !notPasswords[word] && mixedWord(word) && (strings.ContainsAny(word, "-_!@#") || !strings.Contains(near[m[0]:m[2]], "pass")) {
				add("secret/password", a, b)
			}
		}
	}
	if strings.IndexByte(near, ',') >= 0 && strings.ContainsAny(near, `"'`) {
		for _, m := range setting.FindAllStringSubmatchIndex(near, 4) {
			a, b := f.span(at.from+m[2], at.from+m[3])
			if word := raw[a:b]; !placeholder(word) && !notPasswords[near[m[2]:m[3]]] && (strings.ContainsAny(word, "0123456789-_.!?@#%&*+=") || word != strings.ToLower(word)) {
				add("secret/password", a, b)
			}
		}
	}
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

// fillIn is a whole placeholder of a program: ${PASSWORD}, {{ mot_de_passe }}.
var fillIn = regexp.MustCompile(`^[$#%]?\{\{?[\pL_. -]+\}?\}$`)

// passwordLike tells whether the word after "password:" is one. Plain lower-case words are, when
// nothing but a colon or an equals sign stands between and nothing follows; after "is" or "est", or after a word such as
// login, it must look like no word.
func passwordLike(s, lead string, last bool) bool {
	low := foldString(s)
	if len(s) < 4 || placeholder(s) && standsAlone(s) || notPasswords[low] || strings.HasPrefix(s, "http") || fillIn.MatchString(s) || strings.ContainsAny(s, "•…") || strings.Contains(s, "**") || strings.HasPrefix(low, "[masked") {
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
