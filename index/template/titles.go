package template

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// separators stand between a page's title and its site's name.
var separators = [...]string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " › ", " > ", " / ", " : ", " ~ ", " ∣ ", " ‒ ", "|"}

// Where a title comes from, and which end of it a part stands at. People type headings, software builds the rest:
// what ends many titles need not be the site's name when it ends one heading.
const (
	declaredHead = "declared-head"
	declaredTail = "declared-tail"
	headingHead  = "heading-head"
	headingTail  = "heading-tail"
)

// affix is a part of a title that may be the site's name, and what is left without it.
type affix struct{ part, left string }

const (
	mostParts   = 3 // from either end of a title
	longestName = 80
)

// partsOf cuts a title at its separators: the longest tails first, then the longest heads.
func partsOf(title string) (tails, heads []affix) {
	type cut struct{ from, to int }
	var cuts []cut
	for i := 0; i < len(title) && len(cuts) < 20; i++ {
		for _, sep := range separators {
			if strings.HasPrefix(title[i:], sep) && i > 0 {
				cuts = append(cuts, cut{i, i + len(sep)})
				i += max(len(strings.TrimRight(sep, " "))-1, 0) // " - " may share its blank with the next one
				break
			}
		}
	}
	for _, c := range cuts[max(0, len(cuts)-mostParts):] {
		if part := strings.TrimSpace(title[c.to:]); part != "" && len(part) <= longestName {
			tails = append(tails, affix{part, strings.TrimSpace(title[:c.from])})
		}
	}
	for i := min(len(cuts), mostParts) - 1; i >= 0; i-- {
		if part := strings.TrimSpace(title[:cuts[i].from]); part != "" && len(part) <= longestName {
			heads = append(heads, affix{part, strings.TrimSpace(title[cuts[i].to:])})
		}
	}
	return tails, heads
}

// affixesOf notes the parts of an item's titles that may be the site's name.
func affixesOf(item content.Item) []uint64 {
	seen := map[uint64]bool{}
	var all []uint64
	add := func(title, head, tail string) {
		tails, heads := partsOf(title)
		for _, a := range tails {
			all = addOnce(all, seen, hashOf(tail, fold(a.part)))
		}
		for _, a := range heads {
			all = addOnce(all, seen, hashOf(head, fold(a.part)))
		}
	}
	if fold(item.Title) == fold(item.H1) {
		add(item.H1, headingHead, headingTail)
	} else {
		add(item.Title, declaredHead, declaredTail)
	}
	add(item.Declared, declaredHead, declaredTail)
	return all
}

func addOnce(all []uint64, seen map[uint64]bool, h uint64) []uint64 {
	if seen[h] {
		return all
	}
	seen[h] = true
	return append(all, h)
}

// title gives an item's title without its site's name.
func (t Template) title(item content.Item) string {
	if len(t.affixes)+len(t.names) == 0 || item.Title == "" || isHome(item.Address) {
		return item.Title
	}
	if own := fold(item.Title); item.Declared != "" && t.names[hashOf("name", own)] {
		if s := t.without(item.Declared, declaredHead, declaredTail); fold(s) != own && !t.names[hashOf("name", fold(s))] {
			return s
		}
		return item.Title
	}
	if fold(item.Title) == fold(item.H1) {
		return t.without(item.Title, headingHead, headingTail)
	}
	return t.without(item.Title, declaredHead, declaredTail)
}

// without takes the site's name off both ends of a title, as long as something is left that names a page.
func (t Template) without(title, head, tail string) string {
	for range mostParts {
		tails, heads := partsOf(title)
		found := ""
		for _, a := range tails {
			if found == "" && t.affixes[hashOf(tail, fold(a.part))] && names(a.left) {
				found = a.left
			}
		}
		for _, a := range heads {
			if found == "" && t.affixes[hashOf(head, fold(a.part))] && names(a.left) {
				found = a.left
			}
		}
		if found == "" {
			break
		}
		title = found
	}
	return title
}

// names tells whether what is left of a title names a page: not a mere "Home".
func names(left string) bool {
	f := fold(left)
	letters := 0
	for _, r := range f {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 && !homeWords[f]
}

var homeWords = map[string]bool{"accueil": true, "home": true, "homepage": true, "index": true, "welcome": true, "bienvenue": true, "startseite": true, "inicio": true, "pagedaccueil": true}

// isHome tells whether an address is the first page of its host, or of one language of it: its subject is the site.
func isHome(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery != "" {
		return false
	}
	path := strings.Trim(u.Path, "/")
	if name, ending, ok := strings.Cut(path, "."); ok && (name == "index" || name == "default") && !strings.Contains(ending, "/") {
		return true
	}
	region := len(path) == 5 && (path[2] == '-' || path[2] == '_') // fr-FR
	if region {
		path = path[:2] + path[3:]
	}
	return (len(path) == 0 || len(path) == 2 || region && len(path) == 4) && strings.Trim(strings.ToLower(path), "abcdefghijklmnopqrstuvwxyz") == ""
}

// fold keeps the letters and digits of s, without accents and case.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
