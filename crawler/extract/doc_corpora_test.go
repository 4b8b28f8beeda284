package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// corpora gives the folder of third-party material, or skips the test where there is none.
func corpora(t testing.TB, name string) string {
	dir := os.Getenv("FILON_CORPORA")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			t.Skip("no home folder to look for corpora in")
		}
		dir = filepath.Join(home, ".cache", "filon-corpora")
	}
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the corpus %s is not unpacked", name)
	}
	return dir
}

// reader starts a Reader whose child is this test binary.
func reader(t testing.TB, o Options) *Reader {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Command) == 0 {
		o.Command = []string{exe, "read-documents"}
	}
	r := NewReader(o)
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// TestCorpus reads real, broken and hostile files: every one gives an item in bounded time, and the
// reader goes on with the next. A sample is read unless FILON_ALL asks for every file; FILON_DUMP
// names a folder for the items.
func TestCorpus(t *testing.T) {
	root := corpora(t, "documents")
	all, dump := os.Getenv("FILON_ALL") != "", os.Getenv("FILON_DUMP")
	var files []string
	_ = filepath.WalkDir(root, func(p string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, p)
		}
		return nil
	})
	sort.Strings(files)
	r := reader(t, Options{CacheDir: cacheDir(t), Time: 10 * time.Second})
	problems, slowest, spent, count := map[string]int{}, map[string]time.Duration{}, map[string]time.Duration{}, map[string]int{}
	peak := map[string]int64{}
	for i, f := range files {
		if !all && i%12 != 0 {
			continue
		}
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		forgetPeak(r)
		begin := time.Now()
		item := r.Read(context.Background(), Input{Address: "https://example.test/" + filepath.ToSlash(strings.TrimPrefix(f, root)), Body: body})
		took := time.Since(begin)
		end := strings.ToLower(strings.TrimPrefix(filepath.Ext(f), "."))
		slowest[end], spent[end], count[end] = max(slowest[end], took), spent[end]+took, count[end]+1
		if peak[end] = max(peak[end], peakOf(r)); peakOf(r) > 512<<20 {
			t.Errorf("%s took %d MB", filepath.Base(f), peakOf(r)>>20)
		}
		if took > 14*time.Second && i > 0 {
			t.Errorf("%s took %v", filepath.Base(f), took)
		}
		if item.ID == "" || item.MIME == "" || item.Title == "" && item.MIME != mimeHTML {
			t.Errorf("%s: item without id, type or title: %+v", filepath.Base(f), item)
		}
		if item.Text == "" && item.Problem == nil {
			t.Errorf("%s: no text and no problem", filepath.Base(f))
		}
		code := content.ProblemCode("read")
		if item.Problem != nil {
			code = item.Problem.Code
		}
		problems[fmt.Sprintf("%-5s %s", end, code)]++
		if dump != "" {
			b, _ := json.MarshalIndent(item, "", " ")
			name := strings.NewReplacer("/", "_", " ", "_").Replace(strings.TrimPrefix(f, root+"/"))
			if err := os.WriteFile(filepath.Join(dump, name+".json"), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if testing.Verbose() {
		var lines []string
		for k, n := range problems {
			lines = append(lines, fmt.Sprintf("%s %d", k, n))
		}
		sort.Strings(lines)
		t.Log("\n" + strings.Join(lines, "\n"))
		for end, n := range count {
			t.Logf("%-5s %3d files, %6.1f a second, slowest %v, at most %d MB", end, n, float64(n)/spent[end].Seconds(), slowest[end].Round(time.Millisecond), peak[end]>>20)
		}
	}
}

// forgetPeak begins to measure the memory of the running child anew, where the system tells (Linux).
func forgetPeak(r *Reader) {
	c := <-r.slots
	defer func() { r.slots <- c }()
	if c != nil {
		_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", c.cmd.Process.Pid), []byte("5"), 0)
	}
}

// peakOf gives the most resident memory of the running child since forgetPeak, in bytes; 0 where it is not known.
func peakOf(r *Reader) int64 {
	c := <-r.slots
	defer func() { r.slots <- c }()
	if c == nil {
		return 0
	}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	var kb int64
	_, _ = fmt.Sscan(after, &kb)
	return kb << 10
}

// cacheDir keeps the compiled PDF engine between test runs, as filon does between its own.
func cacheDir(t testing.TB) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(dir, "filon-test", "pdf")
}
