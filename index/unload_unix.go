//go:build unix

package index

import "golang.org/x/sys/unix"

// unload lets go of the memory that stands for a file. It is advice: whether it is taken changes nothing but memory.
func unload(mapped []byte) { _ = unix.Madvise(mapped, unix.MADV_DONTNEED) }
