package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestTaught: what explains a word asks nobody, and the same words about somebody or something in particular ask.
func TestTaught(t *testing.T) {
	for _, c := range []struct {
		lang, title, text string
		ask               bool
	}{
		{"fr", "Qu'est-ce qu'un litige commercial ?", "Un litige commercial est un désaccord entre deux entreprises. Il peut se régler à l'amiable, par une mise en demeure, ou devant le tribunal de commerce.", false},
		{"fr", "Qu'est-ce qu'un litige commercial ?", "Un litige commercial est un désaccord entre deux entreprises. Notre avocat a envoyé une mise en demeure à Verlin Transports pour 40 000 euros.", true},
		{"fr", "Comment se construit un prix ?", "Le prix de revient est la somme de tous les coûts. La marge brute se calcule en retranchant le coût d'achat du prix de vente.", false},
		{"fr", "Comment se construit un prix ?", "Le prix de revient est la somme de tous les coûts. La marge brute de la pompe P40 est de 31 %.", true},
		{"fr", "Qu'est-ce qu'une fusion ?", "Une fusion consiste à réunir deux sociétés en une seule. Elle se prépare en plusieurs étapes, de la lettre d'intention à l'audit.", false},
		{"fr", "Qu'est-ce qu'une fusion ?", "Une fusion consiste à réunir deux sociétés en une seule. La lettre d'intention avec Brisson sera signée en mai.", true},
		{"fr", "Comprendre le projet de réorganisation", "Le plan de départs consiste à supprimer quarante postes. Le licenciement pour motif économique sera proposé à tous.", true},
		{"fr", "Comprendre la rupture conventionnelle collective", "La direction prépare un licenciement collectif. Le comité social et économique a rendu un avis défavorable. La suppression de 120 postes sera décidée en comité restreint.", true},
		{"fr", "Qu'est-ce que le harcèlement ?", "Le directeur de production est visé par une alerte pour harcèlement moral.", true},
		{"fr", "Comprendre la fusion", "La fusion est en cours de négociation avec le concurrent et la direction ne souhaite pas que cela se sache.", true},
		{"en", "What is a merger?", "A merger is being prepared by the management, the letter of intent is ready.", true},
		{"fr", "Lexique des ressources humaines", "La rupture conventionnelle est une procédure par laquelle l'employeur et le salarié se quittent d'un commun accord. Le harcèlement moral est puni par le code pénal.", false},
		{"en", "What is an NDA?", "A non disclosure agreement is a contract in which two parties promise to keep what they share to themselves. It protects ideas and figures.", false},
		{"en", "What is an NDA?", "A non disclosure agreement is a contract in which two parties promise to keep quiet. We signed an NDA with Harlow Plastics on Monday.", true},
		{"en", "What is a merger?", "A merger is the process of combining two companies. It is prepared in several steps, from letter of intent to due diligence.", false},
		{"en", "What is a merger?", "A merger is the process of combining two companies. The letter of intent with Harlow will be signed in June.", true},
		{"en", "Litigation explained", "Litigation is the process of taking a dispute to court. A settlement agreement ends it without a judge.", false},
		{"en", "Litigation explained", "Litigation is the process of taking a dispute to court. Our lawyers expect to settle with the Denby family for £200,000.", true},
	} {
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/lexique/mot", Title: c.title, H1: c.title, Text: c.text + "\n\n" + aroundIn[c.lang].text,
			Language: c.lang, Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		if asks := v.Outcome == Never || v.Outcome == NeedsApproval; asks != c.ask {
			t.Errorf("%s · %s: %s %v, want it to ask: %v", c.title, c.text, v.Outcome, askedBy(v), c.ask)
		}
	}
}

// TestNotTaught: sentences that look like definitions and tell what is to come, or of whom, are no definitions.
func TestNotTaught(t *testing.T) {
	for _, s := range []string{
		"Une faille non corrigée permet d'accéder au portail sans s'identifier.",
		"L'enquête interne désigne le chef d'atelier.",
		"La restructuration consiste à supprimer l'équipe de nuit.",
		"Le licenciement de la comptable est une procédure engagée hier par la direction.",
		"The takeover means job losses in the warehouse, staff have not been told.",
		"Our bid strategy is the way to undercut the others.",
	} {
		lang := "fr"
		if s[0] == 'T' || s[0] == 'O' {
			lang = "en"
		}
		if v, held := judgeAmid(lang, lang, s, content.Intranet); !held {
			t.Errorf("%q is %s", s, v.Outcome)
		}
	}
}
