package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/cmd/filon/schedule"
)

func scheduleCommand(say *speaker) command {
	kinds := []string{"auto"}
	for _, k := range schedule.Kinds {
		kinds = append(kinds, string(k))
	}
	return command{
		Command: cli.Command{
			Name: "schedule", ArgsUsage: "install|show|remove",
			Usage: say.in(T{FR: "lancer filon nightly toutes les nuits", EN: "run filon nightly every night"}),
			Description: say.in(T{
				FR: "Écrit un minuteur systemd de l'utilisateur (Linux), un agent launchd (macOS) ou une tâche planifiée (Windows) pour le dossier courant, et le met en marche. N'écrase et n'enlève que ce que filon a écrit.",
				EN: "Writes a systemd user timer (Linux), a launchd agent (macOS) or a scheduled task (Windows) for the current folder, and starts it. Overwrites and removes only what filon has written."}),
			Flags: []cli.Flag{
				dataFlag(say), configFlag(say),
				&cli.StringFlag{Name: "at", Value: "02:00", Usage: say.in(T{FR: "`HEURE` locale de départ", EN: "local `TIME` of the start"})},
				&cli.StringFlag{Name: "name", Value: "nightly", Usage: say.in(T{FR: "`NOM` de la tâche, si plusieurs dossiers ont la leur", EN: "`NAME` of the task, when several folders have theirs"})},
				choice("kind", "auto", kinds, say.in(T{FR: "auto, systemd, launchd, windows ou crontab", EN: "auto, systemd, launchd, windows or crontab"})),
				&cli.StringFlag{Name: "log-file", Usage: say.in(T{FR: "`FICHIER` du journal (filon.log à côté des données si le système n'en tient pas)", EN: "log `FILE` (filon.log beside the data when the system keeps none)"})},
				&cli.BoolFlag{Name: "print", Usage: say.in(T{FR: "montrer ce qui serait écrit, sans rien écrire", EN: "show what would be written, and write nothing"})},
			},
			Action: func(c *cli.Context) error { return scheduling(say, c) },
		},
		Examples: []example{
			{"filon schedule install --at 02:30", T{FR: "toutes les nuits à 2 h 30", EN: "every night at half past two"}},
			{"filon schedule install --print --kind crontab", T{FR: "la ligne à mettre dans la crontab", EN: "the line to put into the crontab"}},
			{"filon schedule remove", T{FR: "ne plus le lancer", EN: "start it no longer"}},
		},
		MinArgs: 1, MaxArgs: 1, ArgChoices: []string{"install", "show", "remove"},
	}
}

// system is where and how tasks are installed here.
type system struct {
	kind schedule.Kind
	home string
	task schedule.Task
	plan schedule.Plan

	variables []string // of the environment, that filon.yaml takes secrets from
}

func scheduling(say *speaker, c *cli.Context) error {
	sys, err := systemOf(say, c)
	if err != nil {
		return err
	}
	switch do := c.Args().First(); do {
	case "install":
		if c.Bool("print") {
			text, err := sys.task.Text(sys.kind)
			if err != nil {
				return couldNot(err, T{FR: "%s", EN: "%s"})
			}
			say.raw(text)
			sys.warn(say)
			return nil
		}
		return sys.install(say, c)
	case "show":
		return sys.show(say, c.Context)
	case "remove":
		return sys.remove(say, c.Context)
	default:
		return askedWrongly(T{FR: "schedule ne sait pas faire %q", EN: "schedule cannot do %q"}.with(do), T{FR: "install, show ou remove", EN: "install, show or remove"})
	}
}

func systemOf(say *speaker, c *cli.Context) (system, error) {
	var s system
	at, err := time.Parse("15:04", c.String("at"))
	if err != nil {
		return s, askedWrongly(T{FR: "--at ne peut pas valoir %q", EN: "--at cannot be %q"}.with(c.String("at")), T{FR: "écrivez une heure ainsi : 02:30", EN: "write a time like this: 02:30"})
	}
	if s.kind = schedule.Kind(c.String("kind")); s.kind == "auto" {
		s.kind = map[string]schedule.Kind{"linux": schedule.Systemd, "darwin": schedule.Launchd, "windows": schedule.Windows}[runtime.GOOS]
		if s.kind == "" {
			s.kind = schedule.Crontab
		}
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil && c.Args().First() == "install" {
		return s, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return s, couldNot(err, T{FR: "dossier courant inconnu : %s", EN: "unknown current folder: %s"})
	}
	absolute := func(name string) string {
		if name == "" || filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(dir, name)
	}
	s.variables = cfg.variables
	data := absolute(dataDir(c, cfg))
	args := []string{"nightly", "--lang", say.lang, "--data", data}
	if cfg.Path != "" {
		args = append(args, "--config", absolute(cfg.Path))
	} else if c.Args().First() == "install" {
		return s, askedWrongly(T{FR: "pas de filon.yaml ici : rien à parcourir la nuit", EN: "no filon.yaml here: nothing to crawl at night"}, T{FR: "filon init en écrit un", EN: "filon init writes one"})
	}
	if log := absolute(c.String("log-file")); log != "" {
		args = append(args, "--log-file", log)
	} else if s.kind != schedule.Systemd {
		args = append(args, "--log-file", filepath.Join(data, "filon.log"))
	}
	s.task = schedule.Task{Name: c.String("name"), Program: self(), Args: args, Dir: dir, Hour: at.Hour(), Minute: at.Minute()}
	if s.home, err = homeOf(s.kind); err != nil {
		return s, couldNot(err, T{FR: "dossier de l'utilisateur inconnu : %s", EN: "unknown folder of the user: %s"})
	}
	s.plan, err = schedule.For(s.kind, s.task, s.home, os.Getuid())
	if err != nil {
		return s, askedWrongly(T{FR: "impossible à planifier : %s", EN: "cannot be scheduled: %s"}.with(err), T{FR: "donnez à la tâche un nom simple, et aux dossiers des noms sans caractère de contrôle", EN: "give the task a plain name, and the folders names without control characters"})
	}
	return s, nil
}

// homeOf is where the system looks for the files of the user's own tasks.
func homeOf(kind schedule.Kind) (string, error) {
	if kind == schedule.Launchd {
		home, err := os.UserHomeDir()
		return filepath.Join(home, "Library", "LaunchAgents"), err
	}
	config, err := os.UserConfigDir()
	if kind == schedule.Windows {
		return filepath.Join(config, "filon"), err
	}
	return filepath.Join(config, "systemd", "user"), err
}

// install writes what is not there yet or was written by filon, then tells the system.
func (s system) install(say *speaker, c *cli.Context) error {
	if s.kind == schedule.Crontab {
		return s.changeCrontab(say, c.Context, s.plan.Line)
	}
	for i, f := range s.plan.Files {
		there, err := os.ReadFile(f.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
		case !schedule.Owns(there):
			return askedWrongly(T{FR: "%s n'est pas de filon : rien n'a été écrit", EN: "%s is not filon's: nothing was written"}.with(f.Path), T{FR: "choisissez un autre nom avec --name", EN: "choose another name with --name"})
		case i == 0 && !bytes.Contains(there, s.plan.Trace):
			return askedWrongly(T{FR: "la tâche %s sert déjà un autre dossier : rien n'a été écrit", EN: "the task %s serves another folder already: nothing was written"}.with(s.task.Name),
				T{FR: "donnez un nom à celle-ci, par exemple --name intranet, ou retirez l'autre : filon schedule remove", EN: "name this one, for example --name intranet, or remove the other: filon schedule remove"})
		}
	}
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		return couldNot(err, T{FR: "écriture impossible : %s", EN: "cannot write: %s"})
	}
	for _, f := range s.plan.Files {
		if err := os.WriteFile(f.Path, f.Data, 0o644); err != nil {
			return couldNot(err, T{FR: "écriture impossible : %s", EN: "cannot write: %s"})
		}
		say.line(T{FR: "%s est écrit.", EN: "%s is written."}.with(f.Path))
	}
	start := s.plan.Start
	if s.kind == schedule.Windows {
		start = []schedule.Command{append(slices.Clone(start[0]), "/F")} // of the same name: ours, as its file says
	}
	started := s.tell(say, c.Context, start)
	if started {
		say.line(T{FR: "filon nightly partira toutes les nuits à %02d:%02d.", EN: "filon nightly will start every night at %02d:%02d."}.with(s.task.Hour, s.task.Minute))
	}
	if s.kind == schedule.Systemd {
		say.note(T{FR: "si personne n'est connecté la nuit : loginctl enable-linger", EN: "if nobody is logged in at night: loginctl enable-linger"})
	}
	s.warn(say)
	if !started {
		return incomplete(T{FR: "la tâche est écrite, mais le système ne la lance pas encore", EN: "the task is written, but the system does not start it yet"}, T{FR: "lancez les commandes montrées", EN: "run the commands that are shown"})
	}
	return nil
}

// warn says which variables of filon.yaml the task will not have at night, and how to give them to it.
func (s system) warn(say *speaker) {
	if len(s.variables) == 0 {
		return
	}
	names := strings.Join(s.variables, ", ")
	say.note(T{FR: "la nuit, le système ne connaît pas vos variables d'environnement : %s. Préférez {file: …} ou {command: …} dans filon.yaml", EN: "at night the system does not know your environment variables: %s. Prefer {file: …} or {command: …} in filon.yaml"}.with(names))
	how := T{}
	switch first := s.variables[0]; s.kind {
	case schedule.Systemd:
		how = T{FR: "ou bien : systemctl --user edit filon-%s.service, avec [Service] et EnvironmentFile=CHEMIN d'un fichier que vous seul lisez, une ligne %s=… par variable",
			EN: "or else: systemctl --user edit filon-%s.service, with [Service] and EnvironmentFile=PATH of a file that only you can read, one line %s=… for each variable"}.with(s.task.Name, first)
	case schedule.Launchd:
		how = T{FR: "ou bien : launchctl setenv %s …, à chaque ouverture de session", EN: "or else: launchctl setenv %s …, each time you log in"}.with(first)
	case schedule.Windows:
		how = T{FR: "ou bien : setx %s …, pour votre compte", EN: "or else: setx %s …, for your account"}.with(first)
	case schedule.Crontab:
		how = T{FR: "ou bien : une ligne %s=… au-dessus de celle-ci dans la crontab", EN: "or else: a line %s=… above this one in the crontab"}.with(first)
	}
	if how != (T{}) {
		say.note(how)
	}
}

// tell runs the system's commands, or says them when they are missing or fail. It reports whether all
// of them ran.
func (s system) tell(say *speaker, ctx context.Context, commands []schedule.Command) bool {
	for i, c := range commands {
		path, err := exec.LookPath(c[0])
		var out []byte
		if err == nil {
			ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
			out, err = exec.CommandContext(ctx, path, c[1:]...).CombinedOutput()
			cancel()
		}
		if err == nil {
			continue
		}
		if errors.Is(err, exec.ErrNotFound) {
			say.line(T{FR: "%s n'est pas là. Sur la machine qui doit le faire, lancez :", EN: "%s is not here. On the machine that is to do it, run:"}.with(c[0]))
		} else {
			first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
			say.line(T{FR: "le système a refusé (%s). À lancer vous-même :", EN: "the system refused (%s). To run yourself:"}.with(oneLine(first)))
		}
		for _, c := range commands[i:] {
			if s.kind == schedule.Windows {
				say.raw("  " + c.Windows() + "\n")
			} else {
				say.raw("  " + c.String() + "\n")
			}
		}
		return false
	}
	return true
}

// installed lists the files of the task that are there and filon's.
func (s system) installed() []schedule.File {
	var found []schedule.File
	for _, f := range s.plan.Files {
		if data, err := os.ReadFile(f.Path); err == nil && schedule.Owns(data) {
			found = append(found, schedule.File{Path: f.Path, Data: data})
		}
	}
	return found
}

var nothingPlanned = T{FR: "rien n'est planifié sous le nom %s", EN: "nothing is scheduled under the name %s"}

func (s system) show(say *speaker, ctx context.Context) error {
	if s.kind == schedule.Crontab {
		text, err := readCrontab(ctx)
		if err != nil {
			return err
		}
		for line := range strings.Lines(text) {
			if strings.HasSuffix(strings.TrimSpace(line), "# "+schedule.Mark+": "+s.task.Name) {
				say.raw(line)
				return nil
			}
		}
		say.line(nothingPlanned.with(s.task.Name))
		return nil
	}
	found := s.installed()
	if len(found) == 0 {
		say.line(nothingPlanned.with(s.task.Name))
		return nil
	}
	for i, f := range found {
		if i > 0 {
			say.raw("\n")
		}
		say.raw(f.Path + "\n")
		if s.kind != schedule.Windows { // whose file is UTF-16
			say.raw(string(f.Data))
		}
	}
	return nil
}

// remove takes away what install wrote, and nothing else.
func (s system) remove(say *speaker, ctx context.Context) error {
	if s.kind == schedule.Crontab {
		return s.changeCrontab(say, ctx, "")
	}
	found := s.installed()
	if len(found) == 0 {
		say.line(nothingPlanned.with(s.task.Name))
		return nil
	}
	s.tell(say, ctx, s.plan.Stop)
	for _, f := range found {
		if err := os.Remove(f.Path); err != nil {
			return couldNot(err, T{FR: "suppression impossible : %s", EN: "cannot remove: %s"})
		}
		say.line(T{FR: "%s est enlevé.", EN: "%s is removed."}.with(f.Path))
	}
	s.tell(say, ctx, s.plan.After)
	return nil
}

var noCrontab = T{FR: "crontab n'est pas là", EN: "crontab is not here"}

func readCrontab(ctx context.Context) (string, error) {
	path, err := exec.LookPath("crontab")
	if err != nil {
		return "", &Trouble{Code: codeFailed, What: noCrontab, Hint: T{FR: "filon schedule install --print --kind crontab montre la ligne à y mettre", EN: "filon schedule install --print --kind crontab shows the line to put there"}}
	}
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, path, "-l")
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil && !strings.Contains(complaint.String(), "no crontab") {
		return "", couldNot(fmt.Errorf("crontab -l: %w", err), T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	return out.String(), nil
}

func (s system) changeCrontab(say *speaker, ctx context.Context, line string) error {
	text, err := readCrontab(ctx)
	if err != nil {
		return err
	}
	changed, found := schedule.WithLine(text, s.task.Name, line)
	if !found && line == "" {
		say.line(nothingPlanned.with(s.task.Name))
		return nil
	}
	cmd := exec.CommandContext(ctx, "crontab", "-")
	cmd.Stdin = strings.NewReader(changed)
	if out, err := cmd.CombinedOutput(); err != nil {
		return couldNot(fmt.Errorf("crontab: %w: %s", err, oneLine(string(out))), T{FR: "écriture impossible : %s", EN: "cannot write: %s"})
	}
	if line == "" {
		say.line(T{FR: "La ligne est enlevée de la crontab.", EN: "The line is removed from the crontab."})
		return nil
	}
	say.line(T{FR: "La crontab a maintenant cette ligne :", EN: "The crontab now has this line:"})
	say.raw("  " + line + "\n")
	return nil
}
