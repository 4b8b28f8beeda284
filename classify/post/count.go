package post

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// linkCost is what any web address costs on X and on Mastodon, however long it is
// (docs.x.com counting characters; Mastodon's characters_reserved_per_url).
const linkCost = 23

// Length is the length of a text as a network counts it, and what it counts:
//
//	x         NFC, then 1 for Latin letters and most punctuation, 2 for all else and for each emoji; an address is 23
//	bluesky   grapheme clusters (Unicode UAX #29)
//	mastodon  grapheme clusters; an address is 23
//	threads   characters, an emoji as its UTF-8 bytes
//	others    UTF-16 code units
func Length(network, text string) int {
	switch network {
	case "x":
		return withLinks(norm.NFC.String(text), weightOnX)
	case "bluesky":
		return uniseg.GraphemeClusterCount(text)
	case "mastodon":
		return withLinks(text, uniseg.GraphemeClusterCount)
	case "threads":
		return lengthOnThreads(text)
	}
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// withLinks counts the addresses of a text at their fixed cost and the rest by count.
func withLinks(text string, count func(string) int) int {
	n := 0
	for {
		start, end := nextLink(text)
		if start < 0 {
			return n + count(text)
		}
		n += count(text[:start]) + linkCost
		text = text[end:]
	}
}

// nextLink finds the next web address of a text, -1 when there is none. Punctuation at its end belongs to the sentence.
func nextLink(text string) (start, end int) {
	start = strings.Index(text, "http")
	for start >= 0 {
		rest := text[start:]
		if strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "http://") {
			end := strings.IndexFunc(rest, func(r rune) bool { return r <= ' ' || r == 0xA0 || r == 0x202F })
			if end < 0 {
				end = len(rest)
			}
			return start, start + len(strings.TrimRight(rest[:end], ".,;:!?)»\"'"))
		}
		next := strings.Index(rest[len("http"):], "http")
		if next < 0 {
			return -1, 0
		}
		start += len("http") + next
	}
	return -1, 0
}

// weightOnX is twitter-text's version 3 weighting, in whole characters.
func weightOnX(text string) int {
	n, state := 0, -1
	for text != "" {
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		if isEmoji(cluster) {
			n += 2
			continue
		}
		for _, r := range cluster {
			if r <= 0x10FF || r >= 0x2000 && r <= 0x200D || r >= 0x2010 && r <= 0x201F || r >= 0x2032 && r <= 0x2037 {
				n++
			} else {
				n += 2
			}
		}
	}
	return n
}

func lengthOnThreads(text string) int {
	n, state := 0, -1
	for text != "" {
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		if isEmoji(cluster) {
			n += len(cluster)
		} else {
			n += utf8.RuneCountInString(cluster)
		}
	}
	return n
}

// isEmoji tells whether a grapheme cluster is shown as a picture: by a plane of pictures, by a variation
// selector or by being a keycap or a flag.
func isEmoji(cluster string) bool {
	for _, r := range cluster {
		if r == 0xFE0F || r == 0x20E3 || r >= 0x1F000 && r <= 0x1FAFF {
			return true
		}
	}
	return false
}
