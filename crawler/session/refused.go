package session

import (
	"fmt"
	"strings"
)

// Reason says why a sign-in did not succeed.
type Reason string

// The reasons.
const (
	WrongPassword Reason = "credentials" // the server does not accept the user or the password
	NotOffered    Reason = "not-offered" // the server does not offer the configured scheme, or any that filon knows
	TooOften      Reason = "too-often"   // refused twice in this run already; no further attempt is made
	NoForm        Reason = "no-form"     // no sign-in form was found
	Undeclared    Reason = "undeclared"  // the sign-in lies at an origin that the source does not declare
	InClear       Reason = "in-clear"    // the credentials would travel in clear through a proxy
	Expired       Reason = "expired"     // cookies or token are not, or no longer, accepted
	ByHand        Reason = "by-hand"     // the form asks for more: a code, a captcha, a choice, a script
	Certificate   Reason = "certificate" // the server does not accept the client certificate
	NoTicket      Reason = "no-ticket"   // Kerberos gave no ticket
)

// Refused says that signing in failed, without any secret.
type Refused struct {
	Reason  Reason
	Where   string   // the origin that refused, or that would have to be declared
	User    string   // who
	Kind    string   // the kind of sign-in that was configured or tried
	Offered []string // schemes that the server offered, as it wrote them
	Detail  string   // more, in English, "" when there is nothing
}

// Error says what happened and what to do.
func (r *Refused) Error() string {
	offered := "it offers no scheme"
	if len(r.Offered) > 0 {
		offered = "it offers " + strings.Join(r.Offered, ", ")
	}
	var what string
	switch r.Reason {
	case WrongPassword:
		what = fmt.Sprintf("%s does not accept %s: check user and password", r.Where, r.who())
		if len(r.Offered) > 0 {
			what += " (" + offered + ")"
		}
	case NotOffered:
		what = fmt.Sprintf("%s does not offer %s; %s: write that kind", r.Where, r.Kind, offered)
	case TooOften:
		what = fmt.Sprintf("%s refused %s twice: no further attempt in this run, so that no account is locked", r.Where, r.who())
	case NoForm:
		what = fmt.Sprintf("no sign-in form at %s: give form: {url: …}", r.Where)
	case Undeclared:
		what = fmt.Sprintf("the sign-in lies at %s, which may not see the password yet: add it to auth: {origins: [%s]}", r.Where, r.Where)
	case InClear:
		what = fmt.Sprintf("%s is reached by http through a proxy, which would read the credentials: use https, or proxy: none", r.Where)
	case Expired:
		what = fmt.Sprintf("%s does not accept the %s: they have expired or belong to another site; take new ones", r.Where, r.Kind)
		if r.Kind == Browser {
			what = fmt.Sprintf("%s does not let in any more who signed in by hand: filon login again", r.Where)
		}
	case ByHand:
		what = fmt.Sprintf("the sign-in at %s asks for more than user and password: sign in with a browser", r.Where)
	case Certificate:
		what = fmt.Sprintf("%s does not accept the client certificate %s: ask for one that it knows", r.Where, r.who())
	case NoTicket:
		what = fmt.Sprintf("no Kerberos ticket for %s: check realm, user, password or keytab, and krb5.conf", r.Where)
	}
	if r.Detail != "" {
		what += " (" + r.Detail + ")"
	}
	return what
}

func (r *Refused) who() string {
	if r.User == "" {
		return "the sign-in"
	}
	return r.User
}

func (s *Session) refused(reason Reason, where, detail string) *Refused {
	return &Refused{Reason: reason, Where: where, User: s.cfg.User, Kind: s.named, Offered: s.Offered(), Detail: detail}
}
