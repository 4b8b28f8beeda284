package index

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Alone takes the lock of a data folder, making the folder when it is missing, so that one process at a
// time changes what lies in it. ok is false when another process has the lock. The system gives the
// lock back when its holder dies; release does so before.
func Alone(dir string) (release func() error, ok bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, false, fmt.Errorf("make folder %s: %w", dir, err)
	}
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o600))
	if ok, err = lock.TryLock(); err != nil {
		return nil, false, fmt.Errorf("lock folder %s: %w", dir, err)
	}
	return lock.Unlock, ok, nil
}

// AtWork tells whether a process changes what lies in a data folder; true also where that cannot be told.
func AtWork(dir string) bool {
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryRLock()
	if err != nil || !ok {
		return !os.IsNotExist(err)
	}
	lock.Unlock()
	return false
}
