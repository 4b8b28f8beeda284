package session

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Bounds of what is taken from a file of cookies.
const (
	MaxCookieFile = 64 << 20 // a HAR holds the pages too
	mostCookies   = 2000
	mostWords     = 2000 // of a pasted command
)

// Imported is what a file of cookies holds.
type Imported struct {
	Cookies []*http.Cookie    // each with its Domain, except when the file does not tell
	Headers map[string]string // Authorization, when a pasted command carries it
}

// ReadCookies reads what a browser gives away of a signed-in session: a Netscape cookies.txt, a HAR
// (HTTP Archive 1.2, exported with sensitive data), a command of "copy as cURL" (bash or cmd), or a
// line "Cookie: …". The errors quote nothing of it.
func ReadCookies(data []byte) (Imported, error) {
	text := strings.TrimPrefix(string(data[:min(len(data), MaxCookieFile)]), "\ufeff")
	lead := strings.TrimLeft(text, " \t\r\n")
	var in Imported
	var err error
	switch {
	case strings.HasPrefix(lead, "{"):
		in, err = readHAR([]byte(lead))
	case strings.HasPrefix(lead, "curl ") || strings.HasPrefix(lead, "curl.exe "):
		in, err = readCurl(lead)
	case len(lead) > 7 && strings.EqualFold(lead[:7], "cookie:"):
		line, _, _ := strings.Cut(lead[7:], "\n")
		in.Cookies = cookieLine(line, "")
	default:
		in.Cookies = readNetscape(text)
	}
	if err != nil {
		return Imported{}, err
	}
	if len(in.Cookies) == 0 && len(in.Headers) == 0 {
		return Imported{}, NoCookies
	}
	return in, nil
}

// readNetscape reads cookies.txt: seven columns, of which #HttpOnly_ is no comment.
func readNetscape(text string) (all []*http.Cookie) {
	for line := range strings.Lines(text) {
		if len(all) >= mostCookies {
			break
		}
		line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "#HttpOnly_")
		if strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) == 6 { // an empty value at the end of a line that an editor has trimmed
			col = append(col, "")
		}
		if len(col) != 7 || col[0] == "" || col[5] == "" {
			continue
		}
		c := &http.Cookie{Domain: col[0], Path: col[2], Secure: strings.EqualFold(col[3], "TRUE"), Name: col[5], Value: col[6]}
		if seconds, err := strconv.ParseFloat(col[4], 64); err == nil && seconds > 0 && seconds < 1e11 {
			c.Expires = time.Unix(int64(seconds), 0)
		}
		all = append(all, c)
	}
	return all
}

// har is what matters of an HTTP Archive.
type har struct {
	Log struct {
		Entries []struct {
			Request struct {
				URL     string      `json:"url"`
				Headers []harHeader `json:"headers"`
				Cookies []harCookie `json:"cookies"`
			} `json:"request"`
			Response struct {
				Cookies []harCookie `json:"cookies"`
			} `json:"response"`
		} `json:"entries"`
	} `json:"log"`
}

type harHeader struct{ Name, Value string }

type harCookie struct {
	Name, Value, Path, Domain, Expires string
	Secure                             bool
}

func readHAR(data []byte) (in Imported, err error) {
	var h har
	if err := json.Unmarshal(data, &h); err != nil {
		return in, NoHAR
	}
	for _, e := range h.Log.Entries {
		u, err := url.Parse(e.Request.URL)
		if err != nil || originOf(u) == "" || len(in.Cookies) >= mostCookies {
			continue
		}
		take := func(list []harCookie) {
			for _, c := range list {
				cookie := &http.Cookie{Name: c.Name, Value: c.Value, Path: "/", Domain: c.Domain, Secure: c.Secure}
				if cookie.Domain == "" {
					cookie.Domain = u.Hostname()
				}
				if strings.HasPrefix(c.Path, "/") {
					cookie.Path = c.Path
				}
				if t, err := time.Parse(time.RFC3339, c.Expires); err == nil {
					cookie.Expires = t
				}
				if c.Name != "" {
					in.Cookies = append(in.Cookies, cookie)
				}
			}
		}
		take(e.Request.Cookies)
		if len(e.Request.Cookies) == 0 {
			for _, header := range e.Request.Headers {
				if strings.EqualFold(header.Name, "cookie") {
					in.Cookies = append(in.Cookies, cookieLine(header.Value, u.Hostname())...)
				}
			}
		}
		take(e.Response.Cookies)
	}
	return in, nil
}

// readCurl reads the words of a command as a shell would, and of those the address and the headers.
func readCurl(text string) (in Imported, err error) {
	words, err := shellWords(text)
	if err != nil {
		return in, err
	}
	host := ""
	var lines []string
	for i := 1; i < len(words); i++ {
		w := words[i]
		next := func(names ...string) (string, bool) {
			for _, n := range names {
				if w == n && i+1 < len(words) {
					i++
					return words[i], true
				}
				if rest, ok := strings.CutPrefix(w, n); ok && rest != "" && (len(n) == 2 && n[0] == '-' || rest[0] == '=') {
					return strings.TrimPrefix(rest, "="), true
				}
			}
			return "", false
		}
		if v, ok := next("-b", "--cookie"); ok {
			if strings.Contains(v, "=") {
				lines = append(lines, v)
			}
			continue
		}
		if v, ok := next("-H", "--header"); ok {
			name, value, _ := strings.Cut(v, ":")
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "cookie":
				lines = append(lines, value)
			case "authorization":
				if in.Headers == nil {
					in.Headers = map[string]string{}
				}
				in.Headers["Authorization"] = strings.TrimSpace(value)
			}
			continue
		}
		if v, ok := next("--url"); ok {
			w = v
		}
		if u, err := url.Parse(w); err == nil && originOf(u) != "" && host == "" {
			host = u.Hostname()
		}
	}
	for _, l := range lines {
		in.Cookies = append(in.Cookies, cookieLine(l, host)...)
	}
	return in, nil
}

// cookieLine reads the value of a Cookie header.
func cookieLine(line, host string) (all []*http.Cookie) {
	for _, pair := range strings.Split(line, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if ok && name != "" && len(all) < mostCookies {
			all = append(all, &http.Cookie{Name: name, Value: value, Path: "/", Domain: host})
		}
	}
	return all
}

// shellWords cuts a command into words by the quotes of POSIX shells and, when it is full of carets,
// of Windows' cmd.
func shellWords(text string) (words []string, err error) {
	if strings.Contains(text, "^\"") || strings.Contains(text, "^\n") || strings.Contains(text, "^\r\n") {
		text = strings.NewReplacer("^\r\n", " ", "^\n", " ").Replace(text)
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			if text[i] == '^' && i+1 < len(text) {
				i++
			}
			b.WriteByte(text[i])
		}
		text = b.String()
	}
	var word strings.Builder
	open := false
	flush := func() {
		if open && len(words) < mostWords {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			flush()
		case c == '\\' && i+1 < len(text):
			i++
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			if text[i] != '\n' {
				word.WriteByte(text[i])
				open = true
			}
		case c == '\'' || c == '"' || c == '$' && i+1 < len(text) && text[i+1] == '\'':
			ansi := c == '$'
			if ansi {
				i++
			}
			end := quotedText(text[i:], ansi, &word)
			if end < 0 {
				return nil, OpenQuote
			}
			i += end
			open = true
		default:
			word.WriteByte(c)
			open = true
		}
	}
	flush()
	return words, nil
}

// quotedText reads what stands between the quotes at the beginning of s and gives the place of the
// last one, -1 when there is none.
func quotedText(s string, ansi bool, to *strings.Builder) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			return i
		case c == '\\' && i+1 < len(s) && ansi:
			i++
			switch s[i] {
			case 'n':
				to.WriteByte('\n')
			case 't':
				to.WriteByte('\t')
			case 'u':
				if i+4 < len(s) {
					if n, err := strconv.ParseUint(s[i+1:i+5], 16, 32); err == nil {
						to.WriteRune(rune(n))
						i += 4
						continue
					}
				}
				to.WriteByte('u')
			case 'x':
				if i+2 < len(s) {
					if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
						to.WriteByte(byte(n))
						i += 2
						continue
					}
				}
				to.WriteByte('x')
			default:
				to.WriteByte(s[i])
			}
		case c == '\\' && i+1 < len(s) && quote == '"' && strings.IndexByte("\"\\$`\n", s[i+1]) >= 0:
			i++
			if s[i] != '\n' {
				to.WriteByte(s[i])
			}
		default:
			to.WriteByte(c)
		}
	}
	return -1
}
