package session

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
)

// exchange is a server of NTLM as IIS is one: a connection is signed in, not a request, and a
// handshake that changes its connection fails.
type exchange struct {
	*httptest.Server
	hash   []byte // NTOWFv2 of the right password
	scheme string
	close  bool // closes the connection within each first handshake of a connection's kind

	mu       sync.Mutex
	state    map[string]int // by connection: 0 unknown, 1 challenged, 2 signed in
	wrong    int
	shakes   int
	problems []string
}

var targetInfo = []byte{2, 0, 4, 0, 'V', 0, 'A', 0, 0, 0, 0, 0} // MsvAvNbDomainName "VA", MsvAvEOL

// ntowf is NTOWFv2 (MS-NLMP 3.3.2) from the NT hash, which is the MD4 of the password.
func ntowf(ntHash []byte, user, domain string) []byte {
	mac := hmac.New(md5.New, ntHash)
	binary.Write(mac, binary.LittleEndian, utf16.Encode([]rune(strings.ToUpper(user)+domain)))
	return mac.Sum(nil)
}

// ntHash of "Password", the vector of MS-NLMP 4.2.2.1.2.
var ntHash = []byte{0xa4, 0xf4, 0x9c, 0x40, 0x65, 0x10, 0xbd, 0xca, 0xb6, 0x82, 0x4e, 0xe7, 0xc3, 0x0f, 0xd8, 0x52}

func serveExchange(t *testing.T, scheme string) *exchange {
	t.Helper()
	e := &exchange{hash: ntowf(ntHash, "c.roussel", "VALMONT"), scheme: scheme, state: map[string]int{}}
	e.Server = httptest.NewUnstartedServer(http.HandlerFunc(e.serve))
	e.Config.ConnState = func(c net.Conn, s http.ConnState) {
		if s == http.StateClosed {
			e.mu.Lock()
			delete(e.state, c.RemoteAddr().String())
			e.mu.Unlock()
		}
	}
	e.Start()
	t.Cleanup(e.Close)
	t.Cleanup(func() {
		for _, p := range e.problems {
			t.Error(p)
		}
	})
	return e
}

func (e *exchange) serve(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := r.RemoteAddr
	refuse := func(challenge string) {
		if challenge == "" {
			w.Header().Add("WWW-Authenticate", "Negotiate")
			if e.scheme == "NTLM" {
				w.Header().Add("WWW-Authenticate", "NTLM")
			}
		} else {
			w.Header().Set("WWW-Authenticate", e.scheme+" "+challenge)
		}
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, strings.Repeat("refused ", 1000))
	}
	text, given := strings.CutPrefix(r.Header.Get("Authorization"), e.scheme+" ")
	msg, _ := base64.StdEncoding.DecodeString(text)
	switch {
	case !given && e.state[at] == 2:
		fmt.Fprint(w, strings.Repeat("in ", 5000))
	case !given:
		refuse("")
	case !bytes.HasPrefix(msg, []byte("NTLMSSP\x00")) || len(msg) < 32:
		e.problems = append(e.problems, "no NTLM message: "+text)
		refuse("")
	case msg[8] == 1:
		e.shakes++
		if len(msg) < 40 {
			e.problems = append(e.problems, fmt.Sprintf("a first message of %d bytes", len(msg)))
		}
		e.state[at] = 1
		if e.close {
			e.close = false
			w.Header().Set("Connection", "close")
		}
		c := make([]byte, 48)
		copy(c, "NTLMSSP\x00\x02")
		binary.LittleEndian.PutUint32(c[20:], 0x00000001|0x00000200|0x00080000|0x00800000) // Unicode, NTLM, extended session security, target info
		copy(c[24:32], "\x01\x23\x45\x67\x89\xab\xcd\xef")
		binary.LittleEndian.PutUint16(c[40:], uint16(len(targetInfo)))
		binary.LittleEndian.PutUint16(c[42:], uint16(len(targetInfo)))
		binary.LittleEndian.PutUint32(c[44:], 48)
		refuse(base64.StdEncoding.EncodeToString(append(c, targetInfo...)))
	case msg[8] == 3 && e.state[at] != 1:
		refuse("") // another connection than the one that was challenged
	case msg[8] == 3 && e.proves(msg):
		e.state[at] = 2
		fmt.Fprint(w, strings.Repeat("in ", 5000))
	default:
		e.wrong++
		refuse("")
	}
}

// proves verifies the NTLMv2 response of message 3 (MS-NLMP 3.3.2).
func (e *exchange) proves(msg []byte) bool {
	n, at := binary.LittleEndian.Uint16(msg[20:]), binary.LittleEndian.Uint32(msg[24:])
	if int(at)+int(n) > len(msg) || n < 44 {
		return false
	}
	response := msg[at : at+uint32(n)]
	mac := hmac.New(md5.New, e.hash)
	mac.Write([]byte("\x01\x23\x45\x67\x89\xab\xcd\xef"))
	mac.Write(response[16:])
	return hmac.Equal(mac.Sum(nil), response[:16])
}

func TestNTLM(t *testing.T) {
	for _, c := range []struct {
		scheme string
		cfg    Config
	}{
		{"NTLM", Config{Kind: NTLM, User: "c.roussel", Domain: "VALMONT", Password: "Password"}},
		{"NTLM", Config{Kind: Auto, User: `VALMONT\c.roussel`, Password: "Password"}},
		{"Negotiate", Config{Kind: NTLM, User: `VALMONT\c.roussel`, Password: "Password"}},
		{"Negotiate", Config{Kind: Auto, User: "c.roussel", Domain: "VALMONT", Password: "Password"}},
	} {
		e := serveExchange(t, c.scheme)
		c.cfg.Origins = []string{e.URL}
		s := newSession(t, c.cfg)
		base := &http.Transport{}
		if err := s.SignIn(context.Background(), base); err != nil {
			t.Fatal(err)
		}
		rt := s.Over(base)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for j := range 25 {
					if code := get(t, rt, fmt.Sprint(e.URL, "/", i, "/", j)); code != http.StatusOK {
						t.Errorf("%s page %d/%d: %d", c.scheme, i, j, code)
					}
				}
			})
		}
		wg.Wait()
		if e.shakes > 6 {
			t.Errorf("%s: %d handshakes for 100 pages of 4 at once: the connections do not stay signed in", c.scheme, e.shakes)
		}
		CloseIdle(rt)
		base.CloseIdleConnections()
	}
}

// A connection that ends within the handshake costs another handshake, not an attempt.
func TestNTLMConnectionEnds(t *testing.T) {
	e := serveExchange(t, "NTLM")
	e.close = true
	s := newSession(t, Config{Kind: NTLM, Origins: []string{e.URL}, User: "c.roussel", Domain: "VALMONT", Password: "Password"})
	if err := s.SignIn(context.Background(), &http.Transport{}); err != nil || e.wrong != 0 {
		t.Errorf("%v, %d wrong", err, e.wrong)
	}
}

func TestNTLMWrongPassword(t *testing.T) {
	e := serveExchange(t, "NTLM")
	s := newSession(t, Config{Kind: NTLM, Origins: []string{e.URL}, User: "c.roussel", Domain: "VALMONT", Password: "hunter2"})
	for range 4 {
		var r *Refused
		if err := s.SignIn(context.Background(), &http.Transport{}); !errors.As(err, &r) || strings.Contains(err.Error(), "hunter2") {
			t.Fatalf("got %v", err)
		}
	}
	if e.wrong != 2 {
		t.Errorf("%d attempts, want 2", e.wrong)
	}
}

// A server that sends nonsense for a challenge is refused without a panic.
func TestNTLMNonsense(t *testing.T) {
	for _, nonsense := range []string{"", "TlRMTVNTUAACAAAA", "!!!", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 60))} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("WWW-Authenticate", strings.TrimSpace("NTLM "+nonsense))
			w.WriteHeader(http.StatusUnauthorized)
		}))
		s := newSession(t, Config{Kind: NTLM, Origins: []string{server.URL}, User: "a", Password: "b"})
		var r *Refused
		if err := s.SignIn(context.Background(), &http.Transport{}); !errors.As(err, &r) {
			t.Errorf("%q: %v", nonsense, err)
		}
		server.Close()
	}
}
