package classify

import (
	"regexp"
	"slices"
	"strings"

	"filon/classify/told"
)

// A keyword in a title or in the name of a file does not close an item by itself: "La Ronde de nuit" is also a painting, and a
// gardener has orders too. A second sign says that the item is one of the company's own papers on it; without one it asks.

// closesBySigns makes what stands in a title ask instead of closing, where no second sign goes with it.
// A name is such a sign where the keyword is about somebody: a deal, a dispute, a leak; a work has names too.
func closesBySigns(names bool, find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		if len(found) == 0 {
			return found
		}
		kept := found[:0]
		for _, g := range found {
			if g.field >= 0 && g.severity != Review && p.titles(&g) {
				if p.isWork(&g) {
					continue
				}
				if !p.secondSign(&g, found) && !(names && p.nameBeside(&g)) {
					g.severity = Review
				}
			}
			kept = append(kept, g)
		}
		return kept
	}
}

// titles tells whether a finding stands in the title or in the name of the file.
func (p *page) titles(g *finding) bool {
	f := &p.fields[g.field]
	return f.spot == inTitle || f.spot == inH1 || f.spot == inFile || p.saysTitle(f, g.start, g.end)
}

var (
	// papers are what a company calls its own: they need no other sign.
	papers = setOf("planning plannings horaire horaires tableau tableaux liste listes rapport rapports rapporte note notes compte comptes suivi consigne consignes procedure procedures dossier dossiers extrait budget budgets point revue bilan version draft projet projets plan plans offre offres reponse analyse enquete declaration memoire lettre courrier mail brouillon interne internes externe reporting previsionnel previsions prevision fichier fiche fiches grille grilles strategie campagne comite cellule direction site sites agents agent gardien gardiens client clients fournisseur fournisseurs lot lots filiale usine atelier " +
		"schedule schedules list lists report reports minutes account accounts procedure procedures instructions file files sheet internal bid reply analysis investigation letter memo proposal forecast forecasts committee board site sites guard guards customer customers supplier suppliers batch subsidiary plant workshop rota roster budget review update status figures")
	linking  = setOf("le la les l un une des du de d a au aux en et sur pour par dans avec the an of in on for and to with html htm pdf docx doc xlsx xls pptx ppt odt ods md txt csv")
	articles = setOf("le la l les un une the a an")
	quarter  = regexp.MustCompile(`\b(?:[tqs][1-4]|h[12])\b|\d`)
	artists  = regexp.MustCompile(`\b(?:peintres?|chef d oeuvre|rembrandt|roman|romanciere?|cineaste|poeme|chanson|symphonie|painter|masterpiece|novel|novelist|symphony)\b`)
	works    = regexp.MustCompile(`\b(?:peintres?|peinture|toile|chef d oeuvre|rembrandt|roman|romanciere?|film|cineaste|opera|exposition|poeme|chanson|symphonie|painter|painting|canvas|masterpiece|novel|novelist|movie|symphony|exhibition)\b`)
)

// secondSign tells whether anything but one keyword says that the item is a paper of the company: the title's other words, or
// a text that speaks of it in other words or gives our sums.
func (p *page) secondSign(g *finding, found []finding) bool {
	f := &p.fields[g.field]
	from, to := g.start, min(g.end, len(f.raw))
	low := foldString(f.raw)
	line := low
	if !p.isTitleField(f) { // the first line of a text that is the title
		a, b := aroundRaw(f.raw, from, to)
		line = foldString(f.raw[a:b])
	}
	words := splitWords(strings.ReplaceAll(line, "_", " "))
	if quarter.MatchString(strings.Join(words, " ")) || closedWord.MatchString(line) {
		return true
	}
	tongue := p.tongue(line)
	others := 0
	keyword := splitWords(foldString(f.raw[from:to]))
	for _, w := range words {
		switch {
		case papers[w], ourWords[tongue][w] && w != "on", nearDays[w]:
			return true
		case !linking[w] && !slices.Contains(keyword, w):
			others++
		}
	}
	if others == 0 && (len(words) == 0 || !articles[words[0]]) {
		return true // its name, and nothing else
	}
	if p.personNear(g.field, 0, len(f.raw), 0) {
		return true
	}
	said := singular(f.raw[from:to])
	for i := range found {
		if o := &found[i]; o.field >= 0 && singular(p.fields[o.field].raw[o.start:min(o.end, len(p.fields[o.field].raw))]) != said {
			return true
		}
	}
	return p.givesOurSums()
}

// singular is a keyword without what differs where it stands again.
func singular(raw string) string {
	words := splitWords(foldString(raw))
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "s")
	}
	return strings.Join(words, " ")
}

func (p *page) isTitleField(f *field) bool {
	return f.spot == inTitle || f.spot == inH1 || f.spot == inFile
}

// givesOurSums tells whether a sentence of the text speaks of us and gives a sum.
func (p *page) givesOurSums() (yes bool) {
	if p.body < 0 {
		return false
	}
	f := &p.fields[p.body]
	told.Sentences(cut(f.low, 1<<16), func(from, to int) bool {
		s := f.low[from:to]
		if digitIn(s) && sumForm.MatchString(s) {
			words := splitWords(s)
			yes = saysOurs(words, p.tongue(s))
		}
		return !yes
	})
	return yes
}

// isWork tells whether a title is that of a painting, a book or the like: it begins as one, is no paper's, and it and its text
// speak of one. A paint shop, a film line and a dashboard are none.
func (p *page) isWork(g *finding) bool {
	f := &p.fields[g.field]
	words := splitWords(f.low)
	if quarter.MatchString(f.low) || !articles[firstWord(f.low)] || slices.ContainsFunc(words, func(w string) bool { return papers[w] }) {
		return false
	}
	said := p.titleWords() + " " + strings.Join(words, " ")
	if p.body >= 0 {
		said += " " + strings.Join(splitWords(cut(p.fields[p.body].low, 1<<14)), " ")
	}
	return artists.MatchString(said) && len(works.FindAllString(said, fewestOfWork)) == fewestOfWork
}

// nameBeside tells whether a name stands behind a keyword of a title that is not written in capitals throughout.
func (p *page) nameBeside(g *finding) bool {
	f := &p.fields[g.field]
	_, to := aroundRaw(f.raw, g.start, g.end)
	return !shouted(f.raw) && slices.ContainsFunc(namesIn("x "+f.raw[g.end:max(g.end, to)]), func(n string) bool { return !countries[foldString(n)] })
}

// fewestOfWork is how many words of art a text has at least that speaks of a work.
const fewestOfWork = 2

func firstWord(low string) string {
	for w := range eachSpan(low) {
		return low[w.from:w.to]
	}
	return ""
}
