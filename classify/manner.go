package classify

import (
	"regexp"
	"slices"
	"strings"
)

// What reads like a plan or a secret and is a manner of speaking.

var (
	// "Le secret d'une pâte légère", "The secret of a long weld": how something goes well, unless it is ours
	secretOf = regexp.MustCompile(`^(?:le|les|the|quel est le) secrets? (?:d'un|d'une|de la|du|des|de l'|pour|of an?|of the|to|behind an?)\b`)
	oursOf   = regexp.MustCompile(`\b(?:nos|notre|nous|our|ours|we|us|secrete?s? de fabrication|brevet\w*|patent\w*|formule|formula|concurren\w*|competitors?)\b`)
	// "Le chantier a duré six semaines, sans arrêter la production": how long a work took that is done
	workDone = regexp.MustCompile(`^(?:(?:le|la|les|ce|cette|ces|the|this) |l')?(?:chantier|travaux|renovation|installation|pose|montage|remplacement|mise en (?:service|place|route)|intervention|deploiement|projet|works?|project|fitting|refit|job)` +
		`( [^.;:!?,\d]{0,30}?)?,?(?: qui)? ?(?:a|ont|n'a|n'ont|has|have)? (?:dure|pris|demande|lasted|took|taken)(?: que| a peine| moins de| pres de| environ| only| about| less than| just)? ` +
		`(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|one|two|three|four|five|seven|eight|nine|ten|eleven|twelve) (?:heures?|jours?|semaines?|mois|ans?|annees?|hours?|days?|weeks?|months?|years?)` +
		`(?:,? (?:sans (?:jamais )?(?:fermer|arreter|interrompre|couper|arret|interruption|coupure|fermeture)|without (?:closing|stopping|interrupting|shutting|a stop|a break)|pendant|durant|during|over|s'est (?:termine|acheve)e?|se sont (?:termine|acheve)e?s|ended|finished)\b[^.;:!?,\d€$£%]{0,60})?[ .!]*$`)
	hushedWork = regexp.MustCompile(`\b(?:rachat|cession|vente|fusion|acqui\w*|licenci\w*|fermeture|secret\w*|confidentiel\w*|confidential|takeover|merger|layoffs?|closure|closing|sale|secrete?s?)\b`)
	// in an offer of a job: until when, and where to apply
	toApply = regexp.MustCompile(`\b(?:candidatures?|candidater|postul\w+|apply|applications?|cv)\b`)
)

// unlessManner drops the sentences found that are a manner of speaking.
func unlessManner(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		kept := found[:0]
		for _, g := range found {
			if g.field >= 0 && p.lightly(&p.fields[g.field], g) {
				continue
			}
			kept = append(kept, g)
		}
		return kept
	}
}

// unlessDone drops the sentences found that say how long a work took, and nothing else.
func unlessDone(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool {
			if g.field < 0 {
				return false
			}
			f := &p.fields[g.field]
			end := min(g.end, len(f.raw))
			for end > g.start && strings.IndexByte(" \n.!?", f.raw[end-1]) >= 0 {
				end-- // else its end is that of the next sentence
			}
			from, to := f.sentence(g.start, end)
			m := workDone.FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(foldString(f.raw[from:to]), "’", "'")))
			return m != nil && !hushedWork.MatchString(m[1])
		})
	}
}

func (p *page) lightly(f *field, g finding) bool {
	low := strings.TrimSpace(foldString(f.raw[min(g.start, len(f.raw)):min(g.end, len(f.raw))]))
	if p.sorted.id == "job_offer" && toApply.MatchString(low) && len(datesIn(low, p.day)) > 0 {
		return true
	}
	title := f.spot == inTitle || f.spot == inH1 || f.spot == inHeading || low == strings.TrimSpace(foldString(p.item.Title)) // a text that goes on tells it
	return title && secretOf.MatchString(low) && !oursOf.MatchString(low)
}

// appliesUntil tells whether an offer of a job gives a day still ahead by which to apply.
func (p *page) appliesUntil() bool {
	if p.sorted.id != "job_offer" || p.body < 0 {
		return false
	}
	f := &p.fields[p.body]
	for _, m := range toApply.FindAllStringIndex(cut(f.low, 1<<16), 20) {
		from, to := sentenceAt(f.low, m[0], m[1])
		for _, d := range datesIn(f.low[from:to], p.day) {
			if d.After(p.day) {
				return true
			}
		}
	}
	return false
}
