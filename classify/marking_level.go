package classify

import "strings"

// Levels of secrecy as a mark: labels of documents, the levels of a scale, the traffic light protocol.

// findLabels reads the sensitivity labels that Office and PDF carry.
func findLabels(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inProperty {
			continue
		}
		name := foldString(f.name)
		level := ""
		switch {
		case isLabel(f):
			if level = p.policy.labelLevel(f.low); level == "" && (p.settled || p.item.Properties[f.name+"_Name"] != "") {
				continue // its name speaks
			}
		case strings.HasPrefix(name, "msip_label_") && strings.HasSuffix(name, "_name"):
		case labelProperty[name]:
		default:
			continue
		}
		if level == "" && !isLabel(f) {
			level = p.levelOf(f.low)
		}
		g := finding{field: i, end: len(f.raw)}
		switch level {
		case "secret", "confidential", "restricted":
			g.severity, g.kind, g.approver = Block, Secret, "management"
		case "internal":
			if p.settled {
				continue
			}
		case "public":
			g.severity = Good
		}
		found = append(found, g)
	}
	return found
}

// levelOf is the level that a label names: the company's own scale first, then plain words. "" when
// it says nothing that we know.
func (p *page) levelOf(low string) string {
	best := ""
	for _, mark := range sortedKeys(p.policy.Scale) {
		if m := foldString(strings.TrimSpace(mark)); m != "" && (m == strings.TrimSpace(low) || strings.HasPrefix(low, m+" ") || strings.HasPrefix(low, m+"_") || strings.HasPrefix(low, m+"-")) {
			best = p.policy.Scale[mark]
		}
	}
	if best != "" {
		return best
	}
	for _, level := range []struct {
		name  string
		words []string
	}{
		{"secret", []string{"secret", "strict", "highly", "hautement"}},
		{"confidential", []string{"confiden", "vertraulich", "riservat"}},
		{"restricted", []string{"restrict", "restreint", "limit"}},
		{"internal", []string{"intern", "general", "private", "prive", "employees"}},
		{"public", []string{"public", "offentlich", "libre", "unclassified", "non-business", "personal"}},
	} {
		for _, w := range level.words {
			if strings.Contains(low, w) {
				return level.name
			}
		}
	}
	return ""
}

// findScale reads the marks C0 to C4, as the company's scale or the word beside them tells.
func findScale(p *page) (found []finding) {
	for i := range p.fields {
		f := &p.fields[i]
		found = append(found, p.namedLevels(i)...)
		at := p.markPlace(f, &hit{})
		if at == 0 && !f.said() {
			continue
		}
		low := f.low
		if f.spot == inText {
			low = cut(low, 300)
		}
		if !strings.Contains(low, "c0") && !strings.Contains(low, "c1") && !strings.Contains(low, "c2") && !strings.Contains(low, "c3") && !strings.Contains(low, "c4") {
			if len(p.policy.Scale) == 0 {
				continue
			}
		}
		for _, m := range levelMark.FindAllStringSubmatchIndex(low, 4) {
			g := p.lows(i, m[0], m[1])
			switch level := p.levelOf(low[m[4]:m[5]]); level {
			case "internal":
				g.severity, g.approver = Review, "owner"
				if p.settled {
					continue
				}
			case "public":
				g.severity = Good
			}
			found = append(found, g)
		}
		if at != 2 {
			continue
		}
		for _, mark := range sortedKeys(p.policy.Scale) { // the bare mark, in a header or footer
			m := foldString(mark)
			k := indexWord(low, m)
			if k < 0 {
				continue
			}
			g := p.lows(i, k, k+len(m))
			switch p.policy.Scale[mark] {
			case "internal":
				g.severity, g.approver = Review, "owner"
				if p.settled {
					continue
				}
			case "public":
				g.severity = Good
			}
			found = append(found, g)
		}
	}
	return found
}

// findTLP reads marks of the Traffic Light Protocol. A text that names three of them explains the protocol.
func findTLP(p *page) (found []finding) {
	if !p.has(listTLP) {
		return nil
	}
	kinds := map[string]bool{}
	for i := range p.fields {
		f := &p.fields[i]
		if !strings.Contains(f.low, "tlp") {
			continue
		}
		for _, m := range tlpMark.FindAllStringSubmatchIndex(f.raw, 20) {
			colour := strings.ToUpper(f.raw[m[2]:m[3]])
			kinds[colour] = true
			g := finding{field: i, start: m[0], end: m[1]}
			low := len(foldString(f.raw[:m[0]]))
			switch {
			case colour == "CLEAR" || colour == "WHITE":
				g.severity = Good
			case f.spot == inText && low > 300 && low < len(f.low)-200 && !p.alone(f, low, low+len(foldString(f.raw[m[0]:m[1]]))):
				g.severity, g.approver = Review, "security"
			}
			found = append(found, g)
		}
	}
	if len(kinds) >= 3 {
		return nil
	}
	return found
}
