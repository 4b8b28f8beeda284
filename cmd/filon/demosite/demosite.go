// Package demosite is the company of `filon demo`: the public site and the intranet of Aubrelle, a
// made-up French builder of bakery ovens, served from the binary on loopback.
//
//	public/*.txt intranet/*.txt documents/  ── templates ──▶  two small web servers
//
// In: a day, from which every moving date of the sites is counted. Out: two addresses and a sign-in.
// Never: a real person, company, number or text of others; a request to another machine; a clock.
package demosite

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

//go:embed public intranet templates documents EXPECTED.json
var files embed.FS

// The sign-in of the intranet. It protects fiction only.
const (
	user     = "lecteur"
	password = "pain-de-campagne"
	realm    = "Intranet Aubrelle"
)

// Preferred ports: two demonstrations on one machine then give the same addresses. When one is
// taken, any free port does.
const (
	publicPort   = 48620
	intranetPort = 48621
)

// Sites is the running company.
type Sites struct {
	Public   string // base address of the public site, with the final slash
	Intranet string // base address of the intranet, with the final slash
	User     string // sign-in of the intranet (HTTP Basic)
	Password string

	servers []*http.Server
	done    chan error
}

// Serve starts the public site and the intranet on loopback. Dates that must stay true (an embargo,
// a coming trade fair, an expired offer) are counted from day; old news keep fixed dates. Both
// servers stop at Close or when ctx ends. An error means that nothing is left running.
func Serve(ctx context.Context, day time.Time) (*Sites, error) {
	pub, err := listen(ctx, publicPort)
	if err != nil {
		return nil, fmt.Errorf("listen for the public site: %w", err)
	}
	in, err := listen(ctx, intranetPort)
	if err != nil {
		pub.Close()
		return nil, fmt.Errorf("listen for the intranet: %w", err)
	}
	s := &Sites{
		Public:   "http://" + pub.Addr().String() + "/",
		Intranet: "http://" + in.Addr().String() + "/",
		User:     user,
		Password: password,
		done:     make(chan error, 2),
	}
	public, intranet, err := build(day, s.Public, s.Intranet)
	if err != nil {
		pub.Close()
		in.Close()
		return nil, fmt.Errorf("build the demonstration sites: %w", err)
	}
	s.start(ctx, pub, public)
	s.start(ctx, in, signIn(intranet))
	return s, nil
}

// Close stops both servers and waits for them.
func (s *Sites) Close() error {
	var errs []error
	for _, srv := range s.servers {
		errs = append(errs, srv.Close())
	}
	for range s.servers {
		if err := <-s.done; !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, err)
		}
	}
	s.servers = nil
	return errors.Join(errs...)
}

func (s *Sites) start(ctx context.Context, l net.Listener, h http.Handler) {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	s.servers = append(s.servers, srv)
	context.AfterFunc(ctx, func() { srv.Close() })
	go func() { s.done <- srv.Serve(l) }()
}

func listen(ctx context.Context, port int) (net.Listener, error) {
	var lc net.ListenConfig
	if l, err := lc.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
		return l, nil
	}
	return lc.Listen(ctx, "tcp", "127.0.0.1:0")
}

// signIn asks for the password on every path, robots.txt included, as company intranets do.
func signIn(h http.Handler) http.Handler {
	want := sha256.Sum256([]byte(user + ":" + password))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u, p, _ := r.BasicAuth()
		got := sha256.Sum256([]byte(u + ":" + p))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="`+realm+`", charset="UTF-8"`)
			http.Error(w, "401 Authentification requise", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// Expectation is what a person says of one page or document: the answers that filon may give.
type Expectation struct {
	Path     string   `json:"path"`         // as it stands in a link, percent-encoded
	On       string   `json:"on"`           // "public" or "intranet"
	Type     string   `json:"content_type"` // the one a person would choose
	Verdicts []string `json:"verdicts"`     // acceptable ones, the best first
	Note     string   `json:"note"`         // why, in one sentence
}

// Expected gives the judgement of every page and document of both sites, sorted by site and path.
func Expected() ([]Expectation, error) {
	raw, err := files.ReadFile("EXPECTED.json")
	if err != nil {
		return nil, err
	}
	var list []Expectation
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("read EXPECTED.json: %w", err)
	}
	return list, nil
}
