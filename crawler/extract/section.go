package extract

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// Where an item is filed: who it belongs to (department) and in which part (section). A site says it in
// its breadcrumb, its software in names of spaces and categories, every address in its folders.

// filed gives the department and the section of a page: what it names beside its title, else the crumbs below home, else the declared section,
// the space or the category, else what the address says.
func (f *facts) filed(crumbs []string) (department, section string) {
	department, section = f.shelved(crumbs)
	named := f.fieldDepartment()
	if named == "" {
		named = f.namedDepartment()
	}
	if named != "" && fold(named) != fold(department) {
		if fold(section) == fold(named) || section == "" {
			section = department
		}
		department = named
	}
	return department, section
}

// shelved is filed without what the page says beside its title.
func (f *facts) shelved(crumbs []string) (department, section string) {
	shelf := shelfOf(f.in.Address, f.in.Root, f.in.Access.Visibility != content.Public)
	var named []string
	for i, c := range crumbs {
		if i == 0 && (homes[fold(c)] || f.siteKey(fold(c))) || len(c) > 80 || isListingWord(c) {
			continue
		}
		named = append(named, c)
	}
	if len(named) == 0 {
		for _, s := range [...]string{f.teamSite(), f.first("article:section"), f.first("ajs-space-name"), f.filedUnder(), f.category(), shelf.space} {
			if s = norm.NFC.String(s); s != "" && len(s) <= 80 && !isListingWord(s) {
				named = append(named, s)
				break
			}
		}
	}
	if len(named) == 0 {
		return shelf.filed()
	}
	if len(named) > 1 {
		return named[0], named[1]
	}
	if section = shelf.news; section == "" {
		_, section = shelf.filed()
	}
	if fold(section) == fold(named[0]) {
		section = ""
	}
	return named[0], section
}

// category is what the software says of a post's category in class names: category-ressources-humaines.
func (f *facts) category() string {
	for _, c := range f.classes() {
		for _, lead := range [...]string{"category-", "cat-", "rubrique-", "section-"} {
			if slug, ok := strings.CutPrefix(c, lead); ok {
				if s := humanised(slug, true); s != "" && countLetters(s) >= 2 && !isListingWord(s) && !plainCategory[strings.ToLower(slug)] {
					return s
				}
			}
		}
	}
	return ""
}

// plainCategory are categories that nobody chose.
var plainCategory = wordSet("uncategorized uncategorised non-classe non-categorise nonclasse sans-categorie divers default description page header content links title container wrapper")

// filed gives the department and the section of a document: its folders, else its properties.
func (d *draft) filed() (department, section string) {
	shelf := shelfOf(d.address, d.Root, d.Access.Visibility != content.Public)
	if department, section = shelf.filed(); department != "" {
		return department, section
	}
	if strings.HasPrefix(d.MIME, "image/") {
		return "", section
	}
	for _, name := range [...]string{"custom:Department", "custom:Département", "custom:Direction", "custom:Service", "department", "company"} {
		if s := flat(d.Properties[name], 80); personName(s) != "" && !strings.EqualFold(s, "company") {
			return s, section
		}
	}
	return "", section
}

// shelf is what an address says of where its item is filed.
type shelf struct {
	space   string   // the space, team site or name space that the software puts into its addresses
	folders []string // other folders that say something, in words
	news    string   // the folder of news or events
}

func (s shelf) filed() (department, section string) {
	all := s.folders
	if s.space != "" {
		all = append([]string{s.space}, all...)
	}
	switch {
	case len(all) == 0:
		return s.news, ""
	case s.news != "":
		return all[0], s.news
	case len(all) > 1:
		return all[0], all[1]
	}
	return all[0], ""
}

// shelfOf reads an address as the software of the time writes it. Inside a company /hr/ and /it/ are
// departments; in public they are languages.
func shelfOf(address, root string, inside bool) (s shelf) {
	rest := ""
	if below, ok := strings.CutPrefix(address, root); ok && root != "" {
		rest = "/" + below
	} else if _, after, ok := strings.Cut(address, "://"); ok {
		if i := strings.IndexByte(after, '/'); i >= 0 {
			rest = after[i:]
		}
	}
	path, _, _ := strings.Cut(rest, "#")
	path, query, _ := strings.Cut(path, "?")
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i := range parts {
		if p, err := url.PathUnescape(parts[i]); err == nil {
			parts[i] = p
		}
	}
	last := parts[len(parts)-1]
	s.space = nameSpace(parts, query)
	folders := parts[:len(parts)-1]
	for i := 0; i < len(folders); i++ {
		low := strings.ToLower(folders[i])
		next := ""
		if i+1 < len(folders) {
			next = folders[i+1]
		}
		switch {
		case low == "wp-content" || low == "fileadmin" || low == "_layouts" || low == "personal" || low == "users": // whatever follows is the software's, or a person's
			return s
		case (low == "display" || low == "spaces") && s.space == "" && next != "": // Confluence; without a page, the space itself
			if !strings.HasPrefix(next, "~") {
				s.space = next
			}
			return s
		case (low == "sites" || low == "teams" || low == "space" || low == "communities" || low == "groups") && s.space == "" && next != "" && next != "default": // SharePoint, Jalios, Drupal
			i++
			if !isListingWord(next) {
				s.space = humanised(next, inside)
			}
			continue
		case low == "tag" || low == "tags" || low == "author" || low == "auteur" || low == "etiquette" || low == "mot-cle":
			return s
		}
		if nameSpaced(folders[i]) {
			continue
		}
		name := humanised(folders[i], inside)
		if name == "" || isListingWord(folders[i]) {
			continue
		}
		if newsWords[fold(folders[i])] {
			if s.news == "" {
				s.news = name
			}
			continue
		}
		if len(s.folders) < 4 {
			s.folders = append(s.folders, name)
		}
	}
	// The page itself, in the site's first folder, is no folder of its own.
	if last == "" && s.space == "" && len(s.folders) == 1 && s.news == "" && humanised(folders[len(folders)-1], inside) == s.folders[0] {
		s.folders = nil
	}
	if last == "" && len(s.folders) == 0 && s.space == "" && len(folders) > 0 && newsWords[fold(folders[len(folders)-1])] {
		s.news = ""
	}
	return s
}

// nameSpace is the name space of a wiki: DokuWiki's id=rh:conges, MediaWiki's Logistique:Quai, the key of
// a Confluence space in a query.
func nameSpace(parts []string, query string) string {
	values, err := url.ParseQuery(query)
	if err == nil {
		if key := values.Get("spaceKey"); key != "" && key[0] != '~' {
			return clip(key, 60)
		}
	}
	last := parts[len(parts)-1]
	title, doku := "", false
	for _, p := range parts {
		doku = doku || strings.EqualFold(p, "doku.php")
	}
	switch {
	case doku && err == nil && values.Get("id") != "":
		title = values.Get("id")
	case doku, nameSpaced(last):
		title = last
	case err == nil && strings.EqualFold(last, "index.php") && nameSpaced(values.Get("title")):
		title = values.Get("title")
	}
	space, _, ok := strings.Cut(title, ":")
	if !ok || wikiSpaces[fold(space)] {
		return ""
	}
	return humanised(space, true)
}

// nameSpaced tells whether a segment is a wiki's title with a name space.
func nameSpaced(s string) bool {
	i := strings.IndexByte(s, ':')
	return i > 1 && i < len(s)-1 && !strings.ContainsAny(s[:i], ".@=&")
}

// wikiSpaces are the name spaces that MediaWiki and DokuWiki have for themselves.
var wikiSpaces = wordSet(`aide help utilisateur utilisatrice user discussion talk fichier file image media modele template categorie category special mediawiki projet project
	portail portal module wiki playground start sidebar discussionutilisateur usertalk`)

// newsWords are folders of news and events: a section, and a department only where nothing better is said.
var newsWords = wordSet(`actualites actualite actus actu news blog blogs evenements evenement events event publications breves breve nouvelles
	lesactualites nosactualites toutelactualite newsroom stories histoires`)

// listingWords are folders and crumbs that list, sort or hold files, and say nothing of who wrote them.
var listingWords = wordSet(`index home accueil page pages article articles post posts default files file node taxonomy term terms public html www web content contents view full intranet portal portail extranet
	spip wiki site sites jcms sitepages lists list liste listes forms document documents documentspartages shareddocuments docs doc download downloads telechargement telechargements
	fichier fichiers media medias images image img photos pictures assets static pdf pdfs storage upload uploads resources ressources userupload layout set print component option
	attachments attachment piecesjointes thumbnails dam plugins modules cms ezpublish plainsite portalsite tag tags motcle motscles etiquette etiquettes keyword keywords
	category categorie categories rubrique rubriques thematique thematiques agenda calendrier calendar archive archives author authors auteur auteurs search recherche rechercher feed rss
	sitemap annee annees date dates month year detail details display spaces viewpage doku confluence sharepoint typo3 drupal fra eng fre deu ger spa ita
	divers misc temp tmp new nouveau nouveaudossier newfolder partage partages share shared commun commune common general tout tous all bin cgibin wpjson`)

// isListingWord tells whether a name only lists or dates: a tag page, an agenda, a number, a year, a month.
func isListingWord(s string) bool {
	low := strings.ToLower(strings.TrimSpace(s))
	key := fold(low)
	if listingWords[key] {
		return true
	}
	letters := 0
	for _, w := range strings.FieldsFunc(low, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if months[w] == 0 && !listingWords[fold(w)] && w != "de" && w != "t" && w != "q" {
			letters += utf8.RuneCountInString(w)
		}
	}
	return letters == 0 // digits, months, "page 2"
}

// humanised turns a folder's name into words; "" when it says nothing: a language, a number, a part
// of the software.
func humanised(part string, inside bool) string {
	part = strings.TrimSpace(norm.NFC.String(part))
	low := strings.ToLower(part)
	if name := shortNames[low]; name != "" && (inside || low != "hr" && low != "it") {
		return name
	}
	if len(part) < 3 || len(part) > 60 || strings.ContainsAny(part, ".%;=~:$@") || jaliosID(low) {
		return ""
	}
	if len(low) == 5 && (low[2] == '-' || low[2] == '_') { // fr-fr
		return ""
	}
	words := strings.FieldsFunc(part, func(r rune) bool { return r == '-' || r == '_' || r == '+' || unicode.IsSpace(r) })
	letters := 0
	for i, w := range words {
		letters += countLetters(w)
		if i == 0 || strings.ToLower(w) == w {
			if full := spelled[strings.ToLower(w)]; full != "" && strings.ToLower(w[1:]) == w[1:] {
				words[i] = full
				if unicode.IsUpper(rune(w[0])) {
					words[i] = capital(full)
				}
			}
		}
		if name := shortNames[strings.ToLower(w)]; name != "" && len(words) > 1 && len(w) > 2 {
			words[i] = name
		}
	}
	if letters < 3 {
		return ""
	}
	return capital(strings.Join(words, " "))
}

// jaliosID tells whether a segment is the identifier of an object: c_12345, prod_77.
func jaliosID(low string) bool {
	head, tail, ok := strings.Cut(low, "_")
	return ok && isDigits(tail) && len(head) <= 8 && countLetters(head) > 0
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// shortNames are departments that go by their initials.
var shortNames = func() map[string]string {
	m := map[string]string{}
	for name := range strings.FieldsSeq("RH DRH DSI DAF DG RSE QSE QHSE HSE SAV DRI DIRCOM CSE CE CHSCT CSSCT BU HR IT CSR ESG QVT QVCT GPEC GRH PMO SI CODIR COMEX") {
		m[strings.ToLower(name)] = name
	}
	m["r-d"], m["rd"], m["r&d"] = "R&D", "R&D", "R&D"
	return m
}()

// spelled gives words of addresses the accents that addresses lose.
var spelled = func() map[string]string {
	m := map[string]string{}
	for w := range strings.FieldsSeq(`actualités actualité événements événement évènements évènement sécurité qualité comptabilité société santé réalisations réalisation références référence
		médias média métiers métier stratégie énergie énergies communiqués communiqué carrières carrière activités activité procédures procédure modèles modèle réunions réunion
		précédents études étude développement généralités légal légales matières équipe équipes réglementation trésorerie mécénat égalité diversité mobilité logistique ingénierie
		publicité numérique juridique économie écologie école écoles région régions été événementiel sécurisé réseaux réseau régional contrôle prévention bâtiment bâtiments`) {
		plain := fold(w)
		if plain != w {
			m[plain] = w
		}
	}
	return m
}()
