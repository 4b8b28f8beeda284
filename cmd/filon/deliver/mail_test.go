package deliver

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"testing"
	"time"
)

// postOffice is an SMTP server on loopback that takes one mail a connection.
type postOffice struct {
	addr, auth        string
	startTLS, tls     bool
	config            *tls.Config
	roots             *x509.CertPool
	commands          chan string // what the client said
	mails             chan string
	refuse            string // a command that is answered 550
	silent            bool   // says nothing at all
	listener          net.Listener
	overTLS, signedIn bool
}

func openPostOffice(t *testing.T, p *postOffice) *postOffice {
	t.Helper()
	certs := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	t.Cleanup(certs.Close)
	p.config = &tls.Config{Certificates: certs.TLS.Certificates}
	p.roots = x509.NewCertPool()
	p.roots.AddCert(certs.Certificate())
	var err error
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	p.addr = p.listener.Addr().String()
	p.commands, p.mails = make(chan string, 100), make(chan string, 10)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := p.listener.Accept()
			if err != nil {
				return
			}
			p.serve(conn)
		}
	}()
	t.Cleanup(func() { p.listener.Close(); <-done })
	return p
}

func (p *postOffice) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	if p.tls {
		conn = tls.Server(conn, p.config)
		p.overTLS = true
	}
	if p.silent {
		io.Copy(io.Discard, conn)
		return
	}
	in := bufio.NewReader(conn)
	say := func(s string) { io.WriteString(conn, s+"\r\n") }
	say("220 post.example")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		p.commands <- line
		verb, rest, _ := strings.Cut(line, " ")
		if p.refuse != "" && strings.HasPrefix(line, p.refuse) {
			say("550 no")
			continue
		}
		switch strings.ToUpper(verb) {
		case "EHLO":
			say("250-post.example")
			if p.startTLS && !p.overTLS {
				say("250-STARTTLS")
			}
			say("250 AUTH " + p.auth)
		case "STARTTLS":
			say("220 go")
			conn = tls.Server(conn, p.config)
			in, p.overTLS = bufio.NewReader(conn), true
		case "AUTH":
			if strings.HasPrefix(rest, "LOGIN") {
				for _, q := range []string{"Username:", "Password:"} {
					say("334 " + base64.StdEncoding.EncodeToString([]byte(q)))
					answer, _ := in.ReadString('\n')
					p.commands <- strings.TrimSpace(answer)
				}
			}
			p.signedIn = true
			say("235 welcome")
		case "DATA":
			say("354 go")
			var b strings.Builder
			for {
				l, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if l == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(l, "."))
			}
			p.mails <- b.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func sample() Digest {
	return Digest{ID: "run-12.mail-1.ab34", Lang: "fr", Title: "filon : 2 contenus publiables cette nuit", Lead: []string{"Parcours 12 : complet."},
		Sections: []Section{
			{Title: "À publier", Items: []Item{
				{Title: "L'été <b>au four</b> *solaire* @all <!channel>", Kind: "Étude de cas", Why: "« 38 % de gaz en moins »", Address: "https://www.exemple.fr/ete?a=1&b=(2)"},
				{Title: "Portrait d'Aïcha", Kind: "Portrait", Why: "secret de l'intranet", Address: "https://intranet.exemple.fr/portrait", Inside: true},
			}, More: "et 3 autres"},
			{Title: "Couverture", Lines: []string{"a|b.exemple.fr laissé de côté", "2 adresses en échec"}},
		}, Foot: "filon diff en dit plus", Counts: map[string]int{"new": 2, "never": 1}}
}

func TestMailArrives(t *testing.T) {
	for name, c := range map[string]struct {
		office   postOffice
		security string
		auth     string
	}{
		"STARTTLS and PLAIN": {postOffice{startTLS: true, auth: "PLAIN LOGIN"}, StartTLS, "AUTH PLAIN "},
		"TLS and PLAIN":      {postOffice{tls: true, auth: "PLAIN"}, TLS, "AUTH PLAIN "},
		"STARTTLS and LOGIN": {postOffice{startTLS: true, auth: "LOGIN XOAUTH2"}, "", "AUTH LOGIN"},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPostOffice(t, &c.office)
			m := Mail{Server: p.addr, Security: c.security, User: "robot", Password: "Zq8!secret", From: "filon <filon@exemple.fr>",
				To: []string{"Équipe <equipe@exemple.fr>", "b@exemple.fr"}, Roots: p.roots, Now: func() time.Time { return time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC) }}
			if err := m.Send(context.Background(), sample()); err != nil {
				t.Fatal(err)
			}
			if !p.overTLS || !p.signedIn {
				t.Error("not over TLS, or not signed in")
			}
			said := strings.Join(drain(p.commands), "\n")
			if !strings.Contains(said, c.auth) || !strings.Contains(said, "RCPT TO:<equipe@exemple.fr>") || !strings.Contains(said, "RCPT TO:<b@exemple.fr>") {
				t.Errorf("the client said\n%s", said)
			}
			text, html, header := parts(t, <-p.mails)
			if got := header.Get("Message-Id"); got != "<run-12.mail-1.ab34@exemple.fr>" {
				t.Errorf("Message-ID %s: a second attempt would be a second mail", got)
			}
			if got, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || got != sample().Title {
				t.Errorf("subject %q, %v", got, err)
			}
			for _, want := range []string{"* L'été <b>au four</b>", "38 % de gaz", "https://www.exemple.fr/ete?a=1&b=(2)", "et 3 autres", "- 2 adresses en échec", "secret de l'intranet"} {
				if !strings.Contains(text, want) {
					t.Errorf("the text lacks %q:\n%s", want, text)
				}
			}
			if !strings.Contains(html, "&lt;b&gt;au four") || strings.Contains(html, "<b>au") || !strings.Contains(html, `href="https://www.exemple.fr/ete?a=1&amp;b=%282%29"`) {
				t.Errorf("HTML:\n%s", html)
			}
		})
	}
}

func drain(c chan string) []string {
	var all []string
	for {
		select {
		case s := <-c:
			all = append(all, s)
		default:
			return all
		}
	}
}

func parts(t *testing.T, raw string) (text, html string, header mail.Header) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for _, to := range []*string{&text, &html} {
		p, err := r.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		*to = string(b)
	}
	return text, html, m.Header
}

func TestMailIsNotSentInClear(t *testing.T) {
	for name, c := range map[string]struct {
		office   postOffice
		security string
		says     string
	}{
		"no STARTTLS offered":        {postOffice{auth: "PLAIN"}, StartTLS, "does not offer STARTTLS"},
		"a password without TLS":     {postOffice{auth: "PLAIN"}, InClear, "not sent in clear"},
		"a certificate of strangers": {postOffice{startTLS: true, auth: "PLAIN"}, StartTLS, "certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPostOffice(t, &c.office)
			err := Mail{Server: p.addr, Security: c.security, User: "robot", Password: "Zq8!secret", From: "a@exemple.fr", To: []string{"b@exemple.fr"}}.Send(context.Background(), sample())
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "Zq8") {
				t.Errorf("got %v, want … %s …", err, c.says)
			}
			if said := strings.Join(drain(p.commands), "\n"); strings.Contains(said, "AUTH") || strings.Contains(said, "DATA") {
				t.Errorf("the client said\n%s", said)
			}
		})
	}
}

func TestMailFailsInTime(t *testing.T) {
	silent := openPostOffice(t, &postOffice{silent: true})
	start := time.Now()
	if err := (Mail{Server: silent.addr, Security: InClear, From: "a@exemple.fr", To: []string{"b@exemple.fr"}, Timeout: 200 * time.Millisecond}).Send(context.Background(), sample()); err == nil || time.Since(start) > 3*time.Second {
		t.Errorf("got %v after %s", err, time.Since(start))
	}
	refusing := openPostOffice(t, &postOffice{refuse: "RCPT"})
	if err := (Mail{Server: refusing.addr, Security: InClear, From: "a@exemple.fr", To: []string{"b@exemple.fr"}}).Send(context.Background(), sample()); err == nil || !strings.Contains(err.Error(), "550") {
		t.Errorf("got %v", err)
	}
}

// Titles of strangers cannot add a header or a receiver, nor end the body.
func TestMailHeadersHold(t *testing.T) {
	p := openPostOffice(t, &postOffice{})
	d := sample()
	d.Title = "Bonjour\r\nBcc: voleur@exemple.net\r\n\r\nautre corps"
	d.ID = "x\r\nBcc: voleur@exemple.net"
	d.Lang = "fr\r\nX: y"
	d.Sections[0].Items[0].Title = "fin\r\n.\r\nMAIL FROM:<x@y>"
	m := Mail{Server: p.addr, Security: InClear, From: "a@exemple.fr", To: []string{"b@exemple.fr"}}
	if err := m.Send(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	_, _, header := parts(t, <-p.mails)
	if header.Get("Bcc") != "" || header.Get("X") != "" {
		t.Errorf("headers %v", header)
	}
	if said := strings.Join(drain(p.commands), "\n"); strings.Contains(said, "x@y") {
		t.Errorf("the client said\n%s", said)
	}
	for _, bad := range []string{"a@b.fr\r\nBcc: c@d.fr", "nobody", ""} {
		if CheckAddress(bad) == nil {
			t.Errorf("%q passes for an address", bad)
		}
	}
}
