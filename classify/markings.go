package classify

import (
	"strings"
	"time"
	"unicode/utf8"

	"filon/crawler/content"
)

// Marking is a string by which an item says how closed it is.
type Marking struct {
	Text  string // as written, on one line, masked
	Level string // one of Levels, by the policy's scale or by its plain words; "" when neither tells
	Where string // where it stands, as in a Reason
}

// Markings gives the markings that an item bears, for a person to map them in the policy: labels in
// properties, listed words in places of markings, and short lines in banners, which may be a scale that
// filon does not know. Each text once, in the order in which they stand.
func Markings(item content.Item, policy Policy) []Marking {
	p := newPage(&item, &policy, time.Time{})
	p.look()
	p.measure()
	p.format = formatOf(p)
	var all []Marking
	seen := map[string]bool{}
	add := func(f *field, text string, start int, otherwise string) {
		text = shown(cut(strings.TrimSpace(text), maxQuote))
		low := foldString(text)
		if n := utf8.RuneCountInString(text); n < 2 || n > 60 || seen[low] || strings.Contains(low, maskedLead) {
			return
		}
		seen[low] = true
		level := p.levelOf(low)
		if level == "" {
			level = otherwise
		}
		all = append(all, Marking{Text: text, Level: level, Where: f.where(start)})
	}
	for _, of := range []struct{ list, level string }{{"marking state", "secret"}, {"marking secret", "secret"}, {"marking restricted", "restricted"},
		{"marking confidential", "confidential"}, {"marking nodist", "confidential"}, {"marking internal", "internal"}, {"marking public", "public"}} {
		p.each(words.list(of.list), func(f *field, h *hit) bool {
			if p.marks(f, h) {
				a, b := f.span(int(h.start), int(h.end))
				add(f, f.raw[a:b], a, of.level)
			}
			return len(all) < maxFindings
		})
	}
	for i := range p.fields {
		f := &p.fields[i]
		name := foldString(f.name)
		switch {
		case f.spot == inProperty && isLabel(f):
			if p.item.Properties[f.name+"_Name"] == "" {
				add(f, f.raw, 0, p.policy.labelLevel(f.low))
			}
		case f.spot == inProperty && (strings.HasPrefix(name, "msip_label_") && strings.HasSuffix(name, "_name") || labelProperty[name]):
			add(f, f.raw, 0, "")
		case f.spot == inBanner && len(splitWords(f.low)) <= 4:
			add(f, f.raw, 0, "")
		}
	}
	return all
}

// labelProperty are the properties in which products keep a sensitivity label.
var labelProperty = map[string]bool{"sensitivity": true, "classification": true, "sensitivity_label": true, "confidentiality": true, "confidentialite": true, "titus_classification": true}

// labelLead begins the properties of a sensitivity label ([MS-OFFCRYPTO] 2.6.3): MSIP_Label_GUID_Enabled,
// MSIP_Label_GUID_Name. The name is left out where the file keeps its labels in a part of their own.
const labelLead = "MSIP_Label_"

// labelID gives the GUID of the property that says whether a label is on, "" for every other property.
func labelID(name string) string {
	low := strings.ToLower(name)
	if len(low) != len(labelLead)+36+len("_enabled") || !strings.HasPrefix(low, strings.ToLower(labelLead)) || !strings.HasSuffix(low, "_enabled") {
		return ""
	}
	return name[len(labelLead) : len(labelLead)+36]
}

func labelOn(v string) bool {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "true", "1", "on":
		return true
	}
	return false
}

// isLabel tells whether a field is a label itself, as its GUID.
func isLabel(f *field) bool { return strings.EqualFold(f.name, labelLead+f.raw) }

// labelLevel is the level that the policy's scale gives to a label's GUID, "" when it gives none.
func (p *Policy) labelLevel(id string) string {
	for _, mark := range sortedKeys(p.Scale) {
		if strings.EqualFold(strings.Trim(strings.TrimSpace(mark), "{}"), strings.TrimSpace(id)) {
			return p.Scale[mark]
		}
	}
	return ""
}
