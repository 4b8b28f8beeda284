package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// beforeTable and afterTable stand around a table, as in a page of advice.
const (
	beforeTable = "Un bon rangement fait gagner du temps à tout le monde. Les étagères basses reçoivent ce qui pèse, les hautes ce qui sert peu.\n\n"
	afterTable  = "\n\nLe balai reste au bout de l'allée. On le remet à sa place avant de partir, et le lendemain commence bien."
)

// tabled judges a page with a table, given with bars between the cells and "/" between the rows, as a form of text.
func tabled(form, table string) Verdict {
	rows := strings.Split(table, " / ")
	text := ""
	switch form {
	case "tabs":
		text = strings.ReplaceAll(strings.Join(rows, "\n"), "|", "\t")
	case "below": // the rows of another table stand right above
		text = "Étape\tConseil\n1\tOn trie avant de ranger.\n2\tOn note sur la boîte ce qu'elle contient.\n" + strings.ReplaceAll(strings.Join(rows, "\n"), "|", "\t")
	case "markdown":
		for i, r := range rows {
			text += "| " + strings.ReplaceAll(r, "|", " | ") + " |\n"
			if i == 0 {
				text += strings.Repeat("|---", 1+strings.Count(r, "|")) + "|\n"
			}
		}
	case "blanks":
		text = strings.ReplaceAll(strings.Join(rows, "\n"), "|", "     ")
	}
	it := content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/conseils/rangement", Title: "Ranger un atelier", H1: "Ranger un atelier",
		Text: beforeTable + text + afterTable, Access: content.Access{Visibility: content.Intranet}}
	return Judge(it, Policy{}, judged)
}

// TestTablesOfMatters: a table asks by its heads and the shape of its cells, however it is drawn.
func TestTablesOfMatters(t *testing.T) {
	for _, c := range []struct{ rule, table string }{
		{"personal/salary", "Nom|Brut annuel / Vauquelin|38 400 / Destouches|41 250"},
		{"personal/salary", "Nom|Salaire brut|Prime / Rambert|2 480 €|600 / Courtade|2 910 €|0"},
		{"personal/salary", "Salarié|Net mensuel / V. Rambert|1 940 / Courtade P.|2 015"},
		{"personal/salary", "Name|Monthly gross / Hathersage|3,250 / Dovedale|2,980"},
		{"personal/salary", "Employee|Base pay / R. Hathersage|£36,200 / T. Dovedale|£44,900"},
		{"personal/salary", "Agent|Échelon|Traitement net / Bellegarde|4|1 760 / Sérignac|6|2 105"},
		{"personal/birth-date", "Nom|Date de naissance / Vauquelin|04/09/1982 / Destouches|17/01/1990"},
		{"personal/birth-date", "Nom et prénom|Né(e) le / Bellegarde Line|12.06.1979 / Sérignac Odon|03.11.1984"},
		{"personal/birth-date", "Child|Date of birth / Hathersage|12 June 2015 / Dovedale|3 May 2017"},
		{"personal/address", "Nom|Domicile / Vauquelin|4 venelle des Tanneurs, Dinan / Courtade|Le Faou"},
		{"personal/address", "Name|Home address / Ann Hathersage|3 Weir Lane, Bakewell / Tom Dovedale|Ashbourne"},
		{"special/health", "Nom|Absence / Vauquelin|maladie / Courtade|congés"},
		{"special/health", "Name|Sick days / Hathersage|14 / Dovedale|2"},
		{"special/health", "Nom|Jours d'arrêt / Bellegarde|31 / Sérignac|0"},
		{"special/union", "Nom|Adhésion / Vauquelin|CGT / Courtade|CFDT"},
		{"special/union", "Employee|Union membership / Hathersage|yes / Dovedale|no"},
		{"special/union", "Name|Union / Hathersage|Unison / Dovedale|none"},
		{"business/customer", "Client|Unités / Résidence Beaulieu|12 / Distillerie Tarbet|5"},
		{"business/customer", "Customer|Units / Rowanbank Care Homes|19 / Pinder Logistics|21"},
		{"business/customer", "Site|Type|Année / A|crèche|2022 / C|Cabinet Marchand & Fils|2024"},
		{"business/customer", "Département|Installations|Détail / Jura|14| / Doubs|9|dont Fromagerie Vuillemin"},
		{"finance/unpublished", "Magasin|Surface|Octobre / Dijon|240 m²|182 k€ / Dole|180 m²|121 k€"},
		{"finance/unpublished", "Shop|Sales wk 44|Sales wk 45 / Bath|48210|45102 / Wells|30110|29876"},
		{"finance/unpublished", "Poste|2026|2027 / Ventes|48200|52900 / Personnel|-21400|-22100 / Résultat|3100|4450"},
		{"finance/unpublished", "Poste|2026|2027 / Chiffre d'affaires|48200|52900 / Résultat|3100|4450"},
		{"inside/security", "Produit|Détenu|Autorisé / Acide nitrique|400 l|150 l / Acétone|900 l|500 l"},
		{"inside/security", "Product|Held|Allowed / Nitric acid|400 l|150 l / Acetone|200 l|500 l"},
		{"staff/discipline", "Name|Place|Remark / Becky|1|keep at any cost / Stuart|12|manage out by summer"},
		{"staff/discipline", "Prénom|Avis / Lucas|maillon faible / Camille|à garder"},
		{"staff/discipline", "Candidat|Décision / Vauquelin|non retenu, trop jeune / Courtade|à recevoir"},
		{"staff/discipline", "Applicant|Outcome / Hathersage|turned down / Dovedale|offer made"},
		{"staff/discipline", "Nom|Note|Potentiel / Bellegarde|3/5|faible / Sérignac|4/5|à suivre"},
		{"staff/discipline", "Name|Appraisal mark / Hathersage|2 / Dovedale|4"},
		{"staff/discipline", "Nom|Sanction / Bellegarde|blâme / Sérignac|aucune"},
		{"business/prices", "Fournisseur|Offre / Ferraille et fils|84 300 / Métaux de l'Erdre|79 950"},
		{"business/prices", "Supplier|Quote / Erdre Metals|79,950 / Clyde Castings|84,300"},
		{"business/prices", "Appel d'offres|Notre prix / Collège, lot 3|148 000 € HT / Gymnase|212 500 € HT"},
		{"business/prices", "Lot|Our bid|Competitor estimate / A|48,000|51,500 / B|17,200|16,900"},
		{"finance/unpublished", "Poste|Réalisé 2026|Budget 2027 / Chiffre d'affaires|42,1|44,0 / EBITDA|3,2|3,9"},
		{"finance/unpublished", "Forecast FY28|Turnover|EBIT / Low|52.5m|2.2m / High|58.0m|3.7m"},
		{"finance/unpublished", "Mois|CA|Marge / Janvier|912|141 / Février|874|120"},
		{"finance/unpublished", "Quarter|Revenue|Gross margin / Q1|3,120|410 / Q2|2,980|365"},
		{"finance/merger", "Cible|Valorisation / Fonderie Aubin|7 M€ / Ateliers Rieux|2,5 M€"},
		{"finance/merger", "Target company|Enterprise value / Aubin Foundry|£7m / Rieux Works|£2.5m"},
		{"legal/litigation", "Litige|Provision / Maison Aubin|64 000 / Rieux|12 500"},
		{"legal/litigation", "Claimant|Provision / Aubin Foundry|£64,000 / Rieux Works|£12,500"},
		{"inside/security", "Machine|Adresse|Usage / ged-2|10.4.20.11|archives / rip-1|10.4.20.12|tirages"},
		{"secret/access-code", "Porte|Code / Magasin|B3391 / Quai|A7720"},
		{"secret/access-code", "Account|PIN / Strong box|441 902 / Cabinet|118 340"},
		{"secret/password", "Login|Password / stores|bramble / yard|thicket"},
	} {
		for _, form := range []string{"tabs", "below", "markdown", "blanks"} {
			v := tabled(form, c.table)
			found := false
			for _, r := range v.Reasons {
				found = found || r.Rule == c.rule && (r.Severity == Block || r.Severity == Review)
			}
			if !found {
				t.Errorf("%s: %s does not ask for %q: %s %v", form, c.rule, c.table, v.Outcome, askedBy(v))
			}
		}
	}
}

// TestOrdinaryTables: tables that companies publish stay free.
func TestOrdinaryTables(t *testing.T) {
	for _, table := range []string{
		"Heure|Atelier|Salle / 9 h 30|Souder sans fumée|Verte / 11 h|Lire un plan|Bleue",
		"Time|Talk|Room / 9.30|Reading a drawing|Green / 11.00|Welding without smoke|Blue",
		"Produit|Prix / Étagère basse|129 € / Établi pliant|245 €",
		"Product|Price|Weight / Folding bench|£245|18 kg / Low shelf|£129|9 kg",
		"Jour|Ouverture|Fermeture / Lundi|9 h|18 h / Samedi|10 h|17 h",
		"Day|Opens|Closes / Monday|9 am|6 pm / Saturday|10 am|5 pm",
		"Ingrédient|Quantité / Farine|500 g / Levain|150 g",
		"Équipe|Points|Classement / Les Rabots|12|1 / Les Varlopes|9|2",
		"Nom|Temps|Dossard / Vauquelin|41:20|118 / Courtade|43:05|77",
		"Name|Time|Club / Hathersage|41:20|Peak Harriers / Dovedale|43:05|Dale Runners",
		"Nom|Poids net|Poids brut / Caisse Alpha|120|134 / Caisse Delta|210|231",
		"Nom|Origine|Affinage / Comté|Jura|12 mois / Cantal|Auvergne|8 mois",
		"Mois|Visiteurs / Janvier|912 / Février|874",
		"Salon|Ville|Stand / Bois et Cie|Nantes|B12 / Batirama|Lyon|C4",
		"Déchet|Valorisation / Carton|92 % / Palettes|88 %",
		"Indicateur|Cible|Résultat / Eau|12 m3|11 m3 / Énergie|40 MWh|38 MWh",
		"Code|Couleur / 7016|Anthracite / 9010|Blanc pur",
		"Site|Code postal / Nantes|44000 / Lyon|69003",
		"Name|Rating / Oak|4 / Ash|5",
		"Équipe|Domicile|Extérieur / Les Rabots|3|1 / Les Varlopes|2|2",
		"Société|Ville|Métier / Aubin|Rennes|Fonderie / Rieux|Albi|Tissage",
		"Client|Version|Système / Outlook|365|Windows / Thunderbird|115|Linux",
		"Client|Question|Réponse / pressé|Où est la vis ?|au rayon 4 / bricoleur|Quel foret ?|le 6",
		"Magasin|Octobre|Novembre / Dijon|10 h - 19 h|10 h - 18 h / Dole|9 h - 19 h|9 h - 18 h",
		"Boutique|Ouverture|Surface / Dijon|2011|240 m² / Dole|2014|180 m²",
		"Année|Ventes en France / 2023|812 000 / 2024|790 500",
		"Machine|Bruit mesuré|Limite / Scie|84 dB|85 dB / Presse|79 dB|85 dB",
		"Produit|Stock|Seuil / Vis|400|150 / Clous|900|500",
		"Site|Hôtel / Dole|Hôtel Bellevue / Dijon|Hôtel du Parc",
		"Installation|Fabricant / Chaudière|Fonderies Lacaze / Pompe|Ateliers Morvan",
	} {
		for _, form := range []string{"tabs", "below", "markdown", "blanks"} {
			v := tabled(form, table)
			for _, r := range v.Reasons {
				if r.Rule != "type/floor" && (r.Severity == Block || r.Severity == Review) {
					t.Errorf("%s: %q is %s %v", form, table, v.Outcome, askedBy(v))
				}
			}
		}
	}
}

// TestLabelsApart: labels and values that a form or two columns of a PDF leave on lines apart ask.
func TestLabelsApart(t *testing.T) {
	for _, c := range []struct{ rule, text string }{
		{"personal/birth-date", "Nom de l'enfant\n\nDate de naissance\n\nLouis Vauquelin\n\n23.08.2015"},
		{"personal/birth-date", "Peter Hathersage\n\n3 May 1985\n\nName\n\nDate of birth"},
		{"personal/salary", "Net à payer\n\nSalarié\n\n1 874,20\n\nCOURTADE Hélène"},
		{"personal/birth-date", "Participant Date de naissance\n\nPierre Courtade 3 mai 1991\n\nAnne Rambert 12 juin 1988"},
		{"personal/salary", "Name Gross pay\n\nAnn Hathersage £2,340\n\nTom Dovedale £2,910"},
		{"personal/salary", "thème\tétape\tconseil\nRanger\t1\tOn trie d'abord.\nCourtade Hélène\tsalaire\t2810"},
	} {
		it := content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/conseils/rangement", Title: "Ranger un atelier", H1: "Ranger un atelier",
			Text: beforeTable + c.text + afterTable, Access: content.Access{Visibility: content.Intranet}}
		v := Judge(it, Policy{}, judged)
		found := false
		for _, r := range v.Reasons {
			found = found || r.Rule == c.rule && (r.Severity == Block || r.Severity == Review)
		}
		if !found {
			t.Errorf("%s does not ask for %q: %s %v", c.rule, c.text, v.Outcome, askedBy(v))
		}
	}
}
