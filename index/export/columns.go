// Package export turns the inventory into tables and lines that other programs open.
//
//	Each ── Record ──▶ CSV, XLSX, JSONL
//
// In: records, one at a time. Out: bytes and the number of rows written. Never: a row left out, a
// value invented, a word of a record whose verdict is never.
package export

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/index"
)

// Kind is what a column holds, and so how it is written.
type Kind int

// Kinds of columns. What a Column's value returns for each stands behind it.
const (
	Text    Kind = iota // string
	Name                // string out of a closed list, an id or a name
	List                // []string
	URL                 // string
	Whole               // int64
	Number              // float64
	Yes                 // bool
	Day                 // time.Time, UTC midnight
	Instant             // time.Time
)

// Column is one column of the inventory.
type Column struct {
	Name   string // stable, English: the key in JSON and the heading in CSV
	FR, EN string // headings for people
	Kind   Kind
	Hidden bool // shown as ••• for records that must never be published
	Free   bool // words of the item: personal data in it is masked

	value func(row) any // nil when it is not known
}

// row is a record with the wishes of who exports it.
type row struct {
	index.Record
	opts Options
}

// rowOf is the row of a record, whose words are masked as the quotes of its reasons are.
func rowOf(rec index.Record, opts Options) row {
	opts.Mask = rec.Verdict.Hide(opts.Mask)
	return row{rec, opts}
}

// Options are the wishes of who exports.
type Options struct {
	Lang    string              // language of sentences and headings, "fr" or "en"; "" is "en"
	Mask    func(string) string // hides personal data in words of the item; nil leaves them as they are
	Address func(string) string // writes the address of another item for people, as of a link; nil hides what is masked everywhere
	Authors bool                // name authors; off, because an inventory of content is not one of people
	Judged  bool                // the verdict is the rules' own, whatever a person has decided
	Labels  bool                // headings and ids in words for people, in Lang
}

func (o Options) lang() string {
	if o.Lang == "fr" {
		return "fr"
	}
	return "en"
}

// Columns are all columns in their order; a name never changes and is never reused.
var Columns = []Column{
	{"item_id", "Identifiant", "Identifier", Name, false, false, func(r row) any { return text(r.Item.ID) }},
	{"url", "Adresse", "Address", URL, false, false, func(r row) any { return text(Shown(r.Record)) }},
	{"title", "Titre", "Title", Text, true, true, func(r row) any { return text(r.Item.Title) }},
	{"h1", "Titre visible", "Visible title", Text, true, true, func(r row) any { return text(r.Item.H1) }},
	{"meta_description", "Description", "Description", Text, true, true, func(r row) any { return text(r.Verdict.WithoutAsked(r.Item.Description)) }},
	{"site", "Site / source", "Site / source", Name, false, false, func(r row) any { return text(r.Item.Source) }},
	{"visibility", "Visibilité", "Visibility", Name, false, false, func(r row) any { return text(string(r.Item.Access.Visibility)) }},
	{"department", "Direction / silo", "Department", Name, false, false, func(r row) any { return text(r.Item.Department) }},
	{"owner", "Propriétaire", "Owner", Text, false, true, func(r row) any { return text(r.Item.Owner) }},
	{"author", "Auteur", "Author", Text, false, true, func(r row) any { return author(r) }},
	{"media_format", "Format", "Format", Name, false, false, func(r row) any { return text(r.Verdict.Format) }},
	{"mime", "Type MIME", "MIME type", Name, false, false, func(r row) any { return text(r.Item.MIME) }},
	{"content_type", "Type de contenu", "Content type", Name, false, false, func(r row) any { return text(r.Verdict.Type) }},
	{"content_type_secondary", "Types secondaires", "Secondary types", List, false, false, func(r row) any { return list(r.Verdict.Secondary) }},
	{"content_type_confidence", "Confiance", "Confidence", Number, false, false, func(r row) any { return confidence(r) }},
	{"language", "Langue", "Language", Name, false, false, func(r row) any { return text(r.Item.Language) }},
	{"topic", "Sujet", "Topic", Name, false, true, func(r row) any { return text(r.Verdict.Topic) }},
	{"audience", "Cible", "Audience", Name, false, false, func(r row) any { return text(r.Verdict.Audience) }},
	{"date_published", "Publié le", "Published", Day, false, false, func(r row) any { return when(r.Item.Published.Time) }},
	{"date_modified", "Modifié le", "Modified", Day, false, false, func(r row) any { return when(r.Item.Modified.Time) }},
	{"date_source", "Origine de la date", "Source of the date", Name, false, false, func(r row) any { return dateSource(r) }},
	{"expires_on", "Expire le", "Expires", Day, false, false, func(r row) any { return when(r.Expires().Time) }},
	{"word_count", "Mots", "Words", Whole, false, false, func(r row) any { return wordCount(r) }},
	{"page_count", "Pages", "Pages", Whole, false, false, func(r row) any { return count(r.Item.Pages) }},
	{"duration_s", "Durée", "Duration (s)", Whole, false, false, func(r row) any { return count(r.Item.Seconds) }},
	{"file_size", "Taille", "Size", Whole, false, false, func(r row) any { return count(r.Item.Bytes) }},
	{"http_status", "Statut", "Status", Whole, false, false, func(r row) any { return count(r.Item.Status) }},
	{"depth", "Profondeur", "Depth", Whole, false, false, func(r row) any { return int64(r.Item.Depth) }},
	{"inlinks", "Liens entrants", "Inlinks", Whole, false, false, func(r row) any { return int64(r.Inlinks) }},
	{"page_views", "Vues", "Page views", Whole, false, false, func(row) any { return nil }},
	{"image_best_url", "Meilleure image", "Best image", URL, false, false, func(r row) any { return text(r.opts.shown(bestImage(r).Address)) }},
	{"image_w", "Largeur", "Width", Whole, false, false, func(r row) any { return count(bestImage(r).Width) }},
	{"image_h", "Hauteur", "Height", Whole, false, false, func(r row) any { return count(bestImage(r).Height) }},
	{"image_rights", "Droits image", "Image rights", Name, false, false, func(r row) any { return text(r.Verdict.ImageRights) }},
	{"readability", "Lisibilité", "Readability", Number, false, false, func(r row) any { return readability(r) }},
	{"freshness", "Fraîcheur", "Freshness", Number, false, false, func(r row) any { return freshness(r) }},
	{"evergreen", "Pérennité", "Evergreen", Name, false, false, func(r row) any { return text(r.Verdict.Evergreen) }},
	{"rot", "ROT", "ROT", Name, false, false, func(r row) any { return text(rot(r)) }},
	{"duplicate_group", "Groupe de doublons", "Duplicate group", Name, false, false, func(r row) any { return text(r.Group) }},
	{"canonical", "Version de référence", "Version to use", Yes, false, false, func(r row) any { return r.Canonical }},
	{"readiness", "Score de préparation", "Readiness", Whole, false, false, func(r row) any { return int64(r.Verdict.Readiness) }},
	{"verdict", "Verdict", "Verdict", Name, false, false, func(r row) any { return text(string(verdictOf(r))) }},
	{"effort", "Effort", "Effort", Name, false, false, func(r row) any { return text(r.Verdict.Effort) }},
	{"effort_minutes", "Minutes estimées", "Estimated minutes", Whole, false, false, func(r row) any { return int64(r.Verdict.EffortMinutes) }},
	{"reasons_for", "Pourquoi oui", "Why yes", List, true, true, func(r row) any { return list(reasonsFor(r)) }},
	{"reasons_against", "Pourquoi non / à corriger", "Why not / to mend", List, false, false, func(r row) any { return list(reasonsAgainst(r)) }},
	{"risk_codes", "Risques", "Risks", List, false, false, func(r row) any { return list(riskCodes(r)) }},
	{"approver_role", "Validation par", "Approved by", List, false, false, func(r row) any { return list(r.Verdict.Approvers) }},
	{"networks_ready", "Réseaux prêts", "Networks ready", List, false, false, func(r row) any { return list(r.Verdict.NetworksReady) }},
	{"networks_fit", "Réseaux conseillés", "Networks that fit", List, false, false, func(r row) any { return list(r.Verdict.NetworksFit) }},
	{"post_format", "Format de post", "Post format", Name, false, false, func(r row) any { return text(r.Verdict.PostFormat) }},
	{"hook", "Accroche extraite", "Hook", Text, true, true, func(r row) any { return text(r.Verdict.Hook) }},
	{"already_used", "Déjà publié", "Already used", Name, false, false, func(r row) any { return usedWord(r.Used) }},
	{"disposition", "Décision éditoriale", "Disposition", Name, false, false, func(r row) any { return text(r.Decision.Disposition) }},
	{"assigned_to", "Attribué à", "Assigned to", Text, false, false, func(r row) any { return text(r.Decision.AssignedTo) }},
	{"human_verdict", "Verdict humain", "Human verdict", Name, false, false, func(r row) any { return text(string(heldVerdict(r))) }},
	{"notes", "Remarques", "Notes", Text, false, false, func(r row) any { return text(r.Decision.Notes) }},
	{"crawled_at", "Relevé le", "Crawled at", Instant, false, false, func(r row) any { return when(r.Item.FetchedAt) }},
	{"silo_twins", "Même histoire ailleurs", "Story in several silos", Yes, false, false, func(r row) any { return len(r.Silos) > 0 }},
	{"departments", "Silos qui l'ont", "Silos that have it", List, false, false, func(r row) any { return list(r.Silos) }},
}

// More are columns that stand in no set and are asked for by name.
var More = []Column{
	{"decision_lapsed", "Décision caduque", "Lapsed decision", Name, false, false, func(r row) any { return text(lapsedVerdict(r)) }},
	{"n_kind", "Sorte de refus", "Kind of refusal", Name, false, false, func(r row) any { return text(string(r.Verdict.Kind)) }},
	{"rules_version", "Version des règles et de la politique", "Version of rules and policy", Name, false, false, func(r row) any { return text(r.Verdict.Rules) }},
	{"judged_on", "Jugé le", "Judged on", Name, false, false, func(r row) any { return text(r.Verdict.Day) }},
}

// defaultColumns are the twenty that people work with.
var defaultColumns = strings.Fields(`item_id url title site visibility department media_format content_type language date_modified
	image_best_url freshness rot readiness verdict effort reasons_for reasons_against approver_role post_format`)

// NoColumn says that a person asked for a column that is not there.
type NoColumn struct {
	Name  string
	Known []string
}

func (e *NoColumn) Error() string {
	return fmt.Sprintf("there is no column %q; columns are %s", e.Name, strings.Join(e.Known, ", "))
}

// Select gives the columns that a person asks for: "default" (also for ""), "full", and names with commas
// between. An unknown name is a *NoColumn.
func Select(wanted string) ([]Column, error) {
	if strings.TrimSpace(wanted) == "" {
		wanted = "default"
	}
	known := slices.Concat(Columns, More)
	var chosen []Column
	var names []string
	for name := range strings.SplitSeq(wanted, ",") {
		switch name = strings.TrimSpace(name); name {
		case "default":
			names = append(names, defaultColumns...)
		case "full":
			for _, c := range Columns {
				names = append(names, c.Name)
			}
		default:
			names = append(names, name)
		}
	}
	for _, name := range names {
		i := slices.IndexFunc(known, func(c Column) bool { return c.Name == name })
		if i < 0 {
			var all []string
			for _, c := range known {
				all = append(all, c.Name)
			}
			return nil, &NoColumn{name, all}
		}
		chosen = append(chosen, known[i])
	}
	return chosen, nil
}

// of gives the value of the column: nil when it is not known, masked where it must be.
func (c Column) of(r row) any {
	v := c.value(r)
	if v == nil {
		return nil
	}
	if c.Free || c.Kind == Text || c.Kind == List {
		v = visibly(v)
	}
	if c.Hidden && r.Ruling() == classify.Never {
		if c.Kind == List {
			return []string{index.MaskedTitle}
		}
		return index.MaskedTitle
	}
	if c.Free && r.opts.Mask != nil {
		switch x := v.(type) {
		case string:
			return r.opts.Mask(x)
		case []string:
			masked := make([]string, len(x))
			for i, s := range x {
				masked[i] = r.opts.Mask(s)
			}
			return masked
		}
	}
	return v
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func list(all []string) any {
	if len(all) == 0 {
		return nil
	}
	return all
}

func count[N int | int64](n N) any {
	if n <= 0 {
		return nil
	}
	return int64(n)
}

func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

func author(r row) any {
	if !r.opts.Authors {
		return nil
	}
	return text(r.Item.Author)
}

// confidence of a type that was never judged is not known.
func confidence(r row) any {
	if r.Verdict.Type == "" {
		return nil
	}
	return round(r.Verdict.Confidence, 2)
}

func dateSource(r row) any {
	if !r.Item.Published.IsZero() {
		return text(r.Item.Published.Source)
	}
	return text(r.Item.Modified.Source)
}

// wordCount of what could not be read is not known; of what was read and is empty, it is 0.
func wordCount(r row) any {
	n := index.WordCount(r.Item)
	if n == 0 && r.Item.Problem != nil {
		return nil
	}
	return int64(n)
}

func bestImage(r row) content.Image {
	if i := r.Verdict.BestImage; i >= 0 && i < len(r.Item.Images) && r.Ruling() != classify.Never {
		return r.Item.Images[i]
	}
	return content.Image{}
}

func readability(r row) any {
	if r.Verdict.Readability == nil || math.IsNaN(*r.Verdict.Readability) || math.IsInf(*r.Verdict.Readability, 0) {
		return nil
	}
	return round(*r.Verdict.Readability, 1)
}

func freshness(r row) any {
	if r.Verdict.Freshness < 0 || r.Verdict.Day == "" {
		return nil
	}
	return round(r.Verdict.Freshness, 2)
}

func round(f float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(f*p) / p
}

// usedWord says unknown, and not no, as long as no posts were imported.
func usedWord(u index.Used) string {
	switch {
	case u.Yes:
		return "yes"
	case u.Known:
		return "no"
	}
	return "unknown"
}

// rot: a copy of another item is redundant, whatever else it is.
func rot(r row) string {
	if r.Group != "" && !r.Canonical {
		return "R"
	}
	return r.Verdict.ROT
}

func reasonsFor(r row) []string {
	var all []string
	for _, t := range r.Verdict.For {
		all = append(all, t.In(r.opts.lang()))
	}
	return all
}

// reasonsAgainst are what the rules found, the heaviest first, then what weighs on the score.
func reasonsAgainst(r row) []string {
	var all []string
	add := func(t classify.Text) {
		if s := t.In(r.opts.lang()); s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if r.Decision.Lapsed != "" {
		add(classify.Text{FR: "Décision caduque : le texte, ou ce que les règles demandent, a changé depuis.", EN: "Decision lapsed: the text, or what the rules ask, has changed since."})
	}
	for _, reason := range r.Verdict.Reasons {
		if reason.Severity != classify.Good {
			add(reason.Says)
		}
	}
	for _, t := range r.Verdict.Against {
		add(t)
	}
	return all
}

func riskCodes(r row) []string {
	var all []string
	for _, reason := range r.Verdict.Reasons {
		if reason.Severity != classify.Good && !slices.Contains(all, reason.Rule) {
			all = append(all, reason.Rule)
		}
	}
	return all
}

// heldVerdict is what a person has decided, where that holds; a lapsed decision stands in decision_lapsed.
func heldVerdict(r row) classify.Outcome {
	if !r.Followed() {
		return ""
	}
	return r.Decision.Verdict
}

func lapsedVerdict(r row) string {
	if r.Decision.Lapsed == "" {
		return ""
	}
	return string(r.Decision.Verdict)
}

func verdictOf(r row) classify.Outcome {
	if r.opts.Judged {
		return r.Verdict.Outcome
	}
	return r.Ruling()
}

// shown writes the address of something else than the row's item for people.
func (o Options) shown(addr string) string {
	if o.Address != nil {
		return o.Address(addr)
	}
	return classify.MaskAddress(address.Shown(addr))
}
