package classify

import "testing"

// TestMachineCodes: codes of machines, doors and houses as people tell them; and other numbers a step away.
func TestMachineCodes(t *testing.T) {
	checkMasked(t, []maskCase{
		{"Le niveau expert s'ouvre en tapant 6604 sur le pupitre, le même sur les trois robots.", "6604"},
		{"On the wall panel, hold both arrows and key in 5-5-0-8.", "5-5-0-8"},
		{"Pour couper l'alarme, faites 5-2-8-1-6 puis la flèche.", "5-2-8-1-6"},
		{"exit full screen with the supervisor digits 70425", "70425"},
		{"Pour quitter le plein écran de la borne, les chiffres sont 70425.", "70425"},
		{"La pompe demande quatre chiffres, ce sont ceux de l'ouverture de l'atelier, 1931.", "1931"},
		{"The printer asks for five digits before it scans: 70425 on every floor.", "70425"},
		{"Le copieur réclame un code à quatre chiffres : 7042.", "7042"},
		{"The locker opens with the code 7042.", "7042"},
		{"Code PUK de la carte : 70425518", "70425518"},
		{"La boîte à clés s'ouvre avec le code quatre, huit, zéro, sept.", "quatre, huit"},
		{"The gate code is four eight zero seven.", "four eight"},
		{"Le code du portail est sept trois trois un.", "sept trois"},
		{"Elle habite au fond de la cour, code 47B31 puis sonner deux fois.", "47B31"},
		{"Livraison au deuxième étage, code 4731A, interphone Petit.", "4731A"},
		{"- formateur / Cuivre.Merle.46", "Cuivre.Merle.46"},
		{"deploy / Cu1vre_Merle", "Cu1vre_Merle"},
		{"Pointage\tRH\tà venir\taccès temporaire : depot / Cu1vre_Merle", "Cu1vre_Merle"},

		{"La pompe demande quatre litres, puis 1931 tours.", ""},
		{"Le robot soude avec 1200 points par jour.", ""},
		{"Saisissez 2100 sur le thermostat pour 21 degrés.", ""},
		{"La borne en panne affiche le code 7042.", ""},
		{"The form asks for four digits, for example 7042.", ""},
		{"Le code par défaut du copieur est 0000.", ""},
		{"Press 1 for the printer, 2 for the scanner.", ""},
		{"Comptez un, deux, trois, quatre et ouvrez la porte.", ""},
		{"Le code de couleur va de un à quatre sur la porte.", ""},
		{"Bâtiment neuf, hall B, plan 47B31.", ""},
		{"Composez le 3949 sur votre téléphone.", ""},
		{"Réunion au hall 4, étage 2, code couleur bleu.", ""},
		{"Rendez-vous place 1204, près de la borne de recharge.", ""},
		{"hauteur / largeur", ""},
		{"Le client / fournisseur V2024-b choisit.", ""},
		{"auteur / Dupont 2026", ""},
	})
}

// TestPassPhrases: phrases in quotes that open or prove something, recovery words and keys; and what people only quote.
func TestPassPhrases(t *testing.T) {
	checkMasked(t, []maskCase{
		{"Pour ouvrir le coffre commun, la phrase est « la loutre brune dort tôt », en minuscules.", "loutre"},
		{"The passphrase is \"nine brown otters asleep\", with the spaces.", "otters"},
		{"La phrase de passe de l'archive : « la loutre brune dort »", "loutre"},
		{"L'assistance demandera la phrase convenue : répondez « cinq saisons », c'est la preuve que vous êtes de la maison.", "cinq saisons"},
		{"When the help desk asks for the code word, say 'brown otter'.", "brown otter"},
		{"À la question secrète, la réponse est « rue des Loutres ».", "Loutres"},
		{"Le mot de passe du lecteur est \"petite loutre brune\".", "loutre"},
		{"Phrase de récupération : otter brick lamp river stone cloud ember field grape honey ivory jelly", "honey"},
		{"Seed phrase: otter brick lamp river stone cloud ember field grape honey ivory jelly", "honey"},
		{"Clé de récupération\t471823-550913-204776-118294-660341-902517-337086-415629", "471823"},
		{"471823 550913 204776 118294 660341 660341 337084 415624", "660341"},
		{"FileVault : K7QP-3XWM-9RTB-4HNC-8VZD-2LFG", "3XWM"},

		{"Une bonne phrase de passe est « quatre loutres boivent tôt » plutôt qu'un prénom.", ""},
		{"For example, a passphrase is \"nine brown otters asleep\".", ""},
		{"La phrase du jour est « la patience est mère de vertu ».", ""},
		{"La réponse est « oui, mais pas demain ».", ""},
		{"Cliquez sur « mot de passe oublié » : la réponse est « un lien par courriel ».", ""},
		{"Sa phrase préférée : « on verra bien demain ».", ""},
		{"Their answer is 'not before spring'.", ""},
		{"Une phrase de récupération : douze mots que vous notez sur papier et que vous gardez en lieu sûr.", ""},
		{"Le mot de passe, dans le conte, est « Sésame ouvre-toi ».", ""},
		{"Commande 471823-550913, lot 204776-118294.", ""},
		{"VISITE-PLAN-AVEC-NOUS-CHEZ-VOUS", ""},
		{"123456 234567 345678 456789 567890 678901 789012 890123", ""},
	})
}
