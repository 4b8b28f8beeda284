package classify

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// atWordForms are expressions of the program with texts that they match.
var atWordForms = map[string]*atWord{"date": dayMonth, "month first": monthDay, "figures": numeric, "iso": isoDate, "year": yearForm, "part": partForm, "label": passwordLabel, "wi-fi": wifiKey, "header": header,
	"setting": setting, "password": password, "bare": passwordBare, "login": loginPair, "code": digicode, "birth": birthDate, "level": levelMark, "tlp": tlpMark, "postcode": postcode, "version": versionZero, "title": yearInTitle, "example": example}

// TestAtWord compares what is found with what the plain expression finds, on texts made of pieces that often match.
func TestAtWord(t *testing.T) {
	pieces := strings.Split("3|12|1er|le |mars|may| 4, 2026|may 4, 2026|2026| 2024-02-03|31/12/2026|_|é|É|\xff|. |, |\n| |-|q3|t1 |premier trimestre|mot de passe|_mdp|mdp| : |=|soleil|Xk29vLqz|wi-fi|wi-fi cle soleil26|cle|code| wpa2|"+
		"Authorization: Bearer abcdefghijklmnop123|api_key|'pwd', 'Xk29vLqz'|admin|root / |digicode|code porte |4471|ne le |born|c2 : interne|c0-public|TLP:RED|tlp amber|75011 pa|v0.3|password: changeme|s|a", "|")
	for name, w := range atWordForms {
		plain := regexp.MustCompile(strings.TrimSuffix(strings.TrimPrefix(w.re.String(), "^(?:"), ")"))
		r, matched := rand.New(rand.NewPCG(1, 2)), 0
		for range 2000 {
			var b strings.Builder
			for range 1 + r.IntN(14) {
				b.WriteString(pieces[r.IntN(len(pieces))])
			}
			s := b.String()
			want := plain.FindAllStringSubmatchIndex(s, 4)
			if got := w.FindAllStringSubmatchIndex(s, 4); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s in %q: %v, want %v", name, s, got, want)
			}
			if got, want := w.FindStringSubmatch(s), plain.FindStringSubmatch(s); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s in %q: %q, want %q", name, s, got, want)
			}
			matched += len(want)
		}
		if matched == 0 {
			t.Errorf("%s: no text matches", name)
		}
	}
}

func TestAtWordRefuses(t *testing.T) {
	for _, expr := range []string{`mars`, `\b(?:é|e)`, `\b[a-zé]`, `(?i)\bsoir`, `\b\W`, `\b.`, `\b`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", expr)
				}
			}()
			mustAtWord(expr)
		}()
	}
}
