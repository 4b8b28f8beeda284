package classify

import (
	_ "embed"
	"encoding/json"
	"fmt"
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
	return p.best >= 0 && n.refuses(&p.item.Images[p.best], p.rights) == Text{}
}

// noPictures is a shortest side that no picture has: the network takes none in a post.
const noPictures = 10_000

// refuses says why a picture does not do as it is; the zero Text: it does.
func (n *Network) refuses(im *content.Image, rights string) Text {
	if n.ImageSide > noPictures {
		return Text{"il faut un film, et ce contenu n'en a pas", "it wants a film, and this item has none"}
	}
	r := 0.0
	if im.Height > 0 {
		r = float64(im.Width) / float64(im.Height)
	}
	size := func() string { return fmt.Sprintf("%d × %d", im.Width, im.Height) }
	switch {
	case rights == "third_party" || rights == "stock":
		return Text{"les droits de l'image sont à obtenir (" + RightsLabel(rights, "fr") + ")", "the rights to the picture are to be obtained (" + RightsLabel(rights, "en") + ")"}
	case im.Width == 0 || im.Height == 0:
		return Text{fmt.Sprintf("la taille de l'image n'est pas connue : il en faut une d'au moins %d px de petit côté", n.ImageSide), fmt.Sprintf("the size of the picture is not known: it wants one whose shorter side has at least %d px", n.ImageSide)}
	case min(im.Width, im.Height) < n.ImageSide:
		return Text{fmt.Sprintf("l'image est trop petite (%s) : il faut au moins %d px de petit côté", size(), n.ImageSide), fmt.Sprintf("the picture is too small (%s): its shorter side needs at least %d px", size(), n.ImageSide)}
	case n.ImageRatioMin > 0 && r < n.ImageRatioMin:
		return Text{fmt.Sprintf("l'image est trop haute (%s) : recadrez-la à %s:1 au moins", size(), frenchNumber(n.ImageRatioMin)), fmt.Sprintf("the picture is too tall (%s): crop it to %g:1 or more", size(), n.ImageRatioMin)}
	case n.ImageRatioMax > 0 && r > n.ImageRatioMax:
		return Text{fmt.Sprintf("l'image est trop large (%s) : recadrez-la à %s:1 au plus", size(), frenchNumber(n.ImageRatioMax)), fmt.Sprintf("the picture is too wide (%s): crop it to %g:1 or less", size(), n.ImageRatioMax)}
	case n.ImageBytes > 0 && im.Bytes > n.ImageBytes:
		return Text{fmt.Sprintf("l'image est trop lourde (%d ko) : %d ko au plus", im.Bytes>>10, n.ImageBytes>>10), fmt.Sprintf("the picture is too heavy (%d kB): %d kB at most", im.Bytes>>10, n.ImageBytes>>10)}
	case !n.PNG && im.MIME == "image/png":
		return Text{"l'image est un PNG : enregistrez-la en JPEG", "the picture is a PNG: save it as JPEG"}
	}
	return Text{}
}

func frenchNumber(f float64) string { return strings.Replace(fmt.Sprintf("%g", f), ".", ",", 1) }

// Lacks says what a post of an item on the network in a form is still without, or what is wrong with its picture, film or
// document; the zero Text: nothing.
func (n Network) Lacks(item content.Item, v Verdict, form string) Text {
	if n.film(&item) || n.document(&item, v.Format) {
		return Text{}
	}
	why := Text{}
	switch {
	case v.BestImage >= 0 && v.BestImage < len(item.Images):
		if why = n.refuses(&item.Images[v.BestImage], v.ImageRights); why == (Text{}) {
			return why
		}
	case n.ImageSide > noPictures:
		why = n.refuses(&content.Image{}, "")
	case len(item.Images) > 0:
		why = Text{"aucune de ses images ne convient (logo, icône, absente ou trop petite)", "none of its pictures will do (a logo, an icon, missing or too small)"}
	default:
		why = Text{"il faut une image ou un film, et ce contenu n'en a pas", "it wants a picture or a film, and this item has none"}
	}
	for _, e := range item.Embeds {
		if e.Kind == "video" && n.ImageSide > noPictures {
			why = Text{"le film ne convient pas tel quel (durée, taille, ou hébergé ailleurs)", "the film will not do as it is (length, size, or hosted elsewhere)"}
		}
	}
	if !n.TextOnly {
		return why
	}
	switch form {
	case "document":
		if isDocument(v.Format) {
			return Text{fmt.Sprintf("le document ne se feuillette pas tel quel : PDF ou diapositives de 3 à %d pages", n.DocumentPages), fmt.Sprintf("the document cannot be leafed through as it is: a PDF or slides of 3 to %d pages", n.DocumentPages)}
		}
	case "image", "album", "video":
		return why
	}
	return Text{}
}

func isDocument(format string) bool {
	return format == "pdf_document" || format == "slides" || format == "office_text" || format == "spreadsheet"
}

func (p *page) nativeFilm(n *Network) bool { return n.film(p.item) }

// film tells whether an item brings a film of its own that the network takes.
func (n *Network) film(item *content.Item) bool {
	seconds, own := 0, false
	if strings.HasPrefix(item.MIME, "video/") {
		seconds, own = item.Seconds, true
	}
	for _, e := range item.Embeds {
		if e.Kind == "video" && e.Provider == "" {
			seconds, own = e.Seconds, true
		}
	}
	return own && n.VideoMax > 0 && seconds >= n.VideoMin && seconds <= n.VideoMax && (n.VideoBytes == 0 || item.Bytes <= n.VideoBytes)
}

func (p *page) nativeDocument(n *Network) bool { return n.document(p.item, p.format) }

// document tells whether an item is one that the network shows to be leafed through.
func (n *Network) document(item *content.Item, format string) bool {
	return n.DocumentBytes > 0 && (format == "pdf_document" || format == "slides") && item.Bytes <= n.DocumentBytes && item.Pages >= 3 && item.Pages <= n.DocumentPages && item.Problem == nil
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
