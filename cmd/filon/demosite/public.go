package demosite

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/http"
	"sort"
	"strings"
	"time"
)

const perPage = 6 // entries on one page of a listing

// renderPublic makes every answer of the public site, and the ordinary traps of such a site: print
// views, session numbers in links, a chain of redirects, listings over several pages, tags.
func (s *site) renderPublic(t *template.Template) error {
	for _, p := range s.pages {
		v := s.publicView(p)
		if p.Head["class"] == "listing" {
			if err := s.listing(t, v, s.children(p)); err != nil {
				return err
			}
			continue
		}
		if p.Path == "/" {
			v.Cards = s.newest(4)
		}
		if err := s.put(p.Path, t, "public.html", v); err != nil {
			return err
		}
		if p.Section() == "conseils" {
			if err := s.put(p.Path+"?print=1", t, "print.html", v); err != nil {
				return err
			}
		}
	}
	for name, pages := range s.tagged() {
		tag := &page{Path: "/tag/" + slug(name) + "/", Head: map[string]string{"title": "Étiquette : " + name, "class": "listing"}}
		if err := s.listing(t, s.publicView(tag), pages); err != nil {
			return err
		}
	}
	gone := &page{Path: "/404/", Head: map[string]string{"title": "Page introuvable", "noindex": "yes"},
		Body: "La page que vous cherchez a été déplacée ou n'existe plus. [Revenir à l'accueil](/)."}
	lost := s.publicView(gone)
	lost.Canonical = ""
	if err := s.put("404", t, "public.html", lost); err != nil {
		return err
	}
	for from, to := range map[string]string{"/produits.html": "/gamme/", "/gamme/": "/produits/", "/blog/": "/conseils/", "/rss": "/feed/"} {
		s.answers[from] = answer{to: to, status: http.StatusMovedPermanently}
	}
	s.answers["/style.css"] = answer{mime: "text/css", body: []byte("body{font:16px/1.5 sans-serif;max-width:60em;margin:auto}img{max-width:100%}"), modified: s.day.AddDate(-1, 0, 0)}
	s.answers["/robots.txt"] = answer{mime: "text/plain; charset=utf-8", modified: s.day.AddDate(-1, 0, 0), body: fmt.Appendf(nil,
		"User-agent: *\nDisallow: /recherche/\nDisallow: /espace-client/\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: %ssitemap.xml\n", s.base)}
	return s.machineFiles()
}

func (s *site) publicView(p *page) view {
	v := s.viewOf(p)
	at := "/"
	for _, part := range strings.Split(strings.Trim(parent(p.Path), "/"), "/") {
		at += part + "/"
		if q := s.byPath[at]; q != nil && at != p.Path && part != "" {
			v.Crumbs = append(v.Crumbs, link{at, q.Head["title"]})
		}
	}
	for _, name := range p.tags() {
		v.Tags = append(v.Tags, link{"/tag/" + slug(name) + "/", name})
	}
	if en := p.Head["en"]; en != "" {
		v.Alternates = []alternate{{"fr", v.Base + p.Path}, {"en", v.Base + en}}
	}
	for _, q := range s.pages {
		if q.Head["en"] == p.Path {
			v.Alternates = []alternate{{"fr", v.Base + q.Path}, {"en", v.Base + p.Path}}
		}
	}
	if p.Section() == "actualites" && len(p.Head["title"])%3 == 0 {
		v.Session = fmt.Sprintf("?PHPSESSID=%x", sha256.Sum256([]byte(p.Path)))[:43]
	}
	v.Data = s.data(v)
	return v
}

// listing writes a list of pages over as many pages as it needs.
func (s *site) listing(t *template.Template, v view, pages []*page) error {
	last := max(1, (len(pages)+perPage-1)/perPage)
	for n := 1; n <= last; n++ {
		numbered := v
		numbered.Cards = nil
		for _, p := range pages[(n-1)*perPage : min(n*perPage, len(pages))] {
			numbered.Cards = append(numbered.Cards, cardOf(p))
		}
		at := pageNumber(v.Path, n)
		numbered.Canonical = v.Base + at
		if n > 1 {
			numbered.Prev, numbered.Content = pageNumber(v.Path, n-1), ""
			numbered.H1 = fmt.Sprintf("%s – page %d", v.H1, n)
		}
		if n < last {
			numbered.Next = pageNumber(v.Path, n+1)
		}
		if err := s.put(at, t, "public.html", numbered); err != nil {
			return err
		}
	}
	return nil
}

func pageNumber(path string, n int) string {
	if n == 1 {
		return path
	}
	return fmt.Sprintf("%spage/%d/", path, n)
}

func (s *site) tagged() map[string][]*page {
	tags := map[string][]*page{}
	for _, p := range s.pages {
		for _, t := range p.tags() {
			tags[t] = append(tags[t], p)
		}
	}
	return tags
}

func (s *site) newest(n int) []card {
	var list []card
	for _, p := range s.dated() {
		if len(list) < n && p.Section() == "actualites" {
			list = append(list, cardOf(p))
		}
	}
	return list
}

// dated are the French pages with a date that has come, the newest first.
func (s *site) dated() []*page {
	var list []*page
	for _, p := range s.pages {
		if !p.Date.IsZero() && p.Lang() == "fr" && p.Head["noindex"] == "" && !p.Date.After(s.day) {
			list = append(list, p)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Date.After(list[j].Date) })
	return list
}

type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type feedEntry struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate"`
	Description string `xml:"description"`
}

// machineFiles writes the sitemap index, its two sitemaps (one gzipped) and the RSS feed.
func (s *site) machineFiles() error {
	base := strings.TrimSuffix(s.base, "/")
	var pages, news []sitemapEntry
	for _, p := range s.pages {
		entry := sitemapEntry{Loc: base + p.Path}
		if !p.Date.IsZero() {
			entry.LastMod = p.Date.Format(time.DateOnly)
		}
		switch {
		case p.Head["noindex"] != "" || p.Section() == "recherche" || p.Section() == "espace-client":
		case p.Section() == "actualites":
			news = append(news, entry)
		default:
			pages = append(pages, entry)
		}
	}
	type urlset struct {
		XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URL     []sitemapEntry `xml:"url"`
	}
	type index struct {
		XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Sitemap []sitemapEntry `xml:"sitemap"`
	}
	type rss struct {
		XMLName xml.Name    `xml:"rss"`
		Version string      `xml:"version,attr"`
		Title   string      `xml:"channel>title"`
		Link    string      `xml:"channel>link"`
		About   string      `xml:"channel>description"`
		Lang    string      `xml:"channel>language"`
		Item    []feedEntry `xml:"channel>item"`
	}
	feed := rss{Version: "2.0", Title: "Aubrelle – Actualités et conseils", Link: s.base, About: "Fours et équipements pour la boulangerie", Lang: "fr-FR"}
	for _, p := range s.dated() {
		if len(feed.Item) < 15 {
			feed.Item = append(feed.Item, feedEntry{p.Head["title"], base + p.Path, base + p.Path, p.Date.Format(time.RFC1123Z), p.Head["desc"]})
		}
	}
	for at, value := range map[string]any{
		"/sitemap.xml":               index{Sitemap: []sitemapEntry{{base + "/sitemap-pages.xml", ""}, {base + "/sitemap-actualites.xml.gz", ""}}},
		"/sitemap-pages.xml":         urlset{URL: pages},
		"/sitemap-actualites.xml.gz": urlset{URL: news},
		"/feed/":                     feed,
	} {
		body, err := xml.MarshalIndent(value, "", " ")
		if err != nil {
			return fmt.Errorf("write %s: %w", at, err)
		}
		a := answer{mime: "application/xml; charset=utf-8", body: append([]byte(xml.Header), body...), modified: s.day.AddDate(0, 0, -1)}
		if at == "/feed/" {
			a.mime = "application/rss+xml; charset=utf-8"
		}
		if strings.HasSuffix(at, ".gz") {
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			z.Write(a.body)
			if err := z.Close(); err != nil {
				return fmt.Errorf("write %s: %w", at, err)
			}
			a.mime, a.body = "application/gzip", packed.Bytes()
		}
		s.answers[at] = a
	}
	return nil
}
