package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// firstSteps are the commands of a first afternoon, in the order in which one needs them.
var firstSteps = []string{"demo", "init", "crawl", "search", "show", "export"}

// overview prints what filon can do, on one screen.
func (s *speaker) overview(known []command) {
	var b strings.Builder
	b.WriteString("filon — " + s.in(tagline) + "\n\n")
	b.WriteString(s.in(T{FR: "Usage : filon COMMANDE [OPTIONS] [ARGUMENTS]", EN: "Usage: filon COMMAND [FLAGS] [ARGUMENTS]"}) + "\n")
	var first, more [][2]string
	for _, name := range firstSteps {
		if i := slices.IndexFunc(known, func(c command) bool { return c.Name == name }); i >= 0 {
			first = append(first, [2]string{title(known[i]), known[i].Usage})
		}
	}
	for _, c := range known {
		if !c.Hidden && !slices.Contains(firstSteps, c.Name) {
			more = append(more, [2]string{title(c), c.Usage})
		}
	}
	s.section(&b, T{FR: "Premiers pas", EN: "First steps"}, first)
	s.section(&b, T{FR: "Ensuite", EN: "And then"}, more)
	s.section(&b, T{FR: "Partout", EN: "Everywhere"}, s.flagRows(globalFlags(s)))
	b.WriteString("\n" + s.in(T{FR: "Chaque commande : filon COMMANDE --help", EN: "Each command: filon COMMAND --help"}) + "\n")
	s.raw(b.String())
}

// page prints the help of one command.
func (s *speaker) page(c command) {
	var b strings.Builder
	b.WriteString("filon " + title(c) + " — " + c.Usage + "\n")
	if c.Description != "" {
		b.WriteString("\n" + strings.Join(wrap(c.Description, s.helpWidth()), "\n") + "\n")
	}
	if len(c.Examples) > 0 {
		b.WriteString("\n" + s.paint(bold, s.in(T{FR: "Exemples", EN: "Examples"})) + "\n")
		for _, e := range c.Examples {
			b.WriteString("  " + s.paint(cyan, e.Line) + "\n      " + s.in(e.Does) + "\n")
		}
	}
	s.section(&b, T{FR: "Options", EN: "Flags"}, s.flagRows(c.Flags))
	s.section(&b, T{FR: "Partout", EN: "Everywhere"}, s.flagRows(globalFlags(s)))
	s.raw(b.String())
}

func title(c command) string { return strings.TrimSpace(c.Name + " " + c.ArgsUsage) }

func (s *speaker) helpWidth() int {
	if s.width == 0 {
		return 100
	}
	return min(s.width, 100)
}

// section writes a heading and rows of two columns, the second one wrapped under itself.
func (s *speaker) section(b *strings.Builder, heading T, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	b.WriteString("\n" + s.paint(bold, s.in(heading)) + "\n")
	left := 0
	for _, r := range rows {
		left = max(left, min(textWidth(r[0]), 28))
	}
	for _, r := range rows {
		b.WriteString("  " + s.paint(cyan, r[0]))
		indent := strings.Repeat(" ", 2+left+2)
		if w := textWidth(r[0]); w > left {
			b.WriteString("\n" + indent)
		} else {
			b.WriteString(strings.Repeat(" ", left-w+2))
		}
		b.WriteString(strings.Join(wrap(r[1], s.helpWidth()-len(indent)), "\n"+indent) + "\n")
	}
}

// flagRows describes flags: names with what their value is, then what they do and their default.
func (s *speaker) flagRows(flags []cli.Flag) [][2]string {
	var rows [][2]string
	for _, f := range flags {
		if v, ok := f.(cli.VisibleFlag); ok && !v.IsVisible() {
			continue
		}
		d, ok := f.(cli.DocGenerationFlag)
		if !ok {
			continue
		}
		var names []string
		for _, n := range f.Names() {
			if len(n) == 1 {
				names = append([]string{"-" + n}, names...)
			} else {
				names = append(names, "--"+n)
			}
		}
		left, says := strings.Join(names, ", "), d.GetUsage()
		if d.TakesValue() {
			value := placeholder(f)
			// A word in back quotes in the usage names the value, as in package flag.
			if before, rest, ok := strings.Cut(says, "`"); ok {
				if word, after, ok := strings.Cut(rest, "`"); ok {
					value, says = word, before+word+after
					// In brackets it is there for its name only.
					if short, open := strings.CutSuffix(before, " ("); open && strings.HasPrefix(after, ")") {
						says = short + after[1:]
					}
				}
			}
			left += " " + value
			if def := strings.Trim(d.GetValue(), `"[]`); def != "" && def != "0" && def != "0s" {
				says += " (" + s.in(T{FR: "par défaut ", EN: "default "}) + def + ")"
			}
		}
		rows = append(rows, [2]string{left, says})
	}
	return rows
}

func placeholder(f cli.Flag) string {
	switch f := f.(type) {
	case *choiceFlag:
		return strings.Join(f.allowed, "|")
	case *cli.IntFlag, *cli.Int64Flag, *cli.UintFlag, *cli.Uint64Flag, *cli.Float64Flag:
		return "N"
	case *cli.DurationFlag:
		return "30s"
	}
	return strings.ToUpper(f.Names()[0])
}

// wrap breaks text into lines of at most width columns; a longer word stands alone.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			switch {
			case line == "":
				line = word
			case textWidth(line)+1+textWidth(word) <= max(width, 20):
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
		}
		lines = append(lines, line)
	}
	return lines
}
