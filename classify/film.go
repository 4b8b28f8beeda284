package classify

// Films and recordings: who is in them, and whose they are (domain 3.9, 3.10). Their rules stand with those of pictures.

// findFilm asks about music and outside speakers where there is film or sound.
func findFilm(p *page) []finding {
	film := p.film
	for _, e := range p.item.Embeds {
		film = film || e.Kind == "video" || e.Kind == "audio"
	}
	if !film {
		return nil
	}
	return listed("image film", inWords)(p)
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
