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
	listName    = words.list("wish name")

	negations = words.set("wish negation")
	keptFor   = []string{"pour vous", "pour nous", "pour toi", "nous", "interne", "secret", "confidentiel", "within", "quiet", "private", "internal", "between", "yourself", "until", "silence", "presse", "press", "anonym"}
)

// ownKeys are what readers are told to keep to themselves for their own good: "ne communiquez jamais vos identifiants".
var ownKeys = regexp.MustCompile(`^[a-z]{0,4} (?:[a-z]+ )?(?:vos|votre|your) (?:[a-z]+ )?(?:identifiants?|mots? de passe|codes?|coordonnees bancaires|numero de carte|passwords?|log ?in|credentials|pin|bank|card)\b`)

// unnamedCues are parts of the words of unnamed, of which one must stand there.
var unnamedCues = newSeeker([]string{"exig", "demand", "souhait", "veu", "voul", "voudr", "insist", "pref", "aimer", "tien", "tenu", "tenai", "prie", "suppli", "refus", "interdi", "tais", "taire", "cach", "promis", "promet", "jure", "condition",
	"ask", "requ", "wish", "begg", "want", "would", "declin", "told", "tell", "swear", "swore", "pledge", "firm", "adamant", "clear"})

// unnamed are wishes that somebody stay without a name, in a folded sentence.
var unnamed = regexp.MustCompile(`\b(?:exig|demand|souhait|veu|voul|voudr|insist|pref|aimer|tien|tenai|tenu|prie|suppli)[a-z]*(?: [a-z]+){0,3}? (?:a ce )?qu(?:e|')(?: on| l'on)?(?: [a-z']+){0,2}? ?(?:nom|prenom|identite|patronyme)s?\b[a-z' ]{0,40}?\b(?:ne |n'|reste secret|reste inconnu|soit tu|demeure|disparaisse)` +
	`|\b(?:refus|interdi)[a-z]* (?:que l'on|qu'on) (?:dise|donne|cite|publie|ecrive|imprime|affiche|revele|mentionne) (?:son|leur|sa|le|ses) (?:nom|prenom|identite)\b` +
	`|\brefus[a-z]* (?:d'etre|qu'on l[ea]s?|que l'on l[ea]s?|de se faire) (?:nomm|cit|identifi)[a-z]*` +
	`|\b(?:qu'on|que (?:nous|l'on)|de) (?:taise|taisions|taire|cache|cachions) (?:son|leur) nom\b` +
	`|\b(?:promettre|promis|jure|jurer|demande|fait promettre)\b[^.]{0,30}? de ne (?:jamais |pas |plus )?l[ea]s? (?:jamais |pas )?(?:nommer|citer|identifier)` +
	`|\bne (?:veu[a-z]*|voulai[a-z]*|souhait[a-z]*) (?:pas |surtout pas )(?:qu'on|que l'on|que quelqu'un|que personne) (?:sache|sachent|apprenne)\b[^.]{0,30}? (?:c'est|c'etait|que ca vient|qui)` +
	`|\bcondition\b.{0,12}?(?:que|qu'|:|that)[^.]{0,12}?\b(?:ne |n'|personne|pas de nom|nobody|no one|not |never|no name)[^.]{0,24}?(?:qui (?:il|elle|c')|son nom|who (?:he|she|they)|(?:his|her|their) name|be named)` +
	`|\bne (?:veu[a-z]*|voulai[a-z]*|souhait[a-z]*) (?:pas |surtout pas )?(?:voir|lire|trouver) (?:son|leur) (?:nom|prenom)` +
	`|\binsist[a-z]*[^.]{0,12}? ?: ?pas de nom|\b(?:firm|insist(?:s|ed)|adamant|clear)[^.]{0,12}?: ?no names?\b` +
	`|\b(?:insist|ask|demand|requir|wish|prefer|request|begg)[a-z]* (?:us )?(?:that )?(?:his|her|their|its|the) (?:first |own |last |family )?(?:names?|identity|surname)\b[a-z' ]{0,30}? (?:never|not|be kept|be left|be withheld|stay|remain|kept out|left out|withheld)\b` +
	`|\b(?:want|wish|would like|ask)[a-z]* (?:his|her|their|its) (?:names?|identity) (?:kept|left|to be kept|to be left|withheld|to stay) (?:out|off|secret|private|quiet|withheld)` +
	`|\b(?:refuse|decline)[sd]? to be (?:named|identified)\b` +
	`|\b(?:ask|begg|told|tell|want)[a-z]* (?:us |me |the [a-z]+ )?not to (?:give|print|use|mention|publish|say|reveal) (?:his|her|their) (?:names?|identity|surname)` +
	`|\b(?:does not|doesn't|do not|don't|did not|didn't) (?:want|wish) (?:anyone|anybody|people|it|the others) to (?:know|learn|find out)\b[^.]{0,16}? (?:it (?:was|is|came)|who|his|her|their)` +
	`|\b(?:does not|doesn't|did not|didn't) (?:want|wish) to (?:see|read|find) (?:his|her|their) name` +
	`|\bwould (?:rather|prefer)(?: that)? (?:his|her|their) (?:first |last )?(?:name|identity) (?:was|were|be|is) (?:not|never|kept|left)` +
	`|\b(?:promise|swear|swore|pledge)d?[a-z ]{0,12}? (?:never|not) to (?:name|identify|mention) (?:him|her|them)`)

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
	last := hit{field: -1} // what stands before it is read with it
	look(listName, func(low string, h *hit, from, to int) bool {
		if h.field == last.field && h.start < last.start+longestWish/2 {
			return false
		}
		last = *h
		return unnamedCues.in(low[from:to]) && unnamed.MatchString(low[from:to]) && !p.inTale(&p.fields[h.field], from, to)
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
