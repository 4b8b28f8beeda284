package main

import (
	"bytes"
	"slices"
	"testing"

	"github.com/urfave/cli/v2"
)

// verb is a command with a flag of each kind.
func verb() command {
	return command{
		Command: cli.Command{
			Name: "crawl", ArgsUsage: "[URL…]",
			Flags: []cli.Flag{
				&cli.IntFlag{Name: "max-depth"}, &cli.BoolFlag{Name: "full"}, &cli.StringSliceFlag{Name: "resolve"},
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}}, choice("format", "table", []string{"table", "json"}, ""),
				&cli.DurationFlag{Name: "delay"}, &cli.Float64Flag{Name: "rate"}, &cli.Uint64Flag{Name: "limit"},
			},
		},
		MaxArgs: anyNumber,
	}
}

func TestArrange(t *testing.T) {
	for _, c := range []struct{ typed, line []string }{
		{[]string{"crawl", "http://a/", "--max-depth", "3"}, []string{"crawl", "--max-depth=3", "--", "http://a/"}},
		{[]string{"crawl", "--max-depth", "3", "http://a/"}, []string{"crawl", "--max-depth=3", "--", "http://a/"}},
		{[]string{"--max-depth=3", "crawl", "http://a/", "--full", "http://b/"}, []string{"crawl", "--max-depth=3", "--full=true", "--", "http://a/", "http://b/"}},
		{[]string{"crawl", "x", "--lang", "fr"}, []string{"--lang=fr", "crawl", "--", "x"}},
		{[]string{"crawl", "-o", "f", "-", "-5"}, []string{"crawl", "--output=f", "--", "-", "-5"}},
		{[]string{"crawl", "--", "--full", "--"}, []string{"crawl", "--", "--full", "--"}},
		{[]string{"crawl", "--resolve", "a:1:::1", "--resolve=b:2:::1"}, []string{"crawl", "--resolve=a:1:::1", "--resolve=b:2:::1", "--"}},
		{[]string{"crawl", "--output", "-"}, []string{"crawl", "--output=-", "--"}},
		{[]string{"crawl", "--output", ""}, []string{"crawl", "--output=", "--"}},
		{[]string{"crawl", "--max-depth", "-1"}, []string{"crawl", "--max-depth=-1", "--"}},
		{[]string{"crawl", "help"}, []string{"crawl", "--", "help"}},
	} {
		a, err := arrange(&speaker{}, append([]string{"filon"}, c.typed...), []command{verb()})
		if err != nil {
			t.Errorf("%q: %v", c.typed, err)
			continue
		}
		if want := append([]string{"filon"}, c.line...); !slices.Equal(a.line, want) {
			t.Errorf("%q\n got %q\nwant %q", c.typed, a.line, want)
		}
	}
}

func TestArrangeRefuses(t *testing.T) {
	for _, c := range []struct {
		typed []string
		says  string
		hint  string
	}{
		{[]string{"crawl", "--depht", "3"}, "unknown flag: --depht for crawl", "see filon crawl --help"},
		{[]string{"crawl", "--depth", "3"}, "unknown flag: --depth for crawl", "did you mean --max-depth?"},
		{[]string{"crawl", "--max_depth=3"}, "unknown flag: --max_depth for crawl", "did you mean --max-depth?"},
		{[]string{"crawl", "vélo", "-confidentiel"}, "unknown flag: -confidentiel for crawl", "if it is a word to look for, put -- before it: filon crawl -- -confidentiel"},
		{[]string{"crawl", "--format", "jsn"}, `--format cannot be "jsn"`, "did you mean json? Possible values: table, json"},
		{[]string{"crawl", "--max-depth", "deep"}, `--max-depth cannot be "deep"`, "give a whole number, for example --max-depth 10"},
		{[]string{"crawl", "--limit", "-1"}, `--limit cannot be "-1"`, "give a whole number from 0, for example --limit 10"},
		{[]string{"crawl", "--rate", "fast"}, `--rate cannot be "fast"`, "give a number, for example --rate 0.5"},
		{[]string{"crawl", "--delay", "5"}, `--delay cannot be "5"`, "give a duration with its unit, for example --delay 500ms or 30s"},
		{[]string{"crawl", "--full=yes"}, `--full cannot be "yes"`, "write just --full, or --full=false"},
		{[]string{"crawl", "--output", "--full"}, "--output needs a value", "see filon crawl --help"},
		{[]string{"crawl", "—full"}, `"—full" begins with a long dash`, "write --full, with plain hyphens"},
		{[]string{"craw"}, "unknown command: craw", "did you mean crawl?"},
		{[]string{"--nothing"}, "unknown flag: --nothing", "see filon --help"},
		{[]string{"--full"}, "unknown flag: --full", "see filon --help"},
	} {
		_, err := arrange(&speaker{}, append([]string{"filon"}, c.typed...), []command{verb()})
		trouble, ok := isTrouble(err)
		if !ok || trouble.Code != codeWrong {
			t.Errorf("%q: got %v, want a refusal", c.typed, err)
			continue
		}
		if trouble.What.EN != c.says || trouble.Hint.EN != c.hint {
			t.Errorf("%q\n got %q / %q\nwant %q / %q", c.typed, trouble.What.EN, trouble.Hint.EN, c.says, c.hint)
		}
	}
}

func FuzzArrange(f *testing.F) {
	f.Add("crawl", "--max-depth", "3", "http://a/")
	f.Add("--", "–x", "-", "--lang=fr")
	f.Add("help", "--format", "jso", "-o")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		asked, err := arrange(&speaker{}, []string{"filon", a, b, c, d}, []command{verb()})
		if trouble, ok := isTrouble(err); err != nil && (!ok || trouble.Code != codeWrong || trouble.What.FR == "") {
			t.Fatalf("not a refusal made for people: %v", err)
		}
		if err != nil || asked.command == nil {
			return
		}
		// Whatever arrange lets through, urfave/cli must understand without a word of its own.
		var out bytes.Buffer
		say := &speaker{out: &steadyWriter{w: &out}}
		v := verb()
		v.Action = func(*cli.Context) error { return nil }
		if err := newApp(say, []command{v}).Run(asked.line); err != nil || out.Len() > 0 {
			t.Fatalf("%q: %v %q", asked.line, err, out.String())
		}
	})
}
