package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestWordsOfOtherThings: single words that mean something else, and a step further what they are asked for.
func TestWordsOfOtherThings(t *testing.T) {
	const sake = "Our guests tasted the whole range of the brewery on Friday evening, from the lightest to the sweetest, with small dishes of the kitchen between them, and voted for the one that they would like to see again at the next party of the house.\n\nHakutsuru Sayuri\n\nHakutsuru Superior\n\nHakutsuru Junmai\n\n"
	const article = "A long story of a mill on a river, and of those who work there in the night, told as it was by the people of the valley. "
	rights := strings.Repeat(article, 6) + "\n\nAll rights reserved. This material may not be published, broadcast, rewritten, or redistributed."
	for _, c := range []struct {
		rule, lang, text string
		asks             bool
	}{
		{"lifecycle/draft", "en", sake + "Hakutsuru Draft", false},
		{"lifecycle/draft", "en", sake + "Hakutsuru DRAFT", true},
		{"lifecycle/draft", "en", sake + "Draft", true},
		{"marking/mentioned", "en", "Contents: 1. Online therapy pricing 2. Online therapy with insurance 3. Confidential online therapy 4. Online therapy near you", false},
		{"marking/", "en", "Contents: 1. Opening 2. Figures 3. CONFIDENTIAL 4. Closing", true},
		{"marking/mentioned", "en", "Contents: 1. Opening 2. Figures 3. Confidential board matters 4. Closing", false}, // no stamp, as before
		{"press/reproduction", "en", "The #1 New York Times bestseller. " + rights, false},
		{"press/reproduction", "en", "The New York Times: a mill on a river. " + rights, true},
		{"press/reproduction", "en", "Capital Market Assumptions are shown below. " + rights, false},
		{"lifecycle/obsolete", "en", "They are several years old; the information they contain is sometimes obsolete.", false},
		{"lifecycle/obsolete", "en", "The information on this page is obsolete.", true},
		{"claim/health", "en", "The list is made without any side effects by a lambda function.", false},
		{"claim/health", "en", "Our cream works without any side effects.", true},
		{"claim/health", "en", "Our skin cream works without any side effects, a function of its plants.", true},
		{"staff/council", "en", "Django helps with preparing and restructuring data to make it ready.", false},
		{"staff/council", "en", "They advise on strategy, operations, digital transformation, and organizational restructuring.", false},
		{"staff/council", "en", "The restructuring starts in May.", true},
		{"staff/council", "en", "Management prepares the sale, the closure, and restructuring.", true},
		{"personal/salary", "en", "They agreed to pay £52,000 to Martin Taylor.", true},
		{"staff/council", "en", "We prepare the move, the sale of the yard, and restructuring.", true},
		{"staff/council", "en", "Restructuring data shows that forty jobs go.", true},
		{"business/crisis", "en", "NordPass offers data breach monitoring to businesses.", false},
		{"business/crisis", "en", "Our data breach monitoring has found the file.", true},
		{"business/crisis", "en", "The data breach reached the payroll.", true},
		{"finance/unpublished", "en", "The course has 12 hours, and student guidance costs $40.", false},
		{"finance/unpublished", "en", "It may help to forecast a hazard that costs about $10 billion a year.", false},
		{"finance/unpublished", "en", "We forecast a loss of $10 billion.", true},
		{"finance/unpublished", "en", "The guidance is $40 million for the year.", true},
		{"personal/salary", "en", "Martin Taylor could have to pay $250,000.", false},
		{"personal/salary", "en", "Martin Taylor was ordered to pay £4,000 in damages.", false},
		{"personal/salary", "en", "Martin Taylor will now have to pay $250,000 for the damage.", false},
		{"personal/salary", "en", "Martin Taylor asked us to pay £52,000.", true},
		{"personal/salary", "en", "Martin Taylor says that we have to pay £52,000.", true},
		{"personal/salary", "en", "We are going to pay £41,500 for the senior welder Martin Taylor.", true},
		{"personal/salary", "en", "We have to pay £41,500 gross so that Martin Taylor stays.", true},
		{"personal/salary", "en", "The board chose to pay £41,500, Martin Taylor accepts.", true},
		{"personal/salary", "en", "Martin Taylor will have to pay £41,500 for the new night supervisor.", true},
		{"personal/salary", "en", "They agreed to pay Martin Taylor £52,000.", true},
		{"personal/salary", "en", "They agreed to pay £52,000 a year to Martin Taylor.", true},
		{"personal/salary", "en", "The pay of Martin Taylor is £52,000.", true},
	} {
		item := insidePage(c.lang, c.text)
		if c.rule == "press/reproduction" {
			item.Text = c.text
		}
		v := Judge(item, Policy{}, judged)
		asks := slices.ContainsFunc(v.Reasons, func(r Reason) bool {
			return strings.HasPrefix(r.Rule, c.rule) && (r.Severity == Block || r.Severity == Review)
		})
		if asks != c.asks {
			t.Errorf("%s on %q: %v, want %v", c.rule, cut(c.text[max(0, len(c.text)-90):], 90), asks, c.asks)
		}
	}
	item := insidePage("en", sake)
	item.Title, item.H1 = "Hakutsuru Draft", "Hakutsuru Draft"
	if v := Judge(item, Policy{}, judged); !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Rule == "lifecycle/draft" }) {
		t.Error("a draft in the title is let go")
	}
	item = insidePage("en", "The list is ready.")
	item.Zones = []content.Zone{{Kind: content.ZoneWatermark, Text: "Hakutsuru Draft"}}
	if v := Judge(item, Policy{}, judged); !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Rule == "lifecycle/draft" }) {
		t.Error("a draft in the watermark is let go")
	}
}
