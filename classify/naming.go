package classify

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"filon/crawler/content"
)

// What the words of an address give away of an item that must never leave, or that somebody answerable for people has to
// agree to: "dossier-alice-durand-licenciement.html". The address itself stays as it is, so that the item is found again;
// where it is shown, the words are not.

// HideAddress gives an address of the item as it may be shown, without the words that name a person, or that are
// themselves what closes the item. closed says that it must never leave, as the verdict or a person has ruled. told tells
// whether anything was taken out; then the address is written without percent-encodings. What MaskAddress takes out is
// taken out first.
func (v *Verdict) HideAddress(address string, item content.Item, closed bool) (shown string, told bool) {
	shown = MaskAddress(address)
	if !closed && !v.asksForPeople() {
		return shown, false
	}
	plain := plainAddress(shown)
	words := shownWords(plain)
	if len(words) == 0 {
		return shown, false
	}
	hidden := make([]bool, len(words))
	if len(words) == mostShownWords {
		words[len(words)-1].end = len(plain)
		hidden[len(words)-1] = true
	}
	if closed {
		v.hideTelling(words, hidden, item)
	}
	hideNames(words, hidden)
	hideNamesOf(words, hidden, item)
	if !slices.Contains(hidden, true) {
		return shown, false
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(words); i++ {
		if !hidden[i] {
			continue
		}
		b.WriteString(plain[done:words[i].start])
		for i+1 < len(words) && hidden[i+1] && words[i+1].segment == words[i].segment {
			i++
		}
		b.WriteString(closedQuote)
		done = words[i].end
	}
	return b.String() + plain[done:], true
}

// asksForPeople tells whether somebody answerable for people or their data has to agree: what asks is about a person who
// has not been asked, not a portrait.
func (v *Verdict) asksForPeople() bool {
	return slices.ContainsFunc(v.Reasons, func(r Reason) bool {
		return (r.Severity == Block || r.Severity == Review) && (r.Approver == "hr" || r.Approver == "dpo")
	})
}

// shownWord is a word of an address below its host.
type shownWord struct {
	low        string
	start, end int
	segment    int
	last       bool // it stands in the last segment, before the ending of the file
}

// mostShownWords is how many words of an address are looked at; what stands behind them is hidden.
const mostShownWords = 200

// shownWords are the words of an address below its host: letters in a row, parted where a capital follows a small letter.
func shownWords(address string) (all []shownWord) {
	from := 0
	if at := strings.Index(address, "://"); at >= 0 {
		from = at + 3
		slash := strings.IndexByte(address[from:], '/')
		if slash < 0 {
			return nil
		}
		from += slash
	}
	to := len(address)
	path := address
	if at := strings.IndexAny(path, "?#"); at >= 0 {
		path = path[:at]
	}
	path = strings.TrimRight(path, "/\\")
	lastStart := max(from, strings.LastIndexAny(path, "/\\")+1)
	lastEnd := len(path)
	if ending := lastEnding.FindStringIndex(path[lastStart:]); ending != nil {
		lastEnd = lastStart + ending[0]
	}
	segment := 0
	for i := from; i < to && len(all) < mostShownWords; {
		r, n := utf8.DecodeRuneInString(address[i:])
		if !unicode.IsLetter(r) {
			if strings.ContainsRune("/\\?&=", r) {
				segment++
			}
			i += n
			continue
		}
		start, small := i, false
		for i < to {
			r, n := utf8.DecodeRuneInString(address[i:])
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) || small && unicode.IsUpper(r) {
				break
			}
			small = unicode.IsLower(r)
			i += n
		}
		if start >= lastEnd && start < len(path) && start >= lastStart { // the ending of the file
			continue
		}
		all = append(all, shownWord{low: foldString(address[start:i]), start: start, end: i, segment: segment, last: start >= lastStart && i <= lastEnd})
	}
	return all
}

// hideTelling hides the whole name of a page or a file that is itself what closes the item; where the title is, its words
// in the name but for those of a matter, which the type of the item says too.
func (v *Verdict) hideTelling(words []shownWord, hidden []bool, item content.Item) {
	var title map[string]bool
	whole := false
	for _, r := range v.Reasons {
		family, _, _ := strings.Cut(r.Rule, "/")
		if r.Severity != Block || tellable[family] {
			continue
		}
		switch r.Where {
		case asSlug, "file":
			whole = true
		case "title", "h1":
			if title == nil {
				title = map[string]bool{}
			}
			for _, s := range []string{item.Title, item.H1} {
				for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
					if low := foldString(w); len(low) > 3 {
						title[low] = true
					}
				}
			}
		}
	}
	for i, w := range words {
		hidden[i] = hidden[i] || w.last && (whole || title[w.low] && !plainWords()[w.low])
	}
}

// betweenNames stand between a given name and a family name.
var betweenNames = setOf("de du des la le les d l da di dos van von der den el al ben bin")

// noName are the words between names, and others so short and frequent that they give nobody away.
var noName = func() map[string]bool {
	all := setOf("the of and a to in at un une et en aux sur par pour")
	for w := range betweenNames {
		all[w] = true
	}
	return all
}()

// plainWords are the words of matters and of files, which are no names beside one.
var plainWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, set := range []map[string]bool{fileMatters, fileDeals, filePlain, beforeName, notPeople} {
		for phrase := range set {
			for _, w := range strings.Fields(phrase) {
				all[w] = true
			}
		}
	}
	return all
})

// hideNames hides given names that are known, with the family name after each or, where none is, before it.
func hideNames(words []shownWord, hidden []bool) {
	beside := func(i, k int) bool { // k is in the segment of i, and may be a family name
		return k >= 0 && k < len(words) && words[k].segment == words[i].segment && !plainWords()[words[k].low] && !betweenNames[words[k].low]
	}
	for i := 0; i < len(words); i++ {
		if !givenNames[words[i].low] || len(words[i].low) < 2 || betweenNames[words[i].low] || notPeople[words[i].low] {
			continue
		}
		end := i + 1
		for end < len(words) && words[end].segment == words[i].segment && givenNames[words[end].low] && !betweenNames[words[end].low] {
			end++
		}
		family := end
		for family < len(words) && words[family].segment == words[i].segment && betweenNames[words[family].low] {
			family++
		}
		from, to := i, end
		switch {
		case beside(i, family):
			to = family + 1
		case end-i > 1: // two given names: the second serves as a family name
		case beside(i, i-1) && !hidden[i-1]:
			from = i - 1
		case i > 0 && words[i-1].segment == words[i].segment || end < len(words) && words[end].segment == words[i].segment: // among other words
		default: // a word alone: a folder, a page of its own
			continue
		}
		for k := from; k < to; k++ {
			hidden[k] = true
		}
		i = to - 1
	}
}

// mostNamed is how many bytes of a text are looked through for the names of an address.
const mostNamed = 64 << 10

// personTitles stand before a family name.
var personTitles = setOf("m mm mme mmes mlle monsieur madame mademoiselle mr mrs ms miss dr docteur herr frau")

// mostFamily is how many words a family name has at most, with what stands between them.
const mostFamily = 4

var shutNames = strings.NewReplacer("-", "", "'", "", "’", "")

// addNames adds the family name that the words begin with, as an address may have it: its parts, and all of it in one.
func addNames(names map[string]bool, said []string) {
	whole := ""
	for i, w := range said[:min(len(said), mostFamily)] {
		low := foldString(w)
		if !upperFirst(w) && !betweenNames[low] && !strings.HasPrefix(low, "d'") {
			return
		}
		for _, part := range strings.FieldsFunc(low, func(r rune) bool { return r == '-' || r == '\'' || r == '’' }) {
			whole += part
			if !betweenNames[part] && !plainWords()[part] && len(part) > 1 {
				names[part] = true
			}
		}
		if (i == 0 || len(whole) > len(low)) && !noName[whole] {
			names[whole] = true
		}
		if shut := shutNames.Replace(low); !noName[shut] {
			names[shut] = true
		}
	}
}

// hideNamesOf hides the words that the item's own texts use as names of persons: after a given name, or a title.
func hideNamesOf(words []shownWord, hidden []bool, item content.Item) {
	wanted := map[string]bool{}
	for i, w := range words {
		if !hidden[i] && len(w.low) > 2 && !plainWords()[w.low] {
			wanted[w.low] = true
		}
	}
	if len(wanted) == 0 {
		return
	}
	names := map[string]bool{}
	for at, text := range []string{item.Title, item.H1, cut(item.Text, mostNamed)} {
		said := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-'’", r) })
		for i, w := range said {
			if !upperFirst(w) {
				continue
			}
			low := foldString(w)
			switch {
			case personTitles[low], givenNames[firstPart(low)], utf8.RuneCountInString(w) == 1:
			case at == 2 && len(low) > 3 && !plainWords()[low] && i+1 < len(said) && upperFirst(said[i+1]): // a given name that is not known
			default:
				continue
			}
			if i > 0 && givenNames[firstPart(low)] && shouted(said[i-1]) { // DURAND Sophie
				addNames(names, said[i-1:i])
			}
			addNames(names, said[i+1:])
			if givenNames[low] && i+1 < len(said) && upperFirst(said[i+1]) {
				names[low] = true
			}
		}
	}
	for i, w := range words {
		hidden[i] = hidden[i] || names[w.low]
	}
}

// firstPart is the first part of a name with a dash.
func firstPart(name string) string {
	first, _, _ := strings.Cut(name, "-")
	return first
}
