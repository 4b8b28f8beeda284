package export

// Label gives an id of a column, such as needs_edit, in words for people; an id without a label stays as
// it is.
func Label(column, id, lang string) string {
	if column == "human_verdict" {
		column = "verdict"
	}
	l, ok := labelled[column][id]
	switch {
	case !ok:
		return id
	case lang == "fr":
		return l[0]
	}
	return l[1]
}

func labels(column string, ids []string, lang string) []string {
	if column == "content_type_secondary" {
		column = "content_type"
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = Label(column, id, lang)
	}
	return out
}

// labelled has the French and the English words of ids.
var labelled = map[string]map[string][2]string{
	"verdict": {
		"publishable":    {"Publiable", "Publishable"},
		"needs_edit":     {"À retoucher", "Needs editing"},
		"needs_approval": {"À faire valider", "Needs approval"},
		"never":          {"Jardin secret", "Never"},
		"not_proposed":   {"Non proposé", "Not proposed"},
		"unreadable":     {"Illisible", "Unreadable"},
	},
	"visibility": {
		"public": {"Public", "Public"}, "intranet": {"Intranet", "Intranet"},
		"restricted": {"Restreint", "Restricted"}, "file_share": {"Partage de fichiers", "File share"},
	},
	"effort":      {"none": {"Aucun", "None"}, "light": {"Léger", "Light"}, "medium": {"Moyen", "Medium"}, "heavy": {"Lourd", "Heavy"}},
	"evergreen":   {"evergreen": {"Pérenne", "Evergreen"}, "current": {"D’actualité", "Current"}, "dated": {"Daté", "Dated"}},
	"disposition": {"keep": {"Garder", "Keep"}, "update": {"Mettre à jour", "Update"}, "merge": {"Fusionner", "Merge"}, "archive": {"Archiver", "Archive"}},
	"content_type": {
		"case_study":           {"Étude de cas", "Case study"},
		"testimonial":          {"Témoignage", "Testimonial"},
		"event_upcoming":       {"Événement à venir", "Upcoming event"},
		"event_recap":          {"Retour d’événement", "Event recap"},
		"job_offer":            {"Offre d’emploi", "Job offer"},
		"employer_brand":       {"Marque employeur", "Employer brand"},
		"people_portrait":      {"Portrait / métier", "Portrait"},
		"behind_scenes":        {"Coulisses", "Behind the scenes"},
		"how_to":               {"Tutoriel / conseils", "How-to"},
		"explainer":            {"Décryptage / glossaire", "Explainer"},
		"faq":                  {"FAQ", "FAQ"},
		"expert_article":       {"Article d’expert", "Expert article"},
		"white_paper":          {"Livre blanc / étude", "White paper"},
		"key_figures":          {"Chiffres clés", "Key figures"},
		"product_launch":       {"Nouveauté / lancement", "Product launch"},
		"product_page":         {"Fiche produit / service", "Product page"},
		"csr_commitment":       {"RSE / engagement", "CSR commitment"},
		"sponsorship_local":    {"Mécénat / vie locale", "Sponsorship"},
		"award_cert":           {"Prix / certification", "Award or certification"},
		"partnership":          {"Partenariat", "Partnership"},
		"research":             {"R&D / innovation", "Research"},
		"safety":               {"Sécurité / prévention", "Safety"},
		"training":             {"Formation", "Training"},
		"site_news":            {"Sites, travaux, investissements", "Site news"},
		"appointment":          {"Nomination", "Appointment"},
		"leader_word":          {"Parole de dirigeant", "Word of a leader"},
		"history":              {"Histoire / anniversaire", "History"},
		"press_release":        {"Communiqué de presse", "Press release"},
		"press_coverage":       {"Retombée presse", "Press coverage"},
		"webinar_podcast":      {"Replay / podcast", "Webinar or podcast"},
		"internal_life":        {"Vie interne", "Internal life"},
		"internal_newsletter":  {"Journal interne", "Internal newsletter"},
		"observance":           {"Journée / marronnier", "Observance"},
		"financial_news":       {"Résultats / finance", "Financial news"},
		"legal_page":           {"Page légale", "Legal page"},
		"listing_page":         {"Page de liste", "Listing page"},
		"system_page":          {"Page technique", "System page"},
		"hr_procedure":         {"Procédure RH", "HR procedure"},
		"minutes":              {"Compte rendu", "Minutes"},
		"contract_finance_doc": {"Contrat / document financier", "Contract or finance document"},
		"directory_orgchart":   {"Annuaire / organigramme", "Directory or org chart"},
		"it_doc":               {"Document informatique", "IT document"},
		"personal_hr_doc":      {"Document RH personnel", "Personal HR document"},
		"service_info":         {"Info pratique", "Service information"},
		"other":                {"Autre", "Other"},
	},
	"media_format": {
		"html_article": {"Article web", "Web article"}, "html_landing": {"Page web", "Web page"}, "pdf_document": {"PDF", "PDF"}, "pdf_scan": {"PDF numérisé", "Scanned PDF"},
		"slides": {"Présentation", "Slides"}, "office_text": {"Document texte", "Text document"}, "spreadsheet": {"Tableur", "Spreadsheet"},
		"image_photo": {"Photo", "Photo"}, "image_infographic": {"Infographie", "Infographic"}, "image_logo_icon": {"Logo / icône", "Logo or icon"},
		"photo_album": {"Album photo", "Photo album"}, "video_file": {"Vidéo", "Video"}, "video_embed": {"Vidéo intégrée", "Embedded video"}, "audio": {"Audio", "Audio"},
		"email_newsletter": {"Newsletter", "Newsletter"}, "form": {"Formulaire", "Form"}, "listing": {"Liste", "Listing"},
	},
}
