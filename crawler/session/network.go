package session

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// NetworkConfig says how the servers of a source are reached. The zero value is the environment's
// proxy and the system's authorities. Its secrets do not show when it is printed.
type NetworkConfig struct {
	Origins     []string // that may see the client certificate and must show a pinned key
	Authorities []byte   // PEM; trusted beside those of the system
	Certificate []byte   // PEM, the client's own, with intermediates
	Key         []byte   // PEM, of the certificate; may lie in Certificate
	PKCS12      []byte   // certificate and key in one file
	Passphrase  string   // of PKCS12
	Pins        []string // SHA-256 of a key (SubjectPublicKeyInfo), in hexadecimal or base64
	Proxy       string   // http, https or socks5 address; "none" for a direct connection; "" as the environment says
	ProxyUser   string
	ProxyPass   string
}

// String keeps the secrets of a configuration out of what is printed.
func (c NetworkConfig) String() string { return "session.NetworkConfig" }

// GoString is String.
func (c NetworkConfig) GoString() string { return c.String() }

// Network is how a source is reached. It is safe for concurrent use.
type Network struct {
	origins     map[string]bool
	roots       *x509.CertPool // nil for the system's
	certificate *tls.Certificate
	pins        map[[sha256.Size]byte]bool
	proxy       func(*http.Request) (*url.URL, error)
	chosen      bool // the configuration decides about the proxy
}

// ErrPin says that a server shows another key than the pinned one.
var ErrPin = errors.New("the server shows another key than the pinned one")

// NewNetwork checks a configuration. The error says what is wrong, without any secret.
func NewNetwork(cfg NetworkConfig) (*Network, error) {
	n := &Network{origins: map[string]bool{}, pins: map[[sha256.Size]byte]bool{}, proxy: http.ProxyFromEnvironment}
	for _, o := range cfg.Origins {
		u, err := url.Parse(o)
		if err != nil || originOf(u) == "" {
			return nil, fmt.Errorf("%q is no origin", o)
		}
		n.origins[originOf(u)] = true
	}
	var err error
	if len(cfg.Authorities) > 0 {
		if n.roots, err = x509.SystemCertPool(); err != nil {
			n.roots = x509.NewCertPool()
		}
		if !n.roots.AppendCertsFromPEM(cfg.Authorities) {
			return nil, NoAuthorities
		}
	}
	if n.certificate, err = cfg.own(); err != nil {
		return nil, err
	}
	for _, p := range cfg.Pins {
		pin, err := readPin(p)
		if err != nil {
			return nil, err
		}
		n.pins[pin] = true
	}
	return n, n.setProxy(cfg)
}

func (n *Network) setProxy(cfg NetworkConfig) error {
	switch cfg.Proxy {
	case "":
		return nil
	case "none":
		n.proxy, n.chosen = nil, true
		return nil
	}
	u, err := url.Parse(cfg.Proxy)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return NoProxy
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return NoProxy
	}
	if cfg.ProxyUser != "" {
		u.User = url.UserPassword(cfg.ProxyUser, cfg.ProxyPass)
	}
	n.proxy, n.chosen = http.ProxyURL(u), true
	return nil
}

// own reads the client certificate; nil when there is none.
func (cfg NetworkConfig) own() (*tls.Certificate, error) {
	if len(cfg.PKCS12) > 0 {
		key, leaf, chain, err := pkcs12.DecodeChain(cfg.PKCS12, cfg.Passphrase)
		if errors.Is(err, pkcs12.ErrIncorrectPassword) {
			return nil, WrongPhrase
		}
		if err != nil {
			return nil, NoPKCS12
		}
		c := &tls.Certificate{PrivateKey: key, Leaf: leaf, Certificate: [][]byte{leaf.Raw}}
		for _, more := range chain {
			c.Certificate = append(c.Certificate, more.Raw)
		}
		return c, nil
	}
	if len(cfg.Certificate) == 0 {
		return nil, nil
	}
	key := cfg.Key
	if len(key) == 0 {
		key = cfg.Certificate
	}
	for rest := key; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			break
		}
		if strings.Contains(b.Type, "ENCRYPTED") || strings.Contains(b.Headers["Proc-Type"], "ENCRYPTED") {
			return nil, EncryptedKey
		}
	}
	c, err := tls.X509KeyPair(cfg.Certificate, key)
	if err != nil {
		return nil, NoPair
	}
	return &c, nil
}

// readPin reads a SHA-256 in hexadecimal (with or without colons) or base64 (as "sha256//…" of curl).
func readPin(s string) (pin [sha256.Size]byte, err error) {
	text := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "sha256//"), "sha256/")
	raw, err := hex.DecodeString(strings.ReplaceAll(text, ":", ""))
	if err != nil {
		raw, err = base64.StdEncoding.DecodeString(text)
	}
	if err != nil || len(raw) != len(pin) {
		return pin, fmt.Errorf("%w (%.100s)", NoPin, s)
	}
	return [sha256.Size]byte(raw), nil
}

// Pin is the pin of a certificate's key, in base64.
func Pin(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// As names the client certificate, "" when there is none.
func (n *Network) As() string {
	if c := n.leaf(); c != nil {
		return c.Subject.CommonName
	}
	return ""
}

// Anonymous is the same network without the client certificate. That of nil is nil.
func (n *Network) Anonymous() *Network {
	if n == nil {
		return nil
	}
	a := *n
	a.certificate = nil
	return &a
}

// Expires is when the client certificate ends; the zero time when there is none.
func (n *Network) Expires() time.Time {
	if c := n.leaf(); c != nil {
		return c.NotAfter
	}
	return time.Time{}
}

func (n *Network) leaf() *x509.Certificate {
	if n == nil || n.certificate == nil {
		return nil
	}
	if n.certificate.Leaf != nil {
		return n.certificate.Leaf
	}
	c, err := x509.ParseCertificate(n.certificate.Certificate[0])
	if err != nil {
		return nil
	}
	return c
}

// Proxy tells through which proxy a request goes; nil for none. A nil Network asks the environment.
func (n *Network) Proxy(req *http.Request) (*url.URL, error) {
	switch {
	case n == nil:
		return http.ProxyFromEnvironment(req)
	case n.proxy == nil:
		return nil, nil
	}
	return n.proxy(req)
}

// ChoosesProxy tells whether the configuration decides about the proxy, and not the environment.
func (n *Network) ChoosesProxy() bool { return n != nil && n.chosen }

// TLS gives the settings for a connection to a host; near tells that it belongs to the declared
// origins, which alone see the client certificate and are held to the pins.
func (n *Network) TLS(base *tls.Config, near bool) *tls.Config {
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if base != nil {
		cfg = base.Clone()
	}
	if n == nil {
		return cfg
	}
	cfg.RootCAs = n.roots
	if !near {
		return cfg
	}
	if n.certificate != nil {
		// Whatever authorities a server names: who configures a certificate means it.
		cfg.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return n.certificate, nil }
	}
	if len(n.pins) > 0 {
		cfg.InsecureSkipVerify = true // verify below does it, and accepts the pinned key in place of an authority (as RFC 7671 DANE-EE)
		cfg.VerifyConnection = n.verify
	}
	return cfg
}

func (n *Network) verify(state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return ErrPin
	}
	if n.pinned(state.PeerCertificates[0]) {
		return nil
	}
	opts := x509.VerifyOptions{Roots: n.roots, DNSName: state.ServerName, Intermediates: x509.NewCertPool()}
	for _, c := range state.PeerCertificates[1:] {
		opts.Intermediates.AddCert(c)
	}
	chains, err := state.PeerCertificates[0].Verify(opts)
	if err != nil {
		return fmt.Errorf("%w (%s)", ErrPin, "its certificate is not trusted either")
	}
	for _, chain := range chains {
		for _, c := range chain {
			if n.pinned(c) {
				return nil
			}
		}
	}
	return ErrPin
}

func (n *Network) pinned(c *x509.Certificate) bool {
	return n.pins[sha256.Sum256(c.RawSubjectPublicKeyInfo)]
}

// Wire is the transport of a source: one for the declared origins, one for all others, so that the
// client certificate stays with those that may see it.
type Wire struct {
	network   *Network
	near, far *http.Transport
}

// Wire makes the transport of the source after base, which gives time limits and the way to connect.
func (n *Network) Wire(base *http.Transport) *Wire {
	w := &Wire{network: n, near: base.Clone(), far: base.Clone()}
	w.near.Proxy, w.far.Proxy = n.proxy, n.proxy
	w.near.TLSClientConfig, w.far.TLSClientConfig = n.TLS(base.TLSClientConfig, true), n.TLS(base.TLSClientConfig, false)
	return w
}

// RoundTrip implements http.RoundTripper.
func (w *Wire) RoundTrip(req *http.Request) (*http.Response, error) {
	if w.network.origins[originOf(req.URL)] {
		return w.near.RoundTrip(req)
	}
	return w.far.RoundTrip(req)
}

// Lane gives a transport to the declared origins with a single connection to each.
func (w *Wire) Lane() http.RoundTripper { return Lane(w.near) }

// Proxy tells through which proxy a request goes; nil for none.
func (w *Wire) Proxy(req *http.Request) (*url.URL, error) { return w.network.Proxy(req) }

// CloseIdleConnections closes connections that carry nothing.
func (w *Wire) CloseIdleConnections() {
	w.near.CloseIdleConnections()
	w.far.CloseIdleConnections()
}

// IsPKCS12 tells a PKCS#12 file from PEM.
func IsPKCS12(data []byte) bool {
	return !bytes.Contains(data, []byte("-----BEGIN ")) && len(data) > 0 && data[0] == 0x30
}
