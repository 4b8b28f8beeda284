package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// maxLabelBytes bounds a file of labels.
const maxLabelBytes = 64 << 20

// label is what a person says of one item. Type and verdict are what stands in the file: one word, or
// several right ones.
type label struct {
	line                int // of the file, or the place in its list, from 1
	address, file, text string
	title, language     string
	visibility          content.Visibility
	published           time.Time
	tags, breadcrumb    []string
	typ, verdict        string
}

// labelField gives the name of a column by the words that people use for it; "" for one that is not read.
var labelField = map[string]string{
	"address": "address", "url": "address", "adresse": "address", "file": "file", "fichier": "file", "html": "file",
	"text": "text", "texte": "text", "main_text": "text", "title": "title", "titre": "title", "language": "language", "langue": "language", "lang": "language",
	"visibility": "visibility", "visibilite": "visibility", "visibilité": "visibility", "published": "published", "date": "published", "publié": "published", "date_published": "published",
	"tags": "tags", "categories": "tags", "catégories": "tags", "breadcrumb": "breadcrumb",
	"type": "type", "content_type": "type", "verdict": "verdict", "label": "verdict", "verdict_human": "verdict",
}

// readLabels reads a CSV or an XLSX with a head (see readGrid), a JSONL, or a JSON file with a list
// "items"; the day that such a list was judged on is as_of, the zero time when it does not say.
func readLabels(name string) (all []label, day time.Time, err error) {
	data, err := readFile(name, maxLabelBytes)
	if err != nil {
		return nil, day, err
	}
	if first := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n"); len(first) > 0 && first[0] == '{' {
		all, day, err = labelsJSON(first)
	} else {
		all, err = labelsTable(data)
	}
	if err == nil && len(all) == 0 {
		err = errors.New("it holds no label")
	}
	return all, day, err
}

func labelsJSON(data []byte) (all []label, day time.Time, err error) {
	var whole struct {
		AsOf  string           `json:"as_of"`
		Items []map[string]any `json:"items"`
		Pages []map[string]any `json:"pages"`
	}
	rows := []map[string]any(nil)
	if json.Unmarshal(data, &whole) == nil && len(whole.Items)+len(whole.Pages) > 0 {
		rows = append(whole.Items, whole.Pages...)
		day, _ = time.Parse(time.DateOnly, whole.AsOf)
	} else {
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, maxLabelBytes)
		for n := 1; lines.Scan(); n++ {
			line := bytes.TrimSpace(lines.Bytes())
			if len(line) == 0 {
				continue
			}
			var row map[string]any
			if err := json.Unmarshal(line, &row); err != nil {
				return nil, day, fmt.Errorf("line %d: %w", n, err)
			}
			rows = append(rows, row)
		}
	}
	for i, row := range rows {
		l := label{line: i + 1}
		for key, value := range row {
			if err := l.set(key, value); err != nil {
				return nil, day, fmt.Errorf("item %d: %w", i+1, err)
			}
		}
		if l.typ != "" || l.verdict != "" {
			all = append(all, l)
		}
	}
	return all, day, nil
}

// labelsTable reads a table with a head. Of a sheet that filon sample has drawn, the label is what a person wrote beside
// filon's verdict, and a line that nobody filled in has none: what filon said itself is no label.
func labelsTable(data []byte) (all []label, err error) {
	rows, err := readGrid(data)
	if err != nil || len(rows) == 0 {
		return nil, errors.Join(errNoTable, err)
	}
	heads := rows[0].cells
	human, seen := columnNamed(heads, "human_verdict"), columnNamed(heads, "verdict")
	for _, row := range rows[1:] {
		l := label{line: row.line}
		for i, value := range row.cells[:min(len(row.cells), len(heads))] {
			if err := l.set(heads[i], value); err != nil {
				return nil, fmt.Errorf("line %d: %w", row.line, err)
			}
		}
		if human >= 0 {
			l.typ, l.verdict = "", ""
			if said := cellOf(row.cells, human); said != "" {
				was, _ := verdictOf(cellOf(row.cells, seen), "")
				v, ok := verdictOf(said, was)
				if !ok {
					return nil, fmt.Errorf("line %d: unknown verdict %q", row.line, said)
				}
				l.verdict = string(v)
			}
		}
		if l.typ != "" || l.verdict != "" {
			all = append(all, l)
		}
	}
	return all, nil
}

// set fills one field; a list of right answers or of tags may be a JSON list or words between bars.
func (l *label) set(name string, value any) error {
	var list []string
	switch v := value.(type) {
	case string:
		list = answers(v)
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				list = append(list, s)
			}
		}
		value = strings.Join(list, "|")
	case float64:
		value = strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return nil
	}
	s := strings.TrimSpace(value.(string))
	switch labelField[strings.ToLower(strings.TrimSpace(name))] {
	case "address":
		l.address = s
	case "file":
		l.file = s
	case "text":
		l.text = value.(string)
	case "title":
		l.title = s
	case "language":
		l.language = s
	case "visibility":
		switch v := content.Visibility(s); v {
		case content.Public, content.Intranet, content.Restricted, content.FileShare, "":
			l.visibility = v
		default:
			return fmt.Errorf("visibility cannot be %q", s)
		}
	case "published":
		if len(s) >= len(time.DateOnly) {
			d, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
			if err != nil {
				return fmt.Errorf("published cannot be %q", s)
			}
			l.published = d
		}
	case "tags":
		l.tags = list
	case "breadcrumb":
		l.breadcrumb = list
	case "type":
		l.typ = s
	case "verdict":
		l.verdict = s
	}
	return nil
}

func answers(s string) (all []string) {
	for _, w := range strings.Split(s, "|") {
		if w = strings.TrimSpace(w); w != "" {
			all = append(all, w)
		}
	}
	return all
}

// meanings says what words of labels stand for in filon's own.
type meanings map[string][]string

// rubric are the letters of the annotation rubric and the words of neighbouring tools.
var rubric = meanings{
	"P": {"publishable"}, "E": {"needs_edit"}, "A": {"needs_approval"}, "N": {"never", "not_proposed"}, "X": {"not_proposed"}, "U": {"unreadable"},
}

// readMeanings reads lines of the form: word = id|id. Lines with # are comments.
func readMeanings(name string) (meanings, error) {
	m := meanings{}
	if name == "" {
		return m, nil
	}
	data, err := readFile(name, maxConfigBytes)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{classify.Other: true}
	for _, t := range classify.Types() {
		known[t.ID] = true
	}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, ids, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("line %d: no = in %q", n+1, line)
		}
		word = strings.TrimSpace(word)
		for _, id := range answers(ids) {
			if !known[id] {
				return nil, fmt.Errorf("line %d: %q is no content type", n+1, id)
			}
			m[word] = append(m[word], id)
		}
	}
	return m, nil
}

// right gives the answers of filon that a label allows; none when its words are not known. own gives the id that a word
// names, "" for none.
func (m meanings) right(word string, own func(string) string) (ids []string) {
	for _, w := range answers(word) {
		switch {
		case m[w] != nil: // what a file says of a word goes before what filon calls so
			ids = append(ids, m[w]...)
		case own(w) != "":
			ids = append(ids, own(w))
		}
	}
	return ids
}

// verdictNamed is the id of a verdict that is named by its id or in words, French or English; "" for none.
func verdictNamed(word string) string {
	o, ok := verdictOf(word, "")
	if !ok {
		o, _ = verdictOf(strings.ReplaceAll(word, "-", "_"), "")
	}
	return string(o)
}

// typesByName are the ids of types by their names in heads of tables: ids and words, French and English.
var typesByName = sync.OnceValue(func() map[string]string {
	all := map[string]string{plainHead(classify.Other): classify.Other}
	for _, t := range classify.Types() {
		for _, name := range []string{classify.TypeLabel(t.ID, "fr"), classify.TypeLabel(t.ID, "en"), t.ID} {
			all[plainHead(name)] = t.ID
		}
	}
	return all
})

// typeNamed is the id of a type that is named by its id or in words; "" for none.
func typeNamed(word string) string {
	if id := typesByName()[plainHead(word)]; id != "" {
		return id
	}
	return typesByName()[plainHead(strings.ReplaceAll(word, "-", "_"))]
}

// readFrom gives the bytes of a file beside the labels.
func (l *label) readFrom(labels string) ([]byte, string, error) {
	path := l.file
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(labels), path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, path, err
	}
	if info.Size() > inspectBytes {
		return nil, path, fmt.Errorf("%d bytes, at most %d are read", info.Size(), inspectBytes)
	}
	data, err := os.ReadFile(path)
	return data, path, err
}
