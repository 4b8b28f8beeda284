package score

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filon/crawler/content"
	"filon/crawler/extract/score/corpus"
)

// second is what other readers of this machine make of the same files.
type second struct {
	missing  []string
	folder   string                 // what LibreOffice wrote
	paths    map[string]string      // of a source, to the text or PDF made of it
	opened   map[string]string      // of a deck or workbook, to the OpenDocument made of it
	pictures map[string][4][]string // creator, credit, copyright, size
}

// writer and drawing are the endings that LibreOffice turns to text itself, and those that it can only
// print, whose print pdftotext then reads: decks and workbooks, which it also writes as OpenDocument.
var (
	writer = []string{".docx", ".odt", ".rtf", ".doc"}
	decks  = []string{".pptx", ".odp", ".ppt"}
	books  = []string{".xlsx", ".ods", ".xls"}
)

func newSecond(ctx context.Context, names []string) (*second, error) {
	s := &second{paths: map[string]string{}, opened: map[string]string{}, pictures: map[string][4][]string{}}
	for _, program := range []string{"pdftotext", "soffice", "exiftool"} {
		if _, err := exec.LookPath(program); err != nil {
			s.missing = append(s.missing, program)
		}
	}
	var err error
	if s.folder, err = os.MkdirTemp("", "filon-second-"); err != nil {
		return nil, err
	}
	if s.has("soffice") {
		s.convert(ctx, names, writer, "txt:Text (encoded):UTF8", ".txt", s.paths)
		s.convert(ctx, names, append(slices.Clone(decks), books...), "pdf", ".pdf", s.paths)
		s.convert(ctx, names, decks, "odp", ".odp", s.opened)
		s.convert(ctx, names, books, "ods", ".ods", s.opened)
	}
	if s.has("exiftool") {
		s.tags(ctx, names)
	}
	return s, nil
}

func (s *second) has(program string) bool { return !slices.Contains(s.missing, program) }

func (s *second) close() { _ = os.RemoveAll(s.folder) }

// convert lets LibreOffice read files of some endings, some at a time, since one that it cannot read
// may end it. Each gets a link of its own name, because LibreOffice names its output after the source.
func (s *second) convert(ctx context.Context, names, endings []string, format, end string, made map[string]string) {
	out := filepath.Join(s.folder, strings.TrimPrefix(end, "."))
	var links []string
	for i, name := range names {
		if !slices.Contains(endings, strings.ToLower(filepath.Ext(name))) {
			continue
		}
		link := filepath.Join(s.folder, fmt.Sprintf("%04d%s", i, strings.ToLower(filepath.Ext(name))))
		if err := os.Symlink(name, link); err != nil && !exists(link) {
			continue
		}
		made[name] = filepath.Join(out, fmt.Sprintf("%04d%s", i, end))
		links = append(links, link)
	}
	for some := range slices.Chunk(links, 10) {
		if !s.office(ctx, some, format, out) {
			for _, one := range some {
				if !exists(filepath.Join(out, strings.TrimSuffix(filepath.Base(one), filepath.Ext(one))+end)) {
					s.office(ctx, []string{one}, format, out)
				}
			}
		}
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func (s *second) office(ctx context.Context, paths []string, format, out string) bool {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "soffice", append([]string{"--headless", "-env:UserInstallation=file://" + s.folder + "/profile", "--convert-to", format, "--outdir", out}, paths...)...)
	cmd.WaitDelay = time.Second
	return cmd.Run() == nil
}

// running tells whether the second reader's text of a file holds running headers and footers: that of a
// print does, LibreOffice's own text does not.
func (s *second) running(name string) bool { return !strings.HasSuffix(s.paths[name], ".txt") }

// text is the second reader's text of a file, "" when there is none to compare with.
func (s *second) text(ctx context.Context, name string, item content.Item) string {
	path := s.paths[name]
	switch {
	case item.MIME == "application/pdf":
		path = name
	case path == "":
		return ""
	case strings.HasSuffix(path, ".txt"):
		b, err := os.ReadFile(path)
		if err != nil {
			return ""
		}
		return string(b)
	}
	if !s.has("pdftotext") || !exists(path) {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	b, err := exec.CommandContext(ctx, "pdftotext", "-q", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		return ""
	}
	return string(b)
}

// understood is the text that LibreOffice itself has read of a deck or a workbook, "" when there is none to compare with.
func (s *second) understood(name string) string {
	path := s.opened[name]
	if path == "" || !exists(path) {
		return ""
	}
	text, err := corpus.OpenDocument(path, strings.HasPrefix(filepath.Ext(strings.ToLower(name)), ".xl"))
	if err != nil {
		return ""
	}
	return text
}

// tags lets exiftool read the pictures, all at once.
func (s *second) tags(ctx context.Context, names []string) {
	arguments := []string{"-q", "-q", "-j", "-G0", "-charset", "iptc=UTF8", "-Artist", "-By-line", "-XMP-dc:Creator", "-XMP-xmp:Artist", "-Credit", "-Copyright", "-CopyrightNotice", "-XMP-dc:Rights", "-ImageWidth", "-ImageHeight", "-a"}
	n := len(arguments)
	for _, name := range names {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif", ".heic", ".avif":
			arguments = append(arguments, name)
		}
	}
	if len(arguments) == n {
		return
	}
	out, _ := exec.CommandContext(ctx, "exiftool", arguments...).Output() // it fails when one file does; the others are there
	var files []map[string]any
	if json.Unmarshal(out, &files) != nil {
		return
	}
	for _, f := range files {
		var t [4][]string
		for key, value := range f {
			v := strings.TrimSpace(fmt.Sprint(value))
			if list, is := value.([]any); is {
				parts := make([]string, 0, len(list))
				for _, one := range list {
					parts = append(parts, strings.TrimSpace(fmt.Sprint(one)))
				}
				v = strings.Join(parts, ", ")
			}
			if v == "" {
				continue
			}
			switch key[strings.IndexByte(key, ':')+1:] {
			case "Artist", "By-line", "Creator":
				t[0] = append(t[0], v)
			case "Credit":
				t[1] = append(t[1], v)
			case "Copyright", "CopyrightNotice", "Rights":
				t[2] = append(t[2], v)
			}
		}
		width, height := f["File:ImageWidth"], f["File:ImageHeight"]
		for _, group := range []string{"PNG", "RIFF", "GIF", "EXIF", "QuickTime"} {
			if width == nil {
				width, height = f[group+":ImageWidth"], f[group+":ImageHeight"]
			}
		}
		if width != nil && height != nil {
			t[3] = []string{fmt.Sprintf("%vx%v", width, height)}
		}
		s.pictures[fmt.Sprint(f["SourceFile"])] = t
	}
}
