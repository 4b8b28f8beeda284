package classify

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"filon/crawler/content"
)

// FuzzMask: masking twice is masking once, nothing panics, and no checked number is left.
func FuzzMask(f *testing.F) {
	for _, s := range []string{"06 12 34 56 78", "NIR 2 55 08 14 168 025 38, FR14 2004 1010 0505 0001 3M02 606", "4539 5787 6362 1486", "jean.dupont@acme.fr", "mot de passe : Tilleul-4812",
		"né le 12/03/1981", "+33 (0)6 39 98 12 34", "20041 01005 0500013M026 06", "[masked:personal/nir]", "06 12 34 56 78 01 23 45 67 89 4539578763621486", "a@b.fr c@d.fr", "\xff\xfe0612345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		m := Mask(s)
		if again := Mask(m); again != m {
			t.Fatalf("masked twice: %q\nonce: %q\ntwice: %q", s, m, again)
		}
		low := fold(m)
		for _, v := range valuesOf(&low) {
			switch v.kind {
			case isNIR, isIBAN, isCard, isRIB, isSecret:
				t.Fatalf("left in %q: %q", m, m[v.start:v.end])
			}
		}
	})
}

// FuzzMaskAddress: nothing panics, whatever letters grow or shrink when folded, and masks do not swell.
func FuzzMaskAddress(f *testing.F) {
	for _, s := range []string{"https://x.example/mdp-azerty%C8%BA%C8%BA11.txt", "/" + strings.Repeat("é", 100) + "-carte-4532-0151-1283-0366.html", "file:///p/Code alarme 4471.txt", "mot-de-passe-Meule#2026.ȺȺ",
		"https://x.example/?token=abcdefghijklmnop1234", "cle-sk-live-51HfkQ9xYz7Aa12bC", "\xff/mdp_\xc8.a1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 8192 {
			return
		}
		for _, m := range []string{MaskAddress(s), withoutSlugValues(s, s)} {
			if len(m) > 20*len(s)+100 {
				t.Fatalf("%d bytes of %d", len(m), len(s))
			}
		}
	})
}

// FuzzJudge: any item has a verdict, and what is stored has the same one.
func FuzzJudge(f *testing.F) {
	f.Add("Compte rendu du CSE", "Présents : huit. Confidentiel.", "https://a.fr/cse/cr.pdf", "Usage interne", uint8(1))
	f.Add("Portrait de Karim", "Karim Benali, né le 3 mai 1981, 06 39 98 12 34", "https://a.fr/?id=x", "C2 - Interne", uint8(0))
	f.Add("", "\xff\xfe", "%zz", "", uint8(2))
	f.Add("SOUS EMBARGO jusqu'au 31 février 2027", "password=Xk29vLqz FR14 2004 1010 0505 0001 3M02 606", "://", "TLP:RED", uint8(3))
	f.Fuzz(func(t *testing.T, title, text, address, zone string, n uint8) {
		if len(text) > 8192 || len(title)+len(address)+len(zone) > 4096 {
			return
		}
		item := content.Item{Title: title, H1: title, Text: text, Address: address, Language: []string{"fr", "en", "de", ""}[n%4],
			Zones: []content.Zone{{Kind: content.ZoneHeader, Text: zone}}, Access: content.Access{Visibility: []content.Visibility{content.Public, content.Intranet, content.Restricted, content.FileShare}[n/4%4]},
			Images: []content.Image{{Address: address, Alt: zone, Role: "content"}}, MIME: []string{"text/html", "application/pdf", "image/jpeg", ""}[n/16%4]}
		v := Judge(item, Policy{}, judged)
		for _, r := range v.Reasons {
			if !utf8.ValidString(r.Quote) || Mask(r.Quote) != r.Quote {
				t.Fatalf("%s quotes %q", r.Rule, r.Quote)
			}
			if r.Rule == "completeness/judge" {
				t.Fatal("the judge failed")
			}
		}
		stored := Redact(item)
		admitted, _ := Admit(item, Policy{}, judged)
		if again := Judge(admitted, Policy{}, judged); ruleIDs(again) != ruleIDs(Judge(stored, Policy{}, judged)) {
			t.Fatal("what was read before gives another verdict")
		}
		if admitted.Readings = nil; !reflect.DeepEqual(admitted, stored) {
			t.Fatal("admitted is not redacted")
		}
		after := Judge(stored, Policy{}, judged)
		if v.Outcome != after.Outcome || v.Kind != after.Kind || ruleIDs(v) != ruleIDs(after) {
			t.Fatalf("%s %s before, %s %s after:\n%s\n%s", v.Outcome, v.Kind, after.Outcome, after.Kind, ruleIDs(v), ruleIDs(after))
		}
	})
}
