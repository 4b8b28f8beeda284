package crawler

import (
	"slices"
	"strings"

	"filon/crawler/address"
)

// template is a node in the tree of the forms that addresses have: hosts, then segments of paths, then
// sets of parameters, then single values of parameters. Numbers, dates and identifiers are one segment,
// "*"; so is every name beyond the first templateNames below a node, which is how the pages of a wiki,
// each under a name of its own, become the few forms that its software makes of them:
//
//	wiki.fr:443/w/*          its pages
//	wiki.fr:443/w/*/source   their sources
//	wiki.fr:443/liste?page&tri
//
// A node stands for the pages that have its form and, when more lies beneath, for those too.
type template struct {
	parent  *template
	segment string
	below   map[string]*template

	visits, rich, debt int
	lines, before      map[uint32]struct{} // of its pages; when lines is full, it becomes before
}

const (
	templateNames  = 64      // different segments below one node
	templateValues = 32      // different name=value pairs below one set of parameters
	templateDepth  = 8       // segments that are told apart; what lies deeper is one form
	templateNodes  = 20_000  // of all trees together
	templateLines  = 8192    // of one node, twice
	templateMemory = 1 << 20 // lines of all nodes together, as long as none is below templateLeast
	templateLeast  = 64
)

// family is a template as one address sees it: level is 0 for the form of the page itself, 1 for the
// folder that it lies in, and so on up.
type family struct {
	*template
	level int
}

// familiesOf lists the families of an address, its own form first, without those of whole hosts.
// With grow it makes those that are missing; without, it gives those that are known.
func (t *traps) familiesOf(addr string, grow bool) []family {
	steps, values := stepsOf(addr)
	node := t.root
	var path []*template
	for i, step := range steps {
		next := t.step(node, step, templateNames, grow)
		if next == nil {
			break
		}
		if node = next; i > 0 {
			path = append(path, node)
		}
	}
	var all []family
	for i, n := range path {
		all = append(all, family{n, len(steps) - 2 - i})
	}
	slices.Reverse(all)
	if len(path) == len(steps)-1 && len(values) > 0 {
		set := node.parent // values lie beside the leaf of their set of parameters
		for _, v := range values {
			if n := t.step(set, "="+v, templateValues, grow); n != nil && n.segment != "*" {
				all = append(all, family{n, 0})
			}
		}
	}
	return all
}

// step goes one segment down; nil when there is no such node and none is to be made.
func (t *traps) step(from *template, segment string, names int, grow bool) *template {
	if n := from.below[segment]; n != nil {
		return n
	}
	if segment != "" && len(from.below) >= names || t.nodes >= templateNodes {
		if segment = "*"; from.below[segment] != nil {
			return from.below[segment]
		}
	}
	if !grow || t.nodes >= templateNodes+templateNames {
		return nil
	}
	if from.below == nil {
		from.below = map[string]*template{}
	}
	n := &template{parent: from, segment: segment}
	from.below[segment] = n
	t.nodes++
	return n
}

// stepsOf gives the way to the form of an address: its host, its segments, and for one with parameters
// "?" and their names; the empty step at the end is the page itself. values are those of its parameters
// that are words.
func stepsOf(addr string) (steps, values []string) {
	pattern := strings.ReplaceAll(address.Pattern(addr), "#", "*")
	pattern, names, _ := strings.Cut(pattern, "?")
	steps = strings.Split(strings.TrimRight(pattern, "/"), "/")
	if len(steps) > 1 && steps[1] == "…" { // names come back in it: one form, whatever their order and number
		steps = steps[:2]
	}
	if len(steps) > templateDepth+1 {
		steps = append(steps[:templateDepth+1], "**")
	}
	if names != "" {
		steps = append(steps, "?", names)
		_, query, _ := strings.Cut(addr, "?")
		for pair := range strings.SplitSeq(query, "&") {
			if _, value, _ := strings.Cut(pair, "="); value != "" && len(pair) <= 48 && !strings.ContainsAny(value, "0123456789%+") {
				values = append(values, pair)
			}
		}
	}
	return append(steps, ""), values[:min(len(values), 8)]
}

// learn takes in the lines of a page and tells whether it brought something that the family had not
// shown: eight words, or a fifth of what it says.
func (n *template) learn(t *traps, s sketch) bool {
	fresh, all := 0, 0
	for print, words := range s.each {
		all += words
		if _, known := n.lines[print]; known {
			continue
		}
		if _, known := n.before[print]; !known {
			fresh += words
		}
		if len(n.lines) >= templateLines || t.lines >= templateMemory && len(n.lines) >= templateLeast {
			t.lines -= len(n.before)
			n.before, n.lines = n.lines, nil
		}
		if n.lines == nil {
			n.lines = map[uint32]struct{}{}
		}
		n.lines[print] = struct{}{}
		t.lines++
	}
	return fresh >= 8 || all > 0 && fresh*5 >= all
}

// name writes the form: host, path with * for what varies, names of parameters.
func (n *template) name() string {
	var steps []string
	for ; n.parent != nil; n = n.parent {
		steps = append(steps, n.segment)
	}
	slices.Reverse(steps)
	var b strings.Builder
	b.WriteString(steps[0])
	query := false
	for _, s := range steps[1:] {
		switch {
		case s == "": // the page itself
		case s == "?":
			query = true
			b.WriteString("?")
		case strings.HasPrefix(s, "="): // one value, whatever else is asked for
			name := b.String()
			at := strings.LastIndexByte(name, '?')
			b.Reset()
			b.WriteString(name[:at+1] + s[1:])
		case query:
			b.WriteString(s)
		default:
			b.WriteString("/" + s)
		}
	}
	if !strings.Contains(b.String(), "/") {
		b.WriteString("/")
	}
	return b.String()
}

// FamilyPattern writes the name of a family, as a request's Pattern has it, as a pattern that
// Source.Traps.Allow takes: "site.fr:443/agenda/*" is "/agenda/*".
func FamilyPattern(family string) string {
	_, target, _ := strings.Cut(family, "/")
	path, query, asked := strings.Cut("/"+target, "?")
	path = strings.ReplaceAll(path, "…", "**")
	switch {
	case strings.Contains(query, "="):
		return path + "?*" + query + "*"
	case asked:
		return path + "?*"
	}
	return path
}
