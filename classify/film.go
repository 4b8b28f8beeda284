package classify

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Films and recordings: who is in them, and whose they are (domain 3.9, 3.10). Their rules stand with those of pictures.

var (
	// behind a word of music, and before it: whose it is, which it is
	musicBy   = regexp.MustCompile(`^(?: originale?| originals?)? ?(?::|(?:(?:composee? |compose |written |signee? )?(?:par|by)|de|du|d'|des|of|from) ?["«“'‘]? ?(.))`)
	setTo     = regexp.MustCompile(`\b(?:sur (?:l'air|la|une|un|le|les|fond|des)|au son|en|avec (?:la|une|pour)|(?:set|cut|edited|danced?) to(?: the| a| some)?|with (?:the|a)) (?:air |fond )?(?:de |d'|of )?(?:la |une |le |un |les |the |a )?$`)
	ofTheFilm = regexp.MustCompile(`\b(?:le|la|du|ce|cette|notre|un|une|au|the|this|our|a|of) (?:petite? |courte? |short |little )?(?:film|video|clip|montage|court metrage|teaser|trailer|bande annonce|reel|diaporama|slideshow|extrait)\b`)

	// one song, and behind it, whose it is
	aSong  = regexp.MustCompile(`\b(?:tubes?|morceaux?|chansons?|refrain|hit|track|song|tune|single)\b`)
	songBy = regexp.MustCompile(`\b(?:tubes?|morceaux?|chansons?|refrain|hits?|tracks?|songs?|tunes?|single) (?:de |d'|des |by |from |of )["«“'‘]? ?(.)`)
	// what plays any music
	ofPlayers     = regexp.MustCompile(`\b(?:casques?|ecouteurs?|enceintes? (?:bluetooth|connectees?|portables?|sans fil)|headphones?|earphones?|earbuds?|headsets?|bluetooth|mp3)\b`)
	daysInEnglish = setOf("monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july august september october november december i")
)

// findFilm asks about music and outside speakers where there is film or sound. Of music on a page that shows a film, it asks where
// the words say whose it is or which, or tell of the film.
func findFilm(p *page) []finding {
	film := p.film
	for _, e := range p.item.Embeds {
		film = film || e.Kind == "video" || e.Kind == "audio"
	}
	if !film {
		return nil
	}
	return listed("image film", func(p *page, f *field, h *hit) bool {
		return inWords(p, f, h) && (p.film || !isMusic(f.low[h.start:h.end]) || f.ofItsFilm(h) || p.namesSong(f, h))
	})(p)
}

// isMusic tells whether a word of films is of music, and not of who speaks.
func isMusic(word string) bool {
	return !strings.Contains(word, "speaker") && !strings.HasPrefix(word, "intervenant") && !strings.HasPrefix(word, "orateur")
}

// ofItsFilm tells whether a word of music is of the music of a film that stands beside.
func (f *field) ofItsFilm(h *hit) bool {
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	behind := f.low[h.end:min(len(f.low), int(h.end)+60)]
	if m := musicBy.FindStringSubmatchIndex(behind); m != nil && (m[2] < 0 || capital(f, int(h.end)+m[2])) {
		return true
	}
	return setTo.MatchString(f.low[from:h.start]) || ofTheFilm.MatchString(f.low[from:to])
}

// namesSong tells whether the sentence of a word of music speaks of one song, or, on what is not public, holds a name, which may be of a
// song or of who made it. What is said of headphones is of any music.
func (p *page) namesSong(f *field, h *hit) bool {
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	if from > 0 && strings.IndexByte(`")]`, f.low[from-1]) >= 0 { // "Clocks" (Coldplay) is the music
		from, _ = sentenceAt(f.low, from-1, to)
	}
	if to < len(f.low) && strings.IndexByte(`"([`, f.low[to]) >= 0 {
		_, to = sentenceAt(f.low, from, to+1)
	}
	sentence := f.low[from:to]
	if m := songBy.FindStringSubmatchIndex(sentence); m != nil && capital(f, from+m[2]) {
		return true
	}
	if ofPlayers.MatchString(sentence) {
		return false
	}
	return aSong.MatchString(sentence) || !p.public && f.namesIn(from, to, h)
}

// namesIn tells whether a word with a capital stands in the sentence low[from:to] behind its first word, besides the listed one.
func (f *field) namesIn(from, to int, h *hit) bool {
	a, b := f.span(from, to)
	skipFrom, skipTo := f.span(int(h.start), int(h.end))
	first := true
	for at := a; at < b; {
		r, n := utf8.DecodeRuneInString(f.raw[at:b])
		if !unicode.IsLetter(r) {
			at += n
			continue
		}
		end := at + strings.IndexFunc(f.raw[at:b]+" ", func(r rune) bool { return !unicode.IsLetter(r) })
		if unicode.IsUpper(r) && !first && (at >= skipTo || end <= skipFrom) && !daysInEnglish[foldString(f.raw[at:end])] {
			return true
		}
		first, at = false, end
	}
	return false
}

// findUnseenFilm asks about a film or a recording that is not public: filon does not see who is in it. Where the company holds the
// rights, it asks only if somebody speaks.
func findUnseenFilm(p *page) []finding {
	if p.film && !p.public && (p.imageRights(-1) != "own" || p.speaksUp()) {
		return []finding{{field: -1}}
	}
	return nil
}

// speaksUp tells whether the name or the title of a film says that somebody is heard in it.
func (p *page) speaksUp() bool {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inTitle && f.spot != inFile && f.spot != inURL {
			continue
		}
		for _, w := range splitWords(f.low) {
			switch w {
			case "interview", "interviews", "itw", "portrait", "portraits", "temoignage", "temoignages", "entretien", "testimonial", "testimonials", "paroles", "micro", "trottoir":
				return true
			}
		}
	}
	return false
}
