package main

import (
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"filon/classify"
)

// policySettings is what a company tells filon about itself, for the judging of its content. The
// zero value is that of a company that has told nothing.
type policySettings struct {
	Company       string              // the company's name, as it writes it
	OtherNames    []string            // its brands and subsidiaries, its name in short
	OwnHosts      []string            // hosts that are the company's, beside those of the sources
	Scale         map[string]string   // its marking scale: what stands on a document, and how closed that is
	Customers     []string            // customers that may be named without asking again
	Agencies      []string            // photographers and agencies whose pictures it owns
	ListedCompany bool                // its shares are traded: unpublished figures are inside information
	Quiet         []classify.Period   // quiet periods of a listed company, days included
	People        []classify.Consent  // who may be named and shown, and until when
	Garden        classify.Garden     // what is counted and never stored
	Words         map[string][]string // its own words for a type of content, by the type's id
	Off           []string            // rules, or families as "claim/", that do not apply

	Publishable, Proposed, SettledDays, ListSize int // thresholds of the judge, 0 for its own
}

// policy gives the settings to the judge. seedHosts are the hosts of the sources, which are the
// company's own.
func (p policySettings) policy(seedHosts []string) classify.Policy {
	names := append([]string{}, p.OtherNames...)
	if p.Company != "" {
		names = append([]string{p.Company}, names...)
	}
	return classify.Policy{
		Company: names, OwnHosts: append(slices.Clone(p.OwnHosts), seedHosts...), Scale: p.Scale, Customers: p.Customers, Agencies: p.Agencies,
		Listed: p.ListedCompany, Quiet: p.Quiet, Off: p.Off, People: p.People, Garden: p.Garden, Words: p.Words,
		Publishable: p.Publishable, Proposed: p.Proposed, SettledDays: p.SettledDays, ListSize: p.ListSize,
	}
}

func (r reader) policy(n ast.Node, p *policySettings) error {
	return r.mapping(n, T{FR: "policy", EN: "policy"}, []key{
		{"company", r.text(&p.Company)},
		{"other-names", r.list(&p.OtherNames, nil)},
		{"own-hosts", r.list(&p.OwnHosts, checkHost)},
		{"scale", func(n ast.Node) error { return r.scale(n, &p.Scale) }},
		{"customers", r.list(&p.Customers, nil)},
		{"agencies", r.list(&p.Agencies, nil)},
		{"listed-company", r.flag(&p.ListedCompany)},
		{"quiet", func(n ast.Node) error { return r.quiet(n, &p.Quiet) }},
		{"people", func(n ast.Node) error { return r.people(n, &p.People) }},
		{"garden", func(n ast.Node) error { return r.garden(n, &p.Garden) }},
		{"off", r.list(&p.Off, checkRule)},
		{"publishable", r.number(&p.Publishable, 1, 100)},
		{"proposed", r.number(&p.Proposed, 1, 100)},
		{"settled-days", r.number(&p.SettledDays, 1, 3650)},
		{"list-size", r.number(&p.ListSize, 2, 1000)},
	})
}

// scale reads the company's markings: {C2: internal}.
func (r reader) scale(n ast.Node, to *map[string]string) error {
	pairs, err := r.pairs(n, T{FR: "scale", EN: "scale"})
	if err != nil {
		return err
	}
	*to = map[string]string{}
	for _, p := range pairs {
		marking := strings.TrimSpace(plain(p.Key))
		if _, twice := (*to)[marking]; marking == "" || twice {
			return r.bad(p.Key, T{FR: "mention vide ou écrite deux fois", EN: "marking empty or written twice"}, T{FR: "par exemple scale: {C2: internal}", EN: "for example scale: {C2: internal}"})
		}
		var level string
		if err := r.oneOf(&level, classify.Levels()...)(p.Value); err != nil {
			return err
		}
		(*to)[marking] = level
	}
	return nil
}

// quiet reads quiet periods: [{from: 2026-01-15, to: 2026-02-12}].
func (r reader) quiet(n ast.Node, to *[]classify.Period) error {
	nodes := []ast.Node{n}
	if seq, ok := n.(*ast.SequenceNode); ok {
		nodes = seq.Values
	}
	day := T{FR: "écrivez un jour ainsi : 2026-01-15", EN: "write a day like this: 2026-01-15"}
	for _, n := range nodes {
		var p classify.Period
		parse := func(s string) (time.Time, bool) {
			t, err := time.Parse(time.DateOnly, s)
			return t, err == nil
		}
		err := r.mapping(n, T{FR: "une période", EN: "a period"}, []key{{"from", value(r, &p.From, day, parse)}, {"to", value(r, &p.To, day, parse)}})
		if err != nil {
			return err
		}
		if p.From.IsZero() || p.To.IsZero() || p.To.Before(p.From) {
			return r.bad(n, T{FR: "une période va de from à to", EN: "a period goes from from to to"}, T{FR: "par exemple quiet: [{from: 2026-01-15, to: 2026-02-12}]", EN: "for example quiet: [{from: 2026-01-15, to: 2026-02-12}]"})
		}
		*to = append(*to, p)
	}
	return nil
}

// people reads who has agreed: [{name: Jeanne Martin, until: 2027-06-30}].
func (r reader) people(n ast.Node, to *[]classify.Consent) error {
	nodes := []ast.Node{n}
	if seq, ok := n.(*ast.SequenceNode); ok {
		nodes = seq.Values
	}
	day := T{FR: "écrivez un jour ainsi : 2027-06-30", EN: "write a day like this: 2027-06-30"}
	for _, n := range nodes {
		var c classify.Consent
		parse := func(s string) (time.Time, bool) {
			t, err := time.Parse(time.DateOnly, s)
			return t, err == nil
		}
		err := r.mapping(n, T{FR: "une personne", EN: "a person"}, []key{{"name", r.text(&c.Name)}, {"until", value(r, &c.Until, day, parse)}})
		if err != nil {
			return err
		}
		if !strings.Contains(c.Name, " ") {
			return r.bad(n, T{FR: "une personne a un prénom et un nom", EN: "a person has a first name and a family name"}, T{FR: "par exemple people: [{name: Jeanne Martin, until: 2027-06-30}]", EN: "for example people: [{name: Jeanne Martin, until: 2027-06-30}]"})
		}
		*to = append(*to, c)
	}
	return nil
}

// garden reads what is counted and never stored.
func (r reader) garden(n ast.Node, to *classify.Garden) error {
	enough := func(s string) (string, T) {
		if len(strings.Trim(s, "*/ ")) < 3 {
			return s, T{FR: "trop court : cela fermerait presque tout", EN: "too short: it would close nearly everything"}
		}
		return s, T{}
	}
	return r.mapping(n, T{FR: "garden", EN: "garden"}, []key{
		{"paths", r.list(&to.Paths, enough)}, {"labels", r.list(&to.Labels, enough)}, {"words", r.list(&to.Words, enough)}, {"owners", r.list(&to.Owners, enough)},
	})
}

// words reads a company's own words for types of content: {case_study: [dossier client]}.
func (r reader) words(n ast.Node, to *map[string][]string) error {
	pairs, err := r.pairs(n, T{FR: "words", EN: "words"})
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range classify.Types() {
		ids = append(ids, t.ID)
	}
	*to = map[string][]string{}
	for _, p := range pairs {
		var id string
		if err := r.oneOf(&id, ids...)(p.Key); err != nil {
			return err
		}
		var list []string
		enough := func(s string) (string, T) {
			if len(strings.TrimSpace(s)) < 3 {
				return s, T{FR: "trop court : cela se trouverait partout", EN: "too short: it would be found everywhere"}
			}
			return s, T{}
		}
		if err := r.list(&list, enough)(p.Value); err != nil {
			return err
		}
		(*to)[id] = append((*to)[id], list...)
	}
	return nil
}

func checkRule(s string) (string, T) {
	var known []string
	for _, r := range classify.RuleTable() {
		family, _, _ := strings.Cut(r.ID, "/")
		known = append(known, r.ID, family+"/")
	}
	switch near := nearest(s, known); {
	case slices.Contains(known, s):
		return s, T{}
	case near != "":
		return s, T{FR: "vouliez-vous dire %s ?", EN: "did you mean %s?"}.with(near)
	}
	return s, T{FR: "donnez une règle ou une famille, par exemple claim/superlative ou claim/", EN: "give a rule or a family, for example claim/superlative or claim/"}
}
