package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// The numbers of lists and headings stand nowhere in the text of a DOCX file: a program counts them (ECMA-376 part 1,
// 17.9). A reader who is told of article 3 has to find it.

// wordEntry is what a paragraph or a style says of its place in a list.
type wordEntry struct {
	list  string // numbering id; "" in none, "0" taken out of one
	level int
}

// with reads one more word of it.
func (l wordEntry) with(e xml.StartElement) wordEntry {
	v := xmlAttr(e, "*", "val")
	if e.Name.Local == "numId" {
		l.list = v
	} else if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < 9 {
		l.level = n
	}
	return l
}

// wordLevel is one level of a list: %1.%2 in a format, from a first number.
type wordLevel struct {
	format, text string
	first        int
}

// wordLists are the lists of a document, and where each has got to.
type wordLists struct {
	levels map[string]*[9]wordLevel // by abstract list
	lists  map[string]string        // numbering id to abstract list
	starts map[string]map[int]int   // by numbering id: levels that begin anew with it
	counts map[string]*[9]int       // by abstract list
}

func readWordLists(a *archive, name string) *wordLists {
	w := &wordLists{levels: map[string]*[9]wordLevel{}, lists: map[string]string{}, starts: map[string]map[int]int{}, counts: map[string]*[9]int{}}
	id, number, level := "", "", 0
	_ = a.each(name, func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || len(w.levels)+len(w.lists) > 10_000 {
			return nil
		}
		v := xmlAttr(e, "*", "val")
		at := func() *wordLevel {
			if id == "" || number != "" {
				return &wordLevel{} // of a list that overrides another; only its start is of use
			}
			return &w.levels[id][level]
		}
		switch e.Name.Local {
		case "abstractNum":
			id, number = xmlAttr(e, "*", "abstractNumId"), ""
			w.levels[id] = &[9]wordLevel{}
		case "lvl", "lvlOverride":
			if n, err := strconv.Atoi(xmlAttr(e, "*", "ilvl")); err == nil && n >= 0 && n < 9 {
				level = n
			}
		case "numFmt":
			at().format = v
		case "lvlText":
			at().text = cutBytes(v, 40)
		case "start":
			at().first, _ = strconv.Atoi(v)
		case "num":
			number = xmlAttr(e, "*", "numId")
		case "abstractNumId":
			w.lists[number] = v
		case "startOverride":
			if n, err := strconv.Atoi(v); err == nil && number != "" {
				if w.starts[number] == nil {
					w.starts[number] = map[int]int{}
				}
				w.starts[number][level] = n
			}
		}
		return nil
	})
	return w
}

// bullets tells whether the first level of a list has no numbers.
func (w *wordLists) bullets(list string) bool {
	if w == nil {
		return false
	}
	l := w.levels[w.lists[list]]
	return l != nil && l[0].format == "bullet"
}

// next counts one entry of a list and gives its number as it is shown; "" for a bullet.
func (w *wordLists) next(entry wordEntry) string {
	if w == nil || entry.list == "" {
		return ""
	}
	abstract := w.lists[entry.list]
	levels := w.levels[abstract]
	if levels == nil {
		return ""
	}
	counts := w.counts[abstract]
	if counts == nil {
		counts = &[9]int{}
		for i := range counts {
			counts[i] = levels[i].first - 1
		}
		w.counts[abstract] = counts
	}
	for level, first := range w.starts[entry.list] { // once, when the list is first met
		counts[level] = first - 1
	}
	delete(w.starts, entry.list)
	counts[entry.level]++
	for i := entry.level + 1; i < len(counts); i++ {
		counts[i] = levels[i].first - 1
	}
	l := levels[entry.level]
	if l.format == "bullet" || l.format == "none" || !strings.Contains(l.text, "%") {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(l.text); i++ {
		if c := l.text[i]; c != '%' || i+1 == len(l.text) || l.text[i+1] < '1' || l.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		of := int(l.text[i] - '1')
		b.WriteString(counted(max(counts[of], levels[of].first), levels[of].format))
	}
	return strings.TrimSpace(b.String())
}

// counted writes a number in one of the formats of lists; those of other scripts as digits.
func counted(n int, format string) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	switch format {
	case "lowerLetter", "upperLetter":
		s := strings.Repeat(string(rune('a'+(n-1)%26)), min((n-1)/26+1, 20))
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "lowerRoman", "upperRoman":
		var b strings.Builder
		for _, r := range [...]struct {
			n int
			s string
		}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
			for n >= r.n {
				b.WriteString(r.s)
				n -= r.n
			}
		}
		if format == "upperRoman" {
			return strings.ToUpper(b.String())
		}
		return b.String()
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}
