package deliver

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// received is what a webhook got.
type received struct {
	body   string
	header http.Header
}

func hook(t *testing.T, status int) (*httptest.Server, *[]received) {
	t.Helper()
	var all []received
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		all = append(all, received{r.Method + " " + string(b), r.Header})
		if status/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s, &all
}

func TestWebhooks(t *testing.T) {
	d := sample()
	for kind, want := range map[string][]string{
		Slack: {`"type":"header"`, "<https://www.exemple.fr/ete?a=1&b=(2)|L'été &lt;b&gt;au four&lt;/b&gt; *solaire* @all &lt;!channel&gt;> – Étude de cas", "et 3 autres", "• a|b.exemple.fr laissé"},
		Teams: {`"contentType":"application/vnd.microsoft.card.adaptive"`, `"version":"1.4"`, `"wrap":true`, `[L'été \\<b\\>au four\\</b\\> \\*solaire\\*`, "https://www.exemple.fr/ete?a=1&b=%282%29"},
		Mattermost: {"### filon : 2 contenus", "@\u2060all", `\\<\\!channel\\>`,
			"#### À publier"},
		JSON: {`"id":"run-12.mail-1.ab34"`, `"url":"https://www.exemple.fr/ete?a=1&b=(2)"`, `"never":1`},
	} {
		t.Run(kind, func(t *testing.T) {
			s, all := hook(t, http.StatusOK)
			if err := (Webhook{Kind: kind, URL: s.URL + "/T0/secret"}).Send(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			got := (*all)[0]
			if !strings.HasPrefix(got.body, "POST ") || got.header.Get("Idempotency-Key") != d.ID || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
				t.Errorf("got %+v", got)
			}
			var any any
			if err := json.Unmarshal([]byte(got.body[5:]), &any); err != nil {
				t.Fatal(err)
			}
			plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(got.body)
			for _, w := range want {
				if !strings.Contains(plain, w) {
					t.Errorf("lacks %s:\n%s", w, plain)
				}
			}
		})
	}
}

func TestWebhookFailuresKeepTheSecret(t *testing.T) {
	moved, all := hook(t, http.StatusTemporaryRedirect)
	down := httptest.NewServer(nil)
	down.Close()
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer slow.Close()
	busy, _ := hook(t, http.StatusTooManyRequests)
	for name, url := range map[string]string{"redirect": moved.URL, "down": down.URL, "slow": slow.URL, "busy": busy.URL, "unreadable": "http://[::1"} {
		err := Webhook{Kind: JSON, URL: url + "/services/T0/Zq8secret", Timeout: 300 * time.Millisecond}.Send(context.Background(), sample())
		if err == nil || strings.Contains(err.Error(), "Zq8") || strings.Contains(err.Error(), "services") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(*all) != 1 {
		t.Errorf("a redirect was followed: %d requests", len(*all))
	}
}

func TestAbroad(t *testing.T) {
	say := func(n int) string { return strings.Repeat("un contenu de l'intranet", n) }
	named := sample().Abroad(true, say)
	if i := named.Sections[0].Items[1]; i.Why != "" || i.Kind != "" || i.Title != "Portrait d'Aïcha" || i.Address == "" {
		t.Errorf("got %+v", i)
	}
	if i := named.Sections[0].Items[0]; i.Why == "" {
		t.Error("what everybody can read has lost its reason")
	}
	counted := sample().Abroad(false, say)
	if len(counted.Sections[0].Items) != 1 || !slices.Contains(counted.Sections[0].Lines, "un contenu de l'intranet") {
		t.Errorf("got %+v", counted.Sections[0])
	}
	if d := sample(); len(d.Sections[0].Items) != 2 || d.Sections[0].Items[1].Why == "" {
		t.Error("the digest itself was changed")
	}
}

// However much there is to tell, the receivers' limits hold.
func TestWebhookLimits(t *testing.T) {
	d := sample()
	for range 2000 {
		d.Sections[0].Items = append(d.Sections[0].Items, Item{Title: strings.Repeat("très long ", 100), Why: strings.Repeat("raison & <", 500), Address: "https://www.exemple.fr/" + strings.Repeat("a", 300)})
	}
	card, err := Webhook{Kind: Teams}.body(d)
	if err != nil || len(card) > teamsBytes || !strings.Contains(string(card), "filon diff") {
		t.Errorf("Teams: %d bytes, %v", len(card), err)
	}
	text, err := Webhook{Kind: Mattermost}.body(d)
	if err != nil || len(text) > 3*mattermostText {
		t.Errorf("Mattermost: %d bytes, %v", len(text), err)
	}
	if n := len(slack(d)["blocks"].([]fields)); n > 50 {
		t.Errorf("Slack: %d blocks", n)
	}
	for _, b := range slack(d)["blocks"].([]fields) {
		if f, ok := b["text"].(fields); ok && len([]rune(f["text"].(string))) > 3000 {
			t.Errorf("Slack: a block of %d characters", len([]rune(f["text"].(string))))
		}
	}
}
