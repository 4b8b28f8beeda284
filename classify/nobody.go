package classify

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/classify/told"
)

// What is told of nobody who is there: advice to anybody, what happened long ago, a tale, an example made up to explain. The
// nets of the inside (inside.go) hear such sentences where they are faint; one that says much of what should stay inside, of
// us, of these days or of what is to come, is heard all the same.

// unlessOfNobody drops what a finder found in sentences that speak of nobody who is there.
func unlessOfNobody(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool { return p.ofNobody(&g) })
	}
}

// faint is by how much the margin of a sentence may lie above that of those that count, and faintAmong and faintPast
// the same of one that has no sign of its own beside instructions and in a paragraph about the past.
const (
	faint      = .75
	faintAmong = .15
	faintPast  = .1
	faintStep  = .3 // of an instruction where no title says that the page teaches
	mostAmong  = 5  // words of such a sentence that is no instruction itself
)

// onTheSly is how something is done so that others do not see it; saysAloud what is to be said or not; wayIn what opens, guards
// or is worth taking: advice about these may be a secret.
var (
	onTheSly  = regexp.MustCompile(`\b(?:cach[a-z]+|discret[a-z]*|discrete?ment|doucement le|en douce|en secret|secret(?:s|es|e|ement)?|sans (?:le dire|bruit|rien dire|que|temoin|l ecrire|leur|lui|nommer|facture|papiers)|personne (?:ne |n )(?:doit|sait|est|voit|a |en |regarde|remarque)|quand (?:il|personne|tout le monde)|chut|entre nous|n apparai[a-z]+|pas voir|au noir|fai(?:re|tes) (?:croire|semblant)|hid(?:e|den|ing)|secret(?:ly)?|quietly|nobody|no one|without (?:telling|anyone|saying)|pretend|look surprised|between us|hush)\b`)
	saysAloud = regexp.MustCompile(`\b(?:di(?:re|t|tes|sons)|parl(?:er|ez|e|ons)|repet(?:er|ez)|annonc(?:er|ez)|mentionn(?:er|ez)|revel(?:er|ez)|avou(?:er|ez)|divulgu(?:er|ez)|ebruit(?:er|ez)|evoqu(?:er|ez)|ment(?:ir|ez)|tell|say|mention|talk|reveal|disclose|announce|lie)\b`)
	wayIn     = regexp.MustCompile(`\b(?:cles?|codes?|badges?|mots? de passe|portes?|portails?|alarmes?|cadenas|coffres?|serrures?|digicodes?|cameras?|rondes?|gardiens?|vigiles?|fenetres?|volets?|grilles?|argent|caisse|especes|identifiants?|sessions?|keys?|codes?|passwords?|pass(?:word|phrase)s?|doors?|gates?|alarms?|padlocks?|safes?|locks?|cameras?|guards?|windows?|shutters?|cash|till|log ?ins?|skylight)\b`)
)

// nowWords point at these days. What an explanation or a story says of them is of somebody who is there.
var nowWords = setOf("hier demain lundi mardi mercredi jeudi vendredi samedi dimanche aujourd maintenant actuellement desormais encore toujours depuis prochain prochaine dernier derniere bientot recemment deja tot matin soir " +
	"yesterday tomorrow today tonight monday tuesday wednesday thursday friday saturday sunday now currently still since recently soon latest last next already")

// ofNow tells whether a sentence, in words, points at these days or at what is to come.
func ofNow(words []string, tongue int) bool {
	return pointsAtNow(words, tongue, false)
}

// pointsAtNow is ofNow; in a sentence that is dated long ago "since" tells how long it had been, and only plain words of what
// is to come count: "phylloxéra" is none.
func pointsAtNow(words []string, tongue int, dated bool) bool {
	for i, w := range words {
		switch {
		case dated && (w == "depuis" || w == "since"):
		case plainFuture[w] || w == "won" && i+1 < len(words) && words[i+1] == "t":
			return true
		case nowWords[w]:
			if i > 0 && (words[i-1] == "un" || words[i-1] == "a" || w == "aujourd" && words[i-1] == "d") || i+1 < len(words) && digitIn(words[i+1]) && !nearWords[w] {
				continue // "un lundi", "le lundi 21 août 1911", "l'entreprise d'aujourd'hui"
			}
			return true
		case tongue == 1 && (w == "will" || w == "shall"):
			return true
		case !dated && tongue == 0 && len(w) > 4 && strings.Contains(w[1:], "r") && futureForm.MatchString(w) && (!strings.HasSuffix(w, "rons") || slices.Contains(words, "nous")): // and no "vignerons"
			return true
		}
	}
	return false
}

var plainFuture = setOf("sera seront aura auront fera feront ira iront va vont pourra pourront devra devront")

// nearWords are those of nowWords that are no name of a day.
var nearWords = func() map[string]bool {
	near := maps.Clone(nowWords)
	for _, w := range strings.Fields("lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday matin soir") {
		delete(near, w)
	}
	return near
}()

// saysOurs tells whether a sentence, in words, speaks of us. In French "on" may be anybody.
func saysOurs(words []string, tongue int) bool {
	return slices.ContainsFunc(words, func(w string) bool { return ourWords[tongue][w] && w != "on" })
}

// ofNobody tells whether the sentence of a finding speaks of nobody who is there.
func (p *page) ofNobody(g *finding) bool {
	if g.field < 0 || g.field >= len(p.fields) {
		return false
	}
	f := &p.fields[g.field]
	if !f.said() && f.spot != inTitle && f.spot != inH1 && f.spot != inHeading && f.spot != inDescription && f.spot != inCover {
		return false
	}
	from, to := aroundRaw(f.raw, g.start, g.end)
	if to-from < 2 || to-from > longestTaught {
		return false
	}
	raw := f.raw[from:to]
	if p.among == 0 {
		p.among = max(1, len(p.sentencesRead()))
	}
	margin := p.teller().Margin(raw) - told.Bar(p.among)
	if margin >= faint {
		return false
	}
	low := foldString(raw)
	words := splitWords(low)
	s := sentenceRead{f: f, field: g.field, from: from, to: to, raw: raw, low: low, words: words, said: strings.Join(words, " "), tongue: p.tongue(low)}
	return p.madeUp(&s) || p.longAgo(&s, margin) || p.ofTale(&s) || p.advice(&s, margin)
}

// sentenceRead is a sentence of a field, raw[from:to], and its words.
type sentenceRead struct {
	f         *field
	field     int
	from, to  int
	raw       string
	low, said string // folded; in words parted by single spaces
	words     []string
	tongue    int
}

// An example that is made up says so: "imaginons que", "a fictional bakery". What is forged is called fictitious too: an
// invoice, a job, a supplier.
var (
	letsSuppose = regexp.MustCompile(`^(?:(?:imaginons|supposons|admettons)(?: qu| que| par exemple)? (?:une?|deux|trois|dix) |prenons (?:l exemple|le cas|un exemple)|(?:let us|let s) (?:imagine|suppose|say|take)|(?:now |just )?(?:imagine|suppose) (?:that )?(?:an?|you|somebody|someone)|picture an?)\b`)
	fictional   = regexp.MustCompile(`\b(?:(?:une?|des?|d|the|an?|cette?|some) )(?:[a-z]+ )?(?:(?:entreprise|societe|boulangerie|boutique|usine|ferme|menage|famille|client|cliente|salarie|salariee|commercant|artisan|personnage|exemple|cas|pays|ville|village|commune|association|banque|produit)s? (?:fictifs?|fictives?|imaginaires?|inventee?s?)|(?:fictional|fictitious|imaginary|made up|invented) (?:company|firm|bakery|shop|factory|farm|household|family|customer|employee|worker|character|example|case|country|town|village|bank|product)s?)\b`)
	instance    = regexp.MustCompile(`^si \b|\b(?:par exemple|exemples?|imagin[a-z]+|suppos[a-z]+|prenons|admettons|if an?|for example|for instance|example|imagine|suppose)\b`)
	forged      = regexp.MustCompile(`\b(?:factur|fraud|detourn|fausse?s?\b|blanchi|escro|invoic|embezzl|fake|launder|monte[er]? |a cree|set up)`)
)

func (p *page) madeUp(s *sentenceRead) bool {
	supposed := letsSuppose.MatchString(s.said) || fictional.MatchString(s.said) && (instance.MatchString(s.said) || p.explainer() || p.teaches())
	return supposed && len(namesIn(s.raw)) == 0 && !forged.MatchString(s.said) && !saysOurs(s.words, s.tongue) && !ofNow(s.words, s.tongue) && !p.personNear(s.field, s.from, s.to, 0) && !onTheSly.MatchString(s.said)
}

// longAgoYears is after how many years nothing of what is told of somebody is a matter of those who are there; of what names
// nobody on a page about the past it is so after fewer.
const (
	longAgoYears = 50
	historyYears = 25
)

var (
	// a year as it dates what happens: not one of many figures, and not since when it is so
	datedYear   = regexp.MustCompile(`(?:^|\b(?:en|in|l an|annee|ete|hiver|printemps|automne|fin|debut|summer|winter|spring|autumn|year|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december) )(?:the )?(1[6-9][0-9]{2}|20[0-9]{2})\b`)
	leadingYear = regexp.MustCompile(`^(?:des |vers |avant |apres |back )?(?:en|in|l an|a l ete|a l automne|(?:the )?(?:summer|winter|spring|autumn) of) (?:[a-z]+ )?1[6-9][0-9]{2}\b`)
	ownYear     = regexp.MustCompile(`\b(?:nee?s?|born|entree?s?|arrivee?s?|embauchee?s?|recrutee?s?|engagee?s?|installee?s?|joined|hired|arrived|started|came)(?: [a-z]+){0,3} (?:en|in) (?:[a-z]+ )?(?:1[0-9]{3}|20[0-9]{2})\b`)
	somehowYear = regexp.MustCompile(`\b(1[0-9]{3}|20[0-9]{2})\b`)
	yearOf      = regexp.MustCompile(`\b(?:greves?|guerre|crues?|incendie|fusion|revolution|inondations?|tempete|crise|traite|seisme|gel|canicule|eruption|exposition universelle|hiver|ete|printemps|automne|strikes?|war|floods?|fire|merger|storm|crisis|treaty|earthquake|frost|heatwave|winter|summer|spring|autumn) (?:de|of) (?:1[6-9][0-9]{2}|20[0-9]{2})\b(?: ([a-z]+))?`)
	units       = setOf("euros euro eur kg km m metres metre tonnes tonne litres personnes salaries pieces postes emplois pounds dollars people units jobs staff tons metres meters miles hours heures places habitants pages")
	sinceYear   = regexp.MustCompile(`\b(?:depuis|since|from) (?:(?:le |la |l |the )?[a-z]+ )?(?:1[0-9]{3}|20[0-9]{2})\b`)
	oldAge      = regexp.MustCompile(`\b(?:(?:xi{0,3}v?|x?i?v|xvi{0,3}|xix|x)e siecle|(?:1[0-9]th|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth) century|moyen age|middle ages|antiquite|(?:il y a|voici|voila) (?:un siecle|deux siecles|cent ans|deux cents ans)|(?:a|two) (?:hundred years|centur(?:y|ies)) ago|belle epoque|victorian)\b`)
	pastTitle   = regexp.MustCompile(`\b(?:il y a (?:[a-z]+ |[0-9]+ )(?:ans|siecles?)|(?:[a-z]+|[0-9]+) (?:years|centuries) ago|l histoire d|histoire d|history of|the story of|la petite histoire|retour sur|dans les archives|from the archives|autrefois|jadis)\b`)
)

// timeOf tells whether a sentence is dated by itself: 1 of long ago, -1 of a time since, 0 of none.
func timeOf(said string, words []string, tongue, oldest int) int {
	years := somehowYear.FindAllString(said, 8)
	old := oldAge.MatchString(said)
	for _, y := range years {
		if number(y) > oldest {
			return -1
		}
	}
	old = old || datedYear.MatchString(said)
	if m := yearOf.FindStringSubmatch(said); m != nil && !units[m[1]] { // "la grève de 1936"
		old = true
	}
	switch {
	case sinceYear.MatchString(said) || ownYear.MatchString(said) || pointsAtNow(words, tongue, old):
		return -1
	case old:
		return 1
	}
	return 0
}

// longAgo tells whether a sentence is of a time long past: by a year of its own, or by that of a sentence before it in its
// paragraph, until another time is told; a name takes the time of where it was told first.
func (p *page) longAgo(s *sentenceRead, margin float64) bool {
	title := p.titleWords()
	years, titleOld := longAgoYears, timeOf(title, splitWords(title), p.tongue(title), p.day.Year()-longAgoYears) > 0
	named := p.personNear(s.field, s.from, s.to, 0)
	if !named && !namesSomebody(s.raw) && (titleOld || pastTitle.MatchString(title)) {
		years, titleOld = historyYears, true
	}
	oldest := p.day.Year() - years
	switch timeOf(s.said, s.words, s.tongue, oldest) {
	case 1:
		if onTheSly.MatchString(s.said) || saysOurs(s.words, s.tongue) || presentVerb[s.tongue].MatchString(s.said) && !leadingYear.MatchString(s.said) {
			return false
		}
		return !named || datedYear.MatchString(s.said) || oldAge.MatchString(s.said) // "of 1936" may be beside somebody of now
	case -1:
		return false
	}
	if p.teller().AreaOf(s.raw) == told.Access || saysOurs(s.words, s.tongue) || onTheSly.MatchString(s.said) || digitIn(s.raw) {
		return false
	}
	if speaker.MatchString(s.said) {
		return false
	}
	line := strings.LastIndexByte(s.f.raw[:s.from], '\n') + 1
	known := namesIn(s.raw)
	goesOn := (goesOnThen.MatchString(s.said) && !oneOfThem.MatchString(s.said) || margin < faintPast) && !presentVerb[s.tongue].MatchString(s.said)
	if same := p.lastTime(s.f.raw[line:s.from], oldest); same != 0 {
		return same > 0 && (!named && len(known) == 0 && goesOn || len(known) > 0 && allIn(known, s.f.raw[line:s.from]))
	}
	if titleOld && goesOn && !named && !namesSomebody(s.raw) && p.lastTime(s.f.raw[:s.from], oldest) > 0 {
		return true
	}
	// the first sentence of a paragraph: of those of whom an old one spoke
	return len(known) > 0 && p.lastDated(s.f.raw[:line], oldest) > 0 && allIn(known, p.oldSentences(s.f.raw[:line], oldest))
}

var (
	// who speaks or is spoken to is there
	speaker = regexp.MustCompile(`\b(?:je|j|me|moi|tu|te|toi|vous|votre|vos|nous|i|my|me|you|your|yours|we|us|our)\b`)
	// how a story goes on, and a word for one of those in it, who may be another
	goesOnThen = regexp.MustCompile(`\b(?:ils|elles|alors|puis|ensuite|plus tard|le lendemain|suivante?|raconte|a l epoque|cette annee la|they|their|them|then|later|that (?:year|day|night)|the (?:next|following))\b`)
	oneOfThem  = regexp.MustCompile(`\b(?:il|elle|lui|son|sa|ses|he|she|his|her|him|hers)\b`)
)

// tail is the last n bytes of a text, from a character on.
func tail(text string, n int) string {
	if len(text) <= n {
		return text
	}
	text = text[len(text)-n:]
	for i := 0; i < utf8.UTFMax && i < len(text); i++ {
		if utf8.RuneStart(text[i]) {
			return text[i:]
		}
	}
	return text
}

func digitIn(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// lastTime is the time of the last sentence of a text that has one.
func (p *page) lastTime(text string, oldest int) (when int) {
	told.Sentences(tail(text, 1<<14), func(from, to int) bool {
		words := splitWords(foldString(text[from:to]))
		if t := timeOf(strings.Join(words, " "), words, p.tongue(strings.Join(words, " ")), oldest); t != 0 {
			when = t
		}
		return true
	})
	return when
}

// lastDated is the time of the last sentence of a text that has a year.
func (p *page) lastDated(text string, oldest int) (when int) {
	told.Sentences(tail(text, 1<<14), func(from, to int) bool {
		words := splitWords(foldString(text[from:to]))
		said := strings.Join(words, " ")
		if t := timeOf(said, words, p.tongue(said), oldest); t > 0 || t < 0 && somehowYear.MatchString(said) {
			when = t
		}
		return true
	})
	return when
}

// oldSentences are those of a text that are dated long ago.
func (p *page) oldSentences(text string, oldest int) string {
	var all strings.Builder
	told.Sentences(tail(text, 1<<14), func(from, to int) bool {
		words := splitWords(foldString(text[from:to]))
		said := strings.Join(words, " ")
		if timeOf(said, words, p.tongue(said), oldest) > 0 {
			all.WriteString(text[from:to] + "\n")
		}
		return true
	})
	return all.String()
}

// namesIn are the words of a sentence that are written as names: with a capital, and not its first, unless that is a genitive
// or no word of every day.
func namesIn(raw string) (names []string) {
	for i, w := range strings.FieldsFunc(raw, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' }) {
		stem, genitive := w, false
		for _, end := range []string{"'s", "’s"} {
			if cut, ok := strings.CutSuffix(w, end); ok {
				stem, genitive = cut, true
			}
		}
		for _, lead := range []string{"l'", "d'", "l’", "d’", "qu'", "qu’", "L'", "D'", "L’", "D’"} {
			stem = strings.TrimPrefix(stem, lead)
		}
		r, n := utf8.DecodeRuneInString(stem)
		if unicode.IsUpper(r) && n < len(stem) && (i > 0 || genitive || givenNames[foldString(stem)]) {
			names = append(names, stem)
		}
	}
	return names
}

// namesSomebody tells whether a given name stands in a sentence, and not as that of a town.
func namesSomebody(raw string) bool {
	return slices.ContainsFunc(namesIn(raw), func(n string) bool { return givenNames[foldString(n)] && !atTown(raw, strings.Index(raw, n), n) })
}

// townNames are given names that are towns and countries too.
var townNames = setOf("florence nancy valence vienne lourdes angers lorraine sydney adelaide victoria charlotte austin dallas houston madison jackson lincoln chester georgia virginia carolina alexandria savannah paris chelsea kent devon milan")

// atTown tells whether a name that begins at a place of a text is that of a town: one by a word that says where.
func atTown(raw string, at int, name string) bool {
	before := foldString(tail(raw[:at], 8))
	return townNames[foldString(name)] && slices.ContainsFunc([]string{" a ", " tout ", " in ", " all ", " near ", " de "}, func(w string) bool { return strings.HasSuffix(before, w) })
}

// allIn tells whether all names stand in a text.
func allIn(names []string, text string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !strings.Contains(text, n) })
}

// A tale says what it is, at its head.
var (
	taleHead = regexp.MustCompile(`\b(?:contes?|fables?|histoires? (?:du soir|inventees?|pour (?:enfants|s endormir|les petits))|histoire vraie ou fausse|il etait une fois|once upon a time|fairy ?tales?|bedtime stor(?:y|ies)|tall tale|a tale|tale of|a (?:short )?story|short stor(?:y|ies)|ghost stor(?:y|ies)|poemes?|poems?|de la fiction|une fiction|a fiction|work of fiction|nouvelle litteraire)\b`)
	notATale = regexp.MustCompile(`\b(?:contes? de faits|customer stor|success stor|user stor|brand stor|storytell|chambre des contes|no tale|conte rendu)`)
	// how a tale goes on, and what is no part of it: it is or has, not was or had
	taleVerb = [...]*regexp.Regexp{
		regexp.MustCompile(`\b(?:[a-z]{3,}(?:erent|irent|urent|inrent)|fut|eut|fit|vint|prit|mit|crut|voulut|courut|assit|rendit|repondit|sortit|partit|entendit|descendit|sourit|ouvrit|perdit|[a-z]{2,}(?:[b-df-hj-np-rtvxz]a|ssa|lla|gea))\b`),
		regexp.MustCompile(`^(?:and |but |so |then )?(?:he|she|they|it|the [a-z]+) (?:[a-z]+ed|was|were|had|sat|took|said|went|came|ran|found|saw|fell|stood|made|told|knew|gave|kept|left|heard|thought|flew|rose|lay|slept|woke|put|cut)\b`),
	}
	presentVerb = [...]*regexp.Regexp{
		regexp.MustCompile(`\b(?:est|sont|ai|as|a|ont|va|vont|fait|font|suis|sommes|avons|peut|peuvent|doit|doivent|vend|vendent|paie|paient|dort|boit|ferme|ferment|touche|touchent|sait|savent|veut|veulent|sent|prepare|preparent|supprime|suppriment|negocie|negocient|licencie|ignore|ignorent|obtient|obtiennent|quitte|suit|pioche|attend|attendent|menace|promet|compte|comptent|reste|restent)\b`),
		regexp.MustCompile(`\b(?:is|are|am|has|have|can|must|does|do|pays|sells|sleeps|drinks|knows|says|goes|gets|keeps|isn|aren|hasn|(?:it|he|she|that|there|who|what|they) (?:s|re|ve))\b`),
	}
)

const headOfTale = 160

// tale tells whether the page says that it tells a tale.
func (p *page) tale() bool {
	if p.body < 0 || p.title < 0 {
		return false
	}
	head := p.fields[p.title].low + "\n" + cut(p.fields[p.body].low, headOfTale)
	head = strings.Join(splitWords(head), " ")
	return taleHead.MatchString(head) && !notATale.MatchString(head)
}

func (p *page) ofTale(s *sentenceRead) bool {
	return p.tale() && taleVerb[s.tongue].MatchString(s.said) && !speaker.MatchString(s.said) && !onTheSly.MatchString(s.said) && !p.personNear(s.field, s.from, s.to, 0) && !saysOurs(s.words, s.tongue) && !ofNow(s.words, s.tongue) && !digitIn(s.raw) &&
		!presentVerb[s.tongue].MatchString(s.said) && !sumForm.MatchString(s.low)
}

// Advice tells anybody what to do.
var (
	adviceFR = regexp.MustCompile(`^(?:(?:ne|n) (?:[a-z]+ ){0,2}?[a-z]{2,}ez\b|(?:ne|n) (?:pas|jamais|rien|plus) [a-z]+(?:er|ir|oir|re)\b|(?:toujours |jamais |bien |surtout )?[a-z]{3,}(?:er|ir|oir|dre|tre|ire)\b|[a-z]{3,}ez\b|on (?:ne |n |se |s |le |la |l |les |y |en |lui |leur )?[a-z]{2,}(?:e|t|d|s)\b)`)
	onHas    = regexp.MustCompile(`\bon (?:[a-z]{1,4} )?(?:a|avait|ont|va|doit|peut|sait|est|veut|vend|paie|verse|ferme|licencie|perd|donne)\b|\bqu on\b`)
	noAdvice = setOf("chez assez nez rez hier dernier premier janvier fevrier atelier papier metier chantier fermier dossier quartier soir noir voir avoir pouvoir devoir espoir couloir livre centre autre notre votre titre lettre semestre trimestre theatre ministre registre ordre cadre cher loisir plaisir avenir entre contre outre pour etre")
	adviceEN = regexp.MustCompile(`^(?:please |first |then |next |now |finally |always |just )?(?:do not|don t|never|avoid|add|adjust|aim|allow|apply|arrange|ask|attach|bake|beat|begin|boil|book|break|breathe|bring|brush|build|butter|carry|change|check|choose|clean|clear|click|close|collect|combine|cook|cool|count|cover|cut|decide|dig|dip|divide|drain|draw|drink|drop|dry|eat|empty|fill|find|fit|fix|fold|follow|freeze|fry|gather|get|give|go|grate|hang|heat|hold|keep|knead|label|lay|learn|leave|let|lift|light|list|listen|look|make|mark|measure|melt|mix|move|note|open|order|pack|paint|peel|pick|place|plan|plant|pour|practise|practice|prepare|press|pull|push|put|read|remove|repeat|replace|rest|rinse|roll|rub|run|save|season|select|send|serve|set|shake|share|shut|sit|slice|soak|sort|spend|split|spread|sprinkle|stand|start|stay|stir|stop|store|stretch|take|taste|test|throw|tidy|tie|try|turn|type|use|wait|walk|warm|wash|watch|water|wear|weigh|whisk|wipe|wrap|write)\b`)
	forbids  = regexp.MustCompile(`^(?:ne|n|do not|don t|never|avoid|eviter|evitez|jamais) `)
	itsLabel = regexp.MustCompile(`^[\pL'’ -]{2,40} ?: `)
)

// advises tells whether a sentence, in words parted by single spaces, tells anybody what to do.
func advises(said string, tongue int) bool {
	if tongue == 1 {
		return adviceEN.MatchString(said)
	}
	first, _, _ := strings.Cut(said, " ")
	return !noAdvice[first] && !onHas.MatchString(said) && adviceFR.MatchString(said)
}

// fewestSteps is how many sentences of advice a page has at least that instructs, and stepsOf one in how many they are.
const (
	fewestSteps = 4
	stepsOf     = 3
)

// instructs tells whether the page is advice as a whole: by its title, or as much of what it says is. It is found once.
func (p *page) instructs() bool {
	if p.teach == 0 {
		p.teach = int8(2*one(p.instructing()) - 1)
	}
	return p.teach > 0
}

func (p *page) instructing() bool {
	if p.explainer() || p.teaches() || p.teachesHow() {
		return true
	}
	if p.body < 0 {
		return false
	}
	steps, all := 0, 0
	raw := cut(p.fields[p.body].raw, 1<<14)
	told.Sentences(raw, func(from, to int) bool {
		words := splitWords(foldString(raw[from:to]))
		if len(words) > 1 {
			all++
			if said := strings.Join(words, " "); advises(said, p.tongue(said)) && !strings.HasPrefix(said, "on ") {
				steps++
			}
		}
		return true
	})
	return steps >= fewestSteps && steps*stepsOf >= all
}

// advice tells whether a sentence of a page that instructs tells anybody what to do, and nothing of a place or a person.
func (p *page) advice(s *sentenceRead, margin float64) bool {
	if onTheSly.MatchString(s.said) || saysAloud.MatchString(s.said) || !p.general(s.field, s.from, s.to) || digitIn(s.raw) || namesSomebody(s.raw) || ofNow(s.words, s.tongue) || oneOfThem.MatchString(strings.ReplaceAll(s.said, "s il ", "")) {
		return false
	}
	said := s.said
	if m := itsLabel.FindStringIndex(s.raw); m != nil {
		said = strings.Join(splitWords(foldString(s.raw[m[1]:])), " ")
	}
	if !advises(said, s.tongue) {
		return margin < faintAmong && len(s.words) <= mostAmong && !strings.ContainsAny(s.raw, "'’") && !wayIn.MatchString(said) && p.instructs()
	}
	return (!wayIn.MatchString(said) || forbids.MatchString(said)) && (p.explainer() || p.teaches() || p.teachesHow() || margin < faintStep && p.instructs())
}

// datedLongAgo tells whether the line of a hit says by itself that it is of a time long past.
func (p *page) datedLongAgo(f *field, h *hit) bool {
	a, b := f.span(int(h.start), int(h.end))
	from, to := aroundRaw(f.raw, a, b)
	words := splitWords(foldString(f.raw[from:to]))
	said := strings.Join(words, " ")
	return timeOf(said, words, p.tongue(said), p.day.Year()-longAgoYears) > 0
}

// ofThePast tells whether the title says that the page is of a time long past, and no sentence of it has a year since.
func (p *page) ofThePast() bool {
	title := p.titleWords()
	oldest := p.day.Year() - longAgoYears
	if p.body < 0 || timeOf(title, splitWords(title), p.tongue(title), oldest) <= 0 {
		return false
	}
	for _, y := range somehowYear.FindAllString(cut(p.fields[p.body].low, 1<<14), 64) {
		if number(y) > oldest {
			return false
		}
	}
	return true
}

// namesNobody tells whether no person stands in the title or the text, if only by a given name.
func (p *page) namesNobody() bool {
	if len(p.people) > 0 {
		return false
	}
	nobody := true
	p.each(listGiven, func(f *field, h *hit) bool {
		if f.said() || f.spot == inTitle || f.spot == inH1 {
			a, _ := f.span(int(h.start), int(h.end))
			r, _ := utf8.DecodeRuneInString(f.raw[a:])
			nobody = !unicode.IsUpper(r) || atTown(f.raw, a, f.low[h.start:h.end])
		}
		return nobody
	})
	return nobody
}

// forAll is how anybody is let in.
var forAll = regexp.MustCompile(`\b(?:entree (?:est )?(?:libre|gratuite)|ouvert(?:e|es|s)? a (?:tous|toutes|tout le monde)|ouvert(?:e|es|s)? au public|tout public|free (?:entry|admission|entrance)|open to (?:all|everyone|everybody|the public)|all welcome|everyone is welcome)\b`)

// openToAll tells whether a text invites anybody.
func (p *page) openToAll() bool {
	return p.body >= 0 && forAll.MatchString(strings.Join(splitWords(cut(p.fields[p.body].low, 1<<14)), " "))
}

// namesAFirm tells whether a text speaks of a customer or has any name in it.
func (p *page) namesAFirm() bool {
	if p.body < 0 || p.has(listCustomer) {
		return true
	}
	named := false
	raw := cut(p.fields[p.body].raw, 1<<14)
	told.Sentences(raw, func(from, to int) bool {
		named = len(namesIn(raw[from:to])) > 0
		return !named
	})
	return named
}
