package classify

import (
	"regexp"
	"strings"
)

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
	secretRule("secret/recovery-key", "Clé de récupération ou de licence", "A recovery key or the key of a licence"),
	secretRule("secret/access-code", "Code d'accès, d'alarme ou de porte", "An access, alarm or door code"),
	{ID: "secret/placeholder", Severity: Note, Source: "domain 7.2, example 22",
		Says: Text{"Mot de passe d'exemple dans le texte : à retirer", "A placeholder password in the text: remove it"}, find: findPlaceholderPassword},
	{ID: "secret/private-ip", Severity: Note, Source: "domain 3.8: private addresses; 7.2, example 21",
		Says: Text{"Adresse IP privée : à retirer, la sécurité informatique peut y jeter un œil", "A private IP address: remove it, and let IT security have a look"}, find: findPrivateIP},
	{ID: "secret/unc-path", Severity: Note, Source: "domain 3.8: UNC paths",
		Says: Text{"Chemin d'un serveur interne : à retirer", "The path of an internal server: remove it"}, find: findRaw(uncPath, `\\`)},
}

func secretRule(id, fr, en string) Rule {
	return Rule{ID: id, Severity: Block, Kind: Secret, Hard: true, Approver: "it", Basis: "RGPD art. 32 ; sécurité des systèmes d'information", Source: "domain 3.8",
		Says: Text{fr, en}, find: foundValues(id)}
}

var (
	uncPath = regexp.MustCompile(`\\\\[A-Za-z0-9_.\-]+\\[A-Za-z0-9_$ .\-]+`)
	example = mustAtWord(`\b(?:password|passwd|pwd|mot de passe|mdp)["']?\s{0,2}[:=]\s{0,2}["']?(?:changeme|change_me|change-me|example|exemple|password|secret|xxx+|motdepasse|test1234|azerty|qwerty)\b`)
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
		if f.said() || f.spot == inNotes || f.spot == inBox || f.spot == inComment {
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
