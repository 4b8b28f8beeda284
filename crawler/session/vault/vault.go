// Package vault keeps the sign-ins that people have made by hand in a browser: their cookies, sealed, one file a source.
//
//	cookies ──Keep──▶ age (X25519 with a key file, or scrypt with a passphrase) ──▶ FOLDER/<source>.age, 0600
//
// In: cookies of declared hosts. Out: the same, to whoever has the key. Never: a cookie in clear on disk, in an
// error or in a log.
package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"filippo.io/age"
)

// Errors that a person can mend.
var (
	ErrNone   = errors.New("nobody has signed in yet")
	ErrSealed = errors.New("the key does not open what is kept of the sign-in")
	ErrShared = errors.New("others can read the key of the sign-ins")
)

// maxFile bounds a sealed file and what it holds.
const maxFile = 4 << 20

// Vault is a folder of sealed sign-ins. It is safe for concurrent use by several processes: files are replaced
// whole.
type Vault struct {
	Folder     string // of the sealed files; made when needed, 0700
	Passphrase string // seals by scrypt (RFC 7914); "" seals with KeyFile
	KeyFile    string // an age identity, made on first use, 0600; it lies apart from Folder, so that a copy of one opens nothing

	work int // of scrypt, as its exponent; 0 is the library's
}

// Kept is one sign-in.
type Kept struct {
	Source  string
	At      time.Time // when the person signed in
	Cookies []*http.Cookie
}

// Keep seals a sign-in in place of an earlier one.
func (v Vault) Keep(k Kept) error {
	plain, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("seal the sign-in: %w", err)
	}
	if len(plain) > maxFile/2 {
		return fmt.Errorf("seal the sign-in: %d bytes of cookies are too many", len(plain))
	}
	to, err := v.recipient()
	if err != nil {
		return err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return fmt.Errorf("seal the sign-in: %w", err)
	}
	if _, err := w.Write(plain); err != nil {
		return fmt.Errorf("seal the sign-in: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("seal the sign-in: %w", err)
	}
	if err := os.MkdirAll(v.Folder, 0o700); err != nil {
		return err
	}
	return replace(v.file(k.Source), sealed.Bytes())
}

// Open gives the sign-in of a source. ErrNone, ErrSealed and ErrShared say why it cannot.
func (v Vault) Open(source string) (Kept, error) {
	f, err := os.Open(v.file(source))
	if errors.Is(err, os.ErrNotExist) {
		return Kept{}, ErrNone
	}
	if err != nil {
		return Kept{}, err
	}
	defer f.Close()
	with, err := v.identity()
	if err != nil {
		return Kept{}, err
	}
	r, err := age.Decrypt(io.LimitReader(f, maxFile), with)
	if err != nil {
		return Kept{}, ErrSealed
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return Kept{}, ErrSealed
	}
	var k Kept
	if err := json.Unmarshal(plain, &k); err != nil || k.Source != source { // a file that was given another name
		return Kept{}, ErrSealed
	}
	return k, nil
}

// Forget removes the sign-in of a source and tells whether there was one.
func (v Vault) Forget(source string) (bool, error) {
	err := os.Remove(v.file(source))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// file names the sealed file of a source, whatever its name holds.
func (v Vault) file(source string) string {
	sum := sha256.Sum256([]byte(source))
	return filepath.Join(v.Folder, hex.EncodeToString(sum[:8])+".age")
}

func (v Vault) recipient() (age.Recipient, error) {
	if v.Passphrase != "" {
		r, err := age.NewScryptRecipient(v.Passphrase)
		if err == nil && v.work > 0 {
			r.SetWorkFactor(v.work)
		}
		return r, err
	}
	id, err := v.key()
	if errors.Is(err, os.ErrNotExist) {
		if id, err = age.GenerateX25519Identity(); err == nil {
			err = v.writeKey(id)
		}
	}
	if err != nil {
		return nil, err
	}
	return id.Recipient(), nil
}

func (v Vault) identity() (age.Identity, error) {
	if v.Passphrase != "" {
		return age.NewScryptIdentity(v.Passphrase)
	}
	id, err := v.key()
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrSealed
	}
	return id, err
}

// key reads the key file, which nobody else may read.
func (v Vault) key() (*age.X25519Identity, error) {
	f, err := os.Open(v.KeyFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 { // there the user's folder is closed to others
		return nil, fmt.Errorf("%w: %s", ErrShared, v.KeyFile)
	}
	text, err := io.ReadAll(io.LimitReader(f, 4<<10))
	if err != nil {
		return nil, err
	}
	id, err := age.ParseX25519Identity(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, ErrSealed // what it says of the text stays out of errors
	}
	return id, nil
}

func (v Vault) writeKey(id *age.X25519Identity) error {
	if err := os.MkdirAll(filepath.Dir(v.KeyFile), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(v.KeyFile, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(id.String() + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// replace writes a file of its own beside the old one and puts it in its place.
func replace(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
