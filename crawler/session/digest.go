package session

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"net/http"
	"strings"
	"sync"
)

// digest is HTTP Digest authentication (RFC 7616, and RFC 2069 for servers without qop): MD5,
// SHA-256 and SHA-512-256, each also as a session (-sess).
type digest struct {
	cfg    Config
	cnonce func() string

	mu    sync.Mutex
	count map[string]uint32 // by nonce: how often it was used (nc)
}

func newDigest(c Config) *digest {
	return &digest{cfg: c, cnonce: freshNonce, count: map[string]uint32{}}
}

func freshNonce() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func (*digest) name() string { return "digest" }
func (*digest) spells() bool { return false }

// algorithms are those that filon answers, the strongest last.
var algorithms = []struct {
	name string
	new  func() hash.Hash
}{{"MD5", md5.New}, {"SHA-256", sha256.New}, {"SHA-512-256", sha512.New512_256}}

// strength orders the challenges of one scheme: 0 is one that cannot be answered.
func (*digest) strength(c Challenge) int {
	if qop, ok := c.Params["qop"]; ok && !hasWord(qop, "auth") || c.Params["nonce"] == "" {
		return 0
	}
	name := c.algorithm()
	for i, a := range algorithms {
		if strings.EqualFold(strings.TrimSuffix(name, "-SESS"), a.name) {
			return i + 1
		}
	}
	return 0
}

func (c Challenge) algorithm() string {
	if a := c.Params["algorithm"]; a != "" {
		return strings.ToUpper(a)
	}
	return "MD5"
}

func hasWord(list, word string) bool {
	for _, w := range strings.Split(list, ",") {
		if strings.EqualFold(strings.TrimSpace(w), word) {
			return true
		}
	}
	return false
}

func (d *digest) authorize(req *http.Request, c Challenge) (string, error) {
	at := d.strength(c)
	if at == 0 {
		return "", errors.New("a digest challenge that filon cannot answer")
	}
	h := func(parts ...string) string {
		sum := algorithms[at-1].new()
		sum.Write([]byte(strings.Join(parts, ":")))
		return hex.EncodeToString(sum.Sum(nil))
	}
	d.mu.Lock()
	if len(d.count) > 1000 { // a server that gives a new nonce for each page
		d.count = map[string]uint32{}
	}
	nonce, realm, qop, cnonce := c.Params["nonce"], c.Params["realm"], c.Params["qop"], d.cnonce()
	d.count[nonce]++
	nc := fmt.Sprintf("%08x", d.count[nonce])
	d.mu.Unlock()

	secret := h(d.cfg.User, realm, d.cfg.Password)
	session := strings.HasSuffix(c.algorithm(), "-SESS")
	if session {
		secret = h(secret, nonce, cnonce)
	}
	uri := req.URL.RequestURI()
	what := h(req.Method, uri)
	response := h(secret, nonce, what)
	if qop != "" {
		response = h(secret, nonce, nc, cnonce, "auth", what)
	}

	var b strings.Builder
	b.WriteString("Digest ")
	user := d.cfg.User
	if strings.EqualFold(c.Params["userhash"], "true") {
		user = h(user, realm)
	}
	switch {
	case strings.EqualFold(c.Params["userhash"], "true") || isASCII(user):
		b.WriteString("username=" + quoted(user))
	default:
		b.WriteString("username*=UTF-8''" + percent(user))
	}
	fmt.Fprintf(&b, ", realm=%s, nonce=%s, uri=%s, response=%s", quoted(realm), quoted(nonce), quoted(uri), quoted(response))
	if a := c.Params["algorithm"]; a != "" {
		b.WriteString(", algorithm=" + a)
	}
	if qop != "" {
		b.WriteString(", qop=auth, nc=" + nc)
	}
	if qop != "" || session {
		b.WriteString(", cnonce=" + quoted(cnonce))
	}
	if opaque, ok := c.Params["opaque"]; ok {
		b.WriteString(", opaque=" + quoted(opaque))
	}
	if strings.EqualFold(c.Params["userhash"], "true") {
		b.WriteString(", userhash=true")
	}
	return b.String(), nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "").Replace(s) + `"`
}

// percent writes a value of RFC 8187.
func percent(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if isAlnum(s[i]) {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
