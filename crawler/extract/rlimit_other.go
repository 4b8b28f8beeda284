//go:build !linux

package extract

import (
	"os/exec"
	"time"
)

// limitMemory does nothing where the system has no limit that suits a Go program.
func limitMemory(int64) {}

// dieWithParent and limitProcess do nothing where the system knows no such thing: there the time for a page is what
// ends a program that reads it.
func dieWithParent(*exec.Cmd)                {}
func limitProcess(int, int64, time.Duration) {}
