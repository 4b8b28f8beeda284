package extract

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filon/crawler/extract/score/corpus"
)

// corpusFiles gives the files of a collection that match a pattern, or skips the test.
func corpusFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus.Folder(), pattern))
	if err != nil || len(files) == 0 {
		t.Skipf("the collection is not unpacked: no %s in the corpora folder", pattern)
	}
	return files
}

// TestCharsetConformance runs the W3C's pages about the order of declarations.
func TestCharsetConformance(t *testing.T) {
	want := map[string]string{
		"HTTP-charset.html": "iso-8859-15", "HTTP-vs-UTF-8-BOM.html": "utf-8", "HTTP-vs-meta-charset.html": "iso-8859-15",
		"HTTP-vs-meta-content.html": "iso-8859-15", "No-encoding-declaration.html": "utf-8", "UTF-16BE-BOM.html": "utf-16be",
		"UTF-16LE-BOM.html": "utf-16le", "UTF-8-BOM-vs-meta-charset.html": "utf-8", "UTF-8-BOM-vs-meta-content.html": "utf-8",
		"meta-charset-attribute.html": "iso-8859-15", "meta-content-attribute.html": "iso-8859-15",
	}
	for _, file := range corpusFiles(t, "conformance/x-net-charset/testdata/*.html") {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		header := "text/html"
		if strings.HasPrefix(filepath.Base(file), "HTTP-") {
			header = "text/html; charset=iso-8859-15"
		}
		if _, got := decode(body, header); got != want[filepath.Base(file)] {
			t.Errorf("%s: %s, want %s", filepath.Base(file), got, want[filepath.Base(file)])
		}
	}
}

// TestStructuredSamples reads samples of JSON-LD and microdata: each type that the sample's answer
// has at its top level is found.
func TestStructuredSamples(t *testing.T) {
	seen := 0
	for _, file := range corpusFiles(t, "metadata/extruct-samples/tests/samples/schema.org/*.html") {
		raw, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".json")
		if errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(filepath.Base(file), "CreativeWork.001") { // that answer is for another file
			continue
		}
		body, err2 := os.ReadFile(file)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		var answer []struct {
			Type any `json:"type"`
			At   any `json:"@type"`
		}
		if json.Unmarshal(raw, &answer) != nil {
			continue
		}
		schema := strings.Join(readPage("https://a.example/", string(body)).Schema, " ")
		for _, a := range answer {
			for _, v := range append(many(a.Type), many(a.At)...) {
				name := text(v)
				name = name[strings.LastIndexByte(name, '/')+1:]
				seen++
				if !strings.Contains(schema, name) {
					t.Errorf("%s: no %q among %q", filepath.Base(file), name, schema)
				}
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d types were looked for", seen)
	}
}
