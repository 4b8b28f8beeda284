package crawler

import (
	"slices"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/session"
)

// Source is a site, an intranet or a part of one, with its rules. The zero value of a limit means
// the default that Defaults gives.
type Source struct {
	Name          string           // unique; names the source in the inventory
	Seeds         []string         // where to begin; at least one
	Hosts         []string         // further hosts (host or host:port) that belong to the source; the seeds' own hosts always do
	Include       []string         // patterns; when given, an address must match one. See Scope
	Exclude       []string         // patterns; an address that matches one is out of scope
	Prefixes      []string         // path prefixes; when given, an address must begin with one
	MaxDepth      int              // links from a seed; 0 for no limit
	MaxPages      int              // visits in one run; 0 for no limit
	MaxTime       time.Duration    // after which nothing more is asked of it in this run; 0 for no limit
	Visibility    string           // public, intranet, restricted; how far its items already reach; "" is presumed
	Presumed      string           `json:"-"` // PresumedSignIn or PresumedInside when Visibility was presumed to be narrower than public; "" it was said
	Revisit       int              // a page that does not change is asked again after so many days at the latest; 1 asks every page in every run, 0 is 7
	Delay         Delay            // politeness
	PerHost       int              // requests at once to one host
	IgnoreRobots  bool             // visit in spite of robots.txt; logged in every run
	KeepNoIndex   bool             // keep pages that ask search engines not to index them
	UserAgent     string           // as sent; robots.txt groups are matched on its first word
	Sitemaps      []string         // further sitemaps, beside robots.txt and the well-known names
	NoSitemaps    bool             // do not look for sitemaps
	NoFeeds       bool             // do not read feeds
	Traps         Traps            // what the guard against endless families leaves alone
	NeverFollow   NeverFollow      // what may change something, beside what is known to
	Session       *session.Session // who signs in, and how; nil is anonymous
	Barred        error            `json:"-"` // why it cannot be visited in this run, as when a secret is missing: it counts as not signed in
	AnonymousPass bool             // ask for what was read signed in once more without, to learn how far it reaches
	Canary        Canary           // how the loss of the session is recognised; the zero Canary is learned
	Network       *session.Network // certificates and proxy; nil for the system's authorities and the environment's proxy
	Render        string           // RenderAuto, RenderAlways or RenderNever; "" is auto
	RenderPages   int              // pages that are run in a browser in one run; 0 is 200
	OCR           string           // OCRAuto or OCRNever; "" is auto
	OCRPages      int              // pages of one document that are read by OCR; 0 is the reader's own limit
	ImageSizes    int              // pictures whose size is asked for in one run; 0 is 200, ImageSizesNever asks for none
	CMS           string           // CMSAuto or CMSNever; "" is auto
	Limits        Limits
}

// Traps overrules the guard against endless families of addresses.
type Traps struct {
	Allow []string // patterns as of Include: what matches is visited, whatever it brings
}

// NeverFollow adds to the addresses and links that are taken for ones that change something (sign out, delete,
// approve…), and overrules them.
type NeverFollow struct {
	Addresses []string // patterns as of Include
	Texts     []string // what such a link says, whole; case and accents do not matter
	Allow     []string // patterns: what matches is followed, whatever it is called
}

// OCR is how pictures of text are dealt with.
const (
	OCRAuto  = "auto" // read through a tesseract on this machine, where there is one
	OCRNever = "never"
)

// Why a source that does not say who can see it is not taken for public.
const (
	PresumedSignIn = "sign-in" // it is visited by somebody who shows who it is
	PresumedInside = "inside"  // its host is only known inside
)

// Presume gives a source that does not say who can see it the widest that is safe: a folder is a share, what somebody
// signs in to or lies on a host that is only known inside is an intranet, and all else is public.
func (s *Source) Presume(signsIn bool) {
	switch {
	case s.Visibility != "":
	case s.isFolders():
		s.Visibility = string(content.FileShare)
	case signsIn:
		s.Visibility, s.Presumed = string(content.Intranet), PresumedSignIn
	case slices.ContainsFunc(s.Seeds, address.Inside):
		s.Visibility, s.Presumed = string(content.Intranet), PresumedInside
	default:
		s.Visibility = string(content.Public)
	}
}

// identified tells whether the source shows who it is.
func (s *Source) identified() bool {
	return s.Barred != nil || s.Session != nil || s.Network != nil && s.Network.As() != ""
}

// Delay is the pause between two requests to one host.
type Delay struct {
	Min time.Duration // at least this; robots.txt Crawl-delay can only lengthen it
	Max time.Duration // the adaptive delay never exceeds this
}

// Limits bound what one visit may cost.
type Limits struct {
	Bytes     int64         // of a body, after decompression
	Time      time.Duration // of one request, connection and body included
	Redirects int           // hops of one chain
	Links     int           // links taken from one page
}

// DefaultUserAgent names filon honestly; a source may set its own.
const DefaultUserAgent = "filon/1.0 (content inventory; runs on behalf of the site's owner)"
