package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

func searchCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "search", ArgsUsage: say.in(T{FR: "[MOTS…]", EN: "[WORDS…]"}),
			Usage: say.in(T{FR: "chercher dans l'inventaire", EN: "search the inventory"}),
			Description: say.in(T{
				FR: "Tous les mots, sous toutes leurs formes, avec ou sans accents. \"phrase exacte\", début*, -sans ou SAUF, OU, et champ:valeur (type:faq, verdict:publishable, title:vélo). Sans mots : tout ce que les filtres laissent passer.",
				EN: "All words, in all their forms, with or without accents. \"exact phrase\", start*, -without or NOT, OR, and field:value (type:faq, verdict:publishable, title:bike). Without words: all that the filters let through."}),
			Flags: append(filterFlags(say), dataFlag(say), configFlag(say),
				&cli.IntFlag{Name: "limit", Value: 20, Usage: say.in(T{FR: "au plus `N` résultats", EN: "at most `N` results"})},
				choice("format", "table", []string{"table", "json", "csv", "urls"}, say.in(T{FR: "table, json, csv ou urls", EN: "table, json, csv or urls"})),
				choice("sort", "", []string{"relevance", "newest", "oldest", "readiness"}, say.in(T{FR: "ordre : relevance, newest, oldest, readiness", EN: "order: relevance, newest, oldest, readiness"})),
				&cli.StringFlag{Name: "like", Usage: say.in(T{FR: "ce qui parle de la même chose que cette `ADRESSE`", EN: "what is about the same as this `URL`"})},
				&cli.BoolFlag{Name: "copies", Usage: say.in(T{FR: "montrer aussi les copies d'un même contenu", EN: "show the copies of a story too"})},
				&cli.BoolFlag{Name: "facets", Usage: say.in(T{FR: "compter aussi par type, verdict, source…", EN: "also count by type, verdict, source…"})}),
			Action: func(c *cli.Context) error { return search(say, c) },
		},
		Examples: []example{
			{"filon search vélo cargo", T{FR: "les deux mots, où qu'ils soient", EN: "both words, wherever they are"}},
			{"filon search --verdict publishable --type case_study", T{FR: "les études de cas prêtes à partir", EN: "the case studies that can go out"}},
			{"filon search --like https://www.exemple.fr/references/gare-de-lyon", T{FR: "ce qui ressemble à ce contenu", EN: "what is like this item"}},
			{"filon search '\"minute sécurité\"' --format urls", T{FR: "une phrase exacte, une adresse par ligne", EN: "an exact phrase, one address a line"}},
		},
		MaxArgs: anyNumber,
	}
}

func search(say *speaker, c *cli.Context) error {
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	if c.Int("limit") < 1 {
		return askedWrongly(T{FR: "--limit ne peut pas valoir %d", EN: "--limit cannot be %d"}.with(c.Int("limit")), T{FR: "donnez un nombre à partir de 1", EN: "give a number from 1 up"})
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	q := index.Query{Text: strings.Join(c.Args().Slice(), " "), Filter: filter, Order: index.Order(c.String("sort")), Copies: c.Bool("copies"), NoFacets: !c.Bool("facets")}
	find := upTo
	switch like := c.String("like"); {
	case like != "" && (q.Text != "" || filter.Gone || c.Bool("facets")):
		return askedWrongly(T{FR: "--like cherche d'après un contenu : sans mots, --gone ni --facets", EN: "--like looks by an item: without words, --gone or --facets"}, T{FR: "les filtres, eux, s'y ajoutent", EN: "filters do go with it"})
	case like != "":
		find = alike
	case filter.Gone:
		find = gone
	}
	result, err := find(c, s, q, c.Int("limit"))
	if err != nil {
		return badQuery(err)
	}
	if result.Total == 0 {
		if err := s.sourcesKnown(c, filter); err != nil {
			return err
		}
	}
	if result.Behind > 0 {
		say.note(T{FR: "%d {contenu gardé ne se trouve|contenus gardés ne se trouvent} pas encore (parcours en cours, ou : filon reindex)", EN: "%d kept item{s} cannot be found yet (a crawl is on, or: filon reindex)"}.with(result.Behind))
	}
	switch c.String("format") {
	case "urls":
		for _, h := range result.Hits {
			say.raw(oneLine(export.Shown(h.Record)) + "\n")
		}
		return nil
	case "json", "csv":
		opts := exportOptions(say)
		opts.Address = func(addr string) string { return export.ShownAt(c.Context, s.index, addr) }
		if c.String("format") == "json" {
			return say.hitsJSON(result, opts)
		}
		return say.hitsCSV(result, opts)
	}
	say.hits(result, c.Bool("copies"))
	if len(result.Hits) == 0 && q.Text != "" {
		say.better(c, s, q.Text)
	}
	if c.Bool("facets") {
		say.facets(result.Facets)
	}
	return nil
}

// upTo collects pages of hits until there are n.
func upTo(c *cli.Context, s *stock, q index.Query, n int) (index.Result, error) {
	var all index.Result
	for len(all.Hits) < n {
		q.Limit = min(n-len(all.Hits), 1000)
		page, err := s.index.Search(c.Context, q)
		if err != nil {
			return all, err
		}
		page.Hits = append(all.Hits, page.Hits...)
		if all.Facets != nil {
			page.Facets = all.Facets
		}
		all = page
		if page.Next == "" {
			break
		}
		q.After, q.NoFacets = page.Next, true
	}
	return all, nil
}

// alike finds what is about the same as an item.
func alike(c *cli.Context, s *stock, q index.Query, n int) (index.Result, error) {
	at := c.String("like")
	if rec, ok, err := s.index.Get(c.Context, at); err == nil && ok { // by its id, or as it is shown
		at = rec.Item.Address
	} else if canonical, err := address.Canonical(at); err == nil {
		at = canonical
	}
	return s.index.Like(c.Context, at, q.Filter, n)
}

// better says how a query that found nothing may have been meant.
func (s *speaker) better(c *cli.Context, st *stock, text string) {
	meant, err := st.index.Suggest(c.Context, text)
	if err != nil || meant == "" {
		return
	}
	s.line(T{FR: "Vouliez-vous dire : %s ?", EN: "Did you mean: %s?"}.with(oneLine(meant)))
}

// gone lists what is no longer on the sites, which the search index has forgotten.
func gone(c *cli.Context, s *stock, q index.Query, n int) (index.Result, error) {
	var all index.Result
	err := s.index.Each(c.Context, q, func(rec index.Record) error {
		all.Total++
		if len(all.Hits) < n {
			title := rec.Verdict.Hide(classify.Mask)(rec.Item.Title)
			if rec.Ruling() == classify.Never {
				title = index.MaskedTitle
			}
			all.Hits = append(all.Hits, index.Hit{Record: rec, Title: title})
		}
		return nil
	})
	return all, err
}

// badQuery turns what search complains about into words for the person.
func badQuery(err error) error {
	if _, said := isTrouble(err); said {
		return err
	}
	var wrong *index.QueryError
	if errors.As(err, &wrong) {
		return askedWrongly(T{FR: "recherche illisible : %s", EN: "cannot read the query: %s"}.with(T(wrong.Says)),
			T{FR: "filon search --help montre ce qui peut s'écrire", EN: "filon search --help shows what can be written"})
	}
	if errors.Is(err, index.ErrNoSearch) {
		return &Trouble{Code: codeFailed, Err: err, What: T{FR: "l'index de recherche manque, ou n'est pas celui de cet inventaire", EN: "the search index is missing, or is not of this inventory"},
			Hint: T{FR: "filon reindex le refait, et rien n'est perdu", EN: "filon reindex makes it anew, and nothing is lost"}}
	}
	return couldNot(err, T{FR: "la recherche a échoué : %s", EN: "the search failed: %s"})
}

// openData opens the inventory of --data or filon.yaml for reading.
func openData(c *cli.Context) (*stock, error) {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return nil, err
	}
	return openStock(c.Context, dataDir(c, cfg), reading)
}

// hits prints a result as a table. copied tells that the copies stand in it too.
func (s *speaker) hits(r index.Result, copied bool) {
	if len(r.Hits) == 0 && r.Copies > 0 {
		s.line(plural(r.Copies, T{FR: "Rien ne correspond qu'une copie d'une autre version (--copies la montre).", EN: "Nothing matches but one copy of another version (--copies shows it)."},
			T{FR: "Rien ne correspond que %d copies d'autres versions (--copies les montre).", EN: "Nothing matches but %d copies of other versions (--copies shows them)."}))
		return
	}
	if len(r.Hits) == 0 {
		s.line(T{FR: "Rien ne correspond.", EN: "Nothing matches."})
		return
	}
	rows := make([][]cell, 0, len(r.Hits))
	for _, h := range r.Hits {
		rows = append(rows, []cell{s.verdictCell(h.Record.Ruling()), {Text: classify.TypeLabel(h.Record.Verdict.Type, s.lang)}, {Text: h.Title, Style: bold},
			{Text: dayOf(h.Record)}, {Text: h.Record.Item.Source}, {Text: export.Shown(h.Record), Style: dim}})
	}
	s.table([]column{{Head: T{FR: "Verdict", EN: "Verdict"}}, {Head: T{FR: "Type", EN: "Type"}, Gives: true}, {Head: T{FR: "Titre", EN: "Title"}, Gives: true, Least: 24},
		{Head: T{FR: "Date", EN: "Date"}}, {Head: T{FR: "Source", EN: "Source"}, Gives: true}, {Head: T{FR: "Adresse", EN: "Address"}}}, rows)
	all, beside := r.Total, T{}
	switch {
	case copied:
		all += r.Copies
		beside = plural(r.Copies, T{FR: ", dont une copie", EN: ", one of them a copy"}, T{FR: ", dont %d copies", EN: ", %d of them copies"})
	case r.Copies > 0:
		beside = plural(r.Copies, T{FR: ", et une copie (--copies la montre)", EN: ", and one copy (--copies shows it)"}, T{FR: ", et %d copies (--copies les montre)", EN: ", and %d copies (--copies shows them)"})
	}
	if r.Copies == 0 {
		beside = T{}
	}
	s.line(T{FR: "%d sur %d%s, en %d ms", EN: "%d of %d%s, in %d ms"}.with(len(r.Hits), all, beside, r.Took.Milliseconds()))
}

func dayOf(r index.Record) string {
	if d := r.Day(); !d.IsZero() {
		return d.Format(time.DateOnly)
	}
	return ""
}

func (s *speaker) facets(facets []index.Facet) {
	for _, f := range facets {
		s.raw("\n" + s.paint(bold, s.in(facetNames[f.Name])) + "\n")
		for i, v := range f.Values {
			if i == 12 {
				s.line(T{FR: "          … et %d autre{s}", EN: "          … and %d more"}.with(len(f.Values) - i))
				break
			}
			if v.Value == "" {
				v.Value = s.in(T{FR: "(inconnu)", EN: "(unknown)"})
			}
			s.raw(fmt.Sprintf("  %6d  %s\n", v.Count, oneLine(s.facetValue(f.Name, v.Value))))
		}
	}
}

// facetNames are the headings of the counts.
var facetNames = map[string]T{
	"type": {FR: "Type", EN: "Type"}, "verdict": {FR: "Verdict", EN: "Verdict"}, "source": {FR: "Source", EN: "Source"}, "visibility": {FR: "Visibilité", EN: "Visibility"},
	"language": {FR: "Langue", EN: "Language"}, "department": {FR: "Service", EN: "Department"}, "year": {FR: "Année", EN: "Year"}, "format": {FR: "Format", EN: "Format"},
}

// facetValue names a value that is an id, and gives the id that a filter takes.
func (s *speaker) facetValue(name, id string) string {
	label := id
	switch name {
	case "type":
		label = classify.TypeLabel(id, s.lang)
	case "verdict":
		label = classify.OutcomeLabel(classify.Outcome(id), s.lang)
	case "visibility":
		label = s.in(reach(content.Visibility(id)))
	case "format":
		label = classify.FormatLabel(id, s.lang)
	}
	if label == id {
		return id
	}
	return label + " (" + id + ")"
}

// hitsJSON prints one object: how many stories and how many copies beside them, facets and the hits, each with its snippet.
func (s *speaker) hitsJSON(r index.Result, opts export.Options) error {
	type hit struct {
		Record  json.RawMessage `json:"item"`
		Score   float64         `json:"score"`
		Snippet string          `json:"snippet"`
	}
	out := struct {
		Total  int           `json:"total"`
		Copies int           `json:"copies"`
		Facets []index.Facet `json:"facets,omitempty"`
		Hits   []hit         `json:"hits"`
	}{r.Total, r.Copies, r.Facets, []hit{}}
	for _, h := range r.Hits {
		rec, err := export.JSON(h.Record, opts)
		if err != nil {
			return err
		}
		out.Hits = append(out.Hits, hit{rec, h.Score, h.Snippet.Text})
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	s.raw(string(b) + "\n")
	return nil
}

func (s *speaker) hitsCSV(r index.Result, opts export.Options) error {
	columns, err := export.Select("default")
	if err != nil {
		return err
	}
	records := func(do func(index.Record) error) error {
		for _, h := range r.Hits {
			if err := do(h.Record); err != nil {
				return err
			}
		}
		return nil
	}
	_, err = export.CSV(s.out, columns, records, export.DialectOf(s.lang), opts)
	return err
}

func exportOptions(s *speaker) export.Options {
	return export.Options{Lang: s.lang, Mask: classify.Mask}
}
