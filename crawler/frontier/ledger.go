package frontier

import "time"

// Host is what one run asked of one host, counted where the requests leave.
type Host struct {
	Name        string         // host and port
	Requests    map[string]int // by method: GET, HEAD and, to sign in, POST
	Failed      int            // of them, those without an answer
	Bytes       int64          // of the bodies that were read, decompressed
	Rate        int            // most requests begun within one second
	AtOnce      int            // most under way at one moment
	First, Last time.Time      // of the requests, to the second; Last is zero before the first was counted
}

// Total is the number of requests, whatever their method.
func (h Host) Total() int {
	n := 0
	for _, m := range h.Requests {
		n += m
	}
	return n
}

// RunSource is a source as one run visited it.
type RunSource struct {
	Source
	Identity           string // the name it was visited under; "" for anonymous
	UserAgent          string
	IgnoreRobots       bool
	PerHost            int // requests at once that were allowed
	MinDelay, MaxDelay time.Duration
}
