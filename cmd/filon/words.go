package main

import (
	"strings"
	"time"
)

// Ids of a record are for programs. Here is what people read in their place, in French; English readers get the ids,
// which are English words. An id that is not known stays as it is.

// placeSaid names the places of an item at which a reason was found.
var placeSaid = map[string]string{
	"url": "adresse", "file": "fichier", "title": "titre", "h1": "titre de la page", "description": "description", "heading": "intertitre", "breadcrumb": "fil d'Ariane", "tags": "étiquettes",
	"department": "service", "author": "auteur", "owner": "propriétaire", "template": "gabarit du site", "rest": "hors du texte principal", "alt": "texte de remplacement", "caption": "légende",
	"credit": "crédit", "creator": "auteur", "copyright": "droits", "license": "licence", "properties": "propriété", "text": "texte, position", "image": "image", "page": "page",
	"header": "en-tête", "footer": "pied de page", "watermark": "filigrane", "cover": "couverture", "banner": "bandeau", "notes": "notes", "comment": "commentaire", "deleted": "texte supprimé",
	"hidden": "texte masqué", "site": "pied du site",
}

// place says where a reason was found: "text:43", "image:2 alt", "page 3 header", "properties:Keywords".
func (s *speaker) place(where string) string {
	if s.lang != "fr" {
		return where
	}
	kind, at, named := strings.Cut(where, ":")
	if named && placeSaid[kind] != "" {
		number, part, _ := strings.Cut(at, " ")
		if kind == "properties" || placeSaid[part] == "" {
			return placeSaid[kind] + " " + at
		}
		return placeSaid[kind] + " " + number + ", " + placeSaid[part]
	}
	if rest, paged := strings.CutPrefix(where, "page "); paged {
		number, part, _ := strings.Cut(rest, " ")
		if placeSaid[part] != "" {
			return "page " + number + ", " + placeSaid[part]
		}
		return where
	}
	if known := placeSaid[where]; known != "" {
		return known
	}
	return where
}

// evidenceSaid names where a date was read.
var evidenceSaid = map[string]string{
	"json-ld": "données de la page", "meta": "données de la page", "time": "balise de date", "url": "adresse", "visible": "texte de la page", "properties": "propriétés du fichier", "sitemap": "plan de site",
	"http": "réponse du serveur", "cms": "logiciel du site", "file": "fichier", "feed": "flux", "text": "texte", "event": "événement",
}

// levelSaid names the levels of markings.
var levelSaid = map[string]string{"secret": "secret", "confidential": "confidentiel", "restricted": "restreint", "internal": "interne", "public": "public"}

// said gives the French of an id for French readers.
func (s *speaker) said(id string, french map[string]string) string {
	if word := french[id]; s.lang == "fr" && word != "" {
		return word
	}
	return id
}

// decimals writes a number as the language of the speaker does.
func (s *speaker) decimals(number string) string {
	if s.lang == "fr" {
		return commaFor(number)
	}
	return number
}

// took says how long something took, for people.
func took(d time.Duration) T {
	switch d = d.Round(100 * time.Millisecond); {
	case d < time.Minute:
		return T{FR: "%.1f s", EN: "%.1f s"}.with(d.Seconds())
	case d < time.Hour:
		return T{FR: "%d min %02d s", EN: "%d min %02d s"}.with(int(d.Minutes()), int(d.Seconds())%60)
	}
	return T{FR: "%d h %02d min", EN: "%d h %02d min"}.with(int(d.Hours()), int(d.Minutes())%60)
}
