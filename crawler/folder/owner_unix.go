//go:build unix

package folder

import (
	"io/fs"
	"os/user"
	"strconv"
	"sync"
	"syscall"
)

// names remembers who has which number; a share has few owners.
var names sync.Map

// owner gives the login name of who owns a file.
func owner(_ string, info fs.FileInfo) string {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || st.Uid == 0 { // the system is nobody to ask
		return ""
	}
	id := strconv.FormatUint(uint64(st.Uid), 10)
	if name, ok := names.Load(id); ok {
		return name.(string)
	}
	name := ""
	if u, err := user.LookupId(id); err == nil {
		name = u.Username
	}
	names.Store(id, name)
	return name
}
