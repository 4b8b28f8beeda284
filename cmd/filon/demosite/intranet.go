package demosite

import (
	"fmt"
	"html"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// renderIntranet makes every answer of the intranet: pages of team sites, some in windows-1252, and
// lists of what each site holds.
func (s *site) renderIntranet(t *template.Template) error {
	docs, err := readDocuments(s.day)
	if err != nil {
		return err
	}
	for _, p := range s.pages {
		v := s.viewOf(p)
		if c := p.Head["charset"]; c != "" {
			v.Charset = c
		}
		if parts := strings.Split(p.Path, "/"); len(parts) > 3 && parts[1] == "sites" {
			home := "/sites/" + parts[2] + "/"
			if q := s.byPath[home]; q != nil && q != p {
				v.Crumbs = []link{{home, q.Head["title"]}}
			}
		}
		if p.Head["class"] == "listing" {
			for _, q := range s.pages {
				if q != p && strings.HasPrefix(q.Path, p.Path) {
					v.Cards = append(v.Cards, cardOf(q))
				}
			}
			for _, d := range docs {
				if d.Head["on"] == "intranet" && strings.HasPrefix(d.Path, p.Path) {
					v.Cards = append(v.Cards, cardOf(d))
				}
			}
		}
		if err := s.put(p.Path, t, "intranet.html", v); err != nil {
			return err
		}
	}
	s.answers["404"] = answer{body: []byte("<!DOCTYPE html><html lang=\"fr\"><head><title>404</title></head><body><p>Cette page n'existe pas.</p></body></html>")}
	s.answers["/robots.txt"] = answer{mime: "text/plain", body: []byte("User-agent: *\nDisallow: /_layouts/\n"), modified: s.day.AddDate(-1, 0, 0)}
	s.answers["/Pages/default.aspx"] = answer{to: "/", status: http.StatusFound}
	return nil
}

// agenda is the trap: a page for every month that ever was or will be, each leading to two others.
func (s *site) agenda(path string) (answer, bool) {
	month, err := time.Parse("/agenda/2006/01", path)
	if err != nil || month.Year() < 2 || month.Year() > 9998 {
		return answer{}, false
	}
	title := "Agenda " + write(month, "month")
	var out strings.Builder
	fmt.Fprintf(&out, "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>%s - Intranet Aubrelle</title></head><body><h1>%s</h1>\n", html.EscapeString(title), html.EscapeString(title))
	for _, step := range []struct {
		months int
		label  string
	}{{-1, "Mois précédent"}, {1, "Mois suivant"}} {
		fmt.Fprintf(&out, "<a href=\"/agenda/%s\">%s</a>\n", month.AddDate(0, step.months, 0).Format("2006/01"), step.label)
	}
	out.WriteString("<table><tr>")
	for d := month; d.Month() == month.Month(); d = d.AddDate(0, 0, 1) {
		fmt.Fprintf(&out, "<td>%d</td>", d.Day())
		if d.Weekday() == time.Sunday {
			out.WriteString("</tr>\n<tr>")
		}
	}
	out.WriteString("</tr></table>\n<p>Aucun rendez-vous ce mois-ci.</p></body></html>\n")
	return answer{mime: "text/html; charset=utf-8", body: []byte(out.String()), modified: s.day}, true
}

// decode gives a path as the server sees it: %20 is a space.
func decode(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}
