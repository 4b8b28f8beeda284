package extract

import (
	"regexp"
	"strings"
	"time"

	"filon/crawler/content"
)

// fromText is the source of a date that a sentence gives.
const fromText = "text"

// How far into a text a deadline is that of the whole item: in a short text anywhere, in a longer one in its
// beginning, when its title says so.
const (
	shortText = 1800
	headText  = 800
)

// perish finds the last day of an offer, a registration or an event that the item announces, and the event
// itself, in its title, its description and its text. Days that the page declares to
// machines stand; history and reports give none. Dates in figures are read as in the language figures: "en" has the month first.
func perish(item *content.Item, relative bool, figures string) {
	if !item.Expires.IsZero() && !item.Event.Start.IsZero() {
		return
	}
	text, long := item.Text, len(item.Text) > shortText
	if long {
		text = clip(text, headText)
	}
	near := item.Published.Time
	if near.IsZero() && relative {
		near = item.Modified.Time
	}
	if !relative {
		near = time.Time{}
	}
	title := wordsOf(item.Title)
	titled := dayReader{text: item.Title, words: title}
	if titled.find(titleReports) {
		return
	}
	var last, start, end time.Time
	place := ""
	seen := 0
	for k, part := range [...]string{item.Title, item.H1, item.Description, text} {
		for _, s := range sentences(part) {
			if seen++; seen > 60 {
				break
			}
			if !strings.ContainsAny(s, "0123456789") && near.IsZero() {
				continue
			}
			d := dayReader{text: s, words: wordsOf(s), near: near, lang: figures}
			// A long page is not over with an offer that it mentions.
			if when := d.deadline(&titled); when.After(last) && (!long || k < 3 || titled.has(perishable)) {
				last = when
			}
			if long && k == 3 {
				continue // nor with an event
			}
			if from, to, next, sure := d.happening(&titled); sure && start.IsZero() {
				start, end = from, to
				place = placeAfter(s, d.words, next)
			}
		}
	}
	if place == "" && !start.IsZero() {
		if m := placeLine.FindStringSubmatch(text); m != nil {
			place = oneLine(m[1], 200)
		}
	}
	if item.Event.Start.IsZero() && !start.IsZero() {
		item.Event = content.Event{Start: start, Place: place}
		if end.After(start) {
			item.Event.End = end
		}
	}
	if end.After(last) {
		last = end
	}
	if item.Expires.IsZero() && !last.IsZero() {
		item.Expires = content.Date{Time: last, Source: fromText, Confidence: content.Medium}
	}
}

// sentences cuts a text at line ends and at stops that a space and no small letter follow.
func sentences(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		from := 0
		for i := 0; i+1 < len(line); i++ {
			if c := line[i]; (c == '.' || c == '!' || c == '?') && line[i+1] == ' ' && (i+2 >= len(line) || line[i+2] < 'a' || line[i+2] > 'z') {
				all = append(all, line[from:i+1])
				from = i + 1
			}
		}
		if s := strings.TrimSpace(line[from:]); s != "" {
			all = append(all, line[from:])
		}
	}
	return all
}

// What perishes, and how its last day is said. All are folded: no accents, apostrophes part.
var (
	perishable = wordSet(`offre offres promo promos promotion promotions soldes solde remise remises reduction reductions tarif tarifs rabais destockage
		inscription inscriptions inscrire inscrivez inscrits candidature candidatures candidater candidatez dossier dossiers reservez reservation reservations participez participation
		concours appel postulez postuler deposez deposer sondage enquete repondez repondre votez voter vote votes billet billets billetterie valable valables valide valides profitez profiter
		souscrivez souscription commandez commande precommande prevente exposition adherez
		offer offers sale sales discount discounts promotion promotions promo deal deals voucher valid register registration registrations sign enrol enroll enrolment
		enrollment apply applications application submit submission submissions entries enter book booking bookings rsvp tickets ticket vote votes voting survey exhibition subscribe order preorder nominations nominate`)
	lasting = wordSet("garantie garanti garantis garanties guarantee guaranteed warranty histoire historique history bail brevet patent")

	untilWords = phrasesOf("jusqu au", "jusqu a", "avant le", "avant", "au plus tard le", "au plus tard", "d ici le", "d ici au", "d ici a", "d ici", "se termine le", "se terminent le", "se terminera le",
		"prend fin le", "prennent fin le", "prendra fin le", "expire le", "expirent le", "expirera le", "s acheve le", "s achevera le", "dernier delai", "cloture le", "cloture des inscriptions le",
		"cloturees le", "fermeture des inscriptions le", "fin des inscriptions le", "until", "till", "through", "by", "before", "no later than", "not later than", "ends on", "end on", "ends",
		"closes on", "closes", "close on", "expires on", "expires")
	limitWords = phrasesOf("date limite", "date de cloture", "date de fin", "dernier jour", "closing date", "deadline", "last day", "last date", "valid through", "end date")

	// announced are words by which something to come is announced; reports are words of what is over.
	announced = phrasesOf("retrouvez", "rejoignez", "venez", "rendez vous", "rdv", "inscrivez", "inscription", "inscriptions", "reservez", "aura lieu", "auront lieu", "a lieu", "ont lieu", "se tiendra",
		"se tiendront", "se tient", "se deroulera", "se derouleront", "ouvre ses portes", "ouvrent leurs portes", "ouvrira ses portes", "vous attend", "vous attendons", "vous accueille", "vous accueillera", "save the date", "nous serons", "portes ouvertes",
		"participez", "ne manquez pas", "accueillera", "vous invite", "vous invitons", "vous donne", "join us", "meet us", "visit us", "come and", "come to", "register", "rsvp", "will take place",
		"will be held", "takes place", "see you", "find us", "we will be", "we ll be", "open day", "open days", "open house", "booth", "invites you", "invite you", "don t miss")
	reports = phrasesOf("s est tenu", "s est tenue", "se sont tenus", "se sont tenues", "se sont tenu", "a eu lieu", "ont eu lieu", "etait", "etaient", "s est deroule", "s est deroulee", "se sont deroules", "se sont deroulees", "retour sur",
		"retour en images", "bilan", "hier", "a reuni", "ont reuni", "a accueilli", "ont accueilli", "ont participe", "a participe", "a attire", "ont attire", "a recompense", "ont recompense", "a distingue", "ont remporte", "a remporte", "ont gagne", "a gagne", "a designe", "won", "awarded", "a recu", "avons recu", "avons forme", "ont permis", "a permis", "a dure", "ont dure", "avait", "avaient", "fut", "furent",
		"compte rendu", "depuis", "replay", "was", "were", "took place", "has been", "have been", "had", "recap", "looking back", "look back", "yesterday", "since", "attended", "highlights", "ran from", "ran until", "minutes of")
	titleReports = phrasesOf("retour sur", "retour en images", "compte rendu", "replay", "revivez", "recap", "looking back", "look back", "highlights", "minutes of", "s est tenu", "s est tenue", "a eu lieu", "ont eu lieu", "took place", "resultats du", "resultats de", "les resultats", "laureats", "les gagnants", "palmares", "winners", "results of")
	happenings   = wordSet(`salon salons webinaire webinaires conference conferences seminaire seminaires colloque forum journee journees atelier ateliers exposition concert inauguration visite visites reunion
		reunions congres portes ouvertes festival ceremonie soiree fete marche rencontre rencontres assemblee kermesse vernissage brocante collecte portesouvertes jobdating
		fair show webinar conference seminar workshop exhibition opening congress meetup summit breakfast tour party meeting expo open event evenement`)
)

func (d *dayReader) find(of phrases) bool {
	for i := range d.words {
		if d.any(i, of) > 0 {
			return true
		}
	}
	return false
}

func (d *dayReader) has(set map[string]bool) bool {
	for _, w := range d.words {
		if set[w.s] {
			return true
		}
	}
	return false
}

// deadline is the last day of what a sentence offers or asks for, zero when it gives none.
func (d *dayReader) deadline(title *dayReader) (last time.Time) {
	if !d.has(perishable) && !title.has(perishable) || d.has(lasting) || d.find(reports) {
		return last
	}
	for i := range d.words {
		var when time.Time
		ok := false
		switch {
		case d.any(i, limitWords) > 0: // "date limite de dépôt des dossiers : 12 mars"
			from := i + d.any(i, limitWords)
			for j := from; j < min(len(d.words), from+8) && !ok; j++ {
				when, ok = d.day(j)
			}
		case d.any(i, untilWords) > 0:
			if when, ok = d.day(i + d.any(i, untilWords)); !ok && d.is(i, "avant le") {
				when, ok = d.day(i + 1)
			}
		default:
			_, when, _, ok = d.span(i) // "soldes du 8 janvier au 4 février"
		}
		if ok && when.After(last) && !when.Before(d.near) {
			last = when
		}
	}
	return last
}

// day reads a date or a day told from the one of writing, after an article.
func (d *dayReader) day(i int) (time.Time, bool) {
	if t, _, ok := d.date(i); ok {
		return t, true
	}
	if d.at(i) == "au" || d.at(i) == "le" {
		i++
	}
	if t, _, ok := d.relative(i); ok {
		return t, true
	}
	if w, is := weekdays[d.at(i)]; is && !d.near.IsZero() && d.number(i+1, 2) < 0 { // "jusqu'à vendredi"
		n := (int(w) - int(d.near.Weekday()) + 7) % 7
		return time.Date(d.near.Year(), d.near.Month(), d.near.Day()+n, 0, 0, 0, 0, time.UTC), true
	}
	return time.Time{}, false
}

// happening is the event that a sentence announces: its first and last day, and the word after them.
func (d *dayReader) happening(title *dayReader) (start, end time.Time, next int, sure bool) {
	loud := d.find(announced)
	if !loud && !d.has(happenings) || d.find(reports) {
		return start, end, 0, false
	}
	// A date alone is the event's where the title is; a sentence has to announce it.
	of := loud || d.text == title.text || len(d.words) <= 12 && (title.has(happenings) || title.find(announced)) && !datesItself(d.text, d.lang, false)
	today := time.Date(d.near.Year(), d.near.Month(), d.near.Day(), 0, 0, 0, 0, time.UTC)
	for i := range d.words {
		if from, to, after, ok := d.span(i); ok && of {
			start, end, next = from, to, after
			break
		}
		if t, after, ok := d.date(i); ok && of && d.given(i) && !t.Equal(today) {
			start, end, next = t, t, after
			break
		}
		if t, after, ok := d.relative(i); ok && d.meant(i, after, loud) {
			start, end, next = t, t, after
			break
		}
	}
	switch {
	case start.IsZero(), !d.near.IsZero() && end.Before(d.near.AddDate(0, 0, -1)):
		return start, end, 0, false // nothing is announced after it was
	case d.near.IsZero() && !loud:
		return start, end, 0, false
	}
	return start, end, next, true
}

// given tells whether a date is the day of something, and not its beginning or its end.
func (d *dayReader) given(i int) bool {
	for back := 1; back <= 4 && i-back >= 0; back++ {
		if n := d.any(i-back, untilWords); n > 0 && n >= back {
			return false
		}
		switch d.at(i - back) {
		case "depuis", "since", "ne", "nee", "born", "fonde", "fondee", "founded", "publie", "publiee", "published", "posted", "jour", "updated":
			return false
		}
	}
	return true
}

// meant tells whether a relative day is a day, and not a word for the future: the factory of tomorrow.
func (d *dayReader) meant(i, next int, loud bool) bool {
	before := d.at(i - 1)
	switch {
	case before == "de" || before == "d" || before == "pour" || before == "of" || before == "for" || before == "dès" || d.at(next) == "s":
		return false
	case strings.HasSuffix(before, "er") || strings.HasSuffix(before, "ir") || strings.HasSuffix(before, "re"): // inventer demain
		return false
	case loud || happenings[before]:
		return true
	}
	switch d.at(next) {
	case "a", "at", "matin", "soir", "midi", "apres", "morning", "evening", "afternoon", "noon":
		return true
	}
	return d.number(next, 2) >= 0
}

var (
	placeWords = regexp.MustCompile(`^[\s,]*(?:(?:de|from|à|at)\s+\d{1,2}[\dh:.\s]*(?:(?:à|to|-|–)\s*\d{1,2}[\dh:.]*)?[\s,]*(?:am|pm)?[\s,]*)?(?:à la |à l['’]|à |au |aux |at the |at |in )?(\p{Lu}[\p{L}\d'’-]*(?:\s+(?:de la |des |de |du |d['’]|la |le |les |of |the |and |et )?\p{Lu}[\p{L}\d'’-]*){0,6})`)
	placeLine  = regexp.MustCompile(`(?m)^\s*(?:Lieu|Où|Adresse|Place|Venue|Where|Location)\s?[:：]\s?(.{3,150})$`)
)

// placeAfter is the place that stands after a date: "du 3 au 5 février 2027 à Paris Expo".
func placeAfter(s string, words []word, next int) string {
	if next <= 0 || next > len(words) {
		return ""
	}
	rest := s[words[next-1].to:]
	m := placeWords.FindStringSubmatchIndex(rest)
	if m == nil || strings.TrimSpace(rest[:m[2]]) == "" || strings.TrimSpace(rest[:m[2]]) == "," {
		return "" // a new thought begins with a capital letter too
	}
	return oneLine(rest[m[2]:m[3]], 200)
}
