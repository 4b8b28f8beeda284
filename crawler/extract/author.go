package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// nobody are names that software and habits put where an author belongs.
var nobody = wordSet(`admin administrator administrateur webmaster webmestre root user utilisateur author auteur editor
	editeur wordpress drupal joomla typo3 spip test default anonymous anonyme unknown inconnu none null undefined
	superadmin administrateurs siteadmin webadmin wpadmin owner guest invite invitee visiteur visiteuse visitor staff contributor by par posted`)

// author is the person or team that the page names: in its structured data, its <meta>, a link with
// rel=author, a byline at the main text, or the line of the last change.
func (f *facts) author() string {
	var names []string
	for _, t := range f.things {
		if lightest(t) > 2 {
			break
		}
		for _, v := range many(first(t, "author", "creator")) {
			if f.organisation(v) {
				continue // who publishes is nobody who wrote
			}
			if s := f.person(f.named(v)); s != "" && len(names) < 8 {
				names = append(names, s)
			}
		}
		if len(names) > 0 {
			return strings.Join(unique(names), ", ")
		}
	}
	for _, key := range [...]string{"author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author"} {
		for _, v := range f.meta[key] {
			if s := f.person(v); s != "" {
				return s
			}
		}
	}
	for i := 1; i <= 3; i++ { // Yoast and others tell readers of previews who wrote it
		n := string(rune('0' + i))
		switch strings.ToLower(f.first("twitter:label" + n)) {
		case "written by", "écrit par", "auteur", "par", "by":
			if s := f.person(f.first("twitter:data" + n)); s != "" {
				return s
			}
		}
	}
	for i := range f.elements {
		e := &f.elements[i]
		if e.above&(cueComment|cueRelated|cueSide|tagAside|tagFooter|tagNav) != 0 || e.hidden {
			continue
		}
		byRel := e.node.DataAtom == atom.A && hasWord(attr(e.node, "rel"), "author")
		if byRel || e.cues&cueAuthor != 0 && e.cues&cueByline != 0 && e.words <= 12 && e.node.DataAtom != atom.A {
			s := textIn(e.node, 200)
			if s = f.person(afterBy(s)); s != "" && (byRel || looksNamed(s)) {
				return s
			}
		}
	}
	if f.isSigned && f.signed.name != "" && !f.signed.changer {
		return f.signed.name
	}
	if s := f.userOfLine(); s != "" && !f.isSigned {
		return s
	}
	if s := f.visibleAuthor(); s != "" {
		return s
	}
	if f.isSigned && f.signed.name != "" {
		return f.signed.name
	}
	if !f.isChanged {
		return ""
	}
	return f.changedBy(f.changed.after)
}

// organisation tells whether structured data says that an author is no person.
func (f *facts) organisation(v any) bool {
	t, ok := v.(thing)
	if !ok {
		return false
	}
	if id, ok := t["@id"].(string); ok && text(t["@type"]) == "" && f.byID[id] != nil {
		t = f.byID[id]
	}
	kinds := types(t)
	for _, k := range kinds {
		if k == "Person" {
			return false
		}
	}
	for _, k := range kinds {
		if strings.HasSuffix(k, "Organization") || strings.HasSuffix(k, "Business") || k == "Corporation" || k == "NGO" || k == "WebSite" || k == "Brand" {
			return true
		}
	}
	return false
}

// visibleAuthor finds "Par Jeanne Martin" in a short block near the main text's start.
func (f *facts) visibleAuthor() string {
	start := f.start()
	for i := max(0, start-3); i < min(len(f.blocks), start+8); i++ {
		b := &f.blocks[i]
		s := f.textOf(b)
		if b.words > 20 || f.elements[b.element].above&(cueComment|cueRelated|tagFooter|tagNav) != 0 {
			continue
		}
		if f.othersLine(s) {
			continue
		}
		if name := afterBy(s); name != s {
			if name = f.person(name); name != "" && looksNamed(name) {
				return name
			}
		}
	}
	return ""
}

// start is the block where the page proper begins: its heading, else its first main block.
func (f *facts) start() int {
	firstMain := 0
	for i, ok := range f.kept {
		if ok {
			firstMain = i
			break
		}
	}
	for i := range f.blocks {
		if b := &f.blocks[i]; b.headline == 1 && (f.kept[i] || f.elements[b.element].above&(tagHeader|tagNav) == 0) && i <= firstMain+3 {
			return i
		}
	}
	return firstMain
}

// afterBy gives the name after "par", "by", "écrit par" …, up to a date or a separator; s itself
// when no such word leads.
func afterBy(s string) string {
	for _, lead := range [...]string{"écrit par ", "rédigé par ", "publié par ", "posté par ", "proposé par ", "un article de ", "written by ", "posted by ", "published by ", "auteur :", "auteur : ", "author:", "par : ", "by: ", "par ", "by "} {
		if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
			s = s[len(lead):]
			for _, stop := range [...]string{" le ", " on ", " | ", " - ", " – ", " — ", " · ", " • ", ",", "(", "\n", "\t", " » ", " publié ", " in ", " dans "} {
				if i := strings.Index(s, stop); i > 0 {
					s = s[:i]
				}
			}
			return strings.TrimSpace(s)
		}
	}
	return s
}

// person gives a name back when it can be one of a person or a team.
func (f *facts) person(s string) string {
	s = norm.NFC.String(oneLine(s, 300))
	s = strings.Trim(afterBy(s), " ,;|-–—\"“”«»\u00a0")
	key := fold(s)
	words := strings.Fields(s)
	switch {
	case s == "" || utf8.RuneCountInString(s) > 100 || len(words) > 12:
		return ""
	case nobody[key] || strings.Contains(s, "://") || strings.ContainsAny(s, "@{}<>/"):
		return ""
	case key == "" || f.siteKey(key):
		return ""
	case businessNamed(words):
		return ""
	case len(words) == 1 && strings.ToLower(s) == s: // a login
		return ""
	}
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits > 2 {
		return ""
	}
	return s
}

// businessWords end or begin the names of companies, never those of people.
var businessWords = wordSet("sa sas sarl sasu eurl scop scic gmbh ltd limited inc llc plc corp corporation company groupe group holding industrie industries association fondation foundation")

func businessNamed(words []string) bool {
	if len(words) < 2 {
		return false
	}
	return businessWords[fold(words[0])] || businessWords[fold(words[len(words)-1])]
}

func (f *facts) siteKey(key string) bool {
	if f.sites == nil {
		f.sites = f.siteKeys()
	}
	return f.sites[key]
}

// looksNamed tells whether a text reads as one or more names: two to six words, most with a capital.
func looksNamed(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	capitals := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2 && 2*capitals > len(words)
}

func unique(list []string) []string {
	seen := map[string]bool{}
	kept := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}
