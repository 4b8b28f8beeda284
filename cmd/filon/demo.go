package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/cmd/filon/demosite"
	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/session"
	"filon/index"
	"filon/index/export"
)

func demoCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:  "demo",
			Usage: say.in(T{FR: "voir filon à l'œuvre sur une entreprise inventée, sans réseau", EN: "see filon at work on a made-up company, without a network"}),
			Description: say.in(T{
				FR: "Sert sur cette machine le site public et l'intranet d'une entreprise inventée, et en fait l'inventaire comme d'un vrai site : parcours, lecture, jugement, export.",
				EN: "Serves on this machine the public site and the intranet of a made-up company, and makes the inventory as of a real site: crawl, reading, judging, export."}),
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "keep", Usage: say.in(T{FR: "`DOSSIER` où garder l'inventaire ; sinon un dossier temporaire", EN: "folder (`DIR`) to keep the inventory in; else a temporary one"})},
				&cli.BoolFlag{Name: "open", Usage: say.in(T{FR: "ouvrir inventory.csv à la fin", EN: "open inventory.csv at the end"})},
			},
			Action: func(c *cli.Context) error { return demo(say, c) },
		},
		Examples: []example{
			{"filon demo", T{FR: "moins de vingt secondes", EN: "less than twenty seconds"}},
			{"filon demo --keep demo --open", T{FR: "garder l'inventaire dans demo/ et l'ouvrir", EN: "keep the inventory in demo/ and open it"}},
		},
	}
}

func demo(say *speaker, c *cli.Context) error {
	day, err := today(c)
	if err != nil {
		return err
	}
	dir := c.String("keep")
	if dir == "" {
		if dir, err = os.MkdirTemp("", "filon-demo-"); err != nil {
			return couldNot(err, T{FR: "impossible de faire un dossier : %s", EN: "cannot make a folder: %s"})
		}
	}
	if err := onlyDemo(c.Context, dir); err != nil {
		return err
	}
	sites, err := demosite.Serve(c.Context, day)
	if err != nil {
		return couldNot(err, T{FR: "le site de démonstration ne démarre pas : %s", EN: "the demo site does not start: %s"})
	}
	defer sites.Close()
	say.line(T{FR: "Une entreprise inventée est servie sur cette machine : son site %s et son intranet %s (avec mot de passe).",
		EN: "A made-up company is served on this machine: its site %s and its intranet %s (with a password)."}.with(sites.Public, sites.Intranet))
	signedIn, err := session.New(session.Config{Kind: session.Basic, Origins: []string{sites.Intranet}, User: sites.User, Password: sites.Password, UserAgent: crawler.DefaultUserAgent})
	if err != nil {
		return couldNot(err, T{FR: "la connexion à l'intranet de démonstration : %s", EN: "the sign-in of the demo intranet: %s"})
	}
	p := plan{demo: true, dir: dir, dirFlag: " --data " + shellWord(dir), workers: 4, day: day,
		sources: []crawler.Source{
			{Name: "site", Seeds: []string{sites.Public}, Visibility: "public"},
			{Name: "intranet", Seeds: []string{sites.Intranet}, Visibility: "intranet", Session: signedIn},
		},
		policy: classify.Policy{Company: []string{"Aubrelle"}, OwnHosts: []string{address.Name(sites.Public)}},
	}
	s, err := openStock(c.Context, dir, writing)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := p.run(c.Context, say, s)
	if err != nil {
		return couldNot(err, T{FR: "le parcours s'est arrêté : %s", EN: "the crawl stopped: %s"})
	}
	ctx := context.WithoutCancel(c.Context)
	if err := settle(ctx, s, p, true); err != nil {
		return couldNot(err, T{FR: "la fin du parcours a échoué : %s", EN: "the end of the crawl failed: %s"})
	}
	return say.demoStory(ctx, c, s, p, report)
}

// onlyDemo complains of a folder that holds anything but what an earlier demo has left there.
func onlyDemo(ctx context.Context, dir string) error {
	other := askedWrongly(T{FR: "%s contient un autre inventaire que celui de la démonstration : rien n'a été touché", EN: "%s holds another inventory than the demo's: nothing was touched"}.with(dir),
		T{FR: "donnez à --keep un dossier neuf", EN: "give --keep a new folder"})
	for _, sub := range []string{configName, ".filon"} { // the folder of somebody's own crawls
		if _, err := os.Stat(filepath.Join(dir, sub)); err == nil {
			return other
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "filon.db")); err != nil {
		if _, err := mayReplace(filepath.Join(dir, demoExport), false, func([]byte) bool { return false }); err != nil {
			return err // an export that no demo has written
		}
		return nil
	}
	s, err := openStock(ctx, dir, reading)
	if err != nil {
		return err
	}
	defer s.Close()
	runs, err := s.frontier.Runs(ctx, 1<<30)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	for _, run := range runs {
		declared, terms, err := s.frontier.Declared(ctx, run.ID)
		if err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		for _, source := range declared {
			ofDemo := source.Name == "site" || source.Name == "intranet"
			for _, seed := range source.Seeds { // an earlier filon did not mark its demo
				ofDemo = ofDemo && (terms[termDemo] != "" || strings.HasPrefix(seed, "http://127.0.0.1:"))
			}
			if !ofDemo {
				return other
			}
		}
	}
	return nil
}

// termDemo marks the runs of the demo, so that it knows its own inventory again.
const termDemo = "demo"

// demoExport is the file that the demo writes beside its inventory.
const demoExport = "inventory.csv"

// demoStory ends the demo: the whole story on one screen.
func (s *speaker) demoStory(ctx context.Context, c *cli.Context, st *stock, p plan, report crawler.Report) error {
	s.coverage(report)
	if err := s.verdicts(ctx, st); err != nil {
		return err
	}
	top, err := st.index.Search(ctx, index.Query{Filter: index.Filter{Verdicts: []string{string(classify.Publishable)}}, Order: index.Readiest, Limit: 10, NoFacets: true})
	if err != nil {
		return badQuery(err)
	}
	s.raw("\n")
	s.line(T{FR: "Les dix plus prêts :", EN: "The ten readiest:"})
	for _, h := range top.Hits {
		s.raw(fmt.Sprintf("  %3d  %-26s %s\n", h.Record.Verdict.Readiness, fit(classify.TypeLabel(h.Record.Verdict.Type, s.lang), 26), fit(oneLine(h.Title), 70)))
	}
	columns, err := export.Select("default")
	if err != nil {
		return err
	}
	path := filepath.Join(p.dir, demoExport)
	rows, stories := 0, storyCount{}
	err = into(s, path, func(w io.Writer) (err error) {
		records := stories.of(ctx, st, index.Filter{}, func(do func(index.Record) error) error { return st.index.Each(ctx, index.Query{}, do) })
		rows, err = export.CSV(w, columns, records, export.DialectOf(s.lang), exportOptions(s))
		return err
	})
	if err != nil {
		return couldNot(err, T{FR: "export impossible : %s", EN: "cannot export: %s"})
	}
	s.raw("\n")
	s.line(T{FR: "L'inventaire (%d contenu{s}%s) est dans %s", EN: "The inventory (%d item{s}%s) is in %s"}.with(rows-stories.copies, copies(stories.copies), path))
	s.nextSteps(p.dirFlag)
	if c.Bool("open") {
		if err := openFile(ctx, path); err != nil {
			s.note(T{FR: "impossible d'ouvrir %s : ouvrez-le vous-même", EN: "cannot open %s: open it yourself"}.with(path))
		}
	}
	if report.Run.Status == "paused" {
		return standing(report)
	}
	return nil
}

// openFile asks the desktop to open a file.
func openFile(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	switch runtime.GOOS {
	case "windows":
		return exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", path).Run()
	case "darwin":
		return exec.CommandContext(ctx, "open", path).Run()
	}
	return exec.CommandContext(ctx, "xdg-open", path).Run()
}
