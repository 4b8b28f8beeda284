// Package register tells the manner of a text: news, advice, opinion, a sales talk, with a linear
// model for French and one for English.
//
//	text, folded ──features──▶ buckets ──weights──▶ Scores
//	labelled texts ──Learn──▶ Model ──WriteTo──▶ fr.model, en.model, part of the program
//
// In: text in lower case without accents, and its capitals. Out: one score for each register. Never: a
// file, a network, a clock; a result that depends on the machine: every product is rounded by itself
// and every score is a sum of whole numbers.
package register

import (
	_ "embed"
	"sync"
)

// Register is a manner of writing.
type Register uint8

// The registers that both languages tell apart.
const (
	News     Register = iota // reports what has happened
	Advice                   // teaches how something is done
	Inform                   // describes a matter, as an encyclopedia does
	Promote                  // describes in order to sell or win over
	Argue                    // gives an opinion
	Personal                 // tells of the writer's own life
	Review                   // judges one thing or work
	Talk                     // people talking: forums, interviews, speeches
	Learned                  // reports research
	Rules                    // sets rules: laws, contracts, terms
	Count
)

var names = [Count]string{"news", "advice", "inform", "promote", "argue", "personal", "review", "talk", "learned", "rules"}

// String gives the name of the register, for people.
func (r Register) String() string { return names[r] }

// Scores tells for each register how surely the text has it: above 0 for a clear yes, about -1 for a
// clear no. A register that the model of the language does not know is at -1.
type Scores [Count]float64

// Best is the register with the highest score.
func (s *Scores) Best() Register {
	best := Register(0)
	for r := range Count {
		if s[r] > s[best] {
			best = r
		}
	}
	return best
}

var (
	//go:embed fr.model
	french []byte
	//go:embed en.model
	english []byte
)

var models = sync.OnceValue(func() map[string]*Model {
	all := map[string]*Model{}
	for lang, data := range map[string][]byte{"fr": french, "en": english} {
		m, err := readModel(data)
		if err != nil {
			panic("register: " + lang + ": " + err.Error()) // the models are part of the program
		}
		all[lang] = m
	}
	return all
})

// Languages that there is a model for.
func Languages() []string { return []string{"fr", "en"} }

// Of gives the model of a language ("fr", "en"); nil when there is none.
func Of(lang string) *Model { return models()[lang] }

// Version names the models: it changes when a score could change.
func Version() string { return models()["fr"].sum + models()["en"].sum }

// meaning says which register a label of the training texts tells of.
var meaning = map[string]Register{
	// CORE registers, French (the labels of Laippala et al.)
	"NE": News, "NA": News, "HI": Advice, "IN": Inform, "EN": Inform, "DT": Inform, "IP": Promote, "DS": Promote, "OP": Argue, "OB": Argue,
	"PB": Personal, "RV": Review, "ID": Talk, "SP": Talk, "RA": Learned, "LT": Rules,
	// functional text dimensions, English (Sharoff 2018)
	"A8": News, "A7": Advice, "A16": Inform, "A12": Promote, "A1": Argue, "A11": Personal, "A17": Review, "A14": Learned, "A9": Rules,
}
