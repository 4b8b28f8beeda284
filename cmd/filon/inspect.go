package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/index"
	"filon/index/export"
)

// inspectBytes bounds what inspect reads of a file.
const inspectBytes = 100 << 20

var tooLarge = askedWrongly(T{FR: "plus de 100 Mo, et filon inspect n'en lit pas plus", EN: "more than 100 MB, and filon inspect reads no more"}, T{})

func inspectCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "inspect", ArgsUsage: say.in(T{FR: "FICHIER|ADRESSE|-", EN: "FILE|URL|-"}),
			Usage: say.in(T{FR: "lire et juger un seul contenu, sans rien garder : JSON", EN: "read and judge a single item, keeping nothing: JSON"}),
			Flags: []cli.Flag{configFlag(say), todayFlag(say), resolveFlag(say),
				&cli.BoolFlag{Name: "removed", Usage: say.in(T{FR: "montrer plutôt ce qui a été écarté du texte principal, et pourquoi", EN: "show instead what was left out of the main text, and why"})},
				&cli.StringFlag{Name: "url", Usage: say.in(T{FR: "l'`ADRESSE` où ce fichier se trouverait", EN: "the address (`URL`) where the file would lie"})},
				choice("visibility", "", []string{"public", "intranet", "restricted", "file_share"}, say.in(T{FR: "qui peut le voir ; sinon ce que filon.yaml dit de sa source, public pour une adresse web, file_share pour un fichier et pour -", EN: "who can see it; else what filon.yaml says of its source, public for a web address, file_share for a file and for -"}))},
			Action: func(c *cli.Context) error { return inspect(say, c) },
		},
		Examples: []example{
			{"filon inspect plaquette.pdf --visibility intranet", T{FR: "un document, comme s'il était sur l'intranet", EN: "a document, as if it lay on the intranet"}},
			{"filon inspect https://www.exemple.fr/page", T{FR: "une page en ligne", EN: "a page online"}},
			{"filon inspect page.html --removed", T{FR: "ce qui n'est pas dans le texte retenu", EN: "what is not in the text that was kept"}},
			{"curl -s https://www.exemple.fr/ | filon inspect - --url https://www.exemple.fr/", T{FR: "ce qui arrive par l'entrée standard", EN: "what comes from standard input"}},
		},
		MinArgs: 1, MaxArgs: 1,
	}
}

func inspect(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	day, err := today(c)
	if err != nil {
		return err
	}
	resolve, err := parseResolve(c.StringSlice("resolve"))
	if err != nil {
		return err
	}
	options := readerOptions(os.TempDir())
	var left []extract.LeftOut
	if c.Bool("removed") {
		options.LeftOut = func(all []extract.LeftOut) { left = all }
	}
	reader := extract.NewReader(options)
	defer reader.Close()
	name := c.Args().First()
	var item content.Item
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		source, err := sourceOf(c, cfg, name)
		if err != nil {
			return err
		}
		item, err = crawler.One(c.Context, source, name,
			crawler.Options{Reader: reader, Day: day, Resolve: resolve})
		if err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
	} else {
		in := extract.Input{Source: "inspect", Status: http.StatusOK, Day: day, Header: http.Header{}, NoOCR: cfg.OCR == crawler.OCRNever, OCRPages: cfg.ocrPages}
		if err := fill(&in, name, c.String("url")); err != nil {
			return err
		}
		in.Access.Visibility = content.Visibility(orText(c.String("visibility"), cfg.seenAt(in.Address)))
		item = reader.Read(c.Context, in)
	}
	policy, err := policyIn(dataDir(c, cfg), cfg, append(ownSources(cfg), crawler.Source{Seeds: []string{item.Address}}))
	if err != nil {
		return err
	}
	kept, verdict := classify.Admit(item, policy, day)
	rec := index.Record{Item: kept, Verdict: verdict, Canonical: true}
	if c.Bool("removed") {
		say.leftOut(rec, left)
		return nil
	}
	b, err := export.JSON(rec, exportOptions(say))
	if err != nil {
		return err
	}
	say.raw(string(b) + "\n")
	return nil
}

// seenAt is who can see what lies at an address that filon does not fetch itself: what the source of filon.yaml says at
// whose seeds it lies; else a web address is public unless its host is only known inside, and a file is nobody knows whose.
func (c config) seenAt(addr string) string {
	for _, s := range c.sources {
		for _, seed := range s.Seeds {
			if canonical, err := address.Canonical(seed); err == nil {
				seed = canonical
			}
			if strings.HasPrefix(addr, strings.TrimSuffix(seed, "/")+"/") && s.Visibility != "" {
				return s.Visibility
			}
		}
	}
	switch {
	case strings.HasPrefix(addr, "file:"):
		return string(content.FileShare)
	case classify.NamesInside(addr):
		return string(content.Intranet)
	}
	return string(content.Public)
}

// sourceOf gives the source of filon.yaml at whose origin an address lies, with its sign-in; else one of
// its own.
func sourceOf(c *cli.Context, cfg config, addr string) (crawler.Source, error) {
	origin := func(raw string) string {
		canonical, err := address.Canonical(raw)
		if err != nil {
			return raw
		}
		return address.Origin(canonical)
	}
	for _, s := range cfg.sources {
		for _, seed := range s.Seeds {
			if s.auth == nil && s.network == nil || origin(seed) != origin(addr) {
				continue
			}
			found, err := cfg.in(c).Sources(c.Context, s.Name)
			if err != nil {
				return crawler.Source{}, err
			}
			if c.IsSet("visibility") {
				found[0].Visibility = c.String("visibility")
			}
			return found[0], nil
		}
	}
	return cfg.recognised(crawler.Source{Name: address.Host(addr), Seeds: []string{addr}, Visibility: orText(c.String("visibility"), cfg.seenAt(addr))}), nil
}

// fill reads a file or standard input into in, and gives it an address.
func fill(in *extract.Input, name, at string) error {
	var err error
	switch {
	case at != "":
		if in.Address, err = address.Canonical(at); err != nil {
			return askedWrongly(T{FR: "--url n'est pas une adresse web", EN: "--url is no web address"}, T{FR: "écrivez-la en entier : https://www.exemple.fr/page", EN: "write it in full: https://www.example.com/page"})
		}
	case name == "-":
		in.Address = "file:///-"
	default:
		full, err := filepath.Abs(name)
		if err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		in.Address = "file://" + filepath.ToSlash(full)
		in.Root = in.Address[:strings.LastIndexByte(in.Address, '/')+1]
	}
	if name == "-" {
		in.Body, err = io.ReadAll(io.LimitReader(os.Stdin, inspectBytes+1))
	} else {
		var info os.FileInfo
		if info, err = os.Stat(name); err == nil && info.IsDir() {
			return askedWrongly(T{FR: "%s est un dossier", EN: "%s is a folder"}.with(name), T{FR: "donnez un fichier", EN: "give a file"})
		}
		if err == nil && !info.Mode().IsRegular() && info.Mode()&os.ModeNamedPipe == 0 {
			return askedWrongly(T{FR: "%s n'est pas un fichier ordinaire", EN: "%s is no ordinary file"}.with(name), T{FR: "donnez un fichier, ou - pour l'entrée standard", EN: "give a file, or - for standard input"})
		}
		if err == nil && info.Size() > inspectBytes {
			err = tooLarge
		}
		if err == nil {
			in.Body, err = readFirst(name)
		}
	}
	if err == nil && len(in.Body) > inspectBytes {
		err = tooLarge
	}
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	return nil
}

// readFirst reads a file, or what comes through a named pipe, up to one byte more than inspect takes.
func readFirst(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, inspectBytes+1))
}
