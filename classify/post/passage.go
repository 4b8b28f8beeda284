package post

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/classify"
	"filon/crawler/content"
)

// Bounds of what is worth quoting, in characters.
const (
	shortestPassage = 40
	shortestFigure  = 20 // of a sentence with a figure
	shortestSaid    = 16 // of a quotation whose speaker is named
	longestPassage  = 280
	mostPassages    = 3
	searched        = 256 << 10 // bytes of the text that are looked at
)

// locate finds where in the item a line stands whose white space was made plain.
func locate(item content.Item, line string) Passage {
	for _, field := range []struct{ name, text string }{{"description", item.Description}, {"text", item.Text}, {"title", item.Title}, {"h1", item.H1}} {
		if from, to, ok := classify.FindLine(field.text, line); ok {
			return Passage{Text: line, Where: field.name, From: from, To: to}
		}
	}
	return Passage{Text: line, Where: "title"}
}

// span is a sentence of a text, without the white space around it.
type span struct{ from, to int }

// sentencesOf cuts a text at the ends of lines and of sentences.
func sentencesOf(text string) []span {
	text = text[:min(len(text), searched)]
	var all []span
	start := 0
	cut := func(end int) {
		from, to := start, end
		for from < to && isSpaceByte(text[from]) {
			from++
		}
		for to > from && isSpaceByte(text[to-1]) {
			to--
		}
		if to > from {
			all = append(all, span{from, to})
		}
		start = end
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			cut(i)
		case '.', '!', '?':
			if i+1 < len(text) && text[i+1] == ' ' && endsSentence(text, start, i) {
				cut(i + 1)
			}
		}
	}
	cut(len(text))
	return all
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// endsSentence tells whether the mark at i ends a sentence: no short form before it, a capital, a figure
// or a quotation mark after.
func endsSentence(text string, start, i int) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:min(len(text), i+12)], " \u00a0\u202f"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '«' && r != '"' && r != '“' && r != '–' && r != '-' {
		return false
	}
	k := strings.LastIndexAny(text[start:i], " \n(") + 1
	word := text[start:i][k:]
	return utf8.RuneCountInString(word) > 2 || text[i] != '.'
}

// Quotes gives at most three passages that the item itself puts between quotation marks or sets apart as a
// quotation, long enough to be speech, with the speaker that it names. They stand in the item's text, and no word of them blocks or
// asks by its verdict.
func Quotes(item content.Item, v classify.Verdict) []Passage {
	text := item.Text[:min(len(item.Text), searched)]
	may := v.Sayable(item)
	var all []Passage
	for i := 0; i < len(text) && len(all) < 4*mostPassages; {
		open, shut, at := nextQuote(text, i)
		if at < 0 {
			break
		}
		from := at + len(open)
		end := strings.Index(text[from:], shut)
		if end < 0 {
			i = from
			continue
		}
		to := from + end
		i = to + len(shut)
		who := speaker(text[i:min(len(text), i+200)])
		if who == "" {
			who = announcer(text[max(0, at-160):at])
		}
		if speech(text[from:to], who) && may(text[at:i]) {
			line := strings.Join(strings.Fields(text[at:i]), " ")
			all = append(all, Passage{Text: line, Where: "text", From: at, To: i, Speaker: who})
		}
	}
	for _, q := range item.Quotes { // what the page sets apart has its speaker beside it
		who := q.Speaker
		if classify.Mask(who) != who {
			who = ""
		}
		from, to, ok := classify.FindLine(text, q.Text)
		if !ok {
			continue
		}
		at := slices.IndexFunc(all, func(p Passage) bool { return p.From < to && p.To > from })
		switch {
		case at >= 0 && all[at].Speaker == "":
			all[at].Speaker = who
		case at < 0 && who != "" && speech(text[from:to], who) && may(text[from:to]):
			all = append(all, Passage{Text: q.Text, Where: "text", From: from, To: to, Speaker: who})
		}
	}
	slices.SortStableFunc(all, func(a, b Passage) int { return a.From - b.From })
	return all[:min(len(all), mostPassages)]
}

// speech tells whether a passage is worth quoting: neither a word nor a speech, without what must be masked. It may be shorter
// when the text names who said it.
func speech(said, who string) bool {
	said = strings.TrimSpace(said)
	n, words := utf8.RuneCountInString(said), len(strings.Fields(said))
	return (n >= shortestPassage && words >= 7 || who != "" && n >= shortestSaid && words >= 4) && n <= longestPassage && !strings.Contains(said, "\n\n") && classify.Mask(said) == said && !classify.NamesInside(said)
}

func nextQuote(text string, from int) (open, shut string, at int) {
	at = -1
	for _, pair := range [][2]string{{"«", "»"}, {"“", "”"}} {
		if k := strings.Index(text[from:], pair[0]); k >= 0 && (at < 0 || from+k < at) {
			open, shut, at = pair[0], pair[1], from+k
		}
	}
	return open, shut, at
}

// speaker reads who spoke from what follows a quotation: ", résume Élodie Marchand, responsable de
// production." It gives the words as they stand, "" when the text does not say it there.
func speaker(after string) string {
	if who := signed(after); who != "" {
		return who
	}
	after = strings.TrimLeft(after, " ,.\u00a0\u202f")
	for _, verb := range classify.Saying {
		rest, ok := strings.CutPrefix(after, verb+" ")
		if !ok {
			continue
		}
		name := ""
		words := strings.Fields(rest)
		for i, w := range words {
			bare := strings.TrimRight(w, ",.;:")
			r, _ := utf8.DecodeRuneInString(bare)
			if i >= 5 || !unicode.IsUpper(r) && bare != "de" && bare != "du" && bare != "van" && bare != "la" && bare != "le" {
				break
			}
			name = strings.TrimSpace(name + " " + bare)
			if bare != w {
				break
			}
		}
		if len(strings.Fields(name)) < 2 {
			return ""
		}
		// The function, up to the end of the clause.
		if role, ok := strings.CutPrefix(strings.Join(words, " "), name+", "); ok {
			if end := strings.IndexAny(role, ".,;:«("); end > 0 && end <= 80 {
				return name + ", " + role[:end]
			}
		}
		return name
	}
	return ""
}

// signed reads a line of its own after a quotation, or the rest of its line, that begins with a dash:
// "— Yann Kerouac, patron".
func signed(after string) string {
	after = strings.TrimLeft(after, " \n\u00a0\u202f")
	rest, ok := strings.CutPrefix(after, "—")
	if !ok {
		if rest, ok = strings.CutPrefix(after, "–"); !ok {
			if rest, ok = strings.CutPrefix(after, "- "); !ok {
				return ""
			}
		}
	}
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.Join(strings.Fields(line), " ")
	words := strings.Fields(line)
	if len(words) < 2 || utf8.RuneCountInString(line) > 100 || !isName(words[0]) || !isName(strings.TrimRight(words[1], ",")) {
		return ""
	}
	return strings.TrimRight(line, " .,;")
}

// announcer reads who speaks from what stands before a quotation: "Selon Paul Martin, directeur technique :",
// "Paul Martin, technical director:".
func announcer(before string) string {
	if i := strings.LastIndexAny(before, "\n.!?»”"); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		before = before[i+n:]
	}
	before = strings.TrimRight(before, " \u00a0\u202f")
	before, colon := strings.CutSuffix(before, ":")
	before = strings.TrimSpace(before)
	led := false
	for _, lead := range []string{"Selon ", "D'après ", "D’après ", "Pour ", "According to ", "For "} {
		if rest, ok := strings.CutPrefix(before, lead); ok {
			before, led = strings.TrimRight(rest, " ,"), true
			break
		}
	}
	if !colon && !led {
		return ""
	}
	words := strings.Fields(before)
	if len(words) < 2 || utf8.RuneCountInString(before) > 100 || !isName(words[0]) || !isName(strings.TrimRight(words[1], ",")) {
		return ""
	}
	name, role, ok := strings.Cut(before, ", ")
	if len(strings.Fields(name)) > 5 || ok && strings.ContainsAny(role, ",;") {
		return ""
	}
	return before
}

func isName(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && len(w) > n
}

// units make a number a figure worth showing.
var units = func() map[string]bool {
	all := map[string]bool{}
	for _, u := range strings.Fields(`% € euros euro k€ m€ millions million milliards milliard tonnes tonne kg personnes salariés salarié collaborateurs collaboratrices clients client heures heure
		jours ans sites pays mètres m² m³ km kwh mwh gwh litres emplois postes apprentis alternants bénévoles visiteurs adhérents machines pièces points arbres
		percent people employees customers hours days years countries liters jobs tons metres meters apprentices volunteers trees`) {
		all[u] = true
	}
	return all
}()

// Figures gives at most three sentences of the item's text that stand alone and give a number with its unit. No word of them blocks
// or asks by its verdict.
func Figures(item content.Item, v classify.Verdict) []Passage { return figures(item, v, "") }

// figures are sentences that stand alone and give a number with its unit.
func figures(item content.Item, v classify.Verdict, hook string) []Passage {
	var all []Passage
	text := item.Text
	may := v.Sayable(item)
	for _, s := range sentencesOf(text) {
		if len(all) == mostPassages {
			break
		}
		line := strings.Join(strings.Fields(text[s.from:s.to]), " ")
		n := utf8.RuneCountInString(line)
		whole := strings.ContainsRune("\n", before(text, s.from)) && strings.ContainsRune("\n", after(text, s.to))
		if n < shortestFigure || n > longestPassage || line == hook || !endsWell(line) && !(whole && tile(line)) || leansBack(line) || !hasFigure(line) || classify.Mask(line) != line || strings.Contains(line, "[masked:") || classify.NamesInside(line) || !may(line) {
			continue
		}
		all = append(all, Passage{Text: line, Where: "text", From: s.from, To: s.to})
	}
	return all
}

// before and after are the characters beside a place of a text; the ends of the text count as ends of lines.
func before(text string, at int) rune {
	if at == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], " \t\r"))
	return r
}

func after(text string, at int) rune {
	rest := strings.TrimLeft(text[at:], " \t\r")
	if rest == "" {
		return '\n'
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return r
}

// shareTold is a share at the beginning of a line with what came of it.
var shareTold = regexp.MustCompile(`(?i)^[+–−-]?[ \x{a0}\x{202f}]?\d[\d,.]*[ \x{a0}\x{202f}]?%.*\b(?:en moins|de moins|en plus|de plus|économis\pL*|gagn\pL*|less|fewer|more|lower|higher|saved|savings?)(?:[^\pL]|$)`)

// tile tells whether a line without a full stop says a result all the same: "21 % d'énergie en moins".
func tile(line string) bool {
	return utf8.RuneCountInString(line) <= 120 && shareTold.MatchString(line)
}

func endsWell(line string) bool {
	return strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "...") || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "»")
}

// leansBack tells whether a sentence begins with a word that needs the one before it.
func leansBack(line string) bool {
	first, _, _ := strings.Cut(strings.ToLower(line), " ")
	first, _, _ = strings.Cut(first, "’")
	first, _, _ = strings.Cut(first, "'")
	switch strings.Trim(first, "«“\"–-,") {
	case "il", "elle", "ils", "elles", "ce", "c", "cela", "ceci", "cette", "ces", "cet", "celui", "celle", "sa", "son", "ses", "leur", "leurs", "ainsi", "mais", "or", "donc", "car", "enfin", "puis", "ensuite", "aussi", "y", "en",
		"he", "she", "it", "they", "this", "that", "these", "those", "his", "her", "its", "their", "but", "so", "then", "thus", "however", "also", "and", "et":
		return true
	}
	return false
}

// hasFigure tells whether a line has a number followed by one of the units, a currency or a percent sign.
func hasFigure(line string) bool {
	words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || r == ';' })
	for i, w := range words {
		bare := strings.TrimRight(w, ".,:!»")
		digits := strings.IndexFunc(bare, unicode.IsDigit) >= 0
		if digits && strings.ContainsAny(bare, "%€$£") {
			return true
		}
		if !digits {
			continue
		}
		for k, next := range words[i+1 : min(len(words), i+4)] {
			next = strings.TrimRight(next, ".,:!»")
			if units[next] {
				if (next == "ans" || next == "years") && isAge(words, i, i+1+k) {
					break
				}
				return true
			}
			if strings.IndexFunc(next, unicode.IsDigit) < 0 && next != "de" && next != "d’euros" && next != "d'euros" {
				break
			}
			if next == "d’euros" || next == "d'euros" {
				return true
			}
		}
	}
	return false
}

// isAge tells whether a number of years, words[at] with its unit at words[unit], is how old somebody is: "le jour de ses 12 ans",
// "âgée de 12 ans", "À 12 ans, Angela…", "12 years old". What a house celebrates is none.
func isAge(words []string, at, unit int) bool {
	if unit+1 < len(words) && strings.HasPrefix(words[unit+1], "old") {
		return true
	}
	if at == 0 {
		return false
	}
	switch words[at-1] {
	case "ses", "mes", "tes", "leurs":
		return !slices.ContainsFunc(words[:at], func(w string) bool {
			return strings.HasPrefix(w, "fêt") || strings.HasPrefix(w, "célèbr") || strings.HasPrefix(w, "souffl")
		})
	case "de":
		return at > 1 && strings.HasPrefix(words[at-2], "âgé")
	case "aged":
		return true
	case "à":
		return at == 1 || strings.HasSuffix(words[at-2], ",")
	}
	return false
}

// hashtags makes hashtags of an item's tags, in their order: words joined, each with a capital. Tags that
// are sentences, begin with a number, hold a sign (100 % chêne) or name the structure of the site are left out, and so is the
// article of "l'été".
func hashtags(tags []string) []string {
	var all []string
	seen := map[string]bool{}
	for _, tag := range tags {
		words := strings.FieldsFunc(tag, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
		if len(words) > 1 && elided[strings.ToLower(words[0])] && strings.ContainsAny(tag, "'’") {
			words = words[1:]
		}
		if len(words) == 0 || len(words) > 4 || strings.ContainsAny(tag, "%€$£+=<>@/\\") || unicode.IsDigit([]rune(words[0])[0]) {
			continue
		}
		var b strings.Builder
		letters := false
		for _, w := range words {
			r, n := utf8.DecodeRuneInString(w)
			letters = letters || unicode.IsLetter(r)
			b.WriteRune(unicode.ToUpper(r))
			b.WriteString(w[n:])
		}
		s := b.String()
		low := strings.ToLower(s)
		if n := utf8.RuneCountInString(s); n < 3 || n > 30 || !letters || seen[low] || structure[low] || classify.Mask(tag) != tag {
			continue
		}
		seen[low] = true
		all = append(all, "#"+s)
	}
	return all
}

// elided are the words of one letter before a French apostrophe.
var elided = map[string]bool{"l": true, "d": true}

// structure are tags that say where a page stands in its site, not what it is about.
var structure = map[string]bool{"nonclassé": true, "nonclasse": true, "uncategorized": true, "actualités": true, "actualites": true, "actualité": true, "news": true, "blog": true, "article": true,
	"articles": true, "alaune": true, "une": true, "home": true, "accueil": true, "divers": true, "featured": true, "misc": true}
