package main

import (
	"fmt"
	"slices"
	"strings"

	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/frontier"
)

// namedTraps is how many families the end of a crawl names.
const namedTraps = 8

// traps lists the endless families of addresses that a crawl left, and the line that lets one in.
func (s *speaker) traps(families []frontier.Family) {
	if len(families) == 0 {
		return
	}
	s.line(T{FR: "  Familles sans fin, arrêtées parce qu'elles n'apportaient plus rien :", EN: "  Endless families, stopped because they brought nothing more:"})
	for _, f := range families[:min(namedTraps, len(families))] {
		what := f.Pattern
		if what == "" {
			what = s.in(T{FR: "boucles de liens", EN: "loops of links"})
		}
		s.raw(fmt.Sprintf("  %6d  %s  %s\n", f.Count, oneLine(what), s.paint(dim, oneLine(s.in(T{FR: "par ex. ", EN: "e.g. "})+shownAddress(f.Example)))))
	}
	if more := len(families) - namedTraps; more > 0 {
		s.line(T{FR: "          … et %d autre{s} ; filon explain ADRESSE dit de chacune pourquoi", EN: "          … and %d more; filon explain URL tells why, for each"}.with(more))
	}
	s.allowTrap(families[0].Source, allowing(frontier.Request{Address: families[0].Example, Pattern: families[0].Pattern}))
}

// allowTrap says what to write into filon.yaml so that a family is visited all the same.
func (s *speaker) allowTrap(source, pattern string) {
	s.line(T{FR: "  Pour en parcourir une quand même, dans filon.yaml, sous la source %s :  traps: {allow: ['%s']}",
		EN: "  To crawl one all the same, in filon.yaml, under the source %s:  traps: {allow: ['%s']}"}.with(source, strings.ReplaceAll(pattern, "'", "''")))
}

// allowing is the pattern that lets the family of a request in.
func allowing(r frontier.Request) string {
	if r.Pattern != "" && !strings.Contains(r.Pattern, "…") {
		return crawler.FamilyPattern(r.Pattern)
	}
	segments := strings.Split(strings.Trim(address.Path(r.Address), "/"), "/")
	for i, s := range segments { // a loop of links begins at the first name that comes back
		if slices.Contains(segments[i+1:], s) {
			segments = segments[:i]
			break
		}
	}
	return "/" + strings.Join(append(segments, "**"), "/")
}
