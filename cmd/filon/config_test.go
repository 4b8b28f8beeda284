package main

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/session"
)

const wholeConfig = `
data: inventaire
workers: 4
sources:
  - name: site
    seeds: [https://www.exemple.fr/, 'https://www.exemple.fr/b?c=1']
    visibility: public
    hosts: [Blog.exemple.fr, docs.exemple.fr:8443]
    include: /actualites/**
    exclude:
      - /panier/*
      - "*/imprimer"
    prefixes: [/a/]
    max-depth: 3
    max-pages: 1_000
    delay: 500ms
    max-delay: 30 s
    per-host: 2
    ignore-robots: true
    keep-noindex: true
    user-agent: filon/1.0 (inventory)
    sitemaps: [https://www.exemple.fr/plan.xml]
    no-sitemaps: false
    no-feeds: true
    max-bytes: 20 Mo
    timeout: 1m
    max-redirects: 5
    max-links: 100
  - name: 2024
    seeds: https://intranet.exemple.fr/
    include:
    auth: {kind: basic, user: lecteur, password: {env: FILON_TEST_PASSWORD}}
policy:
  company: Exemple SA
  other-names: Fours Exemple
  own-hosts: [boutique.exemple.fr]
  scale: {C1: internal, C3: confidential}
  customers: [Client SA]
  agencies: [Studio]
  listed-company: true
  quiet: [{from: 2026-01-15, to: 2026-02-12}]
  off: [claim/, image/credit]
  publishable: 75
  proposed: 45
  settled-days: 60
  list-size: 5
words: {case_study: [dossier client], minutes: point hebdo}
`

func TestConfig(t *testing.T) {
	c, err := parseConfig(filepath.Join("conf", "filon.yaml"), []byte(wholeConfig))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("FILON_TEST_PASSWORD", "le mot")
	got, err := c.Sources(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := []crawler.Source{{
		Name: "site", Seeds: []string{"https://www.exemple.fr/", "https://www.exemple.fr/b?c=1"}, Visibility: "public",
		Hosts: []string{"blog.exemple.fr", "docs.exemple.fr:8443"}, Include: []string{"/actualites/**"}, Exclude: []string{"/panier/*", "*/imprimer"},
		Prefixes: []string{"/a/"}, MaxDepth: 3, MaxPages: 1000, Delay: crawler.Delay{Min: 500 * time.Millisecond, Max: 30 * time.Second},
		PerHost: 2, IgnoreRobots: true, KeepNoIndex: true, UserAgent: "filon/1.0 (inventory)", Sitemaps: []string{"https://www.exemple.fr/plan.xml"},
		NoFeeds: true, Limits: crawler.Limits{Bytes: 20 << 20, Time: time.Minute, Redirects: 5, Links: 100},
	}, {
		Name: "2024", Seeds: []string{"https://intranet.exemple.fr/"}, Visibility: "intranet", Presumed: crawler.PresumedSignIn,
	}}
	if s := got[1].Session; s == nil || s.As() != "lecteur" || s.Kind() != session.Basic {
		t.Errorf("session %v", s)
	}
	got[1].Session = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sources\n got %+v\nwant %+v", got, want)
	}
	if c.Data != filepath.Join("conf", "inventaire") || c.Workers != 4 {
		t.Errorf("data %q workers %d", c.Data, c.Workers)
	}
	day := func(d int, m time.Month) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	policy := classify.Policy{
		Company: []string{"Exemple SA", "Fours Exemple"}, OwnHosts: []string{"boutique.exemple.fr", "www.exemple.fr"},
		Scale: map[string]string{"C1": "internal", "C3": "confidential"}, Customers: []string{"Client SA"}, Agencies: []string{"Studio"},
		Listed: true, Quiet: []classify.Period{{From: day(15, time.January), To: day(12, time.February)}},
		Off: []string{"claim/", "image/credit"}, Publishable: 75, Proposed: 45, SettledDays: 60, ListSize: 5,
		Words: map[string][]string{"case_study": {"dossier client"}, "minutes": {"point hebdo"}},
	}
	if got := c.Policy.policy([]string{"www.exemple.fr"}); !reflect.DeepEqual(got, policy) {
		t.Errorf("policy\n got %+v\nwant %+v", got, policy)
	}
}

func TestConfigRefuses(t *testing.T) {
	source := func(lines ...string) string {
		return "sources:\n  - name: a\n    seeds: [https://a.example/]\n    " + strings.Join(lines, "\n    ") + "\n"
	}
	for _, c := range []struct{ name, text, says, hint string }{
		{"empty", "# nothing\n", "filon.yaml: the configuration is empty", "at least one source"},
		{"no source", "workers: 2\n", "filon.yaml:1: no source", "at least one source"},
		{"typo at the top", "source: []\n", `filon.yaml:1: unknown key "source" in the configuration`, "did you mean sources?"},
		{"underscore", source("max_depth: 3"), `filon.yaml:4: unknown key "max_depth" in a source`, "did you mean max-depth?"},
		{"far from any", source("zzz: 3"), `filon.yaml:4: unknown key "zzz" in a source`, "possible keys: name, seeds"},
		{"no seeds", "sources:\n  - name: a\n", "filon.yaml:2: a source without a seed", "add seeds"},
		{"no name", "sources:\n  - seeds: https://a.example/\n", "filon.yaml:2: a source without a name", "add name"},
		{"not a list", "sources: {name: a}\n", "filon.yaml:1: sources needs a list", "- name"},
		{"not a mapping", "- a\n- b\n", "filon.yaml:1: the configuration needs", "space after the colon"},
		{"no scheme", "sources:\n  - name: a\n    seeds: [www.a.example/b]\n", `filon.yaml:3: value refused: "www.a.example/b"`, "https://www.a.example/b"},
		{"other scheme", "sources:\n  - name: a\n    seeds: [ftp://a.example/]\n", "filon.yaml:3: value refused", "full address"},
		{"password in the address", "sources:\n  - name: a\n    seeds: [https://me:hunter2@a.example/]\n", "filon.yaml:3: value refused", "see auth"},
		{"number", source("max-pages: many"), `filon.yaml:4: value refused: "many"`, "whole number from 0 to"},
		{"negative", source("max-depth: -1"), `filon.yaml:4: value refused: "-1"`, "from 0"},
		{"no unit", source("delay: 500"), `filon.yaml:4: value refused: "500"`, "500ms"},
		{"delays crossed", source("delay: 5s", "max-delay: 1s"), "max-delay is shorter than delay", "lengthen"},
		{"nobody to compare with", source("anonymous-pass: true"), "anonymous-pass only makes sense for a source that signs in", "add auth"},
		{"size", source("max-bytes: 20XB"), `filon.yaml:4: value refused: "20XB"`, "20MB"},
		{"bool", source("ignore-robots: oui"), `filon.yaml:4: value refused: "oui"`, "true or false"},
		{"choice", source("visibility: privé"), `filon.yaml:4: value refused: "privé"`, "public, intranet, restricted"},
		{"host with a path", source("hosts: [a.example/b]"), "filon.yaml:4: value refused", "host name"},
		{"pattern", source("exclude: [/a/**, news]"), `filon.yaml:4: value refused: "news"`, "begins with / or *"},
		{"expression", source("include: ['/([/']"), `filon.yaml:4: value refused: "/([/"`, "regular expression"},
		{"level", source() + "policy: {scale: {C1: secrète}}\n", `value refused: "secrète"`, "confidential, restricted"},
		{"quiet reversed", source() + "policy:\n  quiet: [{from: 2026-02-01, to: 2026-01-01}]\n", "a period goes", "2026-01-15"},
		{"quiet day", source() + "policy: {quiet: {from: 1/2/2026, to: 2026-01-01}}\n", `value refused: "1/2/2026"`, "2026-01-15"},
		{"rule", source() + "policy: {off: claims}\n", `value refused: "claims"`, "claim/"},
		{"words of no type", source() + "words: {cas: [dossier client]}\n", `value refused: "cas"`, "case_study"},
		{"word of two letters", source() + "words: {minutes: [cr]}\n", `value refused: "cr"`, "found everywhere"},
		{"prefix", source("prefixes: [news]"), "filon.yaml:4: value refused", "begins with /"},
		{"agent", source(`user-agent: "a\nb"`), "user-agent", ""},
		{"mapping for a value", source("max-depth: {a: 1}"), "filon.yaml:4: a single value", "quotes"},
		{"key twice", source("max-depth: 1", "max-depth: 2"), "filon.yaml:5: key written twice", "keep one"},
		{"empty dash", source("hosts: [a.example, ]", "include:", "  -", "  - /b"), "a dash without a value", "remove it"},
		{"alias", "sources: &s\n  - name: a\n", "anchors", "quotes"},
		{"merge", "sources:\n  - <<: {name: a}\n", "unknown key", ""},
		{"tag", source("max-depth: !!int 3"), "filon.yaml:4: anchors", "quotes"},
		{"broken", "sources: [\n", "filon.yaml", "indentation"},
		{"two documents", "workers: 1\n---\nworkers: 2\n", "second document", "one document"},
		{"binary", "sour\x00ces", "not a UTF-8 text", "UTF-8"},
		{"deep", "a: " + strings.Repeat("[", 200), "nested too deeply", ""},
		{"dashes", strings.Repeat("- ", 200) + "a", "nested too deeply", ""},
		{"long line", "a: " + strings.Repeat("x", 5000), "line too long", ""},
		{"auth kind", source("auth: {kind: oauth, user: a, password: {env: B}}"), `value refused: "oauth"`, "basic"},
		{"auth half", source("auth: {kind: basic, user: a}"), "filon.yaml:4: auth needs user, password", "{env: FILON_PASSWORD}"},
		{"password in clear", source("auth: {kind: basic, user: a, password: hunter2}"), "filon.yaml:4: a password in clear", "{env: NAME}"},
		{"two places", source("auth: {kind: basic, user: a, password: {env: A, file: b}}"), "a secret comes from one place", "env, file or command"},
	} {
		_, err := parseConfig("filon.yaml", []byte(c.text))
		trouble, ok := isTrouble(err)
		if !ok || trouble.Code != codeWrong {
			t.Errorf("%s: got %v, want a refusal", c.name, err)
			continue
		}
		if !strings.Contains(trouble.What.EN, c.says) || !strings.Contains(trouble.Hint.EN, c.hint) {
			t.Errorf("%s:\n got %q / %q\nwant %q / %q", c.name, trouble.What.EN, trouble.Hint.EN, c.says, c.hint)
		}
		if strings.Contains(trouble.What.EN+trouble.What.FR+trouble.Hint.EN+trouble.Hint.FR, "hunter2") {
			t.Errorf("%s: the complaint repeats a password", c.name)
		}
	}
}

// What init writes must be what config reads, with every commented key switched on too.
func TestInitWritesWhatConfigReads(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		for _, seed := range []string{"", "https://www.exemple.fr/", "https://intranet.exemple.fr:8443/a?b=c#d'e", "http://[::1]:8080/"} {
			dir := t.TempDir()
			say := &speaker{lang: lang, out: &steadyWriter{w: &strings.Builder{}}}
			if err := writeConfig(say, dir, seed); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, configName)
			c, err := readConfig(path)
			if err != nil {
				t.Fatalf("%s %q: %v", lang, seed, err)
			}
			if got := c.sources[0].Seeds[0]; seed != "" && got != seed {
				t.Errorf("%s: seed %q, want %q", lang, got, seed)
			}
			if seed != "" {
				continue
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := parseConfig(path, []byte(uncomment(string(data))))
			if err != nil {
				t.Fatalf("%s, everything switched on: %v", lang, err)
			}
			if len(whole.sources) != 2 || whole.Policy.Company == "" || whole.sources[0].Limits == (crawler.Limits{}) {
				t.Errorf("%s: not everything was switched on: %+v", lang, whole)
			}
		}
	}
}

// uncomment takes the # from lines that hold a key.
func uncomment(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		indent := l[:len(l)-len(strings.TrimLeft(l, " "))]
		body, ok := strings.CutPrefix(strings.TrimLeft(l, " "), "# ")
		word, rest, colon := strings.Cut(strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(body, " "), "- "), " "), ":")
		if ok && colon && (rest == "" || rest[0] == ' ') && word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz-") == "" {
			lines[i] = indent + body
		}
	}
	return strings.Join(lines, "\n")
}

// What YAML reads as one text is one, also where the library sees a key and a value.
func TestAddressesInsideBraces(t *testing.T) {
	for text, want := range map[string]string{
		"sources:\n  - {name: site, seeds: [http://127.0.0.1:18777/]}\n":                              "http://127.0.0.1:18777/",
		"sources:\n  - {name: site, seeds: [http://intranet:8080/a?b=c:d, http://intranet:8080/e]}\n": "http://intranet:8080/a?b=c:d",
		"sources: [{name: site, seeds: http://intranet:8080/}]\n":                                     "http://intranet:8080/",
	} {
		c, err := parseConfig("filon.yaml", []byte(text))
		if err != nil || c.sources[0].Seeds[0] != want {
			t.Errorf("%q: %v %v", text, c.sources, err)
		}
	}
	for _, text := range []string{"sources:\n  - {name: site, seeds: [{http: //intranet/}]}\n", "sources:\n  - {name: site, seeds: [http: //intranet/]}\n", "sources:\n  - {name: \"a\\e[31m\", seeds: [http://intranet/]}\n"} {
		if _, err := parseConfig("filon.yaml", []byte(text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestSecrets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("\ufefffrom a file\r\nsecond line"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FILON_TEST_SECRET", "from the environment")
	ctx := context.Background()
	good := map[string]secret{"from a file": {file: file}, "from the environment": {env: "FILON_TEST_SECRET"}, "reader": {plain: "reader"}}
	if runtime.GOOS != "windows" {
		good["from a command"] = secret{command: "echo from a command; echo more"}
	}
	for want, s := range good {
		if got, err := s.reveal(ctx); got != want || err != nil {
			t.Errorf("got %q %v, want %q", got, err, want)
		}
	}
	for _, s := range []secret{{env: "FILON_TEST_NOWHERE"}, {file: file + "x"}, {command: "echo hunter2; exit 3"}, {command: "true"}} {
		got, err := s.reveal(ctx)
		if got != "" || err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: got %q %v", s, got, err)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add(wholeConfig)
	f.Add(configTemplate.FR)
	f.Add("sources: &a [*a]\n")
	f.Add("? [a]: {b: [c]}\n")
	f.Add("sources:\n- seeds: |\n    https://a.example/\n  name: >-\n    b\n")
	f.Add("data: \"\\x00\\u202e\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxConfigBytes {
			return
		}
		c, err := parseConfig("filon.yaml", []byte(text))
		if trouble, ok := isTrouble(err); err != nil && (!ok || trouble.Code != codeWrong || !strings.HasPrefix(trouble.What.EN, "filon.yaml")) {
			t.Fatalf("not a complaint made for people: %v", err)
		}
		if err == nil && (len(c.sources) == 0 || c.sources[0].Name == "" || len(c.sources[0].Seeds) == 0) {
			t.Fatalf("a configuration without a usable source was accepted: %+v", c)
		}
	})
}
