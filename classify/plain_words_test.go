package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestPlainFamilies: what people say in plain words of rights, drink, ballots, deaths, children and money is held, and what
// stands a word away from it is not.
func TestPlainFamilies(t *testing.T) {
	for _, c := range []struct{ lang, line, want string }{
		// music, pictures and texts of others
		{"fr", "Le diaporama est sonorisé par une musique de Vangelis.", "inside/rights"},
		{"fr", "La photo d'ouverture : jamais réglé les droits au photographe.", "inside/rights"},
		{"fr", "Le dessin est repris d'un manga.", "inside/rights"},
		{"en", "The trailer has a song by Adele on it.", "inside/rights"},
		{"en", "We haven't paid for the pictures in the album.", "inside/rights"},
		{"fr", "La musique du film est composée par Lucie, de l'atelier.", ""},
		{"fr", "Le film montre la fonderie et son four.", ""},
		{"en", "The photo was taken from the roof of the works.", ""},
		// children
		{"fr", "Le dessin gagnant est de Timéo Garnier, âgé de 9 ans.", "image/minors"},
		{"fr", "La mascotte a été choisie par Ilyana Perrod, 7 ans, élève de l'école du bourg.", "image/minors"},
		{"en", "The cup went to Freya Whitlock, aged 11.", "image/minors"},
		{"en", "Third place: Alfie (8), from the primary school.", "image/minors"},
		{"fr", "Nathalie, 12 ans de maison, reprend l'atelier.", ""},
		{"fr", "L'Usine Basse, 15 ans cette année, ouvre ses portes.", ""},
		{"en", "Red Leicester, aged 9 months, is on the board.", ""},
		// drink and ballots
		{"fr", "La soirée a fini en concours de pintes.", "claim/alcohol"},
		{"en", "Bottles of vodka went round until dawn.", "claim/alcohol"},
		{"fr", "L'eau coulait à flots dans la rivière.", ""},
		{"en", "Pints of milk are in the fridge.", ""},
		{"fr", "Aux municipales, votez pour la liste du patron.", "claim/context"},
		{"en", "Our vote goes to the mayor, he likes the works.", "claim/context"},
		{"fr", "Votez pour la meilleure idée de l'atelier.", ""},
		{"en", "The mayor opened the new hall.", ""},
		// deaths, prison, what one has to bear
		{"fr", "Elle a attenté à ses jours au printemps.", "inside/person"},
		{"en", "He hanged himself in the shed.", "inside/person"},
		{"fr", "Les lampes sont pendues au plafond de la halle.", ""},
		{"en", "The coats hang in the hall.", ""},
		{"fr", "Il a purgé deux ans de prison pour un braquage.", "inside/person"},
		{"en", "She served nine months for fraud before that.", "inside/person"},
		{"en", "Karim did six months for the Leeds team.", ""},
		{"fr", "Le chantier a fait deux ans de travaux.", ""},
		{"fr", "Deux apprentis ont dit à la DRH ce que leur fait endurer leur chef.", "inside/person"},
		{"fr", "Trois intérimaires ont raconté à l'inspection du travail ce que leur faisait vivre l'agence.", "inside/person"},
		{"fr", "Le froid fait subir une rude épreuve aux joints.", ""},
		{"en", "He was given a last-chance letter.", "inside/person"},
		{"en", "Last chance to sign up for the walk.", ""},
		// pictures that people refuse
		{"fr", "Deux visiteuses ont demandé à ne pas être reconnues.", "inside/wish"},
		{"en", "Janice wants her face blurred.", "inside/wish"},
		{"fr", "Deux visiteuses ont demandé à voir le four.", ""},
		{"en", "Janice waters the plants.", ""},
		// what the press is told
		{"fr", "À la radio, dire que tout est sous contrôle.", "inside/trouble"},
		{"en", "If the papers call, deny it.", "inside/trouble"},
		{"fr", "Un journaliste a passé la matinée à l'atelier.", ""},
		{"en", "A reporter spent the morning at the works.", ""},
		// money and secrets
		{"fr", "Au bout de dix ans, Kévin plafonne à 2 150 net.", "inside/money"},
		{"en", "Gary clears 2,300 after tax.", "inside/money"},
		{"fr", "Le camion plafonne à 19 000 kg net.", ""},
		{"en", "Unit cost 2.15, sold at 11.00.", "inside/money"},
		{"en", "The press turns out one unit a minute.", ""},
		{"fr", "Tractations en vue de vendre l'usine du bas.", "inside/plan"},
		{"en", "Talks over a takeover are going well.", "inside/plan"},
		{"en", "Talks on bees start at noon.", ""},
		{"fr", "La formule du savonnier nous est confiée sous le sceau du secret.", "inside/know-how"},
		{"en", "The recipe for the apple cake is on the board.", ""},
		{"fr", "Bon rétablissement à Michel après son infarctus.", "inside/person"},
		{"fr", "Le pontage électrique des bornes se fait à froid.", ""},
	} {
		around := aroundIn[c.lang]
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: around.title, H1: around.title,
			Text: around.text + "\n\n" + c.line + "\n\n" + around.text, Language: c.lang, Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		found := c.want == ""
		for _, r := range v.Reasons {
			if r.Severity != Review && r.Severity != Block {
				continue
			}
			found = found || r.Rule == c.want
			if c.want == "" {
				t.Errorf("%s: %s «%s»", c.line, r.Rule, r.Quote)
			}
		}
		if !found {
			t.Errorf("%s: no %s (%s)", c.line, c.want, brief(v))
		}
	}
}
