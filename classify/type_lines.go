package classify

import "strings"

// lineShape counts what the lines of a text begin with, and how it speaks.
type lineShape struct {
	figures  int // lines that begin with an amount: "98 % of deliveries on time"
	years    int // … with a year: "1921: the workshop opens"
	moments  int // … with a moment of a recording: "04:12 Introduction"
	weekdays int // … with different days of the week
	rubrics  int // … with a name before a colon or a full stop: "Sites: Barrow reopens on Monday"
	values   int // short lines that give a thing its value: "Weight: 17 kg"
	asked    int // … with a question that the same line answers, or a Q
	orders   int // sentences that tell the reader what to do
}

const (
	longText   = 1 << 15 // bytes that are looked at
	longLine   = 160
	longRubric = 24
)

// lines reads the text once.
func (p *page) lines() (s lineShape) {
	if p.body < 0 {
		return s
	}
	english := strings.HasPrefix(p.item.Language, "en")
	days := uint8(0)
	text := cut(p.fields[p.body].low, longText)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && !isLetter(line[0]) {
			line = strings.TrimLeft(line, "-–•* ")
		}
		if line == "" {
			continue
		}
		s.orders += ordersIn(line, english)
		switch c := line[0]; {
		case isDigit(c) || c == '+' || c == '$' || strings.HasPrefix(line, "£") || strings.HasPrefix(line, "€"):
			s.countNumber(line)
			continue
		case c == 'q' && len(line) > 2 && (line[1] == '.' || line[1] == ':' || line[1] == ' ' && line[2] == ':'):
			s.asked++
			continue
		}
		if i := strings.IndexAny(line, "?.!:"); i > 0 {
			switch rest := line[i+1:]; {
			case line[i] == '?':
				if len(rest) > 20 {
					s.asked++
				}
			case line[i] == '!' || len(rest) < 2 || rest[0] != ' ':
			case len(line) <= 60 && line[i] == ':' && strings.ContainsAny(rest, "0123456789"):
				s.values++
			case i <= longRubric && len(rest) > 20:
				s.rubrics++
			}
		}
		if day := weekday(line); day > 0 {
			days |= 1 << day
		}
	}
	for ; days > 0; days &= days - 1 {
		s.weekdays++
	}
	return s
}

// countNumber notes a line that begins with a number.
func (s *lineShape) countNumber(line string) {
	digits := strings.TrimLeft(line, "+$£€ ")
	n := 0
	for n < len(digits) && isDigit(digits[n]) {
		n++
	}
	rest := digits[n:]
	switch {
	case n == 0 || rest == "":
	case n <= 2 && len(rest) > 2 && rest[0] == ':' && isDigit(rest[1]) && isDigit(rest[2]):
		s.moments++
	case n == 4 && (digits[0] == '1' || digits[:2] == "20") && strings.ContainsAny(rest[:min(len(rest), 4)], ":–—-"):
		s.years++
	case len(line) > longLine || len(rest) < 3:
	case rest[0] == '.' && rest[1] == ' ' || rest[0] == ')' || rest[0] == '/' || rest[0] == '-' || rest[0] == 'h':
	case n <= 2 && monthAt(strings.TrimLeft(rest, " er")):
	default:
		s.figures++
	}
}

func monthAt(s string) bool {
	for _, m := range []string{"jan", "fev", "feb", "mar", "avr", "apr", "mai", "may", "jui", "jun", "jul", "aou", "aug", "sep", "oct", "nov", "dec"} {
		if strings.HasPrefix(s, m) {
			return true
		}
	}
	return false
}

// weekday tells which day of the week a line begins with, from 1; 0 for none.
func weekday(line string) int {
	if line == "" || strings.IndexByte("lmjvtwf", line[0]) < 0 {
		return 0
	}
	for i, d := range []string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "monday", "tuesday", "wednesday", "thursday", "friday"} {
		if strings.HasPrefix(line, d) && (len(line) == len(d) || !isWord(line[len(d)])) {
			return i%5 + 1
		}
	}
	return 0
}

// ordersIn counts the sentences of a line that tell the reader what to do: French ones begin with a verb in -ez, but
// for those that ask for a click, English ones with the bare verb.
func ordersIn(line string, english bool) (n int) {
	for len(line) > 0 {
		word := line
		for i := range len(line) {
			if orderEnds[line[i]] {
				word = line[:i]
				break
			}
		}
		switch {
		case english:
			if orderWords[word] {
				n++
			}
		case len(word) > 4 && strings.HasSuffix(word, "ez") && !askWords[word] || strings.HasPrefix(line, "ne ") && strings.Contains(line[:min(len(line), 20)], "ez "):
			n++
		}
		i := 0
		for i < len(line) && !sentenceEnds[line[i]] {
			i++
		}
		if i == len(line) {
			return n
		}
		line = strings.TrimLeft(line[i+1:], " ")
	}
	return n
}

// orderEnds end a word, sentenceEnds a sentence that may be an order.
var orderEnds, sentenceEnds = bytesOf(" ,.;:!?'-"), bytesOf(".!?:")

// bytesOf is a set of bytes.
func bytesOf(s string) (t [256]bool) {
	for i := range len(s) {
		t[s[i]] = true
	}
	return t
}

var orderWords = setOf("add always allow apply avoid bring carry change check choose clean close compare connect consider cover cut do don dry empty ensure fill follow give have hold insert install keep leave let lift look make measure mix move never open place plan plug pour press prepare put read record remember remove repeat replace rinse run save select set shake start stay stop store switch take test tighten try turn unplug use wait walk wash watch wear wipe write")

var askWords = setOf("assez abonnez appelez cliquez consultez contactez decouvrez demandez donnez ecoutez ecrivez envoyez inscrivez participez partagez postulez profitez regardez rejoignez reservez retrouvez revivez sachez telechargez venez visitez voyez vivez")

// linePoints adds to shape what the lines say, in quarters of a finding.
func (p *page) linePoints(points []int, add func(string, int)) {
	spoken := func(id string) bool { return points[typeIndex[id]] > 0 }
	s := p.lines()
	if s.figures >= 4 && p.text.words < 400 {
		add("key_figures", 6)
	}
	if s.years >= 4 {
		add("history", 6)
	}
	if s.moments >= 3 {
		add("webinar_podcast", 6)
	}
	if s.weekdays >= 3 && p.text.words < 200 {
		add("service_info", 8)
	}
	if s.rubrics >= 4 && spoken("internal_newsletter") {
		add("internal_newsletter", 6)
	}
	if s.values >= 4 && spoken("product_page") {
		add("product_page", 4)
	}
	if s.asked >= 3 && p.text.questions < 3 {
		add("faq", 8)
	}
	if s.orders >= 3 && s.orders*60 >= p.text.words {
		best := "how_to" // but where the orders are those of another type
		for _, id := range []string{"safety", "it_doc"} {
			if points[typeIndex[id]] >= max(3, points[typeIndex[best]]-2) {
				best = id
			}
		}
		add(best, 6)
	}
	if p.mostlyQuoted() {
		add("testimonial", 6)
	}
}

// mostlyQuoted tells whether what the page says is, for the most part, between quotation marks.
func (p *page) mostlyQuoted() bool {
	if p.body < 0 || p.text.words > 400 {
		return false
	}
	text, within := p.fields[p.body].raw, 0
	for rest := text; ; {
		i := firstOf(rest, "«", "“")
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		k := firstOf(rest, "»", "”")
		if k < 0 {
			break
		}
		within += k
		rest = rest[k+1:]
	}
	return within > 40 && within*10 >= len(text)*5
}

// firstOf is where a plain quotation mark or one of two others stands first, -1 when none does.
func firstOf(s, a, b string) int {
	at := strings.IndexByte(s, '"')
	for _, mark := range []string{a, b} {
		if at >= 0 {
			s = s[:at]
		}
		if i := strings.Index(s, mark); i >= 0 {
			at = i
		}
	}
	return at
}

// callsOn tells whether a text says again and again that there is more to read elsewhere, as under the entries of a list.
func (p *page) callsOn() bool {
	if p.body < 0 || p.text.words > 600 {
		return false
	}
	n := 0
	for _, w := range []string{"lire la suite", "read more", "lire l'article", "continue reading"} {
		n += strings.Count(p.fields[p.body].low, w)
	}
	return n >= 3 && n*40 >= p.text.words
}
