package extract

import (
	"strings"

	"filon/crawler/content"
)

// Record types of [MS-PPT] 2.13.24 that hold or lead to text.
const (
	pptSlide, pptNotes, pptSlideList              = 1006, 1008, 4080
	pptSlidePersist, pptNotesAtom, pptTextHeader  = 1011, 1009, 3999
	pptTextChars, pptTextBytes                    = 4000, 4008
	pptUserEdit, pptDirectory, pptDocument        = 4085, 6002, 1000
	pptProgTags, pptHeadersFooters, pptFooterText = 5000, 4057, 4026
	pptMaster, pptShape, pptShapeData, pptHolder  = 1016, 0xf004, 0xf011, 3011
	pptObjects, pptObject, pptObjectAtom, pptFile = 1033, 4044, 4035, 4113
)

// oldDeck reads a PowerPoint presentation ([MS-PPT]): a tree of records. Saving appends, so that a
// directory says which of several versions of a slide counts.
type oldDeck struct {
	stream octets
	draft  *draft
	at     map[int]int // persist id to offset
	left   int         // records that may still be looked at
}

func readOldPPT(stream, current octets, d *draft) {
	p := oldDeck{stream: stream, draft: d, at: map[int]int{}, left: 2_000_000}
	document := p.directory(current.u32(16))
	if p.kind(document) != pptDocument {
		document = 0 // without a directory, the first document in the file
		for document+8 <= len(stream) && p.kind(document) != pptDocument && p.left > 0 {
			p.left--
			document += 8 + max(stream.u32(document+4), 0)
		}
	}
	if p.kind(document) != pptDocument {
		d.fail(content.Broken, "no presentation inside")
		return
	}
	var slides, notes, masters []oldSlide
	var files []int // persist ids of the files inside
	footers := []string{}
	p.each(document+8, p.end(document), func(at, kind int) {
		switch {
		case kind == pptSlideList && stream.u16(at)>>4 == 0:
			slides = p.list(at)
		case kind == pptSlideList && stream.u16(at)>>4 == 2:
			notes = p.list(at)
		case kind == pptObjects:
			files = p.objects(at)
		case kind == pptSlideList && stream.u16(at)>>4 == 1:
			masters = p.list(at)
		case kind == pptHeadersFooters:
			footers = p.footers(at, footers)
		}
	})
	d.Pages = len(slides)
	numbers := map[int]int{}
	for i, s := range slides {
		if d.full || d.late() {
			break
		}
		numbers[s.id] = i + 1
		if at, known := p.at[s.persist]; known && p.kind(at) == pptSlide {
			s.texts = append(s.texts, p.texts(at, 0, nil)...)
			p.each(at+8, p.end(at), func(at, kind int) {
				if kind == pptHeadersFooters {
					footers = p.footers(at, footers)
				}
			})
		}
		s.write(d, i)
		d.endCover()
	}
	for _, n := range notes {
		at, known := p.at[n.persist]
		if !known || p.kind(at) != pptNotes || d.late() {
			continue
		}
		page := 0
		p.each(at+8, p.end(at), func(at, kind int) {
			if kind == pptNotesAtom {
				page = numbers[stream.u32(at+8)]
			}
		})
		var lines []string
		for _, t := range p.texts(at, 0, nil) {
			lines = append(lines, t.text)
		}
		d.zone(content.ZoneNotes, page, strings.Join(lines, "\n"))
	}
	for _, m := range masters {
		if at, known := p.at[m.persist]; known && (p.kind(at) == pptMaster || p.kind(at) == pptSlide) && !d.late() {
			footers = append(footers, strings.Join(p.fixed(at, 0, nil), "\n"))
		}
	}
	for _, f := range footers {
		d.zone(content.ZoneFooter, 0, f)
	}
	p.files(files)
	if d.late() {
		d.stop(errDeadline)
	}
}

// footers adds what is written at the head and foot of slides.
func (p *oldDeck) footers(at int, found []string) []string {
	p.each(at+8, p.end(at), func(at, kind int) {
		if kind == pptFooterText && len(found) < maxZones {
			found = append(found, p.stream.part(at+8, min(p.stream.u32(at+4), maxParagraph)).wide())
		}
	})
	return found
}

// fixed collects the text that a master puts on every slide: that of its shapes, but of no placeholder, which holds a
// prompt.
func (p *oldDeck) fixed(at, depth int, found []string) []string {
	p.each(at+8, p.end(at), func(at, kind int) {
		switch {
		case kind == pptShape && p.holder(at):
		case kind == pptShape:
			for _, t := range p.texts(at, 0, nil) {
				if len(found) < maxCells {
					found = append(found, t.text)
				}
			}
		case p.stream.u16(at)&15 == 15 && depth < 40 && kind != pptProgTags:
			found = p.fixed(at, depth+1, found)
		}
	})
	return found
}

// holder tells whether a shape is a placeholder.
func (p *oldDeck) holder(at int) (is bool) {
	p.each(at+8, p.end(at), func(at, kind int) {
		if kind == pptShapeData {
			p.each(at+8, p.end(at), func(_, kind int) { is = is || kind == pptHolder })
		}
	})
	return is
}

// objects gives the persist ids of the files inside ([MS-PPT] 2.10.12): links to others and controls are none.
func (p *oldDeck) objects(at int) (files []int) {
	p.each(at+8, p.end(at), func(at, kind int) {
		if kind != pptObject {
			return
		}
		p.each(at+8, p.end(at), func(at, kind int) {
			if kind == pptObjectAtom && p.stream.u32(at+12) == 0 && len(files) < maxEntries {
				files = append(files, p.stream.u32(at+24))
			}
		})
	})
	return files
}

// files reads the files inside.
func (p *oldDeck) files(ids []int) {
	d, unread := p.draft, len(ids)
	for _, id := range ids[:min(len(ids), maxInside)] {
		if d.late() {
			break
		}
		at, known := p.at[id]
		if !known || p.kind(at) != pptFile || p.stream.u32(at+4) > maxInsideBytes {
			continue
		}
		body := unpackObject(p.stream.part(at+8, p.stream.u32(at+4)), p.stream.u16(at)>>4 == 1)
		if body != nil && d.readInside("", body) {
			unread--
		}
	}
	d.inside(len(ids), unread)
}

func (p *oldDeck) kind(at int) int { return p.stream.u16(at + 2) }
func (p *oldDeck) end(at int) int  { return min(at+8+p.stream.u32(at+4), len(p.stream)) }

// directory reads where each part lies, newest edit first, and gives the offset of the document.
func (p *oldDeck) directory(edit int) (document int) {
	document = -1
	for range 1000 {
		if edit <= 0 || p.kind(edit) != pptUserEdit {
			break
		}
		list := p.stream.u32(edit + 8 + 12)
		if p.kind(list) == pptDirectory {
			for at, end := list+8, p.end(list); at+4 <= end && p.left > 0; {
				head := p.stream.u32(at)
				at += 4
				for i := range head >> 20 {
					if p.left--; at+4 > end {
						break
					}
					if _, newer := p.at[head&0xfffff+i]; !newer {
						p.at[head&0xfffff+i] = p.stream.u32(at)
					}
					at += 4
				}
			}
		}
		if document < 0 {
			if at, known := p.at[p.stream.u32(edit+8+16)]; known {
				document = at
			}
		}
		before := p.stream.u32(edit + 8 + 8)
		if before >= edit {
			break
		}
		edit = before
	}
	return document
}

// each calls f for each record from at to end.
func (p *oldDeck) each(at, end int, f func(at, kind int)) {
	for at >= 0 && at+8 <= end && p.left > 0 {
		p.left--
		f(at, p.kind(at))
		at += 8 + p.stream.u32(at+4)
	}
}

type oldSlide struct {
	persist, id int
	texts       []oldText
}

type oldText struct {
	role int // of [MS-PPT] TextTypeEnum: 0 and 6 are titles
	text string
}

// list reads the slides of the document in order, with the text of their outline.
func (p *oldDeck) list(at int) (slides []oldSlide) {
	role := -1
	p.each(at+8, p.end(at), func(at, kind int) {
		switch kind {
		case pptSlidePersist:
			if len(slides) < maxPages {
				slides = append(slides, oldSlide{persist: p.stream.u32(at + 8), id: p.stream.u32(at + 8 + 12)})
			}
		case pptTextHeader:
			role = p.stream.u32(at + 8)
		case pptTextChars, pptTextBytes:
			if n := len(slides); n > 0 {
				slides[n-1].texts = append(slides[n-1].texts, oldText{role, p.text(at)})
			}
		}
	})
	return slides
}

func (p *oldDeck) text(at int) string {
	b := p.stream.part(at+8, min(p.stream.u32(at+4), 1<<20))
	s := ""
	if p.kind(at) == pptTextChars {
		s = b.wide()
	} else {
		s = b.narrow()
	}
	return strings.NewReplacer("\r", "\n", "\v", "\n").Replace(s)
}

// texts collects the text of the shapes inside a record.
func (p *oldDeck) texts(at, depth int, found []oldText) []oldText {
	role := -1
	p.each(at+8, p.end(at), func(at, kind int) {
		switch {
		case kind == pptTextHeader:
			role = p.stream.u32(at + 8)
		case kind == pptTextChars, kind == pptTextBytes:
			if s := p.text(at); strings.TrimSpace(s) != "" && s != "*" { // a star stands for a number or a date
				found = append(found, oldText{role, s})
			}
		case p.stream.u16(at)&15 == 15 && depth < 40 && kind != pptProgTags:
			found = p.texts(at, depth+1, found)
		}
	})
	return found
}

func (s *oldSlide) write(d *draft, index int) {
	level := 2
	if index == 0 {
		level = 1
	}
	for _, t := range s.texts {
		if t.role == 0 || t.role == 6 {
			d.heading(level, t.text)
		}
	}
	for _, t := range s.texts {
		if t.role == 0 || t.role == 6 {
			continue
		}
		d.endRows()
		for line := range strings.SplitSeq(t.text, "\n") {
			d.row(line)
		}
	}
	d.endRows()
}
