package index

import "testing"

func TestAtWork(t *testing.T) {
	dir := t.TempDir()
	if AtWork(dir) {
		t.Error("somebody is at work in an empty folder")
	}
	release, ok, err := Alone(dir)
	if err != nil || !ok || !AtWork(dir) {
		t.Error("nobody is at work in a folder that is taken", ok, err)
	}
	if err := release(); err != nil || AtWork(dir) {
		t.Error("somebody is at work in a folder that was given back", err)
	}
}
