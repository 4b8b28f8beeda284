package main

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"filon/classify"
	"filon/cmd/filon/deliver"
)

// digestSettings is what filon nightly tells, and to whom.
type digestSettings struct {
	lang      string
	heartbeat bool
	include   []string // parts of the digest
	most      int      // items of one part
	mail      *mailSettings
	hooks     []hookSettings
}

type mailSettings struct {
	server, security, from string
	to                     []string
	user, password         secret
}

type hookSettings struct {
	name, kind string
	url        secret
}

// digestParts are what a digest may hold; intranet lets webhooks name what only employees see.
var digestParts = []string{"new", "verdicts", "gone", "coverage", "sessions", "intranet"}

const defaultMost = 20

// tells reports whether a part belongs to the digest; without a list all do.
func (d digestSettings) tells(part string) bool {
	return len(d.include) == 0 || slices.Contains(d.include, part)
}

func (r reader) digest(n ast.Node, to *digestSettings) error {
	d := digestSettings{lang: "fr", most: defaultMost}
	err := r.mapping(n, T{FR: "digest", EN: "digest"}, []key{
		{"lang", r.oneOf(&d.lang, "fr", "en")},
		{"heartbeat", r.flag(&d.heartbeat)},
		{"include", r.list(&d.include, func(s string) (string, T) {
			if !slices.Contains(digestParts, s) {
				return s, T{FR: "valeurs possibles : %s", EN: "possible values: %s"}.with(strings.Join(digestParts, ", "))
			}
			return s, T{}
		})},
		{"most", r.number(&d.most, 1, 200)},
		{"mail", func(n ast.Node) error { return r.mail(n, &d.mail) }},
		{"webhooks", func(n ast.Node) error { return r.hooks(n, &d.hooks) }},
	})
	*to = d
	return err
}

func (r reader) mail(n ast.Node, to **mailSettings) error {
	m := &mailSettings{security: deliver.StartTLS}
	receiver := func(s string) (string, T) {
		if deliver.CheckAddress(s) != nil {
			return s, T{FR: "donnez une adresse de courriel, par exemple equipe@exemple.fr", EN: "give a mail address, for example team@example.com"}
		}
		return s, T{}
	}
	err := r.mapping(n, T{FR: "mail", EN: "mail"}, []key{
		{"server", value(r, &m.server, T{FR: "donnez le serveur et son port : smtp.exemple.fr:587", EN: "give the server and its port: smtp.example.com:587"}, func(s string) (string, bool) {
			host, port, err := net.SplitHostPort(s)
			return s, err == nil && host != "" && isPort(port)
		})},
		{"security", r.oneOf(&m.security, deliver.StartTLS, deliver.TLS, deliver.InClear)},
		{"user", r.secret(&m.user, true)},
		{"password", r.secret(&m.password, false)},
		{"from", value(r, &m.from, T{FR: "donnez une adresse de courriel, par exemple filon@exemple.fr", EN: "give a mail address, for example filon@example.com"}, func(s string) (string, bool) {
			return s, deliver.CheckAddress(s) == nil
		})},
		{"to", r.list(&m.to, receiver)},
	})
	if err != nil {
		return err
	}
	switch {
	case m.server == "" || m.from == "" || len(m.to) == 0:
		return r.bad(n, T{FR: "mail attend server, from et to", EN: "mail needs server, from and to"},
			T{FR: "par exemple mail: {server: 'smtp.exemple.fr:587', from: filon@exemple.fr, to: [equipe@exemple.fr]}", EN: "for example mail: {server: 'smtp.example.com:587', from: filon@example.com, to: [team@example.com]}"})
	case (m.user == secret{}) != (m.password == secret{}):
		return r.bad(n, T{FR: "user et password vont ensemble", EN: "user and password go together"}, T{FR: "donnez les deux, ou aucun", EN: "give both, or none"})
	case m.user != (secret{}) && m.security == deliver.InClear:
		return r.bad(n, T{FR: "un mot de passe ne part pas en clair", EN: "a password does not leave in clear"}, T{FR: "security: starttls (port 587) ou tls (port 465)", EN: "security: starttls (port 587) or tls (port 465)"})
	}
	*to = m
	return nil
}

func (r reader) hooks(n ast.Node, to *[]hookSettings) error {
	nodes := []ast.Node{n}
	if seq, ok := n.(*ast.SequenceNode); ok {
		nodes = seq.Values
	}
	for _, n := range nodes {
		var h hookSettings
		err := r.mapping(n, T{FR: "un webhook", EN: "a webhook"}, []key{
			{"name", r.text(&h.name)},
			{"kind", r.oneOf(&h.kind, deliver.Slack, deliver.Teams, deliver.Mattermost, deliver.JSON)},
			{"url", r.secret(&h.url, true)},
		})
		if err != nil {
			return err
		}
		if h.kind == "" || h.url == (secret{}) {
			return r.bad(n, T{FR: "un webhook attend kind et url", EN: "a webhook needs kind and url"}, T{FR: "par exemple - {kind: teams, url: {env: FILON_TEAMS}}", EN: "for example - {kind: teams, url: {env: FILON_TEAMS}}"})
		}
		if h.url.plain != "" && (h.kind != deliver.JSON || holdsSecret(h.url.plain)) {
			return r.bad(n, T{FR: "l'adresse d'un webhook est un secret : qui la connaît peut y écrire", EN: "the address of a webhook is a secret: who knows it can write there"},
				T{FR: "dites où elle se trouve : url: {env: NOM}, {file: CHEMIN} ou {command: COMMANDE}", EN: "say where it lies: url: {env: NAME}, {file: PATH} or {command: LINE}"})
		}
		if h.url.plain != "" {
			if shown, complaint := checkURL(h.url.plain); complaint != (T{}) {
				return r.bad(n, T{FR: "adresse refusée : %s", EN: "address refused: %s"}.with(shown), complaint)
			}
		}
		if h.name == "" {
			h.name = h.kind
		}
		for _, other := range *to {
			if other.name == h.name || h.name == "mail" {
				return r.bad(n, T{FR: "deux voies du digest s'appellent %q", EN: "two ways of the digest are named %q"}.with(h.name), T{FR: "donnez à chacune son name", EN: "give each its own name"})
			}
		}
		*to = append(*to, h)
	}
	return nil
}

// secretNames are parts of the names of parameters that carry a secret.
var secretNames = []string{"token", "key", "secret", "pass", "pwd", "mdp", "auth", "sig", "code", "cred", "jeton", "hash", "session", "bearer"}

// fewestOpaque is from how many letters and digits on a part of an address may be a secret.
const fewestOpaque = 12

// holdsSecret tells whether an address holds a user or a password, a parameter that is named as secrets are, or letters
// and digits in a row that are no word.
func holdsSecret(addr string) bool {
	u, err := url.Parse(addr)
	if err != nil || u.User != nil || classify.MaskAddress(addr) != addr {
		return true
	}
	opaque := func(s string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' }), func(part string) bool {
			letters, digits := 0, 0
			for _, r := range part {
				switch {
				case r >= '0' && r <= '9':
					digits++
				case unicode.IsLetter(r):
					letters++
				}
			}
			return letters+digits >= fewestOpaque && letters > 0 && digits > 1
		})
	}
	for name, values := range u.Query() {
		low := strings.ToLower(name)
		if slices.ContainsFunc(secretNames, func(s string) bool { return strings.Contains(low, s) }) || slices.ContainsFunc(values, opaque) {
			return true
		}
	}
	return opaque(u.Path) || opaque(u.Fragment)
}

// channel is one way to people, ready to be used once its secrets are there.
type channel struct {
	name   string
	abroad bool // it passes through somebody else's service
	open   func(ctx context.Context) (deliver.Channel, error)
}

// channels lists where the digest goes.
func (d digestSettings) channels() []channel {
	var all []channel
	if m := d.mail; m != nil {
		all = append(all, channel{name: "mail", open: func(ctx context.Context) (deliver.Channel, error) {
			user, err := m.user.reveal(ctx)
			if err != nil {
				return nil, err
			}
			password, err := m.password.reveal(ctx)
			return deliver.Mail{Server: m.server, Security: m.security, User: user, Password: password, From: m.from, To: m.to}, err
		}})
	}
	for _, h := range d.hooks {
		all = append(all, channel{name: h.name, abroad: true, open: func(ctx context.Context) (deliver.Channel, error) {
			at, err := h.url.reveal(ctx)
			if err == nil {
				if u, uerr := url.Parse(at); uerr != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
					err = askedWrongly(T{FR: "l'adresse du webhook %s est illisible", EN: "the address of webhook %s cannot be read"}.with(h.name), T{})
				}
			}
			return deliver.Webhook{Kind: h.kind, URL: at}, err
		}})
	}
	return all
}

// describe says where digests go, without a secret and without naming people, one way a line: for the
// passport, which reads it by described.
func (d digestSettings) describe() string {
	var parts []string
	if m := d.mail; m != nil {
		parts = append(parts, strings.Join([]string{"mail", m.server, m.security, strconv.Itoa(len(m.to))}, " "))
	}
	for _, h := range d.hooks {
		parts = append(parts, "webhook "+h.kind)
	}
	return strings.Join(parts, "\n")
}

// mailSafety says how a mail server is spoken to.
var mailSafety = map[string]T{
	deliver.StartTLS: {FR: "chiffré par STARTTLS", EN: "encrypted by STARTTLS"},
	deliver.TLS:      {FR: "chiffré par TLS", EN: "encrypted by TLS"},
	deliver.InClear:  {FR: "en clair", EN: "in clear"},
}

// described puts a line of describe into words.
func described(line string) T {
	words := strings.Fields(line)
	switch {
	case len(words) == 4 && words[0] == "mail":
		how, known := mailSafety[words[2]]
		if !known {
			how = same(words[2])
		}
		to, err := strconv.Atoi(words[3])
		if err != nil {
			return same(line)
		}
		return T{FR: "par courriel, à %d destinataire{s}, par le serveur %s (%s)", EN: "by mail, to %d receiver{s}, by the server %s (%s)"}.with(to, words[1], how)
	case len(words) == 2 && words[0] == "webhook":
		return T{FR: "par un webhook (%s)", EN: "by a webhook (%s)"}.with(words[1])
	}
	return T{line, line}
}

// retentionSettings is how long the history of runs is kept.
type retentionSettings struct {
	runs int   // the newest; 0 is defaultRuns
	size int64 // of filon.db, in bytes; 0 is no limit
}

const defaultRuns = 90

func (r reader) retention(n ast.Node, to *retentionSettings) error {
	return r.mapping(n, T{FR: "retention", EN: "retention"}, []key{
		{"runs", r.number(&to.runs, 2, 100_000)},
		{"size", r.size(&to.size, 1<<20, 1<<50)},
	})
}

func (k retentionSettings) most() int {
	if k.runs == 0 {
		return defaultRuns
	}
	return k.runs
}
