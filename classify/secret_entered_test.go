package classify

import (
	"strings"
	"testing"
)

// maskCase is a text and what must not be left of it when it is shown; "" for a text that holds nothing.
type maskCase struct{ text, gone string }

func checkMasked(t *testing.T, all []maskCase) {
	t.Helper()
	for _, c := range all {
		got := Mask(c.text)
		if c.gone == "" && got != c.text || c.gone != "" && strings.Contains(got, c.gone) {
			t.Errorf("%s: %s", c.text, got)
		}
		if again := Mask(got); again != got {
			t.Errorf("%s: again %s", got, again)
		}
	}
}

// TestEnteredWords: what a sentence says to enter, in words that name no password; and ordinary sentences a step away.
func TestEnteredWords(t *testing.T) {
	checkMasked(t, []maskCase{
		{"Ouvrir la page du copieur, entrer comme admin avec Rk4-tuile-58 et vider la file.", "Rk4-tuile-58"},
		{"Pour la borne, s'identifier sous maintenance puis Tuile-Bleue-7.", "Tuile-Bleue-7"},
		{"Ouvrez une session comme technicien, avec le mot Tuile_Bleue_7", "Tuile_Bleue_7"},
		{"Se connecter avec le compte de Paul (paul.d, puis Verger2031*) parce que le mien est bloqué.", "Verger2031*"},
		{"When it hangs, log in as service with Copper-Kettle-3, clear the queue and restart it.", "Copper-Kettle-3"},
		{"Sign in as editor and then copperkettle31 to change the banner.", "copperkettle31"},
		{"User editor4, and the word is Copper-Kettle-3.", "Copper-Kettle-3"},
		{"Utilisateur redac2, et le mot c'est Tuile-Bleue-7.", "Tuile-Bleue-7"},
		{"Guests can join the network called Lagoon; when it asks, copperkettle31 does the trick.", "copperkettle31"},
		{"Pour les invités, réseau Lagune : tuilebleue47 suffit.", "tuilebleue47"},
		{"If the screen prompts you, copper.kettle.31 gets you in.", "copper.kettle.31"},
		{"L'écran demande un mot, donnez tuilebleue47.", "tuilebleue47"},
		{"Entrez prets@mediatheque-lune.fr, et à la ligne suivante Tuile_2031, sans majuscule ailleurs.", "Tuile_2031"},
		{"Type library@lagoon-books.co.uk and in the box below copperkettle31.", "copperkettle31"},
		{"Pour ouvrir la session, entrez Tuile_2031.", "Tuile_2031"},
		{"Le mot qui va bien : Ruche.Verte.18 (compte partagé).", "Ruche.Verte.18"},
		{"Pour déverrouiller la tablette, mettez Ruche_1804.", "Ruche_1804"},
		{"Pour réserver la salle en ligne, login reunion et RucheVerte18.", "RucheVerte18"},
		{"Clé du wifi invités : rucheverte18", "rucheverte18"},
		{"Wi-Fi : Ruche-Invites, mot de passe rucheverte18", "rucheverte18"},
		{"On tape ruche-verte-18 et hop, on est dedans.", "ruche-verte-18"},
		{"Si le poste reste bloqué, la session locale est admin avec RucheVerte18!", "RucheVerte18!"},
		{"Sur le NAS on entre en tant que sauvegarde / ruche-verte-18.", "ruche-verte-18"},
		{"Just punch in HoneyComb18 at the prompt.", "HoneyComb18"},
		{"Use studio and HoneyComb18 to get into the portal.", "HoneyComb18"},
		{"Login is studio, pass is honeycomb1804", "honeycomb1804"},
		{"Access to the drive: studio / HoneyComb18", "HoneyComb18"},

		{"Rendez-vous au stand B-hall-14, session 2 du salon Horizon-2030.", ""},
		{"Connectez-vous avec Edge ou Safari17.", ""},
		{"La session du matin traite du module python-avance-12.", ""},
		{"Ouvrez la session avec votre badge, place 14-nord-2.", ""},
		{"The login page is Portal-v2.3 since spring.", ""},
		{"Le code article est tuile-bleue-12 dans l'écran de vente.", ""},
		{"L'utilisateur marie.durand12 a créé la page atelier_2026.", ""},
		{"La référence de l'ordinateur est precision-5680-xctop.", ""},
		{"Le compte Instagram est @atelier_bois42, connectez-vous pour le suivre.", ""},
		{"Utilisateur : dupontm42", ""},
		{"Le mot de la semaine est covoiturage2026.", ""},
		{"Compte rendu / Lot-12-b2", ""},
		{"Kit-eau-chaude-40 / Kit-eau-froide-40", ""},
		{"Connectez-vous au réseau Lagune-Invites24 depuis votre téléphone.", ""},
		{"Log in as a guest with your phone number, level 2 or 3.", ""},
		{"Log in as a guest with Chrome120 or Firefox.", ""},
		{"Join the network called Lagoon_Guest5 when you arrive.", ""},
		{"Le compte comprend trois accès, avec Horizon-2030 en option.", ""},
		{"Pour se connecter, un poste sous Windows11 suffit.", ""},
		{"Entrez la référence PX-4401b-22 dans la recherche.", ""},
		{"L'écran affiche ERR-plume-92 quand le toner est vide.", ""},
		{"Ouvrez le fichier suivi_ventes_2026 avec Excel et rapport_final_12 avec Word.", ""},
		{"Une phrase comme vingt-papillons-bleus-12 est plus sûre que votre prénom.", ""},
		{"Par exemple, connectez-vous comme invité avec Tuile-Bleue-7.", ""},
		{"The screen asks for a word: use something like copper-kettle-31.", ""},
		{"Enter room Maple-West-12 by the blue door.", ""},
		{"Le serveur srv-impression-02 redémarre à 7 h, l'ordinateur aussi.", ""},
		{"Signed in as marie.dupont12, she opened the ticket.", ""},
		{"Le robot Cobot-Weld-10 fait l'affaire pour un petit atelier.", ""},
		{"Tapez Salle-Erable-12 dans l'agenda pour la réserver.", ""},
		{"Laissez le véhicule à la place B-nord-14 et notez le compte.", ""},
	})
}
