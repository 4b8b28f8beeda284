package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
)

// filterFlags are those of search, which export shares.
func filterFlags(say *speaker) []cli.Flag {
	many := func(name string, usage T) cli.Flag {
		return &cli.StringSliceFlag{Name: name, Usage: say.in(usage)}
	}
	return []cli.Flag{
		many("type", T{FR: "`TYPE` de contenu (case_study, faq…), répétable ou séparé par des virgules", EN: "content `TYPE` (case_study, faq…), repeatable or comma-separated"}),
		many("verdict", T{FR: "`VERDICT` : publishable, needs_edit, needs_approval, never, not_proposed, unreadable", EN: "`VERDICT`: publishable, needs_edit, needs_approval, never, not_proposed, unreadable"}),
		many("source", T{FR: "`SOURCE` de filon.yaml, ou serveur", EN: "`SOURCE` of filon.yaml, or host"}),
		many("language", T{FR: "`LANGUE` du contenu (fr, en…)", EN: "`LANGUAGE` of the content (fr, en…)"}),
		many("visibility", T{FR: "`QUI` le voit : public, intranet, restricted, file_share", EN: "`WHO` sees it: public, intranet, restricted, file_share"}),
		many("dept", T{FR: "`SERVICE` ou rubrique", EN: "`DEPARTMENT` or section"}),
		many("media", T{FR: "`FORMAT` : html_article, pdf_document, slides…", EN: "`FORMAT`: html_article, pdf_document, slides…"}),
		&cli.BoolFlag{Name: "unused", Usage: say.in(T{FR: "sans ce qui est déjà parti sur les réseaux (filon used)", EN: "without what went out on the networks already (filon used)"})},
		&cli.BoolFlag{Name: "gone", Usage: say.in(T{FR: "seulement ce qui a disparu des sites ; sans mots", EN: "only what is gone from the sites; without words"})},
		&cli.StringFlag{Name: "since", Usage: say.in(T{FR: "daté de ce `JOUR` ou après", EN: "dated this `DATE` or later"})},
		&cli.StringFlag{Name: "until", Usage: say.in(T{FR: "daté de ce `JOUR` ou avant", EN: "dated this `DATE` or earlier"})},
	}
}

// filterOf reads them. An unknown type or verdict is a mistake worth telling.
func filterOf(c *cli.Context) (index.Filter, error) {
	var f index.Filter
	var err error
	f.Types, f.Verdicts = split(c, "type"), split(c, "verdict")
	var types, verdicts []string
	for _, t := range classify.Types() {
		types = append(types, t.ID)
	}
	types = append(types, "other")
	for _, o := range outcomes {
		verdicts = append(verdicts, string(o))
	}
	for _, v := range f.Types {
		if err := oneOf("type", v, types); err != nil {
			return f, err
		}
	}
	for _, v := range f.Verdicts {
		if err := oneOf("verdict", v, verdicts); err != nil {
			return f, err
		}
	}
	f.Sources, f.Languages, f.Visibilities = split(c, "source"), split(c, "language"), split(c, "visibility")
	if f.Gone = c.Bool("gone"); f.Gone && c.Args().Len() > 0 {
		return f, askedWrongly(T{FR: "--gone ne se combine pas avec des mots", EN: "--gone does not go with words"}, T{FR: "ce qui a disparu n'est plus dans l'index : filtrez par --type, --source, --since…", EN: "what is gone is no longer in the index: filter by --type, --source, --since…"})
	}
	f.Unused = c.Bool("unused")
	f.Departments, f.Formats = c.StringSlice("dept"), split(c, "media")
	if v := c.String("since"); v != "" {
		if f.Since, err = parseDay("since", v); err != nil {
			return f, err
		}
	}
	if v := c.String("until"); v != "" {
		if f.Until, err = parseDay("until", v); err != nil {
			return f, err
		}
	}
	return f, nil
}

// split reads a repeatable flag whose values may also be separated by commas.
func split(c *cli.Context, name string) []string {
	var all []string
	for _, v := range c.StringSlice(name) {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}
