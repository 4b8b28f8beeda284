package classify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A wish of silence in other words than those of its list: somebody is not to pass something on, keeps it, or takes
// an agreement back.

var (
	listConsent = words.list("wish consent")
	listKeeping = words.list("wish keeping")
	listPassing = words.list("wish passing on")

	negations = words.set("wish negation")
	keptFor   = []string{"pour vous", "pour nous", "pour toi", "nous", "interne", "secret", "confidentiel", "within", "quiet", "private", "internal", "between", "yourself", "until", "silence", "presse", "press", "anonym"}
)

// ownKeys are what readers are told to keep to themselves for their own good: "ne communiquez jamais vos identifiants".
var ownKeys = regexp.MustCompile(`^[a-z]{0,4} (?:[a-z]+ )?(?:vos|votre|your) (?:[a-z]+ )?(?:identifiants?|mots? de passe|codes?|coordonnees bancaires|numero de carte|passwords?|log ?in|credentials|pin|bank|card)\b`)

// offered are what sites write for everybody: a visitor's right, and their own on what they show.
var offered = regexp.MustCompile(`^\s*do not (?:sell|share)(?: or (?:sell|share))? my (?:personal )?(?:information|info|data)\W*$|\b(?:material|content|article|story)s?\b[^.\n]{0,60}\bmay not be (?:published|reproduced|copied|rewritten)\b`)

// howCopied stands behind copying of which only the manner is asked: "do not photocopy both sides".
var howCopied = regexp.MustCompile(`^\W*(?:[a-z']+ ){0,4}(?:both sides|double.?sided|single.?sided|recto|verso|in colou?r|en couleurs?|more than (?:you|is|one)|plus que necessaire|needlessly|inutilement|sans raison|without need)\b`)

// negatedWithin is how many words before passing on a negation may stand.
const negatedWithin = 6

// saidWish reads the list; what says what an agreement of secrecy is wishes nothing.
var saidWish = unlessDefined(asks("inside wish", anyhow))

// donors may stay unnamed: what they give is told without them.
var donors = newSeeker([]string{"mecene", "donateur", "donatrice", "bienfait", "donor", "benefactor"})

// unlessForAll drops the wishes that harm nobody: those of donors, and what sites write for everybody.
func unlessForAll(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool {
			if g.field < 0 {
				return false
			}
			f := &p.fields[g.field]
			from, to := f.sentence(g.start, g.end)
			low := foldString(f.raw[from:to])
			return strings.Contains(low, "anonym") && donors.in(low) && !strings.Contains(low, "client") && !strings.Contains(low, "customer") || offered.MatchString(low)
		})
	}
}

// findWish adds to the list what is said in other words.
func findWish(p *page) []finding {
	if p.public || p.settled {
		return nil
	}
	type sentence struct{ field, from, to int }
	var wishes []sentence
	look := func(list listID, says func(low string, h *hit, from, to int) bool) {
		p.each(list, func(f *field, h *hit) bool {
			if from, to := wishAt(f.low, int(h.start)); f.prose() && says(f.low, h, from, to) && !p.unlikely(f, from, to) {
				wishes = append(wishes, sentence{int(h.field), from, to})
			}
			return true
		})
	}
	look(listConsent, func(string, *hit, int, int) bool { return true })
	look(listKeeping, func(low string, h *hit, _, to int) bool {
		return slices.ContainsFunc(keptFor, func(who string) bool { return strings.Contains(low[h.start:to], who) })
	})
	look(listPassing, func(low string, h *hit, from, to int) bool {
		return !strings.HasSuffix(low[from:h.end], "not to mention") && !offered.MatchString(low[from:to]) && negated(low[from:to], int(h.start)-from) && !ownKeys.MatchString(low[h.end:to]) && !howCopied.MatchString(low[h.end:to])
	})
	slices.SortFunc(wishes, func(a, b sentence) int { return cmp.Or(a.field-b.field, a.from-b.from) })

	found := saidWish(p)
	for _, s := range slices.Compact(wishes) {
		if len(found) >= maxFindings {
			break
		}
		if f := &p.fields[s.field]; !p.disclaimed(f, s.from) {
			found = append(found, p.lows(s.field, s.from+leading(f.low[s.from:]), s.to))
		}
	}
	return found
}

const endsOfWish = ".!?;\n"

// longestWish is how many bytes of a sentence are read before and after its cue.
const longestWish = 400

// wishAt gives the sentence around low[at].
func wishAt(low string, at int) (from, to int) {
	from, to = max(0, at-longestWish), min(len(low), at+longestWish)
	from += strings.LastIndexAny(low[from:at], endsOfWish) + 1
	if n := strings.IndexAny(low[at:to], endsOfWish); n >= 0 {
		to = at + n
	}
	return from, to
}

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " \u00a0\t-–•*")) }

// negated tells whether one of the last words before low[at] forbids what stands there, in a folded sentence.
func negated(low string, at int) bool {
	words, n := splitWords(low), len(splitWords(low[:at]))
	for i := max(0, n-negatedWithin); i < n; i++ {
		if negations[words[i]] && wishful(words, i) {
			return true
		}
	}
	return false
}

// wishful tells whether the negation at words[i] forbids or asks, and does not tell what somebody did not do.
func wishful(words []string, i int) bool {
	before := ""
	if i > 0 {
		before = words[i-1]
	}
	after := words[i+1 : min(len(words), i+4)]
	if len(after) == 0 {
		return false
	}
	switch w := words[i]; w {
	case "ne", "n":
		if urges.MatchString(after[0]) {
			return false // "n'hésitez pas à partager"
		}
		if before == "a" || before == "de" { // "à ne communiquer à personne"
			return true
		}
		if !obliges[after[0]] && after[0] != "pas" && after[0] != "rien" && after[0] != "jamais" {
			return slices.ContainsFunc(after[:min(2, len(after))], func(v string) bool { return strings.HasSuffix(v, "ez") || strings.HasSuffix(v, "ons") })
		}
		return true
	case "not", "never", "don", "nothing", "without":
		return obliges[before] || before == "" || before == "please" || before == "do" && (i < 2 || !subjects[words[i-2]]) || w == "don" && !subjects[before] || after[0] == "to" && len(after) > 1 && after[1] == "be"
	}
	return slices.ContainsFunc(words, func(v string) bool { return v == "merci" || v == "please" || len(v) > 4 && strings.HasSuffix(v, "ez") })
}

// urges are verbs with which a negation asks for the contrary.
var urges = regexp.MustCompile(`^(?:hesit|oubli|manqu|tard|priv|gen)`)

var (
	obliges  = setOf("doit doivent devez devons dois peut peuvent faut veut veulent souhaite souhaitent sera seront must should may can shall mustn shouldn cannot")
	subjects = setOf("i we you they he she it who that people and which to")
)
