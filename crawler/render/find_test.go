package render

import (
	"errors"
	"testing"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, system string
		env          map[string]string
		installed    []string
		want         string
	}{
		{"none", "linux", nil, nil, ""},
		{"first of several", "linux", nil, []string{"google-chrome", "chromium"}, "chromium"},
		{"edge on linux", "linux", nil, []string{"microsoft-edge-stable"}, "microsoft-edge-stable"},
		{"asked for", "linux", map[string]string{BrowserVariable: "/opt/mine"}, []string{"chromium", "/opt/mine"}, "/opt/mine"},
		{"asked for and not there", "linux", map[string]string{BrowserVariable: "/opt/mine"}, []string{"chromium"}, ""},
		{"forbidden", "linux", map[string]string{BrowserVariable: "none"}, []string{"chromium"}, ""},
		{"windows, only edge", "windows", map[string]string{"ProgramFiles(x86)": `C:\Program Files (x86)`},
			[]string{`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`}, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`},
		{"mac", "darwin", map[string]string{"HOME": "/Users/anne"}, []string{"/Users/anne/Applications/Chromium.app/Contents/MacOS/Chromium"},
			"/Users/anne/Applications/Chromium.app/Contents/MacOS/Chromium"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := find(c.system, func(name string) string { return c.env[name] }, func(name string) (string, error) {
				for _, there := range c.installed {
					if there == name {
						return name, nil
					}
				}
				return "", errors.New("not there")
			})
			if got != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v; want %q", got, ok, c.want)
			}
		})
	}
}
