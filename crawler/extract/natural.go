package extract

import "sort"

// sortNatural sorts names so that rId2 comes before rId10.
func sortNatural(s []string) {
	sort.Slice(s, func(i, j int) bool {
		if len(s[i]) != len(s[j]) {
			return len(s[i]) < len(s[j])
		}
		return s[i] < s[j]
	})
}
