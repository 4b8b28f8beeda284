package session

import (
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

// jar keeps the cookies of the declared origins (RFC 6265). It holds those that were set beside, whole, to tell
// when they expire and to hand them on.
type jar struct {
	declared func(*url.URL) bool

	mu   sync.Mutex
	jar  *cookiejar.Jar
	held map[string]*http.Cookie // by domain, path and name; Expires is set for those that last, MaxAge never
}

func newJar(declared func(*url.URL) bool) *jar {
	j := &jar{declared: declared}
	j.empty()
	return j
}

// empty forgets everything.
func (j *jar) empty() {
	fresh, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never fails
	j.mu.Lock()
	defer j.mu.Unlock()
	j.jar, j.held = fresh, map[string]*http.Cookie{}
}

// keep takes the Set-Cookie fields of an answer.
func (j *jar) keep(u *url.URL, res *http.Response) {
	if cookies := res.Cookies(); len(cookies) > 0 {
		j.put(u, cookies)
	}
}

// put takes the cookies that u may set and tells how many those are.
func (j *jar) put(u *url.URL, cookies []*http.Cookie) int {
	if !j.declared(u) {
		return 0
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	host := strings.ToLower(u.Hostname())
	var mine []*http.Cookie
	for _, c := range cookies {
		domain := strings.ToLower(strings.TrimPrefix(c.Domain, "."))
		if domain != "" && domain != host && !strings.HasSuffix(host, "."+domain) {
			continue
		}
		own := *c
		if domain == host { // also for addresses and names without a dot, which cannot be a Domain
			own.Domain = ""
		}
		mine = append(mine, &own)
		j.hold(host, domain, *c)
	}
	j.jar.SetCookies(u, mine)
	return len(mine)
}

// hold notes a cookie that was set. The caller holds mu.
func (j *jar) hold(host, domain string, c http.Cookie) {
	if domain == "" {
		domain = host
	}
	key := domain + ";" + c.Path + ";" + c.Name
	now := time.Now()
	if c.MaxAge < 0 || c.MaxAge == 0 && !c.Expires.IsZero() && !c.Expires.After(now) {
		delete(j.held, key)
		return
	}
	if c.MaxAge > 0 {
		c.Expires = now.Add(time.Duration(c.MaxAge) * time.Second)
	}
	c.Domain, c.MaxAge, c.Raw, c.RawExpires, c.Unparsed = domain, 0, "", "", nil
	j.held[key] = &c
}

// all lists the cookies that have not expired, in a fixed order.
func (j *jar) all() []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	var list []*http.Cookie
	for _, key := range slices.Sorted(maps.Keys(j.held)) {
		if c := *j.held[key]; c.Expires.IsZero() || c.Expires.After(time.Now()) {
			list = append(list, &c)
		}
	}
	return list
}

func (j *jar) of(u *url.URL) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.jar.Cookies(u)
}

func (j *jar) expires() time.Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	var first time.Time
	for _, c := range j.held {
		if t := c.Expires; !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
