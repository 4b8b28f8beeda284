package words

import "strings"

// frenchStem reduces a French word, already lower case and without accents, to what its number,
// gender and plainest derivations share: "journaux" and "journal", "directrices" and "directeur",
// "recrutement" and "recruter". It is light on purpose: "chat" must never meet "chatiment".
//
// It works on folded words so that a query without accents finds what a query with them finds. The
// idea of a light stemmer for French is J. Savoy's (2006); the rules are our own.
func frenchStem(w string) string {
	if len(w) < 4 {
		return w
	}
	for i := 0; i < len(w); i++ {
		if c := w[i]; c < 'a' || c > 'z' {
			return w
		}
	}
	if s, ok := frenchIrregular[w]; ok {
		return s
	}
	w = frenchSingular(w)
	if s, ok := frenchIrregular[w]; ok {
		return s
	}
	w = frenchMasculine(w)
	// One consonant where gender doubles it: "ancienn(e)", "professionnell(e)".
	if n := len(w); n > 4 && w[n-1] == w[n-2] && strings.IndexByte("lnst", w[n-1]) >= 0 {
		w = w[:n-1]
	}
	return w
}

// frenchIrregular are the words that the rules would join to a stranger or tear from their family.
var frenchIrregular = map[string]string{
	"travaux": "travail", "vitraux": "vitrail", "baux": "bail", "emaux": "email", "coraux": "corail", "yeux": "oeil",
	"departement": "departement", "departements": "departement", "appartement": "appartement", "appartements": "appartement",
	"vers": "vers", "hors": "hors", "tres": "tres", "apres": "apres", "corps": "corps", "temps": "temps",
	"cours": "cours", "course": "course", "courses": "course", "partie": "partie", "parties": "partie",
	"acces": "acces", "succes": "succes", "proces": "proces", "progres": "progres", "exces": "exces",
	"leader": "leader", "manager": "manager", "entree": "entree", "annee": "annee", "journee": "journee",
}

func frenchSingular(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "eaux"):
		return w[:n-1]
	case strings.HasSuffix(w, "aux") && n > 4:
		return w[:n-3] + "al"
	case strings.HasSuffix(w, "eux"), strings.HasSuffix(w, "oux"):
		return w[:n-1]
	case w[n-1] == 's' && w[n-2] != 's':
		return w[:n-1]
	}
	return w
}

func frenchMasculine(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "trice") && n > 6:
		return w[:n-4] + "eu" // directrice, directeur
	case strings.HasSuffix(w, "euse") && n > 5:
		return w[:n-2] // vendeuse, heureuse
	case strings.HasSuffix(w, "eur") && n > 5:
		return w[:n-1]
	case strings.HasSuffix(w, "ement") && n-5 >= 5:
		return strings.TrimRight(w[:n-5], "e")
	case strings.HasSuffix(w, "ive") && n > 4:
		return w[:n-1]
	case strings.HasSuffix(w, "if") && n > 4:
		return w[:n-1] + "v"
	case strings.HasSuffix(w, "ic") && n > 4:
		return w[:n-1] + "qu" // public, publique
	case strings.HasSuffix(w, "er") && n > 5:
		return w[:n-2]
	}
	if n > 4 && strings.HasSuffix(w, "ee") {
		w = w[:n-1]
	}
	if n = len(w); n > 3 && w[n-1] == 'e' {
		w = w[:n-1]
	}
	if n = len(w); n > 5 && strings.HasSuffix(w, "er") {
		w = w[:n-2] // premiere, premier
	}
	return w
}
