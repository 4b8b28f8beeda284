package classify

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// judged is the day of the ground truth of the intranets.
var judged = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// corpus is a folder of the corpora, which lie outside the project.
func corpus(t *testing.T, name string) string {
	root := os.Getenv("FILON_CORPORA")
	if root == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			t.Skip("no home folder to look for corpora in")
		}
		root = filepath.Join(home, ".cache", "filon-corpora")
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("corpus %s is not unpacked", name)
	}
	return dir
}

// fillTypes maps the ground truth's words to types that would be right.
var fillTypes = map[string]string{
	"event": "event_upcoming event_recap internal_life observance sponsorship_local", "job": "job_offer", "case study": "case_study", "testimonial": "testimonial case_study", "portrait": "people_portrait internal_life",
	"press release": "press_release financial_news site_news award_cert", "press kit": "press_release", "csr": "csr_commitment sponsorship_local employer_brand", "safety": "safety", "innovation": "research award_cert behind_scenes partnership product_launch",
	"minutes": "minutes personal_hr_doc", "payroll": "personal_hr_doc contract_finance_doc", "policy": "hr_procedure it_doc contract_finance_doc", "directory": "directory_orgchart", "price list": "contract_finance_doc", "legal": "legal_page",
	"about": "history employer_brand key_figures", "home": "listing_page", "it": "it_doc service_info", "service": "service_info", "menu": "service_info", "hr": "personal_hr_doc hr_procedure", "article": "explainer how_to expert_article safety behind_scenes history research other",
	"contract": "contract_finance_doc", "faq": "faq", "training": "training", "history": "history",
}

// TestIntranetGroundTruth judges the texts of the invented company and prints how far the verdicts
// agree. It fails when a text that must never leave is called publishable.
func TestIntranetGroundTruth(t *testing.T) {
	root := os.Getenv("FILON_INTRANET")
	if root == "" {
		t.Skip("FILON_INTRANET names no folder with the texts of the intranets")
	}
	agree, total, typed, typedOf := 0, 0, 0, 0
	confusion := map[string]int{}
	for _, file := range []string{"wp-public", "wp-intranet", "dokuwiki", "mediawiki"} {
		data, err := os.ReadFile(filepath.Join(root, file+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split("\n"+string(data), "\n@@ ")[1:] {
			lines := strings.Split(block, "\n")
			cols := strings.Split(lines[0], "|")
			for i := range cols {
				cols[i] = strings.TrimSpace(cols[i])
			}
			item := content.Item{Language: cols[1], Access: content.Access{Visibility: content.Public}}
			if file == "wp-intranet" || cols[4] == "login" || cols[4] == "user" || cols[4] == "rh" || strings.HasPrefix(cols[4], "prive") || cols[4] == "innovation" {
				item.Access.Visibility = content.Intranet
			}
			item.Address = "http://www.valmont.test/" + cols[0] + "/"
			if file == "dokuwiki" {
				item.Address = "http://wiki.valmont.test/doku.php?id=" + cols[0]
			}
			switch cols[4] {
			case "draft", "private", "future", "password":
				item.Access.Visibility = content.Restricted
				item.Properties = map[string]string{"post_status": cols[4]}
			}
			var text []string
			for _, l := range lines[1:] {
				switch {
				case strings.HasPrefix(l, "# "):
					item.Title = l[2:]
					item.H1 = item.Title
				case strings.HasPrefix(l, "? "):
				case strings.HasPrefix(l, "[[image:"):
					item.Images = append(item.Images, content.Image{Address: strings.Trim(l[8:], "]"), Role: "content"})
				case strings.HasPrefix(l, "[[file:"):
				default:
					text = append(text, l)
				}
			}
			item.Text = strings.TrimSpace(strings.Join(text, "\n\n"))
			if cols[2] == "home" {
				item.Shape.Words, item.Shape.LinkedWords = 30, 25
			}
			if len(cols) > 5 && cols[5] != "-" {
				item.Breadcrumb = []string{cols[5]}
			}
			if len(cols) > 6 && cols[6] != "-" {
				if d, err := time.Parse(time.DateOnly, cols[6]); err == nil {
					item.Published = content.Date{Time: d, Source: "json-ld", Confidence: content.High}
				}
			}
			v := Judge(item, Policy{Company: []string{"Fonderie Valmont", "Valmont"}}, judged)
			got := map[Outcome]string{Publishable: "publishable", NeedsEdit: "needs-edit", NeedsApproval: "needs-approval", Never: "never", NotProposed: "never", Unreadable: "never"}[v.Outcome]
			total++
			confusion[cols[3]+" → "+string(v.Outcome)]++
			mark := " "
			if got == cols[3] {
				agree++
			} else {
				mark = "x"
			}
			if want, ok := fillTypes[cols[2]]; ok {
				typedOf++
				if strings.Contains(" "+want+" ", " "+v.Type+" ") {
					typed++
				} else {
					mark += "T"
				}
			}
			var rules []string
			for _, r := range v.Reasons {
				rules = append(rules, string(r.Severity[:1])+":"+r.Rule)
			}
			if mark != " " && testing.Verbose() {
				t.Logf("%-2s %-34.34s want %-14s got %-14s %d  [%s] %s(%.2f) %v | %s", mark, cols[0], cols[3], v.Outcome, v.Readiness, cols[2], v.Type, v.Confidence, v.Secondary, strings.Join(rules, " "))
			}
			if cols[3] == "never" && v.Outcome == Publishable {
				t.Errorf("%s: publishable, but must never leave", cols[0])
			}
		}
	}
	var keys []string
	for k, n := range confusion {
		keys = append(keys, fmt.Sprintf("%s %d", k, n))
	}
	sort.Strings(keys)
	t.Logf("verdicts that agree: %d of %d; types: %d of %d; %s", agree, total, typed, typedOf, strings.Join(keys, "; "))
}

// TestNoCryOfWolf judges ordinary public pages and prints what was blocked.
func TestNoCryOfWolf(t *testing.T) {
	dir := corpus(t, "wordpress-fr-dev")
	f, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 16<<20)
	outcomes, kinds, blocked, pages := map[string]int{}, map[string]int{}, 0, 0
	byRule := map[string]int{}
	for scan.Scan() {
		var g struct {
			URL, Type, Title, Date, Main_text string
			Categories                        []string
		}
		if err := json.Unmarshal(scan.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		d, _ := time.Parse("2006-01-02T15:04:05", g.Date)
		item := content.Item{Address: g.URL, Title: g.Title, H1: g.Title, Text: g.Main_text, Language: "fr", SiteName: "Break Poverty Foundation", Access: content.Access{Visibility: content.Public}, Tags: g.Categories}
		if g.Type == "post" {
			item.Published = content.Date{Time: d, Source: "json-ld", Confidence: content.High}
		}
		v := Judge(item, Policy{Company: []string{"Break Poverty"}}, d.AddDate(0, 2, 0))
		pages++
		outcomes[string(v.Outcome)]++
		kinds[v.Type]++
		hard := false
		for _, r := range v.Reasons {
			byRule[string(r.Severity)+" "+r.Rule]++
			if r.Severity == Block && r.Rule != "type/trivial" {
				hard = true
				if testing.Verbose() {
					t.Logf("%s %s | %s | %s @ %s | %s", r.Severity, r.Rule, cut(g.Title, 60), cut(r.Quote, 90), r.Where, v.Type)
				}
			} else if testing.Verbose() && r.Severity == Review {
				t.Logf("%s %s | %s | %s @ %s | %s", r.Severity, r.Rule, cut(g.Title, 60), cut(r.Quote, 90), r.Where, v.Type)
			}
		}
		if hard {
			blocked++
		}
	}
	t.Logf("%d pages, %d blocked; %v; types %v; rules %v", pages, blocked, outcomes, kinds, byRule)
	if blocked*20 > pages {
		t.Errorf("%d of %d ordinary pages are blocked", blocked, pages)
	}
}

// TestNoCryOfWolfEnglish judges ordinary English pages of seven kinds and counts what is blocked.
func TestNoCryOfWolfEnglish(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus(t, "web-content-extraction-dev"), "ground-truth", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[Outcome]int{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var g struct {
			URL          string
			Ground_truth struct{ Title, Author, Main_content string }
		}
		if err := json.Unmarshal(data, &g); err != nil {
			t.Fatal(err)
		}
		v := Judge(content.Item{Address: g.URL, Title: g.Ground_truth.Title, H1: g.Ground_truth.Title, Author: g.Ground_truth.Author, Text: g.Ground_truth.Main_content, Language: "en",
			Access: content.Access{Visibility: content.Public}}, Policy{}, judged)
		outcomes[v.Outcome]++
		if v.Outcome == Never {
			t.Logf("never: %s: %s", cut(g.Ground_truth.Title, 60), brief(v))
		}
	}
	t.Logf("%d pages: %v", len(files), outcomes)
	if outcomes[Never]*50 > len(files) {
		t.Errorf("%d of %d ordinary pages must never be published", outcomes[Never], len(files))
	}
}
