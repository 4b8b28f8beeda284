package main

import (
	"errors"
	"strings"
	"testing"

	"filon/classify"
)

func TestSheetsThatComeBack(t *testing.T) {
	sheet := "\ufeffitem_id;url;verdict;human_verdict;notes\r\na1;https://x/a;publishable;oui;\r\na2;https://x/b;publishable;À retoucher;trop long\r\na3;https://x/c;never;;\r\na4;https://x/d;needs_edit;✓ publiable;\r\n"
	labels, empty, err := readSheet([]byte(sheet))
	if err != nil || len(labels) != 3 || empty != 1 {
		t.Fatalf("%v, %d empty, %v", labels, empty, err)
	}
	if labels[0].Verdict != classify.Publishable || labels[1].Verdict != classify.NeedsEdit || labels[1].Note != "trop long" || labels[2].Verdict != classify.Publishable || labels[2].Seen != classify.NeedsEdit {
		t.Errorf("%+v", labels)
	}
	if labels, _, err := readSheet([]byte("notes,human_verdict,verdict,item_id,autre\n,needs approval,never,b1,z\n")); err != nil || len(labels) != 1 || labels[0].Verdict != classify.NeedsApproval || labels[0].ItemID != "b1" {
		t.Errorf("other columns: %+v, %v", labels, err)
	}
	above := "Mon tirage;;;;\r\n\r\nIdentifiant;Adresse;Verdict;Verdict humain;Remarques\r\n1.79E+308;https://x/a;publishable;oui;\r\n1.79E+308;https://x/b;publishable;jamais;\r\n"
	if labels, _, err := readSheet([]byte(above)); err != nil || len(labels) != 2 || labels[1].address != "https://x/b" || labels[1].Verdict != classify.Never {
		t.Errorf("a title above the heads, ids taken for numbers: %+v, %v", labels, err)
	}
	if labels, _, err := readSheet([]byte("url,verdict,human_verdict\nhttps://x/a,publishable,yes\n")); err != nil || len(labels) != 1 || labels[0].address != "https://x/a" {
		t.Errorf("addresses alone: %+v, %v", labels, err)
	}
	if _, _, err := readSheet([]byte("url,verdict,human_verdict\nhttps://x/a,publishable,yes\nhttps://x/a,publishable,never\n")); err == nil {
		t.Error("two verdicts of one address are taken")
	}
	for seen, want := range map[string]classify.Outcome{"publishable": classify.Never, "needs_edit": classify.Never, "à valider": classify.Never, "never": "", "not_proposed": "", "": ""} {
		for _, no := range []string{"non", "No", "NON"} {
			labels, _, err := readSheet([]byte("url,verdict,human_verdict\nhttps://x/a," + seen + "," + no + "\n"))
			if want == "" && (err == nil || !strings.Contains(err.Error(), "does not say which verdict")) || want != "" && (err != nil || labels[0].Verdict != want) {
				t.Errorf("%s to %q: %+v, %v", no, seen, labels, err)
			}
		}
	}
	for bad, says := range map[string]string{
		"":                       "neither a CSV",
		"item_id,url\na,b\n":     "column is missing",
		"PK\x03\x04":             "neither a CSV",
		strings.Repeat(";", 500): "column is missing",
		"item_id,verdict,human_verdict\na1,publishable,yes\na2,publishable,peut-être\n": "unknown verdict",
		"item_id,verdict,human_verdict\na1,=cmd(),oui\n":                                "unknown verdict",
	} {
		var fault *labelFault
		labels, _, err := readSheet([]byte(bad))
		if !errors.As(err, &fault) || !strings.Contains(fault.what.EN, says) || len(labels) != 0 {
			t.Errorf("%.30q: %v, %d labels", bad, err, len(labels))
		}
	}
}
