package crawler

import (
	"context"
	"fmt"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
)

// One fetches and reads a single address for a person who names it: robots.txt is not asked and
// nothing is kept. It signs in as the source does and follows redirects within the source's limit.
func One(ctx context.Context, s Source, addr string, opt Options) (content.Item, error) {
	s = s.withDefaults()
	at, err := address.Canonical(addr)
	if err != nil {
		return content.Item{}, err
	}
	f := newFetcher(opt.Resolve, opt.Spool)
	defer f.close()
	if s.Session != nil {
		if err := s.Session.SignIn(ctx, f.base(&s)); err != nil {
			return content.Item{}, err
		}
	}
	for range s.Limits.Redirects + 1 {
		a, err := f.get(ctx, &s, at, validators{})
		if err != nil {
			return content.Item{}, err
		}
		if a.Status/100 == 3 {
			a.discard()
			base, err := address.NewBase(at, "")
			if err != nil {
				return content.Item{}, err
			}
			if at, err = base.Join(a.Header.Get("Location")); err != nil {
				return content.Item{}, fmt.Errorf("%s redirects to something that is no web address", addr)
			}
			continue
		}
		defer a.discard()
		if a.Status/100 != 2 {
			return content.Item{}, fmt.Errorf("the server answered %d", a.Status)
		}
		in := extract.Input{Address: at, Source: s.Name, Access: s.access(), Status: a.Status, Header: a.Header,
			Body: a.Body, Path: a.Path, FetchedAt: time.Now().UTC().Truncate(time.Second), Day: opt.Day, NoOCR: s.OCR == OCRNever, OCRPages: s.OCRPages}
		if a.Kind == extract.KindMedia && a.Bytes > 0 {
			in.Media, in.MediaBytes = &glimpse{get: func(part validators) (*answer, error) { return f.get(ctx, &s, at, part) }}, a.Bytes
		}
		return opt.Reader.Read(ctx, in), nil
	}
	return content.Item{}, fmt.Errorf("more than %d redirects in a row", s.Limits.Redirects)
}
