package main

import (
	"fmt"
	"strings"
	"time"

	"filon/classify"
	"filon/crawler/extract"
	"filon/index"
)

// causeWords say why a block is no main text.
var causeWords = map[extract.Cause]T{
	extract.CauseHidden:     {FR: "caché : la page ne l'affiche pas", EN: "hidden: the page does not show it"},
	extract.CauseCookies:    {FR: "avis de cookies", EN: "cookie notice"},
	extract.CauseBreadcrumb: {FR: "fil d'Ariane", EN: "breadcrumb"},
	extract.CausePager:      {FR: "pages précédentes et suivantes", EN: "pager"},
	extract.CauseContents:   {FR: "sommaire", EN: "table of contents"},
	extract.CauseMenu:       {FR: "menu", EN: "menu"},
	extract.CauseFooter:     {FR: "pied de page", EN: "footer"},
	extract.CauseAd:         {FR: "publicité ou annonce", EN: "advertisement or notice"},
	extract.CauseNewsletter: {FR: "inscription à une lettre", EN: "newsletter"},
	extract.CauseShare:      {FR: "boutons de partage", EN: "share buttons"},
	extract.CauseComments:   {FR: "commentaires", EN: "comments"},
	extract.CauseRelated:    {FR: "autres contenus proposés", EN: "other content"},
	extract.CauseForm:       {FR: "formulaire", EN: "form"},
	extract.CauseAside:      {FR: "colonne de côté", EN: "aside"},
	extract.CauseHeader:     {FR: "en-tête de page", EN: "header"},
	extract.CauseByline:     {FR: "signature, date, rubrique", EN: "byline, date, section"},
	extract.CauseUnlikely:   {FR: "modèle : ne ressemble pas au texte principal", EN: "model: unlike the main text"},
}

// leftOut prints what inspect left out of the main text of one page.
func (s *speaker) leftOut(rec index.Record, left []extract.LeftOut) {
	if len(left) == 0 {
		s.note(T{FR: "rien n'a été écarté du texte principal", EN: "nothing was left out of the main text"})
		return
	}
	for _, l := range left {
		why, ok := causeWords[l.Why]
		if !ok {
			why = T{FR: string(l.Why), EN: string(l.Why)}
		}
		s.passage(rec, why, l.Text)
	}
}

// removed prints what is known of what was taken out of a kept item: by its source's template, and before.
func (s *speaker) removed(rec index.Record) {
	it := rec.Item
	closed := rec.Ruling() == classify.Never
	s.raw("\n")
	for _, t := range it.Template {
		s.passage(rec, T{FR: "modèle du site : répété sur beaucoup de ses pages", EN: "template of the site: repeated on many of its pages"}, t.Text)
	}
	if it.PageTitle != "" && !closed {
		s.passage(rec, T{FR: "modèle du site : titre tel que la page le donne", EN: "template of the site: the title as the page gives it"}, it.PageTitle)
	}
	for _, e := range it.Evidence {
		if e.Doubted {
			of := T{FR: "date de publication", EN: "date of publication"}
			if e.Of == "modified" {
				of = T{FR: "date de modification", EN: "date of change"}
			}
			s.line(T{FR: "  [%s écartée : trop de contenus du site portent ce jour] %s (%s)", EN: "  [%s set aside: too many items of the site bear that day] %s (%s)"}.with(of, e.Date.Time.Format(time.DateOnly), e.Date.Source))
		}
	}
	if it.Rest != "" {
		s.passage(rec, T{FR: "hors du texte principal : menus, pied de page, encarts", EN: "outside of the main text: menus, footer, boxes"}, it.Rest)
	}
	if len(it.Template) == 0 && it.PageTitle == "" && it.Rest == "" {
		s.line(T{FR: "  Rien n'a été écarté du texte principal.", EN: "  Nothing was left out of the main text."})
	}
}

// passage prints one passage and why it is no main text; of what must never leave it prints the size alone.
func (s *speaker) passage(rec index.Record, why T, text string) {
	words := len(strings.Fields(text))
	s.line(T{FR: "  [%s] %s", EN: "  [%s] %s"}.with(why, plural(words, T{FR: "un mot", EN: "one word"}, T{FR: "%d mots", EN: "%d words"})))
	if rec.Ruling() == classify.Never {
		s.raw("      •••\n")
		return
	}
	for line := range strings.Lines(readable(rec.Verdict.Hide(classify.Mask)(text))) {
		s.raw(fmt.Sprintf("      %s\n", strings.TrimRight(line, "\n")))
	}
}
