package main

import (
	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
)

func rejudgeCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:   "rejudge",
			Usage:  say.in(T{FR: "rejuger tout l'inventaire sans rien relire des sites", EN: "judge the whole inventory anew without asking any site"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say)},
			Action: func(c *cli.Context) error { return rejudge(say, c) },
		},
		Examples: []example{
			{"filon rejudge", T{FR: "après un changement de règles ou de filon.yaml", EN: "after a change of the rules or of filon.yaml"}},
			{"filon rejudge --today 2027-01-15", T{FR: "ce que dirait filon à cette date", EN: "what filon would say on that day"}},
		},
	}
}

func rejudge(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
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
	policy := policyOf(cfg, ownSources(cfg))
	progress, show := workProgress(say)
	defer progress.Close()
	changed, err := s.index.Rejudge(c.Context, func(item content.Item) classify.Verdict { return classify.Judge(item, policy, day) }, show)
	if err == nil {
		err = s.index.Flush(c.Context)
	}
	if err != nil {
		return couldNot(err, T{FR: "rejuger a échoué : %s", EN: "judging anew failed: %s"})
	}
	say.note(plural(changed, T{FR: "un verdict a changé", EN: "one verdict has changed"}, T{FR: "%d verdicts ont changé", EN: "%d verdicts have changed"}))
	return say.verdicts(c.Context, s)
}
