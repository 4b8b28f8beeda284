package classify

import "strings"

// token is a credential that a vendor begins with letters of its own, so that it can be recognised.
// The forms follow what the vendors document; the rule set of gitleaks (MIT) is the list to compare
// with.
type token struct {
	rule   string
	lead   string // what it begins with, exact case
	chars  string // what else it is made of: classes of charClass
	least  int    // how many of them
	most   int    // 0: no limit
	inside bool   // may follow a letter or digit
}

const (
	hexChars   = "0-9a-f"
	upperChars = "0-9A-Z"
	alnumChars = "0-9A-Za-z"
	wordChars  = "0-9A-Za-z_-"
	dotChars   = "0-9A-Za-z_.-"
	b64Chars   = "0-9A-Za-z+/=_-"
)

var tokens = []token{
	{rule: "secret/aws", lead: "AKIA", chars: upperChars, least: 16, most: 16},
	{rule: "secret/aws", lead: "ASIA", chars: upperChars, least: 16, most: 16},
	{rule: "secret/aws", lead: "ABIA", chars: upperChars, least: 16, most: 16},
	{rule: "secret/aws", lead: "ACCA", chars: upperChars, least: 16, most: 16},
	{rule: "secret/github", lead: "ghp_", chars: alnumChars, least: 36},
	{rule: "secret/github", lead: "gho_", chars: alnumChars, least: 36},
	{rule: "secret/github", lead: "ghu_", chars: alnumChars, least: 36},
	{rule: "secret/github", lead: "ghs_", chars: alnumChars, least: 36},
	{rule: "secret/github", lead: "ghr_", chars: alnumChars, least: 36},
	{rule: "secret/github", lead: "github_pat_", chars: wordChars, least: 22},
	{rule: "secret/gitlab", lead: "glpat-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "gldt-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "glrt-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "glft-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "glptt-", chars: hexChars, least: 40},
	{rule: "secret/gitlab", lead: "glcbt-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "glsoat-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "glagent-", chars: wordChars, least: 50},
	{rule: "secret/gitlab", lead: "glimt-", chars: wordChars, least: 25},
	{rule: "secret/gitlab", lead: "glffct-", chars: wordChars, least: 20},
	{rule: "secret/gitlab", lead: "GR1348941", chars: wordChars, least: 20},
	{rule: "secret/google", lead: "AIza", chars: wordChars, least: 35, most: 35},
	{rule: "secret/google", lead: "GOCSPX-", chars: wordChars, least: 24},
	{rule: "secret/slack", lead: "xoxb-", chars: wordChars, least: 10},
	{rule: "secret/slack", lead: "xoxp-", chars: wordChars, least: 10},
	{rule: "secret/slack", lead: "xoxa-", chars: wordChars, least: 10},
	{rule: "secret/slack", lead: "xoxr-", chars: wordChars, least: 10},
	{rule: "secret/slack", lead: "xoxs-", chars: wordChars, least: 10},
	{rule: "secret/slack", lead: "xoxe.xoxb-", chars: wordChars, least: 20},
	{rule: "secret/slack", lead: "xoxe.xoxp-", chars: wordChars, least: 20},
	{rule: "secret/slack", lead: "xoxe-", chars: wordChars, least: 40},
	{rule: "secret/slack", lead: "hooks.slack.com/workflows/", chars: "0-9A-Za-z/+", least: 40, inside: true},
	{rule: "secret/slack", lead: "hooks.slack.com/triggers/", chars: "0-9A-Za-z/+", least: 40, inside: true},
	{rule: "secret/token", lead: "webhook.office.com/webhookb2/", chars: "0-9A-Za-z/@-", least: 100, inside: true},
	{rule: "secret/token", lead: "api_org_", chars: "A-Za-z", least: 34, most: 34},
	{rule: "secret/token", lead: "fm1r_", chars: b64Chars, least: 100},
	{rule: "secret/token", lead: "access-production-", chars: "0-9a-f-", least: 36, most: 36},
	{rule: "secret/token", lead: "access-sandbox-", chars: "0-9a-f-", least: 36, most: 36},
	{rule: "secret/token", lead: "A3-", chars: "0-9A-Z-", least: 36, most: 38},
	{rule: "secret/token", lead: "EAAM", chars: alnumChars, least: 80},
	{rule: "secret/token", lead: "EAAC", chars: alnumChars, least: 80},
	{rule: "secret/token", lead: "s-s4t2ud-", chars: hexChars, least: 64, most: 64},
	{rule: "secret/token", lead: "s-s4t2af-", chars: hexChars, least: 64, most: 64},
	{rule: "secret/token", lead: "dnkey-", chars: "0-9a-z=_-", least: 60},
	{rule: "secret/token", lead: "pat.", chars: dotChars, least: 60},
	{rule: "secret/token", lead: "sat.", chars: dotChars, least: 60},
	{rule: "secret/slack", lead: "xapp-", chars: wordChars, least: 20},
	{rule: "secret/slack", lead: "hooks.slack.com/services/", chars: "0-9A-Za-z/+", least: 40, inside: true},
	{rule: "secret/stripe", lead: "sk_live_", chars: alnumChars, least: 10},
	{rule: "secret/stripe", lead: "rk_live_", chars: alnumChars, least: 10},
	{rule: "secret/stripe", lead: "sk_prod_", chars: alnumChars, least: 10},
	{rule: "secret/stripe", lead: "rk_prod_", chars: alnumChars, least: 10},
	{rule: "secret/token", lead: "sk-ant-", chars: wordChars, least: 80},
	{rule: "secret/token", lead: "sk-proj-", chars: wordChars, least: 40},
	{rule: "secret/token", lead: "hf_", chars: "A-Za-z", least: 34, most: 34},
	{rule: "secret/token", lead: "npm_", chars: alnumChars, least: 36, most: 36},
	{rule: "secret/token", lead: "pypi-AgEIcHlwaS5vcmc", chars: wordChars, least: 50},
	{rule: "secret/token", lead: "SG.", chars: dotChars, least: 60},
	{rule: "secret/token", lead: "shpat_", chars: "0-9A-Fa-f", least: 32},
	{rule: "secret/token", lead: "shpss_", chars: "0-9A-Fa-f", least: 32},
	{rule: "secret/token", lead: "shpca_", chars: "0-9A-Fa-f", least: 32},
	{rule: "secret/token", lead: "shppa_", chars: "0-9A-Fa-f", least: 32},
	{rule: "secret/token", lead: "dop_v1_", chars: hexChars, least: 64},
	{rule: "secret/token", lead: "doo_v1_", chars: hexChars, least: 64},
	{rule: "secret/token", lead: "dor_v1_", chars: hexChars, least: 64},
	{rule: "secret/token", lead: "dapi", chars: hexChars, least: 32, most: 34},
	{rule: "secret/token", lead: "hvs.", chars: wordChars, least: 90},
	{rule: "secret/token", lead: "hvb.", chars: wordChars, least: 130},
	{rule: "secret/token", lead: "PMAK-", chars: "0-9A-Fa-f-", least: 50},
	{rule: "secret/token", lead: "rubygems_", chars: hexChars, least: 48},
	{rule: "secret/token", lead: "CLOJARS_", chars: alnumChars, least: 60},
	{rule: "secret/token", lead: "xkeysib-", chars: "0-9a-z-", least: 70},
	{rule: "secret/token", lead: "key-", chars: hexChars, least: 32, most: 32},
	{rule: "secret/token", lead: "EAAA", chars: wordChars, least: 60},
	{rule: "secret/token", lead: "sq0atp-", chars: wordChars, least: 22},
	{rule: "secret/token", lead: "sq0csp-", chars: wordChars, least: 40},
	{rule: "secret/token", lead: "ATATT3", chars: b64Chars, least: 180},
	{rule: "secret/token", lead: "lin_api_", chars: alnumChars, least: 40},
	{rule: "secret/token", lead: "pul-", chars: hexChars, least: 40},
	{rule: "secret/token", lead: "pscale_tkn_", chars: dotChars, least: 32},
	{rule: "secret/token", lead: "pscale_pw_", chars: dotChars, least: 32},
	{rule: "secret/token", lead: "pscale_oauth_", chars: dotChars, least: 32},
	{rule: "secret/token", lead: "EZAK", chars: alnumChars, least: 54},
	{rule: "secret/token", lead: "EZTK", chars: alnumChars, least: 54},
	{rule: "secret/token", lead: "duffel_", chars: b64Chars, least: 45},
	{rule: "secret/token", lead: "dp.pt.", chars: alnumChars, least: 43},
	{rule: "secret/token", lead: "dt0c01.", chars: dotChars, least: 80},
	{rule: "secret/token", lead: "glsa_", chars: wordChars, least: 40},
	{rule: "secret/token", lead: "glc_", chars: b64Chars, least: 32},
	{rule: "secret/token", lead: "NRAK-", chars: alnumChars, least: 27},
	{rule: "secret/token", lead: "NRJS-", chars: hexChars, least: 19},
	{rule: "secret/token", lead: "NRII-", chars: wordChars, least: 32},
	{rule: "secret/token", lead: "ico-", chars: alnumChars, least: 32, most: 32},
	{rule: "secret/token", lead: "rdme_", chars: "0-9a-z", least: 70},
	{rule: "secret/token", lead: "sgp_", chars: wordChars, least: 40},
	{rule: "secret/token", lead: "pplx-", chars: alnumChars, least: 48},
	{rule: "secret/token", lead: "pnu_", chars: alnumChars, least: 36},
	{rule: "secret/token", lead: "shippo_live_", chars: hexChars, least: 40},
	{rule: "secret/token", lead: "tfp_", chars: dotChars, least: 59},
	{rule: "secret/token", lead: "sntrys_", chars: b64Chars, least: 60},
	{rule: "secret/token", lead: "sntryu_", chars: hexChars, least: 64},
	{rule: "secret/token", lead: "ops_eyJ", chars: b64Chars, least: 200},
	{rule: "secret/token", lead: "AGE-SECRET-KEY-1", chars: upperChars, least: 58},
	{rule: "secret/token", lead: "p8e-", chars: "0-9A-Za-z", least: 32},
	{rule: "secret/token", lead: "live_", chars: wordChars, least: 35},
	{rule: "secret/token", lead: "test_", chars: wordChars, least: 35},
	{rule: "secret/token", lead: "fo1_", chars: wordChars, least: 43},
	{rule: "secret/token", lead: "fm1_", chars: b64Chars, least: 100},
	{rule: "secret/token", lead: "fm2_", chars: b64Chars, least: 100},
	{rule: "secret/token", lead: "fio-u-", chars: wordChars, least: 64},
	{rule: "secret/token", lead: "FLWSECK_TEST-", chars: "0-9a-hA-H", least: 12},
	{rule: "secret/token", lead: "HRKU-AA", chars: wordChars, least: 58},
	{rule: "secret/token", lead: "LTAI", chars: alnumChars, least: 20, most: 20},
	{rule: "secret/token", lead: "AKCp", chars: alnumChars, least: 69, most: 69},
	{rule: "secret/token", lead: "cmVmdGtu", chars: alnumChars, least: 56, most: 56},
	{rule: "secret/token", lead: "4b1d", chars: alnumChars, least: 38, most: 38},
	{rule: "secret/token", lead: "v1.0-", chars: hexChars + "-", least: 140},
	{rule: "secret/token", lead: "ntn_", chars: alnumChars, least: 46, most: 46},
	{rule: "secret/token", lead: "API-", chars: upperChars, least: 26, most: 26},
	{rule: "secret/token", lead: "squ_", chars: hexChars, least: 40},
	{rule: "secret/token", lead: "sqp_", chars: hexChars, least: 40},
	{rule: "secret/token", lead: "sqa_", chars: hexChars, least: 40},
	{rule: "secret/token", lead: "sm_aat_", chars: alnumChars, least: 16},
	{rule: "secret/token", lead: "sha256~", chars: wordChars, least: 43},
	{rule: "secret/token", lead: "secret-", chars: alnumChars, least: 100},
	{rule: "secret/token", lead: "tk-us-", chars: wordChars, least: 48},
	{rule: "secret/token", lead: "SCW", chars: upperChars, least: 17, most: 17},
	{rule: "secret/token", lead: "sk_", chars: hexChars, least: 46, most: 46},
	{rule: "secret/token", lead: "SK", chars: hexChars, least: 32, most: 32},
}

// charClass[class][c] tells whether a byte belongs to a class of characters.
var charClass = func() map[string]*[256]bool {
	all := map[string]*[256]bool{}
	for _, t := range tokens {
		if all[t.chars] != nil {
			continue
		}
		set := new([256]bool)
		for s := t.chars; s != ""; {
			if len(s) > 2 && s[1] == '-' {
				for c := int(s[0]); c <= int(s[2]); c++ {
					set[c] = true
				}
				s = s[3:]
				continue
			}
			set[s[0]], s = true, s[1:]
		}
		all[t.chars] = set
	}
	return all
}()

// tokensBy finds the tokens by the first two letters of their lead.
var tokensBy = func() map[[2]byte][]int16 {
	t := map[[2]byte][]int16{}
	for i, k := range tokens {
		pair := [2]byte{k.lead[0], k.lead[1]}
		t[pair] = append(t[pair], int16(i))
	}
	return t
}()

// pairs is a set of pairs of bytes, small enough to stay near while a text is gone through.
type pairs [256 * 256 / 64]uint64

func (p *pairs) add(a, b byte) { p[int(a)<<2|int(b)>>6] |= 1 << (b & 63) }

func (p *pairs) has(a, b byte) bool { return p[int(a)<<2|int(b)>>6]&(1<<(b&63)) != 0 }

// tokenLeads are the pairs that tokensBy knows.
var tokenLeads = func() (p pairs) {
	for _, k := range tokens {
		p.add(k.lead[0], k.lead[1])
	}
	return p
}()

func (t *token) at(raw string, i int) (end int) {
	if !strings.HasPrefix(raw[i:], t.lead) || !t.inside && i > 0 && (alnumByte(raw[i-1]) || raw[i-1] == '_') {
		return 0
	}
	set := charClass[t.chars]
	end = i + len(t.lead)
	from := end
	for end < len(raw) && set[raw[end]] {
		end++
	}
	n := end - from
	if n < t.least || t.most > 0 && n > t.most || end < len(raw) && alnumByte(raw[end]) || placeholder(raw[i:end]) || entropy(raw[from:end]) < 2.5 || t.rule == "secret/slack" && digitsIn(raw[from:end]) < 2 {
		return 0
	}
	return end
}
