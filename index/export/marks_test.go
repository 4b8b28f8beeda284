package export

import "testing"

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Tarifs 2026": "Tarifs 2026", "evil\u202efdp.exe": "evilfdp.exe", "\ufeffUn\u200b titre\u2066\u2069": "Un titre", "l\u200eeft": "left",
		"\U0001F468\u200d\U0001F33E à la ferme": "\U0001F468\u200d\U0001F33E à la ferme", "\u200fשלום\u200f!": "\u200fשלום\u200f!", "\u202bسلام\u202c": "سلام", "می\u200cروم": "می\u200cروم", "": "",
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
