package index

import (
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// Record is one entry of the inventory: the item as found, the verdict of the rules, and what
// people decided. Each stage contains the earlier value and never changes it.
type Record struct {
	Item     content.Item
	Verdict  classify.Verdict
	Decision Decision

	// Found is the item as it was found, with its source's template, when the policy's secret garden withholds what it
	// says: it is compared with others, so that a copy elsewhere is known as one, and not kept.
	Found *content.Item

	Inlinks   int       // pages of the inventory that link here
	Group     string    // duplicate group; "" when it stands alone
	Canonical bool      // the version of its group to use; true when it stands alone
	Copies    int       // the others in its group
	Silos     []string  // departments inside, or sources, that each have the story of its group; nil when one has
	Public    Elsewhere // of a record that is not public: the public one that says the same
	Used      Used      // on a network
	Lag       Lag       // from the first trace of its text inside to the first in public
	ImageUses []int     // of each picture of the item: the pages that show it; nil when it was not asked
	FirstSeen time.Time // when filon first kept this address
	Changed   time.Time // when its text last changed
	Gone      time.Time // when its page was found to be gone; zero while it is there

	Glance classify.Glance // what judging saw of the text just now; never kept, and not needed
}

// Expires is the last day of the item: what it says itself, else the end of the event that it announces.
func (r Record) Expires() content.Date {
	if !r.Item.Expires.IsZero() || r.Verdict.Type != "event_upcoming" || r.Item.Event.Start.IsZero() {
		return r.Item.Expires
	}
	last := r.Item.Event.Start
	if r.Item.Event.End.After(last) {
		last = r.Item.Event.End
	}
	return content.Date{Time: last, Source: "event", Confidence: content.Medium}
}

// Elsewhere is where a text stands in public; the zero Elsewhere is nowhere.
type Elsewhere struct {
	Address string
	Share   float64 // of the text that stands there, 0 to 1
}

// Lag is the days between two traces, below 0 when the public one came first.
type Lag struct {
	Days  int
	Known bool // both have a day
}

// Decision is what a person ruled about one item. It belongs to the address and survives every
// later crawl and rejudge. A verdict that opens holds for the text and the questions that it was given on; when either is
// another it has lapsed: it stays, and opens nothing until it is given anew. The zero Decision means that nobody ruled yet.
type Decision struct {
	Disposition string           // keep, update, merge, archive
	AssignedTo  string           //
	Verdict     classify.Outcome // a person's verdict; it is shown beside the rules' and never erases their reasons
	Notes       string           //
	By          string           // who ruled
	At          time.Time        // when
	Lapsed      string           // why it opens nothing any more: LapsedText, or the rule that asks since; "" it holds
}
