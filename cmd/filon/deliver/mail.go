package deliver

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"html/template"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
)

// Ways to secure the connection to a mail server.
const (
	StartTLS = "starttls" // port 587 (RFC 3207); without it nothing is sent
	TLS      = "tls"      // port 465 (RFC 8314)
	InClear  = "none"     // port 25, inside a company; without a password
)

// Mail is an SMTP server (RFC 5321) and who gets what from whom.
type Mail struct {
	Server         string // host:port
	Security       string // StartTLS, TLS or InClear; "" is StartTLS
	User, Password string // "" for none
	From           string // an address of RFC 5322, with or without a name
	To             []string
	Timeout        time.Duration  // of the whole; 0 is one minute
	Roots          *x509.CertPool // nil is the system's
	Now            func() time.Time
}

// CheckAddress tells whether an address can stand in From or To.
func CheckAddress(s string) error {
	if strings.ContainsAny(s, "\r\n") {
		return errors.New("an address is one line")
	}
	_, err := mail.ParseAddress(s)
	return err
}

// Send implements Channel.
func (m Mail) Send(ctx context.Context, d Digest) error {
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return fmt.Errorf("read the sender's address: %w", err)
	}
	var to []*mail.Address
	for _, s := range m.To {
		a, err := mail.ParseAddress(s)
		if err != nil {
			return fmt.Errorf("read a receiver's address: %w", err)
		}
		to = append(to, a)
	}
	now := time.Now
	if m.Now != nil {
		now = m.Now
	}
	message, err := compose(from, to, d, now())
	if err != nil {
		return fmt.Errorf("write the mail: %w", err)
	}
	timeout := m.Timeout
	if timeout <= 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := m.post(ctx, from, to, message); err != nil {
		return fmt.Errorf("send the mail by %s: %w", m.Server, err)
	}
	return nil
}

func (m Mail) post(ctx context.Context, from *mail.Address, to []*mail.Address, message []byte) error {
	host, _, err := net.SplitHostPort(m.Server)
	if err != nil {
		return err
	}
	security := tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: m.Roots}
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return err
	}
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { raw.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	conn := raw
	if m.Security == TLS {
		conn = tls.Client(conn, &security)
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Hello("localhost"); err != nil {
		return err
	}
	if m.Security == StartTLS || m.Security == "" {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return errors.New("the server does not offer STARTTLS, and nothing is sent in clear")
		}
		if err := client.StartTLS(&security); err != nil {
			return err
		}
	}
	if m.User != "" {
		if m.Security == InClear {
			return errors.New("a password is not sent in clear")
		}
		_, offered := client.Extension("AUTH")
		if err := client.Auth(signature(offered, m.User, m.Password, host)); err != nil {
			return fmt.Errorf("sign in: %w", err)
		}
	}
	if err := client.Mail(from.Address); err != nil {
		return err
	}
	for _, a := range to {
		if err := client.Rcpt(a.Address); err != nil {
			return err
		}
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	client.Quit() // the server has taken the mail; how it says goodbye changes nothing
	return nil
}

// signature picks the way to sign in: PLAIN, or LOGIN where only that is offered.
func signature(offered, user, password, host string) smtp.Auth {
	if names := strings.Fields(strings.ToUpper(offered)); !contains(names, "PLAIN") && contains(names, "LOGIN") {
		return login{user, password}
	}
	return smtp.PlainAuth("", user, password, host)
}

func contains(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// login is AUTH LOGIN, which has no RFC of its own and which some large providers offer alone.
type login struct{ user, password string }

func (l login) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errors.New("a password is not sent in clear")
	}
	return "LOGIN", nil, nil
}

func (l login) Next(asked []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	switch q := strings.ToLower(string(asked)); {
	case strings.HasPrefix(q, "user"):
		return []byte(l.user), nil
	case strings.HasPrefix(q, "pass"):
		return []byte(l.password), nil
	}
	return nil, errors.New("the server asks something else than a name and a password")
}

// compose writes the mail: headers of RFC 5322 and a body in plain text and HTML (RFC 2046).
func compose(from *mail.Address, to []*mail.Address, d Digest, now time.Time) ([]byte, error) {
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for _, part := range []struct {
		kind  string
		write func(*quotedprintable.Writer) error
	}{
		{"text/plain", func(w *quotedprintable.Writer) error { _, err := w.Write([]byte(d.Text())); return err }},
		{"text/html", func(w *quotedprintable.Writer) error { return page.Execute(w, d) }},
	} {
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Type": {part.kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
		if err != nil {
			return nil, err
		}
		q := quotedprintable.NewWriter(w)
		if err := part.write(q); err != nil {
			return nil, err
		}
		if err := q.Close(); err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, err
	}
	receivers := make([]string, len(to))
	for i, a := range to {
		receivers[i] = a.String()
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", from.String()}, {"To", strings.Join(receivers, ",\r\n ")}, {"Subject", mime.QEncoding.Encode("utf-8", cut(d.Title, 200))},
		{"Date", now.Format(time.RFC1123Z)}, {"Message-ID", "<" + token(d.ID) + "@" + token(domain) + ">"},
		{"Auto-Submitted", "auto-generated"}, {"Content-Language", token(d.Lang)}, {"MIME-Version", "1.0"},
		{"Content-Type", `multipart/alternative; boundary="` + parts.Boundary() + `"`},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(body.Bytes())
	return b.Bytes(), nil
}

// token leaves of a text what can stand in a header without quotes.
func token(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
}

// Text is the digest as plain text, with CRLF as mail wants it.
func (d Digest) Text() string {
	var b strings.Builder
	put := func(indent, s string) {
		if s = line(s); s != "" {
			b.WriteString(indent + s + "\r\n")
		}
	}
	put("", d.Title)
	b.WriteString("\r\n")
	for _, s := range d.Lead {
		put("", s)
	}
	for _, s := range d.Sections {
		b.WriteString("\r\n")
		put("", strings.ToUpper(s.Title))
		for _, l := range s.Lines {
			put("- ", l)
		}
		for _, i := range s.Items {
			put("* ", joined(" – ", i.Title, i.Kind))
			put("  ", i.Why)
			put("  ", i.Address)
		}
		put("  ", s.More)
	}
	if d.Foot != "" {
		b.WriteString("\r\n")
		put("", d.Foot)
	}
	return b.String()
}

func joined(by string, parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, by)
}

// page is the HTML part: no picture, no script, nothing that is fetched from anywhere.
var page = template.Must(template.New("mail").Funcs(template.FuncMap{"line": line}).Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><title>{{line .Title}}</title></head>
<body style="font-family:sans-serif;max-width:42em;line-height:1.4">
<h1 style="font-size:1.3em">{{line .Title}}</h1>
{{range .Lead}}<p>{{line .}}</p>
{{end}}{{range .Sections}}<h2 style="font-size:1.1em">{{line .Title}}</h2>
{{if .Lines}}<ul>{{range .Lines}}<li>{{line .}}</li>
{{end}}</ul>
{{end}}{{if .Items}}<ul>
{{range .Items}}<li style="margin-bottom:.6em"><a href="{{.Address}}">{{line .Title}}</a>{{if .Kind}} – {{line .Kind}}{{end}}{{if .Why}}<br>{{line .Why}}{{end}}</li>
{{end}}</ul>
{{end}}{{if .More}}<p>{{line .More}}</p>
{{end}}{{end}}{{if .Foot}}<p style="color:#666">{{line .Foot}}</p>
{{end}}</body></html>
`))
