package extract

import (
	"testing"
	"time"
)

func TestShownNumber(t *testing.T) {
	w := &workbook{}
	for _, c := range []struct {
		n    float64
		code string
		want string
	}{
		{0.1, "", "0.1"}, {1234567, "General", "1234567"}, {1e20, "", "1e+20"}, {1234567890123450, "", "1234567890123450"}, {1234567890123451, "0", "1234567890123451"}, {0.12, "0%", "12%"}, {0.1234, "0.00%", "12,34%"},
		{1234.5, "#,##0.00", "1\u00a0234,50"}, {1234567.891, "#,##0", "1\u00a0234\u00a0568"}, {-5, "0.0", "-5,0"}, {-0.001, "0.0", "0,0"},
		{12500, `#,##0\ "€"`, "12\u00a0500 €"}, {12500, "#,##0.00 [$€-40C]", "12\u00a0500,00 €"}, {12500, `_-* #,##0\ _€_-;\-* #,##0\ _€_-`, "12\u00a0500"},
		{-12500, `#,##0;(#,##0)`, "(12\u00a0500)"}, {0, `0;-0;"néant"`, "néant"}, {5, "000", "005"}, {5.1, "0.##", "5,1"}, {5, "0.##", "5"}, {0.5, "#.0", ",5"},
		{2500000, `0.0,,"M€"`, "2,5M€"}, {0.285, "0.00", "0,29"}, {3, `"jour "0`, "jour 3"}, {0.5, "# ?/?", "0.5"}, {12345, "0.00E+00", "12345"}, {7, "@", "7"},
		{45000, "dd/mm/yyyy", "2023-03-15"}, {45000.5, `[$-40C]dd\ mmmm\ yyyy`, "2023-03-15"}, {45000.75, "d/m/yy h:mm", "2023-03-15 18:00"}, {0.75, "h:mm", "18:00"}, {0.75, "hh:mm:ss AM/PM", "18:00:00"},
		{1.5, "[h]:mm", "36:00"}, {0, "dd/mm/yyyy", ""}, {45000, "mmm-yy", "2023-03-15"}, {45000, "jj/mm/aaaa", "2023-03-15"}, {-3, "dd/mm/yyyy", "-3"}, {0.0006944444444444445, "mm:ss", "00:01:00"},
		{2, `\(General\)`, "(2)"}, {12.5, `General" €"`, "12.5 €"}, {-3, `General;\-General`, "-3"}, {2009, `"Exercice "General`, "Exercice 2009"}, {7, "GENERAL", "7"}, {45000, "e", "2023-03-15"},
		{3, `"unclosed`, "unclosed"}, {3, `\`, ""}, {3, "[$", ""}, {3, "0\\", "3"},
	} {
		if got := shownNumber(c.n, c.code, w.day, true); got != c.want {
			t.Errorf("%v as %q is %q, want %q", c.n, c.code, got, c.want)
		}
	}
	if got := shownNumber(1234.5, "#,##0.00", w.day, false); got != "1,234.50" {
		t.Errorf("in English: %q", got)
	}
}

// FuzzNumber hands hostile formats to a cell.
func FuzzNumber(f *testing.F) {
	f.Add(45000.5, `[$-40C]dd\ mmmm\ yyyy;@`)
	f.Add(-1234.5, `_-* #,##0.00\ "€"_-;\-* #,##0.00\ _€;[>=1]"a";@`)
	f.Add(1e300, "000000000000000000000000000000000000,.%%%")
	f.Fuzz(func(t *testing.T, n float64, code string) {
		for _, w := range []*workbook{{}, {since1904: true}} {
			if s := shownNumber(n, code, func(f float64) time.Time { return w.day(f) }, true); len(s) > 1000 {
				t.Errorf("%d bytes", len(s))
			}
		}
	})
}
