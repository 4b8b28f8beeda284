// Package schedule writes what makes a system start filon every night.
//
//	Task ──Files(kind)──▶ a systemd timer, a launchd agent, a Windows task or a line of crontab
//
// In: what to start, where and when. Out: file names and their bytes, and the commands that make the
// system read them. Never: a file written, a command run; a path that a system would read as something else.
package schedule

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Kind is a system's way of starting programs at a time.
type Kind string

// Kinds.
const (
	Systemd Kind = "systemd"
	Launchd Kind = "launchd"
	Windows Kind = "windows"
	Crontab Kind = "crontab"
)

// Kinds lists them all.
var Kinds = []Kind{Systemd, Launchd, Windows, Crontab}

// Task is what is to be started every night.
type Task struct {
	Name         string   // letters, digits, - and _; names the files
	Program      string   // absolute path
	Args         []string //
	Dir          string   // absolute path of the working folder
	Hour, Minute int      // local time
}

// File is a file to be written, with the bytes that the system expects.
type File struct {
	Path string
	Data []byte
}

// Mark stands in every file that Files gives, and in no other: whoever finds it may replace or remove
// the file.
const Mark = "written by filon schedule"

// Command is a command line for a person or a program.
type Command []string

// String writes it as a shell takes it.
func (c Command) String() string {
	words := make([]string, len(c))
	for i, w := range c {
		words[i] = w
		if w == "" || strings.ContainsFunc(w, func(r rune) bool {
			return !(r == '-' || r == '_' || r == '/' || r == '.' || r == ':' || r == '=' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
		}) {
			words[i] = shell(w)
		}
	}
	return strings.Join(words, " ")
}

// Plan is what installs a task, and what takes it away again. The crontab has no file of its own: its
// Line belongs between what stands there already.
type Plan struct {
	Files []File
	Line  string
	Start []Command // after the files are written
	Stop  []Command // before they are removed
	After []Command // after they are removed
	Trace []byte    // stands in the first file of every task of the same folder
}

// errors of a task that no system could be told safely.
var errTask = errors.New("cannot be scheduled")

// For makes the plan of a task. home is the folder in which the system looks for such files: that of
// the user's units, agents or, for Windows, one of filon's own.
func For(kind Kind, t Task, home string, user int) (Plan, error) {
	if err := t.check(); err != nil {
		return Plan{}, err
	}
	switch kind {
	case Systemd:
		timer := t.unit() + ".timer"
		reload := Command{"systemctl", "--user", "daemon-reload"}
		return Plan{
			Files: []File{{filepath.Join(home, t.unit()+".service"), []byte(t.service())}, {filepath.Join(home, timer), []byte(t.timer())}},
			Start: []Command{reload, {"systemctl", "--user", "enable", "--now", timer}},
			Stop:  []Command{{"systemctl", "--user", "disable", "--now", timer}},
			After: []Command{reload},
			Trace: []byte("WorkingDirectory=" + strings.ReplaceAll(t.Dir, "%", "%%") + "\n"),
		}, nil
	case Launchd:
		file := filepath.Join(home, t.label()+".plist")
		domain := fmt.Sprintf("gui/%d", user)
		return Plan{Files: []File{{file, []byte(t.agent())}}, Start: []Command{{"launchctl", "bootstrap", domain, file}},
			Stop: []Command{{"launchctl", "bootout", domain + "/" + t.label()}}, Trace: []byte("<string>" + escape(t.Dir) + "</string>")}, nil
	case Windows:
		file := filepath.Join(home, t.unit()+".xml")
		return Plan{Files: []File{{file, utf16le(t.windows("UTF-16"))}}, Start: []Command{{"schtasks", "/Create", "/TN", `filon\` + t.Name, "/XML", file}},
			Stop: []Command{{"schtasks", "/Delete", "/TN", `filon\` + t.Name, "/F"}}, Trace: utf16le("<WorkingDirectory>" + escape(t.Dir) + "<")[2:]}, nil
	case Crontab:
		return Plan{Line: t.cron(), Start: []Command{{"crontab", "-"}}, Stop: []Command{{"crontab", "-"}}}, nil
	}
	return Plan{}, fmt.Errorf("unknown kind %q: %w", kind, errTask)
}

// Text is the plan for a person to read or to copy.
func (t Task) Text(kind Kind) (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	switch kind {
	case Systemd:
		return "# ~/.config/systemd/user/" + t.unit() + ".service\n" + t.service() + "\n# ~/.config/systemd/user/" + t.unit() + ".timer\n" + t.timer(), nil
	case Launchd:
		return t.agent(), nil
	case Windows:
		return t.windows(""), nil
	case Crontab:
		return t.cron() + "\n", nil
	}
	return "", fmt.Errorf("unknown kind %q: %w", kind, errTask)
}

// check refuses what cannot stand in such files whatever the escaping: line ends and other control
// characters, and bytes that are no text.
func (t Task) check() error {
	for _, s := range append([]string{t.Program, t.Dir, t.Name}, t.Args...) {
		if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF }) {
			return fmt.Errorf("%q holds a control character: %w", s, errTask)
		}
	}
	if t.Name == "" || strings.ContainsFunc(t.Name, func(r rune) bool {
		return !(r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) {
		return fmt.Errorf("the name %q may hold letters, digits, - and _ only: %w", t.Name, errTask)
	}
	if t.Program == "" || t.Dir == "" || t.Hour < 0 || t.Hour > 23 || t.Minute < 0 || t.Minute > 59 {
		return fmt.Errorf("the task is incomplete: %w", errTask)
	}
	if strings.TrimSpace(t.Dir) != t.Dir || strings.HasSuffix(t.Dir, `\`) && !strings.HasSuffix(t.Dir, `:\`) {
		return fmt.Errorf("the folder %q ends in a blank or a backslash: %w", t.Dir, errTask)
	}
	return nil
}

func (t Task) unit() string  { return "filon-" + t.Name }
func (t Task) label() string { return "filon." + t.Name }

// service is a systemd unit (systemd.service, systemd.exec). Exit code 3, finished but incomplete, is
// a success to systemd: the digest has said it.
func (t Task) service() string {
	words := []string{quoteUnit(t.Program, false)}
	for _, a := range t.Args {
		words = append(words, quoteUnit(a, true))
	}
	return "# " + Mark + "; filon schedule remove takes it away\n" +
		"[Unit]\nDescription=filon, every night, in " + strings.ReplaceAll(path.Base(filepath.ToSlash(t.Dir)), "%", "%%") + "\n" +
		"\n[Service]\nType=oneshot\nWorkingDirectory=" + strings.ReplaceAll(t.Dir, "%", "%%") + "\n" +
		"ExecStart=" + strings.Join(words, " ") + "\nSuccessExitStatus=3\nNice=10\nIOSchedulingClass=idle\n"
}

// timer catches up on a night that the machine slept through, and spreads several machines over ten
// minutes.
func (t Task) timer() string {
	return "# " + Mark + "; filon schedule remove takes it away\n" +
		fmt.Sprintf("[Unit]\nDescription=filon, every night at %02d:%02d\n", t.Hour, t.Minute) +
		fmt.Sprintf("\n[Timer]\nOnCalendar=*-*-* %02d:%02d:00\nPersistent=true\nRandomizedDelaySec=600\n", t.Hour, t.Minute) +
		"\n[Install]\nWantedBy=timers.target\n"
}

// quoteUnit writes a word of ExecStart: % begins a specifier, and $ a variable but in the program's own
// path.
func quoteUnit(s string, dollar bool) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%").Replace(s)
	if dollar {
		s = strings.ReplaceAll(s, "$", "$$")
	}
	return `"` + s + `"`
}

// agent is a property list (launchd.plist). launchd starts a missed job when the machine wakes.
func (t Task) agent() string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n")
	b.WriteString("<!-- " + Mark + "; filon schedule remove takes it away -->\n<plist version=\"1.0\">\n<dict>\n")
	b.WriteString("\t<key>Label</key>\n\t<string>" + escape(t.label()) + "</string>\n\t<key>ProgramArguments</key>\n\t<array>\n")
	for _, w := range append([]string{t.Program}, t.Args...) {
		b.WriteString("\t\t<string>" + escape(w) + "</string>\n")
	}
	b.WriteString("\t</array>\n\t<key>WorkingDirectory</key>\n\t<string>" + escape(t.Dir) + "</string>\n")
	fmt.Fprintf(&b, "\t<key>StartCalendarInterval</key>\n\t<dict>\n\t\t<key>Hour</key>\n\t\t<integer>%d</integer>\n\t\t<key>Minute</key>\n\t\t<integer>%d</integer>\n\t</dict>\n", t.Hour, t.Minute)
	b.WriteString("\t<key>ProcessType</key>\n\t<string>Background</string>\n\t<key>RunAtLoad</key>\n\t<false/>\n</dict>\n</plist>\n")
	return b.String()
}

// windows is a definition for schtasks (Task Scheduler schema 1.2); encoding "" leaves it out.
func (t Task) windows(encoding string) string {
	head := `<?xml version="1.0"?>`
	if encoding != "" {
		head = `<?xml version="1.0" encoding="` + encoding + `"?>`
	}
	args := make([]string, len(t.Args))
	for i, a := range t.Args {
		args[i] = quoteWindows(a)
	}
	return strings.ReplaceAll(head+`
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>`+Mark+`; filon schedule remove takes it away</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T`+fmt.Sprintf("%02d:%02d", t.Hour, t.Minute)+`:00</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions>
    <Exec>
      <Command>`+escape(t.Program)+`</Command>
      <Arguments>`+escape(strings.Join(args, " "))+`</Arguments>
      <WorkingDirectory>`+escape(t.Dir)+`</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`, "\n", "\r\n")
}

func escape(s string) string {
	var b strings.Builder
	if xml.EscapeText(&b, []byte(s)) != nil {
		return ""
	}
	return b.String()
}

// quoteWindows writes a word so that CommandLineToArgvW gives it back.
func quoteWindows(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\"") {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for i := range len(s) {
		switch s[i] {
		case '\\':
			slashes++
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, 2*slashes+1))
		default:
			b.WriteString(strings.Repeat(`\`, slashes))
		}
		slashes = 0
		b.WriteByte(s[i])
	}
	b.WriteString(strings.Repeat(`\`, 2*slashes))
	b.WriteByte('"')
	return b.String()
}

func utf16le(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// cron is one line of crontab(5), where % is a line end unless it is escaped.
func (t Task) cron() string {
	words := []string{shell(t.Program)}
	for _, a := range t.Args {
		words = append(words, shell(a))
	}
	line := "cd " + shell(t.Dir) + " && " + strings.Join(words, " ")
	return fmt.Sprintf("%d %d * * * %s # %s: %s", t.Minute, t.Hour, strings.ReplaceAll(line, "%", `\%`), Mark, t.Name)
}

// shell quotes a word for sh.
func shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// Owns tells whether a file was written by filon, in whichever encoding.
func Owns(data []byte) bool {
	if len(data) >= 2 && data[0] == 0xFF && data[1] == 0xFE {
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		}
		return strings.Contains(string(utf16.Decode(units)), Mark)
	}
	return strings.Contains(string(data), Mark)
}

// WithLine puts the task's line into a crontab, in place of an earlier one of the same name; an empty
// line takes that one away. Other lines stay as they are. found tells whether there was one.
func WithLine(crontab, name, line string) (text string, found bool) {
	var b strings.Builder
	for l := range strings.Lines(crontab) {
		if strings.HasSuffix(strings.TrimRight(l, "\r\n"), "# "+Mark+": "+name) {
			found = true
			continue
		}
		b.WriteString(l)
		if !strings.HasSuffix(l, "\n") {
			b.WriteByte('\n')
		}
	}
	if line != "" {
		b.WriteString(line + "\n")
	}
	return b.String(), found
}

// Windows writes it as cmd.exe takes it.
func (c Command) Windows() string {
	words := make([]string, len(c))
	for i, w := range c {
		words[i] = quoteWindows(w)
	}
	return strings.Join(words, " ")
}
