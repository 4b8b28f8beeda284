package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filon/classify/post"
	"filon/cmd/filon/demosite"
	"filon/crawler/content"
	"filon/index"
)

// filonDoes runs one command line as a user would, in a process of its own (TestMain puts filon on the
// path), and gives what it printed.
func filonDoes(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "filon", append([]string{"--lang", "fr"}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("filon %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String()
}

// TestDemoKeepsItsSecrets runs the demo as a user would, and looks for every planted secret in
// everything that filon prints, writes or keeps for searching.
func TestDemoKeepsItsSecrets(t *testing.T) {
	dir := t.TempDir()
	outputs := map[string]string{"the screen": filonDoes(t, "demo", "--keep", dir)}
	full := filepath.Join(dir, "full.csv")
	filonDoes(t, "export", "--data", dir, "--columns", "full", "--authors", "-o", full)
	outputs["export --format jsonl"] = filonDoes(t, "export", "--data", dir, "--format", "jsonl")
	outputs["search --format json"] = filonDoes(t, "search", "--data", dir, "--limit", "500", "--format", "json", "--facets")
	outputs["kits"] = kitsOf(t, dir)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		outputs[strings.TrimPrefix(path, dir)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	verdicts, origins := verdictsOf(t, full)
	for _, p := range demosite.Planted {
		at := p.On + " /" + strings.TrimPrefix(p.Path, "/")
		id := content.ID(origins[p.On] + "/" + strings.TrimPrefix(p.Path, "/"))
		if got, ok := verdicts[id]; ok && !slices.Contains(p.Expect, got) {
			t.Errorf("%s is %s, want one of %v: %s", at, got, p.Expect, p.Why)
		} else if !ok {
			t.Errorf("%s is not in the inventory", at)
		}
		for _, secret := range p.Secret {
			for name, text := range outputs {
				if stands(flat(text), flat(secret)) {
					t.Errorf("%s stands in clear in %s: a secret of %s", secret, name, at)
				}
			}
		}
	}
}

// kitsOf makes the kit of every item that can have one, in one text.
func kitsOf(t *testing.T, dir string) string {
	s, err := openStock(t.Context(), dir, reading)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all strings.Builder
	kits := 0
	err = s.index.Each(t.Context(), index.Query{}, func(rec index.Record) error {
		k, err := post.New(rec.Item, rec.Verdict, "")
		if err != nil {
			return nil // it says why, and that is tested where it is made
		}
		kits++
		if rec.Item.Access.Visibility != content.Public && strings.Contains(fmt.Sprint(k.Link, k.Drafts), "http") {
			t.Errorf("the kit of %s links to what is not public", rec.Item.Address)
		}
		data, err := json.Marshal(k)
		all.Write(data)
		return err
	})
	if err != nil || kits < 50 {
		t.Errorf("%d kits: %v", kits, err)
	}
	return all.String()
}

// stands tells whether a secret stands in a text, and not by chance in a sum of bytes that is written out.
func stands(text, secret string) bool {
	const sum = 32 // characters of one at least
	written := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }
	for from := 0; ; from++ {
		i := strings.Index(text[from:], secret)
		if i < 0 {
			return false
		}
		from += i
		begin, end := from, from
		for begin > 0 && written(text[begin-1]) {
			begin--
		}
		for end < len(text) && written(text[end]) {
			end++
		}
		if end-begin < max(sum, len(secret)+1) {
			return true
		}
	}
}

// flat makes all spaces alike.
func flat(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

// verdictsOf reads the verdicts of an exported inventory by the ids of items, for what is closed does not show all of its
// address, and the origin of each place.
func verdictsOf(t *testing.T, name string) (found, origins map[string]string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) int {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %s in %v", name, rows[0])
		}
		return i
	}
	id, address, visibility, verdict := column("item_id"), column("url"), column("visibility"), column("verdict")
	found, origins = map[string]string{}, map[string]string{}
	for _, row := range rows[1:] {
		u, err := url.Parse(row[address])
		if err != nil {
			t.Fatal(err)
		}
		found[row[id]], origins[row[visibility]] = row[verdict], u.Scheme+"://"+u.Host
	}
	return found, origins
}
