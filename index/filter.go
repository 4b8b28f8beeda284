package index

import (
	"fmt"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Filter narrows the inventory. Values of one field are alternatives, fields add up; the zero Filter
// lets everything through. Values are compared whole, as they stand in the inventory; "" is unknown.
type Filter struct {
	Types        []string
	Verdicts     []string
	Sources      []string
	Visibilities []string
	Languages    []string
	Departments  []string
	Formats      []string
	Unused       bool      // without what went out on a network already
	Gone         bool      // only what is gone, which is left out otherwise; the words of a query do not find it
	Since, Until time.Time // days, both included, of publication, else of change; a record without one is left out
}

// choices lists the fields of the filter: the expression on the table, the field of the search index, the
// values asked for.
func (f Filter) choices() []choice {
	return []choice{
		{"r.content_type", fieldType, f.Types}, {rulingOf, fieldVerdict, f.Verdicts}, {"r.source", fieldSource, f.Sources},
		{"r.visibility", fieldVisibility, f.Visibilities}, {"r.language", fieldLanguage, f.Languages},
		{"r.department", fieldDepartment, f.Departments}, {"r.media_format", fieldFormat, f.Formats},
	}
}

type choice struct {
	column, field string
	values        []string
}

// where is the filter as a condition on the table records, named r.
func (f Filter) where() (string, []any) {
	conditions := []string{"r.gone_at = ''"}
	if f.Gone {
		conditions[0] = "r.gone_at <> ''"
	}
	var args []any
	for _, c := range f.choices() {
		if len(c.values) == 0 {
			continue
		}
		conditions = append(conditions, c.column+" IN (?"+strings.Repeat(",?", len(c.values)-1)+")")
		for _, v := range c.values {
			args = append(args, v)
		}
	}
	if f.Unused {
		conditions = append(conditions, "r.used = 0")
	}
	const on = "(CASE WHEN r.date_published <> '' THEN r.date_published ELSE r.date_modified END)"
	if !f.Since.IsZero() {
		conditions, args = append(conditions, on+" >= ?"), append(args, day(f.Since))
	}
	if !f.Until.IsZero() {
		conditions, args = append(conditions, on+" <= ?", on+" <> ''"), append(args, day(f.Until))
	}
	return strings.Join(conditions, " AND "), args
}

// queries is the filter as conditions of the search index.
func (f Filter) queries() []query.Query {
	var all []query.Query
	for _, c := range f.choices() {
		if len(c.values) == 0 {
			continue
		}
		var any []query.Query
		for _, v := range c.values {
			any = append(any, exactly(c.field, v))
		}
		all = append(all, either(any))
	}
	if !f.Since.IsZero() || !f.Until.IsZero() {
		all = append(all, between(f.Since, f.Until))
	}
	return all
}

// between is a span of days, both included, as whole years, whole months and single days: at most a
// hundred terms, where each day by itself would be thousands.
func between(since, until time.Time) query.Query {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	if !since.IsZero() {
		first, _ = time.Parse(time.DateOnly, day(since))
	}
	last := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	if !until.IsZero() {
		last, _ = time.Parse(time.DateOnly, day(until))
	}
	var any []query.Query
	for d := first; !d.After(last); {
		year, month := d.AddDate(1, 0, 0), d.AddDate(0, 1, 0)
		switch {
		case d.YearDay() == 1 && !year.AddDate(0, 0, -1).After(last):
			end := last.Year()
			if last.YearDay() < 365 || last.AddDate(0, 0, 1).Year() == end {
				end--
			}
			yes := true
			years := bleve.NewTermRangeInclusiveQuery(d.Format("2006"), fmt.Sprintf("%04d", end), &yes, &yes)
			years.SetField(fieldYear)
			any = append(any, years)
			d = time.Date(end+1, 1, 1, 0, 0, 0, 0, time.UTC)
		case d.Day() == 1 && !month.AddDate(0, 0, -1).After(last):
			any = append(any, exactly(fieldWhen, d.Format("2006-01")))
			d = month
		default:
			any = append(any, exactly(fieldWhen, d.Format(time.DateOnly)))
			d = d.AddDate(0, 0, 1)
		}
	}
	if len(any) == 0 {
		return bleve.NewMatchNoneQuery()
	}
	return either(any)
}

func exactly(field, value string) query.Query {
	q := bleve.NewTermQuery(orUnknown(value))
	q.SetField(field)
	return q
}

func either(any []query.Query) query.Query {
	if len(any) == 1 {
		return any[0]
	}
	return bleve.NewDisjunctionQuery(any...)
}
