package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const scarceDisk = 1 << 30 // about what 50,000 pages with their index take

// examineFolder tells whether the data can be kept there. It leaves nothing behind and does not make
// the folder.
func examineFolder(dir string) []finding {
	layer := T{FR: "données", EN: "data"}
	there, what := dir, T{FR: "%s : prêt", EN: "%s: ready"}
	for {
		info, err := os.Stat(there)
		if err == nil && !info.IsDir() {
			return []finding{failed(layer, &fs.PathError{Op: "open", Path: there, Err: syscall.ENOTDIR})}
		}
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(there) == there {
			return []finding{failed(layer, err)}
		}
		there, what = filepath.Dir(there), T{FR: "%s : sera créé", EN: "%s: will be made"}
	}
	f, err := os.CreateTemp(there, ".filon-doctor-*")
	if err != nil {
		var pe *fs.PathError
		if errors.As(err, &pe) {
			pe.Path = there
		}
		return []finding{failed(layer, err)}
	}
	name := f.Name()
	_, err = f.Write([]byte("filon"))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	os.Remove(name)
	if err != nil {
		return []finding{failed(layer, err)}
	}
	found := []finding{{layer, fine, what.with(dir), T{}}}

	free, err := freeBytes(there)
	if err != nil {
		return found // a file system that does not count says nothing against it
	}
	disk := finding{T{FR: "disque", EN: "disk"}, fine, T{FR: "%s libres", EN: "%s free"}.with(humanSize(free)), T{}}
	if free < scarceDisk {
		disk.grade, disk.remedy = attention, T{FR: "libérez de la place, ou choisissez un autre dossier avec --data", EN: "free some space, or choose another folder with --data"}
	}
	return append(found, disk)
}
