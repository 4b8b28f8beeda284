package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"filon/crawler/content"
)

// Caps on the keys that are looked for in the scripts of a page.
const (
	maxScripts   = 4 << 20 // bytes looked through
	maxKeys      = 20
	maxKeyText   = 400     // bytes of one
	maxPEM       = 8 << 10 // bytes of a key in several lines, of which the first are kept
	leastKeyText = 8
)

// keyLeads begin the tokens of services that let in whoever has them. Keys of maps and of statistics, which every visitor's
// browser has to know, are none.
var keyLeads = []string{"AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glptt-", "xoxb-", "xoxp-", "xoxa-", "xoxe", "xapp-", "sk_live_", "rk_live_", "sk-ant-", "sk-proj-", "SG.", "hf_", "npm_", "pypi-", "shpat_", "shpss_", "dop_v1_", "hvs.",
	"PMAK-", "ATATT3", "lin_api_", "dapi", "xkeysib-", "pul-", "glsa_", "NRAK-", "ntn_", "AGE-SECRET-KEY-", "GOCSPX-", "EAAAE", "sq0csp-", "rubygems_", "https://hooks.slack.com/"}

// keyNames stand in the names of what is not to be known.
var keyNames = []string{"passw", "passphrase", "pwd", "mdp", "motdepasse", "mot_de_passe", "secret", "privatekey", "private_key", "private-key", "service_role", "servicerole", "credential"}

// scriptKeys gives the values in the scripts of a page that may be credentials, each with its name, as words of the page
// that are no text. Whether they are is for the judge to say.
func (f *facts) scriptKeys() (zones []content.Zone) {
	left := maxScripts
	seen := map[string]bool{}
	for i := range f.elements {
		n := f.elements[i].node
		if n.DataAtom != atom.Script || n.FirstChild == nil {
			continue
		}
		data := n.FirstChild.Data
		data = data[:min(len(data), left)]
		left -= len(data)
		eachLiteral(data, func(name, value string) bool {
			line := value
			if name != "" {
				line = name + " = " + value
			}
			if !seen[value] && mayBeKey(name, value) {
				seen[value] = true
				zones = append(zones, content.Zone{Kind: content.ZoneLabel, Text: oneLine(line, maxKeyText)})
			}
			return len(zones) < maxKeys
		})
		if len(zones) >= maxKeys || left == 0 {
			break
		}
	}
	return zones
}

// mayBeKey tells whether a literal begins as a token does, signs a request in, or bears a secret's name and was made up.
func mayBeKey(name, value string) bool {
	if strings.HasPrefix(value, "-----BEGIN ") && strings.Contains(value, "PRIVATE KEY") {
		return true
	}
	for _, kind := range []string{"Bearer ", "Basic "} {
		if rest, ok := strings.CutPrefix(value, kind); ok {
			return len(rest) >= 16 && !strings.ContainsAny(rest, " ${}()") && strings.ContainsAny(rest, "0123456789")
		}
	}
	if strings.ContainsAny(value, " \\<>(){}") {
		return false
	}
	for _, lead := range keyLeads {
		if strings.HasPrefix(value, lead) && len(value) >= 16 {
			return true
		}
	}
	name = strings.ToLower(name)
	return name != "data-secret" && holdsAny(name, keyNames) && !holdsAny(strings.ToLower(value), keyNames) && madeUp(value) // the embeds of WordPress have that name
}

func holdsAny(low string, words []string) bool {
	for _, word := range words {
		if strings.Contains(low, word) {
			return true
		}
	}
	return false
}

// madeUp tells whether a word has figures or signs as no name of a program has them: two figures, or one that a dash parts
// from the rest, and not "rtime32_start_time".
func madeUp(s string) bool {
	if len(s) > 128 || strings.IndexByte(s, '/') >= 0 {
		return false
	}
	if strings.ContainsAny(s, "!#$%&*+@^~") {
		return true
	}
	last := s[strings.LastIndexAny(s, "-_.")+1:]
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if len(last) < len(s) && strings.ToLower(s) == s && !strings.ContainsAny(last, "0123456789") {
		return false
	}
	return digits >= 2 || digits == 1 && len(last) == 1
}

// eachLiteral gives the short strings of a script with the name before each, if there is one, until found has enough. It
// knows nothing of the language: what stands between two quotes of one kind is a string.
func eachLiteral(data string, found func(name, value string) bool) {
	for i := 0; i < len(data); i++ {
		quote := data[i]
		if quote != '"' && quote != '\'' && quote != '`' {
			continue
		}
		reach := maxKeyText
		if strings.HasPrefix(data[i+1:], "-----BEGIN ") {
			reach = maxPEM
		}
		end := strings.IndexByte(data[i+1:min(len(data), i+1+reach)], quote)
		if end < leastKeyText {
			continue
		}
		value := strings.TrimRight(data[i+1:i+1+end], `\`)
		if !found(nameBefore(data[:i]), value) {
			return
		}
	}
}

// nameBefore is the name that a colon, an equals sign or a comma at the end of s gives to what follows; "" when there is none.
func nameBefore(s string) string {
	const most = 60
	end := len(strings.TrimRight(s[max(0, len(s)-8):], " \t\n\\")) + max(0, len(s)-8)
	if end == 0 || strings.IndexByte(":=,", s[end-1]) < 0 {
		return ""
	}
	for end > 0 && strings.IndexByte(":=, \t\\\"'`]", s[end-1]) >= 0 && len(s)-end < 16 {
		end--
	}
	from := end
	for from > 0 && end-from < most && (s[from-1] == '_' || s[from-1] == '-' || s[from-1] == '.' || s[from-1] >= '0' && s[from-1] <= '9' || s[from-1]|0x20 >= 'a' && s[from-1]|0x20 <= 'z') {
		from--
	}
	return s[from:end]
}
