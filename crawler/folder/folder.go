// Package folder reads folders of a disk or of a mounted share, as a crawl needs them.
//
//	Look(root, path) ──▶ what stands there; List(path) ──▶ the names in it, in portions
//
// In: a root and a path below it. Out: names, sizes, dates, owners. Never: writing, opening a file,
// following a link out of the root or twice to the same place.
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Kind is what stands at a path.
type Kind int

// Kinds of things.
const (
	File    Kind = iota // an ordinary file
	Folder              // a folder to list
	Link                // a link to a place inside the root, which has its own path
	Outside             // a link that leads out of the root, or to nowhere
	Special             // a device, a pipe, a socket
)

// Info says what stands at a path.
type Info struct {
	Kind     Kind
	Target   string // where a Link leads: a path below the root
	Size     int64
	Modified time.Time
	Owner    string // the name of who owns it, "" when the system does not tell
}

// Ready tells whether a root can be walked; the error says why not. A root without any entry is not
// ready: it is what an unmounted share looks like.
func Ready(root string) error {
	d, err := os.Open(root)
	if err != nil {
		return plain(err)
	}
	defer d.Close()
	if info, err := d.Stat(); err == nil && !info.IsDir() {
		return nil // a single file is a source of one
	}
	if _, err := d.ReadDir(1); errors.Is(err, io.EOF) {
		return errors.New("it is empty; is the share mounted?")
	} else if err != nil {
		return plain(err)
	}
	return nil
}

// Look tells what stands at path, which lies below root. Links on the way are links too: what is read
// at a path is really there, so a loop of links ends at once.
func Look(root, path string) (Info, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return Info{}, plain(err)
	}
	home, err := filepath.EvalSymlinks(root)
	if err != nil {
		return Info{}, plain(err)
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return Info{Kind: Outside}, nil // a link to nowhere, or to itself
	}
	below, err := filepath.Rel(home, real)
	if err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator)) {
		return Info{Kind: Outside}, nil
	}
	if own := filepath.Join(root, below); own != filepath.Clean(path) {
		return Info{Kind: Link, Target: own}, nil
	}
	if info.Mode()&fs.ModeSymlink != 0 { // the root itself
		if info, err = os.Stat(path); err != nil {
			return Info{}, plain(err)
		}
	}
	at := Info{Size: info.Size(), Modified: info.ModTime().UTC(), Owner: owner(path, info)}
	switch {
	case info.IsDir():
		at.Kind = Folder
	case !info.Mode().IsRegular():
		at.Kind = Special
	}
	return at, nil
}

// Entry is a name in a folder.
type Entry struct {
	Name   string
	Folder bool
}

// List gives the entries of a folder in portions of at most most, each in the order of the alphabet,
// until take returns an error, which it returns.
func List(path string, most int, take func([]Entry) error) error {
	d, err := os.Open(path)
	if err != nil {
		return plain(err)
	}
	defer d.Close()
	for {
		found, err := d.ReadDir(most)
		if len(found) > 0 {
			entries := make([]Entry, 0, len(found))
			for _, e := range found {
				entries = append(entries, Entry{e.Name(), e.IsDir()})
			}
			slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
			if err := take(entries); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || err == nil && len(found) == 0 {
			return nil
		}
		if err != nil {
			return plain(err)
		}
	}
}

// Skip tells why a name is nothing that people have put there, "" when they have: what systems and
// programs leave beside their files.
func Skip(name string) string {
	low := strings.ToLower(name)
	switch low {
	case "thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin", "system volume information", "lost+found", "recycler", "@eadir", "#recycle", "#snapshot", "__macosx":
		return "a system's own"
	}
	switch {
	case strings.HasPrefix(name, "."):
		return "hidden"
	case strings.HasPrefix(name, "~$"), strings.HasPrefix(low, "~wrl"), strings.HasPrefix(low, ".~lock"):
		return "an office program's lock"
	case strings.HasSuffix(low, ".tmp"), strings.HasSuffix(low, ".temp"), strings.HasSuffix(low, ".part"), strings.HasSuffix(low, ".partial"),
		strings.HasSuffix(low, ".crdownload"), strings.HasSuffix(low, ".swp"), strings.HasSuffix(name, "~"):
		return "temporary, or a copy kept by a program"
	}
	return ""
}

// plain drops the path from an error: who reads it knows the path, and it may say too much in a log.
func plain(err error) error {
	var pe *fs.PathError
	if !errors.As(err, &pe) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fs.ErrNotExist
	case errors.Is(err, fs.ErrPermission):
		return fs.ErrPermission
	}
	return fmt.Errorf("%s: %w", pe.Op, pe.Err)
}
