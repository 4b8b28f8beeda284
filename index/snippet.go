package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/crawler/content"
	"filon/index/words"
)

// Snippet is the part of a text that shows why it was found, in its own words and accents.
type Snippet struct {
	Text    string   // at most 220 characters, one line
	Matches [][2]int // byte offsets in Text of the words that matched, from and to, in order
}

const (
	snippetChars = 220
	leadIn       = 60  // bytes of context before the first match
	margin       = 200 // bytes masked on either side of what is shown, so that no secret is cut in half
	searchedText = 512 << 10
)

// snippet picks the best place of the item. What is shown has been masked together with its surroundings.
func snippet(item content.Item, split *words.Splitter, m *marks, mask func(string) string) Snippet {
	text := item.Text
	if sparse(item) && text == "" {
		text = item.Rest
	}
	text = upTo(text, searchedText)
	from, ok := bestPlace(text, split, m)
	if !ok {
		if item.Description != "" {
			text = item.Description
			from, _ = bestPlace(text, split, m)
		}
	}
	lo := max(0, from-leadIn-margin)
	hi := min(len(text), from+snippetChars*2+margin)
	for lo > 0 && !utf8.RuneStart(text[lo]) {
		lo--
	}
	for hi < len(text) && !utf8.RuneStart(text[hi]) {
		hi++
	}
	region := mask(oneLine(text[lo:hi]))
	at, _ := bestPlace(region, split, m)
	return window(region, at, lo > 0, hi < len(text), split, m)
}

// bestPlace finds where most different words of the query stand close together; the first such place.
func bestPlace(text string, split *words.Splitter, m *marks) (int, bool) {
	if len(m.stems) == 0 && len(m.starts) == 0 {
		return 0, false
	}
	type match struct {
		start int
		what  string
	}
	var recent []match // the matches within the reach of one snippet
	best, bestScore := 0, 0
	split.Split(text, func(w words.Word) {
		what := m.match(w)
		if what == "" || w.Joined {
			return
		}
		recent = append(recent, match{w.Start, what})
		for w.End-recent[0].start > snippetChars-leadIn {
			recent = recent[1:]
		}
		score := len(recent)
		for i, a := range recent {
			first := true
			for _, b := range recent[:i] {
				first = first && a.what != b.what
			}
			if first {
				score += 10
			}
		}
		if score > bestScore {
			best, bestScore = recent[0].start, score
		}
		if len(recent) > 50 {
			recent = recent[1:]
		}
	})
	return best, bestScore > 0
}

// window cuts the snippet around a place, at words and preferably where a sentence begins.
func window(text string, at int, more, rest bool, split *words.Splitter, m *marks) Snippet {
	start := 0
	if at > leadIn {
		start = at - leadIn
		if i := strings.LastIndexAny(text[max(0, start-leadIn):at], ".!?:"); i >= 0 && max(0, start-leadIn)+i+2 <= at && text[max(0, start-leadIn)+i+1] == ' ' {
			start = max(0, start-leadIn) + i + 2
		} else if i := strings.IndexByte(text[start:at], ' '); i >= 0 {
			start += i + 1
		} else {
			start = at
		}
	}
	head := ""
	if start > 0 || more {
		head = "… "
	}
	end, room := start, snippetChars-utf8.RuneCountInString(head)-2
	for end < len(text) && room > 0 {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		room--
	}
	tail := ""
	if end < len(text) || rest {
		tail = " …"
		if i := strings.LastIndexByte(text[start:end], ' '); i > 0 && end < len(text) {
			end = start + i
		}
	}
	s := Snippet{Text: head + strings.TrimRightFunc(text[start:end], unicode.IsSpace) + tail}
	if s.Text == head+tail {
		return Snippet{}
	}
	limit := len(s.Text) - len(tail)
	split.Split(s.Text[:limit], func(w words.Word) {
		if m.match(w) == "" || w.Joined || w.Start < len(head) {
			return
		}
		s.Matches = append(s.Matches, [2]int{w.Start, w.End})
	})
	return s
}

// oneLine joins lines and runs of white space by single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// upTo is at most n bytes of the beginning of s, in whole characters.
func upTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
