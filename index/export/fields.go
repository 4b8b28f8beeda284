package export

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"filon/classify"
	"filon/classify/post"
	"filon/crawler/content"
	"filon/index"
)

// What JSON gives beside the columns: fields that hold more than one value.

type jsonDate struct {
	Date       string             `json:"date"`
	Source     string             `json:"source"`
	Confidence content.Confidence `json:"confidence"`
}

// jsonEvidence is a date that was not taken, because a better one was there or too many pages share it.
type jsonEvidence struct {
	Of string `json:"of"`
	jsonDate
	Doubted bool `json:"doubted,omitempty"`
}

// dated writes a date with its evidence; nil when it is not known.
func dated(d content.Date) any {
	if d.IsZero() {
		return nil
	}
	return jsonDate{d.Time.Format(time.DateOnly), d.Source, d.Confidence}
}

type jsonEvent struct {
	Start string `json:"start"`
	End   string `json:"end,omitempty"`
	Place string `json:"place,omitempty"`
}

// moment writes a day, with its hour where it has one.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if t.Hour() == 0 && t.Minute() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

type jsonQuote struct {
	Text    string `json:"text"`
	Speaker string `json:"speaker,omitempty"`
	Where   string `json:"where,omitempty"`
}

// Link is a link of an item that is good for something.
type Link struct {
	Address string `json:"address"`
	Text    string `json:"text,omitempty"`
	Network string `json:"network,omitempty"`
}

type jsonImage struct {
	content.Image
	UsedOn int `json:"used_on,omitempty"` // pages of the inventory that show it
}

// Best is the picture that suits a post best.
type Best struct {
	Address string  `json:"address"`
	Width   int     `json:"width,omitempty"`
	Height  int     `json:"height,omitempty"`
	Ratio   float64 `json:"ratio,omitempty"` // width by height
	Rights  string  `json:"rights,omitempty"`
	Credit  string  `json:"credit,omitempty"`
	Alt     string  `json:"alt,omitempty"`
}

// named is a field of the JSON.
type named struct {
	name  string
	value any
}

// further gives the fields with more than one value. Those with words of the item are masked, and empty
// when it must never be published.
func further(rec index.Record, never bool, mask, shown func(string) string) []named {
	it := rec.Item
	var event, through any
	if e := it.Event; !e.Start.IsZero() {
		place := mask(e.Place)
		if never {
			place = ""
		}
		event = jsonEvent{moment(e.Start), moment(e.End), place}
	}
	if rec.Verdict.Type == "job_offer" && !it.Expires.IsZero() {
		through = it.Expires.Time.Format(time.DateOnly)
	}
	seen := content.Date{Time: rec.FirstSeen, Source: "inventory", Confidence: content.High}
	languages := it.Languages
	if languages == nil {
		languages = []content.Share{}
		if it.Language != "" && it.Text != "" {
			languages = append(languages, content.Share{Language: it.Language, Share: 1})
		}
	}
	others := []jsonEvidence{}
	for _, e := range it.Evidence {
		others = append(others, jsonEvidence{e.Of, jsonDate{e.Date.Time.Format(time.DateOnly), e.Date.Source, e.Date.Confidence}, e.Doubted})
	}
	fields := []named{{"published", dated(it.Published)}, {"modified", dated(it.Modified)}, {"first_seen", dated(seen)}, {"expires", dated(rec.Expires())}, {"other_dates", others}, {"event", event}, {"valid_through", through},
		{"languages", languages}, {"cms", text(it.CMS)}, {"cms_type", text(it.CMSType)}, {"generator", text(mask(it.Generator))}}
	var best any
	galleries, embeds := [][]string{}, []content.Embed{}
	quotes, figures, calls, downloads, social := []jsonQuote{}, []string{}, []Link{}, []Link{}, []Link{}
	section, crumbs, tags, categories := "", []string{}, []string{}, []string{}
	if !never {
		answered := post.Answered(rec.Verdict, rec.Ruling())
		section = mask(it.Section)
		crumbs, tags, categories = masked(it.Breadcrumb, mask), masked(it.Tags, mask), masked(it.Categories, mask)
		for _, q := range Quotes(it, answered) {
			quotes = append(quotes, jsonQuote{mask(q.Text), mask(q.Speaker), q.Where})
		}
		for _, f := range post.Figures(it, answered) {
			figures = append(figures, mask(f.Text))
		}
		calls, downloads, social = linksMasked(Calls(it), mask, shown), linksMasked(Downloads(it), mask, shown), Social(it)
		for i := range social {
			social[i].Address = shown(social[i].Address)
		}
		for _, pictures := range it.Galleries {
			galleries = append(galleries, masked(pictures, shown))
		}
		for _, e := range it.Embeds {
			e.Address = shown(e.Address)
			embeds = append(embeds, e)
		}
		if b, ok := BestImage(rec); ok {
			b.Credit, b.Alt, b.Address = mask(b.Credit), mask(b.Alt), shown(b.Address)
			best = b
		}
	}
	return append(fields, named{"section", text(section)}, named{"breadcrumb", crumbs}, named{"tags", tags}, named{"categories", categories}, named{"quotes", quotes}, named{"key_figures", figures},
		named{"cta", calls}, named{"downloads", downloads}, named{"social_links", social}, named{"embeds", embeds}, named{"galleries", galleries}, named{"image_best", best})
}

func linksMasked(all []Link, mask, shown func(string) string) []Link {
	for i := range all {
		all[i].Text, all[i].Address = mask(all[i].Text), shown(all[i].Address)
	}
	return all
}

func masked(all []string, mask func(string) string) []string {
	list := make([]string, len(all))
	for i, s := range all {
		list[i] = mask(s)
	}
	return list
}

// Quotes gives the quotations of an item with who said them: those fit for a post first, then the others
// that the page sets apart. No word of them blocks or asks by the verdict on the item.
func Quotes(it content.Item, v classify.Verdict) []post.Passage {
	all := post.Quotes(it, v)
	may := v.Sayable(it)
	for _, q := range it.Quotes {
		if may(q.Text) && !slices.ContainsFunc(all, func(p post.Passage) bool { return strings.Contains(p.Text, q.Text) || strings.Contains(q.Text, p.Text) }) {
			all = append(all, post.Passage{Text: q.Text, Where: "text", Speaker: q.Speaker})
		}
	}
	return all
}

// BestImage gives the picture that suits a post best, with its ratio and its rights; false without one.
func BestImage(rec index.Record) (Best, bool) {
	i := rec.Verdict.BestImage
	if i < 0 || i >= len(rec.Item.Images) || rec.Verdict.Day == "" {
		return Best{}, false
	}
	im := rec.Item.Images[i]
	b := Best{Address: im.Address, Width: im.Width, Height: im.Height, Rights: rec.Verdict.ImageRights, Credit: im.Credit, Alt: im.Alt}
	if b.Credit == "" {
		b.Credit = im.Copyright
	}
	if im.Width > 0 && im.Height > 0 {
		b.Ratio = round(float64(im.Width)/float64(im.Height), 2)
	}
	return b, true
}

// callWords begin what asks a reader to do something.
var callWords = []string{"postulez", "postuler", "je postule", "candidatez", "inscrivez", "s'inscrire", "s’inscrire", "je m'inscris", "je m’inscris", "contactez", "contacter", "nous contacter", "demandez", "demander", "réservez", "réserver",
	"téléchargez", "télécharger", "découvrez", "essayez", "essayer", "achetez", "acheter", "commandez", "commander", "abonnez", "s'abonner", "s’abonner", "rejoignez", "rejoignez-nous", "participez", "participer", "adhérez", "adhérer", "faites un don", "faire un don", "je donne", "prenez rendez-vous", "prendre rendez-vous", "obtenez", "obtenir", "appelez", "profitez",
	"apply", "sign up", "register", "subscribe", "contact us", "get in touch", "request", "book", "download", "try", "buy", "order", "join", "donate", "get started", "start", "learn more", "discover", "call us", "see our offers"}

// Calls gives the links of the main text that ask a reader to do something.
func Calls(it content.Item) []Link {
	all := []Link{}
	for _, l := range it.Links {
		low := strings.ToLower(strings.TrimSpace(l.Text))
		if !l.Main || low == "" || len(low) > 80 || len(all) == 20 {
			continue
		}
		if slices.ContainsFunc(callWords, func(w string) bool {
			rest, ok := strings.CutPrefix(low, w)
			return ok && (rest == "" || strings.ContainsAny(rest[:1], " -,!:.") || strings.HasPrefix(rest, "\u00a0"))
		}) && !slices.ContainsFunc(all, func(o Link) bool { return o.Address == l.Address }) {
			all = append(all, Link{Address: l.Address, Text: l.Text})
		}
	}
	return all
}

var fileEndings = []string{".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".ods", ".odp", ".rtf", ".csv", ".epub", ".zip", ".mp3", ".mp4"}

// Downloads gives the links to files.
func Downloads(it content.Item) []Link {
	all := []Link{}
	for _, l := range it.Links {
		u, err := url.Parse(l.Address)
		if err != nil || len(all) == 50 || !slices.Contains(fileEndings, strings.ToLower(path.Ext(u.Path))) || slices.ContainsFunc(all, func(o Link) bool { return o.Address == l.Address }) {
			continue
		}
		all = append(all, Link{Address: l.Address, Text: l.Text})
	}
	return all
}

// socialHosts are the networks by their hosts.
var socialHosts = map[string]string{"linkedin.com": "linkedin", "lnkd.in": "linkedin", "facebook.com": "facebook", "fb.com": "facebook", "x.com": "x", "twitter.com": "x", "instagram.com": "instagram", "youtube.com": "youtube",
	"youtu.be": "youtube", "tiktok.com": "tiktok", "threads.net": "threads", "threads.com": "threads", "bsky.app": "bluesky", "pinterest.com": "pinterest", "pinterest.fr": "pinterest", "mastodon.social": "mastodon", "vimeo.com": "vimeo",
	"dailymotion.com": "dailymotion", "framapiaf.org": "mastodon"}

// Social gives the links to accounts and posts on networks, without buttons that share the page.
func Social(it content.Item) []Link {
	all := []Link{}
	for _, l := range it.Links {
		u, err := url.Parse(l.Address)
		if err != nil || len(all) == 30 {
			continue
		}
		network := socialHosts[registered(u.Hostname())]
		low := strings.ToLower(u.Path)
		if network == "" || strings.Contains(low, "share") || strings.Contains(low, "intent") || strings.Contains(low, "/pin/create") || low == "" || low == "/" ||
			slices.ContainsFunc(all, func(o Link) bool { return o.Address == l.Address }) {
			continue
		}
		all = append(all, Link{Address: l.Address, Network: network})
	}
	return all
}

// registered is the last two labels of a host.
func registered(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

// withUses joins the pictures of a record with the number of pages that show each.
func withUses(rec index.Record, mask, shown func(string) string) []jsonImage {
	images := []jsonImage{}
	if rec.Ruling() == classify.Never {
		return images
	}
	for k, i := range rec.Item.Images {
		i.Alt, i.Caption, i.Address = mask(i.Alt), mask(i.Caption), shown(i.Address)
		one := jsonImage{Image: i}
		if k < len(rec.ImageUses) {
			one.UsedOn = rec.ImageUses[k]
		}
		images = append(images, one)
	}
	return images
}
