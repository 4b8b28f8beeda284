package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Children who are named with their age (domain 3.9). On what is not public, a teaser or a margin that names one counts as well.

var (
	// behind a given name, with no more than a surname between: "Léo (14 ans)", "Ruby Clarke, aged 8", "Finn, 6."
	// and for several: "Ruby and Kofi, both 13"
	ageBehind = regexp.MustCompile(`^(?:[ -]\p{Lu}[\pL'’-]*){0,3}(?:(?:,| et| and| &) \p{Lu}[\pL'’-]*){0,4},? ?\(?((?i:âgée?s? (?:tous |toutes )?(?:de )?|agee? de |aged |both (?:aged )?|all (?:aged )?|tou(?:te)?s (?:les )?(?:deux|trois|quatre) (?:âgée?s de )?))?(\d{1,2})((?i)[- ]?(?:ans|an|years?[- ]old|years|yrs)\b)?([^\pL\d%€]|$)`)
	// before it: "8-year-old Ruby"; a number in words is of a child
	ageBefore = regexp.MustCompile(`\b(\d{1,2}|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[- ]years?[- ]old $`)
	// years that are no age
	ofService = regexp.MustCompile(`^ (?i:months|weeks|days|mois|d['’]|de |dans |chez |à |a |au |aux |en |et demi|plus tard|après|avant|déjà|durant|pendant|pour|of |in |at |with |ago|later|before|after|as |on |from |there|and counting)`)
	// what stands around a bare number that is an age
	childWords = setOf("ecole primaire eleve eleves frere soeur fils fille cadet cadette cm1 cm2 ce1 ce2 cp maternelle college collegien collegienne ecoliere ecolier enfant enfants school primary pupil pupils brother sister son daughter child children nursery kids junior infants")
)

// statedAge finds an age below eighteen in words behind a name that is on no list: "Ruby Clarke, aged 8", "Ilyana Morel, 8 ans".
func (p *page) statedAge() (found *finding) {
	p.each(listAge, func(f *field, h *hit) bool {
		if !f.prose() && f.spot != inImage || p.public && p.apart(f) {
			return true
		}
		a, b := f.span(int(h.start), int(h.end))
		from := max(0, a-60)
		for from > 0 && f.raw[from]&0xC0 == 0x80 {
			from--
		}
		m := nameAndAge.FindStringSubmatchIndex(cut(f.raw[from:], b-from+8))
		if m == nil || from+m[1] < b || ofService.MatchString(f.raw[min(len(f.raw), from+m[1]):]) {
			return true
		}
		n := 0
		if m[4] < 0 && !childNear(f, int(h.start), int(h.end)) {
			return true // "L'Atelier Nord, 10 ans"
		}
		if m[4] >= 0 {
			n = number(f.raw[from+m[4] : from+m[5]])
		} else {
			n = number(f.raw[from+m[6] : from+m[7]])
		}
		if n == 0 || n >= 18 {
			return true
		}
		found = &finding{field: int(h.field), start: from + m[2], end: from + m[3]}
		return false
	})
	return found
}

var (
	listAge    = words.list("image age")
	nameAndAge = regexp.MustCompile(`(\p{Lu}[\pL'’-]+ \p{Lu}[\pL'’-]+),? \(?(?:aged (\d{1,2})|(?:âgée? (?:de )?|agee? de )?(\d{1,2}) (?:ans|years[ -]old|year[ -]old))\b`)
)

// namedMinor finds a given name with an age below eighteen.
func (p *page) namedMinor() (found *finding) {
	p.each(listGiven, func(f *field, h *hit) bool {
		if !f.prose() && f.spot != inImage || p.public && p.apart(f) {
			return true
		}
		a, b := f.span(int(h.start), int(h.end))
		if f.raw[a:b] == f.low[h.start:h.end] || !p.aged(f, a, b, h) {
			return true
		}
		found = &finding{field: int(h.field), start: a, end: b}
		return false
	})
	if found == nil {
		return p.statedAge()
	}
	return found
}

// aged tells whether the name at raw[a:b] has an age below eighteen beside it.
func (p *page) aged(f *field, a, b int, h *hit) bool {
	if m := ageBefore.FindStringSubmatch(f.low[max(0, int(h.start)-24):h.start]); m != nil {
		return underAge(m[1])
	}
	near := cut(f.raw[b:], 70)
	m := ageBehind.FindStringSubmatchIndex(near)
	if m == nil {
		return false
	}
	if n := number(near[m[4]:m[5]]); n == 0 || n >= 18 {
		return false
	}
	lead, unit := m[2] >= 0, m[6] >= 0
	switch {
	case lead:
		return !unit || !ofService.MatchString(near[m[7]:]) // "both 15 years with us"
	case unit:
		return !ofService.MatchString(near[m[7]:])
	}
	if near[m[4]-1] != '(' && !strings.HasSuffix(near[:m[4]], ", ") || m[9] > m[8] && strings.ContainsAny(near[m[8]:m[9]], "/-: ") {
		return false // "salle Jeanne 12", "Paul, 3 pommes"
	}
	return childNear(f, int(h.start), int(h.end))
}

// underAge tells whether an age in figures is below eighteen; one in words that ageBefore knows is.
func underAge(age string) bool {
	if !isDigit(age[0]) {
		return true
	}
	n := number(age)
	return n > 0 && n < 18
}

var (
	listPictureTold     = words.list("picture told")
	listPictureChildren = words.list("picture children")
	listPictureAges     = words.list("picture ages")

	// drawnOrAdmitted are words of works of art and of who may come in: nobody of that age is in the picture.
	drawnOrAdmitted = newSeeker([]string{"a la perle", "vermeer", "renoir", "degas", "peintre", "peinture", "huile sur toile", "gravure", "statue", "bronze", "painter", "painted by", "painting by", "oil on canvas", "engraving",
		"gratuit", "entree libre", "demi-tarif", "tarif", "go free", "get in free", "come in free", "free entry", "half price", "free of charge"})
)

// minorsTold finds children in a picture: an age group in its caption, or a text that says who is in it ("Picture
// overleaf: Alfie and Noor, both two years old").
func (p *page) minorsTold() (found *finding) {
	note := func(f *field, h *hit) {
		if found == nil {
			g := p.at(h)
			found = &g
		}
	}
	p.each(listPictureAges, func(f *field, h *hit) bool {
		if f.ofPicture() && !p.apart(f) {
			note(f, h)
		}
		return found == nil
	})
	if found != nil || !p.has(listPictureTold) {
		return found
	}
	places := map[listID]map[*field][]*hit{}
	for _, list := range []listID{listPictureAges, listPictureChildren, listGiven} {
		places[list] = p.hitsOf(list)
	}
	p.each(listPictureTold, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		if to < len(f.low) && f.low[to] == ':' { // "Picture overleaf: Alfie and Noor"
			_, to = sentenceAt(f.low, int(h.start), to+1)
		}
		inSentence := func(list listID, pass func(at int) bool) bool {
			return slices.ContainsFunc(hitsIn(places[list][f], from, to), func(k *hit) bool {
				return int(k.end) <= to && pass(int(k.start))
			})
		}
		anywhere := func(int) bool { return true }
		if inSentence(listPictureAges, anywhere) && !drawnOrAdmitted.in(f.low[from:to]) || inSentence(listPictureChildren, anywhere) && inSentence(listGiven, func(at int) bool { return capital(f, at) }) && !onlyAdults(f.low[from:to]) {
			note(f, h)
		}
		return found == nil
	})
	return found
}

// onlyAdults tells whether a folded sentence gives ages, and none below eighteen: the school of a grown-up's story.
func onlyAdults(sentence string) bool {
	ages := ageGiven.FindAllStringSubmatch(sentence, 8)
	return len(ages) > 0 && !slices.ContainsFunc(ages, func(m []string) bool { return number(m[1]) < 18 })
}

var ageGiven = regexp.MustCompile(`\b(\d{1,3}) (?:ans|years)\b`)

// childNear tells whether a word of children stands in the sentence of low[start:end] or right beside it.
func childNear(f *field, start, end int) bool {
	from, to := sentenceAt(f.low, start, end)
	from, to = max(0, from-80), min(len(f.low), to+80)
	for w := range eachSpan(f.low[from:to]) {
		if w := (wordSpan{w.from + int32(from), w.to + int32(from)}); childWords[f.low[w.from:w.to]] && !f.raisedAt(int(w.from), int(w.to)) {
			return true
		}
	}
	return false
}

// raised tells whether a listed word is "élevé", high, and no pupil: folded, both are the same.
func raised(f *field, h *hit) bool { return f.raisedAt(int(h.start), int(h.end)) }

func (f *field) raisedAt(start, end int) bool {
	if n := end - start; n < len("eleve") || n > len("eleves") || f.low[start:start+5] != "eleve" {
		return false
	}
	a, b := f.span(start, end)
	word := strings.TrimRight(f.raw[a:b], "sS")
	return strings.HasSuffix(word, "é") || strings.HasSuffix(word, "É")
}
