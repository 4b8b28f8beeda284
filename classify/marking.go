package classify

import (
	"regexp"
	"strings"
)

// Markings of confidentiality (domain 3.1). A marking is a word in a place: labels in properties
// first, then file name, headers, footers, watermarks, covers and banners, then the first and last
// lines of the text. The same word in the middle of a text is prose, and at most a question.

var markingRules = []Rule{
	{ID: "marking/label", Severity: Review, Approver: "owner", Basis: "étiquette de la maison", Source: "domain 3.1: sensitivity labels (MS-OFFCRYPTO 2.6.3)",
		Says: Text{"Étiquette de sensibilité posée sur le document", "A sensitivity label is set on the document"}, find: findLabels},
	{ID: "marking/state", Severity: Block, Kind: Secret, Hard: true, Approver: "security", Basis: "secret de la défense nationale", Source: "domain 3.1: state secret",
		Says: Text{"Mention de secret de la défense ou d'une organisation internationale : prévenir l'officier de sécurité", "Marked as a state secret: tell the security officer"}, find: stamped("marking state", Block)},
	{ID: "marking/secret", Severity: Block, Kind: Secret, Approver: "management", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.1: company secret",
		Says: Text{"Marqué secret ou strictement confidentiel", "Marked secret or strictly confidential"}, find: findSecretMarks},
	{ID: "marking/restricted", Severity: Block, Kind: Secret, Approver: "security", Basis: "mention de protection", Source: "domain 3.1: Diffusion restreinte",
		Says: Text{"Marqué à diffusion restreinte", "Marked for restricted distribution"}, find: stamped("marking restricted", Block)},
	{ID: "marking/confidential", Severity: Block, Kind: Secret, Approver: "management", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.1: confidential",
		Says: Text{"Marqué confidentiel", "Marked confidential"}, find: stamped("marking confidential", Block)},
	{ID: "marking/no-distribution", Severity: Block, Kind: Secret, Approver: "management", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.1: do not distribute",
		Says: Text{"Marqué « ne pas diffuser »", "Marked not to be distributed"}, find: stamped("marking nodist", Block)},
	{ID: "marking/scale", Severity: Block, Kind: Secret, Approver: "management", Basis: "étiquette de la maison", Source: "domain 3.1: C0 to C4; the scale is the policy's",
		Says: Text{"Niveau de confidentialité de l'entreprise (échelle C)", "Confidentiality level of the company's scale"}, find: findScale},
	{ID: "marking/tlp", Severity: Block, Kind: Secret, Approver: "security", Basis: "TLP 2.0", Source: "domain 3.1: FIRST TLP 2.0",
		Says: Text{"Marque TLP : ne doit pas être rendu public", "TLP mark: must not be made public"}, find: findTLP},
	{ID: "marking/internal", Severity: Review, Approver: "owner", Basis: "étiquette de la maison", Source: "domain 3.1: internal",
		Says: Text{"Marqué à usage interne : le propriétaire doit lever la mention", "Marked for internal use: the owner must lift the marking"}, find: findInternal},
	{ID: "marking/mentioned", Severity: Review, Approver: "owner", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.1: body, weak evidence",
		Says: Text{"Un passage se dit confidentiel", "A passage calls itself confidential"}, find: findMentioned},
	{ID: "marking/public", Severity: Good, Source: "domain 3.1: public",
		Says: Text{"Marqué public ou pour diffusion", "Marked public or for release"}, find: findPublic},
}

var (
	listState        = words.list("marking state")
	listConfidential = words.list("marking confidential")
	listSecretMark   = words.list("marking secret")
	listInternal     = words.list("marking internal")
	listOnly         = words.list("marking only")
	listPublicMark   = words.list("marking public")
	listDisclaimer   = words.list("marking disclaimer")
	listTLP          = words.list("marking tlp")

	proseWords = words.set("marking prose")
	tlpMark    = mustAtWord(`(?i)\bTLP\s?[: -]\s?(RED|AMBER\+STRICT|AMBER|GREEN|CLEAR|WHITE)\b`)
	// a level of the scale behind the name of what it is a level of, and nothing else on the line
	levelOfScale = regexp.MustCompile(`^\s*(?:(?:niveau|degre) (?:de )?(?:la )?|(?:classification|classement|document|information|data|security) (?:de (?:la )?|level )?|level of )?(?:diffusion|confidentialite|sensibilite|securite de l'information|classification|classement|sensitivity|confidentiality|distribution)(?: level| marking)?\s?[:=|-]?\s?(c[0-4])\s*[.|]?\s*$`)
	levelMark    = mustAtWord(`\bc([0-4])\s?[-:]\s?(public|libre|interne|restreint|diffusion restreinte|confidentiel|secret|internal|restricted|confidential)\b`)
)

// set is the entries of a set, or of a list.
func (l *lexicon) set(name string) map[string]bool {
	if s := l.sets[name]; s != nil {
		return s
	}
	want := l.list(name)
	all := map[string]bool{}
	for p, said := range l.each {
		if p.list == want {
			all[strings.Join(said, " ")] = true
		}
	}
	return all
}

// markPlace tells how much a word at a place is a marking: 0 not at all, 1 when it stands alone,
// 2 by its place.
func (p *page) markPlace(f *field, h *hit) int {
	switch f.spot {
	case inHeader, inFooter, inWatermark, inBanner:
		return 2
	case inTemplate: // what is repeated on many pages is a header or a footer; that of a public site is mostly prose
		switch {
		case p.disclaimed(f, int(h.start)):
			return 0
		case p.public:
			return 1
		}
		return 2
	case inTitle, inH1, inCover, inComment, inNotes, inBox, inHeading, inDescription, inImage:
		return 1
	case inFile:
		return 1
	case inProperty:
		if authorProperty[foldString(f.name)] {
			return 0
		}
		return 1
	case inText:
		if p.disclaimed(f, int(h.start)) {
			return 0
		}
		if h.start < 300 || int(h.end) > len(f.low)-200 {
			return 1
		}
	}
	return 0
}

var authorProperty = map[string]bool{"creator": true, "author": true, "producer": true, "lastmodifiedby": true, "company": true, "template": true, "application": true}

// disclaimed tells whether a place lies in the disclaimer of a pasted e-mail.
func (p *page) disclaimed(f *field, at int) bool {
	return len(hitsIn(p.hitsOf(listDisclaimer)[f], at-1499, at+201)) > 0
}

// stamp tells whether low[start:end] stands alone as a stamp does: its sentence, bracket or line has
// hardly any other word and is no statement about confidentiality.
func stamp(f *field, start, end int, room int) bool {
	from, to := sentenceAt(f.low, start, end)
	if f.spot == inTitle || f.spot == inH1 || f.spot == inHeading {
		// "Confidentiel : budget", "[Interne] Note", "Budget (confidentiel)", "CONFIDENTIEL Budget"
		room = 1
	}
	if lead := strings.TrimSpace(f.low[from:start]); lead == "" {
		// "Confidentiel, diffusion limitée à …": what follows a comma explains the mark
		if i := strings.IndexByte(f.low[end:to], ','); i >= 0 && i <= 1 {
			to = end + i
		}
		if imperative(f.low[start:end]) {
			room = 14
		}
	}
	others := 0
	for _, w := range splitWords(f.low[from:start]) {
		if proseWords[w] {
			return false
		}
		if !leadWord[w] {
			others++
		}
	}
	for _, w := range splitWords(f.low[end:to]) {
		if proseWords[w] {
			return false
		}
		others++
	}
	if others <= room {
		return true
	}
	a, b := f.span(start, end)
	return shouted(f.raw[a:b]) && !shouted(f.raw[:a]+f.raw[b:])
}

// imperative tells whether a marking is an order: at the head of a sentence it needs no frame.
func imperative(low string) bool {
	return strings.HasPrefix(low, "ne pas ") || strings.HasPrefix(low, "do not ") || strings.HasPrefix(low, "not for ") || strings.HasPrefix(low, "diffusion interdite")
}

// leadWord may stand before a marking without making it prose.
var leadWord = map[string]bool{
	"document": true, "note": true, "diffusion": true, "classification": true, "niveau": true, "statut": true, "mention": true, "strictement": true, "usage": true, "a": true,
	"tres": true, "information": true, "this": true, "is": false, "company": true, "status": true, "level": true, "for": true, "the": true, "ce": true, "le": true, "prive": true,
	"personnel": true, "et": true, "and": true, "private": true, "c0": true, "c1": true, "c2": true, "c3": true, "c4": true, "point": true, "pages": true, "page": true,
	"interne": true, "propriete": true, "groupe": true, "societe": true, "dossier": true, "piece": true, "presentation": true, "support": true, "copie": true,
}

// shouted tells whether a text is in capitals.
func shouted(s string) bool {
	up, down := 0, 0
	for _, r := range cut(s, 400) {
		switch {
		case r >= 'A' && r <= 'Z' || r >= 'À' && r <= 'Þ':
			up++
		case r >= 'a' && r <= 'z' || r >= 'ß' && r <= 'ÿ':
			down++
		}
	}
	return up >= 4 && up > 9*down
}

// stamped makes the finder of a marking by a list.
func stamped(list string, severity Severity) func(p *page) []finding {
	id := words.list(list)
	return func(p *page) (found []finding) {
		p.each(id, func(f *field, h *hit) bool {
			tag := p.tagged(f, int(h.start), int(h.end))
			if ofSnippet.MatchString(f.low[h.end:min(len(f.low), int(h.end)+32)]) {
				return true
			}
			if tag || p.marks(f, h) || p.marksLabel(f, h, id) {
				g := p.at(h)
				g.severity = severity
				if tag { // where a thing is filed asks, and does not close
					g.severity = Review
				}
				if (f.spot == inImage && f.name != "caption" || f.spot == inImageFile) && id != listState { // what a picture shows or is called is no mark on the page yet
					if p.settled {
						return true
					}
					g.severity = Review
				}
				found = append(found, g)
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// ofSnippet follows an order of those who made a piece of a page's source, to those who edit it.
var ofSnippet = regexp.MustCompile(`^ (?:this |the |cet? |le |la )?(?:(?:code )?snippet|script|tag|pixel|balise)\b`)

// marksLabel tells whether a hit is a marking among the words of a page that are no text, or in the name of a picture
// that says more than confidential. On a public page these have been said.
func (p *page) marksLabel(f *field, h *hit, list listID) bool {
	if p.public || f.spot != inLabel && (f.spot != inImageFile || list == listConfidential) {
		return false
	}
	return stamp(f, int(h.start), int(h.end), 5)
}

// byDegree stands before a word that says how a thing is, and marks nothing: "le plus confidentiel", "rather secret".
var byDegree = regexp.MustCompile(`(?:^|[^\pL\d])(?:plus|moins|assez|si|aussi|plutot|presque|longtemps|jadis|most|more|less|so|rather|quite|fairly) $`)

// marks tells whether a hit is a marking: in a place for markings, as a marking is written, and not what the page explains.
func (p *page) marks(f *field, h *hit) bool {
	if p.subjectOf(f, h) || ofMadeThing(f, h) || nameInQuotes(f, h) || byDegree.MatchString(f.low[max(0, int(h.start)-16):h.start]) {
		return false
	}
	switch p.markPlace(f, h) {
	case 2:
		return stamp(f, int(h.start), int(h.end), 12)
	case 1:
		room := 5
		if f.said() || f.spot == inBox {
			room = 2
		}
		if stamp(f, int(h.start), int(h.end), room) {
			return true
		}
	}
	return p.alone(f, int(h.start), int(h.end))
}

var (
	// madeThings are secret or confidential by what they do, and what is explained is no secret.
	madeThings = setOf("explique expliquee expliques expliquees explained screen mode ecran filtre filter window booth cabine vitrage")
)

// ofMadeThing tells whether a word belongs to the name of a thing with its article: "the secret mode explained".
func ofMadeThing(f *field, h *hit) bool {
	before, after := splitWords(f.low[max(0, h.start-8):h.start]), splitWords(cut(f.low[h.end:], 24))
	return len(before) > 0 && len(after) > 0 && articles[before[len(before)-1]] && madeThings[after[0]]
}

// nameInQuotes tells whether a word in quotes stands behind an article in a sentence that goes on with a verb, so that it is what
// something is called: "la « confidentielle » est une laitue".
func nameInQuotes(f *field, h *hit) bool {
	a, b := f.span(int(h.start), int(h.end))
	if !f.said() || shouted(f.raw[a:b]) || !quotedAt(f.raw, a, b) {
		return false
	}
	before, after := splitWords(f.low[max(0, h.start-12):h.start]), splitWords(cut(f.low[h.end:], 16))
	return len(before) > 0 && articles[before[len(before)-1]] && len(after) > 0 && isVerb[after[0]]
}

var isVerb = setOf("est sont etait a is was are has")

// findSecretMarks adds the lone word SECRET of a header, a watermark or a banner to the list.
func findSecretMarks(p *page) []finding {
	found := stamped("marking secret", Block)(p)
	for i := range p.fields {
		f := &p.fields[i]
		switch f.spot {
		case inHeader, inFooter, inWatermark, inBanner, inTemplate, inCover:
			for at := 0; ; {
				k := strings.Index(f.low[at:], "secret")
				if k < 0 {
					break
				}
				k += at
				at = k + 6
				from, to := sentenceAt(f.low, k, at)
				if s := strings.TrimSpace(f.low[from:to]); s == "secret" || s == "document secret" || s == "company secret" {
					found = append(found, p.lows(i, k, at))
				}
			}
		}
	}
	return found
}

// indexWord finds w in low as whole words.
func indexWord(low, w string) int {
	for at := 0; w != ""; {
		k := strings.Index(low[at:], w)
		if k < 0 {
			return -1
		}
		k += at
		if (k == 0 || !isWord(low[k-1])) && (k+len(w) == len(low) || !isWord(low[k+len(w)])) {
			return k
		}
		at = k + 1
	}
	return -1
}

// findInternal reads marks of internal use. Where the document may go to nobody else and its type
// is one that stays inside, it blocks.
func findInternal(p *page) (found []finding) {
	if p.settled {
		return nil
	}
	closed := p.format == "slides" || typeOf(p.sorted.id).ID == "minutes" || p.sorted.id == "hr_procedure"
	p.each(listInternal, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		if word == "interne" || word == "internal" || word == "intern" {
			// the bare word is a mark only where nothing but marks stand
			from, to := sentenceAt(f.low, int(h.start), int(h.end))
			if strings.TrimSpace(f.low[from:to]) != word || f.spot != inHeader && f.spot != inFooter && f.spot != inWatermark && f.spot != inBanner && f.spot != inTemplate && f.spot != inTitle {
				return true
			}
		}
		if !p.marks(f, h) {
			return true
		}
		g := p.at(h)
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		if closed && (f.spot == inHeader || f.spot == inFooter || f.spot == inWatermark || f.spot == inBanner || f.spot == inTemplate || f.spot == inCover) {
			p.each(listOnly, func(f2 *field, h2 *hit) bool {
				if f2 == f && int(h2.start) >= from && int(h2.end) <= to {
					g.severity, g.kind = Block, Secret
				}
				return g.severity == ""
			})
		}
		found = append(found, g)
		return true
	})
	return found
}

// findMentioned reads the stamps in the middle of a text: alone on their line, in brackets, in
// capitals.
func findMentioned(p *page) (found []finding) {
	if p.settled {
		return nil
	}
	for _, list := range []listID{listConfidential, listSecretMark} {
		p.each(list, func(f *field, h *hit) bool {
			if !f.said() || p.disclaimed(f, int(h.start)) || p.marks(f, h) || p.subjectOf(f, h) || nameInQuotes(f, h) {
				return true
			}
			a, b := f.span(int(h.start), int(h.end))
			if p.linked(lineOf(f.raw, a, b, longestLabelLine)) {
				return true
			}
			from, to := sentenceAt(f.low, int(h.start), int(h.end))
			inner := strings.TrimSpace(f.low[from:to])
			alone := len(splitWords(inner)) <= 3 && stamp(f, int(h.start), int(h.end), 2)
			point := strings.HasPrefix(inner, "point ") && len(splitWords(inner)) <= 6
			if !shouted(f.raw[a:b]) && entryOfMany(f.low, int(h.start), int(h.end)) && typeOf(p.sorted.id).ID != "minutes" {
				return true
			}
			if alone || point || shouted(f.raw[a:b]) && !shouted(f.raw) {
				found = append(found, p.at(h))
			}
			return true
		})
	}
	return found
}

var (
	entryNumber = regexp.MustCompile(`\d[.)] ?$`)
	entryWords  = regexp.MustCompile(`^ ([\pL-]{5,} [\pL-]{5,})`)
)

// entryOfMany tells whether a word begins an entry of a numbered list and two words behind it stand in other entries too:
// "8. Online therapy with insurance 9. Confidential online therapy".
func entryOfMany(low string, start, end int) bool {
	if !entryNumber.MatchString(low[max(0, start-4):start]) {
		return false
	}
	m := entryWords.FindStringSubmatch(low[end:min(len(low), end+60)])
	return m != nil && strings.Count(low[max(0, start-longestTaught):min(len(low), end+longestTaught)], m[1]) > fewestAlike
}

// denied tells whether a sentence says no, or not yet.
func denied(low string) bool {
	for _, w := range splitWords(low) {
		switch w {
		case "ne", "n", "pas", "non", "sans", "jamais", "interdit", "interdite", "interdits", "avant", "apres", "not", "no", "never", "cannot", "until", "before", "pending", "unless":
			return true
		}
	}
	return false
}

// findPublic reads what invites to publish.
func findPublic(p *page) (found []finding) {
	p.each(listPublicMark, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		if p.markPlace(f, h) == 0 || word == "public" && (strings.TrimSpace(f.low[from:to]) != "public" || f.spot != inHeader && f.spot != inFooter && f.spot != inBanner) {
			return true
		}
		if denied(f.low[from:to]) || !stamp(f, int(h.start), int(h.end), 4) {
			return true
		}
		found = append(found, p.at(h))
		return true
	})
	return found
}
