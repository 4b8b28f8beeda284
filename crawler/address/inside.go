package address

import (
	"net/netip"
	"strings"
)

// insideEndings are the endings of host names that no public name has: RFC 6762, RFC 8375, .internal of ICANN, and what
// companies use beside.
var insideEndings = []string{"local", "lan", "corp", "intra", "intranet", "internal", "localdomain", "home.arpa"}

// Inside tells whether a web address lies on a host that only a company's own network reaches: a private or link-local IP
// address (RFC 1918, 3927, 4193, 6598), a name of one label, a name below an ending that no public name has, or one with
// a label that says intranet. The machine itself, localhost, is not taken for one: what it serves is mostly a trial.
func Inside(addr string) bool {
	name := strings.TrimSuffix(strings.ToLower(Name(addr)), ".")
	if name == "" || IsFile(addr) {
		return false
	}
	if ip, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		ip = ip.Unmap()
		return ip.IsPrivate() || ip.IsLinkLocalUnicast() || sharedSpace.Contains(ip)
	}
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return false
	}
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if label == "intranet" || label == "intra" {
			return true
		}
	}
	for _, ending := range insideEndings {
		if strings.HasSuffix(name, "."+ending) {
			return true
		}
	}
	return len(labels) == 1
}

// sharedSpace is what carriers and overlay networks share out behind one public address.
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")
