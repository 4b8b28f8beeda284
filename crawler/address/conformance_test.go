package address

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// differs lists the cases of the published suites that this room answers otherwise, and why that is right.
var differs = map[string]string{
	"http://./ on https://page.example/":       noHost,
	"http://../ on https://page.example/":      noHost,
	"http://foo.09.. on https://page.example/": noHost,
	"。":   noHost,
	".":   noHost,
	"..":  noHost,
	"-。。": noHost,
	"-..": noHost,
}

const noHost = "a host with an empty label can be found in no DNS (RFC 1035 3.1), so there is nothing to visit"

// corpus reads a file of the conformance suites, which are not part of the project.
func corpus(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("FILON_CORPORA")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no folder of corpora: ", err)
		}
		dir = filepath.Join(cache, "filon-corpora")
	}
	b, err := os.ReadFile(filepath.Join(dir, "conformance", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("the conformance suites are not on this machine (see FILON_CORPORA): ", err)
	}
	return b
}

// TestStandard runs the URL tests of the web platform. What filon adds (no fragment, no user info, web
// addresses only) is taken off the expected answer; nothing else may differ.
func TestStandard(t *testing.T) {
	var cases []json.RawMessage
	if err := json.Unmarshal(corpus(t, "whatwg-url/testdata/urltestdata.json"), &cases); err != nil {
		t.Fatal(err)
	}
	ran, notWeb, refused, bad := 0, 0, 0, 0
	for _, raw := range cases {
		var c struct {
			Input, Protocol, Hostname, Port, Pathname, Search string
			Base                                              *string
			Failure                                           bool
		}
		if json.Unmarshal(raw, &c) != nil {
			continue // a heading
		}
		ran++
		page := "https://page.example/"
		if c.Base != nil {
			page = *c.Base
		}
		b, err := NewBase(page, "")
		if err != nil {
			if !errors.Is(err, ErrNotWeb) && !c.Failure {
				t.Errorf("NewBase(%q) = %v", page, err)
			}
			notWeb++
			continue
		}
		got, err := b.JoinRaw(c.Input)
		if c.Base == nil {
			got, err = rawAlone(c.Input)
		}
		want := ""
		switch {
		case c.Failure:
			refused++
		case c.Protocol != "http:" && c.Protocol != "https:":
			notWeb++
		default:
			want = c.Protocol + "//" + c.Hostname
			if c.Port != "" {
				want += ":" + c.Port
			}
			want += c.Pathname + c.Search
		}
		if got == want && (err == nil) == (want != "") {
			continue
		}
		name := c.Input + " on " + page
		if why, ok := differs[name]; ok {
			t.Logf("differs: %q: %s (standard %q, here %q)", name, why, want, got)
			continue
		}
		bad++
		t.Errorf("%q: got %q, %v; the standard says %q", name, got, err, want)
	}
	t.Logf("%d cases: %d not of the web, %d refused by the standard, %d unexplained", ran, notWeb, refused, bad)
}

// rawAlone is JoinRaw for an address without a base.
func rawAlone(raw string) (string, error) {
	raw, err := door(raw)
	if err != nil {
		return "", err
	}
	u, err := parse(raw, nil)
	if err != nil {
		return "", err
	}
	return origin(u) + u.Pathname() + u.Search(), nil
}

func TestHostNames(t *testing.T) {
	for _, file := range []string{"toascii.json", "IdnaTestV2.json"} {
		var cases []json.RawMessage
		if err := json.Unmarshal(corpus(t, "whatwg-url/testdata/"+file), &cases); err != nil {
			t.Fatal(err)
		}
		ran, bad := 0, 0
		for _, raw := range cases {
			var c struct {
				Input  string
				Output *string
			}
			if json.Unmarshal(raw, &c) != nil || strings.ContainsAny(c.Input, "?") || c.Input == "" {
				continue // a heading, or an input that a whole address cannot hold as its host
			}
			ran++
			got, err := rawAlone("https://" + c.Input + "/x")
			want := ""
			if c.Output != nil {
				want = "https://" + strings.TrimSuffix(*c.Output, ".") + "/x"
			}
			if got == want && (err == nil) == (c.Output != nil) {
				continue
			}
			if why, ok := differs[c.Input]; ok {
				t.Logf("differs: %q: %s (standard %q, here %q)", c.Input, why, want, got)
				continue
			}
			bad++
			t.Errorf("%s: %q: got %q, %v; want %q", file, c.Input, got, err, want)
		}
		t.Logf("%s: %d cases, %d unexplained", file, ran, bad)
	}
}

// TestResolve runs the table of another crawler, whose answers for the web follow the same standard.
func TestResolve(t *testing.T) {
	r := csv.NewReader(strings.NewReader(string(corpus(t, "crawler-commons/src/test/resources/url-utils/url-resolve.csv"))))
	r.Comment, r.FieldsPerRecord, r.LazyQuotes = '#', -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, row := range rows {
		for i := range row {
			row[i] = strings.Trim(row[i], ` "`)
		}
		base, want := row[1], row[2]
		if base == "" {
			base = row[0]
		}
		b, err := NewBase(base, "")
		if err != nil {
			continue // a file address
		}
		ran++
		want, err = rawAlone(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.JoinRaw(row[0]); got != want || err != nil {
			t.Errorf("%q on %q: got %q, %v; want %q", row[0], base, got, err, want)
		}
	}
	if ran < 20 {
		t.Errorf("only %d rows could be run", ran)
	}
}
