package classify

import (
	"slices"
	"strings"
	"time"

	"filon/crawler/content"
)

// Garden is what a company keeps to itself whatever it says: counted in the inventory, its text never
// stored. The zero Garden is empty.
type Garden struct {
	Paths  []string // of addresses, as "/direction/*" or "intranet.exemple.fr/codir/*"; * stands for anything
	Labels []string // markings or sensitivity labels, as a document or a banner bears them
	Words  []string // words or phrases, anywhere in the item
	Owners []string // authors, owners or departments
}

// Consent says that a person may be named and shown. The zero Until is without end.
type Consent struct {
	Name  string
	Until time.Time // the last day on which it holds
}

var gardenRules = []Rule{
	{ID: "garden/path", Severity: Block, Kind: Secret, Hard: true, Approver: "management", Basis: "règles de la maison", Source: "the company's own policy",
		Says: Text{"Rangé dans le jardin secret de l'entreprise", "Filed in the company's secret garden"}, find: findGardenPath},
	{ID: "garden/label", Severity: Block, Kind: Secret, Hard: true, Approver: "management", Basis: "règles de la maison", Source: "the company's own policy",
		Says: Text{"Porte une mention que l'entreprise réserve au jardin secret", "Bears a marking that the company keeps in its secret garden"}, find: findGardenLabel},
	{ID: "garden/word", Severity: Block, Kind: Secret, Hard: true, Approver: "management", Basis: "règles de la maison", Source: "the company's own policy",
		Says: Text{"Parle d'un sujet du jardin secret de l'entreprise", "Speaks of something in the company's secret garden"}, find: findGardenWord},
	{ID: "garden/owner", Severity: Block, Kind: Secret, Hard: true, Approver: "management", Basis: "règles de la maison", Source: "the company's own policy",
		Says: Text{"Vient de quelqu'un dont l'entreprise garde les contenus pour elle", "Comes from somebody whose content the company keeps to itself"}, find: findGardenOwner},
	{ID: "garden/consent-ended", Severity: Review, Approver: "person", Basis: "C. civ. art. 9 ; RGPD art. 7", Source: "the company's own policy",
		Says: Text{"L'accord d'une personne nommée ici a pris fin", "The consent of a person named here has ended"}, find: findEndedConsent},
}

// withheld gives the finding for an item whose text was left out when it was stored.
func (p *page) withheld(rule string) []finding {
	if p.item.Withheld == rule {
		return []finding{{field: -1}}
	}
	return nil
}

func findGardenPath(p *page) []finding {
	if p.address.Host == "" && p.address.Path == "" {
		return nil
	}
	path := foldString(p.address.Path)
	for _, pattern := range p.policy.Garden.Paths {
		low := foldString(strings.TrimSpace(pattern))
		low = strings.TrimPrefix(strings.TrimPrefix(low, "https://"), "http://")
		whole := path
		if low != "" && !strings.HasPrefix(low, "/") && !strings.HasPrefix(low, "*") {
			whole = foldString(p.address.Host) + path
		}
		if low != "" && matches(low, whole) {
			return []finding{{field: -1}}
		}
	}
	return p.withheld("garden/path")
}

// matches tells whether a pattern, in which * stands for anything, covers the whole of s, or a folder above it.
func matches(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	if len(parts) == 1 {
		rest := s[len(pattern):]
		return rest == "" || strings.HasSuffix(pattern, "/") || strings.HasPrefix(rest, "/")
	}
	s = s[len(parts[0]):]
	for _, part := range parts[1 : len(parts)-1] {
		k := strings.Index(s, part)
		if k < 0 {
			return false
		}
		s = s[k+len(part):]
	}
	return strings.HasSuffix(s, parts[len(parts)-1])
}

// gardenWords finds whole words of a list in the fields that pass, and in the links that the item makes.
func (p *page) gardenWords(list []string, rule string, pass func(f *field) bool) []finding {
	phrases := make([]gardenPhrase, 0, len(list))
	for _, w := range list {
		phrases = append(phrases, gardenPhraseOf(w))
	}
	holds := func(low string) bool {
		whole, text := "", []string(nil)
		for i := range phrases {
			w := phrases[i].words
			if len(w) == 0 || !strings.Contains(low, w[0][:min(len(w[0]), 3)]) {
				continue
			}
			if whole == "" {
				whole = gardenLine(low)
			}
			if slices.ContainsFunc(w, func(w string) bool { return !strings.Contains(whole, w) }) {
				continue
			}
			if text == nil {
				text = splitWords(whole)
			}
			if phrases[i].in(text) {
				return true
			}
		}
		return false
	}
	for i := range p.fields {
		if f := &p.fields[i]; len(phrases) > 0 && pass(f) && holds(f.low) {
			return []finding{{field: -1}} // where it stands would say what it is
		}
	}
	if rule == "garden/word" && len(phrases) > 0 {
		for i := range p.item.Links {
			if l := &p.item.Links[i]; l.Main && i < mostGardenLinks && holds(foldString(plainAddress(cut(l.Address, 2048)))) {
				return []finding{{field: -1}}
			}
		}
	}
	return p.withheld(rule)
}

// mostGardenLinks is how many links of one item are read for words of the garden.
const mostGardenLinks = 1000

func findGardenLabel(p *page) []finding {
	return p.gardenWords(p.policy.Garden.Labels, "garden/label", func(f *field) bool {
		switch f.spot {
		case inProperty, inHeader, inFooter, inWatermark, inBanner, inTemplate, inCover, inTitle, inH1, inFile:
			return true
		case inText:
			return len(f.low) < 300
		}
		return false
	})
}

func findGardenWord(p *page) []finding {
	return p.gardenWords(p.policy.Garden.Words, "garden/word", func(f *field) bool { return f.spot != inRest && f.spot != inSite })
}

func findGardenOwner(p *page) []finding {
	return p.gardenWords(p.policy.Garden.Owners, "garden/owner", func(f *field) bool {
		return f.spot == inByline || f.spot == inCrumb || f.spot == inProperty && authorProperty[foldString(f.name)]
	})
}

// inGarden gives the rule by which an item belongs to the secret garden, "" when it does not.
func inGarden(v *Verdict) string {
	for _, r := range v.Reasons {
		if r.Severity == Block && strings.HasPrefix(r.Rule, "garden/") {
			return r.Rule
		}
	}
	return ""
}

// Withhold gives what may be kept of an item with this verdict when it belongs to the policy's secret
// garden and still says something; false when it may stay as it is.
func Withhold(item content.Item, v Verdict) (content.Item, bool) {
	if rule := inGarden(&v); rule != "" && item.Withheld == "" {
		return withhold(item, rule), true
	}
	return item, false
}

// withhold gives what may be kept of an item of the secret garden: that it is there, where, and since
// when; not a word of what it says.
func withhold(item content.Item, rule string) content.Item {
	return content.Item{
		ID: item.ID, Address: item.Address, Root: item.Root, Source: item.Source, Access: item.Access,
		Status: item.Status, MIME: item.MIME, Bytes: item.Bytes, ETag: item.ETag, LastModified: item.LastModified, FetchedAt: item.FetchedAt, Depth: item.Depth,
		Language: item.Language, Published: item.Published, Modified: item.Modified, Evidence: item.Evidence, Expires: item.Expires, Pages: item.Pages, Seconds: item.Seconds,
		Withheld: rule,
	}
}

// consented tells whether the policy holds the consent of the person named by low, on the day of judging.
func (p *page) consented(low string) (given, ended bool) {
	low = strings.TrimSpace(low)
	for _, c := range p.policy.People {
		// A title may give the first name alone.
		if name := foldString(strings.TrimSpace(c.Name)); low != "" && (name == low || strings.HasPrefix(name, low+" ")) {
			if c.Until.IsZero() || !p.day.After(c.Until.AddDate(0, 0, 1).Add(-time.Nanosecond)) {
				return true, false
			}
			ended = true
		}
	}
	return false, ended
}

// agreed tells whether a person found in the item has agreed to be named and shown.
func (p *page) agreed(q person) bool {
	given, _ := p.consented(foldString(p.fields[q.field].raw[q.start:q.end]))
	return given
}

func findEndedConsent(p *page) (found []finding) {
	if len(p.policy.People) == 0 {
		return nil
	}
	for _, q := range p.people {
		if _, ended := p.consented(foldString(p.fields[q.field].raw[q.start:q.end])); ended {
			found = append(found, finding{field: q.field, start: q.start, end: q.end})
		}
	}
	return found
}
