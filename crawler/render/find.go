package render

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// BrowserVariable is the environment variable that names the browser to use; the value "none" means
// that none may be used.
const BrowserVariable = "FILON_BROWSER"

// Find gives the path of a browser that speaks the DevTools protocol: the one that BrowserVariable
// names, else the first Chromium, Chrome, Edge or Brave that is installed. It starts nothing.
func Find() (path string, ok bool) {
	return find(runtime.GOOS, os.Getenv, exec.LookPath)
}

// find looks as Find does on a system of this name.
func find(system string, env func(string) string, look func(string) (string, error)) (string, bool) {
	names := browsers(system, env)
	if asked := env(BrowserVariable); asked != "" {
		names = []string{asked}
	}
	for _, name := range names {
		if path, err := look(name); err == nil {
			return path, true
		}
	}
	return "", false
}

// browsers lists the names and usual places of browsers on a system.
func browsers(system string, env func(string) string) []string {
	switch system {
	case "windows":
		var all []string
		for _, program := range []string{`Google\Chrome\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`,
			`Chromium\Application\chrome.exe`, `BraveSoftware\Brave-Browser\Application\brave.exe`} {
			for _, folder := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
				if at := env(folder); at != "" {
					all = append(all, at+`\`+program)
				}
			}
		}
		return append(all, "chrome.exe", "msedge.exe")
	case "darwin":
		var all []string
		for _, program := range []string{"Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"} {
			app := program + ".app/Contents/MacOS/" + program
			all = append(all, "/Applications/"+app)
			if home := env("HOME"); home != "" {
				all = append(all, filepath.Join(home, "Applications", app))
			}
		}
		return append(all, "chromium")
	}
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable",
		"brave-browser", "/snap/bin/chromium", "/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"}
}
