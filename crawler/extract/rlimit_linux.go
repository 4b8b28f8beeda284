package extract

import (
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// limitMemory lets the system refuse memory to this process far above the limit that Serve keeps
// itself: a single allocation can be larger than what passes between two looks.
func limitMemory(bytes int64) {
	limit := uint64(2*bytes + 256<<20)
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: limit, Max: limit})
}

// dieWithParent ends a program when the thread that starts it is gone, and with it this process.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// limitProcess caps what a running program may take: memory, seconds of CPU, and no byte of any file.
func limitProcess(pid int, memory int64, cpu time.Duration) {
	set := func(resource int, limit uint64) {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: limit, Max: limit}, nil)
	}
	if memory > 0 {
		set(unix.RLIMIT_DATA, uint64(memory))
	}
	set(unix.RLIMIT_CPU, uint64(cpu/time.Second))
	set(unix.RLIMIT_FSIZE, 0)
	set(unix.RLIMIT_CORE, 0)
}
