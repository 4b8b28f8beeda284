package main

import (
	"slices"
	"testing"
	"time"
)

func TestPlacesInFrench(t *testing.T) {
	fr, en := &speaker{lang: "fr"}, &speaker{lang: "en"}
	for where, want := range map[string]string{
		"text:43": "texte, position 43", "title": "titre", "image:2 alt": "image 2, texte de remplacement", "page 3 header": "page 3, en-tête", "properties:Keywords": "propriété Keywords",
		"properties:MSIP_Label name": "propriété MSIP_Label name", "somewhere new": "somewhere new", "page new": "page new", "": "",
	} {
		if got := fr.place(where); got != want {
			t.Errorf("%q: %q, want %q", where, got, want)
		}
		if got := en.place(where); got != where {
			t.Errorf("%q in English: %q", where, got)
		}
	}
}

func TestNumbersInFrench(t *testing.T) {
	said := T{FR: "%.3f ; %s ; %d", EN: "%.3f; %s; %d"}.with(1.0, took(4400*time.Millisecond), 1200)
	if said.FR != "1,000 ; 4,4 s ; 1200" || said.EN != "1.000; 4.4 s; 1200" {
		t.Errorf("%q %q", said.FR, said.EN)
	}
	for seconds, want := range map[float64]string{3: "5 s", 54: "55 s", 57: "1 min", 60: "1 min", 3580: "1 h", 200: "3 min"} {
		if got := spoon(seconds); got != want {
			t.Errorf("%v s: %q, want %q", seconds, got, want)
		}
	}
}

func TestWaysToWrite(t *testing.T) {
	for name, want := range map[string][]string{
		"https://www.exemple.fr/a":     {"https://www.exemple.fr/a", "https://www.exemple.fr/a/", "http://www.exemple.fr/a", "http://www.exemple.fr/a/"},
		"https://www.exemple.fr/a/?b=": {"https://www.exemple.fr/a/?b=", "https://www.exemple.fr/a?b=", "http://www.exemple.fr/a/?b=", "http://www.exemple.fr/a?b="},
		"www.exemple.fr/a":             {"https://www.exemple.fr/a", "https://www.exemple.fr/a/", "http://www.exemple.fr/a", "http://www.exemple.fr/a/"},
		"9f86d081884c7d65":             nil,
	} {
		if got := waysToWrite(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// People may write what they read.
func TestNamesOfVerdictsAndTypes(t *testing.T) {
	for word, want := range map[string]string{"publiable": "publishable", "Publishable": "publishable", "à retoucher": "needs_edit", "needs-edit": "needs_edit", "needs edit": "needs_edit", "Jamais": "never", "jamais plus": "", "oui": "", "": ""} {
		if got := verdictNamed(word); got != want {
			t.Errorf("verdict %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"FAQ": "faq", "faq": "faq", "case-study": "case_study", "Étude de cas": "case_study", "étude": "", "": ""} {
		if got := typeNamed(word); got != want {
			t.Errorf("type %q is %q, want %q", word, got, want)
		}
	}
}

// Who sees what inspect reads: as filon.yaml says of its source, else as strictly as a crawl would take it.
func TestSeenAt(t *testing.T) {
	cfg, err := parseConfig("filon.yaml", []byte("sources:\n  - {name: i, seeds: ['https://www.exemple.fr/equipe/'], visibility: restricted}\n  - {name: p, seeds: ['file:///srv/partage'], visibility: intranet}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"https://www.exemple.fr/equipe/a": "restricted", "https://www.exemple.fr/a": "public", "file:///srv/partage/a.pdf": "intranet", "file:///srv/partage2/a.pdf": "file_share",
		"file:///-": "file_share", "http://intranet/a": "intranet", "http://10.1.2.3/a": "intranet", "https://intranet.exemple.fr/": "intranet",
	} {
		if got := cfg.seenAt(addr); got != want {
			t.Errorf("%s is %s, want %s", addr, got, want)
		}
	}
}
