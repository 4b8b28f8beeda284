package classify

import (
	"regexp"
	"strings"
)

// "Minutes" are of a meeting only where they do not last: "out in four minutes", "dix minutes par jour".

var (
	// how many they are, right before them
	howMany = regexp.MustCompile(`(?:\d|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|dizaine de|quinzaine de|vingtaine de|trentaine de|quelques|plusieurs|premieres|dernieres|longues|petites|combien de|et demie|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|few|several|some|many|more|extra|spare|couple of|first|last|how many))[ -]{0,2}$`)
	// how they go on
	howLong = regexp.MustCompile(`^(?: ?(?:par|per|a|each|every|chaque|later|late|away|walk|ago|long|read|plus tard|de marche|de retard|de silence|de pause|chrono|top chrono|suffisent|et demie|and a half)\b|')`)
	// what a French text calls so that speaks of a meeting in English
	ofMeeting = regexp.MustCompile(`^ (?:de la|de|du|des) (?:reunions?|seances?|comites?|conseil|board|codir|comex|assemblee)`)
)

// lasts tells whether a listed word is of minutes that pass.
func (p *page) lasts(f *field, h *hit) bool {
	low := f.low
	switch word := low[h.start:h.end]; {
	case word == "20 minutes": // the newspaper has a capital
		a, b := f.span(int(h.start), int(h.end))
		return !strings.Contains(f.raw[a:b], "M")
	case word != "minutes" && word != "minutes of":
		return false
	}
	if howMany.MatchString(low[max(0, int(h.start)-24):h.start]) || howLong.MatchString(cut(low[int(h.start)+len("minutes"):], 24)) {
		return true
	}
	return p.item.Language == "fr" && f.spot != inURL && low[h.start:h.end] == "minutes" && !ofMeeting.MatchString(cut(low[h.end:], 40))
}

// drop takes out the hits that are none after all.
func (h *hits) drop(none func(x *hit) bool) {
	for list := range h.first {
		last := int32(-1)
		for n := h.first[list]; n >= 0; n = h.all[n].next {
			if none(&h.all[n]) {
				continue
			}
			if last < 0 {
				h.first[list] = n
			} else {
				h.all[last].next = n
			}
			last = n
		}
		if last < 0 {
			h.first[list] = -1
		} else {
			h.all[last].next, h.last[list] = -1, last
		}
	}
}
