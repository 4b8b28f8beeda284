package address

import "strings"

// fastBytes is the room for a join without allocation; what needs more takes the parser's way.
const fastBytes = 2048

// easy marks the bytes that the standard passes through unchanged both in a path and in a query.
// Any other byte sends the reference to the parser.
var easy = func() (t [256]bool) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-0x20] = true, true
	}
	for _, c := range "0123456789/-_.~!$&()*+,;=:@%?#" {
		t[c] = true
	}
	return
}()

// join resolves the usual kinds of reference by hand, with the very result that the parser would
// give (FuzzJoin holds it to that), and says where the path begins. ok is false for the unusual.
func (b *Base) join(buf []byte, ref string) (_ []byte, path int, ok bool) {
	if ref == "" || ref[0] == '#' {
		buf = append(append(buf, b.origin...), b.path...)
		buf = append(buf, b.query...)
		return buf, len(b.origin), len(buf) <= fastBytes && isEasy(ref)
	}
	if scheme(ref) != "" || strings.HasPrefix(ref, "//") {
		return joinAbsolute(buf, ref, b)
	}
	ref, ok = trimEasy(ref)
	if !ok || len(b.origin)+len(b.path)+1+len(ref) > fastBytes {
		return nil, 0, false
	}
	buf = append(buf, b.origin...)
	path = len(buf)
	switch ref[0] {
	case '?':
		buf = append(buf, b.path...)
		if len(ref) > 1 {
			buf = append(buf, ref...)
		}
		return buf, path, true
	case '/':
		return addPath(buf, path, ref[1:]), path, true
	}
	return addPath(append(buf, b.folder...), path, ref), path, true
}

// joinAbsolute is join for a reference with a host: the base's own, or one of plain letters, digits
// and hyphens that needs no rule of IDNA or IP addresses. base may be nil.
func joinAbsolute(buf []byte, ref string, base *Base) (_ []byte, path int, ok bool) {
	ref, ok = trimEasy(ref)
	if !ok || len(ref)+8 > fastBytes {
		return nil, 0, false
	}
	if base != nil && strings.HasPrefix(ref, base.origin) && endsHost(ref, len(base.origin)) {
		buf, path = append(buf, base.origin...), len(base.origin)
		ref = ref[path:]
	} else {
		var host string
		switch {
		case strings.HasPrefix(ref, "https://"):
			buf, host = append(buf, "https://"...), ref[8:]
		case strings.HasPrefix(ref, "http://"):
			buf, host = append(buf, "http://"...), ref[7:]
		case base != nil && strings.HasPrefix(ref, "//"):
			buf, host = append(buf, base.origin[:strings.IndexByte(base.origin, '/')+2]...), ref[2:]
		default:
			return nil, 0, false
		}
		n := plainHost(host)
		if n == 0 || !endsHost(host, n) {
			return nil, 0, false
		}
		for i := 0; i < n; i++ {
			buf = append(buf, lower(host[i]))
		}
		ref, path = host[n:], len(buf)
	}
	if ref == "" || ref[0] == '?' {
		buf = append(buf, '/')
		if len(ref) > 1 {
			buf = append(buf, ref...)
		}
		return buf, path, true
	}
	return addPath(buf, path, ref[1:]), path, true
}

func isEasy(s string) bool {
	for i := 0; i < len(s); i++ {
		if !easy[s[i]] {
			return false
		}
	}
	return true
}

// trimEasy drops the fragment of a reference made of easy bytes only. A percent-encoded dot takes
// the parser's way, as it may stand for a dot segment.
func trimEasy(ref string) (string, bool) {
	if !isEasy(ref) {
		return "", false
	}
	if i := strings.IndexByte(ref, '#'); i >= 0 {
		ref = ref[:i]
	}
	for s := ref; ; {
		i := strings.IndexByte(s, '%')
		if i < 0 {
			return ref, true
		}
		if len(s) > i+2 && s[i+1] == '2' && s[i+2]|0x20 == 'e' {
			return "", false
		}
		s = s[i+1:]
	}
}

// endsHost tells whether the host of s ends at n.
func endsHost(s string, n int) bool {
	return n == len(s) || s[n] == '/' || s[n] == '?'
}

// plainHost gives the length of the host that s begins with, or 0 when it is not a plain one:
// labels of letters, digits and inner hyphens, the last beginning with a letter, none of them punycode.
func plainHost(s string) int {
	label := 0
	for i := 0; ; i++ {
		if i < len(s) && (s[i] == '-' || '0' <= s[i] && s[i] <= '9' || 'a' <= lower(s[i]) && lower(s[i]) <= 'z') {
			continue
		}
		l := s[label:i]
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || len(l) > 3 && l[2] == '-' && l[3] == '-' {
			return 0
		}
		if i < len(s) && s[i] == '.' {
			label = i + 1
			continue
		}
		if '0' <= l[0] && l[0] <= '9' || i > 253 {
			return 0
		}
		return i
	}
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// addPath adds the segments of ref (which follow a slash) and its query to the path that buf ends with;
// the path begins at path. It is the standard's path state for easy bytes.
func addPath(buf []byte, path int, ref string) []byte {
	query := ""
	if i := strings.IndexByte(ref, '?'); i >= 0 {
		if i+1 < len(ref) {
			query = ref[i:]
		}
		ref = ref[:i]
	}
	if ref == "" || ref[0] != '.' && !strings.Contains(ref, "/.") {
		buf = append(append(buf, '/'), ref...)
		return append(buf, query...)
	}
	for more := true; more; {
		var segment string
		segment, ref, more = strings.Cut(ref, "/")
		switch segment {
		case "..":
			for i := len(buf) - 1; i >= path; i-- {
				if buf[i] == '/' {
					buf = buf[:i]
					break
				}
			}
			if !more {
				buf = append(buf, '/')
			}
		case ".":
			if !more {
				buf = append(buf, '/')
			}
		default:
			buf = append(append(buf, '/'), segment...)
		}
	}
	return append(buf, query...)
}
