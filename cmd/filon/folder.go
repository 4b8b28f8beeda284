package main

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"filon/crawler/address"
	"filon/crawler/folder"
)

// isFolderName tells whether people mean a folder: a path, a share, a drive or a file address.
func isFolderName(s string) bool {
	switch {
	case strings.HasPrefix(s, "/"), strings.HasPrefix(s, `\\`), s == ".", s == "..",
		strings.HasPrefix(s, "./"), strings.HasPrefix(s, "../"), strings.HasPrefix(s, `.\`), strings.HasPrefix(s, `..\`):
		return true
	case len(s) > 4 && strings.EqualFold(s[:5], "file:"):
		return true
	}
	return len(s) > 2 && s[1] == ':' && (s[2] == '/' || s[2] == '\\')
}

// folderHere is a name of the command line as that of a folder, where there is one of that name: docs is ./docs.
func folderHere(name string) string {
	if name == "" || isFolderName(name) || strings.Contains(name, ":") {
		return name
	}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return name
	}
	return "./" + filepath.ToSlash(name)
}

// folderSeed gives the address of a folder as people name it; a relative one is below dir.
func folderSeed(name, dir string) (string, T) {
	if strings.HasPrefix(name, ".") {
		whole, err := filepath.Abs(filepath.Join(dir, name))
		if err != nil {
			return name, folderHint
		}
		name = whole
	}
	addr, err := address.File(name)
	if err != nil {
		return name, folderHint
	}
	if u, err := url.Parse(addr); err == nil && u.Host != "" && strings.HasPrefix(address.FilePath(addr), "//") {
		return name, T{FR: "ce système n'ouvre pas un partage par son nom : montez-le, puis donnez le dossier où il est monté, par exemple /mnt/partage",
			EN: "this system does not open a share by its name: mount it, then give the folder where it is mounted, for example /mnt/share"}
	}
	return addr, T{}
}

var folderHint = T{FR: "donnez le dossier en entier : /srv/partage, C:\\Partage, \\\\serveur\\partage ou file:///srv/partage",
	EN: "give the folder in full: /srv/share, C:\\Share, \\\\server\\share or file:///srv/share"}

// located gives the canonical address of what a person names on the command line, on the web or in a folder.
func located(name string) (string, error) {
	if isFolderName(name) {
		if addr, complaint := folderSeed(name, ""); complaint == (T{}) {
			return addr, nil
		}
	}
	return address.Canonical(name)
}

// examineShare tells whether a folder that is a source can be walked.
func examineShare(seed string) finding {
	layer := T{FR: "dossier", EN: "folder"}
	path := address.FilePath(seed)
	switch err := folder.Ready(path); {
	case errors.Is(err, fs.ErrNotExist):
		return finding{layer, broken, T{FR: "%s n'est pas là", EN: "%s is not there"}.with(path), T{FR: "montez le partage, ou corrigez le chemin", EN: "mount the share, or correct the path"}}
	case errors.Is(err, fs.ErrPermission):
		return finding{layer, broken, T{FR: "ce compte ne peut pas lire %s", EN: "this account may not read %s"}.with(path), T{FR: "demandez le droit de lecture pour le compte qui lance filon", EN: "ask for the right to read for the account that runs filon"}}
	case err != nil:
		return finding{layer, broken, T{FR: "%s : %s", EN: "%s: %s"}.with(path, because(err.Error())), T{FR: "un partage vide est souvent un partage qui n'est pas monté", EN: "an empty share is often one that is not mounted"}}
	}
	return finding{layer, fine, T{FR: "%s peut être lu", EN: "%s can be read"}.with(path), T{}}
}
