package export

import (
	"strings"
	"testing"
	"time"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	n, err := Table(&b, []string{"run", "title", "at"}, DialectOf("fr"), func(do func(...any) error) error {
		if err := do(int64(3), "=CMD(); l'été", at); err != nil {
			return err
		}
		return do(nil, "", time.Time{})
	})
	want := "\ufeffrun;title;at\r\n3;\"'=CMD(); l'été\";2026-11-24T02:00:00Z\r\n;;\r\n"
	if err != nil || n != 2 || b.String() != want {
		t.Errorf("got %d rows, %v\n%q, want\n%q", n, err, b.String(), want)
	}
}
