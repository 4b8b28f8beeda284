package crawler

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/folder"
	"filon/crawler/frontier"
)

// portion is how many entries of a folder are handed to the frontier at once.
const portion = 2000

// locate gives the canonical form of an address on the web or, when it is one, of a file.
func locate(addr string) (string, error) {
	if address.IsFile(addr) {
		return address.File(addr)
	}
	return address.Canonical(addr)
}

// isFolders tells whether a source is a folder of a disk or a share.
func (s *Source) isFolders() bool { return len(s.Seeds) > 0 && address.IsFile(s.Seeds[0]) }

// rootsOf lists the folders of a source, each as an address that ends with a slash, and its path.
func rootsOf(s *Source) (roots, paths []string) {
	for _, seed := range s.Seeds {
		if addr, err := address.File(seed); err == nil && address.IsFile(seed) {
			roots = append(roots, strings.TrimSuffix(addr, "/")+"/")
			paths = append(paths, address.FilePath(addr))
		}
	}
	return roots, paths
}

// sowFolders begins at the folders of a source. One that cannot be read now, or that is suddenly
// empty, as a share that is not mounted, says nothing about what it held: it is left alone.
func (c *crawl) sowFolders(ctx context.Context, s *Source) error {
	roots, paths := rootsOf(s)
	var found []frontier.Found
	for i, root := range roots {
		found = append(found, frontier.Found{Address: root, Source: s.Name, Via: frontier.BySeed})
		c.polite.meet(address.Host(root), s)
		if err := folder.Ready(paths[i]); err != nil {
			c.mu.Lock()
			c.absent[root] = plainFile(err)
			c.report.Broken[paths[i]] = plainFile(err)
			c.mu.Unlock()
			c.Log(fmt.Sprintf("%s cannot be walked: %s; what it held stays in the inventory", paths[i], plainFile(err)))
		}
	}
	return c.Frontier.Add(ctx, found)
}

// visitFile carries the request of a file or folder to its end.
func (c *crawl) visitFile(ctx context.Context, s *Source, r frontier.Request) visited {
	if state, reason := c.scopeOf(r.Source).State(r.Address); state != "" {
		return ended(state, reason)
	}
	root, home, path := "", "", address.FilePath(r.Address)
	roots, paths := rootsOf(s)
	for i, at := range roots {
		if strings.HasPrefix(r.Address, at) && len(at) > len(root) {
			root, home = at, paths[i]
		}
	}
	if reason := c.absent[root]; reason != "" {
		return ended(frontier.Failed, "its folder cannot be walked: "+reason)
	}
	at, err := folder.Look(home, path)
	if err != nil {
		return fileEnded(err)
	}
	switch at.Kind {
	case folder.Outside:
		return ended(frontier.OutOfScope, "a link that leads out of the folder, or to nowhere")
	case folder.Special:
		return ended(frontier.NotContent, "no ordinary file")
	case folder.Link:
		target, err := address.File(at.Target)
		if err != nil {
			return ended(frontier.OutOfScope, "a link to a place that has no address")
		}
		if info, err := os.Stat(at.Target); err == nil && info.IsDir() {
			target = strings.TrimSuffix(target, "/") + "/"
		}
		v := ended(frontier.Redirected, "a link to "+address.FilePath(target))
		v.links = c.place(s, target, frontier.ByRedirect, r.Depth)
		return v
	case folder.Folder:
		if filepath.Clean(path) != filepath.Clean(home) && c.isOwnData(path) {
			return ended(frontier.NotContent, ownData)
		}
		return c.list(ctx, s, r, path)
	}
	if c.inOwnData(home, path) {
		return ended(frontier.NotContent, ownData)
	}
	if v, ok := c.yields(s, r); ok {
		return v
	}
	if !c.mayVisit(s) {
		return ended(frontier.Limit, fmt.Sprintf("the limit of %d pages was reached", s.MaxPages))
	}
	return c.readFile(ctx, s, r, path, root, at)
}

// list ends the request of a folder and queues what is in it.
func (c *crawl) list(ctx context.Context, s *Source, r frontier.Request, path string) visited {
	if !strings.HasSuffix(r.Address, "/") { // it was a file when it was found
		v := ended(frontier.Redirected, "it is a folder")
		v.links = c.place(s, r.Address+"/", frontier.ByRedirect, r.Depth)
		return v
	}
	all := 0
	var last []frontier.Found
	err := folder.List(path, portion, func(entries []folder.Entry) error {
		if len(last) > 0 { // a folder of a million files does not wait in memory
			if err := c.Frontier.Add(ctx, last); err != nil {
				return err
			}
		}
		last = last[:0:0]
		for _, e := range entries {
			all++
			addr, err := address.File(strings.TrimSuffix(address.FilePath(r.Address), string(os.PathSeparator)) + string(os.PathSeparator) + e.Name)
			if err != nil {
				c.Log(fmt.Sprintf("in %s a name is too long to have an address", path))
				continue
			}
			if e.Folder {
				addr += "/"
			}
			last = append(last, c.place(s, addr, frontier.ByFolder, r.Depth+1)...)
		}
		return nil
	})
	if err != nil {
		return fileEnded(err)
	}
	v := ended(frontier.NotContent, fmt.Sprintf("folder with %d entries", all))
	v.links = last
	return v
}

// showsPictures ends the tag of a page that shows pictures from its folder.
const showsPictures = "-pictures"

// readFile turns an ordinary file into an item. Its size and date stand for its ETag: while both stay
// it is not read again, unless it shows pictures: these come and go without it.
func (c *crawl) readFile(ctx context.Context, s *Source, r frontier.Request, path, root string, at folder.Info) visited {
	tag := fmt.Sprintf("%d-%d", at.Size, at.Modified.UnixNano())
	if r.InInventory && !c.Full && r.ETag == tag {
		v := ended(frontier.Unchanged, "same size and date as before")
		v.result.Day = c.Day
		return v
	}
	switch kind := extract.Readable("", r.Address); {
	case kind == extract.KindNeither || kind == extract.KindSitemap || kind == extract.KindFeed:
		return ended(frontier.NotContent, "its name says that it is nothing to publish")
	case kind != extract.KindMedia && at.Size > s.Limits.Bytes:
		return ended(frontier.TooLarge, fmt.Sprintf("%v of %d bytes", errTooLarge, s.Limits.Bytes))
	}
	f, err := os.Open(path) // a child process reads it, and could not say that it may not
	if err != nil {
		return fileEnded(err)
	}
	f.Close()
	header := http.Header{"Etag": {tag}, "Last-Modified": {at.Modified.Format(http.TimeFormat)}}
	item := c.Reader.Read(ctx, extract.Input{Address: r.Address, Root: root, Source: s.Name, Access: s.access(), Header: header, Path: path,
		Depth: r.Depth, FetchedAt: time.Now().UTC().Truncate(time.Second), Day: c.Day, NoOCR: s.OCR == OCRNever, OCRPages: s.OCRPages})
	if item.Modified.Source == "http" {
		item.Modified = content.Date{Time: item.Modified.Time, Source: "file", Confidence: content.Low}
	}
	if item.Owner == "" {
		item.Owner = at.Owner
	}
	if markMissing(&item) {
		item.ETag = tag + showsPictures
		header.Set("ETag", item.ETag)
	}
	v := c.settle(s, r, &answer{Header: header}, item)
	v.result.Day = c.Day
	v.bytes = at.Size
	return v
}

// markMissing notes which of the pictures that a page shows from its folder are not there, and tells whether it shows any.
func markMissing(item *content.Item) (shows bool) {
	for i := range item.Images {
		im := &item.Images[i]
		if im.Role == "decoration" || im.Address == item.Address || !address.IsFile(im.Address) {
			continue
		}
		shows = true
		if _, err := os.Stat(address.FilePath(im.Address)); errors.Is(err, fs.ErrNotExist) {
			im.Missing = true
		}
	}
	return shows
}

// fileEnded says what a system's refusal means.
func fileEnded(err error) visited {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ended(frontier.Gone, "it is no longer there")
	case errors.Is(err, fs.ErrPermission):
		return ended(frontier.NeedsLogin, "the system answers: this account may not read it")
	case errors.Is(err, context.Canceled):
		return ended(frontier.Pending, "")
	}
	return ended(frontier.Failed, plainFile(err))
}

// plainFile words an error of the system without the path.
func plainFile(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there; is the share mounted?"
	case errors.Is(err, fs.ErrPermission):
		return "this account may not read it"
	}
	return err.Error()
}

// lastName is the name of a file or folder without the path to it.
func lastName(addr string) string {
	path := strings.TrimRight(address.FilePath(addr), `/\`)
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
