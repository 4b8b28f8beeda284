package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"filon/crawler"
	addr "filon/crawler/address"
)

// configName is the file that filon looks for in the current folder.
const configName = "filon.yaml"

// config is filon.yaml, read and checked. The zero config is that of a folder without one.
type config struct {
	Path    string        // as shown to people; "" when there is no file
	Data    string        // folder of the data; "" leaves it to --data
	Workers int           // pages at once over all hosts; 0 leaves it to --workers
	MaxTime time.Duration // of one crawl; 0 is no limit
	OCR     string        // of the sources that do not say; auto or never
	Policy  policySettings
	sources []sourceSettings

	digest    digestSettings
	retention retentionSettings
	ocrPages  int
	sameText  float64  // from which likeness two texts are one; 0 is index.SameText
	variables []string // environment variables that secrets come from
}

// sourceSettings is a source as written: its secrets are places, not yet values.
type sourceSettings struct {
	crawler.Source
	auth    *authSettings
	network *networkSettings
	line    int
}

// signsIn tells whether a source shows who it is.
func (s sourceSettings) signsIn() bool {
	return s.auth != nil || s.network != nil && s.network.certificate != ""
}

// readConfig reads the configuration at path. With path "" it reads filon.yaml of the current
// folder, and gives the zero config when there is none.
func readConfig(path string) (config, error) {
	asked := path != ""
	if !asked {
		path = configName
	}
	data, err := readFile(path, maxConfigBytes)
	if errors.Is(err, fs.ErrNotExist) {
		if !asked {
			return config{}, nil
		}
		return config{}, askedWrongly(T{FR: "pas de configuration : %s n'existe pas", EN: "no configuration: %s does not exist"}.with(path),
			T{FR: "filon init en écrit une", EN: "filon init writes one"})
	}
	if _, spoken := isTrouble(err); spoken {
		return config{}, err
	}
	if err != nil {
		return config{}, couldNot(err, T{FR: "lecture de la configuration impossible : %s", EN: "cannot read the configuration: %s"})
	}
	return parseConfig(path, data)
}

// parseConfig reads data as the configuration that lies at path.
func parseConfig(path string, data []byte) (config, error) {
	c := config{Path: path, digest: digestSettings{lang: "fr", most: defaultMost}}
	r := reader{path: path, dir: filepath.Dir(path), variables: &c.variables}
	root, err := r.parse(data)
	if err != nil {
		return config{}, err
	}
	if root == nil {
		return config{}, r.badLine(0, T{FR: "la configuration est vide", EN: "the configuration is empty"}, needsSource)
	}
	err = r.mapping(root, T{FR: "la configuration", EN: "the configuration"}, []key{
		{"data", r.file(&c.Data)},
		{"workers", r.number(&c.Workers, 1, 256)},
		{"max-time", r.duration(&c.MaxTime, time.Second, 100*time.Hour)},
		{"ocr", r.oneOf(&c.OCR, crawler.OCRAuto, crawler.OCRNever)},
		{"ocr-pages", r.number(&c.ocrPages, 1, mostOCRPages)},
		{"sources", func(n ast.Node) error { return r.sources(n, &c.sources) }},
		{"policy", func(n ast.Node) error { return r.policy(n, &c.Policy) }},
		{"words", func(n ast.Node) error { return r.words(n, &c.Policy.Words) }},
		{"digest", func(n ast.Node) error { return r.digest(n, &c.digest) }},
		{"duplicates", func(n ast.Node) error {
			return r.mapping(n, T{FR: "duplicates", EN: "duplicates"}, []key{{"threshold", r.share(&c.sameText, .5)}})
		}},
		{"retention", func(n ast.Node) error { return r.retention(n, &c.retention) }},
	})
	if err != nil {
		return config{}, err
	}
	for i := range c.sources {
		c.sources[i].Source = c.recognised(c.sources[i].Source)
	}
	if len(c.sources) == 0 {
		return config{}, r.badLine(lineOf(root), T{FR: "aucune source", EN: "no source"}, needsSource)
	}
	return c, nil
}

// mostOCRPages keeps one document from taking hours.
const mostOCRPages = 1000

// recognised gives a source what the whole configuration says of pictures of text, where it says nothing itself.
func (c config) recognised(s crawler.Source) crawler.Source {
	if s.OCR == "" {
		s.OCR = c.OCR
	}
	if s.OCRPages == 0 {
		s.OCRPages = c.ocrPages
	}
	return s
}

var needsSource = T{
	FR: "il faut au moins une source : sources: [{name: site, seeds: [https://www.exemple.fr/]}]",
	EN: "at least one source is needed: sources: [{name: site, seeds: [https://www.example.com/]}]"}

func (r reader) sources(n ast.Node, to *[]sourceSettings) error {
	seq, ok := n.(*ast.SequenceNode)
	if err := r.noAlias(n); err != nil {
		return err
	}
	if !ok {
		return r.bad(n, T{FR: "sources attend une liste", EN: "sources needs a list"}, T{FR: "chaque source commence par « - name: … »", EN: "each source begins with \"- name: …\""})
	}
	for _, n := range seq.Values {
		s, err := r.source(n)
		if err != nil {
			return err
		}
		for _, other := range *to {
			if strings.EqualFold(other.Name, s.Name) {
				return r.badLine(s.line, T{FR: "deux sources s'appellent %q (l'autre est ligne %d)", EN: "two sources are named %q (the other is on line %d)"}.with(s.Name, other.line),
					T{FR: "donnez à chacune son nom", EN: "give each its own name"})
			}
		}
		*to = append(*to, s)
	}
	return nil
}

// source reads one source. Keys are named as the flags of crawl.
func (r reader) source(n ast.Node) (sourceSettings, error) {
	s := sourceSettings{line: lineOf(n)}
	address := func(v string) (string, T) { return checkURL(v) }
	seed := func(v string) (string, T) {
		if isFolderName(v) {
			return folderSeed(v, r.dir)
		}
		return checkURL(v)
	}
	err := r.mapping(n, T{FR: "une source", EN: "a source"}, []key{
		{"name", r.text(&s.Name)},
		{"seeds", r.list(&s.Seeds, seed)},
		{"visibility", r.oneOf(&s.Visibility, "public", "intranet", "restricted", "file_share")},
		{"hosts", r.list(&s.Hosts, checkHost)},
		{"include", r.list(&s.Include, checkPattern)},
		{"exclude", r.list(&s.Exclude, checkPattern)},
		{"prefixes", r.list(&s.Prefixes, checkPrefix)},
		{"max-depth", r.number(&s.MaxDepth, 0, 1000)},
		{"revisit", r.number(&s.Revisit, 1, 365)},
		{"max-pages", r.number(&s.MaxPages, 0, 100_000_000)},
		{"max-time", r.duration(&s.MaxTime, time.Second, 100*time.Hour)},
		{"delay", r.duration(&s.Delay.Min, 0, time.Hour)},
		{"max-delay", r.duration(&s.Delay.Max, 0, time.Hour)},
		{"per-host", r.number(&s.PerHost, 1, 64)},
		{"ignore-robots", r.flag(&s.IgnoreRobots)},
		{"keep-noindex", r.flag(&s.KeepNoIndex)},
		{"user-agent", r.text(&s.UserAgent)},
		{"sitemaps", r.list(&s.Sitemaps, address)},
		{"no-sitemaps", r.flag(&s.NoSitemaps)},
		{"no-feeds", r.flag(&s.NoFeeds)},
		{"traps", func(n ast.Node) error {
			return r.mapping(n, T{FR: "traps", EN: "traps"}, []key{{"allow", r.list(&s.Traps.Allow, checkPattern)}})
		}},
		{"never-follow", func(n ast.Node) error {
			return r.mapping(n, T{FR: "never-follow", EN: "never-follow"}, []key{{"addresses", r.list(&s.NeverFollow.Addresses, checkPattern)},
				{"texts", r.list(&s.NeverFollow.Texts, nil)}, {"allow", r.list(&s.NeverFollow.Allow, checkPattern)}})
		}},
		{"max-bytes", r.size(&s.Limits.Bytes, 1<<10, 4<<30)},
		{"timeout", r.duration(&s.Limits.Time, time.Second, time.Hour)},
		{"max-redirects", r.number(&s.Limits.Redirects, 1, 50)},
		{"max-links", r.number(&s.Limits.Links, 1, 1_000_000)},
		{"ocr", r.oneOf(&s.OCR, crawler.OCRAuto, crawler.OCRNever)},
		{"ocr-pages", r.number(&s.OCRPages, 1, mostOCRPages)},
		{"cms-api", r.oneOf(&s.CMS, crawler.CMSAuto, crawler.CMSNever)},
		{"render", r.oneOf(&s.Render, crawler.RenderAuto, crawler.RenderAlways, crawler.RenderNever)},
		{"render-pages", r.number(&s.RenderPages, 1, 1_000_000)},
		{"image-sizes", func(n ast.Node) error {
			err := r.number(&s.ImageSizes, 0, 1_000_000)(n)
			if err == nil && s.ImageSizes == 0 {
				s.ImageSizes = crawler.ImageSizesNever
			}
			return err
		}},
		{"anonymous-pass", r.flag(&s.AnonymousPass)},
		{"canary", func(n ast.Node) error { return r.canary(n, &s.Canary) }},
		{"auth", func(n ast.Node) error { return r.auth(n, &s.auth) }},
		{"tls", func(n ast.Node) error { return r.tls(n, &s.network) }},
		{"proxy", func(n ast.Node) error { return r.proxy(n, &s.network) }},
	})
	if err != nil {
		return s, err
	}
	if strings.ContainsFunc(s.Name, unicode.IsControl) {
		return s, r.bad(n, T{FR: "le nom d'une source ne peut contenir de caractère de contrôle", EN: "the name of a source cannot hold control characters"}, T{})
	}
	if len(s.Seeds) == 0 {
		return s, r.bad(n, T{FR: "une source sans adresse de départ", EN: "a source without a seed"}, T{FR: "ajoutez seeds: [https://…]", EN: "add seeds: [https://…]"})
	}
	for _, other := range s.Seeds {
		if addr.IsFile(other) != addr.IsFile(s.Seeds[0]) {
			return s, r.bad(n, T{FR: "une source ne peut mêler des sites et des dossiers", EN: "a source cannot mix sites and folders"}, T{FR: "faites-en deux sources", EN: "make two sources of it"})
		}
	}
	if s.Name == "" {
		return s, r.bad(n, T{FR: "une source sans nom", EN: "a source without a name"}, T{FR: "ajoutez name: … ; il désigne la source dans l'inventaire", EN: "add name: …; it names the source in the inventory"})
	}
	if s.Delay.Max > 0 && s.Delay.Max < s.Delay.Min {
		return s, r.bad(n, T{FR: "max-delay est plus court que delay", EN: "max-delay is shorter than delay"}, T{FR: "allongez max-delay ou enlevez-le", EN: "lengthen max-delay or remove it"})
	}
	if s.AnonymousPass && !s.signsIn() {
		return s, r.bad(n, T{FR: "anonymous-pass n'a de sens que pour une source qui se connecte", EN: "anonymous-pass only makes sense for a source that signs in"}, T{FR: "ajoutez auth, ou enlevez anonymous-pass", EN: "add auth, or remove anonymous-pass"})
	}
	s.Presume(s.signsIn())
	if strings.ContainsFunc(s.UserAgent, func(c rune) bool { return c < ' ' || c > '~' }) {
		return s, r.bad(n, T{FR: "user-agent ne peut contenir que des lettres sans accent, chiffres et signes ASCII", EN: "user-agent can hold only ASCII letters, digits and signs"}, T{})
	}
	return s, nil
}

// checkHost accepts host or host:port.
func checkHost(s string) (string, T) {
	if s == "" || strings.ContainsAny(s, "/ @?#*") {
		return s, T{FR: "donnez un nom de serveur, avec son port s'il le faut : docs.exemple.fr ou docs.exemple.fr:8443", EN: "give a host name, with its port if need be: docs.example.com or docs.example.com:8443"}
	}
	return strings.ToLower(s), T{}
}

func checkPrefix(s string) (string, T) {
	if !strings.HasPrefix(s, "/") {
		return s, T{FR: "un préfixe commence par / : /actualites/", EN: "a prefix begins with /: /news/"}
	}
	return s, T{}
}

// checkPattern asks the crawler whether it can read an include or exclude pattern.
func checkPattern(s string) (string, T) {
	if _, err := crawler.NewScope(crawler.Source{Include: []string{s}}); err != nil {
		return s, T{FR: "un motif commence par / ou * : /archives/** (** passe les /), *.pdf, ou entre barres une expression régulière : /[0-9]+$/",
			EN: "a pattern begins with / or *: /archives/** (** goes over /), *.pdf, or between slashes a regular expression: /[0-9]+$/"}
	}
	return s, T{}
}

// Names lists the sources in the order of the file.
func (c config) Names() []string {
	names := make([]string, len(c.sources))
	for i, s := range c.sources {
		names[i] = s.Name
	}
	return names
}

// Sources gives the sources of these names (all when none is given) ready to crawl, with their
// secrets. An unknown name, or a secret that cannot be had, is an error for the person.
func (c config) Sources(ctx context.Context, names ...string) ([]crawler.Source, error) {
	chosen, err := c.chosen(names)
	if err != nil {
		return nil, err
	}
	found := make([]crawler.Source, 0, len(chosen))
	for _, s := range chosen {
		source, err := c.ready(ctx, s)
		if err != nil {
			return nil, err
		}
		found = append(found, source)
	}
	return found, nil
}

// chosen gives the sources of these names as they are written, all when none is given.
func (c config) chosen(names []string) ([]sourceSettings, error) {
	for _, name := range names {
		if !slices.Contains(c.Names(), name) {
			hint := T{FR: "sources connues : %s", EN: "known sources: %s"}.with(strings.Join(c.Names(), ", "))
			if near := cmp.Or(nearest(name, c.Names()), nearestFolder(name)); near != "" {
				hint = T{FR: "vouliez-vous dire %s ?", EN: "did you mean %s?"}.with(near)
			}
			return nil, askedWrongly(T{FR: "source inconnue : %s", EN: "unknown source: %s"}.with(name), hint)
		}
	}
	var found []sourceSettings
	for _, s := range c.sources {
		if len(names) == 0 || slices.Contains(names, s.Name) {
			found = append(found, s)
		}
	}
	return found, nil
}

// ready gives a source its secrets, and with them its session and its network.
func (c config) ready(ctx context.Context, s sourceSettings) (source crawler.Source, err error) {
	source = s.Source
	if s.network != nil {
		if source.Network, err = s.network.network(ctx, s.auth.declared(source)); err != nil {
			t := diagnose(err)
			return source, reader{path: c.Path}.bad(s.network.node, t.What, t.Hint)
		}
	}
	if s.auth != nil {
		if source.Session, err = s.auth.session(ctx, source, c.Data); err != nil {
			t := diagnose(err)
			return source, reader{path: c.Path}.bad(s.auth.node, t.What, t.Hint)
		}
	}
	return source, nil
}
