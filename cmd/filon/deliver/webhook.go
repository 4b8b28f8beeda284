package deliver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Kinds of webhooks.
const (
	Slack      = "slack"      // incoming webhook, Block Kit
	Teams      = "teams"      // workflow "when a webhook request is received", Adaptive Card 1.4
	Mattermost = "mattermost" // incoming webhook, Markdown
	JSON       = "json"       // the digest itself
)

// Webhook is an address that takes a message by POST. The address is a secret: who knows it can write
// there; no error shows it.
type Webhook struct {
	Kind    string
	URL     string
	Timeout time.Duration // 0 is 30 s
	Client  *http.Client  // its transport; nil is the default, with the environment's proxy
}

// Send implements Channel. A status of 2xx is delivered. No redirect is followed.
func (w Webhook) Send(ctx context.Context, d Digest) error {
	body, err := w.body(d)
	if err != nil {
		return fmt.Errorf("write the message for %s: %w", w.Kind, err)
	}
	timeout := w.Timeout
	if timeout <= 0 {
		timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("send to %s: the address of the webhook cannot be read", w.Kind)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "filon/1.0")
	req.Header.Set("Idempotency-Key", token(d.ID))
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if w.Client != nil {
		client.Transport = w.Client.Transport
	}
	res, err := client.Do(req)
	if err != nil {
		var ue *url.Error // its text holds the address
		if errors.As(err, &ue) {
			err = ue.Err
		}
		return fmt.Errorf("send to %s: %w", w.Kind, err)
	}
	defer res.Body.Close()
	io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("send to %s: the server answered %d", w.Kind, res.StatusCode)
	}
	return nil
}

// Limits of the receivers: Slack takes 50 blocks of 3,000 characters, Teams 28 kB, Mattermost 16,383
// characters.
const (
	slackBlocks    = 48
	teamsBytes     = 24 << 10
	mattermostText = 16000
)

func (w Webhook) body(d Digest) ([]byte, error) {
	switch w.Kind {
	case Slack:
		return json.Marshal(slack(d))
	case Teams:
		return teams(d)
	case Mattermost:
		return json.Marshal(map[string]any{"text": markdown(d), "props": map[string]any{"filon_id": d.ID}})
	case JSON:
		return json.Marshal(d)
	}
	return nil, fmt.Errorf("unknown kind of webhook %q", w.Kind)
}

type fields map[string]any

// slack writes blocks of mrkdwn, in which only & < > mean something once they are escaped; a title
// cannot call the whole channel.
func slack(d Digest) fields {
	blocks := []fields{{"type": "header", "text": fields{"type": "plain_text", "text": cut(d.Title, 150)}}}
	add := func(text string) {
		if text != "" {
			blocks = append(blocks, fields{"type": "section", "text": fields{"type": "mrkdwn", "text": text}})
		}
	}
	add(cut(strings.Join(escapeAll(slackText, d.Lead), " "), 2900))
	for _, s := range d.Sections {
		add("*" + slackText(cut(s.Title, 150)) + "*")
		for _, l := range s.Lines {
			add("• " + slackText(cut(l, 1000)))
		}
		for _, i := range s.Items {
			text := "<" + slackLink(i.Address) + "|" + strings.ReplaceAll(slackText(cut(i.Title, 200)), "|", "¦") + ">"
			if i.Kind != "" {
				text += " – " + slackText(cut(i.Kind, 80))
			}
			if i.Why != "" {
				text += "\n" + slackText(cut(i.Why, 500))
			}
			add(text)
		}
		add(slackText(cut(s.More, 300)))
	}
	if len(blocks) > slackBlocks {
		blocks = append(blocks[:slackBlocks], fields{"type": "section", "text": fields{"type": "mrkdwn", "text": "…"}})
	}
	if d.Foot != "" {
		blocks = append(blocks, fields{"type": "context", "elements": []fields{{"type": "mrkdwn", "text": slackText(cut(d.Foot, 500))}}})
	}
	return fields{"text": cut(d.Title, 150), "blocks": blocks}
}

var slackEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slackText escapes as Slack asks.
func slackText(s string) string { return slackEscapes.Replace(s) }

func slackLink(address string) string {
	return strings.NewReplacer("|", "%7C", ">", "%3E", "<", "%3C", " ", "%20").Replace(line(address))
}

func escapeAll(escape func(string) string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = escape(line(s))
	}
	return out
}

// teams writes an Adaptive Card in the envelope that workflows take; the connectors of old, and their
// MessageCard, are gone. What does not fit into a message is left out from the end.
func teams(d Digest) ([]byte, error) {
	text := func(s string, more fields) fields {
		f := fields{"type": "TextBlock", "text": s, "wrap": true}
		for k, v := range more {
			f[k] = v
		}
		return f
	}
	body := []fields{text(markdownText(cut(d.Title, 200)), fields{"weight": "Bolder", "size": "Large"})}
	for _, l := range d.Lead {
		body = append(body, text(markdownText(cut(l, 500)), nil))
	}
	for _, s := range d.Sections {
		body = append(body, text(markdownText(cut(s.Title, 150)), fields{"weight": "Bolder", "spacing": "Medium"}))
		for _, l := range s.Lines {
			body = append(body, text(markdownText(cut(l, 500)), nil))
		}
		for _, i := range s.Items {
			body = append(body, text(markdownItem(i), nil))
		}
		if s.More != "" {
			body = append(body, text(markdownText(cut(s.More, 300)), fields{"isSubtle": true}))
		}
	}
	for {
		all := body
		if d.Foot != "" {
			all = append(append([]fields{}, body...), text(markdownText(cut(d.Foot, 500)), fields{"isSubtle": true, "size": "Small"}))
		}
		card := fields{"type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.4", "body": all, "msteams": fields{"width": "Full"}}
		message, err := json.Marshal(fields{"type": "message", "attachments": []fields{{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": card}}})
		if err != nil || len(message) <= teamsBytes || len(body) < 2 {
			return message, err
		}
		body = append(body[:len(body)*3/4:len(body)*3/4], text("…", nil))
	}
}

// markdown writes the digest for Mattermost.
func markdown(d Digest) string {
	var b strings.Builder
	put := func(s string) {
		if s != "" && b.Len()+len(s) < mattermostText {
			b.WriteString(s + "\n")
		}
	}
	put("### " + markdownText(cut(d.Title, 200)))
	for _, l := range d.Lead {
		put(markdownText(cut(l, 500)))
	}
	for _, s := range d.Sections {
		put("\n#### " + markdownText(cut(s.Title, 150)))
		for _, l := range s.Lines {
			put("- " + markdownText(cut(l, 500)))
		}
		for _, i := range s.Items {
			put("- " + markdownItem(i))
		}
		if s.More != "" {
			put(markdownText(cut(s.More, 300)))
		}
	}
	if d.Foot != "" {
		put("\n" + markdownText(cut(d.Foot, 500)))
	}
	return b.String()
}

func markdownItem(i Item) string {
	text := "[" + markdownText(cut(i.Title, 200)) + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "\\", "%5C").Replace(line(i.Address)) + ")"
	if i.Kind != "" {
		text += " – " + markdownText(cut(i.Kind, 80))
	}
	if i.Why != "" {
		text += " – " + markdownText(cut(i.Why, 500))
	}
	return text
}

// markdownText makes a text mean itself: no styles, no links, and no @all that would wake everybody.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\\`*_{}[]()#~|<>!", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '@':
			b.WriteString("@\u2060")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
