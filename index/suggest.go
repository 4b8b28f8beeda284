package index

import (
	"context"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"filon/index/words"
)

// Suggest gives the query with its misspelt words mended, "" when there is nothing better to ask: each word that
// the inventory has in no form is replaced by the most frequent one that is a slip or two of the keyboard away
// (letters left out, added, exchanged, turned round), with the accents that it has there. It is for a query that
// found nothing; a *QueryError says that the query cannot be understood.
func (x *Index) Suggest(ctx context.Context, text string) (string, error) {
	n, err := parse(text)
	if err != nil {
		return "", err
	}
	mended := text
	err = x.shelf.read(ctx, func(idx bleve.Index) error {
		if err := x.sameGeneration(ctx, idx); err != nil {
			return err
		}
		for _, typed := range plainWords(n) {
			known, err := isKnown(idx, typed)
			if err != nil {
				return err
			}
			if known {
				continue
			}
			better, err := nearestWord(ctx, idx, words.Fold(typed))
			if err != nil {
				return err
			}
			if better == "" {
				mended = text
				return nil
			}
			mended = strings.Replace(mended, typed, better, 1)
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("look for a better spelling: %w", err)
	}
	if mended == text {
		return "", nil
	}
	found, err := x.Search(ctx, Query{Text: mended, Limit: 1, NoFacets: true})
	if err != nil || len(found.Hits) == 0 {
		return "", err
	}
	return mended, nil
}

// plainWords lists the words that a hit must have, without those of phrases and beginnings.
func plainWords(n node) []string {
	switch n.kind {
	case word:
		return []string{n.text}
	case and, or:
		var all []string
		for _, k := range n.kids {
			all = append(all, plainWords(k)...)
		}
		return all
	}
	return nil
}

// isKnown tells whether the inventory has a word in some form, in any of the languages; so it is with what is no
// single word.
func isKnown(idx bleve.Index, typed string) (bool, error) {
	for _, lang := range words.All {
		var cut []words.Word
		words.NewSplitter(lang).Split(typed, func(w words.Word) { cut = append(cut, w) })
		if len(cut) != 1 || cut[0].Stop {
			return true, nil
		}
		for _, field := range []string{fieldTitle, fieldHeads, fieldText} {
			n, err := documentsWith(idx, field+lang.String(), cut[0].Stem)
			if err != nil || n > 0 {
				return true, err
			}
		}
	}
	return false, nil
}

// Bounds of a slip.
const (
	shortestSlip = 4 // letters of a word that is looked at
	longWord     = 7 // letters from which two slips are one word
)

// nearestWord gives the word of the inventory that is nearest to a folded one, "" when none is near.
func nearestWord(ctx context.Context, idx bleve.Index, folded string) (string, error) {
	typed := []rune(folded)
	if len(typed) < shortestSlip {
		return "", nil
	}
	most := 1
	if len(typed) >= longWord {
		most = 2
	}
	counts, accents := map[string]uint64{}, map[string]string{}
	for _, lang := range words.All {
		for _, field := range []string{fieldTitle, fieldHeads, fieldText} {
			if err := eachTerm(ctx, idx, field+lang.String(), markFolded, func(w string, n uint64) {
				if slips(typed, []rune(w), most) <= most {
					counts[w] += n
				}
			}); err != nil {
				return "", err
			}
		}
	}
	best, least := "", most+1
	for w, n := range counts {
		d := slips(typed, []rune(w), most)
		if d < least || d == least && (n > counts[best] || n == counts[best] && w < best) {
			best, least = w, d
		}
	}
	if best == "" {
		return "", nil
	}
	for _, lang := range words.All {
		for _, field := range []string{fieldTitle, fieldHeads, fieldText} {
			if err := eachTerm(ctx, idx, field+lang.String(), markLower, func(w string, _ uint64) {
				if old := accents[best]; words.Fold(w) == best && (old == "" || w < old) {
					accents[best] = w
				}
			}); err != nil {
				return "", err
			}
		}
	}
	if w := accents[best]; w != "" {
		return w, nil
	}
	return best, nil
}

// eachTerm goes through the terms of a field that have a mark, without it.
func eachTerm(ctx context.Context, idx bleve.Index, field, mark string, do func(word string, documents uint64)) error {
	dict, err := idx.FieldDictPrefix(field, []byte(mark))
	if err != nil {
		return err
	}
	defer dict.Close()
	for i := 0; ; i++ {
		e, err := dict.Next()
		if err != nil || e == nil {
			return err
		}
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		do(strings.TrimPrefix(e.Term, mark), e.Count)
	}
}

// slips counts the letters left out, added, exchanged or turned round between two words (the distance of Damerau
// and Levenshtein, each letter turned once), and gives up beyond most.
func slips(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
