package classify

import "strings"

// outlines are types that show in how a page is divided (domain 1.2, structural cues): a case study goes from a problem
// over a solution to results, a job offer from tasks to a profile. Each part is told by the first words of a heading or of
// a short line.
var outlines = func() (all []outline) {
	for id, parts := range map[string][]string{
		"case_study": {"contexte|le client|situation|context|background|the client|the customer|about the client|le besoin|la demande",
			"defi|le defi|enjeu|les enjeux|probleme|le probleme|problematique|challenge|the challenge|the problem|objectif",
			"solution|la solution|notre solution|reponse|notre intervention|approche|the solution|our solution|our approach|what we did",
			"resultat|les resultats|benefice|gains|bilan|results|the results|outcome|benefits|impact"},
		"job_offer": {"mission|vos missions|la mission|le poste|votre role|responsibilities|your role|the role|your mission|what you will do|key responsibilities|job description",
			"profil|votre profil|le profil|profil recherche|competences|vous avez|your profile|requirements|qualifications|about you|skills|who you are|what we are looking for",
			"contrat|type de contrat|remuneration|salaire|conditions|avantages|nous offrons|ce que nous offrons|benefits|what we offer|compensation|salary|pour postuler|candidature|how to apply|apply"},
		"training": {"objectifs pedagogiques|objectif|objectifs|objectives|learning outcomes|what you will learn", "programme|contenu|contenus|modules|program|syllabus|curriculum|course content",
			"duree|duration|length", "prerequis|pre requis|prerequisites|entry requirements", "public vise|public concerne|public|who should attend|audience"},
	} {
		o := outline{typeAt: typeIndex[id]}
		for _, p := range parts {
			o.parts = append(o.parts, strings.Split(p, "|"))
		}
		all = append(all, o)
	}
	return all
}()

type outline struct {
	typeAt int
	parts  [][]string
}

// outlinePoints adds to shape what the division of the page says, in quarters of a finding.
func (p *page) outlinePoints(shape []int) {
	heads, steps := p.heads()
	if len(heads) < 2 {
		return
	}
	var begin [256]bool // the bytes that heads begin with
	for _, h := range heads {
		if h != "" {
			begin[h[0]] = true
		}
	}
	for _, o := range outlines {
		n := 0
		for _, part := range o.parts {
			if startsLike(heads, &begin, part) {
				n++
			}
		}
		if n >= 3 {
			shape[o.typeAt] += 4 * (n - 1)
		}
	}
	if steps >= 3 {
		shape[typeIndex["how_to"]] += 6
	}
}

// startsLike tells whether a head is one of the words, or begins with it; begin are the bytes that heads begin with.
func startsLike(heads []string, begin *[256]bool, words []string) bool {
	for _, w := range words {
		if !begin[w[0]] {
			continue
		}
		for _, h := range heads {
			if rest, ok := strings.CutPrefix(h, w); ok && (rest == "" || rest == "s" || !isWord(rest[0]) || strings.HasPrefix(rest, "s ")) {
				return true
			}
		}
	}
	return false
}

const (
	mostHeads = 60
	longHead  = 60 // bytes
)

// heads are the folded headings of the page and the short lines of its text, without numbers before them; steps counts
// those that are numbered as steps.
func (p *page) heads() (all []string, steps int) {
	add := func(s string) {
		s = strings.TrimSpace(s)
		if s == "" || len(s) > longHead || len(all) == mostHeads {
			return
		}
		for _, w := range []string{"etape ", "step ", "phase "} {
			if rest, ok := strings.CutPrefix(s, w); ok && rest != "" && isDigit(rest[0]) {
				steps++
			}
		}
		s = strings.TrimLeft(s, "0123456789.)-:/• ")
		all = append(all, s)
	}
	for i := range p.fields {
		if f := &p.fields[i]; f.spot == inHeading {
			add(f.low)
		}
	}
	if p.body >= 0 {
		for line := range strings.Lines(cut(p.fields[p.body].low, 1<<15)) {
			line = strings.TrimRight(line, "\n ")
			if line == "" || len(line) > longHead {
				continue
			}
			if end := line[len(line)-1]; end != '.' && end != '!' && end != ',' && end != ';' {
				add(strings.TrimRight(line, " :"))
			}
		}
	}
	return all, steps
}
