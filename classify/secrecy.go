package classify

import "regexp"

// What a reason does not quote and no text shows, beyond what a finder knows of it (cover.go).

// keyPlace tells where a key or a badge lies for whoever comes.
var keyPlace = regexp.MustCompile(`\b(?:cles?|clefs?|double|trousseau|badge)\b[^.;\n]{0,40}\b(?:derriere|sous|dans|dessus|pot|paillasson|tiroir|boite)\b|\bkeys?\b[^.;\n]{0,40}\b(?:behind|under|beneath|inside|above|in the|on the (?:hook|ledge|frame|nail)|doormat|flower ?pot)\b`)

// keptBack hides the sentences of the findings on what is not public: all of them, or those that match.
func keptBack(find func(p *page) []finding, only *regexp.Regexp) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		if p.public {
			return found
		}
		for i := range found {
			g := &found[i]
			if g.field < 0 || p.fields[g.field].isAddress() {
				continue
			}
			f := &p.fields[g.field]
			from, to := f.sentence(g.start, g.end)
			if !f.titled() && (only == nil || only.MatchString(foldString(f.raw[from:to]))) {
				g.private = true
			}
		}
		return found
	}
}

// titled tells whether a field is the name of an item.
func (f *field) titled() bool { return f.spot == inTitle || f.spot == inH1 || f.spot == inFile }

// figured hides the figures of the sentences of the findings on what is not public.
func figured(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		for i := range found {
			found[i].figured = found[i].figured || !p.public
		}
		return found
	}
}
