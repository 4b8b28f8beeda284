package classify

import (
	"math"
	"strings"

	"filon/classify/kind"
	"filon/classify/register"
)

// clue is one kind of evidence for a type, the same for all types; its weight is fitted on labelled
// items (type_learn.go) and kept in type_weights.txt.
type clue uint8

// Clues, each in hundredths: 100 is one finding.
const (
	titleStrong   clue = iota // a strong word in the title
	titleFirst                // … with which the title begins
	titleWeak                 // a weak word in the title, without a strong one
	fileStrong                // in the name of the file
	fileWeak                  //
	headStrong                // in a heading or on the cover
	headWeak                  //
	descStrong                // in the description
	crumbStrong               // in breadcrumb, tags or department: what the site files the item under
	crumbWeak                 //
	sectionName               // a section or tag that is called just so
	urlWord                   // in the address
	urlAndCrumb               // in the address and in the breadcrumb: one witness, not two
	bodyStrong                // different strong words in the text
	bodyOnly                  // different words that only count in the text
	bodyWeak                  // different weak words in the text
	bodyDense                 // strong and body words among few words
	schemaWord                // schema.org type, of how sure it is
	shapeOf                   // structure: what shapePoints adds
	builtAs                   // the page is built as a list, an entrance, a sign-in
	mannerOf                  // the register of the text is one of the type's
	mannerAgainst             // the registers of the text are none of the type's
	wordsOf                   // the logarithm of the chance that words like these are of the type; not above 0
	placeOnly                 // of a negative type: only where it lies speaks for it, no word of its own
	clueCount
)

var clueNames = [clueCount]string{"title", "title-first", "title-weak", "file", "file-weak", "heading", "heading-weak", "description", "crumb", "crumb-weak", "section",
	"url", "url-and-crumb", "text", "text-only", "text-weak", "text-dense", "schema", "shape", "built-as", "manner", "manner-against", "words", "place-only"}

// evidence is what speaks for one type.
type evidence [clueCount]int32

// found is how much there is, apart from what every item has.
func (e *evidence) found() int32 {
	n := int32(0)
	for c, v := range e {
		if clue(c) != mannerOf && clue(c) != mannerAgainst && clue(c) != wordsOf && clue(c) != placeOnly && clue(c) != urlAndCrumb {
			n += v
		}
	}
	return n
}

// cueLists are the lists of one type, by their strength.
type cueLists struct{ strong, weak, body, url listID }

var cues = func() []cueLists {
	all := make([]cueLists, len(types))
	for i, t := range types {
		all[i] = cueLists{words.id(t.ID), words.id(t.ID + " weak"), words.id(t.ID + " body"), words.id(t.ID + " url")}
	}
	return all
}()

// manners are the registers in which a type is written.
var manners = func() [][]register.Register {
	of := map[string][]register.Register{
		"case_study": {register.Promote, register.News}, "testimonial": {register.Personal, register.Review, register.Talk},
		"event_upcoming": {register.News, register.Promote}, "event_recap": {register.News, register.Personal}, "job_offer": {register.Promote},
		"employer_brand": {register.Promote}, "people_portrait": {register.Personal, register.Talk, register.News}, "behind_scenes": {register.News, register.Inform, register.Promote},
		"how_to": {register.Advice}, "explainer": {register.Inform, register.Advice}, "faq": {register.Advice, register.Inform, register.Talk}, "expert_article": {register.Argue, register.Review},
		"white_paper": {register.Learned, register.Inform}, "key_figures": {register.Inform, register.Learned}, "product_launch": {register.Promote, register.News},
		"product_page": {register.Promote}, "csr_commitment": {register.News, register.Promote}, "sponsorship_local": {register.News, register.Promote}, "award_cert": {register.News},
		"partnership": {register.News}, "research": {register.Learned, register.News}, "safety": {register.Advice}, "training": {register.Promote, register.Advice},
		"site_news": {register.News}, "appointment": {register.News}, "leader_word": {register.Argue, register.Talk, register.Personal}, "history": {register.Inform, register.News},
		"press_release": {register.News}, "press_coverage": {register.News, register.Review}, "webinar_podcast": {register.Talk, register.Argue}, "internal_life": {register.News, register.Personal},
		"internal_newsletter": {register.News}, "observance": {register.News}, "financial_news": {register.News}, "legal_page": {register.Rules}, "hr_procedure": {register.Rules, register.Advice},
		"minutes": {register.Talk, register.News}, "contract_finance_doc": {register.Rules}, "it_doc": {register.Advice, register.Inform}, "personal_hr_doc": {register.Rules},
	}
	all := make([][]register.Register, len(types))
	for i, t := range types {
		all[i] = of[t.ID]
	}
	return all
}()

// likely adds what the words alone say of each type, and gives what they say of none.
func (p *page) likely(all []evidence) (other int32) {
	found := p.read().Kind
	if found == nil {
		return 0
	}
	for i := range all {
		all[i][wordsOf] = unlikeliest
	}
	other = unlikeliest
	for _, k := range found {
		if k[0] < 0 || k[0] >= len(kindTypes) || k[1] > 0 || k[1] < unlikeliest {
			continue
		}
		if i := kindTypes[k[0]]; i < 0 {
			other = int32(k[1])
		} else {
			all[i][wordsOf] = min(int32(k[1]), -1) // 0 is of what has no words
		}
	}
	return other
}

// unlikeliest is the least that words count for a type, in hundredths of a natural logarithm.
const unlikeliest = -500

// kindTypes are the types of the model of words; -1 is none of them.
var kindTypes = func() (all []int) {
	for _, id := range kind.Built.Types() {
		i, ok := typeIndex[id]
		if !ok {
			i = -1
		}
		all = append(all, i)
	}
	return all
}()

// evidence collects what speaks for each type, in the order of types, and what words say of none of them.
func (p *page) evidence() (all []evidence, other int32) {
	all = make([]evidence, len(types))
	manner, known := p.manner()
	points := make([]int, len(types))
	for i := range types {
		e := &all[i]
		p.wordClues(e, &cues[i], types[i].Negative)
		if !known || len(manners[i]) == 0 {
			continue
		}
		best := -1.0
		for _, r := range manners[i] {
			best = max(best, manner[r])
		}
		if best > -.5 {
			e[mannerOf] = int32(math.Round(100 * min(best+.5, 1)))
		} else {
			e[mannerAgainst] = int32(math.Round(100 * min(-.5-best, 1)))
		}
	}
	other = p.likely(all)
	p.ownWords(all)
	for _, s := range p.item.Schema {
		if t, ok := schemaTypes[s]; ok {
			e := &all[typeIndex[t.id]]
			e[schemaWord] = max(e[schemaWord], int32(20*t.points))
			points[typeIndex[t.id]]++
		}
	}
	for i := range all {
		points[i] += int(all[i].found()) / 100
	}
	shape := make([]int, len(types))
	p.shapePoints(points, shape)
	for _, id := range []string{"safety", "observance", "it_doc", "hr_procedure"} {
		if e := &all[typeIndex[id]]; e[titleStrong] > 0 && (!p.public || !types[typeIndex[id]].Negative) {
			shape[typeIndex["how_to"]] -= 10 // what the title is about goes before that the text advises
		}
	}
	for i := range all {
		all[i][shapeOf] = int32(25 * shape[i])
	}
	if all[typeIndex["service_info"]][titleStrong] == 0 { // a notice is short, and no list
		all[typeIndex["listing_page"]][builtAs] = p.builtAsList()
	}
	if p.item.Shape.Passwords > 0 && p.text.words < 120 {
		all[typeIndex["system_page"]][builtAs] = 300
	} else if p.item.Shape.Forms > 0 && p.text.words < 60 && points[typeIndex["system_page"]] > 0 {
		all[typeIndex["system_page"]][builtAs] = 100
	}
	return all, other
}

// wordClues adds the words found for one type, once per place.
func (p *page) wordClues(e *evidence, c *cueLists, negative bool) {
	note := func(list listID, weak bool) {
		p.each(list, func(f *field, h *hit) bool {
			if ofUpkeep(f, h) {
				return true
			}
			at := clueCount
			switch f.spot {
			case inTitle, inH1:
				at = titleStrong
				if !weak && leads(f.low, int(h.start)) {
					e[titleFirst] = 100
				}
			case inFile:
				if f.name == asSlug {
					return true // its words count as those of the address
				}
				at = fileStrong
			case inHeading, inCover:
				at = headStrong
			case inCrumb:
				at = crumbStrong
				if !weak && names(f.low, int(h.start), int(h.end)) {
					e[sectionName] = 100
				}
			case inDescription:
				if !weak {
					e[descStrong] = 100
				}
				return true
			default:
				return true
			}
			if weak {
				if e[at] == 0 {
					e[weakOf[at]] = 100
				}
			} else {
				e[at] = 100
			}
			return true
		})
	}
	note(c.strong, false)
	note(c.weak, true)
	if p.has(c.url) {
		p.each(c.url, func(f *field, h *hit) bool {
			switch {
			case f.spot == inURL && (!negative || wholeSegment(f.low, int(h.start), int(h.end))):
				e[urlWord] = 100
			case f.spot == inCrumb && names(f.low, int(h.start), int(h.end)):
				e[sectionName] = 100 // a section is called as an address would be
			}
			return true
		})
	}
	if e[urlWord] > 0 && e[crumbStrong]+e[crumbWeak]+e[sectionName] > 0 {
		e[urlAndCrumb] = 100
	}
	inBody := func(f *field) bool { return f.spot == inText }
	strong, own, weak := p.count(c.strong, inBody), p.count(c.body, inBody), p.count(c.weak, inBody)
	each := p.eachCounts()
	e[bodyStrong] = min(each*int32(strong), 300)
	e[bodyOnly] = min(each*int32(own), 300)
	e[bodyWeak] = min(each*int32(weak), 300)
	if n := strong + own; n > 0 && p.text.words > 0 {
		e[bodyDense] = int32(min(2500*n/max(p.text.words, 25), 200))
	}
	if negative && own < 3 && e[titleStrong]+e[titleWeak]+e[fileStrong]+e[fileWeak]+e[headStrong]+e[headWeak] == 0 {
		e[placeOnly] = 100 // where it lies says who reads it, not what it is
	}
}

// eachCounts is what one word of a list counts in the text, in hundredths: the longer a text, the more
// different words of every list it holds by chance.
func (p *page) eachCounts() int32 {
	if p.text.words <= plainLength {
		return 100
	}
	return int32(100 * math.Sqrt(plainLength/float64(p.text.words)))
}

const plainLength = 150 // words

var weakOf = map[clue]clue{titleStrong: titleWeak, fileStrong: fileWeak, headStrong: headWeak, crumbStrong: crumbWeak}

// names tells whether low[start:end] is the whole name of a section, but for the language that a site in
// several languages adds: "FAQ fr".
func names(low string, start, end int) bool {
	if len(low)-(end-start) > 8 {
		return false
	}
	switch strings.Trim(low[:start]+low[end:], " -()[]") {
	case "", "fr", "en", "es", "de", "it":
		return true
	}
	return false
}

// leads tells whether a title begins with a word, or begins with it after a mark: "[À la une] Portrait".
func leads(low string, start int) bool {
	if start > 120 {
		return false
	}
	words := 0
	for i := 0; i < start; i++ {
		switch c := low[i]; {
		case c == ':' || c == '|' || c == ']' || c == '-' && i+1 < len(low) && low[i+1] == ' ':
			words = 0
		case isWord(c) && (i == 0 || !isWord(low[i-1])):
			words++
		}
	}
	return words == 0
}

// wholeSegment tells whether low[start:end] is a whole segment of an address: /connexion/ is the page
// that signs in, /connexion-d-urgence/ is an article.
func wholeSegment(low string, start, end int) bool {
	edge := func(c byte) bool {
		return c == '/' || c == '.' || c == '?' || c == '=' || c == ':' || c == '&' || c == '#'
	}
	return (start == 0 || edge(low[start-1])) && (end == len(low) || edge(low[end]) || isDigit(low[end]))
}
