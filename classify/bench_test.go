package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// frenchPage is an ordinary page of about six hundred words, written for this benchmark.
func frenchPage() content.Item {
	paragraph := []string{
		"À l'atelier de tôlerie de Villeneuve, la journée commence par un tour des machines. Les régleurs vérifient la pression, la température et l'état des outils, puis notent leurs remarques sur le tableau de bord de l'îlot. Cette habitude, prise il y a trois ans, a réduit de 18 % les arrêts non prévus et a rendu les réunions plus courtes.",
		"« Nous avions des données partout et des décisions nulle part, il fallait simplifier », résume Élodie Marchand, responsable de production. Avec son équipe, elle a retenu cinq indicateurs, affichés en grand au bord de la ligne. Chacun peut proposer une amélioration ; une sur deux est essayée dans la semaine.",
		"L'entreprise emploie 240 personnes sur deux sites et livre des pièces à plus de 300 clients en Europe. Elle a investi 1,4 million d'euros dans une presse plieuse électrique, plus sobre et plus silencieuse. L'ancienne machine, hydraulique, consommait près de 35 MWh par an ; la nouvelle s'arrête d'elle-même entre deux séries.",
		"Pour former les opérateurs, l'école interne a ouvert un parcours de six semaines. On y apprend la lecture de plan, le réglage, le contrôle et la maintenance de premier niveau. Les tuteurs sont des anciens, volontaires, qui reçoivent eux-mêmes une formation. Depuis l'ouverture, 46 personnes ont suivi le parcours et 41 sont encore là.",
		"Le recyclage des chutes d'acier progresse également : 92 % des chutes repartent chez le fournisseur, triées par nuance. Les emballages perdus ont été remplacés par des caisses navettes, ce qui évite douze tonnes de carton par an. Le prochain chantier concerne l'eau de la cabine de peinture, aujourd'hui filtrée puis rejetée.",
	}
	text := strings.Join(append(append([]string{}, paragraph...), paragraph[:4]...), "\n\n")
	return content.Item{
		Address: "https://www.tolerie-exemple.fr/actualites/atelier-simplifier-les-indicateurs/", Title: "Dans l'atelier de tôlerie, cinq indicateurs suffisent", H1: "Dans l'atelier de tôlerie, cinq indicateurs suffisent",
		Description: "Comment l'équipe de Villeneuve a réduit les arrêts non prévus en affichant moins de chiffres.", Language: "fr", Text: text,
		Rest:       "Accueil Produits Métiers Recrutement Contact Mentions légales Politique de confidentialité Suivez-nous sur LinkedIn 03 20 00 00 00 contact@tolerie-exemple.fr",
		Headings:   []content.Heading{{Level: 2, Text: "Moins de données, plus de décisions"}, {Level: 2, Text: "Une école dans l'usine"}, {Level: 2, Text: "Le recyclage des chutes"}},
		Breadcrumb: []string{"Accueil", "Actualités"}, Author: "Service communication",
		Images:    []content.Image{{Address: "https://www.tolerie-exemple.fr/img/atelier.jpg", Alt: "L'îlot de pliage vu de la passerelle", Width: 1600, Height: 900, Role: "og"}},
		Published: content.Date{Time: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Source: "json-ld", Confidence: content.High},
		Access:    content.Access{Visibility: content.Public}, MIME: "text/html", Shape: content.Shape{Words: 600, Paragraphs: 9},
		OpenGraph: content.OpenGraph{Title: "Dans l'atelier", Image: "https://www.tolerie-exemple.fr/img/atelier.jpg", Type: "article"},
	}
}

// longPage says four times as much: about 2,400 words.
func longPage() content.Item {
	item := frenchPage()
	item.Text = strings.Join([]string{item.Text, item.Text, item.Text, item.Text}, "\n\n")
	item.Shape.Words, item.Shape.Paragraphs = 4*item.Shape.Words, 4*item.Shape.Paragraphs
	return item
}

// BenchmarkJudge judges one page per operation. BenchmarkPages of cmd/filon does so with the pages of the corpora.
func BenchmarkJudge(b *testing.B) {
	for name, item := range map[string]content.Item{"ordinary": frenchPage(), "long": longPage()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Judge(item, Policy{Company: []string{"Tôlerie Exemple"}}, judged)
			}
		})
	}
}

func BenchmarkMask(b *testing.B) {
	s := "Appelez Jean Dupont au 06 12 34 56 78 ou écrivez à jean.dupont@exemple-industrie.fr avant vendredi, au sujet de la nouvelle presse plieuse."
	b.ReportAllocs()
	for b.Loop() {
		Mask(s)
	}
}

func BenchmarkRedactClean(b *testing.B) {
	item := frenchPage()
	b.ReportAllocs()
	for b.Loop() {
		Redact(item)
	}
}

// BenchmarkJudgeIntranet judges the page as one of an intranet, which is read for more.
func BenchmarkJudgeIntranet(b *testing.B) {
	item := frenchPage()
	item.Access.Visibility = content.Intranet
	b.ReportAllocs()
	for b.Loop() {
		Judge(item, Policy{Company: []string{"Tôlerie Exemple"}}, judged)
	}
}
