// Package post prepares the posts of one item, in nothing but the item's own words.
//
//	Item + Verdict ──▶ hook · quotes · key figures · hashtags ──▶ one draft a network, counted as it counts
//
// In: an item, its verdict. Out: a kit to copy from; every passage with its place in the text. Never: a
// word that the item does not say, a link to what is not public, a kit of what may not be published.
package post

import (
	"fmt"
	"slices"
	"strings"

	"filon/classify"
	"filon/crawler/content"
)

// Kit is what a person needs to write the posts of one item.
type Kit struct {
	Hook     Passage         `json:"hook"`               // the sentence to begin with; "" when none stands alone
	Quotes   []Passage       `json:"quotes,omitempty"`   // at most three, verbatim, between the item's own quotation marks
	Figures  []Passage       `json:"figures,omitempty"`  // at most three sentences with a figure
	Hashtags []string        `json:"hashtags,omitempty"` // from the item's own tags and categories
	Link     string          `json:"link,omitempty"`     // "" unless the item is public
	Image    *content.Image  `json:"image,omitempty"`    // the best one; its rights stand in the verdict
	First    []classify.Text `json:"first,omitempty"`    // what to settle before anything is posted
	Drafts   []Draft         `json:"drafts"`             // one for each network that suits the type, in the order of the policy
}

// Passage is a part of the item, word for word but for white space.
type Passage struct {
	Text    string `json:"text"`
	Where   string `json:"where"`             // text, description or title
	From    int    `json:"from"`              // byte offsets there
	To      int    `json:"to"`                //
	Speaker string `json:"speaker,omitempty"` // of a quote, as the text names her; "" when it does not
}

// Plain is the passage without the comma that English sets before a closing quotation mark when the sentence goes on.
func (p Passage) Plain() string {
	for _, mark := range []string{"”", "»", "\u00a0»", " »"} {
		if said, ok := strings.CutSuffix(p.Text, ","+mark); ok {
			return said + mark
		}
	}
	return p.Text
}

// Draft is the text of one post.
type Draft struct {
	Network string `json:"network"`
	Form    string `json:"form"` // link, image, document, video, text, album, series
	Text    string `json:"text"` // "" when not even the hook fits
	Length  int    `json:"length"`
	Limit   int    `json:"limit"`
	Ready   bool   `json:"ready"` // the item also has the picture, film or document that the network wants

	Missing classify.Text `json:"missing,omitzero"` // what is wanting otherwise; the zero Text when it is ready
}

// Withheld says why there is no kit.
type Withheld struct {
	Verdict classify.Outcome
	Says    classify.Text
}

// Error is the reason in English.
func (w *Withheld) Error() string { return w.Says.EN }

// New makes the kit of an item. A person's verdict, when there is one, stands above filon's, except that
// what is never to leave has no kit whoever says so. The error is always a *Withheld.
func New(item content.Item, v classify.Verdict, decided classify.Outcome) (Kit, error) {
	outcome := v.Outcome
	if decided != "" && outcome != classify.Never {
		outcome = decided
	}
	switch outcome {
	case classify.Publishable, classify.NeedsEdit:
	case v.Outcome:
		return Kit{}, &Withheld{Verdict: outcome, Says: withheld(v)}
	default:
		return Kit{}, &Withheld{Verdict: outcome, Says: classify.Text{FR: "une personne l'a décidé ainsi (filon show)", EN: "a person has decided so (filon show)"}}
	}
	v = Answered(v, decided)
	kit := Kit{Hashtags: hashtags(item.Tags)}
	switch {
	case outcome == classify.NeedsEdit:
		kit.First = toSettle(v, classify.Block, classify.Review, classify.Note)
	case v.Outcome != classify.Publishable: // a person's yes answers what was asked, and takes nothing out of the text
		kit.First = toSettle(v, classify.Note)
	}
	if v.Hook != "" && !classify.NamesInside(v.Hook) && v.MaySay(item, v.Hook) {
		kit.Hook = locate(item, v.Hook)
	}
	kit.Quotes = Quotes(item, v)
	kit.Figures = figures(item, v, v.Hook)
	if item.Access.Visibility == content.Public {
		kit.Link = item.Address
		if item.Canonical != "" {
			kit.Link = item.Canonical
		}
	}
	if v.BestImage >= 0 && v.BestImage < len(item.Images) && v.ImageRights != "third_party" && v.ImageRights != "stock" {
		kit.Image = &item.Images[v.BestImage]
	}
	networks, _ := classify.Networks()
	for _, id := range v.NetworksFit {
		for _, n := range networks {
			if n.ID == id {
				kit.Drafts = append(kit.Drafts, draft(kit, item, n, v))
			}
		}
	}
	return kit, nil
}

// Answered is a verdict after a person's yes, the verdict that holds: what the rules asked about is answered. What they hide
// stays hidden.
func Answered(v classify.Verdict, decided classify.Outcome) classify.Verdict {
	if decided == classify.Publishable && v.Outcome != classify.Publishable && v.Outcome != classify.Never {
		v.Asked = nil
	}
	return v
}

func withheld(v classify.Verdict) classify.Text {
	switch v.Outcome {
	case classify.NeedsApproval:
		who := func(lang string) string {
			var all []string
			for _, a := range v.Approvers {
				all = append(all, classify.ApproverLabel(a, lang))
			}
			if len(all) == 0 {
				all = append(all, classify.ApproverLabel("comms", lang))
			}
			return strings.Join(all, ", ")
		}
		return classify.Text{FR: fmt.Sprintf("il faut d'abord un accord (%s) ; notez-le avec filon decide ADRESSE --verdict publishable", who("fr")),
			EN: fmt.Sprintf("somebody must say yes first (%s); note it with filon decide URL --verdict publishable", who("en"))}
	case classify.Never:
		for _, r := range v.Reasons {
			if r.Severity == classify.Block {
				return classify.Text{FR: "ce contenu ne doit pas sortir : " + r.Says.FR, EN: "this must not leave: " + r.Says.EN}
			}
		}
		return classify.Text{FR: "ce contenu ne doit pas sortir", EN: "this must not leave"}
	case classify.Unreadable:
		return classify.Text{FR: "ce contenu n'a pas pu être lu", EN: "this could not be read"}
	}
	return classify.Text{FR: "ce type de contenu n'est pas proposé aux réseaux", EN: "this kind of content is not proposed to networks"}
}

// toSettle gives the reasons of these severities that keep an item from being publishable as it is.
func toSettle(v classify.Verdict, severities ...classify.Severity) []classify.Text {
	var all []classify.Text
	seen := map[string]bool{}
	for _, r := range v.Reasons {
		if slices.Contains(severities, r.Severity) && !seen[r.Rule] {
			seen[r.Rule] = true
			all = append(all, r.Says)
		}
	}
	return all
}

// draft joins as many of the kit's parts as the network takes: the hook, then a figure or a quote that
// the hook does not contain, the link, the hashtags. A part that does not fit is left out whole.
func draft(kit Kit, item content.Item, n classify.Network, v classify.Verdict) Draft {
	d := Draft{Network: n.ID, Form: formOn(n, v.PostFormat, kit, item), Limit: n.Text}
	d.Ready, d.Missing = ready(n, d.Form, item, v)
	link := ""
	if kit.Link != "" && n.Link {
		link = kit.Link
	}
	fits := func(parts []string) bool { return d.Limit == 0 || Length(n.ID, strings.Join(parts, "\n\n")) <= d.Limit }
	var parts []string
	add := func(part string) bool {
		if part == "" || !fits(append(parts[:len(parts):len(parts)], part)) {
			return false
		}
		parts = append(parts, part)
		return true
	}
	// The link is why the post exists: room is kept for it before anything but the hook.
	first := kit.Hook.Text
	if first == "" || !fits(compact(first, link)) {
		first = v.Hide(classify.Mask)(classify.TitleAlone(item))
	}
	if first == "" || classify.NamesInside(first) || !fits(compact(first, link)) {
		return d
	}
	parts = compact(first)
	tail := compact(link)
	more := append(append([]Passage{}, kit.Figures...), kit.Quotes...)
	for _, p := range more {
		if len(parts) == 3 || n.Text <= 500 && len(parts) == 2 {
			break
		}
		text := p.Plain()
		if p.Speaker != "" {
			text += "\n" + p.Speaker
		}
		if strings.Contains(first, p.Text) || strings.Contains(p.Text, first) || !fits(append(append(parts[:len(parts):len(parts)], text), tail...)) {
			continue
		}
		parts = append(parts, text)
	}
	add(link)
	for count := min(len(kit.Hashtags), mostHashtags(n.ID)); count > 0; count-- {
		if add(strings.Join(kit.Hashtags[:count], " ")) {
			break
		}
	}
	d.Text = strings.Join(parts, "\n\n")
	d.Length = Length(n.ID, d.Text)
	return d
}

// ready tells whether the item has what the network wants of a post in a form. Of what the rules let out as it is the
// verdict says so; of the rest, it is what would be wanting after a person's yes.
func ready(n classify.Network, form string, item content.Item, v classify.Verdict) (bool, classify.Text) {
	if slices.Contains(v.NetworksReady, n.ID) {
		return true, classify.Text{}
	}
	missing := n.Lacks(item, v, form)
	if missing == (classify.Text{}) && v.Outcome == classify.Publishable {
		missing = classify.Text{FR: "le texte est trop court, sans accroche ni image qui convienne", EN: "the text is too short, without a hook or a picture that will do"}
	}
	return missing == classify.Text{}, missing
}

// formOn is the form of the type where the network knows it, else the next best.
func formOn(n classify.Network, form string, kit Kit, item content.Item) string {
	if form == "document" && (n.DocumentBytes == 0 || isPage(item)) {
		form = "link"
	}
	if form == "link" && (kit.Link == "" || !n.Link) {
		form = "text"
	}
	if form == "text" && !n.TextOnly && kit.Image != nil {
		form = "image"
	}
	return form
}

// isPage tells whether an item is a page: nothing to leaf through.
func isPage(item content.Item) bool {
	mime, _, _ := strings.Cut(item.MIME, ";")
	return mime == "" || mime == "text/html" || mime == "application/xhtml+xml"
}

func compact(parts ...string) []string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return all
}

// mostHashtags is how many a post of the network carries: Threads takes one topic and Instagram five
// (since December 2025); elsewhere three are enough.
func mostHashtags(network string) int {
	switch network {
	case "threads":
		return 1
	case "instagram":
		return 5
	}
	return 3
}

// For gives the drafts of some networks, in the kit's order.
func (k Kit) For(networks []string) []Draft {
	var some []Draft
	for _, d := range k.Drafts {
		if slices.Contains(networks, d.Network) {
			some = append(some, d)
		}
	}
	return some
}
