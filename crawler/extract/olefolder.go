package extract

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// maxFolders is how deep the folders of a compound file may lie inside each other: a message in a message takes two.
const maxFolders = 2*maxMailDepth + 4

// folder is a storage of a compound file ([MS-CFB] 1.3): streams and folders. Names tell no capitals apart and stand
// without the mark of a special stream: "\x01Ole10Native" is "ole10native".
type folder struct {
	streams map[string]*mscfb.File
	inner   map[string]*folder
	names   []string // of inner, in the order of the file
	order   []*mscfb.File
	left    *int64 // bytes that may still be read, of the whole file
	cut     bool   // of a root: it holds more than is looked at
}

// openFolders reads the directory of a compound file.
func openFolders(body []byte) (*folder, error) {
	file, err := mscfb.New(bytes.NewReader(body))
	if err != nil {
		return nil, errBroken
	}
	left := int64(maxUnpacked)
	root := newFolder(&left)
	for i, entry := range file.File {
		if i == 0 {
			continue // the root itself
		}
		if root.cut = root.cut || i >= maxEntries || len(entry.Path) > maxFolders; i >= maxEntries {
			break
		} else if len(entry.Path) > maxFolders {
			continue
		}
		at := root
		for _, name := range entry.Path {
			at = at.child(name)
		}
		if entry.FileInfo().IsDir() {
			at.child(entry.Name)
			continue
		}
		if name := strings.ToLower(entry.Name); at.streams[name] == nil {
			at.streams[name] = entry
			at.order = append(at.order, entry)
		}
	}
	return root, nil
}

func newFolder(left *int64) *folder {
	return &folder{streams: map[string]*mscfb.File{}, inner: map[string]*folder{}, left: left}
}

// child gives the folder of a name, which it makes when there is none.
func (f *folder) child(name string) *folder {
	name = strings.ToLower(name)
	if f.inner[name] == nil {
		f.inner[name] = newFolder(f.left)
		f.names = append(f.names, name)
	}
	return f.inner[name]
}

// has tells whether there is a stream of this name, in small letters.
func (f *folder) has(name string) bool { return f.streams[name] != nil }

// read gives at most limit bytes of a stream, nil when there is none. What is longer, or damaged, gives an error with
// the beginning.
func (f *folder) read(name string, limit int64) (octets, error) {
	s := f.streams[name]
	if s == nil {
		return nil, nil
	}
	limit = min(limit, *f.left)
	b, err := io.ReadAll(io.LimitReader(s, limit))
	*f.left -= int64(len(b))
	switch {
	case err != nil:
		return b, errBroken
	case int64(len(b)) < s.Size:
		return b, errTooLarge
	}
	return b, nil
}

// wrapped gives the file that an object holds in one piece, and its name: an office file since 2007, one of
// LibreOffice, one that Windows packed ([MS-OLEDS] 2.3.6), or what another program left there. False when the object is
// no such wrapping, but a document itself.
func (f *folder) wrapped() (name string, body []byte, is bool) {
	for _, stream := range [...]string{"package", "embeddedodf", "ole10native", "contents"} {
		if !f.has(stream) {
			continue
		}
		b, err := f.read(stream, maxInsideBytes+1)
		if err != nil || len(b) > maxInsideBytes {
			return "", nil, true
		}
		if stream == "ole10native" {
			name, b = packedFile(b.part(4, b.u32(0)))
		}
		return name, b, true
	}
	return "", nil, false
}

// packedFile takes the file out of what the packager of Windows made: a mark, a label, its name, two marks, a path, its
// size, itself. What is no such package is the data of some program, as it is.
func packedFile(b octets) (name string, body []byte) {
	if b.u16(0) != 2 {
		return "", b
	}
	rest := b.part(2, len(b))
	word := func() string {
		end := bytes.IndexByte(rest[:min(len(rest), 1024)], 0)
		if end < 0 {
			rest = nil
			return ""
		}
		s := rest[:end].narrow()
		rest = rest[end+1:]
		return s
	}
	label, path := word(), word()
	rest = rest.part(4, len(rest))
	rest = rest.part(4+rest.u32(0), len(rest))
	size := rest.u32(0)
	if body = rest.part(4, size); len(body) < size || size == 0 {
		return "", nil
	}
	return firstOf(label, path), body
}

// readObject reads an object inside of a document: a file that it wraps, or a document in streams of its own.
func (d *draft) readObject(f *folder) bool {
	if name, body, is := f.wrapped(); is {
		return body != nil && d.readFile(name, body, true)
	}
	return !d.within && d.readOne("", func(one *draft) { readFolder(f, one) })
}

// readObjects reads the objects inside of a Word document or a workbook. Controls and links to other files are no files
// inside.
func readObjects(root *folder, d *draft) {
	var all []*folder
	if pool := root.inner["objectpool"]; pool != nil { // [MS-DOC] 2.1.4
		for _, name := range pool.names {
			all = append(all, pool.inner[name])
		}
	}
	for _, name := range root.names {
		if strings.HasPrefix(name, "mbd") { // [MS-XLS] 2.1.7.6
			all = append(all, root.inner[name])
		}
	}
	count, unread := 0, 0
	for _, f := range all {
		if f.has("ocxname") || f.has("ocxdata") || f.linked() {
			continue
		}
		if count++; count > maxInside || d.late() || !d.readObject(f) {
			unread++
		}
	}
	d.inside(count, unread)
}

// linked tells whether a Word document only refers to the object ([MS-DOC] 2.9.162): it holds a picture of it.
func (f *folder) linked() bool {
	info, _ := f.read("objinfo", 64)
	return info.u16(0)&0x10 != 0 && !f.has("package") && !f.has("embeddedodf") && !f.has("ole10native") && !f.has("contents") &&
		!f.has("worddocument") && !f.has("workbook") && !f.has("book") && !f.has("powerpoint document")
}

// unpackObject gives the compound file that an object of a presentation is ([MS-PPT] 2.10.34): as it is, or packed after
// its size. Nil when it is damaged or larger than what is read; a missing check sum is no damage.
func unpackObject(record octets, packed bool) []byte {
	if !packed {
		return record
	}
	size := record.u32(0)
	r, err := zlib.NewReader(bytes.NewReader(record.part(4, len(record))))
	if err != nil || size > maxInsideBytes {
		return nil
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, int64(size)))
	if len(b) < size {
		return nil
	}
	return b
}
