package classify

import "strings"

// ownWords adds what a company's own words say (Policy.Words): each counts as a strong word of its
// type, wherever words count.
func (p *page) ownWords(all []evidence) {
	for id, phrases := range p.policy.Words {
		i, ok := typeIndex[id]
		if !ok {
			continue
		}
		e, inBody := &all[i], int32(0)
		for _, phrase := range phrases {
			w := strings.TrimSpace(foldString(phrase))
			if w == "" {
				continue
			}
			for k := range p.fields {
				f := &p.fields[k]
				at := clueCount
				switch f.spot {
				case inTitle, inH1:
					at = titleStrong
				case inFile:
					at = fileStrong
				case inHeading, inCover:
					at = headStrong
				case inDescription:
					at = descStrong
				case inCrumb:
					at = crumbStrong
				case inURL:
					at = urlWord
				case inText:
					at = bodyStrong
				default:
					continue
				}
				low := f.low
				if f.spot == inURL || f.spot == inFile {
					low = strings.Map(spaceFor, low)
				}
				start := indexWord(low, w)
				if start < 0 {
					continue
				}
				if f.spot == inText {
					inBody += 100
					continue
				}
				e[at] = 100
				if at == titleStrong && leads(f.low, start) {
					e[titleFirst] = 100
				}
				if f.spot == inCrumb && len(w) == len(strings.TrimSpace(low)) {
					e[sectionName] = 100
				}
			}
		}
		if inBody > 0 {
			e[bodyStrong] = min(e[bodyStrong]+inBody, 300)
			e[bodyDense] = max(e[bodyDense], int32(min(2500/max(p.text.words, 1), 200)))
		}
		if e.found() > 0 && e[titleStrong]+e[fileStrong]+e[headStrong] > 0 {
			e[placeOnly] = 0
		}
	}
}

// spaceFor makes the marks between the words of an address spaces.
func spaceFor(r rune) rune {
	switch r {
	case '-', '_', '/', '+', '.', '=', '&', '?', ':':
		return ' '
	}
	return r
}
