package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// asksOn tells whether a page asks somebody for anything but its type.
func asksOn(lang, title, text string) (bool, Verdict) {
	v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/a/" + strings.ReplaceAll(foldString(title), " ", "-"), Title: title, H1: title, Text: text, Language: lang,
		Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
	for _, r := range v.Reasons {
		if !strings.HasPrefix(r.Rule, "type/") && (r.Severity == Block || r.Severity == Review) {
			return true, v
		}
	}
	return false, v
}

// TestOfNobody: advice, a time long past, tales and examples ask nobody; a secret told in the same ways still asks.
func TestOfNobody(t *testing.T) {
	const (
		holidays = "Quelques gestes simples découragent les voleurs.\nFermez tout, même pour dix minutes.\nDemandez à un voisin de relever le courrier.\nRangez échelle et outils.\n"
		dose     = "Avant de préparer un plat, tout cuisinier vérifie quatre points.\nLe bon plat : on regarde la couleur, on sent.\n"
		cheese   = "Cheese keeps milk for winter.\nWarm the milk gently.\nAdd rennet and wait.\nCut the curd in small grains.\nPress and salt.\nDrain the whey.\n"
		past     = "En 1894, douze maçons de la vallée achètent ensemble un four à chaux. "
		tale     = "Histoire du soir pour les petits.\nUn renard trouva une lanterne au bord de la route et la porta chez le hibou.\n"
	)
	for _, c := range []struct {
		lang, title, before, line string
		ask                       bool
	}{
		{"fr", "Partir l'esprit tranquille", holidays, "Ne laissez pas de clé sous le pot de fleurs ou le paillasson.", false},
		{"fr", "Partir l'esprit tranquille", holidays, "Pour entrer, prenez la clé sous le pot de la remise du dépôt 3.", true},
		{"fr", "Partir l'esprit tranquille", holidays, "Prenez la clé de la réserve sous le pot de géraniums, côté cour.", true},
		{"fr", "Partir l'esprit tranquille", holidays, "Le gardien dort à partir de deux heures et la caméra du quai est en panne depuis lundi.", true},
		{"fr", "La règle des quatre points expliquée", dose, "Le bon client : on demande le nom, on lit la fiche.", false},
		{"fr", "La règle des quatre points expliquée", dose, "Le bon client : on ne dit pas que Karim Benali a fait une dépression en mars.", true},
		{"en", "From milk to cheese", cheese, "Turn each wheel and brush it, and listen to it.", false},
		{"en", "From milk to cheese", cheese, "Take the key of the cellar from under the third barrel by the back door.", true},
		{"en", "From milk to cheese", cheese, "Claire Dunmore has been off sick since March with her nerves, do not mention it.", true},

		{"fr", "Comment les maçons ont inventé leur caisse", past, "Le notaire du bourg refuse de leur faire crédit : ils créent leur propre caisse.", false},
		{"fr", "Comment les maçons ont inventé leur caisse", past, "L'an dernier, la banque a refusé de nous faire crédit et nous cherchons un repreneur en secret.", true},
		{"fr", "Comment les maçons ont inventé leur caisse", past, "Depuis mars, Karim Benali ne vient plus, son médecin l'a arrêté pour dépression.", true},
		{"fr", "Comment les maçons ont inventé leur caisse", past, "En 2025, le fournisseur Verlin a refusé de nous livrer, il dit que nous ne payons plus.", true},
		{"fr", "Comment les maçons ont inventé leur caisse", past, "Karim Benali boit au travail et son chef le couvre.", true},
		{"en", "How the masons built their own bank", "In 1894, twelve masons bought a lime kiln together. ", "Last year our bank refused us a loan and we have told nobody.", true},
		{"en", "How the masons built their own bank", "In 1894, twelve masons bought a lime kiln together. ", "Claire Dunmore drinks at work and her boss covers for her.", true},

		{"fr", "Le renard à la lanterne", tale, "Il s'assit, ôta ses lunettes et demanda celle de la lune.", false},
		{"fr", "Le renard à la lanterne", tale, "Karim Benali a été mis à pied lundi pour avoir volé des consoles.", true},
		{"fr", "Le renard à la lanterne", tale, "Nous allons vendre le dépôt de Lyon et personne ne doit le savoir avant la signature.", true},

		{"fr", "Lire un bilan sans avoir peur", "Un bilan est une photo. ", "Si une boulangerie fictive achète un four de 20 000 € à crédit, la gauche gagne un four, la droite une dette.", false},
		{"fr", "Lire un bilan sans avoir peur", "Un bilan est une photo. ", "Notre filiale de Lyon a perdu 2 millions d'euros, à ne pas répéter.", true},
		{"fr", "Lire un bilan sans avoir peur", "Un bilan est une photo. ", "Le directeur a signé des factures fictives de 40 000 € au nom de Verlin.", true},
	} {
		if asks, v := asksOn(c.lang, c.title, c.before+c.line); asks != c.ask {
			t.Errorf("%s · %s: %s %v, want it to ask: %v", c.title, c.line, v.Outcome, askedBy(v), c.ask)
		}
	}
}

// TestTimeOf: what dates a sentence long ago, and what makes it of now all the same.
func TestTimeOf(t *testing.T) {
	for s, want := range map[string]int{
		"en 1888 les vignerons achetent le sulfate":              1,
		"le 21 aout 1911 un lundi le musee est ferme":            1,
		"au xixe siecle la vallee comptait douze forges":         1,
		"in 1888 twelve masons bought a kiln":                    1,
		"en 1888 et encore aujourd hui la cle est sous le pot":   -1,
		"depuis 1888 la maison garde sa recette":                 -1,
		"en 1888 la cave ouvre et lundi prochain elle fermera":   -1,
		"en 1888 puis en 2024":                                   -1,
		"l an dernier le directeur est parti":                    -1,
		"le prix est de 1888 euros la tonne":                     0,
		"le directeur est parti":                                 0,
		"la greve de 1936 dans la vallee":                        1,
		"un lot de 1888 pieces attend":                           0,
		"since 1888 the house has kept its recipe":               -1,
		"in 1888 they opened and next week it will all be sold":  -1,
		"the director left":                                      0,
		"en 1888 l entreprise d aujourd hui n existait pas":      1,
		"en 1911 le vigneron et sa ronde":                        1,
		"les equipes iront a lyon et nous fermerons l atelier 2": -1,
	} {
		words := splitWords(s)
		tongue := 0
		if strings.Contains(s, "the ") || strings.HasPrefix(s, "in ") {
			tongue = 1
		}
		if got := timeOf(s, words, tongue, 1976); got != want {
			t.Errorf("%q is of %d, want %d", s, got, want)
		}
	}
}

// TestSecondSign: a keyword in a title or in the name of a file asks at most; the company's own papers close.
func TestSecondSign(t *testing.T) {
	text := aroundIn["fr"].text
	for _, c := range []struct {
		title, text string
		want        string // never, asks or free
	}{
		{"Rappel de produit : comment ça marche", text, "free"},
		{"Rappel du lot 4512 : consignes internes, cellule de crise", text, "never"},
		{"Rappel de produit du lot 4512 : consignes internes", text, "never"},
		{"Cellule de crise", text, "never"},
		{"La Ronde de nuit, chef-d'œuvre de Rembrandt", text, "free"},
		{"La Ronde de nuit", "Le peintre a trente-six ans. La toile fait quatre mètres, et la lumière tombe sur une petite fille. Le chef-d'œuvre a été découpé au couteau pour passer une porte.", "free"},
		{"Rondes de nuit du gardien : horaires", text, "never"},
		{"Rondes de nuit", text, "never"},
		{"Le carnet de commandes du jardinier", text, "asks"},
		{"Carnet de commandes T3 2026", text, "never"},
		{"Le carnet de commandes du jardinier", "Notre carnet de commandes atteint 4,2 millions d'euros, nous n'en dirons rien avant juin.", "never"},
		{"Notre carnet de commandes", text, "never"},
		{"Fuite de données chez Hydrelles", text, "never"},
		{"La lettre d'intention avec Verlin", text, "never"},
		{"Fuite de données en France", text, "asks"},
	} {
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/a/" + strings.ReplaceAll(foldString(c.title), " ", "-"), Title: c.title, H1: c.title, Text: c.text + "\n\n" + text, Language: "fr",
			Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		got := map[bool]string{true: "free"}[v.Outcome != Never && v.Outcome != NeedsApproval]
		if v.Outcome == Never {
			got = "never"
		} else if got == "" {
			got = "asks"
		}
		if got != c.want {
			t.Errorf("%s: %s %v, want %s", c.title, v.Outcome, askedBy(v), c.want)
		}
	}
	for name, want := range map[string]Outcome{
		"Carnet de commandes T3 2026.xlsx": Never, "Carnet de commandes.xlsx": Never, "Rondes de nuit du gardien - horaires.docx": Never,
		"Le carnet de commandes du jardinier.docx": NeedsApproval, "La Ronde de nuit de Vermeil.docx": NeedsApproval,
	} {
		v := Judge(content.Item{Address: "file:///partage/" + name, Root: "file:///partage", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Title: "Un texte",
			Text: text, Language: "fr", Access: content.Access{Visibility: content.FileShare}}, Policy{}, judged)
		if v.Outcome != want {
			t.Errorf("%s: %s %v, want %s", name, v.Outcome, askedBy(v), want)
		}
	}
}

// TestAboutTheWord: what speaks of a word is not what the word means.
func TestAboutTheWord(t *testing.T) {
	const fondue = "Faites fondre le chocolat au bain-marie, sans dépasser cinquante degrés. Ajoutez la crème tiède, une pincée de sel et un peu de beurre.\n"
	for _, c := range []struct {
		lang, title, text, rule string
		ask                     bool
	}{
		{"en", "Draft, review, publish: three habits", "Draft fast. Write badly for twenty minutes.", "lifecycle/draft", false},
		{"en", "Draft, version 3: three habits", "Write badly for twenty minutes.", "lifecycle/draft", true},
		{"en", "Draft: three habits", "Write badly for twenty minutes.", "lifecycle/draft", true},
		{"en", "How to write a note", `If it says "wip wip wip", try again.`, "lifecycle/draft", false},
		{"en", "A note", "WIP", "lifecycle/draft", true},
		{"fr", "Lever des fonds : le vocabulaire pour débuter", "Petit lexique.\nDue diligence : l'examen des comptes et des contrats avant de signer.", "finance/merger", false},
		{"fr", "Lever des fonds : le point", "Due diligence : les comptes de Verlin sont chez l'avocat depuis lundi, nous signons en mars.", "finance/merger", true},
		{"fr", "Le faux conseiller", "Faites opposition sans attendre, changez votre code d'accès et portez plainte.", "business/site-security", false},
		{"fr", "La porte du quai", "Le code d'accès du quai reste le même pour tous.", "business/site-security", true},
		{"fr", "La fondue", fondue + "Le secret de fabrication ? Remuer lentement. Servez avec des poires.", "business/trade-secret", false},
		{"fr", "La fondue", fondue + "Notre secret de fabrication : un peu de café. Servez avec des poires.", "business/trade-secret", true},
		{"fr", "La pâte", "Le secret de fabrication ? Une poudre ajoutée à la coulée.", "business/trade-secret", true},
		{"fr", "Juin 1936 : la grève qui a changé nos étés", "En juin 1936, les ouvriers de la vallée ont croisé les bras.", "special/union", false},
		{"fr", "La grève de 1936 dans la vallée", "Les ouvriers de la vallée ont croisé les bras.", "special/union", false},
		{"fr", "La grève de juin", "Les ouvriers de l'usine ont croisé les bras.", "special/union", true},
	} {
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/a/page", Title: c.title, H1: c.title, Text: c.text + "\n\n" + aroundIn[c.lang].text, Language: c.lang,
			Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		asks := false
		for _, r := range v.Reasons {
			asks = asks || r.Rule == c.rule && (r.Severity == Block || r.Severity == Review)
		}
		if asks != c.ask {
			t.Errorf("%s · %s: %v, want %s to ask: %v", c.title, c.text, askedBy(v), c.rule, c.ask)
		}
	}
}
