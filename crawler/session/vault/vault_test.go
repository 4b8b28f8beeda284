package vault

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func kept(source string) Kept {
	return Kept{Source: source, At: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), Cookies: []*http.Cookie{
		{Name: "seat", Value: "Frene-8812", Domain: "intranet.example.fr", Path: "/", Secure: true, HttpOnly: true, Expires: time.Date(2026, 12, 24, 2, 0, 0, 0, time.UTC)},
		{Name: "théme", Value: "clair"}}}
}

func vaults(t *testing.T) map[string]Vault {
	return map[string]Vault{
		"key file":   {Folder: filepath.Join(t.TempDir(), "sign-ins"), KeyFile: filepath.Join(t.TempDir(), "filon", "key")},
		"passphrase": {Folder: filepath.Join(t.TempDir(), "sign-ins"), Passphrase: "le bouleau plie", work: 10},
	}
}

func TestASignInIsSealed(t *testing.T) {
	for name, v := range vaults(t) {
		if _, err := v.Open("intranet"); !errors.Is(err, ErrNone) {
			t.Errorf("%s: before: %v", name, err)
		}
		if err := v.Keep(kept("intranet")); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := v.Keep(kept("../autre/nom")); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := v.Open("intranet")
		if err != nil || !reflect.DeepEqual(got, kept("intranet")) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		files, err := os.ReadDir(v.Folder)
		if err != nil || len(files) != 2 {
			t.Fatalf("%s: %v, %v", name, files, err)
		}
		for _, f := range files {
			at := filepath.Join(v.Folder, f.Name())
			data, err := os.ReadFile(at)
			info, err2 := os.Stat(at)
			if err != nil || err2 != nil || bytes.Contains(data, []byte("Frene")) || bytes.Contains(data, []byte("seat")) {
				t.Errorf("%s: %s holds a cookie in clear (%v, %v)", name, f.Name(), err, err2)
			}
			if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %s has mode %o", name, f.Name(), info.Mode().Perm())
			}
		}
		if was, err := v.Forget("intranet"); !was || err != nil {
			t.Errorf("%s: forgotten %v, %v", name, was, err)
		}
		if was, err := v.Forget("intranet"); was || err != nil {
			t.Errorf("%s: forgotten again %v, %v", name, was, err)
		}
	}
}

func TestOnlyTheKeyOpens(t *testing.T) {
	for name, v := range vaults(t) {
		if err := v.Keep(kept("intranet")); err != nil {
			t.Fatal(err)
		}
		other := v
		other.KeyFile = filepath.Join(t.TempDir(), "key")
		if v.Passphrase != "" {
			other.Passphrase = "le bouleau casse"
		} else if err := other.Keep(Kept{Source: "makes a key"}); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Open("intranet"); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: with another key: %v", name, err)
		}
		at := v.file("intranet")
		data, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(v.file("paie"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Open("paie"); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: under the name of another source: %v", name, err)
		}
		for _, bad := range [][]byte{nil, []byte("age"), data[:len(data)-1], append(bytes.Clone(data[:len(data)-1]), data[len(data)-1]^1), bytes.Repeat([]byte{'x'}, maxFile+1)} {
			if err := os.WriteFile(at, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := v.Open("intranet"); !errors.Is(err, ErrSealed) {
				t.Errorf("%s: %d bytes that were tampered with: %v", name, len(bad), err)
			}
		}
	}
}

func TestAKeyThatOthersCanRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no mode there")
	}
	v := vaults(t)["key file"]
	if err := v.Keep(kept("intranet")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(v.KeyFile, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := v.Open("intranet")
	if !errors.Is(err, ErrShared) || !strings.Contains(err.Error(), v.KeyFile) {
		t.Errorf("%v", err)
	}
	if err := v.Keep(kept("intranet")); !errors.Is(err, ErrShared) {
		t.Errorf("sealed with it: %v", err)
	}
	if err := os.WriteFile(v.KeyFile, []byte("AGE-SECRET-KEY-nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(v.KeyFile, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Open("intranet"); !errors.Is(err, ErrSealed) || strings.Contains(err.Error(), "nonsense") {
		t.Errorf("with nonsense: %v", err)
	}
}
