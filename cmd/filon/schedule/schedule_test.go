package schedule

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// nasty is what paths of French desktops and of mischief look like.
var nasty = Task{Name: "nightly", Program: `/opt/Société d'été/fi"lon 100%`, Dir: `/srv/À côté/$HOME 50% "été" l'hiver`,
	Args: []string{"nightly", "--config", `/srv/À côté/$HOME 50% "été" l'hiver/filon.yaml`, `a\b`, ""}, Hour: 2, Minute: 5}

func TestServiceIsEscaped(t *testing.T) {
	got := nasty.service()
	for _, want := range []string{
		"WorkingDirectory=/srv/À côté/$HOME 50%% \"été\" l'hiver\n",
		`ExecStart="/opt/Société d'été/fi\"lon 100%%" "nightly" "--config" "/srv/À côté/$$HOME 50%% \"été\" l'hiver/filon.yaml" "a\\b" ""` + "\n",
		"SuccessExitStatus=3\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in\n%s", want, got)
		}
	}
	for _, want := range []string{"OnCalendar=*-*-* 02:05:00\n", "Persistent=true\n", "RandomizedDelaySec=600\n"} {
		if !strings.Contains(nasty.timer(), want) {
			t.Errorf("missing %q in\n%s", want, nasty.timer())
		}
	}
}

// systemd itself judges the units where it is installed.
func TestSystemdReadsTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed here")
	}
	dir := t.TempDir()
	task := nasty
	task.Program, task.Dir = "/bin/true", "/tmp"
	plan, err := For(Systemd, task, dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range plan.Files {
		if err := os.WriteFile(f.Path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f.Path)
	}
	if out, err := exec.Command(analyze, append([]string{"verify", "--user"}, files...)...).CombinedOutput(); err != nil && strings.Contains(string(out), filepath.Base(files[0])) {
		t.Errorf("%v\n%s", err, out)
	}
}

// sh gives back every word of the crontab line.
func TestCronLineIsEscaped(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh here")
	}
	dir := t.TempDir()
	task := nasty
	task.Dir = filepath.Join(dir, `À côté 50% "été" l'hiver`)
	task.Program = "printf"
	task.Args = append([]string{`%s\n`}, nasty.Args...)
	if err := os.Mkdir(task.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	line := task.cron()
	if !strings.HasPrefix(line, "5 2 * * * ") || strings.Contains(strings.ReplaceAll(line, `\%`, ""), "%") {
		t.Errorf("an unescaped %% ends a line of crontab: %s", line)
	}
	out, err := exec.Command(sh, "-c", strings.ReplaceAll(strings.TrimPrefix(line, "5 2 * * * "), `\%`, "%")).Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(nasty.Args, "\n") + "\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

func TestXMLIsEscaped(t *testing.T) {
	for _, text := range []string{nasty.agent(), nasty.windows("")} {
		var all []string
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			tok, err := d.Token()
			if tok == nil {
				if err.Error() != "EOF" {
					t.Fatalf("%v in\n%s", err, text)
				}
				break
			}
			if c, ok := tok.(xml.CharData); ok {
				all = append(all, string(c))
			}
		}
		for _, want := range []string{nasty.Program, nasty.Dir} {
			if !slices.Contains(all, want) {
				t.Errorf("%q does not come back from\n%s", want, text)
			}
		}
	}
	if got, want := nasty.windows("UTF-16"), "\r\n"; strings.Count(got, "\n") != strings.Count(got, want) {
		t.Error("lines must end with CRLF")
	}
}

func TestQuoteWindows(t *testing.T) {
	for in, want := range map[string]string{
		`plain`: `plain`, ``: `""`, `a b`: `"a b"`, `say "hi"`: `"say \"hi\""`, `C:\a b\`: `"C:\a b\\"`, `C:\a\b`: `C:\a\b`, `\\srv\a "b`: `"\\srv\a \"b"`,
	} {
		if got := quoteWindows(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestWhatCannotBeScheduled(t *testing.T) {
	for what, task := range map[string]Task{
		"a line end": {Name: "n", Program: "/bin/filon", Dir: "/srv/a\nExecStart=/bin/rm"},
		"a name":     {Name: "../n", Program: "/bin/filon", Dir: "/srv"},
		"no time":    {Name: "n", Program: "/bin/filon", Dir: "/srv", Hour: 24},
		"a blank":    {Name: "n", Program: "/bin/filon", Dir: "/srv "},
		"a slash":    {Name: "n", Program: "/bin/filon", Dir: `/srv\`},
		"no text":    {Name: "n", Program: "/bin/filon", Dir: "/srv", Args: []string{"\xff"}},
	} {
		for _, kind := range Kinds {
			if _, err := For(kind, task, "/home", 1); err == nil {
				t.Errorf("%s was scheduled by %s", what, kind)
			}
		}
	}
}

func TestOwnFilesOnly(t *testing.T) {
	for _, kind := range []Kind{Systemd, Launchd, Windows} {
		plan, err := For(kind, nasty, "/home", 501)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range plan.Files {
			if !Owns(f.Data) {
				t.Errorf("%s does not know its own %s", kind, f.Path)
			}
		}
	}
	if Owns([]byte("[Unit]\nDescription=somebody's filon\n")) {
		t.Error("takes a file for its own")
	}
}

func TestWithLine(t *testing.T) {
	theirs := "MAILTO=a@b.fr\n0 3 * * * filon nightly\n# end"
	one, found := WithLine(theirs, "nightly", nasty.cron())
	if found || !strings.HasPrefix(one, theirs+"\n") || !strings.HasSuffix(one, ": nightly\n") {
		t.Errorf("got %q", one)
	}
	two, found := WithLine(one, "nightly", nasty.cron())
	if !found || two != one {
		t.Errorf("the second time: got %q, want %q", two, one)
	}
	if other, found := WithLine(one, "other", ""); found || other != one {
		t.Errorf("another task's line went: %q", other)
	}
	if back, found := WithLine(one, "nightly", ""); !found || back != theirs+"\n" {
		t.Errorf("after removal: %q", back)
	}
}

func TestCommandIsShown(t *testing.T) {
	if got, want := (Command{"schtasks", "/TN", `filon\n`, "/XML", "/a b"}).String(), `schtasks /TN 'filon\n' /XML '/a b'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
