package index

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/zstd"

	"filon/classify"
	"filon/crawler/content"
)

// row is a Record as the tables hold it.
type row struct {
	item       content.Item
	verdict    classify.Verdict
	blob       []byte // of the item
	verdictDoc []byte // of the verdict
	words      int
	textHash   string
	signed     signed
	prints     prints
	searchHash string
	reasons    string // severity:rule, each once, with a blank between
	dayBound   bool   // the verdict may be another tomorrow
	glance     classify.Glance
}

// newRow does all the work on a record that needs no database, so that the one writing connection is
// held for as short as possible.
func newRow(item content.Item, verdict classify.Verdict) (row, error) {
	return seenRow(item, verdict, classify.Glance{})
}

// seenRow is newRow for an item whose text was read a moment ago.
func seenRow(item content.Item, verdict classify.Verdict, glance classify.Glance) (row, error) {
	if item.Address == "" {
		return row{}, fmt.Errorf("keep an item without an address")
	}
	if item.ID == "" {
		item.ID = content.ID(item.Address)
	}
	r := row{item: item, words: WordCount(item), glance: glance}
	r.textHash, r.signed = readText(item)
	r.prints = printsOf(item)
	var err error
	if r.blob, err = packItem(item); err != nil {
		return row{}, fmt.Errorf("keep %s: %w", item.Address, err)
	}
	return r, r.judged(verdict)
}

// judged sets the verdict and all that follows from it.
func (r *row) judged(v classify.Verdict) error {
	r.verdict = v
	doc, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep the verdict of %s: %w", r.item.Address, err)
	}
	r.verdictDoc = doc
	r.reasons = strings.Join(hitsOf(v), " ")
	r.searchHash = searchHash(r.item, v)
	r.dayBound = r.glance.DayBound(r.item, v)
	return nil
}

// hitsOf are the rules that spoke, each once with its severity.
func hitsOf(v classify.Verdict) (hits []string) {
	for _, reason := range v.Reasons {
		if hit := string(reason.Severity) + ":" + reason.Rule; !slices.Contains(hits, hit) {
			hits = append(hits, hit)
			if hit := classify.AsideHit + reason.Rule; reason.Aside() {
				hits = append(hits, hit)
			}
		}
	}
	return hits
}

// WordCount is the number of words of the main text: the extractor's own count where there is one.
func WordCount(item content.Item) int {
	if item.Shape.Words > 0 || item.Text == "" {
		return item.Shape.Words
	}
	return len(strings.Fields(item.Text))
}

// searchHash changes whenever the search index would hold something else of the item.
func searchHash(item content.Item, v classify.Verdict) string {
	h := fnv.New128a()
	put := func(parts ...string) {
		for _, p := range parts {
			io.WriteString(h, p)
			h.Write([]byte{0})
		}
	}
	masked := "clear"
	if v.Outcome == classify.Never {
		masked = "masked"
	} else if needsMask(v) {
		masked = "partly"
	}
	put(masked, item.Title, item.H1, item.Description, item.Text, item.Language, item.Source, item.Department, string(item.Access.Visibility),
		v.Type, string(v.Outcome), v.Format, day(item.Published.Time), day(item.Modified.Time), fmt.Sprint(v.Readiness))
	put(v.Hidden()...)
	put(string(v.Covers))
	for _, heading := range item.Headings {
		put(heading.Text)
	}
	put(item.Tags...)
	if sparse(item) {
		put(item.Rest)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// needsMask tells whether the rules found anything in the item that may have to be masked.
func needsMask(v classify.Verdict) bool {
	for _, reason := range v.Reasons {
		if reason.Severity != classify.Good && reason.Quote != "" {
			return true
		}
	}
	return false
}

// packItem is the item's JSON in a frame of Zstandard (RFC 8878) at the fastest level: about a quarter of its size.
func packItem(item content.Item) ([]byte, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := json.NewEncoder(b).Encode(item); err != nil {
		return nil, fmt.Errorf("pack the item: %w", err)
	}
	return packer().EncodeAll(b.Bytes(), nil), nil
}

var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(packWindow), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // of options that do not go together
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(mostUnpacked))
		if err != nil {
			panic(err)
		}
		return d
	})
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	rooms   = sync.Pool{New: func() any { return new([]byte) }}
)

const (
	packWindow   = 256 << 10 // bytes that a packed item may refer back to
	mostUnpacked = 512 << 20 // bytes of one item
)

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// unpackItem also reads what was packed with DEFLATE (RFC 1951), as items were before.
func unpackItem(blob []byte) (item content.Item, err error) {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	if bytes.HasPrefix(blob, zstdMagic) {
		*room, err = unpacker().DecodeAll(blob, (*room)[:0])
	} else {
		*room, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(blob)), mostUnpacked))
	}
	if err != nil {
		return content.Item{}, fmt.Errorf("unpack an item: %w", err)
	}
	if err := readJSON(*room, &item); err != nil {
		return content.Item{}, fmt.Errorf("unpack an item: %w", err)
	}
	return item, nil
}

// readJSON reads what the inventory holds, twice as fast as encoding/json, and like it takes strings and names as
// they came from documents.
func readJSON(data []byte, to any) error {
	return jsonv2.Unmarshal(data, to, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func parseInstant(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// columns are what a query must select for scanRecord.
const columns = `r.inlinks, r.duplicate_group, r.canonical, r.copies, r.silos, r.public_address, r.public_share, r.publication_lag, r.used, r.used_on, EXISTS (SELECT 1 FROM posts), r.first_seen, r.changed_at, r.gone_at, c.item, c.verdict,
	COALESCE(d.disposition, ''), COALESCE(d.assigned_to, ''), COALESCE(d.verdict, ''), COALESCE(d.notes, ''), COALESCE(d.decided_by, ''), COALESCE(d.decided_at, ''), COALESCE(d.lapsed, '')`

const joined = ` FROM records r JOIN record_contents c ON c.record_id = r.id LEFT JOIN decisions d ON d.address = r.address `

func scanRecord(scan func(...any) error, more ...any) (Record, error) {
	var rec Record
	var first, changed, gone, at, verdict string
	var blob, verdictDoc []byte
	var lag sql.NullInt64
	var usedOn, silos string
	dest := append([]any{&rec.Inlinks, &rec.Group, &rec.Canonical, &rec.Copies, &silos, &rec.Public.Address, &rec.Public.Share, &lag, &rec.Used.Yes, &usedOn, &rec.Used.Known, &first, &changed, &gone, &blob, &verdictDoc,
		&rec.Decision.Disposition, &rec.Decision.AssignedTo, &verdict, &rec.Decision.Notes, &rec.Decision.By, &at, &rec.Decision.Lapsed}, more...)
	if err := scan(dest...); err != nil {
		return Record{}, err
	}
	item, err := unpackItem(blob)
	if err != nil {
		return Record{}, err
	}
	rec.Item = item
	if err := json.Unmarshal(verdictDoc, &rec.Verdict); err != nil {
		return Record{}, fmt.Errorf("read the verdict of %s: %w", item.Address, err)
	}
	rec.FirstSeen, rec.Changed, rec.Gone, rec.Decision.At = parseInstant(first), parseInstant(changed), parseInstant(gone), parseInstant(at)
	rec.Decision.Verdict = classify.Outcome(verdict)
	rec.Used.On, _ = time.Parse(time.DateOnly, usedOn) // '' is the zero time
	rec.Lag = Lag{int(lag.Int64), lag.Valid}
	if silos != "" {
		rec.Silos = strings.Split(silos, siloBar)
	}
	return rec, nil
}
