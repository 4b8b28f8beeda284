package main

import (
	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
)

func rejudgeCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:  "rejudge",
			Usage: say.in(T{FR: "rejuger tout l'inventaire sans rien relire des sites", EN: "judge the whole inventory anew without asking any site"}),
			Description: say.in(T{
				FR: "Avec --dry-run, filon montre ce qui changerait et n'écrit rien : avec --policy, sous une autre politique ; avec --today, un autre jour.",
				EN: "With --dry-run, filon shows what would change and writes nothing: with --policy, under another policy; with --today, on another day."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say),
				&cli.BoolFlag{Name: "duplicates", Usage: say.in(T{FR: "seulement regrouper les copies (duplicates de filon.yaml) et rejuger ce qui en dépend", EN: "only group copies anew (duplicates of filon.yaml), and judge what hangs on them"})},
				&cli.BoolFlag{Name: "dry-run", Usage: say.in(T{FR: "montrer ce qui changerait, sans rien écrire", EN: "show what would change, and write nothing"})},
				&cli.StringFlag{Name: "policy", Usage: say.in(T{FR: "avec --dry-run : la politique à essayer (`FICHIER`)", EN: "with --dry-run: the policy to try (`FILE`)"})},
				choice("format", "table", []string{"table", "csv", "json"}, say.in(T{FR: "de --dry-run : table, csv ou json", EN: "of --dry-run: table, csv or json"}))},
			Action: func(c *cli.Context) error { return rejudge(say, c) },
		},
		Examples: []example{
			{"filon rejudge", T{FR: "après un changement de règles ou de filon.yaml", EN: "after a change of the rules or of filon.yaml"}},
			{"filon rejudge --duplicates", T{FR: "après un changement de duplicates: {threshold: …}, en quelques secondes", EN: "after a change of duplicates: {threshold: …}, within seconds"}},
			{"filon rejudge --dry-run --policy essai.yaml", T{FR: "ce qu'une autre politique changerait", EN: "what another policy would change"}},
			{"filon rejudge --today 2027-01-15", T{FR: "ce que dirait filon à cette date", EN: "what filon would say on that day"}},
		},
	}
}

func rejudge(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	if c.Bool("dry-run") && c.Bool("duplicates") {
		return askedWrongly(T{FR: "--duplicates et --dry-run ne vont pas ensemble", EN: "--duplicates and --dry-run do not go together"},
			T{FR: "regrouper ne perd rien : un autre seuil, ou l'ancien, se reprend en quelques secondes", EN: "grouping loses nothing: another threshold, or the old one, takes seconds"})
	}
	if c.Bool("dry-run") {
		return tryPolicy(say, c, cfg)
	}
	if c.IsSet("policy") || c.IsSet("format") {
		return askedWrongly(T{FR: "--policy et --format n'ont de sens qu'avec --dry-run", EN: "--policy and --format only mean something with --dry-run"},
			T{FR: "pour changer de politique pour de bon, écrivez-la dans filon.yaml", EN: "to change the policy for good, write it in filon.yaml"})
	}
	day, err := today(c)
	if err != nil {
		return err
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	policy, err := policyIn(s.dir, cfg, ownSources(cfg))
	if err != nil {
		return err
	}
	progress, show := workProgress(say)
	defer progress.Close()
	changed := 0
	var known *classify.Known
	if err = s.index.Group(c.Context, cfg.sameText); err == nil {
		known, err = s.index.Known(c.Context, day)
	}
	if err == nil && !c.Bool("duplicates") {
		changed, err = s.index.Rejudge(c.Context, func(item content.Item) classify.Verdict { return known.Judge(item, policy, day) }, show)
	}
	if err == nil {
		more := 0
		more, err = s.rejudgeKnown(c.Context, policy, day)
		changed += more
	}
	if err == nil {
		err = s.index.NoteLapses(c.Context)
	}
	if err == nil {
		err = s.index.Flush(c.Context)
	}
	if err != nil {
		return couldNot(err, T{FR: "rejuger a échoué : %s", EN: "judging anew failed: %s"})
	}
	say.note(plural(changed, T{FR: "un verdict a changé", EN: "one verdict has changed"}, T{FR: "%d verdicts ont changé", EN: "%d verdicts have changed"}))
	return say.verdicts(c.Context, s)
}
