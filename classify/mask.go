package classify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"filon/crawler/content"
)

// Mask gives s with every personal and secret value that the rules know made unreadable: nominative
// and private mail addresses, telephone, social security, account and card numbers, dates of birth,
// passwords and keys. Role mailboxes such as contact@ stay. It needs no state, Mask(Mask(s)) is
// Mask(s), and a string without such values comes back as it is.
func Mask(s string) string {
	if !maybeValues(s) {
		return s
	}
	for range 6 { // what is masked may bring two halves of another value together
		f := fold(s)
		vs := valuesOf(&f)
		masked := maskValues(s, vs)
		if masked == s {
			return s
		}
		s = masked
	}
	return strings.Map(func(r rune) rune { // a text made to defeat us loses all its digits
		switch {
		case r >= '0' && r <= '9' || r == '@' || r == ':' || r == '=':
			return '•'
		case r > 0x7F:
			if l := plain(string(r)); strings.ContainsAny(l, "0123456789@:=") {
				return '•'
			}
		}
		return r
	}, s)
}

// maybeValues is the quick look: can there be any value in s at all?
func maybeValues(s string) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits++; digits >= 4 {
				return true
			}
		case c == '@', c == ':', c == '=', c >= utf8.RuneSelf:
			return true
		}
	}
	return len(s) >= 12
}

func maskValues(s string, vs []value) string {
	var b strings.Builder
	done := 0
	for _, v := range vs {
		word := s[v.start:v.end]
		hidden := hide(v, word)
		if hidden == word {
			continue
		}
		b.WriteString(s[done:v.start])
		b.WriteString(hidden)
		done = v.end
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// hide is the form of a value that may be shown.
func hide(v value, s string) string {
	switch v.kind {
	case isEmail:
		if mailbox(foldString(s)) == roleMail {
			return s
		}
		_, n := utf8.DecodeRuneInString(s)
		if at := strings.LastIndexByte(s, '@'); at >= 0 {
			return s[:n] + "•••" + s[at:]
		}
		return s[:n] + "•••"
	case isPhone:
		if businessPhone(foldString(s)) {
			return s
		}
		if !isDigit(s[len(s)-1]) { // in words
			return "••••••"
		}
		return dots(s, leadDigits(s), 2)
	case isNIR, isBirth, isPaper, isAnnounced, isPlate:
		return dots(s, 0, 0)
	case isIBAN:
		return s[:min(4, len(s))] + " ••••"
	case isRIB, isCard, isTestCard:
		return "••••"
	case isMasked:
		return s
	}
	if strings.HasPrefix(s, "•") {
		return s
	}
	return "••••••"
}

// leadDigits is how many digits of a telephone number say only where it belongs.
func leadDigits(s string) int {
	switch {
	case strings.HasPrefix(s, "+33"), strings.HasPrefix(s, "+"):
		return 3
	case strings.HasPrefix(s, "00"):
		return 5
	}
	return 2
}

// dots replaces the letters and digits of s but the first and last ones.
func dots(s string, first, last int) string {
	digits := 0
	for _, r := range s {
		if wordRune(r) {
			digits++
		}
	}
	n := 0
	var b strings.Builder
	for _, r := range s {
		if wordRune(r) {
			if n++; n > first && n <= digits-last {
				r = '•'
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wordRune(r rune) bool {
	return r < utf8.RuneSelf && alnumByte(byte(r)) || r >= 0xC0
}

const maskedLead = "[masked:"

// isMasked is a value that Redact has taken out before.
const isMasked valueKind = 200

// placeholdersOf finds the marks that Redact leaves.
func placeholdersOf(f *folded) []value {
	var all []value
	for i := 0; ; {
		k := strings.Index(f.low[i:], maskedLead)
		if k < 0 {
			return all
		}
		start := i + k
		end := strings.IndexByte(f.low[start:min(len(f.low), start+64)], ']')
		if end < 0 {
			i = start + len(maskedLead)
			continue
		}
		end += start + 1
		if rule := f.low[start+len(maskedLead) : end-1]; redactable(rule) {
			from, to := f.span(start, end)
			all = append(all, value{kind: isMasked, rule: rule, start: from, end: to})
		}
		i = end
	}
}

// redactable tells whether values of a rule are never stored.
func redactable(rule string) bool {
	switch rule {
	case "personal/nir", "personal/iban", "personal/rib", "personal/card", "personal/id-document":
		return true
	}
	return strings.HasPrefix(rule, "secret/")
}

// ruleOf is the rule that speaks for a value which must not be stored, or "".
func ruleOf(v value, donations bool) string {
	switch v.kind {
	case isNIR:
		return "personal/nir"
	case isCard:
		return "personal/card"
	case isIBAN:
		if !donations {
			return "personal/iban"
		}
	case isRIB:
		if !donations {
			return "personal/rib"
		}
	case isPaper:
		return "personal/id-document"
	case isSecret:
		return v.rule
	}
	return ""
}

// Redact gives the item as it may be stored: credentials, social security, account, card and identity
// document numbers are replaced by a mark such as "[masked:personal/nir]" wherever they stand. Judge takes the mark
// for the value, so that a stored item keeps its verdict. The item given is not changed; one without
// such values comes back as it is.
func Redact(item content.Item) content.Item { return redact(item, nil) }

// redact is Redact for an item of which some texts are known to hold no such value.
func redact(item content.Item, known map[string]bool) content.Item {
	said := map[string]string{} // credentials that were found, and their rules
	accounts := false
	in := func(donations func() bool, pass func(value) bool) func(string) string {
		return func(s string) string {
			if known[s] {
				return s
			}
			return redactText(s, donations, pass, func(secret, rule string) { said[secret] = rule })
		}
	}
	later := func() bool { accounts = true; return true }
	item = rewrite(item, in(later, nil), in(later, value.labelled), redactAddress)
	for _, s := range []*string{&item.Title, &item.PageTitle, &item.Declared, &item.H1} { // which may be made of the address
		*s = withoutSlugValues(*s, item.Address)
	}
	if again := saidAgain(said); again != nil {
		item = rewrite(item, again.Replace, again.Replace, func(s string) string { return s })
	}
	if accounts && !asksForMoney(&item) { // asked of what is kept: the words of a credential ask for nothing
		never := func() bool { return false }
		item = rewrite(item, in(never, nil), in(never, value.labelled), func(s string) string { return s })
	}
	return item
}

// mostSaidAgain is how many credentials of an item are looked for where nothing announces them.
const mostSaidAgain = 100

// saidAgain puts the mark of a credential wherever a text says it again; nil without any that are known by themselves.
func saidAgain(said map[string]string) *strings.Replacer {
	var pairs []string
	for _, s := range sortedKeys(said) {
		if len(s) >= fewestMadeUp && len(pairs) < 2*mostSaidAgain && digitsIn(s) > 0 && digitsIn(s) < len(s) {
			pairs = append(pairs, s, maskedLead+said[s]+"]")
		}
	}
	if pairs == nil {
		return nil
	}
	return strings.NewReplacer(pairs...)
}

// rewrite gives an item with other texts, labels and addresses.
func rewrite(item content.Item, clean, label, address func(string) string) content.Item {
	for _, s := range []*string{&item.Title, &item.PageTitle, &item.Declared, &item.H1, &item.Description, &item.Text, &item.Rest, &item.Author, &item.Owner, &item.Department, &item.Section,
		&item.Event.Place, &item.Publisher, &item.OpenGraph.Title, &item.OpenGraph.Description, &item.OpenGraph.SiteName, &item.OpenGraph.Type, &item.OpenGraph.TwitterCard,
		&item.SiteName, &item.Generator, &item.CMSType, &item.License, &item.MIME, &item.Charset} {
		*s = clean(*s)
	}
	for _, s := range []*string{&item.Canonical, &item.OpenGraph.Image, &item.Next, &item.Prev, &item.Refresh} {
		*s = address(*s)
	}
	item.Headings = mapSlice(item.Headings, func(h *content.Heading) { h.Text = clean(h.Text) })
	item.Zones = mapSlice(item.Zones, func(z *content.Zone) {
		if z.Kind != content.ZoneLabel {
			z.Text = clean(z.Text)
		} else {
			z.Text = label(z.Text)
		}
	})
	item.Template = mapSlice(item.Template, func(t *content.Passage) { t.Text = clean(t.Text) })
	item.Links = mapSlice(item.Links, func(l *content.Link) {
		l.Text, l.Rel, l.Address = clean(l.Text), clean(l.Rel), address(l.Address)
	})
	item.Images = mapSlice(item.Images, func(m *content.Image) {
		for _, s := range []*string{&m.Alt, &m.Caption, &m.Credit, &m.Creator, &m.Copyright, &m.License, &m.Licensor, &m.SourceType, &m.MIME} {
			*s = clean(*s)
		}
		m.Address = address(m.Address)
	})
	item.Embeds = mapSlice(item.Embeds, func(e *content.Embed) { e.Address = address(e.Address) })
	item.Alternates = mapSlice(item.Alternates, func(a *content.Alternate) { a.Address, a.Language = address(a.Address), clean(a.Language) })
	for i, gallery := range item.Galleries {
		if masked := mapSlice(gallery, func(s *string) { *s = address(*s) }); !slices.Equal(masked, gallery) {
			item.Galleries = slices.Clone(item.Galleries)
			item.Galleries[i] = masked
		}
	}
	item.Feeds = mapSlice(item.Feeds, func(s *string) { *s = address(*s) })
	item.Schema = mapSlice(item.Schema, func(s *string) { *s = clean(*s) })
	item.Classes = mapSlice(item.Classes, func(s *string) { *s = clean(*s) })
	item.Breadcrumb = mapSlice(item.Breadcrumb, func(s *string) { *s = clean(*s) })
	item.Tags = mapSlice(item.Tags, func(s *string) { *s = clean(*s) })
	item.Categories = mapSlice(item.Categories, func(s *string) { *s = clean(*s) })
	item.Quotes = mapSlice(item.Quotes, func(q *content.Quote) { q.Text, q.Speaker = clean(q.Text), clean(q.Speaker) })
	for _, name := range sortedKeys(item.Properties) {
		if old := item.Properties[name]; clean(old) != old {
			properties := make(map[string]string, len(item.Properties))
			for k, v := range item.Properties {
				properties[k] = clean(v)
			}
			item.Properties = properties
			break
		}
	}
	return item
}

// mapSlice applies change to a copy of every element and gives the old slice when nothing changed.
func mapSlice[T comparable](old []T, change func(*T)) []T {
	var fresh []T
	for i, v := range old {
		change(&v)
		if v != old[i] {
			if fresh == nil {
				fresh = append([]T(nil), old...)
			}
			fresh[i] = v
		}
	}
	if fresh == nil {
		return old
	}
	return fresh
}

// redactText puts the marks of Redact over the values of a text, of those that pass when it is told which.
func redactText(s string, donations func() bool, pass func(value) bool, found func(secret, rule string)) string {
	if !maybeValues(s) || len(s) <= mostRemembered && textsRead.of(s, holdsNothing) {
		return s
	}
	for range 4 {
		f := fold(s)
		var b strings.Builder
		done := 0
		for _, v := range valuesOf(&f) {
			rule := ruleOf(v, (v.kind == isIBAN || v.kind == isRIB) && donations())
			if rule == "" || pass != nil && !pass(v) {
				continue
			}
			if v.kind == isSecret {
				found(s[v.start:v.end], rule)
			}
			b.WriteString(s[done:v.start])
			b.WriteString(maskedLead + rule + "]")
			done = v.end
		}
		if done == 0 {
			return s
		}
		b.WriteString(s[done:])
		s = b.String()
	}
	return s
}

// textsRead is of short texts, which the pages of a site share, whether there is no value in them.
var textsRead = newRemembered[bool]()

func holdsNothing(s string) bool {
	f := fold(s)
	return len(valuesOf(&f)) == 0
}

// asksForMoney tells whether a public item gives an account number on purpose: a page about gifts,
// fees or payment.
func asksForMoney(item *content.Item) bool {
	if item.Access.Visibility != content.Public {
		return false
	}
	for _, s := range []string{item.Title, item.Description, item.Text, item.Address} {
		low := foldString(cut(s, 1<<16))
		for _, w := range []string{"faire un don", "don par virement", "dons", "donation", "virement", "adhesion", "cotisation", "bank transfer", "payment", "paiement"} {
			if strings.Contains(low, w) {
				return true
			}
		}
	}
	return false
}
