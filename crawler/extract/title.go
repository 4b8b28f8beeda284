package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// separators stand between a page's title and its site's name.
var separators = [...]string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " › ", " > ", " / ", " : ", " ~ ", " ∣ ", " ‒ ", "|"}

// title gives the page's title without its site's name. What the page itself repeats as its heading
// is the title; else the parts of <title> that name the site, by its declared name or by its host,
// are taken away.
func (f *facts) title(h1 string) string {
	f.siteKey("")
	site := f.sites
	full := f.titled
	var best string
	if full != "" {
		best = f.withoutSite(full, h1, site)
	}
	og := f.first("og:title", "twitter:title")
	switch {
	case best == "" && og != "":
		best = f.withoutSite(og, h1, site)
	case best == "" && h1 != "":
		best = h1
	case best == "":
		best = text(first(f.main, "headline", "name"))
	}
	for _, other := range [...]string{h1, text(f.main["headline"]), og} {
		// The same words, but not cut and not in capitals: the better copy.
		if other != "" && other != best && fold(other) == fold(best) && shouting(best) && !shouting(other) {
			best = other
		}
	}
	if h1 != "" && (best == "" || site[fold(best)]) && !site[fold(h1)] {
		best = h1
	}
	return norm.NFC.String(oneLine(best, 500))
}

// withoutSite takes the site's name off a title.
func (f *facts) withoutSite(full, h1 string, site map[string]bool) string {
	full = oneLine(full, 500)
	heading := fold(h1)
	if heading == "" || fold(full) == heading {
		if heading != "" && !site[heading] {
			return full
		}
	}
	for _, sep := range separators {
		parts := strings.Split(full, sep)
		if len(parts) < 2 {
			continue
		}
		// The heading is what is left after some parts at the end, or at the start, are cut.
		if heading != "" && !site[heading] {
			for n := len(parts) - 1; n > 0; n-- {
				if s := strings.Join(parts[:n], sep); fold(s) == heading {
					return strings.TrimSpace(s)
				}
				if s := strings.Join(parts[len(parts)-n:], sep); fold(s) == heading {
					return strings.TrimSpace(s)
				}
			}
		}
	}
	for again := true; again; {
		again = false
		for _, sep := range separators {
			if i := strings.LastIndex(full, sep); i > 0 && site[fold(full[i+len(sep):])] {
				full, again = strings.TrimSpace(full[:i]), true
			}
			if i := strings.Index(full, sep); i > 0 && site[fold(full[:i])] && i+len(sep) < len(full) {
				full, again = strings.TrimSpace(full[i+len(sep):]), true
			}
		}
	}
	return full
}

// siteKeys are the folded names by which the site may call itself in a title.
func (f *facts) siteKeys() map[string]bool {
	keys := map[string]bool{}
	add := func(s string) {
		if k := fold(s); k != "" && len(s) <= 80 {
			keys[k] = true
		}
	}
	add(f.first("og:site_name"))
	add(f.first("application-name"))
	add(f.first("apple-mobile-web-app-title"))
	for _, t := range f.things {
		for _, k := range types(t) {
			switch k {
			case "WebSite", "Organization", "Corporation", "NewsMediaOrganization", "LocalBusiness":
				add(text(t["name"]))
				for _, v := range many(t["alternateName"]) {
					add(text(v))
				}
			}
		}
		if v := t["publisher"]; v != nil {
			add(f.named(v))
		}
	}
	host := f.host()
	if host == "" {
		return keys
	}
	add(host)
	// The labels of the host, and each part of <title> that is written into them.
	labels := strings.Split(host, ".")
	for _, l := range labels[:max(1, len(labels)-1)] {
		if len(l) > 2 {
			add(l)
		}
	}
	for _, sep := range separators {
		parts := strings.Split(f.titled, sep)
		if len(parts) < 2 {
			continue
		}
		for _, part := range [...]string{parts[0], parts[len(parts)-1]} {
			k := fold(part)
			for _, l := range labels[:max(1, len(labels)-1)] {
				l = fold(l)
				if len(l) >= 4 && k != "" && (l == k || len(k) >= 4 && strings.Contains(l, k) && 2*len(k) >= len(l) || len(l) >= 5 && strings.HasPrefix(k, l) && len(k) <= 3*len(l)) {
					keys[k] = true
				}
			}
		}
	}
	return keys
}

// fold keeps the letters and digits of s, without accents and case, to compare names by.
func fold(s string) string {
	var b strings.Builder
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// shouting tells whether a text of some length has no lower-case letter.
func shouting(s string) bool {
	return len(s) > 5 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}
