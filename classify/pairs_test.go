package classify

import (
	"slices"
	"testing"

	"filon/crawler/content"
)

// What two words of a sentence say together is found, and no sentence that has only one of them, or says it of nobody.
func TestPairs(t *testing.T) {
	const fr, en = "Le miel se récolte en juin, quand les ruches sont pleines. On ôte les cadres un à un, et l'on en laisse aux abeilles.", "Honey is taken in June, when the hives are full. The frames come out one by one, and some are left to the bees."
	for _, c := range []struct{ lang, line, rule, severity string }{
		// health
		{"fr", "Odile Marchal a un lymphome.", "special/health", "block"},
		{"fr", "Mme Marchal est soignée pour une leucémie.", "special/health", "block"},
		{"fr", "Odile est en rémission de sa leucémie.", "special/health", "review"},
		{"fr", "Odile Marchal attend des jumeaux.", "special/health", "block"},
		{"en", "Ruth Averill has leukaemia.", "special/health", "block"},
		{"en", "Mr Averill is being treated for lymphoma.", "special/health", "block"},
		{"en", "Ruth is expecting, her due date is in June.", "special/health", "review"},
		{"fr", "Le docteur Marchal soigne la leucémie.", "special/health", ""},
		{"fr", "La course de Paul Marchal aide l'association contre la leucémie.", "special/health", ""},
		{"fr", "Odile Marchal attend la livraison pour juin.", "special/health", ""},
		{"en", "Dr Ruth Averill explains why one person in ten has diabetes.", "special/health", ""},
		{"en", "Ruth Averill is expecting a delivery in June.", "special/health", ""},
		// offence, union
		{"fr", "Bruno Lefort a passé la nuit au poste.", "special/offence", "block"},
		{"fr", "Bruno Lefort a passé la nuit à l'atelier.", "special/offence", ""},
		{"en", "Thomas Averill spent the weekend in a police cell.", "special/offence", "block"},
		{"en", "Thomas Averill replaced the fuel cell of the truck.", "special/offence", ""},
		{"fr", "Bruno Lefort a sa carte du syndicat.", "special/union", "block"},
		{"fr", "Bruno Lefort a la carte des vins.", "special/union", ""},
		{"en", "Thomas Averill is a paid-up member of Unite.", "special/union", "block"},
		{"fr", "C'est Bruno Lefort qui a alerté l'inspection, et il ne veut pas qu'on le sache.", "legal/whistleblowing", "block"},
		{"fr", "Bruno Lefort a prévenu la direction de son retard.", "legal/whistleblowing", ""},
		{"fr", "Bruno Lefort a prévenu la direction à sa demande.", "legal/whistleblowing", ""},
		{"en", "It was Ruth Averill who told head office, and nobody must know.", "legal/whistleblowing", "block"},
		{"en", "Ruth Averill told head office that the bees are back.", "legal/whistleblowing", ""},
		// wishes
		{"fr", "Cette fiche n'est pas pour le public.", "inside/wish", "review"},
		{"fr", "L'escalier n'est pas pour le public.", "inside/wish", ""},
		{"en", "These slides are not for customers, keep them here.", "inside/wish", "review"},
		{"en", "The back entrance is not for customers.", "inside/wish", ""},
		{"fr", "Lucie ne veut pas figurer dans le film.", "inside/wish", "review"},
		{"en", "Ruth does not want to be filmed.", "inside/wish", "review"},
		// ways in
		{"fr", "Connectez-vous avec la session d'Odile, c'est son prénom suivi de l'année.", "inside/security", "review"},
		{"en", "Use Ruth's login, it is her first name followed by the year.", "inside/security", "review"},
		{"fr", "Écrivez le prénom suivi du nom sur l'étiquette.", "inside/security", ""},
		{"en", "Type your first name followed by your last name.", "inside/security", ""},
		// inventions, customers
		{"fr", "Le dépôt du brevet est en préparation.", "business/patent", "block"},
		{"fr", "Le brevet est déposé depuis 2019.", "business/patent", ""},
		{"en", "The patent filing is under way.", "business/patent", "block"},
		{"fr", "« Nos lignes tournent mieux depuis la pose des cadres », Léa Roux, directrice technique des Moulins de Sarlat", "business/customer", "review"},
		{"fr", "« Nos lignes tournent mieux depuis la pose des cadres », Léa Roux, directrice de l'atelier", "business/customer", ""},
		{"en", "\"The frames have run well ever since we had them fitted\", Ruth Averill, site manager at Marlow Foods", "business/customer", "review"},
		{"fr", "Fromageries du Bas-Jura : CA 2026 212 000 €", "business/prices", "review"},
		{"fr", "Notre CA 2026 : 212 000 €", "business/prices", ""},
		{"en", "We have lost one of our largest customers this spring.", "inside/money", "review"},
		{"en", "Sit on the bank and be patient with the bees.", "inside/money", ""},
		// claims
		{"fr", "Deux verres de cette eau filtrée par jour et votre tension baisse.", "claim/health", "review"},
		{"fr", "Marcher fait baisser le cholestérol.", "claim/health", ""},
		{"en", "Our filter jug lowers blood pressure in a month.", "claim/health", "review"},
		{"en", "Walking lowers your blood pressure.", "claim/health", ""},
		{"fr", "En roulant avec nous, vous ne ferez plus de mal à la planète.", "claim/green", "review"},
		{"fr", "Une bouteille de rhum vous est offerte avec votre commande.", "claim/alcohol", "review"},
		{"fr", "Un porte-clés vous est offert avec votre commande.", "claim/alcohol", ""},
		{"en", "A bottle of gin is free with every order.", "claim/alcohol", "review"},
		{"fr", "Nos pensées vont aux victimes de l'attentat.", "claim/context", "review"},
		{"fr", "L'attentat de 1894 a marqué la ville, qui honore ses victimes.", "claim/context", ""},
		{"en", "In the wake of the bombing, our thoughts are with the families.", "claim/context", "review"},
	} {
		text := fr
		if c.lang == "en" {
			text = en
		}
		item := content.Item{Address: "https://intranet.example/n/1", Title: "Le rucher", Text: text + "\n\n" + c.line, Language: c.lang, Access: content.Access{Visibility: content.Intranet}}
		v := Judge(item, Policy{}, judged)
		at := slices.IndexFunc(v.Reasons, func(r Reason) bool { return r.Rule == c.rule })
		switch {
		case at < 0 && c.severity != "":
			t.Errorf("%s: nothing says %s", c.line, c.rule)
		case at >= 0 && string(v.Reasons[at].Severity) != c.severity:
			t.Errorf("%s: %s %q, want %q", c.line, c.rule, v.Reasons[at].Severity, c.severity)
		}
	}
}
