package extract

import (
	"strings"

	"filon/crawler/content"
)

const (
	maxFrontMatter = 16 << 10 // bytes; more is text
	maxFrontKeys   = 40
)

// frontMatter takes the front matter off a Markdown file (YAML between lines of ---, TOML between lines of +++) and
// gives the rest. What has a name in filon gets it, all else is a property of the file's own, and a header: that is
// where people write how secret a file is.
func frontMatter(s string, d *draft) string {
	s = strings.TrimPrefix(s, "\ufeff")
	fence, sep := "---", ":"
	if strings.HasPrefix(s, "+++\n") {
		fence, sep = "+++", "="
	}
	rest, ok := strings.CutPrefix(s, fence+"\n")
	if !ok {
		return s
	}
	matter, after, closed := strings.Cut("\n"+rest, "\n"+fence)
	if !closed || len(matter) > maxFrontMatter || !strings.Contains(matter, sep) {
		return s
	}
	if line, next, _ := strings.Cut(after, "\n"); strings.TrimSpace(line) != "" {
		return s // a line that only begins like the fence
	} else {
		after = next
	}
	var said []string
	key, keys := "", 0
	for l := range strings.SplitSeq(matter, "\n") {
		name, v, named := strings.Cut(l, sep)
		name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`))
		if !named || l[0] == ' ' || l[0] == '\t' || l[0] == '-' || l[0] == '#' || strings.Contains(name, " ") && len(name) > 40 {
			if l = strings.Trim(strings.TrimSpace(l), `-"' `); l != "" && !silentKeys[key] {
				said = append(said, key+" : "+l)
			}
			continue
		}
		key = name
		v = strings.Trim(strings.TrimSpace(v), `"'[]>|`)
		switch key {
		case "title":
			d.property("title", v)
		case "author":
			d.property("creator", v)
		case "date":
			d.created(isoDate(v))
		case "lang", "language":
			d.Language = cutBytes(v, 10)
		case "keywords", "tags":
			d.property("keywords", v)
		case "subject", "category", "status", "comments", "company", "manager":
			d.property(key, v)
		default:
			if keys++; keys <= maxFrontKeys && !silentKeys[key] && !negative[strings.ToLower(v)] {
				d.property("custom:"+key, v)
			}
		}
		switch {
		case v == "", silentKeys[key], negative[strings.ToLower(v)]:
		case affirmative[strings.ToLower(v)]:
			said = append(said, key)
		default:
			said = append(said, key+" : "+v)
		}
	}
	d.zone(content.ZoneHeader, 0, strings.Join(said, "\n"))
	return after
}

// silentKeys say how a page is built, not what it is.
var silentKeys = wordSet("title date lang language keywords tags slug layout permalink weight template url aliases lastmod updated id uuid image cover css theme toc type")

var (
	negative    = wordSet("false no non off 0 null none ~")
	affirmative = wordSet("true yes oui on")
)
