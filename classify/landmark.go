package classify

// stretch is a part of folded text worth a closer look: it begins a little before a landmark.
type stretch struct {
	from int
	word int // where the landmark stands
	of   landmark
}

// landmark is what a word announces.
type landmark uint8

const (
	aPassword landmark = iota
	aCode
	aBirth
	aLogin
	aPaper
	aHeader
	aCurl
	aSaying
	aDoor
	aNumeral
	aBranch
	aSpelled
	aMail
	aVehicle
	aDevice
	aHouse
	aPhrase
	aHead
	kindsOfLandmark = iota
)

var landmarks = newSeeker([][]string{
	aPassword: {"passe", "motdepasse", "mdp", "m.d.p", "passw", "passphrase", "pass phrase", "passcode", "pwd", "pw:", "pw =", "pw=", "pw ", "pass:", "pass :", "pass=", "pass =", "sesame", "mot magique", "mots magiques", "magic word", "phrase de passe", "contrasena", "kennwort", "parola d'ordine", "wi-fi", "wifi", "wpa"},
	aCode: {"digicode", "code d", "code portail", "code porte", "code portillon", "code alarme", "code entree", "code acces", "code coffre", "code immeuble", "code batiment", "code barriere", "code parking", "code garage", "code boite",
		"code pin", "codes pin", "pin code", "alarm code", "door code", "gate code", "entry code", "safe code", "access code", "building code", "garage code"},
	aPaper:  {"passeport", "passport", "carte d'identite", "carte nationale d'identite", "cni", "titre de sejour", "carte de sejour", "permis de conduire", "permis n", "permis :", "identity card", "id card", "driving licence", "driver's license", "residence permit"},
	aLogin:  {"admin", "root", "login", "identifiant", "utilisateur", "user", "compte", "account", "credentials", "guest", "invite", "visiteur", "visitor", "demo", "stagiaire", "ssid", "reseau", "network", "wi-fi", "wifi"},
	aCurl:   {"curl", "sshpass", "mysql", "net use"},
	aSaying: {"connect", "connexion", "log in", "log on", "login", "logon", "logging", "logged", "sign in", "signed in", "identifiez", "branche", "cle", "code", "key", "mot c'est", "mot est", "mot magique", "word is", "tape", "saisi", "type in", "access code", "access key", "network key", "activation"},
	aNumeral: {"iban", "rib", "compte", "bank account", "account", "sort code", "carte ban", "carte ble", "carte de", "cb ", "cb:", "visa", "mastercard", "amex", "secu", "numero de secu", "numero ss", "num secu", "n ss", "n° ss", "nir ", "nir:",
		"passeport", "passport", "carte d'identite", "cni", "permis", "titre de sejour", "credit card", "bank card", "debit card", "national insurance", "ni number", "nino", "social security", "ssn", "identity card", "id card", "driving licen", "company card"},
	aBranch:  {"guichet"},
	aVehicle: {"immatricul", "plaque", "voiture", "vehicule", "vehicle", "camion", "fourgon", "utilitaire", "scooter", "moto", "plate", "registration", "registered", "car", "van", "truck", "lorry", "gare", "parked", "parks"},
	aSpelled: {"zero", "oh six", "oh seven", "o six", "o seven", "oh one", "oh two"},
	aMail:    {"at]", "at)", "at}", "at>", "arobas", "dot com", "dot co", "dot fr", "dot org", "dot net", "dot eu", "point com", "point fr", "point org", "point net", "point eu"},
	aDoor:    {"porte", "portail", "portillon", "alarme", "clavier", "coffre", "serrure", "cadenas", "barriere", "door", "gate", "alarm", "keypad", "padlock", "lock", "safe", "barrier", "pin ", "pin:", "combinaison", "combination"},
	aDevice:  {"pupitre", "robot", "automate", "panneau", "panel", "thermostat", "borne", "kiosk", "pompe", "pump", "casier", "locker", "boite a cle", "key box", "keybox", "lockbox", "key safe", "badgeuse", "photocopieu", "copieur", "copier", "imprimante", "printer", "supervis", "plein ecran", "full screen", "controller", "console", "chiffres", "digits", "tondeuse", "climatis", "chaudiere", "boiler", "heating", "ecran d'accueil", "pin ", "puk", "carte essence", "carte carburant", "fuel card", "defibril", "telephone", "tablet", "distributeur", "vending", "televiseur", "tv ", "etoile", "diese", "deblocage", "deverrouillage"},
	aHouse:   {"cour", "sonne", "interphone", "intercom", "immeuble", "escalier", "palier", "hall", "etage", "batiment", "residence", "habite", "livraison", "livreur", "courtyard", "buzzer", "doorbell", "staircase", "stairs"},
	aPhrase:  {"phrase", "passphrase", "pass phrase", "formule", "code word", "codeword", "mot de code", "mot convenu", "mots convenus", "watchword", "agreed word", "safe word", "question secrete", "security question", "secret question", "secret phrase", "seed", "recovery", "mnemonic", "backup phrase", "mots de recuperation", "mot de passe", "mots de passe", "password", "reponse", "answer", "code a donner", "mot a donner", "question de securite", "codes de secours", "codes de recuperation", "codes de sauvegarde", "backup code", "otpauth", "wifi:"},
	aHead:    {"code", "cle", "key", "combinaison", "combination", "pin", "digicode", "secret", "mot", "word", "sesame", "jeton", "token", "mdp", "passe", "password"},
	aHeader:  {"authorization", "api-key", "apikey", "api-token", "x-api-key"},
	aBirth:   {"ne le", "nee le", "nes le", "nees le", "ne(e) le", "nee(e) le", "ne.e le", "naissance", "birth", "born", "geboren", "geburt", "nacid", "nato il", "nata il", "dob", "d.o.b"},
}...)

// landmarksOf finds the stretches of a text, given its words and their numbers, if these are known; of each kind it stops after many.
func landmarksOf(low string, spans []wordSpan, numbers []uint16) (all []stretch) {
	var seen [kindsOfLandmark]int
	found := func(i int, w sought) bool {
		if seen[w.list]++; seen[w.list] <= mostLandmarks {
			all = append(all, stretch{from: max(0, i-landmarkLead), word: i, of: landmark(w.list)})
		}
		return true
	}
	if numbers == nil {
		landmarks.eachOfWords(low, spans, found)
		return all
	}
	for n, w := range spans {
		if is := numbers[n]; is == noWord || landmarkWords.has(uint32(is)) {
			if i := int(w.from); i+1 < len(low) && landmarks.leads.has(low[i], low[i+1]) {
				landmarks.at(low, i, found)
			}
		}
	}
	return all
}

// landmarkWords is a set of the numbers of the words that landmarks begin with.
var landmarkWords = func() *beginnings {
	set := new(beginnings)
	for _, s := range landmarks.words {
		if first := splitWords(s.word); len(first) > 0 {
			if is := words.number(first[0]); is != noWord {
				set.add(uint32(is))
			}
		}
	}
	for is := range len(words.words) - 1 {
		if landmarks.begins(words.wordOf(uint16(is)), 0) {
			set.add(uint32(is))
		}
	}
	return set
}()

// landmarkLead is how many bytes before a landmark its stretch begins.
const landmarkLead = 12

// mostLandmarks is how many of one kind are looked at: each costs some expressions on the words after it.
const mostLandmarks = 2000

// window is the text of a stretch, as arguments of a regexp.
func window(low string, at stretch, length int) (string, int) {
	return low[at.from:min(len(low), at.from+length)], 4
}
