package classify

// senseLists are the lists of cues in each language, each with its bit.
var (
	senseLists [len(tongues)][]listID
	cueBits    = map[string]int{}
)

// bitOf is the bit of the cue of this name, whose lists it looks up the first time.
func bitOf(name string) int {
	bit, known := cueBits[name]
	if !known {
		bit = len(senseLists[0])
		if bit == 64*len(cueSet{}) {
			panic("more cues than bits") // the lists are part of the program
		}
		cueBits[name] = bit
		for i, t := range tongues {
			senseLists[i] = append(senseLists[i], words.list("sense "+t+" "+name))
		}
	}
	return bit
}

// heard is the set of the cues of these names.
func heard(names ...string) (all cueSet) {
	for _, n := range names {
		all.add(bitOf(n))
	}
	return all
}

var (
	cuePublic           = heard("public")
	cueLesson           = heard("lesson", "lesson start")
	cueOpen, cueLately  = heard("open"), heard("lately")
	cueHushed, cueStaff = heard("hushed"), heard("staff", "leader")
	startBit            = bitOf("lesson start") // counts at the start of a sentence only
)

var senses = []sense{
	{rule: "inside/plan", cues: heard("deal"), needs: []traits{open | hushed, ours | aName}},
	{rule: "inside/plan", cues: heard("deal weak"), needs: []traits{open | hushed, ours}},
	{rule: "inside/plan", cues: heard("deal alone"), needs: []traits{open | hushed | ours | aNumber | lately}},
	{rule: "inside/plan", cues: heard("leader", "leaving"), needs: []traits{open | ours | lately | hushed}},
	{rule: "inside/plan", cues: heard("place", "closing"), needs: []traits{open | hushed | ours | aNumber | aName}, not: heard("works", "opening hours")},
	{rule: "inside/plan", cues: heard("jobs", "cutting"), needs: []traits{open | hushed | aNumber | ours}, not: heard("hiring")},
	{rule: "inside/plan", cues: heard("separate"), needs: []traits{aPerson | ours | aNumber}},
	{rule: "inside/plan", cues: heard("hushed"), needs: []traits{open | aNumber | lately, ours | aName}},
	{rule: "inside/plan", cues: heard("road", "road hush"), needs: []traits{ours | open | lately | hushed | aNumber}},
	{rule: "inside/plan", cues: heard("roadmap", "figure ours"), needs: []traits{aNumber}},
	{rule: "inside/plan", cues: heard("roadmap", "road hush")},
	{rule: "inside/plan", cues: heard("contract", "terms"), needs: []traits{ours | aSum | aName}, not: heard("hiring")},
	{rule: "inside/plan", cues: heard("council", "dealing")},

	{rule: "inside/trouble", cues: heard("authority", "visited"), needs: []traits{ours | lately | aSum | open | aNumber}},
	{rule: "inside/trouble", cues: heard("audit", "failing")},
	{rule: "inside/trouble", cues: heard("court"), needs: []traits{ours}},
	{rule: "inside/trouble", cues: heard("court"), needs: []traits{aSum | open | lately, aPerson | aName}},
	{rule: "inside/trouble", cues: heard("court", "party"), needs: []traits{aName | aSum | lately}},
	{rule: "inside/trouble", cues: heard("hurt"), needs: []traits{aPerson, lately | aNumber | open}},
	{rule: "inside/trouble", cues: heard("hurt", "victim"), needs: []traits{lately | aNumber | ours | open}},
	{rule: "inside/trouble", cues: heard("damage"), needs: []traits{ours | lately | hushed}},
	{rule: "inside/trouble", cues: heard("damage", "victim"), needs: []traits{aNumber | open}},
	{rule: "inside/trouble", cues: heard("party", "quarrel"), needs: []traits{ours | aNumber | aName | aPerson | hushed | lately}},
	{rule: "inside/trouble", cues: heard("quarrel alone")},
	{rule: "inside/trouble", cues: heard("union", "union act")},

	{rule: "inside/money", cues: heard("result", "poor"), needs: []traits{ours | aNumber}},
	{rule: "inside/money", cues: heard("result", "figure ours"), needs: []traits{aNumber}},
	{rule: "inside/money", cues: heard("result"), needs: []traits{aSum, ours, open | lately}},
	{rule: "inside/money", cues: heard("result"), needs: []traits{hushed}},
	{rule: "inside/money", cues: heard("losing"), needs: []traits{aNumber}},
	{rule: "inside/money", cues: heard("pay", "pay period"), needs: []traits{aNumber, aPerson}, not: heard("hiring")},
	{rule: "inside/money", cues: heard("price", "dealt"), needs: []traits{aNumber | hushed}},
	{rule: "inside/money", cues: heard("bid"), needs: []traits{aSum, ours}},
	{rule: "inside/money", cues: heard("pay"), needs: []traits{aSum, aPerson}, not: heard("hiring")},
	{rule: "inside/money", cues: heard("firms listed"), needs: []traits{aList}},

	{rule: "inside/person", cues: heard("ill"), needs: []traits{aPerson}},
	{rule: "inside/person", cues: heard("ill alone")},
	{rule: "inside/person", cues: heard("child", "ill")},
	{rule: "inside/person", cues: heard("roster")},
	{rule: "inside/person", cues: heard("people listed"), needs: []traits{aList}},
	{rule: "inside/person", cues: heard("origin", "workforce"), needs: []traits{aNumber | aPerson}},
	{rule: "inside/person", cues: heard("private"), needs: []traits{aPerson}},
	{rule: "inside/person", cues: heard("fault"), needs: []traits{aPerson}},
	{rule: "inside/person", cues: heard("whistle"), needs: []traits{aPerson | ours}},
	{rule: "inside/person", cues: heard("applicant", "judged")},
	{rule: "inside/person", cues: heard("child", "child shown"), needs: []traits{aPerson}},
	{rule: "inside/person", cues: heard("child", "child album")},

	{rule: "inside/security", cues: heard("lock"), needs: []traits{anOpener}, not: heard("code plain")},
	{rule: "inside/security", cues: heard("watch", "weak")},
	{rule: "inside/security", cues: heard("system", "hole"), needs: []traits{ours | aNumber | lately | open | hushed}},

	{rule: "inside/know-how", cues: heard("knowhow", "kept")},

	{rule: "inside/trouble", cues: heard("press asks", "denies"), aloud: true},
	{rule: "inside/plan", cues: heard("talks")},
	{rule: "inside/money", cues: heard("unit cost"), needs: []traits{aNumber}},
	{rule: "inside/money", cues: heard("takes", "net"), needs: []traits{aSum | aPerson}, not: heard("hiring")},
	{rule: "inside/know-how", cues: heard("recipe", "entrusted")},
	{rule: "inside/person", cues: heard("last chance")},
	{rule: "inside/person", cues: heard("jailed"), aloud: true},
	{rule: "inside/person", cues: heard("made suffer", "hr told"), aloud: true},
	{rule: "claim/context", cues: heard("ballot", "politics"), aloud: true},

	{rule: "inside/rights", cues: heard("picture", "unlicensed"), aloud: true},
	{rule: "inside/rights", cues: heard("lookalike", "objected"), needs: []traits{aName | ours}, aloud: true},
	{rule: "inside/rights", cues: heard("song", "filmed"), needs: []traits{aName}, not: heard("cleared"), aloud: true},
	{rule: "inside/draft", cues: heard("document", "unfinished"), aloud: true},
	{rule: "inside/draft", cues: heard("unfinished alone"), aloud: true},
	{rule: "inside/wish", cues: heard("paper", "stays in"), aloud: true},
	{rule: "inside/wish", cues: heard("stays in alone"), aloud: true},

	// customers, in a sentence of any kind of text (domain 3.11)
	{rule: "business/customer", cues: heard("worked"), needs: []traits{ours, aHost}, not: heard("agreed", "bought"), sure: true},
	{rule: "business/customer", cues: heard("mended"), needs: []traits{ours, aFirm}, not: heard("bought", "agreed"), sure: true},
	{rule: "business/customer", cues: heard("came to us"), needs: []traits{aFirm}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("made way", "for us"), needs: []traits{aFirm | aName}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("outcome"), needs: []traits{aHost, aNumber}, not: heard("agreed", "bought"), sure: true},
	{rule: "business/customer", cues: heard("speaks"), needs: []traits{aVerdict, aFirm}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("writes to us"), needs: []traits{aPerson}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("runs", "with ours"), needs: []traits{aFirm}, not: heard("bought", "agreed"), sure: true},
	{rule: "business/customer", cues: heard("their records", "taken from"), needs: []traits{aFirm}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("tells us"), needs: []traits{aQuote, aPerson, aTown}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("writes", "consumer"), needs: []traits{aPerson, aQuote, aName}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("household", "their home", "has one"), needs: []traits{aName}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("household", "their home"), needs: []traits{aName, ours}, not: heard("agreed"), sure: true},
	{rule: "business/customer", cues: heard("stay unnamed", "customer kind"), not: heard("agreed", "donor", "elsewhere"), sure: true},
	{rule: "business/customer", cues: heard("own figures"), needs: []traits{aFirm | aName}, not: heard("agreed"), sure: true},
	{rule: "inside/plan", cues: heard("prospect"), needs: []traits{aName | aFirm, open | hushed | ours | aNumber | lately}},
	{rule: "inside/plan", cues: heard("prospect"), needs: []traits{aFirm}, not: heard("agreed"), sure: true},
	{rule: "inside/plan", cues: heard("prospect", "unsigned"), needs: []traits{aName}, sure: true},
	{rule: "inside/plan", cues: heard("theirs to say"), needs: []traits{aName | aFirm | ours}, sure: true},
	{rule: "inside/trouble", cues: heard("cross with us"), needs: []traits{aFirm | aName}, not: heard("agreed"), sure: true},

	// deals, sums and contracts (domain 3.4, 3.7)
	{rule: "inside/money", cues: heard("we earn", "per sale", "coins"), needs: []traits{aNumber}, sure: true},
	{rule: "inside/money", cues: heard("whose eyes", "must not see", "figures shown"), sure: true},
	{rule: "inside/money", cues: heard("floor", "floor hush"), needs: []traits{aNumber}, not: heard("depth", "elsewhere"), sure: true},
	{rule: "inside/plan", cues: heard("deal closes", "we gain"), needs: []traits{ours, aName}, sure: true},
	{rule: "inside/plan", cues: heard("exchange", "hears later"), needs: []traits{open | lately | aNumber}, sure: true},
	{rule: "inside/plan", cues: heard("cut soon", "comes out"), needs: []traits{ours}, sure: true},
	{rule: "inside/plan", cues: heard("promised", "nobody else", "trading"), needs: []traits{ours}, sure: true},
	{rule: "inside/plan", cues: heard("deed", "stipulates"), needs: []traits{aSum | aQuote}, sure: true},
	{rule: "inside/plan", cues: heard("deed", "party does"), needs: []traits{aSum}, sure: true},
	{rule: "inside/trouble", cues: heard("export", "arms", "held back"), sure: true},

	// what became of somebody (domain 3.5, 3.6)
	{rule: "inside/person", cues: heard("stopped with", "fell short"), needs: []traits{aPerson | aName}, not: heard("agreed"), sure: true},
	{rule: "inside/person", cues: heard("passed over", "unfair"), needs: []traits{aPerson | aName}, not: heard("agreed"), sure: true},
	{rule: "inside/person", cues: heard("wrongdoing", "made known"), needs: []traits{aPerson | aName}, not: heard("agreed"), sure: true},
	{rule: "inside/person", cues: heard("faith"), needs: []traits{aPerson | aPronoun}, not: heard("agreed"), sure: true},
	{rule: "inside/person", cues: heard("prison", "was there"), needs: []traits{aPerson | aName}, not: heard("agreed"), sure: true},
	{rule: "inside/trouble", cues: heard("maimed"), needs: []traits{aPerson | aName}, not: heard("agreed"), sure: true},

	// money, ways in and dangers on the site (domain 3.6)
	{rule: "inside/security", cues: heard("cash", "cash kept"), needs: []traits{lately | aNumber | ours | aPerson}, not: heard("elsewhere"), sure: true},
	{rule: "inside/security", cues: heard("hole in the fence", "unseen"), not: heard("elsewhere"), sure: true},
	{rule: "inside/security", cues: heard("above the permit"), needs: []traits{ours | aNumber}, sure: true},
	{rule: "inside/trouble", cues: heard("recall", "undecided"), needs: []traits{ours | lately | aNumber | aPerson | open}, sure: true},
	{rule: "inside/trouble", cues: heard("call back", "undecided", "breaks"), sure: true},
	{rule: "inside/trouble", cues: heard("failed test", "on sale"), sure: true},
	{rule: "inside/security", cues: heard("stays", "travels"), needs: []traits{aPerson, aNumber}, sure: true},

	// people in pictures that a text tells (domain 3.9)
	{rule: "inside/rights", cues: heard("row", "pictured"), needs: []traits{aPerson}, not: heard("agreed", "blurred"), sure: true},
	{rule: "inside/rights", cues: heard("picture", "pupils"), not: heard("agreed", "blurred"), sure: true},
	{rule: "inside/rights", cues: heard("watching", "recognised", "somebody"), not: heard("agreed", "blurred", "elsewhere"), sure: true},
	{rule: "inside/rights", cues: heard("picture", "caught at it", "somebody"), needs: []traits{ours}, not: heard("agreed", "blurred"), sure: true},
	{rule: "inside/rights", cues: heard("in a state", "of you"), sure: true},
	{rule: "inside/rights", cues: heard("picture", "in a state"), not: heard("agreed"), sure: true},
	{rule: "inside/rights", cues: heard("picture", "small patients", "close up"), not: heard("agreed", "elsewhere"), sure: true},

	// what is told in passing (lists of asides.txt): people
	{rule: "inside/person", cues: heard("body"), needs: []traits{aNamed}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/person", cues: heard("body", "one of us"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/person", cues: heard("habit of faith"), needs: []traits{aNamed}, not: heard("tale", "elsewhere", "advice", "forbids", "agreed"), sure: true},
	{rule: "inside/person", cues: heard("habit of faith", "one of us"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids", "agreed"), sure: true},
	{rule: "staff/discipline", cues: heard("pushed out"), needs: []traits{aPerson | aPronoun | aName}, not: heard("tale", "elsewhere", "advice"), sure: true},
	{rule: "staff/discipline", cues: heard("judged poor"), needs: []traits{aNamed}, not: heard("tale", "elsewhere", "advice"), sure: true},
	{rule: "staff/discipline", cues: heard("locks", "office of"), needs: []traits{aNamed}, not: heard("tale", "advice"), sure: true},
	{rule: "staff/discipline", cues: heard("things", "in a box", "found"), needs: []traits{aPerson}, not: heard("tale", "advice"), sure: true},
	{rule: "staff/discipline", cues: heard("badge", "dead", "no accident"), needs: []traits{nowadays}, not: heard("tale", "advice"), sure: true},
	// harm done to people
	{rule: "inside/trouble", cues: heard("struck", "heavy"), needs: []traits{aNamed}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("struck", "people here", "heavy"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("struck", "aftermath"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("fell", "high place"), needs: []traits{aNamed}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("fell", "high place", "people here"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("poisoned", "people here"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("threw up", "people here"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("breathed", "people here"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("maimed", "people here"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("limb", "stayed in", "people here"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("limb", "stayed in"), needs: []traits{aNamed | aPronoun}, not: heard("tale", "advice", "forbids"), sure: true},
	// care that went wrong
	{rule: "inside/trouble", cues: heard("dose wrong", "drug", "received"), needs: []traits{aPerson | aNamed | aNumber}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("dose wrong", "drug", "received", "people here"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("given to", "not theirs"), needs: []traits{aPerson | aPronoun | aName}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("wrong side", "operated"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("left inside", "people here"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("left inside"), needs: []traits{aNamed}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/trouble", cues: heard("vial"), needs: []traits{nowadays}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	{rule: "inside/trouble", cues: heard("drip", "too fast"), needs: []traits{aPerson | aNumber}, not: heard("tale", "elsewhere", "advice", "forbids"), sure: true},
	// what is lost for good, and what ran into the river
	{rule: "inside/trouble", cues: heard("records", "whose records", "gone"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids", "product"), sure: true},
	{rule: "inside/trouble", cues: heard("typed in", "vanished"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids", "product"), sure: true},
	{rule: "inside/trouble", cues: heard("records", "gone"), needs: []traits{ours}, not: heard("tale", "advice", "forbids", "product"), sure: true},
	{rule: "inside/trouble", cues: heard("our tank", "spilt"), needs: []traits{nowadays}, not: heard("tale", "advice", "forbids", "product"), sure: true},
	{rule: "inside/trouble", cues: heard("dead fish"), needs: []traits{ours}, not: heard("tale", "advice", "forbids", "product"), sure: true},
	// ways in
	{rule: "inside/security", cues: heard("guard", "silenced"), needs: []traits{nowadays}, not: heard("tale", "advice", "drill"), sure: true},
	{rule: "inside/security", cues: heard("stray mark", "spills"), needs: []traits{nowadays}, not: heard("tale", "warned"), sure: true},
	{rule: "inside/security", cues: heard("other number", "of another"), needs: []traits{nowadays}, not: heard("tale", "warned"), sure: true},
	{rule: "inside/security", cues: heard("empty password", "gets in"), needs: []traits{nowadays}, not: heard("tale", "warned"), sure: true},
	{rule: "inside/security", cues: heard("sleeps", "loose lock"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/security", cues: heard("opening", "does not shut", "climb in"), needs: []traits{nowadays}, not: heard("tale", "elsewhere"), sure: true},
	{rule: "inside/security", cues: heard("pick", "opens", "shut thing"), needs: []traits{nowadays}, not: heard("tale", "advice"), sure: true},
}
