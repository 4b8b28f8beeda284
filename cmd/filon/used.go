package main

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
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
	if n := c.String("network"); n != "" {
		var known []string
		networks, _ := classify.Networks()
		for _, k := range networks {
			known = append(known, k.ID)
		}
		if err := oneOf("network", strings.ToLower(n), known); err != nil {
			return err
		}
	}
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
				read[i].Network = strings.ToLower(c.String("network"))
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

// mostPostsFile bounds a file of posts, in bytes.
const mostPostsFile = 64 << 20

var (
	errNoColumns = errors.New("no column with a text or a link")
	errOwnExport = errors.New("an export of filon")
)

func postsFault(err error) T {
	switch {
	case errors.Is(err, errNoColumns):
		return T{FR: "aucune colonne de texte ni de lien", EN: "no column with a text or a link"}
	case errors.Is(err, errOwnExport):
		return T{FR: "c'est un export de filon, et non de publications", EN: "this is an export of filon, not of posts"}
	}
	return gridFault(err)
}

// The headings of exports, folded. Networks rename them now and then, so each is known by what it holds.
var (
	textHeads = []string{"sharecommentary", "text", "texte", "message", "description", "title", "titre", "tweet text", "full_text", "caption", "legende", "content", "contenu", "post", "commentaire", "post text", "post message", "update"}
	linkHeads = []string{"sharedurl", "sharelink", "mediaurl", "link", "lien", "links", "url", "permalink", "permalien", "post link", "tweet permalink", "link(s)", "lien de la publication", "update link", "post url"}
	dateHeads = []string{"date", "time", "publish time", "heure de publication", "created date", "created at", "created_at", "posted on", "posting time", "date de creation", "publie le", "post date"}
	netHeads  = []string{"network", "reseau", "platform", "plateforme", "channel", "social network", "account type"}

	linkInPost = regexp.MustCompile(`https?://[^\s"'<>)\]]+`)
)

// readPosts reads an export as readGrid does, perhaps with lines before its headings, which may have misled about what
// separates its cells.
func readPosts(data []byte) ([]index.Post, error) {
	rows, err := readGrid(data)
	if err != nil {
		return nil, err
	}
	posts, err := postsOf(rows)
	if plain, bad := plainText(data); errors.Is(err, errNoColumns) && bad == nil && !export.IsWorkbook(data) {
		for _, comma := range ",;\t" {
			if rows, bad := csvRows(plain, comma, 0); bad == nil && errors.Is(err, errNoColumns) {
				posts, err = postsOf(rows)
			}
		}
	}
	return posts, err
}

func postsOf(rows []gridRow) ([]index.Post, error) {
	var texts, links, dates, nets []int
	for line := 0; len(texts)+len(links) == 0; line++ {
		if len(rows) == 0 || line == 20 {
			return nil, errNoColumns
		}
		heads := rows[0].cells
		rows = rows[1:]
		if columnNamed(heads, "item_id") >= 0 && columnNamed(heads, "verdict") >= 0 {
			return nil, errOwnExport
		}
		texts, links, dates, nets = columnsOf(heads, textHeads), columnsOf(heads, linkHeads), columnsOf(heads, dateHeads), columnsOf(heads, netHeads)
	}
	var posts []index.Post
	for _, r := range rows {
		row := r.cells
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
		posts = append(posts, p)
	}
	return posts, nil
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

var headLetters = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a", "â", "a", "î", "i", "ï", "i", "ô", "o", "ù", "u", "û", "u", "ç", "c", "_", " ", "\u00a0", " ", "’", "'")

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
	if days, err := strconv.ParseFloat(s, 64); err == nil && days > 36526 && days < 73051 { // a cell of a workbook, from 2000 to 2100
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(days * 24 * float64(time.Hour))).Truncate(time.Second)
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 1e9 && n < 1e10 { // Unix seconds
		return time.Unix(n, 0).UTC()
	}
	return time.Time{}
}
