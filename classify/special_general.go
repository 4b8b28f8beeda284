package classify

import (
	"regexp"
	"strings"
)

// Words of a category that are nobody's: what is studied, what has a day of its own, a party in court, an entry of the list that
// an employer puts under its name, a part in a film.

var (
	generalAfter  = regexp.MustCompile(`^ (?:(?:research|researchers?|awareness|society|charit(?:y|ies)|foundation|campaign|cells?|biology|prevention|studies|league|settlements?|quarter|museum|cemetery|holidays?|new year|calendar|rights act)\b|part(?:y|ies) [a-z])`)
	generalBefore = regexp.MustCompile(`\b(?:protect(?:s|ed|ing)? against(?: [a-z]+)?|(?:research|recherche|recherches|studies|etudes) (?:on|into|sur|contre) (?:les? |la |l')?(?:[a-z]+ )?|ligue (?:nationale? )?contre (?:les? |la |l')?) ?$`)
	// who plays a part, in brackets, and words of films and plays
	playedBy = regexp.MustCompile(`\(\p{Lu}[\pL'’-]+(?: \p{Lu}[\pL'’.-]*){0,3}\)`)
	ofStory  = regexp.MustCompile(`\b(?:films?|movies?|thrillers?|dramed(?:y|ies)|comed(?:y|ie|ies)|sequel|starring|screenplay|sitcoms?|box office|long metrage|longs metrages)\b`)
)

// ofNobodyHere tells whether a word of a category stands for something general, or in the plot of a film.
func ofNobodyHere(f *field, h *hit) bool {
	start, end := int(h.start), int(h.end)
	if generalAfter.MatchString(f.low[end:min(len(f.low), end+24)]) || generalBefore.MatchString(f.low[max(0, start-48):start]) || slashed(f.low, start, end) {
		return true
	}
	a, b := f.span(start, end)
	if strings.HasSuffix(f.raw[:a], "Great ") && strings.HasPrefix(f.raw[a:], "Depression") {
		return true
	}
	from, to := aroundRaw(f.raw, a, b)
	if to <= from || !playedBy.MatchString(f.raw[from:to]) {
		return false
	}
	from, to, _ = lineWithin(f.low, start, end, longestTaught)
	return ofStory.MatchString(f.low[from:to])
}

// slashed tells whether a word is an entry of a list of three or more with strokes between: "M/F/Disability/Veterans".
func slashed(low string, start, end int) bool {
	if (start == 0 || low[start-1] != '/') && (end == len(low) || low[end] != '/') {
		return false
	}
	for start > 0 && low[start-1] > ' ' {
		start--
	}
	for end < len(low) && low[end] > ' ' {
		end++
	}
	return strings.Count(low[start:end], "/") >= 2 && !strings.Contains(low[start:end], "//")
}

// noUnion follows "syndicat" where it is one of towns, of tourism or of owners.
var noUnion = regexp.MustCompile(`^s?(?: (?:mixte|intercommuna|d'initiative|de copropri|des coproprietaires|d'agglomeration|des eaux|d'energie|d'electrification|d'amenagement|de gestion des eaux|d'assainissement))`)

// ofTowns tells whether a hit is the name of such a body.
func ofTowns(f *field, h *hit) bool {
	return strings.HasPrefix(f.low[h.start:h.end], "syndicat") && noUnion.MatchString(f.low[h.end:min(len(f.low), int(h.end)+32)])
}
