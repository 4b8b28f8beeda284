package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Codes and keys that open nothing: those of an offer, of a program, of a dictionary.

var (
	keyWord = regexp.MustCompile(`\b(?:codes?|keys?|cles?|clefs?|passe partout|master)\b`)
	// a code that is called one of an offer, a code whichever, and what else opens
	offerCode = regexp.MustCompile(`\b(?:(?:promo|promotion|promotional|discount|coupon|voucher|referral|offer) codes?|codes? (?:promo|promos|promotionnels?|promotion|coupons?|avantages?|parrainages?|de (?:reduction|remise|parrainage|promotion)))\b`)
	anyCode   = regexp.MustCompile(`\bcodes?\b`)
	keyItself = regexp.MustCompile(`\b(?:keys?|cles?|clefs?|passe partout|master)\b`)
	// a code in capitals that a customer is told to put in, and what he gets for it
	codeToUse = regexp.MustCompile(`\b(?i:use|using|enter|apply|with|quote|utilisez|saisissez|entrez|appliquez|avec) (?i:the |our |this |le |notre |ce )?(?i:code) ["'“«]? ?[A-Z]{3,}[A-Z0-9]*\b`)
	ofSale    = regexp.MustCompile(`\b(?:checkout|promo(?:tion)?s?|coupons?|vouchers?|[0-9]+ (?:%|percent|per cent|pour cent) (?:off|de (?:remise|reduction))|off your (?:first |next )?order|your (?:first |next )?order|free shipping|black friday|cyber monday|bon de reduction|votre (?:premiere |prochaine )?commande|frais de port)\b|[0-9] ?% (?:off|de (?:remise|reduction))\b`)
	// where a thing lies
	lies = regexp.MustCompile(`\b(?:behind|under|underneath|beneath|beside|next to|above|below|near|inside|hangs?|hung|hanging|taped|hidden|kept|stuck|bar|counter|displays?|basket|bin|stand|derriere|sous|dessous|dessus|sur le|sur la|pres d|a cote|cote|accrochee?s?|scotchee?s?|cachee?s?|rangee?s?|pendue?s?|comptoir|presentoir|panier a)\b`)
	// a marker in the source of a page, and what an index or a program has keys in
	codeMarker  = regexp.MustCompile(`^(?:\W*)(?:begin|end|start|stop|debut|fin)(?:s|ning)? (?:of )?(?:the )?(?:[a-z]+ )?code\b`)
	programKey  = regexp.MustCompile(`\b(?:dictionary|dict|dictionnaire|trousseau gpg|hash ?(?:map|table)|lookup table|(?:primary|foreign|sort|partition) keys?|cles? (?:primaires?|etrangeres?))\b`)
	keyring     = regexp.MustCompile(`\bkeyrings?\b`)
	ofPackages  = regexp.MustCompile(`\b(?:gpg|gnupg|pgp|openpgp|gnome|apt|debian|ubuntu|pacman|rpm)\b`)
	keyOfThing  = regexp.MustCompile(`\b(?:keys? (?:to|of|for)|(?:cles?|clefs?) (?:du|des|de|d)) (?:(?:the|a|an|our|all|l|la|le|les|nos|notre) )*([a-z]+)`)
	ofProgram   = setOf("dictionary dict dictionnaire hash map table tables object array index record row column colonne ligne lookup each every item items entry entries element elements value values chiffrement signature gpg package packages repository paquet paquets depot")
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

// plainKey tells whether the sentence of a finding has a code or a key in it that opens nothing. What an offer is, and whose
// keyring is meant, its line may tell; a sentence that says where a thing lies, or what a key is of, is about one that opens.
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
	start, end, _ := lineWithin(f.raw, from, to, longestTaught)
	line := strings.Join(splitWords(foldString(f.raw[start:end])), " ")
	switch {
	case manner.MatchString(said):
		return true
	case programKey.MatchString(said), keyring.MatchString(said) && ofPackages.MatchString(line):
		return !saysOurs(words, p.tongue(low)) && !lies.MatchString(said) && !opensThing(said)
	case fingerprint.MatchString(said), f.spot == inComment && codeMarker.MatchString(low):
		return !saysOurs(words, p.tongue(low))
	}
	return !keyItself.MatchString(said) && !opened.MatchString(line) && !lies.MatchString(said) && codeOfOffer(f.raw[from:to], said, foldString(f.raw[start:end]))
}

// codeOfOffer tells whether each code of a sentence is one of an offer: called so, or in capitals for a customer to put in,
// where its line says what it is good for.
func codeOfOffer(raw, said, line string) bool {
	codes := len(anyCode.FindAllString(said, 8))
	called := len(offerCode.FindAllString(said, 8))
	if called < codes && ofSale.MatchString(line) {
		called += len(codeToUse.FindAllString(raw, 8))
	}
	return codes > 0 && called >= codes
}

// opensThing tells whether a key of the sentence is said to be that of a thing.
func opensThing(said string) bool {
	for _, m := range keyOfThing.FindAllStringSubmatch(said, 8) {
		if !ofProgram[m[1]] {
			return true
		}
	}
	return false
}
