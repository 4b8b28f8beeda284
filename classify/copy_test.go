package classify

import "testing"

func TestClosing(t *testing.T) {
	for _, c := range []struct {
		reasons []string
		rule    string
		kind    Kind
	}{
		{[]string{"review:marking/internal", "block:marking/confidential", "note:completeness/thin"}, "marking/confidential", Secret},
		{[]string{"block:garden/path", "block:marking/secret"}, "marking/secret", Secret}, // it closes the text; the place only asks
		{[]string{"block:lifecycle/embargo"}, "lifecycle/embargo", Embargo},
		{[]string{"block:secret/no-such", "review:marking/mentioned"}, "marking/mentioned", Secret}, // no rule of that name
		{[]string{"review:marking/label"}, "marking/label", Secret},
		{[]string{"good:marking/public"}, "", ""},
		{[]string{"block:personal/nir", "review:image/faces", "block:type/closed"}, "", ""},                                      // in the words of each copy, or of this one alone
		{[]string{"block:copy/closed", "review:copy/exposed"}, "", ""},                                                           // what came from a copy goes no further
		{[]string{"block:marking/secret", "aside:marking/secret", "block:marking/confidential"}, "marking/confidential", Secret}, // what stands in the text closes more
		{[]string{"aside:marking/secret"}, "", ""},
		{nil, "", ""},
	} {
		got, ok := Closing(c.reasons)
		if ok != (c.rule != "") || got.Rule != c.rule || ok && (got.Kind != c.kind || got.Approver == "" || got.Says.FR == "") {
			t.Errorf("%v: %+v, want %s", c.reasons, got, c.rule)
		}
	}
}

func TestWarned(t *testing.T) {
	var none *Known
	k := &Known{}
	if none.Warned("/a") != "" || k.Warned("/a") != "" {
		t.Error("nothing is known, and there is a fingerprint")
	}
	twin, _ := Closing([]string{"block:marking/secret"})
	k.Warn("/a", twin)
	before := k.Warned("/a")
	twin.Exact = true
	k.Warn("/a", twin)
	if before == "" || before == k.Warned("/a") || k.Warned("/b") != "" {
		t.Errorf("%q, then %q", before, k.Warned("/a"))
	}
	if k.Calm(); k.Warned("/a") != "" {
		t.Error("still warned")
	}
}

func TestAside(t *testing.T) {
	for _, c := range []struct {
		rule, where string
		want        bool
	}{
		{"marking/confidential", "properties:Keywords", true},
		{"marking/confidential", "hidden", true},
		{"marking/confidential", "page 3 deleted", true},
		{"marking/confidential", "page 1 header", false},
		{"marking/confidential", "title", false},
		{"marking/label", "properties:MSIP_Label_8a1f_Name", false},
		{"marking/state", "hidden", false},
		{"marking/confidential", "", false},
	} {
		if r := (Reason{Rule: c.rule, Where: c.where}); r.Aside() != c.want {
			t.Errorf("%s %s: %v", c.rule, c.where, r.Aside())
		}
	}
}
