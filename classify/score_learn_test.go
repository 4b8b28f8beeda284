package classify

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// houseItems are pages that differ in what the score counts, none of which a rule holds back.
func houseItems(n int) (all []content.Item) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range n {
		it := content.Item{Address: fmt.Sprintf("https://www.exemple.fr/blog/article-%d", i), Language: "fr", Title: fmt.Sprintf("Comment choisir sa scie, épisode %d", i),
			Access: content.Access{Visibility: content.Public}, MIME: "text/html"}
		it.H1 = it.Title
		it.Text = strings.Repeat("La scie à ruban coupe droit quand la lame est tendue et le guide bien réglé. ", 3+r.IntN(20))
		if r.IntN(2) == 0 {
			it.Text += "« Je règle la tension chaque matin avant la première coupe du jour », dit Paul Marchand. "
		}
		if r.IntN(2) == 0 {
			it.Images = []content.Image{{Address: "https://www.exemple.fr/scie.jpg", Alt: "La scie dans l'atelier", Width: 1600, Height: 1200, Role: "content"}}
			it.OpenGraph = content.OpenGraph{Title: it.Title, Image: "https://www.exemple.fr/scie.jpg"}
		}
		if r.IntN(3) > 0 {
			it.Published = content.Date{Time: judged.AddDate(0, -r.IntN(40), 0), Source: "json-ld", Confidence: content.High}
		}
		all = append(all, it)
	}
	return all
}

// TestLearnScore: a house that lives by pictures teaches that, measured on what was not seen; a house that agrees with
// filon changes next to nothing; the same decisions give the same score.
func TestLearnScore(t *testing.T) {
	var pictures, agrees []ScoreSample
	for _, it := range houseItems(240) {
		said := NeedsEdit
		if len(it.Images) > 0 {
			said = Publishable
		}
		s, ok := ScoreSampleOf(it, Policy{}, judged, nil, said)
		if !ok {
			continue
		}
		pictures = append(pictures, s)
		if v := Judge(it, Policy{}, judged); v.Outcome == Publishable || v.Outcome == NeedsEdit || v.Outcome == NotProposed {
			s, _ := ScoreSampleOf(it, Policy{}, judged, nil, v.Outcome)
			agrees = append(agrees, s)
		}
	}
	if !Enough(pictures) || Enough(pictures[:LeastDecisions-1]) {
		t.Fatalf("%d samples are enough, or %d are", len(pictures), LeastDecisions-1)
	}
	before, after := TryScore(pictures, Policy{}, 5)
	if after.Right < before.Right+before.Samples/10 || after.Cost >= before.Cost {
		t.Errorf("the pictures taught nothing: right %d, then %d of %d", before.Right, after.Right, after.Samples)
	}
	s := LearnScore(pictures, Policy{})
	if err := s.Check(); err != nil || s.Weights["image"] <= 10 {
		t.Errorf("a picture weighs %v: %v", s.Weights["image"], err)
	}
	if again := LearnScore(pictures, Policy{}); !reflect.DeepEqual(s, again) {
		t.Error("the same decisions give another score")
	}
	s = LearnScore(agrees, Policy{})
	for _, p := range ScoreParts() {
		if d := s.Weights[p.ID] - p.Default; d > 4 || d < -4 {
			t.Errorf("agreement moves %s by %.1f", p.ID, d)
		}
	}
	if before, after := TryScore(agrees, Policy{}, 5); before.Right != before.Samples || after.Right < after.Samples*8/10 {
		t.Errorf("agreement: right %d, then %d of %d", before.Right, after.Right, after.Samples)
	}
}

// TestSeverityBeatsAnyScore: no weights, however odd, open what a rule has closed or asks for.
func TestSeverityBeatsAnyScore(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, c := range loadCases(t) {
		plain := c.known.Judge(c.item, c.policy, c.day)
		for range 3 {
			s := Score{Weights: map[string]float64{}, Publishable: 2, Proposed: 1}
			for _, p := range ScoreParts() {
				s.Weights[p.ID] = r.Float64() * 100
			}
			c.policy.Score = &s
			v := c.known.Judge(c.item, c.policy, c.day)
			for _, reason := range plain.Reasons {
				if reason.Severity == Block && (v.Outcome != plain.Outcome || v.Kind != plain.Kind) || reason.Severity == Review && v.Outcome != plain.Outcome {
					t.Fatalf("%s/%s: %s by %s became %s", c.file, c.item.Title, plain.Outcome, reason.Rule, v.Outcome)
				}
				if reason.Severity == Note && v.Outcome == Publishable {
					t.Fatalf("%s/%s: publishable in spite of %s", c.file, c.item.Title, reason.Rule)
				}
			}
			if v.Rules == plain.Rules {
				t.Fatal("another score has the same version")
			}
		}
	}
}

// TestSameInputSameVerdict: one item, policy and day give the same bytes, whatever was judged before and beside it.
func TestSameInputSameVerdict(t *testing.T) {
	cases := loadCases(t)
	first := make([][]byte, len(cases))
	for i, c := range cases {
		v := c.known.Judge(c.item, c.policy, c.day)
		first[i], _ = json.Marshal(v)
	}
	done := make(chan string)
	for w := range 4 {
		go func() {
			r := rand.New(rand.NewPCG(uint64(w), 1))
			for _, i := range r.Perm(len(cases)) {
				c := cases[i]
				v := c.known.Judge(c.item, c.policy, c.day.Add(time.Duration(r.IntN(20))*time.Hour)) // the hour is not the day
				if again, _ := json.Marshal(v); string(again) != string(first[i]) {
					done <- fmt.Sprintf("%s/%s:\n%s\n%s", c.file, c.item.Title, first[i], again)
					return
				}
			}
			done <- ""
		}()
	}
	for range 4 {
		if s := <-done; s != "" {
			t.Error(s)
		}
	}
}
