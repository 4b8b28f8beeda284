package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/classify/post"
)

func kitCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "kit", ArgsUsage: say.in(T{FR: "ADRESSE", EN: "URL"}),
			Usage: say.in(T{FR: "préparer les posts d'un contenu, dans ses propres mots", EN: "prepare the posts of one item, in its own words"}),
			Description: say.in(T{
				FR: "Accroche, citations, chiffres et mots-dièse, puis un texte par réseau compté comme le réseau compte. Rien n'est inventé ni reformulé : tout se copie du contenu. Ce qui n'est pas public n'a jamais de lien ; ce qui attend un accord n'a pas de kit.",
				EN: "Hook, quotes, figures and hashtags, then one text for each network, counted as the network counts. Nothing is invented or reworded: all of it is copied from the item. What is not public never gets a link; what waits for a yes has no kit."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say),
				&cli.StringSliceFlag{Name: "network", Usage: say.in(T{FR: "seulement ce `RÉSEAU` (linkedin, x, instagram…), répétable", EN: "only this `NETWORK` (linkedin, x, instagram…), repeatable"})},
				choice("format", "text", []string{"text", "json"}, say.in(T{FR: "text ou json", EN: "text or json"}))},
			Action: func(c *cli.Context) error { return kit(say, c) },
		},
		Examples: []example{
			{"filon kit https://www.exemple.fr/realisations/pont", T{FR: "de quoi écrire les posts d'une étude de cas", EN: "what the posts of a case study need"}},
			{"filon kit https://www.exemple.fr/realisations/pont --network x", T{FR: "le texte pour X seulement", EN: "the text for X only"}},
		},
		MinArgs: 1, MaxArgs: 1,
	}
}

func kit(say *speaker, c *cli.Context) error {
	wanted := split(c, "network")
	networks, _ := classify.Networks()
	var known []string
	for _, n := range networks {
		known = append(known, n.ID)
	}
	for _, w := range wanted {
		if err := oneOf("network", w, known); err != nil {
			return err
		}
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	rec, err := s.named(c)
	if err != nil {
		return err
	}
	k, err := post.New(rec.Item, rec.Verdict, rec.Ruling())
	if why := lapsedWhy(rec.Decision.Lapsed); why != (T{}) {
		say.note(T{FR: "%s (filon decide ADRESSE --confirm)", EN: "%s (filon decide URL --confirm)"}.with(why))
	}
	var withheld *post.Withheld
	if errors.As(err, &withheld) {
		return couldNot(errors.New(say.in(T(withheld.Says))), T{FR: "pas de kit : %s", EN: "no kit: %s"})
	}
	if len(wanted) > 0 {
		if left := unsuited(wanted, rec.Verdict.NetworksFit); len(left) > 0 && len(left) < len(wanted) {
			say.note(T{FR: "ce type de contenu ne va pas sur %s ; il va sur : %s", EN: "this type of content does not suit %s; it suits: %s"}.
				with(strings.Join(left, ", "), strings.Join(rec.Verdict.NetworksFit, ", ")))
		}
		if k.Drafts = k.For(wanted); len(k.Drafts) == 0 {
			return couldNot(errors.New(say.in(T{FR: "ce type de contenu ne va pas sur %s ; il va sur : %s", EN: "this type of content does not suit %s; it suits: %s"}.
				with(strings.Join(wanted, ", "), strings.Join(rec.Verdict.NetworksFit, ", ")))), T{FR: "pas de texte : %s", EN: "no text: %s"})
		}
	}
	if c.String("format") == "json" {
		data, err := json.MarshalIndent(k, "", "  ")
		if err != nil {
			return err
		}
		say.raw(string(data) + "\n")
		return nil
	}
	say.kit(rec.Verdict.Hide(classify.Mask)(rec.Item.Title), k)
	return nil
}

// unsuited are the networks that were asked for and for which an item has no text.
func unsuited(wanted, fit []string) (left []string) {
	for _, w := range wanted {
		if !slices.Contains(fit, w) && !slices.Contains(left, w) {
			left = append(left, w)
		}
	}
	return left
}

// kit prints a kit for people to copy from.
func (s *speaker) kit(title string, k post.Kit) {
	s.raw(s.paint(bold, oneLine(title)) + "\n")
	if k.Link == "" {
		s.raw(s.in(T{FR: "(pas public : aucun lien)", EN: "(not public: no link)"}) + "\n")
	} else {
		s.raw(k.Link + "\n")
	}
	section := func(name T, lines ...string) {
		if len(lines) == 0 {
			return
		}
		s.raw("\n" + s.paint(bold, s.in(name)) + "\n")
		for _, l := range lines {
			s.raw("  " + l + "\n")
		}
	}
	var first, quotes, figures []string
	for _, t := range k.First {
		first = append(first, s.in(T(t)))
	}
	for _, q := range k.Quotes {
		line := q.Plain()
		if q.Speaker != "" {
			line += " (" + q.Speaker + ")"
		}
		quotes = append(quotes, line)
	}
	for _, f := range k.Figures {
		figures = append(figures, f.Text)
	}
	section(T{FR: "À régler d'abord", EN: "To settle first"}, first...)
	if k.Hook.Text != "" {
		section(T{FR: "Accroche", EN: "Hook"}, k.Hook.Text)
	}
	section(T{FR: "Citations", EN: "Quotes"}, quotes...)
	section(T{FR: "Chiffres", EN: "Figures"}, figures...)
	if len(k.Hashtags) > 0 {
		section(T{FR: "Mots-dièse", EN: "Hashtags"}, strings.Join(k.Hashtags, " "))
	}
	if k.Image != nil {
		line := shownAddress(k.Image.Address)
		if k.Image.Width > 0 {
			line += fmt.Sprintf(" (%d × %d)", k.Image.Width, k.Image.Height)
		}
		if k.Image.Credit != "" {
			line += " · " + classify.Mask(k.Image.Credit)
		}
		section(T{FR: "Image", EN: "Picture"}, line)
	}
	for _, d := range k.Drafts {
		head := fmt.Sprintf("%s · %s · %d/%d", d.Network, postForm(s, d.Form), d.Length, d.Limit)
		if !d.Ready {
			head += " · " + s.in(T(d.Missing))
		}
		s.raw("\n" + s.paint(bold, head) + "\n")
		text := d.Text
		if text == "" {
			text = s.in(T{FR: "(ni l'accroche ni le titre ne tiennent : à raccourcir à la main)", EN: "(neither the hook nor the title fits: shorten it by hand)"})
		}
		for line := range strings.SplitSeq(text, "\n") {
			s.raw(strings.TrimRight("  "+line, " ") + "\n")
		}
	}
}

func postForm(s *speaker, form string) string {
	name := map[string]T{
		"link": {FR: "lien", EN: "link"}, "image": {FR: "image", EN: "picture"}, "document": {FR: "document à feuilleter", EN: "document to leaf through"},
		"video": {FR: "vidéo", EN: "video"}, "text": {FR: "texte", EN: "text"}, "album": {FR: "album", EN: "album"}, "series": {FR: "série", EN: "series"},
	}[form]
	if name == (T{}) {
		return form
	}
	return s.in(name)
}
