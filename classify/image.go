package classify

import (
	"regexp"
	"strings"
	"time"

	"filon/crawler/content"
)

// People in pictures, minors, and the rights of others (domain 3.9, 3.10).

var imageRules = []Rule{
	{ID: "image/editorial-agency", Severity: Note, Approver: "photographer", Basis: "CPI L122-4, L335-2", Source: "domain 3.10: editorial agencies",
		Says: Text{"Photo d'une agence de presse : la remplacer avant de publier", "A press agency's photo: replace it before publishing"}, find: findAgency("image editorial", Block)},
	{ID: "image/stock", Severity: Note, Approver: "photographer", Basis: "CPI L122-4", Source: "domain 3.10: microstock; 7.2, example 5",
		Says: Text{"Image d'une banque d'images : vérifier que la licence couvre les réseaux sociaux", "A stock image: check that the licence covers social networks"}, find: findAgency("image stock", Review)},
	{ID: "image/free-library", Severity: Note, Needs: hasImages, Source: "domain 3.10: Unsplash, Pexels, Pixabay, Freepik",
		Says: Text{"Image d'une bibliothèque libre : garder le crédit", "An image of a free library: keep the credit"}, find: findAgency("image free", Note)},
	{ID: "image/credit", Severity: Review, Approver: "photographer", Basis: "CPI L121-1, L131-3", Source: "domain 3.10: photographer credit",
		Says: Text{"Crédit d'un photographe : la cession couvre-t-elle les réseaux sociaux ?", "A photographer's credit: do the rights cover social networks?"}, find: findCredit},
	{ID: "image/cc-nc", Severity: Review, Needs: hasImages, Approver: "photographer", Basis: "texte de la licence Creative Commons", Source: "domain 3.10: Creative Commons",
		Says: Text{"Licence Creative Commons qui exclut l'usage commercial ou la retouche", "A Creative Commons licence that forbids commercial use or changes"}, find: findCC(true)},
	{ID: "image/cc", Severity: Note, Needs: hasImages, Basis: "texte de la licence Creative Commons", Source: "domain 3.10: Creative Commons",
		Says: Text{"Licence Creative Commons : citer l'auteur et la licence", "A Creative Commons licence: name the author and the licence"}, find: findCC(false)},
	{ID: "image/usage-terms", Severity: Review, Needs: hasImages, Approver: "photographer", Basis: "CPI L131-3", Source: "domain 3.10: embedded metadata",
		Says: Text{"Les droits de l'image sont limités", "The rights in the image are limited"}, find: findUsageTerms},
	{ID: "image/person", Severity: Review, Approver: "person", Basis: "C. civ. art. 9", Source: "domain 3.9: caption with a name",
		Says: Text{"La légende nomme une personne : droit à l'image", "The caption names a person: right to one's image"}, find: findCaptioned},
	{ID: "image/minors", Severity: Review, Approver: "parents", Basis: "C. civ. art. 9, 371-1, 372-1 ; loi 2024-120", Source: "domain 3.9: minors",
		Says: Text{"Des mineurs sont en image : accord écrit des deux parents", "Minors in pictures: written consent of both parents"}, find: findMinors},
	{ID: "image/gallery", Severity: Review, Approver: "person", Basis: "C. civ. art. 9 ; C. trav. L1121-1", Source: "domain 3.9: faces; 7.2, example 14",
		Says: Text{"Photos de la vie interne : accord des personnes reconnaissables", "Photos of staff: ask the people who can be recognised"}, find: findGallery},
	{ID: "image/film", Severity: Review, Approver: "legal", Basis: "CPI L212-3, L213-1 ; C. civ. art. 9", Source: "domain 3.10: music; 7.2, example 30",
		Says: Text{"Film ou son : droits de la musique, accord des intervenants extérieurs", "Film or sound: rights in the music, agreement of outside speakers"}, find: findFilm},
	{ID: "image/film-unseen", Severity: Review, Approver: "person", Basis: "C. civ. art. 9 ; CPI L212-3", Source: "domain 3.9, 3.10: people in images, rights",
		Says: Text{"Film ou enregistrement : rien ne dit qui y est ni à qui sont les droits", "A film or a recording: nothing says who is in it, or whose it is"}, find: findUnseenFilm},
	{ID: "image/ai", Severity: Note, Needs: hasImages, Source: "domain 3.9: AI images",
		Says: Text{"Image produite par une IA : le dire", "An image made by AI: say so"}, find: findAI},
	{ID: "image/gps", Severity: Note, Source: "domain 3.4: EXIF GPS",
		Says: Text{"Position GPS dans la photo : à ôter", "A GPS position in the photo: strip it"}, find: findGPS},
	{ID: "image/rights-unknown", Severity: Review, Approver: "photographer", Basis: "CPI L111-1 ; C. civ. art. 9", Source: "domain 3.10",
		Says: Text{"Photo sans auteur ni titulaire connus", "A photo without known author or owner"}, find: findOrphanPhoto},
}

var (
	listEditorial = words.list("image editorial")
	listStock     = words.list("image stock")
	listFree      = words.list("image free")
	listMinors    = words.list("image minors")
	listFamily    = words.list("image family")
	listGallery   = words.list("image gallery")

	stockName = regexp.MustCompile(`(?:gettyimages-\d{5,}|istock[-_]?\d{6,}|shutterstock_\d{6,}|adobestock_\d{6,}|fotolia_\d{6,}|depositphotos_\d{6,}|dreamstime_[a-z]*_?\d{6,}|alamy[-_][a-z0-9]{5,})`)
	afpName   = regexp.MustCompile(`\b000_[0-9A-Z]{6,8}\b`)
	credited  = regexp.MustCompile(`(?:©|\(c\)|credits?(?: photos?)?|photos?|source|copyright|photographe|photographer|visuel)\s?:?\s?[^.\n]{0,40}$`)
	// signed is a credit beyond doubt, where no picture is known: news that name an agency as their source are none.
	signed = regexp.MustCompile(`(?:(?:©|\(c\)|\bcredits? photos?\b ?:?|\bphotos?(?: credits?)? ?:|\bphotos? (?:by|par)\b)[^.,;\n]{0,40}|\bphotos? )$`)
	// the Associated Press by its two letters, which are a credit only where nothing else follows
	signedAP  = regexp.MustCompile(`(?:©|\(c\)|\bcredits? photos?\b ?:?|\bphotos?(?: credits?)? ?:?) ?(?:(?:by|par) )?(?:[^.,;/\n]{1,30} ?/ ?)?(ap)(?: photos?| images)?[ )]?(?:[\n.,;)]|$)`)
	ccLicense = regexp.MustCompile(`(?:creativecommons\.org/(?:licenses/(by[a-z-]*)|publicdomain/)|\b(?:cc[- ]?|creative commons )(by(?:[- ](?:nc|nd|sa))*)\b|\bcc0\b)`)
)

var stockNames = newSeeker([]string{"gettyimages", "istock", "shutterstock", "adobestock", "fotolia", "depositphotos", "dreamstime", "alamy"})

// The expressions are slow, and what they look for is rare: each is tried where its letters stand.

func stockNameIn(low string) []int {
	if !stockNames.in(low) {
		return nil
	}
	return stockName.FindStringIndex(low)
}

func afpNameIn(raw string) []int {
	if !strings.Contains(raw, "000_") {
		return nil
	}
	return afpName.FindStringIndex(raw)
}

func ccLicenseIn(low string) []int {
	if !strings.Contains(low, "cc by") && !strings.Contains(low, "cc-by") && !strings.Contains(low, "ccby") && !strings.Contains(low, "cc0") && !strings.Contains(low, "commons by") && !strings.Contains(low, "creativecommons") {
		return nil
	}
	return ccLicense.FindStringSubmatchIndex(low)
}

// credits calls found with the hits of a list that stand in an image's credit, or after the word
// credit or © in a caption, a text or a property.
func (p *page) credits(list listID, found func(f *field, h *hit)) {
	p.each(list, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		switch {
		case f.spot == inCredit:
		case f.spot == inImageFile && len(word) > 5 && strings.ContainsAny(f.low, "0123456789"):
		case f.spot == inProperty && (strings.HasPrefix(foldString(f.name), "iptc") || strings.HasPrefix(foldString(f.name), "exif") || strings.HasPrefix(foldString(f.name), "xmp") || foldString(f.name) == "credit" || foldString(f.name) == "copyright" || foldString(f.name) == "creator"):
		case (f.ofPicture() || f.spot == inText && (p.image || len(p.item.Images) > 0)) && credited.MatchString(f.low[lineStart(f.low, int(h.start)):h.start]):
		case f.shown() && signed.MatchString(f.low[lineStart(f.low, int(h.start)):h.start]): // of a picture that a document holds, or that was taken out
		case f.spot == inText && h.start > 2 && strings.HasSuffix(f.low[:h.start], "/") && strings.Contains(f.low[lineStart(f.low, int(h.start)):h.start], "©"):
		default:
			return true
		}
		found(f, h)
		return true
	})
}

// ofPicture tells whether a field is what is said of a picture: of a page, or inside of a document.
func (f *field) ofPicture() bool {
	return f.spot == inImage || f.spot == inNotes && f.name == string(content.ZoneAlt)
}

// shown tells whether a field is text that stands on the page or the slide.
func (f *field) shown() bool {
	return f.spot == inText || f.spot == inNotes || f.spot == inHeader || f.spot == inFooter
}

func lineStart(low string, at int) int {
	from := max(0, at-60)
	if i := strings.LastIndexByte(low[from:at], '\n'); i >= 0 {
		return from + i + 1
	}
	return from
}

// findAgency makes the finder of credits and file names of agencies. In an article the picture can
// be replaced; where the picture is the item, its rights decide.
func findAgency(list string, alone Severity) func(p *page) []finding {
	id := words.list(list)
	return func(p *page) (found []finding) {
		add := func(g finding) {
			if p.image {
				g.severity = alone
				if alone == Block {
					g.kind = Unlawful
				}
			}
			found = append(found, g)
		}
		p.credits(id, func(f *field, h *hit) {
			if !p.policy.owns(f.low[h.start:h.end]) {
				add(p.at(h))
			}
		})
		for i := range p.fields {
			f := &p.fields[i]
			if id == listEditorial && (f.shown() || f.ofPicture()) && strings.Contains(f.raw, "AP") {
				f.eachSignedAP(func(start, end int) { add(finding{field: i, start: start, end: end}) })
			}
			if f.spot != inImageFile && !(f.spot == inFile && p.image) {
				continue
			}
			switch id {
			case listStock:
				if m := stockNameIn(f.low); m != nil {
					add(p.lows(i, m[0], m[1]))
				}
			case listEditorial:
				if m := afpNameIn(f.raw); m != nil {
					add(finding{field: i, start: m[0], end: m[1]})
				}
			}
		}
		return found
	}
}

// eachSignedAP finds the first places where a picture is signed AP, in capitals: raw[start:end]. Most texts that have
// the letters have them elsewhere, so the slow look is at what stands around them.
func (f *field) eachSignedAP(found func(start, end int)) {
	for i, n := 0, 0; n < mostSigned; i += len("ap") {
		k := strings.Index(f.low[i:], "ap")
		if k < 0 {
			return
		}
		i += k
		if i > 0 && alnumByte(f.low[i-1]) || i+2 < len(f.low) && strings.IndexByte(" \n.,;)", f.low[i+2]) < 0 {
			continue
		}
		start, end := f.span(i, i+len("ap"))
		if f.raw[start:end] != "AP" {
			continue
		}
		from := max(0, i-signReach)
		for _, m := range signedAP.FindAllStringSubmatchIndex(f.low[from:min(len(f.low), i+signReach)], -1) {
			if from+m[2] == i {
				n++
				found(start, end)
			}
		}
	}
}

const (
	mostSigned = 8   // signatures of one text
	signReach  = 160 // bytes, more than signedAP reads before the name and behind it
)

// findCredit reads a credit that names somebody who is neither the company nor an agency.
func findCredit(p *page) (found []finding) {
	known := map[int]bool{}
	for _, list := range []listID{listEditorial, listStock, listFree} {
		p.credits(list, func(f *field, h *hit) { known[f.index] = true })
	}
	company := p.companyWords()
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inCredit && !f.ofPicture() && (f.spot != inText || len(p.item.Images) == 0 && !p.image) {
			continue
		}
		own := p.policy.owns(f.low) || company != "" && strings.Contains(f.low, company)
		switch {
		case own || known[f.index]:
		case (f.spot == inCredit || f.spot == inImage) && p.rightsHeld(f.index): // whoever pressed the button
		case f.spot == inCredit && (f.name == "credit" || f.name == "creator" || f.name == "copyright"):
			if !generatorName[strings.TrimSpace(f.low)] && len(strings.TrimSpace(f.low)) > 2 {
				found = append(found, finding{field: i, end: len(f.raw)})
			}
		case f.ofPicture():
			if k := creditAt(f.low); k >= 0 {
				g := p.lows(i, k, len(f.low))
				found = append(found, g)
			}
		case f.spot == inText:
			leads := []string{"credit photo", "credits photo", "photo :", "photo credit", "© "}
			if !strings.Contains(f.low, "photo") {
				leads = leads[len(leads)-1:]
			}
			for _, lead := range leads {
				for at, n := 0, 0; n < 8; n++ {
					k := strings.Index(f.low[at:], lead)
					if k < 0 {
						break
					}
					k += at
					at = k + len(lead)
					line := f.low[k:min(len(f.low), k+80)]
					if j := strings.IndexByte(line, '\n'); j >= 0 {
						line = line[:j]
					}
					name := strings.Trim(line[len(lead):], " :s©0123456789")
					if len(name) < 3 || p.policy.owns(line) || company != "" && strings.Contains(line, company) || strings.Contains(line, "all rights") || strings.Contains(line, "tous droits") || p.agencyLine(f, k, k+len(line)) {
						continue
					}
					// a year before a name is the company's own notice
					if lead == "© " && !p.personNear(i, f.rawAt(k), f.rawAt(k+len(line)), 0) {
						continue
					}
					found = append(found, p.lows(i, k, k+len(line)))
				}
			}
		}
	}
	return found
}

// rightsHeld tells whether the company holds the rights in an image, or a licence gives them to everybody.
func (p *page) rightsHeld(image int) bool {
	rights := p.imageRights(image)
	return rights == "own" || rights == "cc"
}

// agencyLine tells whether an agency or a library stands in low[start:end] of a field.
func (p *page) agencyLine(f *field, start, end int) bool {
	yes := false
	for _, list := range []listID{listEditorial, listStock, listFree} {
		p.each(list, func(g *field, h *hit) bool {
			yes = yes || g == f && int(h.start) >= start && int(h.end) <= end
			return !yes
		})
	}
	return yes
}

// creditAt finds the © or the word credit of a caption.
func creditAt(low string) int {
	for _, s := range []string{"©", "credit photo", "credits photo", "credit :", "credits :", "photo credit", "(c) "} {
		if k := strings.Index(low, s); k >= 0 && len(strings.Trim(low[k+len(s):], " :.0123456789")) > 2 {
			return k
		}
	}
	return -1
}

// companyWords is what the item itself says of its owner: the site's name, when it is long enough to
// mean something.
func (p *page) companyWords() string {
	name := foldString(strings.TrimSpace(p.item.SiteName))
	if len(name) < 4 {
		name = foldString(strings.TrimSpace(p.item.Publisher))
	}
	if len(name) < 4 {
		return ""
	}
	return name
}

var generatorName = map[string]bool{"admin": true, "user": true, "windows user": true, "hp": true, "utilisateur": true, "unknown": true, "picasa": true, "photoshop": true, "gimp": true,
	"canon": true, "nikon": true, "default": true, "owner name": true, "none": true, "n/a": true}

func findCC(closed bool) func(p *page) []finding {
	return func(p *page) (found []finding) {
		for i := range p.fields {
			f := &p.fields[i]
			in := f.low
			if f.said() && closed { // only what a text says of a licence that forbids something
				in = cut(in, maxLicensed)
			} else if f.spot != inCredit && f.spot != inImage && f.spot != inProperty {
				continue
			}
			m := ccLicenseIn(in)
			if m == nil {
				continue
			}
			word := f.low[m[0]:m[1]]
			if (strings.Contains(word, "nc") || strings.Contains(word, "nd")) == closed {
				g := p.lows(i, m[0], m[1])
				if closed && p.image && strings.Contains(word, "nc") {
					g.severity, g.kind = Block, Unlawful
				}
				found = append(found, g)
			}
		}
		for i := range p.item.Links {
			l := &p.item.Links[i]
			if m := closedLicense.FindString(l.Address); m != "" && closed && l.Main && len(found) == 0 {
				found = append(found, finding{field: -1, quote: m})
			}
		}
		return found
	}
}

// closedLicense is a licence in the address of a link that forbids commercial use or changes.
var closedLicense = regexp.MustCompile(`creativecommons\.org/licenses/by-n[cd][a-z-]*`)

// maxLicensed is how many bytes of a text are looked through for a licence.
const maxLicensed = 1 << 16

// findUsageTerms reads the terms that a picture carries: "web only", "not for resale", an expiry.
func findUsageTerms(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inProperty && f.spot != inCredit {
			continue
		}
		if f.spot == inProperty {
			name := foldString(f.name)
			if !strings.Contains(name, "usage") && !strings.Contains(name, "rights") && !strings.Contains(name, "instructions") && !strings.Contains(name, "terms") {
				continue
			}
		}
		for _, w := range []string{"only", "uniquement", "not for", "no social", "hors reseaux", "editorial use", "usage editorial", "interdit", "prohibited", "expire", "internal use", "usage interne", "no resale"} {
			if k := strings.Index(f.low, w); k >= 0 {
				g := p.lows(i, k, k+len(w))
				if w == "expire" && p.image && p.over(f.low[k:]) {
					g.severity, g.kind = Block, Unlawful
					g.says = &Text{"La licence de l'image a expiré", "The licence of the image has expired"}
				}
				found = append(found, g)
				break
			}
		}
	}
	return found
}

// over tells whether the first day of folded text is past; that day itself still counts.
func (p *page) over(low string) bool {
	days := datesIn(cut(low, 60), time.Time{})
	return len(days) > 0 && days[0].Before(startOfDay(p.day))
}

// findCaptioned speaks of captions with a name on items that are not public yet. On a public page
// the consent covers the web, and the form of consent decides about networks.
func findCaptioned(p *page) (found []finding) {
	if p.public {
		return nil
	}
	for _, q := range p.people {
		if p.fields[q.field].ofPicture() && !p.agreed(q) {
			found = append(found, finding{field: q.field, start: q.start, end: q.end})
		}
	}
	if len(found) == 0 && !p.allAgreed() { // "Gilles et ses collègues": colleagues go by their given names
		p.each(listGiven, func(f *field, h *hit) bool {
			if a, b := f.span(int(h.start), int(h.end)); f.ofPicture() && f.raw[a:b] != f.low[h.start:h.end] {
				found = append(found, p.at(h))
			}
			return len(found) == 0
		})
	}
	return found
}

// allAgreed tells whether the item names people, and the policy holds the consent of each.
func (p *page) allAgreed() bool {
	for _, q := range p.people {
		if !p.agreed(q) {
			return false
		}
	}
	return len(p.people) > 0
}

// pictured tells whether the item shows pictures of its own.
func (p *page) pictured() bool {
	if p.image {
		return true
	}
	for i := range p.item.Images {
		if p.item.Images[i].Role != "decoration" {
			return true
		}
	}
	return p.has(listGallery) && p.sorted.id == "internal_life"
}

// findMinors wants minors and pictures. A gallery of a family event blocks.
func findMinors(p *page) (found []finding) {
	if !p.pictured() && p.format != "photo_album" {
		if m := p.namedMinor(); m != nil && !p.public {
			m.says = &Text{"Un mineur est nommé : demander aux parents", "A minor is named: ask the parents"}
			return []finding{*m}
		}
		p.each(listMinors, func(f *field, h *hit) bool { // what a document says of the pictures inside of it
			if f.ofPicture() {
				found = append(found, p.at(h))
			}
			return len(found) < 20
		})
		if m := p.minorsTold(); m != nil && !p.public && len(found) == 0 {
			found = append(found, *m)
		}
		return found
	}
	gallery := p.format == "photo_album" || p.has(listGallery) && len(p.item.Images) >= 2
	family := false
	p.each(listFamily, func(f *field, h *hit) bool { family = aboutIt(f, h) || family; return !family })
	p.each(listMinors, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		weak := word == "famille" || word == "familles" || word == "petits et grands" || word == "classe de" || strings.HasPrefix(word, "mineur") || strings.HasPrefix(word, "minor")
		inPicture := f.ofPicture() || f.spot == inImageFile
		switch {
		case f.spot == inURL || f.spot == inCrumb || f.spot == inProperty && !p.image:
			return true
		case weak && !inPicture && !family:
			return true
		case !inPicture && !aboutIt(f, h) && !gallery && !family:
			return true // a text about children beside a picture of something else
		}
		g := p.at(h)
		if gallery && family || gallery && p.sorted.id == "internal_life" && inPicture {
			g.severity, g.kind = Block, Unlawful
		}
		found = append(found, g)
		return len(found) < 20
	})
	if m := p.namedMinor(); m != nil {
		m.severity, m.kind = Block, Unlawful
		m.says = &Text{"Un mineur est nommé et montré : accord écrit des deux parents", "A minor is named and shown: written consent of both parents"}
		found = append(found, *m)
	} else if m := p.minorsTold(); m != nil && !p.public && len(found) == 0 {
		found = append(found, *m)
	}
	return found
}

// findGallery speaks of pictures of people at work that are not public yet.
func findGallery(p *page) []finding {
	if p.public {
		return nil
	}
	if p.sorted.id == "people_portrait" && p.allAgreed() {
		return nil
	}
	if p.format == "photo_album" || len(p.item.Images) > 0 && (p.sorted.id == "internal_life" || p.sorted.id == "people_portrait" || p.sorted.id == "event_recap") {
		return []finding{{field: -1}}
	}
	return nil
}

func findAI(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inProperty && f.spot != inCredit && f.spot != inImage {
			continue
		}
		for _, w := range []string{"trainedalgorithmicmedia", "midjourney", "dall-e", "dall e", "stable diffusion", "adobe firefly", "image generee par ia", "ai generated", "ai-generated"} {
			if k := strings.Index(f.low, w); k >= 0 {
				found = append(found, p.lows(i, k, k+len(w)))
			}
		}
	}
	return found
}

func findGPS(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot == inProperty && strings.Contains(foldString(f.name), "gps") {
			found = append(found, finding{field: i, quote: "••••"})
			break
		}
	}
	return found
}

// findOrphanPhoto asks about a picture that nobody signs.
func findOrphanPhoto(p *page) []finding {
	if p.image && p.format == "image_photo" && p.rights == "unknown" {
		return []finding{{field: -1}}
	}
	return nil
}
