package address

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

// finish makes an address canonical that is already what the standard's parser gives, without its
// fragment: path is where its path begins. It works in place, as every step only shortens.
func finish(buf []byte, path int) (string, error) {
	buf = unescape(buf, path)
	query := len(buf)
	if i := bytes.IndexByte(buf[path:], '?'); i >= 0 {
		query = path + i
	}
	if query < len(buf) {
		buf = cleanQuery(buf, query)
	}
	if bytes.IndexByte(buf[path:query], ';') >= 0 || bytes.Contains(buf[path:query], []byte("/(S(")) {
		buf = cleanPath(buf, path, query)
	}
	if len(buf) > MaxBytes {
		return "", ErrLong
	}
	return string(buf), nil
}

// unescape writes percent-encodings as RFC 3986 6.2.2 wants them: digits A-F upper case, unreserved
// characters as themselves. An address with a percent sign that encodes nothing stays as it is,
// since a server may read it either way.
func unescape(buf []byte, path int) []byte {
	first := bytes.IndexByte(buf[path:], '%')
	if first < 0 {
		return buf
	}
	first += path
	for i := first; i < len(buf); i++ {
		if buf[i] == '%' && (i+2 >= len(buf) || unhex(buf[i+1]) < 0 || unhex(buf[i+2]) < 0) {
			return buf
		}
	}
	out := buf[:first]
	for i := first; i < len(buf); i++ {
		if buf[i] != '%' {
			out = append(out, buf[i])
			continue
		}
		h, l := unhex(buf[i+1]), unhex(buf[i+2])
		i += 2
		if c := byte(h<<4 | l); isUnreserved(c) {
			out = append(out, c)
		} else {
			out = append(out, '%', "0123456789ABCDEF"[h], "0123456789ABCDEF"[l])
		}
	}
	return out
}

func isUnreserved(c byte) bool {
	return 'a' <= lower(c) && lower(c) <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= lower(c) && lower(c) <= 'f':
		return int(lower(c)-'a') + 10
	}
	return -1
}

// cleanPath takes the session ids out of a path: the ";jsessionid=…" of Java servers, wherever it
// stands, and "(S(…))" of ASP.NET, which is a segment of its own. A segment that would become a dot
// segment by it stays as it is.
func cleanPath(buf []byte, path, query int) []byte {
	out := buf[:path]
	for i := path; i < query; {
		end := query
		if n := bytes.IndexByte(buf[i+1:query], '/'); n >= 0 {
			end = i + 1 + n
		}
		segment := buf[i+1 : end]
		i = end
		start := len(out)
		first, rest, more := bytes.Cut(segment, []byte(";"))
		if s := string(first); s == "." || s == ".." {
			first, more = segment, false
		}
		out = append(append(out, '/'), first...)
		for more {
			var parameter []byte
			parameter, rest, more = bytes.Cut(rest, []byte(";"))
			if !isPathSession(parameter) {
				out = append(append(out, ';'), parameter...)
			}
		}
		if isASPSession(out[start+1:]) {
			out = out[:start]
		}
	}
	if len(out) == path {
		out = append(out, '/')
	}
	return append(out, buf[query:]...)
}

func isASPSession(segment []byte) bool {
	n := len(segment)
	return n > 20 && n < 64 && bytes.HasPrefix(segment, []byte("(S(")) && bytes.HasSuffix(segment, []byte("))")) && isWord(segment[3:n-2])
}

func isPathSession(parameter []byte) bool {
	name, _, ok := bytes.Cut(parameter, []byte("="))
	if !ok {
		return false
	}
	var low [24]byte
	switch string(lowered(low[:0], name)) {
	case "jsessionid", "phpsessid", "jsessionidsso":
		return true
	}
	return false
}

// cleanQuery takes out the parameters that name no content, and the question mark when none is left.
// The order and writing of all others stay.
func cleanQuery(buf []byte, query int) []byte {
	out := buf[:query+1]
	kept := false
	for i := query + 1; i <= len(buf); {
		end := len(buf)
		if n := bytes.IndexByte(buf[i:], '&'); n >= 0 {
			end = i + n
		}
		if !isNoise(buf[i:end]) {
			if kept {
				out = append(out, '&')
			}
			out = append(out, buf[i:end]...)
			kept = true
		}
		i = end + 1
	}
	if len(out) == query+1 {
		return out[:query]
	}
	return out
}

// isNoise tells whether a parameter only follows a visitor or a session, or is a credential.
func isNoise(parameter []byte) bool {
	name, value, _ := bytes.Cut(parameter, []byte("="))
	for bytes.HasPrefix(name, []byte("amp;")) { // an ampersand that was encoded twice
		name = name[4:]
	}
	var low [40]byte
	if len(name) == 0 || len(name) > len(low) {
		return false
	}
	name = lowered(low[:0], name)
	switch noise.names[string(name)] {
	case always:
		return true
	case whenID:
		return isID(value)
	case whenClock:
		return isClock(value)
	case whenKey:
		return isKey(value)
	}
	for _, p := range noise.prefixes[name[0]] {
		if bytes.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// isID tells whether a value can only be a random name: 16 or more letters and digits, of which at
// least four are digits.
func isID(v []byte) bool {
	digits := 0
	for _, c := range v {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return len(v) >= 16 && digits >= 4 && isWord(v)
}

// isKey tells whether a value is a credential rather than words: without what parts words, 16 or more letters and digits
// in one run, with letters and at least four digits that are not all together, as those of a year or a date are.
func isKey(v []byte) bool {
	best, letters, digits, turns := 0, 0, 0, 0
	run := func() {
		if best < letters+digits && letters > 0 && digits >= 4 && turns >= 3 {
			best = letters + digits
		}
		letters, digits, turns = 0, 0, 0
	}
	for i, c := range v {
		switch {
		case c == '%':
			return false
		case '0' <= c && c <= '9':
			digits++
			if i > 0 && 'a' <= lower(v[i-1]) && lower(v[i-1]) <= 'z' {
				turns++
			}
		case 'a' <= lower(c) && lower(c) <= 'z':
			letters++
			if i > 0 && '0' <= v[i-1] && v[i-1] <= '9' {
				turns++
			}
		default:
			run()
		}
	}
	run()
	return best >= 16
}

// isClock tells whether a value is a moment in seconds or finer since 1970.
func isClock(v []byte) bool {
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(v) >= 10
}

func isWord(v []byte) bool {
	for _, c := range v {
		if !('0' <= c && c <= '9' || 'a' <= lower(c) && lower(c) <= 'z') {
			return false
		}
	}
	return true
}

func lowered(to, s []byte) []byte {
	if len(s) > cap(to) {
		return s
	}
	for _, c := range s {
		to = append(to, lower(c))
	}
	return to
}

type when byte

const (
	never when = iota
	always
	whenID
	whenClock
	whenKey
)

//go:embed noise.txt
var noiseText string

// noise is the list of noise.txt.
var noise = func() (n struct {
	names    map[string]when
	prefixes [256][][]byte
}) {
	n.names = map[string]when{}
	for i, line := range strings.Split(noiseText, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case len(f) == 1 && strings.HasSuffix(f[0], "*"):
			p := strings.TrimSuffix(f[0], "*")
			n.prefixes[p[0]] = append(n.prefixes[p[0]], []byte(p))
		case len(f) == 1:
			n.names[f[0]] = always
		case len(f) == 2 && f[1] == "id":
			n.names[f[0]] = whenID
		case len(f) == 2 && f[1] == "clock":
			n.names[f[0]] = whenClock
		case len(f) == 2 && f[1] == "key":
			n.names[f[0]] = whenKey
		default:
			panic(fmt.Sprintf("noise.txt line %d: %q", i+1, line))
		}
	}
	return n
}()
