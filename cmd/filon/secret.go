package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// secret says where a password lies; the configuration never holds it. The zero secret is empty. It
// has no String that could show what it finds.
type secret struct {
	plain   string // only for what is no secret, such as a user name
	env     string // name of an environment variable
	file    string // path of a file, its first line
	command string // a command line, the first line that it prints
}

const (
	maxSecret     = 64 << 10
	secretTimeout = 30 * time.Second
)

// secret reads {env: NAME}, {file: PATH} or {command: LINE}. A bare value is taken only when
// mayBePlain, otherwise the complaint says how to do it right and does not repeat the value.
func (r reader) secret(to *secret, mayBePlain bool) func(ast.Node) error {
	return func(n ast.Node) error {
		switch n.(type) {
		case *ast.MappingNode, *ast.MappingValueNode:
		default:
			if !mayBePlain {
				return r.bad(n, T{FR: "un mot de passe en clair", EN: "a password in clear"},
					T{FR: "dites où il se trouve : {env: NOM}, {file: CHEMIN} ou {command: COMMANDE}, par exemple password: {env: FILON_PASSWORD}",
						EN: "say where it lies: {env: NAME}, {file: PATH} or {command: LINE}, for example password: {env: FILON_PASSWORD}"})
			}
			return r.text(&to.plain)(n)
		}
		err := r.mapping(n, T{FR: "un secret", EN: "a secret"}, []key{{"env", r.text(&to.env)}, {"file", r.file(&to.file)}, {"command", r.text(&to.command)}})
		if err != nil {
			return err
		}
		if to.env != "" && r.variables != nil && !slices.Contains(*r.variables, to.env) {
			*r.variables = append(*r.variables, to.env)
		}
		given := 0
		for _, s := range []string{to.env, to.file, to.command} {
			if s != "" {
				given++
			}
		}
		if given != 1 {
			return r.bad(n, T{FR: "un secret vient d'un seul endroit", EN: "a secret comes from one place"}, T{FR: "gardez env, file ou command", EN: "keep env, file or command"})
		}
		return nil
	}
}

// reveal fetches a secret of one line. Errors name the place, never the value.
func (s secret) reveal(ctx context.Context) (string, error) {
	text, from, err := s.all(ctx, maxSecret)
	if err != nil || s == (secret{}) || s.plain != "" {
		return text, err
	}
	return firstLine(text, from)
}

// all fetches the whole of a secret, such as a file of cookies, and tells where it came from.
func (s secret) all(ctx context.Context, limit int64) (text, from string, err error) {
	switch {
	case s.env != "":
		if v := os.Getenv(s.env); v != "" {
			return v, s.env, nil
		}
		return "", "", askedWrongly(T{FR: "la variable d'environnement %s est vide", EN: "the environment variable %s is empty"}.with(s.env),
			T{FR: "donnez-lui sa valeur avant de lancer filon : export %s=…", EN: "give it its value before you start filon: export %s=…"}.with(s.env))
	case s.file != "":
		data, err := readFile(s.file, limit)
		if _, spoken := isTrouble(err); spoken {
			return "", "", err
		}
		if err != nil {
			return "", "", couldNot(err, T{FR: "lecture d'un secret impossible : %s", EN: "cannot read a secret: %s"})
		}
		return strings.TrimPrefix(string(data), "\ufeff"), s.file, nil // Notepad on Windows begins files with it
	case s.command != "":
		text, err := s.run(ctx, limit)
		return text, "command", err
	}
	return s.plain, "", nil
}

func (s secret) run(ctx context.Context, limit int64) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, secretTimeout)
	defer cancel()
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	cmd := exec.CommandContext(ctx, shell, flag, s.command)
	cmd.WaitDelay = time.Second
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	var out []byte
	if err == nil {
		end := context.AfterFunc(ctx, func() { pipe.Close() }) // what the shell has started may hold its other end open
		out, _ = io.ReadAll(io.LimitReader(pipe, limit))
		end()
		err = cmd.Wait()
	}
	if err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return "", &Trouble{Code: codeFailed, Err: ctx.Err(),
				What: T{FR: "la commande qui donne un secret n'a pas fini en %s", EN: "the command that gives a secret did not end within %s"}.with(secretTimeout),
				Hint: T{FR: "lancez-la à la main : elle doit écrire le secret sur sa première ligne, sans rien demander", EN: "run it by hand: it must print the secret on its first line, and ask nothing"}}
		}
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return "", &Trouble{Code: codeFailed, Err: err,
				What: T{FR: "la commande qui donne un secret a échoué (code %d)", EN: "the command that gives a secret failed (code %d)"}.with(exit.ExitCode()),
				Hint: T{FR: "lancez-la à la main : elle doit écrire le secret sur sa première ligne", EN: "run it by hand: it must print the secret on its first line"}}
		}
		return "", couldNot(err, T{FR: "la commande qui donne un secret a échoué : %s", EN: "the command that gives a secret failed: %s"})
	}
	return string(out), nil
}

func firstLine(text, from string) (string, error) {
	line, _, _ := strings.Cut(text, "\n")
	if line = strings.TrimRight(line, "\r"); line == "" {
		return "", askedWrongly(T{FR: "secret vide (%s)", EN: "empty secret (%s)"}.with(from), T{FR: "la première ligne doit être le secret", EN: "the first line must be the secret"})
	}
	return line, nil
}
