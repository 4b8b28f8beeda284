package classify

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Readiness (domain 4.3): how near an item is to a post, from 0 to 100, with what speaks for it and
// against it. Severity beats it: a secret may be well written.

// part is one line of the sum.
type part struct {
	share, of float64 // of its points
	good, bad Text
}

func (x *part) points() float64 { return float64(x.share * x.of) }

func (p *page) score(v *Verdict) {
	parts := p.parts(v)
	sum := 0.0
	for i := range parts {
		sum += parts[i].points()
	}
	v.Readiness = int(math.Round(math.Min(100, sum)))
	v.For, v.Against = topReasons(parts, v.Reasons)
}

// parts are the lines of the sum, in the order of scoreParts.
func (p *page) parts(v *Verdict) []part {
	t := typeOf(v.Type)
	image, imageGood, imageBad := p.imageReadiness(t)
	fresh := math.Max(v.Freshness, 0)
	if v.Freshness < 0 {
		fresh = .5 // no date: neither for nor against
		if t.Life == Evergreen || v.Type == Other {
			fresh = .7
		}
	}
	if v.Evergreen == "evergreen" {
		fresh = math.Max(fresh, .7)
	}
	length := p.lengthShare()
	read, readable := p.readability()
	if readable {
		v.Readability = &read
	}
	readShare := 1.0
	switch {
	case readable && read < 30:
		readShare = .2
	case readable && read < 50:
		readShare = .6
	}
	easy := Text{"facile à lire", "easy to read"}
	if p.text.words == 0 {
		easy = Text{} // nobody has read it
	}
	hook := p.hook()
	structure := 0.0
	s := &p.item.Shape
	if h2(p) >= 2 || s.Lists > 0 || s.Tables > 0 || p.text.questions > 0 || p.text.words < 300 {
		structure = 1
	}
	share := .5 // native post
	if p.public {
		og := &p.item.OpenGraph
		switch {
		case og.Image != "" && og.Title != "":
			share = 1
		case og.Title != "" || og.Image != "" || p.item.Description != "":
			share = .7
		}
	} else if p.text.words >= 30 {
		share = .8
	}
	ready := p.readyNetworks(t)
	reach := math.Min(1, float64(len(ready))/2)
	alt, described := p.altShare()

	words := strconv.Itoa(p.text.words)
	w := p.policy.weights()
	parts := []part{
		{math.Max(v.Confidence, .4), w[0], Text{"type de contenu net", "clear type of content"}, Text{"type de contenu incertain", "unclear type of content"}},
		{length, w[1], Text{"bonne longueur (" + words + " mots)", "good length (" + words + " words)"}, lengthWord(p.text.words)},
		{one(p.text.figures > 0 || p.countsThings()), w[2], Text{"des chiffres à citer", "figures to quote"}, Text{"aucun chiffre", "no figure"}},
		{one(p.text.quotes > 0), w[3], Text{"une citation", "a quotation"}, Text{"aucune citation", "no quotation"}},
		{one(p.hasAuthor()), w[4], Text{"auteur connu", "known author"}, Text{"auteur inconnu", "unknown author"}},
		{one(hook != ""), w[5], Text{"une accroche prête", "a hook at hand"}, Text{"pas d'accroche qui tienne seule", "no hook that stands alone"}},
		{image, w[6], imageGood, imageBad},
		{structure, w[7], Text{"bien structuré", "well structured"}, Text{"texte d'un bloc", "one block of text"}},
		{readShare, w[8], easy, Text{"phrases difficiles", "hard sentences"}},
		{fresh, w[9], freshGood(v.Evergreen), freshBad(v.Freshness)},
		{share, w[10], Text{"aperçu de lien soigné", "good link preview"}, Text{"aperçu de lien absent ou pauvre", "poor link preview"}},
		{reach, w[11], Text{"prêt pour plusieurs réseaux", "ready for several networks"}, Text{"prêt pour aucun réseau ou un seul", "ready for one network or none"}},
		{alt, w[12], described, Text{"images sans texte alternatif", "images without alternative text"}},
	}
	if !p.public {
		parts[10].good, parts[10].bad = Text{"publiable en natif", "can be a native post"}, Text{"rien à montrer sans réécrire", "nothing to show without rewriting"}
	}
	if p.text.words == 0 { // a picture, a film: there is no text to praise
		parts[1].good, parts[7].good = Text{}, Text{}
	}
	if p.captioned() { // it is what it shows, and its caption is what a post says
		parts[0].share, parts[0].good = math.Max(parts[0].share, .8), Text{}
		parts[5].share, parts[5].good = 1, Text{"une légende prête", "a caption at hand"}
	}
	return parts
}

// captioned tells whether the item is a picture or a film that says what it shows.
func (p *page) captioned() bool {
	caption := p.item.Description
	if p.image && len(p.item.Images) > 0 {
		caption = cmp.Or(p.item.Images[0].Caption, caption)
	}
	return (p.image || p.film) && len(strings.Fields(caption)) >= 3
}

// thingCounted is a number of two digits or more with what it counts, in the plural, where folded text has it: "2 140 kilometres". A
// postal code, a year and a day in March are none.
var thingCounted = regexp.MustCompile(`^([1-9][0-9]{0,2}(?:[ .,][0-9]{3})+|[1-9][0-9]{1,3}|[1-9][0-9]{5,8})[ \n]([a-z]{4,}[sx])\b`)

// countsThings tells whether the text gives the number of something.
func (p *page) countsThings() bool {
	if p.body < 0 {
		return false
	}
	low, tried := cut(p.fields[p.body].low, 1<<16), 0
	for _, w := range p.fields[p.body].spans {
		i := int(w.from)
		if i >= len(low) || tried == mostCounted {
			break
		}
		if low[i] < '1' || low[i] > '9' || i > 0 && strings.IndexByte(".,/:-", low[i-1]) >= 0 {
			continue
		}
		tried++
		if m := thingCounted.FindStringSubmatch(cut(low[i:], 80)); m != nil {
			year := len(m[1]) == 4 && (m[1][:2] == "19" || m[1][:2] == "20")
			if !year && m[2] != "mars" {
				return true
			}
		}
	}
	return false
}

// mostCounted is how many numbers of a text are looked at.
const mostCounted = 200

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// topReasons picks three each: what the rules found comes before what the sum says.
func topReasons(parts []part, reasons []Reason) (pro, con []Text) {
	for _, r := range reasons {
		if r.Severity == Good && len(pro) < 3 {
			pro = append(pro, r.Says)
		}
		if r.Severity != Good && len(con) < 3 && !slices.Contains(con, r.Says) {
			con = append(con, r.Says)
		}
	}
	byGain := slices.Clone(parts)
	slices.SortStableFunc(byGain, func(a, b part) int { return cmp.Compare(b.points(), a.points()) })
	for _, x := range byGain {
		if len(pro) < 3 && x.of > 0 && x.points() >= .6*x.of && x.good != (Text{}) {
			pro = append(pro, x.good)
		}
	}
	byLoss := slices.Clone(parts)
	slices.SortStableFunc(byLoss, func(a, b part) int { return cmp.Compare(b.of-b.points(), a.of-a.points()) })
	for _, x := range byLoss {
		if len(con) < 3 && x.of > 0 && x.of-x.points() >= .4*x.of {
			con = append(con, x.bad)
		}
	}
	return pro, con
}

func (p *page) lengthShare() float64 {
	switch n := p.text.words; {
	case p.image || p.film || p.format == "photo_album":
		return 1
	case n < thinWords:
		return .25
	case n < 60:
		return .7
	case n > 3000:
		return .6
	}
	return 1
}

func lengthWord(n int) Text {
	if n < 60 {
		return Text{"texte court", "short text"}
	}
	return Text{"texte très long : à découper", "a very long text: split it"}
}

func freshGood(evergreen string) Text {
	if evergreen == "evergreen" {
		return Text{"contenu durable", "lasting content"}
	}
	return Text{"contenu récent", "recent content"}
}

func freshBad(f float64) Text {
	if f < 0 {
		return Text{"date inconnue", "unknown date"}
	}
	return Text{"contenu ancien", "old content"}
}

func (p *page) hasAuthor() bool {
	a := strings.TrimSpace(foldString(p.item.Author))
	return a != "" && !generatorName[a]
}

func h2(p *page) int {
	n := 0
	for _, h := range p.item.Headings {
		if h.Level == 2 {
			n++
		}
	}
	return n
}

// imageReadiness is the share of the ten points – a picture that is ready, one that may be, none where none is
// needed – with what can be said for it, nothing unless it is ready, and against it.
func (p *page) imageReadiness(t *Type) (share float64, good, bad Text) {
	ready := Text{"image prête", "image ready"}
	if p.best < 0 {
		if p.image {
			return 1, ready, Text{}
		}
		if p.missingImage() {
			return .6, Text{}, Text{"image introuvable", "image missing"}
		}
		return .6, Text{}, Text{"pas d'image", "no image"}
	}
	im := &p.item.Images[p.best]
	share, bad = .7, Text{"taille de l'image inconnue", "image of unknown size"}
	if short := min(im.Width, im.Height); short > 0 {
		switch {
		case short >= 1080 || im.Width >= 1200 && im.Height >= 630:
			share, good, bad = 1, ready, Text{}
		case short >= 600:
			share, bad = .6, Text{"image un peu petite", "image rather small"}
		default:
			share, bad = .2, Text{"image trop petite", "image too small"}
		}
	}
	if p.rights == "third_party" || p.rights == "stock" {
		return share * .4, Text{}, Text{"droits de l'image à vérifier", "rights in the image to check"}
	}
	return share, good, bad
}

// altShare is the share of the pictures that say what they show, with what can be said for it; without
// pictures there is nothing to describe.
func (p *page) altShare() (float64, Text) {
	n, good := 0, 0
	for i := range p.item.Images {
		im := &p.item.Images[i]
		if im.Role == "decoration" {
			continue
		}
		n++
		if len(strings.Fields(im.Alt)) >= 3 || im.Caption != "" {
			good++
		}
	}
	if n == 0 {
		return 1, Text{}
	}
	return float64(good) / float64(n), Text{"images décrites", "images described"}
}

// readability is the ease of reading: Kandel and Moles for French, Flesch for English, Fernández
// Huerta, Amstad, Flesch-Vacca for Spanish, German, Italian. It is not computed for short texts.
func (p *page) readability() (float64, bool) {
	t := &p.text
	if t.words < 60 || t.sentences == 0 {
		return 0, false
	}
	w, s := float64(t.words)/float64(t.sentences), float64(t.syllables)/float64(t.words)
	var v float64
	switch lang := p.item.Language; {
	case strings.HasPrefix(lang, "en"):
		v = 206.835 - 1.015*w - 84.6*s
	case strings.HasPrefix(lang, "es"):
		v = 206.84 - 60*s - 1.02*w
	case strings.HasPrefix(lang, "de"):
		v = 180 - w - 58.5*s
	case strings.HasPrefix(lang, "it"):
		v = 217 - 1.3*w - 60*s
	case strings.HasPrefix(lang, "fr"), lang == "":
		v = 207 - 1.015*w - 73.6*s
	default:
		return 0, false
	}
	return math.Round(math.Max(-50, math.Min(120, v))*10) / 10, true
}

// rot marks what is outdated or trivial (domain 4.4); duplicates are the index's to say.
func (p *page) rot(v *Verdict) {
	switch {
	case v.Kind == Expired || p.state.past || v.Freshness >= 0 && v.Freshness < .25 && v.Evergreen != "evergreen" && v.Type != "history":
		v.ROT = "O"
	case v.Kind == Trivial, !p.image && !p.film && p.text.words < 60 && len(p.item.Images) == 0 && p.format != "video_embed" && v.Readiness < 40 && v.Outcome != Unreadable:
		v.ROT = "T"
	}
}

// effort is what is left to do, in minutes (domain 4.5, a default to calibrate).
func (p *page) effort(v *Verdict) {
	notes, reviews := 0, map[string]bool{}
	for _, r := range v.Reasons {
		switch r.Severity {
		case Note:
			notes++
		case Review:
			family, _, _ := strings.Cut(r.Rule, "/")
			reviews[family] = true
		}
	}
	switch v.Outcome {
	case Publishable:
		v.Effort, v.EffortMinutes = "none", 10
	case NeedsEdit:
		v.Effort, v.EffortMinutes = "light", 25
		if notes >= 3 || p.text.words > 3000 {
			v.Effort, v.EffortMinutes = "medium", 60
		}
	case NeedsApproval:
		v.Effort, v.EffortMinutes = "light", 40
		if notes >= 2 || len(reviews) >= 2 {
			v.Effort, v.EffortMinutes = "medium", 90
		}
	default:
		v.Effort, v.EffortMinutes = "heavy", 180
	}
}

var audienceLists = func() (all []struct {
	id   string
	list listID
}) {
	for _, id := range []string{"client", "candidat", "partenaire", "interne", "presse"} {
		all = append(all, struct {
			id   string
			list listID
		}{id, words.list("audience " + id)})
	}
	return all
}()

// audience is whom the item speaks to: by its type, then by its words; "" when neither says.
func (p *page) audience() string {
	switch p.sorted.id {
	case "job_offer", "employer_brand":
		return "candidat"
	case "press_release", "press_coverage":
		return "presse"
	case "product_page", "case_study", "testimonial", "product_launch":
		return "client"
	case "minutes", "hr_procedure", "internal_life", "internal_newsletter", "service_info", "it_doc", "directory_orgchart", "personal_hr_doc":
		return "interne"
	case "partnership":
		return "partenaire"
	}
	best, most := "", 1
	for _, a := range audienceLists {
		if n := p.count(a.list, func(f *field) bool { return f.spot == inText || f.spot == inTitle || f.spot == inHeading }); n > most {
			best, most = a.id, n
		}
	}
	return best
}

// topic is what the site itself says that the item is about: its own tag or section, never a guess.
func (p *page) topic() string {
	for _, s := range slices.Concat(p.item.Tags, reversed(p.item.Breadcrumb)) {
		s = strings.TrimSpace(s)
		low := foldString(s)
		if s == "" || len(s) > 60 || noTopic[low] || strings.EqualFold(s, p.item.SiteName) {
			continue
		}
		return s
	}
	return ""
}

func reversed(s []string) []string {
	c := slices.Clone(s)
	slices.Reverse(c)
	return c
}

// noTopic are sections that say nothing.
var noTopic = map[string]bool{"accueil": true, "home": true, "actualites": true, "actualite": true, "news": true, "blog": true, "articles": true, "non classe": true, "uncategorized": true,
	"a la une": true, "divers": true, "start": true, "accueil du site": true, "-": true, "pages": true}
