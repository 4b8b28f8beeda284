package classify

import (
	"testing"

	"filon/crawler/content"
)

// toldAmong judges a page of ordinary advice in which one sentence stands.
func toldAmong(lang, sentence string) Verdict {
	text := "Un bon outil se range après chaque usage. On le nettoie avec un chiffon sec, et on le pend à son clou.\n\n" + sentence + "\n\nLe manche se huile une fois par an. Il dure alors plus longtemps que son propriétaire."
	title := "Prendre soin de ses outils"
	if lang == "en" {
		text = "A good tool goes back to its hook after every use. Wipe it with a dry cloth first.\n\n" + sentence + "\n\nOil the handle once a year. It will then outlast whoever bought it."
		title = "Looking after your tools"
	}
	it := content.Item{Language: lang, Address: "https://intranet.exemple-industrie.fr/conseils/outils", Title: title, H1: title, Text: text, Access: content.Access{Visibility: content.Intranet}}
	return Judge(it, Policy{}, judged)
}

// TestDeals: customers, deals, contracts, people and dangers that one sentence of an ordinary page tells, and their
// harmless neighbours.
func TestDeals(t *testing.T) {
	for _, c := range []struct {
		lang, sentence string
	}{
		// customers, by what was done for them or what they do with it
		{"fr", "La semaine dernière, nous avons remplacé toutes les vannes à la laiterie Montjoly, sans arrêter la production."},
		{"fr", "Nos techniciens ont dépanné le four de la boulangerie Ravel un dimanche matin."},
		{"fr", "Chez Bardiaux, nous avons posé quarante mètres de rail en deux nuits."},
		{"fr", "Les Transports Kermarrec nous ont confié leurs douze remorques."},
		{"fr", "L'hôtel Belvédère s'est équipé chez nous l'an dernier."},
		{"fr", "À la brasserie Tilleux, la machine a divisé par trois la consommation d'eau."},
		{"fr", "La conserverie Lestrade a arrêté sa ligne pour nous pendant deux jours."},
		{"en", "We relaid the floor at Hartwell Bakery in a single weekend."},
		{"en", "Pinder Logistics asked us to come back for the second bay."},
		{"en", "Dunmore Distillery closed its hall for us over Easter."},
		{"en", "At Ashdown Foods it has cut the cleaning time by half."},
		{"en", "Our fitters spent three nights at Kestrel Hotels changing the pumps."},
		{"en", "Tolland Dairies uses our pumps in all four halls."},
		// customers who speak
		{"fr", "« On ne l'entend même plus », sourit Claire Besson, qui gère les magasins Verdelet."},
		{"fr", "« Il a tenu tout l'hiver », nous écrit Jeanne Morvan, retraitée à Carhaix."},
		{"fr", "« Je le prête à tout l'immeuble », nous raconte Bernard Pujol, un particulier de Muret."},
		{"en", "\"It paid for itself by June,\" says Helen Marsh, who runs Marsh Garages."},
		{"en", "\"I wouldn't be without it,\" writes Doris Pell of Whitby, who bought hers last spring."},
		{"fr", "Les époux Vernhes ont le même : leur maison est la dernière avant le pont, sonnez, ils vous montreront."},
		{"en", "Mr and Mrs Tansley have one too, the last house on Mill Lane, and they are at home most mornings."},
		// customers who wish to stay unnamed
		{"fr", "Le plus gros tourne dans une chaîne de supermarchés qui a demandé à ne pas être citée."},
		{"fr", "Notre client souhaite rester anonyme, mais l'usine est au bord du lac."},
		{"fr", "Un palace parisien en a vingt, et tient à ce que l'on ne sache pas qui."},
		{"en", "The biggest one is at a supermarket chain that asked not to be named."},
		{"en", "A carmaker has forty of them and would rather we didn't say who."},
		{"en", "The client does not want its name mentioned, so call it the lake hotel."},
		// customers' own figures, prospects, quarrels
		{"fr", "L'exemple reprend les vrais chiffres de Meubles Castanier, ceux du mois dernier."},
		{"en", "The example uses real data from Orpington Stores, last month's in fact."},
		{"fr", "Le groupe Valmarin est sur le point de commander trente exemplaires."},
		{"fr", "Vignobles Astruc hésite encore entre nous et un autre, rien n'est signé."},
		{"en", "Bexley Hotels is about to sign for three hundred of them."},
		{"fr", "La coopérative Beaulieu est repartie furieuse de notre démonstration."},
		{"en", "Selby Motors is furious with us since the last one broke."},
		// margins and floors
		{"fr", "On marge quarante centimes sur chaque pot."},
		{"fr", "Sur chaque litre vendu, il nous reste douze centimes."},
		{"en", "We make eleven pounds on every one sold."},
		{"en", "On every bottle we clear 80p."},
		{"fr", "Nos revendeurs ne doivent jamais voir ce tableau."},
		{"en", "Our dealers must never see these figures."},
		{"fr", "Les fournisseurs ne doivent pas voir nos marges."},
		{"en", "Customers must not know our discounts."},
		{"fr", "La recette du mois dort dans le coffre de la camionnette."},
		{"en", "A hotel group that wishes not to be named has fifty of them."},
		{"en", "We make forty pence on every jar sold."},
		{"fr", "Les actionnaires le sauront lundi, le contrat est à nous."},
		{"fr", "Tu peux aller jusqu'à 15 %, mais ne lui dis jamais."},
		{"en", "You may go as low as 40, without letting them know there is a limit."},
		// deals that may come, and who hears of them later
		{"fr", "Si l'achat de Moreau Outillage aboutit, nous aurons aussi leurs deux ateliers."},
		{"fr", "Dès que l'affaire VEGA se signe, nous récupérerons leurs équipes."},
		{"en", "If the Bramley deal comes off, we will take over both workshops."},
		{"fr", "La marine nous a choisis pour les neuf coques, la Bourse l'apprendra le 21 janvier."},
		{"fr", "Le nouveau contrat est énorme ; les marchés ne le savent pas encore."},
		{"en", "The order is ours, and the market will be told in March."},
		{"en", "Shareholders won't know until the tenth, but the factory is ours."},
		// contracts
		{"fr", "Nous nous sommes engagés à ne rien acheter chez personne d'autre jusqu'en 2030."},
		{"en", "We have promised to buy from nobody else until 2030."},
		{"en", "Our contract bars us from selling the resin to anyone else."},
		{"fr", "Aux termes de notre accord avec la tannerie, nous ne vendons nos peaux à personne d'autre."},
		{"fr", "Le contrat signé avec le traiteur stipule que « le prestataire percevra 14 € par couvert »."},
		{"en", "Our contract with the beekeeper states that \"the keeper shall receive £140 a visit\"."},
		{"fr", "Les douanes craignent que l'appareil serve à des missiles, il reste bloqué au dépôt."},
		// what became of somebody
		{"fr", "Avec Kevin, le dernier apprenti, on a arrêté après un mois : il n'avait pas le niveau."},
		{"fr", "Nous n'avons pas gardé Sonia, trop lente à l'établi."},
		{"en", "We let Darren go after a month because he couldn't keep up."},
		{"fr", "Malika Benali n'a pas été retenue, parce qu'elle attendait un enfant."},
		{"en", "Priya Nair was turned down because she was pregnant."},
		{"fr", "C'est Nadia Ferrand qui a signalé les faux relevés de température."},
		{"en", "It was Colin Webb who blew the whistle on the fake readings."},
		{"en", "Ask Fatima, who as a practising Muslim knows what is in the glue."},
		{"fr", "Demandez à Samir, musulman pratiquant, il connaît la composition de la colle."},
		{"en", "Barry Holt learned to sharpen in prison, and it shows."},
		{"fr", "Gérard Plantin a appris son métier en prison, et il le raconte."},
		{"fr", "C'est sur cette scie que Bruno Masson a laissé deux doigts l'hiver dernier."},
		{"en", "This is the saw on which Mick Tarrant lost a finger last winter."},
		// money, ways in and dangers
		{"fr", "Le soir, la recette de la journée dort dans le tiroir du bas, sous les chiffons."},
		{"fr", "Le lundi, Mme Roux part seule à pied porter la caisse à la banque."},
		{"en", "The week's takings stay in the bottom drawer until Friday."},
		{"en", "On Mondays Carol walks to the bank alone with the cash."},
		{"fr", "Derrière l'abri, le grillage est troué et personne ne le voit de la loge."},
		{"en", "There is a hole in the fence behind the shed, and nobody sees you."},
		{"fr", "Nous stockons 400 litres d'acide, bien au-dessus de la quantité autorisée."},
		{"en", "We keep 400 litres of acid, more than our permit allows."},
		{"fr", "Le manche se fend au gel et on se demande s'il faut rappeler la série."},
		{"en", "The handle cracks in frost, and whether to call them back is for the board on Monday."},
		// people in pictures
		{"fr", "Sur les images de la caméra du quai, on reconnaît bien le chauffeur."},
		{"en", "In the clip from the yard camera you can see the driver's face."},
		{"en", "Photos are on the drive, and some of you look drunk in them."},
		{"fr", "Les photos sont sur le disque, plusieurs d'entre vous y sont bien éméchés."},
		{"fr", "La vidéo montre de près les enfants hospitalisés avec leur marteau de bois."},
		{"fr", "Photo ci-contre : Louane et Mathis, en CM1, avec leur premier marteau."},
		{"en", "Pictured left: Evie and Jack from the nursery with their first hammer."},
		// of all kinds
		{"fr", "La chaîne de la biscuiterie Lorgeril tourne depuis mars avec notre nouveau capteur."},
		{"fr", "Notre équipe a passé trois nuits à la clinique Saint-Roch pour changer les filtres."},
		{"fr", "Les Moulins Gratien viennent de nous commander une troisième ligne."},
		{"fr", "« Je l'ai offert à mes trois filles », nous confie Odile Garnier, de Vesoul."},
		{"fr", "Le responsable de chez Verdalys nous en veut encore pour la panne d'août."},
		{"fr", "Un grand laboratoire en utilise, mais il ne veut pas que ça se sache."},
		{"fr", "Sur cent euros de manches, il nous en reste trente-huit."},
		{"fr", "En dessous de 90 € on dit non, mais l'acheteur ne doit pas le deviner."},
		{"fr", "Si nous reprenons bien les Ateliers Sorel au printemps, leurs deux tours viendront ici."},
		{"fr", "Nous avons gagné le marché des tramways, les actionnaires l'apprendront en février."},
		{"fr", "L'accord avec la scierie nous oblige à lui acheter tout notre bois jusqu'en 2029."},
		{"fr", "Théo, l'alternant, n'est pas allé au bout : il manquait de rigueur et on s'est séparés en mars."},
		{"fr", "On a écarté Mme Traoré à cause de son accent."},
		{"fr", "Sans Lucie Bréhat, personne n'aurait su que les analyses étaient truquées."},
		{"fr", "Rachid ne déjeune pas en ce moment, il fait le ramadan."},
		{"fr", "Le coffre est vide, l'argent de la caisse est dans la boîte à gants du camion."},
		{"fr", "Le veilleur ne passe plus après deux heures, profitez-en pour ranger."},
		{"fr", "Nous avons deux fois plus de solvant que ce que la préfecture autorise."},
		{"fr", "Le lot de mars a raté l'essai de chute et il est déjà chez les clients."},
		{"fr", "La caméra du parking a filmé le voisin en train de fouiller nos bennes."},
		{"fr", "Sur la photo du bas, Inès et Noé, élèves de CE2, tiennent la lime."},
		{"en", "Hollin Dairies had us back twice to fix the same pump."},
		{"en", "The chef at the Corvedale Hotel swears by it, and lets us come and watch."},
		{"en", "\"My husband has two,\" says Joan Firth, a customer from Otley."},
		{"en", "A well-known airline flies with forty of them but has asked us to keep quiet."},
		{"en", "These numbers are straight from Wetherley Foods' sales ledger."},
		{"en", "For every ten pounds a customer pays, we keep four."},
		{"en", "Start at 60, settle for 48 if you must, and never let the buyer see the sheet."},
		{"en", "Once the Hartley purchase is signed we shall have their lathe as well."},
		{"en", "We won the tram order, which the City will hear about in February."},
		{"en", "Under our agreement with the sawmill we cannot buy a plank from anyone else."},
		{"en", "They did not hire Mrs Adeyemi because of her accent."},
		{"en", "Without Lucy Brent nobody would have known that the tests were faked."},
		{"en", "The cash box is under the passenger seat of the van at night."},
		{"en", "The guard never comes round after two."},
		{"en", "We hold twice as much solvent as the licence lets us."},
		{"en", "The March batch failed its drop test and is with customers already."},
		{"en", "The car park camera filmed our neighbour going through the bins."},
		{"en", "In the bottom photo Ella and Noah, from Year 3, hold the file."},
	} {
		if v := toldAmong(c.lang, c.sentence); v.Outcome != NeedsApproval && v.Outcome != Never {
			t.Errorf("free: %s", c.sentence)
		}
	}
	for _, c := range []struct {
		lang, sentence string
	}{
		{"fr", "La scie vient de la société Peugeot Frères, qui en fabrique depuis 1810."},
		{"fr", "Nous avons acheté ces limes chez Vallorbe, le prix est au catalogue."},
		{"fr", "Nous avons visité le musée de l'outil à Troyes et la fonderie Cornille à Villedieu."},
		{"fr", "La fonderie Darbois nous fournit les mors de nos étaux."},
		{"fr", "Selon l'INRS, un ouvrier sur douze se sert chaque jour d'un marteau."},
		{"fr", "L'étude de cas Laiterie Montjoly est en ligne sur notre site."},
		{"fr", "Au stade Marcel-Picot, l'équipe a remplacé trois joueurs à la mi-temps."},
		{"fr", "« Un outil propre coupe mieux », disait mon grand-père Marcel, menuisier à Dole."},
		{"fr", "« Bien affûter, c'est bien dormir », rappelle Paul, qui dirige notre atelier."},
		{"fr", "Les magasins ouvrent à 9 h et ferment à 19 h, le jeudi à 20 h."},
		{"fr", "Le magasin Castorama d'à côté vend des manches à 7,90 €."},
		{"fr", "En France, les ventes d'outils à main ont progressé de 4 % en 2024, selon l'Insee."},
		{"fr", "Les réponses au sondage restent anonymes."},
		{"fr", "Un mécène qui souhaite rester anonyme a offert l'établi à l'école."},
		{"fr", "Si le contrat se signe devant notaire, l'acheteur reçoit une copie."},
		{"fr", "La Bourse de Paris a fermé en hausse, portée par les valeurs industrielles."},
		{"fr", "On dort bien après une journée d'établi."},
		{"fr", "La caisse à outils reste dans la remorque."},
		{"fr", "Le chien dort dans l'atelier, sous l'établi."},
		{"fr", "Déposez vos espèces à la banque avant midi pour qu'elles soient créditées le jour même."},
		{"fr", "On reconnaît un bon ciseau à son tranchant."},
		{"fr", "Sur la photo, on reconnaît le pont de Millau."},
		{"fr", "L'entretien porte sur le métier, jamais sur l'âge."},
		{"fr", "Si un lot se fend, on se demande d'abord d'où vient le bois."},
		{"fr", "Un produit rappelé est signalé sur le site Rappel Conso."},
		{"fr", "Ce marteau de bois convient aux enfants à partir de 6 ans."},
		{"fr", "L'article 5 du règlement intérieur prévoit que chacun range son poste."},
		{"fr", "Le manche coûte 12 €, la lame 14 €."},
		{"fr", "Les chiffres viennent du rapport annuel de l'INRS."},
		{"fr", "La scierie Tournelac travaille le chêne depuis trois siècles."},
		{"fr", "Le menuisier Jean Morel, de Dole, a écrit un livre sur le rabot."},
		{"fr", "L'entreprise ne veut pas que l'on coure dans les ateliers."},
		{"en", "These figures are taken from the annual report of the HSE."},
		{"en", "Coldharbour Mills still runs on water."},
		{"en", "The saw is made by Flinn Brothers of Sheffield, who have made them since 1870."},
		{"en", "We bought the files from Vallorbe; the price is in their catalogue."},
		{"en", "We visited the tool museum at Wells and the Coldharbour Mills."},
		{"en", "Thomas Foundry casts the jaws of our vices."},
		{"en", "The Health and Safety Executive counts one accident in twelve with hand tools."},
		{"en", "At Villa Park the team replaced three players at half time."},
		{"en", "\"A clean tool cuts better,\" my grandfather Albert used to say."},
		{"en", "The shop opens at nine and closes at six, eight on Thursdays."},
		{"en", "Survey answers are anonymous and nobody is named."},
		{"en", "An anonymous donor gave the bench to the school."},
		{"en", "The London stock exchange closed higher on Tuesday."},
		{"en", "The cat sleeps in the toolbox until noon."},
		{"en", "Pay your cash in at the bank before noon and it is credited the same day."},
		{"en", "You can see the grain in the picture."},
		{"en", "A thermal camera shows where the cold gets in."},
		{"en", "Nobody should be turned down for a post because of age."},
		{"en", "Recalled products are listed on the government website."},
		{"en", "Pictured left: Karen and Luke, sharpeners for fifteen years."},
		{"en", "This wooden hammer suits children of six and over."},
		{"en", "Retail sales of hand tools rose by 4 per cent in 2024, the ONS said."},
		{"en", "Trade customers get ten per cent off any three."},
		{"en", "If you cannot keep up, slow down; nobody is timing you."},
		// words of every day in the lists above
		{"fr", "Les clients ne doivent jamais voir une assiette sale."},
		{"fr", "Le public ne doit pas tomber sur une porte fermée."},
		{"en", "Customers should never see a dirty plate."},
		{"en", "Dealers must never find the door locked."},
		{"fr", "On gagne deux minutes par vente de ticket grâce à la nouvelle caisse."},
		{"fr", "On gagne trois places sur chaque commande de palettes."},
		{"en", "We make two cakes for every ten guests."},
		{"fr", "Ne jamais descendre jusqu'au fond sans le dire au moniteur : 20 mètres maximum."},
		{"fr", "Un trou dans la haie laisse passer les hérissons, personne ne les voit."},
		{"fr", "La recette du jour dort dans le four jusqu'à midi."},
		{"fr", "Les actionnaires de la coopérative sauront bientôt danser la bourrée."},
		{"en", "Shareholders will learn to dance at the party in March."},
		{"en", "We promised that nobody else would bake the cake."},
		{"fr", "Nous avons refait le parking à Lyon avec la société Eurovia."},
		{"en", "We resurfaced the car park with the help of Eurovia Roads."},
		{"en", "You can see the face of the owl in the nest camera, clear as day."},
	} {
		if v := toldAmong(c.lang, c.sentence); v.Outcome == NeedsApproval || v.Outcome == Never {
			t.Errorf("held %v: %s", askedBy(v), c.sentence)
		}
	}
}
