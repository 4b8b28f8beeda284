package session

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

// jar keeps the cookies of the declared origins (RFC 6265). It notes when those that last expire.
type jar struct {
	declared func(*url.URL) bool

	mu   sync.Mutex
	jar  *cookiejar.Jar
	ends map[string]time.Time // by domain, path and name
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
	j.jar, j.ends = fresh, map[string]time.Time{}
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
		key := domain + ";" + c.Path + ";" + c.Name
		switch now := time.Now(); {
		case c.MaxAge > 0:
			j.ends[key] = now.Add(time.Duration(c.MaxAge) * time.Second)
		case c.MaxAge == 0 && c.Expires.After(now):
			j.ends[key] = c.Expires
		default:
			delete(j.ends, key)
		}
	}
	j.jar.SetCookies(u, mine)
	return len(mine)
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
	for _, t := range j.ends {
		if first.IsZero() || t.Before(first) {
			first = t
		}
	}
	return first
}
