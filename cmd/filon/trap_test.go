package main

import (
	"testing"

	"filon/crawler/frontier"
)

func TestAllowing(t *testing.T) {
	for want, r := range map[string]frontier.Request{
		"/agenda/*":    {Address: "https://site.fr/agenda/2026/11", Pattern: "site.fr:443/agenda/*"},
		"/t/grow/**":   {Address: "https://site.fr/t/grow/dossier/dossier/dossier/"},
		"/**":          {Address: "https://site.fr/a/a/a/a"},
		"/x/%2525/**":  {Address: "https://site.fr/x/%2525"},
		"/liste?*":     {Address: "https://site.fr/liste?page=3", Pattern: "site.fr:443/liste?page"},
		"/w/*/licence": {Address: "https://site.fr/w/pain/licence", Pattern: "site.fr:443/w/*/licence"},
	} {
		if got := allowing(r); got != want {
			t.Errorf("%s: %q, want %q", r.Address, got, want)
		}
	}
}
