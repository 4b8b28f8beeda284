package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"

	"filon/classify"
	"filon/crawler/address"
)

// T is one sentence in the two languages of the program. Whatever a person reads is a T.
type T struct{ FR, EN string }

// in gives the sentence in "fr", or else in English.
func (t T) in(lang string) string {
	if lang == "fr" {
		return t.FR
	}
	return t.EN
}

// with fills the verbs of both sentences, as fmt.Sprintf; an argument that is a T or an error with two languages is
// filled in the language of its sentence. Words agree with the number that stands last before them: "%d item{s}",
// "%d {page was|pages were} left".
func (t T) with(args ...any) T { return t.fill(several, args) }

// of makes the words of both sentences agree with a number that stands elsewhere.
func (t T) of(n int) T { return t.fill(n, nil) }

func (t T) fill(last int, args []any) T {
	return T{FR: fillIn("fr", t.FR, last, args), EN: fillIn("en", t.EN, last, args)}
}

const several = 2 // any number of which words are in the plural

// fillIn fills a sentence before which the number last stands.
func fillIn(lang, format string, last int, args []any) string {
	var out strings.Builder
	for {
		i := strings.IndexAny(format, "%{")
		if i < 0 {
			break
		}
		out.WriteString(format[:i])
		format = format[i:]
		if format[0] == '{' {
			n := max(1, strings.IndexByte(format, '}')+1)
			word, is := agree(lang, format[:n], last)
			if !is {
				word, n = "{", 1
			}
			out.WriteString(word)
			format = format[n:]
			continue
		}
		n := 1 + strings.IndexFunc(format[1:]+"d", func(r rune) bool { return unicode.IsLetter(r) || r == '%' })
		verb := format[:min(n+1, len(format))]
		format = format[len(verb):]
		switch {
		case verb == "%%":
			out.WriteByte('%')
		case len(args) == 0:
			out.WriteString("%!" + verb[1:] + "(MISSING)") // as fmt says it
		default:
			if k, is := wholeNumber(args[0]); is {
				last = k
			}
			text := fmt.Sprintf(verb, spoken(lang, args[0]))
			if lang == "fr" && decimal(args[0]) {
				text = commaFor(text)
			}
			out.WriteString(text)
			args = args[1:]
		}
	}
	out.WriteString(format)
	return out.String()
}

// decimal tells whether an argument is written with a decimal point, which French writes as a comma.
func decimal(a any) bool {
	switch a.(type) {
	case float64, float32, time.Duration:
		return true
	}
	return false
}

func wholeNumber(a any) (int, bool) {
	switch a := a.(type) {
	case int:
		return a, true
	case int64:
		return int(min(a, several)), true
	}
	return 0, false
}

// spoken is an argument in a language.
func spoken(lang string, a any) any {
	switch a := a.(type) {
	case T:
		return a.in(lang)
	case *Trouble:
		return a.What.in(lang)
	case error:
		why, _ := explain(a)
		return why.in(lang)
	}
	return a
}

// agree chooses between the forms of a word, "{one|many}" or "{s}": French has its singular for none and one.
func agree(lang, forms string, n int) (word string, is bool) {
	one, more, is := strings.Cut(strings.Trim(forms, "{}"), "|")
	if one == "s" && !is {
		one, more, is = "", "s", true
	}
	if n == 1 || n == 0 && lang == "fr" {
		return one, is
	}
	return more, is
}

// plural gives one when n is 1, else many with n put into its %d.
func plural(n int, one, many T) T {
	if n == 1 {
		return one
	}
	said := many.with(n)
	if at := aloneInFrench.FindStringIndex(one.FR); n == 0 && at != nil { // French counts nothing as one
		said.FR = one.FR[:at[0]] + "0" + one.FR[at[1]:]
	}
	return said
}

// aloneInFrench is the number in a French sentence about one thing.
var aloneInFrench = regexp.MustCompile(`\b(?:1|[Uu]ne?)\b`)

var tagline = T{
	FR: "trouve ce que votre entreprise a déjà écrit, et dit ce qui peut être publié",
	EN: "finds what your company has already written, and says what can be published",
}

// speaker is how filon speaks: results to out, everything else to err, in one language. Colours
// are used only on a terminal and never when NO_COLOR is set (no-color.org). It is not for
// concurrent use, but for Progress, which locks by itself.
type speaker struct {
	out         *steadyWriter
	err         io.Writer
	lang        string
	width       int  // columns of the terminal that out is; 0 when it is none
	colour      bool // of out
	errTerminal bool
	errWidth    int
	errColour   bool
}

// newSpeaker reads the language from --lang, then LC_ALL, LC_MESSAGES and LANG as POSIX orders them.
func newSpeaker(args []string, stdout, stderr io.Writer) *speaker {
	s := &speaker{out: &steadyWriter{w: stdout}, err: stderr, lang: language(args, os.Getenv)}
	mayPaint := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	s.width = columns(stdout)
	s.colour = s.width > 0 && mayPaint
	s.errWidth = columns(stderr)
	s.errTerminal = s.errWidth > 0
	s.errColour = s.errTerminal && mayPaint
	return s
}

// language decides between fr and en.
func language(args []string, env func(string) string) string {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "fr") {
				return "fr"
			}
			return "en"
		}
	}
	return systemLanguage()
}

// columns gives the width of the terminal behind w, 0 when w is none.
func columns(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 20 {
		return 80
	}
	return width
}

// in gives a sentence in the speaker's language.
func (s *speaker) in(t T) string { return t.in(s.lang) }

// line prints one sentence of the result.
func (s *speaker) line(t T) { fmt.Fprintln(s.out, s.in(t)) }

// raw prints text of the result as it is, without adding a line end.
func (s *speaker) raw(text string) { io.WriteString(s.out, text) }

// note prints a sentence beside the result, on stderr.
func (s *speaker) note(t T) { fmt.Fprintln(s.err, "filon: "+oneLine(s.in(t))) }

// trouble prints what went wrong, with its remedy, and gives the exit code. A nil error is code 0.
func (s *speaker) trouble(err error) int {
	if err == nil {
		return codeDone
	}
	t := diagnose(err)
	fmt.Fprintln(s.err, paint(s.errColour, red, "filon:")+" "+oneLine(s.in(t.What)))
	if hint := s.in(t.Hint); hint != "" {
		fmt.Fprintln(s.err, paint(s.errColour, dim, s.in(T{FR: "à faire :", EN: "hint:"}))+" "+oneLine(hint))
	}
	return t.Code
}

// version prints what was built, as the Go toolchain recorded it.
func (s *speaker) version() { s.raw(builtFrom() + "\n") }

func builtFrom() string {
	version, revision := "devel", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" && v != "(devel)" {
			version = v
		}
		for _, kv := range info.Settings {
			if kv.Key == "vcs.revision" && len(kv.Value) >= 12 {
				revision = " (" + kv.Value[:12] + ")"
			}
		}
	}
	return "filon " + version + revision
}

// style is an ANSI SGR sequence.
type style string

const (
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	blue   style = "34"
	purple style = "35"
	cyan   style = "36"
)

func paint(on bool, st style, text string) string {
	if !on || text == "" {
		return text
	}
	return "\x1b[" + string(st) + "m" + text + "\x1b[0m"
}

// paint colours text of the result, when colours are used.
func (s *speaker) paint(st style, text string) string { return paint(s.colour, st, text) }

// oneLine makes text of strangers (addresses, titles, messages of servers) safe to print: no line
// ends, no control or direction characters that a terminal would obey.
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200b', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.TrimSpace(clean)
}

// steadyWriter remembers the first failure to write, so that it is told once, at the end.
type steadyWriter struct {
	w   io.Writer
	err error
}

func (s *steadyWriter) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	if err != nil {
		s.err = couldNot(err, T{FR: "impossible d'écrire le résultat : %s", EN: "cannot write the result: %s"})
	}
	return n, err
}

// shellWord writes a word of a command that is shown so that it can be copied into a shell: in quotes where it needs them.
func shellWord(s string) string { return quotedFor(s, runtime.GOOS == "windows") }

func quotedFor(s string, windows bool) string {
	plain := "-_./:+,@%="
	if windows {
		plain += `\~`
	}
	switch {
	case s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(plain, r)
	}):
		return s
	case windows:
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// shownAddress writes an address for people, that of a file as its path, without the values in it that are masked
// everywhere.
func shownAddress(addr string) string { return classify.MaskAddress(address.Shown(addr)) }
