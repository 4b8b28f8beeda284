package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/render"
)

func crawlCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "crawl", ArgsUsage: say.in(T{FR: "[ADRESSE|SOURCE…]", EN: "[URL|SOURCE…]"}),
			Usage: say.in(T{FR: "parcourir des sites et en faire l'inventaire jugé", EN: "crawl sites and make the judged inventory"}),
			Description: say.in(T{
				FR: "Sans adresse : les sources de filon.yaml ; sans filon.yaml, celles du dernier parcours. Avec des noms de sources : celles-là seulement. Avec des adresses : ces sites-là, avec les réglages de leur source si filon.yaml les contient, sinon ceux par défaut. Une nouvelle fois, filon ne demande que ce qui a changé. Ctrl-C met en pause ; le prochain filon crawl reprend.",
				EN: "Without an address: the sources of filon.yaml; without a filon.yaml, those of the last crawl. With names of sources: only those. With addresses: those sites, with the settings of their source where filon.yaml holds them, else with default settings. The next time filon only asks for what changed. Ctrl-C pauses; the next filon crawl goes on."}),
			Flags: []cli.Flag{
				dataFlag(say), configFlag(say),
				&cli.IntFlag{Name: "max-pages", Usage: say.in(T{FR: "visiter au plus `N` pages par source", EN: "visit at most `N` pages of each source"})},
				&cli.IntFlag{Name: "max-depth", Aliases: []string{"depth"}, Usage: say.in(T{FR: "au plus `N` liens depuis la première page", EN: "at most `N` links away from the first page"})},
				&cli.DurationFlag{Name: "max-time", Usage: say.in(T{FR: "s'arrêter après cette `DURÉE` (2h, 30m) ; le prochain parcours reprend", EN: "stop after this `DURATION` (2h, 30m); the next crawl goes on"})},
				&cli.IntFlag{Name: "workers", Usage: say.in(T{FR: "`N` pages à la fois, tous serveurs confondus", EN: "`N` pages at once over all servers"})},
				choice("render", "", []string{crawler.RenderAuto, crawler.RenderAlways, crawler.RenderNever}, say.in(T{
					FR: "pages vides sans JavaScript : auto, always ou never", EN: "pages that are empty without JavaScript: auto, always or never"})),
				&cli.BoolFlag{Name: "full", Usage: say.in(T{FR: "tout relire, même ce qui n'a pas changé", EN: "read everything anew, even what has not changed"})},
				&cli.BoolFlag{Name: "dry-run", Usage: say.in(T{FR: "dire ce qui serait parcouru, sans rien demander à aucun serveur", EN: "say what would be crawled, without asking any server"})},
				resolveFlag(say), todayFlag(say),
			},
			Action: func(c *cli.Context) error { return crawl(say, c) },
		},
		Examples: []example{
			{"filon crawl https://www.exemple.fr/", T{FR: "un site, tout de suite", EN: "a site, right away"}},
			{"filon crawl https://www.exemple.fr/ --max-pages 200", T{FR: "un aperçu", EN: "a first look"}},
			{"filon crawl intranet", T{FR: "cette source de filon.yaml seulement", EN: "only this source of filon.yaml"}},
			{"filon crawl", T{FR: "les sources de filon.yaml", EN: "the sources of filon.yaml"}},
		},
		MaxArgs: anyNumber,
	}
}

func crawl(say *speaker, c *cli.Context) error {
	plan, err := planOf(c, false)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		say.plan(plan)
		return nil
	}
	s, err := openStock(c.Context, plan.dir, writing)
	if err != nil {
		return err
	}
	defer s.Close()
	if plan.again {
		var names []string
		for _, source := range plan.sources {
			names = append(names, source.Name)
		}
		say.note(T{FR: "sans filon.yaml ni adresse : comme le dernier parcours (%s)", EN: "no filon.yaml and no address: as the last crawl (%s)"}.with(strings.Join(names, ", ")))
	}
	for _, t := range plan.notes {
		say.note(t)
	}
	for _, source := range plan.sources {
		if t := presumed(source); t != (T{}) {
			say.note(t)
		}
	}
	if c.Bool("full") {
		say.note(T{FR: "relecture complète demandée : toutes les pages sont relues", EN: "full crawl asked for: every page is read anew"})
	}
	report, err := plan.run(c.Context, say, s)
	if err != nil {
		return couldNot(err, T{FR: "le parcours s'est arrêté : %s", EN: "the crawl stopped: %s"})
	}
	// An interrupted crawl still tells what it has, so the context of the interruption ends here.
	ctx := context.WithoutCancel(c.Context)
	if err := settle(ctx, s, plan, report.Touched); err != nil {
		return couldNot(err, T{FR: "la fin du parcours a échoué : %s", EN: "the end of the crawl failed: %s"})
	}
	if err := plan.troubles(ctx, s, report, time.Now()); err != nil {
		return couldNot(err, T{FR: "la fin du parcours a échoué : %s", EN: "the end of the crawl failed: %s"})
	}
	say.coverage(report)
	if kept, err := s.forget(ctx, plan.retention); err != nil {
		say.note(T{FR: "l'historique n'a pas pu être rangé : %s", EN: "the history could not be tidied: %s"}.with(err))
	} else if kept.forgotten > 0 {
		say.line(T{FR: "  historique : %d {passage oublié|passages oubliés}, le plus ancien gardé est le %d", EN: "  history: %d run{s} forgotten, the oldest kept is %d"}.with(kept.forgotten, kept.oldest))
	}
	if err := notLetIn(report); err != nil && len(report.Refused) == len(plan.sources) {
		return err
	}
	if err := nothingAnswered(report, plan.sources); err != nil {
		return err
	}
	if err := say.verdicts(ctx, s); err != nil {
		return err
	}
	say.nextSteps(plan.dirFlag)
	return standing(report)
}

// nothingAnswered says so when not one page could be had: the crawl is then no success, whatever it has counted. Either
// the hosts did not answer, or what they said of the addresses to begin at let nothing in.
func nothingAnswered(report crawler.Report, sources []crawler.Source) error {
	met := frontier.State("") // what became of an address to begin at
	for _, t := range report.Tallies {
		if t.State.InInventory() || t.State == frontier.Redirected || t.State == frontier.Pending {
			return nil
		}
		if t.Seed && t.Count > 0 && t.State != frontier.NotContent {
			met = t.State
		}
	}
	hint := T{FR: "filon doctor %s dit quelle couche est en panne et quoi faire", EN: "filon doctor %s tells which layer is broken and what to do"}.with(shellWord(shownAddress(sources[0].Seeds[0])))
	for _, host := range slices.Sorted(maps.Keys(report.Broken)) {
		return &Trouble{Code: codeFailed, What: T{FR: "rien n'a répondu : %s : %s", EN: "nothing answered: %s: %s"}.with(host, because(report.Broken[host])), Hint: hint}
	}
	if met != "" && report.Run.Status != "paused" {
		return &Trouble{Code: codeFailed, What: T{FR: "rien n'a pu être lu ; de l'adresse de départ : %s", EN: "nothing could be read; of the address to begin at: %s"}.with(stateWords[met].of(1)), Hint: hint}
	}
	return nil
}

// notLetIn says at which source signing in failed, and what to do; nil when it did nowhere.
func notLetIn(report crawler.Report) error {
	names := slices.Sorted(maps.Keys(report.Refused))
	if len(names) == 0 {
		return nil
	}
	why, hint := explain(report.Refused[names[0]])
	t := &Trouble{Code: codeFailed, What: T{FR: "%s : connexion refusée : %s", EN: "%s: not signed in: %s"}.with(names[0], why), Hint: hint, Err: report.Refused[names[0]]}
	for _, tally := range report.Tallies {
		if tally.State.InInventory() {
			t.Code = codeIncomplete
		}
	}
	return t
}

// standing turns how the run ended into the exit code.
func standing(report crawler.Report) error {
	if err := notLetIn(report); err != nil && report.Run.Status == "partial" {
		return err
	}
	switch report.Run.Status {
	case "complete":
		return nil
	case "paused":
		return incomplete(T{FR: "parcours en pause", EN: "crawl paused"}, T{FR: "relancez la même commande pour continuer", EN: "run the same command to go on"})
	}
	return incomplete(T{FR: "parcours partiel : %s", EN: "partial crawl: %s"}.with(because(report.Run.Reason)),
		T{FR: "filon explain ADRESSE dit pourquoi une page manque", EN: "filon explain URL says why a page is missing"})
}

// run crawls, with progress on stderr.
func (p plan) run(ctx context.Context, say *speaker, s *stock) (crawler.Report, error) {
	reader := newReader(p.dir)
	defer reader.Close()
	pages, noPages := p.browser()
	if pages != nil {
		defer pages.Close()
	}
	progress := newProgress(say, 0)
	defer progress.Close()
	start := time.Now()
	known, err := s.index.Known(ctx, p.day)
	if err != nil {
		return crawler.Report{}, err
	}
	opt := crawler.Options{
		Sources: p.sources, Frontier: s.frontier, Keeper: &keeper{index: s.index, policy: p.policy, day: p.day, known: known}, Reader: reader,
		Day: p.day, Workers: p.workers, MaxTime: p.maxTime, Resolve: p.resolve, Spool: p.dir, Data: p.dir, Full: p.full, Others: p.others,
		Log: func(line string) { progress.Note(because(line)) },
		Progress: func(n crawler.Progress) {
			progress.Show(Snapshot{Kept: n.Kept, Unchanged: n.Unchanged, Queued: n.Queued, InFlight: n.InFlight, Failed: n.Failed,
				Skipped: n.Skipped, Bytes: n.Bytes, Elapsed: time.Since(start), Host: n.Host})
		},
		NoRenderer: noPages.EN, Terms: p.terms(),
	}
	if p.log != nil {
		opt.Log, opt.Progress = p.logged(start)
	}
	if pages != nil {
		opt.Renderer = pages
	}
	report, err := crawler.Run(ctx, opt)
	if err == nil {
		err = p.config.refreshed(context.WithoutCancel(ctx), p.sources, report)
	}
	return report, err
}

// browser prepares what runs the pages that a script fills; nil and why when there is none.
func (p plan) browser() (*render.Pages, T) {
	if !slices.ContainsFunc(p.sources, func(s crawler.Source) bool { return s.Render != crawler.RenderNever }) {
		return nil, T{"render: never", "render: never"}
	}
	pages, err := render.New(render.Options{Folder: p.dir})
	if err != nil {
		return nil, noBrowser(err)
	}
	return pages, T{}
}

// settle brings what depends on the whole inventory up to date: what has moved, links, duplicates, and
// the verdicts that hang on the day, or on rules that are new. A night in which nothing changed costs next to nothing.
func settle(ctx context.Context, s *stock, p plan, touched bool) error {
	group := func(ctx context.Context) error { return s.index.Group(ctx, p.sameText) }
	grouped, err := s.index.GroupedAt(ctx, p.sameText) // perhaps filon.yaml says another likeness now
	if err != nil {
		return err
	}
	known, err := s.index.Known(ctx, p.day)
	if err != nil {
		return err
	}
	judge := func(item content.Item) classify.Verdict { return known.Judge(item, p.policy, p.day) }
	learn := func(ctx context.Context) error {
		_, err := s.index.Learn(ctx, judge)
		return err
	}
	if err := s.index.SizePictures(ctx, judge); err != nil {
		return err
	}
	left, err := s.index.Unsettled(ctx) // perhaps by a crawl that was killed
	if err != nil {
		return err
	}
	if touched || left || !grouped {
		for _, do := range []func(context.Context) error{s.index.Moves, learn, s.index.SetInlinks, group, s.index.FindUsed, s.index.Settled} {
			if err := do(ctx); err != nil {
				return err
			}
		}
	}
	if _, err := s.index.RejudgeDue(ctx, p.day, p.policy.VersionOn(p.day), judge); err != nil {
		return err
	}
	if _, err := s.rejudgeKnown(ctx, p.policy, p.day); err != nil {
		return err
	}
	if err := s.index.NoteLapses(ctx); err != nil {
		return err
	}
	return s.index.Flush(ctx)
}

// rejudgeKnown judges again what asked for something that is public by now, or no longer, and then the copies of what is
// closed by now, or no longer.
func (s *stock) rejudgeKnown(ctx context.Context, policy classify.Policy, day time.Time) (int, error) {
	known, err := s.index.Known(ctx, day)
	if err != nil {
		return 0, err
	}
	judge := func(item content.Item) classify.Verdict { return known.Judge(item, policy, day) }
	changed, err := s.index.RejudgeKnown(ctx, known, judge)
	if err != nil {
		return changed, err
	}
	if known, err = s.index.Known(ctx, day); err != nil {
		return changed, err
	}
	more, err := s.index.RejudgeWarned(ctx, known, judge)
	return changed + more, err
}

// plan says what a crawl would do.
func (s *speaker) plan(p plan) {
	s.line(T{FR: "Données : %s", EN: "Data: %s"}.with(p.dir))
	for _, source := range p.sources {
		s.line(same(oneLine(source.Name)))
		for _, seed := range source.Seeds {
			s.line(T{FR: "  à partir de %s", EN: "  from %s"}.with(shownAddress(seed)))
		}
		s.line(T{FR: "  vu par : %s", EN: "  seen by: %s"}.with(shownTo(source.Visibility)))
		if t := presumed(source); t != (T{}) {
			s.note(t)
		}
		limits := T{FR: "sans limite de pages ni de profondeur", EN: "without a limit of pages or depth"}
		if source.MaxPages > 0 || source.MaxDepth > 0 {
			limits = T{FR: "pages : %s, profondeur : %s", EN: "pages: %s, depth: %s"}.with(orNone(source.MaxPages), orNone(source.MaxDepth))
		}
		s.line(T{FR: "  %s", EN: "  %s"}.with(limits))
		if source.IgnoreRobots {
			s.line(T{FR: "  robots.txt n'est PAS respecté", EN: "  robots.txt is NOT heeded"})
		}
	}
	s.line(T{FR: "Rien n'a été demandé à aucun serveur.", EN: "No server was asked anything."})
}

func orNone(n int) string {
	if n == 0 {
		return "∞"
	}
	return fmt.Sprint(n)
}
