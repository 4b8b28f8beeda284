package index

import "strings"

// Words of dates, times and counters, folded, in French and English.
var (
	monthWords = setOf(`janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr avr juil sept oct nov dec
		january february march april may june july august september october november december jan feb mar apr jun jul aug sep`)
	dayWords     = setOf(`lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday hier yesterday today tomorrow`)
	yearAfter    = setOf(`en in depuis since`) // else it may be a number of people
	timeUnits    = setOf(`s sec min minute minutes h heure heures hour hours jour jours day days semaine semaines week weeks mois month months an ans annee annees year years`)
	countedWords = setOf(`vue vues view views lecture lectures read reads visite visites visit visits commentaire commentaires comment comments reponse reponses reply replies
		like likes partage partages share shares`)
)

// turning are the words, folded and parted at apostrophes, without which a sentence says the contrary or counts otherwise.
var turning = setOf(`ne n pas non jamais sans ni aucun aucune nul nulle rien personne no not never without nor neither none nobody nothing cannot
	don doesn didn isn aren wasn weren hasn haven hadn won wouldn shouldn couldn mustn needn t
	deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille million millions milliard milliards
	two three four five seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
	hundred thousand billion`)

// turns tells of a negation or a number, as wordsSaid gives it.
func turns(w string) bool {
	return turningSaid[w] || strings.ContainsAny(w, "0123456789")
}

var turningSaid = func() map[string]bool {
	set := map[string]bool{}
	for w := range turning {
		set[unspelled(w)] = true
	}
	return set
}()

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// undated takes out of folded words those of a date, a time of day, "il y a 7 mois" and "312 vues": what a page changes
// without saying anything else. The list is used again.
func undated(said []string) []string {
	out := said[:0]
	at := func(i int) string {
		if i >= 0 && i < len(said) {
			return said[i]
		}
		return ""
	}
	for i := 0; i < len(said); {
		n := 0
		switch w := said[i]; {
		case dayWords[w]:
			n = 1
		case isYear(w) && isDay(at(i+1)) && isDay(at(i+2)):
			n = 3
		case isYear(w) && (yearAfter[at(i-1)] || monthWords[at(i-1)] || monthWords[at(i+1)] || isDay(at(i-1)) && monthWords[at(i-2)]):
			n = 1
		case isDay(w) && monthWords[at(i+1)]:
			n = 2
		case isDay(w) && isDay(at(i+1)) && isYear(at(i+2)):
			n = 3
		case monthWords[w] && isDay(at(i+1)):
			n = 2
		case monthWords[w] && isYear(at(i+1)):
			n = 1
		case isClock(w):
			n = 1
		case w == "il" && at(i+1) == "y" && at(i+2) == "a" && isCount(at(i+3)) && timeUnits[at(i+4)]:
			n = 5
		case isCount(w) && timeUnits[at(i+1)] && at(i+2) == "ago":
			n = 3
		case isCount(w) && countedWords[at(i+1)]:
			n = 2
		}
		if n == 0 {
			out = append(out, said[i])
			n = 1
		}
		i += n
	}
	return out
}

func isCount(w string) bool {
	return w != "" && len(w) <= 9 && strings.Trim(w, "0123456789") == ""
}

func isYear(w string) bool {
	return len(w) == 4 && isCount(w) && (w[:2] == "19" || w[:2] == "20")
}

// isDay tells of a number from 1 to 31, also "1er" and "2nd".
func isDay(w string) bool {
	for _, end := range []string{"er", "st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, end)
	}
	if !isCount(w) || len(w) > 2 {
		return false
	}
	n := int(w[len(w)-1] - '0')
	if len(w) == 2 {
		n += 10 * int(w[0]-'0')
	}
	return n >= 1 && n <= 31
}

// isClock tells of "14h30" and "9h".
func isClock(w string) bool {
	hour, minute, ok := strings.Cut(w, "h")
	return ok && isCount(hour) && len(hour) <= 2 && (minute == "" || isCount(minute) && len(minute) == 2)
}
