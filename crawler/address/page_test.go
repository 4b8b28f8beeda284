package address

import "testing"

func TestPage(t *testing.T) {
	const at = "https://www.site.fr/rh/conges"
	for _, same := range []string{
		"http://www.site.fr/rh/conges", "https://site.fr/rh/conges", "https://www.site.fr/rh/conges/", "https://www.site.fr/rh/conges/index.html",
		"https://www.site.fr/rh/conges/Default.aspx", "https://www.site.fr/RH/Conges", "https://www.site.fr/rh/conges?print=1", "https://www.site.fr/rh/conges?tri=nom&ordre=asc",
		"https://www.site.fr/rh/conges/imprimer", "https://www.site.fr/print/rh/conges", "https://www.site.fr/rh/conges/amp/", "https://www.site.fr/rh//conges",
		"https://www.site.fr/rh/conges?zsid=kqhsdqd", "https://www.site.fr/rh/conges?page=1&couleur=rouge", "https://www.site.fr/rh/conges?id=",
	} {
		if got, want := Page(same), Page(at); got != want {
			t.Errorf("%s is %s, want %s", same, got, want)
		}
	}
	for _, other := range []string{
		"https://www.site.fr/com/conges", "https://www.site.fr/rh/conges.pdf", "https://www.site.fr/rh/conges-2", "https://www.site.fr/conges", "https://intranet.site.fr/rh/conges",
		"https://www.site.fr:8443/rh/conges", "https://www.site.fr/rh/conges?id=12", "https://www.site.fr/rh/conges?dept=com", "https://www.site.fr/rh", "https://www.site.fr/",
		"file:///rh/conges",
	} {
		if Page(other) == Page(at) {
			t.Errorf("%s is the page of %s", other, at)
		}
	}
	if a, b := Page("https://s.fr/?page_id=3&id=1"), Page("https://s.fr/index.php?id=1&tri=nom&page_id=3"); a != b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := Page("file:///Partage/a.docx"), Page("file:///partage/a.docx"); a == b {
		t.Error("files whose names differ in case are two")
	}
	if Page("https://s.fr/print") == Page("https://s.fr/") {
		t.Error("a page called print is a page")
	}
}
