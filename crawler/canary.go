package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
	"filon/crawler/session"
)

// Canary tells a page as somebody signed in sees it from the same page as anybody sees it. The zero
// Canary is learned: the start page is asked for once with the sign-in and once without.
type Canary struct {
	Present string // a text that pages show only when signed in, such as "Se déconnecter"
	Absent  string // a text that pages show only when not, such as "Se connecter"
	Every   int    // visits between two looks at the start page, when the text does not stand on every page; 0 is 10
}

// canaryEvery is how many visits may pass without a sign that the session still lives.
const canaryEvery = 10

// shown is what a visitor is shown at an address, after redirects within the source.
type shown struct {
	at      string // where the redirects led
	status  int
	body    []byte
	outside bool // they led out of the source
	item    content.Item
}

// show asks for an address as a browser would, with the source's identity.
func (c *crawl) show(ctx context.Context, s *Source, addr string) (shown, error) {
	at := addr
	for range 6 {
		c.pause(ctx, address.Host(at))
		a, err := c.fetcher.get(ctx, s, at, validators{})
		if err != nil {
			return shown{}, err
		}
		c.hear(ctx, address.Host(at), a, "")
		if to := a.Header.Get("Location"); a.Status/100 == 3 && to != "" {
			a.discard()
			base, err := address.NewBase(at, "")
			if err != nil {
				return shown{}, err
			}
			next, err := base.JoinRaw(to)
			if err != nil || !c.scopeOf(s.Name).hosts[address.Host(next)] {
				return shown{at: next, status: a.Status, outside: true}, nil
			}
			at = next
			continue
		}
		defer a.discard()
		body, err := a.start(4 << 20)
		if err != nil {
			return shown{}, err
		}
		return shown{at: at, status: a.Status, body: body, item: c.Reader.Read(ctx, extract.Input{Address: at, Source: s.Name, Status: a.Status, Header: a.Header, Body: body, Day: c.Day})}, nil
	}
	return shown{}, errors.New("redirects without end")
}

// refused tells whether what is shown is a refusal: a 401 or 403, a sign-in page, or the way to one.
func (p shown) refused() bool {
	return p.status == http.StatusUnauthorized || p.status == http.StatusForbidden || p.outside ||
		p.item.Problem != nil && p.item.Problem.Code == content.NeedsLogin || p.status/100 == 2 && asksWho(p.at) && p.item.Shape.Passwords > 0
}

// answered tells whether the server has said anything about who is there.
func (p shown) answered() bool {
	return p.status != http.StatusTooManyRequests && p.status < 500
}

// says looks for a text in what a page holds, as it reads: entities resolved, white space as one.
func says(body []byte, text string) bool {
	if text == "" {
		return false
	}
	if bytes.Contains(body, []byte(text)) {
		return true
	}
	if bytes.IndexByte(body, '&') < 0 && !strings.ContainsAny(text, " '") && utf8.Valid(body) {
		return false
	}
	return strings.Contains(folded(body), strings.Join(strings.Fields(plainQuotes.Replace(text)), " "))
}

var plainQuotes = strings.NewReplacer("’", "'", "\u00a0", " ")

// folded writes a page for says. Pages in the web's legacy encoding are read as such.
func folded(body []byte) string {
	if !utf8.Valid(body) {
		wide := make([]rune, len(body))
		for i, b := range body {
			wide[i] = rune(b)
		}
		body = []byte(string(wide))
	}
	return strings.Join(strings.Fields(plainQuotes.Replace(html.UnescapeString(string(body)))), " ")
}

var (
	signOutWords = regexp.MustCompile(`(?i)^\s*(se déconnecter|déconnexion|me déconnecter|quitter la session|fermer la session|log ?-?out|log ?-?off|sign ?-?out|sign ?-?off|abmelden|ausloggen|cerrar sesión|desconectar(se)?|salir|esci|disconnetti(ti)?|logout)\s*$`)
	signInWords  = regexp.MustCompile(`(?i)^\s*(se connecter|connexion|s['’]identifier|identification|connectez-vous|log ?-?in|log ?-?on|sign ?-?in|anmelden|einloggen|iniciar sesión|acceder|accedi|entrar)\s*$`)
)

// tell chooses the texts by which a signed-in page differs from an anonymous one; both "" when no text does.
func tell(signed, anonymous shown) (present, absent string) {
	pick := func(from, other shown, fits func(content.Link) bool) string {
		for _, l := range from.item.Links {
			text := strings.TrimSpace(l.Text)
			if utf8.RuneCountInString(text) > 3 && utf8.RuneCountInString(text) <= 40 && fits(l) && says(from.body, text) && !says(other.body, text) {
				return text
			}
		}
		return ""
	}
	present = pick(signed, anonymous, func(l content.Link) bool { return signOutWords.MatchString(l.Text) })
	if present == "" {
		present = pick(signed, anonymous, func(l content.Link) bool { return endsSession(l.Address) })
	}
	if present == "" && !anonymous.refused() {
		absent = pick(anonymous, signed, func(l content.Link) bool { return signInWords.MatchString(l.Text) })
	}
	return present, absent
}

// endsSession tells whether an address is one that signs out.
func endsSession(addr string) bool {
	what := acts(address.Target(addr))
	_, value, _ := strings.Cut(what, "=")
	return ending[what] || ending[value]
}

// learn finds out how the loss of a source's session shows, and says it.
func (c *crawl) learn(ctx context.Context, s *Source) {
	w := &watch{source: s, start: s.start(), every: s.Canary.Every, looking: make(chan struct{}, 1), suspects: map[int64]*suspect{}, blamed: map[string]int{}}
	if w.every <= 0 {
		w.every = canaryEvery
	}
	w.patience = w.every
	c.watches[s.Name] = w
	switch kind := s.Session.Kind(); kind {
	case session.Form, session.Cookies, session.Header:
	default: // credentials that go along with every request: their loss is a 401
		if w.wire = kind != session.Auto || s.Session.Accepted() != "" || !s.Session.SignedIn(); w.wire && s.Canary == (Canary{}) {
			return
		}
	}
	c.polite.meet(address.Host(w.start), s)
	if ok, _, err := c.allowed(ctx, s, frontier.Request{Address: w.start, Source: s.Name}); !s.IgnoreRobots && (err != nil || !ok) {
		w.blind = true
		c.Log(s.Name + ": the start page may not be asked for, so a lost session is recognised by sign-in pages only")
		return
	}
	signed, err := c.show(ctx, s, w.start)
	anonymous, err2 := c.show(ctx, c.strangers[s.Name], w.start)
	if err != nil || err2 != nil || !signed.answered() || !anonymous.answered() {
		w.blind = true
		c.Log(s.Name + ": the start page could not be compared with and without the sign-in; a lost session is recognised by sign-in pages only")
		return
	}
	w.compare(signed, anonymous, s.Canary)
	c.Log(s.Name + ": " + w.words())
	c.mu.Lock()
	c.report.Sessions[s.Name] = Watched{Canary: w.words()}
	c.mu.Unlock()
}

// compare sets how the watch tells the two apart.
func (w *watch) compare(signed, anonymous shown, given Canary) {
	w.present, w.absent = given.Present, given.Absent
	if w.present != "" && !says(signed.body, w.present) {
		w.note, w.present = fmt.Sprintf("the text %q of the canary does not stand on %s, although signed in; ", w.present, address.Shown(w.start)), ""
	}
	if w.absent != "" && says(signed.body, w.absent) {
		w.note, w.absent = fmt.Sprintf("the text %q of the canary stands on %s, although signed in; ", w.absent, address.Shown(w.start)), ""
	}
	if w.present == "" && w.absent == "" {
		w.present, w.absent = tell(signed, anonymous)
	}
	if anonymous.refused() && !signed.refused() {
		w.refusing = true
		if anonymous.at != "" && placeOf(anonymous.at) != placeOf(w.start) {
			w.gate = placeOf(anonymous.at)
		}
	}
	w.onPages = w.present != ""
	w.blind = w.present == "" && w.absent == "" && !w.refusing
}

// words says how a lost session is recognised, so that a person can check it.
func (w *watch) words() string {
	start := address.Shown(w.start)
	switch {
	case w.present != "":
		return w.note + fmt.Sprintf("signed in, %s shows %q, and not to anybody else: that text tells whether the session lasts", start, w.present)
	case w.absent != "":
		return w.note + fmt.Sprintf("not signed in, %s shows %q: that text tells that the session has ended", start, w.absent)
	case w.gate != "":
		return w.note + fmt.Sprintf("who is not signed in is sent from %s to %s: that tells that the session has ended", start, address.Shown(w.gate))
	case w.refusing:
		return w.note + fmt.Sprintf("who is not signed in is refused at %s: that tells that the session has ended", start)
	}
	return w.note + fmt.Sprintf("%s looks the same with and without the sign-in: a lost session is recognised by sign-in pages only; canary: {present: …} gives a text", start)
}

// alive asks whether the session lives. An error means that nobody can say now.
func (c *crawl) alive(ctx context.Context, w *watch) (bool, error) {
	limited, cancel := context.WithTimeout(ctx, 3*w.source.Limits.Time)
	defer cancel()
	p, err := c.show(limited, w.source, w.start)
	switch {
	case err != nil:
		return false, err
	case !p.answered():
		return false, fmt.Errorf("the server answered %d", p.status)
	case p.refused():
		return false, nil
	case w.present != "":
		return says(p.body, w.present), nil
	case w.absent != "":
		return !says(p.body, w.absent), nil
	}
	return true, nil
}

// start is the page that shows whether the sign-in works: the first seed.
func (s *Source) start() string {
	for _, seed := range s.Seeds {
		if addr, err := address.Canonical(seed); err == nil {
			return addr
		}
	}
	return ""
}

// Lost says that a session ended during a run and could not be had again.
type Lost struct {
	After time.Duration // since the run began
	Why   error         // what signing in again met; nil when the sign-in succeeded and did not last
}

// Error implements error.
func (l *Lost) Error() string {
	after := "the session ended after " + l.After.Round(time.Second).String()
	if l.Why == nil {
		return after + ", and each time again soon after signing in"
	}
	return after + ", and signing in again failed: " + plainSignIn(l.Why)
}

// Unwrap gives what signing in again met.
func (l *Lost) Unwrap() error { return l.Why }
