package classify

import "strings"

// What makes people stop and read: somebody speaks, a door is opened, a failure is told with what it taught, figures
// say where they come from. These rules praise and never close; they are the first of the reasons why.

var voiceRules = []Rule{
	{ID: "voice/people", Severity: Good, Source: "domain 1.2: testimonial, people_portrait",
		Says: Text{"Une personne parle en son nom : contenu humain", "Somebody speaks in their own name: human content"}, find: findSpeaker},
	{ID: "voice/backstage", Severity: Good, Source: "domain 1.2: behind_scenes",
		Says: Text{"Les coulisses : on voit comment c'est fait", "Behind the scenes: it shows how things are made"}, find: findBackstage},
	{ID: "voice/lesson", Severity: Good, Source: "domain 4.3: reasons are the product",
		Says: Text{"Un échec raconté avec sa leçon : contenu transparent", "A failure told with its lesson: transparent content"}, find: findLesson},
	{ID: "voice/figures", Severity: Good, Source: "domain 1.2: key_figures; domain 4.2: figure",
		Says: Text{"Des chiffres datés et sourcés", "Figures with their date and source"}, find: findSourcedFigures},
}

// findSpeaker wants the words of a person, and her name in the same text.
func findSpeaker(p *page) []finding {
	if p.document && p.sorted.id == Other || p.text.quotes == 0 {
		return nil
	}
	for _, q := range p.people {
		if p.fields[q.field].spot == inText {
			return []finding{{field: q.field, start: q.start, end: q.end}}
		}
	}
	return nil
}

var (
	listBackstage = words.list("voice backstage")
	listFailure   = words.list("voice failure")
	listLearned   = words.list("voice learned")
	listSourced   = words.list("voice sourced")
)

// findBackstage wants the words where the item says what it is about.
func findBackstage(p *page) (found []finding) {
	p.each(listBackstage, func(f *field, h *hit) bool {
		if f.spot == inTitle || f.spot == inH1 || f.spot == inHeading || f.spot == inDescription {
			found = append(found, p.at(h))
		}
		return len(found) == 0
	})
	return found
}

// findLesson wants a failure in the title or a heading, and what was learned from it anywhere.
func findLesson(p *page) (found []finding) {
	p.each(listFailure, func(f *field, h *hit) bool {
		if f.spot == inTitle || f.spot == inH1 || f.spot == inHeading {
			found = append(found, p.at(h))
		}
		return len(found) == 0
	})
	if p.count(listLearned, func(f *field) bool { return inWords(p, f, nil) }) == 0 {
		return nil
	}
	return found
}

// findSourcedFigures wants three figures, and words that say where they come from with a year beside them.
func findSourcedFigures(p *page) (found []finding) {
	if p.text.figures < 3 {
		return nil
	}
	p.each(listSourced, func(f *field, h *hit) bool {
		if f.spot != inText {
			return true
		}
		line, _, _ := strings.Cut(cut(f.low[h.end:], 120), "\n")
		if yearIn(line) {
			found = append(found, p.at(h))
		}
		return len(found) == 0
	})
	return found
}

// yearIn tells whether words hold a year from 1990 to 2099.
func yearIn(low string) bool {
	for _, w := range splitWords(low) {
		if len(w) == 4 && (strings.HasPrefix(w, "199") || strings.HasPrefix(w, "20")) && number(w) > 0 {
			return true
		}
	}
	return false
}
