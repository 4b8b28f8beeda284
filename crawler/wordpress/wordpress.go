// Package wordpress reads what a WordPress site says of itself through its REST API
// (developer.wordpress.org/rest-api): which addresses it has published, when, of which type and in
// which categories. Links and sitemaps do not always say it.
//
//	Base(a page's headers) ──▶ Types ──▶ List, page by page ──▶ Read ──▶ entries
//
// In: answers that somebody else fetched. Out: addresses to ask next, and entries. Never: a request, the
// list of users, drafts, anything that is not published.
package wordpress

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	perPage  = 100
	maxPages = 200 // of one type: 20,000 entries
	maxTypes = 20
	maxTerms = 20
)

// Base gives the address of the API that the Link headers of a page name (rel https://api.w.org/), else
// the usual one of an origin whose pages say that WordPress made them; "" when there is none.
func Base(origin, generator string, linkHeaders []string) string {
	for _, header := range linkHeaders {
		for link := range strings.SplitSeq(header, ",") {
			target, rel, ok := strings.Cut(link, ">")
			target = strings.TrimPrefix(strings.TrimSpace(target), "<")
			if ok && strings.Contains(rel, "https://api.w.org/") && strings.HasPrefix(target, origin+"/") {
				return target
			}
		}
	}
	if name, _, _ := strings.Cut(generator, " "); strings.EqualFold(name, "WordPress") {
		return origin + "/wp-json/"
	}
	return ""
}

// Types is the address that lists the types of content of a site.
func Types(base string) string { return route(base, "types", nil) }

// route writes the address of a route, also where a site has no readable addresses and takes the route
// as a parameter.
func route(base, name string, query url.Values) string {
	path := "wp/v2/" + name
	if before, after, ok := strings.Cut(base, "rest_route="); ok {
		after, _, _ = strings.Cut(after, "&")
		if after == "" || strings.HasSuffix(after, "%2F") || strings.HasSuffix(after, "/") {
			base = before + "rest_route=/" + path
		}
		if len(query) > 0 {
			base += "&" + query.Encode()
		}
		return base
	}
	base = strings.TrimSuffix(base, "/") + "/" + path
	if len(query) > 0 {
		base += "?" + query.Encode()
	}
	return base
}

// IsTypes and IsList tell which of the two an address is.
func IsTypes(addr string) bool { return strings.Contains(addr, "wp/v2/types") }

// IsList tells whether an address is a page of a list that Lists or More gave.
func IsList(addr string) bool {
	return strings.Contains(addr, "wp/v2/") && strings.Contains(addr, "per_page=") && !IsTypes(addr)
}

// inside are types by which WordPress keeps its own things.
var inside = []string{"nav_menu_item", "wp_block", "wp_template", "wp_template_part", "wp_navigation", "wp_global_styles", "wp_font_family", "wp_font_face",
	"users", "user", "comments", "elementor_library", "revision"}

// Lists gives the first page of the list of each type that an answer of Types names; of the media only
// documents are listed. base is that of the site.
func Lists(base string, answer []byte) []string {
	var types map[string]struct {
		Slug string `json:"slug"`
		Rest string `json:"rest_base"`
		Room string `json:"rest_namespace"`
	}
	if json.Unmarshal(answer, &types) != nil {
		return nil
	}
	var found []string
	for name, t := range types {
		if slices.Contains(inside, strings.ToLower(t.Slug)) || slices.Contains(inside, strings.ToLower(t.Rest)) || strings.Contains(t.Rest, "/") || t.Rest == "" || t.Room != "" && t.Room != "wp/v2" ||
			strings.ContainsFunc(t.Rest, func(r rune) bool { return r > '~' || r <= ' ' || strings.ContainsRune(`?&#%\`, r) }) {
			continue
		}
		found = append(found, list(base, t.Rest, name == "attachment", 1))
	}
	slices.Sort(found)
	return found[:min(len(found), maxTypes)]
}

func list(base, rest string, documents bool, page int) string {
	q := url.Values{"per_page": {strconv.Itoa(perPage)}, "page": {strconv.Itoa(page)}, "orderby": {"id"}, "order": {"asc"}}
	if documents {
		q.Set("media_type", "application")
		q.Set("_fields", "source_url,type,date_gmt,modified_gmt")
	} else {
		q.Set("_embed", "wp:term")
		q.Set("_fields", "link,type,date_gmt,modified_gmt,_links.wp:term,_embedded.wp:term")
	}
	return route(base, rest, q)
}

// More gives the further pages of a list, told by the header X-WP-TotalPages of its first; none for
// any other page.
func More(first, totalPages string) []string {
	total, err := strconv.Atoi(totalPages)
	if err != nil || !strings.Contains(first, "&page=1&") && !strings.HasSuffix(first, "page=1") {
		return nil
	}
	var all []string
	for p := 2; p <= min(total, maxPages); p++ {
		next := strings.Replace(first, "&page=1&", fmt.Sprintf("&page=%d&", p), 1)
		if next == first {
			next = strings.TrimSuffix(first, "page=1") + fmt.Sprintf("page=%d", p)
		}
		all = append(all, next)
	}
	return all
}

// Entry is what a site says of one address.
type Entry struct {
	Address   string    `json:"-"`
	Type      string    `json:"type,omitempty"` // post, page, or a name of the site's own
	Published time.Time `json:"published,omitzero"`
	Modified  time.Time `json:"modified,omitzero"`
	Terms     []string  `json:"terms,omitempty"` // categories and tags by name
}

// Read gives the entries of a page of a list; an answer that is none has none. What a site leaves empty
// is zero.
func Read(answer []byte) []Entry {
	var rows []struct {
		Link     string `json:"link"`
		Source   string `json:"source_url"`
		Type     string `json:"type"`
		Date     string `json:"date_gmt"`
		Changed  string `json:"modified_gmt"`
		Embedded struct {
			Terms [][]struct {
				Name string `json:"name"`
				Slug string `json:"slug"`
			} `json:"wp:term"`
		} `json:"_embedded"`
	}
	if json.Unmarshal(answer, &rows) != nil {
		return nil
	}
	var all []Entry
	for _, r := range rows[:min(len(rows), perPage)] {
		e := Entry{Address: r.Link, Type: r.Type, Published: instant(r.Date), Modified: instant(r.Changed)}
		if r.Source != "" {
			e.Address = r.Source
		}
		for _, group := range r.Embedded.Terms {
			for _, t := range group {
				name := strings.Join(strings.Fields(html.UnescapeString(t.Name)), " ")
				if name != "" && len(name) <= 200 && len(e.Terms) < maxTerms && t.Slug != "uncategorized" && t.Slug != "non-classe" && !slices.Contains(e.Terms, name) {
					e.Terms = append(e.Terms, name)
				}
			}
		}
		if e.Address != "" {
			all = append(all, e)
		}
	}
	return all
}

// instant reads a date in UTC; WordPress writes no zone.
func instant(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05", s)
	if err != nil || t.Year() < 1990 {
		return time.Time{}
	}
	return t
}
