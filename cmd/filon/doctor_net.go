package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"filon/crawler"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/session"
)

// Bounds of what doctor reads.
const (
	maxPageBytes   = 4 << 20
	maxHops        = 10
	certificateDue = 21 * 24 * time.Hour // renewals that work by themselves are done by then
)

var errEndless = errors.New("redirects without end")

// patient is one seed under examination.
type patient struct {
	source  crawler.Source
	seed    string
	resolve map[string]string
	timeout time.Duration
	now     time.Time

	via *url.URL // the proxy, nil for none
}

func (p *patient) target() (u *url.URL, hostPort string) {
	u, err := url.Parse(p.seed)
	if err != nil {
		return &url.URL{}, "" // checkURL parsed it
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u, net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// failed makes a finding of an error, with the remedy that trouble.go knows.
func failed(layer T, err error) finding {
	if errors.Is(err, errEndless) {
		return finding{layer, broken, T{FR: "des renvois sans fin", EN: "redirects without end"},
			T{FR: "le site attend peut-être un cookie ou une connexion : ouvrez l'adresse dans une fenêtre privée", EN: "the site may wait for a cookie or a sign-in: open the address in a private window"}}
	}
	why, hint := explain(err)
	return finding{layer, broken, why, hint}
}

func (p *patient) name(ctx context.Context, tell listener) bool {
	layer := T{FR: "nom (DNS)", EN: "name (DNS)"}
	u, hostPort := p.target()
	if p.malformedProxy(u.Scheme) != "" {
		return true // the next layer tells it, and without the proxy the name means nothing
	}
	if req, err := http.NewRequest(http.MethodGet, p.seed, nil); err == nil {
		p.via, _ = p.source.Network.Proxy(req) // it fails only in a CGI script
	}
	if to, ok := p.resolve[hostPort]; ok {
		p.via = nil
		return tell(finding{layer, fine, T{FR: "%s est joint à %s (--resolve)", EN: "%s is reached at %s (--resolve)"}.with(u.Hostname(), to), T{}})
	}
	if net.ParseIP(u.Hostname()) != nil {
		return tell(finding{layer, fine, T{FR: "%s est déjà une adresse", EN: "%s is an address already"}.with(u.Hostname()), T{}})
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	addrs, err := net.DefaultResolver.LookupHost(ctx, u.Hostname())
	if err != nil && p.via != nil {
		return tell(finding{layer, fine, T{FR: "inconnu ici, le proxy s'en charge", EN: "unknown here, the proxy sees to it"}, T{}})
	}
	if err != nil {
		return tell(failed(layer, err))
	}
	shown := strings.Join(addrs[:min(len(addrs), 3)], ", ")
	if len(addrs) > 3 {
		shown += " …"
	}
	return tell(finding{layer, fine, T{FR: "%s : %s", EN: "%s: %s"}.with(u.Hostname(), shown), T{}})
}

func (p *patient) proxy(_ context.Context, tell listener) bool {
	layer := T{FR: "proxy", EN: "proxy"}
	u, hostPort := p.target()
	if _, pinned := p.resolve[hostPort]; pinned {
		return tell(finding{layer, fine, T{FR: "aucun (--resolve joint le serveur directement)", EN: "none (--resolve reaches the server directly)"}, T{}})
	}
	if name := p.malformedProxy(u.Scheme); name != "" {
		return tell(finding{layer, broken, T{FR: "la variable %s n'est pas une adresse de proxy", EN: "the variable %s is not the address of a proxy"}.with(name),
			T{FR: "écrivez http://proxy:port, ou videz-la", EN: "write http://proxy:port, or empty it"}})
	}
	if p.via == nil {
		return tell(finding{layer, fine, T{FR: "aucun pour cette adresse", EN: "none for this address"}, T{}})
	}
	if p.source.Network.ChoosesProxy() {
		return tell(finding{layer, fine, T{FR: "%s (de filon.yaml)", EN: "%s (from filon.yaml)"}.with(p.via.Redacted()), T{}})
	}
	return tell(finding{layer, fine, T{FR: "%s (de l'environnement)", EN: "%s (from the environment)"}.with(p.via.Redacted()), T{}})
}

// malformedProxy names the variable that should name the proxy of a scheme and does not: package
// net/http passes over it without a word.
func (p *patient) malformedProxy(scheme string) string {
	if p.source.Network.ChoosesProxy() {
		return ""
	}
	for _, name := range []string{strings.ToUpper(scheme) + "_PROXY", scheme + "_proxy"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		u, err := url.Parse(v)
		if err != nil || u.Host == "" {
			u, err = url.Parse("http://" + v)
		}
		if err != nil || u.Hostname() == "" {
			return name
		}
		return ""
	}
	return ""
}

func (p *patient) connection(ctx context.Context, tell listener) bool {
	layer := T{FR: "connexion", EN: "connection"}
	_, hostPort := p.target()
	if p.via != nil {
		hostPort = p.via.Host
		if p.via.Port() == "" {
			hostPort = net.JoinHostPort(p.via.Hostname(), map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[p.via.Scheme])
			if p.via.Scheme == "http" {
				hostPort = net.JoinHostPort(p.via.Hostname(), "80")
			}
		}
	}
	start := time.Now()
	conn, err := dialer(p.resolve, p.timeout)(ctx, "tcp", hostPort)
	if err != nil && p.via != nil {
		return tell(failed(layer, &net.OpError{Op: "proxyconnect", Err: err}))
	}
	if err != nil {
		return tell(failed(layer, err))
	}
	conn.Close()
	return tell(finding{layer, fine, T{FR: "%s répond en %s", EN: "%s answers in %s"}.with(hostPort, shortTime(time.Since(start))), T{}})
}

func (p *patient) certificate(ctx context.Context, tell listener) bool {
	layer := T{FR: "certificat", EN: "certificate"}
	u, hostPort := p.target()
	if u.Scheme != "https" {
		return tell(finding{layer, attention, T{FR: "aucun : http passe en clair", EN: "none: http travels in clear"},
			T{FR: "préférez https:// si le serveur le connaît, surtout avec un mot de passe", EN: "prefer https:// if the server knows it, above all with a password"}})
	}
	if p.via != nil {
		return tell(finding{layer, fine, T{FR: "sera vérifié à travers le proxy", EN: "will be checked through the proxy"}, T{}})
	}
	conn, err := dialer(p.resolve, p.timeout)(ctx, "tcp", hostPort)
	if err != nil {
		return tell(failed(layer, err))
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	cfg := p.source.Network.TLS(nil, true)
	cfg.ServerName = u.Hostname()
	shake := tls.Client(conn, cfg)
	if err := shake.HandshakeContext(ctx); err != nil {
		f := failed(layer, err)
		var refused *tls.CertificateVerificationError
		if errors.As(err, &refused) && len(refused.UnverifiedCertificates) > 0 {
			leaf := refused.UnverifiedCertificates[0]
			f.what = T{FR: "%s ; émis par %s, SHA-256 %x", EN: "%s; issued by %s, SHA-256 %x"}.with(f.what, issuer(leaf), sha256.Sum256(leaf.Raw))
			f.remedy = T{FR: "%s ; ou, si l'informatique confirme cette empreinte : tls: {pins: [%s]}", EN: "%s; or, when IT confirms that fingerprint: tls: {pins: [%s]}"}.with(f.remedy, session.Pin(leaf))
		}
		return tell(f)
	}
	state := shake.ConnectionState()
	leaf := state.PeerCertificates[0]
	days := int(leaf.NotAfter.Sub(p.now).Hours() / 24)
	f := finding{layer, fine, T{FR: "%s, émis par %s, encore %d jour{s}", EN: "%s, issued by %s, %d day{s} left"}.with(tls.VersionName(state.Version), issuer(leaf), days), T{}}
	if leaf.NotAfter.Sub(p.now) < certificateDue {
		f.grade, f.remedy = attention, T{FR: "prévenez l'informatique : il expire le %s", EN: "tell IT: it expires on %s"}.with(leaf.NotAfter.Format("2006-01-02"))
	}
	return tell(f)
}

func issuer(c *x509.Certificate) string {
	name := c.Issuer.CommonName
	if len(c.Issuer.Organization) > 0 {
		name = c.Issuer.Organization[0] + " " + name
	}
	return oneLine(strings.TrimSpace(name))
}

// visit is one answer, read up to a limit.
type visit struct {
	url    *url.URL // after redirects
	status int
	header http.Header
	body   []byte
	cut    bool // there was more than the limit
	took   time.Duration
}

// get asks for one address with filon's own name. It follows redirects, and gives the password of
// the source to the origin of the seed only, never over a hop to another one.
func (p *patient) get(ctx context.Context, address string, limit int64) (visit, error) {
	via, done := p.transport()
	defer done()
	if p.source.Session != nil {
		via = p.source.Session.Over(via)
		defer session.CloseIdle(via)
	}
	client := http.Client{Transport: via, Timeout: 2 * p.timeout, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxHops {
			return errEndless
		}
		return nil
	}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return visit{}, err
	}
	req.Header.Set("User-Agent", p.agent())
	req.Header.Set("Accept", "text/html, application/xhtml+xml, */*;q=0.8")
	start := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return visit{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return visit{}, err
	}
	v := visit{url: resp.Request.URL, status: resp.StatusCode, header: resp.Header, body: body, took: time.Since(start)}
	if int64(len(body)) > limit {
		v.body, v.cut = body[:limit], true
	}
	return v, nil
}

func (p *patient) firstPage(ctx context.Context, tell listener) bool {
	layer := T{FR: "première page", EN: "first page"}
	v, err := p.get(ctx, p.seed, maxPageBytes)
	if err != nil {
		return tell(failed(layer, err))
	}
	seed, _ := p.target()
	if v.url.Host != seed.Host {
		if !tell(finding{layer, attention, T{FR: "renvoie vers un autre serveur : %s", EN: "leads to another server: %s"}.with(v.url.Redacted()),
			T{FR: "prenez cette adresse comme départ, ou ajoutez hosts: [%s] à la source", EN: "take this address as the seed, or add hosts: [%s] to the source"}.with(v.url.Host)}) {
			return false
		}
	}
	kind, _, _ := strings.Cut(v.header.Get("Content-Type"), ";")
	if f, ok := refusal(layer, v); ok {
		return tell(f)
	}
	seen := T{FR: "%d, %s, %s en %s", EN: "%d, %s, %s in %s"}.with(v.status, oneLine(kind), humanSize(int64(len(v.body))), shortTime(v.took))
	if kind = strings.TrimSpace(kind); kind != "text/html" && kind != "application/xhtml+xml" {
		return tell(finding{layer, attention, seen, T{FR: "ce n'est pas une page : aucun lien à suivre d'ici", EN: "this is not a page: no link to follow from here"}})
	}
	item := readPage(extract.Input{Address: v.url.String(), Source: p.source.Name, Status: v.status, Header: v.header, Body: v.body, Day: p.now})
	links := 0
	for _, l := range item.Links {
		if u, err := url.Parse(l.Address); err == nil && u.Host == v.url.Host {
			links++
		}
	}
	seen = T{FR: "%s ; %d lien{s}, dont %d du même serveur", EN: "%s; %d link{s}, %d of them to the same server"}.with(seen, len(item.Links), links)
	problem := content.ProblemCode("")
	if item.Problem != nil {
		problem = item.Problem.Code
	}
	switch {
	case problem == content.NeedsLogin || item.Shape.Passwords > 0 && item.Shape.Words < 200:
		return tell(finding{layer, attention, T{FR: "%s ; c'est une page de connexion", EN: "%s; it is a sign-in page"}.with(seen),
			T{FR: "sans connexion filon ne verra que cette page : voyez auth dans filon.yaml", EN: "without a sign-in filon will see this page only: see auth in filon.yaml"}})
	case problem == content.NeedsRender || len(item.Links) == 0 && item.Shape.Scripts > 0 && item.Shape.Words < 30:
		return tell(finding{layer, attention, T{FR: "%s ; son texte vient d'un script (JavaScript)", EN: "%s; its text comes from a script (JavaScript)"}.with(seen),
			T{FR: "donnez des adresses de pages avec du texte, ou le plan du site : sitemaps: [https://…/sitemap.xml]", EN: "give addresses of pages that have text, or the site map: sitemaps: [https://…/sitemap.xml]"}})
	case item.NoIndex && !p.source.KeepNoIndex && p.source.Session == nil && p.source.Network.As() == "":
		return tell(finding{layer, attention, T{FR: "%s ; demande à ne pas être indexée (noindex)", EN: "%s; asks not to be indexed (noindex)"}.with(seen),
			T{FR: "si ce site est le vôtre : keep-noindex: true", EN: "if this site is yours: keep-noindex: true"}})
	case links == 0:
		return tell(finding{layer, attention, seen, T{FR: "aucun lien vers la suite du site : donnez une autre adresse de départ", EN: "no link to the rest of the site: give another seed"}})
	}
	return tell(finding{layer, fine, seen, T{}})
}

// readPage reads a page of strangers; what breaks the reading breaks nothing else.
func readPage(in extract.Input) (item content.Item) {
	defer func() {
		if recover() != nil {
			item = content.Item{Problem: &content.Problem{Code: content.Broken}}
		}
	}()
	return extract.HTML(in)
}

// refusal judges statuses that bring no page.
func refusal(layer T, v visit) (finding, bool) {
	f := finding{layer: layer, grade: broken, what: T{FR: "le serveur répond %d %s", EN: "the server answers %d %s"}.with(v.status, http.StatusText(v.status))}
	switch {
	case v.status == http.StatusUnauthorized:
		var schemes []string
		for _, h := range v.header.Values("WWW-Authenticate") {
			scheme, _, _ := strings.Cut(h, " ")
			schemes = append(schemes, oneLine(fit(scheme, 20)))
		}
		f.what = T{FR: "%s ; connexion proposée : %s", EN: "%s; sign-in offered: %s"}.with(f.what, strings.Join(schemes, ", "))
		f.remedy = T{FR: "indiquez auth à la source (filon init en montre un exemple) ; si c'est fait, vérifiez le mot de passe", EN: "give the source an auth (filon init shows an example); if it has one, check the password"}
	case v.status == http.StatusProxyAuthRequired:
		f.remedy = T{FR: "mettez le nom et le mot de passe du proxy dans HTTPS_PROXY, ou dans proxy: {url: …, user: …, password: {env: …}}", EN: "put the proxy's name and password into HTTPS_PROXY, or into proxy: {url: …, user: …, password: {env: …}}"}
	case v.status == http.StatusBadRequest && bytes.Contains(v.body, []byte("SSL certificate")):
		f.what = T{FR: "%s ; le serveur demande un certificat client, ou refuse celui-ci", EN: "%s; the server asks for a client certificate, or refuses this one"}.with(f.what)
		f.remedy = T{FR: "donnez-le à la source : tls: {certificate: client.p12, passphrase: {env: …}}", EN: "give it to the source: tls: {certificate: client.p12, passphrase: {env: …}}"}
	case v.status == http.StatusForbidden:
		f.remedy = T{FR: "un pare-feu refuse peut-être les robots : demandez à l'informatique d'admettre l'User-Agent filon", EN: "a firewall may refuse robots: ask IT to admit the User-Agent filon"}
	case v.status == http.StatusNotFound || v.status == http.StatusGone:
		f.remedy = T{FR: "vérifiez l'adresse de départ dans un navigateur", EN: "check the seed in a browser"}
	case v.status == http.StatusTooManyRequests || v.status == http.StatusServiceUnavailable:
		f.grade, f.remedy = attention, T{FR: "le serveur est occupé : attendez, ou allongez delay", EN: "the server is busy: wait, or lengthen delay"}
	case v.status >= 500:
		f.remedy = T{FR: "le serveur est en panne : prévenez l'informatique, puis recommencez", EN: "the server is failing: tell IT, then try again"}
	case v.status >= 400 || v.status >= 300:
		f.remedy = T{FR: "vérifiez l'adresse de départ dans un navigateur", EN: "check the seed in a browser"}
	default:
		return finding{}, false
	}
	return f, true
}

func shortTime(d time.Duration) T {
	if d < time.Second {
		return same(fmt.Sprintf("%d ms", d.Milliseconds()))
	}
	return T{FR: "%.1f s", EN: "%.1f s"}.with(d.Seconds())
}
