// Package content is the one thing that flows through filon: an Item, a piece of readable content
// found at one address.
//
//	crawler ── Item ──▶ classify ── Verdict ──▶ index
//
// In: nothing. Out: plain values. Never: work, input or output, a clock, any import beyond the
// standard library.
package content

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Item is what was found at one address: a page, a document or an image. The zero value of a field
// always means "not known", never "none": a missing author is "", a missing size is 0. An Item is
// made once, by the crawler, and read by everybody else; nobody changes it afterwards.
type Item struct {
	ID      string `json:"id"`      // ID(Address)
	Address string `json:"address"` // canonical URL
	Source  string `json:"source"`  // name of the source that it belongs to
	Access  Access `json:"access"`

	// As the server gave it.
	Status       int       `json:"status,omitempty"`        // HTTP status
	MIME         string    `json:"mime,omitempty"`          // sniffed media type without parameters, e.g. text/html
	Charset      string    `json:"charset,omitempty"`       // the encoding the text was decoded from, WHATWG name
	Bytes        int64     `json:"bytes,omitempty"`         // size of the body
	ETag         string    `json:"etag,omitempty"`          // validator for the next visit
	LastModified string    `json:"last_modified,omitempty"` // validator for the next visit, as sent
	FetchedAt    time.Time `json:"fetched_at,omitzero"`
	Depth        int       `json:"depth"` // links from a seed; a seed is 0

	// Root is the address, with a slash at its end, of the folder where the source begins; "" on the web. What stands
	// in front of it in Address is the disk's or the server's and says nothing of the item.
	Root string `json:"root,omitempty"`

	// Who and what.
	Title       string            `json:"title,omitempty"`      // without the site's name
	PageTitle   string            `json:"page_title,omitempty"` // Title as the page alone gave it, where the other pages of its source taught better
	Declared    string            `json:"declared,omitempty"`   // <title> as the page has it, where Title is another
	H1          string            `json:"h1,omitempty"`
	Description string            `json:"description,omitempty"`
	SiteName    string            `json:"site_name,omitempty"`
	Author      string            `json:"author,omitempty"` // a person or team, never a generator's name
	Owner       string            `json:"owner,omitempty"`  // who answers for it, when the page says so
	Language    string            `json:"language,omitempty"`
	Department  string            `json:"department,omitempty"` // who it belongs to: usually the first breadcrumb below home, space, category or folder
	Section     string            `json:"section,omitempty"`    // the part of the department, or of the site, that it is filed in
	Breadcrumb  []string          `json:"breadcrumb,omitempty"` // outermost first, without the page itself
	Tags        []string          `json:"tags,omitempty"`       // categories, tags and keywords the page declares
	Categories  []string          `json:"categories,omitempty"` // those of the tags that are categories or sections
	Published   Date              `json:"published,omitzero"`
	Modified    Date              `json:"modified,omitzero"`
	Evidence    []Evidence        `json:"evidence,omitempty"` // of the first two: what else speaks for a day, the most trusted first
	Expires     Date              `json:"expires,omitzero"`   // validThrough, expires, end of an offer
	Event       Event             `json:"event,omitzero"`
	Properties  map[string]string `json:"properties,omitempty"` // of a document or image: creator, company, subject, MSIP_Label_…, iptc:credit …

	// What it says.
	Text     string    `json:"text,omitempty"`     // main text; blocks are separated by a blank line, list entries by a line
	Rest     string    `json:"rest,omitempty"`     // visible text outside the main text (navigation, footer), for finding only
	Headings []Heading `json:"headings,omitempty"` // in document order
	Zones    []Zone    `json:"zones,omitempty"`    // places where markings live, kept apart from Text
	Template []Passage `json:"template,omitempty"` // what stood in the main text and on many other pages of the source, in order
	Shape    Shape     `json:"shape,omitzero"`
	Quotes   []Quote   `json:"quotes,omitempty"` // passages that the page sets apart as quotations
	// Languages are those of the main text's passages, the most used first; empty when all are in Language.
	Languages []Share `json:"languages,omitempty"`
	Pages     int     `json:"pages,omitempty"`   // pages of a document, slides of a deck, sheets of a workbook
	Seconds   int     `json:"seconds,omitempty"` // duration of audio or video

	// What it points to.
	Links      []Link      `json:"links,omitempty"`
	Images     []Image     `json:"images,omitempty"`    // content images first, in document order; the og:image has Role "og"
	Galleries  [][]string  `json:"galleries,omitempty"` // addresses of pictures that the page shows together
	Embeds     []Embed     `json:"embeds,omitempty"`
	Canonical  string      `json:"canonical,omitempty"`  // rel=canonical, absolute
	Alternates []Alternate `json:"alternates,omitempty"` // hreflang
	Next       string      `json:"next,omitempty"`       // rel=next
	Prev       string      `json:"prev,omitempty"`       // rel=prev
	Feeds      []string    `json:"feeds,omitempty"`      // rel=alternate RSS, Atom or JSON feeds
	Refresh    string      `json:"refresh,omitempty"`    // target of a meta refresh

	// What it declares to machines.
	Schema    []string  `json:"schema,omitempty"` // schema.org types of the page, e.g. JobPosting; the most specific first
	OpenGraph OpenGraph `json:"open_graph,omitzero"`
	Publisher string    `json:"publisher,omitempty"` // schema.org publisher
	License   string    `json:"license,omitempty"`   // rel=license or schema.org license, as an address
	NoIndex   bool      `json:"noindex,omitempty"`   // meta robots or X-Robots-Tag
	NoFollow  bool      `json:"nofollow,omitempty"`  // meta robots or X-Robots-Tag, for the whole page
	Generator string    `json:"generator,omitempty"`
	CMS       string    `json:"cms,omitempty"`      // the software behind the page: WordPress, Drupal, SharePoint …
	CMSType   string    `json:"cms_type,omitempty"` // what the software calls the page: post, page, product, article …
	Classes   []string  `json:"classes,omitempty"`  // class names of <body> and <article>: CMS hints such as single-post

	OCR OCR `json:"ocr,omitzero"` // how text was read that the document shows only as pictures

	// Withheld is the rule of the company's secret garden by which the text of this item, and all else
	// that it says, was not kept; "" for every other item.
	Withheld string `json:"withheld,omitempty"`

	// Problem says why there is no text, or only part of it; nil means that all was read.
	Problem *Problem `json:"problem,omitempty"`

	// Readings are what the judge's models made of the item when it was kept, so that judging it again is cheap. They
	// hold for the very same words and models only, and are no part of what the item says.
	Readings []Reading `json:"readings,omitempty"`
}

// ID is the stable name of an address: the first 16 hexadecimal digits of its SHA-256.
func ID(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:8])
}

// Access says who can see an item.
type Access struct {
	Visibility Visibility `json:"visibility"`
	SeenAs     string     `json:"seen_as,omitempty"` // the identity it was read with; "" is anonymous
}

// Visibility is how far an item already reaches.
type Visibility string

// The four reaches, from the widest to the narrowest but for file shares, whose reach is unknown.
const (
	Public     Visibility = "public"
	Intranet   Visibility = "intranet"
	Restricted Visibility = "restricted"
	FileShare  Visibility = "file_share"
)

// Date is a day or an instant with the evidence for it. The zero Date is unknown.
type Date struct {
	Time       time.Time  `json:"time"`       // UTC midnight when only the day is known
	Source     string     `json:"source"`     // json-ld, meta, time, url, visible, properties, sitemap, http
	Confidence Confidence `json:"confidence"` // high, medium, low
}

// IsZero tells whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Evidence is a date of an item that was not taken as Published or Modified.
type Evidence struct {
	Of      string `json:"of"` // published or modified
	Date    Date   `json:"date"`
	Doubted bool   `json:"doubted,omitempty"` // it was the first, but too many items of the source have the same day from the same place
}

// Passage is a part of the main text that its source's template put there. It is no text of the item
// any more, but it is searched for what must not leave.
type Passage struct {
	Text   string `json:"text"`
	At     int    `json:"at"`               // how many passages between blank lines stood before it in the main text
	Words  int    `json:"words,omitempty"`  // that Shape.Words no longer counts
	Linked int    `json:"linked,omitempty"` // and Shape.LinkedWords
}

// Confidence is how far a value can be trusted.
type Confidence string

// The three grades of Confidence.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Event is a dated happening that the item announces (schema.org Event).
type Event struct {
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
	Place string    `json:"place,omitempty"`
}

// Quote is what somebody says, set apart by the page.
type Quote struct {
	Text    string `json:"text"`
	Speaker string `json:"speaker,omitempty"` // name and role as the page gives them
}

// Share is how much of a text is in a language.
type Share struct {
	Language string  `json:"language"`
	Share    float64 `json:"share"` // of the words of passages whose language is clear, 0 to 1
}

// Heading is one heading of the page or document.
type Heading struct {
	Level int    `json:"level"` // 1 to 6
	Text  string `json:"text"`
	Apart bool   `json:"apart,omitempty"` // of a teaser, a pop-up or a footer: what stands under it is not in Text
}

// Reading is what models made of one part of an item: its main part, or what stands beside.
type Reading struct {
	Of     string   `json:"of"`               // fingerprint of the words, the language and the models
	Manner []int16  `json:"manner,omitempty"` // score of each register in thousandths; empty when the text has none
	Kind   [][2]int `json:"kind,omitempty"`   // types that the words may be of: number in the model, logarithm of the chance in hundredths
	Said   [][3]int `json:"said,omitempty"`   // sentences that may tell of what stays inside: number of the field, start, end
}

// OCR says that text was read from pictures, which no reader does without fault. The zero OCR means that all text
// came as text.
type OCR struct {
	By         string `json:"by"`              // program, version and languages: tesseract 5.3.0 fra+eng
	Pages      []int  `json:"pages,omitempty"` // that were read so, from 1; of a picture, 1
	Confidence int    `json:"confidence"`      // how sure the program is, as a mean over letters, 0 to 100
}

// Zone is a piece of text at a place where markings are put.
type Zone struct {
	Kind ZoneKind `json:"kind"`
	Page int      `json:"page,omitempty"` // from 1; 0 when it has none
	Text string   `json:"text"`
}

// ZoneKind names the place of a Zone.
type ZoneKind string

// Places where markings live.
const (
	ZoneHeader    ZoneKind = "header"    // running header of a document
	ZoneFooter    ZoneKind = "footer"    // running footer of a document
	ZoneWatermark ZoneKind = "watermark" // word art, stamp annotation
	ZoneCover     ZoneKind = "cover"     // first page or first slide of a document
	ZoneBanner    ZoneKind = "banner"    // element of a page whose class or role says banner, status, ribbon, label
	ZoneNotes     ZoneKind = "notes"     // speaker notes
	ZoneComment   ZoneKind = "comment"   // reviewers' comments
	ZoneDeleted   ZoneKind = "deleted"   // what tracked changes have deleted: not text, but still in the file
	ZoneHidden    ZoneKind = "hidden"    // text formatted as hidden
	ZoneAlt       ZoneKind = "alt"       // alternative texts of the pictures of a document
	ZoneBox       ZoneKind = "box"       // what stands in the article of a web page and not in its main text: a fold, a listing, a note
	ZoneLabel     ZoneKind = "label"     // words of an article that are no text: of drawings, of fields of forms, of bubbles
	ZoneSite      ZoneKind = "site"      // footer of a web page: navigation, never a marking by itself
	ZoneUnseen    ZoneKind = "unseen"    // words of Text that stand on a hidden slide or sheet: whoever opens the document does not see them
)

// Shape counts the structures that cues look for.
type Shape struct {
	Words        int `json:"words,omitempty"`
	LinkedWords  int `json:"linked_words,omitempty"` // of Words, those inside links
	Paragraphs   int `json:"paragraphs,omitempty"`
	Lists        int `json:"lists,omitempty"`
	OrderedLists int `json:"ordered_lists,omitempty"`
	ListEntries  int `json:"list_entries,omitempty"`
	Tables       int `json:"tables,omitempty"`
	Quotes       int `json:"quotes,omitempty"` // blockquote and q elements
	Forms        int `json:"forms,omitempty"`
	Passwords    int `json:"passwords,omitempty"` // password fields: a sign-in form
	Scripts      int `json:"scripts,omitempty"`
	CodeBlocks   int `json:"code_blocks,omitempty"`
}

// Link is a reference to another address, absolute and resolved against the base.
type Link struct {
	Address  string `json:"address"`
	Text     string `json:"text,omitempty"`
	Rel      string `json:"rel,omitempty"`
	NoFollow bool   `json:"nofollow,omitempty"`
	Main     bool   `json:"main,omitempty"` // inside the main text
}

// Image is a picture of the item, with what the page (or the file itself) says of it.
type Image struct {
	Address   string `json:"address"`
	Alt       string `json:"alt,omitempty"`
	Caption   string `json:"caption,omitempty"`
	Width     int    `json:"width,omitempty"`  // pixels, where known
	Height    int    `json:"height,omitempty"` // pixels, where known
	Bytes     int64  `json:"bytes,omitempty"`
	MIME      string `json:"mime,omitempty"`
	Role      string `json:"role,omitempty"`      // "og", "content" or "decoration"
	Apart     bool   `json:"apart,omitempty"`     // a decoration beyond doubt: small, leading to another page, or in a menu, a public page's margin or the footer
	Credit    string `json:"credit,omitempty"`    // visible credit, or IPTC credit line
	Creator   string `json:"creator,omitempty"`   // EXIF Artist, IPTC by-line, XMP dc:creator
	Copyright string `json:"copyright,omitempty"` // EXIF or IPTC copyright notice
	License   string `json:"license,omitempty"`   // XMP web statement of rights, or schema.org license
	Licensor  string `json:"licensor,omitempty"`  // PLUS licensor of the file: a name, else an address
	// SourceType is how the file says it was made, an IPTC digital source type: digitalCapture,
	// trainedAlgorithmicMedia …
	SourceType string `json:"source_type,omitempty"`
	// Hash is the 64-bit difference hash of what the picture shows, 16 hexadecimal digits: copies in
	// other sizes and qualities differ in few bits.
	Hash string `json:"hash,omitempty"`
	// Missing says that nothing stands at the address: no file, or its server answered that there is none.
	Missing bool `json:"missing,omitempty"`
}

// Embed is a player or frame of another site or a media file inside the page.
type Embed struct {
	Address  string `json:"address"`
	Kind     string `json:"kind"`               // video, audio, map, form, other
	Provider string `json:"provider,omitempty"` // youtube, vimeo, dailymotion, stream, wistia …; "" for a file
	Seconds  int    `json:"seconds,omitempty"`
}

// Alternate is the same content in another language (hreflang).
type Alternate struct {
	Language string `json:"language"`
	Address  string `json:"address"`
}

// OpenGraph is what the page gives to networks that preview its link (ogp.me).
type OpenGraph struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Type        string `json:"type,omitempty"`
	Image       string `json:"image,omitempty"`
	SiteName    string `json:"site_name,omitempty"`
	TwitterCard string `json:"twitter_card,omitempty"`
}

// Problem is why an item could not be read, or not wholly.
type Problem struct {
	Code   ProblemCode `json:"code"`
	Detail string      `json:"detail"` // one line for people, in English, without content of the file
}

// ProblemCode is the closed list of what can be wrong with an item.
type ProblemCode string

// Why an item has no text.
const (
	Encrypted   ProblemCode = "encrypted"    // asks for a password
	Broken      ProblemCode = "broken"       // not what it claims to be, or damaged
	TooLarge    ProblemCode = "too_large"    // beyond a limit; what was read until there is kept
	TimedOut    ProblemCode = "timed_out"    // the parser was stopped
	NeedsOCR    ProblemCode = "needs_ocr"    // pictures of text, which were not read, or not all and well
	NeedsRender ProblemCode = "needs_render" // an empty shell that a script would fill
	NeedsLogin  ProblemCode = "needs_login"  // a sign-in form stands in its place
	Unsupported ProblemCode = "unsupported"  // a format that filon cannot read
	NoText      ProblemCode = "no_text"      // read without fault, and there is nothing to read (pictures, sound, film)
)
