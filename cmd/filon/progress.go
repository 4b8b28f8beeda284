package main

import (
	"fmt"
	"sync"
	"time"
)

// Snapshot is where a long work stands at one moment. Counts are since the start of the work.
type Snapshot struct {
	Kept, Unchanged, Queued, InFlight, Failed, Skipped int
	Bytes                                              int64
	Elapsed                                            time.Duration // since the start
	Host                                               string        // what is being worked on, "" for nothing to say
}

// Done is how many pages have come to an end, however they did.
func (s Snapshot) Done() int { return s.Kept + s.Unchanged + s.Failed + s.Skipped }

// Progress tells how a long work goes, on stderr: on a terminal as one line that changes, otherwise
// as a plain line now and then. Time is that of the snapshots; it starts no goroutine and reads no
// clock. It is safe for concurrent use; a nil Progress says nothing.
type Progress struct {
	mu     sync.Mutex
	say    *speaker
	every  time.Duration // between two lines
	last   time.Duration // Elapsed of the last one
	told   bool
	drawn  bool       // a changing line is on the screen
	past   []Snapshot // oldest first, one every few seconds, over the last minutes
	closed bool
}

const (
	drawEvery  = 200 * time.Millisecond // on a terminal
	lineEvery  = 10 * time.Second       // elsewhere
	pastEvery  = 2 * time.Second
	pastLength = 60
	wiseAfter  = 15 * time.Second // before that any forecast would be a guess
)

// newProgress makes a Progress. every 0 means the usual pace.
func newProgress(say *speaker, every time.Duration) *Progress {
	if every == 0 {
		every = lineEvery
		if say.errTerminal {
			every = drawEvery
		}
	}
	return &Progress{say: say, every: every}
}

// Show takes note of a snapshot, and prints it when it is time.
func (p *Progress) Show(s Snapshot) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	if n := len(p.past); n == 0 || s.Elapsed-p.past[n-1].Elapsed >= pastEvery {
		p.past = append(p.past, s)
		if len(p.past) > pastLength {
			p.past = append(p.past[:0], p.past[1:]...)
		}
	}
	// The first plain line waits its turn: a short work needs none.
	if s.Elapsed-p.last < p.every && (p.told || !p.say.errTerminal) {
		return
	}
	p.last, p.told = s.Elapsed, true
	line := oneLine(p.say.in(p.describe(s)))
	if p.say.errTerminal {
		fmt.Fprint(p.say.err, "\r\x1b[K"+fit(line, p.say.errWidth-1))
		p.drawn = true
		return
	}
	fmt.Fprintln(p.say.err, line)
}

// Note prints a line of its own without tearing the changing one.
func (p *Progress) Note(t T) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wipe()
	p.say.note(t)
}

// Close removes the changing line; later calls of Show say nothing.
func (p *Progress) Close() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wipe()
	p.closed = true
}

func (p *Progress) wipe() {
	if p.drawn {
		fmt.Fprint(p.say.err, "\r\x1b[K")
		p.drawn = false
	}
}

func (p *Progress) describe(s Snapshot) T {
	failed := T{}
	if s.Failed > 0 {
		failed = T{FR: fmt.Sprintf(", %d en échec", s.Failed), EN: fmt.Sprintf(", %d failed", s.Failed)}
	}
	unchanged := T{}
	if s.Unchanged > 0 {
		unchanged = T{FR: fmt.Sprintf(", %d inchangées", s.Unchanged), EN: fmt.Sprintf(", %d unchanged", s.Unchanged)}
	}
	host := ""
	if s.Host != "" {
		host = " · " + s.Host
	}
	return T{FR: "%s · %d gardée{s}%s%s, %d en attente · %s pages/s · reste %s%s", EN: "%s · %d kept%s%s, %d waiting · %s pages/s · left: %s%s"}.
		with(clock(s.Elapsed), s.Kept, unchanged, failed, s.Queued+s.InFlight, p.rate(s), p.forecast(s), host)
}

// recent is what happened since the oldest snapshot that is remembered.
func (p *Progress) recent(s Snapshot) (done, waiting int, seconds float64) {
	if len(p.past) == 0 {
		return 0, 0, 0
	}
	first := p.past[0]
	return s.Done() - first.Done(), (s.Queued + s.InFlight) - (first.Queued + first.InFlight), (s.Elapsed - first.Elapsed).Seconds()
}

func (p *Progress) rate(s Snapshot) T {
	done, _, seconds := p.recent(s)
	if seconds <= 0 {
		return T{"–", "–"}
	}
	en := fmt.Sprintf("%.1f", float64(done)/seconds)
	return T{FR: commaFor(en), EN: en}
}

// forecast gives the time left as a range. The near end supposes that no further page is found: what
// waits, at the present rate. The far end supposes that pages go on being found as fast as now: the
// queue shrinks by done minus found. While the queue grows there is no far end, and it says so.
func (p *Progress) forecast(s Snapshot) T {
	unknown := T{FR: "inconnu pour l'instant", EN: "unknown yet"}
	done, grown, seconds := p.recent(s)
	if s.Elapsed < wiseAfter || seconds < wiseAfter.Seconds()/2 || done <= 0 {
		return unknown
	}
	waiting := float64(s.Queued + s.InFlight)
	if waiting == 0 {
		return T{FR: "presque rien", EN: "almost nothing"}
	}
	near := spoon(waiting * seconds / float64(done))
	if grown >= 0 {
		return T{FR: "au moins %s, la file s'allonge encore", EN: "%s at least, the queue still grows"}.with(near)
	}
	far := spoon(waiting * seconds / float64(-grown))
	if near == far {
		return T{FR: "environ %s", EN: "about %s"}.with(near)
	}
	return T{FR: "de %s à %s", EN: "%s to %s"}.with(near, far)
}

// spoon rounds seconds to what a forecast can know.
func spoon(seconds float64) string {
	switch {
	case seconds < 56:
		return fmt.Sprintf("%d s", max(5, int(seconds+4)/5*5))
	case seconds < 3570:
		return fmt.Sprintf("%d min", max(1, int(seconds+30)/60))
	case seconds < 48*3600:
		return fmt.Sprintf("%d h", int(seconds+1800)/3600)
	}
	return fmt.Sprintf("%d × 24 h", int(seconds+43200)/86400)
}

// clock writes a duration as 4:05 or 1:04:05.
func clock(d time.Duration) string {
	s := int(d.Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func commaFor(number string) string {
	b := []byte(number)
	for i := range b {
		if b[i] == '.' {
			b[i] = ','
		}
	}
	return string(b)
}
