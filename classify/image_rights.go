package classify

import (
	"regexp"
	"strings"
	"time"

	"filon/crawler/content"
)

// Whose a picture is, by its credit, its name and its license (domain 3.10).

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

// licenseIn finds a Creative Commons licence in the first bytes of a field, near the words that one has.
func (p *page) licenseIn(f *field, most int) (found []int) {
	const before, after = len("creative ") + 1, 60
	for _, h := range p.hitsOf(listLicense)[f] {
		if found != nil || int(h.end) > most {
			break
		}
		from := max(0, int(h.start)-before)
		found = ccLicense.FindStringSubmatchIndex(f.low[from:min(most, int(h.end)+after)])
		for k := range found {
			found[k] += from
		}
	}
	return found
}

// credits calls found with the hits of a list that stand in a credit.
func (p *page) credits(list listID, found func(f *field, h *hit)) {
	p.each(list, func(f *field, h *hit) bool {
		if p.inCredit(f, h) {
			found(f, h)
		}
		return true
	})
}

// inCredit tells whether a hit stands in an image's credit, or after the word credit or © in a caption, a text or a property.
func (p *page) inCredit(f *field, h *hit) bool {
	switch f.spot {
	case inCredit:
		return true
	case inImageFile:
		return h.end-h.start > 5 && strings.ContainsAny(f.low, "0123456789")
	case inProperty:
		return ofCreditProperty(foldString(f.name))
	}
	before := f.low[lineStart(f.low, int(h.start)):h.start]
	switch {
	case !strings.Contains(before, "©") && !creditWords.in(before):
	case (f.ofPicture() || f.spot == inText && (p.image || len(p.item.Images) > 0)) && credited.MatchString(before):
		return true
	case f.shown() && signed.MatchString(before): // of a picture that a document holds, or that was taken out
		return true
	case f.spot == inText && h.start > 2 && strings.HasSuffix(before, "/") && strings.Contains(before, "©"):
		return true
	}
	return false
}

// creditWords are, beside ©, parts of what credited and signed look for.
var creditWords = newSeeker([]string{"(c)", "credit", "photo", "source", "copyright", "visuel"})

// ofCreditProperty tells whether a property, folded, says of a file whose it is.
func ofCreditProperty(name string) bool {
	return strings.HasPrefix(name, "iptc") || strings.HasPrefix(name, "exif") || strings.HasPrefix(name, "xmp") || name == "credit" || name == "copyright" || name == "creator"
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
			if f.spot != inImageFile && !(f.spot == inFile && p.image) && !f.ofPicture() { // a text in place of a picture is often the name of its file
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
		if f.spot != inCredit && !f.ofPicture() && f.spot != inText {
			continue
		}
		own := p.policy.owns(f.low) || company != "" && strings.Contains(f.low, company)
		switch {
		case own || known[f.index]:
		case f.spot == inCredit && p.creditsNobody(f.low):
		case (f.spot == inCredit || f.spot == inImage) && p.rightsHeld(f.index): // whoever pressed the button
		case f.spot == inCredit && (f.name == "credit" || f.name == "creator" || f.name == "copyright"):
			if !generatorName[strings.TrimSpace(f.low)] && len(strings.TrimSpace(f.low)) > 2 {
				found = append(found, finding{field: i, end: len(f.raw)})
			}
		case f.ofPicture():
			if k := creditAt(f.low); k >= 0 && !p.creditsNobody(f.low[k:]) {
				g := p.lows(i, k, len(f.low))
				found = append(found, g)
			}
		case f.spot == inText:
			leads := []string{"credit photo", "credits photo", "photo credit", "photo :", "© "}
			if !p.holdsPictures() { // beyond doubt where the picture is not known
				leads = leads[:3]
			}
			if !strings.Contains(f.low, "photo") {
				leads = leads[min(len(leads), 4):]
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
					if len(name) < 3 || p.policy.owns(line) || company != "" && strings.Contains(line, company) || strings.Contains(line, "all rights") || strings.Contains(line, "tous droits") || p.creditsNobody(line) || p.agencyLine(f, k, k+len(line)) {
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

var (
	creditLead = regexp.MustCompile(`^(?:©|\(c\)|(?:photo )?credits?(?: photos?| images?)?|photos?(?: credits?)?|[ :.0-9])+`)
	ownTeam    = regexp.MustCompile(`^(?:l'|les |the |our |notre |nos )?(?:equipes?|teams?|service communication)(?: de | d'| du | of | at | )(?:la |le |l'|the )?`)
	screenshot = regexp.MustCompile(`^(?:a |une? )?(?:screen ?shots?|screen ?grabs?|screen capture|captures? d'ecran)\b`)
)

// creditsNobody tells whether a credit names nobody whose rights are asked about: the company itself, by its name without what
// firms add to theirs, or the screen that was copied.
func (p *page) creditsNobody(low string) bool {
	low = strings.TrimSpace(creditLead.ReplaceAllString(low, ""))
	if screenshot.MatchString(low) {
		return true
	}
	name := p.shortCompany()
	if name == "" {
		return false
	}
	rest, own := strings.CutPrefix(ownTeam.ReplaceAllString(low, ""), name)
	for _, w := range splitWords(rest) {
		own = own && formWords[w]
	}
	return own && (rest == "" || !isWord(rest[0]))
}

// formWords stand at the end of a firm's name, and are left out when it is spoken of.
var formWords = setOf("foundation fondation association group groupe holding company corporation corp inc ltd llc plc gmbh sa sas sasu sarl scop france international europe official officiel")

// shortCompany is companyWords without formWords at its end, if two words are left.
func (p *page) shortCompany() string {
	w := strings.Fields(p.companyWords())
	for len(w) > 2 && formWords[strings.Trim(w[len(w)-1], ".,()")] {
		w = w[:len(w)-1]
	}
	if len(w) < 2 {
		return ""
	}
	return strings.Join(w, " ")
}

// holdsPictures tells whether the item is a picture, shows some or is a document with some inside.
func (p *page) holdsPictures() bool {
	return p.image || len(p.item.Images) > 0 || p.item.Properties["pictures"] != ""
}

// rightsHeld tells whether the company holds the rights in an image, or a licence gives them to everybody.
func (p *page) rightsHeld(image int) bool {
	rights := p.imageRights(image)
	return rights == "own" || rights == "cc"
}

// agencyLine tells whether an agency or a library stands in low[start:end] of a field.
func (p *page) agencyLine(f *field, start, end int) bool {
	for _, list := range []listID{listEditorial, listStock, listFree} {
		for _, h := range hitsIn(p.hitsOf(list)[f], start, end) {
			if int(h.end) <= end {
				return true
			}
		}
	}
	return false
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
			most := len(f.low)
			if f.said() && closed { // only what a text says of a licence that forbids something
				most = min(most, maxLicensed)
			} else if f.spot != inCredit && f.spot != inImage && f.spot != inProperty {
				continue
			}
			m := p.licenseIn(f, most)
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
		if m := closedLicense.FindString(p.item.License); m != "" && closed && !p.public && len(found) == 0 { // a site of the company may give its own pages so
			found = append(found, finding{field: -1, quote: m})
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
