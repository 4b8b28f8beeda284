package extract

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// builtinFormats are the number formats that every workbook has without writing them (ECMA-376 part 1, 18.8.30).
var builtinFormats = map[string]string{
	"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "14": "yyyy-mm-dd", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy",
	"18": "h:mm", "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy-mm-dd h:mm", "37": "#,##0;(#,##0)", "38": "#,##0;(#,##0)", "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;(#,##0.00)",
	"44": "#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss",
}

// numberFormat is one section of a number format, as far as it says what a reader sees.
type numberFormat struct {
	before, after    string // literals around the digits
	whole            int    // digits before the point at least
	places, optional int    // digits after it, and how many of them only when they are not zero
	grouped          bool
	scale            float64 // what is shown of one
	digits           bool    // has a place for digits
	day, clock, sec  bool
	elapsed          bool // hours beyond a day
	other            bool // fractions, exponents: shown as they are kept
	general          bool // the digits as they are kept
}

// formatSections cuts a number format at its semicolons.
func formatSections(code string) (sections []string) {
	from, quoted, bracket := 0, false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case c == ';' && !bracket:
			sections = append(sections, code[from:i])
			from = i + 1
		}
	}
	return append(sections, code[from:])
}

// general stands in a number format for the digits as they are kept.
const general = "general"

// readFormat reads one section.
func readFormat(code string) (f numberFormat) {
	f.scale = 1
	point, letters := false, ""
	literal := func(s string) {
		if f.digits {
			f.after += s
		} else {
			f.before += s
		}
	}
	for i := 0; i < len(code); i++ {
		if len(code) >= i+len(general) && strings.EqualFold(code[i:i+len(general)], general) {
			f.general, f.digits = true, true
			i += len(general) - 1
			continue
		}
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			literal(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			_, size := utf8.DecodeRuneInString(code[i+1:])
			literal(code[i+1 : i+1+size])
			i += size
		case '_', '*': // room as wide as the next character, or filled with it
			_, size := utf8.DecodeRuneInString(code[i+1:])
			i += size
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return f
			}
			switch inside := code[i+1 : i+end]; {
			case strings.HasPrefix(inside, "$"):
				sign, _, _ := strings.Cut(inside[1:], "-")
				literal(sign)
			case strings.Trim(strings.ToLower(inside), "hms") == "" && inside != "":
				f.elapsed = true
				letters += strings.ToLower(inside)
			}
			i += end
		case '0', '#', '?':
			f.digits = true
			switch {
			case !point && c == '0':
				f.whole++
			case point && c == '0':
				f.places++
				f.optional = 0
			case point:
				f.places++
				f.optional++
			}
		case '.':
			point = true
		case ',':
			if i+1 < len(code) && strings.IndexByte("0#?", code[i+1]) >= 0 {
				f.grouped = f.grouped || f.digits
			} else if f.digits {
				f.scale /= 1000
			}
		case '%':
			f.scale *= 100
			literal("%")
		case '/':
			f.other = f.other || f.digits
			letters += " "
		case 'E', 'e':
			if i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				f.other = true
				i++
			} else {
				letters += "y" // years, of an emperor or in some languages
			}
		case 'y', 'Y', 'd', 'D', 'm', 'M', 'h', 'H', 's', 'S', 'a', 'A', 'j', 'J':
			letters += strings.ToLower(string(c))
		case ':':
			if letters == "" {
				literal(":")
			}
			letters += ":"
		default:
			_, size := utf8.DecodeRuneInString(code[i:])
			if letters == "" {
				literal(code[i : i+size])
			}
			i += size - 1
		}
	}
	if f.digits && !strings.ContainsAny(letters, "hs") {
		letters = ""
	}
	letters = strings.NewReplacer("am/pm", "", "am pm", "", "a/p", "", "a p", "").Replace(letters)
	f.clock = strings.ContainsAny(letters, "h") || strings.Contains(letters, "s")
	f.sec = strings.Contains(letters, "s")
	f.day = strings.ContainsAny(letters, "ydj") || strings.Contains(letters, "mmm") || !f.clock && strings.Contains(letters, "m")
	return f
}

// longest is the least number that is written with an exponent: accounts and cards have 16 digits.
const longest = 1e17

// shownNumber gives a number as a reader of the sheet sees it, but days as 2006-01-02, which can be taken for no other.
// comma tells whether the sheet is in a language that writes 1 234,50.
func shownNumber(n float64, code string, day func(float64) time.Time, comma bool) string {
	plain := plainNumber(n)
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return ""
	}
	if code == "" || strings.EqualFold(code, general) || len(code) > 255 {
		return plain
	}
	sections := formatSections(code)
	chosen := sections[0]
	switch {
	case n < 0 && len(sections) > 1:
		chosen, n = sections[1], -n
	case n == 0 && len(sections) > 2:
		chosen = sections[2]
	}
	f := readFormat(chosen)
	switch {
	case f.day || f.clock:
		if n < 0 || n > 2_958_466 { // 31 December 9999
			return plain
		}
		at := day(n)
		clock := at.Format("15:04")
		if f.sec {
			clock = at.Format("15:04:05")
		}
		if f.elapsed {
			clock = strconv.Itoa(int(n*24+1e-9)) + clock[2:]
		}
		switch {
		case !f.clock && n < 1:
			return ""
		case !f.clock:
			return at.Format(time.DateOnly)
		case f.day && n >= 1:
			return at.Format(time.DateOnly) + " " + clock
		}
		return clock
	case f.other, strings.EqualFold(strings.TrimSpace(chosen), general), strings.Contains(chosen, "@"):
		return plain
	case f.general:
		return strings.TrimSpace(f.before + plainNumber(n) + f.after)
	case !f.digits:
		return strings.TrimSpace(f.before)
	}
	return strings.TrimSpace(f.before + f.number(n*f.scale, comma) + f.after)
}

// plainNumber writes a number without a format.
func plainNumber(n float64) string {
	if n != math.Trunc(n) || math.Abs(n) >= longest { // 0.1 is stored as 0.10000000000000001
		return strconv.FormatFloat(n, 'g', 15, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// number writes the digits of a number.
func (f numberFormat) number(n float64, comma bool) string {
	if math.Abs(n) >= longest {
		return strconv.FormatFloat(n, 'g', 15, 64)
	}
	if math.Abs(n) >= 1e15 {
		return strconv.FormatFloat(n, 'f', 0, 64) // all digits that it has
	}
	places := min(f.places, 15)
	s := strconv.FormatFloat(math.Abs(n)*(1+4e-16), 'f', places, 64) // 0.285 is kept a little below itself
	whole, after, _ := strings.Cut(s, ".")
	for k := 0; k < f.optional && strings.HasSuffix(after, "0"); k++ {
		after = after[:len(after)-1]
	}
	if f.whole == 0 && whole == "0" && after != "" {
		whole = ""
	}
	for len(whole) < min(f.whole, 15) {
		whole = "0" + whole
	}
	group, point := ",", "."
	if comma {
		group, point = "\u00a0", ","
	}
	if f.grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + group + whole[i:]
		}
	}
	if after != "" {
		whole += point + after
	}
	if n < 0 && strings.Trim(s, "0.") != "" {
		whole = "-" + whole
	}
	return whole
}
