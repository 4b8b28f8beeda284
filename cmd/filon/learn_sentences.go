package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/classify/told"
)

// mistaken is how many of a hundred ordinary texts, and of the sentences of the lessons that may leave, may be taken for something to
// hold back.
var mistaken = told.Shares{Texts: 8, Sentences: [2]float64{5.5, 7}}

// learnSentences fits the model of what people write of things that should stay inside to ordinary texts.
func learnSentences(say *speaker, c *cli.Context) error {
	out := c.String("output")
	if out == "" {
		return askedWrongly(T{FR: "rien à faire", EN: "nothing to do"}, T{FR: "dites -o FICHIER pour écrire le modèle", EN: "say -o FILE to write the model"})
	}
	if c.NArg() < 3 {
		return askedWrongly(T{FR: "filon learn sentences attend le dossier des leçons, puis des textes ordinaires", EN: "filon learn sentences wants the folder of the lessons, then ordinary texts"}, T{FR: "celles de filon sont classify/told/lessons", EN: "filon's own are classify/told/lessons"})
	}
	lessons, err := told.ReadLessons(os.DirFS(c.Args().Get(1)))
	if err != nil {
		return askedWrongly(T{FR: "les leçons ne se lisent pas : %v", EN: "the lessons cannot be read: %v"}.with(err), T{FR: "voyez filon learn --help", EN: "see filon learn --help"})
	}
	var texts []string
	for _, name := range c.Args().Slice()[2:] {
		lines := 0
		err := readTexts(name, func(line string) error {
			lines++
			text, err := ordinaryText(line, strings.HasSuffix(name, ".jsonl"))
			if err != nil {
				return fmt.Errorf("line %d: %w", lines, err)
			}
			texts = append(texts, text)
			return nil
		})
		if err != nil {
			return askedWrongly(T{FR: "%s ne se lit pas : %v", EN: "%s cannot be read: %v"}.with(name, err), T{FR: `un texte par ligne, ou en .jsonl une page par ligne : {"title":"…","text":"…"}`, EN: `one text on each line, or in a .jsonl one page: {"title":"…","text":"…"}`})
		}
	}
	m, held, err := told.Learn(lessons, classify.GivenNames(), texts, mistaken)
	if err != nil {
		return couldNot(err, T{FR: "rien n'a pu être appris : %s", EN: "nothing could be learned: %s"})
	}
	if err := os.WriteFile(out, m.Bytes(), 0o644); err != nil {
		return couldNot(err, T{FR: "le modèle n'a pas pu être écrit : %s", EN: "the model could not be written: %s"})
	}
	say.line(T{FR: "%s : appris de %d texte{s} ordinaire{s} ; reconnaît %s des phrases à retenir dont il n'a pas appris", EN: "%s: learned from %d ordinary text{s}; tells %s of the sentences to hold back that it did not learn from"}.with(out, len(texts), T{FR: "%.1f %%", EN: "%.1f %%"}.with(100*held)))
	return nil
}

// ordinaryText reads a text from a line: of a page, or the text itself after a tab.
func ordinaryText(line string, page bool) (string, error) {
	if page {
		var p struct{ Title, Text string }
		err := json.Unmarshal([]byte(line), &p)
		return p.Title + "\n" + p.Text, err
	}
	if _, text, ok := strings.Cut(line, "\t"); ok {
		line = text
	}
	return line, nil
}
