package classify

import (
	"regexp"
	"strings"
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
	{ID: "image/cc-nc", Severity: Review, Approver: "photographer", Basis: "texte de la licence Creative Commons", Source: "domain 3.10: Creative Commons",
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
	listLicense   = words.list("image license")
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

// findGallery speaks of pictures of people at work that are not public yet.
func findGallery(p *page) []finding {
	if p.public {
		return nil
	}
	if p.sorted.id == "people_portrait" && p.allAgreed() {
		return nil
	}
	album := p.format == "photo_album"
	switch p.sorted.id {
	case "internal_life", "people_portrait", "event_recap":
		album = album || len(p.item.Images) > 0
	case "product_page", "training", "listing_page": // pictures of goods, of a course, of other pages
		album = album && p.galleryTitle()
	}
	if album {
		return []finding{{field: -1}}
	}
	return nil
}

// apart tells whether a field is of what the site has put around the item: the picture or the heading of another page's teaser, a logo,
// an avatar, the footer.
func (p *page) apart(f *field) bool {
	switch f.spot {
	case inHeading:
		return p.item.Headings[f.index].Apart
	case inImage, inCredit, inImageFile:
		im := &p.item.Images[f.index]
		return im.Role == "decoration" && im.Apart
	}
	return false
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
