package classify

import (
	"strings"

	"filon/crawler/content"
)

// Where an item lies says how it is meant (domain 3.12): a prior, never a block.

var locationRules = []Rule{
	{ID: "location/path", Severity: Review, Approver: "owner", Source: "domain 3.12: path tokens",
		Says: Text{"Rangé dans un espace réservé", "Filed in a reserved space"}, find: findPath},
	{ID: "location/restricted", Severity: Review, Approver: "owner", Source: "domain 3.12: restricted access",
		Says: Text{"Visible d'une partie du personnel seulement", "Only part of the staff can see it"}, find: findRestricted},
	{ID: "location/hidden", Severity: Note, Source: "domain 3.12: noindex",
		Says: Text{"Page publique cachée aux moteurs : est-ce voulu ?", "A public page hidden from search engines: on purpose?"}, find: findHidden},
}

// closedPaths are whole segments of an address that keep people out.
var closedPaths = words.set("location closed")

var pathWords = strings.NewReplacer("-", " ", "_", " ")

func findPath(p *page) (found []finding) {
	if p.public {
		return nil
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inURL {
			continue
		}
		at := 0
		for _, segment := range strings.FieldsFunc(f.low, func(r rune) bool { return r == '/' || r == ':' || r == '?' || r == '=' || r == '&' }) {
			k := strings.Index(f.low[at:], segment) + at
			at = k + len(segment)
			if closedPaths[pathWords.Replace(segment)] {
				found = append(found, p.lows(i, k, at))
			}
		}
	}
	return found
}

func findRestricted(p *page) []finding {
	if p.item.Access.Visibility == content.Restricted {
		return []finding{{field: -1}}
	}
	return nil
}

func findHidden(p *page) []finding {
	if p.public && p.item.NoIndex && !typeOf(p.sorted.id).Negative {
		return []finding{{field: -1}}
	}
	return nil
}
