package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"
	"time"
	"unicode"

	"filon/crawler/content"
	"filon/crawler/frontier"
)

// itemHash covers what a verdict can depend on, and nothing that changes by itself: the time of the visit,
// validators, size, navigation and footers, "7 months ago", "312 views".
func itemHash(item content.Item) string {
	item.FetchedAt, item.ETag, item.LastModified, item.Rest, item.Links, item.Depth = time.Time{}, "", "", "", nil, 0
	item.Evidence, item.Declared = nil, steady(item.Declared)
	item.Shape, item.Classes, item.Generator, item.Feeds, item.Alternates, item.Next, item.Prev = content.Shape{}, nil, "", nil, nil, "", ""
	if item.MIME == "text/html" {
		item.Bytes = 0
	}
	// A date that is read off the text, or off the server's clock, moves with the day.
	if item.Modified.Source != "json-ld" && item.Modified.Source != "meta" && item.Modified.Source != "properties" {
		item.Modified = content.Date{}
	}
	if item.Published.Confidence == content.Low {
		item.Published = content.Date{}
	}
	if item.Problem != nil && item.Problem.Code == content.NeedsRender { // why it was not run changes from night to night
		item.Problem = &content.Problem{Code: content.NeedsRender}
	}
	item.Title, item.H1, item.Description, item.Text = steady(item.Title), steady(item.H1), steady(item.Description), steady(item.Text)
	item.OpenGraph.Description = steady(item.OpenGraph.Description)
	headings := make([]content.Heading, 0, len(item.Headings))
	for _, h := range item.Headings {
		headings = append(headings, content.Heading{Level: h.Level, Text: steady(h.Text)})
	}
	item.Headings = headings
	var zones []content.Zone
	for _, z := range item.Zones {
		if z.Kind != content.ZoneSite {
			z.Text = steady(z.Text)
			zones = append(zones, z)
		}
	}
	item.Zones = zones
	images := make([]content.Image, 0, len(item.Images))
	for _, m := range item.Images {
		m.Address, _, _ = strings.Cut(m.Address, "?") // a version number, mostly
		images = append(images, m)
	}
	item.Images = images
	b, err := json.Marshal(item)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// linksHash is equal for pages that link to the same addresses, and treat them alike.
func linksHash(links []frontier.Found) string {
	h := sha256.New()
	for _, l := range links {
		h.Write([]byte(l.Address + "\x00" + string(l.State) + "\x00" + string(l.Via) + "\x00" + l.Hint + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// What a number before it makes a passage that changes by itself: units of time, and what sites count.
var (
	timeUnits = wordSet(`s sec secs seconde secondes second seconds min mins minute minutes h heure heures hour hours hr hrs j jour jours day days semaine semaines week weeks mois month months
		an ans annee annees year years segundo segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos sekunde sekunden minuten stunde stunden tag tage tagen woche wochen
		monat monate monaten jahr jahre jahren secondo secondi minuti ora ore giorno giorni settimana settimane mese mesi anno anni`)
	tallied = wordSet(`vue vues view views lecture lectures read reads visite visites visit visits visiteur visiteurs visitor visitors commentaire commentaires comment comments reponse reponses reply replies
		like likes jaime partage partages share shares telechargement telechargements download downloads abonne abonnes follower followers connecte connectes online vistas visitas comentarios
		aufrufe kommentare visualizzazioni commenti`)
	agoBefore = wordSet(`il y a depuis hace desde vor seit fa da environ about circa`)
	agoAfter  = wordSet(`ago fa atras passes earlier`)
	relative  = wordSet(`hier aujourdhui avant-hier yesterday today ayer hoy gestern heute ieri oggi`)
)

// steady is a text without what changes by itself: "il y a 7 mois", "3 days ago", "312 vues", "hier". White
// space is one blank. It is for comparing, not for reading.
func steady(text string) string {
	if text == "" {
		return ""
	}
	pool := wordLists.Get().(*[2][]string)
	defer wordLists.Put(pool)
	words, out := pool[0][:0], pool[1][:0]
	for w := range strings.FieldsSeq(text) {
		words = append(words, w)
	}
	defer func() { // the words would keep their texts alive
		clear(words)
		clear(out[:cap(out)])
		pool[0], pool[1] = words, out
	}()
	for i := 0; i < len(words); i++ {
		w := words[i]
		if !startsWithDigit(w) {
			if mayBeRelative(w) && relative[bareWord(w)] {
				continue
			}
			out = append(out, w)
			continue
		}
		end := i + 1 // the number may go on: 1 204
		for end < len(words) && end-i < 3 && startsWithDigit(words[end]) {
			end++
		}
		unit := ""
		if end < len(words) {
			unit = bareWord(words[end])
		}
		glued := bareWord(strings.TrimLeft(w, "0123456789.,"))
		switch {
		case tallied[unit]:
			i = end
			continue
		case end == i+1 && (timeUnits[unit] || timeUnits[glued] && glued != ""):
			after := end + 1
			if !timeUnits[unit] {
				after = end
			}
			before := len(out)
			for before > 0 && len(out)-before < 4 && agoBefore[bareWord(out[before-1])] {
				before--
			}
			ago := after < len(words) && agoAfter[bareWord(words[after])]
			if !ago && before == len(out) {
				break // "24 heures de formation" says the same tomorrow
			}
			out = out[:before]
			if ago {
				after++
			}
			i = after - 1
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

var wordLists = sync.Pool{New: func() any { return new([2][]string) }}

// mayBeRelative is a quick look at the first two letters of a word: hardly any begins as one of relative does.
func mayBeRelative(w string) bool {
	if len(w) < 2 {
		return false
	}
	next := w[1] | 0x20
	if next < 'a' || next > 'z' { // an accent or an apostrophe, which do not count
		next = 0
	}
	switch w[0] | 0x20 {
	case 'h':
		return next == 0 || next == 'i' || next == 'o' || next == 'e'
	case 'a':
		return next == 0 || next == 'u' || next == 'v' || next == 'y'
	case 'y', 'g':
		return next == 0 || next == 'e'
	case 't':
		return next == 0 || next == 'o'
	case 'i':
		return next == 0 || next == 'e'
	case 'o':
		return next == 0 || next == 'g'
	}
	return false
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

func startsWithDigit(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// bareWord is a word in lower case, without accents, apostrophes or the marks around it.
func bareWord(w string) string {
	if len(w) > 24 {
		return ""
	}
	w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
	return plainLetters.Replace(apostrophes.Replace(strings.ToLower(w)))
}
