package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/classify/kind"
)

// learnPages fits the model that tells a page's type from its words. Each file is measured by what the others teach.
func learnPages(say *speaker, c *cli.Context) error {
	files, out := c.Args().Slice()[1:], c.String("output")
	if out == "" && len(files) < 2 {
		return askedWrongly(T{FR: "rien à faire", EN: "nothing to do"}, T{FR: "donnez plusieurs fichiers, chacun mesuré par ce que les autres apprennent, ou -o FICHIER", EN: "give several files, each measured by what the others teach, or -o FILE"})
	}
	known := map[string]bool{classify.Other: true}
	for _, t := range classify.Types() {
		known[t.ID] = true
	}
	pages := make([][]kind.Page, len(files))
	for i, name := range files {
		err := readTexts(name, func(line string) error {
			var p kind.Page
			if err := json.Unmarshal([]byte(line), &p); err != nil {
				return fmt.Errorf("line %d: %w", len(pages[i])+1, err)
			}
			if !known[p.Type] {
				return fmt.Errorf("line %d: unknown type %q", len(pages[i])+1, p.Type)
			}
			pages[i] = append(pages[i], p)
			return nil
		})
		if err != nil {
			return askedWrongly(T{FR: "%s ne se lit pas : %v", EN: "%s cannot be read: %v"}.with(name, err), T{FR: `une ligne par page : {"type":"faq","language":"fr","title":"…","text":"…"}`, EN: `one line for each page: {"type":"faq","language":"fr","title":"…","text":"…"}`})
		}
	}
	given := classify.GivenNames()
	isGiven := make(map[string]bool, len(given))
	for _, g := range given {
		isGiven[g] = true
	}
	for i := range files {
		var others []kind.Page
		for k := range files {
			if k != i {
				others = append(others, pages[k]...)
			}
		}
		if len(others) == 0 {
			break
		}
		m, err := kind.Learn(others, given)
		if err != nil {
			return couldNot(err, T{FR: "rien n'a pu être appris : %s", EN: "nothing could be learned: %s"})
		}
		r := kind.NewReader(m, func(w string) bool { return isGiven[w] })
		right, macro := measurePages(r, m.Types(), pages[i])
		say.line(T{FR: "%s, par ce que les autres apprennent : %d page{s}, %.3f justes, F1 macro %.3f", EN: "%s, by what the others teach: %d page{s}, %.3f right, macro F1 %.3f"}.with(files[i], len(pages[i]), right, macro))
	}
	if out == "" {
		return nil
	}
	var all []kind.Page
	for _, p := range pages {
		all = append(all, p...)
	}
	m, err := kind.Learn(all, given)
	if err != nil {
		return couldNot(err, T{FR: "rien n'a pu être appris : %s", EN: "nothing could be learned: %s"})
	}
	if err := os.WriteFile(out, m.Bytes(), 0o644); err != nil {
		return couldNot(err, T{FR: "le modèle n'a pas pu être écrit : %s", EN: "the model could not be written: %s"})
	}
	say.line(T{FR: "%s : appris de %d page{s}", EN: "%s: learned from %d page{s}"}.with(out, len(all)))
	return nil
}

// measurePages gives the share of pages whose likeliest type is theirs, and the mean F1 of the types that stand there.
func measurePages(r *kind.Reader, types []string, pages []kind.Page) (right, macro float64) {
	there, said, good := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range pages {
		there[p.Type]++
		best := -1
		likely := r.Likely(p.Title, p.Text, p.Language)
		for k, v := range likely {
			if best < 0 || v > likely[best] {
				best = k
			}
		}
		if best < 0 {
			continue
		}
		said[types[best]]++
		if types[best] == p.Type {
			good[p.Type]++
			right++
		}
	}
	for t, n := range there {
		macro += ratio(2*good[t], n+said[t]) / float64(len(there))
	}
	return right / float64(max(1, len(pages))), macro
}
