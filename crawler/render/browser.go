package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browser is one process with an empty profile.
type browser struct {
	ctx     context.Context // of the process; pages are its children
	stop    []context.CancelFunc
	profile string
	pages   int
	wg      sync.WaitGroup // what was started with it
	once    sync.Once      // end
}

// nowhere is a name that nothing can resolve: the browser's proxy and its whole name service.
const nowhere = "filon.invalid"

// start starts a browser without a network.
func (p *Pages) start() (*browser, error) {
	flags := []chromedp.ExecAllocatorOption{chromedp.DisableGPU,
		chromedp.ProxyServer("http://" + nowhere + ":9"), chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true), chromedp.Flag("blink-settings", "imagesEnabled=false")}
	if p.options.UserAgent != "" {
		flags = append(flags, chromedp.UserAgent(p.options.UserAgent))
	}
	more, err := sandbox()
	if err != nil {
		return nil, err
	}
	return launch(p.path, p.options.Folder, environment(), append(flags, more...))
}

// sandbox gives the flag that root needs, or ErrRoot.
func sandbox() ([]chromedp.ExecAllocatorOption, error) {
	switch {
	case os.Geteuid() != 0:
		return nil, nil
	case os.Getenv(UnsandboxedVariable) != "1":
		return nil, ErrRoot
	}
	return []chromedp.ExecAllocatorOption{chromedp.NoSandbox}, nil
}

// launch starts a browser on a fresh profile in folder.
func launch(path, folder string, env []string, flags []chromedp.ExecAllocatorOption) (*browser, error) {
	profile, err := os.MkdirTemp(folder, "browser-")
	if err != nil {
		return nil, fmt.Errorf("make a profile for the browser: %w", err)
	}
	if profile, err = filepath.Abs(profile); err != nil {
		return nil, fmt.Errorf("make a profile for the browser: %w", err)
	}
	b := &browser{profile: profile}
	if !slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, "HOME=") }) {
		env = append(env, "HOME="+profile)
	}
	all := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.UserDataDir(profile),
		chromedp.NoInheritEnv, chromedp.Env(env...))
	whole, stopAll := context.WithCancel(context.Background())
	alloc, stop := chromedp.NewExecAllocator(whole, append(all, flags...)...)
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	b.ctx, b.stop = ctx, []context.CancelFunc{cancel, stop, stopAll}
	started := make(chan error, 1)
	b.wg.Go(func() { started <- chromedp.Do(ctx) })
	select {
	case err = <-started:
	case <-time.After(30 * time.Second):
		err = errors.New("it does not answer")
	}
	if err != nil { // the library's own cancel waits for a process that never was
		stopAll()
		os.RemoveAll(profile)
		return nil, fmt.Errorf("start the browser: %w", err)
	}
	return b, nil
}

func silent(string, ...any) {}

// environment is what the browser gets to know of filon's: nothing that could be a secret.
func environment() []string {
	env := []string{"TMPDIR=" + os.TempDir()}
	names := []string{"PATH", "LANG", "TZ"}
	if runtime.GOOS == "windows" {
		names = append(names, "SYSTEMROOT", "TEMP", "TMP", "LOCALAPPDATA", "USERPROFILE", "PROGRAMFILES")
	}
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

func (p *Pages) end() {
	if p.browser != nil {
		p.browser.end()
		p.browser = nil
	}
}

// end ends the process, gently if it lets itself, and removes the profile.
func (b *browser) end() { b.once.Do(b.finish) }

func (b *browser) finish() {
	gently, cancel := context.WithTimeout(b.ctx, 3*time.Second)
	_ = chromedp.Cancel(gently)
	cancel()
	for _, stop := range b.stop {
		stop()
	}
	b.wg.Wait()
	for range 20 { // the process may write for a moment longer
		if os.RemoveAll(b.profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// visit is one page while it runs.
type visit struct {
	ctx   context.Context
	fetch Fetch
	slots chan struct{}
	wg    sync.WaitGroup

	mu     sync.Mutex
	result Result
	open   int
	last   time.Time // something was asked or answered
}

// page runs one page in a context of its own, so that nothing of it is left when it is done.
func (b *browser) page(ctx context.Context, address string, fetchIt Fetch, limit time.Duration) (Result, error) {
	tab, leave := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	defer leave()
	stop := context.AfterFunc(ctx, leave)
	defer stop()
	hard := time.AfterFunc(limit+10*time.Second, leave) // a browser that answers nothing at all
	defer hard.Stop()
	v := &visit{ctx: tab, fetch: fetchIt, slots: make(chan struct{}, 4), last: time.Now()}
	defer v.wg.Wait()
	defer leave() // before Wait: it ends what is still being answered
	if err := chromedp.Do(tab); err != nil {
		return Result{}, fmt.Errorf("open a tab: %w", err)
	}
	if err := chromedp.Listen(tab, v.hear); err != nil {
		return Result{}, fmt.Errorf("listen to the page: %w", err)
	}
	within, done := context.WithTimeout(tab, limit)
	defer done()
	if _, err := chromedp.Call(within, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}}); err != nil {
		return Result{}, fmt.Errorf("hold the page's requests: %w", err)
	}
	if _, err := chromedp.Call(within, page.Enable, page.EnableParams{}); err != nil {
		return Result{}, fmt.Errorf("follow the page: %w", err)
	}
	v.wg.Go(func() { // it returns when the document's answer has come, or never
		chromedp.Call(within, page.Navigate, page.NavigateParams{URL: address})
	})
	cut := !v.rest(within)
	reading, done2 := context.WithTimeout(tab, 3*time.Second)
	defer done2()
	html, err := chromedp.Run(reading, chromedp.Evaluate[string](fmt.Sprintf(`document.documentElement ? document.documentElement.outerHTML.slice(0, %d) : ""`, maxHTML)))
	if err != nil {
		if ctx.Err() != nil {
			return Result{}, ctx.Err()
		}
		return Result{}, errors.New("the page's scripts do not let go")
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.result.HTML, v.result.Cut = html, cut
	return v.result, nil
}

// rest waits until the document is complete and nothing was asked for half a second.
func (v *visit) rest(ctx context.Context) bool {
	const quiet = 500 * time.Millisecond
	begun := time.Now()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		v.mu.Lock()
		still := v.open == 0 && time.Since(v.last) > quiet && time.Since(begun) > quiet
		asked := v.result.Asked + v.result.Blocked
		v.mu.Unlock()
		if !still || asked == 0 {
			continue
		}
		ready, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete"`))
		if err == nil && ready {
			return true
		}
	}
}

// hear is told of every event, in order; it must not wait.
func (v *visit) hear(ev any) {
	switch ev := ev.(type) {
	case *fetch.EventRequestPaused:
		v.mu.Lock()
		v.last = time.Now()
		over := v.result.Asked+v.result.Blocked >= maxAsked
		if !over {
			v.open++
		}
		v.mu.Unlock()
		if !over { // beyond the limit a request waits until the page is left
			v.wg.Go(func() { v.answer(ev) })
		}
	case *page.EventJavascriptDialogOpening:
		v.wg.Go(func() {
			chromedp.Call(v.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
		})
	}
}

// unwanted are kinds of things that say nothing about the text of a page.
var unwanted = []network.ResourceType{network.ResourceTypeImage, network.ResourceTypeMedia, network.ResourceTypeFont, network.ResourceTypeTextTrack,
	network.ResourceTypePing, network.ResourceTypeEventSource, network.ResourceTypeWebSocket, network.ResourceTypeManifest, network.ResourceTypePrefetch,
	network.ResourceTypePreflight, network.ResourceTypeCSPViolationReport}

// allowed tells whether a request is one that filon makes.
func allowed(method, url string, kind network.ResourceType) bool {
	return (method == "GET" || method == "HEAD") && (strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://")) && !slices.Contains(unwanted, kind)
}

// answer gives a paused request its answer, or refuses it.
func (v *visit) answer(ev *fetch.EventRequestPaused) {
	defer func() {
		v.mu.Lock()
		v.open--
		v.last = time.Now()
		v.mu.Unlock()
	}()
	select {
	case v.slots <- struct{}{}:
		defer func() { <-v.slots }()
	case <-v.ctx.Done():
		return
	}
	url, _, _ := strings.Cut(ev.Request.URL, "#")
	ok := allowed(ev.Request.Method, url, ev.ResourceType)
	var a Answer
	if ok {
		var err error
		a, err = v.fetch(v.ctx, url)
		ok = err == nil
	}
	v.mu.Lock()
	if ok {
		v.result.Asked++
	} else {
		v.result.Blocked++
	}
	v.mu.Unlock()
	if !ok {
		chromedp.Call(v.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: ev.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
		return
	}
	var headers []*fetch.HeaderEntry
	for name, values := range a.Header {
		switch strings.ToLower(name) {
		case "content-encoding", "content-length", "transfer-encoding", "set-cookie": // the body is decoded; cookies stay with filon
			continue
		}
		for _, value := range values {
			headers = append(headers, &fetch.HeaderEntry{Name: name, Value: strings.ToValidUTF8(value, "")})
		}
	}
	chromedp.Call(v.ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: ev.RequestID, ResponseCode: int64(a.Status), ResponseHeaders: headers, Body: a.Body})
}
