package demosite

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
)

// page is one block of a content file:
//
//	=== /conseils/nettoyer-son-four/
//	title: Nettoyer son four à soles
//	date: -40            (days from the day of the demo, or 2019-04-11)
//	judge: how_to | publishable, needs_edit | why a person says so
//	---
//	the text, in the small markup of markup.go
type page struct {
	Path string
	Head map[string]string // the lines above ---
	Body string
	Date time.Time // zero when the page has none
}

// known are the keys of a block; another one is a slip of the pen.
var known = map[string]bool{
	"title": true, "h1": true, "desc": true, "date": true, "modified": true, "by": true, "image": true,
	"tags": true, "schema": true, "lang": true, "en": true, "judge": true, "noindex": true, "charset": true,
	"banner": true, "start": true, "end": true, "place": true, "valid": true, "copy": true, "file": true, "on": true,
	"class": true,
}

// readPages reads every .txt file of a folder, in order.
func readPages(dir string, day time.Time) ([]*page, error) {
	names, err := fs.Glob(files, path.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var all []*page
	seen := map[string]bool{}
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, block := range strings.Split("\n"+string(raw), "\n=== ")[1:] {
			p, err := readPage(block, day)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if seen[p.Path] {
				return nil, fmt.Errorf("%s: %s stands there twice", name, p.Path)
			}
			seen[p.Path] = true
			all = append(all, p)
		}
	}
	return all, nil
}

func readPage(block string, day time.Time) (*page, error) {
	head, body, _ := strings.Cut(block, "\n---")
	lines := strings.Split(head, "\n")
	p := &page{Path: strings.TrimSpace(lines[0]), Head: map[string]string{}}
	for _, line := range lines[1:] {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || !known[key] {
			return nil, fmt.Errorf("%s: unknown line %q", p.Path, line)
		}
		p.Head[key] = fill(strings.TrimSpace(value), day)
	}
	p.Body = fill(strings.TrimSpace(body), day)
	var err error
	if p.Head["date"] != "" {
		if p.Date, err = dateOf(p.Head["date"], day); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return p, nil
}

// Lang is the language of a page: French unless it says otherwise.
func (p *page) Lang() string {
	if l := p.Head["lang"]; l != "" {
		return l
	}
	return "fr"
}

func (p *page) tags() []string {
	var list []string
	for _, t := range strings.Split(p.Head["tags"], ",") {
		if t = strings.TrimSpace(t); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// Section is the first part of the path, "actualites" of /actualites/un-titre/.
func (p *page) Section() string {
	first, _, _ := strings.Cut(strings.TrimPrefix(p.Path, "/"), "/")
	return first
}

// dateOf reads "-40" as forty days before the day, or a fixed 2019-04-11.
func dateOf(s string, day time.Time) (time.Time, error) {
	if n, err := strconv.Atoi(s); err == nil {
		return day.AddDate(0, 0, n), nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, day.Location())
	if err != nil {
		return time.Time{}, fmt.Errorf("date %q is neither days nor 2006-01-02", s)
	}
	return t, nil
}

var (
	dateMark = regexp.MustCompile(`\{([+-]\d+)(?:\|(\w+))?\}`)
	yearMark = regexp.MustCompile(`\{y([+-]\d+)?\}`)
)

// fill replaces {+30}, {-12|num}, {y}, {y-1} by dates counted from the day.
func fill(s string, day time.Time) string {
	s = dateMark.ReplaceAllStringFunc(s, func(m string) string {
		part := dateMark.FindStringSubmatch(m)
		n, _ := strconv.Atoi(part[1])
		return write(day.AddDate(0, 0, n), part[2])
	})
	return yearMark.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.Atoi(yearMark.FindStringSubmatch(m)[1])
		return strconv.Itoa(day.Year() + n)
	})
}

var (
	months = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	days   = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
)

// write gives a date as people read it: 3 avril 2026 unless another form is named.
func write(t time.Time, form string) string {
	month := months[t.Month()-1]
	switch form {
	case "num":
		return t.Format("02/01/2006")
	case "iso":
		return t.Format(time.DateOnly)
	case "en":
		return t.Format("January 2, 2006")
	case "slash":
		return t.Format("2006/01")
	case "month":
		return month + " " + t.Format("2006")
	case "short":
		return ordinal(t.Day()) + " " + month
	case "day":
		return days[t.Weekday()] + " " + ordinal(t.Day()) + " " + month + t.Format(" 2006")
	}
	return ordinal(t.Day()) + " " + month + t.Format(" 2006")
}

func ordinal(day int) string {
	if day == 1 {
		return "1er"
	}
	return strconv.Itoa(day)
}
