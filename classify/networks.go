package classify

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"filon/crawler/content"
)

//go:embed networks.json
var networksData []byte

// Network is what a network accepts. Sizes are pixels and bytes, ratios width over height, durations
// seconds; 0 means no limit is known. Every value of the data file has its source and date.
type Network struct {
	ID            string  `json:"id"`
	Text          int     `json:"text"`       // characters of a post
	ImageSide     int     `json:"image_side"` // shortest side of a good native picture
	ImageRatioMin float64 `json:"image_ratio_min"`
	ImageRatioMax float64 `json:"image_ratio_max"`
	ImageBytes    int64   `json:"image_bytes"`
	Images        int     `json:"images"` // pictures in one post
	PNG           bool    `json:"png"`
	Link          bool    `json:"link"`           // a post can carry a link that can be followed
	TextOnly      bool    `json:"text_only"`      // a post needs no picture and no film
	DocumentBytes int64   `json:"document_bytes"` // 0: no document posts
	DocumentPages int     `json:"document_pages"`
	VideoMin      int     `json:"video_min"`
	VideoMax      int     `json:"video_max"`
	VideoBytes    int64   `json:"video_bytes"`
}

// Networks lists what is known of the networks and the day it was known. The slice is a copy.
func Networks() (list []Network, asOf string) { return slices.Clone(networkList), networksAsOf }

var networkList, networksAsOf = func() ([]Network, string) {
	var data struct {
		AsOf     string `json:"as_of"`
		Networks []struct {
			ID     string `json:"id"`
			Values map[string]struct {
				Value  json.RawMessage `json:"value"`
				Source string          `json:"source"`
				AsOf   string          `json:"as_of"`
			} `json:"values"`
		} `json:"networks"`
	}
	if err := json.Unmarshal(networksData, &data); err != nil {
		panic("classify: networks.json: " + err.Error()) // the file is part of the program
	}
	var all []Network
	for _, n := range data.Networks {
		flat := map[string]json.RawMessage{}
		for name, v := range n.Values {
			flat[name] = v.Value
		}
		merged, _ := json.Marshal(flat)
		net := Network{ID: n.ID}
		if err := json.Unmarshal(merged, &net); err != nil {
			panic("classify: networks.json: " + n.ID + ": " + err.Error())
		}
		all = append(all, net)
	}
	return all, data.AsOf
}()

func networkOf(id string) *Network {
	for i := range networkList {
		if networkList[i].ID == id {
			return &networkList[i]
		}
	}
	return nil
}

// networks fills in where the item belongs, where it could go as it is, and in which form.
func (p *page) networks(v *Verdict) {
	t := typeOf(v.Type)
	v.NetworksFit = slices.Clone(t.Networks)
	if v.Outcome == Publishable {
		v.NetworksReady = p.readyNetworks(t)
	}
	if !t.Negative && v.Outcome != NotProposed {
		v.PostFormat = p.postFormat(t)
	}
}

// readyNetworks are those of the type's networks whose needs of form the item meets.
func (p *page) readyNetworks(t *Type) []string {
	var ready []string
	for _, id := range t.Networks {
		if n := networkOf(id); n != nil && p.readyFor(n) {
			ready = append(ready, id)
		}
	}
	return ready
}

func (p *page) readyFor(n *Network) bool {
	if p.nativeImage(n) || p.nativeFilm(n) || p.nativeDocument(n) {
		return true
	}
	if !n.TextOnly || p.text.words < 25 || p.item.Title == "" && p.item.H1 == "" {
		return false
	}
	if p.public && n.Link && !p.document {
		return p.linkImage() || p.hook() != ""
	}
	return p.hook() != "" // a text post in the item's own words
}

// linkImage tells whether the page brings a picture for link previews.
func (p *page) linkImage() bool {
	if p.item.OpenGraph.Image == "" {
		return false
	}
	for i := range p.item.Images {
		if im := &p.item.Images[i]; im.Role == "og" && im.Missing {
			return false
		} else if im.Role == "og" && im.Width > 0 && im.Height > 0 {
			r := float64(im.Width) / float64(im.Height)
			return im.Width >= 1200 && im.Height >= 630 && r >= 1.72 && r <= 2.1 && im.Bytes <= 5<<20
		}
	}
	return true // its size is not known; the network will say
}

func (p *page) nativeImage(n *Network) bool {
	if p.best < 0 || p.rights == "third_party" || p.rights == "stock" {
		return false
	}
	im := &p.item.Images[p.best]
	if im.Width == 0 || im.Height == 0 {
		return false
	}
	r := float64(im.Width) / float64(im.Height)
	return min(im.Width, im.Height) >= n.ImageSide && (n.ImageRatioMin == 0 || r >= n.ImageRatioMin) && (n.ImageRatioMax == 0 || r <= n.ImageRatioMax) &&
		(n.ImageBytes == 0 || im.Bytes <= n.ImageBytes) && (n.PNG || im.MIME != "image/png")
}

func (p *page) nativeFilm(n *Network) bool {
	seconds, own := 0, false
	if strings.HasPrefix(p.item.MIME, "video/") {
		seconds, own = p.item.Seconds, true
	}
	for _, e := range p.item.Embeds {
		if e.Kind == "video" && e.Provider == "" {
			seconds, own = e.Seconds, true
		}
	}
	return own && n.VideoMax > 0 && seconds >= n.VideoMin && seconds <= n.VideoMax && (n.VideoBytes == 0 || p.item.Bytes <= n.VideoBytes)
}

func (p *page) nativeDocument(n *Network) bool {
	return n.DocumentBytes > 0 && (p.format == "pdf_document" || p.format == "slides") && p.item.Bytes <= n.DocumentBytes && p.item.Pages >= 3 && p.item.Pages <= n.DocumentPages && p.item.Problem == nil
}

// postFormat is the form of the post: what the item is in, then what its type makes best. What only
// the intranet shows can never be a link: no network could fetch it.
func (p *page) postFormat(t *Type) string {
	switch p.format {
	case "photo_album":
		return "album"
	case "image_photo", "image_infographic", "image_logo_icon":
		return "image"
	case "video_file", "video_embed", "audio":
		if p.public || p.format != "video_embed" {
			return "video"
		}
	case "pdf_document", "slides":
		return "document"
	case "office_text", "spreadsheet":
		return "document"
	}
	if p.public {
		if p.item.Access.Visibility == content.Public && (t.Post == "link" || t.Post == "" || p.best < 0) {
			return "link"
		}
		if t.Post == "album" && p.imagesThere() < 3 {
			return "image"
		}
		if t.Post == "video" {
			return "link"
		}
		return t.Post
	}
	switch {
	case t.Post == "album" && p.imagesThere() >= 3:
		return "album"
	case (t.Post == "image" || t.Post == "album" || t.Post == "link") && p.best >= 0:
		return "image"
	case t.Post == "document" || t.Post == "series":
		return t.Post
	}
	return "text"
}
