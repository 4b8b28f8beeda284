package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/words"
)

// QueryError says what is wrong with a query, in one line for the person who typed it.
type QueryError struct{ Says classify.Text }

// Error is the line in English.
func (e *QueryError) Error() string { return "query: " + e.Says.EN }

// badQuery makes a QueryError of a line in both languages, whose verbs args fill.
func badQuery(fr, en string, args ...any) error {
	return &QueryError{classify.Text{FR: fmt.Sprintf(fr, args...), EN: fmt.Sprintf(en, args...)}}
}

// Limits of what one query may ask: beyond them it is a mistake or an attack.
const (
	longestQuery  = 2000 // bytes
	mostWords     = 64
	deepestNest   = 8
	shortestStart = 2 // letters before a *
)

// node is a part of a parsed query.
type node struct {
	kind  kind
	kids  []node // of and, or; one of not
	text  string // of word, phrase, prefix: as typed; of field: the value
	field string // of field: its name in the search index. Of word, phrase, prefix: "title" to look there alone
}

type kind int

const (
	and kind = iota
	or
	not
	word
	phrase
	prefix
	field
)

// parse reads what people type into a search box:
//
//	vélo électrique            both words, anywhere, in any of their forms
//	"chef de projet"           these words in this order; « » and “ ” quote too
//	recrut*                    words that begin so
//	-stage   NOT stage   SAUF stage
//	usine OR atelier   usine OU atelier   (usine OU atelier) visite
//	type:faq verdict:publishable source:intranet lang:fr year:2025 title:vélo
func parse(text string) (node, error) {
	if len(text) > longestQuery {
		return node{}, badQuery("plus de %d caractères", "it is longer than %d characters", longestQuery)
	}
	if !utf8.ValidString(text) {
		return node{}, badQuery("ce n'est pas du texte en UTF-8", "it is not valid UTF-8 text")
	}
	p := &parser{rest: text}
	n, err := p.or(0)
	if err != nil {
		return node{}, err
	}
	if p.rest != "" {
		return node{}, badQuery("une parenthèse se ferme sans avoir été ouverte", "a parenthesis is closed that was never opened")
	}
	return n, nil
}

type parser struct {
	rest  string
	words int
}

func (p *parser) space() {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
}

// operator eats one of the upper-case words, when it stands next as a whole word.
func (p *parser) operator(names ...string) bool {
	p.space()
	for _, name := range names {
		after, ok := strings.CutPrefix(p.rest, name)
		if !ok {
			continue
		}
		r, _ := utf8.DecodeRuneInString(after)
		if after == "" || unicode.IsSpace(r) || r == '(' || r == '"' || r == '«' {
			p.rest = after
			return true
		}
	}
	return false
}

func (p *parser) or(depth int) (node, error) {
	if depth > deepestNest {
		return node{}, badQuery("plus de %d parenthèses les unes dans les autres", "parentheses are nested more than %d deep", deepestNest)
	}
	var kids []node
	for {
		n, err := p.and(depth)
		if err != nil {
			return node{}, err
		}
		kids = append(kids, n)
		if !p.operator("OR", "OU", "||", "|") {
			break
		}
		if p.ended() {
			return node{}, badQuery("OU demande un mot de chaque côté", "OR needs a word on both sides")
		}
	}
	if len(kids) == 1 {
		return kids[0], nil
	}
	for _, k := range kids {
		if k.kind == and && len(k.kids) == 0 {
			return node{}, badQuery("OU demande un mot de chaque côté", "OR needs a word on both sides")
		}
	}
	return node{kind: or, kids: kids}, nil
}

func (p *parser) ended() bool {
	p.space()
	return p.rest == "" || p.rest[0] == ')'
}

func (p *parser) and(depth int) (node, error) {
	n := node{kind: and}
	for !p.ended() {
		before := *p
		if p.operator("OR", "OU", "||", "|") {
			*p = before
			break
		}
		if p.operator("AND", "ET", "&&") {
			if len(n.kids) == 0 || p.ended() {
				return node{}, badQuery("ET demande un mot de chaque côté", "AND needs a word on both sides")
			}
			continue
		}
		kid, err := p.unary(depth)
		if err != nil {
			return node{}, err
		}
		n.kids = append(n.kids, kid)
	}
	if len(n.kids) == 1 {
		return n.kids[0], nil
	}
	return n, nil
}

func (p *parser) unary(depth int) (node, error) {
	negated := false
	for {
		if p.operator("NOT", "SAUF") {
			negated = !negated
		} else if len(p.rest) > 1 && p.rest[0] == '-' && !unicode.IsSpace(rune(p.rest[1])) && p.rest[1] != '-' {
			p.rest = p.rest[1:]
			negated = !negated
		} else {
			break
		}
		if p.ended() {
			return node{}, badQuery("SAUF demande un mot après lui", "NOT needs a word after it")
		}
	}
	n, err := p.primary(depth)
	if err != nil || !negated {
		return n, err
	}
	return node{kind: not, kids: []node{n}}, nil
}

func (p *parser) primary(depth int) (node, error) {
	p.space()
	if p.words++; p.words > mostWords {
		return node{}, badQuery("plus de %d mots", "it has more than %d words", mostWords)
	}
	if strings.HasPrefix(p.rest, "(") {
		p.rest = p.rest[1:]
		n, err := p.or(depth + 1)
		if err != nil {
			return node{}, err
		}
		p.space()
		if !strings.HasPrefix(p.rest, ")") {
			return node{}, badQuery("une parenthèse s'ouvre et ne se ferme pas", "a parenthesis is opened and never closed")
		}
		p.rest = p.rest[1:]
		return n, nil
	}
	if quoted, ok, err := p.quoted(); ok || err != nil {
		return node{kind: phrase, text: quoted}, err
	}
	text := p.run()
	if name, value, ok := strings.Cut(text, ":"); ok && isFieldName(name) && !strings.HasPrefix(value, "//") && (value == "" || !unicode.IsDigit(rune(value[0])) || fields[name] != "") {
		return p.field(name, value)
	}
	if start, ok := strings.CutSuffix(text, "*"); ok && !strings.Contains(start, "*") {
		if letters := len([]rune(words.Fold(start))); letters < shortestStart {
			return node{}, badQuery("%q trouverait presque tout : donnez au moins %d lettres avant *", "%q would match nearly everything: give at least %d letters before *", text, shortestStart)
		}
		return node{kind: prefix, text: start}, nil
	}
	return node{kind: word, text: text}, nil
}

// quoted eats a phrase between quotes of any of the three kinds.
func (p *parser) quoted() (string, bool, error) {
	for _, pair := range [...][2]string{{`"`, `"`}, {"«", "»"}, {"“", "”"}} {
		after, ok := strings.CutPrefix(p.rest, pair[0])
		if !ok {
			continue
		}
		text, rest, ok := strings.Cut(after, pair[1])
		if !ok {
			return "", false, badQuery("une citation s'ouvre par %s et ne se ferme pas", "a quotation is opened with %s and never closed", pair[0])
		}
		p.rest = rest
		return text, true, nil
	}
	return "", false, nil
}

// run eats up to the next space, parenthesis or quotation mark.
func (p *parser) run() string {
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"' || r == '«' || r == '“'
	})
	if end < 0 {
		end = len(p.rest)
	}
	if end == 0 { // cannot be: the caller has seen to spaces, parentheses and quotes
		_, end = utf8.DecodeRuneInString(p.rest)
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	return text
}

// fields maps the names that people may type to fields of the search index.
var fields = map[string]string{
	"type": fieldType, "verdict": fieldVerdict, "source": fieldSource, "site": fieldSource,
	"lang": fieldLanguage, "langue": fieldLanguage, "language": fieldLanguage,
	"visibility": fieldVisibility, "visibilité": fieldVisibility, "visibilite": fieldVisibility,
	"department": fieldDepartment, "direction": fieldDepartment, "format": fieldFormat,
	"year": fieldYear, "année": fieldYear, "annee": fieldYear, "title": "title", "titre": "title",
}

// outcomeNamed is the verdict that a label names, French or English; "" for none.
func outcomeNamed(label string) string {
	plain := func(s string) string { return words.Fold(strings.NewReplacer("_", " ", "-", " ").Replace(s)) }
	for _, o := range valuesOf(fieldVerdict) {
		for _, lang := range []string{"fr", "en"} {
			if plain(classify.OutcomeLabel(classify.Outcome(o), lang)) == plain(label) {
				return o
			}
		}
	}
	return ""
}

func isFieldName(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return len(s) > 1
}

func (p *parser) field(name, value string) (node, error) {
	known, ok := fields[strings.ToLower(name)]
	if !ok {
		return node{}, badQuery("le champ %q n'existe pas ; il y a type, verdict, source, lang, visibility, department, format, year et title ; entre guillemets, c'est un texte à chercher",
			"there is no field %q; fields are type, verdict, source, lang, visibility, department, format, year and title; put quotes around it to look for it as text", name)
	}
	kind := word
	if value == "" {
		quoted, ok, err := p.quoted()
		if err != nil {
			return node{}, err
		}
		if !ok || quoted == "" {
			return node{}, badQuery("%s: demande une valeur juste après", "%s: needs a value right after it", name)
		}
		value, kind = quoted, phrase
	}
	if known == "title" {
		if start, ok := strings.CutSuffix(value, "*"); ok && kind == word {
			if len([]rune(start)) < shortestStart {
				return node{}, badQuery("%q trouverait presque tout : donnez au moins %d lettres avant *", "%q would match nearly everything: give at least %d letters before *", value, shortestStart)
			}
			return node{kind: prefix, text: start, field: known}, nil
		}
		return node{kind: kind, text: value, field: known}, nil
	}
	if o := outcomeNamed(value); known == fieldVerdict && o != "" {
		value = o
	}
	if all := valuesOf(known); all != nil {
		if value = strings.ToLower(value); !slices.Contains(all, value) {
			return node{}, badQuery("%s: ne connaît pas %q ; il y a %s", "there is no %s %q; there are %s", name, value, strings.Join(all, ", "))
		}
	}
	return node{kind: field, field: known, text: value}, nil
}

// valuesOf lists the values that a field of the search index can have; nil when there is no such list.
func valuesOf(field string) []string {
	var all []string
	switch field {
	case fieldType:
		for _, t := range classify.Types() {
			all = append(all, t.ID)
		}
		all = append(all, classify.Other)
	case fieldVerdict:
		for _, o := range []classify.Outcome{classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.Never, classify.NotProposed, classify.Unreadable} {
			all = append(all, string(o))
		}
	case fieldVisibility:
		for _, v := range []content.Visibility{content.Public, content.Intranet, content.Restricted, content.FileShare} {
			all = append(all, string(v))
		}
	case fieldFormat:
		all = classify.Formats()
	}
	return all
}
