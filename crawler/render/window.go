package render

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// ErrNoDisplay says that there is no screen to show a window on.
var ErrNoDisplay = errors.New("there is no screen to show a window on")

// WindowOptions says how a window is opened. The zero value of a field means its default.
type WindowOptions struct {
	Browser string // path of the browser; "" asks Find
	Proxy   string // as --proxy-server takes it; "" leaves it to the system
	Folder  string // where the fresh profile is made; "" is the system's temporary folder

	unseen bool // for tests: without a screen
}

// Window is a browser window on a fresh profile, for a person who signs in by hand. Unlike Pages it has
// the network: what happens in it is the person's. Its methods may be called from several goroutines.
type Window struct {
	*browser
	gone chan struct{}
}

// OpenWindow opens a window at an address. ErrNone, ErrRoot and ErrNoDisplay say that it cannot. The
// caller closes it.
func OpenWindow(ctx context.Context, address string, o WindowOptions) (*Window, error) {
	path := o.Browser
	if path == "" {
		var ok bool
		if path, ok = Find(); !ok {
			return nil, ErrNone
		}
	}
	flags, err := sandbox()
	if err != nil {
		return nil, err
	}
	if !o.unseen {
		flags = append(flags, chromedp.VisibleWindow)
	}
	if o.Proxy != "" {
		flags = append(flags, chromedp.ProxyServer(o.Proxy))
	}
	b, err := launch(path, o.Folder, personEnvironment(), flags)
	if errors.Is(err, chromedp.ErrNoDisplay) {
		return nil, ErrNoDisplay
	}
	if err != nil {
		return nil, err
	}
	w := &Window{browser: b, gone: make(chan struct{})}
	w.wg.Go(func() {
		defer close(w.gone)
		_ = chromedp.WaitClosed(b.ctx) // it ends with the process, and with Close
	})
	within, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	stop := context.AfterFunc(ctx, cancel)
	defer stop()
	if _, err := chromedp.Call(within, page.Navigate, page.NavigateParams{URL: address}); err != nil {
		w.Close()
		return nil, fmt.Errorf("open %s in the browser: %w", address, err)
	}
	return w, nil
}

// Gone is closed when the person has closed the window.
func (w *Window) Gone() <-chan struct{} { return w.gone }

// Address is where the first tab stands now.
func (w *Window) Address(ctx context.Context) (string, error) {
	within, stop := w.within(ctx)
	defer stop()
	return chromedp.Run(within, chromedp.Evaluate[string](`location.href`))
}

// Cookies gives all cookies of the profile; choosing those of the declared hosts is the caller's. The zero
// Expires is a cookie that ends with the session.
func (w *Window) Cookies(ctx context.Context) ([]*http.Cookie, error) {
	within, stop := w.within(ctx)
	defer stop()
	got, err := chromedp.CallBrowser(within, storage.GetCookies, storage.GetCookiesParams{})
	if err != nil {
		return nil, fmt.Errorf("read the cookies of the window: %w", err)
	}
	var all []*http.Cookie
	for _, c := range got.Cookies {
		cookie := &http.Cookie{Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, Secure: c.Secure, HttpOnly: c.HTTPOnly}
		if !c.Session && c.Expires > 0 {
			cookie.Expires = time.Unix(int64(c.Expires), 0).UTC()
		}
		switch c.SameSite {
		case network.CookieSameSiteStrict:
			cookie.SameSite = http.SameSiteStrictMode
		case network.CookieSameSiteLax:
			cookie.SameSite = http.SameSiteLaxMode
		case network.CookieSameSiteNone:
			cookie.SameSite = http.SameSiteNoneMode
		}
		all = append(all, cookie)
	}
	return all, nil
}

// Close closes the window and removes its profile, cookies and all.
func (w *Window) Close() error {
	w.end()
	return nil
}

// within is a context of the browser that ends with the caller's.
func (w *Window) within(ctx context.Context) (context.Context, func()) {
	within, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	stop := context.AfterFunc(ctx, cancel)
	return within, func() { stop(); cancel() }
}

// personEnvironment is what a window needs to be shown and to sign in as the person of this session:
// names that hold no secret of filon's.
func personEnvironment() []string {
	names := []string{"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "KRB5CCNAME", "KRB5_CONFIG",
		"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}
	if runtime.GOOS == "windows" {
		names = append(names, "SYSTEMROOT", "TEMP", "TMP", "LOCALAPPDATA", "APPDATA", "USERPROFILE", "PROGRAMFILES", "USERNAME", "USERDOMAIN")
	}
	var env []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if slices.Contains(names, name) || strings.HasPrefix(name, "LC_") || strings.HasPrefix(name, "XDG_") {
			env = append(env, pair)
		}
	}
	return env
}
