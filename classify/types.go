package classify

import "slices"

// Type is one content type of the taxonomy: what a piece was made to do, not the file it is in.
type Type struct {
	ID       string
	Label    Text
	Negative bool     // inventoried, never proposed
	Life     Life     // how it ages
	HalfLife int      // days after which its freshness has halved; 0: it does not age by days
	Networks []string // where it belongs, the natural home first
	Post     string   // the post it makes best: link, image, document, video, text, album, series
	Floor    Severity // what the type asks for by itself; "" when nothing
}

// Life is how a content ages.
type Life string

// The four ways to age.
const (
	Evergreen  Life = "evergreen"  // with a review now and then
	Slow       Life = "slow"       //
	Perishable Life = "perishable" //
	Dated      Life = "dated"      // dies on a date
)

// Other is the type of what no cue names clearly.
const Other = "other"

// Types lists the publishable types, then the negative ones. The slice is a copy.
func Types() []Type { return slices.Clone(types) }

var types = []Type{
	{"case_study", Text{"Étude de cas", "Case study"}, false, Slow, 540, nets("linkedin x facebook youtube"), "document", ""},
	{"testimonial", Text{"Témoignage", "Testimonial"}, false, Slow, 540, nets("linkedin instagram facebook tiktok"), "image", ""},
	{"event_upcoming", Text{"Événement à venir", "Upcoming event"}, false, Dated, 0, nets("linkedin facebook x instagram"), "link", ""},
	{"event_recap", Text{"Retour d'événement", "Event recap"}, false, Perishable, 60, nets("linkedin instagram facebook"), "album", ""},
	{"job_offer", Text{"Offre d'emploi", "Job offer"}, false, Dated, 45, nets("linkedin facebook instagram x"), "link", ""},
	{"employer_brand", Text{"Marque employeur", "Employer brand"}, false, Evergreen, 365, nets("linkedin instagram tiktok facebook"), "document", ""},
	{"people_portrait", Text{"Portrait, métier", "People portrait"}, false, Slow, 365, nets("linkedin instagram tiktok"), "image", ""},
	{"behind_scenes", Text{"Coulisses", "Behind the scenes"}, false, Evergreen, 730, nets("instagram tiktok youtube linkedin"), "album", ""},
	{"how_to", Text{"Tutoriel, conseils", "How-to, tips"}, false, Evergreen, 730, nets("linkedin youtube pinterest instagram tiktok"), "document", ""},
	{"explainer", Text{"Décryptage, glossaire", "Explainer, glossary"}, false, Evergreen, 540, nets("linkedin x threads bluesky"), "document", ""},
	{"faq", Text{"FAQ", "FAQ"}, false, Evergreen, 365, nets("linkedin instagram facebook x"), "series", ""},
	{"expert_article", Text{"Article d'expert, tribune", "Expert article, opinion"}, false, Slow, 365, nets("linkedin x bluesky mastodon"), "link", ""},
	{"white_paper", Text{"Livre blanc, étude", "White paper, study"}, false, Slow, 365, nets("linkedin x bluesky"), "document", ""},
	{"key_figures", Text{"Chiffres clés, infographie", "Key figures, infographic"}, false, Slow, 365, nets("linkedin pinterest x instagram"), "image", ""},
	{"product_launch", Text{"Nouveauté, lancement", "Product launch"}, false, Perishable, 90, nets("linkedin instagram facebook x youtube"), "link", ""},
	{"product_page", Text{"Fiche produit ou service", "Product or service page"}, false, Evergreen, 365, nets("linkedin facebook instagram pinterest"), "link", ""},
	{"csr_commitment", Text{"RSE, engagement", "CSR commitment"}, false, Slow, 365, nets("linkedin instagram facebook"), "image", ""},
	{"sponsorship_local", Text{"Mécénat, vie locale", "Sponsorship, local life"}, false, Perishable, 120, nets("facebook instagram linkedin"), "image", ""},
	{"award_cert", Text{"Prix, certification", "Award, certification"}, false, Perishable, 180, nets("linkedin x facebook"), "image", ""},
	{"partnership", Text{"Partenariat", "Partnership"}, false, Perishable, 180, nets("linkedin x"), "link", ""},
	{"research", Text{"R&D, innovation", "Research, innovation"}, false, Slow, 540, nets("linkedin bluesky mastodon youtube"), "link", ""},
	{"safety", Text{"Sécurité, prévention", "Safety"}, false, Evergreen, 540, nets("linkedin youtube instagram"), "series", ""},
	{"training", Text{"Formation", "Training"}, false, Slow, 365, nets("linkedin youtube"), "link", ""},
	{"site_news", Text{"Sites, travaux, investissements", "Sites, works, investments"}, false, Perishable, 120, nets("linkedin facebook"), "album", ""},
	{"appointment", Text{"Nomination", "Appointment"}, false, Perishable, 60, nets("linkedin x"), "image", ""},
	{"leader_word", Text{"Parole de dirigeant, vœux", "Leader's word"}, false, Perishable, 180, nets("linkedin"), "text", ""},
	{"history", Text{"Histoire, anniversaire", "History, anniversary"}, false, Evergreen, 1825, nets("linkedin instagram facebook"), "series", ""},
	{"press_release", Text{"Communiqué de presse", "Press release"}, false, Perishable, 90, nets("linkedin x"), "link", ""},
	{"press_coverage", Text{"Retombée presse", "Press coverage"}, false, Perishable, 60, nets("linkedin x facebook"), "link", ""},
	{"webinar_podcast", Text{"Replay, podcast", "Webinar, podcast"}, false, Slow, 365, nets("youtube linkedin x"), "video", ""},
	{"internal_life", Text{"Vie interne", "Internal life"}, false, Perishable, 45, nets("instagram linkedin facebook"), "album", ""},
	{"internal_newsletter", Text{"Newsletter, journal interne", "Newsletter, staff magazine"}, false, Perishable, 90, nil, "series", ""},
	{"observance", Text{"Journée, marronnier", "Observance"}, false, Dated, 365, nets("instagram facebook"), "image", ""},
	{"financial_news", Text{"Résultats, finance", "Financial news"}, false, Perishable, 30, nets("linkedin x"), "link", ""},

	{"legal_page", Text{"Page légale", "Legal page"}, true, Evergreen, 0, nil, "", ""},
	{"listing_page", Text{"Page de liste", "Listing page"}, true, Evergreen, 0, nil, "", ""},
	{"system_page", Text{"Page technique", "System page"}, true, Evergreen, 0, nil, "", ""},
	{"hr_procedure", Text{"Procédure RH", "HR procedure"}, true, Slow, 365, nil, "", ""},
	{"minutes", Text{"Compte rendu de réunion", "Minutes"}, true, Perishable, 365, nil, "", ""},
	{"contract_finance_doc", Text{"Contrat, prix, budget", "Contract, prices, budget"}, true, Perishable, 365, nil, "", ""},
	{"directory_orgchart", Text{"Annuaire, organigramme", "Directory, organisation chart"}, true, Perishable, 365, nil, "", ""},
	{"it_doc", Text{"Documentation informatique", "IT documentation"}, true, Slow, 365, nil, "", ""},
	{"personal_hr_doc", Text{"Dossier individuel, paie", "Personal HR document, payroll"}, true, Slow, 365, nil, "", ""},
	{"service_info", Text{"Info pratique", "Service notice"}, true, Dated, 7, nil, "", ""},
}

func nets(s string) []string { return fields(s) }

// typeOf finds a type by its ID; the zero Type stands for Other.
func typeOf(id string) *Type {
	if i, ok := typeIndex[id]; ok {
		return &types[i]
	}
	return &otherType
}

var otherType = Type{ID: Other, Label: Text{"Autre", "Other"}, Life: Slow, HalfLife: 365, Networks: nets("linkedin facebook"), Post: "link"}

var typeIndex = func() map[string]int {
	m := make(map[string]int, len(types))
	for i, t := range types {
		m[t.ID] = i
	}
	return m
}()

// schemaTypes says which schema.org types name a content type, and how surely (of 5).
var schemaTypes = map[string]struct {
	id     string
	points int
}{
	"JobPosting": {"job_offer", 5}, "Event": {"event_upcoming", 5}, "BusinessEvent": {"event_upcoming", 5}, "ExhibitionEvent": {"event_upcoming", 5},
	"EducationEvent": {"event_upcoming", 5}, "FAQPage": {"faq", 5}, "QAPage": {"faq", 5}, "HowTo": {"how_to", 5}, "TechArticle": {"how_to", 2},
	"Product": {"product_page", 5}, "Service": {"product_page", 3}, "SoftwareApplication": {"product_page", 3}, "ProfilePage": {"people_portrait", 4},
	"DefinedTerm": {"explainer", 5}, "OpinionNewsArticle": {"expert_article", 5}, "BlogPosting": {"expert_article", 2}, "Report": {"white_paper", 4},
	"ScholarlyArticle": {"research", 4}, "Review": {"testimonial", 4}, "Quotation": {"testimonial", 2}, "Course": {"training", 5}, "LearningResource": {"training", 3},
	"PodcastEpisode": {"webinar_podcast", 5}, "AudioObject": {"webinar_podcast", 3}, "VideoObject": {"webinar_podcast", 2}, "Certification": {"award_cert", 5},
	"AboutPage": {"history", 2}, "PublicationIssue": {"internal_newsletter", 4}, "Periodical": {"internal_newsletter", 3}, "ImageGallery": {"event_recap", 2},
	"CollectionPage": {"listing_page", 4}, "SearchResultsPage": {"listing_page", 5}, "CheckoutPage": {"system_page", 5},
}
