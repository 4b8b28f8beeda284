//go:build !unix

package main

import "time"

var started = time.Now()

// cpuTime is the time since the start: an upper bound where the system does not tell CPU time.
func cpuTime() time.Duration { return time.Since(started) }
