package address

import (
	"fmt"
	"runtime"
	"strings"
)

// MaxFileBytes is the length of the longest address of a file: systems allow paths of 4,096 bytes, each
// of which may be written as three.
const MaxFileBytes = 12_400

// IsFile tells whether an address is that of a file or folder (RFC 8089).
func IsFile(addr string) bool { return strings.HasPrefix(addr, "file://") }

// File gives the address of a file or folder named as people do: "/srv/partage", `C:\partage`,
// `\\serveur\partage`, or a file URL. It must be whole: a relative path is an error. The address of a
// folder ends with a slash when the name did. It is idempotent.
func File(name string) (string, error) {
	name = strings.TrimSpace(name)
	server, path := "", ""
	switch {
	case len(name) >= 5 && strings.EqualFold(name[:5], "file:"):
		rest := name[5:]
		if after, ok := strings.CutPrefix(rest, "//"); ok {
			server, path, _ = strings.Cut(after, "/")
			path = "/" + path
			if strings.EqualFold(server, "localhost") {
				server = ""
			}
		} else {
			path = rest
		}
		path = percentDecoded(path)
		if strings.HasPrefix(path, "//") && server == "" { // file:////serveur/partage
			server, path, _ = strings.Cut(path[2:], "/")
			path = "/" + path
		}
	case strings.HasPrefix(name, `\\`):
		server, path, _ = strings.Cut(strings.ReplaceAll(name[2:], `\`, "/"), "/")
		path = "/" + path
	case hasDrive(name):
		path = "/" + strings.ReplaceAll(name, `\`, "/")
	default:
		path = name
	}
	if !strings.HasPrefix(path, "/") || strings.IndexByte(path, 0) >= 0 || strings.ContainsAny(server, "@?#%\\ \t\r\n") {
		return "", fmt.Errorf("%w: a folder is named in full, as /srv/share, \\\\server\\share or file:///srv/share", ErrInvalid)
	}
	addr := "file://" + strings.ToLower(server) + percentEncoded(wholePath(path))
	if len(addr) > MaxFileBytes {
		return "", ErrLong
	}
	return addr, nil
}

// FilePath gives the path by which this system knows the file of an address, "" when it is none.
func FilePath(addr string) string { return filePath(addr, runtime.GOOS == "windows") }

// Shown writes an address for people: that of a file as its path, any other as it is.
func Shown(addr string) string {
	if path := FilePath(addr); path != "" {
		return path
	}
	return addr
}

func filePath(addr string, windows bool) string {
	rest, ok := strings.CutPrefix(addr, "file://")
	if !ok {
		return ""
	}
	server, path, _ := strings.Cut(rest, "/")
	path = "/" + percentDecoded(path)
	switch {
	case hasDrive(path[1:]):
		path = path[1:]
		return strings.ReplaceAll(path, "/", `\`)
	case server != "" && windows:
		return `\\` + server + strings.ReplaceAll(path, "/", `\`)
	case server != "":
		return "//" + server + path
	}
	return path
}

// hasDrive tells whether a path begins as "C:/" or "C:\".
func hasDrive(p string) bool {
	return len(p) >= 3 && p[1] == ':' && (p[2] == '/' || p[2] == '\\') && 'a' <= p[0]|0x20 && p[0]|0x20 <= 'z'
}

// wholePath takes out empty segments, "." and "..", and keeps a slash at the end.
func wholePath(path string) string {
	var kept []string
	for s := range strings.SplitSeq(path, "/") {
		switch s {
		case "", ".":
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return "/"
	}
	end := ""
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, "/.") {
		end = "/"
	}
	return "/" + strings.Join(kept, "/") + end
}

// percentEncoded writes a path so that every byte of a name can be read back.
func percentEncoded(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/!$&'()*+,;=:@", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// percentDecoded reads %XX; a percent sign that begins none stays.
func percentDecoded(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			b.WriteByte(byte(unhex(s[i+1])<<4 | unhex(s[i+2])))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
