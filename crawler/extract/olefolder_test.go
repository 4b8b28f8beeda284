package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"filon/crawler/content"
)

// compound gives a compound file ([MS-CFB], version 3) with streams by path, as pack gives a ZIP file. Streams of less
// than 4,096 bytes lie in the small sectors of 64 bytes.
func compound(entries ...string) []byte {
	type node struct {
		name, data string
		inner      map[string]*node
		id         int
	}
	root := &node{name: "Root Entry", inner: map[string]*node{}}
	all := []*node{root}
	for i := 0; i+1 < len(entries); i += 2 {
		at := root
		for name := range strings.SplitSeq(entries[i], "/") {
			if at.inner == nil {
				at.inner = map[string]*node{}
			}
			if at.inner[name] == nil {
				at.inner[name] = &node{name: name, id: len(all)}
				all = append(all, at.inner[name])
			}
			at = at.inner[name]
		}
		at.data = entries[i+1]
	}
	const none, end = 0xffffffff, 0xfffffffe
	round := func(b []byte, to int) []byte { return append(b, make([]byte, (to-len(b)%to)%to)...) }
	var small, large []byte
	var smallFAT, fat []uint32
	chain := func(fat []uint32, n int) []uint32 {
		for i := range n {
			next := uint32(len(fat) + 1)
			if i == n-1 {
				next = end
			}
			fat = append(fat, next)
		}
		return fat
	}
	directory := make([]byte, 0, 128*len(all))
	starts := make([]uint32, len(all))
	for i, n := range all {
		starts[i] = end
		if body := []byte(n.data); len(body) >= 4096 {
			starts[i] = uint32(len(large) / 512)
			large = append(large, round(body, 512)...)
		} else if len(body) > 0 {
			starts[i] = uint32(len(smallFAT))
			body = round(body, 64)
			smallFAT = chain(smallFAT, len(body)/64)
			small = append(small, body...)
		}
	}
	smallSize := len(small)
	small = round(small, 512)
	sectors := func(bytes int) int { return (bytes + 511) / 512 }
	smallFATSectors, directorySectors := sectors(4*len(smallFAT)), sectors(128*len(all))
	fatSectors := 1
	for fatSectors*128 < fatSectors+directorySectors+smallFATSectors+(len(small)+len(large))/512 {
		fatSectors++
	}
	for range fatSectors {
		fat = append(fat, 0xfffffffd)
	}
	directoryAt := len(fat)
	fat = chain(fat, directorySectors)
	smallFATAt := len(fat)
	fat = chain(fat, smallFATSectors)
	smallAt := len(fat)
	fat = chain(fat, len(small)/512)
	largeAt := len(fat)
	for i, n := range all {
		if len(n.data) >= 4096 {
			starts[i] += uint32(largeAt)
			fat = chain(fat, sectors(len(n.data)))
		}
		e := make([]byte, 128)
		name := utf16.Encode([]rune(n.name))
		for k, u := range name {
			binary.LittleEndian.PutUint16(e[2*k:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66] = 2
		copy(e[68:], le32(none, none, none))
		size := len(n.data)
		if n.inner != nil {
			e[66] = 1
		}
		if i == 0 {
			e[66], size, starts[0] = 5, smallSize, end
			if smallSize > 0 {
				starts[0] = uint32(smallAt)
			}
		}
		copy(e[116:], le32(int(starts[i]), size))
		directory = append(directory, e...)
	}
	for _, n := range all { // the entries of a folder hang below each other
		ids := make([]int, 0, len(n.inner))
		for _, c := range n.inner {
			ids = append(ids, c.id)
		}
		sort.Ints(ids)
		for k, id := range ids {
			if k == 0 {
				copy(directory[128*n.id+76:], le32(id))
			} else {
				copy(directory[128*ids[k-1]+72:], le32(id))
			}
		}
	}
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	copy(head[24:], le16(0x3e, 3, 0xfffe, 9, 6))
	firstSmall := end
	if smallFATSectors > 0 {
		firstSmall = smallFATAt
	}
	copy(head[44:], le32(fatSectors, directoryAt, 0, 4096, firstSmall, smallFATSectors, end, 0))
	for i := range 109 {
		at := none
		if i < fatSectors {
			at = i
		}
		copy(head[76+4*i:], le32(at))
	}
	table := func(fat []uint32, n int) (b []byte) {
		for _, v := range fat {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
		return append(b, bytes.Repeat([]byte{0xff}, 512*n-len(b))...)
	}
	return join(head, table(fat, fatSectors), round(directory, 512), table(smallFAT, smallFATSectors), small, large)
}

// packed gives what the packager of Windows makes of a file.
func packedObject(name, body string) string {
	b := join(le16(2), []byte(name+"\x00C:\\"+name+"\x00"), le16(0, 3), le32(5), []byte("C:\\a\x00"), le32(len(body)), []byte(body))
	return string(join(le32(len(b)), b))
}

// message gives the streams of an Outlook message below a folder.
func message(at, subject, body string, more ...string) []string {
	return append([]string{at + "__properties_version1.0", string(make([]byte, 32)), at + "__substg1.0_0037001F", string(wideOf(subject)), at + "__substg1.0_1000001F", string(wideOf(body))}, more...)
}

func smallDOCX(t testing.TB, text string) string {
	return string(docx(t, `<w:p><w:r><w:t>`+text+`</w:t></w:r></w:p>`))
}

// Of an Outlook message, files that are attached are hidden words, messages are text, pictures in the text are pictures,
// and what cannot be read is counted.
func TestInsideMSG(t *testing.T) {
	const one, two, three, four = "__attach_version1.0_#00000000/", "__attach_version1.0_#00000001/", "__attach_version1.0_#00000002/", "__attach_version1.0_#00000003/"
	outer := message("", "Réunion", "Voir les pièces jointes.", "__substg1.0_10130102", `<p>Voir <img src="cid:logo@1">`)
	file := func(at, name, body string) []string {
		return []string{at + "__substg1.0_3707001F", string(wideOf(name)), at + "__substg1.0_37010102", body}
	}
	forwarded := message(two+"__substg1.0_3701000D/", "Salaires", "Le détail suit.", file(two+"__substg1.0_3701000D/"+one, "note.txt", "Prime de Jeanne\n")...)
	read := func(parts ...[]string) content.Item {
		var all []string
		for _, p := range parts {
			all = append(all, p...)
		}
		return readHere("a.msg", compound(all...))
	}
	item := read(outer, file(one, "paie.docx", smallDOCX(t, "Salaire de Jeanne")), forwarded,
		append(file(three, "logo.jpg", string(photo(t))), three+"__substg1.0_3712001F", string(wideOf("logo@1"))))
	check(t, "MIME", item.MIME, mimeMSG)
	check(t, "text", item.Text, "Voir les pièces jointes.\n\nSalaires\n\nLe détail suit.")
	check(t, "title", item.Title, "Réunion")
	check(t, "hidden", zoneText(item, content.ZoneHidden), "Salaire de Jeanne\nPrime de Jeanne")
	check(t, "attachments", item.Properties["attachments"]+" "+item.Properties["attachments_unread"]+" "+item.Properties["pictures"], "2  1")

	for name, more := range map[string][]string{
		"a picture beside the text": file(four, "plan.jpg", string(photo(t))),
		"a PDF":                     file(four, "a.pdf", "%PDF-1.4 "),
		"a file elsewhere":          {four + "__substg1.0_3707001F", string(wideOf("a.docx"))},
		"too large":                 file(four, "a.txt", strings.Repeat("mot ", maxInsideBytes/4+1)),
		"too much text":             file(four, "a.txt", strings.Repeat("mot ", maxInsideText/4+1)),
		"damaged":                   file(four, "a.docx", smallDOCX(t, "Salaire")[:300]),
		"files in a file":           file(four, "b.msg", string(compound(append(message("", "B", "Texte"), file(one, "c.docx", smallDOCX(t, "C"))...)...))),
	} {
		item := read(outer, file(one, "b.txt", "Lu"), more)
		check(t, name, item.Properties["attachments"]+" "+item.Properties["attachments_unread"], "2 1")
	}

	var deep []string
	at := ""
	for range 12 {
		deep = append(deep, message(at, "Re", "Texte")...)
		at += one + "__substg1.0_3701000D/"
	}
	item = read(deep)
	check(t, "deep", item.Problem != nil && item.Problem.Code == content.TooLarge && item.Properties["attachments_unread"] == "1", true)
	item = readHere("a.doc", compound("WordDocument", "", strings.Repeat("a/", maxFolders+1)+"b", "x"))
	check(t, "folders", item.Problem.Code, content.TooLarge)
	var many []string
	for i := range maxInside + 6 {
		many = append(many, file("__attach_version1.0_#"+string(rune('a'+i))+"/", "a.txt", "Lu")...)
	}
	item = read(outer, many)
	check(t, "many", item.Properties["attachments"]+" "+item.Properties["attachments_unread"], "30 6")
}

// What lies inside of office documents from before 2007 is read: documents in streams of their own, files that an object
// wraps. Links and controls are no files.
func TestInsideOld(t *testing.T) {
	word, table := oldLetter()
	whole := compound("WordDocument", string(word), "1Table", string(table))
	letter := func(at string) []string {
		return []string{at + "WordDocument", string(word), at + "1Table", string(table)}
	}
	hidden := "Titre A B Voir le site. Œuvre 𝄞"
	for _, c := range []struct {
		name           string
		inside         []string // below the folder of an object
		hidden, counts string
	}{
		{"none", nil, "", " "},
		{"a document", letter("_1/"), hidden, "1 "},
		{"a workbook", []string{"_1/Workbook", string(oldTable())}, "Ventes Régœn Prix 12.34 2025-05-15 oui Confidentiel", "1 "},
		{"a new document", []string{"_1/Package", smallDOCX(t, "Salaire")}, "Salaire", "1 "},
		{"a packed text", []string{"_1/\x01Ole10Native", packedObject("paie.txt", "Salaire de Jeanne")}, "Salaire de Jeanne", "1 "},
		{"a packed message", []string{"_1/\x01Ole10Native", packedObject("a.msg", string(compound(message("", "Paie", "Salaire")...)))}, "Salaire", "1 "},
		{"packed twice", []string{"_1/\x01Ole10Native", packedObject("a.bin", string(compound("\x01Ole10Native", packedObject("a.txt", "Salaire"))))}, "", "1 1"},
		{"a cut package", []string{"_1/\x01Ole10Native", packedObject("paie.txt", "Salaire")[:40]}, "", "1 1"},
		{"of another program", []string{"_1/CONTENTS", "\x00\x01\x02"}, "", "1 1"},
		{"an equation", []string{"_1/Equation Native", "\x1c\x00"}, "", "1 1"},
		{"a link", []string{"_1/\x03ObjInfo", "\x10\x00\x03\x00", "_1/\x03EPRINT", "x"}, "", " "},
		{"a control", []string{"_1/\x03OCXNAME", "x", "_1/contents", "x"}, "", " "},
		{"objects in an object", append(letter("_1/"), "_1/ObjectPool/_2/Package", smallDOCX(t, "Salaire")), hidden, "1 1"},
	} {
		entries := letter("")
		book := []string{"Workbook", string(oldTable())}
		for i := 0; i < len(c.inside); i += 2 {
			entries = append(entries, "ObjectPool/"+c.inside[i], c.inside[i+1])
			book = append(book, "MBD0000000"+strings.TrimPrefix(c.inside[i], "_"), c.inside[i+1])
		}
		for kind, file := range map[string][]byte{"doc": compound(entries...), "xls": compound(book...)} {
			item := readHere("a."+kind, file)
			said := strings.Join(strings.Fields(zoneText(item, content.ZoneHidden)), " ")
			check(t, kind+": "+c.name, strings.TrimSuffix(strings.TrimSuffix(said, " Pied Interne"), " Interne Pied"), c.hidden)
			check(t, kind+": "+c.name+": counts", item.Properties["attachments"]+" "+item.Properties["attachments_unread"], c.counts)
		}
	}

	var small bytes.Buffer
	z := zlib.NewWriter(&small)
	_, _ = z.Write(whole)
	_ = z.Close()
	for name, record := range map[string][]byte{
		"as it is":         join(le16(0, pptFile), le32(len(whole)), whole),
		"packed":           join(le16(1<<4, pptFile), le32(small.Len()+4), le32(len(whole)), small.Bytes()),
		"cut":              join(le16(1<<4, pptFile), le32(small.Len()/2), le32(len(whole)), small.Bytes()[:small.Len()/2]),
		"larger than said": join(le16(1<<4, pptFile), le32(small.Len()+4), le32(len(whole)/2), small.Bytes()),
	} {
		deck, current := deckWith(record)
		d := newDraft(Input{Address: "https://x.example/a.ppt"}, 0, time.Time{})
		readOldPPT(deck, current, d)
		item := d.finish()
		read := strings.Contains(zoneText(item, content.ZoneHidden), "Voir le site.")
		check(t, name, read, name == "as it is" || name == "packed")
		check(t, name+": counts", item.Properties["attachments"]+" "+item.Properties["attachments_unread"], map[bool]string{true: "1 ", false: "1 1"}[read])
	}
}

// deckWith gives the streams of a presentation that holds one file, and refers to another.
func deckWith(file []byte) (deck, current octets) {
	record := func(head, kind int, body ...[]byte) []byte {
		b := join(body...)
		return join(le16(head, kind), le32(len(b)), b)
	}
	atom := func(kind, id int) []byte {
		return record(15, pptObject, record(1, pptObjectAtom, le32(1, kind, 1, 0, id, 0)))
	}
	document := record(15, pptDocument, record(15, pptObjects, record(0, 1034, le32(2)), atom(0, 2), atom(1, 3)))
	list := record(0, pptDirectory, le32(2<<20|1, 0, len(document)))
	at := len(document) + len(file)
	edit := record(0, pptUserEdit, le32(0, 0, 0, at, 1, 4))
	return join(document, file, list, edit), join(make([]byte, 16), le32(at+len(list)))
}

// FuzzOLE hands hostile compound files to the reader.
func FuzzOLE(f *testing.F) {
	word, table := oldLetter()
	f.Add(compound(message("", "Réunion", "Texte", "__attach_version1.0_#00000000/__substg1.0_37010102", "Lu")...))
	f.Add(compound("WordDocument", string(word), "1Table", string(table), "ObjectPool/_1/\x01Ole10Native", packedObject("a.txt", "Lu"), "ObjectPool/_1/\x03ObjInfo", "\x00\x00"))
	f.Add(compound("Workbook", string(oldTable()), "MBD00000001/Package", smallDOCX(f, "Lu")))
	for _, way := range []string{"xor", "rc4", "rc4 128"} {
		f.Add(compound("Workbook", string(lockedBook(f, way, bookPassword, oldTable()))))
	}
	f.Add(compound(agilePackage(f, bookPassword, 10, smallXLSX(f))...))
	f.Add(compound(standardPackage(f, bookPassword, smallXLSX(f))...))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := newDraft(Input{Address: "https://x.example/a.msg", Body: b}, 1<<16, time.Now().Add(5*time.Second))
		readOLE(b, d)
		item := d.finish()
		if len(item.Text) > 1<<16 || item.Text == "" && item.Problem == nil || item.Problem != nil && item.Problem.Code == content.TimedOut {
			t.Errorf("%d bytes, problem %+v", len(item.Text), item.Problem)
		}
		unpackObject(b, true)
		packedFile(b)
	})
}
