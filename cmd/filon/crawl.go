package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/address"
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

// plan is one crawl before it starts.
type plan struct {
	config       config
	dir, dirFlag string
	sources      []crawler.Source
	workers      int
	maxTime      time.Duration
	others       []string // sources of filon.yaml that are not of this crawl
	notes        []T      // what to say before it begins
	demo         bool     // it is the made-up company's
	unwatched    bool     // nobody is there to give a secret that is missing
	again        bool     // the sources are those of the last run, without a configuration
	full         bool
	resolve      map[string]string
	day          time.Time
	policy       classify.Policy
	digest       digestSettings
	retention    retentionSettings
	sameText     float64
	log          *slog.Logger // of work that nobody watches; nil shows a bar instead
}

// planOf reads what is asked for. unwatched is for the night.
func planOf(c *cli.Context, unwatched bool) (plan, error) {
	p := plan{unwatched: unwatched}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return p, err
	}
	if p.day, err = today(c); err != nil {
		return p, err
	}
	if p.resolve, err = parseResolve(c.StringSlice("resolve")); err != nil {
		return p, err
	}
	for _, name := range []string{"max-pages", "max-depth", "workers"} {
		if c.Int(name) < 0 || c.IsSet(name) && c.Int(name) == 0 {
			return p, askedWrongly(T{FR: "--%s ne peut pas valoir %d", EN: "--%s cannot be %d"}.with(name, c.Int(name)),
				T{FR: "donnez un nombre à partir de 1, ou ôtez l'option pour ne pas limiter", EN: "give a number from 1 up, or leave the flag out for no limit"})
		}
	}
	p.dir = dataDir(c, cfg)
	switch names, seeds := cfg.apart(c.Args().Slice()); {
	case len(names) > 0 && len(seeds) > 0:
		return p, askedWrongly(T{FR: "des sources de filon.yaml et des adresses à la fois", EN: "sources of filon.yaml and addresses at once"}, T{FR: "lancez deux parcours", EN: "run two crawls"})
	case len(seeds) > 0:
		err = p.asked(c, cfg, seeds)
	case len(cfg.sources) == 0:
		p.sources, err = lastSources(c.Context, p.dir)
		p.again = true
	default:
		p.config = cfg.in(c)
		p.sources, err = p.fromConfig(c, names...)
	}
	if err != nil {
		return p, err
	}
	for _, name := range cfg.Names() {
		if !slices.ContainsFunc(p.sources, func(s crawler.Source) bool { return s.Name == name }) {
			p.others = append(p.others, name)
		}
	}
	if len(p.sources) == 0 {
		return p, askedWrongly(T{FR: "rien à parcourir", EN: "nothing to crawl"},
			T{FR: "filon crawl https://www.votre-site.fr/, ou filon init pour écrire filon.yaml, ou filon demo pour voir", EN: "filon crawl https://your.site/, or filon init to write filon.yaml, or filon demo to see"})
	}
	for i := range p.sources {
		p.sources[i] = cfg.recognised(p.sources[i])
		if c.IsSet("max-pages") {
			p.sources[i].MaxPages = c.Int("max-pages")
		}
		if c.IsSet("render") {
			p.sources[i].Render = c.String("render")
		}
		if c.IsSet("max-depth") {
			p.sources[i].MaxDepth = c.Int("max-depth")
		}
	}
	p.maxTime = cfg.MaxTime
	if c.IsSet("max-time") {
		if p.maxTime = c.Duration("max-time"); p.maxTime <= 0 {
			return p, askedWrongly(T{FR: "--max-time ne peut pas valoir %s", EN: "--max-time cannot be %s"}.with(p.maxTime), T{FR: "donnez une durée : 2h, 30m", EN: "give a duration: 2h, 30m"})
		}
	}
	p.workers = cfg.Workers
	if c.IsSet("workers") {
		p.workers = c.Int("workers")
	}
	p.full = c.Bool("full")
	if p.policy, err = policyIn(p.dir, cfg, append(ownSources(cfg), p.sources...)); err != nil {
		return p, err
	}
	p.digest, p.retention, p.sameText = cfg.digest, cfg.retention, cfg.sameText
	if p.dir != ".filon" {
		p.dirFlag = " --data " + shellWord(p.dir)
	}
	return p, nil
}

// fromConfig gives sources of filon.yaml ready to crawl. A plan that only shows needs no secret. At night, when nobody can
// give one that is missing, its source is left alone and the others are crawled.
func (p *plan) fromConfig(c *cli.Context, names ...string) ([]crawler.Source, error) {
	chosen, err := p.config.chosen(names)
	if err != nil {
		return nil, err
	}
	var found []crawler.Source
	for _, s := range chosen {
		if c.Bool("dry-run") {
			found = append(found, s.Source)
			continue
		}
		source, err := p.config.ready(c.Context, s)
		if err != nil && (!p.unwatched || c.Context.Err() != nil) {
			return nil, err
		}
		if err != nil {
			source = s.Source
			source.Barred = err
		}
		found = append(found, source)
	}
	return found, nil
}

// asked takes addresses of the command line: what lies in a source of filon.yaml is crawled as that source, with its
// sign-in, its limits and who can see it; the rest as sites of their own, with default settings.
func (p *plan) asked(c *cli.Context, cfg config, seeds []string) error {
	given, err := sourcesOf(seeds)
	if err != nil {
		return cfg.meant(seeds, err)
	}
	p.config = cfg.in(c)
	further := map[string][]string{} // seeds by the name of the configured source
	for _, source := range given {
		var own []string
		for _, seed := range source.Seeds {
			if name := cfg.holder(seed); name != "" {
				further[name] = append(further[name], seed)
				p.notes = append(p.notes, T{FR: "%s est de la source %s de filon.yaml : parcourue avec ses réglages", EN: "%s is of the source %s of filon.yaml: crawled with its settings"}.with(shownAddress(seed), name))
				continue
			}
			own = append(own, seed)
		}
		if source.Seeds = own; len(own) > 0 {
			p.sources = append(p.sources, source)
		}
	}
	if err := openedBefore(c.Context, p.dir, p.sources); err != nil {
		return err
	}
	if len(further) == 0 {
		return nil
	}
	configured, err := p.fromConfig(c, slices.Sorted(maps.Keys(further))...)
	if err != nil {
		return err
	}
	for _, source := range configured {
		for _, seed := range further[source.Name] {
			if !address.IsFile(seed) && !slices.ContainsFunc(source.Seeds, func(s string) bool { return sameSeed(s, seed) }) { // a folder is walked from its root
				source.Seeds = append(slices.Clone(source.Seeds), seed)
			}
		}
		p.sources = append(p.sources, source)
	}
	return nil
}

// sameSeed tells whether two seeds, the second of them canonical, are one address.
func sameSeed(seed, canonical string) bool {
	addr, err := located(seed)
	return err == nil && addr == canonical
}

// holder names the source of the configuration that an address belongs to, "" for none.
func (c config) holder(addr string) string {
	for _, s := range c.sources {
		if scope, err := crawler.NewScope(s.Source); err == nil {
			if in, _ := scope.Check(addr); in {
				return s.Name
			}
		}
	}
	return ""
}

// presumed says that a source which does not say who can see it is taken for an intranet, and how to say otherwise; T{}
// for one that says, or is taken for what it looks like to anybody.
func presumed(s crawler.Source) T {
	switch s.Presumed {
	case crawler.PresumedSignIn:
		return T{FR: "%s : réputé intranet, car filon s'y connecte ; si tout le monde peut le lire : visibility: public dans filon.yaml",
			EN: "%s: taken for an intranet, because filon signs in; if everybody can read it: visibility: public in filon.yaml"}.with(oneLine(s.Name))
	case crawler.PresumedInside:
		return T{FR: "%s : réputé intranet, car ce serveur n'a pas d'adresse publique ; si tout le monde peut le lire : visibility: public dans filon.yaml",
			EN: "%s: taken for an intranet, because the host has no public address; if everybody can read it: visibility: public in filon.yaml"}.with(oneLine(s.Name))
	}
	return T{}
}

// apart tells names of sources from addresses and folders. A plain word that is neither counts as a name, so that its
// complaint lists the sources there are.
func (c config) apart(args []string) (names, seeds []string) {
	for _, a := range args {
		if slices.Contains(c.Names(), a) || len(c.sources) > 0 && !strings.ContainsAny(a, ".:/\\") && folderHere(a) == a {
			names = append(names, a)
		} else {
			seeds = append(seeds, a)
		}
	}
	return names, seeds
}

// meant names in a complaint about seeds the source of filon.yaml, or the folder here, that was probably meant.
func (c config) meant(seeds []string, err error) error {
	t, ok := isTrouble(err)
	if !ok {
		return err
	}
	for _, seed := range seeds {
		if _, complaint := checkURL(seed); complaint == (T{}) || isFolderName(folderHere(seed)) || strings.Contains(seed, "://") {
			continue
		}
		near := nearest(seed, c.Names())
		if near == "" && !strings.Contains(seed, ".") { // else it is the name of a site
			near = nearestFolder(seed)
		}
		if near == "" {
			continue
		}
		told := *t
		told.Hint = T{FR: "vouliez-vous dire %s ?", EN: "did you mean %s?"}.with(near)
		return &told
	}
	return err
}

// mostEntries is how many entries of a folder are compared with a name.
const mostEntries = 5000

// nearestFolder gives the folder beside a path that does not exist which was probably meant, "" when none is close.
func nearestFolder(given string) string {
	dir, name := filepath.Split(strings.TrimRight(given, `/\`))
	if name == "" {
		return ""
	}
	f, err := os.Open(cmp.Or(dir, "."))
	if err != nil {
		return ""
	}
	defer f.Close()
	entries, _ := f.ReadDir(mostEntries) // those that were read before a failure will do
	var folders []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			folders = append(folders, e.Name())
		}
	}
	slices.Sort(folders)
	if near := nearest(name, folders); near != "" {
		return dir + near
	}
	return ""
}

// lastSources are those of the last run, when all of them were given as addresses on the command line; nil otherwise.
// What signed in is never visited again without its sign-in.
func lastSources(ctx context.Context, dir string) ([]crawler.Source, error) {
	s, err := openStock(ctx, dir, reading)
	if err != nil {
		if t, ok := isTrouble(err); ok && t.Code == codeWrong { // no inventory yet
			return nil, nil
		}
		return nil, err
	}
	defer s.Close()
	cannot := T{FR: "lecture impossible : %s", EN: "cannot read: %s"}
	runs, err := s.frontier.Runs(ctx, 1)
	if err != nil {
		return nil, couldNot(err, cannot)
	}
	if len(runs) == 0 {
		return nil, nil
	}
	declared, _, err := s.frontier.Declared(ctx, runs[0].ID)
	if err != nil {
		return nil, couldNot(err, cannot)
	}
	var seeds, names []string
	for _, d := range declared {
		if d.Identity != "" {
			return nil, nil
		}
		seeds, names = append(seeds, d.Seeds...), append(names, d.Name)
	}
	sources, err := sourcesOf(seeds)
	var now []string
	for _, source := range sources {
		now = append(now, source.Name)
	}
	if slices.Sort(now); err != nil || !slices.Equal(now, slices.Sorted(slices.Values(names))) {
		return nil, nil // they were named by a filon.yaml
	}
	return sources, nil
}

// openedBefore refuses to crawl as anybody a host that the inventory knows as somebody who signed in, or not as public: what
// only she sees would count as gone, and the rest as public.
func openedBefore(ctx context.Context, dir string, given []crawler.Source) error {
	if len(given) == 0 {
		return nil
	}
	s, err := openStock(ctx, dir, reading)
	if err != nil {
		if t, ok := isTrouble(err); ok && t.Code == codeWrong { // no inventory yet
			return nil
		}
		return err
	}
	defer s.Close()
	last, err := s.frontier.LastDeclared(ctx)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	for _, name := range slices.Sorted(maps.Keys(last)) {
		for _, source := range given {
			if source.SeesLess(last[name]) && slices.ContainsFunc(last[name].Seeds, func(seed string) bool {
				addr, err := located(seed)
				return err == nil && !address.IsFile(addr) && address.Host(addr) == address.Host(source.Seeds[0])
			}) {
				return askedWrongly(T{FR: "%s est déjà dans l'inventaire, par la source %s, connectée ou non publique", EN: "%s is in the inventory already, by the source %s, signed in or not public"}.with(address.Host(source.Seeds[0]), oneLine(name)),
					T{FR: "ajoutez --config filon.yaml, avec le chemin du fichier qui a cette source ; ou un autre --data", EN: "add --config filon.yaml, with the path of the file that has this source; or another --data"})
			}
		}
	}
	return nil
}

// sourcesOf makes one source of the addresses of each host.
func sourcesOf(seeds []string) ([]crawler.Source, error) {
	byHost := map[string]*crawler.Source{}
	for _, seed := range seeds {
		if seed = folderHere(seed); isFolderName(seed) {
			addr, complaint := folderSeed(seed, "")
			if complaint != (T{}) {
				return nil, askedWrongly(T{FR: "dossier refusé : %s", EN: "folder refused: %s"}.with(seed), complaint)
			}
			byHost[addr] = &crawler.Source{Name: shownAddress(addr), Seeds: []string{addr}}
			continue
		}
		if shown, complaint := checkURL(seed); complaint != (T{}) {
			if info, err := os.Stat(seed); err == nil && info.Mode().IsRegular() {
				complaint = T{FR: "c'est un fichier : donnez son dossier, ou filon inspect %s", EN: "it is a file: give its folder, or filon inspect %s"}.with(seed)
			}
			return nil, askedWrongly(T{FR: "adresse refusée : %s", EN: "address refused: %s"}.with(shown), complaint)
		}
		addr, err := address.Canonical(seed)
		if err != nil {
			return nil, askedWrongly(T{FR: "adresse refusée", EN: "address refused"}, T{FR: "écrivez-la en entier : https://www.exemple.fr/", EN: "write it in full: https://www.example.com/"})
		}
		host := address.Host(addr)
		if byHost[host] == nil {
			byHost[host] = &crawler.Source{Name: host}
		}
		byHost[host].Seeds = append(byHost[host].Seeds, addr)
	}
	var sources []crawler.Source
	for _, host := range slices.Sorted(maps.Keys(byHost)) {
		byHost[host].Presume(false)
		sources = append(sources, *byHost[host])
	}
	return sources, nil
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
