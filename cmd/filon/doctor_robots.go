package main

import (
	"context"
	"net/url"
)

// robots reads robots.txt as RFC 9309 section 2.3.1 orders: absent means free, a failing server
// means closed.
func (p *patient) robots(ctx context.Context, tell listener) bool {
	layer := T{FR: "robots.txt", EN: "robots.txt"}
	seed, _ := p.target()
	address := (&url.URL{Scheme: seed.Scheme, Host: seed.Host, Path: "/robots.txt"}).String()
	v, err := p.get(ctx, address, maxRobotsBytes)
	if err != nil {
		return tell(failed(layer, err))
	}
	switch {
	case p.source.IgnoreRobots:
		return tell(finding{layer, attention, T{FR: "réponse %d, ignoré à votre demande (ignore-robots)", EN: "answer %d, ignored as you asked (ignore-robots)"}.with(v.status),
			T{FR: "seulement sur votre propre site", EN: "only on a site of your own"}})
	case v.status == 429 || v.status >= 500:
		return tell(finding{layer, broken, T{FR: "le serveur répond %d : tout est interdit tant que cela dure", EN: "the server answers %d: everything is closed while this lasts"}.with(v.status),
			T{FR: "faites réparer robots.txt, ou si ce site est le vôtre : ignore-robots: true", EN: "have robots.txt repaired, or if this site is yours: ignore-robots: true"}})
	case v.status >= 400:
		return tell(finding{layer, fine, T{FR: "absent (%d) : rien n'est interdit", EN: "absent (%d): nothing is closed"}.with(v.status), T{}})
	}
	return tell(finding{layer, fine, T{FR: "présent, %s", EN: "present, %s"}.with(humanSize(int64(len(v.body)))), T{}})
}
