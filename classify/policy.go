package classify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"filon/classify/kind"
	"filon/classify/register"
	"filon/classify/told"
)

// Policy is what a company tells filon about itself. The zero Policy is that of a company that has
// told nothing: every default is the careful one. A Policy is read, never changed, by Judge.
type Policy struct {
	Company   []string            // the company's names, as it writes them
	OwnHosts  []string            // its hosts: links and publishers there are its own
	Scale     map[string]string   // its marking scale, e.g. "C2": "internal"; levels are those of Levels
	Customers []string            // customers that may be named without asking again
	Agencies  []string            // photographers and agencies whose pictures it owns
	Listed    bool                // its shares are traded: unpublished figures are inside information
	Quiet     []Period            // of a listed company: quiet periods, days included
	People    []Consent           // who may be named and shown, and until when
	Garden    Garden              // what is counted and never stored
	Words     map[string][]string // a company's own words for a type of content, by its id: "case_study": "dossier client"
	Off       []string            // IDs of rules, or families as "claim/", that do not apply

	Score *Score `json:",omitempty"` // learned from the company's own decisions; nil for the built-in one

	// Thresholds; 0 asks for what was learned, else for the default.
	Publishable int // readiness from which an item is publishable: 70
	Proposed    int // readiness below which it is not proposed: 40
	SettledDays int // days after which what is public counts as known to be: 30
	ListSize    int // so many different people's addresses or numbers are a list: 10
}

// Period is a span of days, both included.
type Period struct{ From, To time.Time }

// Levels are the words that Policy.Scale maps a marking to, from closed to open.
func Levels() []string {
	return []string{"secret", "confidential", "restricted", "internal", "public"}
}

func (p *Policy) publishable() int {
	if p.Score != nil {
		return orDefault(p.Publishable, p.Score.Publishable)
	}
	return orDefault(p.Publishable, defaultPublishable)
}

// Thresholds are the readiness from which an item is publishable, and below which it is not proposed.
func (p Policy) Thresholds() (publishable, proposed int) { return p.publishable(), p.proposed() }

func (p *Policy) proposed() int {
	if p.Score != nil {
		return orDefault(p.Proposed, p.Score.Proposed)
	}
	return orDefault(p.Proposed, defaultProposed)
}

func (p *Policy) settledDays() int { return orDefault(p.SettledDays, 30) }
func (p *Policy) listSize() int    { return orDefault(p.ListSize, 10) }

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func (p *Policy) off(rule string) bool {
	for _, o := range p.Off {
		if o == rule || strings.HasSuffix(o, "/") && strings.HasPrefix(rule, o) {
			return true
		}
	}
	return false
}

// owns tells whether words name the company, an agency of its own or one of its hosts.
func (p *Policy) owns(low string) bool {
	for _, names := range [][]string{p.Company, p.Agencies, p.OwnHosts} {
		for _, n := range names {
			if n = strings.TrimSpace(foldString(n)); n != "" && strings.Contains(low, n) {
				return true
			}
		}
	}
	return false
}

func (p *Policy) quiet(day time.Time) bool {
	return slices.ContainsFunc(p.Quiet, func(q Period) bool {
		return !day.Before(q.From) && day.Before(q.To.AddDate(0, 0, 1))
	})
}

// version names the rules and this policy: it changes when a verdict could change.
func (p *Policy) version() string {
	data, err := json.Marshal(p)
	if err != nil || string(data) == zeroPolicy {
		return Version()
	}
	sum := sha256.Sum256(data)
	return Version() + "+" + hex.EncodeToString(sum[:4])
}

var zeroPolicy = func() string {
	data, _ := json.Marshal(Policy{})
	return string(data)
}()

// Version names the rules, the word lists and the network data of this program: eight hexadecimal
// digits of their content. Two programs with one version give one verdict.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write([]byte(logic))
	for _, r := range rules {
		h.Write([]byte(r.ID + string(r.Severity) + string(r.Kind) + r.Says.FR + r.Says.EN + r.Approver))
	}
	h.Write(words.digest)
	h.Write(networksData)
	h.Write([]byte(weightsText))
	h.Write([]byte(register.Version() + told.Built.Version() + kind.Built.Version()))
	return hex.EncodeToString(h.Sum(nil)[:4])
})

// logic is raised when the code judges otherwise although no rule, list or figure changed.
const logic = "7"
