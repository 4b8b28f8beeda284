package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/crawler"
	"filon/crawler/render"
	"filon/crawler/session"
	"filon/crawler/session/vault"
)

func loginCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "login", ArgsUsage: say.in(T{FR: "[SOURCE]", EN: "[SOURCE]"}),
			Usage: say.in(T{FR: "se connecter à la main, pour une source qui demande un code ou un captcha", EN: "sign in by hand, for a source that asks for a code or a captcha"}),
			Description: say.in(T{
				FR: "Ouvre le Chromium, Chrome ou Edge installé, sur un profil neuf, à la première page de la source (auth: {kind: browser}). Connectez-vous, puis fermez la fenêtre : filon garde les cookies des serveurs déclarés, chiffrés, et rien d'autre. Sans SOURCE : dit jusqu'à quand durent les connexions gardées.",
				EN: "Opens the Chromium, Chrome or Edge that is installed, on a fresh profile, at the source's first page (auth: {kind: browser}). Sign in, then close the window: filon keeps the cookies of the declared hosts, sealed, and nothing else. Without a SOURCE: says until when the sign-ins last that are kept."}),
			Flags: []cli.Flag{configFlag(say), dataFlag(say),
				&cli.BoolFlag{Name: "forget", Usage: say.in(T{FR: "oublier la connexion gardée", EN: "forget the sign-in that is kept"})},
				&cli.DurationFlag{Name: "wait", Value: 15 * time.Minute, Usage: say.in(T{FR: "laisser la fenêtre ouverte au plus cette `DURÉE`", EN: "leave the window open for this `DURATION` at most"})}},
			Action: func(c *cli.Context) error { return login(say, c) },
		},
		Examples: []example{
			{"filon login intranet", T{FR: "se connecter à la source intranet", EN: "sign in to the source intranet"}},
			{"filon login", T{FR: "jusqu'à quand durent les connexions", EN: "until when the sign-ins last"}},
			{"filon login intranet --forget", T{FR: "oublier celle-ci", EN: "forget this one"}},
		},
		MaxArgs: 1,
	}
}

func login(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	cfg = cfg.in(c)
	var byHand []sourceSettings
	for _, s := range cfg.sources {
		if s.auth != nil && s.auth.kind == session.Browser {
			byHand = append(byHand, s)
		}
	}
	name := c.Args().First()
	if name == "" && !c.Bool("forget") {
		return say.signIns(c.Context, byHand, cfg.Data)
	}
	at := slices.IndexFunc(byHand, func(s sourceSettings) bool { return s.Name == name })
	switch {
	case at < 0 && slices.Contains(cfg.Names(), name):
		return askedWrongly(T{FR: "%s ne se connecte pas à la main", EN: "%s does not sign in by hand"}.with(name), T{FR: "écrivez auth: {kind: browser} sous cette source", EN: "write auth: {kind: browser} under that source"})
	case at < 0:
		return askedWrongly(T{FR: "source inconnue : %s", EN: "unknown source: %s"}.with(orText(name, "–")), T{FR: "sources connues : %s", EN: "known sources: %s"}.with(strings.Join(cfg.Names(), ", ")))
	}
	s := byHand[at]
	safe, err := s.auth.vault(c.Context, cfg.Data)
	if err != nil {
		return err
	}
	if c.Bool("forget") {
		was, err := safe.Forget(name)
		if err != nil {
			return couldNot(err, T{FR: "la connexion n'a pas pu être oubliée : %s", EN: "the sign-in could not be forgotten: %s"})
		}
		if !was {
			say.line(T{FR: "%s : rien n'était gardé.", EN: "%s: nothing was kept."}.with(name))
			return nil
		}
		say.line(T{FR: "%s : la connexion est oubliée ici. Pour la fermer aussi sur le serveur, déconnectez-vous-y.", EN: "%s: the sign-in is forgotten here. To end it on the server too, sign out there."}.with(name))
		return nil
	}
	return say.signInByHand(c, s, safe)
}

// signInByHand opens the window, keeps what it brings once the server accepts it, and says until when it lasts.
func (s *speaker) signInByHand(c *cli.Context, source sourceSettings, safe vault.Vault) error {
	opts := render.WindowOptions{}
	if source.network != nil && source.network.proxy != "none" {
		opts.Proxy = source.network.proxy
	}
	w, err := render.OpenWindow(c.Context, source.Seeds[0], opts)
	if err != nil {
		return noWindow(err)
	}
	defer w.Close()
	s.note(T{FR: "connectez-vous à %s dans la fenêtre qui s'est ouverte, puis fermez-la", EN: "sign in to %s in the window that has opened, then close it"}.with(source.Name))
	ctx, cancel := context.WithTimeout(c.Context, c.Duration("wait"))
	defer cancel()
	cookies := gather(ctx, w, 300*time.Millisecond)
	if err := c.Context.Err(); err != nil {
		return askedWrongly(T{FR: "interrompu : rien n'est gardé", EN: "interrupted: nothing is kept"}, T{})
	}
	cookies = declaredOnly(cookies, source.auth.declared(source.Source))
	if len(cookies) == 0 {
		return &Trouble{Code: codeFailed, What: T{FR: "aucun cookie de %s : rien n'est gardé", EN: "no cookie of %s: nothing is kept"}.with(source.Name),
			Hint: T{FR: "attendez de voir la page connectée avant de fermer la fenêtre ; un autre serveur ? auth: {kind: browser, origins: […]}", EN: "wait for the signed-in page before closing the window; another server? auth: {kind: browser, origins: […]}"}}
	}
	source.auth.byHand = cookies
	found, err := config{sources: []sourceSettings{source}}.Sources(c.Context)
	if err != nil {
		return err
	}
	p := &patient{source: found[0], seed: source.Seeds[0], timeout: 30 * time.Second, now: time.Now()}
	var seen finding
	p.signIn(c.Context, func(f finding) bool { seen = f; return true })
	if seen.grade == broken {
		return &Trouble{Code: codeFailed, What: T{FR: "%s ; rien n'est gardé", EN: "%s; nothing is kept"}.with(seen.what),
			Hint: T{FR: "attendez de voir la page connectée avant de fermer la fenêtre", EN: "wait for the signed-in page before closing the window"}}
	}
	if err := safe.Keep(vault.Kept{Source: source.Name, At: time.Now().UTC(), Cookies: cookies}); err != nil {
		return sealTrouble(err)
	}
	s.line(T{FR: "%s : connexion gardée, %s.", EN: "%s: sign-in kept, %s."}.with(source.Name, until(found[0].Session.Expires())))
	return nil
}

// window is what gather needs of render.Window.
type window interface {
	Cookies(context.Context) ([]*http.Cookie, error)
	Gone() <-chan struct{}
}

// gather looks at a window's cookies again and again until it is closed, or the context ends, and gives those
// of the last look: a closed window has none.
func gather(ctx context.Context, w window, every time.Duration) (last []*http.Cookie) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if now, err := w.Cookies(ctx); err == nil {
			last = now
		}
		select {
		case <-w.Gone():
			return last
		case <-ctx.Done():
			return last
		case <-tick.C:
		}
	}
}

// declaredOnly chooses the cookies that a request to one of the declared addresses would carry.
func declaredOnly(cookies []*http.Cookie, declared []string) []*http.Cookie {
	return slices.DeleteFunc(slices.Clone(cookies), func(c *http.Cookie) bool {
		domain := strings.ToLower(strings.TrimPrefix(c.Domain, "."))
		return !slices.ContainsFunc(declared, func(addr string) bool {
			u, err := url.Parse(addr)
			host := ""
			if err == nil {
				host = strings.ToLower(u.Hostname())
			}
			return host != "" && (host == domain || strings.HasPrefix(c.Domain, ".") && strings.HasSuffix(host, "."+domain))
		})
	})
}

// noWindow says why no window can be opened, and what to do instead.
func noWindow(err error) error {
	instead := T{FR: "faites filon login sur un poste qui a un écran et un navigateur, avec le même filon.yaml ; ou donnez des cookies : auth: {cookies: {file: cookies.txt}}",
		EN: "run filon login on a machine with a screen and a browser, with the same filon.yaml; or give cookies: auth: {cookies: {file: cookies.txt}}"}
	switch {
	case errors.Is(err, render.ErrNone):
		return &Trouble{Code: codeFailed, What: T{FR: "aucun Chromium, Chrome ou Edge n'est installé", EN: "no Chromium, Chrome or Edge is installed"}, Hint: instead}
	case errors.Is(err, render.ErrRoot):
		return &Trouble{Code: codeFailed, What: T{FR: "un navigateur ne s'ouvre pas en tant que root", EN: "a browser is not opened as root"}, Hint: T{FR: "lancez filon sous un autre compte", EN: "run filon under another account"}}
	case errors.Is(err, render.ErrNoDisplay):
		return &Trouble{Code: codeFailed, What: T{FR: "il n'y a pas d'écran où ouvrir une fenêtre", EN: "there is no screen to open a window on"}, Hint: instead}
	}
	return couldNot(err, T{FR: "la fenêtre n'a pas pu être ouverte : %s", EN: "the window could not be opened: %s"})
}

// signIns lists the sources that sign in by hand and until when.
func (s *speaker) signIns(ctx context.Context, byHand []sourceSettings, dir string) error {
	if len(byHand) == 0 {
		return askedWrongly(T{FR: "aucune source ne se connecte à la main", EN: "no source signs in by hand"}, T{FR: "écrivez auth: {kind: browser} sous la source qui le demande", EN: "write auth: {kind: browser} under the source that needs it"})
	}
	var rows [][]cell
	for _, source := range byHand {
		kept, err := source.auth.opened(ctx, source.Name, dir)
		if t, ok := isTrouble(err); ok {
			rows = append(rows, []cell{{Text: source.Name}, {}, {Text: s.in(t.What)}})
			continue
		}
		if err != nil {
			return err
		}
		var first time.Time
		for _, c := range kept.Cookies {
			if !c.Expires.IsZero() && (first.IsZero() || c.Expires.Before(first)) {
				first = c.Expires
			}
		}
		rows = append(rows, []cell{{Text: source.Name}, {Text: kept.At.Local().Format("2006-01-02 15:04")}, {Text: s.in(until(first))}})
	}
	s.table([]column{{Head: T{FR: "Source", EN: "Source"}}, {Head: T{FR: "Connectée le", EN: "Signed in"}}, {Head: T{FR: "Jusqu'à", EN: "Until"}}}, rows)
	return nil
}

func until(end time.Time) T {
	if end.IsZero() {
		return T{FR: "tant que le serveur la garde", EN: "as long as the server keeps it"}
	}
	return T{FR: "jusqu'au %s au plus", EN: "until %s at most"}.with(end.Local().Format("2006-01-02 15:04"))
}

// vault is where the sign-ins of people are sealed: in the folder of the data, by a passphrase when the source
// has one, else by a key of this account.
func (a *authSettings) vault(ctx context.Context, dir string) (vault.Vault, error) {
	v := vault.Vault{Folder: filepath.Join(dir, "sign-ins")}
	var err error
	if v.Passphrase, err = a.passphrase.reveal(ctx); err != nil || v.Passphrase != "" {
		return v, err
	}
	own, err := os.UserConfigDir()
	if err != nil {
		return v, couldNot(err, T{FR: "pas de dossier personnel pour la clé des connexions : %s", EN: "no folder of your own for the key of the sign-ins: %s"})
	}
	v.KeyFile = filepath.Join(own, "filon", "key")
	return v, nil
}

// cookiesByHand gives the cookies of the sign-in that a person has made. When there is none, or its key is gone,
// there are none, and the server asks to sign in again: the other sources go on.
func (a *authSettings) cookiesByHand(ctx context.Context, name, dir string) ([]*http.Cookie, error) {
	if a.byHand != nil {
		return a.byHand, nil
	}
	v, err := a.vault(ctx, dir)
	if err != nil {
		return nil, err
	}
	kept, err := v.Open(name)
	if errors.Is(err, vault.ErrNone) || errors.Is(err, vault.ErrSealed) {
		return nil, nil
	}
	return kept.Cookies, sealTrouble(err)
}

// opened gives the sign-in that a person has made for a source.
func (a *authSettings) opened(ctx context.Context, name, dir string) (vault.Kept, error) {
	v, err := a.vault(ctx, dir)
	if err != nil {
		return vault.Kept{}, err
	}
	kept, err := v.Open(name)
	if errors.Is(err, vault.ErrNone) {
		return kept, &Trouble{Code: codeFailed, What: T{FR: "%s : personne ne s'est encore connecté", EN: "%s: nobody has signed in yet"}.with(name), Hint: T{FR: "filon login %s", EN: "filon login %s"}.with(name)}
	}
	return kept, sealTrouble(err)
}

// sealTrouble says what is wrong with a sealed sign-in; nil for nil.
func sealTrouble(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, vault.ErrSealed):
		return &Trouble{Code: codeFailed, What: T{FR: "la clé n'ouvre pas la connexion gardée, ou le fichier est abîmé", EN: "the key does not open the sign-in that is kept, or its file is damaged"},
			Hint: T{FR: "même compte, même passphrase ? sinon filon login à nouveau", EN: "the same account, the same passphrase? if not, filon login again"}}
	case errors.Is(err, vault.ErrShared):
		return &Trouble{Code: codeFailed, What: T{FR: "d'autres comptes peuvent lire la clé des connexions", EN: "other accounts can read the key of the sign-ins"}, Hint: T{FR: "chmod 600 sur ce fichier : %s", EN: "chmod 600 on that file: %s"}.with(err)}
	}
	return couldNot(err, T{FR: "la connexion gardée n'a pu être ni lue ni écrite : %s", EN: "the sign-in that is kept could be neither read nor written: %s"})
}

// in is the configuration with its data in the folder that the command line names, or by default.
func (c config) in(line *cli.Context) config {
	c.Data = dataDir(line, c)
	return c
}

// refreshed keeps the cookies that servers have renewed during a crawl, so that a sign-in that each visit
// prolongs lasts. What a server that no longer let filon in has set is not kept.
func (c config) refreshed(ctx context.Context, sources []crawler.Source, report crawler.Report) error {
	for _, s := range c.sources {
		at := slices.IndexFunc(sources, func(x crawler.Source) bool { return x.Name == s.Name })
		if s.auth == nil || s.auth.kind != session.Browser || at < 0 || report.Refused[s.Name] != nil {
			continue
		}
		safe, err := s.auth.vault(ctx, c.Data)
		if err != nil {
			return err
		}
		was, err := safe.Open(s.Name)
		if err != nil {
			return sealTrouble(err)
		}
		now := sources[at].Session.Kept()
		if len(now) == 0 || slices.EqualFunc(was.Cookies, now, func(a, b *http.Cookie) bool { return a.String() == b.String() }) {
			continue
		}
		was.Cookies = now
		if err := safe.Keep(was); err != nil {
			return sealTrouble(err)
		}
	}
	return nil
}
