package extract

import "syscall"

// limitMemory lets the system refuse memory to this process far above the limit that Serve keeps
// itself: a single allocation can be larger than what passes between two looks.
func limitMemory(bytes int64) {
	limit := uint64(2*bytes + 256<<20)
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: limit, Max: limit})
}
