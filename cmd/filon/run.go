package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"

	"filon/crawler/extract"
)

// command is one verb: what urfave/cli needs to run it, and what it has no place for. Examples,
// MinArgs and MaxArgs belong to the help page and to the check of the arguments; the zero MaxArgs
// means that the command takes none, anyNumber that it takes as many as it is given.
type command struct {
	cli.Command
	Examples         []example
	MinArgs, MaxArgs int
	ArgChoices       []string // what the first argument may be, when that is a closed list
}

const anyNumber = -1

// example is a line to type and what it does.
type example struct {
	Line string
	Does T
}

// run does what the arguments ask for (the first is the program's name) and returns the exit code.
// It prints nowhere but on the two writers and never exits by itself.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	say := newSpeaker(args, stdout, stderr)
	known := make([]command, len(commands))
	for i, build := range commands {
		known[i] = build(say)
		known[i].HideHelp = true // urfave would take the word "help" after a command for a command
	}
	if len(args) > 1 && args[1] == readDocuments {
		if extract.Serve(os.Stdin, stdout) != nil {
			return codeFailed
		}
		return codeDone
	}
	if len(args) > 1 && args[1] == completeWord {
		complete(say, known, args[2:])
		return codeDone
	}
	asked, err := arrange(say, args, known)
	if err != nil {
		return say.trouble(err)
	}
	switch {
	case asked.version:
		say.version()
	case asked.help && asked.command == nil:
		say.overview(known)
	case asked.help:
		say.page(*asked.command)
	default:
		err = newApp(say, known).RunContext(ctx, asked.line)
	}
	if err == nil {
		err = say.out.err // a full disk behind "> file" must not look like success
	}
	return say.trouble(err)
}

// newApp hands the commands to urfave/cli and takes from it what it does behind one's back: pages of
// help for a typo, and exiting.
func newApp(say *speaker, known []command) *cli.App {
	app := &cli.App{
		Name: "filon", Usage: say.in(tagline), Flags: globalFlags(say),
		HideHelp: true, HideVersion: true, DisableSliceFlagSeparator: true,
		Writer: say.out, ErrWriter: io.Discard,
		ExitErrHandler: func(*cli.Context, error) {},
	}
	misread := func(_ *cli.Context, err error, _ bool) error {
		return askedWrongly(T{FR: "commande illisible : %s", EN: "cannot read the command line: %s"}.with(err), helpHint(""))
	}
	app.OnUsageError = misread
	for _, c := range known {
		cmd := c.Command
		cmd.OnUsageError = misread
		app.Commands = append(app.Commands, &cmd)
	}
	return app
}

// interruptible gives a context that the first Ctrl-C (or SIGTERM) cancels, so that work in hand is
// put away in order. Once stop has been called, a second one ends the process at once.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
}

// globalFlags are those that every command takes, anywhere on the line.
func globalFlags(say *speaker) []cli.Flag {
	return []cli.Flag{
		choice("lang", "", []string{"fr", "en"}, say.in(T{
			FR: "langue de filon : fr ou en (sinon celle du système)",
			EN: "language of filon: fr or en (else the system's)"})),
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: say.in(T{FR: "afficher cette aide", EN: "show this help"})},
		&cli.BoolFlag{Name: "version", Usage: say.in(T{FR: "afficher la version", EN: "show the version"})},
	}
}

// choiceFlag is a flag whose value is one of a short list. The list is checked before the command
// runs, shown in its help and offered by completion.
type choiceFlag struct {
	*cli.StringFlag
	allowed []string
	means   func(string) string // what else stands for one of them; may be nil
}

// choice makes a choiceFlag; value is the default, "" for none.
func choice(name, value string, allowed []string, usage string, aliases ...string) cli.Flag {
	return &choiceFlag{&cli.StringFlag{Name: name, Value: value, Usage: usage, Aliases: aliases}, allowed, nil}
}

// oneOf complains when value is not in the list; for values that arrive otherwise than by a choiceFlag.
func oneOf(flag, value string, allowed []string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	hint := T{FR: "valeurs possibles : %s", EN: "possible values: %s"}.with(strings.Join(allowed, ", "))
	if near := nearest(value, allowed); near != "" {
		hint = T{FR: "vouliez-vous dire %s ? Valeurs possibles : %s", EN: "did you mean %s? Possible values: %s"}.with(near, strings.Join(allowed, ", "))
	}
	return askedWrongly(T{FR: "--%s ne peut pas valoir %q", EN: "--%s cannot be %q"}.with(flag, value), hint)
}

// isTrouble gives the Trouble inside an error, when there is one.
func isTrouble(err error) (*Trouble, bool) {
	var t *Trouble
	ok := errors.As(err, &t)
	return t, ok
}
