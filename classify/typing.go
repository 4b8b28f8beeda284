package classify

import (
	"math"
	"slices"
	"strings"
	"time"
)

// typing is what an item is, with the candidates that came close.
type typing struct {
	id         string
	others     []string
	confidence float64
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

// Points of evidence, doubled so that half points stay whole (domain 1.1).
const (
	pointsURL   = 8
	pointsTitle = 8
	pointsCrumb = 8
	pointsFile  = 6
	pointsHead  = 4
	pointsBody  = 2 // a cue, three of them at most
	pointsShape = 4
	winner      = 10 // what the first must reach
	margin      = 4  // what it must be ahead of the second
)

// sortType adds up the evidence for each type.
func (p *page) sortType() typing {
	score := make([]int, len(types))
	for i := range types {
		score[i] = p.cuePoints(&cues[i], types[i].Negative)
	}
	for _, s := range p.item.Schema {
		if t, ok := schemaTypes[s]; ok {
			score[typeIndex[t.id]] += 2 * t.points
		}
	}
	p.shapePoints(score)
	p.settle(score)

	order := make([]int, len(types))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return score[b] - score[a] })
	first, second := score[order[0]], score[order[1]]
	t := typing{id: Other}
	if p.wins(order[0], order[1], first, second) {
		t.id = types[order[0]].ID
		order = order[1:]
		t.confidence = math.Min(1, float64(first)/28+float64(first-second)/40)
	} else {
		t.confidence = math.Min(.5, float64(first)/40)
	}
	t.confidence = math.Round(t.confidence*100) / 100
	for _, i := range order[:2] {
		if score[i] >= winner-4 {
			t.others = append(t.others, types[i].ID)
		}
	}
	return t
}

// wins tells whether the first candidate is ahead clearly enough. One strong word in the title is
// enough where nothing speaks against it.
func (p *page) wins(a, b, first, second int) bool {
	switch {
	case first >= winner+4:
		return first > second
	case first >= winner:
		return first-second >= margin || first > second && p.related(a, b)
	}
	return first >= pointsTitle && second <= pointsTitle/2
}

// cuePoints adds the words found for one type, once per place.
func (p *page) cuePoints(c *cueLists, negative bool) int {
	var at [inRest + 1]int // the best cue by place
	note := func(list listID, weak bool) {
		p.each(list, func(f *field, h *hit) bool {
			points := 0
			switch f.spot {
			case inTitle, inH1:
				points = pointsTitle
			case inCrumb:
				points = pointsCrumb
			case inFile:
				points = pointsFile
			case inHeading, inCover:
				points = pointsHead
			case inDescription:
				points = pointsBody
			}
			if weak {
				points /= 2
			}
			spot := f.spot
			if spot == inH1 {
				spot = inTitle
			}
			at[spot] = max(at[spot], points)
			return true
		})
	}
	note(c.strong, false)
	note(c.weak, true)
	if p.has(c.url) {
		p.each(c.url, func(f *field, h *hit) bool {
			if f.spot == inURL && (!negative || wholeSegment(f.low, int(h.start), int(h.end))) {
				at[inURL] = pointsURL
			}
			return at[inURL] == 0
		})
	}
	inBody := func(f *field) bool { return f.spot == inText || f.spot == inHeading && false }
	n := 2*p.count(c.strong, inBody) + 2*p.count(c.body, inBody) + p.count(c.weak, inBody)
	sum := min(n*pointsBody/2, 3*pointsBody)
	inWords := p.count(c.body, inBody) >= 2 || at[inTitle]+at[inFile]+at[inHeading]+at[inCover] > 0
	for _, points := range at {
		sum += points
	}
	// a breadcrumb and an address that say the same are one witness
	if at[inCrumb] > 0 && at[inURL] > 0 {
		sum -= pointsURL / 2
	}
	if negative && !inWords {
		sum = min(sum, winner-4) // where it lies says who reads it, not what it is
	}
	return sum
}

// wholeSegment tells whether low[start:end] is a whole segment of an address: /connexion/ is the page
// that signs in, /connexion-d-urgence/ is an article.
func wholeSegment(low string, start, end int) bool {
	edge := func(c byte) bool {
		return c == '/' || c == '.' || c == '?' || c == '=' || c == ':' || c == '&' || c == '#'
	}
	return (start == 0 || edge(low[start-1])) && (end == len(low) || edge(low[end]) || isDigit(low[end]))
}

// shapePoints adds what the structure says.
func (p *page) shapePoints(score []int) {
	add := func(id string, points int) { score[typeIndex[id]] += points }
	s := &p.item.Shape
	if p.text.questions >= 3 {
		add("faq", 2*pointsShape)
	}
	if p.asks() {
		add("explainer", pointsShape)
	}
	if p.text.words >= 500 && p.hasAuthor() {
		add("expert_article", pointsShape)
	}
	if s.OrderedLists > 0 && score[typeIndex["how_to"]] > 0 {
		add("how_to", pointsShape)
	}
	if p.format == "listing" {
		add("listing_page", winner+pointsShape)
	}
	if s.Passwords > 0 && p.text.words < 120 {
		add("system_page", winner+pointsShape)
	}
	if p.text.figures >= 5 && score[typeIndex["key_figures"]] > 0 {
		add("key_figures", pointsShape)
	}
	if p.text.figures > 0 && score[typeIndex["case_study"]] > 0 {
		add("case_study", pointsShape/2)
	}
	if p.text.quotes > 0 && score[typeIndex["testimonial"]] > 0 {
		add("testimonial", pointsShape)
	}
	if _, ok := p.subject(); ok {
		for _, id := range []string{"people_portrait", "appointment"} {
			if score[typeIndex[id]] > 0 {
				add(id, pointsShape)
			}
		}
		if score[typeIndex["people_portrait"]] == 0 && score[typeIndex["appointment"]] == 0 && p.text.quotes > 0 {
			add("people_portrait", pointsShape)
		}
	}
	for _, e := range p.item.Embeds {
		if (e.Kind == "video" || e.Kind == "audio") && score[typeIndex["webinar_podcast"]] > 0 {
			add("webinar_podcast", pointsShape)
			break
		}
	}
	if !p.item.Event.Start.IsZero() {
		add("event_upcoming", winner)
	}
	if p.jobToken() {
		add("job_offer", 2*pointsShape)
		score[typeIndex["training"]] -= pointsShape
		score[typeIndex["employer_brand"]] -= pointsShape
	}
	if p.dateline() {
		add("press_release", pointsShape)
	}
	if p.format == "photo_album" {
		add("internal_life", pointsShape/2)
		add("event_recap", pointsShape/2)
	}
	if p.attendees() {
		add("minutes", 2*pointsShape)
	}
	if p.format == "slides" || p.format == "pdf_document" {
		if p.item.Pages > 6 && score[typeIndex["white_paper"]] > 0 {
			add("white_paper", pointsShape)
		}
	}
	if n := p.phoneCount(); n >= 5 {
		add("directory_orgchart", pointsShape)
		if n >= 10 {
			add("directory_orgchart", winner)
		}
	}
}

// settle solves the contests that words alone cannot: an event in the past is not upcoming, an
// announcement of a past one is not a report of it.
func (p *page) settle(score []int) {
	up, recap := typeIndex["event_upcoming"], typeIndex["event_recap"]
	if score[up] > 0 {
		when := p.eventDate()
		switch {
		case !when.IsZero() && when.Before(startOfDay(p.day)):
			if score[recap] >= pointsTitle {
				score[recap] += score[up] / 2
				score[up] = 0
			}
		case !when.IsZero():
			score[up] += pointsShape
			if score[recap] > 0 {
				score[recap] -= pointsShape
			}
		case score[recap] >= pointsTitle:
			score[recap] += score[up] / 2
			score[up] = 0
		}
	}
	// a replay of a webinar is no webinar to come; a job at a place is not that place's news
	if i := typeIndex["webinar_podcast"]; score[i] >= winner {
		score[up] = min(score[up], score[i]-margin)
	}
	if i := typeIndex["job_offer"]; score[i] >= winner {
		for _, id := range []string{"employer_brand", "training", "product_page", "people_portrait", "safety", "research"} {
			score[typeIndex[id]] = min(score[typeIndex[id]], score[i]-margin)
		}
	}
	// the general gives way to the particular
	for _, pair := range [][2]string{
		{"expert_article", ""}, {"product_page", ""}, {"press_release", ""}, {"listing_page", ""},
	} {
		i := typeIndex[pair[0]]
		for k := range types {
			if k != i && pair[0] != "listing_page" && score[k] >= winner && score[i] > 0 && score[k]+2 >= score[i] && score[k] < score[i]+margin {
				score[i] = score[k] - margin
			}
		}
	}
	// what explains a payslip is no payslip
	if i := typeIndex["personal_hr_doc"]; score[i] > 0 && p.teaches() && len(p.people) == 0 {
		score[i] /= 3
		score[typeIndex["how_to"]] += pointsTitle
	}
	if i := typeIndex["listing_page"]; p.format == "listing" {
		for k := range score {
			if k != i {
				score[k] = min(score[k], score[i]-margin)
			}
		}
	}
	// an inside document is what its closed type says, whatever its subject
	for _, id := range []string{"minutes", "personal_hr_doc", "contract_finance_doc"} {
		if i := typeIndex[id]; score[i] >= winner && !p.public {
			score[i] += margin
		}
	}
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

// related tells whether two types are so near that the better of them is right enough.
func (p *page) related(a, b int) bool {
	pair := func(x, y string) bool {
		return types[a].ID == x && types[b].ID == y || types[a].ID == y && types[b].ID == x
	}
	return types[a].Negative && types[b].Negative || pair("event_upcoming", "event_recap") || pair("how_to", "explainer") || pair("product_page", "product_launch") ||
		pair("case_study", "testimonial") || pair("people_portrait", "testimonial") || pair("csr_commitment", "sponsorship_local") || pair("csr_commitment", "award_cert") ||
		pair("employer_brand", "job_offer") || pair("behind_scenes", "site_news") || pair("safety", "how_to") || pair("research", "partnership")
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

// dateline finds the "Paris, le 3 avril 2026 –" that opens a statement to the press.
func (p *page) dateline() bool {
	if p.body < 0 {
		return false
	}
	low := cut(p.fields[p.body].low, 160)
	i := strings.Index(low, ", le ")
	return i > 2 && i < 60 && i+6 < len(low) && isDigit(low[i+5])
}

// attendees finds the list of who was there.
func (p *page) attendees() bool {
	if p.body < 0 {
		return false
	}
	low := p.fields[p.body].low
	for _, s := range []string{"presents :", "presents:", "excuses :", "excuses:", "attendees:", "attendees :", "present:", "apologies:", "absents :"} {
		if k := strings.Index(low, s); k == 0 || k > 0 && (low[k-1] == '\n' || k > 1 && low[k-2] == '.') {
			return true
		}
	}
	return false
}

// eventDate is the last day of the event: what the page declares, or the last date that its title
// or its text gives.
func (p *page) eventDate() time.Time {
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
