package demosite

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// markup turns the small markup of the content files into HTML: ## and ### headings, - and 1. lists,
// > quotes whose last line may be "> — who", | tables |, ``` code ```, ![alt](name | caption), lines of raw
// HTML, and paragraphs with **bold**, `code` and [links](address).
func markup(text, lang string) template.HTML {
	w := &writer{lang: lang}
	for _, block := range regexp.MustCompile(`\n\s*\n`).Split(strings.TrimSpace(text), -1) {
		w.block(block)
	}
	return template.HTML(w.out.String())
}

type writer struct {
	lang string
	out  strings.Builder
}

func (w *writer) block(block string) {
	lines := strings.Split(block, "\n")
	switch first := lines[0]; {
	case strings.HasPrefix(first, "### "):
		w.heading("h3", first[4:], lines[1:])
	case strings.HasPrefix(first, "## "):
		w.heading("h2", first[3:], lines[1:])
	case strings.HasPrefix(first, "- "):
		w.list("ul", lines, regexp.MustCompile(`^- `))
	case regexp.MustCompile(`^\d+\. `).MatchString(first):
		w.list("ol", lines, regexp.MustCompile(`^\d+\. `))
	case strings.HasPrefix(first, "> "):
		w.quote(lines)
	case strings.HasPrefix(first, "|"):
		w.table(lines)
	case strings.HasPrefix(first, "```"):
		fmt.Fprintf(&w.out, "<pre><code>%s</code></pre>\n", html.EscapeString(strings.Join(lines[1:len(lines)-1], "\n")))
	case strings.HasPrefix(first, "!["):
		for _, l := range lines {
			w.figure(l)
		}
	case strings.HasPrefix(first, "<"):
		w.out.WriteString(block + "\n")
	default:
		fmt.Fprintf(&w.out, "<p>%s</p>\n", w.inline(strings.Join(lines, " ")))
	}
}

func (w *writer) heading(tag, text string, rest []string) {
	fmt.Fprintf(&w.out, "<%s id=%q>%s</%s>\n", tag, slug(text), w.inline(text), tag)
	if len(rest) > 0 {
		w.block(strings.Join(rest, "\n"))
	}
}

func (w *writer) list(tag string, lines []string, mark *regexp.Regexp) {
	fmt.Fprintf(&w.out, "<%s>\n", tag)
	for i, l := range lines {
		if mark.MatchString(l) {
			if i > 0 {
				w.out.WriteString("</li>\n")
			}
			w.out.WriteString("<li>" + w.inline(mark.ReplaceAllString(l, "")))
		} else {
			w.out.WriteString(" " + w.inline(strings.TrimSpace(l)))
		}
	}
	fmt.Fprintf(&w.out, "</li>\n</%s>\n", tag)
}

func (w *writer) quote(lines []string) {
	w.out.WriteString("<blockquote><p>")
	for _, l := range lines {
		l = strings.TrimPrefix(l, "> ")
		if who, ok := strings.CutPrefix(l, "— "); ok {
			fmt.Fprintf(&w.out, "</p><cite>%s</cite></blockquote>\n", w.inline(who))
			return
		}
		w.out.WriteString(w.inline(l) + " ")
	}
	w.out.WriteString("</p></blockquote>\n")
}

func (w *writer) table(lines []string) {
	w.out.WriteString("<table>\n")
	for i, l := range lines {
		tag := "td"
		if i == 0 {
			tag = "th"
		}
		w.out.WriteString("<tr>")
		for _, cell := range strings.Split(strings.Trim(strings.TrimSpace(l), "|"), "|") {
			fmt.Fprintf(&w.out, "<%s>%s</%s>", tag, w.inline(strings.TrimSpace(cell)), tag)
		}
		w.out.WriteString("</tr>\n")
	}
	w.out.WriteString("</table>\n")
}

var figureMark = regexp.MustCompile(`^!\[([^\]]*)\]\(([^ |)]+)(?: \| ([^)]*))?\)$`)

func (w *writer) figure(line string) {
	m := figureMark.FindStringSubmatch(line)
	if m == nil {
		fmt.Fprintf(&w.out, "<p>%s</p>\n", w.inline(line))
		return
	}
	wide, high := sizeOf(m[2])
	fmt.Fprintf(&w.out, `<figure><img src="/images/%s" alt="%s" width="%d" height="%d" loading="lazy">`,
		m[2], html.EscapeString(m[1]), wide, high)
	if m[3] != "" {
		fmt.Fprintf(&w.out, "<figcaption>%s</figcaption>", w.inline(m[3]))
	}
	w.out.WriteString("</figure>\n")
}

var spanMark = regexp.MustCompile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\[([^\\]]+)\\]\\(([^)]+)\\)")

func (w *writer) inline(s string) string {
	var out strings.Builder
	for {
		m := spanMark.FindStringSubmatchIndex(s)
		if m == nil {
			out.WriteString(w.words(s))
			return out.String()
		}
		out.WriteString(w.words(s[:m[0]]))
		switch {
		case m[2] >= 0:
			out.WriteString("<code>" + html.EscapeString(s[m[2]:m[3]]) + "</code>")
		case m[4] >= 0:
			out.WriteString("<strong>" + w.words(s[m[4]:m[5]]) + "</strong>")
		default:
			fmt.Fprintf(&out, `<a href="%s">%s</a>`, html.EscapeString(s[m[8]:m[9]]), w.words(s[m[6]:m[7]]))
		}
		s = s[m[1]:]
	}
}

// frenchSpaces are the no-break spaces that a French editor sets: the pages carry them as real ones do.
var frenchSpaces = strings.NewReplacer(" :", "\u00a0:", " ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?", " %", "\u00a0%",
	" €", "\u00a0€", "« ", "«\u00a0", " »", "\u00a0»", "'", "’")

func (w *writer) words(s string) string {
	if w.lang == "fr" {
		s = frenchSpaces.Replace(s)
	}
	return html.EscapeString(s)
}

var folds = strings.NewReplacer("à", "a", "â", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "ù", "u", "û", "u", "œ", "oe", "’", "-", "'", "-", "\u00a0", "-", " ", "-")

// slug is the part of an address that a title gives.
func slug(s string) string {
	var out strings.Builder
	for _, r := range folds.Replace(strings.ToLower(s)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			out.WriteRune(r)
		}
	}
	return strings.Trim(regexp.MustCompile(`-+`).ReplaceAllString(out.String(), "-"), "-")
}
