package main

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"

	"filon/crawler"
)

// canary reads how the loss of a session is recognised.
func (r reader) canary(n ast.Node, to *crawler.Canary) error {
	err := r.mapping(n, T{FR: "canary", EN: "canary"}, []key{
		{"present", r.text(&to.Present)}, {"absent", r.text(&to.Absent)}, {"every", r.number(&to.Every, 1, 10_000)},
	})
	if err == nil && *to == (crawler.Canary{}) {
		return r.bad(n, T{FR: "canary est vide", EN: "canary is empty"}, T{FR: "par exemple canary: {present: Se déconnecter}", EN: "for example canary: {present: Log out}"})
	}
	return err
}

// explainLost says that a session ended in the middle of a crawl.
func explainLost(err error) (why, hint T, ok bool) {
	var lost *crawler.Lost
	if !errors.As(err, &lost) {
		return T{}, T{}, false
	}
	after := lost.After.Round(time.Second)
	if lost.Why == nil {
		return T{FR: "la session s'est terminée après %s, et de nouveau à chaque reconnexion", EN: "the session ended after %s, and again after each sign-in"}.with(after),
			T{FR: "le serveur limite peut-être les sessions de ce compte : voyez l'informatique ; le prochain filon crawl reprend ce qui manque",
				EN: "the server may limit the sessions of this account: see IT; the next filon crawl fetches what is missing"}, true
	}
	cause, remedy := explain(lost.Why)
	return T{FR: "la session s'est terminée après %s et la reconnexion a échoué : %s", EN: "the session ended after %s and signing in again failed: %s"}.with(after, cause), remedy, true
}

// sessions says which sessions ended during a crawl and were had again.
func (s *speaker) sessions(report crawler.Report) {
	for _, name := range slices.Sorted(maps.Keys(report.Sessions)) {
		if w := report.Sessions[name]; w.Losses > 0 {
			s.line(T{FR: "  %s : session terminée %d fois en cours de route, reconnecté ; %d {visite refaite|visites refaites}", EN: "  %s: the session ended %d time{s} on the way and was opened again; %d visit{s} made once more"}.
				with(name, w.Losses, w.Again))
		}
	}
}
