package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/index"
)

// JSON is one record as an object: the names of all columns in their order (null is unknown), then n_kind (of a refusal:
// secret, unlawful, embargo, expired or trivial), rules_version and judged_on (by what and when it was judged), then the
// fields that hold more than a value: published, modified, first_seen and expires as {date, source, confidence}, event,
// languages, quotes, key_figures, cta, downloads and more as the README lists them, then seen_as (the
// identity that it was read with; null is anonymous), copies (the
// others of its duplicate group), public_at (the address where a text that is not public stands in public),
// public_share (of it, 0 to 1), publication_lag (days from its first trace inside to the first in public),
// text, links, images and reasons, a list of {rule, severity, says, quote, where} with approver_role and basis where there are any. It is what inspect,
// show and JSONL print. Of a record that must never be published, text is masked and the lists of
// links and images are empty.
func JSON(rec index.Record, opts Options) ([]byte, error) {
	r := rowOf(rec, opts)
	opts = r.opts
	var b bytes.Buffer
	b.WriteByte('{')
	for _, c := range Columns {
		if err := field(&b, c.Name, jsonValue(c, c.of(r))); err != nil {
			return nil, fmt.Errorf("write %s as JSON: %w", rec.Item.Address, err)
		}
	}
	never := rec.Ruling() == classify.Never
	mask := opts.Mask
	if mask == nil {
		mask = func(s string) string { return s }
	}
	whole := mask // of texts of many lines
	mask = func(s string) string { return whole(Visible(s)) }
	text, links, images := whole(rec.Item.Text), []content.Link{}, withUses(rec, mask, opts.shown)
	if never {
		if text != "" {
			text = index.MaskedTitle
		}
	} else {
		for _, l := range rec.Item.Links {
			l.Text, l.Address = mask(l.Text), opts.shown(l.Address)
			links = append(links, l)
		}
	}
	reasons := []jsonReason{}
	for _, reason := range rec.Verdict.Reasons {
		reasons = append(reasons, jsonReason{reason.Rule, reason.Severity, reason.Says.In(opts.lang()), reason.Quote, reason.Where, reason.Approver, reason.Basis})
	}
	var problem any
	if rec.Item.Problem != nil {
		problem = rec.Item.Problem
	}
	var seenAs, publicAt, share, lag any
	if as := rec.Item.Access.SeenAs; as != "" {
		seenAs = as
	}
	if e := rec.Public; e.Address != "" {
		publicAt, share = opts.shown(e.Address), e.Share
	}
	if rec.Lag.Known {
		lag = rec.Lag.Days
	}
	for _, c := range More {
		if err := field(&b, c.Name, jsonValue(c, c.of(r))); err != nil {
			return nil, fmt.Errorf("write %s as JSON: %w", rec.Item.Address, err)
		}
	}
	for _, f := range slices.Concat(further(rec, never, mask, opts.shown), []named{{"seen_as", seenAs}, {"copies", rec.Copies}, {"public_at", publicAt}, {"public_share", share}, {"publication_lag", lag}, {"problem", problem}, {"text", text}, {"links", links}, {"images", images}, {"reasons", reasons}}) {
		if err := field(&b, f.name, f.value); err != nil {
			return nil, fmt.Errorf("write %s as JSON: %w", rec.Item.Address, err)
		}
	}
	b.Truncate(b.Len() - 1)
	b.WriteByte('}')
	return b.Bytes(), nil
}

type jsonReason struct {
	Rule     string            `json:"rule"`
	Severity classify.Severity `json:"severity"`
	Says     string            `json:"says"`
	Quote    string            `json:"quote"`
	Where    string            `json:"where"`
	Approver string            `json:"approver_role,omitempty"`
	Basis    string            `json:"basis,omitempty"` // the law or the duty behind the rule, in short and in French
}

func field(b *bytes.Buffer, name string, value any) error {
	fmt.Fprintf(b, "%q:", name)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's line end
	b.WriteByte(',')
	return nil
}

func jsonValue(c Column, v any) any {
	if t, ok := v.(time.Time); ok {
		if c.Kind == Day {
			return t.Format(time.DateOnly)
		}
		return t.Format(time.RFC3339)
	}
	if v == nil && c.Kind == List {
		return []string{}
	}
	return v
}

// JSONL writes one JSON object per line (UTF-8, LF) and returns the number of lines. It holds one
// record at a time.
func JSONL(w io.Writer, records Records, opts Options) (int, error) {
	out := bufio.NewWriterSize(w, 64<<10)
	rows := 0
	err := records(func(rec index.Record) error {
		line, err := JSON(rec, opts)
		if err != nil {
			return err
		}
		out.Write(line)
		if err := out.WriteByte('\n'); err != nil {
			return fmt.Errorf("write the JSON lines: %w", err)
		}
		rows++
		return nil
	})
	if err != nil {
		return rows, err
	}
	if err := out.Flush(); err != nil {
		return rows, fmt.Errorf("write the JSON lines: %w", err)
	}
	return rows, nil
}
