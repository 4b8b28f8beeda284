package classify

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The values that an address holds, in its path, its parameters or the name of its file.

// MaskAddress gives an address without the credentials, social security and account numbers and mail addresses that
// its path or its parameters hold; one that holds any is written without percent-encodings. Any other address comes
// back as it is. An address that breaks the masking itself is not shown.
func MaskAddress(address string) (masked string) {
	defer func() {
		if recover() != nil {
			masked = unshown
		}
	}()
	plain, vs := addressValues(address)
	if masked = maskValues(plain, vs); masked == plain {
		return address
	}
	return masked
}

// unshown stands for what could not be masked.
const unshown = "•••"

// redactAddress puts the marks of Redact into an address.
func redactAddress(address string) string {
	plain, vs := addressValues(address)
	var b strings.Builder
	done := 0
	for _, v := range vs {
		if rule := ruleOf(v, false); rule != "" {
			b.WriteString(plain[done:v.start])
			b.WriteString(maskedLead + rule + "]")
			done = v.end
		}
	}
	if done == 0 {
		return address
	}
	return b.String() + plain[done:]
}

// addressValues gives an address without percent-encodings and the values in it that are sure, which are not to be changed.
func addressValues(address string) (plain string, vs []value) {
	read := addressesRead.of(address, readAddress)
	return read.plain, read.values
}

// addressRead is an address without percent-encodings and the values in it.
type addressRead struct {
	plain  string
	values []value
}

var addressesRead = newRemembered[addressRead]()

func readAddress(address string) addressRead {
	if !mayHoldValue(address) {
		return addressRead{plain: address}
	}
	plain := plainAddress(address)
	f := fold(addressLines.Replace(plain))
	vs := slices.DeleteFunc(valuesOf(&f), func(v value) bool { return !v.sure() })
	return addressRead{plain, inAddress(f.raw, append(vs, slugValues(plain)...))}
}

// inAddress keeps of the values of an address, given with its parameters as lines, those that are credentials there. What a
// sentence gives away is looked for in words that spaces part: elsewhere a value stands beside its name, in one segment or as
// a parameter whose name is that of a key. A credential of a known form is one anywhere.
func inAddress(lines string, vs []value) []value {
	vs = slices.DeleteFunc(vs, func(v value) bool { return byItsName(v) && !namedInAddress(lines, v) })
	parameterSecrets(lines, "\n#;", func(rule string, start, end int) {
		vs = append(vs, value{kind: isSecret, rule: rule, start: start, end: end})
	})
	return apart(vs)
}

// byItsName tells whether a value is a credential by what is said beside it, not by its form.
func byItsName(v value) bool {
	switch v.rule {
	case "secret/password", "secret/api-key", "secret/recovery-key":
		return v.kind == isSecret || v.kind == isMasked
	}
	return false
}

func namedInAddress(lines string, v value) bool {
	from := strings.LastIndexAny(lines[:v.start], "\n/\\#;") + 1
	if from == v.start && v.kind != isMasked || strings.IndexByte(lines[v.start:v.end], '\n') >= 0 {
		return false
	}
	beside := lines[from:v.start]
	if strings.IndexByte(beside, ' ') >= 0 || strings.LastIndexByte(lines[:v.start], '\n') < 0 {
		return true // words, or a part of the path
	}
	name := strings.TrimRight(beside, `=:"'[](){} `)
	if name == beside {
		return true // "motdepasse-Rabot2031" as a value
	}
	if letsIn(name[strings.LastIndexAny(name, `"'[](){},=:`)+1:]) {
		return true
	}
	first, _, _ := strings.Cut(name, "=")
	return letsIn(first) || v.kind == isMasked && userParameter(first)
}

// plainAddress is an address, or a part of one, without percent-encodings; those that encode nothing stay. In parameters
// a plus sign is a space (WHATWG URL, application/x-www-form-urlencoded).
func plainAddress(address string) string {
	if strings.IndexByte(address, '%') < 0 && strings.IndexByte(address, '+') < 0 {
		return address
	}
	b := make([]byte, 0, len(address))
	query := false
	for i := 0; i < len(address); i++ {
		c := address[i]
		switch {
		case c == '?':
			query = true
		case c == '+' && query:
			c = ' '
		case c == '%' && i+2 < len(address):
			if n, err := strconv.ParseUint(address[i+1:i+3], 16, 8); err == nil {
				c = byte(n)
				i += 2
			}
		}
		b = append(b, c)
	}
	return strings.ToValidUTF8(string(b), "?")
}

// addressLines sets the parameters of an address apart, as lines.
var addressLines = strings.NewReplacer("?", "\n", "&", "\n")

// mayHoldValue is the quick look for what MaskAddress masks.
func mayHoldValue(address string) bool {
	if digitsUpTo(address, 2) == 2 && announcers.in(strings.ToLower(address)) {
		return true
	}
	digits := 0 // in a row, but for what may part the groups of a number
	states := false
	for i := range len(address) {
		switch c := address[i]; {
		case c == '@' || c >= utf8.RuneSelf:
			return true
		case c == '=', c == ':' && i > len("https"):
			states = true
		case c >= '0' && c <= '9':
			if digits++; digits >= fewestOfNIR {
				return true
			}
		case alnumByte(c):
			digits = 0
			if i+3 < len(address) && (i == 0 || !alnumByte(address[i-1])) && isDigit(address[i+2]) && isDigit(address[i+3]) && ibanLength[strings.ToLower(address[i:i+2])] > 0 {
				return true
			}
		case c == '%' && i+2 < len(address):
			states = states || strings.EqualFold(address[i:i+3], "%3a") || strings.EqualFold(address[i:i+3], "%3d")
		}
		if i+1 < len(address) && tokenLeads.has(address[i], address[i+1]) {
			for _, k := range tokensBy[[2]byte{address[i], address[i+1]}] {
				if strings.HasPrefix(address[i:], tokens[k].lead) {
					return true
				}
			}
		}
	}
	return strings.Contains(address, "eyJ") || strings.Contains(address, "%40") || states && passwordWords.in(strings.ToLower(address))
}

// fewestOfNIR is how many digits a number has at least that is looked for in an address without letters in it.
const fewestOfNIR = 13

var passwordWords = newSeeker([]string{"pass", "mdp", "pwd", "key", "secret", "token", "jeton", "auth", "bearer", "wi-fi", "wifi", "wpa", "kennwort", "contrasen", "cred", "jwt", "psk", "pw=", "pw%3d", "_pw", "pw_",
	"cle=", "clef=", "cl%c3%a9", "login", "user", "utilisateur", "identifiant", "compte", "account", "admin", "root"})

// announcers are what stands in the words of an address that announces a value (slugValues).
var announcers = newSeeker([]string{"pass", "mdp", "pwd", "kennwort", "contrasen", "wi-fi", "wifi", "key", "cle", "cl%c3%a9", "token", "jeton", "secret", "code", "pin", "cni", "carte", "card", "identit", "sejour", "s%c3%a9jour", "permis", "licen", "permit",
	"06-", "07-", "06_", "07_", "06.", "07.", "06%20", "07%20", "06 ", "07 ", "33 6", "33 7", "33%206", "33%207", "33-6", "33-7", "33_6", "33_7", "portable", "mobile", "gsm", "tel", "phone", "appel", "call"})
