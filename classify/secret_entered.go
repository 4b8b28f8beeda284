package classify

import (
	"regexp"
	"strings"
)

// Credentials given as an instruction: "entrer comme admin avec …", "when it asks, … does the trick". What gives them away is
// a word that no language has, where a sentence says what to enter.

var (
	signVerb = `(?:(?:se |s'|vous |-vous |on |nous )?(?:connect(?:er?|ez|ant)|logg?u?(?:er|ez|e)|identifi(?:er?|ez)|authentifi(?:er?|ez)|entre[rz])|ouvr(?:ir|ez|e) (?:la|une|sa|votre) session|session|enter(?:ing)?|log(?:ging|ged)?[ -]?(?:in|on)|sign(?:ing|ed)?[ -]?in|get in|hop on|connecting|user|utilisateur|identifiant|login|compte|account)`
	// right before the word: a user and "with", the next line of a form, what a screen asks for
	userWith = regexp.MustCompile(`\b` + signVerb + `\b[^\n;!?]{0,50}?\b(?:comme|as|sous|avec|with|user|login|utilisateur|identifiant|compte|account) (?:(?:le|la|l'|the|un|une|an?|compte|account|user|login|identifiant|utilisateur|nom) ?){0,3}["'(]?[^\s,;/|]{2,48}["')]?` +
		`(?:,? (?:avec|with|et|and|puis|then|plus|et puis|et ensuite|and then|ensuite) |\s?[/+&:]\s?|, )(?:(?:le|la|the|mot|mdp|code|cle|word|key|password|comme|as|de passe|c'est|is|:) ?){0,4}["'(]?\s?$`)
	nextField = regexp.MustCompile(`(?:[^\s@]{1,60}@[^\s@]{3,80}|\b(?:identifiant|login|user|utilisateur|compte|account|nom|name)\b)[^\n;!?]{0,40}?\b(?:ligne (?:suivante|du dessous|d'apres|en dessous)|(?:case|champ|zone|boite) (?:suivante?|du dessous|d'apres|d'a cote|en dessous)|(?:deuxieme|seconde?) (?:ligne|case|champ|zone)|en dessous|(?:juste )?dessous|puis|ensuite|below|underneath|(?:next|second|lower|other) (?:line|box|field|one)|then|after that)[ ,:]{1,3}["'(]?\s?$`)
	wordIs    = regexp.MustCompile(`\b(?:mot|sesame|cle|code|secret|word|key|reponse|answer)\b(?: (?:secret|magique|magic|a mettre|a taper|a donner|qui va avec|d'entree|to use|to type|to give|that goes with it)){0,1} ?(?:,? ?c'est|est|is|:|=)(?: (?:toujours|encore|desormais|maintenant|simplement|juste|now|still|always|just|simply|currently)){0,1}\s{0,2}["'(]?\s?$`)
	askedFor  = regexp.MustCompile(`\b(?:demande|reclame|exige|attend|asks?|asked|prompts?|prompted|wants?|requests?)\b[^\n;!?]{0,60}?(?:,|:|\b(?:c'est|tape[rz]?|entre[rz]|mettez|mettre|repond(?:ez|re|s)|donne[rz]?|dites|it'?s|type|enter|put|answer|give(?: it)?|use|try|say|avec|with)) ?["'(]?\s?$`)
	entered   = regexp.MustCompile(`\b(?:entre[rz]|entrant|saisi(?:r|ssez|ssant)|tapant|mett(?:re|ez)|enter(?:ing)?|typing|key(?:ing)? in|punch(?:ing)? in|deverrouille[rz]? avec|debloque[rz]? avec|unlock(?:s|ed)? with|opens? with|s'ouvre(?:nt)? avec|ouvrir avec)(?: (?:le|la|the|mot|code|cle|word|key|simplement|juste|just)){0,3} ?:?\s?["'(]?\s?$`)
	// right after it
	doesIt          = regexp.MustCompile(`^["')]{0,2} ?(?:,? (?:et|and) )?(?:does (?:the trick|it|the job)|will (?:do|get you in|let you in|work|open)|gets? (?:you|them|us|him|her|anyone) (?:in|on|connected|through)|lets? (?:you|them|us|anyone) (?:in|on|through)|opens (?:it|the|up|everything)|unlocks|works(?: too| as well| everywhere|[.,]|$)|fait l'affaire|fera l'affaire|suffit|suffira|ouvre (?:tout|la|le|l'|les)|debloque|deverrouille|marche (?:aussi|partout|toujours|encore)|passe (?:partout|toujours)|donne acces|gives access|(?:et|and) (?:hop|voila|c'est (?:bon|parti|ouvert|regle)|le tour est joue|you'?re (?:in|on|connected)|on est (?:connecte|dedans)|vous y etes|ca (?:marche|passe|s'ouvre)|it opens|off you go))`)
	lastOfNextField = setOf("suivant suivante dessous apres cote ligne case champ zone puis ensuite below underneath line box field one then that")
	// what stands in userWith between who signs in and with what
	beforeUserWith = newSeeker([]string{"comme ", "as ", "sous ", "avec ", "with ", "user ", "login ", "utilisateur ", "identifiant ", "compte ", "account "})
	// what stands in userWith and nextField, beside onWhat and signsInTo
	mayEnter = newSeeker([]string{"logg", "logu", "loge", "login", "logon", "log in", "log on", "log-in", "log-on", "authentif", "entre", "ouvr", "enter", "sign", "get in", "hop on", "nom", "name"})
	// a word that opens something, and what it is; what to do with it; a user before it
	keyIs     = regexp.MustCompile(`\b(?:mots?|cles?|clefs?|codes?|keys?|words?|pass|pwd|mdp|sesame|secret|password|passe|passphrase|reponse|answer)\b[^,;\n]{0,40}?(?:\b(?:est|is|c'est|reste|remains)\b(?: (?:toujours|encore|maintenant|still|always|now))?| ?[:=]|\b(?:pass|password|passe|mdp|pwd)) ?["'(]?\s?$`)
	putIn     = regexp.MustCompile(`\b(?:mett(?:re|ez|s)|tape[rz]?|entre[rz]|saisi\w*|enter|type|typing|punch in|key in|put in|use|utilise[rz]|wants?|veut|attend|expects?|needs?|demande|avec|with|puis|then)\b(?: (?:le|la|the|mot|code|cle|word|key|just|juste|simplement)){0,2} ?:? ?["'(]?\s?$`)
	afterUser = regexp.MustCompile(`\b(?:login|user|utilisateur|identifiant|compte|account|as|comme|sous|en tant que|use|utilise[rz])\b(?: (?:est|is))?[ :]{1,2}[^\s,;/|]{2,24}(?:,|,? (?:et|and|puis|then|with|avec|/|\+)) ?["'(]?\s?$`)
	// what somebody signs in to
	signsInTo = newSeeker([]string{"connecter", "connectez", "log in", "log on", "login", "logon", "sign in", "ouvrir la session", "ouvrez la session", "session locale", "session windows", "sa session", "votre session", "identifier", "identifiez", "utilisateur", "user", "wifi", "wi-fi", "deverrouill", "unlock", "debloqu",
		"mot de passe", "password", "partage", "shared", "ftp", "nas ", "cms", "vpn", "router", "routeur", "admin", "portal", "prompt", "get into", "get on", "gets you", "get onto", "console"})
	// right before the name of a user
	namesUser = regexp.MustCompile(`\b(?:utilisateurs?|users?|logins?|identifiants?|comptes?|accounts?|username|as|comme|sous|en tant que)\b(?: ?:| is| est)? ?["'(]?$`)
	mailLike  = regexp.MustCompile(`^[a-z]+[.-][a-z]+\d{0,3}$`) // marie.durand12
	ofVersion = regexp.MustCompile(`(?i)(?:^|[-_.])v\d`)

	// what a session is opened on
	onWhat = newSeeker([]string{"reseau", "network", "wifi", "wi-fi", "session", "connect", "connexion", "log in", "log on", "login", "sign in", "identifi", "compte", "account", "utilisateur", "user", "admin", "invite", "guest", "visiteur", "visitor",
		"ordinateur", "computer", "laptop", "poste", "ecran", "screen", "demande", "reclame", "asks", "prompt", "serveur", "server", "intranet", "portail", "portal", "acces", "access", "dossier partage", "shared folder", "coffre", "on tape", "tapez", "type ", "vault", "imprimante", "printer", "logiciel", "software", "plateforme", "platform", "mot", "word", "sesame"})
	// right before a word that is the name of something
	namedThing     = regexp.MustCompile(`\b(?:reseaux?|networks?|ssid|wi-?fi|named|called|appelee?s?|nommee?s?|intitulee?s?|baptisee?s?|fichiers?|files?|dossiers?|folders?|serveurs?|servers?|salles?|rooms?|articles?|items?|produits?|products?|references?|refs?|modeles?|models?|versions?|normes?|standards?|postes?|machines?|groupes?|groups?|canal|channels?|hashtags?|pages?|formulaires?|forms?|projets?|projects?|imprimantes?|printers?|logiciels?|software|commandes?|orders?|colis|parcels?|lots?|batch|places?|bays?|stands?|feuilles?|sheets?|onglets?|tabs?|modules?|plans?|promos?|coupons?|vouchers?|par exemple|for example|e\.g\.|such as|du type|du genre|comme|like|ou|or)(?:,? ?:?)? ?["'(]?\s?$`)
	givenAsExample = newSeeker([]string{"exemple", "example"})
	onlyTaught     = newSeeker([]string{"exemple", "example", "e.g", "par ex", "such as", "du genre", "du type", "bon mot", "bonne", "mauvais", "faible", "weak", "strong", "solide", "robuste", "devine", "guess", "evite", "avoid", "jamais", "never", "imagin", "choisi", "choose", "pick", "invente", "celebre", "famous", "courant", "common", "populaire", "popular", "pire", "worst", "affiche", "displays", "erreur", "error"})
)

const (
	reachOfEntering = 180 // bytes before a word in which its sentence is read
	fewestMadeUp    = 8   // letters and figures of a word that is made up
	mostMadeUp      = 40
	mostEntered     = 20_000 // such words whose sentence is looked at
	longestNamed    = 40     // bytes, more than namedThing can have
)

// enteredWords finds the words with figures at their end or between dashes that a sentence says to enter.
func enteredWords(f *folded, spans []wordSpan, add func(rule string, start, end int)) {
	low, done, looked := f.low, 0, 0
	for i := range spans {
		from, to := int(spans[i].from), int(spans[i].to)
		if from < done || !isDigit(low[to-1]) || isDigit(low[from]) && (from == 0 || low[from-1] <= ' ') {
			continue
		}
		for from > 0 && low[from-1] > ' ' {
			from--
		}
		for to < len(low) && low[to] > ' ' {
			to++
		}
		done = to
		if to-from < fewestMadeUp || to-from > mostMadeUp+8 {
			continue
		}
		from, to = trimmedWord(low, from, to)
		a, b := f.span(from, to)
		word := f.raw[a:b]
		if to <= from || !withFigures(word) {
			continue
		}
		if looked++; looked > mostEntered {
			return
		}
		if saidToEnter(low, from, to, word) && !namesThing(word) {
			add("secret/password", a, b)
		}
	}
}

// saidToEnter tells whether the sentence around low[from:to] says to enter that word; strong words need less to say so.
func saidToEnter(low string, from, to int, word string) bool {
	start := from
	for start > max(0, from-reachOfEntering) && !stopsAt(low, start-1) {
		start--
	}
	before := low[start:from]
	end := to
	for end < min(len(low), to+60) && !stopsAt(low, end) {
		end++
	}
	on := onWhat.in(before)
	signs := signsInTo.in(before) || signsInTo.in(low[to:end])
	if !on && !signs && !mayEnter.in(before) && strings.IndexByte(before, '@') < 0 {
		return false
	}
	if namedThing.MatchString(before[max(0, len(before)-longestNamed):]) || onlyTaught.beginsWord(before) || givenAsExample.beginsWord(low[to:end]) {
		return false
	}
	if on && doesIt.MatchString(low[to:end]) {
		return true
	}
	if beforeUserWith.in(before) && userWith.MatchString(before) || endsInNextField(before) && nextField.MatchString(before) {
		return true
	}
	strong := saidWord(word) || joinedWords(word)
	if signs && !namesUser.MatchString(before) && !mailLike.MatchString(low[from:to]) &&
		(keyIs.MatchString(before) || strong && (putIn.MatchString(before) || afterUser.MatchString(before))) {
		return true
	}
	if on && (wordIs.MatchString(before) || askedFor.MatchString(before)) {
		return true
	}
	return on && strong && entered.MatchString(before)
}

// endsInNextField tells whether a text ends as nextField does, but for quotes and blanks.
func endsInNextField(before string) bool {
	said := strings.TrimRight(before, "\"'( ,:\t\n\f\r")
	from := len(said)
	for from > 0 && isLetter(said[from-1]) {
		from--
	}
	return lastOfNextField[said[from:]]
}

// withFigures tells whether a word may be made up: small letters, and figures, and no name of a site or a file.
func withFigures(s string) bool {
	if len(s) < fewestMadeUp || len(s) > mostMadeUp || strings.ContainsAny(s, `/\<>()[]{}|`) || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return false
	}
	small, run, digits, parts, signs := 0, 0, 0, 1, 0
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c):
			digits++
		case c >= 'a' && c <= 'z':
			small++
			run = max(run, 1)
		case c == '-' || c == '_' || c == '.':
			parts++
		case strings.IndexByte("!#$%&*?+@^~=", c) >= 0:
			signs++
		}
	}
	if small < 3 || digits == 0 || digits > 8 {
		return false
	}
	if dot := strings.LastIndexByte(s, '.'); dot > 0 && letters(strings.ToLower(s[dot+1:])) { // a site, a file
		return false
	}
	if parts == 2 && signs == 0 && oneNumber.MatchString(s) { // Horizon-2030, post-2020, Covid-19
		return false
	}
	return parts > 1 || signs > 0 || digits >= 2
}

// inventedWord tells whether a word with figures is made up.
func inventedWord(s string) bool { return withFigures(s) && !namesThing(s) }

// namesThing tells whether a word with figures is the name of a product, a version or a setting, or stands for a password.
func namesThing(s string) bool {
	return namedValue(s) || placeholder(s) || ofVersion.MatchString(s) || product.MatchString(s) || typeName.MatchString(s)
}

// joinedWords tells whether a made-up word is two or more joined, with capitals or not: ruche-verte-18, HoneyComb18, Ruche_1804.
func joinedWords(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	return len(parts) > 2 || len(parts) == 2 && strings.ContainsRune(s, '_') || strings.ToLower(s[1:]) != s[1:] && strings.ToUpper(s) != s
}

var oneNumber = regexp.MustCompile(`^[\pL]+[-.]\d+$`)
