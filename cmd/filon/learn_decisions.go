package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
)

// learnDecisions fits the score to what people have decided in this inventory. What it says of itself is measured on
// decisions that it has not seen, and what is no better there is not kept.
func learnDecisions(say *speaker, c *cli.Context) error {
	if c.NArg() > 1 {
		return askedWrongly(T{FR: "filon learn decisions ne lit pas de fichier", EN: "filon learn decisions reads no file"}, T{FR: "il apprend des décisions de l'inventaire (--data DOSSIER)", EN: "it learns from the decisions of the inventory (--data DIR)"})
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	dir := dataDir(c, cfg)
	if c.Bool("forget") {
		return forgetLearned(say, dir)
	}
	day, err := today(c)
	if err != nil {
		return err
	}
	s, err := openStock(c.Context, dir, reading)
	if err != nil {
		return err
	}
	defer s.Close()
	policy, err := policyIn(dir, cfg, ownSources(cfg))
	if err != nil {
		return err
	}
	samples, others, err := decisionsOf(c, s, policy, day)
	if err != nil {
		return couldNot(err, T{FR: "les décisions n'ont pas pu être lues : %s", EN: "the decisions could not be read: %s"})
	}
	say.line(T{FR: "%d décision{s} sur des contenus que leur score départage ; %d {autre relève|autres relèvent} d'une règle, ou {dit|disent} ce qu'aucun score ne dit.", EN: "%d decision{s} on items that their score decides; %d {other is for a rule, or says|others are for a rule, or say} what no score can say."}.with(len(samples), others))
	if !classify.Enough(samples) {
		return &Trouble{What: T{FR: "trop peu pour apprendre : il faut %d décision{s}, dont 5 au moins de deux sortes (publiable, à retoucher, non proposé)", EN: "too few to learn from: it takes %d decision{s}, at least 5 each of two kinds (publishable, needs_edit, not_proposed)"}.with(classify.LeastDecisions),
			Hint: T{FR: "filon sample 60 -o tirage.csv en prépare ; rien n'a été changé", EN: "filon sample 60 -o sample.csv prepares some; nothing was changed"}, Code: codeFailed}
	}
	folds := c.Int("folds")
	if folds == 0 {
		folds = 5
	}
	if folds < 2 || folds > len(samples) {
		return askedWrongly(T{FR: "--folds va de 2 au nombre de décisions", EN: "--folds goes from 2 to the number of decisions"}, T{})
	}
	before, after := classify.TryScore(samples, policy, folds)
	score := classify.LearnScore(samples, policy)
	l := learned{Format: 1, Day: day.Format(time.DateOnly), Decisions: len(samples), Before: heldOutOf(before), After: heldOutOf(after), Weights: score.Weights, Publish: score.Publishable, Propose: score.Proposed}
	say.taught(before, after, folds, policy, &l)
	switch {
	case after.Cost >= before.Cost || after.Right < before.Right:
		say.note(T{FR: "Pas mieux sur ce qui n'a pas été vu : les poids restent ce qu'ils sont.", EN: "No better on what was not seen: the weights stay as they are."})
		return nil
	case c.Bool("dry-run"):
		say.note(T{FR: "rien n'a été écrit", EN: "nothing was written"})
		return nil
	}
	if err := l.write(dir); err != nil {
		return couldNot(err, T{FR: "les poids n'ont pas pu être écrits : %s", EN: "the weights could not be written: %s"})
	}
	say.note(T{FR: "%s est écrit ; filon rejudge l'applique, filon learn decisions --forget le retire", EN: "%s is written; filon rejudge applies it, filon learn decisions --forget takes it back"}.with(filepath.Join(dir, learnedFile)))
	return nil
}

func heldOutOf(t classify.ScoreTally) heldOut {
	return heldOut{t.Right, t.TooOpen, float64(int(1000*t.Cost/float64(max(1, t.Samples))+.5)) / 1000}
}

func forgetLearned(say *speaker, dir string) error {
	err := os.Remove(filepath.Join(dir, learnedFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		say.note(T{FR: "rien n'avait été appris dans %s", EN: "nothing had been learned in %s"}.with(dir))
		return nil
	case err != nil:
		return couldNot(err, T{FR: "les poids n'ont pas pu être retirés : %s", EN: "the weights could not be taken back: %s"})
	}
	say.note(T{FR: "les poids d'origine valent à nouveau ; filon rejudge les applique", EN: "the built-in weights hold again; filon rejudge applies them"})
	return nil
}

// decisionsOf makes samples of the decisions; others counts those that teach the score nothing. An item counts as it
// was on the day of the decision; what has changed since does not.
func decisionsOf(c *cli.Context, s *stock, policy classify.Policy, day time.Time) (samples []classify.ScoreSample, others int, err error) {
	known, err := s.index.Known(c.Context, day)
	if err != nil {
		return nil, 0, err
	}
	err = s.index.Decided(c.Context, func(rec index.Record) error {
		on := day
		if at := rec.Decision.At; !at.IsZero() && at.Before(day) {
			on = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
		}
		sample, ok := classify.ScoreSampleOf(rec.Item, policy, on, known, rec.Decision.Verdict)
		if !ok || rec.Decision.Lapsed != "" || !rec.Decision.At.IsZero() && rec.Changed.After(rec.Decision.At) {
			others++
			return nil
		}
		samples = append(samples, sample)
		return nil
	})
	return samples, others, err
}

// taught prints what learning would change, and what it is worth.
func (s *speaker) taught(before, after classify.ScoreTally, folds int, policy classify.Policy, l *learned) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	row := func(what T, was, is string) { fmt.Fprintf(w, "%s\t%s\t%s\n", s.in(what), was, is) }
	row(T{FR: "Sur des décisions non vues (en %d parts)", EN: "On decisions that were not seen (%d parts)"}.with(folds), s.in(T{FR: "avant", EN: "before"}), s.in(T{FR: "après", EN: "after"}))
	row(T{FR: "  justes", EN: "  right"}, fmt.Sprintf("%d / %d", before.Right, before.Samples), fmt.Sprintf("%d / %d", after.Right, after.Samples))
	row(T{FR: "  trop ouvertes", EN: "  too open"}, fmt.Sprint(before.TooOpen), fmt.Sprint(after.TooOpen))
	row(T{FR: "  coût moyen (trop ouvert compte double)", EN: "  mean cost (too open counts twice)"}, s.decimals(fmt.Sprintf("%.2f", heldOutOf(before).Cost)), s.decimals(fmt.Sprintf("%.2f", l.After.Cost)))
	row(T{FR: "Points sur 100", EN: "Points of 100"}, "", "")
	now := func(p classify.ScorePart) float64 {
		if policy.Score != nil {
			return policy.Score.Weights[p.ID]
		}
		return p.Default
	}
	for _, p := range classify.ScoreParts() {
		row(T{FR: "  " + p.Says.FR, EN: "  " + p.Says.EN}, s.decimals(fmt.Sprintf("%.1f", now(p))), s.decimals(fmt.Sprintf("%.1f", l.Weights[p.ID])))
	}
	publish, propose := policy.Thresholds()
	row(T{FR: "Publiable à partir de", EN: "Publishable from"}, fmt.Sprint(publish), fmt.Sprint(l.Publish))
	row(T{FR: "Proposé à partir de", EN: "Proposed from"}, fmt.Sprint(propose), fmt.Sprint(l.Propose))
	w.Flush()
	s.raw("\n" + b.String())
	s.line(T{FR: "Les règles n'en sont pas touchées : ce qui est bloqué ou à valider le reste.", EN: "Rules are not touched: what is blocked or needs approval stays so."})
}
