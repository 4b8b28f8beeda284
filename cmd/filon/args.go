package main

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// asked is a command line, understood. line is what urfave/cli is given: the same words with the
// global flags first, then the command, its flags, "--" and the arguments.
type asked struct {
	command       *command // nil when none is named
	help, version bool
	line          []string
}

// arrange reads a command line as people write it: flags before or after what they belong to, global
// ones anywhere, "--" before words that only look like flags. It refuses, with exit code 2 and the
// nearest right word, what is unknown or malformed.
func arrange(say *speaker, args []string, known []command) (asked, error) {
	global := globalFlags(say)
	var a asked
	var globals, own, words []string
	var early []string // flags before the command, to be checked once it is known
	rest := args[1:]
	for i := 0; i < len(rest); i++ {
		arg := rest[i]
		if arg == "--" {
			words = append(words, rest[i+1:]...)
			break
		}
		if dashed := longDash(arg); dashed != "" {
			return a, askedWrongly(T{FR: "%q commence par un tiret long", EN: "%q begins with a long dash"}.with(arg),
				T{FR: "écrivez %s, avec des tirets simples", EN: "write %s, with plain hyphens"}.with(dashed))
		}
		if !isFlag(arg) {
			if a.command != nil {
				words = append(words, arg)
				continue
			}
			if arg == "help" {
				a.help = true
				continue
			}
			cmd, err := findCommand(arg, known)
			if err != nil {
				return a, err
			}
			a.command = cmd
			continue
		}

		name, value, joined := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		list, flag := &globals, find(global, name)
		if flag == nil {
			list = &own
			if a.command == nil {
				flag = findAnywhere(known, name)
				early = append(early, arg)
			} else {
				flag = find(a.command.Flags, name)
			}
		}
		if flag == nil {
			return a, unknownFlag(arg, name, a.command, global)
		}
		if takesValue(flag) && !joined {
			if i+1 >= len(rest) || looksLikeFlag(rest[i+1], a.command, global) {
				return a, askedWrongly(T{FR: "--%s attend une valeur", EN: "--%s needs a value"}.with(flag.Names()[0]), helpHint(a.name()))
			}
			i++
			value, joined = rest[i], true
		}
		if err := checkValue(flag, value, joined); err != nil {
			return a, err
		}
		if !takesValue(flag) && !joined {
			value = "true"
		}
		switch on := value == "true"; flag.Names()[0] {
		case "help":
			a.help = a.help || on
		case "version":
			a.version = a.version || on
		default:
			*list = append(*list, "--"+flag.Names()[0]+"="+value)
		}
	}

	if a.command == nil {
		if len(early) > 0 && !a.help && !a.version {
			return a, unknownFlag(early[0], strings.TrimLeft(early[0], "-"), nil, global)
		}
		a.help = !a.version // filon alone shows what it can do
		return a, nil
	}
	for _, arg := range early {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if find(a.command.Flags, name) == nil {
			return a, unknownFlag(arg, name, a.command, global)
		}
	}
	if !a.help && !a.version {
		if err := checkCount(a.command, words); err != nil {
			return a, err
		}
	}
	a.line = append([]string{args[0]}, globals...)
	a.line = append(a.line, a.command.Name)
	a.line = append(a.line, own...)
	a.line = append(append(a.line, "--"), words...)
	return a, nil
}

func (a asked) name() string {
	if a.command == nil {
		return ""
	}
	return a.command.Name
}

// isFlag tells flags from words; "-" alone is standard input, and "-5" a number.
func isFlag(arg string) bool {
	if len(arg) < 2 || arg[0] != '-' {
		return false
	}
	_, err := strconv.ParseFloat(arg, 64)
	return err != nil
}

// longDash gives the flag that was meant when a text editor made a long dash of its hyphens.
func longDash(arg string) string {
	r, size := utf8.DecodeRuneInString(arg)
	if (r != '–' && r != '—' && r != '−') || len(arg) == size {
		return ""
	}
	return "--" + strings.TrimLeft(arg[size:], "-–—−")
}

func looksLikeFlag(arg string, cmd *command, global []cli.Flag) bool {
	if !isFlag(arg) {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return strings.HasPrefix(arg, "--") || find(global, name) != nil || cmd != nil && find(cmd.Flags, name) != nil
}

func find(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		for _, n := range f.Names() {
			if n == name {
				return f
			}
		}
	}
	return nil
}

func findAnywhere(known []command, name string) cli.Flag {
	for _, c := range known {
		if f := find(c.Flags, name); f != nil {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

func findCommand(name string, known []command) (*command, error) {
	var names []string
	for i := range known {
		if known[i].HasName(name) {
			return &known[i], nil
		}
		if !known[i].Hidden {
			names = append(names, known[i].Name)
		}
	}
	what := T{FR: "commande inconnue : %s", EN: "unknown command: %s"}.with(name)
	if strings.Contains(name, "://") || strings.HasPrefix(name, "www.") {
		return nil, askedWrongly(what, T{FR: "pour parcourir ce site : filon crawl %s", EN: "to crawl this site: filon crawl %s"}.with(name))
	}
	if near := nearest(name, names); near != "" {
		return nil, askedWrongly(what, T{FR: "vouliez-vous dire %s ?", EN: "did you mean %s?"}.with(near))
	}
	return nil, askedWrongly(what, helpHint(""))
}

func unknownFlag(arg, name string, cmd *command, global []cli.Flag) error {
	shown, _, _ := strings.Cut(arg, "=")
	what := T{FR: "option inconnue : %s", EN: "unknown flag: %s"}.with(shown)
	flags, of := global, ""
	if cmd != nil {
		what = T{FR: "option inconnue : %s pour %s", EN: "unknown flag: %s for %s"}.with(shown, cmd.Name)
		flags, of = append(append([]cli.Flag{}, cmd.Flags...), global...), cmd.Name
	}
	name, _, _ = strings.Cut(name, "=")
	var names []string
	for _, f := range flags {
		for _, n := range f.Names() {
			if len(n) > 1 {
				names = append(names, n)
			}
		}
	}
	if near := nearest(name, names); near != "" {
		return askedWrongly(what, T{FR: "vouliez-vous dire --%s ?", EN: "did you mean --%s?"}.with(near))
	}
	hint := helpHint(of)
	if cmd != nil && cmd.MaxArgs != 0 && !strings.HasPrefix(arg, "--") {
		hint = T{FR: "si c'est un mot à chercher, mettez -- devant : filon %s -- %s", EN: "if it is a word to look for, put -- before it: filon %s -- %s"}.with(cmd.Name, arg)
	}
	return askedWrongly(what, hint)
}

func helpHint(cmd string) T {
	line := strings.TrimSpace("filon " + cmd + " --help")
	return T{FR: "voyez %s", EN: "see %s"}.with(strings.Join(strings.Fields(line), " "))
}

// checkValue refuses what urfave/cli would refuse in the words of package flag.
func checkValue(f cli.Flag, value string, given bool) error {
	name := f.Names()[0]
	bad := func(want T) error {
		return askedWrongly(T{FR: "--%s ne peut pas valoir %q", EN: "--%s cannot be %q"}.with(name, value), want)
	}
	var err error
	switch f := f.(type) {
	case *choiceFlag:
		if f.means != nil && f.means(value) != "" {
			return nil
		}
		return oneOf(name, value, f.allowed)
	case *cli.IntFlag, *cli.Int64Flag:
		if _, err = strconv.ParseInt(value, 10, 64); err != nil {
			return bad(T{FR: "donnez un nombre entier, par exemple --%s 10", EN: "give a whole number, for example --%s 10"}.with(name))
		}
	case *cli.UintFlag, *cli.Uint64Flag:
		if _, err = strconv.ParseUint(value, 10, 63); err != nil {
			return bad(T{FR: "donnez un nombre entier à partir de 0, par exemple --%s 10", EN: "give a whole number from 0, for example --%s 10"}.with(name))
		}
	case *cli.Float64Flag:
		if _, err = strconv.ParseFloat(value, 64); err != nil {
			return bad(T{FR: "donnez un nombre, par exemple --%s 0.5", EN: "give a number, for example --%s 0.5"}.with(name))
		}
	case *cli.DurationFlag:
		if _, err = time.ParseDuration(value); err != nil {
			return bad(T{FR: "donnez une durée avec son unité, par exemple --%s 500ms ou 30s", EN: "give a duration with its unit, for example --%s 500ms or 30s"}.with(name))
		}
	case *cli.BoolFlag:
		if given && value != "true" && value != "false" {
			return bad(T{FR: "écrivez --%s tout court, ou --%s=false", EN: "write just --%s, or --%s=false"}.with(name, name))
		}
	}
	return nil
}

// checkCount refuses too many or too few arguments.
func checkCount(c *command, words []string) error {
	switch {
	case c.MaxArgs == 0 && len(words) > 0:
		return askedWrongly(T{FR: "%s n'attend rien d'autre que des options, et a reçu %q", EN: "%s takes nothing but flags, and was given %q"}.with(c.Name, words[0]), helpHint(c.Name))
	case c.MaxArgs != anyNumber && len(words) > c.MaxArgs:
		return askedWrongly(T{FR: "%s n'attend que %s, et a reçu aussi %q", EN: "%s takes only %s, and was also given %q"}.with(c.Name, c.ArgsUsage, words[c.MaxArgs]), helpHint(c.Name))
	case len(words) < c.MinArgs:
		hint := helpHint(c.Name)
		if len(c.ArgChoices) > 0 {
			hint = T{FR: "valeurs possibles : %s", EN: "possible values: %s"}.with(strings.Join(c.ArgChoices, ", "))
		}
		return askedWrongly(T{FR: "%s attend %s", EN: "%s needs %s"}.with(c.Name, c.ArgsUsage), hint)
	}
	return nil
}

// nearest gives the word of the list that was most probably meant, "" when none is close: about one
// slip in three letters, a swap of neighbours counting as one, or the beginning of one word only.
func nearest(given string, list []string) string {
	given = strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(given))
	if len(given) > 64 {
		return ""
	}
	best, slips := "", max(1, (len(given)+1)/3)+1
	var begun []string
	for _, word := range list {
		if d := distance(given, strings.ToLower(word)); d < slips {
			best, slips = word, d
		}
		if len(given) >= 2 && strings.HasPrefix(strings.ToLower(word), given) {
			begun = append(begun, word)
		}
	}
	if best == "" && len(begun) == 1 {
		return begun[0]
	}
	if best == "" { // --depth for --max-depth
		for _, word := range list {
			if len(given) >= 4 && strings.HasSuffix(word, "-"+given) {
				return word
			}
		}
	}
	return best
}

// distance is the number of slips between two words (optimal string alignment).
func distance(a, b string) int {
	prev2, prev, cur := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, make([]int, len(b)+1)
	}
	return prev[len(b)]
}
