package extract

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bep/imagemeta"
)

// Bounds on the pictures inside of one document whose rights are read.
const (
	maxInside      = 24
	maxInsideBytes = 8 << 20
)

// insideFormats maps endings of pictures inside of documents to what is read of them.
var insideFormats = map[string]imagemeta.ImageFormat{".jpg": imagemeta.JPEG, ".jpeg": imagemeta.JPEG, ".png": imagemeta.PNG, ".tif": imagemeta.TIFF, ".tiff": imagemeta.TIFF, ".webp": imagemeta.WebP}

// entriesIn gives the names of the files below a folder of an archive, wherever it lies, in order.
func (a *archive) entriesIn(folder string) (names []string) {
	for name := range a.entries {
		if (strings.HasPrefix(name, folder) || strings.Contains(name, "/"+folder)) && !strings.HasSuffix(name, "/") {
			names = append(names, name)
		}
	}
	sortNatural(names)
	return names
}

// embedded counts the files inside of a document that are documents themselves.
func embedded(a *archive, folder string, d *draft) {
	if n := len(a.entriesIn(folder)); n > 0 {
		d.property("attachments", strconv.Itoa(n))
	}
}

// pictures counts the pictures inside of a document and keeps whom they name as creator, credit or owner of the
// rights, as far as that is easily read. A place is only said to be present.
func pictures(a *archive, folder string, d *draft) {
	names := a.entriesIn(folder)
	if len(names) == 0 {
		return
	}
	d.property("pictures", strconv.Itoa(len(names)))
	var credits []string
	read := 0
	for _, name := range names {
		format, known := insideFormats[path.Ext(name)]
		if !known || a.entries[name].UncompressedSize64 > maxInsideBytes {
			continue
		}
		if read++; read > maxInside || d.late() {
			break
		}
		body, err := a.readAll(name, maxInsideBytes)
		if err != nil {
			continue
		}
		one := &draft{deadline: earlier(d.deadline, 200*time.Millisecond)}
		_, _ = imageMetadata(body, format, one) // a damaged picture costs only its own credit
		d.property("gps", one.Properties["gps"])
		for _, s := range []string{creditOf(one.Properties), creatorOf(one.Properties), copyrightOf(one.Properties)} {
			if s != "" && !slices.Contains(credits, s) {
				credits = append(credits, s)
			}
		}
	}
	d.property("iptc:picture_credits", strings.Join(credits, "; "))
}

// earlier gives the sooner of a deadline and so much from now; none stays none.
func earlier(deadline time.Time, within time.Duration) time.Time {
	if soon := time.Now().Add(within); !deadline.IsZero() && soon.Before(deadline) {
		return soon
	}
	return deadline
}
