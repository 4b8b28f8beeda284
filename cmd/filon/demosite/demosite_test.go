package demosite

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

var (
	testDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	update  = flag.Bool("update", false, "write EXPECTED.json from the judge lines of the content files")
)

// TestSites walks both sites once and looks at them from several sides.
func TestSites(t *testing.T) {
	s := serve(t)
	status, bodies := walk(t, s)
	t.Run("every link answers", func(t *testing.T) { everyLinkAnswers(t, s, status, bodies) })
	t.Run("pages are well formed", func(t *testing.T) { pagesAreWellFormed(t, s, status, bodies) })
	t.Run("structured data is JSON", func(t *testing.T) { structuredDataIsJSON(t, bodies) })
	t.Run("every expected item is reached", func(t *testing.T) { everyExpectedItemIsReached(t, s, status) })
	t.Run("planted secrets are there", func(t *testing.T) { plantedSecretsAreThere(t, s, bodies) })
}

func everyLinkAnswers(t *testing.T, s *Sites, status map[string]int, bodies map[string][]byte) {
	missing := 0
	for at, code := range status {
		switch code {
		case http.StatusOK, http.StatusMovedPermanently, http.StatusFound:
		case http.StatusNotFound:
			missing++
			if at != s.Public+"galerie/salon-2017/" {
				t.Errorf("%s is not there", at)
			}
		default:
			t.Errorf("%s answers %d", at, code)
		}
	}
	if missing != 1 {
		t.Errorf("%d links are broken, want the planted one", missing)
	}
	total := 0
	for _, b := range bodies {
		total += len(b)
	}
	t.Logf("%d addresses, %d bytes", len(status), total)
}

func TestCounts(t *testing.T) {
	list, err := Expected()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, e := range list {
		kind := "page"
		if mimes[path.Ext(e.Path)] != "" {
			kind = "document"
		}
		count[e.On+" "+kind]++
	}
	for what, least := range map[string]int{"public page": 60, "intranet page": 60, "intranet document": 15, "public document": 3} {
		if count[what] < least {
			t.Errorf("%d of %s, want at least %d", count[what], what, least)
		}
	}
	t.Log(count)
}

func TestIntranetAsksForThePassword(t *testing.T) {
	s := serve(t)
	for _, path := range []string{"", "robots.txt", "sitemap.xml", "sites/rh/", "no-such-page", "images/a-10x10.jpg"} {
		for _, password := range []string{"", "wrong"} {
			r, _ := http.NewRequest(http.MethodGet, s.Intranet+path, nil)
			if password != "" {
				r.SetBasicAuth(s.User, password)
			}
			resp, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(resp.Header.Get("WWW-Authenticate"), "Basic realm=") {
				t.Errorf("%s answers %d", path, resp.StatusCode)
			}
			if len(body) > 100 {
				t.Errorf("%s: the refusal says too much", path)
			}
		}
	}
}

func pagesAreWellFormed(t *testing.T, s *Sites, status map[string]int, bodies map[string][]byte) {
	void := map[string]bool{"meta": true, "link": true, "img": true, "input": true, "br": true, "hr": true}
	for at, body := range bodies {
		if status[at] != http.StatusOK || !bytes.HasPrefix(body, []byte("<!DOCTYPE html>")) {
			continue
		}
		var open []string
		z := html.NewTokenizer(bytes.NewReader(body))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			tok := z.Token()
			if kind == html.StartTagToken && !void[tok.Data] {
				open = append(open, tok.Data)
			}
			if kind == html.EndTagToken {
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Errorf("%s: </%s> closes %v", at, tok.Data, open)
					break
				}
				open = open[:len(open)-1]
			}
			for _, a := range tok.Attr {
				if (a.Key == "src" || tok.Data == "link" && a.Key == "href") && strings.Contains(a.Val, "//") && !strings.HasPrefix(a.Val, s.Public) {
					t.Errorf("%s needs %s", at, a.Val)
				}
			}
		}
		if len(open) > 0 {
			t.Errorf("%s leaves %v open", at, open)
		}
		for _, left := range []string{"{+", "{-", "{y", "{public", "**"} {
			if strings.Contains(string(body), left) {
				t.Errorf("%s: %q was not replaced", at, left)
			}
		}
	}
}

var strayJSON = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// TestOldPagesKeepTheirEncoding: some intranet pages are windows-1252, and say so only inside.
func TestOldPagesKeepTheirEncoding(t *testing.T) {
	s := serve(t)
	_, header, body := get(t, s, s.Intranet+"sites/communication/SitePages/portrait-karim-soudeur.aspx")
	if utf8.Valid(body) || strings.Contains(header.Get("Content-Type"), "utf-8") {
		t.Error("the page is UTF-8, want windows-1252")
	}
	if text := words(t, body); !strings.Contains(text, "formé la moitié de l’atelier") {
		t.Errorf("the page does not decode: %.200s", text)
	}
}

func structuredDataIsJSON(t *testing.T, bodies map[string][]byte) {
	found := 0
	for at, body := range bodies {
		if m := strayJSON.FindSubmatch(body); m != nil {
			found++
			var v map[string]any
			if err := json.Unmarshal(m[1], &v); err != nil {
				t.Errorf("%s: %v", at, err)
			}
		}
	}
	if found < 30 {
		t.Errorf("JSON-LD on %d pages, want at least 30", found)
	}
}

func TestDatesMoveWithTheDay(t *testing.T) {
	for _, day := range []time.Time{testDay, testDay.AddDate(1, 2, 3)} {
		pub, in, err := build(day, "http://a.example/", "http://b.example/")
		if err != nil {
			t.Fatal(err)
		}
		offer := string(pub.(*site).answers["/carrieres/soudeur-inox/"].body)
		if want := `"validThrough":"` + day.AddDate(0, 0, 48).Format(time.DateOnly); !strings.Contains(offer, want) {
			t.Errorf("the open offer does not carry %s", want)
		}
		release := string(in.(*site).answers["/sites/communication/SitePages/communique-four-calorys.aspx"].body)
		if want := "jusqu’au " + write(day.AddDate(0, 0, 41), ""); !strings.Contains(strings.ReplaceAll(release, "'", "’"), want) && !strings.Contains(release, write(day.AddDate(0, 0, 41), "num")) {
			t.Errorf("the embargo does not end on %s", want)
		}
	}
}

func TestTrapsAreSet(t *testing.T) {
	s := serve(t)
	for _, c := range []struct {
		at   string
		code int
		to   string
	}{
		{s.Public + "produits.html", 301, "/gamme/"},
		{s.Public + "gamme/", 301, "/produits/"},
		{s.Public + "produits", 301, "/produits/"},
		{s.Public + "conseils/regler-la-buee/?print=1", 200, ""},
		{s.Public + "contact/?PHPSESSID=12", 200, ""},
		{s.Public + "actualites/page/2/", 200, ""},
		{s.Public + "sitemap-actualites.xml.gz", 200, ""},
		{s.Public + "feed/", 200, ""},
		{s.Intranet + "agenda/2041/07", 200, ""},
		{s.Intranet + "agenda/2041/13", 404, ""},
		{s.Intranet + "Pages/default.aspx", 302, "/"},
		{s.Public + "images/x-9999x9999.jpg", 200, ""},
	} {
		code, header, _ := get(t, s, c.at)
		if code != c.code || header.Get("Location") != c.to {
			t.Errorf("%s answers %d %q, want %d %q", c.at, code, header.Get("Location"), c.code, c.to)
		}
	}
	_, header, _ := get(t, s, s.Public)
	r, _ := http.NewRequest(http.MethodGet, s.Public, nil)
	r.Header.Set("If-None-Match", header.Get("ETag"))
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusNotModified {
		t.Errorf("an unchanged page answers %d, want 304", resp.StatusCode)
	}
}

// everyExpectedItemIsReached: what a person judged can be found by following links.
func everyExpectedItemIsReached(t *testing.T, s *Sites, status map[string]int) {
	list, err := Expected()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if status[s.at(e.On, e.Path)] != http.StatusOK {
			t.Errorf("%s %s is linked from nowhere", e.On, e.Path)
		}
	}
}

func plantedSecretsAreThere(t *testing.T, s *Sites, bodies map[string][]byte) {
	list, err := Expected()
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string][]string{}
	for _, e := range list {
		verdicts[e.On+e.Path] = e.Verdicts
	}
	public := map[string]string{}
	for at, body := range bodies {
		if strings.HasPrefix(at, s.Public) && !strings.Contains(at, "/images/") {
			public[at] = words(t, body)
		}
	}
	for _, p := range Planted {
		text := words(t, bodies[s.at(p.On, p.Path)])
		if text == "" {
			t.Errorf("%s is not there", p.Path)
		}
		for _, secret := range p.Secret {
			if !strings.Contains(text, secret) {
				t.Errorf("%s does not contain its secret %q", p.Path, secret)
			}
		}
		if !slices.ContainsFunc(verdicts[p.On+p.Path], func(v string) bool { return slices.Contains(p.Expect, v) }) {
			t.Errorf("%s: planted for %v, judged %v", p.Path, p.Expect, verdicts[p.On+p.Path])
		}
		for at, shown := range public {
			for _, secret := range p.Secret {
				if strings.Contains(shown, secret) {
					t.Errorf("%s, public, contains the secret %q", at, secret)
				}
			}
		}
	}
}

// TestSizes keeps the binary small and the pages worth judging.
func TestSizes(t *testing.T) {
	total := 0
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		total += int(info.Size())
		if strings.HasPrefix(path, "documents/") && info.Size() > 60<<10 {
			t.Errorf("%s has %d bytes, more than 60 KB", path, info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 1_500_000 {
		t.Errorf("%d bytes are carried in the binary, more than 1.5 MB", total)
	}
	t.Logf("%d bytes carried", total)
	short := map[string]bool{"legal_page": true, "system_page": true, "listing_page": true, "service_info": true, "internal_life": true, "directory_orgchart": true}
	for _, dir := range []string{"public", "intranet"} {
		pages, err := readPages(dir, testDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			kind, _, _ := strings.Cut(p.Head["judge"], " ")
			n := len(strings.Fields(p.Body))
			if p.Head["copy"] == "" && !short[kind] && (n < 60 || n > 600) {
				t.Errorf("%s %s has %d words, want 60 to 600", dir, p.Path, n)
			}
		}
	}
}

// judged reads the judge lines: what EXPECTED.json must hold.
func judged(t *testing.T) []Expectation {
	t.Helper()
	var list []Expectation
	for _, dir := range []string{"public", "intranet", "documents"} {
		pages, err := readPages(dir, testDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			part := strings.SplitN(p.Head["judge"], "|", 3)
			if len(part) != 3 {
				t.Fatalf("%s has no judge line of three parts", p.Path)
			}
			on := dir
			if dir == "documents" {
				on = p.Head["on"]
			}
			e := Expectation{Path: p.Path, On: on, Type: strings.TrimSpace(part[0]), Note: strings.TrimSpace(part[2])}
			for _, v := range strings.Split(part[1], ",") {
				e.Verdicts = append(e.Verdicts, strings.TrimSpace(v))
			}
			list = append(list, e)
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].On != list[j].On {
			return list[i].On > list[j].On
		}
		return list[i].Path < list[j].Path
	})
	return list
}

func TestExpectedSaysWhatTheContentSays(t *testing.T) {
	want := judged(t)
	if *update {
		raw, err := json.MarshalIndent(want, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("EXPECTED.json", append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := Expected()
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("EXPECTED.json has %d lines, the content files %d: go test -run Expected -update", len(got), len(want))
	}
	verdicts := []string{"publishable", "needs_edit", "needs_approval", "never", "not_proposed", "unreadable"}
	for i := range want {
		if got[i].Path != want[i].Path || got[i].Type != want[i].Type || !slices.Equal(got[i].Verdicts, want[i].Verdicts) || got[i].Note != want[i].Note {
			t.Errorf("EXPECTED.json: %+v, the content says %+v: go test -run Expected -update", got[i], want[i])
		}
		for _, v := range want[i].Verdicts {
			if !slices.Contains(verdicts, v) {
				t.Errorf("%s: %q is no verdict", want[i].Path, v)
			}
		}
	}
}

// TestServersStop: two companies can run at once, and each ends with its context or its Close.
func TestServersStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	first, err := Serve(ctx, testDay)
	if err != nil {
		t.Fatal(err)
	}
	second := serve(t)
	if first.Public == second.Public || first.Intranet == second.Intranet {
		t.Fatalf("two companies share %s or %s", first.Public, first.Intranet)
	}
	cancel()
	if err := first.Close(); err != nil {
		t.Errorf("close after the end of the context: %v", err)
	}
	if resp, err := http.Get(first.Public); err == nil {
		resp.Body.Close()
		t.Error("the site answers after Close")
	}
	if code, _, _ := get(t, second, second.Public); code != http.StatusOK {
		t.Errorf("the other company answers %d", code)
	}
}
