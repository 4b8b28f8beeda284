package classify

import (
	"regexp"
	"strings"
)

// Minors in pictures (domain 3.9): whose pictures they are, and what tells that a child is in one.

// ofAddress names the field of what the parameters of a picture's address say.
const ofAddress = "parameters"

// findMinors wants minors and pictures. A gallery of a family event blocks.
func findMinors(p *page) (found []finding) {
	gallery := p.gallery()
	if !p.pictured() && !gallery {
		if m := p.namedMinor(); m != nil && !p.public {
			m.says = &Text{"Un mineur est nommé : demander aux parents", "A minor is named: ask the parents"}
			return []finding{*m}
		}
		p.each(listMinors, func(f *field, h *hit) bool { // what a document says of the pictures inside of it
			if f.ofPicture() && !p.apart(f) && p.childShown(f, h) {
				found = append(found, p.at(h))
			}
			return len(found) < 20
		})
		if m := p.minorsTold(); m != nil && !p.public && len(found) == 0 {
			found = append(found, *m)
		}
		return found
	}
	family := false
	p.each(listFamily, func(f *field, h *hit) bool { family = aboutIt(f, h) || family; return !family })
	p.each(listMinors, func(f *field, h *hit) bool {
		inPicture := f.ofPicture() || f.spot == inImageFile
		switch {
		case f.spot == inURL || f.spot == inCrumb || f.spot == inProperty && !p.image || p.apart(f):
			return true
		case inPicture && !family && !p.childShown(f, h):
			return true
		case !inPicture && !family && weakMinor(f.low[h.start:h.end]):
			return true
		case !inPicture && !aboutIt(f, h) && !gallery && !family:
			return true // a text about children beside a picture of something else
		}
		g := p.at(h)
		if gallery && family || gallery && p.sorted.id == "internal_life" && inPicture {
			g.severity, g.kind = Block, Unlawful
		}
		found = append(found, g)
		return len(found) < 20
	})
	if m := p.namedMinor(); m != nil {
		m.severity, m.kind = Block, Unlawful
		m.says = &Text{"Un mineur est nommé et montré : accord écrit des deux parents", "A minor is named and shown: written consent of both parents"}
		found = append(found, *m)
	} else if m := p.minorsTold(); m != nil && !p.public && len(found) == 0 {
		found = append(found, *m)
	}
	return found
}

// weakMinor tells whether a listed word tells of children only beside other words.
func weakMinor(word string) bool {
	return isFamily(word) || word == "petits et grands" || word == "classe de" || strings.HasPrefix(word, "mineur") || strings.HasPrefix(word, "minor")
}

func isFamily(word string) bool { return word == "famille" || word == "familles" }

// gallery tells whether the item is there to show its pictures: an album, or a title, a heading or a caption that says so. What is not
// public and tells of people at work is one wherever it speaks of its photos, and so is a text about children: they will be in them.
func (p *page) gallery() bool {
	if p.format == "photo_album" {
		return true
	}
	own := 0
	for i := range p.item.Images {
		if im := &p.item.Images[i]; im.Role != "decoration" || !im.Apart && !p.public {
			own++
		}
	}
	if own < 2 {
		return false
	}
	if p.has(listGallery) && p.aboutChildren() {
		return true
	}
	ofPeople := !p.public && (p.sorted.id == "internal_life" || p.sorted.id == "event_recap" || p.sorted.id == "people_portrait")
	yes := false
	p.each(listGallery, func(f *field, h *hit) bool { // on what is not public, a heading of the margin may stand over pictures of the page
		said := aboutIt(f, h) || f.spot == inHeading || f.spot == inImage && f.name == "caption" || ofPeople
		yes = said && (!p.apart(f) || f.spot == inHeading && !p.public) && !ofCredit.MatchString(f.low[max(0, int(h.start)-16):h.start])
		return !yes
	})
	return yes
}

const (
	leastOfChildren = 4   // words of children in a text about them
	mostBetween     = 200 // words of such a text for each of those
)

// aboutChildren tells whether the text comes back to children again and again.
func (p *page) aboutChildren() bool {
	n := 0
	p.each(listMinors, func(f *field, h *hit) bool {
		if f.spot == inText && !weakMinor(f.low[h.start:h.end]) {
			n++
		}
		return true
	})
	return n >= leastOfChildren && n*mostBetween >= p.text.words
}

var ofCredit = regexp.MustCompile(`\bcredits? (?:des |de |of )?$`)

// What is said around a word of children where nobody is shown.
var (
	// a drawing, whose name comes first
	ofDrawing = regexp.MustCompile(`^(?:(?:le|la|l'|les|un|une|ce|cette|meme|the|a|an|this|same|simple) ?){0,3}(?:diagram|diagramme|schema|graphique|histogramme|courbe|camembert|infographie|infographic|flowchart|(?:bar |pie |line )?chart|logo|logotype|icone?|pictogramme|picto|couverture du livre|book cover)s?\b`)
	// the names of goods, of places and of parts of programs
	ofGoods = regexp.MustCompile(`^(?:'(?:$| ?\d)|(?:'s?)?[ _-](?:sizes?|wear|shoes|clothing|clothes|books?|headphones|logo|menu|hospitals?|clinic|props?|components?|nodes?|elements?|process|processes|themes?)\b)`)
	// and that somebody does something, or that they are these ones
	determined = regexp.MustCompile(`(?:^|^l[ae]s? |\b(?:une|deux|trois|quatre|cinq|six|dix|notre|nos|plusieurs|cette|ces|en|the|a|some|our|their|his|her|all|two|three|four|five|six|ten|older|young|younger|little|small|with|and|\d{1,3}) (?:jeunes? |petites? |grandes? |belles? )?)$`)
	doing      = regexp.MustCompile(`^(?: (?:at|in|on|around|from|by|near|of|are|is|who|having|[a-z]{2,}ing)\b|,)`)

	// files of drawings
	drawnFile = setOf("logo logos icon icons icone icones picto pictos pictogramme sprite avatar diagram diagrams diagramme schema graph graphe graphique chart courbe histogramme infographie infographic taux")
	ratioFile = regexp.MustCompile(`(?:^|[^0-9])[1-9][-_ ](?:sur[-_ ])?\d{1,2}[-_ ]$`)
)

// childShown tells whether a word of children that is said of a picture tells that one is in it.
func (p *page) childShown(f *field, h *hit) bool {
	if f.spot == inImageFile {
		return p.childInFile(f, h)
	}
	start, end := int(h.start), int(h.end)
	from, to := sentenceAt(f.low, start, end)
	before, behind := f.low[from:start], f.low[end:to]
	before = strings.TrimLeft(before, " ")
	switch word := f.low[start:end]; {
	case isFamily(word):
		return f.name != "alt" || determined.MatchString(before)
	case ofDrawing.MatchString(f.low[:start]), f.spot == inImage && ofDrawing.MatchString(foldString(p.item.Images[f.index].Alt)):
		return false
	case word == "kids" && (p.sorted.id == "product_page" || p.sorted.id == "listing_page") && f.name == "alt":
		return !ofGoods.MatchString(f.low[end:]) && (determined.MatchString(before) && before != "" || doing.MatchString(behind))
	case word == "kids" || word == "child" || word == "children":
		return !ofGoods.MatchString(f.low[end:])
	}
	return true
}

// childInFile tells whether a word of children in the name of a picture's file tells that one is in the picture. Of an address's
// parameters only a name of a file says anything.
func (p *page) childInFile(f *field, h *hit) bool {
	start, end := int(h.start), int(h.end)
	from, to, _ := lineWithin(f.low, start, end, 300)
	name := f.low[from:to]
	if f.name == ofAddress {
		if !namesPicture(name) || strings.Contains(f.low[end:to], "/") {
			return false
		}
		name = f.low[from+1+strings.LastIndexAny(f.low[from:start], "/=") : to]
	}
	switch word := f.low[start:end]; {
	case strings.HasSuffix(name, ".svg"), isFamily(word) && !familyNamed(f.low[end:to]):
		return false
	case ratioFile.MatchString(f.low[from:start]) && (strings.HasSuffix(name, ".png") || strings.HasSuffix(name, ".gif")):
		return false
	case (word == "kids" || word == "child" || word == "children") && ofGoods.MatchString(f.low[end:to]):
		return false
	}
	for _, w := range splitWords(strings.ReplaceAll(name, "_", " ")) {
		if drawnFile[w] {
			return false
		}
	}
	return !ofDrawing.MatchString(foldString(p.item.Images[f.index].Alt))
}

var (
	wordBehind = regexp.MustCompile(`^[-_ +]+(?:(?:[a-z]|mr|mme|m et mme)[-_ +]+)?(de[-_ +]+)?([a-z]{3,})`)
	// behind "famille" in the name of a file, where no family is shown: which kind, of what, who counts or pays them
	ofFamilies = setOf("des sur avec pour dans les une logo nombreuse monoparentale recomposee rurale rurales aidante aidant aidants gamme produit produits article articles metier metiers professionnelle professionnel piece pieces outil outils police polices couleur couleurs instrument instruments caf allocation allocations prestation prestations quotient budget emploi travail entreprise sante mutuelle droit code jpg jpeg png gif webp avif heic tif tiff")
)

// familyNamed tells whether a name follows the word "famille" in the name of a file: "famille-benali-noel.jpg".
func familyNamed(behind string) bool {
	m := wordBehind.FindStringSubmatch(behind)
	return m != nil && !ofFamilies[m[2]] && (m[1] == "" || givenNames[m[2]]) // "famille-de-pompes", "famille-de-karim"
}

// namesPicture tells whether the value of a parameter, folded, ends as the names of pictures and drawings do.
func namesPicture(name string) bool {
	for _, end := range [...]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".tif", ".tiff", ".svg"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
