package address

import "testing"

func TestInside(t *testing.T) {
	for addr, want := range map[string]bool{
		"http://10.0.0.8/":                       true,
		"http://192.168.1.20:8080/wiki/":         true,
		"https://172.20.0.4/":                    true,
		"http://[fd00::12]/":                     true,
		"http://169.254.10.1/":                   true,
		"http://100.100.4.2/":                    true,
		"http://portail/":                        true,
		"http://portail:8080/":                   true,
		"https://wiki.maison.lan/":               true,
		"https://srv01.ad.exemple.local/":        true,
		"https://intranet.exemple.fr/":           true,
		"https://www.exemple.fr/":                false,
		"https://www.intranet-conseil.fr/":       false,
		"https://8.8.8.8/":                       false,
		"https://172.32.0.1/":                    false,
		"http://[2001:db8::1]/":                  false,
		"http://127.0.0.1:8080/":                 false,
		"http://localhost:8080/":                 false,
		"file:///srv/partage/":                   false,
		"https://www.exemple.fr/intranet.local/": false,
	} {
		if got := Inside(addr); got != want {
			t.Errorf("Inside(%q) = %v, want %v", addr, got, want)
		}
	}
}
