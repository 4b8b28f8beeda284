package main

import (
	"cmp"
	"context"
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
)

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
