package classify

import (
	"regexp"
	"strings"
)

// Codes of machines and doors as people tell them: in figures, figure by figure, in words; and a user beside a word.

var (
	// four figures or more, one by one: 4-4-0-9
	oneByOne   = `[0-9](?:[ -][0-9]){3,7}|[0-9](?:, ?[0-9]){3,7}`
	deviceCode = mustAtWord(`\b(?:tape[rz]?|tapant|compose[rz]?|composant|saisi(?:r|ssez|ssant|t)|faire|faites|entre[rz]|entrant|appuye[rz] sur|dial|type|typing|enter|entering|key(?:ing)? in|punch(?:ing)? in|press|code|codes|pin|puk|chiffres?|digits|numbers|combinaison|combination)\b(?: (?:le|la|les|the|un|a|code|pin|numero|number|chiffres|digits|suivants?|following|secret|par defaut|actuel|current|parental|maitre|master|superviseur|supervisor|admin|installateur|installer|technicien|engineer|usine|factory|service|maintenance|de deblocage|de deverrouillage|de service|de maintenance|unlock)){0,3}(?: (?:de la |du |de l'|des |of the |for the )[a-z-]{2,20}(?: [a-z'-]{2,20}){0,3}?)?(?: ?(?:c'est|est|is|are|sont|reste|remains|:|=)(?: (?:toujours|still|always|now))?)? ?["'(]?` +
		`(` + oneByOne + `|[0-9]{4,8}[a-z*#]?|[a-z][0-9]{4,6}|[0-9]{2}[a-z][0-9]{2,4})`)
	// how many figures a machine asks for
	asksFigures = mustAtWord(`\b(?:demande|reclame|exige|attend|veut|asks? for|wants?|needs|expects)\b[^\n.;]{0,24}?\b(quatre|cinq|six|huit|four|five|six|eight|4|5|6|8)[ -](?:chiffres?|digits?|figures?|numbers?)\b`)
	inFigures   = map[string]int{"quatre": 4, "four": 4, "4": 4, "cinq": 5, "five": 5, "5": 5, "six": 6, "6": 6, "huit": 8, "eight": 8, "8": 8}
	// a code that is a year, as something to remember it by, and one before a key of the pad
	yearCode   = mustAtWord(`\b(?:codes?|pin|chiffres|digits|combinaison|combination)\b[^.;\n]{0,40}?\b(?:annee|year|date)\b[^.;\n]{0,40}?[,:(] ?((?:19|20)[0-9]{2})\b`)
	paddedCode = regexp.MustCompile(`\b([0-9]{4,8})(?:,? (?:puis |then |et |and |suivi de |followed by )?(?:la |the )?(?:touche )?(?:etoile|diese|star|hash)\b|#(?:[^0-9]|$))`)
	dashedCode = regexp.MustCompile(`(?:^|[^0-9-])([0-9](?:-[0-9]){3,7})(?:[^0-9-]|$)`)
	// what makes the number for a machine a code and no setting of it
	guards = newSeeker([]string{"code", "pin ", "pin,", "pin.", "puk", "chiffres", "digits", "niveau", "level", "ouvre", "opens", "unlock", "deverr", "debloqu", "acces", "access", "admin", "supervis", "expert", "maintenance", "menu", "mode ", "quitter", "exit", "sortir", "full screen", "plein ecran", "verrou", "lock", "service"})
	// numbers that manuals print
	shownCodes = setOf("0000 1111 1234 12345 123456 1234567 12345678 4321 9999 000000 111111 1-2-3-4 1-2-3-4-5 1-2-3-4-5-6")
	// the letters of a code at the door of a house: 58B12, 4471A
	letterCode = mustAtWord(`\bcode\b(?: (?:c'est|est|is|:))? ?:? ?([0-9]{2}[a-z][0-9]{2,4}|[0-9]{4,5}[a-z]|[a-z][0-9]{4,5})`)

	// before figures in words
	spelledLead = mustAtWord(`\b(?:codes?|pin|combinaison|combination|chiffres|digits|tape[rz]?|faites|faire|compose[rz]?|saisissez|dial|enter|key in|punch in|press)\b(?: (?:le|la|les|the|code|secret|pin|numeros?|numbers?|chiffres|digits|c'est|est|is|are|sont|de la porte|du portail|of the door)){0,4} ?:? ?`)
	numerals    = newSeeker([]string{"zero", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "one", "two", "three", "four", "five", "seven", "eight", "nine"})

	// trainer / Word
	userBefore = regexp.MustCompile(`(?:^|[\n\t:;,(|]|\b(?:avec|with|acces|access|compte|account|login|user|utilisateur|identifiants?|credentials|en tant que|as|comme)(?: ?:)?) ?[-•*]? ?([a-z][a-z0-9._-]{1,24}) ?$`)
	saysAccess = newSeeker([]string{"acces", "access", "login", "log in", "connexion", "connect", "compte", "account", "identifiant", "utilisateur", "user", "admin", "credential", "ssh", "ftp", "essaye", "session", "nas "})
	knownUsers = setOf("root admin administrateur administrator deploy pi user guest test service support formation trainer demo invite visiteur operateur operator maintenance sysadmin webmaster editor redacteur supervisor superviseur postgres mysql backup kiosk scan copieur manager")
)

// machineCodes finds the codes in the sentence of a machine.
func machineCodes(f *folded, place int, add func(rule string, start, end int)) {
	from, to := sentenceAround(f.low, place, 110, 160)
	sentence := f.low[from:to]
	if digitsUpTo(sentence, 4) < 4 || machine.in(sentence) || givenAsExample.beginsWord(sentence) {
		return
	}
	found := func(a, b int) {
		a, b = f.span(from+a, from+b)
		add("secret/access-code", a, b)
	}
	if m := asksFigures.FindStringSubmatchIndex(sentence); m != nil {
		if at := runOfDigits(sentence, m[1], inFigures[sentence[m[2]:m[3]]]); at >= 0 {
			found(at, at+inFigures[sentence[m[2]:m[3]]])
			return
		}
	}
	if m := yearCode.FindStringSubmatchIndex(sentence); m != nil {
		found(m[2], m[3])
	}
	if m := paddedCode.FindStringSubmatchIndex(sentence); m != nil && !shownCodes[sentence[m[2]:m[3]]] {
		found(m[2], m[3])
	}
	for _, m := range deviceCode.FindAllStringSubmatchIndex(sentence, 4) {
		code := sentence[m[2]:m[3]]
		single := strings.ContainsAny(code, " -,")
		switch {
		case m[3] < len(sentence) && !afterCode.MatchString(sentence[m[3]:]), shownCodes[code]:
		case single || !bareYear.MatchString(code) && guards.in(sentence):
			found(m[2], m[3])
		}
	}
}

// houseCodes finds the codes with a letter in the sentence of a house: its yard, its bell, its stairs.
func houseCodes(f *folded, place int, add func(rule string, start, end int)) {
	from, to := sentenceAround(f.low, place, 110, 110)
	if !strings.Contains(f.low[from:to], "code") {
		return
	}
	if m := letterCode.FindStringSubmatchIndex(f.low[from:to]); m != nil && (from+m[3] == len(f.low) || afterCode.MatchString(f.low[from+m[3]:to])) {
		a, b := f.span(from+m[2], from+m[3])
		add("secret/access-code", a, b)
	}
}

// sentenceAround is the sentence or the line around a place, so many bytes before and after it at most.
func sentenceAround(low string, place, before, after int) (from, to int) {
	from, to = place, place
	for from > max(0, place-before) && !stopsAt(low, from-1) {
		from--
	}
	for to < min(len(low), place+after) && !stopsAt(low, to) {
		to++
	}
	return from, to
}

// runOfDigits is where n digits stand in a row, no more, from an offset on; -1 when nowhere.
func runOfDigits(s string, from, n int) int {
	for i := from; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		if end-i == n {
			return i
		}
		i = end
	}
	return -1
}

// spelledCodes finds a code of four figures or more in words, after what announces it.
func spelledCodes(f *folded, place int, add func(rule string, start, end int)) {
	from, to := sentenceAround(f.low, place, 100, 160)
	sentence := f.low[from:to]
	n := 0
	if numerals.each(sentence, func(int, sought) bool { n++; return n < 3 }); n < 3 {
		return
	}
	for _, m := range spelledLead.FindAllStringSubmatchIndex(sentence, 4) {
		if end, n := spelledRun(sentence, m[1]); n >= 4 && n <= 8 {
			a, b := f.span(from+m[1], from+end)
			add("secret/access-code", a, b)
			return
		}
	}
}

// spelledRun reads figures in words from an offset on: where they end and how many there are.
func spelledRun(s string, at int) (end, n int) {
	end = at
	for at < len(s) {
		word := at
		for word < len(s) && isWord(s[word]) {
			word++
		}
		if figure, known := spelledNumbers[s[at:word]]; !known || figure > 9 {
			break
		}
		n++
		end, at = word, word
		for at < len(s) && at-word < 2 && strings.IndexByte(" ,-", s[at]) >= 0 {
			at++
		}
	}
	return end, n
}

// mostPairs is how many slashes are looked at that a long word follows.
const mostPairs = 20_000

// userPairs finds "user / word": on a line of its own, in a cell, or after what says that it gives access.
func userPairs(f *folded, add func(rule string, start, end int)) {
	low := f.low
	for i, n := strings.Index(low, " / "), 0; i >= 0 && n < mostPairs; i = next(low, " / ", i) {
		from := i + len(" / ")
		to := from
		for to < len(low) && low[to] > ' ' {
			to++
		}
		if to-from < 6 || to < len(low) && low[to] == ' ' && !strings.ContainsAny(low[to-1:to], ").,;") {
			continue // a word of a sentence
		}
		n++
		lead := low[max(0, i-60):i]
		m := userBefore.FindStringSubmatchIndex(lead)
		if m == nil {
			continue
		}
		from, to = trimmedWord(low, from, to)
		a, b := f.span(from, to)
		word := f.raw[a:b]
		if to == from || strings.ContainsAny(word, "()[]{}<>") || !saidWord(word) && !mixedCase(word) && !inventedWord(word) {
			continue
		}
		if knownUsers[lead[m[2]:m[3]]] || saysAccess.in(low[max(0, i-120):i]) || saidWord(word) && (strings.ContainsAny(word, "!#$%&*@^~") || strings.Count(word, ".") > 1) {
			add("secret/password", a, b)
		}
	}
}

// mixedCase tells whether a word of letters and figures has a figure among small letters or capitals: Gr3nade_Corail.
func mixedCase(s string) bool {
	return strongWord(s) && !product.MatchString(s) && !strings.Contains(s, "/")
}
