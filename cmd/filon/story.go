package main

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/frontier"
	"filon/index"
)

// coverage prints the whole truth about a crawl: what was found and how, what was kept, what was left
// out and why, what failed, and whether that is all.
func (s *speaker) coverage(r crawler.Report) {
	ways := map[string]int{}
	states := map[frontier.State]int{}
	all, only, folders := 0, 0, 0
	for _, t := range r.Tallies {
		if t.Listed {
			folders += t.Count
			continue
		}
		states[t.State] += t.Count
		if t.State == frontier.OutOfScope || t.State == frontier.NeverFollow || t.State == frontier.NotContent {
			continue
		}
		all += t.Count
		if t.Link || t.Seed {
			ways["links"] += t.Count
		}
		if t.Sitemap {
			ways["sitemaps"] += t.Count
		}
		if t.Feed {
			ways["feeds"] += t.Count
		}
		if t.Folder {
			ways["folders"] += t.Count
		}
		if t.CMS {
			ways["cms"] += t.Count
		}
		if t.CMS && !t.Link && !t.Seed && !t.Sitemap && !t.Feed {
			ways["only cms"] += t.Count
		}
		if t.Sitemap && !t.Link && !t.Seed {
			only += t.Count
		}
	}
	status := map[string]T{
		"complete": {FR: "complet", EN: "complete"}, "partial": {FR: "PARTIEL", EN: "PARTIAL"}, "paused": {FR: "EN PAUSE", EN: "PAUSED"},
	}[r.Run.Status]
	reason := ""
	if r.Run.Reason != "" {
		reason = " – " + s.in(because(r.Run.Reason))
	}
	s.raw("\n")
	s.line(T{FR: "Parcours %d : %s%s (%s, %s)", EN: "Crawl %d: %s%s (%s, %s)"}.
		with(r.Run.ID, status, reason, took(r.Elapsed), size(r.Bytes)))
	if r.Rested > 0 {
		s.line(T{FR: "  %d {page connue n'a pas été redemandée : elle change|pages connues n'ont pas été redemandées : elles changent} rarement (revisit dans filon.yaml, ou --full)",
			EN: "  %d known {page was not asked again: it changes|pages were not asked again: they change} seldom (revisit in filon.yaml, or --full)"}.with(r.Rested))
	}
	if all > ways["folders"] || ways["folders"] == 0 {
		s.line(T{FR: "  %d adresse{s} du site : %d par les liens, %d par les plans de site (dont %d que nul lien ne donne), %d par les flux",
			EN: "  %d {address|addresses} of the site: %d by links, %d by sitemaps (%d of them no link gives), %d by feeds"}.
			with(all, ways["links"], ways["sitemaps"], only, ways["feeds"]))
	}
	if ways["cms"] > 0 {
		s.line(T{FR: "  %d par le logiciel du site (dont %d que rien d'autre ne donne)", EN: "  %d by the site's software (%d of them nothing else gives)"}.with(ways["cms"], ways["only cms"]))
	}
	if ways["folders"] > 0 {
		s.line(T{FR: "  %d fichier{s} dans des dossiers", EN: "  %d file{s} in folders"}.with(ways["folders"]))
	}
	for _, state := range frontier.States {
		if states[state] > 0 {
			s.line(T{FR: "  %6d  %s", EN: "  %6d  %s"}.with(states[state], stateWords[state].of(states[state])))
		}
	}
	if folders > 0 {
		s.line(T{FR: "  %6d  %s", EN: "  %6d  %s"}.with(folders, T{FR: "{dossier, en plus des fichiers, lu pour ce qu'il contient|dossiers, en plus des fichiers, lus pour ce qu'ils contiennent}", EN: "{folder besides the files, read for what is in it|folders besides the files, read for what is in them}"}.of(folders)))
	}
	for _, name := range r.Overruled {
		s.line(T{FR: "  robots.txt n'a pas été respecté pour %s, comme demandé", EN: "  robots.txt was not heeded for %s, as asked"}.with(name))
	}
	s.sessions(r)
	for host, why := range r.Broken {
		s.line(T{FR: "  %s a été laissé de côté : %s", EN: "  %s was left alone: %s"}.with(host, because(why)))
	}
	if states[frontier.NeedsRender] > 0 && r.Empty != "" {
		s.line(T{FR: "  Pages vides sans JavaScript : %s", EN: "  Pages that are empty without JavaScript: %s"}.with(because(r.Empty)))
	}
	s.traps(r.Traps)
	if r.Dropped > 0 {
		s.line(T{FR: "  %d lien{s} au-delà de la limite de liens par page", EN: "  %d link{s} beyond the limit of links per page"}.with(r.Dropped))
	}
}

var stateWords = map[frontier.State]T{
	frontier.Kept:        {FR: "gardée{s} dans l'inventaire", EN: "kept in the inventory"},
	frontier.Unchanged:   {FR: "inchangée{s}, déjà dans l'inventaire", EN: "unchanged, already in the inventory"},
	frontier.Unreadable:  {FR: "gardée{s}, mais illisible{s} (chiffrée{s}, abîmée{s}, vide{s}, numérisée{s}…)", EN: "kept, but unreadable (encrypted, broken, empty, scanned…)"},
	frontier.NeedsRender: {FR: "gardée{s}, mais vide{s} sans JavaScript", EN: "kept, but empty without JavaScript"},
	frontier.Redirected:  {FR: "{renvoie|renvoient} à une autre adresse", EN: "{redirects|redirect} to another address"},
	frontier.Duplicate:   {FR: "{dit|disent} la même chose qu'une autre adresse", EN: "{says|say} the same as another address"},
	frontier.NotContent:  {FR: "{n'est|ne sont} pas du contenu (styles, plans de site, flux…)", EN: "{is|are} no content (styles, sitemaps, feeds…)"},
	frontier.NoIndex:     {FR: "{demande|demandent} à ne pas être indexée{s} (noindex)", EN: "{asks|ask} not to be indexed (noindex)"},
	frontier.NoFollow:    {FR: "{n'est liée|ne sont liées} que par des liens nofollow", EN: "{is|are} only linked by nofollow links"},
	frontier.Robots:      {FR: "écartée{s} par robots.txt", EN: "left out by robots.txt"},
	frontier.OutOfScope:  {FR: "hors du périmètre (autres sites, motifs)", EN: "out of scope (other sites, patterns)"},
	frontier.NeverFollow: {FR: "jamais {suivie : elle agirait|suivies : elles agiraient} (déconnexion, suppression…)", EN: "never followed: {it may|they may} act (sign out, delete…)"},
	frontier.TooDeep:     {FR: "au-delà de la profondeur demandée", EN: "beyond the depth asked for"},
	frontier.TooLarge:    {FR: "trop grosse{s}", EN: "too large"},
	frontier.Limit:       {FR: "non visitée{s} : limite de pages atteinte", EN: "not visited: page limit reached"},
	frontier.Trap:        {FR: "d'une famille sans fin qui n'apporte plus rien", EN: "of an endless family that brings nothing new"},
	frontier.NeedsLogin:  {FR: "{demande|demandent} de se connecter", EN: "{asks|ask} to sign in"},
	frontier.Gone:        {FR: "{n'existe|n'existent} pas ou plus (404, 410)", EN: "{does|do} not exist, or no longer (404, 410)"},
	frontier.Failed:      {FR: "en échec (filon explain dit pourquoi)", EN: "failed (filon explain says why)"},
	frontier.Pending:     {FR: "{attend|attendent} encore", EN: "still {waits|wait}"},
}

// size says bytes for people.
func size(n int64) T {
	switch {
	case n >= 1<<30:
		return T{FR: "%.1f Go", EN: "%.1f GB"}.with(float64(n) / (1 << 30))
	case n >= 1<<20:
		return T{FR: "%.1f Mo", EN: "%.1f MB"}.with(float64(n) / (1 << 20))
	}
	return T{FR: "%d ko", EN: "%d kB"}.with(n >> 10)
}

var outcomes = []classify.Outcome{classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.Never, classify.NotProposed, classify.Unreadable}

// verdicts prints how many items of the inventory have which verdict, and what holds the others back.
func (s *speaker) verdicts(ctx context.Context, st *stock) error {
	counts, err := st.index.Counts(ctx, index.Filter{})
	if err != nil {
		return couldNot(err, T{FR: "impossible de compter l'inventaire : %s", EN: "cannot count the inventory: %s"})
	}
	by := facet(counts.Facets, "verdict")
	s.raw("\n")
	s.line(T{FR: "Inventaire : %d contenu{s}%s", EN: "Inventory: %d item{s}%s"}.with(counts.Total, copies(counts.Duplicates)))
	for _, o := range outcomes {
		mark := s.verdictCell(o)
		s.raw(fmt.Sprintf("  %6d  %s\n", by[string(o)], s.paint(mark.Style, mark.Text)))
	}
	if counts.Silos > 0 {
		s.line(plural(counts.Silos, T{FR: "Une même histoire dans plusieurs services ou sources : une (departments et silo_twins de l'export complet)", EN: "The same story in several departments or sources: one (departments and silo_twins of the full export)"},
			T{FR: "Une même histoire dans plusieurs services ou sources : %d (departments et silo_twins de l'export complet)", EN: "The same story in several departments or sources: %d (departments and silo_twins of the full export)"}))
	}
	checked, err := st.index.Precision(ctx)
	if err != nil {
		return couldNot(err, T{FR: "impossible de compter l'inventaire : %s", EN: "cannot count the inventory: %s"})
	}
	if k := checked[classify.Publishable]; k.Labels > 0 {
		s.line(T{FR: "Au moins %d publiable{s} avec 95 %% de confiance, après doublons : %d vérifié{s}, dont %d juste{s} (filon sample)", EN: "At least %d publishable with 95 %% confidence, after duplicates: %d checked, %d of them right (filon sample)"}.with(k.AtLeast(), k.Labels, k.Right))
	}
	why := loudest(counts.Rules, 6)
	if len(why) > 0 || counts.Weak > 0 {
		s.line(T{FR: "Ce qui retient les autres :", EN: "What holds the others back:"})
		for _, w := range why {
			s.raw(fmt.Sprintf("  %6d  %-28s %s\n", w.Count, w.Value, s.in(ruleSays(w.Value))))
		}
		if counts.Weak > 0 {
			s.raw(fmt.Sprintf("  %6d  %-28s %s\n", counts.Weak, s.in(T{FR: "(score)", EN: "(score)"}), s.in(T{FR: "Rien d'interdit, mais trop peu de ce qui fait un bon post : filon show dit quoi", EN: "Nothing against it, but too little of what makes a good post: filon show says what"})))
		}
	}
	if _, err := s.lapsed(ctx, st, mostLapsed); err != nil {
		return err
	}
	judgedBy, err := st.judgedBy(ctx)
	if err != nil {
		return couldNot(err, T{FR: "impossible de compter l'inventaire : %s", EN: "cannot count the inventory: %s"})
	}
	s.line(judgedBy)
	return nil
}

// judgedBy says by which rules and policy the inventory was judged, and whether its score was learned.
func (st *stock) judgedBy(ctx context.Context) (T, error) {
	versions, err := st.index.Versions(ctx)
	if err != nil {
		return T{}, err
	}
	var names []string
	for _, v := range versions {
		names = append(names, v.Value)
	}
	said := T{FR: "Règles et politique : %s.", EN: "Rules and policy: %s."}.with(strings.Join(names[:min(3, len(names))], ", "))
	l, err := readLearned(st.dir)
	if err != nil || l == nil {
		return said, err
	}
	more := T{FR: " Score appris de %d décision{s} le %s : %d juste{s} sur %d {non vue|non vues}, %d avant.", EN: " Score learned from %d decision{s} on %s: %d right of %d that were not seen, %d before."}.with(l.Decisions, l.Day, l.After.Right, l.Decisions, l.Before.Right)
	return T{FR: said.FR + more.FR, EN: said.EN + more.EN}, nil
}

func copies(n int) T {
	if n == 0 {
		return T{}
	}
	return plural(n, T{FR: ", et une copie", EN: ", and one copy"}, T{FR: ", et %d copies", EN: ", and %d copies"})
}

func facet(facets []index.Facet, name string) map[string]int {
	by := map[string]int{}
	for _, f := range facets {
		if f.Name == name {
			for _, v := range f.Values {
				by[v.Value] += v.Count
			}
		}
	}
	return by
}

// loudest lists the rules that hold most records back; what speaks for an item is left out.
func loudest(rules map[string]int, most int) []index.Count {
	var all []index.Count
	for rule, n := range rules {
		if r, ok := ruleOf(rule); ok && r.Severity != classify.Good {
			all = append(all, index.Count{Value: rule, Count: n})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Count != all[j].Count {
			return all[i].Count > all[j].Count
		}
		return all[i].Value < all[j].Value
	})
	return all[:min(most, len(all))]
}

func ruleOf(id string) (classify.Rule, bool) {
	for _, r := range classify.RuleTable() {
		if r.ID == id {
			return r, true
		}
	}
	return classify.Rule{}, false
}

func ruleSays(id string) T {
	r, _ := ruleOf(id)
	return T{FR: r.Says.FR, EN: r.Says.EN}
}

// nextSteps says what to type next.
func (s *speaker) nextSteps(flag string) {
	s.raw("\n")
	s.line(T{FR: "Ensuite :", EN: "Next:"})
	steps := []example{
		{"filon search --verdict publishable" + flag, T{FR: "ce qui peut partir tout de suite", EN: "what can go out right away"}},
		{"filon show ADRESSE" + flag, T{FR: "tout sur un contenu, avec les raisons", EN: "all about one item, with the reasons"}},
		{"filon export --format xlsx -o inventaire.xlsx" + flag, T{FR: "le classeur pour l'équipe", EN: "the workbook for the team"}},
	}
	facts := make([][2]string, len(steps))
	for i, step := range steps {
		line := s.in(T{FR: step.Line, EN: strings.NewReplacer("ADRESSE", "URL", "inventaire.xlsx", "inventory.xlsx").Replace(step.Line)})
		facts[i] = [2]string{line, s.in(step.Does)}
	}
	s.facts(facts)
}
