package classify

import (
	"path"
	"slices"
	"strings"
	"time"
)

// typing is what an item is, with the candidates that came close.
type typing struct {
	id         string
	others     []string
	confidence float64
	named      bool // more than the sum of its words speaks for it: a cue, a place, a shape
}

const (
	sure     = .45 // from which a type is believed that closes an item as an inside document
	clear    = .3  // from which another negative type is believed, which says that there is nothing to propose
	near     = .1  // from which a type is named beside the first
	mostKept = 2   // of them
)

// sortType weighs the evidence for each type: the likeliest is the type, two more are kept where they
// come close.
func (p *page) sortType() typing { return p.sortBy(weights) }

func (p *page) sortBy(w *typeWeights) typing {
	all, words := p.evidence()
	chance, other := w.chances(all, words)
	order := make([]int, len(types))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareDown(chance[a], chance[b]) })
	t := typing{id: Other, confidence: other}
	against, closing := 0.0, 0.0 // the chances that there is nothing to propose, whichever type says so
	for i := range types {
		if types[i].Negative {
			against += chance[i]
		}
		if _, closes := closedTypes[types[i].ID]; closes {
			closing += chance[i]
		}
	}
	for n, i := range order {
		if chance[i] <= other || chance[i] < near {
			break
		}
		enough := against >= clear
		if _, closes := closedTypes[types[i].ID]; closes {
			enough = closing >= sure && !(aboutCases[types[i].ID] && p.explainer() && !p.ofACase()) && !(types[i].ID == "directory_orgchart" && p.publicNumbers())
		}
		if types[i].Negative && types[i].ID != "directory_orgchart" && p.image && p.text.words == 0 && len(splitWords(foldString(strings.TrimSuffix(fileName(p.address), path.Ext(p.address.Path))))) <= 1 {
			continue // an icon is called by one word
		}
		if types[i].Negative && (!enough || all[i][placeOnly] > 0 && all[i][shapeOf] < 100 && all[i][builtAs] == 0 && all[i][schemaWord] == 0 && !saidByWords(&all[i])) {
			continue // to close an item takes its own words
		}
		if e := &all[i]; types[i].Negative && e[wordsOf] == unlikeliest && e.found() == e[bodyOnly]+e[bodyDense] {
			continue // a few words of a text whose words as a whole are of anything but this type: a recipe is no menu
		}
		t.id, t.confidence, t.named = types[i].ID, chance[i], all[i].found() >= 100
		order = slices.Delete(order, n, n+1)
		break
	}
	for _, i := range order {
		if len(t.others) == mostKept || chance[i] < near {
			break
		}
		t.others = append(t.others, types[i].ID)
	}
	return t
}

// aboutCases are the types of inside documents that are each of one meeting, one bargain or one person. What explains such
// things is none of them: how to tell a false invoice, what a works council does.
var aboutCases = map[string]bool{"minutes": true, "contract_finance_doc": true, "personal_hr_doc": true}

// everybodys are the services whose numbers everybody may call.
var everybodys = newSeeker([]string{"samu", "pompiers", "fire brigade", "police secours", "gendarmerie", "ambulance", "antipoison", "poison cent", "112", "115", "119", "3114", "3919", "999", "911", "samaritans", "numero d'urgence", "emergency services"})

// publicNumbers tells whether a page lists numbers of help for the public: two such services, nobody by name, and hardly any
// number of the company's own.
func (p *page) publicNumbers() bool {
	if p.body < 0 || len(p.people) > 0 || p.phoneCount() > 1 || p.has(listExtension) {
		return false
	}
	seen := map[sought]bool{}
	everybodys.each(p.fields[p.body].low, func(_ int, w sought) bool {
		seen[w] = true
		return len(seen) < 2
	})
	return len(seen) >= 2
}

// fewestSums are the sums of money that a quote or a budget has at least.
const fewestSums = 3

// ofACase tells whether a text has the shape of one case: a list of who was there, several sums, an account, two people.
func (p *page) ofACase() bool {
	if p.body < 0 {
		return true
	}
	f := &p.fields[p.body]
	for _, v := range f.values {
		if v.kind == isIBAN || v.kind == isRIB {
			return true
		}
	}
	return len(p.people) >= 2 || p.attendees() || len(sumForm.FindAllStringIndex(f.low, fewestSums)) >= fewestSums
}

// named tells whether a page is of a type, and says so: what its words are like as a whole is not enough where a type makes
// a rule milder.
func (p *page) named(id string) bool { return p.sorted.id == id && p.sorted.named }

// saidByWords tells whether the words of a text, taken together, are those of a type rather than of all others.
func saidByWords(e *evidence) bool { return e[wordsOf] < 0 && e[wordsOf] > -70 }

// ofUpkeep tells whether the word for an interview is that for the upkeep of a thing: "entretien annuel de votre chaudière".
func ofUpkeep(f *field, h *hit) bool {
	if !strings.HasPrefix(f.low[h.start:h.end], "entretien") {
		return false
	}
	for _, w := range splitWords(cut(f.low[h.end:], 60)) {
		if !determiners[w] {
			return upkept[w]
		}
	}
	return false
}

var (
	determiners = setOf("d de du des l la le les un une votre vos notre nos son sa ses")
	upkept      = setOf("pompe pompes chaudiere chaudieres climatisation climatiseur climatiseurs installation installations filtre filtres vehicule vehicules voiture voitures machine machines moteur moteurs ascenseur ascenseurs extincteur extincteurs toiture toitures " +
		"jardin jardins compresseur compresseurs adoucisseur adoucisseurs piscine piscines poele poeles cheminee cheminees vmc portail portails alarme alarmes borne bornes chariot chariots engin engins echangeur echangeurs forage canalisation canalisations appareil appareils equipement equipements velo velos tondeuse tondeuses bassin bassins")
)

func compareDown(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// entrance tells whether an address is that of the first page of a site or of a folder.
func entrance(low string) bool {
	last := strings.Trim(low, "/")
	if i := strings.LastIndexAny(last, "/:="); i >= 0 {
		last = last[i+1:]
	}
	last, _, _ = strings.Cut(last, ".")
	switch last {
	case "", "index", "accueil", "start", "home", "default", "main page", "main_page", "welcome", "bienvenue", "sommaire":
		return true
	}
	return false
}

// teaches tells whether the title promises an explanation.
func (p *page) teaches() bool {
	if p.title < 0 {
		return false
	}
	for _, w := range splitWords(p.fields[p.title].low) {
		switch w {
		case "lire", "comprendre", "comment", "decrypter", "expliquee", "explique", "guide", "understanding", "understand", "explained":
			return true
		}
	}
	return false
}

// asks tells whether the title is a question.
func (p *page) asks() bool {
	return p.title >= 0 && strings.HasSuffix(strings.TrimSpace(p.fields[p.title].low), "?")
}

// jobToken finds the H/F of French job offers and the (m/w/d) of German ones in the title.
func (p *page) jobToken() bool {
	for _, i := range []int{p.title, p.title + 1} {
		if i < 0 || i >= len(p.fields) || p.fields[i].spot != inTitle && p.fields[i].spot != inH1 {
			continue
		}
		low := p.fields[i].low
		for _, s := range []string{"h/f", "f/h", "(m/w/d)", "(h-f)", "(f-h)", "(m/f)", "(f/m)", "m/f/d", "f/h/x", "h/f/x"} {
			if k := strings.Index(low, s); k >= 0 && (k == 0 || !isWord(low[k-1])) && (k+len(s) == len(low) || !isWord(low[k+len(s)])) {
				return true
			}
		}
	}
	return false
}

// dateline finds the "Paris, le 3 avril 2026 –" that opens a statement to the press: one of its first lines begins with
// a place and a day.
func (p *page) dateline() bool {
	if p.body < 0 {
		return false
	}
	for line := range strings.Lines(cut(p.fields[p.body].low, 300)) {
		place, day, ok := strings.Cut(line, ", ")
		if !ok || len(place) < 3 || len(place) > 60 {
			continue
		}
		day, french := strings.CutPrefix(day, "le ")
		n := 0
		for n < len(day) && n < 3 && isDigit(day[n]) {
			n++
		}
		if n > 0 && (french || n < 3 && monthAt(strings.TrimLeft(day[n:], " ")) && strings.IndexByte(place, ' ') < 0) {
			return true
		}
	}
	return false
}

// attendees finds the list of who was there.
func (p *page) attendees() bool {
	if p.body < 0 {
		return false
	}
	f := &p.fields[p.body]
	found := false
	attended.eachOfWords(f.low, f.spans, func(at int, _ sought) bool {
		found = at == 0 || f.low[at-1] == '\n' || at > 1 && f.low[at-2] == '.'
		return !found
	})
	return found
}

var attended = newSeeker([]string{"presents :", "presents:", "excuses :", "excuses:", "attendees:", "attendees :", "present:", "apologies:", "absents :"})

// eventDate is the last day of the event: what the page declares, or the last date that its title
// or its text gives.
func (p *page) eventDate() time.Time {
	if p.eventDay == nil {
		day := p.findEventDate()
		p.eventDay = &day
	}
	return *p.eventDay
}

func (p *page) findEventDate() time.Time {
	if e := p.item.Event; !e.Start.IsZero() {
		if !e.End.IsZero() {
			return e.End
		}
		return e.Start
	}
	var last time.Time
	look := func(low string) {
		for _, d := range datesIn(low, p.item.Published.Time) {
			if d.Time.After(last) {
				last = d.Time
			}
		}
	}
	for i := range p.fields {
		if s := p.fields[i].spot; s == inTitle || s == inH1 {
			look(p.fields[i].low)
		}
	}
	if last.IsZero() {
		for i := range p.fields {
			if s := p.fields[i].spot; s == inDescription || s == inHeading {
				look(p.fields[i].low)
			}
		}
	}
	if last.IsZero() && p.body >= 0 {
		look(cut(p.fields[p.body].low, 1500))
	}
	return last
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
