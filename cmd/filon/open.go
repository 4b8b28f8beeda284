package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier/sqlite"
	"filon/crawler/truth"
	"filon/index"
)

// stock is the opened data folder: filon.db, the inventory and the frontier in it, and the lock that
// lets one filon at a time change them.
type stock struct {
	dir      string
	db       *truth.File
	index    *index.Index
	frontier *sqlite.Frontier
	release  func() error // of the lock; nil for a reader
}

// access is what a command wants to do with the data.
type access bool

const (
	reading access = false
	writing access = true
)

// heapAtWork is from where on memory is collected more eagerly, so that a crawl of any size stays
// small on a laptop; GOMEMLIMIT overrides it. It is a wish of the collector's, not a hard limit.
const heapAtWork = 130 << 20

// garbageAtWork is how much garbage may pile up, in percent of what is in use, while heapAtWork is far: what a
// page leaves behind is much, and what lives on is little. GOGC overrides it.
const garbageAtWork = 300

// openStock opens the data in dir. Reading needs an inventory that is already there; any number of
// readers may work beside one writer.
func openStock(ctx context.Context, dir string, want access) (s *stock, err error) {
	s = &stock{dir: dir}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	path := filepath.Join(dir, "filon.db")
	if want == reading {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return s, askedWrongly(T{FR: "pas encore d'inventaire dans %s", EN: "no inventory yet in %s"}.with(dir),
				T{FR: "filon crawl https://www.votre-site.fr/ en fait un ; --data DOSSIER en désigne un autre", EN: "filon crawl https://your.site/ makes one; --data DIR names another"})
		}
	} else if err := s.lockAlone(); err != nil {
		return s, err
	} else {
		if os.Getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(heapAtWork)
		}
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(garbageAtWork)
		}
	}
	if want == writing {
		s.tidySpools()
	}
	cannot := T{FR: "impossible d'ouvrir les données : %s", EN: "cannot open the data: %s"}
	if s.db, err = truth.Open(ctx, path); err != nil {
		return s, couldNot(err, cannot)
	}
	if s.frontier, err = sqlite.Open(ctx, s.db, address.Host); err != nil {
		return s, couldNot(err, cannot)
	}
	if s.index, err = index.Open(ctx, dir, s.db, index.Options{Mask: classify.Mask, Write: want == writing}); err != nil {
		return s, couldNot(err, cannot)
	}
	return s, nil
}

// lockAlone takes the lock, or says that another filon has it.
func (s *stock) lockAlone() error {
	release, ok, err := index.Alone(s.dir)
	if err != nil {
		return couldNot(err, T{FR: "impossible de prendre le dossier des données : %s", EN: "cannot take the data folder: %s"})
	}
	if !ok {
		return &Trouble{What: T{FR: "un autre filon travaille déjà dans %s", EN: "another filon is already at work in %s"}.with(s.dir),
			Hint: T{FR: "attendez qu'il finisse ou arrêtez-le (Ctrl-C) ; filon search, show et export marchent pendant ce temps",
				EN: "wait until it ends or stop it (Ctrl-C); filon search, show and export work meanwhile"}, Code: codeFailed}
	}
	s.release = release
	return nil
}

// tidySpools removes the folders for large bodies that a crawl which was killed has left. The lock says that no other
// filon works here; what cannot be removed stays.
func (s *stock) tidySpools() {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), "spool-") {
			os.RemoveAll(filepath.Join(s.dir, e.Name()))
		}
	}
}

// Close puts everything away. An error says that search is behind; no record is lost.
func (s *stock) Close() error {
	var err error
	if s.index != nil {
		err = s.index.Close()
	}
	if s.db != nil {
		err = errors.Join(err, s.db.Close())
	}
	if s.release != nil {
		err = errors.Join(err, s.release())
	}
	return err
}

// keeper judges what the crawl brings and puts it into the inventory.
type keeper struct {
	index  *index.Index
	policy classify.Policy
	day    time.Time
	known  *classify.Known // public when the crawl began
}

// Keep implements crawler.Keeper. Secrets are taken out before anything is stored; the rules
// recognise what stands in their place, so that a later rejudge comes to the same verdict.
func (k *keeper) Keep(ctx context.Context, item content.Item) error {
	item, err := k.index.Without(item)
	if err != nil {
		return err
	}
	if item, err = k.index.Sized(ctx, item); err != nil {
		return err
	}
	found := item
	kept, verdict, glance := k.known.AdmitAtAGlance(item, k.policy, k.day)
	// Values are taken out of the whole text first: a word of the template may tell what the next one is.
	if trimmed, yes := k.index.Trim(kept); yes {
		kept, verdict, glance = k.known.AdmitAtAGlance(trimmed, k.policy, k.day)
	}
	rec := index.Record{Item: kept, Verdict: verdict, Canonical: true, Glance: glance}
	if kept.Withheld != "" {
		found = classify.Redact(found) // with its template, which nothing would take out when it is known later
		rec.Found = &found
	}
	return k.index.Keep(ctx, rec)
}

// Drop implements crawler.Keeper.
func (k *keeper) Drop(ctx context.Context, address, movedTo string) error {
	return k.index.Drop(ctx, address, movedTo)
}

// Gone implements crawler.Keeper.
func (k *keeper) Gone(ctx context.Context, address string, at time.Time) error {
	return k.index.Gone(ctx, address, at)
}

// Unsized implements crawler.Sizer.
func (k *keeper) Unsized(ctx context.Context, source string, most int) ([]string, error) {
	return k.index.Unsized(ctx, source, most)
}

// Size implements crawler.Sizer.
func (k *keeper) Size(ctx context.Context, source, picture string, width, height int, told bool) error {
	return k.index.Size(ctx, source, picture, width, height, told)
}

// newReader reads bodies, documents in a child process of this program.
func newReader(dir string) *extract.Reader {
	return extract.NewReader(readerOptions(dir))
}

func readerOptions(dir string) extract.Options {
	return extract.Options{Command: []string{self(), readDocuments}, CacheDir: cacheDir(dir), OCR: true}
}

// readDocuments is the word that turns a filon into the child process which reads documents.
const readDocuments = "read-documents"

// self is the path of this program.
func self() string {
	if path, err := exec.LookPath(os.Args[0]); err == nil {
		if path, err = filepath.Abs(path); err == nil {
			return path
		}
	}
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}

// cacheDir is where the compiled PDF engine is kept between runs: the user's cache, else the data folder.
func cacheDir(dir string) string {
	if cache, err := os.UserCacheDir(); err == nil {
		return filepath.Join(cache, "filon")
	}
	return filepath.Join(dir, "cache")
}

func todayFlag(say *speaker) cli.Flag {
	return &cli.StringFlag{Name: "today", Usage: say.in(T{FR: "juger comme si l'on était ce `JOUR` (AAAA-MM-JJ)", EN: "judge as if it were this `DATE` (YYYY-MM-DD)"})}
}

// today is --today, else the day of the clock here.
func today(c *cli.Context) (time.Time, error) {
	if c.String("today") == "" {
		now := time.Now()
		return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), nil
	}
	return parseDay("today", c.String("today"))
}

func parseDay(flag, value string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return day, askedWrongly(T{FR: "--%s ne peut pas valoir %q", EN: "--%s cannot be %q"}.with(flag, value),
			T{FR: "écrivez un jour ainsi : 2026-11-23", EN: "write a day like this: 2026-11-23"})
	}
	return day, nil
}

// policyOf is what filon.yaml says of the company, in the terms of the judge. The hosts of these
// sources are the company's own.
func policyOf(cfg config, sources []crawler.Source) classify.Policy {
	var hosts []string
	for _, s := range sources {
		for _, seed := range s.Seeds {
			if host := address.Name(seed); !address.IsFile(seed) && !slices.Contains(hosts, host) {
				hosts = append(hosts, host)
			}
		}
	}
	return cfg.Policy.policy(hosts)
}

// ownSources are the sources of filon.yaml without their secrets, which judging does not need.
func ownSources(cfg config) []crawler.Source {
	var all []crawler.Source
	for _, s := range cfg.sources {
		all = append(all, s.Source)
	}
	return all
}

// openKept opens an inventory that must be there already, for writing.
func openKept(c *cli.Context, cfg config) (*stock, error) {
	dir := dataDir(c, cfg)
	probe, err := openStock(c.Context, dir, reading)
	if err != nil {
		return nil, err
	}
	if err := probe.Close(); err != nil {
		return nil, couldNot(err, T{FR: "impossible d'ouvrir les données : %s", EN: "cannot open the data: %s"})
	}
	return openStock(c.Context, dir, writing)
}
