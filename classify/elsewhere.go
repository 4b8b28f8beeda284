package classify

import (
	"regexp"
	"slices"
	"strings"
)

// News of other companies. What a paper reports of a firm is no matter of ours, though its words are those of figures, deals and
// law suits: "McClatchy reported a loss of $304.7 million". It goes only where the subject of the sentence is a firm with a name
// that is not ours, the verb is that of who makes it public, nobody says "we" and nothing of what is still to come out, and the
// page shows that it is news. Where the names of the company are not known it goes on no page that is not public: a firm that
// speaks of itself in the third person may be ours.

// newsOf are the rules that ask of matters that a paper also reports of others.
var newsOf = map[string]bool{"finance/results": true, "finance/unpublished": true, "inside/money": true, "inside/plan": true, "inside/trouble": true, "legal/litigation": true, "business/crisis": true, "staff/council": true}

// holder is a sentence whose subject is a name, with what may stand before it, and the verb of who makes something public.
var holder = regexp.MustCompile(`^(?:[^,;:«»“”"]{2,90}, |(?:But|And|Mais|Or|Et|Meanwhile|However) )?(?:The |Le |La |Les |L['’])?(\p{Lu}[\pL\d&.’'-]+(?: (?:\p{Lu}[\pL\d&.’'-]*|&|of|de|du|des)){0,4})(?:, [^,;:]{2,80},)? (?:also |aussi |has |have |had |a |ont |avait )?` +
	`(?:reported|reports|posted|posts|earned|announced|announces|said|says|declared|projected|booked|averaged|unveiled|disclosed|filed|faces|denies|denied|annoncée?|annonce|publiée?|publie|déclaré|déclare|indiqué|indique|affiche|affiché|enregistré|enregistre|assure|dément)\b`)

// press are words of news about companies: agencies, the exchange and its analysts, statements.
var press = regexp.MustCompile(`\b(?:reuters|associated press|afp|bloomberg|refinitiv|cnbc|financial times|wall street|les echos|nasdaq|nyse|cac 40|dow jones|(?:wall street )?analysts|analystes|stock (?:price|market|exchange)|stocks|investors|investisseurs|diluted share|shares (?:of|are|were|rose|fell|slid|jumped|closed)|(?:first|second|third|fourth) quarter|in a (?:written )?statement|dans un communique|told reporters|spokes(?:man|woman|person)|porte parole)\b`)

// agencies are those of these words that only papers speak of: one of them shows what two others do.
var agencies = map[string]bool{"reuters": true, "associated press": true, "afp": true, "bloomberg": true, "refinitiv": true, "cnbc": true, "financial times": true, "les echos": true, "dow jones": true}

// Fewest words of news on a page for a firm that is not ours: where the company's names are known, and where they are not.
const (
	fewestPress        = 2
	fewestPressUnknown = 3
	mostOfPress        = 1 << 14 // bytes of a text that are looked through
)

var (
	// closeToUs are those of whom a page of ours may speak as of another firm: what we own, buy or are sold to, and who decides
	closeToUs = regexp.MustCompile(`\b(?:subsidiar(?:y|ies)|filiales?|parent company|maison mere|sister company|joint venture|coentreprise|acquirers?|acquereurs?|buyers?|bidders?|repreneurs?|candidats? (?:a la reprise|au rachat)|takeover|cibles?|targets?|boards?|conseil d administration|comex|codir|data ?room|due diligence|fournisseurs?|suppliers?|clients?|customers?)\b`)
	// toCome is what a sentence says of what has not happened or is not told yet
	toCome = regexp.MustCompile(`\b(?:will|shall|going to|about to|plans? to|intends? to|expects?|expected to|prevoi(?:t|ent)|compte(?:nt)?|envisage(?:nt)?|s apprete(?:nt)?|va|vont|yet|pas encore|n a pas|n ont pas|not (?:been|yet)|soon|bientot|before|avant|ahead of|prior to|until|jusqu|hears?|learns?|apprend(?:ra|ront)?)\b`)
	// beforeTax is no time
	beforeTax = regexp.MustCompile(`\b(?:before (?:tax(?:es)?|interest|items|exceptionals?|depreciation)|avant (?:impots?|interets|amortissements?))\b`)
	// unreleased is how a page says anywhere that its news is not out
	unreleased = regexp.MustCompile(`\b(?:embargo|under wraps|sous cle|not (?:yet )?(?:been )?(?:informed|told|public|announced|published|released|out)|(?:before|until|once) (?:it|they|(?:the |its |our )?(?:[a-z]+ )?(?:figures|results|news|statement|release|announcement)) (?:is|are|goes|go|comes|come)|hears? (?:of|about) it|learns? (?:of|about) it|data ?room|(?:avant|d ici) (?:la |sa |leur |l )?(?:publication|annonce|communication)|pas encore (?:ete )?(?:publi|annonc|inform|diffus|sorti|au courant)[a-z]*|repreneurs?|(?:draft|projet) (?:of |de )?(?:the )?(?:statement|release|communique))\b`)
)

// toComeIn tells whether a sentence, in words, speaks of what is to come or is not told yet.
func toComeIn(words []string, said string, tongue int) bool {
	return toCome.MatchString(beforeTax.ReplaceAllString(said, " ")) || tongue == 0 && slices.ContainsFunc(words, func(w string) bool { return plainFuture[w] || len(w) > 4 && futureForm.MatchString(w) })
}

// partsOfHouse begin a sentence and are a part of the house, not the name of a firm.
var partsOfHouse = setOf("management direction company companies group groupe board comite committee staff team teams equipe plant site usine atelier societe entreprise maison house filiale branch factory division department service services sales finance legal purchasing procurement production quality marketing headquarters head office human resources rh hr dg daf ceo cfo coo chairman chair president director directeur directrice manager works council cse union unions syndicat syndicats workshop lab laboratory owner owners chief executive officer general the le la les l of de du des and et it he she they we nous il elle ils elles on this that")

// ofOthers tells whether a finding that asks speaks of another company, as news does.
func (p *page) ofOthers(r *Rule, g *finding) bool {
	if !newsOf[r.ID] || g.severity != Review || g.field < 0 || p.policy.Listed || !p.public && len(p.policy.Company) == 0 {
		return false
	}
	f := &p.fields[g.field]
	if !f.said() && f.spot != inDescription && f.spot != inHeading && f.spot != inTitle && f.spot != inH1 {
		return false
	}
	from, to := aroundRaw(f.raw, g.start, g.end)
	if to <= from || to-from > longestTaught {
		return false
	}
	raw := f.raw[from:to]
	m := holder.FindStringSubmatch(raw)
	if m == nil {
		return false
	}
	low := foldString(raw)
	words := splitWords(low)
	said := strings.Join(words, " ")
	tongue := p.tongue(low)
	return !saysOurs(words, tongue) && !onTheSly.MatchString(said) && !closedWord.MatchString(said) && !closeToUs.MatchString(said) && !toComeIn(words, said, tongue) && p.anotherFirm(g.field, m[1], from) && p.isNews()
}

// anotherFirm tells whether the name of the subject of a sentence that begins at raw[from] is that of a firm which is neither
// the company nor one that the policy lists: it stands elsewhere in the text too, in the middle of a sentence, and is no
// person's.
func (p *page) anotherFirm(field int, name string, from int) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	words := firmWords(name, 0)
	low := foldString(name)
	if len(words) == 0 || !slices.ContainsFunc(words, func(w firmWord) bool { return !partsOfHouse[w.low] }) || partsOfHouse[words[len(words)-1].low] || p.policy.owns(low) || p.mayName(low) || p.ownFirm(words) || givenNames[words[0].low] {
		return false
	}
	f := &p.fields[field]
	at := strings.Index(f.raw[from:], name)
	if at < 0 || p.personNear(field, from+at, from+at+len(name), 0) {
		return false
	}
	return len(words) > 1 || amidSentence(name, p.newsText())
}

// amidSentence tells whether a name stands in a text behind a word in small letters.
func amidSentence(name, text string) bool {
	for at := strings.Index(text, " "+name); at >= 0; {
		if at > 0 && text[at-1] >= 'a' && text[at-1] <= 'z' {
			return true
		}
		k := strings.Index(text[at+1:], " "+name)
		if k < 0 {
			break
		}
		at += 1 + k
	}
	return false
}

func (p *page) newsText() string {
	if p.body < 0 {
		return ""
	}
	return cut(p.fields[p.body].raw, mostOfPress)
}

// quotes are words that somebody else says.
var quotes = regexp.MustCompile(`[«“"][^«»“”"\n]{0,600}[»”"]`)

// isNews tells whether the page is news: it has so many words of it that differ, or an agency, nothing says that it is not out
// and, where the names of the company are not known, it says no "we" but in what it quotes.
func (p *page) isNews() bool {
	said := strings.Join(splitWords(foldString(p.newsText())), " ")
	known := len(p.policy.Company) > 0
	fewest := fewestPressUnknown
	if known {
		fewest = fewestPress
	}
	seen, agency := map[string]bool{}, false
	for _, w := range press.FindAllString(said, 60) {
		seen[w], agency = true, agency || agencies[w]
	}
	if len(seen) < fewest && !(known && agency) || unreleased.MatchString(said) {
		return false
	}
	return known || !saysOurs(splitWords(foldString(quotes.ReplaceAllString(p.newsText(), " "))), p.tongue(said))
}
