package index

import (
	"slices"
	"time"
)

// Lets tells whether the filter lets a record through, as Search and Each do, but for Gone: a record that
// is gone passes with or without it.
func (f Filter) Lets(r Record) bool {
	any := func(asked []string, has string) bool { return len(asked) == 0 || slices.Contains(asked, has) }
	if !any(f.Types, r.Verdict.Type) || !any(f.Verdicts, string(r.Ruling())) || !any(f.Sources, r.Item.Source) ||
		!any(f.Visibilities, string(r.Item.Access.Visibility)) || !any(f.Languages, r.Item.Language) ||
		!any(f.Departments, r.Item.Department) || !any(f.Formats, r.Verdict.Format) {
		return false
	}
	if f.Since.IsZero() && f.Until.IsZero() {
		return true
	}
	on := r.Day()
	if on.IsZero() {
		return false
	}
	on = time.Date(on.Year(), on.Month(), on.Day(), 0, 0, 0, 0, time.UTC)
	return !on.Before(f.Since) && (f.Until.IsZero() || !on.After(f.Until))
}
