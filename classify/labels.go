package classify

import (
	"maps"
	"slices"
	"strings"
)

// The words that people read for the ids of a verdict. Every function gives the id itself when it
// knows no label, so that a column is never empty by surprise.

// TypeLabel names a content type in "fr" or "en".
func TypeLabel(id, lang string) string {
	if id == Other {
		return otherType.Label.In(lang)
	}
	if i, ok := typeIndex[id]; ok {
		return types[i].Label.In(lang)
	}
	return id
}

// OutcomeLabel names a verdict.
func OutcomeLabel(o Outcome, lang string) string { return label(outcomeLabels, string(o), lang) }

// KindLabel names the kind of never or not proposed.
func KindLabel(k Kind, lang string) string { return label(kindLabels, string(k), lang) }

// SeverityLabel names the weight of a reason.
func SeverityLabel(s Severity, lang string) string { return label(severityLabels, string(s), lang) }

// FormatLabel names a media format.
func FormatLabel(id, lang string) string { return label(formatLabels, id, lang) }

// Formats lists the media formats, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formatLabels)) }

// NetworkLabel names a network; it is the same in every language.
func NetworkLabel(id string) string { return label(networkLabels, id, "en") }

// ApproverLabel names the role that must say yes.
func ApproverLabel(id, lang string) string { return label(approverLabels, id, lang) }

// PostLabel names the form of a post.
func PostLabel(id, lang string) string { return label(postLabels, id, lang) }

// EffortLabel names the effort that is left.
func EffortLabel(id, lang string) string { return label(effortLabels, id, lang) }

// EvergreenLabel names how a content lasts.
func EvergreenLabel(id, lang string) string { return label(evergreenLabels, id, lang) }

// RightsLabel names the state of rights in the best image.
func RightsLabel(id, lang string) string { return label(rightsLabels, id, lang) }

// AudienceLabel names whom an item speaks to.
func AudienceLabel(id, lang string) string { return label(audienceLabels, id, lang) }

func label(of map[string]Text, id, lang string) string {
	if t, ok := of[id]; ok {
		return t.In(lang)
	}
	return id
}

var outcomeLabels = map[string]Text{
	string(Publishable):   {"Publiable", "Publishable"},
	string(NeedsEdit):     {"À retoucher", "Needs edit"},
	string(NeedsApproval): {"À valider", "Needs approval"},
	string(Never):         {"Jamais", "Never"},
	string(NotProposed):   {"Non proposé", "Not proposed"},
	string(Unreadable):    {"Illisible", "Unreadable"},
}

var kindLabels = map[string]Text{
	string(Secret): {"secret", "secret"}, string(Unlawful): {"illicite", "unlawful"}, string(Embargo): {"sous embargo", "under embargo"},
	string(Expired): {"périmé", "expired"}, string(Trivial): {"sans intérêt public", "trivial"},
}

var severityLabels = map[string]Text{
	string(Block): {"bloquant", "block"}, string(Review): {"à valider", "review"}, string(Note): {"à corriger", "note"}, string(Good): {"favorable", "good"},
}

var formatLabels = map[string]Text{
	"html_article": {"Article web", "Web article"}, "html_landing": {"Page web", "Web page"}, "pdf_document": {"PDF", "PDF"}, "pdf_scan": {"PDF numérisé", "Scanned PDF"},
	"slides": {"Diaporama", "Slides"}, "office_text": {"Document texte", "Text document"}, "spreadsheet": {"Tableur", "Spreadsheet"}, "image_photo": {"Photo", "Photo"},
	"image_infographic": {"Infographie", "Infographic"}, "image_logo_icon": {"Logo, icône", "Logo, icon"}, "photo_album": {"Album photo", "Photo album"},
	"video_file": {"Fichier vidéo", "Video file"}, "video_embed": {"Vidéo intégrée", "Embedded video"}, "audio": {"Audio", "Audio"},
	"email_newsletter": {"E-mail, newsletter", "E-mail newsletter"}, "form": {"Formulaire", "Form"}, "listing": {"Liste", "Listing"},
}

var networkLabels = map[string]Text{
	"linkedin": {"LinkedIn", "LinkedIn"}, "x": {"X", "X"}, "facebook": {"Facebook", "Facebook"}, "instagram": {"Instagram", "Instagram"}, "youtube": {"YouTube", "YouTube"},
	"tiktok": {"TikTok", "TikTok"}, "threads": {"Threads", "Threads"}, "bluesky": {"Bluesky", "Bluesky"}, "mastodon": {"Mastodon", "Mastodon"}, "pinterest": {"Pinterest", "Pinterest"},
}

var approverLabels = map[string]Text{
	"person": {"Personne concernée", "Person concerned"}, "hr": {"Ressources humaines", "Human resources"}, "legal": {"Juridique", "Legal"}, "dpo": {"DPO", "Data protection officer"},
	"finance": {"Direction financière", "Finance"}, "security": {"Sécurité", "Security"}, "it": {"Informatique", "IT"}, "sales": {"Commercial", "Sales"}, "customer": {"Client", "Customer"},
	"rd": {"R&D, propriété industrielle", "R&D, intellectual property"}, "hse": {"Sécurité au travail (HSE)", "Health and safety"}, "csr": {"RSE", "CSR"}, "comms": {"Communication", "Communications"},
	"owner": {"Propriétaire du contenu", "Content owner"}, "photographer": {"Photographe, ayant droit", "Photographer, rights holder"}, "compliance": {"Conformité", "Compliance"},
	"management": {"Direction", "Management"}, "parents": {"Parents", "Parents"}, "partner": {"Partenaire", "Partner"},
}

var postLabels = map[string]Text{
	"link": {"Lien", "Link"}, "image": {"Image", "Image"}, "document": {"Document (carrousel)", "Document (carousel)"}, "video": {"Vidéo", "Video"},
	"text": {"Texte", "Text"}, "album": {"Album", "Album"}, "series": {"Série", "Series"},
}

var effortLabels = map[string]Text{"none": {"aucun", "none"}, "light": {"léger", "light"}, "medium": {"moyen", "medium"}, "heavy": {"lourd", "heavy"}}

var evergreenLabels = map[string]Text{"evergreen": {"durable", "evergreen"}, "current": {"actuel", "current"}, "dated": {"daté", "dated"}}

var rightsLabels = map[string]Text{"own": {"à nous", "own"}, "third_party": {"tiers", "third party"}, "stock": {"banque d'images", "stock"}, "cc": {"Creative Commons", "Creative Commons"}, "unknown": {"inconnus", "unknown"}}

var audienceLabels = map[string]Text{"client": {"clients", "customers"}, "candidat": {"candidats", "candidates"}, "partenaire": {"partenaires", "partners"}, "interne": {"interne", "staff"}, "presse": {"presse", "press"}}

func fields(s string) []string { return strings.Fields(s) }
