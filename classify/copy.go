package classify

import (
	"fmt"
	"slices"
	"strings"

	"filon/crawler/content"
)

// What closes one copy of a text warns of the others (domain 3.0, 3.14): a mark belongs to what is said, not to the
// file that bears it.
//
//	the copies' own reasons ──Closing──▶ Twin ──Known.Warn──▶ Judge of the others

var copyRules = []Rule{
	{ID: "copy/closed", Severity: Block, Kind: Secret, Hard: true, Approver: "owner", Basis: "secret des affaires, C. com. L151-1 ; engagement de confidentialité", Source: "domain 3.0, 3.14: a mark holds for the text",
		Says: Text{"Une copie de ce texte est fermée", "A copy of this text is closed"}, find: findClosedCopy},
	{ID: "copy/exposed", Severity: Review, Hard: true, Approver: "management", Basis: "secret des affaires, C. com. L151-1 ; engagement de confidentialité", Source: "domain 3.14: already exposed, to fix",
		Says: Text{"Ce texte est déjà public alors qu'une copie est fermée : à corriger", "This text is public already though a copy of it is closed: to be put right"}, find: findExposedCopy},
}

// Twin is a copy of an item, and what closes it there.
type Twin struct {
	Address  string
	Shown    string // Address as the copy itself shows it; "" hides what can be told to be closed without the copy
	Rule     string
	Severity Severity // Block or Review
	Kind     Kind     // of a block
	Approver string
	Says     Text   // of the rule
	Exact    bool   // it reads the same, not only alike
	Aside    bool   // what closes it stands where its text does not (Reason.Aside), and may be gone from the others
	Exposed  string // a public place of the item's text; "" when there is none
}

// AsideHit begins the hit, among those given to Closing, which says that a rule spoke only of what stands aside.
const AsideHit = "aside:"

// Aside tells whether a reason was found first where a reader of the document does not look: among its keywords, in a
// comment, in deleted or hidden text, in notes. Whoever cleans a copy takes that out and leaves the text as it was.
// State secrets stand nowhere aside.
func (r *Reason) Aside() bool {
	switch place := r.Where[strings.LastIndexByte(r.Where, ' ')+1:]; {
	case r.Rule == "marking/state":
		return false
	case place == string(content.ZoneComment), place == string(content.ZoneDeleted), place == string(content.ZoneHidden), place == string(content.ZoneNotes):
		return true
	default:
		name, property := strings.CutPrefix(r.Where, "properties:")
		return property && freeProperty[foldString(name)]
	}
}

// Closing gives what closes an item for its copies too, of the reasons that the rules found in itself, each as
// severity:rule: the heaviest. Only marks, the company's garden, embargoes and what is owed to others count; what
// stands in the words themselves is found in each copy that has them.
func Closing(reasons []string) (t Twin, ok bool) {
	best, at := 0, 0
	for _, hit := range reasons {
		severity, id, _ := strings.Cut(hit, ":")
		family, _, _ := strings.Cut(id, "/")
		blocks := Severity(severity) == Block && (family == "marking" || family == "garden" || family == "secret" || owed[id])
		asks := Severity(severity) == Review && family == "marking"
		k := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
		if k < 0 || !blocks && !asks {
			continue
		}
		aside := slices.Contains(reasons, AsideHit+id)
		rank := weight(Severity(severity))*2 + int(one(blocks && sealed(id) && !aside))
		if rank < best || rank == best && k >= at {
			continue
		}
		r := &rules[k]
		best, at, ok = rank, k, true
		t = Twin{Rule: id, Severity: Severity(severity), Kind: r.Kind, Approver: r.Approver, Says: r.Says, Aside: aside}
		if t.Kind == "" {
			t.Kind = Secret
		}
	}
	return t, ok
}

// owed are rules outside the families of marks that close every copy.
var owed = map[string]bool{"lifecycle/embargo": true, "business/client-secret": true, "legal/contract": true}

// sealed tells whether a rule closes the very same text wherever it stands. Where a copy lies, whose it is, and what it
// has in its notes only asks.
func sealed(id string) bool {
	family, _, _ := strings.Cut(id, "/")
	return family == "marking" || id == "garden/label" || id == "garden/word" || id == "lifecycle/embargo" || id == "business/client-secret"
}

// Graver tells whether a twin closes more than another.
func (t Twin) Graver(than Twin) bool { return t.grave() > than.grave() }

func (t Twin) grave() int {
	n := int(one(t.Exact))
	if t.Severity == Block {
		n += 2
	}
	if t.Exact && sealed(t.Rule) && !t.Aside {
		n += 2
	}
	return n + int(one(t.Rule == "marking/state"))
}

// Warn notes what closes a copy of the item at an address.
func (k *Known) Warn(address string, t Twin) {
	if k.warned == nil {
		k.warned = map[string]Twin{}
	}
	k.warned[address] = t
}

// Calm forgets all that Warn noted.
func (k *Known) Calm() { k.warned = nil }

// Warned is the fingerprint of what is known of the copies of the item at an address, "" for nothing: it changes when
// its verdict could.
func (k *Known) Warned(address string) string {
	t, ok := k.twin(address)
	if !ok {
		return ""
	}
	return hex16(mix(fnv64, fmt.Sprintf("%+v", t)))
}

// Warned is the fingerprint of the copies that the verdict was given with; "" for a verdict that was read back.
func (v *Verdict) Warned() string { return v.warned }

func (k *Known) twin(address string) (t Twin, ok bool) {
	if k != nil {
		t, ok = k.warned[address]
	}
	return t, ok
}

// exposed tells whether the text of an item with a closed copy has reached the public already. State secrets stay
// closed all the same.
func (p *page) exposed(t Twin) bool {
	return t.Severity == Block && (p.public || t.Exposed != "") && t.Rule != "marking/state"
}

func findClosedCopy(p *page) []finding {
	t, ok := p.known.twin(p.item.Address)
	if !ok || p.exposed(t) || t.Severity == Review && p.settled {
		return nil
	}
	g := finding{field: -1, severity: Review, approver: t.Approver, says: t.tells(*p.item, "Une copie est fermée", "A copy is closed")}
	if t.Severity == Block && t.Exact && sealed(t.Rule) && !t.Aside {
		g.severity, g.kind = Block, t.Kind
	} else if !t.Exact {
		g.says = t.tells(*p.item, "Un texte presque identique est fermé", "A text that is almost the same is closed")
	}
	if t.Severity == Review {
		g.says = t.tells(*p.item, "Une copie demande un accord", "A copy asks for an agreement")
	}
	return []finding{g}
}

func findExposedCopy(p *page) []finding {
	t, ok := p.known.twin(p.item.Address)
	if !ok || !p.exposed(t) {
		return nil
	}
	g := finding{field: -1, approver: t.Approver, says: t.tells(*p.item, "Déjà public, à corriger : une copie est fermée", "Already exposed, to fix: a copy is closed")}
	if !p.public {
		g.quote = MaskAddress(t.Exposed)
	}
	return []finding{g}
}

// tells says what it is with the copy, by which rule and where; an item that says the like knows the names in it.
func (t Twin) tells(like content.Item, fr, en string) *Text {
	closed := t.Shown
	if closed == "" {
		closed, _ = new(Verdict).HideAddress(t.Address, like, true)
	}
	at := fmt.Sprintf(" (%s) – %s", t.Rule, shown(closed))
	return &Text{fr + " : " + t.Says.FR + at, en + ": " + t.Says.EN + at}
}
