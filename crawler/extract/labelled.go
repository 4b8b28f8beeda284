package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// What pages say of themselves in plain words beside their title or below their text: "Service : Production",
// "Étiquettes : sécurité, gestes", "Accueil > Atelier".

// The labels, folded.
var (
	departmentLabels = wordSet("service departement direction pole entite department dept businessunit owningdepartment")
	tagLabels        = wordSet("tags tag etiquettes etiquette motscles motcle keywords keyword sujets topics thematiques")
	departmentNames  = wordSet("dept department departement")
	tagNames         = wordSet("tags taglist tagcloud keywords etiquettes motscles tagslinks")
)

const (
	mostLabelled = 60 // bytes of a department or a tag
	mostTagWords = 40 // of a list of tags in plain words
)

// labelled gives what follows a label and a colon, "" when it is another.
func labelled(s string, labels map[string]bool) string {
	label, value, ok := strings.Cut(s, ":")
	if !ok || len(label) > 40 || !labels[fold(label)] {
		return ""
	}
	return strings.TrimSpace(value)
}

// classed tells whether an element's class or id is one of the names.
func classed(e *element, names map[string]bool) bool {
	for _, a := range e.node.Attr {
		if a.Key != "class" && a.Key != "id" || len(a.Val) > 300 {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			if names[fold(name)] {
				return true
			}
			for w := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' }) {
				if names[w] {
					return true
				}
			}
		}
	}
	return false
}

// namedDepartment is the department that the page names beside its title.
func (f *facts) namedDepartment() string {
	start := int32(f.start())
	for i := range f.elements {
		e := &f.elements[i]
		if e.from < start-3 || e.from > start+5 || e.to > e.from+2 || e.end-int32(i) > 60 || e.hidden || e.above&(cueComment|cueRelated|tagAside|tagNav) != 0 {
			continue
		}
		s := textIn(e.node, 300)
		if s == "" || len(s) > 200 {
			continue
		}
		if classed(e, departmentNames) && !strings.Contains(s, ":") && aDepartment(s) {
			return norm.NFC.String(s)
		}
		for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("|·•–—", r) }) {
			if v := labelled(strings.TrimSpace(part), departmentLabels); v != "" && aDepartment(v) && !geography[fold(v)] {
				return norm.NFC.String(v)
			}
		}
	}
	return ""
}

// aDepartment tells whether a text can be the name of a department: a few words, no sentence.
func aDepartment(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && len(s) <= mostLabelled && len(strings.Fields(s)) <= 5 && countLetters(s) >= 2 && !strings.ContainsAny(s, ".!?;@/0123456789") && !isListingWord(s)
}

// plainTags gives the tags that the page lists in plain words, or as MediaWiki does.
func (f *facts) plainTags() (list []string) {
	add := func(s string) {
		for t := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;|·•", r) }) {
			if t = strings.Trim(t, " #\u00a0"); len(t) <= mostLabelled && countLetters(t) >= 2 && len(list) < maxListed {
				list = append(list, t)
			}
		}
	}
	for i := range f.elements {
		e := &f.elements[i]
		if id := attr(e.node, "id"); id == "catlinks" || id == "mw-normal-catlinks" {
			for j := int32(i) + 1; j < e.end; j++ {
				n := f.elements[j].node
				if s := textIn(n, 100); n.DataAtom == atom.A && !strings.HasPrefix(fold(s), "categor") {
					add(s)
				}
			}
			return list
		}
		if e.hidden || e.above&(cueComment|cueRelated|cueSide|tagAside|tagNav) != 0 || e.above&(tagFooter|cueFooter) != 0 && e.above&tagArticle == 0 || e.to > e.from+1 || e.end-int32(i) > 60 {
			continue
		}
		named := e.node.DataAtom != atom.Body && classed(e, tagNames)
		own := int(e.from) < len(f.blocks) && f.blocks[e.from].element == int32(i)
		if !named && !own {
			continue
		}
		s := textIn(e.node, 600)
		if len(strings.Fields(s)) > mostTagWords {
			continue
		}
		if v := labelled(s, tagLabels); v != "" {
			add(v)
		} else if named && strings.ContainsRune(s, ',') && !strings.ContainsAny(s, ".:!?") && e.linked == 0 {
			add(s)
		}
	}
	return list
}

// here are words that lead a breadcrumb.
var here = [...]string{"vous êtes ici", "you are here", "vous etes ici"}

// plainCrumbs reads a breadcrumb that is plain text, with signs between its crumbs. Named tells that its element is called so;
// any other begins at home.
func (f *facts) plainCrumbs(s string, named bool) []string {
	s = oneLine(s, 300)
	for _, lead := range here {
		if _, after, ok := cutFold(clip(s, 300), lead); ok && strings.HasPrefix(strings.ToLower(s), lead) {
			s, named = strings.TrimLeft(after, " :\u00a0"), true
		}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(">›»→", r) })
	if len(parts) < 2 {
		parts = strings.Split(s, " / ")
	}
	if len(parts) < 2 || len(parts) > 8 {
		return nil
	}
	for i := range parts {
		if parts[i] = norm.NFC.String(strings.TrimSpace(parts[i])); parts[i] == "" || utf8.RuneCountInString(parts[i]) > 100 {
			return nil
		}
	}
	if first := fold(parts[0]); !named && !homes[first] {
		return nil
	}
	return parts
}

// dropLineCrumbs reads the breadcrumb of a line above the title, or at it, and takes it out of the main text.
func (f *facts) dropLineCrumbs() {
	start := f.start()
	for i := max(0, start-nearTitle); i <= start && i < len(f.blocks); i++ {
		b := &f.blocks[i]
		e := &f.elements[b.element]
		if b.words > 25 || b.headline > 0 || b.linked == b.words || e.hidden {
			continue
		}
		if f.lineCrumbs = f.plainCrumbs(f.textOf(b), e.above&cueBreadcrumb != 0); len(f.lineCrumbs) > 0 {
			f.kept[i] = false
			return
		}
	}
}
