package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth is the number of terminal columns that text takes: combining marks and joiners none,
// East Asian wide letters and emoji two (Unicode Annex 11).
func textWidth(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		if unicode.IsControl(r) || r == '\u00ad' {
			return 0
		}
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit cuts text to at most columns, ending it with … when something is missing.
func fit(text string, columns int) string {
	if textWidth(text) <= columns {
		return text
	}
	if columns < 1 {
		return ""
	}
	var b strings.Builder
	left := columns - 1
	for _, r := range text {
		if left -= runeWidth(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ") + "…"
}
