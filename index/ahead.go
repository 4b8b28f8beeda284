package index

import (
	"context"
	"fmt"
	"reflect"

	"filon/crawler/content"
	"filon/index/template"
)

// In its first crawl nothing is known of a source yet. So that Learn need not rewrite all of it in the end, what its
// items have in common is learned ahead, again and again while they are few: most pages are then kept as they stay.

// firstAhead is how many items of a source this process keeps before it learns ahead. It does so again whenever half as
// many more are kept as there were.
const firstAhead = 20

// ahead counts the items that this process kept of a source whose template no crawl has settled.
type ahead struct{ kept, due int }

// templateOf gives what is known of a source's template.
func (x *Index) templateOf(source string) template.Template {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.templates[source]
}

// learnAhead learns the template of a source that grows under its first crawl. Only Trim uses it, and Learn makes good
// what was guessed wrongly. Once a template is settled it stays as it is until the next Learn, so that a page does
// not change because its template did.
func (x *Index) learnAhead(ctx context.Context, source string) error {
	x.mu.Lock()
	a, young := x.ahead[source]
	_, known := x.templates[source]
	if !young && known {
		x.mu.Unlock()
		return nil
	}
	if !young {
		a = &ahead{due: firstAhead}
		x.ahead[source] = a
	}
	a.kept++
	due := a.kept == a.due
	x.mu.Unlock()
	if !due {
		return nil
	}
	var all int // earlier processes may have kept some
	err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE source = ? AND gone_at = ''`, source).Scan(&all)
	var t template.Template
	if err == nil {
		t, err = x.learnFrom(ctx, source)
	}
	if err != nil {
		return fmt.Errorf("learn ahead what %s has in common: %w", source, err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.ahead[source] == a {
		x.templates[source] = t
		a.due = a.kept + max(all, firstAhead)/2
	}
	return nil
}

// settleTemplate notes the template that Learn found.
func (x *Index) settleTemplate(source string, t template.Template) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.templates[source] = t
	delete(x.ahead, source)
}

// learnFrom learns a template from what is kept of a source.
func (x *Index) learnFrom(ctx context.Context, source string) (template.Template, error) {
	return template.Learn(func(do func(template.Page) error) error {
		return x.eachPrint(ctx, source, func(_ int64, p template.Page, _ string) error { return do(p) })
	})
}

// recognise notes what was done to an item when it is just what its source's template does.
func (p *prints) recognise(item content.Item, t template.Template) {
	if reflect.DeepEqual(t.Apply(template.Undo(item)), item) {
		p.applied = t.Key(template.Page{ID: item.ID, Address: item.Address, Language: item.Language, Print: p.Print})
	}
}
