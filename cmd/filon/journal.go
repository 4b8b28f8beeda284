package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
)

// journalFlags are those of the commands that run while nobody looks.
func journalFlags(say *speaker) []cli.Flag {
	return []cli.Flag{
		choice("log-format", "text", []string{"text", "json"}, say.in(T{FR: "journal en text ou en json (une ligne par événement)", EN: "log as text or json (one line an event)"})),
		&cli.StringFlag{Name: "log-file", Usage: say.in(T{FR: "`FICHIER` du journal, renouvelé tous les 10 Mo ; sinon la sortie d'erreur", EN: "log `FILE`, begun anew every 10 MB; else standard error"})},
	}
}

// openJournal makes the log that the flags ask for. What it is given is masked: no personal data, no
// secret; callers give it no titles and no addresses of pages.
func openJournal(say *speaker, c *cli.Context) (*slog.Logger, func(), error) {
	to, closing := io.Writer(say.err), func() {}
	if name := c.String("log-file"); name != "" {
		f := &rotating{path: name, most: 10 << 20, keep: 5}
		if err := f.open(); err != nil {
			return nil, nil, couldNot(err, T{FR: "impossible d'ouvrir le journal : %s", EN: "cannot open the log: %s"})
		}
		to, closing = f, func() { f.Close() }
	}
	return newJournal(to, c.String("log-format")), closing, nil
}

func newJournal(to io.Writer, format string) *slog.Logger {
	opts := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(classify.Mask(oneLine(a.Value.String())))
		case slog.KindTime:
			a.Value = slog.StringValue(a.Value.Time().Format(time.RFC3339))
		case slog.KindDuration:
			a.Value = slog.StringValue(a.Value.Duration().Round(time.Second).String())
		case slog.KindAny:
			if err, ok := a.Value.Any().(error); ok {
				a.Value = slog.StringValue(classify.Mask(oneLine(err.Error())))
			}
		}
		return a
	}}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(to, opts))
	}
	return slog.New(slog.NewTextHandler(to, opts))
}

// rotating is a file that is put aside when it has grown to most bytes: path.1 is the one before, up
// to path.keep. It is safe for concurrent use.
type rotating struct {
	path string
	most int64
	keep int

	mu   sync.Mutex
	file *os.File
	size int64
}

func (r *rotating) open() error {
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	r.file, r.size = f, info.Size()
	return nil
}

// Write implements io.Writer. A line is never cut in two.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size > 0 && r.size+int64(len(p)) > r.most {
		if err := r.turn(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(p)
	r.size += int64(n)
	return n, err
}

func (r *rotating) turn() error {
	r.file.Close()
	name := func(i int) string { return fmt.Sprintf("%s.%d", r.path, i) }
	os.Remove(name(r.keep)) // may not be there yet
	for i := r.keep - 1; i > 0; i-- {
		os.Rename(name(i), name(i+1))
	}
	if err := os.Rename(r.path, name(1)); err != nil {
		return err
	}
	return r.open()
}

// Close implements io.Closer.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.file.Close()
}
