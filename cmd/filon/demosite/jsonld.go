package demosite

import (
	"strings"
	"time"
)

type object map[string]any

// data is the JSON-LD of a page: on articles, offers, events, products and questions, and none on the
// others, as on most company sites.
func (s *site) data(v view) any {
	if v.page.Head["schema"] == "" {
		return nil
	}
	base := strings.TrimSuffix(s.base, "/")
	company := object{"@type": "Organization", "name": "Aubrelle", "url": s.base, "logo": base + "/images/logo-180x60.png"}
	it := object{"@type": v.Head["schema"], "url": v.Canonical, "name": v.H1, "description": v.Head["desc"], "inLanguage": v.Lang()}
	if v.Image.URL != "" {
		it["image"] = base + v.Image.URL
	}
	switch v.Head["schema"] {
	case "Article", "NewsArticle", "BlogPosting", "HowTo", "Report":
		it["headline"], it["publisher"] = v.H1, company
		if v.Published != "" {
			it["datePublished"], it["dateModified"] = v.Published, v.Modified
		}
		if v.Author != "" {
			it["author"] = object{"@type": "Person", "name": v.Author}
		}
	case "JobPosting":
		it["title"], it["datePosted"], it["hiringOrganization"] = v.H1, v.Date.Format(time.DateOnly), company
		it["employmentType"] = "FULL_TIME"
		it["jobLocation"] = object{"@type": "Place", "address": object{"@type": "PostalAddress", "addressLocality": v.Head["place"], "addressCountry": "FR"}}
		if t, err := dateOf(v.Head["valid"], s.day); err == nil {
			it["validThrough"] = t.Format(time.DateOnly)
		}
	case "BusinessEvent", "ExhibitionEvent", "EducationEvent":
		it["organizer"] = company
		it["location"] = object{"@type": "Place", "name": v.Head["place"]}
		for key, head := range map[string]string{"startDate": "start", "endDate": "end"} {
			if t, err := dateOf(v.Head[head], s.day); err == nil {
				it[key] = t.Format(time.DateOnly)
			}
		}
	case "Product":
		it["brand"] = object{"@type": "Brand", "name": "Aubrelle"}
	case "FAQPage":
		it["mainEntity"] = questions(v.Body)
	}
	crumbs := []object{{"@type": "ListItem", "position": 1, "name": "Accueil", "item": s.base}}
	for _, c := range v.Crumbs {
		crumbs = append(crumbs, object{"@type": "ListItem", "position": len(crumbs) + 1, "name": c.Title, "item": base + c.Path})
	}
	return object{"@context": "https://schema.org", "@graph": []object{it, {"@type": "BreadcrumbList", "itemListElement": crumbs}}}
}

// questions reads headings that end in a question mark, each with the block below it.
func questions(body string) []object {
	var list []object
	for _, part := range strings.Split("\n"+body, "\n## ")[1:] {
		ask, say, _ := strings.Cut(part, "\n")
		if strings.HasSuffix(ask, "?") {
			list = append(list, object{"@type": "Question", "name": ask,
				"acceptedAnswer": object{"@type": "Answer", "text": strings.Join(strings.Fields(say), " ")}})
		}
	}
	return list
}
