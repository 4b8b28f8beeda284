package main

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"
)

// sheet is a short document for people who do not use filon, written as Markdown or HTML.
type sheet struct {
	title  T
	blocks []block
}

// block is one of: a heading, a paragraph, points of a list, a table.
type block struct {
	heading, text T
	points        []T
	heads         []T
	rows          [][]T
}

func (p *sheet) head(t T) { p.blocks = append(p.blocks, block{heading: t}) }
func (p *sheet) say(t T)  { p.blocks = append(p.blocks, block{text: t}) }

// point adds to the list that ends the sheet so far, or begins one.
func (p *sheet) point(t T) {
	if n := len(p.blocks); n > 0 && len(p.blocks[n-1].points) > 0 {
		p.blocks[n-1].points = append(p.blocks[n-1].points, t)
		return
	}
	p.blocks = append(p.blocks, block{points: []T{t}})
}

func (p *sheet) table(heads []T, rows [][]T) {
	p.blocks = append(p.blocks, block{heads: heads, rows: rows})
}

func same(s string) T { return T{s, s} }

func figure(n int) T { return same(strconv.Itoa(n)) }

// span writes two moments of mostly one day.
func span(first, last time.Time) string {
	first, last = first.Local(), last.Local()
	switch {
	case first.IsZero() || last.Before(first):
		return first.Format("2006-01-02 15:04:05")
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		return first.Format("2006-01-02 15:04:05") + " – " + last.Format("15:04:05")
	}
	return first.Format("2006-01-02 15:04:05") + " – " + last.Format("2006-01-02 15:04:05")
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`)

// markdown writes the sheet as CommonMark with tables of pipes.
func (p sheet) markdown(w io.Writer, lang string) error {
	out := bufio.NewWriter(w)
	text := func(t T) string { return markdownEscapes.Replace(oneLine(t.in(lang))) }
	fmt.Fprintf(out, "# %s\n", text(p.title))
	for _, b := range p.blocks {
		switch {
		case b.heading != (T{}):
			fmt.Fprintf(out, "\n## %s\n", text(b.heading))
		case len(b.points) > 0:
			out.WriteString("\n")
			for _, t := range b.points {
				fmt.Fprintf(out, "- %s\n", text(t))
			}
		case len(b.heads) > 0:
			out.WriteString("\n")
			for _, h := range b.heads {
				out.WriteString("| " + text(h) + " ")
			}
			out.WriteString("|\n" + strings.Repeat("|---", len(b.heads)) + "|\n")
			for _, row := range b.rows {
				for _, c := range row {
					out.WriteString("| " + text(c) + " ")
				}
				out.WriteString("|\n")
			}
		default:
			fmt.Fprintf(out, "\n%s\n", text(b.text))
		}
	}
	return out.Flush()
}

// html writes the sheet as one page that needs nothing else and prints on paper.
func (p sheet) html(w io.Writer, lang string) error {
	type shown struct {
		Heading, Text string
		Points, Heads []string
		Rows          [][]string
	}
	all := func(ts []T) []string {
		out := make([]string, len(ts))
		for i, t := range ts {
			out[i] = oneLine(t.in(lang))
		}
		return out
	}
	var blocks []shown
	for _, b := range p.blocks {
		s := shown{oneLine(b.heading.in(lang)), oneLine(b.text.in(lang)), all(b.points), all(b.heads), nil}
		for _, r := range b.rows {
			s.Rows = append(s.Rows, all(r))
		}
		blocks = append(blocks, s)
	}
	return sheetPage.Execute(w, map[string]any{"Lang": lang, "Title": p.title.in(lang), "Blocks": blocks})
}

var sheetPage = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><title>{{.Title}}</title>
<style>body{font:11pt/1.45 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.4em}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{border:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}</style></head>
<body><h1>{{.Title}}</h1>
{{range .Blocks}}{{if .Heading}}<h2>{{.Heading}}</h2>
{{end}}{{if .Text}}<p>{{.Text}}</p>
{{end}}{{if .Points}}<ul>{{range .Points}}<li>{{.}}</li>
{{end}}</ul>
{{end}}{{if .Heads}}<table><tr>{{range .Heads}}<th>{{.}}</th>{{end}}</tr>
{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</table>
{{end}}{{end}}</body></html>
`))
