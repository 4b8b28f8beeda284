package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Words of a category that are nobody's: what is studied, what has a day of its own, a party in court, an entry of the list that
// an employer puts under its name, a part in a film. Each is excused only where nothing in its sentence brings it home to
// somebody.

var (
	// generalAfter follows a word of a category that is studied or part of a name; bodyAfter an illness that has a body or a
	// campaign against it: one of a belief says what its members are
	generalAfter = regexp.MustCompile(`^ (?:research|researchers?|awareness|prevention|settlements?|quarter|museum|cemetery|calendar|rights act)\b`)
	bodyAfter    = regexp.MustCompile(`^ (?:society|charit(?:y|ies)|foundation|campaign|studies|league)\b`)
	// namelessAfter follows one that is in somebody, or a day that somebody keeps, where a name stands in its sentence too
	namelessAfter = regexp.MustCompile(`^ (?:cells?|biology|holidays?|new year)\b`)
	illness       = regexp.MustCompile(`(?:cancers?|tumou?rs?|leuk(?:a?emia)|diabetes|autism|epilepsy|alzheimer'?s?|parkinson'?s?|sclerosis|hiv|aids|dementia|depression|asthma|arthritis)$`)
	// generalBefore ends before an illness that is studied; ofItsOwn begins after one that then turns out to be somebody's
	generalBefore = regexp.MustCompile(`\b(?:protect(?:s|ed|ing)? against(?: [a-z]+)?|(?:research|recherche|recherches|studies|etudes) (?:on|into|sur|contre) (?:les? |la |l')?(?:[a-z]+ )?|ligue (?:nationale? )?contre (?:les? |la |l')?) ?$`)
	ofItsOwn      = regexp.MustCompile(`^[ ,(]*(?:(?:that|which|whose|he|she|they|his|her|il|elle|que|qui|dont|lequel|duquel)\b|qu')`)
	// ownIllness brings an illness, or a day that a faith keeps, home to somebody
	ownIllness = regexp.MustCompile(`\b(?:(?:his|her|their|own|son|sa|ses|leur|leurs|propre) (?:own |propre )?(?:[a-z]+ )?(?:illness|disease|cancer|tumou?r|treatment|therapy|diagnosis|condition|health|recovery|operation|faith|maladie|tumeur|traitement|diagnostic|sante|guerison|foi|religion)|(?:he|she|they|il|elle|ils|elles) (?:has|had|have|a|ont|avait|avaient)(?: (?:had|eu|it|since|depuis)| ?$)` +
		`|himself|herself|lui meme|elle meme|diagnos[a-z]+|patiente?|cobaye|guinea pig|enrol[a-z]*|(?:takes?|took|taking) (?:part|drugs)|(?:participe|prend part)|suffer[a-z]*|souffr[a-z]*|malades?|sick|ill|surviv(?:ed|or|es)|survecu|remission|chemo[a-z]*|chimio[a-z]*|hospitali[a-z]*|atteinte?s?|treated|soignee?s?|traitee?s?|operee?s?|operated|helped by|supported by|aidee? par|off|leave|arret|conges?|absente?s?|celebrat[a-z]*|observes?|fasts?)\b`)
	// partyBefore and partyAfter stand around "injured" in a party in court that has no name
	partyBefore = regexp.MustCompile(`\b(?:said|says|that|whether|if|when|for|by|against|to|with|from|of) (?:the|an|any|each|every) $`)
	partyAfter  = regexp.MustCompile(`^ part(?:y|ies) [a-z]`)
	namedParty  = regexp.MustCompile(`^ part(?:y|ies),? (?:(?:is|was|are|were|being|here) )?(?:himself|herself|him|her|me|an?|the|one|this|that)\b`)
)

// ofNobodyHere tells whether a word of a category stands for something general, or in the plot of a film.
func (p *page) ofNobodyHere(f *field, h *hit) bool {
	start, end := int(h.start), int(h.end)
	a, b := f.span(start, end)
	if strings.HasSuffix(f.raw[:a], "Great ") && strings.HasPrefix(f.raw[a:], "Depression") {
		return true
	}
	after := f.low[end:min(len(f.low), end+40)]
	switch {
	case generalAfter.MatchString(after) || bodyAfter.MatchString(after) && illness.MatchString(f.low[start:end]):
		return !ownIllness.MatchString(wordsAround(f.low, start, end))
	case namelessAfter.MatchString(after):
		from, to := aroundRaw(f.raw, a, b)
		return !ownIllness.MatchString(wordsAround(f.low, start, end)) && to > from && !p.personNear(int(h.field), from, to, 0) && !namesSomebody(f.raw[from:to])
	case generalBefore.MatchString(f.low[max(0, start-48):start]):
		said := wordsAround(f.low, start, end)
		return !ofItsOwn.MatchString(after) && !ownIllness.MatchString(said) && !saysOurs(strings.Fields(said), p.tongue(said))
	case partyAfter.MatchString(after) && strings.HasSuffix(f.low[start:end], "injured"):
		return p.partyOfNobody(f, h, a, b)
	}
	return p.slashed(f, h, a, b) || p.inPlot(f, int(h.field), a, b)
}

// wordsAround are the words of the sentence of a place, parted by single spaces.
func wordsAround(low string, start, end int) string {
	from, to := clause(low, start, end)
	return strings.Join(splitWords(low[from:to]), " ")
}

// partyOfNobody tells whether an injured party is one of whom a sentence speaks in general: nobody says who it is.
func (p *page) partyOfNobody(f *field, h *hit, a, b int) bool {
	start, end := int(h.start), int(h.end)
	if !partyBefore.MatchString(f.low[max(0, start-24):start]) || namedParty.MatchString(f.low[end:min(len(f.low), end+40)]) {
		return false
	}
	said := wordsAround(f.low, start, end)
	_, to := aroundRaw(f.raw, a, b)
	return !saysOurs(strings.Fields(said), p.tongue(said)) && !ownIllness.MatchString(said) && !p.personNear(int(h.field), b, max(b, to), 0) && len(namesIn(f.raw[a:max(b, to)])) == 0
}

var (
	// both sexes, and words of those whom an employer may not pass over: two of them make its list
	ofEqualChance = setOf("male female men women veteran veterans vet vets minority minorities gender sex race color colour age eoe aa")
	equalChance   = regexp.MustCompile(`\b(?:equal opportunit(?:y|ies)|eoe|eeo|affirmative action)\b`)
)

// longestSlashed is how many bytes of a list with strokes may stand on either side of one of its words.
const longestSlashed = 80

// slashed tells whether a word is an entry of the list, with strokes between, that an employer puts under its name:
// "M/F/Disability/Veterans". Where a name stands in its sentence it is only where both sexes stand in the list and the sentence
// says what it is of.
func (p *page) slashed(f *field, h *hit, a, b int) bool {
	low, start, end := f.low, int(h.start), int(h.end)
	if (start == 0 || low[start-1] != '/') && (end == len(low) || low[end] != '/') {
		return false
	}
	from, to := start, end
	for from > 0 && low[from-1] > ' ' {
		if from--; start-from > longestSlashed {
			return false
		}
	}
	for to < len(low) && low[to] > ' ' {
		if to++; to-end > longestSlashed {
			return false
		}
	}
	entries := strings.FieldsFunc(low[from:to], func(r rune) bool { return r < 'a' || r > 'z' })
	chances := 0
	for i, e := range entries {
		if ofEqualChance[e] && !slices.Contains(entries[:i], e) {
			chances++
		}
	}
	both := slices.Contains(entries, "m") && slices.Contains(entries, "f") || slices.Contains(entries, "male") && slices.Contains(entries, "female")
	if strings.Count(low[from:to], "/") < 2 || !both && chances < 2 {
		return false
	}
	said := wordsAround(low, start, end)
	if both && equalChance.MatchString(said) {
		return true
	}
	first, last := aroundRaw(f.raw, a, b)
	listed, ends := f.span(from, to)
	if last <= first || p.personNear(int(h.field), first, last, 0) {
		return false
	}
	return len(namesIn(f.raw[min(first, listed):listed]))+len(namesIn("- "+f.raw[ends:max(ends, last)])) == 0
}

var (
	// playedBy is who plays a part, in brackets, article and anybody what stands before: "a depressed widow"
	article  = regexp.MustCompile(`\b(?:[Aa]n?|[Uu]ne?) `)
	anybody  = regexp.MustCompile(`^(?:[\pL-]+,? ){1,4}$`)
	playedBy = regexp.MustCompile(`\(\p{Lu}[\pL'’-]+(?: \p{Lu}[\pL'’.-]*){0,3}\)`)
	// tellsStory is how a text says that what follows is a film's: "in this comedy", "is a thriller", "a film about"
	tellsStory = regexp.MustCompile(`\b(?:(?:in|is|was) (?:this|the|a|an|her|his) (?:[a-z-]+ ){0,4}` + stories + `|(?:dans|est) (?:ce|cette|le|la|un|une) (?:[a-z-]+ ){0,3}` + stories + `|` + stories + ` (?:in which|where|about|follows|tells|stars|dans lequel|dans laquelle|sur|qui raconte)|starring|screenplay|box office)\b`)
	// atWork is who stands in for whom, and how those speak who work together
	atWork = regexp.MustCompile(`\b(?:rempla[a-z]+|suppleante?s?|interimaires?|adjointe?s?|binomes?|collegues?|equipes?|chef(?:fe)? d|deput(?:y|ies)|stand in|stands in|replac[a-z]+|cover(?:s|ed|ing)?|colleagues?|co ?workers?|teams?|shifts?|assistante?s?|trainees?|apprenti[a-z]*|intern|stagiaires?|managers?|supervisors?)\b`)
)

const stories = `(?:films?|movies?|thrillers?|dramed(?:y|ies)|comed(?:y|ie|ies)|sequel|sitcoms?|long metrage|longs metrages)`

// inPlot tells whether a word is said of a part in a film: an article, who it is and who plays it in brackets stand at the word
// or before it in its sentence, a film before that in its line, and nobody outside the brackets, nothing of work and of these days
// in the sentence.
func (p *page) inPlot(f *field, field, a, b int) bool {
	from, to := aroundRaw(f.raw, a, b)
	if to <= from || to-from > longestTaught || !strings.Contains(f.raw[from:to], " (") {
		return false
	}
	raw := f.raw[from:to]
	cast := playedBy.FindAllStringIndex(raw, 8)
	if len(cast) == 0 {
		return false
	}
	articles := article.FindAllStringIndex(raw[:cast[0][0]], -1)
	if len(articles) == 0 {
		return false
	}
	at := articles[len(articles)-1]
	if from+at[0] > a || !anybody.MatchString(raw[at[1]:cast[0][0]]) {
		return false
	}
	line, _, _ := lineWithin(f.raw, from, to, longestTaught)
	if !tellsStory.MatchString(strings.Join(splitWords(foldString(f.raw[line:from+at[0]])), " ")) {
		return false
	}
	words := splitWords(foldString(raw))
	said := strings.Join(words, " ")
	if atWork.MatchString(said) || saysOurs(words, p.tongue(said)) || slices.ContainsFunc(words, func(w string) bool { return nearDays[w] || nowWords[w] }) {
		return false
	}
	for _, q := range p.people {
		if q.field == field && q.end > from && q.start < to && !slices.ContainsFunc(cast, func(c []int) bool { return q.start >= from+c[0] && q.end <= from+c[1] }) {
			return false
		}
	}
	return !namesSomebody(playedBy.ReplaceAllString(raw, ""))
}

// noUnion follows "syndicat" where it is one of towns, of tourism or of owners.
var noUnion = regexp.MustCompile(`^s?(?: (?:mixte|intercommuna|d'initiative|de copropri|des coproprietaires|d'agglomeration|des eaux|d'energie|d'electrification|d'amenagement|de gestion des eaux|d'assainissement))`)

// ofTowns tells whether a hit is the name of such a body.
func ofTowns(f *field, h *hit) bool {
	return strings.HasPrefix(f.low[h.start:h.end], "syndicat") && noUnion.MatchString(f.low[h.end:min(len(f.low), int(h.end)+32)])
}
