package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

// A sheet comes back as whatever program has saved it.
func TestReadSheetAsProgramsSaveIt(t *testing.T) {
	const sheet = "item_id;title;verdict;human_verdict;notes\r\na1;Le four à sole;publishable;à retoucher;trop long – revoir\r\nb2;Deux;never;;\r\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(sheet)
	if err != nil {
		t.Fatal(err)
	}
	windows, err := charmap.Windows1252.NewEncoder().String(sheet)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := export.Select("item_id,title,verdict,human_verdict,notes")
	if err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	one := index.Record{Verdict: classify.Verdict{Outcome: classify.Publishable, Day: "2026-11-29"}, Decision: index.Decision{Verdict: classify.NeedsEdit, Notes: "trop long – revoir"}}
	one.Item.ID, one.Item.Title = "a1", "Le four à sole"
	two := index.Record{Verdict: classify.Verdict{Outcome: classify.Never, Day: "2026-11-29"}}
	two.Item.ID = "b2"
	if _, err := export.XLSX(&book, columns, func(do func(index.Record) error) error { return errors.Join(do(one), do(two)) }, export.Options{Lang: "fr", Labels: true, Judged: true}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"UTF-8": sheet, "with a mark": "\ufeff" + sheet, "UTF-16": utf16, "windows-1252": windows, "sep=": "sep=;\r\n" + sheet, "tabs": strings.ReplaceAll(sheet, ";", "\t"),
		"French headings": strings.Replace(sheet, "item_id;title;verdict;human_verdict;notes", "Identifiant;Titre;VERDICT;Verdict humain;Remarques", 1),
		"no accents":      strings.Replace(sheet, "à retoucher", "A RETOUCHER", 1), "XLSX": book.String(),
	} {
		labels, empty, err := readSheet([]byte(data))
		if err != nil || empty != 1 || len(labels) != 1 {
			t.Errorf("%s: %d labels, %d empty, %v", name, len(labels), empty, err)
			continue
		}
		if want := (index.Label{ItemID: "a1", Seen: classify.Publishable, Verdict: classify.NeedsEdit, Note: "trop long – revoir"}); labels[0].Label != want {
			t.Errorf("%s: %+v", name, labels[0])
		}
	}
	for name, data := range map[string]string{
		"two verdicts of one item": "item_id;verdict;human_verdict\na1;never;oui\na1;never;publiable\n", "no verdict": "item_id;verdict;human_verdict\na1;never;peut-être\n",
		"a broken workbook": "PK\x03\x04" + strings.Repeat("x", 200), "pictures": "\x89PNG\x00\x00", "no column": "a;b\n1;2\n", "nothing": "",
	} {
		var fault *labelFault
		if labels, _, err := readSheet([]byte(data)); !errors.As(err, &fault) {
			t.Errorf("%s: %v, %v", name, labels, err)
		}
	}
}

// What filon said itself is no label of a person.
func TestLabelsOfASample(t *testing.T) {
	all, err := labelsTable([]byte("item_id;url;content_type;verdict;human_verdict\na1;https://e.fr/a;faq;publishable;jamais\nb1;https://e.fr/b;faq;publishable;\nc1;https://e.fr/c;faq;needs_edit;oui\n"))
	if err != nil || len(all) != 2 || all[0].verdict != "never" || all[0].typ != "" || all[1].verdict != "needs_edit" {
		t.Errorf("%+v, %v", all, err)
	}
	all, err = labelsTable([]byte("address,type,verdict\nhttps://e.fr/a,faq,never\n"))
	if err != nil || len(all) != 1 || all[0].typ != "faq" || all[0].verdict != "never" {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := readPosts([]byte("item_id;url;title;verdict\na1;https://e.fr/a;Un;never\n")); !errors.Is(err, errOwnExport) {
		t.Error(err)
	}
}

func TestGridIsBounded(t *testing.T) {
	var b bytes.Buffer
	for i := range mostRows + 1 {
		fmt.Fprintf(&b, "%d;x\n", i)
	}
	if _, err := readGrid(b.Bytes()); !errors.Is(err, errManyRows) {
		t.Error(err)
	}
}
