package classify

// Fold gives the comparable form of a text, on which rules and models work: accents folded, lower case,
// typographic apostrophes, dashes and spaces made plain.
func Fold(s string) string { return foldString(s) }
