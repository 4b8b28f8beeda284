package address

import (
	"slices"
	"sort"
	"strings"
)

// split gives the parts of a canonical address. Of anything else it gives what stands at those places.
func split(addr string) (origin, path, query string) {
	start := 0
	if i := strings.Index(addr, "://"); i >= 0 {
		start = i + 3
	}
	rest := addr[start:]
	if i := strings.IndexByte(rest, '?'); i >= 0 {
		rest, query = rest[:i], rest[i+1:]
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return addr[:start+i], rest[i:], query
	}
	return addr[:start+len(rest)], "/", query
}

// Origin gives scheme, host and port of a canonical address: "https://site.fr", "http://site.fr:8080".
func Origin(addr string) string {
	o, _, _ := split(addr)
	return o
}

// Host gives host and port of a canonical address, the port always written: "site.fr:443". That of a
// file is "file:", with the server's name when it has one.
func Host(addr string) string {
	o, _, _ := split(addr)
	if server, ok := strings.CutPrefix(o, "file://"); ok {
		return "file:" + server
	}
	scheme, host, ok := strings.Cut(o, "://")
	switch {
	case !ok || host == "":
		return ""
	case strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']'):
		return host
	case scheme == "http":
		return host + ":80"
	}
	return host + ":443"
}

// Name gives the host name of a canonical address without its port: "site.fr", "[::1]".
func Name(addr string) string {
	h := Host(addr)
	return h[:max(0, strings.LastIndexByte(h, ':'))]
}

// Path gives the path of a canonical address, which begins with a slash.
func Path(addr string) string {
	_, p, _ := split(addr)
	return p
}

// Target gives path and query of a canonical address: what a server is asked for, and what
// robots.txt and a source's patterns are matched against.
func Target(addr string) string {
	return addr[min(len(addr), len(Origin(addr))):]
}

// Pattern gives the family that a canonical address belongs to. Addresses of one family differ only
// in numbers, dates, identifiers and the values of their parameters: "site.fr:443/agenda/#?mois".
// Those in whose path a name comes back are one family whatever the order of its names, as a loop of
// links makes them: "site.fr:443/…/a/b". It names a family, and is no address.
func Pattern(addr string) string {
	_, path, query := split(addr)
	var segments []string
	repeats := false
	for i, s := range strings.Split(path, "/") {
		s = blur(s)
		if known := slices.Contains(segments, s); known {
			repeats = repeats || s != "#" && s != ""
		} else if i > 0 {
			segments = append(segments, s)
		}
	}
	var b strings.Builder
	b.WriteString(Host(addr))
	if repeats {
		sort.Strings(segments)
		b.WriteString("/…")
	}
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(s)
	}
	if query == "" {
		return b.String()
	}
	var names []string
	for _, p := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		names = append(names, blur(name))
	}
	sort.Strings(names)
	for i, n := range names {
		if i == 0 {
			b.WriteByte('?')
		} else if n == names[i-1] {
			continue
		} else {
			b.WriteByte('&')
		}
		b.WriteString(n)
	}
	return b.String()
}

// blur writes # for every number, date, hexadecimal or random name in a segment.
func blur(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && isWord([]byte{s[j]}) {
			j++
		}
		if j > i {
			b.WriteString(blurWord(s[i:j]))
			i = j
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	out := b.String()
	for _, sep := range []string{"-", "_", ".", ":", "%3A", "%20", ","} { // dates, UUIDs, versions: one name
		for strings.Contains(out, "#"+sep+"#") {
			out = strings.ReplaceAll(out, "#"+sep+"#", "#")
		}
	}
	return out
}

func blurWord(w string) string {
	digits, hex := 0, 0
	for i := 0; i < len(w); i++ {
		if '0' <= w[i] && w[i] <= '9' {
			digits++
		}
		if unhex(w[i]) >= 0 {
			hex++
		}
	}
	if digits > 0 && (digits == len(w) || hex == len(w) && len(w) >= 4 || len(w) >= 16 && digits >= 4) {
		return "#"
	}
	if digits == 0 {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if '0' > w[i] || w[i] > '9' {
			b.WriteByte(w[i])
		} else if i == 0 || '0' > w[i-1] || w[i-1] > '9' {
			b.WriteByte('#')
		}
	}
	return b.String()
}
