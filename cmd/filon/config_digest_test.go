package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"filon/cmd/filon/deliver"
)

const oneSource = "sources:\n  - {name: site, seeds: [https://www.exemple.fr/]}\n"

func TestDigestIsRead(t *testing.T) {
	t.Setenv("FILON_TEST_HOOK", "https://hooks.exemple.net/services/T0/Zq8")
	c, err := parseConfig("filon.yaml", []byte(oneSource+`digest:
  lang: en
  include: [new, coverage]
  mail: {server: 'smtp.exemple.fr:465', security: tls, user: robot, password: {env: FILON_TEST_HOOK}, from: 'filon <filon@exemple.fr>', to: a@exemple.fr}
  webhooks:
    - {kind: teams, url: {env: FILON_TEST_HOOK}}
    - {kind: json, name: chez-nous, url: 'http://127.0.0.1:8065/filon'}
retention: {runs: 30}
`))
	if err != nil {
		t.Fatal(err)
	}
	d := c.digest
	if d.lang != "en" || d.heartbeat || d.most != defaultMost || !d.tells("new") || d.tells("intranet") || c.retention.most() != 30 {
		t.Errorf("got %+v", d)
	}
	if !slices.Contains(c.variables, "FILON_TEST_HOOK") {
		t.Error("the timer's environment is not warned of")
	}
	if strings.Contains(d.describe(), "Zq8") || strings.Contains(d.describe(), "a@exemple.fr") {
		t.Errorf("a secret or a person in %q", d.describe())
	}
	var names []string
	for _, ch := range d.channels() {
		names = append(names, ch.name)
		to, err := ch.open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if hook, ok := to.(deliver.Webhook); ok != ch.abroad || ok && hook.URL == "" {
			t.Errorf("%s: %T", ch.name, to)
		}
	}
	if want := []string{"mail", "teams", "chez-nous"}; !slices.Equal(names, want) {
		t.Errorf("channels %v, want %v", names, want)
	}
	bare, err := parseConfig("filon.yaml", []byte(oneSource))
	if err != nil || bare.digest.lang != "fr" || bare.retention.most() != defaultRuns || !bare.digest.tells("intranet") || len(bare.digest.channels()) != 0 {
		t.Errorf("without a digest: %+v, %v", bare.digest, err)
	}
}

func TestDigestIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		"digest: {include: [news]}": "possible values: new, verdicts",
		"digest: {webhooks: [{kind: slack, url: 'https://hooks.exemple.net/services/T0/Zq8'}]}":                                 "is a secret",
		"digest: {webhooks: [{kind: json, url: 'https://chat.exemple.net/in?token=Zq8abc'}]}":                                   "{env: NAME}",
		"digest: {webhooks: [{kind: json, url: 'https://moi:Zq8abc@chat.exemple.net/in'}]}":                                     "{env: NAME}",
		"digest: {webhooks: [{kind: json, url: 'https://chat.exemple.net/hooks/9f8Zq8a72b11c4'}]}":                              "{env: NAME}",
		"digest: {webhooks: [{kind: json, url: 'https://chat.exemple.net/in?salon=veille&s=Zq8a72b11c4d'}]}":                    "{env: NAME}",
		"digest: {webhooks: [{kind: slack}]}":                                                                                   "needs kind and url",
		"digest: {webhooks: [{kind: teams, url: {env: A}}, {kind: teams, url: {env: B}}]}":                                      "two ways",
		"digest: {mail: {server: smtp.exemple.fr, from: a@b.fr, to: c@d.fr}}":                                                   "its port",
		"digest: {mail: {server: 'smtp.exemple.fr:25', from: a@b.fr}}":                                                          "server, from and to",
		"digest: {mail: {server: 'smtp.exemple.fr:25', from: nobody, to: c@d.fr}}":                                              "mail address",
		"digest: {mail: {server: 'smtp.exemple.fr:25', security: none, user: a, password: {env: P}, from: a@b.fr, to: c@d.fr}}": "in clear",
		"digest: {mail: {server: 'smtp.exemple.fr:25', user: a, from: a@b.fr, to: c@d.fr}}":                                     "go together",
		"digest: {mail: {server: 'smtp.exemple.fr:25', user: a, password: Zq8, from: a@b.fr, to: c@d.fr}}":                      "a password in clear",
		"retention: {runs: 1}": "from 2 to",
	} {
		_, err := parseConfig("filon.yaml", []byte(oneSource+text+"\n"))
		trouble, ok := isTrouble(err)
		if !ok || trouble.Code != codeWrong {
			t.Errorf("%s: %v", text, err)
			continue
		}
		whole := trouble.What.EN + " " + trouble.Hint.EN
		if !strings.Contains(whole, says) || strings.Contains(whole, "Zq8") || !strings.HasPrefix(trouble.What.EN, "filon.yaml:3") {
			t.Errorf("%s: got %q, want … %s …", text, whole, says)
		}
	}
}
