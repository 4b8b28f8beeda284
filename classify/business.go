package classify

import (
	"regexp"
	"slices"
	"strings"
)

// What a competitor would like to know (domain 3.6).

var businessRules = []Rule{
	{ID: "business/prices", Severity: Block, Kind: Secret, Approver: "sales", Basis: "secret des affaires, C. com. L151-1 ; art. 101 TFUE", Source: "domain 3.6: prices, margins",
		Says: Text{"Prix de revient, marges ou remises", "Cost prices, margins or discounts"}, find: either(figured(closesBySigns(true, unlessTaught(findInside("business price", 2, true)))), findPriceTables, findTurnoverWith)},
	{ID: "business/tender", Severity: Block, Kind: Secret, Approver: "sales", Basis: "secret des affaires ; C. com. L420-1", Source: "domain 3.6: tenders",
		Says: Text{"Réponse à un appel d'offres", "A bid in a tender"}, find: closesBySigns(true, unlessTaught(findInside("business tender", 2, true)))},
	{ID: "business/client-secret", Severity: Block, Kind: Secret, Approver: "sales", Basis: "confidentialité due au client", Source: "domain 3.11: NDA flag",
		Says: Text{"Un client ne veut pas être nommé", "A customer must not be named"}, find: findClientSecret},
	{ID: "business/customer", Severity: Review, Approver: "customer", Basis: "contrat ; loyauté envers le client", Source: "domain 3.11: customers' names",
		Says: Text{"Un client est nommé : accord commercial à demander", "A customer is named: ask sales and the customer"}, find: findCustomer},
	{ID: "business/customer-public", Severity: Good, Source: "domain 3.11: customers' names",
		Says: Text{"Ses clients nommés figurent déjà dans une étude de cas publique", "Its named customers are in a public case study already"}, find: findPublicCustomer},
	{ID: "business/trade-secret", Severity: Review, Approver: "rd", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.6: trade secret, R&D",
		Says: Text{"Savoir-faire ou réglages de fabrication", "Know-how or production settings"}, find: closesBySigns(true, findTradeSecret)},
	{ID: "business/indicators", Severity: Review, Approver: "owner", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.6: trade secret, R&D",
		Says: Text{"Indicateurs internes de production ou de qualité", "Internal indicators of production or quality"}, find: findIndicators},
	{ID: "business/patent", Severity: Block, Kind: Secret, Approver: "rd", Basis: "CPI L611-11 : nouveauté", Source: "domain 3.6: patent not filed",
		Says: Text{"Invention non déposée : la publier détruit la nouveauté", "An invention not yet filed: publishing it destroys its novelty"}, find: unlessTaught(findPatent)},
	{ID: "business/site-security", Severity: Block, Kind: Secret, Approver: "security", Basis: "sécurité des sites", Source: "domain 3.6: site security",
		Says: Text{"Sûreté du site : accès, rondes, alarmes", "Site security: access, patrols, alarms"}, find: closesBySigns(false, unlessYours(findInside("business site", 1, false)))},
	{ID: "business/export", Severity: Block, Kind: Unlawful, Approver: "compliance", Basis: "Règl. (UE) 2021/821", Source: "domain 3.6: export control",
		Says: Text{"Biens à double usage ou contrôle des exportations", "Dual-use goods or export control"}, find: findInside("business export", 1, false)},
	{ID: "business/accident", Severity: Block, Kind: Secret, Approver: "hse", Basis: "enquête en cours ; RGPD art. 9", Source: "domain 3.6: accident, near miss",
		Says: Text{"Rapport ou analyse d'accident", "An accident report or analysis"}, find: closesBySigns(true, unlessTaught(findInside("business accident", 2, true)))},
	{ID: "business/crisis", Severity: Block, Kind: Secret, Approver: "comms", Basis: "communication de crise", Source: "domain 3.6: crisis",
		Says: Text{"Communication de crise ou incident", "Crisis communication or incident"}, find: closesBySigns(true, unlessTaught(findInside("business crisis", 2, true)))},
}

// findInside makes the finder of words of the inside: as the subject they block, in the text they
// ask; many different ones block too. What has long been public is no secret any more; what is public
// and about it was perhaps exposed by mistake: it asks. With strict, only the
// subject or many different words count as a block, else any place in the text does. A price that is offered to whoever buys
// is none of these.
func findInside(list string, many int, strict bool) func(p *page) []finding {
	id := words.list(list)
	prices, crises := list == "business price", list == "business crisis"
	return func(p *page) (found []finding) {
		if p.settled {
			return nil
		}
		offered := func(f *field, h *hit) bool {
			if !prices && !crises || !f.said() {
				return false
			}
			from, to := sentenceAt(f.low, int(h.start), int(h.end))
			return prices && p.offers(f, int(h.field), from, to) || crises && p.sellsAgainst(f, h, from, to)
		}
		var said []uint32 // the different phrases
		p.each(id, func(f *field, h *hit) bool {
			if f.spot != inURL && f.spot != inCrumb && !slices.Contains(said, h.text) && !offered(f, h) {
				said = append(said, h.text)
			}
			return len(said) <= many
		})
		n := len(said)
		p.each(id, func(f *field, h *hit) bool {
			if !f.prose() || offered(f, h) {
				return true
			}
			g := p.at(h)
			switch {
			case p.public:
				if !aboutIt(f, h) {
					return true
				}
				g.severity = Review
			case aboutIt(f, h):
			case strict && n < many, !strict && n < many+1:
				g.severity = Review
			}
			found = append(found, g)
			return len(found) < maxFindings
		})
		return found
	}
}

// yourCode is how readers are told to look after a code of their own: "changez votre code d'accès".
var yourCode = regexp.MustCompile(`\b(?:chang|modifi|choisi|proteg|gard|memoris|renouvel|(?:jamais|rien|pas|ne) [a-z]+|ne [a-z]+ (?:jamais|pas)|change|protect|choose|renew|memorise|(?:never|not) [a-z]+)[a-z]* (?:[a-z]+ ){0,2}?(?:votre|vos|ton|tes|son|leur|your|their|own) (?:[a-z]+ )?$`)

// unlessYours drops the codes that everybody has and is told to look after; one that is told is none of these.
func unlessYours(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool {
			if g.field < 0 || !p.fields[g.field].said() && p.fields[g.field].spot != inCover {
				return false
			}
			raw := p.fields[g.field].raw
			from, to := aroundRaw(raw, g.start, g.end)
			before := strings.Join(splitWords(foldString(raw[from:g.start])), " ") + " "
			return !digitIn(raw[from:to]) && yourCode.MatchString(before)
		})
	}
}

// kitchen are words of a recipe for the table.
var kitchen = regexp.MustCompile(`\b(?:cuilleres?|cuilleree|pincee|bain marie|faites (?:fondre|cuire|revenir|chauffer|bouillir)|servez|farine|beurre|sucre|oeufs?|creme|sel|poivre|chocolat|legumes|fromage|recette|teaspoons?|tablespoons?|pinch of|simmer|saute|serve with|flour|butter|sugar|eggs?|cream|salt|pepper|chocolate|recipe)\b`)

// fewestKitchen is how many of these words a recipe has at least.
const fewestKitchen = 5

// cooks tells whether a page is a recipe for the table, and a sentence does not say that the secret is ours.
func (p *page) cooks(f *field, h *hit) bool {
	if p.body < 0 || !f.said() && f.spot != inCover || len(p.people) > 0 {
		return false
	}
	from, to := clause(f.low, int(h.start), int(h.end))
	if words := splitWords(f.low[from:to]); saysOurs(words, p.tongue(f.low[from:to])) || onTheSly.MatchString(strings.Replace(strings.Join(words, " "), "secret", "", 1)) {
		return false
	}
	seen := map[string]bool{}
	for _, w := range kitchen.FindAllString(strings.Join(splitWords(cut(p.fields[p.body].low, 1<<13)), " "), 64) {
		seen[w] = true
	}
	return len(seen) >= fewestKitchen && !p.givesOurSums()
}

// findPriceTables finds tables of customers and their terms, of purchase prices and of margins.
func findPriceTables(p *page) []finding {
	bids := inTables(ofBid, ofBid, &Text{"Tableau d'offres ou de réponses à un appel d'offres", "A table of offers or of answers to a tender"})(p)
	if p.settled || p.teaches() {
		return bids
	}
	return append(bids, inTables(ofTerms|ofMargin|ofPurchase, ofPurchase, &Text{"Tableau de prix d'achat, de marges ou de remises", "A table of purchase prices, margins or discounts"})(p)...)
}

var (
	listTrade      = words.list("business trade")
	listIndicators = words.list("business indicators")
	listPatent     = words.list("business patent")
	listCustomer   = words.list("customer words")
)

func findClientSecret(p *page) (found []finding) {
	if p.public {
		return nil
	}
	return listed("business client", func(p *page, f *field, h *hit) bool { return f.prose() })(p)
}

// findCustomer speaks when an organisation stands right beside the word customer, unless the policy
// allows its name or a public case study shows it already.
func findCustomer(p *page) (found []finding) {
	for _, c := range p.customers() {
		if _, ok := p.known.find([]uint64{c.key}); !ok {
			found = append(found, c.finding)
		}
	}
	return found
}

// findPublicCustomer says where the customers are shown that would else have asked.
func findPublicCustomer(p *page) (found []finding) {
	if p.policy.off("business/customer") {
		return nil
	}
	for _, c := range p.customers() {
		if at, ok := p.known.find([]uint64{c.key}); ok {
			found = append(found, finding{field: -1, quote: at.Address})
		}
	}
	return found
}

// customersPublic tells whether the item names customers, and all of them are shown in public case studies.
func (p *page) customersPublic() bool {
	all := p.customers()
	for _, c := range all {
		if _, ok := p.known.find([]uint64{c.key}); !ok {
			return false
		}
	}
	return len(all) > 0
}

// customers are the organisations right beside the word customer that the policy does not let be named.
func (p *page) customers() (found []customer) {
	if p.public || p.named("job_offer") {
		return nil
	}
	p.each(listCustomer, func(f *field, h *hit) bool {
		if !f.said() && f.spot != inTitle && f.spot != inH1 {
			return true
		}
		from, to := f.span(int(h.start), int(h.end))
		if f.fillsCell(from, to) {
			return true // the head of a column
		}
		rest := strings.TrimLeft(f.raw[to:], " \u00a0,:(")
		for _, w := range []string{"de la société ", "de l'entreprise ", "la société ", "l'entreprise ", "de ", "d'", "d’", "from ", "of ", "chez ", "avec "} {
			if after, ok := strings.CutPrefix(rest, w); ok {
				rest = after
				break
			}
		}
		n := properName(rest)
		label := capital(f, int(h.start)) && !ourCustomer.MatchString(f.low[max(0, int(h.start)-16):h.start]) && rest == strings.TrimLeft(f.raw[to:], " \u00a0")
		before := f.raw[:from]
		from = len(f.raw) - len(rest)
		if n < 4 || f.raw[to:] == "" || strings.ContainsAny(f.raw[to:from], ".\n") {
			if from, n = namedBefore(before); n < 4 {
				return true
			}
			rest = f.raw[from:]
		}
		name := foldString(rest[:n])
		if notOrganisations[name] || label && strings.HasPrefix(f.raw[to:], " "+rest) && besideTerm(f.low[h.start:h.end], rest, n) || lands[name] && longName(rest, n) == n || p.policy.owns(name) || p.mayName(name) {
			return true
		}
		found = append(found, customer{finding{field: int(h.field), start: from, end: from + n}, nameKey(foldName(rest[:longName(rest, n)]))})
		return len(found) < mostCustomers
	})
	if !p.settled {
		found = append(found, p.customersTold()...)
		found = append(found, p.customersQuoted()...)
	}
	return found
}

const mostCustomers = 8

// customersTold are those of whom a sentence says that they bought from us, without the word (sense_table.go), and those
// whom a table lists (matters_listed.go).
func (p *page) customersTold() (found []customer) {
	for _, s := range p.sensed() {
		if len(found) == mostCustomers || !slices.ContainsFunc(s.senses, func(n int) bool { return senses[n].rule == "business/customer" }) {
			continue
		}
		g := p.lows(s.field, s.from, s.to)
		name, at, _ := p.firmIn(s.field, s.from, s.to)
		if at < 0 {
			name = p.nameWithin(&g)
		}
		if low := foldString(name); name != "" && (p.policy.owns(low) || p.mayName(low)) {
			continue
		}
		g.whole, g.figured = true, true
		found = append(found, customer{g, nameKey(foldName(name))})
	}
	for _, d := range p.dossiers() {
		if d.is&ofClients == 0 || len(found) >= mostCustomers {
			continue
		}
		g := finding{field: d.field, start: d.at.from, end: d.at.to}
		name := strings.TrimSpace(p.fields[d.field].raw[d.at.from:d.at.to])
		if !p.mayName(foldString(name)) {
			found = append(found, customer{g, nameKey(foldName(name))})
		}
	}
	return found
}

// nameWithin is the first name inside of a sentence, behind its first word.
func (p *page) nameWithin(g *finding) string {
	raw := p.fields[g.field].raw[g.start:g.end]
	for i := 1; i < len(raw); i++ {
		if raw[i-1] != ' ' {
			continue
		}
		if n := properName(raw[i:]); n > 2 {
			return raw[i : i+longName(raw[i:], n)]
		}
	}
	return ""
}

// namedBefore finds the name that the word customer explains at the end of what stands before that word: "Moulins de
// Kerlan, notre " or "Hydromax is one of our ". It gives the name's place and the length of its first word, 0 without.
func namedBefore(raw string) (from, n int) {
	end := len(raw)
	last := func() string {
		for end > 0 && raw[end-1] == ' ' {
			end--
		}
		to := end
		for end > 0 && raw[end-1] != ' ' && raw[end-1] != '\n' {
			end--
		}
		return raw[end:to]
	}
	if !possessives[foldString(last())] {
		return 0, 0
	}
	link := last()
	if link == "de" || link == "of" { // "l'un de nos", "one of our"
		last()
		link = last()
	}
	switch {
	case link == "est" || link == "is" || link == "–" || link == "-":
	case strings.HasSuffix(link, ","):
		end += len(link) - 1
	default:
		return 0, 0
	}
	from = -1
	for range mostNameWords {
		word := last()
		if properName(word) > 1 && !notOrganisations[foldString(word)] {
			from = end
		} else if !nameParticles[word] {
			break
		}
	}
	if from < 0 {
		return 0, 0
	}
	return from, properName(raw[from:])
}

var (
	possessives   = map[string]bool{"notre": true, "nos": true, "un": true, "une": true, "our": true, "a": true}
	nameParticles = map[string]bool{"de": true, "du": true, "des": true, "la": true, "&": true, "et": true, "and": true, "of": true}
)

// ourCustomer stands before the word customer where a customer's name follows.
var ourCustomer = regexp.MustCompile(`\b(?:our|notre|nos|valued|new|big|largest) $`)

// mayName tells whether the policy lets a customer be named.
func (p *page) mayName(low string) bool {
	for _, c := range p.policy.Customers {
		if c = foldString(c); c != "" && (strings.Contains(low, c) || strings.HasPrefix(c, low)) {
			return true
		}
	}
	return false
}

// customerAllowed tells whether the title names a customer that the policy lets be named, and the item no other.
func (p *page) customerAllowed() bool {
	for i := range p.fields {
		if f := &p.fields[i]; (f.spot == inTitle || f.spot == inH1) && p.mayNameIn(f.low) {
			return len(p.customers()) == 0
		}
	}
	if p.body < 0 || p.title < 0 || len(p.policy.Customers) == 0 || len(p.customers()) != 0 {
		return false
	}
	for _, c := range p.policy.Customers { // the title may word the name in another way: "Roanne city council"
		c = foldString(strings.TrimSpace(c))
		if c == "" || indexWord(p.fields[p.body].low, c) < 0 {
			continue
		}
		for _, w := range splitWords(c) {
			if len(w) >= 5 && !commonInNames[w] && indexWord(p.fields[p.title].low, w) >= 0 {
				return true
			}
		}
	}
	return false
}

// commonInNames are words of names that tell nobody apart.
var commonInNames = setOf("ville mairie commune communaute metropole agglomeration departement region conseil groupe societe compagnie etablissements laiterie laiteries papeterie papeteries hopital hopitaux clinique centre hospitalier universite lycee ecole college usine usines fonderie transports banque assurances maison france industrie industries services energie europe international saint sainte freres " +
	"council group company limited works dairy dairies papermill hospital clinic university school foundry transport insurance house england britain industries industry energy north south county district brothers water steel")

// mayNameIn tells whether a customer of the policy stands in words as a whole.
func (p *page) mayNameIn(low string) bool {
	for _, c := range p.policy.Customers {
		if c = foldString(strings.TrimSpace(c)); c != "" && indexWord(low, c) >= 0 {
			return true
		}
	}
	return false
}

// valueRow is a line that names something and gives its number, as in a table.
var valueRow = regexp.MustCompile(`(?m)\pL[^\n\d]{0,12}[\t :;|]\d{1,3}(?:[.,]\d{1,3})?\s?%?$`)

// findIndicators asks for how often a workshop fails or stands still: the name of the indicator with its figure in the
// same sentence, or as the subject of a table.
func findIndicators(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listIndicators, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		told := strings.Contains(f.low[h.start:h.end], " ") && figures(f.low[from:to], 1) > 0
		if !told && aboutIt(f, h) && p.body >= 0 {
			told = len(valueRow.FindAllStringIndex(cut(p.fields[p.body].low, 16<<10), 2)) == 2
		}
		if told {
			found = append(found, p.at(h))
		}
		return len(found) < maxFindings
	})
	return found
}

// findTradeSecret asks, and blocks when the item is about it.
func findTradeSecret(p *page) (found []finding) {
	if p.settled {
		return nil
	}
	p.each(listTrade, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		word := f.low[h.start:h.end]
		if strings.Contains(word, "source") && p.ofFreeProgram(f, h) {
			return true
		}
		if aboutIt(f, h) && (strings.HasPrefix(word, "parametres") || strings.HasSuffix(word, "parameters") || strings.Contains(word, "confidentiel") || strings.Contains(word, "secrete")) {
			g.severity, g.kind = Block, Secret
		}
		if p.public {
			if g.severity != Block {
				return true
			}
			g.severity = Review
		}
		if strings.HasPrefix(word, "secret") && g.severity != Block && p.cooks(f, h) {
			return true
		}
		// craftsmen's secrets are a manner of speaking
		if strings.HasPrefix(word, "secret") && (p.named("behind_scenes") || p.named("history") || p.named("people_portrait")) {
			return true
		}
		found = append(found, g)
		return true
	})
	return found
}

// freeWords stand where the source of a program, or the name of one of its versions, is spoken of that everybody has.
var freeWords = newSeeker([]string{"open source", "opensource", "libre", "gpl", "github", "gitlab", "git ", "licence", "license", "paquet", "package", "telecharg", "download", "release", "distribution", "debian", "ubuntu", "linux", "kernel", "noyau", "compil", "upstream", "depot ", "patch", "version"})

// fewestFree is how many of these words make a page one about such programs.
const fewestFree = 3

// ofFreeProgram tells whether a hit speaks of a program that everybody has: by its sentence, or as its page does.
func (p *page) ofFreeProgram(f *field, h *hit) bool {
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	if freeWords.in(f.low[from:to]) {
		return true
	}
	if p.body < 0 {
		return false
	}
	n := 0
	freeWords.each(cut(p.fields[p.body].low, 1<<16), func(int, sought) bool { n++; return n < fewestFree })
	return n >= fewestFree
}

// findPatent blocks before filing. "Patent pending" is filed: it asks. A granted patent is public.
func findPatent(p *page) (found []finding) {
	p.each(listPatent, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		word := f.low[h.start:h.end]
		switch {
		case p.settled:
			return true
		case p.public && strings.HasSuffix(word, "filing"):
			return true // what is sold says so
		case p.public:
			g.severity = Review // already out: let R&D see what can be saved
		case strings.Contains(word, "en cours") || word == "brevetable" || word == "before filing" || word == "prior to filing" || word == "avant depot":
			if !strings.Contains(word, "depot") && !aboutIt(f, h) {
				g.severity = Review
			}
		}
		found = append(found, g)
		return true
	})
	return found
}
