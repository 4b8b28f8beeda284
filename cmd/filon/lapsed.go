package main

import (
	"context"
	"fmt"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

// mostLapsed is how many lapsed decisions a summary names; filon decide --lapsed names all.
const mostLapsed = 5

// lapsedWhy says why a decision opens nothing any more; the zero T while it holds.
func lapsedWhy(lapsed string) T {
	switch lapsed {
	case "":
		return T{}
	case index.LapsedText:
		return T{FR: "décision caduque : le texte a changé depuis", EN: "decision lapsed: the text has changed since"}
	}
	says := ruleSays(lapsed)
	return T{FR: "décision caduque : une question qui ne se posait pas : " + says.FR, EN: "decision lapsed: a question that was not asked then: " + says.EN}
}

// lapsed prints the decisions that hold no longer, at most so many by name; it says nothing when there are none.
func (s *speaker) lapsed(ctx context.Context, st *stock, most int) (count int, err error) {
	var rows []string
	err = st.index.LapsedDecisions(ctx, func(r index.Record) error {
		if count++; most > 0 && count > most {
			return nil
		}
		title := r.Verdict.Hide(classify.Mask)(r.Item.Title)
		if r.Ruling() == classify.Never {
			title = index.MaskedTitle
		}
		rows = append(rows, fmt.Sprintf("  %s → %s  %s  %s\n          %s\n", s.verdictCell(r.Decision.Verdict).Text, s.verdictCell(r.Ruling()).Text, oneLine(title),
			s.paint(dim, oneLine(export.Shown(r))), oneLine(s.in(lapsedWhy(r.Decision.Lapsed)))))
		return nil
	})
	if err != nil {
		return 0, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if count == 0 {
		return 0, nil
	}
	s.line(plural(count, T{FR: "Une décision ne vaut plus : ce pour quoi elle avait été donnée a changé (filon decide ADRESSE --confirm la redonne)", EN: "One decision holds no longer: what it was given for has changed (filon decide URL --confirm gives it anew)"},
		T{FR: "%d décisions ne valent plus : ce pour quoi elles avaient été données a changé (filon decide ADRESSE --confirm les redonne)", EN: "%d decisions hold no longer: what they were given for has changed (filon decide URL --confirm gives them anew)"}))
	for _, row := range rows {
		s.raw(row)
	}
	if left := count - len(rows); left > 0 {
		s.line(T{FR: "  et %d autre{s} : filon decide --lapsed", EN: "  and %d more: filon decide --lapsed"}.with(left))
	}
	return count, nil
}
