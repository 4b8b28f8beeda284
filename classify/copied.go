package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Somebody else's text, told in a sentence to be here whole: "Here is the piece, word for word", "tapé d'après le livre". An
// article of the press is for its publisher to reproduce, a book or a standard for its owner (domain 3.10).

var (
	listCopiedWhole = words.list("copied whole") // needs one that announces it in the sentence
	listCopiedFrom  = words.list("copied from")
	listAnnounced   = words.list("copied announced")
	listCopiedPress = words.list("copied press")
	listCopiedOf    = words.list("copied source")
	listCopiedAct   = words.list("copied act")     // what tells that the text which follows is the medium's
	listReading     = words.list("copied reading") // who points at a text or has read it

	// cites stands before a medium that only told the same: "comme l'a raconté Ouest-France".
	cites = regexp.MustCompile(`\b(?:comme|ainsi que|as|like|selon|according to)\b(?: [^ ,;]+){0,4} ?$`)

	// drawnFrom stands before a subscription of which a text is made.
	drawnFrom = regexp.MustCompile(`(?:\b(?:out of|from) (?:the |our )|\b(?:tiree?s?|issue?s?|vient|viennent|sort|sortent|provient|proviennent|extraite?s?) (?:de |d')(?:notre |l'|un )?)(?:[a-z0-9]+ ){0,3}$`)
)

// longestBefore is how many bytes before a sentence its source may be named: in the sentence before.
const longestBefore = 240

// copied is a place where a text of somebody else begins: the finding, and whether it is of the press, and a named medium.
type copied struct {
	finding
	press, medium bool
	sure          bool // that the medium's article is what is copied
	after         int  // words that follow it in the text
}

// copies gives the places where the item says that it holds the text of somebody else. They are few: each is looked at closely.
func (p *page) copies() (all []copied) {
	if !p.has(listCopiedFrom) && !p.has(listCopiedWhole) {
		return nil
	}
	places := map[listID]map[*field][]*hit{} // of the lists that were asked for
	at := func(list listID, f *field, from, to int, pass func(h *hit) bool) bool {
		if places[list] == nil {
			places[list] = p.hitsOf(list)
		}
		return slices.ContainsFunc(hitsIn(places[list][f], from, to), func(h *hit) bool {
			return int(h.end) <= to && (pass == nil || pass(h))
		})
	}
	look := func(list listID, weak bool) {
		p.each(list, func(f *field, h *hit) bool {
			if !f.prose() || f.spot == inFile {
				return true
			}
			from, to := wishAt(f.low, int(h.start))
			if weak && !at(listAnnounced, f, from, to, nil) || at(listReading, f, from, to, nil) || strings.HasPrefix(f.low[to:], "?") {
				return true
			}
			before := max(0, from-longestBefore)
			if from > 1 {
				before += strings.LastIndexAny(f.low[before:from-1], endsOfWish) + 1
			}
			others := func(h *hit) bool { // not ours
				ahead := strings.TrimRight(f.low[:h.start], " '")
				return !strings.HasSuffix(ahead, "notre") && !strings.HasSuffix(ahead, "nos") && !strings.HasSuffix(ahead, " our")
			}
			c := copied{finding: p.at(h)}
			c.medium = at(listMedia, f, before, to, func(h *hit) bool {
				if weak && cites.MatchString(f.low[before:h.start]) {
					return false
				}
				a, b := f.span(int(h.start), int(h.end))
				return strings.ToLower(f.raw[a:b]) != f.raw[a:b] && !opensSentence(f, h)
			})
			article := at(listCopiedPress, f, before, to, others)
			c.press = c.medium || article
			c.sure = !weak || article || at(listCopiedAct, f, before, to, nil)
			if c.press || at(listCopiedOf, f, from, to, others) {
				c.after = len(splitWords(cut(f.low[to:], 1<<10)))
				all = append(all, c)
			}
			return len(all) < maxTold
		})
	}
	look(listCopiedFrom, false)
	look(listCopiedWhole, true)
	return all
}

// maxTold is how many such places are looked for: one is enough.
const maxTold = 8

// fewestCopied is how many words follow at least where an article stands.
const fewestCopied = 25

// findCopiedPress closes an item in which the article of a named medium follows, and asks about one of another.
func findCopiedPress(p *page) (found []finding) {
	for _, c := range p.copies() {
		if !c.press {
			continue
		}
		g := c.finding
		if !c.medium || !c.sure || c.after < fewestCopied || p.public {
			g.severity = Review
		}
		found = append(found, g)
	}
	return found
}

// findCopiedWork asks about the texts of books, standards and the like, and about what a subscription gives to some only.
func findCopiedWork(p *page) (found []finding) {
	if p.public {
		return nil
	}
	for _, c := range p.copies() {
		if !c.press {
			found = append(found, c.finding)
		}
	}
	return append(found, findSubscribed(p)...)
}

var findSubscribed = together("copied subscription", "copied seats", func(p *page, f *field, from, to int) bool {
	return f.prose() && slices.ContainsFunc([]string{"subscription", "abonnement"}, func(w string) bool {
		k := strings.Index(f.low[from:to], w)
		return k >= 0 && drawnFrom.MatchString(f.low[max(from, from+k-80):from+k])
	})
})
