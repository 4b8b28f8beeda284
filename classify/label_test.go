package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestLabelWithoutName holds that a sensitivity label known only by its GUID, as Office keeps it today, has
// the level that the policy gives it, and asks where it gives none.
func TestLabelWithoutName(t *testing.T) {
	const id = "aaaaaaaa-1111-2222-3333-444444444444"
	const lead = "MSIP_Label_" + id
	for _, c := range []struct {
		name       string
		properties map[string]string
		scale      map[string]string
		visibility content.Visibility
		want       Outcome
		listed     string
	}{
		{"no policy", map[string]string{lead + "_Enabled": "true"}, nil, content.Intranet, NeedsApproval, ""},
		{"secret", map[string]string{lead + "_Enabled": "true"}, map[string]string{id: "secret"}, content.Intranet, Never, "secret"},
		{"secret, in braces and capitals", map[string]string{lead + "_Enabled": "true"}, map[string]string{"{" + strings.ToUpper(id) + "}": "secret"}, content.Intranet, Never, "secret"},
		{"internal", map[string]string{lead + "_Enabled": "true"}, map[string]string{id: "internal"}, content.Intranet, NeedsApproval, "internal"},
		{"public", map[string]string{lead + "_Enabled": "true"}, map[string]string{id: "public"}, content.Intranet, Publishable, "public"},
		{"switched off", map[string]string{lead + "_Enabled": "false"}, map[string]string{id: "secret"}, content.Intranet, Publishable, "-"},
		{"its name speaks", map[string]string{lead + "_Enabled": "true", lead + "_Name": "Public"}, nil, content.Intranet, Publishable, "public"},
		{"the policy speaks beside a name", map[string]string{lead + "_Enabled": "true", lead + "_Name": "Palier 7"}, map[string]string{id: "confidential"}, content.Intranet, Never, ""},
	} {
		item := content.Item{Address: "https://i.acme.test/docs/guide.docx", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Title: "Bonnes pratiques de soudure", Text: ordinary, Language: "fr",
			Access: content.Access{Visibility: c.visibility}, Properties: c.properties}
		policy := Policy{Scale: c.scale}
		v := Judge(item, policy, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
		if v.Outcome != c.want && !(c.want == Publishable && v.Outcome == NeedsEdit) {
			t.Errorf("%s: %s, want %s (%v)", c.name, v.Outcome, c.want, v.Reasons)
		}
		level := "-"
		for _, m := range Markings(item, policy) {
			level = m.Level
		}
		if level != c.listed {
			t.Errorf("%s: listed with level %q, want %q", c.name, level, c.listed)
		}
	}
	item := content.Item{Address: "https://i.acme.test/docs/guide.docx", Text: ordinary, Properties: map[string]string{lead + "_Enabled": "true"}}
	if v := Judge(item, Policy{Garden: Garden{Labels: []string{id}}}, time.Time{}); v.Outcome != Never {
		t.Errorf("a label of the secret garden: %s", v.Outcome)
	}
}
