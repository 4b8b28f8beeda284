package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

func policyCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "policy", ArgsUsage: "markings",
			Usage: say.in(T{FR: "lister les mentions trouvées, pour dire ce qu'elles valent", EN: "list the markings found, to say what they mean"}),
			Description: say.in(T{
				FR: "Les mentions de confidentialité que portent les contenus (étiquettes, en-têtes, bandeaux), combien de fois, et le niveau que filon leur donne. Ce qu'il ne sait pas placer se règle dans filon.yaml, sous policy, scale.",
				EN: "The markings of confidentiality that items bear (labels, headers, banners), how often, and the level that filon gives them. What it cannot place is settled in filon.yaml, under policy, scale."}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say)},
			Action: func(c *cli.Context) error { return policyAction(say, c) },
		},
		Examples: []example{
			{"filon policy markings", T{FR: "les mentions, et les lignes à recopier dans filon.yaml", EN: "the markings, and the lines to copy into filon.yaml"}},
			{"filon rejudge --dry-run --policy essai.yaml", T{FR: "ce qu'une autre politique changerait", EN: "what another policy would change"}},
		},
		MinArgs: 1, MaxArgs: 1,
	}
}

func policyAction(say *speaker, c *cli.Context) error {
	if err := oneOf(say.in(T{FR: "policy", EN: "policy"}), c.Args().First(), []string{"markings"}); err != nil {
		return err
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	found, err := markingsOf(c, s, policyOf(cfg, ownSources(cfg)))
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	say.markings(found)
	return nil
}

// markingUse is a marking and where it was met.
type markingUse struct {
	text, level, example string
	items                int
}

// mostMarkings bounds what is listed: beyond it texts are no markings.
const mostMarkings = 500

func markingsOf(c *cli.Context, s *stock, policy classify.Policy) ([]markingUse, error) {
	byText := map[string]*markingUse{}
	err := s.index.Each(c.Context, index.Query{}, func(rec index.Record) error {
		for _, m := range classify.Markings(rec.Item, policy) {
			key := strings.ToLower(m.Text)
			use := byText[key]
			if use == nil {
				if len(byText) >= mostMarkings {
					continue
				}
				use = &markingUse{text: m.Text, level: m.Level, example: export.Shown(rec)}
				byText[key] = use
			}
			use.items++
		}
		return nil
	})
	var all []markingUse
	for _, use := range byText {
		all = append(all, *use)
	}
	slices.SortFunc(all, func(a, b markingUse) int {
		return cmp.Or(cmp.Compare(b.items, a.items), cmp.Compare(a.text, b.text))
	})
	return all, err
}

func (s *speaker) markings(found []markingUse) {
	if len(found) == 0 {
		s.line(T{FR: "Aucune mention dans l'inventaire.", EN: "No marking in the inventory."})
		return
	}
	var rows [][]cell
	var open []string
	for _, m := range found {
		level := cell{Text: s.said(m.level, levelSaid)}
		if m.level == "" {
			level = cell{s.in(T{FR: "? inconnu", EN: "? unknown"}), yellow}
			open = append(open, m.text)
		}
		rows = append(rows, []cell{{Text: m.text}, {Text: nonZero(m.items)}, level, {Text: m.example}})
	}
	s.table([]column{{Head: T{FR: "Mention", EN: "Marking"}, Gives: true}, {Head: T{FR: "Contenus", EN: "Items"}, Right: true},
		{Head: T{FR: "Niveau", EN: "Level"}}, {Head: T{FR: "Par exemple", EN: "For example"}}}, rows)
	if len(open) == 0 {
		return
	}
	s.line(T{FR: "\nCe que filon ne sait pas placer : gardez les lignes utiles dans filon.yaml, puis filon rejudge.", EN: "\nWhat filon cannot place: keep the lines that matter in filon.yaml, then filon rejudge."})
	s.raw("policy:\n  scale:\n")
	for _, text := range open {
		s.raw("    '" + strings.ReplaceAll(text, "'", "''") + "': internal   # " + strings.Join(classify.Levels(), ", ") + "\n")
	}
}

// readPolicy reads a policy on trial: a filon.yaml, of which only the policy counts, or what stands
// under policy alone.
func readPolicy(path string) (policySettings, error) {
	data, err := readFile(path, maxConfigBytes)
	if err != nil {
		if _, spoken := isTrouble(err); spoken {
			return policySettings{}, err
		}
		return policySettings{}, askedWrongly(T{FR: "politique illisible : %s", EN: "cannot read the policy: %s"}.with(err), T{FR: "--policy attend un fichier comme filon.yaml", EN: "--policy needs a file such as filon.yaml"})
	}
	r := reader{path: path}
	root, err := r.parse(data)
	if err != nil {
		return policySettings{}, err
	}
	var p policySettings
	if root == nil {
		return p, nil
	}
	pairs, err := r.pairs(root, T{FR: "la politique", EN: "the policy"})
	if err != nil {
		return p, err
	}
	var node ast.Node = root
	for _, pair := range pairs {
		switch plain(pair.Key) {
		case "policy":
			node = pair.Value
		case "sources":
			if node == root {
				node = nil
			}
		}
	}
	if node == nil { // a filon.yaml without a policy
		return p, nil
	}
	return p, r.policy(node, &p)
}
