package main

import (
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
)

// lesson is one file of labels with its items, as they are and with their hints hidden.
type lesson struct {
	name         string
	labels       []label
	plain, blind []classify.TypeSample
}

// learnTypes fits the weights of the evidence for types. What it prints of each file comes from weights
// that were learned without that file.
func learnTypes(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	words, err := readMeanings(c.String("map"))
	if err != nil {
		return askedWrongly(T{FR: "%s ne se lit pas : %s", EN: "%s cannot be read: %s"}.with(c.String("map"), because(err.Error())), T{FR: "une ligne par mot : news = site_news|award_cert", EN: "one line for each word: news = site_news|award_cert"})
	}
	var lessons []lesson
	for _, name := range c.Args().Slice()[1:] {
		file, dir, ok := strings.Cut(name, "@")
		if !ok {
			dir = dataDir(c, cfg)
		}
		l, err := readLesson(c, file, dir, words)
		if err != nil {
			return askedWrongly(T{FR: "%s ne se lit pas : %s", EN: "%s cannot be read: %s"}.with(file, because(err.Error())), T{FR: "voyez filon eval --help", EN: "see filon eval --help"})
		}
		lessons = append(lessons, l)
	}
	for i := range lessons {
		var without []classify.TypeSample
		for k := range lessons {
			if k != i {
				without = append(append(without, lessons[k].plain...), lessons[k].blind...)
			}
		}
		if len(without) > 0 {
			if err := say.lesson(&lessons[i], classify.LearnTypes(without, c.Bool("anew"))); err != nil {
				return err
			}
		}
	}
	out := c.String("output")
	if out == "" {
		return nil
	}
	var all []classify.TypeSample
	for _, l := range lessons {
		all = append(append(all, l.plain...), l.blind...)
	}
	text := "# What each kind of evidence weighs, in thousandths of a natural logarithm of the odds. Written by filon learn types.\n" + classify.LearnTypes(all, c.Bool("anew"))
	if err := os.WriteFile(out, []byte(text), 0o644); err != nil {
		return couldNot(err, T{FR: "les poids n'ont pas pu être écrits : %s", EN: "the weights could not be written: %s"})
	}
	say.line(T{FR: "%s : appris de %d contenu{s}", EN: "%s: learned from %d item{s}"}.with(out, len(all)/2))
	return nil
}

// readLesson reads labels and their items. Each label word counts alike as far as that goes: an item
// counts by the square root of how rare its word is.
func readLesson(c *cli.Context, file, dir string, words meanings) (lesson, error) {
	l := lesson{name: file}
	labels, day, err := readLabels(file)
	if err != nil {
		return l, err
	}
	if day.IsZero() || c.IsSet("today") {
		if day, err = today(c); err != nil {
			return l, err
		}
	}
	items, _, err := labelledItems(c.Context, dir, file, labels, day)
	if err != nil {
		return l, err
	}
	often := map[string]int{}
	for i, item := range items {
		if item != nil {
			often[class(labels[i].typ)]++
		}
	}
	for i, item := range items {
		right := words.right(labels[i].typ, typeNamed)
		if item == nil || len(right) == 0 {
			continue
		}
		s := classify.TypeSample{Item: *item, Day: day, Right: right, Count: 1 / math.Sqrt(float64(often[class(labels[i].typ)]))}
		l.labels = append(l.labels, labels[i])
		l.plain = append(l.plain, s)
		hidden := *item
		hide(&hidden)
		s.Item = hidden
		l.blind = append(l.blind, s)
	}
	if len(l.plain) == 0 {
		return l, fmt.Errorf("none of the %d items was found", len(labels))
	}
	return l, nil
}

func (s *speaker) lesson(l *lesson, weights string) error {
	judge, err := classify.TypeJudge(weights)
	if err != nil {
		return err
	}
	for _, hidden := range []bool{false, true} {
		samples, title := l.plain, T{FR: "%s, appris sans lui", EN: "%s, learned without it"}.with(l.name)
		if hidden {
			samples, title = l.blind, T{FR: "%s, appris sans lui, indices cachés", EN: "%s, learned without it, hints hidden"}.with(l.name)
		}
		var all []outcome
		for i := range samples {
			id, others, _ := judge(samples[i].Item, samples[i].Day)
			all = append(all, outcome{want: class(l.labels[i].typ), right: samples[i].Right, got: id, near: others})
		}
		s.line(title)
		s.scores(T{FR: "type", EN: "type"}, scoreOf(all))
	}
	return nil
}
