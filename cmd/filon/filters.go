package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
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
	f.Types, f.Verdicts, f.Visibilities, f.Formats = split(c, "type"), split(c, "verdict"), split(c, "visibility"), split(c, "media")
	for _, list := range []struct {
		values []string
		means  func(string) string
	}{{f.Types, typeNamed}, {f.Verdicts, verdictNamed}} {
		for i, v := range list.values {
			if id := list.means(v); id != "" {
				list.values[i] = id
			}
		}
	}
	types := []string{}
	for _, t := range classify.Types() {
		types = append(types, t.ID)
	}
	for _, list := range []struct {
		flag           string
		asked, allowed []string
	}{
		{"type", f.Types, append(types, classify.Other)}, {"verdict", f.Verdicts, named(outcomes)},
		{"visibility", f.Visibilities, named([]content.Visibility{content.Public, content.Intranet, content.Restricted, content.FileShare})}, {"media", f.Formats, classify.Formats()},
	} {
		for _, v := range list.asked {
			if err := oneOf(list.flag, v, list.allowed); err != nil {
				return f, err
			}
		}
	}
	f.Sources, f.Languages = split(c, "source"), split(c, "language")
	if f.Gone = c.Bool("gone"); f.Gone && c.Args().Len() > 0 {
		return f, askedWrongly(T{FR: "--gone ne se combine pas avec des mots", EN: "--gone does not go with words"}, T{FR: "ce qui a disparu n'est plus dans l'index : filtrez par --type, --source, --since…", EN: "what is gone is no longer in the index: filter by --type, --source, --since…"})
	}
	f.Unused = c.Bool("unused")
	f.Departments = c.StringSlice("dept")
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

// named gives values of a list as texts.
func named[S ~string](values []S) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// sourcesKnown complains about a source that nothing in the inventory comes from; for a search that found nothing.
func (s *stock) sourcesKnown(c *cli.Context, f index.Filter) error {
	if len(f.Sources) == 0 {
		return nil
	}
	var known []string
	for _, gone := range []bool{false, true} {
		counts, err := s.index.Counts(c.Context, index.Filter{Gone: gone})
		if err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		for source := range facet(counts.Facets, "source") {
			known = append(known, source)
		}
	}
	slices.Sort(known)
	for _, v := range f.Sources {
		if err := oneOf("source", v, slices.Compact(known)); err != nil && len(known) > 0 {
			return err
		}
	}
	return nil
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
