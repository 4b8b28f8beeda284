package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestTypesOutrankNoPerson: that an item is of no interest says nothing of what it tells of a person: somebody is asked, and the reason
// says why. Without such a reason, or beside a block, the types stay what they are.
func TestTypesOutrankNoPerson(t *testing.T) {
	const notice, legal = "L'électricité sera coupée jeudi de 8 h à 10 h dans le bâtiment C. Pensez à éteindre les machines.", "Éditeur du site : la fonderie. Directeur de la publication : Paul Martin. Hébergeur : une société de Roubaix."
	for _, c := range []struct {
		title, text string
		in          content.Visibility
		want        Outcome
	}{
		{"Coupure d'électricité jeudi", notice, content.Intranet, NotProposed},
		{"Coupure d'électricité jeudi", notice + " Appelez Paul Martin au 06 39 98 12 34.", content.Intranet, NotProposed},
		{"Coupure d'électricité jeudi", notice + " Karim est en arrêt pour dépression.", content.Intranet, NeedsApproval},
		{"Coupure d'électricité jeudi", notice + " Sandrine ne revient pas avant Noël, elle vient de commencer sa chimio.", content.FileShare, NeedsApproval},
		{"Coupure d'électricité jeudi", notice + " Paul Martin est en arrêt pour dépression.", content.Intranet, Never},
		{"Coupure d'électricité jeudi", notice + " Karim est en arrêt pour dépression. Mot de passe : Tilleul-4812", content.Intranet, Never},
		{"Mentions légales", legal, content.Public, NotProposed},
		{"Mentions légales", legal + " Paul Martin est en arrêt pour dépression.", content.Public, NeedsApproval},
	} {
		item := insidePage("fr", c.text)
		item.Title, item.H1, item.Access.Visibility = c.title, c.title, c.in
		v := Judge(item, Policy{}, judged)
		said := ""
		for _, r := range v.Reasons {
			if r.Rule == "type/trivial" {
				said = string(r.Severity) + " " + r.Says.FR
			}
		}
		if settled := strings.Contains(said, "se règle d'abord"); v.Outcome != c.want || settled != (c.want == NeedsApproval) || settled && (v.Kind != "" || !strings.HasPrefix(said, "note ") || len(v.Approvers) == 0) {
			t.Errorf("%s: %s %s, %s", c.text, brief(v), v.Kind, said)
		}
	}
}

// TestTypesCloseNoLesson: what teaches in general is not closed by what its words are like, and is not let go either; a paper of the
// house stays closed, whatever its title promises.
func TestTypesCloseNoLesson(t *testing.T) {
	for _, c := range []struct {
		title, text string
		in          content.Visibility
		want        Outcome
	}{
		{"Tutoriel : installer un serveur web", "Installez nginx avec apt install nginx. Modifiez le fichier de configuration, puis redémarrez le service. Vérifiez le port 80 et le pare-feu.", content.Intranet, NeedsApproval},
		{"Tutoriel : installer un serveur web", "Installez nginx avec apt install nginx. Modifiez le fichier de configuration, puis redémarrez le service. Vérifiez le port 80 et le pare-feu. Ouvrez un ticket auprès de la hotline.", content.Intranet, Never},
		{"Comment lire un procès-verbal de réunion", "Un procès-verbal donne l'ordre du jour, les présents, les décisions. On y lit qui a dit quoi, et ce qui reste à faire.", content.Intranet, NeedsApproval},
		{"Procès-verbal de la réunion du 4 mars", "Le procès-verbal donne l'ordre du jour, les présents, les décisions. On y lit qui a dit quoi, et ce qui reste à faire.", content.Intranet, Never},
		{"Comment lire un procès-verbal de réunion", "Présents : Paul Martin, Claire Garnier. Ordre du jour : le budget. Décisions : relancer le fournisseur. Prochaine réunion le 12.", content.Intranet, Never},
		{"Les congés payés expliqués en cinq questions", "Combien de jours par an ? Deux jours et demi par mois de travail. Comment poser ses congés ? Par une demande écrite, un mois avant.", content.Public, NeedsEdit},
		{"Les congés payés expliqués en cinq questions", "Combien de jours par an ? Chez nous, deux jours et demi par mois. Comment poser ses congés ? Par une demande écrite à la DRH.", content.Intranet, Never},
	} {
		item := insidePage("fr", c.text)
		item.Title, item.H1, item.Access.Visibility = c.title, c.title, c.in
		if v := Judge(item, Policy{}, judged); v.Outcome != c.want {
			t.Errorf("%s: %s (%s): %s", c.title, c.text, v.Type, brief(v))
		}
	}
}
