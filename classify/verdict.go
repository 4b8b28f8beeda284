package classify

// Verdict is what filon thinks of one item on one day, with every reason. It is a pure function of
// (item, policy, day): the same input gives the same verdict, byte for byte. It contains no word
// that one of its own rules says must be masked.
type Verdict struct {
	Outcome Outcome `json:"verdict"`
	Kind    Kind    `json:"kind,omitempty"` // of never and not_proposed: why in one word

	Type       string   `json:"content_type"` // an id of the taxonomy, or "other"
	Secondary  []string `json:"content_type_secondary,omitempty"`
	Confidence float64  `json:"content_type_confidence"` // 0 to 1
	Format     string   `json:"media_format"`
	Topic      string   `json:"topic,omitempty"`
	Audience   string   `json:"audience,omitempty"`

	Reasons []Reason `json:"reasons"` // blocks first, then reviews, notes, goods; within that by rule, then place

	Readiness   int      `json:"readiness"`         // 0 to 100
	For         []Text   `json:"for,omitempty"`     // the three best reasons of the score
	Against     []Text   `json:"against,omitempty"` // the three worst
	Freshness   float64  `json:"freshness"`         // 0 to 1; -1 when no date is known
	Evergreen   string   `json:"evergreen"`         // evergreen, current, dated
	ROT         string   `json:"rot,omitempty"`     // O (outdated) or T (trivial); R (redundant) is index's to say
	Readability *float64 `json:"readability,omitempty"`

	Effort        string   `json:"effort"` // none, light, medium, heavy
	EffortMinutes int      `json:"effort_minutes"`
	Approvers     []string `json:"approvers,omitempty"` // roles that must say yes

	NetworksFit   []string `json:"networks_fit,omitempty"`   // linkedin, x, facebook, instagram, youtube, tiktok, threads, bluesky, mastodon, pinterest
	NetworksReady []string `json:"networks_ready,omitempty"` // of those, where it could go as it is
	PostFormat    string   `json:"post_format,omitempty"`    // link, image, document, video, text, album, series
	Hook          string   `json:"hook,omitempty"`           // at most 280 characters of the item's own words; empty when blocked

	Asked  *Asked `json:"asked,omitempty"`  // where the words stand that block or ask; nil when none do
	Covers Covers `json:"covers,omitempty"` // what Hide hides of the item's texts

	BestImage   int    `json:"best_image"`             // index into Item.Images, -1 for none
	ImageRights string `json:"image_rights,omitempty"` // own, third_party, stock, cc, unknown

	Day   string `json:"day"`   // the day of judging, 2006-01-02
	Rules string `json:"rules"` // version of the rule set and policy: changes when a verdict could change

	traces Traces
	warned string
}

// Outcome is the verdict in one word; there are six.
type Outcome string

// The six verdicts, from open to closed; unreadable stands apart.
const (
	Publishable   Outcome = "publishable"
	NeedsEdit     Outcome = "needs_edit"
	NeedsApproval Outcome = "needs_approval"
	Never         Outcome = "never"
	NotProposed   Outcome = "not_proposed"
	Unreadable    Outcome = "unreadable"
)

// Kind tells apart why an item is never published or not proposed.
type Kind string

// The kinds: the first three are the secret garden.
const (
	Secret   Kind = "secret"
	Unlawful Kind = "unlawful"
	Embargo  Kind = "embargo"
	Expired  Kind = "expired"
	Trivial  Kind = "trivial"
)

// Severity is the weight of a reason.
type Severity string

// Severities, the heaviest first.
const (
	Block  Severity = "block"
	Review Severity = "review"
	Note   Severity = "note"
	Good   Severity = "good"
)

// Text is one sentence in the two languages of the program.
type Text struct {
	FR string `json:"fr"`
	EN string `json:"en"`
}

// In gives the sentence in the language "fr" or "en"; any other asks for English.
func (t Text) In(lang string) string {
	if lang == "fr" {
		return t.FR
	}
	return t.EN
}

// Reason is one finding: which rule, how heavy, what it says, the words that made it speak and
// where they stand.
type Reason struct {
	Rule     string   `json:"rule"` // family/what
	Severity Severity `json:"severity"`
	Says     Text     `json:"says"`
	Quote    string   `json:"quote,omitempty"` // the words, masked where they are personal or secret
	Where    string   `json:"where,omitempty"` // title, url, text:123 (byte offset), page 3 header, properties:MSIP_… , image:2
	Approver string   `json:"approver,omitempty"`
	Basis    string   `json:"basis,omitempty"` // legal basis, in the words of French law
	Count    int      `json:"count,omitempty"` // hits of this rule, when more than the one quoted

	words string // the words that made it speak, without their surroundings
	kind  Kind   // of a block: why, in one word; Verdict.Kind is the heaviest of them
}
