package classify

import (
	"testing"
	"time"

	"filon/crawler/content"
)

// A day with its hour is no telephone number, wherever in it the digits begin; numbers that people write in groups of
// two, whatever stands between them, are.
func TestDatesAreNoNumbers(t *testing.T) {
	phones := func(s string) (n int) {
		f := fold(s)
		for _, v := range valuesOf(&f) {
			if v.kind == isPhone {
				n++
			}
		}
		return n
	}
	for _, s := range []string{"Soumis par Fatou Sarr le 06/10/2026 - 10:12", "le 07/10/2026 à 10:12", "le 06.10.2026 - 10.12", "le 06-10-2026 10.12", "06/10/2026 10.12.33", "2026-06-10 09.12.33", "2026-07-06 10:12", "2026/06/10 09.12.33", "le 1/07/2026 10.12", "le 1.07.2026 10.12",
		"Modifié le 02/09/2026 - 10:12", "Submitted by Tom Hill on 06/10/2026 - 10:12", "le 06 10 2026 10:12", "06/10/26 - 10.12", "06/10/26 10h12", "du 06/07/26 - 08/07/26", "du 06/07 - 08/07/26", "06/07/2026-08/07/2026", "11/07/2025 – 11/09/2025", "publié le 06/12/2024 - 14.05 par Nadia", "06-10-2026"} {
		if n := phones(s); n != 0 {
			t.Errorf("%q holds %d telephone numbers", s, n)
		}
	}
	for _, s := range []string{"06 10 20 26 10", "06/10/20/26/10", "06.10.20.26.10", "06-10-20-26-10", "0610202610", "06/12/34 56 78", "06/10/26 12 34", "06 10 2034 78", "06.10.2026.10", "02/09/20/26/10", "Fatou 06/10/20/26/12, le 06/10/2026 - 10:12", "depuis le 06/10/2026 : 06 10 20 26 10", "+33 6 10 20 26 10"} {
		if n := phones(s); n != 1 {
			t.Errorf("%q holds %d telephone numbers", s, n)
		}
	}
	item := content.Item{Address: "https://i.ferrand.example/a", Title: "Le banc", Language: "fr", Access: content.Access{Visibility: content.Intranet}, Text: "Soumis par la production le 06/10/2026 - 10:12"}
	for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)).Reasons {
		if r.Rule == "personal/phone-mobile" || r.Rule == "personal/phone" {
			t.Errorf("%s: %s", r.Rule, r.Quote)
		}
	}
}
