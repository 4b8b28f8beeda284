package session

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// authority is a company's own.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "AC interne"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, plan, plan, &a.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return a
}

// issue gives a certificate and its key, in PEM.
func (a *authority) issue(t *testing.T, name string) (cert, key []byte, pair tls.Certificate) {
	t.Helper()
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour).Truncate(time.Second),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, plan, a.cert, &own.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	if pair, err = tls.X509KeyPair(cert, key); err != nil {
		t.Fatal(err)
	}
	return cert, key, pair
}

// serveTLS serves the name of the visitor's certificate.
func serveTLS(t *testing.T, a *authority) *httptest.Server {
	t.Helper()
	_, _, pair := a.issue(t, "serveur")
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TLS.PeerCertificates) > 0 {
			fmt.Fprint(w, r.TLS.PeerCertificates[0].Subject.CommonName)
		}
	}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.VerifyClientCertIfGiven, ClientCAs: pool}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestNetworkTLS(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	server, elsewhere := serveTLS(t, ours), serveTLS(t, ours)
	cert, key, pair := ours.issue(t, "robot inventaire")
	p12, err := pkcs12.Modern.Encode(pair.PrivateKey, pair.Leaf, nil, "fictif")
	if err != nil {
		t.Fatal(err)
	}
	leaf := server.TLS.Certificates[0].Leaf
	sum := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
	pin, hexPin := Pin(leaf), hex.EncodeToString(sum[:])
	for _, c := range []struct {
		name string
		cfg  NetworkConfig
		want string // what the server saw; "!" when it must not be reached
	}{
		{"unknown authority", NetworkConfig{}, "!"},
		{"another authority", NetworkConfig{Authorities: others.pem}, "!"},
		{"no certificate", NetworkConfig{Authorities: ours.pem}, ""},
		{"PEM", NetworkConfig{Authorities: ours.pem, Certificate: cert, Key: key}, "robot inventaire"},
		{"both in one file", NetworkConfig{Authorities: ours.pem, Certificate: append(key, cert...)}, "robot inventaire"},
		{"PKCS#12", NetworkConfig{Authorities: ours.pem, PKCS12: p12, Passphrase: "fictif"}, "robot inventaire"},
		{"pinned, authority unknown", NetworkConfig{Pins: []string{pin}}, ""},
		{"pinned in hexadecimal", NetworkConfig{Pins: []string{strings.ToUpper(hexPin)}}, ""},
		{"pinned as curl does", NetworkConfig{Pins: []string{"sha256//" + pin}}, ""},
		{"another key pinned", NetworkConfig{Authorities: ours.pem, Pins: []string{Pin(others.cert)}}, "!"},
		{"another key pinned, authority unknown", NetworkConfig{Pins: []string{Pin(ours.cert)}}, "!"},
		{"the authority pinned", NetworkConfig{Authorities: ours.pem, Pins: []string{Pin(others.cert), Pin(ours.cert)}}, ""},
	} {
		c.cfg.Origins = []string{server.URL}
		n, err := NewNetwork(c.cfg)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		w := n.Wire(&http.Transport{})
		req, _ := http.NewRequest(http.MethodGet, server.URL, nil)
		res, err := w.RoundTrip(req)
		if c.want == "!" {
			if err == nil {
				t.Errorf("%s: the server was reached", c.name)
			} else if len(c.cfg.Pins) > 0 && !errors.Is(err, ErrPin) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		saw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if string(saw) != c.want || n.As() != c.want || (c.want != "") == n.Expires().IsZero() {
			t.Errorf("%s: the server saw %q, As %q until %v, want %q", c.name, saw, n.As(), n.Expires(), c.want)
		}
		// The other server belongs to no declared origin: no certificate, no pin.
		req, _ = http.NewRequest(http.MethodGet, elsewhere.URL, nil)
		if res, err = w.RoundTrip(req); err == nil {
			saw, _ = io.ReadAll(res.Body)
			res.Body.Close()
		}
		if len(saw) > 0 && err == nil {
			t.Errorf("%s: %q was shown to another origin", c.name, saw)
		}
		w.CloseIdleConnections()
	}
}

func TestNetworkRefuses(t *testing.T) {
	a := newAuthority(t)
	cert, _, pair := a.issue(t, "robot")
	_, other, _ := a.issue(t, "other")
	p12, err := pkcs12.Modern.Encode(pair.PrivateKey, pair.Leaf, nil, "fictif")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		cfg  NetworkConfig
		want string
	}{
		"no PEM":           {NetworkConfig{Authorities: []byte("hello")}, "no certificate"},
		"no pair":          {NetworkConfig{Certificate: cert, Key: other}, "no pair"},
		"no key":           {NetworkConfig{Certificate: cert}, "no pair"},
		"encrypted key":    {NetworkConfig{Certificate: cert, Key: []byte("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")}, "PKCS#12"},
		"wrong passphrase": {NetworkConfig{PKCS12: p12, Passphrase: "hunter2"}, "does not open"},
		"no PKCS#12":       {NetworkConfig{PKCS12: []byte("0hello")}, "no PKCS#12"},
		"pin":              {NetworkConfig{Pins: []string{"abcd"}}, "no SHA-256"},
		"proxy":            {NetworkConfig{Proxy: "proxy:3128"}, "http://"},
		"proxy scheme":     {NetworkConfig{Proxy: "ftp://proxy:3128"}, "socks5"},
		"proxy password":   {NetworkConfig{Proxy: "http://me:hunter2@proxy:3128"}, "apart"},
		"origin":           {NetworkConfig{Origins: []string{"x"}}, "no origin"},
	} {
		_, err := NewNetwork(c.cfg)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !IsPKCS12(p12) || IsPKCS12(cert) || IsPKCS12(nil) {
		t.Error("PKCS#12 and PEM are not told apart")
	}
}

func TestProxies(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "direct") }))
	defer site.Close()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "proxy for ", r.URL.Host, " ", r.Header.Get("Proxy-Authorization"))
	}))
	defer proxy.Close()
	socks := serveSOCKS(t, site.Listener.Addr().String())
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	for _, c := range []struct {
		name string
		cfg  NetworkConfig
		want string
	}{
		{"http", NetworkConfig{Proxy: proxy.URL}, "proxy for intranet.exemple.fr "},
		{"http with a password", NetworkConfig{Proxy: proxy.URL, ProxyUser: "moi", ProxyPass: "x"}, "proxy for intranet.exemple.fr Basic bW9pOng="},
		{"socks5", NetworkConfig{Proxy: "socks5://" + socks}, "direct"},
	} {
		n, err := NewNetwork(c.cfg)
		if err != nil {
			t.Fatal(err)
		}
		w := n.Wire(&http.Transport{DisableKeepAlives: true})
		req, _ := http.NewRequest(http.MethodGet, "http://intranet.exemple.fr/", nil)
		res, err := w.RoundTrip(req)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		saw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if string(saw) != c.want {
			t.Errorf("%s: %q, want %q", c.name, saw, c.want)
		}
		if via, err := w.Proxy(req); via == nil || err != nil || !n.ChoosesProxy() {
			t.Errorf("%s: goes by %v", c.name, via)
		}
	}
	n, err := NewNetwork(NetworkConfig{Proxy: "none"})
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(http.MethodGet, site.URL, nil)
	if via, _ := n.Proxy(req); via != nil || !n.ChoosesProxy() {
		t.Errorf("none goes by %v", via)
	}
	var nobody *Network
	if nobody.ChoosesProxy() || nobody.As() != "" && !nobody.Expires().IsZero() {
		t.Error("a nil network decides something")
	}
}

// serveSOCKS is the least of a SOCKS 5 proxy (RFC 1928): no password, CONNECT, one destination.
func serveSOCKS(t *testing.T, to string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			in := bufio.NewReader(c)
			hello := make([]byte, 2)
			io.ReadFull(in, hello)
			io.CopyN(io.Discard, in, int64(hello[1]))
			c.Write([]byte{5, 0})
			ask := make([]byte, 5)
			io.ReadFull(in, ask)
			io.CopyN(io.Discard, in, int64(ask[4])+2)
			c.Write([]byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 80})
			out, err := net.Dial("tcp", to)
			if err != nil {
				c.Close()
				continue
			}
			req, err := http.ReadRequest(in)
			if err == nil && req.Write(out) == nil {
				io.Copy(c, out)
			}
			out.Close()
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

// What SetProxy is given must not be lost on the way to the check for credentials in clear.
func TestInClearThroughTheSourcesProxy(t *testing.T) {
	n, err := NewNetwork(NetworkConfig{Proxy: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(t, Config{Kind: Header, Origins: []string{"http://intranet.example"}, Headers: map[string]string{"X": "y"}})
	req, _ := http.NewRequest(http.MethodGet, "http://intranet.example/", nil)
	var r *Refused
	if _, err := s.Over(n.Wire(&http.Transport{})).RoundTrip(req); !errors.As(err, &r) || r.Reason != InClear {
		t.Errorf("got %v", err)
	}
	if u, _ := url.Parse("http://intranet.example"); !s.Declares(u) {
		t.Error("not declared")
	}
}
