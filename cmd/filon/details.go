package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"filon/classify"
	"filon/classify/post"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

// mostUsers is how many pages show lists that use a picture.
const mostUsers = 5

// date is a day with the evidence for it.
func (s *speaker) date(d content.Date) string {
	if d.IsZero() {
		return ""
	}
	sure := map[content.Confidence]T{content.High: {FR: "sûr", EN: "high"}, content.Medium: {FR: "moyen", EN: "medium"}, content.Low: {FR: "faible", EN: "low"}}[d.Confidence]
	evidence := s.said(d.Source, evidenceSaid)
	if w := s.in(sure); w != "" {
		evidence += ", " + w
	}
	return fmt.Sprintf("%s (%s)", d.Time.Format(time.DateOnly), strings.TrimPrefix(evidence, ", "))
}

// filedIn is the department and the section of an item.
func filedIn(it content.Item) string {
	if it.Section == "" {
		return it.Department
	}
	return strings.TrimPrefix(it.Department+" › "+it.Section, " › ")
}

// languagesOf is the language of an item, and those of its passages where they are several.
func languagesOf(s *speaker, it content.Item) string {
	if len(it.Languages) < 2 {
		return it.Language
	}
	var parts []string
	for _, l := range it.Languages {
		parts = append(parts, fmt.Sprintf("%s %.0f %%", l.Language, 100*l.Share))
	}
	return it.Language + " (" + strings.Join(parts, ", ") + ")"
}

// details prints what an item holds beside its text: event, quotations, figures, pictures, links that ask
// for something. Nothing of it is shown of what must never leave.
func (s *speaker) details(r index.Record, closed bool, shown func(string) string) {
	if closed {
		return
	}
	it := r.Item
	hide, answered := r.Verdict.Hide(classify.Mask), post.Answered(r.Verdict, r.Ruling())
	var quotes, figures, calls, files, social, players []string
	for _, q := range export.Quotes(it, answered) {
		line := quoted(strings.Trim(q.Text, "«»“” \u00a0\u202f"), s.lang)
		if q.Speaker != "" {
			line += " (" + q.Speaker + ")"
		}
		quotes = append(quotes, hide(line))
	}
	for _, f := range post.Figures(it, answered) {
		figures = append(figures, hide(f.Text))
	}
	for _, l := range export.Calls(it) {
		calls = append(calls, hide(l.Text)+" → "+shown(l.Address))
	}
	for _, l := range export.Downloads(it) {
		files = append(files, shown(l.Address))
	}
	for _, l := range export.Social(it) {
		social = append(social, shown(l.Address))
	}
	for _, e := range it.Embeds {
		if e.Kind == "video" || e.Kind == "audio" {
			players = append(players, shown(e.Address))
		}
	}
	facts := [][2]string{
		{s.in(T{FR: "Événement", EN: "Event"}), eventOf(it.Event, hide)},
		{s.in(T{FR: "Meilleure image", EN: "Best picture"}), s.bestImage(r, hide, shown)},
		{s.in(T{FR: "Étiquettes", EN: "Tags"}), hide(strings.Join(it.Tags, ", "))},
		{s.in(T{FR: "Logiciel du site", EN: "Site's software"}), strings.TrimSpace(it.CMS + " " + it.CMSType)},
	}
	for _, group := range []struct {
		name T
		all  []string
	}{{T{FR: "Citation", EN: "Quotation"}, quotes}, {T{FR: "Chiffre clé", EN: "Key figure"}, figures}, {T{FR: "Invitation à agir", EN: "Call to action"}, calls}, {T{FR: "Vidéo, son", EN: "Video, sound"}, players},
		{T{FR: "À télécharger", EN: "Download"}, files}, {T{FR: "Réseaux cités", EN: "Networks linked"}, social}} {
		for i, line := range group.all[:min(len(group.all), 3)] {
			if i == 2 && len(group.all) > 3 {
				line += s.in(T{FR: " … et %d de plus", EN: " … and %d more"}.with(len(group.all) - 3))
			}
			facts = append(facts, [2]string{s.in(group.name), line})
		}
	}
	for i := range facts {
		if facts[i][1] != "" {
			s.raw("\n")
			s.facts(facts)
			return
		}
	}
}

func eventOf(e content.Event, hide func(string) string) string {
	if e.Start.IsZero() {
		return ""
	}
	days := e.Start.Format(time.DateOnly)
	if !e.End.IsZero() {
		days += " – " + e.End.Format(time.DateOnly)
	}
	if e.Place != "" {
		days += ", " + hide(e.Place)
	}
	return days
}

// bestImage is the picture that suits a post best: its size, ratio, rights, and how many pages show it.
func (s *speaker) bestImage(r index.Record, hide, shown func(string) string) string {
	b, ok := export.BestImage(r)
	if !ok && r.Verdict.Day != "" {
		for _, im := range r.Item.Images {
			if im.Missing {
				return s.in(T{FR: "introuvable : ", EN: "missing: "}) + shown(im.Address)
			}
		}
	}
	if !ok || strings.HasPrefix(r.Item.MIME, "image/") {
		return ""
	}
	parts := []string{shown(b.Address)}
	if b.Width > 0 && b.Height > 0 {
		parts = append(parts, fmt.Sprintf("%d × %d px, %s", b.Width, b.Height, s.decimals(strconv.FormatFloat(math.Round(100*b.Ratio)/100, 'g', 4, 64))))
	}
	if b.Rights != "" {
		parts = append(parts, s.in(T{FR: "droits : ", EN: "rights: "})+classify.RightsLabel(b.Rights, s.lang))
	}
	if b.Credit != "" {
		parts = append(parts, hide(b.Credit))
	}
	if i := r.Verdict.BestImage; i < len(r.ImageUses) && r.ImageUses[i] > 1 {
		parts = append(parts, s.in(T{FR: "sur %d page{s}", EN: "on %d page{s}"}.with(r.ImageUses[i])))
	}
	return strings.Join(parts, "; ")
}
