package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Personal data (domain 3.4). Identity is not forbidden by nature: what counts is the kind of
// datum, its surroundings, and who can see it already.

var personalRules = []Rule{
	{ID: "personal/nir", Severity: Block, Kind: Unlawful, Hard: true, Approver: "dpo", Basis: "RGPD art. 87 ; loi Informatique et Libertés art. 30", Source: "domain 3.4: NIR",
		Says: Text{"Numéro de sécurité sociale d'une personne", "A person's French social security number"}, find: foundValues("personal/nir")},
	{ID: "personal/iban", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 5(1)(f) ; fraude", Source: "domain 3.4: IBAN",
		Says: Text{"Numéro de compte bancaire (IBAN)", "A bank account number (IBAN)"}, find: findIBAN},
	{ID: "personal/rib", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 5(1)(f) ; fraude", Source: "domain 3.4: RIB",
		Says: Text{"Relevé d'identité bancaire", "French bank account details (RIB)"}, find: findRIB},
	{ID: "personal/card", Severity: Block, Kind: Unlawful, Hard: true, Approver: "dpo", Basis: "PCI DSS ; RGPD art. 32", Source: "domain 3.4: bank card",
		Says: Text{"Numéro de carte bancaire", "A bank card number"}, find: foundValues("personal/card")},
	{ID: "personal/card-test", Severity: Note, Source: "domain 3.4: test numbers",
		Says: Text{"Numéro de carte d'essai : à retirer", "A test card number: remove it"}, find: findKind(isTestCard)},
	{ID: "personal/email", Severity: Note, Source: "domain 3.4: nominative company address",
		Says: Text{"Adresse e-mail nominative : la retirer ou mettre une adresse de service", "A named person's e-mail address: remove it or use a role address"}, find: findMail(namedMail)},
	{ID: "personal/email-private", Severity: Review, Approver: "dpo", Basis: "RGPD art. 5(1)(c), 6", Source: "domain 3.4: private domain",
		Says: Text{"Adresse e-mail privée", "A private e-mail address"}, find: findMail(privateMail)},
	{ID: "personal/email-list", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 5(1)(c), 6", Source: "domain 3.4: ten or more",
		Says: Text{"Liste d'adresses e-mail de personnes", "A list of people's e-mail addresses"}, find: findMailList},
	{ID: "personal/phone-mobile", Severity: Review, Approver: "person", Basis: "RGPD art. 5, 6", Source: "domain 3.4: 06, 07",
		Says: Text{"Numéro de téléphone mobile : à retirer, ou accord de la personne", "A mobile number: remove it, or ask the person"}, find: findMobiles},
	{ID: "personal/phone", Severity: Note, Source: "domain 3.4: landline",
		Says: Text{"Numéro de téléphone : est-ce celui d'une personne ?", "A telephone number: is it a person's?"}, find: findLandlines},
	{ID: "personal/phone-list", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 5, 6", Source: "domain 3.4: ten or more",
		Says: Text{"Liste de numéros de téléphone de personnes", "A list of people's telephone numbers"}, find: findPhoneList},
	{ID: "personal/extension", Severity: Note, Source: "domain 4.2: internal tone",
		Says: Text{"Numéro de poste interne : à retirer", "An internal extension: remove it"}, find: findExtension},
	{ID: "personal/birth-date", Severity: Review, Approver: "person", Basis: "RGPD art. 5", Source: "domain 3.4: birth date",
		Says: Text{"Date de naissance d'une personne", "A person's date of birth"}, find: either(findBirth, inTables(ofBirth, 0, &Text{"Tableau de personnes et de dates de naissance", "A table of people and dates of birth"}))},
	{ID: "personal/birthdays", Severity: Review, Approver: "hr", Basis: "RGPD art. 5", Source: "domain 3.4: birthday list",
		Says: Text{"Liste d'anniversaires", "A list of birthdays"}, find: listed("personal birthdays", nil)},
	{ID: "personal/address", Severity: Review, Approver: "person", Basis: "RGPD art. 5", Source: "domain 3.4: postal address",
		Says: Text{"Adresse postale d'une personne", "A person's postal address"}, find: either(findAddress, inTables(ofHome, 0, &Text{"Tableau de personnes et de coordonnées privées", "A table of people and where they live"}))},
	{ID: "personal/id-document", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 5, 32", Source: "domain 3.4: ID documents",
		Says: Text{"Numéro de pièce d'identité", "The number of an identity document"}, find: foundValues("personal/id-document")},
	{ID: "personal/number", Severity: Review, Approver: "dpo", Basis: "RGPD art. 5(1)(f), 32", Source: "domain 3.4: a number announced as one of these whose key is wrong",
		Says: Text{"Numéro annoncé comme bancaire, de carte, de pièce d'identité ou de sécurité sociale", "A number announced as that of an account, a card, an identity document or social security"}, find: findMistyped},
	{ID: "personal/plate", Severity: Note, Source: "domain 3.4: vehicle plate",
		Says: Text{"Plaque d'immatriculation : à masquer", "A number plate: blur it"}, find: findPlate},
	{ID: "personal/salary", Severity: Block, Kind: Unlawful, Approver: "hr", Basis: "RGPD art. 5, 6", Source: "domain 3.4: salary of a person",
		Says: Text{"Rémunération d'une personne nommée", "What a named person earns"}, find: either(findSalary, findPayOf, inTables(ofPay, 0, &Text{"Tableau de personnes et de rémunérations", "A table of people and pay"}))},
	{ID: "personal/salary-grid", Severity: Block, Kind: Secret, Approver: "hr", Basis: "RGPD art. 5, 6 ; secret des affaires", Source: "domain 3.4: aggregated grid",
		Says: Text{"Grille de salaires ou document de paie", "Salary grid or payroll document"}, find: findSalaryGrid},
	{ID: "personal/byline", Severity: Note, Source: "domain 3.4: person names",
		Says: Text{"Signature d'une personne dans le texte : vérifier son accord", "A person signs the text: check that they agree"}, find: findByline},
	{ID: "personal/about", Severity: Review, Approver: "person", Basis: "C. civ. art. 9 ; RGPD art. 6", Source: "domain 3.4: item about a person",
		Says: Text{"Le contenu parle d'une personne nommée : accord à demander", "The item is about a named person: ask them"}, find: findAbout},
}

// foundValues makes the finder of values that Redact has replaced by a mark.
func foundValues(rule string) func(p *page) []finding {
	return func(p *page) (found []finding) {
		for i := range p.fields {
			for _, v := range p.fields[i].values {
				if v.kind == isMasked && v.rule == rule || v.kind == isSecret && v.rule == rule {
					found = append(found, finding{field: i, start: v.start, end: v.end})
				}
			}
		}
		return found
	}
}

func findKind(kind valueKind) func(p *page) []finding {
	return func(p *page) (found []finding) {
		for i := range p.fields {
			for _, v := range p.fields[i].values {
				if v.kind == kind {
					found = append(found, finding{field: i, start: v.start, end: v.end})
				}
			}
		}
		return found
	}
}

// findIBAN blocks, but for the account that a public page gives on purpose.
func findIBAN(p *page) []finding {
	found := foundValues("personal/iban")(p)
	for _, f := range findKind(isIBAN)(p) {
		f.severity = Note
		f.says = &Text{"IBAN donné sur une page publique de don ou de paiement : est-ce bien le nôtre ?", "An IBAN on a public page about gifts or payment: is it ours?"}
		found = append(found, f)
	}
	return found
}

func findRIB(p *page) []finding {
	found := foundValues("personal/rib")(p)
	for _, f := range findKind(isRIB)(p) {
		f.severity = Note
		found = append(found, f)
	}
	return found
}

var anyYear = regexp.MustCompile(`\b(\d{4})\b`)

// firstLiving is the year of birth before which a person is history.
const firstLiving = 1920

// bornThing ends what stands before a date on which a company or the like was born.
var bornThing = regexp.MustCompile(`(?:^|[.!?;:,\n"]) ?(?:et |mais |and |but )?(?:la |le |l'|notre |cette |ce |the |our |this )(?:[a-z]+ )?(?:entreprise|societe|maison|boulangerie|fromagerie|brasserie|marque|usine|atelier|fabrique|association|magasin|boutique|club|ecole|groupe|cooperative|projet|idee|revue|journal|fondation|bakery|company|firm|brand|factory|plant|mill|shop|store|club|school|charity|business|brewery|group|workshop|idea|project|magazine|paper|foundation|cooperative)(?: [a-z']+){0,3} (?:est|fut|etait|is|was) (?:nee?|born)(?: (?:le|on|the))? ?$`)

// bornThen and livedThen read years after a name: "né le 22 août 1647 à Blois", "(1647-1712)", "1752 – 1834".
var (
	bornThen  = regexp.MustCompile(`^,? ?\(?(?:nee?|born|[a-z ]{0,20}(?:nee?|born)) [^.\n]{0,24}\b(1[0-8]\d\d|190\d|191\d)\b`)
	livedThen = regexp.MustCompile(`^,? ?\(?(?:1[0-8]\d\d|190\d|191\d) ?[-–—] ?1[0-9]\d\d\)?`)
)

// longDead tells whether what follows a name says that the person was born before those who live.
func (p *page) longDead(q person) bool {
	raw := p.fields[q.field].raw
	after := foldString(raw[q.end:min(len(raw), q.end+90)])
	return bornThen.MatchString(after) || livedThen.MatchString(after)
}

// findBirth speaks of the living.
func findBirth(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		for _, v := range f.values {
			if v.kind != isBirth {
				continue
			}
			if y := anyYear.FindString(f.raw[v.start:v.end]); y != "" && (number(y) < firstLiving || number(y) > p.day.Year()-14) {
				continue
			}
			if from, _ := f.sentence(v.start, v.end); bornThing.MatchString(foldString(strings.TrimLeft(f.raw[from:v.start], " "))) {
				continue
			}
			found = append(found, finding{field: i, start: v.start, end: v.end})
		}
	}
	return found
}

var (
	plate      = regexp.MustCompile(`^[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}$`)
	listSalary = words.list("personal salary")
	listEarns  = words.list("personal earns")
	listGrid   = words.list("personal grid")
	payPeriod  = mustAtWord(`\b(?:a month|a year|per (?:month|year|annum|hour)|an hour|annually|monthly|par (?:mois|an|heure)|bruts?|nets?|mensuels?|annuels?)\b`)
	money      = regexp.MustCompile(`\b\d{1,3}(?:[ .,]?\d{3})+(?:,\d{2})? ?(?:€|euros?\b|eur\b|k€|\$|£|pounds?\b|dollars?\b)|\b\d{2,3} ?k€|[€$£] ?\d{1,3}(?:[,. ]?\d{3})+|\+ ?\d+(?:[.,]\d+)? ?%`)
)

func findPlate(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if !f.said() && f.spot != inImage {
			continue
		}
		add := func(start, end int) {
			if len(found) < 5 {
				found = append(found, finding{field: i, start: start, end: end})
			}
		}
		for _, v := range f.values {
			if v.kind == isPlate {
				add(v.start, v.end)
			}
		}
		eachPlate(f.raw, 0, 1<<16, '-', func(start, end int) {
			if !slices.ContainsFunc(f.values, func(v value) bool { return v.start <= start && v.end >= end }) {
				add(start, end)
			}
		})
	}
	return found
}

// maxPlateReach is how many bytes after the name of a vehicle its plate stands at most.
const maxPlateReach = 110

// namesPlate begins what is said of a plate itself.
var namesPlate = regexp.MustCompile(`^(?:immatricul|plaque|plate|registr)`)

// notPlate are words and units around a number in capitals.
var notPlate = setOf("de le la du en et un au et cv ch km kg mm cm ml hp kw db")

// eachPlate finds number plates of the form AA-123-AA with one sign, a dash or a space, between their parts.
func eachPlate(raw string, from, to int, sign byte, found func(start, end int)) {
	to = min(to, len(raw))
	for k := max(from, 2); k+7 <= to; k++ {
		n := strings.IndexByte(raw[k:to-6], sign)
		if n < 0 {
			return
		}
		if k += n; raw[k+4] == sign && isDigit(raw[k+1]) && plate.MatchString(raw[k-2:k+7]) && (k == 2 || !alnumByte(raw[k-3])) && (k+7 == len(raw) || !alnumByte(raw[k+7])) &&
			(sign == '-' || !notPlate[strings.ToLower(raw[k-2:k])] && !notPlate[strings.ToLower(raw[k+5:k+7])]) {
			found(k-2, k+7)
		}
	}
}

// findSalary wants money beside a word of pay and a person beside both. A job offer gives no
// person's pay.
func findSalary(p *page) (found []finding) {
	if p.named("job_offer") {
		return nil
	}
	look := func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		from, to := max(0, int(h.start)-60), min(len(f.low), int(h.end)+60)
		for from < int(h.start) && f.low[from]&0xC0 == 0x80 {
			from++
		}
		m := money.FindStringIndex(f.low[from:to])
		if m == nil || p.paysASum(f, h) {
			return true
		}
		g := p.at(h)
		if p.personNear(g.field, g.start, g.end, 60) || p.sorted.id == "personal_hr_doc" {
			g.quote = "••••"
			if p.public {
				g.severity = Review // it is out: somebody must see whether it should be
			}
			found = append(found, g)
		} else if !p.public && p.guessedIn(f, h) {
			g.quote, g.severity = "••••", Review
			found = append(found, g)
		}
		return len(found) < maxFindings
	}
	p.each(listSalary, look)
	p.each(listEarns, func(f *field, h *hit) bool { // a prize is no pay
		return !payPeriod.MatchString(cut(f.low[h.end:], 60)) || look(f, h)
	})
	return found
}

// aSumBehind is a sum right behind a word.
var aSumBehind = regexp.MustCompile(`^ (?:up to |about |nearly |over |more than )?[€$£] ?\d[\d., ]*(?:k|m|bn| (?:thousand|million|billion))?`)

var (
	// payer stands between the name of who pays and the word
	payer = regexp.MustCompile(`^,? (?:(?:who|and|then|could|may|might|must|will|would|did|does|not|never|now|also|still|soon|even|is|was|were|be|been|has|had|have) )*(?:have|has|had|ordered|required|told|forced|obliged|liable|need|needs|needed|sentenced|made) to $`)
	// earnedAs is said of what somebody earns, and of whom it is given for
	earnedAs = regexp.MustCompile(`^,? ?(?:gross|net|basic|basis|base|before tax|after tax|plus|per|all in|to start|starting|full time|part time|pro rata)\b|\b(?:gross|net of tax|before tax|salary|wages?|bonus|contract|position|post|role|job|hire|recruits?|trainees?|apprentices?|staff|heads? of|clerks?|nurses?|chefs?|cooks?|pilots?|guards?|foreman|salesman|[a-z]+woman|secretary|deputy|chief|officers?|assistants?|partner)\b`)
	// somebody with a post, after the word that says for whom; things end so too, but are seldom paid for beside a person
	forAPost = regexp.MustCompile(`\b(?:for|on|in|as|with) (?:(?:a|an|the|our|its|their|his|her|your|another|each|every|one|two|three|new|next|second|senior|junior|young|former|good|experienced|future|incoming) )+(?:[a-z-]+ ){0,2}?[a-z-]{2,}(?:ers?|ors?|ants?|ists?|ians?|ees?|men|man)\b`)
)

// paysASum tells whether "pay" is what somebody has to do with a sum: "have to pay $250,000". It is what is earned where a time of
// it, a post or a person follows, or a person stands before who is not the one who has to.
func (p *page) paysASum(f *field, h *hit) bool {
	if f.low[h.start:h.end] != "pay" || !strings.HasSuffix(f.low[:h.start], "to ") {
		return false
	}
	behind := cut(f.low[h.end:], 60)
	sum := aSumBehind.FindStringIndex(behind)
	if sum == nil || payPeriod.MatchString(behind) {
		return false
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	rest := cut(f.low[min(to, int(h.end)+sum[1]):to], 120)
	if strings.HasPrefix(strings.TrimLeft(rest, " "), "to ") || earnedAs.MatchString(rest) || forAPost.MatchString(rest) { // "pay £52,000 to Claire"
		return false
	}
	start, at := f.span(from, int(h.start))
	_, end := f.span(int(h.end), to)
	paying := -1 // where the name of who may pay ends
	for _, q := range p.people {
		switch {
		case q.field != int(h.field) || q.end <= start || q.start >= end:
		case q.start >= at:
			return false
		default:
			paying = max(paying, q.end)
		}
	}
	return paying < 0 || paying <= at && payer.MatchString(foldString(f.raw[paying:at]))
}

// findSalaryGrid speaks where a grid is the subject: in a title, a file name, a heading, or a text
// that gives sums.
func findSalaryGrid(p *page) (found []finding) {
	if p.named("job_offer") {
		return nil
	}
	p.each(listGrid, func(f *field, h *hit) bool {
		subject := f.spot == inTitle || f.spot == inH1 || f.spot == inFile || f.spot == inCover && f.titleLike(int(h.start), int(h.end)) || f.spot == inHeader
		if !subject && !(f.said() && p.personalDoc()) {
			return true
		}
		if p.public {
			return true
		}
		g := p.at(h)
		if p.explainer() && len(p.people) == 0 && !p.ofACase() {
			return true
		}
		if p.teaches() && len(p.people) == 0 {
			g.severity, g.says = Review, &Text{"Explique la paie : rien de personnel ?", "Explains pay: is nothing personal in it?"}
		}
		found = append(found, g)
		return true
	})
	return found
}

func (p *page) personalDoc() bool { return p.sorted.id == "personal_hr_doc" }

var byline = regexp.MustCompile(`^(?:par|by|propos recueillis par|interview by|written by|redige par) `)

// findByline reads a signature at the top or the end of a text that is not public yet.
func findByline(p *page) (found []finding) {
	if p.public {
		return nil
	}
	for _, q := range p.people {
		f := &p.fields[q.field]
		if !f.said() || p.agreed(q) {
			continue
		}
		line, _, _ := lineWithin(f.raw, q.start, q.start, 200)
		if lead := foldString(f.raw[line:q.start]); len(lead) < 40 && byline.MatchString(lead) {
			found = append(found, finding{field: q.field, start: q.start, end: q.end})
		}
	}
	return found
}

// findAbout speaks when the title names a person and the item is not public yet.
func findAbout(p *page) []finding {
	if p.public {
		return nil
	}
	switch p.sorted.id {
	case "people_portrait", "appointment", "testimonial", "leader_word", "expert_article", "event_recap", "internal_life", "award_cert", "event_upcoming", Other, "webinar_podcast":
	default:
		if p.sorted.id != "faq" || !p.presents() { // questions, and a person who answers them
			return nil
		}
	}
	if q, ok := p.subject(); ok && !p.agreed(q) {
		return []finding{{field: q.field, start: q.start, end: q.end}}
	}
	if p.text.words <= fewAbout { // whoever is named there is what it is about
		for _, q := range p.people {
			if q.field == p.body && !p.agreed(q) && !p.longDead(q) {
				return []finding{{field: q.field, start: q.start, end: q.end}}
			}
		}
	}
	return nil
}

// fewAbout is how many words a text has at most that is about those whom it names.
const fewAbout = 80
