package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// share makes a folder with one thing of each kind.
func share(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root := filepath.Join(dir, "partage")
	for _, d := range []string{"a/b", "vide"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"partage/a/note.txt", "partage/a/b/plan.docx", "dehors.txt"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("bonjour"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"a/b/boucle": "..", "a/soi": "soi", "a/dehors.txt": "../../dehors.txt", "a/dossier": "../..", "a/copie.txt": "note.txt", "a/mort": "nulle-part"} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Skip("this system makes no links: ", err)
		}
	}
	return root
}

func TestLook(t *testing.T) {
	root := share(t)
	for _, c := range []struct {
		path   string
		kind   Kind
		target string
	}{
		{"", Folder, ""},
		{"a", Folder, ""},
		{"a/note.txt", File, ""},
		{"a/b/boucle", Link, "a"},
		{"a/b/boucle/note.txt", Link, "a/note.txt"},
		{"a/copie.txt", Link, "a/note.txt"},
		{"a/soi", Outside, ""},
		{"a/mort", Outside, ""},
		{"a/dehors.txt", Outside, ""},
		{"a/dossier", Outside, ""},
		{"a/dossier/partage/a", Link, "a"},
	} {
		got, err := Look(root, filepath.Join(root, c.path))
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if c.target != "" {
			c.target = filepath.Join(root, c.target)
		}
		if got.Kind != c.kind || got.Target != c.target {
			t.Errorf("%s: %+v, want kind %d and target %q", c.path, got, c.kind, c.target)
		}
		if got.Kind == File && (got.Size != 7 || got.Modified.IsZero()) {
			t.Errorf("%s: size %d, date %v", c.path, got.Size, got.Modified)
		}
	}
	if _, err := Look(root, filepath.Join(root, "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
}

// A root that is itself a link is walked as if it were not.
func TestLookThroughALinkedRoot(t *testing.T) {
	root := share(t)
	linked := filepath.Join(t.TempDir(), "lien")
	if err := os.Symlink(root, linked); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]Kind{"": Folder, "a": Folder, "a/note.txt": File} {
		if got, err := Look(linked, filepath.Join(linked, path)); err != nil || got.Kind != kind {
			t.Errorf("%q: %+v, %v", path, got, err)
		}
	}
	if got, err := Look(linked, filepath.Join(linked, "a/b/boucle")); err != nil || got.Target != filepath.Join(linked, "a") {
		t.Errorf("a loop below it: %+v, %v", got, err)
	}
}

func TestList(t *testing.T) {
	root := t.TempDir()
	for i := range 25 {
		if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("f%02d", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	portions := 0
	err := List(root, 10, func(entries []Entry) error {
		portions++
		for _, e := range entries {
			names = append(names, e.Name)
		}
		return nil
	})
	slices.Sort(names)
	if err != nil || portions < 3 || len(names) != 25 || len(slices.Compact(names)) != 25 {
		t.Errorf("%d names in %d portions: %v", len(names), portions, err)
	}
	stop := errors.New("stop")
	if err := List(root, 10, func([]Entry) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped with %v", err)
	}
}

func TestReady(t *testing.T) {
	root := share(t)
	if err := Ready(root); err != nil {
		t.Error(err)
	}
	if err := Ready(filepath.Join(root, "vide")); err == nil {
		t.Error("an empty root is what a share that is not mounted looks like")
	}
	if err := Ready(filepath.Join(root, "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("this account may read everything")
	}
	root := share(t)
	closed := filepath.Join(root, "vide")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o755)
	if err := List(closed, 10, func([]Entry) error { return nil }); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a closed folder: %v", err)
	}
}

func TestSkip(t *testing.T) {
	for name, skipped := range map[string]bool{
		"~$rapport.docx": true, "Thumbs.db": true, ".DS_Store": true, "~WRL0003.tmp": true, "film.mp4.part": true, "$RECYCLE.BIN": true, "notes.txt~": true,
		"rapport.docx": false, "Sans titre": false, "~rapport.docx": false, "config.php.bak": false, "été.pdf": false, "$ budget.xlsx": false,
	} {
		if got := Skip(name); (got != "") != skipped {
			t.Errorf("Skip(%q) = %q", name, got)
		}
	}
}
