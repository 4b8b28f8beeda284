package extract

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"filon/crawler/content"
)

// pdfLines gives the lines of a page. PDFium marks a hyphen that only breaks a word at the end of a
// line as U+0002 or U+FFFE. A line that ends with a tab stands alone.
func pdfLines(text string) []string {
	text = strings.NewReplacer("\u0002\r\n", "", "\ufffe\r\n", "", "\u0002\n", "", "\ufffe\n", "", "\u0002", "", "\ufffe", "", "\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		alone := strings.HasSuffix(l, "\t")
		if l = tidy(l); l != "" {
			if alone {
				l += "\t"
			}
			kept = append(kept, l)
		}
	}
	return kept
}

// writePages takes running headers and footers out and joins the lines of each page to paragraphs.
// Pages that say nothing else keep them.
func writePages(pages [][]string, d *draft) {
	running := runningLines(pages)
	if all, repeated := countRunning(pages, running); repeated*10 > all*7 {
		running = nil
	}
	numbered := !onlyNumbers(pages)
	for i, lines := range pages {
		var body []string
		for at, l := range lines {
			if kind := running[lineKey(l)]; kind != "" && (nearEdge(at, len(lines)) || len(pages) > 3) {
				d.zone(kind, 0, l)
				continue
			}
			if numbered && nearEdge(at, len(lines)) && isPageNumber(l, i+1) {
				continue
			}
			body = append(body, l)
		}
		reflow(body, d)
		if i == 0 {
			d.endCover()
			if d.coverEnd == 0 {
				// A first page without text has no cover; the second page is not one.
				d.coverEnd = -1
			}
		}
	}
	d.coverEnd = max(d.coverEnd, 0)
}

// onlyNumbers tells whether the pages say nothing but their numbers, which are their text then.
func onlyNumbers(pages [][]string) bool {
	for i, lines := range pages {
		for _, l := range lines {
			if !isPageNumber(l, i+1) {
				return false
			}
		}
	}
	return true
}

// countRunning counts the lines, and those of them that are running headers and footers.
func countRunning(pages [][]string, running map[string]content.ZoneKind) (all, repeated int) {
	for _, lines := range pages {
		all += len(lines)
		for _, l := range lines {
			if running[lineKey(l)] != "" {
				repeated++
			}
		}
	}
	return all, repeated
}

// edge is how many lines at the top and at the bottom of a page may be a header or footer.
const edge = 4

func nearEdge(at, count int) bool { return at < edge || at >= count-edge }

// runningLines finds the lines that stand at the edge of at least 60 % of the pages, or of the odd or
// even pages, whatever their numbers say. Two pages are enough when they agree.
func runningLines(pages [][]string) map[string]content.ZoneKind {
	if len(pages) < 2 {
		return nil
	}
	type count struct{ all, odd, even, top, bottom int }
	counts := map[string]*count{}
	for i, lines := range pages {
		seen := map[string]bool{}
		for at, l := range lines {
			if !nearEdge(at, len(lines)) {
				continue
			}
			key := lineKey(l)
			if key == "" || seen[key] {
				continue
			}
			seen[key] = true
			c := counts[key]
			if c == nil {
				c = &count{}
				counts[key] = c
			}
			c.all++
			if i%2 == 0 {
				c.odd++
			} else {
				c.even++
			}
			if at < len(lines)/2 {
				c.top++
			} else {
				c.bottom++
			}
		}
	}
	running := map[string]content.ZoneKind{}
	n := len(pages)
	for key, c := range counts {
		often := n == 2 && c.all == 2 || n >= 3 && c.all >= 3 && 10*c.all >= 6*n ||
			c.odd >= 3 && 10*c.odd >= 6*((n+1)/2) || c.even >= 3 && 10*c.even >= 6*(n/2)
		if n == 3 && c.all == 2 && 10*c.all >= 6*n {
			often = true // header from the second page on
		}
		if !often {
			continue
		}
		running[key] = content.ZoneHeader
		if c.bottom > c.top {
			running[key] = content.ZoneFooter
		}
	}
	return running
}

// lineKey makes lines equal that differ in numbers and spaces only; "" for lines without a letter.
func lineKey(l string) string {
	if len(l) > 300 {
		return ""
	}
	var b strings.Builder
	letters, digit := 0, false
	for _, r := range l {
		switch {
		case unicode.IsDigit(r):
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		case unicode.IsSpace(r):
		case unicode.IsLetter(r):
			letters++
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
		digit = false
	}
	if letters < 2 {
		return ""
	}
	return b.String()
}

var pageNumber = regexp.MustCompile(`^(?i:[-–—|\s]*(?:page|p\.|seite|pagina|página)?\s*(\d{1,4}|[ivxlc]{1,6})\s*(?:(?:/|sur|of|von|de|di)\s*\d{1,4})?[-–—|\s]*)$`)

// isPageNumber tells whether a line at the edge is only the number of a page, printed or counted.
func isPageNumber(l string, page int) bool {
	m := pageNumber.FindStringSubmatch(l)
	if m == nil {
		return false
	}
	n, err := strconv.Atoi(m[1])
	return err != nil || len(l) > len(m[1]) || n >= page-30 && n <= page+30
}

// reflow joins the lines of a page to paragraphs: a line that reaches the right edge goes on in the
// next one, unless that begins a list entry or has cells between tabs.
func reflow(lines []string, d *draft) {
	width := 0
	for _, l := range lines {
		width = max(width, min(utf8.RuneCountInString(l), 160))
	}
	d.endRows()
	var paragraph strings.Builder
	entry := false
	flush := func() {
		if s := paragraph.String(); entry {
			d.Shape.ListEntries++
			d.row(s)
		} else {
			d.block(s)
		}
		paragraph.Reset()
	}
	tabbed := func(i int) bool { return i >= 0 && i < len(lines) && strings.Contains(lines[i], "\t") }
	for i, l := range lines {
		if tabbed(i) && (strings.HasSuffix(l, "\t") || tabbed(i-1) || tabbed(i+1) || utf8.RuneCountInString(l)*10 < width*6) { // cells side by side
			if paragraph.Len() > 0 {
				flush()
				entry = false
			}
			d.row(l)
			continue
		}
		if bullet(l) {
			if paragraph.Len() > 0 {
				flush()
			}
			if !entry {
				d.Shape.Lists++
			}
			entry = true
		}
		if paragraph.Len() > 0 {
			paragraph.WriteByte(' ')
		}
		paragraph.WriteString(l)
		last, _ := utf8.DecodeLastRuneInString(l)
		length := utf8.RuneCountInString(l)
		ends := length*10 < width*6 || strings.ContainsRune(".!?:", last) && length*10 < width*8
		if ends || i == len(lines)-1 || paragraph.Len() > maxParagraph {
			flush()
			entry = false
		}
	}
}

// bullet tells whether a line begins a list entry.
func bullet(l string) bool {
	r, n := utf8.DecodeRuneInString(l)
	if strings.ContainsRune("•◦▪‣●○■□➢➔➤✓✔–—·\uf0b7\uf0a7\uf0d8", r) {
		return n < len(l)
	}
	return (r == '-' || r == 'o') && strings.HasPrefix(l[n:], " ") && len(l) > 3 || listMark(l) > 0
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

var pdfDates = regexp.MustCompile(`^(?:D:)?\s*(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?\s*(?:([+\-Z])(\d{2})?'?(\d{2})?'?)?`)

// pdfDate reads D:YYYYMMDDHHmmSSOHH'mm' (ISO 32000-1, 7.9.4), in UTC when no zone is given.
func pdfDate(s string) time.Time {
	if t := isoDate(s); !t.IsZero() {
		return t
	}
	m := pdfDates.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return time.Time{}
	}
	n := func(i, otherwise int) int {
		if v, err := strconv.Atoi(m[i]); err == nil {
			return v
		}
		return otherwise
	}
	year, month, day := n(1, 0), n(2, 1), n(3, 1)
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}
	}
	zone := time.UTC
	if offset := n(8, 0)*3600 + n(9, 0)*60; m[7] == "-" {
		zone = time.FixedZone("", -offset)
	} else if m[7] == "+" {
		zone = time.FixedZone("", offset)
	}
	return time.Date(year, time.Month(month), day, n(4, 0), n(5, 0), n(6, 0), 0, zone)
}

var (
	labelKey   = regexp.MustCompile(`MSIP_Label_[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}_[A-Za-z]{2,20}`)
	labelInXMP = regexp.MustCompile(`[<\s](?:\w+:)?(MSIP_Label_[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}_[A-Za-z]{2,20})(?:>([^<]{0,300})<|="([^"]{0,300})")`)
	packed     = []byte("/ObjStm")
)

var (
	pdfImage = regexp.MustCompile(`/Subtype\s*/Image\b`)
	pdfMask  = regexp.MustCompile(`/SMask\s+\d`)
)

// pdfPictures counts the pictures of a file. Each is a stream, which no object stream can hide, and the mask that
// makes one transparent is a picture of its own.
func pdfPictures(body []byte) int {
	return max(len(pdfImage.FindAllIndex(body, 100_000))-len(pdfMask.FindAllIndex(body, 100_000)), 0)
}

// pdfLabels finds the keys of sensitivity labels, which the information dictionary or the XMP packet
// holds. Their names contain an unknown GUID, so that they have to be looked for. A value is "" when
// only the dictionary knows it.
func pdfLabels(body []byte) map[string]string {
	found := map[string]string{}
	look := func(b []byte) {
		for _, m := range labelInXMP.FindAllSubmatch(b, maxKnown) {
			found[string(m[1])] = string(m[2]) + string(m[3])
		}
		for _, k := range labelKey.FindAll(b, maxKnown) {
			if _, has := found[string(k)]; !has && len(found) < maxKnown {
				found[string(k)] = ""
			}
		}
	}
	look(body)
	// Since PDF 1.5 the dictionary may lie inside a compressed object stream.
	rest, budget := body, int64(16<<20)
	for range 200 {
		i := bytes.Index(rest, packed)
		if i < 0 || budget <= 0 {
			break
		}
		rest = rest[i+len(packed):]
		start := bytes.Index(rest[:min(len(rest), 1024)], []byte("stream"))
		if start < 0 {
			continue
		}
		data := bytes.TrimLeft(rest[start+len("stream"):], "\r\n")
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			continue
		}
		b, _ := io.ReadAll(io.LimitReader(z, min(budget, 4<<20)))
		budget -= int64(len(b))
		look(b)
	}
	return found
}
