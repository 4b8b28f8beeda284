package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/cmd/filon/deliver"
	"filon/cmd/filon/outbox"
	"filon/crawler"
	"filon/crawler/address"
	"filon/crawler/frontier"
)

func nightlyCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:  "nightly",
			Usage: say.in(T{FR: "le travail de la nuit : parcourir, puis envoyer le digest", EN: "the night's work: crawl, then send the digest"}),
			Description: say.in(T{
				FR: "Parcourt les sources de filon.yaml comme filon crawl, sans écran : un journal au lieu d'une barre. Puis envoie ce qui mérite d'être su (digest: dans filon.yaml) ; rien s'il n'y a rien à dire. Un envoi qui échoue n'arrête rien et repart la nuit suivante. Code 0 : complet, 1 : impossible, 2 : mal demandé, 3 : partiel.",
				EN: "Crawls the sources of filon.yaml as filon crawl does, without a screen: a log in place of a bar. Then sends what is worth knowing (digest: in filon.yaml); nothing when there is nothing to say. A delivery that fails stops nothing and is tried again the next night. Exit code 0: complete, 1: could not, 2: asked wrongly, 3: partial."}),
			Flags: append([]cli.Flag{dataFlag(say), configFlag(say),
				&cli.BoolFlag{Name: "dry-run", Usage: say.in(T{FR: "montrer le digest du dernier parcours, sans rien parcourir ni envoyer", EN: "show the digest of the last crawl, and neither crawl nor send"})},
				resolveFlag(say), todayFlag(say)}, journalFlags(say)...),
			Action: func(c *cli.Context) error { return nightly(say, c) },
		},
		Examples: []example{
			{"filon nightly --dry-run", T{FR: "le digest qui partirait", EN: "the digest that would go out"}},
			{"filon nightly --log-format json --log-file filon.log", T{FR: "depuis un planificateur", EN: "from a scheduler"}},
		},
	}
}

func nightly(say *speaker, c *cli.Context) error {
	if c.Bool("dry-run") { // needs no secret of any source
		cfg, err := readConfig(c.String("config"))
		if err != nil {
			return err
		}
		if cfg.Path == "" { // nobody has said in which language
			cfg.digest = digestSettings{lang: say.lang, most: defaultMost}
		}
		return plan{dir: dataDir(c, cfg), digest: cfg.digest}.rehearse(say, c.Context)
	}
	p, err := planOf(c, true)
	if err != nil {
		return err
	}
	log, closing, err := openJournal(say, c)
	if err != nil {
		return err
	}
	defer closing()
	p.log = log
	err = p.night(c.Context, say)
	if t, ok := isTrouble(err); ok && t.Code == codeFailed {
		log.Error("the night could not be finished", "why", t.What.EN)
	}
	return err
}

// night crawls, tells and tidies. What goes wrong after the crawl is logged, and changes its exit code
// only when the crawl itself could not be kept.
func (p plan) night(ctx context.Context, say *speaker) error {
	s, err := openStock(ctx, p.dir, writing)
	if err != nil {
		return err
	}
	defer s.Close()
	var names []string
	for _, source := range p.sources {
		names = append(names, source.Name)
	}
	p.log.Info("night begins", "sources", strings.Join(names, ", "))
	for _, source := range p.sources {
		if t := presumed(source); t != (T{}) {
			p.log.Warn("visibility presumed", "source", source.Name, "why", t.EN)
		}
	}
	report, err := p.run(ctx, say, s)
	if err != nil {
		return couldNot(err, T{FR: "le parcours s'est arrêté : %s", EN: "the crawl stopped: %s"})
	}
	ctx = context.WithoutCancel(ctx)
	if err := settle(ctx, s, p, report.Touched); err != nil {
		return couldNot(err, T{FR: "la fin du parcours a échoué : %s", EN: "the end of the crawl failed: %s"})
	}
	if err := p.troubles(ctx, s, report, time.Now()); err != nil {
		return couldNot(err, T{FR: "la fin du parcours a échoué : %s", EN: "the end of the crawl failed: %s"})
	}
	p.account(report)
	if report.Run.Status != "paused" { // else the run goes on, and is told of when it has ended
		if err := p.tell(ctx, s, report.Run); err != nil {
			p.log.Error("the digest could not be made", "error", err)
		}
	}
	p.tidy(ctx, s)
	if err := notLetIn(report); err != nil && len(report.Refused) == len(p.sources) {
		return err
	}
	if err := nothingAnswered(report, p.sources); err != nil {
		return err
	}
	return standing(report)
}

// account logs how the crawl ended, in numbers.
func (p plan) account(report crawler.Report) {
	states := map[frontier.State]int{}
	for _, t := range report.Tallies {
		states[t.State] += t.Count
	}
	level := slog.LevelInfo
	if report.Run.Status != "complete" {
		level = slog.LevelWarn
	}
	args := []any{"run", report.Run.ID, "status", report.Run.Status, "took", report.Elapsed, "bytes", report.Bytes, "visits", report.Run.Visits}
	if report.Run.Reason != "" {
		args = append(args, "why", report.Run.Reason)
	}
	for _, state := range frontier.States {
		if n := states[state]; n > 0 {
			name := strings.ReplaceAll(string(state), "-", "_")
			if state == frontier.Failed {
				name = "failed"
			}
			args = append(args, name, n)
		}
	}
	p.log.Log(context.Background(), level, "crawl ended", args...)
	for _, host := range slices.Sorted(maps.Keys(report.Broken)) {
		p.log.Warn("host left alone", "host", host, "why", report.Broken[host])
	}
	for _, name := range slices.Sorted(maps.Keys(report.Refused)) {
		why, _ := explain(report.Refused[name])
		p.log.Warn("not signed in", "source", name, "why", why.EN)
	}
}

// tell puts the digest of a run into the outbox and delivers what lies there.
func (p plan) tell(ctx context.Context, s *stock, run frontier.Run) error {
	box, err := outbox.Open(ctx, s.db, true)
	if err != nil {
		return err
	}
	channels := p.digest.channels()
	if len(channels) > 0 {
		d, worth, err := s.digest(ctx, p.digest, run)
		if err != nil {
			return err
		}
		if !worth {
			p.log.Info("nothing worth a digest")
		}
		for _, ch := range channels {
			if !worth {
				break
			}
			body, err := json.Marshal(p.digest.through(ch, d))
			if err != nil {
				return err
			}
			if err := box.Put(ctx, outbox.Letter{ID: letterID(d.ID, ch.name), Run: run.ID, Channel: ch.name, Body: body, Created: time.Now()}); err != nil {
				return err
			}
		}
	}
	return p.deliver(ctx, s, run.ID, box, channels)
}

// through is the digest as a channel may have it.
func (d digestSettings) through(ch channel, digest deliver.Digest) deliver.Digest {
	digest.ID = letterID(digest.ID, ch.name)
	if !ch.abroad {
		return digest
	}
	return digest.Abroad(d.tells("intranet"), func(n int) string {
		return plural(n, T{FR: "et 1 contenu de l'intranet", EN: "and 1 item of the intranet"}, T{FR: "et %d contenus de l'intranet", EN: "and %d items of the intranet"}).in(d.lang)
	})
}

// letterID names one digest for one channel; a name of a channel that is no plain word is counted out
// by its bytes.
func letterID(digest, channel string) string {
	return digest + "." + strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, channel) + fmt.Sprintf("-%x", len(channel))
}

// deliver sends what waits, oldest first. A channel that fails is left alone until the next night.
func (p plan) deliver(ctx context.Context, s *stock, run int64, box *outbox.Outbox, channels []channel) error {
	waiting, err := box.Waiting(ctx)
	if err != nil {
		return err
	}
	tired := map[string]bool{}
	var failures []error
	for _, l := range waiting {
		i := slices.IndexFunc(channels, func(ch channel) bool { return ch.name == l.Channel })
		if i < 0 {
			p.log.Warn("digest given up: its channel is not in the configuration any more", "run", l.Run, "channel", l.Channel)
			failures = append(failures, box.Abandon(ctx, l.ID, "no such channel any more"))
			continue
		}
		if tired[l.Channel] {
			continue
		}
		d, err := s.unsaid(ctx, box, l)
		if err == nil {
			var host string
			host, err = send(ctx, channels[i], d)
			if host != "" { // contacted, whatever it has answered
				failures = append(failures, s.frontier.Declare(ctx, run, nil, map[string]string{termTold + l.Channel: host}))
			}
		}
		if err == nil {
			p.log.Info("digest sent", "run", l.Run, "channel", l.Channel)
			failures = append(failures, box.Sent(ctx, l.ID, time.Now()))
			continue
		}
		tired[l.Channel] = true
		why := err.Error()
		if t, ok := isTrouble(err); ok {
			why = t.What.EN
		}
		givenUp, err := box.Failed(ctx, l.ID, classify.Mask(why))
		failures = append(failures, err)
		p.log.Warn("digest not delivered", "run", l.Run, "channel", l.Channel, "attempt", l.Attempts+1, "given_up", givenUp, "why", why)
	}
	return errors.Join(failures...)
}

// unsaid reads a letter that has waited, and takes out of it what must not be said any more: an item
// whose verdict has become never since, by the rules or by a person. What is taken out is erased at once.
func (s *stock) unsaid(ctx context.Context, box *outbox.Outbox, l outbox.Letter) (deliver.Digest, error) {
	var d deliver.Digest
	if err := json.Unmarshal(l.Body, &d); err != nil {
		return d, fmt.Errorf("read the digest of run %d: %w", l.Run, err)
	}
	taken := false
	for i := range d.Sections {
		kept := d.Sections[i].Items[:0]
		for _, item := range d.Sections[i].Items {
			at, err := address.Canonical(item.Address)
			if err != nil {
				at = item.Address
			}
			hidden, err := s.index.Hidden(ctx, at)
			if err != nil {
				return d, err
			}
			if hidden {
				taken = true
				continue
			}
			kept = append(kept, item)
		}
		d.Sections[i].Items = kept
	}
	if !taken {
		return d, nil
	}
	body, err := json.Marshal(d)
	if err != nil {
		return d, err
	}
	return d, box.Rewrite(ctx, l.ID, body)
}

// send delivers a digest and names the host that it was sent to, "" when there was nothing to send to.
func send(ctx context.Context, ch channel, d deliver.Digest) (host string, err error) {
	to, err := ch.open(ctx)
	if err != nil {
		return "", err
	}
	switch to := to.(type) {
	case deliver.Mail:
		host = to.Server
	case deliver.Webhook:
		host = address.Host(to.URL)
	}
	return host, to.Send(ctx, d)
}

// rehearse shows the digest of the last run as each channel would have it.
func (p plan) rehearse(say *speaker, ctx context.Context) error {
	s, err := openStock(ctx, p.dir, reading)
	if err != nil {
		return err
	}
	defer s.Close()
	runs, err := s.frontier.Runs(ctx, 1)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if len(runs) == 0 {
		return askedWrongly(T{FR: "aucun passage à raconter", EN: "no run to tell of"}, T{FR: "filon crawl en fait un", EN: "filon crawl makes one"})
	}
	d, worth, err := s.digest(ctx, p.digest, runs[0])
	if err != nil {
		return couldNot(err, T{FR: "le digest ne peut pas être fait : %s", EN: "the digest cannot be made: %s"})
	}
	if !worth {
		say.line(T{FR: "Rien ne partirait : rien à publier de neuf, aucun verdict changé, aucun nouvel ennui.", EN: "Nothing would go out: nothing new to publish, no verdict changed, no new trouble."})
		return nil
	}
	channels := p.digest.channels()
	if len(channels) == 0 {
		say.note(T{FR: "filon.yaml ne donne, sous digest, ni mail ni webhooks : le digest ne part nulle part", EN: "filon.yaml gives neither mail nor webhooks under digest: it goes nowhere"})
		channels = []channel{{name: "mail"}}
	}
	for i, ch := range channels {
		if i > 0 {
			say.raw("\n")
		}
		if len(channels) > 1 {
			say.raw("== " + ch.name + "\n")
		}
		say.raw(strings.ReplaceAll(p.digest.through(ch, d).Text(), "\r\n", "\n"))
	}
	return nil
}

// logged is how a crawl reports to the log: what people should know at once, progress once a minute.
func (p plan) logged(start time.Time) (func(string), func(crawler.Progress)) {
	var mu sync.Mutex
	last := start
	return func(line string) { p.log.Info(line) }, func(n crawler.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(last) >= time.Minute {
			last = now
			p.log.Info("crawling", "kept", n.Kept, "unchanged", n.Unchanged, "failed", n.Failed, "skipped", n.Skipped, "waiting", n.Queued+n.InFlight, "host", n.Host)
		}
	}
}

// terms are what the record of a run says beside its sources: for its passport.
func (p plan) terms() map[string]string {
	dir := p.dir
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	terms := map[string]string{"data": dir, "retention runs": strconv.Itoa(p.retention.most()), "version": builtFrom()}
	if via := p.proxies(); len(via) > 0 {
		terms[termProxy] = strings.Join(via, ", ")
	}
	if p.demo {
		terms[termDemo] = "yes"
	}
	if p.retention.size > 0 {
		terms["retention size"] = sizeText(p.retention.size)
	}
	if to := p.digest.describe(); to != "" {
		terms["digest"] = to
	}
	return terms
}

// proxies are the hosts through which the sources of the plan are reached, each once: those of filon.yaml, else of the
// environment.
func (p plan) proxies() (hosts []string) {
	add := func(u *url.URL, err error) {
		if err == nil && u != nil && u.Host != "" && !slices.Contains(hosts, u.Host) {
			hosts = append(hosts, u.Host)
		}
	}
	for _, source := range p.sources {
		declared := ""
		for _, s := range p.config.sources {
			if s.Name == source.Name && s.network != nil {
				declared = s.network.proxy
			}
		}
		switch declared {
		case "none":
		case "":
			for _, seed := range source.Seeds {
				if u, err := url.Parse(seed); err == nil && !address.IsFile(seed) {
					add(http.ProxyFromEnvironment(&http.Request{URL: u}))
				}
			}
		default:
			add(url.Parse(declared))
		}
	}
	return hosts
}

// tidy removes the history that the retention no longer keeps. Decisions, and what is in the inventory,
// stay whatever their age.
func (p plan) tidy(ctx context.Context, s *stock) {
	kept, err := s.forget(ctx, p.retention)
	switch {
	case err != nil:
		p.log.Error("the history could not be tidied", "error", err)
	case kept.forgotten > 0:
		p.log.Info("history tidied", "runs_forgotten", kept.forgotten, "oldest_kept", kept.oldest, "bytes_before", kept.before, "bytes_after", kept.after)
	}
}
