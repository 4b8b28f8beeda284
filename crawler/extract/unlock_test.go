package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

var salt = []byte("salt of 16 bytes")

func sha1Of(parts ...[]byte) []byte   { s := sha1.Sum(join(parts...)); return s[:] }
func sha512Of(parts ...[]byte) []byte { s := sha512.Sum512(join(parts...)); return s[:] }

// whole fills bytes up to whole blocks of AES.
func wholeBlocks(b []byte) []byte { return append(bytes.Clone(b), make([]byte, (16-len(b)%16)%16)...) }

// standardPackage gives the streams of a package that is encrypted as Office 2007 does.
func standardPackage(t testing.TB, password string, body []byte) []string {
	h := sha1Of(salt, wideOf(password))
	for i := range 50_000 {
		h = sha1Of(le32(i), h)
	}
	h = sha1Of(h, le32(0))
	inner := bytes.Repeat([]byte{0x36}, 64)
	for i := range h {
		inner[i] ^= h[i]
	}
	block, err := aes.NewCipher(sha1Of(inner)[:16])
	if err != nil {
		t.Fatal(err)
	}
	encrypted := func(b []byte) []byte {
		b = wholeBlocks(b)
		for at := 0; at < len(b); at += 16 {
			block.Encrypt(b[at:], b[at:])
		}
		return b
	}
	said := []byte("what is verified")
	header := join(le32(0x24, 0, 0x660e, 0x8004, 128, 24, 0, 0), wideOf("AES\x00"))
	info := join(le16(3, 2), le32(0x24, len(header)), header, le32(16), salt, encrypted(said), le32(20), encrypted(sha1Of(said)))
	return []string{"EncryptionInfo", string(info), "EncryptedPackage", string(join(le32(len(body), 0), encrypted(body)))}
}

// agilePackage gives those of a package that is encrypted as Office 2013 does.
func agilePackage(t testing.TB, password string, spins int, body []byte) []string {
	chained := func(key, first, b []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		b = wholeBlocks(b)
		cipher.NewCBCEncrypter(block, first).CryptBlocks(b, b)
		return b
	}
	h := sha512Of(salt, wideOf(password))
	for i := range min(spins, 100_000) {
		h = sha512Of(le32(i), h)
	}
	own := func(blockKey uint64, b []byte) string {
		key := sha512Of(h, binary.BigEndian.AppendUint64(nil, blockKey))[:32]
		return base64.StdEncoding.EncodeToString(chained(key, salt, b))
	}
	said, secret, dataSalt := []byte("what is verified"), []byte("a key that has 32 bytes: 0123456"), []byte("another 16 bytes")
	var segments []byte
	for i := 0; i*4096 < len(body); i++ {
		segments = append(segments, chained(secret, sha512Of(dataSalt, le32(i))[:16], body[i*4096:min(len(body), i*4096+4096)])...)
	}
	how := `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="`
	info := `<encryption><keyData ` + how + base64.StdEncoding.EncodeToString(dataSalt) + `"/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="` + fmt.Sprint(spins) + `" ` + how +
		base64.StdEncoding.EncodeToString(salt) + `" encryptedVerifierHashInput="` + own(0xfea7d2763b4b9e79, said) + `" encryptedVerifierHashValue="` + own(0xd7aa0f6d3061344e, sha512Of(said)) +
		`" encryptedKeyValue="` + own(0x146e0be7abacd0d6, secret) + `"/></keyEncryptor></keyEncryptors></encryption>`
	return []string{"EncryptionInfo", string(le16(4, 4)) + string(le32(0x40)) + info, "EncryptedPackage", string(join(le32(len(body), 0), segments))}
}

func TestUnlockPackage(t *testing.T) {
	files := samples(t)
	// A package of more than one segment, whose last is no whole block.
	long := pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document><w:body><w:p><w:r><w:t>texte</w:t></w:r></w:p></w:body></w:document>", "noise.bin", string(noise(9001)))
	mime := map[string]string{"docx": mimeDOCX, "xlsx": mimeXLSX, "pptx": mimePPTX}
	for _, c := range []struct {
		name, file string
		streams    []string
		read       bool
	}{
		{"standard", "a.xlsx", standardPackage(t, bookPassword, files["a.xlsx"]), true},
		{"agile", "a.xlsx", agilePackage(t, bookPassword, 1000, files["a.xlsx"]), true},
		{"a letter", "a.docx", agilePackage(t, bookPassword, 10, files["a.docx"]), true},
		{"several segments", "a.docx", agilePackage(t, bookPassword, 0, long), true},
		{"several segments, standard", "a.docx", standardPackage(t, bookPassword, long), true},
		{"a deck", "a.pptx", agilePackage(t, deckPassword, 10, files["a.pptx"]), true},
		{"a deck that says standard", "a.pptx", standardPackage(t, deckPassword, files["a.pptx"]), true},
		{"a deck's password on a workbook", "a.xlsx", agilePackage(t, deckPassword, 10, files["a.xlsx"]), false},
		{"another password", "a.xlsx", standardPackage(t, "velvetsweatshop", files["a.xlsx"]), false},
		{"another password, agile", "a.xlsx", agilePackage(t, "secret", 10, files["a.xlsx"]), false},
		{"no password", "a.xlsx", agilePackage(t, "", 10, files["a.xlsx"]), false},
		{"more rounds than Office allows", "a.xlsx", agilePackage(t, bookPassword, maxSpins+1, files["a.xlsx"]), false},
		{"rights of a server", "a.xlsx", []string{"EncryptedPackage", "\x10\x00\x00\x00\x00\x00\x00\x00" + strings.Repeat("x", 16)}, false},
		{"an unknown way", "a.xlsx", []string{"EncryptionInfo", "\x04\x00\x03\x00" + strings.Repeat("x", 90), "EncryptedPackage", strings.Repeat("x", 24)}, false},
	} {
		item := readHere(c.file, compound(c.streams...))
		check(t, c.name+": MIME", item.MIME, mime[c.file[2:]])
		if !c.read {
			if item.Text != "" || item.Problem == nil || item.Problem.Code != content.Encrypted || item.Properties["encryption"] != "" {
				t.Errorf("%s: text %q, problem %+v, properties %v", c.name, item.Text, item.Problem, item.Properties)
			}
			continue
		}
		if !strings.Contains(item.Text, "texte") || item.Problem != nil {
			t.Errorf("%s: text %q, problem %+v", c.name, item.Text, item.Problem)
		}
		check(t, c.name+": property", item.Properties["encryption"], builtInPassword)
	}
}

// noise gives bytes that do not pack.
func noise(n int) (b []byte) {
	for i := 0; len(b) < n; i++ {
		b = append(b, sha1Of(le32(i))...)
	}
	return b[:n]
}

// The rounds of a hash stop when the time for the document is over.
func TestUnlockLate(t *testing.T) {
	d := newDraft(Input{Address: "https://x.example/a.xlsx"}, 0, time.Now().Add(-time.Second))
	readOLE(compound(agilePackage(t, bookPassword, maxSpins, samples(t)["a.xlsx"])...), d)
	if item := d.finish(); item.Problem == nil || item.Problem.Code != content.TimedOut {
		t.Errorf("problem %+v, want timed_out", item.Problem)
	}
}

// lockedBook encrypts the stream of a workbook: "xor", "xor95", "rc4", "rc4 40" or "rc4 128".
func lockedBook(t testing.TB, way, password string, stream octets) octets {
	said := []byte("what is verified")
	var pass []byte
	var key func(block int) []byte
	var xor []byte
	encrypted := func(key []byte, skip int, b []byte) []byte {
		c, err := rc4.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		c.XORKeyStream(make([]byte, skip), make([]byte, skip))
		b = bytes.Clone(b)
		c.XORKeyStream(b, b)
		return b
	}
	switch way {
	case "xor", "xor95":
		pass = []byte{0x59, 0xb3, 0x0a, 0x9a}
		if password != bookPassword {
			pass = []byte{0x59, 0xb3, 0x0b, 0x9a}
		}
		for i, b := range []byte(password + "\xbb") {
			xor = append(xor, bits.RotateLeft8(b^pass[i%2], 2))
		}
		if way == "xor" {
			pass = join(le16(0), pass)
		}
	case "rc4":
		h := md5.Sum(wideOf(password))
		h = md5.Sum(bytes.Repeat(join(h[:5], salt), 16))
		key = func(block int) []byte { k := md5.Sum(join(h[:5], le32(block))); return k[:] }
		sum := md5.Sum(said)
		pass = join(le16(1, 1, 1), salt, encrypted(key(0), 0, join(said, sum[:])))
	case "rc4 40", "rc4 128":
		size := map[string]int{"rc4 40": 5, "rc4 128": 16}[way]
		key = func(block int) []byte {
			k := sha1Of(sha1Of(salt, wideOf(password)), le32(block))[:16]
			clear(k[size:])
			return k
		}
		header := join(le32(4, 0, 0x6801, 0x8004, size*8, 1, 0, 0), wideOf("RC4\x00"))
		pass = join(le16(1, 4, 2), le32(4, len(header)), header, le32(16), salt, encrypted(key(0), 0, said), le32(20), encrypted(key(0), 16, sha1Of(said)))
	}
	first := 4 + stream.u16(2)
	out := join(stream[:first], le16(0x2f, len(pass)), pass)
	added := 4 + len(pass)
	for at := first; at+4 <= len(stream); {
		kind, size := stream.u16(at), stream.u16(at+2)
		body := bytes.Clone(stream[at+4 : at+4+size])
		at += 4 + size
		out = append(out, le16(kind, size)...)
		plain := 0
		switch kind {
		case 0x809, 0xe1:
			plain = len(body)
		case 0x85:
			binary.LittleEndian.PutUint32(body, uint32(octets(body).u32(0)+added))
			plain = 4
		}
		out = append(out, body[:plain]...)
		for _, b := range body[plain:] {
			if pos := len(out); key == nil {
				b = bits.RotateLeft8(b^xor[(pos+size)%16], -3)
			} else {
				b = encrypted(key(pos/1024), pos%1024, []byte{b})[0]
			}
			out = append(out, b)
		}
	}
	return out
}

func TestUnlockBook(t *testing.T) {
	record := func(kind int, body ...[]byte) []byte { b := join(body...); return join(le16(kind, len(b)), b) }
	// A workbook of several keys: its first sheet is long.
	globals := func(at int) []byte {
		return join(record(0x809, le16(0x600, 5)), record(0xe1, le16(1200)), record(0x85, le32(at), []byte{0, 0, 6, 0}, []byte("Ventes")), record(0x0a))
	}
	sheet := record(0x809, le16(0x600, 16))
	for i := range 200 {
		sheet = append(sheet, record(0x204, le16(i, 0, 0, 9), []byte{0}, []byte("ligne"), fmt.Appendf(nil, "%04d", i))...)
	}
	long := octets(join(globals(len(globals(0))), sheet, record(0x0a)))
	old := octets(join(record(0x809, le16(0x500, 5)), record(0x85, le32(8+15+4), []byte{0, 0, 4}, []byte("Prix")), record(0x0a),
		record(0x809, le16(0x500, 16)), record(0x204, le16(0, 0, 0, 5), []byte("texte")), record(0x0a)))
	for _, c := range []struct {
		name, way, password, stream string
		book                        octets
		want                        string // the end of the text; "" for encrypted
	}{
		{"Excel 97", "rc4", bookPassword, "Workbook", oldTable(), "Ventes\n\nRégœn\tPrix\n12.34\t2025-05-15\noui"},
		{"Excel 97, long", "rc4", bookPassword, "Workbook", long, "ligne0198\nligne0199"},
		{"Excel 2003", "rc4 128", bookPassword, "Workbook", long, "ligne0198\nligne0199"},
		{"Excel 2003, 40 bits", "rc4 40", bookPassword, "Workbook", long, "ligne0198\nligne0199"},
		{"French Excel 97", "xor", bookPassword, "Workbook", long, "ligne0198\nligne0199"},
		{"Excel 95", "xor95", bookPassword, "Book", old, "Prix\n\ntexte"},
		{"Excel 97, another password", "rc4", "secret", "Workbook", long, ""},
		{"Excel 2003, another password", "rc4 128", "secret", "Workbook", long, ""},
		{"French Excel 97, another password", "xor", "VelvetSweatshoq", "Workbook", long, ""},
		{"Excel 95, another password", "xor95", "VelvetSweatshoq", "Book", old, ""},
	} {
		item := readHere("a.xls", compound(c.stream, string(lockedBook(t, c.way, c.password, c.book))))
		check(t, c.name+": MIME", item.MIME, "application/vnd.ms-excel")
		if c.want == "" {
			if item.Text != "" || item.Problem == nil || item.Problem.Code != content.Encrypted {
				t.Errorf("%s: text %q, problem %+v", c.name, item.Text, item.Problem)
			}
			continue
		}
		if !strings.HasSuffix(item.Text, c.want) || item.Problem != nil {
			t.Errorf("%s: text %q, problem %+v", c.name, item.Text, item.Problem)
		}
		check(t, c.name+": property", item.Properties["encryption"], builtInPassword)
	}
}

// The properties that are encrypted with a workbook are read too: here a title.
func TestHiddenProperties(t *testing.T) {
	title := "Ventes de mars"
	value := join(le32(0x1e, len(title)+1), []byte(title), []byte{0})
	set := join(le16(0xfffe, 0), le32(0), make([]byte, 16), le32(1), []byte("\xe0\x85\x9f\xf2\xf9\x4f\x68\x10\xab\x91\x08\x00\x2b\x27\xb3\xd9"), le32(48),
		le32(8+2*8+8+len(value), 2, 1, 24, 2, 32), le32(2, 1252), value)
	name := "\x05SummaryInformation"
	list := join(le32(1), le32(8, len(set)), le16(1), []byte{byte(len(name)), 1}, le32(0), wideOf(name), le16(0))
	encrypted := func(block int, b []byte) []byte {
		c, err := rc4.NewCipher(sha1Of(sha1Of(salt, wideOf(bookPassword)), le32(block))[:16])
		if err != nil {
			t.Fatal(err)
		}
		b = bytes.Clone(b)
		c.XORKeyStream(b, b)
		return b
	}
	all := join(le32(8+len(set), len(list)), encrypted(1, set), encrypted(0, list))
	for _, c := range []struct{ password, want string }{{bookPassword, title}, {"secret", ""}} {
		item := readHere("a.xls", compound("Workbook", string(lockedBook(t, "rc4 128", c.password, oldTable())), "encryption", string(all)))
		check(t, c.password, item.Properties["title"], c.want)
	}
	for _, cut := range []int{0, 7, 12, len(all) - 5} {
		readHere("a.xls", compound("Workbook", string(lockedBook(t, "rc4 128", bookPassword, oldTable())), "encryption", string(all[:cut])))
	}
}
