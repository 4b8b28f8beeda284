package classify

import (
	"strings"
)

// A marking that has a line, an entry of a list, a cell of a table or a tag to itself is one wherever it stands: nothing
// around it makes it prose. A list of several levels explains them, and the label of a link speaks of another page.

// namesOfLevels may stand beside a marking on its line: "Niveau de diffusion", "Sensitivity".
var namesOfLevels = setOf("niveau niveaux de du la le l diffusion confidentialite sensibilite classification classement marquage mention statut etat degre doc document documents note page fiche support information informations strictement personnel et usage protection securite " +
	"level of the sensitivity confidentiality classified classification marking status distribution handling this document information security protection please strictly private and for")

// leadsTags begin the line that gives the tags of a page.
var leadsTags = []string{"mots-cles", "mots cles", "tags", "etiquettes", "keywords", "key words", "categories", "categorie", "labels"}

// alone tells whether a hit has its line or its cell to itself, as nothing but a stamp has.
func (p *page) alone(f *field, start, end int) bool {
	if p.public || !f.said() && f.spot != inBox || p.disclaimed(f, start) || !fillsLine(f.low, start, end) {
		return false
	}
	a, b := f.span(start, end)
	return !p.linked(lineOf(f.raw, a, b, longestLabelLine)) && !p.listsLevels()
}

// lineOf is the line around s[start:end], "" when it goes on for more than so many bytes on either side.
func lineOf(s string, start, end, reach int) string {
	from, to, whole := lineWithin(s, start, end, reach)
	if !whole {
		return ""
	}
	return s[from:to]
}

// lineWithin is the line around s[start:end] as far as so many bytes on either side, and whether that is all of it: a text of a
// megabyte may be one line, and who looks for the line of each of thousands of words does not go over all of it each time.
func lineWithin(s string, start, end, reach int) (from, to int, whole bool) {
	low, high := max(0, start-reach), min(len(s), end+reach)
	from, to, whole = low, high, true
	if k := strings.LastIndexByte(s[low:start], '\n'); k >= 0 {
		from = low + k + 1
	} else if low > 0 {
		whole = s[low-1] == '\n'
	}
	if k := strings.IndexByte(s[end:high], '\n'); k >= 0 {
		to = end + k
	} else if high < len(s) {
		whole = whole && s[high] == '\n'
	}
	return from, to, whole
}

// longestStampLine is how many bytes a line or a cell has at most that is no more than a stamp.
const longestStampLine = 90

// longestLabelLine is how many bytes stand beside a stamp in its line at most where that may be the label of a link, with the blanks
// around it.
const longestLabelLine = 1024

// fillsLine tells whether low[start:end] is the whole of its line or of its cell, but for the name of what it tells and
// signs around it, or one of the tags that a line lists.
func fillsLine(low string, start, end int) bool {
	from, to := start, end
	for from > 0 && low[from-1] != '\n' {
		if from--; start-from > 4*longestStampLine {
			return false
		}
	}
	for to < len(low) && low[to] != '\n' {
		if to++; to-end > 4*longestStampLine {
			return false
		}
	}
	head, tail := low[from:start], low[end:to]
	if before, tags, ok := strings.Cut(head, ":"); ok {
		for _, lead := range leadsTags {
			if strings.TrimSpace(before) == lead {
				return emptyButSigns(tags[strings.LastIndexAny(tags, ",;|")+1:]) && emptyButSigns(tail[:orEnd(tail, strings.IndexAny(tail, ",;|"))])
			}
		}
	}
	if to-from > longestStampLine {
		return false
	}
	room := 6
	for _, w := range append(splitWords(head), splitWords(tail)...) {
		if room--; room < 0 || !namesOfLevels[w] && !leadWord[w] {
			return false
		}
	}
	return true
}

func orEnd(s string, at int) int {
	if at < 0 {
		return len(s)
	}
	return at
}

// emptyButSigns tells whether there is no word in s.
func emptyButSigns(s string) bool { return len(splitWords(s)) == 0 }

// linked tells whether a line is the label of a link.
func (p *page) linked(line string) bool {
	if p.labels == nil {
		p.labels = map[string]bool{}
		for i := range p.item.Links {
			if s := p.item.Links[i].Text; len(s) <= longestStampLine && i < 4000 {
				p.labels[strings.TrimSpace(s)] = true
			}
		}
	}
	line = strings.TrimSpace(line)
	return line != "" && p.labels[line]
}

// levelLists are the lists of stamps; a page where three different ones stand alone tells what they mean.
var levelLists = []listID{words.list("marking state"), listSecretMark, words.list("marking restricted"), listConfidential, words.list("marking nodist"), listInternal, listPublicMark,
	words.list("lifecycle draft"), words.list("lifecycle obsolete")}

// listsLevels tells whether a text names three levels, each on a line of its own. It is found once.
func (p *page) listsLevels() bool {
	if p.levels == 0 {
		p.levels = -1
		seen := map[listID]bool{}
		for _, list := range levelLists {
			p.each(list, func(f *field, h *hit) bool {
				if f.said() && fillsLine(f.low, int(h.start), int(h.end)) {
					seen[list] = true
				}
				return !seen[list]
			})
		}
		if len(seen) >= 3 {
			p.levels = 1
		}
	}
	return p.levels > 0
}

// tagged tells whether a hit is the whole of a tag, of a folder above the page or of the department that it is filed under.
func (p *page) tagged(f *field, start, end int) bool {
	return f.spot == inCrumb && !p.public && emptyButSigns(f.low[:start]) && emptyButSigns(f.low[end:])
}

// oneWordMarks are the marks of one word that count beside a text.
var oneWordMarks = func() map[string]bool {
	all := map[string]bool{}
	for _, list := range []string{"marking state", "marking confidential", "marking restricted", "lifecycle draft", "lifecycle obsolete"} {
		for w := range words.set(list) {
			if !strings.Contains(w, " ") {
				all[w] = true
			}
		}
	}
	return all
}()

// shortMark tells whether a short line is a mark and nothing else.
func shortMark(line string) bool {
	if len(line) > 40 {
		return false
	}
	w := splitWords(foldString(line))
	return len(w) == 1 && oneWordMarks[w[0]] || tlpMark.MatchString(line) || levelOfScale.MatchString(foldString(line))
}

// namedLevels reads the levels of a scale from C0 to C4 that stand behind the name of what they are levels of: as the policy
// says, otherwise C2 and above close and C1 asks. A classification alone may be of fire, of oil or of rust, and asks.
func (p *page) namedLevels(field int) (found []finding) {
	f := &p.fields[field]
	switch f.spot {
	case inText, inTemplate, inBox, inImage, inFooter, inHeader, inBanner, inHeading, inCover:
	default:
		return nil
	}
	for at := 0; !p.public && len(found) < 4; {
		from, mark := nextLevel(f.low, at)
		if mark == "" {
			return found
		}
		at = from + len(mark)
		near := max(0, from-2*longestStampLine)
		start := near + strings.LastIndexByte(f.low[near:from], '\n') + 1
		if start == near && near > 0 {
			continue // a line too long for a stamp
		}
		near = max(0, start-2*longestStampLine)
		if above := near + strings.LastIndexByte(f.low[near:max(near, start-1)], '\n') + 1; start > 0 && strings.TrimSpace(f.low[start:from]) == "" { // its name is the line above
			start = above
		}
		end := at
		for end < len(f.low) && f.low[end] != '\n' && end-at < longestStampLine {
			end++
		}
		if end-start > 2*longestStampLine || !levelOfScale.MatchString(f.low[start:end]) {
			continue
		}
		level := p.policy.levelOfMark(mark)
		g := p.lows(field, start, end)
		class := strings.HasPrefix(strings.TrimSpace(f.low[start:end]), "class")
		switch {
		case class && !strings.ContainsAny(f.low[start:from], ":\n"):
			continue
		case level == "public" || level == "" && mark == "c0", p.settled && (level == "internal" || level == "" && mark == "c1"):
			continue
		case level == "internal", level == "" && (mark == "c1" || class):
			g.severity, g.approver = Review, "owner"
		}
		found = append(found, g)
	}
	return found
}

// nextLevel finds the next of the words c0 to c4.
func nextLevel(low string, at int) (int, string) {
	for ; at+1 < len(low); at++ {
		k := strings.IndexByte(low[at:], 'c')
		if k < 0 {
			break
		}
		if at += k; at+1 < len(low) && low[at+1] >= '0' && low[at+1] <= '4' && (at == 0 || !isWord(low[at-1])) && (at+2 == len(low) || !isWord(low[at+2])) {
			return at, low[at : at+2]
		}
	}
	return 0, ""
}

// levelOfMark is the level that the policy's scale gives to a mark, "" when it gives none.
func (p *Policy) levelOfMark(mark string) string {
	for _, own := range sortedKeys(p.Scale) {
		if foldString(own) == mark {
			return p.Scale[own]
		}
	}
	return ""
}
