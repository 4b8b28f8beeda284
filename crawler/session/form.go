package session

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"filon/crawler/extract"
)

// FormConfig says what cannot be guessed of a sign-in form. The zero value guesses all of it.
type FormConfig struct {
	URL           string            // of the page with the form; "" is where the probe leads
	UserField     string            // name of the control for the user
	PasswordField string            // name of the control for the password
	Fields        map[string]string // further values, such as a choice of domain
}

// byForm finds the form, fills it and follows the steps until the probe is there.
func (v *visitor) byForm(ctx context.Context) error {
	s := v.session
	s.jar.empty()
	if len(s.cfg.Cookies) > 0 {
		s.SetCookies(s.cfg.Cookies)
	}
	start := s.probe
	if s.cfg.Form.URL != "" {
		u, err := url.Parse(s.cfg.Form.URL)
		if err != nil {
			return s.refused(NoForm, origin(s.probe), "form: url is no address")
		}
		start = u
	}
	p, err := v.open(ctx, http.MethodGet, start, nil, "")
	var gave struct{ user, password, clicked bool }
	for range maxSteps {
		if err != nil {
			return err
		}
		fill := s.fill(p.forms)
		asks := fill.password != nil && !fill.change
		switch {
		case p.status == http.StatusUnauthorized:
			return s.refused(NotOffered, origin(p.url), "")
		case asks && gave.password:
			return s.refused(WrongPassword, origin(p.url), "")
		case fill.code || fill.change && gave.password, asks && !fill.form.Post:
			return s.refused(ByHand, origin(p.url), "")
		case asks && s.spent():
			return s.refused(TooOften, origin(p.url), "")
		case asks:
			gave.password = true
			s.wasRefused() // until the opposite is shown: an answer that is lost may have been a refusal
			p, err = v.submit(ctx, p, fill)
		case fill.user != nil && !gave.user && !gave.password && (s.cfg.Form.UserField != "" || fill.login):
			gave.user = true
			p, err = v.submit(ctx, p, fill)
		case fill.handsOn:
			p, err = v.submit(ctx, p, fill)
		case p.forms.Refresh != "" && p.forms.Refresh != p.url.String():
			p, err = v.follow(ctx, p.forms.Refresh)
		case gave.password:
			return v.verify(ctx)
		case !gave.clicked && signInLink(p.forms) != nil:
			gave.clicked = true
			p, err = v.follow(ctx, signInLink(p.forms).Address)
		default:
			return s.refused(NoForm, origin(p.url), "")
		}
	}
	if err != nil {
		return err
	}
	return s.refused(ByHand, origin(p.url), "more steps than filon follows")
}

// verify shows that the signed-in probe does not ask again.
func (v *visitor) verify(ctx context.Context) error {
	s := v.session
	p, err := v.open(ctx, http.MethodGet, s.probe, nil, "")
	if r, ok := asRefused(err); ok && r.Reason != Undeclared {
		return r
	} else if err != nil && !ok {
		return err
	}
	if p.status == http.StatusUnauthorized || signInForm(p.forms) != nil {
		return s.refused(WrongPassword, origin(p.url), "the form took them, and then the page asked again")
	}
	s.mu.Lock()
	s.proven, s.refusals = true, 0
	s.mu.Unlock()
	return nil
}

func (v *visitor) follow(ctx context.Context, addr string) (page, error) {
	to, err := url.Parse(addr)
	if err != nil {
		return page{}, v.session.refused(NoForm, origin(v.session.probe), "")
	}
	return v.open(ctx, http.MethodGet, to, nil, "")
}

// filling is a form that leads on, and what goes into it.
type filling struct {
	form           *extract.Form
	user, password *extract.Field
	login          bool // the form looks like a sign-in, by its names
	change         bool // it wants a new password
	code           bool // it wants a code or a captcha, which only a person has
	handsOn        bool // it only carries hidden values on, as SSO does by script
	charset        string
}

var (
	userNames    = regexp.MustCompile(`user|login|log$|^log\b|identifiant|name$|email|e-mail|mail|^uid$|account|compte|benutzer|usuario|utente|username|upn|nom\b`)
	signInNames  = regexp.MustCompile(`log-?_?in|log-?_?on|sign-?_?in|signon|connexion|connecter|identif|auth|session|wp-login|anmeld|acceder|accedi|iniciar`)
	codeNames    = regexp.MustCompile(`\botp|totp|one-time-code|mfa|2fa|captcha|verification-?code|\bcode\b|\bpin\b|token2`)
	searchNames  = regexp.MustCompile(`search|recherche|\bq\b|suche|buscar|cerca`)
	signInWords  = regexp.MustCompile(`(?i)^\s*(log ?-?in|log ?-?on|sign ?-?in|se connecter|connexion|s['’ ]identifier|identification|connectez-vous|anmelden|einloggen|iniciar sesión|acceder|accedi|entrar)\b`)
	signInTarget = regexp.MustCompile(`(?i)/wp-login\.php|do=login|(/|=)(login|signin|sign-in|connexion|Sp%C3%A9cial:Connexion|Special:UserLogin)(/|\?|&|\.|$)`)
)

// signInForm gives the form that asks for a password, nil when there is none.
func signInForm(p extract.FormPage) *extract.Form {
	for i := range p.Forms {
		if f := &p.Forms[i]; countPasswords(f) == 1 {
			return f
		}
	}
	return nil
}

// asks tells whether a page asks for a password, or for the user before it.
func (s *Session) asks(p extract.FormPage) bool {
	fill := s.fill(p)
	return fill.password != nil && !fill.change || fill.user != nil && fill.login
}

// signInLink gives the link that leads to signing in.
func signInLink(p extract.FormPage) *extract.FormLink {
	for _, by := range []func(*extract.FormLink) bool{
		func(l *extract.FormLink) bool { return signInWords.MatchString(l.Text) },
		func(l *extract.FormLink) bool { return signInTarget.MatchString(l.Address) },
	} {
		for i := range p.Links {
			if by(&p.Links[i]) {
				return &p.Links[i]
			}
		}
	}
	return nil
}

func countPasswords(f *extract.Form) (n int) {
	for _, field := range f.Fields {
		if field.Type == "password" {
			n++
		}
	}
	return n
}

// fill chooses the form of a page that leads on.
func (s *Session) fill(p extract.FormPage) filling {
	cfg := s.cfg.Form
	var best filling
	bestScore := 0
	for i := range p.Forms {
		f := filling{form: &p.Forms[i], charset: p.Charset}
		score := f.look(cfg, p.Scripts)
		if score > bestScore {
			best, bestScore = f, score
		}
	}
	return best
}

// look finds the controls of the form and tells how much it looks like the one to fill; 0 is not at all.
func (f *filling) look(cfg FormConfig, scripts int) int {
	visible, hidden := 0, 0
	names := f.form.Name
	for i := range f.form.Fields {
		field := &f.form.Fields[i]
		known := strings.ToLower(field.Name + " " + field.Hints)
		switch field.Type {
		case "hidden":
			hidden++
			continue
		case "submit", "button", "reset", "image":
			names += " " + known
			continue
		case "password":
			visible++
			if cfg.PasswordField == "" && f.password == nil || cfg.PasswordField == field.Name {
				f.password = field
			}
			continue
		case "text", "email", "tel", "number", "":
			visible++
			switch {
			case codeNames.MatchString(known):
				f.code = true
			case cfg.UserField == field.Name, cfg.UserField == "" && f.password == nil && !searchNames.MatchString(known) &&
				(f.user == nil || !userNames.MatchString(strings.ToLower(f.user.Name+" "+f.user.Hints)) && userNames.MatchString(known)):
				f.user = field
			}
		case "checkbox", "radio", "select", "textarea":
			visible++
		}
	}
	passwords := countPasswords(f.form)
	f.change = passwords > 1 && cfg.PasswordField == ""
	named := signInNames.MatchString(names)
	f.login = named || f.user != nil && userNames.MatchString(strings.ToLower(f.user.Name+" "+f.user.Hints)) && f.form.Post
	switch {
	case cfg.PasswordField != "" && f.password != nil || cfg.UserField != "" && f.user != nil:
		return 10
	case passwords == 1 && named:
		return 9
	case passwords == 1:
		return 8
	case f.code && f.form.Post:
		return 6
	case f.user != nil && f.login && f.form.Post:
		return 5
	case passwords > 1:
		return 4
	case visible == 0 && hidden > 0 && f.form.Post && scripts > 0 && handsOn(f.form):
		f.handsOn = true
		return 3
	}
	return 0
}

// handsOn tells a form that carries an identity from one server to another (SAML, OpenID Connect,
// WS-Federation) from one that acts.
func handsOn(f *extract.Form) bool {
	for _, field := range f.Fields {
		switch strings.ToLower(field.Name) {
		case "samlrequest", "samlresponse", "wresult", "id_token", "code", "relaystate", "logintoken", "ticket":
			return true
		}
	}
	return false
}

// submit sends a form with the values that belong into it.
func (v *visitor) submit(ctx context.Context, from page, fill filling) (page, error) {
	s := v.session
	to, err := url.Parse(fill.form.Action)
	if err != nil || fill.form.Action == "" {
		return page{}, s.refused(ByHand, origin(from.url), "the form is sent to nowhere")
	}
	if !s.declared(to) {
		return page{}, s.refused(Undeclared, origin(to), "")
	}
	if fill.password != nil {
		if t, ok := v.via.(*signed); ok {
			if err := t.inClear(&http.Request{URL: to}); err != nil {
				return page{}, err
			}
		}
	}
	var body strings.Builder
	write := func(name, value string) {
		if name == "" {
			return
		}
		if body.Len() > 0 {
			body.WriteByte('&')
		}
		body.WriteString(url.QueryEscape(encode(name, fill.charset)) + "=" + url.QueryEscape(encode(value, fill.charset)))
	}
	clicked, given := false, map[string]bool{}
	for i := range fill.form.Fields {
		field := &fill.form.Fields[i]
		value := field.Value
		if own, ok := s.cfg.Form.Fields[field.Name]; ok {
			value, given[field.Name] = own, true
		}
		switch {
		case field == fill.password:
			value = s.cfg.Password
		case field == fill.user:
			value = s.cfg.User
		case (field.Type == "checkbox" || field.Type == "radio") && !given[field.Name]:
			if !field.Checked {
				continue
			}
			if value == "" {
				value = "on"
			}
		case field.Type == "submit":
			if clicked {
				continue
			}
			clicked = true
		case field.Type == "button" || field.Type == "reset" || field.Type == "image" || field.Type == "file":
			continue
		}
		write(field.Name, value)
	}
	for name, value := range s.cfg.Form.Fields {
		if !given[name] {
			write(name, value)
		}
	}
	if !fill.form.Post {
		to.RawQuery = body.String()
		return v.open(ctx, http.MethodGet, to, nil, "")
	}
	return v.open(ctx, http.MethodPost, to, []byte(body.String()), from.url.String())
}

// encode writes a value as the page of its form does.
func encode(value, charset string) string {
	if charset == "" || charset == "utf-8" {
		return value
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return value
	}
	out, err := enc.NewEncoder().String(value)
	if err != nil {
		return value
	}
	return out
}
