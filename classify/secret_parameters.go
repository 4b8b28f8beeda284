package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Credentials among the parameters of an address, whether a text says the address or a link holds it: name=value.

// parameterSecrets finds the values that let in, in parameters that begin behind one of some signs: by the name of the
// parameter, or as a user with a word. A value that nobody would make up for that is none, whatever its name.
func parameterSecrets(raw, signs string, add func(rule string, start, end int)) {
	for i := strings.IndexByte(raw, '='); i >= 0; i = next(raw, "=", i) {
		from := i
		for from > max(0, i-longestParameter) && strings.IndexByte(betweenParameters, raw[from-1]) < 0 && raw[from-1] != '=' {
			from--
		}
		if from == i || from == 0 || strings.IndexByte(signs, raw[from-1]) < 0 {
			continue
		}
		name := raw[from:i]
		if !mayNameSecret(name) {
			continue
		}
		rest := raw[i+1:]
		value := rest[:parameterEnd(rest, judgedOfValue)]
		switch at, pair := pairedWord(value); {
		case (strongWord(value) || keyLike(value, "")) && letsIn(name) && !wirelessKind.MatchString(value):
			rule := "secret/api-key"
			if opensByWord(parameterWords(name)) {
				rule = "secret/password"
			}
			add(rule, i+1, i+1+parameterEnd(rest, longestValue))
		case pair && userParameter(name):
			add("secret/password", i+1+at, i+1+parameterEnd(rest, longestValue))
		}
	}
}

const (
	betweenParameters = "?&#;\"'<>() \t\r\n"
	longestParameter  = 60 // bytes of a name
	longestValue      = 2048
	judgedOfValue     = 128
)

// mayNameSecret is the quick look for a name that letsIn or userParameter knows.
func mayNameSecret(name string) bool {
	low := strings.ToLower(name)
	return parameterNames.in(low) || strings.Contains(low, "pw") || strings.Contains(low, "cl")
}

var parameterNames = newSeeker([]string{"pass", "mdp", "mot", "secret", "cred", "key", "token", "jeton", "wpa", "psk", "jwt", "auth", "sig", "bearer", "kennwort", "contrase", "wifi", "wi-fi", "login", "user", "utilisateur", "identifiant", "compte", "account", "admin", "root"})

// parameterEnd is where the value of a parameter ends, after so many bytes at most, without the marks of the sentence behind it.
func parameterEnd(s string, most int) int {
	s = cut(s, most)
	if end := strings.IndexAny(s, "&#;\"<> \t\r\n"); end >= 0 {
		s = s[:end]
	}
	return len(strings.TrimRight(s, ".,:)]}'"))
}

// pairedWord is where the word of a user begins that stands with him in one value: admin:Rabot2031, admin/Rabot2031.
func pairedWord(value string) (at int, ok bool) {
	end := strings.IndexAny(value, ":/|")
	if end < 2 || end > 40 {
		return 0, false
	}
	word := value[end+1:]
	return end + 1, strongWord(word) && strings.IndexByte(word, '/') < 0
}

// userParameter tells whether a parameter names who signs in.
func userParameter(name string) bool {
	return slices.ContainsFunc(parameterWords(name), func(w string) bool { return userNames[w] })
}

var userNames = setOf("login logins user username users utilisateur identifiant identifiants compte account admin administrateur administrator root auth")

// letsIn tells whether a parameter has the name of what lets in. A key or a token may also be one of a form, of a list or of
// a click, which opens nothing.
func letsIn(name string) bool {
	words := parameterWords(name)
	if opensByWord(words) {
		return true
	}
	if len(words) == 1 && (words[0] == "auth" || words[0] == "authorization" || words[0] == "sig" || words[0] == "signature") || strings.HasSuffix(strings.Join(words, " "), "amz signature") {
		return true
	}
	if slices.ContainsFunc(words, func(w string) bool { return opensNothing[w] }) {
		return false
	}
	for i, w := range words {
		switch {
		case w == "bearer":
			return true
		case strings.Contains(w, "token"), strings.Contains(w, "jeton"):
			before, _, _ := strings.Cut(strings.Replace(w, "jeton", "token", 1), "token")
			return !opensNothing[before]
		case keyNouns[w]:
			return i+1 == len(words) || !aboutKey[words[i+1]]
		case strings.Contains(w, "apikey"):
			return true
		case strings.HasSuffix(w, "key"):
			return !opensNothing[strings.TrimSuffix(w, "key")]
		}
	}
	return false
}

// opensByWord tells whether the words of a name are those of a password or a secret.
func opensByWord(words []string) bool {
	if joined := strings.Join(words, ""); strings.Contains(joined, "motdepasse") || strings.Contains(joined, "motsdepasse") {
		return true
	}
	wireless, opens := false, false
	for i, w := range words {
		if passNouns[w] || passwordStems.in(w) {
			return true
		}
		wireless = wireless || strings.HasSuffix(w, "wifi") || strings.HasPrefix(w, "wifi") || w == "fi" && i > 0 && words[i-1] == "wi"
		opens = opens || keyNouns[w] || w == "code" || strings.HasPrefix(w, "cle") || strings.HasSuffix(w, "cle") || strings.HasSuffix(w, "key")
	}
	return wireless && opens
}

// wirelessKind is how a network is locked, which is no key of it.
var wirelessKind = regexp.MustCompile(`(?i)^wpa[23]?(?:[-_/+](?:personal|enterprise|psk|eap|sae|aes|tkip|wpa[23]?))+$`)

var (
	passwordStems = newSeeker([]string{"passw", "passphrase", "passcode", "passkey", "userpass", "loginpass", "pwd", "mdp", "secret", "credential", "kennwort", "contrasen"})
	passNouns     = setOf("pass passe pw psk wpa jwt creds cred")
	keyNouns      = setOf("key keys cle cles clef clefs")
	aboutKey      = setOf("id ids name word words hash length size type path file url uri version index")
	// whose keys and tokens those are that open nothing
	opensNothing = setOf("click clic clk form impr impression csrf xsrf page paging next prev continue continuation cont cursor cache sort order filter filterby search query primary foreign natural surrogate partition bucket idx index hash hot short public pub site captcha recaptcha hcaptcha turnstile schema sequence idempotency dedup track tracking analytics utm ad ads campaign banner event metric locale lang language i18n translation menu tab row column col field group category product item sku " +
		"mon tur don hoc joc whis jock tokenizer tokeniser")
)

// parameterWords are the words of a name, folded: parted by signs, by figures and where a capital follows a small letter.
func parameterWords(name string) []string {
	parted := make([]byte, 0, len(name)+8)
	for i := range len(name) {
		if i > 0 && name[i] >= 'A' && name[i] <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z' {
			parted = append(parted, ' ')
		}
		parted = append(parted, name[i])
	}
	return strings.FieldsFunc(foldString(string(parted)), func(r rune) bool { return r < 'a' || r > 'z' })
}
