package main

import (
	"time"

	"github.com/urfave/cli/v2"
)

func reindexCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:   "reindex",
			Usage:  say.in(T{FR: "refaire l'index de recherche à partir de filon.db", EN: "make the search index anew from filon.db"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say)},
			Action: func(c *cli.Context) error { return reindex(say, c) },
		},
		Examples: []example{{"filon reindex", T{FR: "rien ne se perd : la vérité est dans filon.db", EN: "nothing is lost: the truth lies in filon.db"}}},
	}
}

func reindex(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	progress, show := workProgress(say)
	defer progress.Close()
	total := 0
	err = s.index.Reindex(c.Context, func(done, all int) { total = all; show(done, all) })
	if err != nil {
		return couldNot(err, T{FR: "refaire l'index a échoué : %s", EN: "making the index anew failed: %s"})
	}
	say.note(T{FR: "%d contenu{s} dans l'index de recherche", EN: "%d item{s} in the search index"}.with(total))
	return nil
}

// workProgress shows how far a work over the whole inventory has come.
func workProgress(say *speaker) (*Progress, func(done, total int)) {
	p := newProgress(say, 0)
	start := time.Now()
	return p, func(done, total int) { p.Show(Snapshot{Kept: done, Queued: total - done, Elapsed: time.Since(start)}) }
}
