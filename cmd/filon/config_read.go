package main

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds of a configuration: far above what people write, far below what a parser chokes on.
const (
	maxConfigBytes = 256 << 10
	maxConfigLine  = 4 << 10
	maxConfigDepth = 32
)

// reader walks one YAML file. Every complaint names the file and the line.
type reader struct {
	path string // as shown to people
	dir  string // what relative paths in the file are relative to

	variables *[]string // names of the environment variables that secrets come from; may be nil
}

// key is one name that a mapping may hold, and how its value is read.
type key struct {
	name string
	read func(ast.Node) error
}

// bad complains about one line.
func (r reader) bad(n ast.Node, what, hint T) error { return r.badLine(lineOf(n), what, hint) }

func (r reader) badLine(line int, what, hint T) error {
	at := T{FR: "%s : %s", EN: "%s: %s"}.with(r.path, what)
	if line > 0 {
		at = T{FR: "%s:%d : %s", EN: "%s:%d: %s"}.with(r.path, line, what)
	}
	return askedWrongly(at, hint)
}

func lineOf(n ast.Node) int {
	if n == nil {
		return 0
	}
	return tokenLine(n.GetToken())
}

func tokenLine(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 0
	}
	return t.Position.Line
}

// readFile reads a small file; a larger one is refused unread.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = askedWrongly(T{FR: "%s est trop grand (plus de %d ko)", EN: "%s is too large (over %d KB)"}.with(path, limit>>10), T{})
	}
	return data, err
}

// parse gives the root of the file, nil when it holds nothing but comments.
func (r reader) parse(data []byte) (root ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, r.badLine(0, T{FR: "ce fichier n'est pas du YAML lisible", EN: "this file is not readable YAML"}, T{})
		}
	}()
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if err := r.checkShape(data); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey()) // mapping refuses them, in our words
	if err != nil {
		return nil, r.syntax(err)
	}
	for i, doc := range file.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if i > 0 && root != nil {
			return nil, r.bad(doc.Body, T{FR: "un second document après « --- »", EN: "a second document after \"---\""}, T{FR: "gardez un seul document par fichier", EN: "keep one document a file"})
		}
		root = doc.Body
	}
	return root, nil
}

// checkShape refuses, before the parser sees them, files that no person writes.
func (r reader) checkShape(data []byte) error {
	if bytes.IndexByte(data, 0) >= 0 {
		return r.badLine(0, T{FR: "ce n'est pas un fichier de texte UTF-8", EN: "this is not a UTF-8 text file"},
			T{FR: "enregistrez-le en UTF-8", EN: "save it as UTF-8"})
	}
	depth, line := 0, 0
	for text := range bytes.Lines(data) {
		line++
		if len(text) > maxConfigLine {
			return r.badLine(line, T{FR: "ligne trop longue", EN: "line too long"}, T{})
		}
		trimmed := bytes.TrimLeft(text, " ")
		if len(trimmed) > 0 && trimmed[0] == '\t' {
			return r.badLine(line, T{FR: "une tabulation en début de ligne", EN: "a tab at the beginning of the line"},
				T{FR: "YAML se décale avec des espaces : remplacez-la par deux espaces", EN: "YAML is indented with spaces: replace it by two spaces"})
		}
		dashes := 0 // "- - - -" nests once a dash
		for rest := trimmed; bytes.HasPrefix(rest, []byte("- ")) || bytes.HasPrefix(rest, []byte("? ")); rest = rest[2:] {
			dashes++
		}
		depth += bytes.Count(text, []byte("[")) + bytes.Count(text, []byte("{")) - bytes.Count(text, []byte("]")) - bytes.Count(text, []byte("}"))
		depth = max(depth, 0)
		if dashes > maxConfigDepth || depth > maxConfigDepth || len(text)-len(trimmed) > 8*maxConfigDepth {
			return r.badLine(line, T{FR: "imbrication trop profonde", EN: "nested too deeply"}, T{})
		}
	}
	return nil
}

// syntax says what the YAML library found, with its line but without its excerpt of the file.
func (r reader) syntax(err error) error {
	hint := T{FR: "vérifiez les décalages, les deux-points suivis d'un espace et les guillemets de cette ligne", EN: "check the indentation, the colons followed by a space and the quotes of this line"}
	var broken yaml.Error
	if errors.As(err, &broken) {
		return r.badLine(tokenLine(broken.GetToken()), T{FR: "YAML illisible (%s)", EN: "unreadable YAML (%s)"}.with(broken.GetMessage()), hint)
	}
	return r.badLine(0, T{FR: "YAML illisible", EN: "unreadable YAML"}, hint)
}

// mapping reads a mapping whose keys must all be in the list. of names what the mapping describes.
func (r reader) mapping(n ast.Node, of T, keys []key) error {
	pairs, err := r.pairs(n, of)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, p := range pairs {
		name := plain(p.Key)
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			return r.unknownKey(p.Key, name, of, keys)
		}
		if seen[name] {
			return r.bad(p.Key, T{FR: "clé écrite deux fois : %s", EN: "key written twice: %s"}.with(name), T{FR: "gardez-en une", EN: "keep one"})
		}
		seen[name] = true
		if p.Value == nil || p.Value.Type() == ast.NullType {
			continue // "include:" with nothing after it is not given
		}
		if err := keys[i].read(p.Value); err != nil {
			return err
		}
	}
	return nil
}

func (r reader) unknownKey(n ast.Node, name string, of T, keys []key) error {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	what := T{FR: "clé inconnue %q dans %s", EN: "unknown key %q in %s"}.with(name, of)
	if near := nearest(name, names); near != "" {
		return r.bad(n, what, T{FR: "vouliez-vous dire %s ?", EN: "did you mean %s?"}.with(near))
	}
	return r.bad(n, what, T{FR: "clés possibles : %s", EN: "possible keys: %s"}.with(strings.Join(names, ", ")))
}

func (r reader) pairs(n ast.Node, of T) ([]*ast.MappingValueNode, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	if err := r.noAlias(n); err != nil {
		return nil, err
	}
	return nil, r.bad(n, T{FR: "%s attend des lignes « clé: valeur »", EN: "%s needs \"key: value\" lines"}.with(of), T{FR: "laissez un espace après les deux-points", EN: "leave a space after the colon"})
}

// noAlias refuses anchors, aliases and tags: a configuration reads the same from any line, and no
// small file can unfold into a large one.
func (r reader) noAlias(n ast.Node) error {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		return r.bad(n, T{FR: "les ancres (&), renvois (*) et étiquettes (!) de YAML ne sont pas lus ici", EN: "anchors (&), aliases (*) and tags (!) of YAML are not read here"},
			T{FR: "écrivez la valeur ; mettez-la entre guillemets si elle commence par &, * ou !", EN: "write the value; put it between quotes if it begins with &, * or !"})
	}
	return nil
}

// plain is a scalar as it is written, "" for anything else.
func plain(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.MergeKeyNode, *ast.NullNode:
		if t := n.GetToken(); t != nil {
			return t.Value
		}
	}
	return ""
}

// scalar gives the one value of a line.
func (r reader) scalar(n ast.Node) (string, error) {
	if err := r.noAlias(n); err != nil {
		return "", err
	}
	if text, is := glued(n); is {
		return text, nil
	}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode, *ast.SequenceNode:
		return "", r.bad(n, T{FR: "une seule valeur est attendue ici", EN: "a single value is expected here"},
			T{FR: "mettez entre guillemets une valeur qui contient « : » ou commence par [ ou {", EN: "put a value between quotes when it contains \": \" or begins with [ or {"})
	}
	return strings.TrimSpace(plain(n)), nil
}

// glued gives the text that the library takes for a key and its value although nothing stands after the colon, as the port
// of an address does in a list inside braces: {seeds: [http://intranet:8080/]}. In YAML that is one plain text (1.2.2, 7.3.3).
func glued(n ast.Node) (string, bool) {
	pair, ok := n.(*ast.MappingValueNode)
	if m, one := n.(*ast.MappingNode); one && len(m.Values) == 1 && m.Start.Type != token.MappingStartType {
		pair, ok = m.Values[0], true
	}
	if !ok || pair.Start == nil || pair.Value == nil {
		return "", false
	}
	key, plainKey := pair.Key.(*ast.StringNode)
	after := pair.Value.GetToken()
	if !plainKey || key.Token.Type != token.StringType || after == nil || after.Position == nil || pair.Start.Position == nil ||
		after.Position.Line != pair.Start.Position.Line || after.Position.Column != pair.Start.Position.Column+1 {
		return "", false
	}
	value := plain(pair.Value)
	return key.Value + ":" + value, value != ""
}

func (r reader) text(to *string) func(ast.Node) error {
	return func(n ast.Node) (err error) {
		*to, err = r.scalar(n)
		return err
	}
}

// value reads a scalar through a function; want says what is allowed.
func value[V any](r reader, to *V, want T, read func(string) (V, bool)) func(ast.Node) error {
	return func(n ast.Node) error {
		s, err := r.scalar(n)
		if err != nil {
			return err
		}
		v, ok := read(s)
		if !ok {
			return r.bad(n, T{FR: "valeur refusée : %q", EN: "value refused: %q"}.with(s), want)
		}
		*to = v
		return nil
	}
}

func (r reader) flag(to *bool) func(ast.Node) error {
	return value(r, to, T{FR: "écrivez true ou false", EN: "write true or false"}, func(s string) (bool, bool) { return s == "true", s == "true" || s == "false" })
}

func (r reader) number(to *int, least, most int) func(ast.Node) error {
	return value(r, to, T{FR: "donnez un nombre entier de %d à %d", EN: "give a whole number from %d to %d"}.with(least, most), func(s string) (int, bool) {
		n, err := strconv.Atoi(strings.ReplaceAll(s, "_", ""))
		return n, err == nil && n >= least && n <= most
	})
}

// share is a part of 1.
func (r reader) share(to *float64, least float64) func(ast.Node) error {
	return value(r, to, T{FR: "donnez un nombre de %s à 1, par exemple 0.8", EN: "give a number from %s to 1, for example 0.8"}.with(strconv.FormatFloat(least, 'f', -1, 64)), func(s string) (float64, bool) {
		f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		return f, err == nil && f >= least && f <= 1
	})
}

func (r reader) duration(to *time.Duration, least, most time.Duration) func(ast.Node) error {
	return value(r, to, T{FR: "donnez une durée avec son unité, de %s à %s, par exemple 500ms ou 2s", EN: "give a duration with its unit, from %s to %s, for example 500ms or 2s"}.with(least, most), func(s string) (time.Duration, bool) {
		d, err := time.ParseDuration(strings.ReplaceAll(s, " ", ""))
		return d, err == nil && d >= least && d <= most
	})
}

func (r reader) size(to *int64, least, most int64) func(ast.Node) error {
	return value(r, to, T{FR: "donnez une taille avec son unité, de %s à %s, par exemple 20MB", EN: "give a size with its unit, from %s to %s, for example 20MB"}.with(sizeText(least), sizeText(most)), func(s string) (int64, bool) {
		n, ok := parseSize(s)
		return n, ok && n >= least && n <= most
	})
}

func (r reader) oneOf(to *string, allowed ...string) func(ast.Node) error {
	return func(n ast.Node) error {
		s, err := r.scalar(n)
		if err != nil {
			return err
		}
		if !slices.Contains(allowed, s) {
			hint := T{FR: "valeurs possibles : %s", EN: "possible values: %s"}.with(strings.Join(allowed, ", "))
			return r.bad(n, T{FR: "valeur refusée : %q", EN: "value refused: %q"}.with(s), hint)
		}
		*to = s
		return nil
	}
}

// list reads a sequence, or one value in place of a sequence of one. check may be nil.
func (r reader) list(to *[]string, check func(string) (string, T)) func(ast.Node) error {
	return func(n ast.Node) error {
		nodes := []ast.Node{n}
		if seq, ok := n.(*ast.SequenceNode); ok {
			nodes = seq.Values
		}
		for _, n := range nodes {
			if n == nil || n.Type() == ast.NullType {
				return r.bad(n, T{FR: "un tiret sans valeur", EN: "a dash without a value"}, T{FR: "complétez la ligne ou enlevez-la", EN: "complete the line or remove it"})
			}
			s, err := r.scalar(n)
			if err != nil {
				return err
			}
			if check != nil {
				var complaint T
				if s, complaint = check(s); complaint != (T{}) {
					return r.bad(n, T{FR: "valeur refusée : %q", EN: "value refused: %q"}.with(s), complaint)
				}
			}
			*to = append(*to, s)
		}
		return nil
	}
}

// path reads the name of a file or folder; a relative one is relative to the configuration.
func (r reader) file(to *string) func(ast.Node) error {
	return func(n ast.Node) error {
		s, err := r.scalar(n)
		if err != nil {
			return err
		}
		if s != "" && !filepath.IsAbs(s) {
			s = filepath.Join(r.dir, s)
		}
		*to = s
		return nil
	}
}

// checkURL accepts an address that filon can visit, without a password in it.
func checkURL(s string) (string, T) {
	u, err := url.Parse(s)
	if whole, werr := url.Parse("https://" + s); !strings.Contains(s, ":/") && werr == nil && strings.Contains(whole.Hostname(), ".") && whole.User == nil {
		return s, T{FR: "donnez l'adresse complète : https://%s", EN: "give the full address: https://%s"}.with(s)
	}
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return s, T{FR: "donnez une adresse complète, par exemple https://www.exemple.fr/", EN: "give a full address, for example https://www.example.com/"}
	case u.User != nil:
		return u.Redacted(), T{FR: "pas de nom ni de mot de passe dans une adresse : voyez auth", EN: "no name or password in an address: see auth"}
	}
	return s, T{}
}
