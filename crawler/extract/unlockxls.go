package extract

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"hash"
	"math/bits"
)

const (
	xlsFilePass   = 0x2f
	xlsBoundSheet = 0x85
	rc4Block      = 1024 // bytes of a stream between two keys ([MS-XLS] 2.2.10)
)

// Records of a workbook that are never encrypted ([MS-XLS] 2.2.10): BOF, FilePass, UsrExcl, FileLock, InterfaceHdr,
// RRDInfo, RRDHead.
var xlsPlain = map[int]bool{0x809: true, xlsFilePass: true, 0x194: true, 0x195: true, 0xe1: true, 0x196: true, 0x138: true}

// unlockBook decrypts the stream of a workbook in place ([MS-XLS] 2.2.10) and gives what has opened it, nil when it was
// not encrypted: errEncrypted when the password is not the one that every program knows.
func unlockBook(stream octets) (lock xlsLock, err error) {
	at := filePass(stream)
	if at < 0 {
		return nil, nil
	}
	pass := stream.part(at+4, stream.u16(at+2))
	switch {
	case stream.u16(4) < 0x0600: // Excel 5 and 95 know one way only
		lock = xorLock(pass)
	case pass.u16(0) == 0:
		lock = xorLock(pass.part(2, 4))
	case pass.u16(0) == 1 && pass.u16(2) == 1:
		lock = oldRC4Lock(pass.part(6, len(pass)))
	case pass.u16(0) == 1 && pass.u16(2) >= 2 && pass.u16(2) <= 4 && pass.u16(4) == 2:
		lock = newRC4Lock(pass.part(10, len(pass)))
	}
	if lock == nil {
		return nil, errEncrypted
	}
	for at += 4 + stream.u16(at+2); at+4 <= len(stream); {
		kind, body := stream.u16(at), stream.part(at+4, stream.u16(at+2))
		start := at + 4
		at = start + stream.u16(at+2)
		switch {
		case xlsPlain[kind]:
			continue
		case kind == xlsBoundSheet: // where the sheet begins stays readable
			lock.open(body.part(4, len(body)), start+4, len(body))
		default:
			lock.open(body, start, len(body))
		}
	}
	return lock, nil
}

// filePass gives where the record that tells of encryption lies, near the beginning ([MS-XLS] 2.4.117); -1 without.
func filePass(stream octets) int {
	for at := 0; at+4 <= len(stream) && at < 4096; at += 4 + stream.u16(at+2) {
		switch kind := stream.u16(at); {
		case kind == xlsFilePass:
			return at
		case kind == 0 && stream.u16(at+2) == 0:
			return -1
		}
	}
	return -1
}

// xlsLock decrypts data of a record in place: at is where it lies in the stream, size that of the record's data.
type xlsLock interface {
	open(data octets, at, size int)
}

// rc4Lock is RC4 with a key of its own for each block of the stream.
type rc4Lock struct {
	key   func(block uint32) []byte
	block int
	pad   []byte // what the current block is combined with
}

func (l *rc4Lock) open(data octets, at, _ int) {
	for len(data) > 0 {
		if block := at / rc4Block; l.pad == nil || block != l.block {
			l.block, l.pad = block, make([]byte, rc4Block)
			c, err := rc4.NewCipher(l.key(uint32(block)))
			if err != nil {
				return // no key has such a size
			}
			c.XORKeyStream(l.pad, l.pad)
		}
		n := subtle.XORBytes(data, data, l.pad[at%rc4Block:])
		data, at = data[n:], at+n
	}
}

// openBlock decrypts what has a key of its own from its first byte to its last.
func (l *rc4Lock) openBlock(data octets, block int) {
	if c, err := rc4.NewCipher(l.key(uint32(block))); err == nil {
		c.XORKeyStream(data, data)
	}
}

// maxHiddenStreams is how many streams lie in one that hides properties; Office writes two.
const maxHiddenStreams = 16

// hiddenProperties reads the properties that are encrypted with a workbook, its labels among them ([MS-OFFCRYPTO] 2.3.5.4).
func hiddenProperties(all octets, l *rc4Lock, d *draft) {
	list := bytes.Clone(all.part(all.u32(0), min(all.u32(4), maxLockInfo)))
	l.openBlock(list, 0)
	entry := octets(list).part(4, len(list))
	for range min(octets(list).u32(0), maxHiddenStreams) {
		if len(entry) < 16 {
			return
		}
		name := 2 * int(entry[10])
		if entry.u16(16) == 5 { // what marks a set of properties
			set := bytes.Clone(all.part(entry.u32(0), min(entry.u32(4), maxProperties)))
			l.openBlock(set, entry.u16(8))
			oleProperties(bytes.NewReader(set), d)
		}
		entry = entry.part(16+name+2, len(entry))
	}
}

// fits tells whether the key opens the verifier and its hash, which are encrypted in one go.
func (l *rc4Lock) fits(of func() hash.Hash, said, sum octets) bool {
	both := bytes.Clone(append(said[:len(said):len(said)], sum...))
	l.open(both, 0, 0)
	return len(said) == 16 && subtle.ConstantTimeCompare(hashOf(of, both[:16]), both[16:]) == 1
}

// oldRC4Lock is the encryption of Excel 97 ([MS-OFFCRYPTO] 2.3.6), nil when the password does not fit.
func oldRC4Lock(info octets) xlsLock {
	if len(info) < 48 {
		return nil
	}
	h := hashOf(md5.New, utf16Bytes(bookPassword))
	h = hashOf(md5.New, bytes.Repeat(append(h[:5:5], info[:16]...), 16))
	l := &rc4Lock{key: func(block uint32) []byte { return hashOf(md5.New, h[:5], binary.LittleEndian.AppendUint32(nil, block)) }}
	if !l.fits(md5.New, info[16:32], info[32:48]) {
		return nil
	}
	return l
}

// newRC4Lock is that of Excel 2002 and later ([MS-OFFCRYPTO] 2.3.5), nil when the password does not fit.
func newRC4Lock(info octets) xlsLock {
	header := info.part(4, info.u32(0))
	verifier := info.part(4+info.u32(0), len(info))
	const algorithmRC4 = 0x6801
	size := header.u32(16) / 8
	if size == 0 {
		size = 5
	}
	if header.u32(8) != algorithmRC4 || size < 5 || size > 16 || verifier.u32(0) != 16 || len(verifier) < 60 {
		return nil
	}
	h := hashOf(sha1.New, verifier[4:20], utf16Bytes(bookPassword))
	l := &rc4Lock{key: func(block uint32) []byte {
		key := hashOf(sha1.New, h, binary.LittleEndian.AppendUint32(nil, block))[:size]
		if size == 5 { // 40 bits are filled up to 128 (2.3.5.2)
			key = append(key, make([]byte, 11)...)
		}
		return key
	}}
	if !l.fits(sha1.New, verifier[20:36], verifier[40:60]) {
		return nil
	}
	return l
}

// xorBytes is what the data of a workbook is turned and combined with ([MS-OFFCRYPTO] 2.3.7.2). Office in French wrote
// nothing stronger for years.
type xorBytes [16]byte

// What the password that every program knows gives: the key (CreateXorKey_Method1), what a file keeps beside it
// (CreatePasswordVerifier_Method1), and the byte that fills it up to 16.
const (
	xorKey      = 0xb359
	xorVerifier = 0x9a0a
	xorFill     = "\xbb"
)

// xorLock combines the password with the key and turns it, nil when the password is another.
func xorLock(pass octets) xlsLock {
	if len(pass) < 4 || pass.u16(0) != xorKey || pass.u16(2) != xorVerifier {
		return nil
	}
	var x xorBytes
	for i, b := range []byte(bookPassword + xorFill) { // 16 bytes
		x[i] = bits.RotateLeft8(b^pass[i%2], 2)
	}
	return x
}

// open turns and combines as Excel does, which is not quite what [MS-OFFCRYPTO] 2.3.7.3 says.
func (x xorBytes) open(data octets, at, size int) {
	for i, b := range data {
		data[i] = bits.RotateLeft8(b, 3) ^ x[(at+i+size)%16]
	}
}
