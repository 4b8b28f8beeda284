package classify

import (
	"slices"
	"strings"

	"filon/crawler/content"
)

// The picture of an item that suits a post best, and whose it is.

// bestImage picks the picture that suits a post best, and the state of its rights.
func (p *page) bestImage() (int, string) {
	best, top := -1, 0
	rights := ""
	for i := range p.item.Images {
		im := &p.item.Images[i]
		r := p.imageRights(i)
		score := imageScore(im)
		if r == "third_party" {
			score /= 4
		}
		if score > top {
			best, top, rights = i, score, r
		}
	}
	if best < 0 && p.image {
		return -1, p.imageRights(-1)
	}
	return best, rights
}

// missingImage tells whether a picture that the item shows is not there.
func (p *page) missingImage() bool {
	for i := range p.item.Images {
		if p.item.Images[i].Missing {
			return true
		}
	}
	return false
}

// imagesThere counts the pictures that are there.
func (p *page) imagesThere() (n int) {
	for i := range p.item.Images {
		if !p.item.Images[i].Missing {
			n++
		}
	}
	return n
}

// imageScore grows with the fitness for a post; a decoration or an icon has none, nor has what is not there.
func imageScore(im *content.Image) int {
	if im.Missing || im.Role == "decoration" || strings.HasSuffix(strings.ToLower(im.Address), ".svg") || im.MIME == "image/svg+xml" {
		return 0
	}
	short := min(im.Width, im.Height)
	score := 40
	switch {
	case im.Width == 0 || im.Height == 0:
	case short < 200:
		return 0
	case short >= 1080:
		score = 100
	case im.Width >= 1200 && im.Height >= 630:
		score = 90
	case short >= 600:
		score = 60
	default:
		score = 30
	}
	if im.Role == "og" {
		score += 8
	}
	if im.Alt != "" || im.Caption != "" {
		score += 4
	}
	low := strings.ToLower(lastSegment(im.Address))
	if strings.Contains(low, "logo") || strings.Contains(low, "icon") || strings.Contains(low, "placeholder") || strings.Contains(low, "avatar") {
		score /= 8
	}
	return score
}

// imageRights is own, third_party, stock, cc or unknown for image i; -1 asks about an item that is
// itself a picture.
func (p *page) imageRights(i int) string {
	mine := func(f *field) bool {
		return i >= 0 && (f.spot == inImage || f.spot == inCredit || f.spot == inImageFile) && f.index == i ||
			(p.image || p.film) && (f.spot == inProperty || f.spot == inFile || f.spot == inText || f.spot == inByline || f.spot == inDescription || f.spot == inCredit)
	}
	company := p.companyWords()
	rights := "unknown"
	for k := range p.fields {
		f := &p.fields[k]
		if !mine(f) {
			continue
		}
		switch {
		case f.spot != inFile && f.spot != inImageFile && (p.policy.owns(f.low) || company != "" && strings.Contains(f.low, company)) && (f.spot == inCredit || f.spot == inProperty || creditAt(f.low) >= 0):
			return "own"
		case p.licenseIn(f, len(f.low)) != nil:
			rights = "cc"
		case (f.spot == inImageFile || f.spot == inFile) && stockNameIn(f.low) != nil:
			return "stock"
		case (f.spot == inImageFile || f.spot == inFile) && afpNameIn(f.raw) != nil:
			return "third_party"
		case f.spot == inCredit && (f.name == "credit" || f.name == "creator" || f.name == "copyright") && rights == "unknown":
			rights = "third_party"
		}
	}
	for _, c := range []struct {
		list   listID
		rights string
	}{{listEditorial, "third_party"}, {listStock, "stock"}, {listFree, "cc"}} {
		for f, hits := range p.hitsOf(c.list) {
			if mine(f) && rights != c.rights && slices.ContainsFunc(hits, func(h *hit) bool { return p.inCredit(f, h) }) {
				rights = c.rights
			}
		}
	}
	return rights
}
