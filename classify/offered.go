package classify

import (
	"regexp"
	"slices"
	"strings"
)

// What a price is: offered to whoever buys, or a matter of the house; and what a share of somebody's results is that gives
// no figure of ours.

var (
	// terms are conditions of an offer to the public: one of them tells it; sale is how a shop speaks, which wants more of its
	// kind, or on what is public a buyer who is spoken to: inside, "you" may be who sells
	terms = regexp.MustCompile(`\b(?:(?:no|without|with|any) minimum (?:purchase|spend)|minimum purchase|per (?:booking|account ?holder)|limit(?:ed to)? (?:one|two|[0-9]+)(?: [a-z]+){0,8} per (?:customer|household|person|account ?holder)|(?:at|during) checkout|(?:coupon|promo(?:tion)?(?:al)?|discount|voucher) codes?|(?:not |only )?valid (?:on|with|for) (?:existing|new|other|any|one|select(?:ed)?|full price)|free (?:shipping|delivery)|while (?:stocks?|supplies) lasts?|price match|codes? promo|livraison (?:offerte|gratuite)|sans minimum d achat|minimum d achat|offre (?:valable|non cumulable|soumise)|jusqu a epuisement des stocks|par reservation)\b`)
	sale  = regexp.MustCompile(`\b(?:off (?:the |your |all |any )?(?:regular|retail|normal|full|first|order|orders|bookings?|next)|(?:regular|retail|sale|current|lowest) price|sale|savings?|save|deals?|one off purchase|subscription|bundle|shipping|prix (?:barre|conseille)|soldes|promotions?|bon de reduction|abonnement|economisez|profitez)\b`)
	buyer = regexp.MustCompile(`\b(?:you|your|yours|vous|votre|vos)\b`)
	// trade are those with whom a company has prices of its own, those to whom it sells, and words of what it makes of them
	trade = regexp.MustCompile(`\b(?:supplier|vendor|dealer|reseller|distributor|wholesale|agenc|key account|margin|cost price|our cost|negotiat|tender|bid|competitor|internal|confidential|floor|never|not (?:tell|show|say|share)|fournisseur|revendeur|distributeur|grossiste|grands? comptes?|marge|prix de revient|negoci|appel d offres|concurren|interne|confidentiel|plancher|jamais|client|customer|prospect|interlocuteur|acheteur|shopper|commission|costs?\b|cout(?:e|ent|s)?\b|ne (?:pas|rien)|ne (?:le |la |les )?(?:dites|dis|montre|communique))`)
	// sells is what who sells may do with a price, and what for
	sells = regexp.MustCompile(`\b(?:descend[a-z]*|(?:go|goes|going|come|drop|drops) (?:down|as low|as far|lower|up to|to [0-9])|as low as|(?:you|they|we|reps?|sellers?) (?:(?:can|may|could|must|should|will|always|only|also|then) ){0,2}(?:go|give|grant|offer|drop|take|knock|sell|sells|resell|let|lower|cut|concede|allow|charge|quote|propose)|(?:give|grant|offer|allow|sell) (?:them|him|her|it|up to)|(?:take|knock) (?:[a-z]+ ){0,3}[0-9]+|(?:save|close|win|keep|sign|rescue) (?:the|a|this|that|any) (?:deal|sale|order|contract)|hesitat[a-z]*|hesit(?:e|ent|ant|er)\b|insist[a-z]*|haggl[a-z]*|push(?:es)? back|complain[a-z]*|threaten[a-z]*|menac[a-z]*` +
		`|(?:vous|tu) (?:(?:pouvez|peux|pourrez|pourriez|devez) )(?:[a-z]+ ){0,2}?(?:aller|accorder|consentir|offrir|lacher|laisser|baisser|faire|proposer|monter|ceder|vendre|revendre|facturer|conceder|appliquer)|(?:vous|tu|on) (?:(?:le|la|les|l) )?(?:re)?(?:vend(?:ez|s|rez|ras)?|factur(?:ez|es|e)|accord(?:ez|es|e)|lach(?:ez|es|e)|consent(?:ez|s)?)\b|(?:allez|va|aller|aille) jusqu|accord(?:er|ez)|consent(?:ir|ez)|lach(?:er|ez)|(?:sauver|conclure|signer|garder) (?:la|le|une?|cette|ce) (?:vente|affaire|commande|contrat))`)
)

// offers tells whether a sentence of folded text offers a price to whoever buys: it speaks to a buyer or gives the terms of an
// offer, and not of us, of nobody by name, of no partner of trade, of nothing that only who sells may do and of nothing on the sly.
func (p *page) offers(f *field, field, from, to int) bool {
	words := splitWords(f.low[from:to])
	said := strings.Join(words, " ")
	if !terms.MatchString(said) {
		n := len(sale.FindAllString(said, 3))
		if n == 0 || n < 2 && !(p.public && buyer.MatchString(said)) {
			return false
		}
	}
	a, b := f.span(from, to)
	return !trade.MatchString(terms.ReplaceAllString(said, " ")) && !sells.MatchString(said) && !onTheSly.MatchString(said) && !saysOurs(words, p.tongue(said)) && len(namesIn(f.raw[a:b])) == 0 && !p.personNear(field, a, b, 0)
}

// unlessOffered drops what a finder found in sentences that offer a price to whoever buys.
func unlessOffered(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool {
			if g.field < 0 || g.field >= len(p.fields) || !p.fields[g.field].said() {
				return false
			}
			f := &p.fields[g.field]
			raw := f.raw
			from, to := aroundRaw(raw, g.start, g.end)
			if to-from > longestTaught {
				return false
			}
			low := fold(raw[from:to])
			q := field{folded: low, spot: f.spot}
			return p.offers(&q, -1, 0, len(low.low)) && !p.personNear(g.field, from, to, 0)
		})
	}
}

// sold is what is sold against a data breach or an attack.
var sold = regexp.MustCompile(`^ (?:monitoring|protection|scann(?:er|ing)|insurance|prevention|checker|coverage)\b`)

// sellsAgainst tells whether a word of a crisis is part of the name of what is sold against it, and not by us.
func (p *page) sellsAgainst(f *field, h *hit, from, to int) bool {
	return sold.MatchString(f.low[h.end:min(len(f.low), int(h.end)+16)]) && !saysOurs(splitWords(f.low[from:to]), p.tongue(f.low[from:to]))
}

// mayGive is how somebody gives of their results, or what they may deduct.
var mayGive = regexp.MustCompile(`\b(?:allou(?:er|e|ent)|allocation volontaire|affecter|reverse(?:r|nt)?|mecenat|dons?|deductible|(?:reduction|avantage) fiscale?|reduction d impot|supposant un engagement|voluntary contributions?|contributions? volontaires?|donat(?:e|es|ing|ion|ions)|gives? up to|pledg(?:e|es|ing))\b`)

// shareBefore is a share right before the words of what it is a share of.
var shareBefore = regexp.MustCompile(`(?:%|‰|pour ?cent|per ?cent|pour mille\)?) (?:de |du |des |d'|of )(?:(?:the|their|its|a|an|leurs?|son|sa|un|l'|le|la|votre|your)(?: |\b))?(?:annual |total )?$`)

// shareOfResults tells whether a word of results only says of what somebody may give a share: "jusqu'à 2 % de leur résultat
// net". Nobody speaks of us there, nor of these days, and a sum is no more than the other side of a limit.
func (p *page) shareOfResults(f *field, h *hit) bool {
	before := f.low[max(0, int(h.start)-40):h.start]
	if !shareBefore.MatchString(before) {
		return false
	}
	from, to := aroundRaw(f.low, int(h.start), int(h.end))
	words := splitWords(f.low[from:to])
	said := strings.Join(words, " ")
	tongue := p.tongue(said)
	return mayGive.MatchString(said) && !saysOurs(words, tongue) && !onTheSly.MatchString(said) && !ofNow(strings.Fields(modal.Replace(said)), tongue)
}

// modal are the forms of "may" that tell nothing of what is to come.
var modal = strings.NewReplacer("pourra ", "peut ", "pourront ", "peuvent ", "pourrait ", "peut ", "serait ", "est ")
