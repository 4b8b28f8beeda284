package session

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/jcmturner/gokrb5/v8/client"
	"github.com/jcmturner/gokrb5/v8/config"
	"github.com/jcmturner/gokrb5/v8/credentials"
	"github.com/jcmturner/gokrb5/v8/keytab"
	"github.com/jcmturner/gokrb5/v8/spnego"
)

// KerberosConfig says where tickets come from: a keytab, a credential cache, or the password of the
// Config. The zero value reads /etc/krb5.conf (or what KRB5_CONFIG names) and uses the password.
type KerberosConfig struct {
	Krb5Conf string   // path; "" is what KRB5_CONFIG names, else /etc/krb5.conf
	Realm    string   // "" is the default realm of krb5.conf
	KDC      []string // host:port; with Realm they stand in place of krb5.conf
	Keytab   string   // path
	CCache   string   // path
	SPN      string   // name of the service; "" is HTTP/ and the host
}

func (k KerberosConfig) isSet() bool {
	return k.Krb5Conf != "" || k.Realm != "" || len(k.KDC) > 0 || k.Keytab != "" || k.CCache != "" || k.SPN != ""
}

// kerberos is SPNEGO with Kerberos 5 (RFC 4559). Each request carries a fresh token.
type kerberos struct {
	cfg  Config
	conf *config.Config
	who  string    // of a credential cache
	end  time.Time // of its tickets

	mu sync.Mutex
	in *client.Client // nil until it is needed
}

// newKerberos reads the configuration files; it asks no server.
func newKerberos(cfg Config) (*kerberos, error) {
	k := &kerberos{cfg: cfg}
	var err error
	switch at := cfg.Kerberos; {
	case len(at.KDC) > 0 && at.Realm != "":
		var b strings.Builder
		fmt.Fprintf(&b, "[libdefaults]\n default_realm = %s\n dns_lookup_kdc = false\n udp_preference_limit = 1\n[realms]\n %s = {\n", at.Realm, at.Realm)
		for _, kdc := range at.KDC {
			fmt.Fprintf(&b, "  kdc = %s\n", kdc)
		}
		b.WriteString(" }\n")
		k.conf, err = config.NewFromString(b.String())
	case len(at.KDC) > 0:
		return nil, KDCWithoutName
	default:
		path := at.Krb5Conf
		if path == "" {
			path = os.Getenv("KRB5_CONFIG")
		}
		if path == "" {
			path = "/etc/krb5.conf"
		}
		var data []byte
		if data, err = readLimited(path, 1<<20); err != nil {
			return nil, fmt.Errorf("%w (%s)", NoKrb5Conf, path)
		}
		k.conf, err = config.NewFromReader(bytes.NewReader(data))
		var unsupported config.UnsupportedDirective // include and the like: what is left may do
		if errors.As(err, &unsupported) {
			err = nil
		}
	}
	if err != nil || k.conf == nil {
		return nil, NoKrb5Conf
	}
	if cfg.Kerberos.Realm != "" {
		k.conf.LibDefaults.DefaultRealm = cfg.Kerberos.Realm
	}
	if k.conf.LibDefaults.DefaultRealm == "" && cfg.Kerberos.CCache == "" && !strings.Contains(cfg.User, "@") {
		return nil, NoRealm
	}
	if cfg.Kerberos.CCache == "" && (cfg.User == "" || cfg.Password == "" && cfg.Kerberos.Keytab == "") {
		return nil, NoKerberosUser
	}
	if cfg.Kerberos.CCache != "" {
		k.readCache()
	}
	return k, nil
}

func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, errors.New("too large")
	}
	return os.ReadFile(path)
}

func (*kerberos) name() string { return "negotiate" }
func (*kerberos) spells() bool { return false }

// login makes a client; a broken file is an error made for people.
func (k *kerberos) login() (cl *client.Client, err error) {
	defer func() { // the library reads files of strangers
		if recover() != nil {
			cl, err = nil, errors.New("the file cannot be read")
		}
	}()
	user, realm := k.cfg.User, k.conf.LibDefaults.DefaultRealm
	if name, at, ok := strings.Cut(user, "@"); ok {
		user, realm = name, strings.ToUpper(at)
	}
	switch at := k.cfg.Kerberos; {
	case at.CCache != "":
		cache, err := credentials.LoadCCache(strings.TrimPrefix(at.CCache, "FILE:"))
		if err != nil {
			return nil, fmt.Errorf("no credential cache at %s: run kinit, or give a keytab", at.CCache)
		}
		if cl, err = client.NewFromCCache(cache, k.conf, client.DisablePAFXFAST(true)); err != nil {
			return nil, fmt.Errorf("no ticket in %s: run kinit", at.CCache)
		}
		return cl, nil
	case at.Keytab != "":
		table, err := keytab.Load(at.Keytab)
		if err != nil {
			return nil, fmt.Errorf("no keytab at %s", at.Keytab)
		}
		return client.NewWithKeytab(user, realm, table, k.conf, client.DisablePAFXFAST(true)), nil
	}
	return client.NewWithPassword(user, realm, k.cfg.Password, k.conf, client.DisablePAFXFAST(true)), nil
}

func (k *kerberos) authorize(req *http.Request, _ Challenge) (value string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.in == nil {
		cl, err := k.login()
		if err != nil {
			return "", k.refused(NoTicket, req, err.Error())
		}
		if err := cl.AffirmLogin(); err != nil {
			cl.Destroy()
			return "", k.explain(req, err)
		}
		k.in = cl
	}
	spn := k.cfg.Kerberos.SPN
	if spn == "" {
		spn = "HTTP/" + strings.ToLower(strings.TrimSuffix(req.URL.Hostname(), "."))
	}
	carrier := &http.Request{URL: req.URL, Header: http.Header{}}
	if err := spnego.SetSPNEGOHeader(k.in, carrier, spn); err != nil {
		k.in.Destroy()
		k.in = nil
		return "", k.explain(req, err)
	}
	return carrier.Header.Get("Authorization"), nil
}

// explain tells a refusal of the credentials from everything else that a KDC may say. The library
// keeps the code of the answer in the text of its error only.
func (k *kerberos) explain(req *http.Request, err error) *Refused {
	text := err.Error()
	for _, code := range []string{"KDC_ERR_PREAUTH_FAILED", "KDC_ERR_C_PRINCIPAL_UNKNOWN", "KDC_ERR_CLIENT_REVOKED", "KDC_ERR_KEY_EXPIRED", "KRB_AP_ERR_BAD_INTEGRITY", "password/keytab incorrect"} {
		if strings.Contains(text, code) {
			return k.refused(WrongPassword, req, "Kerberos: "+code)
		}
	}
	for code, what := range map[string]string{
		"KDC_ERR_S_PRINCIPAL_UNKNOWN": "the Kerberos server does not know HTTP/" + req.URL.Hostname() + ": use the full name of the server, or spn",
		"KRB_AP_ERR_SKEW":             "the clocks differ by more than five minutes",
		"KDC_ERR_ETYPE_NOSUPP":        "the Kerberos server and filon know no common encryption",
	} {
		if strings.Contains(text, code) {
			return k.refused(NoTicket, req, what)
		}
	}
	if strings.Contains(text, "etworking") || strings.Contains(text, "dial") || strings.Contains(text, "no KDC") {
		return k.refused(NoTicket, req, "no Kerberos server answers")
	}
	return k.refused(NoTicket, req, "")
}

func (k *kerberos) refused(reason Reason, req *http.Request, detail string) *Refused {
	who := k.cfg.User
	if who == "" {
		who = "the ticket"
	}
	return &Refused{Reason: reason, Where: origin(req.URL), User: who, Kind: Negotiate, Detail: detail}
}

// close gives the tickets back and ends their renewal.
func (k *kerberos) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.in != nil {
		k.in.Destroy()
		k.in = nil
	}
}

// readCache notes whose tickets a credential cache holds and until when; nothing when it cannot be read.
func (k *kerberos) readCache() {
	defer func() { recover() }() // the library reads files of strangers; login says what is wrong with this one
	cache, err := credentials.LoadCCache(strings.TrimPrefix(k.cfg.Kerberos.CCache, "FILE:"))
	if err != nil {
		return
	}
	k.who = cache.DefaultPrincipal.PrincipalName.PrincipalNameString() + "@" + cache.DefaultPrincipal.Realm
	for _, c := range cache.GetEntries() {
		if len(c.Server.PrincipalName.NameString) > 0 && c.Server.PrincipalName.NameString[0] == "krbtgt" && c.EndTime.After(k.end) {
			k.end = c.EndTime
		}
	}
}
