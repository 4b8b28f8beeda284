package classify

import (
	"regexp"
	"slices"
	"strings"

	"filon/classify/told"
)

// What a type asks for by itself (domain 1.2, floors; 1.3, negative types). It applies last and only
// makes a verdict stricter.

var typeRules = []Rule{
	{ID: "type/closed", Severity: Block, Kind: Secret, Approver: "owner", Basis: "secret des affaires ; RGPD art. 5", Source: "domain 1.3: negative types",
		Says: Text{"Document de travail interne par nature", "An internal working document by nature"}, find: findClosedType},
	{ID: "type/trivial", Severity: Block, Kind: Trivial, Source: "domain 1.3, 4.4: trivial",
		Says: Text{"Sans intérêt pour l'extérieur", "Of no interest outside"}, find: findTrivialType},
	{ID: "type/floor", Severity: Review, Source: "domain 1.2: floors",
		Says: Text{"Ce type de contenu demande un accord", "This type of content needs an agreement"}, find: findFloor},
	{ID: "type/floor-edit", Severity: Note, Source: "domain 1.2: floors",
		Says: Text{"Ce type de contenu demande une relecture", "This type of content needs a second look"}, find: findEditFloor},
}

var closedTypes = map[string]struct {
	approver string
	says     Text
}{
	"minutes":              {"management", Text{"Compte rendu de réunion : reste interne", "Minutes of a meeting: they stay inside"}},
	"contract_finance_doc": {"finance", Text{"Contrat, prix ou budget : reste interne", "A contract, prices or a budget: it stays inside"}},
	"personal_hr_doc":      {"hr", Text{"Dossier individuel ou paie : reste interne", "A personal file or payroll: it stays inside"}},
	"it_doc":               {"it", Text{"Documentation informatique : reste interne", "IT documentation: it stays inside"}},
	"directory_orgchart":   {"hr", Text{"Annuaire ou organigramme : reste interne", "A directory or an organisation chart: it stays inside"}},
	"hr_procedure":         {"hr", Text{"Règle ou procédure RH : reste interne", "An HR rule or procedure: it stays inside"}},
}

// findClosedType keeps inside documents inside. Where the company has published one, it is only
// nothing to propose.
func findClosedType(p *page) []finding {
	c, ok := closedTypes[p.sorted.id]
	if !ok {
		return nil
	}
	g := finding{field: -1, approver: c.approver, says: &c.says}
	switch lesson := p.lesson(); {
	case lesson && p.public:
		g.severity = Note
		g.says = &Text{"Ressemble à un document de référence ; son titre promet une leçon", "It looks like a reference document; its title promises a lesson"}
	case lesson:
		g.severity = Review
		g.says = &Text{"Leçon, ou document de travail interne ? Son titre promet une leçon, et le texte ne parle ni de nous ni d'un cas", "A lesson, or an internal working document? Its title promises a lesson, and the text speaks neither of us nor of a case"}
	case p.public:
		g.kind = Trivial
		g.says = &Text{"Document de référence : rien à proposer", "A reference document: nothing to propose"}
	}
	return []finding{g}
}

var (
	tutorialTitle = regexp.MustCompile(`^(?:tutoriel|tuto|lecon|cours|how to|tutorial|lesson)\b`)
	houseWords    = setOf("intranet extranet sharepoint drh rh hr dsi helpdesk hotline ticket tickets badge siege headquarters")
)

// lesson tells whether an item explains something that is not of this house: its title teaches, and its text gives no case, nobody,
// no number to call, and no word of us.
func (p *page) lesson() bool {
	if p.title < 0 || p.body < 0 || !p.explainer() && !p.teaches() && !tutorialTitle.MatchString(p.fields[p.title].low) {
		return false
	}
	if p.ofACase() || len(p.people) > 0 || p.phoneCount() > 0 || p.has(listExtension) || p.has(listInternal) {
		return false
	}
	text := p.fields[p.body].low
	ours := ourWords[p.tongue(cut(text, maxTongue))]
	for _, w := range splitWords(text) {
		if ours[w] && w != "on" || houseWords[w] {
			return false
		}
	}
	return true
}

// maxTongue is how many bytes of a text tell its language.
const maxTongue = 2000

// graver are the rules that no type outranks: what is said of a person, of a secret or of a way in is settled first, however little
// the rest of the item is worth.
func graver(rule string) bool {
	family, _, _ := strings.Cut(rule, "/")
	return family == "special" || family == "secret" || rule == "inside/person"
}

// settleFirst makes notes of the blocks that only say that there is nothing to propose, where a graver reason asks somebody.
func settleFirst(all []Reason) {
	grave := false
	for i := range all {
		r := &all[i]
		if r.Severity == Block && r.kind != Trivial && r.kind != Expired {
			return
		}
		grave = grave || r.Severity == Review && graver(r.Rule)
	}
	if !grave {
		return
	}
	for i := range all {
		if r := &all[i]; r.Severity == Block {
			r.Severity, r.Approver, r.kind = Note, "", ""
			r.Says = Text{r.Says.FR + ". Ce qui touche une personne ou un secret se règle d'abord", r.Says.EN + ". What touches a person or a secret is settled first"}
		}
	}
}

func findTrivialType(p *page) []finding {
	switch p.sorted.id {
	case "legal_page":
		if p.lesson() { // about the law, and none of this site's own
			return nil
		}
		return []finding{{field: -1}}
	case "service_info":
		if p.tellsHarm() {
			return []finding{{field: -1, severity: Note, says: &Text{"Information de service, qui dit plus que des horaires : ce qu'elle raconte se règle d'abord", "A service notice that says more than opening hours: what it tells is settled first"}}}
		}
		return []finding{{field: -1}}
	case "listing_page", "system_page":
		return []finding{{field: -1}}
	}
	if p.format == "form" || p.format == "listing" {
		return []finding{{field: -1}}
	}
	if p.leftOver() {
		return []finding{{field: -1, says: &Text{"Fichier d'un système, ou note sur le rangement du dossier", "A file of a system, or a note about the folder"}}}
	}
	return nil
}

// tellsHarm tells whether a sentence of what is not public speaks of harm or of a way in.
func (p *page) tellsHarm() bool {
	if p.public || p.settled {
		return false
	}
	return slices.ContainsFunc(p.sensed(), func(s sensed) bool {
		return slices.ContainsFunc(s.senses, func(n int) bool { return senses[n].rule == "inside/trouble" || senses[n].rule == "inside/security" })
	}) || slices.ContainsFunc(p.toldSentences(), func(s toldSentence) bool { return s.area == told.Trouble || s.area == told.Access })
}

// leftNames are the names of files, without what follows the last dot, that a system leaves in a folder or that speak of the
// folder; for the first any ending will do, the others are texts.
var (
	leftNames   = map[string]bool{"thumbs": true, "ehthumbs": true, "desktop": true}
	folderNotes = map[string]bool{"readme": true, "read me": true, "read_me": true, "read-me": true, "lisezmoi": true, "lisez-moi": true, "lisez_moi": true, "lisez moi": true, "a lire": true, "a_lire": true,
		"liesmich": true, "leeme": true, "leggimi": true}
	leftEndings = map[string]bool{".db": true, ".ini": true, ".tmp": true, ".lnk": true, ".swp": true}
	noteEndings = map[string]bool{".txt": true, ".md": true, ".rtf": true, ".doc": true, ".docx": true, ".odt": true, ".htm": true, ".html": true}
)

// mostNote is how many words a note about a folder has at most.
const mostNote = 300

// leftOver tells whether the item is a file that a system or a program has left, or a note on how a folder is used.
func (p *page) leftOver() bool {
	name := foldString(fileName(p.address))
	if name == "" {
		return false
	}
	end := strings.LastIndexByte(name, '.')
	if end < 0 {
		return false
	}
	stem, ending := name[:end], name[end:]
	switch {
	case leftEndings[ending] && (leftNames[stem] || ending == ".tmp" || ending == ".lnk" || ending == ".swp" || strings.HasPrefix(stem, "~$")):
		return true
	case noteEndings[ending]:
		return folderNotes[stem] && p.text.words <= mostNote
	}
	return false
}

// floors are the types that ask somebody while the item is not public: a customer, a person, R&D.
var floors = map[string]struct {
	approver string
	says     Text
	public   bool // asks also when public
}{
	"case_study":      {"customer", Text{"Étude de cas non publiée : accord du client", "A case study that is not public: ask the customer"}, false},
	"testimonial":     {"person", Text{"Témoignage : accord de la personne, mot pour mot", "A testimonial: ask the person, word for word"}, true},
	"people_portrait": {"person", Text{"Portrait : accord de la personne, et est-elle encore là ?", "A portrait: ask the person, who may have left"}, false},
	"research":        {"rd", Text{"Recherche : rien de non déposé ?", "Research: is everything filed?"}, false},
	"partnership":     {"partner", Text{"Partenariat : accord du partenaire", "A partnership: ask the partner"}, false},
	"appointment":     {"person", Text{"Nomination : accord de la personne", "An appointment: ask the person"}, false},
	"internal_life":   {"person", Text{"Vie interne : accord des personnes", "Life inside: ask the people"}, false},
	"financial_news":  {"finance", Text{"Finance : chiffres déjà publics ?", "Finance: are the figures public?"}, false},
}

// guessed is the confidence below which a type is a guess, which asks nobody for an agreement; faintly is that where a person's
// or a customer's is at stake.
const (
	guessed = .5
	faintly = .3
)

func findFloor(p *page) []finding {
	f, ok := floors[p.sorted.id]
	least := guessed
	if f.approver == "person" || f.approver == "customer" {
		least = faintly
	}
	if !ok || f.approver == "" || p.sorted.confidence < least {
		return nil
	}
	if p.public && !f.public {
		return nil
	}
	if p.ofThePast() || p.asksNobody(f.approver) {
		return nil
	}
	if (f.approver == "finance" || f.approver == "partner" || f.approver == "rd") && p.explainer() && !p.ofACase() {
		return nil // a word list of finance, advice to buyers
	}
	if f.approver == "person" && len(p.people) > 0 && !slices.ContainsFunc(p.people, func(q person) bool { return !p.longDead(q) }) {
		return nil
	}
	if q, ok := p.subject(); ok && f.approver == "person" && p.agreed(q) {
		return nil
	}
	if p.sorted.id == "financial_news" {
		if at, ok := p.alreadyPublic(-1, 0, 0); ok && (!p.policy.Listed || at.Official) {
			return nil
		}
	}
	if p.sorted.id == "case_study" && (p.customersPublic() || p.customerAllowed()) {
		return nil
	}
	if p.sorted.id == "testimonial" && p.public && !p.thirdPartyReview() {
		return nil
	}
	return []finding{{field: -1, approver: f.approver, says: &f.says}}
}

// asksNobody tells whether a type that asks a person or a customer was given to what names neither: a tale, advice, a feast for
// everybody; a case of which only the words in common speak and no name.
func (p *page) asksNobody(approver string) bool {
	if len(p.item.Images) > 0 || p.sorted.id == "testimonial" {
		return false
	}
	switch approver {
	case "person":
		return p.tale() && len(p.people) == 0 || p.namesNobody() && (p.openToAll() || p.instructs())
	case "customer":
		return !p.sorted.named && p.namesNobody() && !p.namesAFirm()
	}
	return false
}

// thirdPartyReview tells whether words of a customer come from a review site: its rules and the
// verbatim bind.
func (p *page) thirdPartyReview() bool {
	for _, s := range p.item.Schema {
		if s == "Review" || s == "AggregateRating" {
			return true
		}
	}
	if p.body < 0 {
		return false
	}
	for _, w := range []string{"trustpilot", "google review", "avis google", "tripadvisor", "avis verifie", "verified review", "review site"} {
		if indexWord(p.fields[p.body].low, w) >= 0 {
			return true
		}
	}
	return false
}

// editFloors are the types that an editor must look at while they are inside.
var editFloors = map[string]Text{
	"behind_scenes":   {"Coulisses : plans, écrans, protections visibles ?", "Behind the scenes: plans, screens, protective gear in sight?"},
	"event_recap":     {"Retour d'événement : personnes reconnaissables ?", "Event recap: people who can be recognised?"},
	"leader_word":     {"Parole de dirigeant : ton interne à revoir", "A leader's word: check the internal tone"},
	"webinar_podcast": {"Replay : accord des intervenants", "A recording: have the speakers agreed?"},
	"history":         {"Archives : droits des photos", "Archives: rights in the photos"},
}

func findEditFloor(p *page) []finding {
	if p.public {
		return nil
	}
	if says, ok := editFloors[p.sorted.id]; ok && p.sorted.confidence >= guessed {
		return []finding{{field: -1, says: &says}}
	}
	return nil
}
