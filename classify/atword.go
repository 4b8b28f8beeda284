package classify

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// atWord is an expression each match of which begins where a word begins, or with an underscore: it is tried at such
// places only, where one of its first letters and one that may follow it stand, and on no more text than a match can have. It finds what the
// expression finds.
type atWord struct {
	re     *regexp.Regexp // from the beginning of a text
	first  [256]bool      // the bytes that a match begins with: letters, figures, the underscore
	second [256]uint32    // by the first byte, a set of the lower five bits of those that may follow it
	length int            // of the longest match, in bytes, and of the character behind it
}

// mustAtWord compiles an expression that begins with \b, or with \b or an underscore, and a letter or figure of ASCII. It
// panics for another one.
func mustAtWord(expr string) *atWord {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err)
	}
	w := &atWord{re: regexp.MustCompile(`^(?:` + expr + `)`), length: longest(tree) + utf8.UTFMax}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic(err)
	}
	w.begin(prog, uint32(prog.Start), false, map[place]bool{})
	return w
}

// place is one of a program, reached after \b or not.
type place struct {
	at    uint32
	bound bool
}

// begin notes with which bytes a match of the rest of a program begins.
func (w *atWord) begin(prog *syntax.Prog, at uint32, bound bool, seen map[place]bool) {
	if seen[place{at, bound}] {
		return
	}
	seen[place{at, bound}] = true
	switch in := &prog.Inst[at]; in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		w.begin(prog, in.Out, bound, seen)
		w.begin(prog, in.Arg, bound, seen)
	case syntax.InstCapture, syntax.InstNop:
		w.begin(prog, in.Out, bound, seen)
	case syntax.InstEmptyWidth:
		w.begin(prog, in.Out, bound || syntax.EmptyOp(in.Arg) == syntax.EmptyWordBoundary, seen)
	case syntax.InstRune, syntax.InstRune1:
		last := in.Rune[len(in.Rune)-1]
		for _, c := range []rune{last, 'ſ', '\u212a'} { // the last two are s and k in any case
			if c >= utf8.RuneSelf && in.MatchRune(c) {
				panic("an expression that does not begin with a word")
			}
		}
		for c := range rune(utf8.RuneSelf) {
			if in.MatchRune(c) {
				if c != '_' && !(bound && asciiWord[c]) {
					panic("an expression that does not begin with a word")
				}
				w.first[c] = true
				w.second[c] |= following(prog, in.Out, map[uint32]bool{})
			}
		}
	default:
		panic("an expression that does not begin with a word")
	}
}

// following is a set of the lower five bits of the bytes that a match of the rest of a program may begin with.
func following(prog *syntax.Prog, at uint32, seen map[uint32]bool) (set uint32) {
	const all = 1<<32 - 1
	if seen[at] {
		return 0
	}
	seen[at] = true
	switch in := &prog.Inst[at]; in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return following(prog, in.Out, seen) | following(prog, in.Arg, seen)
	case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
		return following(prog, in.Out, seen)
	case syntax.InstRune, syntax.InstRune1:
		if in.Rune[len(in.Rune)-1] >= utf8.RuneSelf || in.MatchRune('ſ') || in.MatchRune('\u212a') {
			return all
		}
		for c := range rune(utf8.RuneSelf) {
			if in.MatchRune(c) {
				set |= 1 << (c & 31)
			}
		}
		return set
	case syntax.InstFail:
		return 0
	}
	return all
}

// endless is the length of a match that has no longest.
const endless = 1 << 30

// longest is the length in bytes of the longest match of a tree.
func longest(tree *syntax.Regexp) (n int) {
	switch tree.Op {
	case syntax.OpLiteral:
		for _, c := range tree.Rune {
			if n += utf8.RuneLen(c); tree.Flags&syntax.FoldCase != 0 {
				n += utf8.UTFMax
			}
		}
	case syntax.OpCharClass:
		return utf8.RuneLen(tree.Rune[len(tree.Rune)-1])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax
	case syntax.OpStar, syntax.OpPlus:
		return endless
	case syntax.OpRepeat:
		if tree.Max < 0 {
			return endless
		}
		return min(endless, tree.Max*longest(tree.Sub[0]))
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			n = max(n, longest(sub))
		}
	default:
		for _, sub := range tree.Sub {
			n = min(endless, n+longest(sub))
		}
	}
	return n
}

// asciiWord are the bytes of a word as \b takes it.
var asciiWord = func() (t [256]bool) {
	for c := range t {
		t[c] = alnumByte(byte(c)) || c == '_'
	}
	return t
}()

// from gives the first match from an offset on, as FindStringSubmatchIndex does; nil when there is none.
func (w *atWord) from(s string, at int) []int {
	for i := at; i < len(s); i++ {
		if c := s[i]; !w.first[c] || c != '_' && i > 0 && asciiWord[s[i-1]] {
			continue
		}
		if i+1 < len(s) && w.second[s[i]]&(1<<(s[i+1]&31)) == 0 {
			continue
		}
		if m := w.re.FindStringSubmatchIndex(s[i:min(len(s), i+w.length)]); m != nil {
			for k := range m {
				if m[k] >= 0 {
					m[k] += i
				}
			}
			return m
		}
	}
	return nil
}

// The others are those of regexp.Regexp of the same name.

func (w *atWord) FindStringSubmatchIndex(s string) []int { return w.from(s, 0) }

func (w *atWord) MatchString(s string) bool { return w.from(s, 0) != nil }

func (w *atWord) FindStringIndex(s string) []int {
	if m := w.from(s, 0); m != nil {
		return m[:2]
	}
	return nil
}

func (w *atWord) FindAllStringSubmatchIndex(s string, n int) (all [][]int) {
	for at := 0; n < 0 || len(all) < n; {
		m := w.from(s, at)
		if m == nil {
			break
		}
		all, at = append(all, m), m[1]
	}
	return all
}

func (w *atWord) FindAllString(s string, n int) (all []string) {
	for _, m := range w.FindAllStringSubmatchIndex(s, n) {
		all = append(all, s[m[0]:m[1]])
	}
	return all
}

func (w *atWord) FindStringSubmatch(s string) (groups []string) {
	m := w.from(s, 0)
	for k := 0; k < len(m); k += 2 {
		group := ""
		if m[k] >= 0 {
			group = s[m[k]:m[k+1]]
		}
		groups = append(groups, group)
	}
	return groups
}
