package crawler

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The folder of filon's own data may lie inside of a folder that is crawled, under any name: its database, its locks and
// its index are nothing that people have put there, and they change while they would be read.

const ownData = "filon's own data: nothing that people have put there"

// isOwnData tells whether the folder at path is the one of this run, or of another filon. The first answer holds for the
// run, and says so when it is yes.
func (c *crawl) isOwnData(path string) bool {
	c.mu.Lock()
	own, known := c.owns[path]
	c.mu.Unlock()
	if known {
		return own
	}
	own = holdsData(path)
	if info, err := os.Stat(path); err == nil && c.data != nil && os.SameFile(info, c.data) {
		own = true
	}
	c.mu.Lock()
	_, known = c.owns[path]
	c.owns[path] = own
	c.mu.Unlock()
	if own && !known {
		c.Log(fmt.Sprintf("%s holds filon's own data, which is not read", path))
	}
	return own
}

// holdsData tells whether a folder has the files of filon's data.
func holdsData(path string) bool {
	for _, name := range [...]string{"filon.db", "lock"} {
		if info, err := os.Lstat(filepath.Join(path, name)); err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// inOwnData tells whether a file that an earlier run has found lies in such a folder below home. Where home itself is
// one, only filon's own files in it count.
func (c *crawl) inOwnData(home, path string) bool {
	home = filepath.Clean(home)
	for at := filepath.Clean(path); len(at) > len(home); at = filepath.Dir(at) {
		if up := filepath.Dir(at); len(up) > len(home) && c.isOwnData(up) || up == home && ownName(filepath.Base(at)) && c.isOwnData(home) {
			return true
		}
	}
	return false
}

// ownName tells whether filon gives that name to a file or a folder of its data.
func ownName(name string) bool {
	switch name {
	case "filon.db", "filon.db-wal", "filon.db-shm", "filon.db-journal", "filon.log", "lock", "search", "search.lock", "cache", "sign-ins", "learned.json":
		return true
	}
	return strings.HasPrefix(name, "spool-") || strings.HasPrefix(name, "filon.log")
}
