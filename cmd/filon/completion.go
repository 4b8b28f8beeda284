package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// completeWord is what the scripts below call filon with, followed by the words typed so far; the
// last one is the word to complete. It prints one candidate a line, with a tab and a description.
const completeWord = "__complete"

var shells = []string{"bash", "zsh", "fish", "powershell"}

func completionCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "completion", ArgsUsage: "SHELL",
			Usage: say.in(T{FR: "compléter commandes et options avec la touche Tab", EN: "complete commands and flags with the Tab key"}),
			Description: say.in(T{
				FR: "Écrit un petit programme pour votre interpréteur de commandes (bash, zsh, fish ou powershell). Une fois chargé, la touche Tab complète les commandes, les options et leurs valeurs.",
				EN: "Writes a small program for your shell (bash, zsh, fish or powershell). Once loaded, the Tab key completes commands, flags and their values."}),
			Action: func(c *cli.Context) error {
				shell := c.Args().First()
				script, ok := completionScripts[shell]
				if !ok {
					return askedWrongly(T{FR: "interpréteur inconnu : %s", EN: "unknown shell: %s"}.with(shell),
						T{FR: "filon connaît %s", EN: "filon knows %s"}.with(strings.Join(shells, ", ")))
				}
				say.raw(script)
				return nil
			},
		},
		Examples: []example{
			{"source <(filon completion bash)", T{FR: "dans ~/.bashrc", EN: "in ~/.bashrc"}},
			{"source <(filon completion zsh)", T{FR: "dans ~/.zshrc, après compinit", EN: "in ~/.zshrc, after compinit"}},
			{"filon completion fish > ~/.config/fish/completions/filon.fish", T{FR: "une fois", EN: "once"}},
			{"filon completion powershell | Out-String | Invoke-Expression", T{FR: "dans $PROFILE", EN: "in $PROFILE"}},
		},
		MinArgs: 1, MaxArgs: 1, ArgChoices: shells,
	}
}

// complete prints what could stand in place of the last word. It prints nothing where a file or an
// address belongs: the scripts then let the shell complete files.
func complete(say *speaker, known []command, words []string) {
	if len(words) == 0 {
		words = []string{""}
	}
	done, word := words[:len(words)-1], words[len(words)-1]
	global := globalFlags(say)
	var cmd *command
	var waits cli.Flag // a flag whose value comes next
	arguments := 0
	for _, w := range done {
		switch {
		case w == "--":
			return
		case waits != nil:
			waits = nil
		case isFlag(w):
			name, _, joined := strings.Cut(strings.TrimLeft(w, "-"), "=")
			f := find(global, name)
			if f == nil && cmd != nil {
				f = find(cmd.Flags, name)
			}
			if f != nil && takesValue(f) && !joined {
				waits = f
			}
		case cmd == nil && w != "help":
			if cmd, _ = findCommand(w, known); cmd == nil {
				return
			}
		default:
			arguments++
		}
	}
	offer := func(candidate, says string) {
		if strings.HasPrefix(candidate, word) {
			first, _, _ := strings.Cut(says, "\n")
			say.raw(candidate + "\t" + strings.ReplaceAll(first, "`", "") + "\n")
		}
	}
	switch {
	case waits != nil:
		if f, ok := waits.(*choiceFlag); ok {
			for _, v := range f.allowed {
				offer(v, "")
			}
		}
	case strings.HasPrefix(word, "-"):
		flags := global
		if cmd != nil {
			flags = append(append([]cli.Flag{}, cmd.Flags...), global...)
		}
		for _, f := range flags {
			if d, ok := f.(cli.DocGenerationFlag); ok {
				offer("--"+f.Names()[0], d.GetUsage())
			}
		}
	case cmd == nil:
		for _, c := range known {
			if !c.Hidden {
				offer(c.Name, c.Usage)
			}
		}
		offer("help", "")
	case arguments == 0:
		for _, v := range cmd.ArgChoices {
			offer(v, "")
		}
	}
}

var completionScripts = map[string]string{
	"bash": `# filon: completion for bash. Load it with: source <(filon completion bash)
_filon() {
	local cur=${COMP_WORDS[COMP_CWORD]} line
	COMPREPLY=()
	while IFS= read -r line; do
		COMPREPLY+=("${line%%$'\t'*}")
	done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} -eq 0 && $cur != -* ]] && compopt -o default 2>/dev/null
	return 0
}
complete -F _filon filon
`,
	"zsh": `#compdef filon
# filon: completion for zsh. Load it with: source <(filon completion zsh)
_filon() {
	local -a found
	local line
	while IFS= read -r line; do
		found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
	done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
	if (( ${#found} )); then
		_describe filon found
	else
		_files
	fi
}
if [ "$funcstack[1]" = "_filon" ]; then
	_filon "$@"
else
	compdef _filon filon
fi
`,
	"fish": `# filon: completion for fish. Save it as ~/.config/fish/completions/filon.fish
function __filon_complete
	set -l words (commandline -opc) (commandline -ct)
	$words[1] __complete $words[2..-1] 2>/dev/null
end
complete -c filon -a '(__filon_complete)'
`,
	"powershell": `# filon: completion for PowerShell. Load it with: filon completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName filon -ScriptBlock {
	param($word, $ast, $position)
	$words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
	$last = if ($word) { $word } else { '""' }
	& filon __complete @words $last 2>$null | ForEach-Object {
		$name, $says = $_ -split "` + "`" + `t", 2
		if (-not $says) { $says = $name }
		[System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $says)
	}
}
`,
}
