package index

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/gofrs/flock"
)

// shelf is the folder of the search index and the only door to bleve's handle on it.
//
// bleve lets one process write or several read, and a process that holds it open keeps the others
// out. So nobody holds it for long: a writer opens it for one batch, a reader closes it when it has not
// been asked for a moment or when a writer stands at the door. The lock file beside the folder is that
// door: a writer holds it from before it opens until after it closes.
type shelf struct {
	dir  string
	turn sync.Mutex   // one writer of this process at a time
	door *flock.Flock // held by the writer of this process

	mu      sync.Mutex
	changed *sync.Cond
	idx     bleve.Index
	writing bool // idx was opened for writing
	users   int
	wanted  bool // a writer of this process waits for the users to leave
	idle    *time.Timer
	closed  bool
}

// idleTime is how long a reader keeps the search index open after a search, for the next one.
const idleTime = 250 * time.Millisecond

var (
	errNoShelf   = errors.New("there is no search index yet")
	errHeld      = errors.New("the search index is being written by another filon; try again in a moment")
	generationID = []byte("generation")
)

func newShelf(dir string) *shelf {
	s := &shelf{dir: dir, door: flock.New(dir+".lock", flock.SetPermissions(0o600))}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// read runs do on the open index, together with other readers.
func (s *shelf) read(ctx context.Context, do func(bleve.Index) error) error {
	idx, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer s.leave()
	return do(idx)
}

func (s *shelf) enter(ctx context.Context) (bleve.Index, error) {
	deadline := time.Now().Add(patience)
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if s.closed {
			return nil, errors.New("search a closed index")
		}
		if s.wanted && !s.writing {
			s.changed.Wait()
			continue
		}
		if s.writing {
			s.users++
			return s.idx, nil
		}
		held, err := s.heldElsewhere()
		if err != nil {
			return nil, err
		}
		if !held && s.idx != nil {
			s.users++
			return s.idx, nil
		}
		if !held {
			idx, err := openShelf(s.dir, map[string]any{"read_only": true, "bolt_timeout": patience.String()})
			if err != nil {
				return nil, err
			}
			s.idx = idx
			s.users++
			return idx, nil
		}
		// A writer of another process stands at the door: let go, and come back when it is done.
		if s.users == 0 {
			s.shut()
		}
		if time.Now().After(deadline) {
			return nil, errHeld
		}
		s.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
		s.mu.Lock()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

func (s *shelf) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users--
	s.changed.Broadcast()
	if s.writing || s.users > 0 {
		return
	}
	if s.wanted || s.closed {
		s.shut()
		return
	}
	if s.idle != nil {
		s.idle.Stop()
	}
	s.idle = time.AfterFunc(idleTime, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.users == 0 && !s.writing {
			s.shut()
		}
	})
}

// heldElsewhere tells whether a writer of another process holds the door.
func (s *shelf) heldElsewhere() (bool, error) {
	if _, err := os.Stat(s.dir); errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	probe := flock.New(s.door.Path(), flock.SetPermissions(0o600))
	ok, err := probe.TryRLock()
	if err != nil {
		return false, nil // a folder that may only be read has no door, and no writer
	}
	if ok {
		err = probe.Unlock()
	}
	return !ok, err
}

// locked runs do while no other process writes.
func (s *shelf) locked(ctx context.Context, do func() error) (err error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if ok, err := s.door.TryLockContext(wait, 10*time.Millisecond); err != nil || !ok {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errHeld
	}
	defer func() {
		if uerr := s.door.Unlock(); err == nil {
			err = uerr
		}
	}()
	return do()
}

// write opens the index for writing, runs do and closes it again.
func (s *shelf) write(ctx context.Context, do func(bleve.Index) error) error {
	return s.locked(ctx, func() error { return s.writeLocked(do) })
}

func (s *shelf) writeLocked(do func(bleve.Index) error) error {
	s.mu.Lock()
	s.wanted = true
	for s.users > 0 {
		s.changed.Wait()
	}
	s.shut()
	idx, err := openShelf(s.dir, map[string]any{"bolt_timeout": patience.String(), "scorchMergePlanOptions": leaveAlone})
	if err != nil {
		s.wanted = false
		s.changed.Broadcast()
		s.mu.Unlock()
		return err
	}
	s.idx, s.writing = idx, true
	s.changed.Broadcast()
	s.mu.Unlock()

	err = do(idx)

	s.mu.Lock()
	s.writing = false // newcomers wait
	for s.users > 0 {
		s.changed.Wait()
	}
	if cerr := s.shut(); err == nil {
		err = cerr
	}
	s.wanted = false
	s.changed.Broadcast()
	s.mu.Unlock()
	return err
}

// shut closes the handle; the caller holds mu and knows that nobody uses it.
func (s *shelf) shut() error {
	if s.idle != nil {
		s.idle.Stop()
		s.idle = nil
	}
	if s.idx == nil {
		return nil
	}
	err := s.idx.Close()
	s.idx = nil
	if err != nil {
		return fmt.Errorf("close the search index: %w", err)
	}
	return nil
}

func (s *shelf) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.changed.Broadcast()
	for s.users > 0 {
		s.changed.Wait()
	}
	return s.shut()
}

func openShelf(dir string, config map[string]any) (bleve.Index, error) {
	idx, err := bleve.OpenUsing(dir, config)
	switch {
	case err == nil:
		return idx, nil
	case errors.Is(err, bleve.ErrorIndexPathDoesNotExist):
		return nil, errNoShelf
	case err.Error() == "timeout":
		return nil, errHeld
	}
	return nil, fmt.Errorf("open the search index in %s: %w; delete that folder and run filon reindex: nothing is lost", dir, err)
}

// found makes an empty index, which replaces what stands at its place, and returns its generation.
func (s *shelf) found(generation string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.users > 0 {
		s.changed.Wait()
	}
	s.shut()
	if err := os.RemoveAll(s.dir); err != nil {
		return fmt.Errorf("remove the old search index: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(s.dir), 0o700); err != nil {
		return fmt.Errorf("make the search index: %w", err)
	}
	idx, err := bleve.NewUsing(s.dir, emptyMapping(), scorch.Name, scorch.Name, map[string]any{"bolt_timeout": patience.String()})
	if err != nil {
		return fmt.Errorf("make the search index: %w", err)
	}
	if err := idx.SetInternal(generationID, []byte(generation)); err != nil {
		idx.Close()
		return fmt.Errorf("make the search index: %w", err)
	}
	if err := idx.Close(); err != nil {
		return fmt.Errorf("make the search index: %w", err)
	}
	return nil
}

// emptyMapping indexes nothing by itself: documents come with their words already cut.
func emptyMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// bleve merges the pieces that batches leave behind in the background, again and again while they are
// few, and drops an unfinished merge when it is closed, which is after every batch here. So it is told
// to leave them alone, and tidy merges them when they are many, and waits for it. Its plan allows as
// many pieces as the floor goes into the records, so the floor is one.
var leaveAlone = map[string]any{"MaxSegmentsPerTier": 1 << 30, "FloorSegmentSize": 1}

// A small piece is in memory as a whole once the index is open, 2 MB, and costs every search a little.
const (
	mostPieces   = 24
	largestPiece = 6000 // records, made by merging in an index of up to four times as many
)

// tidy merges the small pieces once there are too many.
func tidy(ctx context.Context, idx bleve.Index) error {
	fail := func(err error) error { return fmt.Errorf("tidy the search index: %w", err) }
	inner, err := idx.Advanced()
	if err != nil {
		return fail(err)
	}
	s, ok := inner.(*scorch.Scorch)
	if !ok {
		return nil
	}
	giveBack(s)
	n, err := pieces(s)
	if err != nil {
		return fail(err)
	}
	if n < mostPieces {
		return nil
	}
	records, err := idx.DocCount()
	if err != nil {
		return fail(err)
	}
	plan := mergeplan.DefaultMergePlanOptions
	plan.MaxSegmentsPerTier, plan.SegmentsPerMergeTask = 8, mostPieces
	plan.FloorSegmentSize = mostPieces * batchRecords
	plan.MaxSegmentSize = max(largestPiece, int64(records)/4)
	if err := merge(ctx, s, &plan); err != nil {
		return fail(err)
	}
	// The files that were merged go when bleve next looks after its old states; closing at once would
	// leave them until the next opening finds them.
	for range 100 {
		n, err := pieces(s)
		if err != nil {
			return fail(err)
		}
		files, err := filepath.Glob(filepath.Join(idx.Name(), "store", "*.zap"))
		if err != nil || len(files) <= n {
			return nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	return nil
}

// merge carries out a plan, and meanwhile gives back again and again what of the files it has gone over: else all of
// them would be in memory in the end.
func merge(ctx context.Context, s *scorch.Scorch, plan *mergeplan.MergePlanOptions) error {
	done := make(chan error, 1)
	go func() { done <- s.ForceMerge(ctx, plan) }()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			giveBack(s)
		}
	}
}

// giveBack tells the system that the memory of the index's files need not be held for this process; what is looked at
// again comes back by itself.
func giveBack(s *scorch.Scorch) {
	reader, err := s.Reader() // while it is open, no file is closed
	if err != nil {
		return
	}
	defer reader.Close()
	if snapshot, ok := reader.(*scorch.IndexSnapshot); ok {
		for _, piece := range snapshot.Segments() {
			if file, ok := piece.Segment().(interface{ Data() []byte }); ok && len(file.Data()) > 0 {
				unload(file.Data())
			}
		}
	}
}

// pieces counts the segments of the index.
func pieces(s *scorch.Scorch) (int, error) {
	reader, err := s.Reader()
	if err != nil {
		return 0, err
	}
	n := 0
	if snapshot, ok := reader.(*scorch.IndexSnapshot); ok {
		n = len(snapshot.Segments())
	}
	return n, reader.Close()
}

// newGeneration names one life of the search folder: a folder of another name is not this inventory's.
func newGeneration() string {
	b := make([]byte, 8)
	rand.Read(b)
	return shape + "-" + hex.EncodeToString(b)
}
