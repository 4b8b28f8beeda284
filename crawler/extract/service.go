package extract

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// The names of parts of a company, and where software writes them: the title of a SharePoint site, a field of Drupal,
// the categories of WordPress and MediaWiki. A category is a subject as often as a department, so that it counts only
// with a name that is hardly anything else.

var (
	// services are whole names of departments. Those that are subjects of posts as well (safety, training, hiring,
	// maintenance, press, projects) are left out.
	services = wordSet(`rh drh dsi daf dg dircom qse qhse hse rse sav hr it dri codir comex
		ressourceshumaines lesressourceshumaines gestiondupersonnel paie comptabilite finance finances controledegestion tresorerie audit auditinterne achats appro approvisionnements logistique supplychain
		communication communicationinterne communicationexterne communicationfinanciere communicationcorporate com comms internalcomms internalcommunications corporatecommunications communications marketing productmarketing marketingproduit relationspubliques publicrelations relationspresse relationsmedias affairespubliques publicaffairs
		juridique affairesjuridiques legal compliance conformite informatique systemesdinformation systemedinformation informationtechnology informationsystems commercial ventes administrationdesventes adv sales salesops relationclient relationsclients customerservice customersupport customercare
		production methodes qualite controlequalite ordonnancement bureaudetudes rd recherchedeveloppement rechercheetdeveloppement researchanddevelopment engineering servicesgeneraux moyensgeneraux facilities facilitiesmanagement estates procurement purchasing humanresources people peopleops peopleandculture peopleculture accounting accountspayable payroll treasury operations
		secretariatgeneral presidence viescolaire intendance scolarite policemunicipale espacesverts voirie etatcivil urbanisme`)
	// serviceHeads begin the names of departments in French; so do partHeads before what a part of a company does.
	serviceHeads = wordSet("direction service departement secretariat")
	partHeads    = wordSet("pole cellule equipe division bureau cabinet")
	partWords    = wordSet(`du technique techniques commercial commerciale juridique administratif administrative financier financiere support projet projets rh dsi it etudes sante social sociale numerique digital digitale editorial editoriale recrutement formation
		innovation territorial territoriale relation relations maire president presidente`)
	// A name in English ends with "team", or names one of these offices and desks.
	offices = wordSet(`pressoffice boardoffice ceooffice ceosoffice chairsoffice chairmansoffice directorsoffice presidentsoffice mayorsoffice projectoffice programmeoffice programoffice projectmanagementoffice secretarysoffice registrarsoffice trustoffice estatesoffice financeoffice
		helpdesk servicedesk pressdesk newsdesk itdesk supportdesk`)
	serviceEnds = wordSet("team department dept directorate")
	// noServices have such a word and are none.
	noServices = wordSet(`service team servicepublic servicespublics servicecivique serviceminimum servicecompris servicenational servicemilitaire serviceenligne servicesenligne serviceapresvente serviceclub servicegagnant directionassistee
		dreamteam ateam winningteam hometeam awayteam footballteam rugbyteam greatteam oneteam`)
	// geography are the departments of France, which pages label as those of companies.
	geography = wordSet(`ain aisne allier alpesdehauteprovence hautesalpes alpesmaritimes ardeche ardennes ariege aube aude aveyron bouchesdurhone calvados cantal charente charentemaritime cher correze corse corsedusud hautecorse cotedor cotesdarmor creuse dordogne doubs drome eure eureetloir finistere gard hautegaronne gers gironde herault illeetvilaine indre indreetloire isere jura landes loiretcher loire hauteloire loireatlantique loiret lot lotetgaronne lozere maineetloire manche marne hautemarne mayenne meurtheetmoselle meuse morbihan moselle nievre nord oise orne pasdecalais puydedome pyreneesatlantiques hautespyrenees pyreneesorientales basrhin hautrhin rhone hautesaone saoneetloire sarthe savoie hautesavoie paris seinemaritime seineetmarne yvelines deuxsevres somme tarn tarnetgaronne var vaucluse vendee vienne hautevienne vosges yonne territoiredebelfort essonne hautsdeseine seinesaintdenis valdemarne valdoise guadeloupe martinique guyane lareunion reunion mayotte`)
)

const mostServiceWords = 7

// isService tells whether a name is one of a department and hardly anything else.
func isService(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' || r == '’' })
	key := fold(s)
	if len(words) == 0 || len(words) > mostServiceWords || noServices[key] || strings.ContainsAny(s, ".!?;:@/0123456789") {
		return false
	}
	if services[key] || key == "direction" {
		return true
	}
	if len(words) < 2 {
		return false
	}
	first, second, last := fold(words[0]), fold(words[1]), fold(words[len(words)-1])
	switch {
	case serviceHeads[first]:
		return !noServices[first+second]
	case partHeads[first]:
		return partWords[second] || services[fold(strings.Join(words[1:], ""))] || (second == "de" || second == "des" || second == "d") && services[fold(strings.Join(words[2:], ""))]
	}
	return serviceEnds[last] && len(words) <= 4 || offices[key]
}

// filedUnder is the one of the page's categories that is a department: none when two are.
func (f *facts) filedUnder() (name string) {
	if f.in.Access.Visibility == content.Public {
		return "" // "Marketing" is a subject of a public blog
	}
	for _, s := range append(f.categories(), f.wikiCategories()...) {
		if v := labelled(s, departmentLabels); v != "" && aDepartment(v) {
			s = v
		} else if !isService(s) {
			continue
		}
		if name != "" && fold(name) != fold(s) {
			return ""
		}
		name = norm.NFC.String(s)
	}
	return name
}

// wikiCategories are the categories that MediaWiki lists at the foot of a page.
func (f *facts) wikiCategories() (list []string) {
	for i := range f.elements {
		if id := attr(f.elements[i].node, "id"); id != "catlinks" && id != "mw-normal-catlinks" {
			continue
		}
		for j := int32(i) + 1; j < f.elements[i].end && len(list) < maxListed; j++ {
			n := f.elements[j].node
			if s := textIn(n, 100); n.DataAtom == atom.A && !strings.HasPrefix(fold(s), "categor") {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}

// teamSite is the title of the SharePoint site that the page belongs to. That of the first site of all is the company's.
func (f *facts) teamSite() string {
	sharePoint := false
	for i := range f.elements {
		e := &f.elements[i]
		n := e.node
		id := attr(n, "data-automation-id") + attr(n, "data-automationid")
		named := strings.EqualFold(id, "SiteHeaderTitle") || strings.Contains(attr(n, "class"), "ms-siteHeader-siteName")
		if !named && !strings.EqualFold(attr(n, "id"), "spSiteHeader") {
			continue
		}
		sharePoint = true
		for j := int32(i); j < e.end && j < int32(i)+60; j++ {
			a := f.elements[j].node
			if a.DataAtom != atom.A && (!named || j > int32(i)) {
				continue
			}
			if f.elements[j].above&tagNav != 0 {
				break // the menu of the site
			}
			s := norm.NFC.String(textIn(a, 100))
			if s == "" {
				continue
			}
			if s = f.siteTitle(s, hrefIn(f, int32(i))); s != "" {
				return s
			}
			break
		}
	}
	if sharePoint || strings.Contains(strings.ToLower(f.first("generator")), "sharepoint") {
		return f.siteTitle(f.first("og:site_name"), "")
	}
	return ""
}

// hrefIn is the first address that an element, or one inside of it, leads to.
func hrefIn(f *facts, at int32) string {
	for j := at; j < f.elements[at].end && j < at+60; j++ {
		if n := f.elements[j].node; n.DataAtom == atom.A && attr(n, "href") != "" {
			return attr(n, "href")
		}
	}
	return ""
}

// siteTitle gives the title of a site back when it can be a department's: the site has an address of its own below the
// first one, or its name is a department's.
func (f *facts) siteTitle(s, href string) string {
	for _, lead := range [...]string{"intranet ", "portail ", "site ", "espace "} {
		if rest, ok := cutLead(s, lead); ok && isService(rest) {
			s = capital(rest)
		}
	}
	key := fold(s)
	if s == "" || len(s) > 80 || len(strings.Fields(s)) > mostServiceWords || countLetters(s) < 2 || strings.Contains(key, "intranet") || homes[key] || plainSites[key] || isListingWord(s) {
		return ""
	}
	if isService(s) || ownSite(href) || href == "" && ownSite(f.in.Address) {
		return s
	}
	return ""
}

func cutLead(s, lead string) (string, bool) {
	if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
		return s[len(lead):], true
	}
	return s, false
}

// plainSites are titles that nobody chose.
var plainSites = wordSet("sharepoint teamsite sitedequipe communicationsite sitedecommunication site monsite mysite sites hub portal portail lehub extranet home accueil")

// ownSite tells whether an address is one of a site below the first of SharePoint.
func ownSite(ref string) bool {
	u, err := url.Parse(ref)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	return len(parts) > 1 && (parts[0] == "sites" || parts[0] == "teams") && parts[1] != "" && parts[1] != "default" && parts[1] != "intranet" && parts[1] != "home"
}

// fieldDepartment is the department in a field that a person has filled in and the software shows with its label: Drupal
// does, and lists of data beside a title. Two that differ, and two of a listing, are those of other pages.
func (f *facts) fieldDepartment() string {
	start := int32(f.start())
	department, rows := "", 0
	for i := range f.elements {
		e := &f.elements[i]
		if e.hidden || e.words == 0 || e.words > 20 || e.end-int32(i) > 40 || e.above&(cueComment|cueRelated|tagAside|tagNav) != 0 || e.above&(tagFooter|cueFooter) != 0 && e.above&tagArticle == 0 {
			continue
		}
		value := ""
		switch n := e.node; {
		case fieldNamed(attr(n, "class")):
			if value = f.fieldValue(int32(i)); value != "" && strings.Contains(attr(n, "class"), "views-field") {
				rows++
			}
		case labelClass(attr(n, "class")), n.DataAtom == atom.Dt && e.from >= start-3 && e.from <= start+nearHead:
			if !departmentLabels[fold(textIn(n, 60))] {
				continue
			}
			next := n.NextSibling
			for next != nil && next.Type != html.ElementNode {
				next = next.NextSibling
			}
			if next == nil || n.DataAtom == atom.Dt && next.DataAtom != atom.Dd || labelClass(attr(next, "class")) {
				continue
			}
			value = oneItem(next)
		default:
			continue
		}
		if !aDepartment(value) || geography[fold(value)] || f.in.Access.Visibility == content.Public && !isService(value) {
			continue
		}
		if department != "" && fold(department) != fold(value) {
			return ""
		}
		if department == "" {
			department = norm.NFC.String(value)
		}
	}
	if rows > 1 {
		return ""
	}
	return department
}

// fieldNamed tells whether one of Drupal's fields is named as a department: field--name-field-service, field-name-field-direction.
func fieldNamed(class string) bool {
	if !strings.Contains(class, "field-") {
		return false
	}
	for name := range strings.FieldsSeq(clip(class, 400)) {
		low := strings.ToLower(name)
		for _, lead := range [...]string{"field--name-field-", "field-name-field-", "views-field-field-"} {
			if rest, ok := strings.CutPrefix(low, lead); ok && departmentLabels[fold(rest)] {
				return true
			}
		}
	}
	return false
}

func labelClass(class string) bool {
	if !strings.Contains(class, "label") {
		return false
	}
	for name := range strings.FieldsSeq(clip(class, 300)) {
		switch strings.ToLower(name) {
		case "field__label", "field-label", "views-label", "label", "meta-label", "info-label", "metadata-label":
			return true
		}
	}
	return false
}

// fieldValue is what a field of Drupal holds, without its label.
func (f *facts) fieldValue(at int32) string {
	for j := at + 1; j < f.elements[at].end; j++ {
		n := f.elements[j].node
		if labelClass(attr(n, "class")) || n.Parent != nil && labelClass(attr(n.Parent, "class")) {
			continue
		}
		if n.Parent == f.elements[at].node {
			return oneItem(n)
		}
	}
	return strings.TrimSpace(textIn(f.elements[at].node, 200))
}

// oneItem is the text of a value, "" when it lists several.
func oneItem(n *html.Node) string {
	items := 0
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && (hasWord(attr(c, "class"), "field__item") || hasWord(attr(c, "class"), "field-item") || c.DataAtom == atom.Li || c.DataAtom == atom.A && c.NextSibling != nil && c.NextSibling.DataAtom == atom.A) {
			items++
		}
	}
	if items > 1 {
		return ""
	}
	s := textIn(n, 200)
	if r, _ := utf8.DecodeRuneInString(s); r == ':' {
		s = strings.TrimSpace(s[1:])
	}
	return s
}
