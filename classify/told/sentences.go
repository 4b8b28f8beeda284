package told

// Sentences calls found with the start and end of each sentence of a text, until it says no.
func Sentences(s string, found func(from, to int) bool) {
	from := 0
	for i := 0; i < len(s); i++ {
		stop := false
		switch s[i] {
		case '\n', '\t', ';':
			stop = true
		case '.', '!', '?':
			stop = i+1 >= len(s) || s[i+1] == ' ' || s[i+1] == '\n' || s[i+1] == 0xC2
		}
		if !stop {
			continue
		}
		if i-from > 8 && !found(from, i) {
			return
		}
		from = i + 1
	}
	if len(s)-from > 8 {
		found(from, len(s))
	}
}
