package classify

import (
	"regexp"
	"strings"
)

// Words that stand with a capital beside the word customer and name nobody.

// notOrganisations begin with a capital after the word customer and are none.
var notOrganisations = map[string]bool{
	"france": true, "europe": true, "paris": true, "lyon": true, "monsieur": true, "madame": true, "service": true, "support": true, "services": true,
	"le": true, "la": true, "les": true, "nous": true, "vous": true, "our": true, "the": true, "relationship": true, "relation": true, "success": true,
	"feedback": true, "reviews": true, "review": true, "experience": true, "satisfaction": true, "care": true, "interaction": true, "portals": true, "portal": true, "stories": true, "story": true,
	"advisors": true, "advisor": true, "expectations": true, "agent": true, "requirements": true, "changes": true, "journey": true, "loyalty": true, "retention": true, "data": true, "first": true,
	"happiness": true, "insights": true, "insight": true, "engagement": true, "relations": true, "servicing": true, "contact": true, "area": true, "zone": true, "account": true, "accounts": true, "id": true, "login": true, "value": true, "focus": true, "centric": true,
	// programs and protocols, whose other side is a client
	"linux": true, "unix": true, "windows": true, "android": true, "macos": true, "ios": true, "ssh": true, "sftp": true, "ftp": true, "http": true, "https": true, "dhcp": true, "dns": true, "ldap": true, "nfs": true, "smb": true, "samba": true, "cifs": true,
	"vpn": true, "rdp": true, "vnc": true, "imap": true, "pop": true, "smtp": true, "xmpp": true, "jabber": true, "irc": true, "ntp": true, "kerberos": true, "tls": true, "ssl": true, "sip": true, "api": true, "apis": true, "sdk": true, "sdks": true, "git": true, "svn": true, "sql": true,
	"mysql": true, "mariadb": true, "postgresql": true, "redis": true, "mongodb": true, "web": true, "java": true, "javascript": true, "python": true, "php": true, "outlook": true, "thunderbird": true, "citrix": true, "docker": true, "kubernetes": true, "bittorrent": true, "rpc": true, "soap": true, "rest": true, "oauth": true,
	"interministerielle": true, "departementale": true, "regionale": true, "nationale": true, "generale": true,
}

// besideWords make a term with the word customer, or are what customers do: "Customer Fare Breakdown", "Clients View All".
var besideWords = setOf("acquisition alignment analytics app apps base behavior behaviour benefits calls cases choose churn comments complaints dashboard database day days discount discounts effort email emails enablement events examples fare favorites favourites file files firm forum growth guide guides help holder hub intake interviews invoice invoices journeys knowledge lifetime list lounge love management mapping meeting meetings move needs networking notes office onboarding order orders outcomes page panel persona personas platform portfolio pricing privacy profile profiles program programme programs project projects proof provided questions rating ratings records research resources results rewards roundtable safety sales say sentiment side solutions spotlight strategy survey surveys team teams testimonials tools touchpoints tracking training trust type types view views voice wins work")

// lands are countries and parts of the world.
var lands = setOf("afrique africa algeria algerie allemagne america amerique argentina argentine asia asie australia australie austria autriche bangladesh belgique belgium brazil bresil britain bulgaria bulgarie canada chile chili china chine colombia colombie croatia croatie cyprus danemark denmark dubai egypt egypte england espagne estonia estonie ethiopia europe finland finlande france germany ghana greece grece hongrie hungary india inde indonesia indonesie ireland irlande israel italie italy japan japon kenya latvia lebanon liban lithuania luxembourg malaysia malaisie maroc mexico mexique morocco netherlands nigeria norvege norway oceania pakistan peru philippines poland pologne portugal qatar quebec roumanie romania russia russie scotland senegal serbia singapore singapour slovakia slovenia spain suede suisse sweden switzerland taiwan thailand thailande tunisia tunisie turkey turquie uk ukraine us usa vietnam wales")

// termEnds are what else such a term ends in: "Customer Fare Breakdown".
var termEnds = setOf("all award awards breakdown calculator center centre checklist conference day department desk form gallery hours index initiative manager managers matrix model month more new news newsletter now policy process report reports score section session sessions statistics status summary summit template terms trends update updates week workshop")

// firmEnds stand at the end of the name of a firm.
var firmEnds = setOf("ag bank banks bv capital co company conseil consulting corp corporation fonciere fondation foundation gmbh group groupe holding holdings inc insurance international invest llc llp logiciels logistics ltd media medias networks partners plc sa sarl sas services software solution solutions spa studio studios systems systemes technologies technology")

// signs is what a customer does, right behind its name.
var signs = regexp.MustCompile(`^[^.;\n]{0,60}?\b(?:signed|signs|renewed|renews|renewal|ordered|bought|buys|chose|chosen|picked|moved|moves|switched|migrated|joined|won|deal|contract|invoiced|trusts us|asked us|signe|signent|ont signe|a signe|signature|renouvelle(?:nt)?|renouvele|reconduit|commande|commandent|achete|achetent|choisi|choisit|retenu|confie|contrat|marche signe|passe commande|nous (?:a|ont|confie|quitte|suit)|rejoint|perdu|gagne)\b`)

// besideTerm tells whether what stands behind the word customer, where that has a capital, makes a term with it: to the end of
// its capitals nothing but words of such terms, no end of a firm's name, and nobody who signs.
func besideTerm(word, rest string, n int) bool {
	if !besideWord(word, foldString(rest[:n])) {
		return false
	}
	inCapitals := strings.ToUpper(rest[:n]) == rest[:n]
	for {
		rest = rest[n:]
		if len(rest) > 1 && (alnumByte(rest[0]) || strings.IndexByte(".@+&", rest[0]) >= 0 && alnumByte(rest[1])) {
			return false // Platform.sh
		}
		rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), "& ")
		if n = properName(rest); n == 0 {
			return !signs.MatchString(foldString(cut(rest, 120)))
		}
		w := foldString(rest[:n])
		if firmEnds[w] || !inCapitals && !besideWord(word, w) && !termEnds[w] && !notOrganisations[w] {
			return false
		}
	}
}

// besideWord tells whether a folded word makes a term with the word customer. By its ending alone one does so in English.
func besideWord(word, name string) bool {
	return besideWords[name] || strings.HasPrefix(word, "customer") && (strings.HasSuffix(name, "tation") || strings.HasSuffix(name, "ability") || strings.HasSuffix(name, "isation") || strings.HasSuffix(name, "ization"))
}
