// Package corpus reads collections of real pages whose main text somebody wrote down, to measure
// and to fit what crawler/extract does.
//
//	folder ──▶ Pages: body, address, gold text, title, date
//
// In: the folders that the corpora unpack to; they stay outside of the project. Out: pages in a
// stable order. Never: extraction, scoring.
package corpus

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// Page is one page and what people say that it says.
type Page struct {
	Name    string // unique inside its collection
	Kind    string // page type of the collection, e.g. article, product, post
	Address string
	Body    []byte
	Text    string    // gold main text
	Title   string    // gold title, "" when the collection gives none
	Date    time.Time // gold day of publication; zero when the collection gives none
}

// maxBody bounds one page, compressed or not.
const maxBody = 32 << 20

// Folder is the folder that holds the collections: $FILON_CORPORA, else filon-corpora in the user's
// cache folder; "" when neither can be told.
func Folder() string {
	if dir := os.Getenv("FILON_CORPORA"); dir != "" {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "filon-corpora")
}

// WordPress reads a collection of WordPress pages: gold.jsonl and the pages that it names.
func WordPress(dir string) ([]Page, error) {
	f, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("read WordPress collection: %w", err)
	}
	defer f.Close()
	var pages []Page
	for d := json.NewDecoder(f); ; {
		var g struct {
			HTML  string `json:"html"`
			URL   string `json:"url"`
			Type  string `json:"type"`
			Title string `json:"title"`
			Date  string `json:"date"`
			Text  string `json:"main_text"`
		}
		if err := d.Decode(&g); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read WordPress collection: entry %d: %w", len(pages)+1, err)
		}
		body, err := read(filepath.Join(dir, filepath.FromSlash(g.HTML)))
		if err != nil {
			return nil, fmt.Errorf("read WordPress collection: %w", err)
		}
		p := Page{Name: g.HTML, Kind: g.Type, Address: g.URL, Body: body, Text: g.Text, Title: g.Title}
		if g.Type == "post" && len(g.Date) >= len(time.DateOnly) { // the date of a standing page means little
			p.Date, _ = time.Parse(time.DateOnly, g.Date[:len(time.DateOnly)])
		}
		pages = append(pages, p)
	}
	return sorted(pages), nil
}

// Articles reads the article-extraction-benchmark: ground-truth.json and html/NAME.html.gz.
func Articles(dir string) ([]Page, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, fmt.Errorf("read article collection: %w", err)
	}
	var gold map[string]struct {
		Text string `json:"articleBody"`
		URL  string `json:"url"`
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		return nil, fmt.Errorf("read article collection: %w", err)
	}
	var pages []Page
	for name, g := range gold {
		body, err := read(filepath.Join(dir, "html", name+".html.gz"))
		if err != nil {
			return nil, fmt.Errorf("read article collection: %w", err)
		}
		pages = append(pages, Page{Name: name, Kind: "article", Address: g.URL, Body: body, Text: g.Text})
	}
	return sorted(pages), nil
}

// WebContent reads the web content extraction benchmark: ground-truth/ID.json, html/ID.html.gz and
// page_types.json.
func WebContent(dir string) ([]Page, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "page_types.json"))
	if err != nil {
		return nil, fmt.Errorf("read web content collection: %w", err)
	}
	var kinds map[string]string
	if err := json.Unmarshal(raw, &kinds); err != nil {
		return nil, fmt.Errorf("read web content collection: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "ground-truth", "*.json"))
	if err != nil {
		return nil, fmt.Errorf("read web content collection: %w", err)
	}
	var pages []Page
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read web content collection: %w", err)
		}
		var g struct {
			URL   string `json:"url"`
			Truth struct {
				Title string `json:"title"`
				Date  string `json:"publish_date"`
				Text  string `json:"main_content"`
			} `json:"ground_truth"`
		}
		if err := json.Unmarshal(raw, &g); err != nil {
			return nil, fmt.Errorf("read web content collection: %s: %w", filepath.Base(file), err)
		}
		id := strings.TrimSuffix(filepath.Base(file), ".json")
		body, err := read(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			return nil, fmt.Errorf("read web content collection: %w", err)
		}
		p := Page{Name: id, Kind: kinds[id], Address: g.URL, Body: body, Text: g.Truth.Text, Title: g.Truth.Title}
		if len(g.Truth.Date) >= len(time.DateOnly) {
			p.Date, _ = time.Parse(time.DateOnly, g.Truth.Date[:len(time.DateOnly)])
		}
		pages = append(pages, p)
	}
	return sorted(pages), nil
}

// read gives a file's bytes, unpacked when its name ends in .gz.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		defer z.Close()
		r = z
	}
	return io.ReadAll(io.LimitReader(r, maxBody))
}

func sorted(pages []Page) []Page {
	sort.Slice(pages, func(i, j int) bool { return pages[i].Name < pages[j].Name })
	return pages
}
