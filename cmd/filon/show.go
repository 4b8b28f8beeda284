package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

func showCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "show", ArgsUsage: say.in(T{FR: "ADRESSE", EN: "URL"}),
			Usage: say.in(T{FR: "tout ce que l'on sait d'un contenu, avec les raisons de son verdict", EN: "everything known about one item, with the reasons of its verdict"}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say),
				choice("format", "table", []string{"table", "json"}, say.in(T{FR: "table ou json", EN: "table or json"})),
				&cli.BoolFlag{Name: "text", Usage: say.in(T{FR: "montrer aussi le texte", EN: "show the text too"})},
				&cli.BoolFlag{Name: "removed", Usage: say.in(T{FR: "montrer aussi ce qui a été écarté du texte principal, et pourquoi", EN: "show too what was left out of the main text, and why"})}},
			Action: func(c *cli.Context) error { return show(say, c) },
		},
		Examples: []example{
			{"filon show https://www.exemple.fr/references/gare-de-lyon", T{FR: "par son adresse", EN: "by its address"}},
			{"filon show 9f86d081884c7d65 --format json", T{FR: "par son identifiant, pour un programme", EN: "by its identifier, for a program"}},
		},
		MinArgs: 1, MaxArgs: 1,
	}
}

func show(say *speaker, c *cli.Context) error {
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	rec, err := s.named(c)
	if err != nil {
		return err
	}
	if c.String("format") == "json" && c.Bool("removed") {
		return askedWrongly(T{FR: "--removed est pour les yeux, pas pour --format json", EN: "--removed is for eyes, not for --format json"},
			T{FR: "ôtez l'un des deux", EN: "leave one of them out"})
	}
	if err := s.index.CountUses(c.Context, &rec); err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	shown := func(addr string) string { return export.ShownAt(c.Context, s.index, addr) }
	if c.String("format") == "json" {
		opts := exportOptions(say)
		opts.Address = shown
		b, err := export.JSON(rec, opts)
		if err != nil {
			return err
		}
		say.raw(string(b) + "\n")
		return nil
	}
	var users []string
	if strings.HasPrefix(rec.Item.MIME, "image/") && rec.Ruling() != classify.Never {
		if users, err = s.index.PagesWith(c.Context, rec.Item.Address, mostUsers); err != nil {
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		for i := range users {
			users[i] = shown(users[i])
		}
	}
	say.record(rec, c.Bool("text"), shown, users...)
	if err := say.earlier(c, s, rec); err != nil {
		return err
	}
	if c.Bool("removed") {
		say.removed(rec)
	}
	return nil
}

// mostCalled is how many items of one name are told apart.
const mostCalled = 5

// named gives the record that the first argument names, by its address, its identifier, or the end of its address where no other's
// ends so.
func (s *stock) named(c *cli.Context) (index.Record, error) {
	name := c.Args().First()
	ways := append(waysToWrite(name), name) // perhaps it is an identifier
	for _, way := range ways {
		rec, ok, err := s.index.Get(c.Context, way)
		if err != nil {
			return rec, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		}
		if ok {
			return rec, nil
		}
	}
	if name != "" && !strings.Contains(name, "://") {
		called, err := s.index.Called(c.Context, name, mostCalled)
		switch {
		case err != nil:
			return index.Record{}, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		case len(called) == 1:
			return called[0], nil
		case len(called) > 1:
			var places []string
			for _, rec := range called {
				places = append(places, export.Shown(rec))
			}
			return index.Record{}, askedWrongly(T{FR: "plusieurs contenus s'appellent ainsi : %s", EN: "several items are called so: %s"}.with(strings.Join(places, ", ")),
				T{FR: "donnez l'adresse entière de l'un d'eux", EN: "give the whole address of one"})
		}
	}
	return index.Record{}, askedWrongly(T{FR: "pas dans l'inventaire : %s", EN: "not in the inventory: %s"}.with(shownAddress(ways[0])),
		T{FR: "filon explain %s dit pourquoi", EN: "filon explain %s says why"}.with(shownAddress(ways[0])))
}

// waysToWrite gives the addresses that a person may mean by a name, the likeliest first: as it is written, with a slash at
// its end or without, with the scheme that was left out, as a path that exists here. Nil when it can be none.
func waysToWrite(name string) []string {
	var ways []string
	add := func(addr string) {
		if !slices.Contains(ways, addr) {
			ways = append(ways, addr)
		}
	}
	both := func(addr string, err error) {
		if err != nil {
			return
		}
		add(addr)
		if path, query, asks := strings.Cut(addr, "?"); asks {
			add(slashed(path) + "?" + query)
		} else {
			add(slashed(addr))
		}
	}
	both(located(name))
	if strings.Contains(name, "://") {
		for _, pair := range [][2]string{{"http://", "https://"}, {"https://", "http://"}} {
			if rest, ok := strings.CutPrefix(name, pair[0]); ok {
				both(address.Canonical(pair[1] + rest))
			}
		}
		return ways
	}
	if _, err := os.Stat(name); err == nil {
		if full, err := filepath.Abs(name); err == nil {
			both(located(full))
		}
	}
	if host, _, _ := strings.Cut(name, "/"); strings.ContainsAny(host, ".:") || strings.Contains(name, "/") {
		both(address.Canonical("https://" + name))
		both(address.Canonical("http://" + name))
	}
	return ways
}

// slashed gives an address with a slash at its end when it has none, and without when it has.
func slashed(addr string) string {
	if without, had := strings.CutSuffix(addr, "/"); had {
		return without
	}
	return addr + "/"
}

// record prints one record for people; personal data and secrets are masked, and nothing is quoted of
// what must never be published.
func (s *speaker) record(r index.Record, text bool, shown func(string) string, users ...string) {
	v, it := r.Verdict, r.Item
	closed := r.Ruling() == classify.Never
	hide := v.Hide(classify.Mask)
	title, hook := hide(it.Title), hide(v.Hook)
	if closed {
		title, hook = index.MaskedTitle, ""
	}
	s.raw(s.paint(bold, oneLine(title)) + "\n" + oneLine(export.Shown(r)) + "\n\n")
	verdict := s.verdictCell(r.Ruling())
	judged := kindWords(s, v.Kind)
	switch {
	case r.Decision.Lapsed != "":
		judged += " (" + s.in(lapsedWhy(r.Decision.Lapsed)) + ")"
	case r.Ruling() != v.Outcome:
		judged = s.in(T{FR: " (décidé ; d'après les règles : %s)", EN: " (decided; by the rules: %s)"}.with(s.verdictCell(v.Outcome).Text))
	}
	toil, askFor := effort(s, v), T{FR: "À faire valider par", EN: "To be approved by"}
	if closed { // nobody is to work on it, and who is named may only lift the verdict
		toil, askFor = "", T{FR: "Seuls à pouvoir le lever", EN: "Only lifted by"}
	}
	s.facts([][2]string{
		{s.in(T{FR: "Verdict", EN: "Verdict"}), s.paint(verdict.Style, verdict.Text) + judged},
		{s.in(T{FR: "Score", EN: "Score"}), fmt.Sprintf("%d/100", v.Readiness)},
		{s.in(T{FR: "Effort", EN: "Effort"}), toil},
		{s.in(askFor), approvers(s.lang, v.Approvers)},
		{s.in(T{FR: "Type", EN: "Type"}), fmt.Sprintf("%s (%s)", classify.TypeLabel(v.Type, s.lang), number(v.Confidence, s.lang))},
		{s.in(T{FR: "Format", EN: "Format"}), classify.FormatLabel(v.Format, s.lang)},
		{s.in(T{FR: "Réseaux conseillés", EN: "Networks that fit"}), strings.Join(v.NetworksFit, ", ")},
		{s.in(T{FR: "Réseaux prêts", EN: "Networks ready"}), strings.Join(v.NetworksReady, ", ")},
		{s.in(T{FR: "Accroche", EN: "Hook"}), hook},
		{s.in(T{FR: "Source", EN: "Source"}), fmt.Sprintf("%s (%s)", it.Source, s.in(seenBy(it.Access)))},
		{s.in(T{FR: "Rubrique", EN: "Section"}), filedIn(it)},
		{s.in(T{FR: "Langue", EN: "Language"}), languagesOf(s, it)},
		{s.in(T{FR: "Publié", EN: "Published"}), s.date(it.Published)},
		{s.in(T{FR: "Modifié", EN: "Modified"}), s.date(it.Modified)},
		{s.in(T{FR: "Vu la première fois", EN: "First seen"}), since(r.FirstSeen)},
		{s.in(T{FR: "Expire", EN: "Expires"}), s.date(r.Expires())},
		{s.in(T{FR: "Mots", EN: "Words"}), strconv.Itoa(it.Shape.Words)},
		{s.in(T{FR: "Pages", EN: "Pages"}), nonZero(it.Pages)},
		{s.in(T{FR: "Durée", EN: "Duration"}), filmOf(it)},
		{s.in(T{FR: "Image", EN: "Picture"}), pictureOf(s, it, closed)},
		{s.in(T{FR: "Utilisée par", EN: "Used by"}), strings.Join(users, ", ")},
		{s.in(T{FR: "Liens vers lui", EN: "Links to it"}), strconv.Itoa(r.Inlinks)},
		{s.in(T{FR: "Disparu depuis", EN: "Gone since"}), since(r.Gone)},
		{s.in(T{FR: "Groupe de copies", EN: "Group of copies"}), copyOf(s, r)},
		{s.in(T{FR: "Dans plusieurs silos", EN: "In several silos"}), strings.Join(r.Silos, ", ")},
		{s.in(T{FR: "Déjà public", EN: "Already public"}), publicAt(s, r.Public, shown)},
		{s.in(T{FR: "De l'interne au public", EN: "From inside to public"}), lagWords(s, r.Lag)},
		{s.in(T{FR: "Problème", EN: "Problem"}), s.problem(it.Problem)},
		{s.in(T{FR: "Déjà publié", EN: "Already used"}), s.wentOut(r.Used)},
		{s.in(T{FR: "Décision", EN: "Decision"}), s.decided(r.Decision)},
		{s.in(T{FR: "Jugé", EN: "Judged"}), s.in(T{FR: "le %s, règles et politique %s", EN: "on %s, rules and policy %s"}.with(v.Day, v.Rules))},
	})
	s.details(r, closed, shown)
	s.reasons(v)
	if text && !closed {
		s.raw("\n" + readable(v.Hide(classify.Mask)(it.Text)) + "\n")
	}
}

// approvers names the roles that must say yes.
func approvers(lang string, roles []string) string {
	var all []string
	for _, r := range roles {
		all = append(all, classify.ApproverLabel(r, lang))
	}
	return strings.Join(all, ", ")
}

// facts prints names and values, without those that are empty.
func (s *speaker) facts(facts [][2]string) {
	width := 0
	for _, f := range facts {
		if f[1] != "" {
			width = max(width, textWidth(f[0]))
		}
	}
	for _, f := range facts {
		if f[1] != "" {
			s.raw("  " + f[0] + strings.Repeat(" ", width-textWidth(f[0])+2) + oneLine(f[1]) + "\n")
		}
	}
}

var severityMarks = map[classify.Severity]struct {
	mark  string
	style style
}{
	classify.Block: {"✗", red}, classify.Review: {"?", blue}, classify.Note: {"~", yellow}, classify.Good: {"+", green},
}

func (s *speaker) reasons(v classify.Verdict) {
	if len(v.Reasons) == 0 && len(v.For)+len(v.Against) == 0 {
		return
	}
	s.raw("\n")
	s.line(T{FR: "Pourquoi :", EN: "Why:"})
	for _, r := range v.Reasons {
		m := severityMarks[r.Severity]
		s.raw(fmt.Sprintf("  %s %s  %s\n", s.paint(m.style, m.mark), s.paint(dim, r.Rule), oneLine(r.Says.In(s.lang))))
		if r.Quote != "" || r.Where != "" {
			s.raw("      " + s.paint(dim, oneLine(quoted(r.Quote, s.lang)+" "+s.place(r.Where))) + "\n")
		}
		if r.Basis != "" {
			s.raw("      " + s.paint(dim, oneLine(r.Basis)) + "\n")
		}
	}
	told := func(t classify.Text) bool { // a rule above says it
		return slices.ContainsFunc(v.Reasons, func(r classify.Reason) bool { return r.Says == t })
	}
	for _, t := range v.For {
		if told(t) {
			continue
		}
		s.raw("  " + s.paint(green, "+") + " " + oneLine(t.In(s.lang)) + "\n")
	}
	for _, t := range v.Against {
		if told(t) {
			continue
		}
		s.raw("  " + s.paint(yellow, "-") + " " + oneLine(t.In(s.lang)) + "\n")
	}
}

func quoted(q, lang string) string {
	switch {
	case q == "":
		return ""
	case lang == "fr":
		return "« " + q + " »"
	}
	return "“" + q + "”"
}

func kindWords(s *speaker, k classify.Kind) string {
	words := map[classify.Kind]T{
		classify.Secret: {FR: "secret", EN: "secret"}, classify.Unlawful: {FR: "illicite", EN: "unlawful"}, classify.Embargo: {FR: "sous embargo", EN: "under embargo"},
		classify.Expired: {FR: "périmé", EN: "expired"}, classify.Trivial: {FR: "sans intérêt public", EN: "of no public interest"},
	}
	if w, ok := words[k]; ok {
		return " (" + s.in(w) + ")"
	}
	return ""
}

func effort(s *speaker, v classify.Verdict) string {
	words := map[string]T{"none": {FR: "aucun", EN: "none"}, "light": {FR: "léger", EN: "light"}, "medium": {FR: "moyen", EN: "medium"}, "heavy": {FR: "lourd", EN: "heavy"}}
	w, ok := words[v.Effort]
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s (%d min)", s.in(w), v.EffortMinutes)
}

func number(f float64, lang string) string {
	n := strconv.FormatFloat(f, 'f', 2, 64)
	if lang == "fr" {
		return strings.Replace(n, ".", ",", 1)
	}
	return n
}

// since is a day, "" for the zero time.
func since(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func copyOf(s *speaker, r index.Record) string {
	if r.Group == "" {
		return ""
	}
	what := T{FR: "copie", EN: "copy"}
	if r.Canonical {
		what = T{FR: "version de référence", EN: "the version to use"}
	}
	return fmt.Sprintf("%s (%s, %s)", r.Group, s.in(what), s.in(plural(r.Copies, T{FR: "et une autre", EN: "and one more"}, T{FR: "et %d autres", EN: "and %d more"})))
}

// publicAt says where the text of an item that is not public stands in public, and how much of it.
func publicAt(s *speaker, e index.Elsewhere, shown func(string) string) string {
	if e.Address == "" {
		return ""
	}
	return s.in(T{FR: "%.0f %% du texte à %s", EN: "%.0f%% of the text at %s"}.with(100*e.Share, shown(e.Address)))
}

func lagWords(s *speaker, l index.Lag) string {
	if !l.Known {
		return ""
	}
	if l.Days < 0 {
		return s.in(plural(-l.Days, T{FR: "public un jour avant", EN: "public one day before"}, T{FR: "public %d jours avant", EN: "public %d days before"}))
	}
	return s.in(plural(l.Days, T{FR: "un jour", EN: "one day"}, T{FR: "%d jours", EN: "%d days"}))
}

// wentOut says when an item went out on a network; "" when nothing tells that it did.
func (s *speaker) wentOut(u index.Used) string {
	switch {
	case !u.Yes:
		return ""
	case u.On.IsZero():
		return s.in(T{FR: "oui", EN: "yes"})
	}
	return s.in(T{FR: "le %s", EN: "on %s"}.with(u.On.Format(time.DateOnly)))
}

func (s *speaker) decided(d index.Decision) string {
	var parts []string
	verdict := ""
	if d.Verdict != "" {
		verdict = s.verdictCell(d.Verdict).Text
	}
	for _, v := range []string{verdict, d.Disposition, d.AssignedTo, d.Notes} {
		if v != "" {
			parts = append(parts, v)
		}
	}
	if d.By != "" {
		parts = append(parts, "("+d.By+", "+d.At.Format(time.DateOnly)+")")
	}
	if d.Lapsed != "" {
		parts = append(parts, s.in(lapsedWhy(d.Lapsed)))
	}
	return strings.Join(parts, " · ")
}

// mostEarlier is how many earlier decisions are shown of an item.
const mostEarlier = 5

// earlier prints the decisions that others have replaced.
func (s *speaker) earlier(c *cli.Context, st *stock, rec index.Record) error {
	all, err := st.index.Earlier(c.Context, rec.Item.Address, mostEarlier)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if len(all) == 0 {
		return nil
	}
	s.raw("\n")
	s.line(T{FR: "Décisions d'avant :", EN: "Earlier decisions:"})
	for _, d := range all {
		s.raw("  " + oneLine(s.decided(d)) + "\n")
	}
	return nil
}

// readable makes a text of several lines safe to print.
func readable(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(oneLine(line))
		b.WriteByte('\n')
	}
	return b.String()
}

// seenBy says how far an item reaches already, and by whom it was seen.
func seenBy(a content.Access) T {
	if a.SeenAs == "" {
		return reach(a.Visibility)
	}
	return T{FR: "%s, vu par %s", EN: "%s, seen as %s"}.with(reach(a.Visibility), oneLine(a.SeenAs))
}

// reach names a visibility.
func reach(v content.Visibility) T {
	switch v {
	case content.Public:
		return T{FR: "public", EN: "public"}
	case content.Intranet:
		return T{FR: "intranet", EN: "intranet"}
	case content.Restricted:
		return T{FR: "accès restreint", EN: "restricted"}
	case content.FileShare:
		return T{FR: "partage de fichiers", EN: "file share"}
	}
	return same(string(v))
}

// filmOf says how long a film or a recording is, and how large its picture.
func filmOf(it content.Item) string {
	var all []string
	if n := it.Seconds; n > 0 {
		all = append(all, (time.Duration(n) * time.Second).String())
	}
	if w, h := it.Properties["video:width"], it.Properties["video:height"]; w != "" && h != "" {
		all = append(all, w+" × "+h)
	}
	return strings.Join(all, ", ")
}

// pictureOf is what a picture file says of itself: size, who made it, whose it is, who licenses it, how
// it was made. It is "" for everything else, and for what must not leave.
func pictureOf(s *speaker, it content.Item, closed bool) string {
	if closed || !strings.HasPrefix(it.MIME, "image/") || len(it.Images) == 0 {
		return ""
	}
	im := it.Images[0]
	var parts []string
	if im.Width > 0 {
		parts = append(parts, fmt.Sprintf("%d × %d px", im.Width, im.Height))
	}
	for _, p := range []struct {
		name  T
		value string
	}{
		{T{FR: "auteur", EN: "creator"}, im.Creator}, {T{FR: "crédit", EN: "credit"}, im.Credit}, {T{FR: "droits", EN: "copyright"}, im.Copyright},
		{T{FR: "licence", EN: "licence"}, im.License}, {T{FR: "concédée par", EN: "licensed by"}, im.Licensor}, {T{FR: "origine", EN: "made by"}, im.SourceType},
		{T{FR: "jusqu'au", EN: "until"}, untilDay(it.Expires)},
	} {
		if p.value != "" {
			parts = append(parts, s.in(p.name)+" "+classify.Mask(p.value))
		}
	}
	return strings.Join(parts, "; ")
}

func untilDay(d content.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.DateOnly)
}
