package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"hash"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Office encrypts a workbook whose structure is protected with a password that every program knows and tries without
// asking ([MS-OFFCRYPTO] 2.4.2.3 for workbooks); PowerPoint has one of its own. Such a file hides nothing from anybody.
// One with any other password stays unread.
const (
	bookPassword = "VelvetSweatshop"
	deckPassword = "/01Hannes Ruescher/01"

	builtInPassword = "built_in_password" // what the property says of such a file
)

const (
	maxSpins       = 10_000_000 // rounds of a hash; Office itself writes 100,000 and allows no more than this
	standardSpins  = 50_000     // [MS-OFFCRYPTO] 2.3.4.7
	packageSegment = 4096       // bytes of a package that are encrypted together ([MS-OFFCRYPTO] 2.3.4.15)
	maxLockInfo    = 1 << 20    // bytes that say how a file is encrypted
)

// unlockPackage gives the office file inside of an encrypted one ([MS-OFFCRYPTO] 2.3.4): errEncrypted when it has a
// password of its own or is encrypted in a way that only servers can undo, errDeadline when the time is over.
func unlockPackage(f *folder, d *draft) ([]byte, error) {
	info, err := f.read("encryptioninfo", maxLockInfo)
	if err != nil || len(info) < 8 {
		return nil, errEncrypted
	}
	passwords := []string{bookPassword}
	if d.MIME == mimePPTX {
		passwords = append(passwords, deckPassword)
	}
	for _, password := range passwords {
		var open func(body octets)
		switch major, minor := info.u16(0), info.u16(2); {
		case major == 4 && minor == 4:
			open, err = agileLock(info[8:], password, d.deadline)
		case major >= 2 && major <= 4 && minor == 2:
			open, err = standardLock(info[8:], password, d.deadline)
		default:
			return nil, errEncrypted
		}
		if err == errDeadline {
			return nil, err
		}
		if err != nil {
			continue
		}
		body, err := f.read("encryptedpackage", maxUnpacked)
		if len(body) < 8 {
			return nil, errBroken
		}
		if err != nil {
			return nil, err
		}
		size := binary.LittleEndian.Uint64(body)
		body = body[8:]
		body = body[:len(body)-len(body)%aes.BlockSize]
		open(body)
		return body[:min(uint64(len(body)), size)], nil
	}
	return nil, errEncrypted
}

// standardLock reads how a package of Office 2007 is encrypted ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9): AES, block by block,
// with a key from SHA-1. When the password fits, it gives the function that decrypts a package in place.
func standardLock(info octets, password string, deadline time.Time) (func(octets), error) {
	header := info.part(4, info.u32(0))
	verifier := info.part(4+info.u32(0), len(info))
	const aes128, aes192, aes256 = 0x660e, 0x660f, 0x6610
	bits := map[int]int{aes128: 128, aes192: 192, aes256: 256}[header.u32(8)]
	if bits == 0 || verifier.u32(0) != 16 || len(verifier) < 72 {
		return nil, errEncrypted
	}
	h, err := spin(sha1.New, verifier[4:20], password, standardSpins, deadline)
	if err != nil {
		return nil, err
	}
	h = hashOf(sha1.New, h, make([]byte, 4))
	derived := append(hashOf(sha1.New, padded(h, 64, 0x36)), hashOf(sha1.New, padded(h, 64, 0x5c))...)
	block, err := aes.NewCipher(derived[:bits/8])
	if err != nil {
		return nil, errEncrypted
	}
	open := func(body octets) {
		for ; len(body) >= aes.BlockSize; body = body[aes.BlockSize:] {
			block.Decrypt(body, body)
		}
	}
	said, sum := bytes.Clone(verifier[20:36]), bytes.Clone(verifier[40:72])
	open(said)
	open(sum)
	if subtle.ConstantTimeCompare(hashOf(sha1.New, said), sum[:sha1.Size]) != 1 {
		return nil, errEncrypted
	}
	return open, nil
}

// padded is a key's hash combined with a filling byte over size bytes ([MS-OFFCRYPTO] 2.3.4.7).
func padded(h []byte, size int, fill byte) []byte {
	b := bytes.Repeat([]byte{fill}, size)
	subtle.XORBytes(b, b, h)
	return b
}

// cipherOf is how one part of an agile encryption is done: hash, AES with chained blocks, salt.
type cipherOf struct {
	hash func() hash.Hash
	key  int // bytes
	salt []byte
}

var agileHashes = map[string]func() hash.Hash{
	"SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA-256": sha256.New,
	"SHA384": sha512.New384, "SHA-384": sha512.New384, "SHA512": sha512.New, "SHA-512": sha512.New,
}

// agileCipher reads the attributes of keyData or encryptedKey; false for what no version of Office writes.
func agileCipher(e xml.StartElement) (c cipherOf, ok bool) {
	bits, _ := strconv.Atoi(xmlAttr(e, "*", "keyBits"))
	c = cipherOf{hash: agileHashes[strings.ToUpper(xmlAttr(e, "*", "hashAlgorithm"))], key: bits / 8, salt: base64Attr(e, "saltValue")}
	ok = c.hash != nil && (bits == 128 || bits == 192 || bits == 256) && len(c.salt) > 0 && xmlAttr(e, "*", "blockSize") == "16" &&
		xmlAttr(e, "*", "cipherAlgorithm") == "AES" && xmlAttr(e, "*", "cipherChaining") == "ChainingModeCBC"
	return c, ok
}

// base64Attr is an attribute of bytes, nil when it is none or longer than any key.
func base64Attr(e xml.StartElement, name string) []byte {
	s := xmlAttr(e, "*", name)
	if len(s) > 1024 {
		return nil
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}

// agileLock reads how a package of Office 2010 and later is encrypted ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15). When the
// password fits, it gives the function that decrypts a package in place. That nobody changed the package since
// (2.3.4.14) is not checked: whoever could change it knows the password too.
func agileLock(info octets, password string, deadline time.Time) (func(octets), error) {
	var data, own cipherOf
	var spins int
	var said, sum, wrapped []byte
	dataFits, ownFits := false, false
	decoder := xml.NewDecoder(bytes.NewReader(info))
	for range 1000 {
		t, err := decoder.RawToken()
		if err != nil {
			break
		}
		e, is := t.(xml.StartElement)
		switch {
		case !is:
		case e.Name.Local == "keyData":
			data, dataFits = agileCipher(e)
		case e.Name.Local == "encryptedKey" && xmlAttr(e, "*", "spinCount") != "" && !ownFits: // a certificate's has none
			own, ownFits = agileCipher(e)
			spins, _ = strconv.Atoi(xmlAttr(e, "*", "spinCount"))
			said, sum, wrapped = base64Attr(e, "encryptedVerifierHashInput"), base64Attr(e, "encryptedVerifierHashValue"), base64Attr(e, "encryptedKeyValue")
		}
	}
	if !dataFits || !ownFits || spins < 0 || spins > maxSpins {
		return nil, errEncrypted
	}
	h, err := spin(own.hash, own.salt, password, spins, deadline)
	if err != nil {
		return nil, err
	}
	// The block keys that [MS-OFFCRYPTO] 2.3.4.11 and 2.3.4.13 give.
	said = own.decrypt(h, said, []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79})
	sum = own.decrypt(h, sum, []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e})
	wrapped = own.decrypt(h, wrapped, []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6})
	right := hashOf(own.hash, said[:min(len(said), len(own.salt))])
	if len(said) == 0 || len(sum) < len(right) || subtle.ConstantTimeCompare(right, sum[:len(right)]) != 1 || len(wrapped) < data.key {
		return nil, errEncrypted
	}
	block, err := aes.NewCipher(wrapped[:data.key])
	if err != nil {
		return nil, errEncrypted
	}
	return func(body octets) {
		for i := uint32(0); len(body) > 0; i++ {
			segment := body[:min(len(body), packageSegment)]
			first := hashOf(data.hash, data.salt, binary.LittleEndian.AppendUint32(nil, i))
			cipher.NewCBCDecrypter(block, first[:aes.BlockSize]).CryptBlocks(segment, segment)
			body = body[len(segment):]
		}
	}, nil
}

// decrypt gives a short text that was encrypted with the password's hash and a block key, nil when it cannot be one.
func (c cipherOf) decrypt(h, text, blockKey []byte) []byte {
	block, err := aes.NewCipher(filledTo(hashOf(c.hash, h, blockKey), c.key))
	if err != nil || len(text)%aes.BlockSize != 0 {
		return nil
	}
	text = bytes.Clone(text)
	cipher.NewCBCDecrypter(block, filledTo(c.salt, aes.BlockSize)).CryptBlocks(text, text)
	return text
}

// filledTo cuts bytes to a size, or fills them up as [MS-OFFCRYPTO] 2.3.4.11 says.
func filledTo(b []byte, size int) []byte {
	out := bytes.Repeat([]byte{0x36}, size)
	copy(out, b)
	return out
}

// spin hashes salt and password, then a counter and the last hash, as many times as is said; errDeadline when the time
// is over.
func spin(of func() hash.Hash, salt []byte, password string, times int, deadline time.Time) ([]byte, error) {
	h := of()
	h.Write(salt)
	h.Write(utf16Bytes(password))
	sum := h.Sum(nil)
	var count [4]byte
	for i := range times {
		if i%4096 == 0 && !deadline.IsZero() && time.Now().After(deadline) {
			return nil, errDeadline
		}
		binary.LittleEndian.PutUint32(count[:], uint32(i))
		h.Reset()
		h.Write(count[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum, nil
}

func hashOf(of func() hash.Hash, parts ...[]byte) []byte {
	h := of()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// utf16Bytes writes text in UTF-16, little end first.
func utf16Bytes(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}
