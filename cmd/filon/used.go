package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"filon/index"
)

func usedCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "used", ArgsUsage: say.in(T{FR: "FICHIER…", EN: "FILE…"}),
			Usage: say.in(T{FR: "dire à filon ce qui est déjà parti sur les réseaux", EN: "tell filon what went out on the networks already"}),
			Description: say.in(T{
				FR: "Lit les exports CSV des réseaux et des outils de publication (LinkedIn, Facebook, Instagram, X, Hootsuite…) et retrouve les contenus par leur adresse, leur titre ou leurs phrases. Les textes des publications ne sont pas gardés, seulement leur empreinte. Redonner un fichier ne double rien.",
				EN: "Reads the CSV exports of networks and scheduling tools (LinkedIn, Facebook, Instagram, X, Hootsuite…) and finds their items by address, title or sentences. The words of the posts are not kept, only fingerprints of them. Giving a file again doubles nothing."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say),
				&cli.StringFlag{Name: "network", Usage: say.in(T{FR: "le `RÉSEAU` des fichiers, s'ils ne le disent pas", EN: "the `NETWORK` of the files, where they do not say it"})}},
			Action: func(c *cli.Context) error { return used(say, c) },
		},
		Examples: []example{
			{"filon used Shares.csv", T{FR: "l'archive de LinkedIn", EN: "the archive of LinkedIn"}},
			{"filon search --verdict publishable --unused", T{FR: "ce qui peut partir et n'est jamais parti", EN: "what can go out and never has"}},
		},
		MinArgs: 1, MaxArgs: anyNumber,
	}
}

func used(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	var posts []index.Post
	for _, name := range c.Args().Slice() {
		data, err := readFile(name, mostPostsFile)
		if err != nil {
			return couldNot(err, T{FR: name + " n'a pas pu être lu : %s", EN: name + " could not be read: %s"})
		}
		read, err := readPosts(data)
		if err != nil {
			return askedWrongly(T{FR: "%s : %s", EN: "%s: %s"}.with(filepath.Base(name), postsFault(err)),
				T{FR: "donnez le CSV tel que le réseau l'exporte, avec sa ligne de titres", EN: "give the CSV as the network exports it, with its line of headings"})
		}
		for i := range read {
			if read[i].Network == "" {
				read[i].Network = c.String("network")
			}
		}
		posts = append(posts, read...)
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	fresh, items, err := s.index.KeepPosts(c.Context, posts)
	if err != nil {
		return couldNot(err, T{FR: "les publications n'ont pas pu être notées : %s", EN: "the posts could not be noted: %s"})
	}
	say.line(T{FR: "%d {publication lue|publications lues}, dont %d nouvelle{s} ; %d contenu{s} de l'inventaire {est déjà parti|sont déjà partis}.", EN: "%d post{s} read, %d of them new; %d item{s} of the inventory went out already."}.with(len(posts), fresh, items))
	return nil
}

// Bounds of a file of posts.
const (
	mostPostsFile = 64 << 20
	mostPosts     = 200_000
)

var (
	errNoColumns = errors.New("no column with a text or a link")
	errNoCSV     = errors.New("no CSV")
	errTooMany   = fmt.Errorf("more than %d posts", mostPosts)
)

func postsFault(err error) T {
	switch {
	case errors.Is(err, errNoColumns):
		return T{FR: "aucune colonne de texte ni de lien", EN: "no column with a text or a link"}
	case errors.Is(err, errTooMany):
		return T{FR: "plus de %d publications", EN: "more than %d posts"}.with(mostPosts)
	}
	return T{FR: "ce n'est pas un CSV lisible", EN: "this is no readable CSV"}
}

// The headings of exports, folded. Networks rename them now and then, so each is known by what it holds.
var (
	textHeads = []string{"sharecommentary", "text", "texte", "message", "description", "title", "titre", "tweet text", "full_text", "caption", "legende", "content", "contenu", "post", "commentaire", "post text", "post message", "update"}
	linkHeads = []string{"sharedurl", "sharelink", "mediaurl", "link", "lien", "links", "url", "permalink", "permalien", "post link", "tweet permalink", "link(s)", "lien de la publication", "update link", "post url"}
	dateHeads = []string{"date", "time", "publish time", "heure de publication", "created date", "created at", "created_at", "posted on", "posting time", "date de creation", "publie le", "post date"}
	netHeads  = []string{"network", "reseau", "platform", "plateforme", "channel", "social network", "account type"}

	linkInPost = regexp.MustCompile(`https?://[^\s"'<>)\]]+`)
)

// readPosts reads an export: UTF-8 or UTF-16, with commas, semicolons or tabs, perhaps with lines before its headings.
func readPosts(data []byte) ([]index.Post, error) {
	plain, _, err := transform.Bytes(unicode.BOMOverride(unicode.UTF8.NewDecoder()), data)
	if err != nil || bytes.IndexByte(plain, 0) >= 0 {
		return nil, errNoCSV
	}
	for _, comma := range []rune{separator(plain), ',', ';', '\t'} {
		r := csv.NewReader(bytes.NewReader(plain))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		posts, err := postsOf(r)
		if !errors.Is(err, errNoColumns) && !errors.Is(err, errNoCSV) || comma == '\t' {
			return posts, err
		}
	}
	return nil, errNoCSV
}

// separator is the one that stands most often in the first lines.
func separator(plain []byte) rune {
	head := plain[:min(len(plain), 4<<10)]
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func postsOf(r *csv.Reader) ([]index.Post, error) {
	var texts, links, dates, nets []int
	for line := 0; len(texts)+len(links) == 0; line++ {
		row, err := r.Read()
		if err == io.EOF || line == 20 {
			return nil, errNoColumns
		}
		if err != nil {
			return nil, errNoCSV
		}
		texts, links, dates, nets = columnsOf(row, textHeads), columnsOf(row, linkHeads), columnsOf(row, dateHeads), columnsOf(row, netHeads)
	}
	var posts []index.Post
	for {
		row, err := r.Read()
		if err == io.EOF {
			return posts, nil
		}
		if err != nil {
			return nil, errNoCSV
		}
		var p index.Post
		var said []string
		for _, i := range texts {
			if i < len(row) && row[i] != "" {
				said = append(said, row[i])
			}
		}
		p.Text = strings.Join(said, "\n")
		for _, i := range slices.Concat(links, texts) {
			if i < len(row) {
				p.Links = append(p.Links, linkInPost.FindAllString(row[i], 16)...)
			}
		}
		for _, i := range dates {
			if i < len(row) && p.On.IsZero() {
				p.On = postDay(row[i])
			}
		}
		for _, i := range nets {
			if i < len(row) && p.Network == "" {
				p.Network = strings.ToLower(row[i])
			}
		}
		if p.Text == "" && len(p.Links) == 0 {
			continue
		}
		if posts = append(posts, p); len(posts) > mostPosts {
			return nil, errTooMany
		}
	}
}

// columnsOf lists the columns whose heading is one of those wanted.
func columnsOf(row, wanted []string) (at []int) {
	for i, head := range row {
		if slices.Contains(wanted, plainHead(head)) {
			at = append(at, i)
		}
	}
	return at
}

var headLetters = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "_", " ", "\u00a0", " ", "’", "'")

func plainHead(s string) string {
	return headLetters.Replace(strings.ToLower(strings.TrimSpace(strings.Trim(s, "\ufeff\" "))))
}

var postDays = []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "02/01/2006 15:04", "02/01/2006", "01/02/2006 15:04", "01/02/2006", "1/2/2006", "2 Jan 2006", "Jan 2, 2006", "January 2, 2006",
	"Mon Jan 02 15:04:05 -0700 2006", "2006-01-02 15:04 -0700", "2006-01-02T15:04:05"}

// postDay reads the day of a post; the zero time when it cannot. Of 03/04 the day comes first, as in French.
func postDay(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range postDays {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 1e9 && n < 1e10 { // Unix seconds
		return time.Unix(n, 0).UTC()
	}
	return time.Time{}
}
