package main

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/crawler"
	"filon/crawler/address"
)

func doctorCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "doctor", ArgsUsage: say.in(T{FR: "[SOURCE|ADRESSE]", EN: "[SOURCE|URL]"}),
			Usage: say.in(T{FR: "vérifier qu'un site peut être parcouru, et dire quoi faire sinon", EN: "check that a site can be crawled, and say what to do if not"}),
			Description: say.in(T{
				FR: "Vérifie dans l'ordre le nom (DNS), le proxy, la connexion, le certificat, la connexion de l'utilisateur, robots.txt et la première page, puis le dossier des données. S'arrête à la première couche en panne. Sans argument : toutes les sources de filon.yaml. Ne fait que lire.",
				EN: "Checks in this order the name (DNS), the proxy, the connection, the certificate, the sign-in, robots.txt and the first page, then the data folder. Stops at the first broken layer. Without an argument: all sources of filon.yaml. Only reads."}),
			Flags: []cli.Flag{
				configFlag(say), dataFlag(say), resolveFlag(say),
				&cli.DurationFlag{Name: "timeout", Value: 15 * time.Second, Usage: say.in(T{FR: "patience pour chaque étape", EN: "patience for each step"})},
			},
			Action: func(c *cli.Context) error { return doctor(say, c) },
		},
		Examples: []example{
			{"filon doctor", T{FR: "toutes les sources de filon.yaml", EN: "all sources of filon.yaml"}},
			{"filon doctor intranet", T{FR: "une seule source", EN: "one source"}},
			{"filon doctor https://www.exemple.fr/", T{FR: "un site, avant d'écrire la moindre configuration", EN: "a site, before any configuration is written"}},
			{"filon doctor https://www.exemple.fr/ --resolve www.exemple.fr:443:10.0.0.7", T{FR: "une préproduction", EN: "a staging server"}},
		},
		MaxArgs: 1,
	}
}

// configFlag and dataFlag are shared by the commands that read filon.yaml or the inventory.
func configFlag(say *speaker) cli.Flag {
	return &cli.StringFlag{Name: "config", Usage: say.in(T{FR: "la configuration (`FICHIER`) ; sinon filon.yaml s'il existe", EN: "the configuration (`FILE`); else filon.yaml if there is one"})}
}

func dataFlag(say *speaker) cli.Flag {
	return &cli.StringFlag{Name: "data", Usage: say.in(T{FR: "dossier (`DOSSIER`) des données ; sinon celui de filon.yaml, ou .filon", EN: "folder (`DIR`) of the data; else that of filon.yaml, or .filon"})}
}

// dataDir is the folder of the data: --data, else the configuration's, else .filon.
func dataDir(c *cli.Context, cfg config) string {
	switch {
	case c.String("data") != "":
		return c.String("data")
	case cfg.Data != "":
		return cfg.Data
	}
	return ".filon"
}

// grade is how one layer is.
type grade int

const (
	fine grade = iota
	attention
	broken
)

// finding is what doctor saw of one layer, and what to do about it.
type finding struct {
	layer  T
	grade  grade
	what   T
	remedy T
}

func doctor(say *speaker, c *cli.Context) error {
	resolve, err := parseResolve(c.StringSlice("resolve"))
	if err != nil {
		return err
	}
	if c.Duration("timeout") <= 0 {
		return askedWrongly(T{FR: "--timeout doit être positif", EN: "--timeout must be positive"}, T{FR: "par exemple --timeout 15s", EN: "for example --timeout 15s"})
	}
	cfg, sources, err := patients(c)
	if err != nil {
		return err
	}
	ill := 0
	for _, source := range sources {
		for _, seed := range firstOfEachHost(source.Seeds) {
			say.raw(say.paint(bold, oneLine(source.Name)) + "  " + oneLine(shownAddress(seed)) + "\n")
			p := patient{source: source, seed: seed, resolve: resolve, timeout: c.Duration("timeout"), now: time.Now()}
			healthy := true
			say.finding(reachFinding(source))
			p.examine(c.Context, func(f finding) bool {
				if c.Context.Err() != nil {
					return false // cut short by us: says nothing about the site
				}
				say.finding(f)
				healthy = healthy && f.grade != broken
				return f.grade != broken
			})
			if err := c.Context.Err(); err != nil {
				return err
			}
			if !healthy {
				ill++
			}
		}
	}
	say.raw(say.paint(bold, say.in(T{FR: "Cette machine", EN: "This machine"})) + "\n")
	for _, f := range append(examineFolder(dataDir(c, cfg)), examineBrowser(), examineOCR(c.Context, cfg)) {
		say.finding(f)
		if f.grade == broken {
			ill++
		}
	}
	if ill > 0 {
		return &Trouble{Code: codeFailed,
			What: plural(ill, T{FR: "doctor a trouvé une panne", EN: "doctor found one failure"}, T{FR: "doctor a trouvé %d pannes", EN: "doctor found %d failures"}),
			Hint: T{FR: "chaque ligne ÉCHEC porte son remède, après la flèche ; puis relancez filon doctor", EN: "each FAILED line has its remedy, after the arrow; then run filon doctor again"}}
	}
	return nil
}

// patients are the sources that the command line asks about.
func patients(c *cli.Context) (config, []crawler.Source, error) {
	named := c.Args().First()
	if isFolderName(named) {
		sources, err := sourcesOf([]string{named})
		if err != nil {
			return config{}, nil, err
		}
		cfg, err := readConfig(c.String("config"))
		return cfg, sources, err
	}
	if strings.Contains(named, "://") {
		if shown, complaint := checkURL(named); complaint != (T{}) {
			return config{}, nil, askedWrongly(T{FR: "adresse refusée : %s", EN: "address refused: %s"}.with(shown), complaint)
		}
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return config{}, nil, err
	}
	switch {
	case strings.Contains(named, "://"):
		u, err := url.Parse(named)
		if err != nil {
			return config{}, nil, askedWrongly(T{FR: "adresse refusée", EN: "address refused"}, T{})
		}
		source := crawler.Source{Name: u.Hostname(), Seeds: []string{named}}
		source.Presume(false)
		return cfg, []crawler.Source{source}, nil
	case named != "":
		if here := folderHere(named); here != named && !knows(cfg, named) {
			sources, err := sourcesOf([]string{here})
			return cfg, sources, err
		}
		if _, complaint := checkURL(named); len(cfg.sources) == 0 || strings.Contains(named, ".") && !knows(cfg, named) {
			return config{}, nil, askedWrongly(T{FR: "%s n'est ni une source ni une adresse", EN: "%s is neither a source nor an address"}.with(named), complaint)
		}
		sources, err := cfg.in(c).Sources(c.Context, named)
		return cfg, sources, err
	case len(cfg.sources) == 0:
		return config{}, nil, askedWrongly(T{FR: "rien à vérifier : ni adresse, ni filon.yaml dans ce dossier", EN: "nothing to check: no address, and no filon.yaml in this folder"},
			T{FR: "filon doctor https://votre.site/, ou d'abord filon init", EN: "filon doctor https://your.site/, or filon init first"})
	}
	sources, err := cfg.in(c).Sources(c.Context)
	return cfg, sources, err
}

func knows(cfg config, name string) bool {
	for _, n := range cfg.Names() {
		if n == name {
			return true
		}
	}
	return false
}

// firstOfEachHost gives the first seed of each server.
func firstOfEachHost(seeds []string) []string {
	seen := map[string]bool{}
	var first []string
	for _, s := range seeds {
		if u, err := url.Parse(s); err == nil && (address.IsFile(s) || !seen[u.Scheme+u.Host]) {
			seen[u.Scheme+u.Host] = true
			first = append(first, s)
		}
	}
	return first
}

// finding prints one layer: a mark that reads without colour, the layer, what was seen, the remedy.
func (s *speaker) finding(f finding) {
	word, st := T{FR: "ok", EN: "ok"}, green
	switch f.grade {
	case attention:
		word, st = T{FR: "ATTENTION", EN: "ATTENTION"}, yellow
	case broken:
		word, st = T{FR: "ÉCHEC", EN: "FAILED"}, red
	}
	mark := s.in(word)
	s.raw("  " + s.paint(st, mark) + strings.Repeat(" ", 10-textWidth(mark)) + padRight(s.in(f.layer), 14) + oneLine(s.in(f.what)) + "\n")
	if remedy := s.in(f.remedy); remedy != "" {
		s.raw(strings.Repeat(" ", 12) + "→ " + oneLine(remedy) + "\n")
	}
}

// reachFinding tells who is taken to see the source already.
func reachFinding(s crawler.Source) finding {
	f := finding{T{FR: "visibilité", EN: "visibility"}, fine, T{FR: "vu par : %s", EN: "seen by: %s"}.with(shownTo(s.Visibility)), T{}}
	switch s.Presumed {
	case crawler.PresumedSignIn:
		f.what = T{FR: "réputé intranet, car filon s'y connecte", EN: "taken for an intranet, because filon signs in"}
	case crawler.PresumedInside:
		f.what = T{FR: "réputé intranet, car ce serveur n'a pas d'adresse publique", EN: "taken for an intranet, because the host has no public address"}
	default:
		return f
	}
	f.grade = attention
	f.remedy = T{FR: "écrivez-le dans filon.yaml : visibility: intranet, ou visibility: public si tout le monde peut le lire", EN: "write it into filon.yaml: visibility: intranet, or visibility: public if everybody can read it"}
	return f
}

func padRight(text string, columns int) string {
	return text + strings.Repeat(" ", max(1, columns-textWidth(text)))
}

// listener is given each finding as it is made and says whether to go on.
type listener func(finding) bool

// examine looks at one layer after the other until one is broken.
func (p *patient) examine(ctx context.Context, tell listener) {
	if address.IsFile(p.seed) {
		tell(examineShare(p.seed))
		return
	}
	for _, layer := range []func(context.Context, listener) bool{p.name, p.proxy, p.connection, p.certificate, p.signIn, p.robots, p.firstPage} {
		if !layer(ctx, tell) {
			return
		}
	}
}
