package sitemap

// Queue holds the sitemaps of one site that wait to be read, each once, however they point to each
// other. The zero Queue takes 1,000 sitemaps. It is not safe for concurrent use.
type Queue struct {
	Max     int // sitemaps taken in all; 0 for 1,000
	Dropped int // refused: too deep, or beyond Max

	waiting []Waiting
	known   map[string]bool
}

// Waiting is a sitemap to be read and its depth below the first one.
type Waiting struct {
	Address string
	Depth   int
}

// Add takes a sitemap at a depth, unless it is known, deeper than MaxDepth or one too many.
func (q *Queue) Add(addr string, depth int) {
	limit := q.Max
	if limit <= 0 {
		limit = 1000
	}
	if q.known[addr] {
		return
	}
	if depth > MaxDepth || len(q.known) >= limit {
		q.Dropped++
		return
	}
	if q.known == nil {
		q.known = map[string]bool{}
	}
	q.known[addr] = true
	q.waiting = append(q.waiting, Waiting{addr, depth})
}

// Next gives the sitemap that waits longest; false when none waits.
func (q *Queue) Next() (Waiting, bool) {
	if len(q.waiting) == 0 {
		return Waiting{}, false
	}
	w := q.waiting[0]
	q.waiting = q.waiting[1:]
	return w, true
}
