package classify

import (
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"filon/crawler/content"
)

// "Is this figure already public?" (domain 3.7), and the same of a customer's name (3.11): what the company's
// public pages say is compared with what an item inside says, by fingerprints.
//
//	public pages ──Traces.Said──▶ Known ◀──Traces.Wanted── items inside
//	                                └──▶ Judge: public already, and where

// Known is what an inventory knows beside an item: what stands on the company's public pages already, as far as items
// inside ask for it, and what closes a copy of the item. The nil Known knows nothing. It is filled by one goroutine and then read by many.
type Known struct {
	places map[uint64]Place
	warned map[string]Twin // by address
}

// Place is a public page that says something.
type Place struct {
	Address  string
	Day      string // 2006-01-02; "" is unknown
	Official bool   // it is what the company itself announces: a press release, regulated information
}

// before ranks places: what is official goes before what is not, then the earlier day, then the address.
func (a Place) before(b Place) bool {
	switch {
	case a.Official != b.Official:
		return a.Official
	case a.Day != b.Day:
		return b.Day == "" || a.Day != "" && a.Day < b.Day
	}
	return a.Address < b.Address
}

// Add notes that a place says something. Of several places the best stays, in whatever order they come.
func (k *Known) Add(key uint64, at Place) {
	if k.places == nil {
		k.places = map[uint64]Place{}
	}
	if old, ok := k.places[key]; !ok || at.before(old) {
		k.places[key] = at
	}
}

// Of gives the fingerprint of what is known of these keys: it changes when a verdict that asked for them could.
func (k *Known) Of(wanted []uint64) string {
	if k == nil || len(k.places) == 0 {
		return ""
	}
	h, any := uint64(fnv64), false
	for _, key := range wanted {
		if at, ok := k.places[key]; ok {
			any = true
			h = mix(mix(h, at.Address), at.Day)
			h = (h ^ key ^ uint64(one(at.Official))) * fnvStep
		}
	}
	if !any {
		return ""
	}
	return hex16(h)
}

// Judge is Judge with what is known to be public. The same four give the same verdict, byte for byte.
func (k *Known) Judge(item content.Item, policy Policy, day time.Time) Verdict {
	v, p := judge(&item, &policy, day, k)
	p.forget()
	return v
}

// Admit is Admit with what is known to be public.
func (k *Known) Admit(item content.Item, policy Policy, day time.Time) (content.Item, Verdict) {
	kept, v, _ := k.AdmitAtAGlance(item, policy, day)
	return kept, v
}

// AdmitAtAGlance is Admit, and tells what it saw on the way. Of an item that breaks the masking itself no word is kept.
func (k *Known) AdmitAtAGlance(item content.Item, policy Policy, day time.Time) (kept content.Item, v Verdict, g Glance) {
	defer func() {
		if recover() != nil {
			kept, v, g = withhold(item, ""), lastResort(&policy, day), Glance{}
		}
	}()
	v, p := judge(&item, &policy, day, k)
	defer p.forget()
	if p == nil {
		return Redact(item), v, Glance{}
	}
	if kept, yes := Withhold(item, v); yes {
		return kept, k.Judge(kept, policy, day), Glance{} // the verdict on what is kept, so that a later one is the same
	}
	kept = redact(*p.item, p.clean())
	kept.Readings = append([]content.Reading{*p.read()}, p.boxes...)
	return kept, v, p.glance(kept.Text)
}

// find gives the best place for any of the keys.
func (k *Known) find(keys []uint64) (best Place, ok bool) {
	if k == nil {
		return Place{}, false
	}
	for _, key := range keys {
		if at, found := k.places[key]; found && (!ok || at.before(best)) {
			best, ok = at, true
		}
	}
	return best, ok
}

// Traces are the fingerprints of what an item says, when it is public, or else of what it would be good to know
// to be public. They are sorted; none holds a word of the item.
type Traces struct {
	Said, Wanted []uint64
	Official     bool
}

// Traces gives what the judge noted of the item beside the verdict; empty for a verdict that was read back.
func (v *Verdict) Traces() Traces { return v.traces }

// Limits of what one item may say or ask.
const (
	mostSaid       = 400
	mostStatements = 60
)

func (p *page) trace(v *Verdict) (t Traces) {
	switch {
	case p.item.Withheld != "":
	case p.public && v.Outcome == Never: // what was exposed by mistake is no announcement
	case p.public:
		for _, s := range p.figures() {
			t.Said = append(t.Said, s.says...)
		}
		t.Said = append(t.Said, p.namesSaid(v)...)
		t.Official = len(t.Said) > 0 && p.official(v)
	default:
		for _, s := range p.figures() {
			t.Wanted = append(t.Wanted, s.keys...)
		}
		for _, c := range p.customers() {
			t.Wanted = append(t.Wanted, c.key)
		}
	}
	t.Said, t.Wanted = sorted(t.Said), sorted(t.Wanted)
	return t
}

func sorted(keys []uint64) []uint64 {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return keys[:min(len(keys), mostSaid)]
}

// officialPaths are parts of addresses under which companies announce.
var officialPaths = []string{"communique", "press-release", "pressrelease", "newsroom", "information-reglementee", "informations-reglementees", "regulated-information", "regulatory-news",
	"/investisseurs", "/investors", "/investor-relations", "/finance/"}

func (p *page) official(v *Verdict) bool {
	low := strings.ToLower(p.address.Path)
	return v.Type == "press_release" || slices.ContainsFunc(officialPaths, func(s string) bool { return strings.Contains(low, s) })
}

// customer is a customer named in an item.
type customer struct {
	finding
	key uint64
}

// nameKey is the fingerprint of a name.
func nameKey(low string) uint64 { return mix(mix(fnv64, "name"), low) }

const mostNameWords = 5

// longName is the length of a name of several words at the start of s, of which the first has n bytes.
func longName(s string, n int) int {
	for range mostNameWords - 1 {
		rest := s[n:]
		skip := 0
		for _, w := range []string{" ", " de ", " du ", " des ", " de la ", " & ", " et ", " and ", " d'", " d’", " of "} {
			if strings.HasPrefix(rest, w) && properName(rest[len(w):]) > 1 {
				skip = len(w)
				break
			}
		}
		if skip == 0 {
			break
		}
		n += skip + properName(rest[skip:])
	}
	return n
}

// namesSaid are the names on a page that shows customers: all runs of words with a capital.
func (p *page) namesSaid(v *Verdict) (keys []uint64) {
	if v.Type != "case_study" && !slices.Contains(v.Secondary, "case_study") {
		return nil
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inTitle && f.spot != inH1 && f.spot != inHeading && f.spot != inText {
			continue
		}
		p.capitals(cut(f.raw, 1<<16), func(words []string) bool {
			for from := range words {
				for to := from + 1; to <= min(len(words), from+mostNameWords); to++ {
					keys = append(keys, nameKey(strings.Join(words[from:to], " ")))
				}
			}
			return len(keys) < mostSaid/2
		})
	}
	return keys
}

// capitals calls found with each run of words with a capital, folded, with the small words between them.
func (p *page) capitals(raw string, found func(words []string) bool) {
	for i := 0; i < len(raw); {
		n := properName(raw[i:])
		if n < 2 || i > 0 && isNameByte(raw[i-1]) {
			i++
			continue
		}
		n = longName(raw[i:], n)
		if !found(strings.Fields(foldName(raw[i : i+n]))) {
			return
		}
		i += n
	}
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || c >= '0' && c <= '9' || c == '-'
}

var openNames = strings.NewReplacer("'", "' ", "-", " ", ".", " ", ",", " ")

// foldName makes a name comparable: folded, elided articles cut off, hyphens opened.
func foldName(s string) string {
	return strings.Join(strings.Fields(openNames.Replace(foldString(s))), " ")
}

const (
	fnv64   = 14695981039346656037
	fnvStep = 1099511628211
)

// mix adds a string and an end to a hash (FNV-1a).
func mix(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvStep
	}
	return (h ^ 0xff) * fnvStep
}

func hex16(h uint64) string {
	const digits = "0123456789abcdef"
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], h)
	out := make([]byte, 0, 16)
	for _, c := range raw {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}
