package classify

import (
	"regexp"
	"strings"
)

// Credentials as people say them in a sentence or note them beside a name, without the word "password".

var (
	signIn = mustAtWord(`\b(?:connect(?:ez|er|e|es|ed)?|connexion|log(?:ged|ging|s)?[ -]?(?:in|on)|login|sign(?:ed|ing)?[ -]?in|identifiez|branche[rz]?)\b[^\n;!?]{0,40}?\b(?:avec|with|using|sous|as|via|under) (?:(?:le|la|the|compte|account|user|login|identifiant) ){0,3}` +
		`([^\s,;/|]{2,48})(?:,? (?:et|and|puis|then|avec|with) |\s?[/|&+:]\s?)(?:le |the )?(?:mot de passe |mdp |password )?["'(]?\s?([^\s|]{6,64})`)
	// after the name of a mailbox: alice@host with Word
	mailPair = regexp.MustCompile(`^["')>]?(?:,? (?:et|and|puis|then|avec|with) |\s{0,2}[/|\t]\s{0,2})(?:le |the )?(?:mot de passe |mdp |password )?["'(]?\s?([^\s|]{6,64})`)
	keySaid  = mustAtWord(`\b(?:(?:cle|code|key|mot|word)s?(?: (?:secrete?|magique|magic)){0,1} ?(?:,? ?c'est|est|is|reste|remains)|(?:cle|code|key) (?:d'acces|d'activation|(?:du |de la |of the |)(?:reseau|wi-?fi|wpa2?|network|stand|compte))\s{0,2}(?:[:=]|est|is|c'est)|(?:access|network|activation) (?:code|key)\s{0,2}(?:[:=]|is))` +
		`(?: (?:toujours|encore|desormais|maintenant|now|still|always|currently))?\s{0,2}["'(]?\s?([^\s]{6,64})`)
	typed = mustAtWord(`\b(?:tape[rz]?|saisi(?:r|ssez|t)|key in|type in)\b(?: (?:le|la|the|mot de passe|code|password)){0,2} ["'(]?\s?([^\s]{6,64})`)
	// guest / Word, Wi-Fi: network / Word
	pairSaid = mustAtWord(`\b(?:(?:guests?|invitee?s?|visiteurs?|visitors?|demo|stagiaires?|ssid|wi-?fi)\b[^\n/|]{0,40}?|(?:reseau|network)(?: wi-?fi)?(?: ?:)? [^\s/|]{2,32})\s{0,2}[/|\t]\s{0,2}(?:(?:mot de passe|password|cle|key)\s?:? )?([^\s/|]{6,64})`)
	command  = mustAtWord(`\b(?:sshpass\b[^\n|]{0,20}?-p ?|mysql[a-z]{0,8} (?:[^\n|]{0,80}? )?-p|net use\b[^\n|]{0,100}?/user:[^\s]{1,60} )["']?([^\s"'|]{4,64})`)
	bareKey  = regexp.MustCompile(`(?i)(?:^|[^a-z0-9])(?:secret(?:[ _-]access)?[ _-]key|access[ _-]key|api[ _-]?(?:key|token)|client[ _-]secret|cl(?:e|é)s?(?: d['’ ]| )?(?:api|secr(?:e|è)te)|jeton(?: d['’ ]acc(?:e|è)s)?|(?:bearer|access|auth)[ _-]token)\s{1,3}(?:is |est )?["'«]?\s?$`)
	doorCode = mustAtWord(`\b(?:avec|with|using|tape[rz]?|compose[rz]?|saisi(?:r|ssez)|faire|faites|dial|type|enter|key in|tapant|composant|saisissant|entre[rz]|press|punch in|typing|entering|code|codes|pin|chiffres|digits|combinaison|combination|regle[es]{0,2} sur|set to)\b(?: (?:for|of|du|de la|de l'|des) (?:the )?[a-z'-]{2,20}(?: [a-z'-]{2,20}){0,2}?)?(?: (?:le|la|the|un|a|code|pin|c'est|est|is|are|sont|reste|actuel|numero|number)){0,3}[ :=]{1,3}` +
		`(` + oneByOne + `|[0-9]{4,8}[a-z*#]?|[a-z][0-9]{4,6}|[0-9]{2}[a-z][0-9]{2,4}|[0-9]{2}(?: [0-9]{2}){2,3})`)
	afterCode = regexp.MustCompile(`^(?:\s?$|\s?[.,;:)!?"](?:[^0-9]|$)|\n| - | ?[#*]| (?:etoile|diese|star|hash|puis|et|pour|sur|on|then|and|at|to|dans|in|for|a|au|aux|ou|or|la|le|the)\b)`)
	machine   = newSeeker([]string{"erreur", "error", "defaut", "fault", "panne", "affich", "display", "version", "norme", "standard", "article"})
	// a product with its number, a room or a reference, which people write like a password
	product = regexp.MustCompile(`(?i)^(?:windows|office|microsoft|exchange|outlook|android|sharepoint|bluetooth|python|iphone|galaxy|covid|ipv|html|usb|wpa|iso|sage|autocad|solidworks|excel|word|powerpoint|chrome|firefox|safari|edge|ubuntu|debian|linux|mac ?os|ipad|ios|node|teams|zoom|photoshop|surface|thinkpad|ctrl|alt|shift|maj|(?:salle|room|bureau|batiment|building|hall|atelier|place|poste|srv|server|serveur|lot|ref|art|version|page|fiche|form)[-_.])[-_+ ]?\d*|\.(?:pdf|docx?|xlsx?|pptx?|html?|aspx|php|zip|exe|msi|jpe?g|png)$`)
)

// saidSecrets finds them at the landmarks of a text.
func saidSecrets(f *folded, marks []stretch, add func(rule string, start, end int)) {
	secret := func(from, to int) {
		if from, to = trimmedWord(f.low, from, to); to > from {
			if a, b := f.span(from, to); saidWord(f.raw[a:b]) {
				add("secret/password", a, b)
			}
		}
	}
	for _, at := range marks {
		near := f.low[at.from:min(len(f.low), at.from+200)]
		switch at.of {
		case aDevice, aHouse, aDoor: // the code may stand before the word that is known, or be in words
		case aSaying, aLogin, aCurl:
			if !hasDigit(near) {
				continue
			}
		default:
			continue
		}
		if (at.of == aSaying || at.of == aLogin) && !holdsMixed(near) {
			continue
		}
		switch at.of {
		case aSaying:
			for _, form := range []*atWord{signIn, keySaid, typed} {
				if m := form.FindStringSubmatchIndex(near); m != nil {
					secret(at.from+m[len(m)-2], at.from+m[len(m)-1])
				}
			}
		case aLogin:
			if m := pairSaid.FindStringSubmatchIndex(near); m != nil {
				secret(at.from+m[2], at.from+m[3])
			}
		case aCurl:
			if m := command.FindStringSubmatchIndex(near); m != nil {
				a, b := f.span(at.from+m[2], at.from+m[3])
				if s := f.raw[a:b]; !placeholder(s) && !variable(s) {
					add("secret/password", a, b)
				}
			}
		case aDoor:
			doorCodes(f, at.word, add)
			spelledCodes(f, at.word, add)
		case aDevice:
			machineCodes(f, at.word, add)
			spelledCodes(f, at.word, add)
		case aHouse:
			houseCodes(f, at.word, add)
		}
	}
}

// holdsMixed tells whether there is what a made-up word has at least: six characters without a blank, a letter and a
// figure among them.
func holdsMixed(low string) bool {
	from, letter, digit := 0, false, false
	for i := 0; i <= len(low); i++ {
		if i < len(low) && low[i] > ' ' {
			letter = letter || isLetter(low[i])
			digit = digit || isDigit(low[i])
			continue
		}
		if letter && digit && i-from >= 6 {
			return true
		}
		from, letter, digit = i+1, false, false
	}
	return false
}

// doorCodes finds the codes in the sentence of a door, an alarm or a lock around a place.
func doorCodes(f *folded, place int, add func(rule string, start, end int)) {
	from, to := place, min(place+140, len(f.low))
	for k := from; k < to; k++ {
		if stopsAt(f.low, k) {
			to = k
		}
	}
	for from > max(0, place-80) && !stopsAt(f.low, from-1) {
		from--
	}
	sentence := f.low[from:to]
	if digitsUpTo(sentence, 4) < 4 || machine.in(sentence) {
		return
	}
	for _, form := range []*regexp.Regexp{dashedCode, paddedCode} {
		if m := form.FindStringSubmatchIndex(sentence); m != nil && !shownCodes[sentence[m[2]:m[3]]] {
			a, b := f.span(from+m[2], from+m[3])
			add("secret/access-code", a, b)
		}
	}
	for _, m := range doorCode.FindAllStringSubmatchIndex(sentence, 4) {
		code := sentence[m[2]:m[3]]
		if bareYear.MatchString(code) || m[3] < len(sentence) && !afterCode.MatchString(sentence[m[3]:]) {
			continue
		}
		a, b := f.span(from+m[2], from+m[3])
		add("secret/access-code", a, b)
	}
}

// stopsAt tells whether a sentence or a line ends at low[i], if only after a number.
func stopsAt(low string, i int) bool {
	switch low[i] {
	case '\n', '!', '?', ';':
		return true
	}
	return low[i] == '.' && (i+1 == len(low) || low[i+1] == ' ' || low[i+1] == '\n')
}

// trimmedWord leaves out the signs around a word of folded text.
func trimmedWord(low string, from, to int) (int, int) {
	for from < to && strings.IndexByte(`"'(<[`+"`", low[from]) >= 0 {
		from++
	}
	for to > from && strings.IndexByte(`"'),.;:>]?`+"`", low[to-1]) >= 0 {
		to--
	}
	return from, to
}

// saidWord tells whether a word in a sentence that tells how to sign in is made up for it: a strong word with two digits in
// a row or a sign, and no product, file, key of the keyboard or number of a part in capitals.
func saidWord(s string) bool {
	if !strongWord(s) || product.MatchString(s) || digitsIn(s) > 8 || strings.Contains(s, "/") {
		return false
	}
	if strings.ContainsAny(s, "!#$%&*@^~") {
		return true
	}
	for i := 1; i < len(s); i++ {
		if isDigit(s[i]) && isDigit(s[i-1]) {
			return true
		}
	}
	return false
}
