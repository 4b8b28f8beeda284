package main

import (
	"context"
	"errors"
	"net/url"

	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/robots"
)

// agent is the name under which the source is visited.
func (p *patient) agent() string {
	if p.source.UserAgent != "" {
		return p.source.UserAgent
	}
	return crawler.DefaultUserAgent
}

// robots reads robots.txt as the crawl will: absent means free, a failing server means closed.
func (p *patient) robots(ctx context.Context, tell listener) bool {
	layer := T{FR: "robots.txt", EN: "robots.txt"}
	seed, _ := p.target()
	canonical, err := address.Canonical(p.seed)
	if err != nil {
		return tell(finding{layer, broken, T{FR: "adresse illisible", EN: "unreadable address"}, T{FR: "vérifiez-la dans un navigateur", EN: "check it in a browser"}})
	}
	v, err := p.get(ctx, (&url.URL{Scheme: seed.Scheme, Host: seed.Host, Path: "/robots.txt"}).String(), robots.MaxBytes)
	rules := robots.Parse(v.body)
	switch {
	case errors.Is(err, errEndless):
		rules = robots.FromStatus(404) // RFC 9309 2.3.1.2: as if there were none
	case err != nil:
		return tell(failed(layer, err))
	case v.status/100 != 2:
		rules = robots.FromStatus(v.status)
	}
	group := rules.For(robots.Token(p.agent()))
	verdict := group.Check(address.Target(canonical))
	switch {
	case p.source.IgnoreRobots:
		return tell(finding{layer, attention, T{FR: "ignoré à votre demande (ignore-robots)", EN: "ignored as you asked (ignore-robots)"},
			T{FR: "seulement sur votre propre site", EN: "only on a site of your own"}})
	case !verdict.Allowed && verdict.Line == 0:
		return tell(finding{layer, broken, T{FR: "le serveur répond %d : tout est interdit tant que cela dure", EN: "the server answers %d: everything is closed while this lasts"}.with(v.status),
			T{FR: "faites réparer robots.txt, ou si ce site est le vôtre : ignore-robots: true", EN: "have robots.txt repaired, or if this site is yours: ignore-robots: true"}})
	case !verdict.Allowed:
		return tell(finding{layer, broken, T{FR: "la ligne %d ferme l'adresse de départ : %s", EN: "line %d closes the seed: %s"}.with(verdict.Line, fit(oneLine(verdict.Rule), 60)),
			T{FR: "prenez une adresse permise ; si ce site est le vôtre : ignore-robots: true", EN: "take an address that is allowed; if this site is yours: ignore-robots: true"}})
	case v.status/100 != 2:
		return tell(finding{layer, fine, T{FR: "absent (%d) : rien n'est interdit", EN: "absent (%d): nothing is closed"}.with(v.status), T{}})
	case rules.HTML:
		return tell(finding{layer, attention, T{FR: "une page au lieu de règles : rien n'est interdit", EN: "a page instead of rules: nothing is closed"},
			T{FR: "le site répond sans doute 200 à tout ; signalez-le à l'informatique", EN: "the site probably answers 200 to everything; tell IT"}})
	}
	seen := T{FR: "l'adresse de départ est permise", EN: "the seed is allowed"}
	if n := len(rules.Sitemaps); n > 0 {
		seen = T{FR: "%s, %s", EN: "%s, %s"}.with(seen, plural(n, T{FR: "un plan de site", EN: "one sitemap"}, T{FR: "%d plans de site", EN: "%d sitemaps"}))
	}
	if group.Delay > 0 {
		return tell(finding{layer, attention, T{FR: "%s, un délai de %s entre deux pages", EN: "%s, a delay of %s between two pages"}.with(seen, group.Delay),
			T{FR: "1000 pages prendront au moins %s", EN: "1000 pages will take at least %s"}.with(spoon(1000 * group.Delay.Seconds()))})
	}
	return tell(finding{layer, fine, seen, T{}})
}
