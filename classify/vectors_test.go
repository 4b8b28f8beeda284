package classify

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// TestChecksums holds the vectors of the domain study.
func TestChecksums(t *testing.T) {
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"nir", nir("255081416802538"), true}, {"nir 2A", nir("199052a00412349"), true}, {"nir 2B", nir("199052b00412376"), true}, {"nir wrong key", nir("255081416802539"), false},
		{"iban", iban("fr1420041010050500013m02606"), true}, {"iban wrong key", iban("fr1420041010050500013m02607"), false}, {"iban wrong length", iban("fr44732829320"), false},
		{"rib", rib("20041010050500013m02606"), true}, {"rib wrong key", rib("20041010050500013m02607"), false},
		{"siren", siren("732829320"), true}, {"siret", siren("73282932000074"), true}, {"siret wrong", siren("73282932000079"), false}, {"La Poste", siren("35600000049837"), true},
		{"vat", vatFR("fr44732829320"), true}, {"vat wrong", vatFR("fr45732829320"), false},
		{"card", card("4539578763621486"), true}, {"card wrong", card("4539578763621487"), false}, {"no issuer", card("9999888877776666"), false}, {"amex", card("378282246310005"), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestStdnumVectors reads the examples in the documentation of a library of number formats: those
// that it accepts are found in a sentence, those that it refuses are left.
func TestStdnumVectors(t *testing.T) {
	root := corpus(t, "pii-vectors")
	call := regexp.MustCompile(`(?m)^>>> validate\('([^']+)'\)(.*)\n(.*)`)
	found, left, trues, falses := 0, 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		kind, lead := isSecret, ""
		switch rel := filepath.ToSlash(path); {
		case strings.HasSuffix(rel, "stdnum/fr/nir.py"):
			kind, lead = isNIR, "Dossier "
		case strings.HasSuffix(rel, "stdnum/iban.py"), strings.HasSuffix(rel, "stdnum/es/iban.py"), strings.HasSuffix(rel, "stdnum/be/iban.py"):
			kind, lead = isIBAN, "Compte "
		case strings.HasSuffix(rel, "stdnum/fr/siret.py"), strings.HasSuffix(rel, "stdnum/fr/siren.py"), strings.HasSuffix(rel, "stdnum/fr/tva.py"):
			kind, lead = isEmail, "Société " // a company's number is no personal value
		default:
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range call.FindAllStringSubmatch(string(data), -1) {
			refused := strings.HasPrefix(m[3], "Traceback")
			if refused && kind == isIBAN && iban(strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(m[1]))) {
				continue // refused for another country's own rules: it is an account all the same
			}
			f := fold(lead + m[1] + " au registre.")
			hit := false
			for _, v := range valuesOf(&f) {
				hit = hit || v.kind == kind || kind == isEmail && v.kind != isEmail
			}
			switch {
			case kind == isEmail:
				falses++
				if hit {
					t.Errorf("%s: a company's number %q is taken for a personal value", filepath.Base(path), m[1])
				} else {
					left++
				}
			case refused:
				falses++
				if hit {
					t.Errorf("%s: %q is refused there and found here", filepath.Base(path), m[1])
				} else {
					left++
				}
			default:
				trues++
				if !hit {
					t.Errorf("%s: %q is not found", filepath.Base(path), m[1])
				} else {
					found++
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("found %d of %d, left %d of %d", found, trues, left, falses)
}

// sample evaluates the expressions that build the examples of the rule set: literals, sums, random
// secrets of a pattern (drawn with a fixed seed). ok is false for anything else.
func sample(e ast.Expr, rnd *rand.Rand) (all []string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return []string{s}, err == nil
	case *ast.ParenExpr:
		return sample(e.X, rnd)
	case *ast.BinaryExpr:
		a, ok1 := sample(e.X, rnd)
		b, ok2 := sample(e.Y, rnd)
		if !ok1 || !ok2 || len(a) != 1 || len(b) != 1 {
			return nil, false
		}
		return []string{a[0] + b[0]}, true
	case *ast.CallExpr:
		name := ""
		switch f := e.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		var args []string
		for _, a := range e.Args {
			s, ok := sample(a, rnd)
			if !ok || len(s) != 1 {
				return nil, false
			}
			args = append(args, s[0])
		}
		switch {
		case name == "NewSecret" || name == "NewSecretWithEntropy" || name == "newPlausibleSecret":
			return []string{draw(args[0], rnd)}, true
		case name == "AlphaNumeric":
			return []string{"[a-z0-9]{" + args[0] + "}"}, true
		case name == "AlphaNumericExtendedShort":
			return []string{"[a-z0-9_-]{" + args[0] + "}"}, true
		case name == "AlphaNumericExtended":
			return []string{"[a-z0-9=_-]{" + args[0] + "}"}, true
		case name == "AlphaNumericExtendedLong":
			return []string{"[a-z0-9/=_+-]{" + args[0] + "}"}, true
		case name == "Hex":
			return []string{"[a-f0-9]{" + args[0] + "}"}, true
		case name == "Numeric":
			return []string{"[0-9]{" + args[0] + "}"}, true
		case name == "Hex8_4_4_4_12" && len(args) == 0:
			return []string{"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"}, true
		case (name == "GenerateSampleSecret" || name == "GenerateSampleSecrets") && len(args) == 2:
			return []string{args[0] + `_api_token = "` + args[1] + `"`}, true
		}
	}
	return nil, false
}

// draw makes a string that a pattern matches.
func draw(pattern string, rnd *rand.Rand) string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	var walk func(r *syntax.Regexp)
	walk = func(r *syntax.Regexp) {
		times := func(least, most int) {
			n := least
			if most > least {
				n += rnd.Intn(min(most-least, 12) + 1)
			}
			for range n {
				walk(r.Sub[0])
			}
		}
		switch r.Op {
		case syntax.OpLiteral:
			b.WriteString(string(r.Rune))
		case syntax.OpCharClass:
			n := 0
			for i := 0; i < len(r.Rune); i += 2 {
				n += int(min(r.Rune[i+1], 126) - r.Rune[i] + 1)
			}
			k := rnd.Intn(max(n, 1))
			for i := 0; i < len(r.Rune); i += 2 {
				if w := int(min(r.Rune[i+1], 126) - r.Rune[i] + 1); k < w {
					b.WriteRune(r.Rune[i] + rune(k))
					return
				} else {
					k -= w
				}
			}
		case syntax.OpConcat:
			for _, s := range r.Sub {
				walk(s)
			}
		case syntax.OpCapture:
			walk(r.Sub[0])
		case syntax.OpAlternate:
			walk(r.Sub[rnd.Intn(len(r.Sub))])
		case syntax.OpRepeat:
			times(r.Min, r.Max)
		case syntax.OpQuest:
			times(0, 1)
		case syntax.OpPlus:
			times(1, 4)
		case syntax.OpStar:
			times(0, 4)
		}
	}
	walk(re)
	return b.String()
}

// TestSecretVectors reads the true and false examples of a secret scanner's rules.
func TestSecretVectors(t *testing.T) {
	dir := filepath.Join(corpus(t, "secrets"), "gitleaks", "rules-with-tps-fps")
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Skip("no rules in the corpus")
	}
	found, trues, left, falses := 0, 0, 0, 0
	var missed, cried []string
	rnd := rand.New(rand.NewSource(1))
	for _, name := range files {
		data, _ := os.ReadFile(name)
		tree, err := parser.ParseFile(gotoken.NewFileSet(), name, bytes.NewReader(data), 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
				return true
			}
			id, ok := assign.Lhs[0].(*ast.Ident)
			if !ok || id.Name != "tps" && id.Name != "fps" {
				return true
			}
			var exprs []ast.Expr
			switch r := assign.Rhs[0].(type) {
			case *ast.CompositeLit:
				if _, isMap := r.Type.(*ast.MapType); isMap {
					return true
				}
				exprs = r.Elts
			case *ast.CallExpr:
				exprs = []ast.Expr{r}
				if f, ok := r.Fun.(*ast.Ident); ok && f.Name == "append" {
					exprs = r.Args[1:]
				}
			}
			for _, e := range exprs {
				got, ok := sample(e, rnd)
				if !ok {
					continue
				}
				for _, s := range got {
					f := fold(s)
					spans := spansOf(f.low, nil)
					hit := len(secretsOf(&f, spans, landmarksOf(f.low, spans, nil))) > 0
					where := fmt.Sprintf("%s: %s", filepath.Base(name), cut(s, 110))
					if id.Name == "tps" {
						trues++
						if hit {
							found++
						} else {
							missed = append(missed, where)
						}
					} else {
						falses++
						if hit {
							cried = append(cried, where)
						} else {
							left++
						}
					}
				}
			}
			return true
		})
	}
	sort.Strings(missed)
	if testing.Verbose() {
		t.Logf("missed:\n%s\ncried:\n%s", strings.Join(missed, "\n"), strings.Join(cried, "\n"))
	}
	t.Logf("found %d of %d, left %d of %d", found, trues, left, falses)
	// The false examples are each of one rule there: many are true ones of another, and some are keys
	// that a vendor prints in its manual. So the floors are not one.
	if found*100 < trues*88 || left*100 < falses*80 {
		t.Error("fewer are right than were")
	}
}
