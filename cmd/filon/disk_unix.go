//go:build unix

package main

import (
	"math"

	"golang.org/x/sys/unix"
)

// freeBytes is what an ordinary user may still write on the disk of dir.
func freeBytes(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(min(uint64(st.Bavail), math.MaxInt64/uint64(max(st.Bsize, 1))) * uint64(st.Bsize)), nil
}
