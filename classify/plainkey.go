package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Codes and keys that open nothing: those of an offer, of a program, of a dictionary.

var (
	keyWord   = regexp.MustCompile(`\b(?:codes?|keys?|cles?|clefs?|passe partout|master)\b`)
	offerCode = regexp.MustCompile(`\b(?:coupons?|promo(?:tion)?s?|vouchers?|checkout|discount codes?|[0-9]+ (?:%|percent|per cent) off|off your (?:first |next )?order|your (?:first |next )?order|free shipping|black friday|cyber monday|codes? promo|bon de reduction|votre (?:premiere |prochaine )?commande|panier)\b|% off|\boff\*`)
	// a marker in the source of a page, and what an index or a program has keys in
	codeMarker  = regexp.MustCompile(`^(?:\W*)(?:begin|end|start|stop|debut|fin)(?:s|ning)? (?:of )?(?:the )?(?:[a-z]+ )?code\b`)
	programKey  = regexp.MustCompile(`\b(?:dictionary|dict|dictionnaire|keyring|trousseau gpg|hash ?(?:map|table)|lookup table|(?:primary|foreign|sort|partition) keys?|cles? (?:primaires?|etrangeres?))\b`)
	manner      = regexp.MustCompile(`\bmaster key (?:concepts?|skills?|topics?|ideas?|techniques?|principles?|strategies|areas?|elements?|aspects?|notions?|vocabulary|phrases|terms|methods?)\b|\bkey (?:is|lies) in (?:the (?:details?|preparation|planning|balance|timing|mix|approach|execution|consistency)|(?:planning|preparation|timing|consistency|balance|moderation|understanding|knowing|finding|keeping))\b`)
	fingerprint = regexp.MustCompile(`\b(?:pgp|gpg|openpgp|otr|primary key|public key|signing key) (?:key )?fingerprint\b`)
	// what a key or a code opens, and where it lies: with one of these it is one
	opened = regexp.MustCompile(`\b(?:doors?|gates?|desks?|vans?|box|boxes|safes?|cars?|trucks?|lorr(?:y|ies)|cabinets?|drawers?|lockers?|lock(?:s|ed)?|padlocks?|sheds?|offices?|rooms?|buildings?|yards?|stores?|garages?|houses?|alarms?|keypads?|ignition|mats?|shelf|shelves|hooks?|tins?|jars?|pots?|till|vault|wi fi|wifi|passwords?|passphrases?|log ?ins?|user(?:name)?s?|admin|server|badges?|portes?|portails?|bureaux?|tiroirs?|coffres?|armoires?|boites?|camions?|fourgons?|voitures?|casiers?|serrures?|cadenas|locaux|local|batiments?|alarmes?|claviers?|mots? de passe|serveur|private|privee?s?|secret|secrete?s?|api|access|acces|encryption|ssh|ssl|tls|root|spare|caretaker|reception|guards?|gardiens?|accueil|loge|concierge)\b`)
)

// unlessPlainKey drops what a finder of ways in found where a code or a key opens nothing.
func unlessPlainKey(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool { return p.plainKey(&g) })
	}
}

// plainKey tells whether the sentence of a finding has a code or a key in it that opens nothing. That of an offer may be told in
// a sentence of its own: its line speaks of the offer, and of nothing that is opened.
func (p *page) plainKey(g *finding) bool {
	if g.field < 0 || g.field >= len(p.fields) {
		return false
	}
	f := &p.fields[g.field]
	from, to := aroundRaw(f.raw, g.start, g.end)
	if to <= from || to-from > longestTaught {
		return false
	}
	low := foldString(f.raw[from:to])
	words := splitWords(low)
	said := strings.Join(words, " ")
	if !keyWord.MatchString(said) || opened.MatchString(said) || onTheSly.MatchString(said) {
		return false
	}
	switch {
	case programKey.MatchString(said), manner.MatchString(said), fingerprint.MatchString(said), f.spot == inComment && codeMarker.MatchString(low):
		return !saysOurs(words, p.tongue(low)) || manner.MatchString(said)
	}
	start, end, _ := lineWithin(f.raw, from, to, longestTaught)
	line := foldString(f.raw[start:end])
	return offerCode.MatchString(line) && !opened.MatchString(strings.Join(splitWords(line), " "))
}
