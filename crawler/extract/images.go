package extract

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/address"
	"filon/crawler/content"
)

// images gives the pictures of the page: those of the content first, then decoration, each address
// once. The picture that the page gives to networks has the role "og", wherever it stands.
func (f *facts) images(og string) []content.Image {
	var inside, outside []content.Image
	seen := map[string]bool{}
	found := false
	top := f.topOf()
	t := teasers{facts: f, here: withoutFragment(f.in.Address)}
	for i := range f.elements {
		e := &f.elements[i]
		if e.node.DataAtom != atom.Img && e.node.Data != "amp-img" || len(inside)+len(outside) >= maxImages {
			continue
		}
		img := content.Image{Address: f.source(e.node), Alt: norm.NFC.String(oneLine(attr(e.node, "alt"), 500)), Width: pixels(attr(e.node, "width")), Height: pixels(attr(e.node, "height"))}
		if img.Address == "" || seen[img.Address] {
			continue
		}
		seen[img.Address] = true
		img.Caption, img.Credit = f.caption(int32(i))
		switch {
		case img.Address == og:
			img.Role, found = "og", true
		case f.contentImage(e, &img, top):
			img.Role = "content"
		default:
			img.Role, img.Apart = "decoration", t.apart(int32(i), &img)
		}
		if img.Role == "decoration" {
			outside = append(outside, img)
		} else {
			inside = append(inside, img)
		}
	}
	if og != "" && !found {
		inside = append(inside, content.Image{Address: og, Role: "og", Alt: f.first("og:image:alt", "twitter:image:alt"),
			Width: pixels(f.first("og:image:width")), Height: pixels(f.first("og:image:height")), MIME: f.first("og:image:type")})
	} else if found {
		for i := range inside {
			if im := &inside[i]; im.Role == "og" && im.Width == 0 {
				im.Width, im.Height = pixels(f.first("og:image:width")), pixels(f.first("og:image:height"))
			}
		}
	}
	return append(inside, outside...)
}

// source is a picture's largest address: lazy loaders keep it in attributes of their own.
func (f *facts) source(n *html.Node) string {
	best, width := "", 0.0
	consider := func(set string) {
		if a, w := largest(set); a != "" && w > width {
			best, width = a, w
		}
	}
	for _, key := range [...]string{"srcset", "data-srcset", "data-lazy-srcset"} {
		consider(attr(n, key))
	}
	if p := n.Parent; p != nil && p.DataAtom == atom.Picture {
		for s := p.FirstChild; s != nil; s = s.NextSibling {
			if s.DataAtom == atom.Source {
				consider(attr(s, "srcset"))
				consider(attr(s, "data-srcset"))
			}
		}
	}
	if a := f.picture(best); a != "" {
		return a
	}
	for _, key := range [...]string{"data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-file", "src"} {
		if a := f.picture(attr(n, key)); a != "" {
			return a
		}
	}
	return ""
}

// picture gives the address of a picture: on the web, or of a file that lies in the folder of a page that is a file.
func (f *facts) picture(ref string) string {
	if a := f.media(ref); a != "" || ref == "" || len(ref) > 2048 || !address.IsFile(f.in.Address) {
		return a
	}
	u, err := url.Parse(ref)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.ContainsAny(u.Path[:1], `/\`) || strings.Contains(u.Path, "..") {
		return ""
	}
	base, err := url.Parse(f.in.Address)
	if err != nil {
		return ""
	}
	a, err := address.File(base.ResolveReference(&url.URL{Path: u.Path}).String())
	if err != nil {
		return ""
	}
	return a
}

// largest gives the widest candidate of a srcset.
func largest(set string) (address string, width float64) {
	set = clip(set, 8000)
	for part := range strings.SplitSeq(set, ", ") {
		fields := strings.Fields(strings.Trim(part, ", "))
		if len(fields) == 0 {
			continue
		}
		w := 1.0
		if len(fields) > 1 && len(fields[1]) > 1 {
			d := fields[1]
			w, _ = strconv.ParseFloat(d[:len(d)-1], 64)
		}
		if w > width {
			address, width = fields[0], w
		}
	}
	return address, width
}

// pixels reads a length attribute; 0 when it is no number of pixels.
func pixels(s string) int {
	s = strings.TrimSuffix(strings.TrimSpace(s), "px")
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 100_000 {
		return 0
	}
	return n
}

// caption gives the caption of the figure around a picture, and the credit inside of it.
func (f *facts) caption(at int32) (caption, credit string) {
	for up, k := f.elements[at].parent, 0; up >= 0 && k < 5; up, k = f.elements[up].parent, k+1 {
		u := &f.elements[up]
		figure := u.node.DataAtom == atom.Figure || u.cues&cueCaption != 0
		if !figure || u.words > 120 || u.end-up > 60 {
			continue
		}
		for j := up + 1; j < u.end; j++ {
			c := &f.elements[j]
			if c.node.DataAtom == atom.Figcaption || c.cues&cueCaption != 0 && c.words > 0 {
				caption = norm.NFC.String(textIn(c.node, 500))
				return caption, creditIn(caption)
			}
		}
	}
	return "", ""
}

// creditIn finds a visible credit in a caption: from the © or the word for it to the end.
func creditIn(s string) string {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s
	}
	for _, sign := range [...]string{"©", "(c) ", "crédit", "credit", "photo :", "photo:", "photos :", "photo by", "photo par", "photographe"} {
		if i := strings.Index(lower, sign); i >= 0 {
			return strings.Trim(s[i:], " ()[]")
		}
	}
	return ""
}

// players are the hosts of players and frames, by the end of their name.
var players = []struct{ host, path, kind, provider string }{
	{"youtube.com", "", "video", "youtube"}, {"youtube-nocookie.com", "", "video", "youtube"}, {"youtu.be", "", "video", "youtube"},
	{"vimeo.com", "", "video", "vimeo"}, {"dailymotion.com", "", "video", "dailymotion"}, {"dai.ly", "", "video", "dailymotion"},
	{"microsoftstream.com", "", "video", "stream"}, {"sharepoint.com", "", "video", "stream"}, {"wistia.com", "", "video", "wistia"}, {"wistia.net", "", "video", "wistia"},
	{"brightcove.net", "", "video", "brightcove"}, {"vidyard.com", "", "video", "vidyard"}, {"twitch.tv", "", "video", "twitch"},
	{"loom.com", "", "video", "loom"}, {"tiktok.com", "", "video", "tiktok"}, {"peertube.fr", "", "video", "peertube"},
	{"soundcloud.com", "", "audio", "soundcloud"}, {"spotify.com", "", "audio", "spotify"}, {"deezer.com", "", "audio", "deezer"},
	{"ausha.co", "", "audio", "ausha"}, {"acast.com", "", "audio", "acast"}, {"podcasts.apple.com", "", "audio", "apple"},
	{"google.com", "/maps", "map", "google"}, {"google.fr", "/maps", "map", "google"}, {"openstreetmap.org", "", "map", "openstreetmap"}, {"umap.openstreetmap.fr", "", "map", "umap"},
	{"docs.google.com", "/forms", "form", "google"}, {"typeform.com", "", "form", "typeform"}, {"forms.office.com", "", "form", "microsoft"},
	{"hsforms.com", "", "form", "hubspot"}, {"jotform.com", "", "form", "jotform"}, {"helloasso.com", "", "form", "helloasso"},
}

// embeds gives the players and frames of the page.
func (f *facts) embeds() []content.Embed {
	var list []content.Embed
	seen := map[string]bool{}
	add := func(ref, kind string) {
		a := f.media(ref)
		if a == "" || seen[a] || len(list) >= maxEmbeds {
			return
		}
		seen[a] = true
		e := content.Embed{Address: a, Kind: kind}
		_, rest, _ := strings.Cut(a, "://")
		host, path, _ := strings.Cut(rest, "/")
		for _, p := range players {
			if (host == p.host || strings.HasSuffix(host, "."+p.host)) && strings.HasPrefix("/"+path, p.path) {
				e.Kind, e.Provider = p.kind, p.provider
				break
			}
		}
		list = append(list, e)
	}
	for i := range f.elements {
		n := f.elements[i].node
		switch n.DataAtom {
		case atom.Iframe:
			for _, key := range [...]string{"src", "data-src", "data-lazy-src", "data-cookieblock-src"} {
				if ref := attr(n, key); ref != "" && ref != "about:blank" {
					add(ref, "other")
				}
			}
		case atom.Embed:
			add(attr(n, "src"), "other")
		case atom.Object:
			add(attr(n, "data"), "other")
		case atom.Video, atom.Audio:
			add(attr(n, "src"), n.Data)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.DataAtom == atom.Source {
					add(attr(c, "src"), n.Data)
					break // the others are the same in other formats
				}
			}
		default:
			if n.Data == "lite-youtube" && attr(n, "videoid") != "" {
				add("https://www.youtube.com/embed/"+attr(n, "videoid"), "video")
			}
		}
	}
	return list
}
