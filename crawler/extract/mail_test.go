package extract

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"filon/crawler/content"
)

const letter = "From: =?iso-8859-1?Q?Ren=E9e_Martin?= <r.martin@exemple.fr>\r\nTo: a@exemple.fr, b@exemple.fr\r\nCc: c@exemple.fr\r\nSubject: =?utf-8?B?UsOpdW5pb24gZGUgcmVudHLDqWU=?=\r\nDate: Mon, 2 Sep 2024 09:30:00 +0200\r\nSensitivity: Company-Confidential\r\n" +
	"msip_labels: MSIP_Label_" + labelGUID + "_Enabled=True;\r\n MSIP_Label_" + labelGUID + "_Name=Interne;\r\nMIME-Version: 1.0\r\n"

func TestMail(t *testing.T) {
	for name, body := range map[string]string{
		"plain":  "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nLa r=E9union=\r\n est en salle B.\r\n",
		"no end": "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nLa réunion est en salle B.\r\n",
		"mixed": "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\npreamble\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nplain\r\n--y\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGhlYWQ+PHRpdGxlPng8L3RpdGxlPjwvaGVhZD48cD5MYSByw6l1bmlvbiBlc3QgZW4g\r\n!PGI+c2FsbGU8L2I+IEIuPC9wPg==\r\n--y--\r\n" +
			"--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--x--\r\n",
	} {
		item := readHere("reunion.eml", []byte(letter+body))
		check(t, name+": MIME", item.MIME, mimeMail)
		check(t, name+": text", item.Text, "La réunion est en salle B.")
		check(t, name+": title", item.Title, "Réunion de rentrée")
		check(t, name+": author", item.Author, "Renée Martin")
		check(t, name+": date", item.Published.Time, time.Date(2024, 9, 2, 7, 30, 0, 0, time.UTC))
		check(t, name+": recipients", item.Properties["recipients"], "3")
		check(t, name+": sensitivity", item.Properties["sensitivity"], "Company-Confidential")
		check(t, name+": label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
		check(t, name+": attachments", item.Properties["attachments"], map[bool]string{true: "1"}[name == "mixed"])
		if item.Problem != nil {
			t.Errorf("%s: problem %+v", name, item.Problem)
		}
		for k, v := range item.Properties {
			if strings.Contains(v, "a@exemple.fr") {
				t.Errorf("%s: the recipients were kept as %s", name, k)
			}
		}
	}
}

// A message that was forwarded keeps its label.
func TestMailForwarded(t *testing.T) {
	item := readHere("a.eml", []byte("Subject: TR\r\nContent-Type: message/rfc822\r\n\r\n"+letter+"\r\nTexte"))
	check(t, "text", item.Text, "Réunion de rentrée\n\nTexte")
	check(t, "label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
	check(t, "sensitivity", item.Properties["sensitivity"], "Company-Confidential")
}

func TestMailHostile(t *testing.T) {
	nest := letter
	for range 100 {
		nest += "Content-Type: message/rfc822\r\n\r\n"
	}
	check(t, "depth", readHere("a.eml", []byte(nest+"\r\nfin")).Problem.Code, content.TooLarge)
	many := letter + "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\na\r\n", 5000) + "--x--\r\n"
	check(t, "parts", readHere("a.eml", []byte(many)).Problem.Code, content.TooLarge)
	check(t, "encrypted", readHere("a.eml", []byte(letter+"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nAAAA")).Problem.Code, content.Encrypted)
	check(t, "broken", readHere("a.eml", []byte("no header at all")).Problem.Code, content.Broken)
	check(t, "empty", readHere("a.eml", []byte(letter+"\r\n\r\n")).Problem.Code, content.NoText)
}

func TestUnpackRTF(t *testing.T) {
	packed := func(kind, body string, size int) []byte {
		b := make([]byte, 16, 16+len(body))
		binary.LittleEndian.PutUint32(b, uint32(len(body)+12))
		binary.LittleEndian.PutUint32(b[4:], uint32(size))
		copy(b[8:], kind)
		return append(b, body...)
	}
	// The worked example of [MS-OXRTFCP] 4.1: literal "{\rtf1\ansi\ansicpg1252\pard hello world}\r\n".
	example := []byte{0x03, 0x00, 0x0a, 0x00, 'r', 'c', 'p', 'g', '1', '2', '5', 0x42, '2', 0x0a, 0xf3, ' ', 'h', 'e', 'l', 0x09, 0x00, ' ', 'b', 'w', 0x05, 0xb0, 'l', 'd', '}', 0x0a, 0x80, 0x0f, 0xa0}
	got, err := unpackRTF(packed("LZFu", string(example), 43))
	check(t, "LZFu", string(got), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
	check(t, "LZFu error", err, nil)
	got, err = unpackRTF(packed("MELA", "{\\rtf1 a}", 9))
	check(t, "MELA", string(got), "{\\rtf1 a}")
	check(t, "MELA error", err, nil)
	if _, err = unpackRTF(packed("LZFu", "\xff", 1000)); err == nil {
		t.Error("a cut reference is no error")
	}
}

// TestMSG reads the streams of an Outlook message as its container gives them.
func TestMSG(t *testing.T) {
	wide := func(s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		return b
	}
	fixed := make([]byte, 32)
	for tag, value := range map[uint32]uint64{0x00390040: 133696638000000000, 0x00360003: 3} {
		fixed = binary.LittleEndian.AppendUint32(fixed, tag)
		fixed = binary.LittleEndian.AppendUint32(fixed, 6)
		fixed = binary.LittleEndian.AppendUint64(fixed, value)
	}
	for name, body := range map[string]map[string][]byte{
		"plain": {"1000001F": wide("La réunion est en salle B.\r\n")},
		"html":  {"10130102": []byte("<html><body><p>La réunion est<br>en salle B.")},
		"rtf":   {"10090102": append([]byte("\x00\x00\x00\x00\x40\x00\x00\x00MELA\x00\x00\x00\x00"), `{\rtf1\ansi La r\'e9union est en salle B.}`...)},
	} {
		streams := map[string][]byte{"0037001F": wide("Réunion de rentrée\x00"), "0C1A001E": []byte("Ren\xe9e Martin"), "FIXED": fixed,
			"007D001F": wide("X: y\r\nmsip_labels: MSIP_Label_" + labelGUID + "_Name=Interne\r\n")}
		for k, v := range body {
			streams[k] = v
		}
		d := newDraft(Input{Address: "https://x.example/a.msg"}, 0, time.Time{})
		m := msgReader{streams: streams, draft: d}
		m.known()
		m.labels(32)
		m.body()
		item := d.finish()
		check(t, name+": text", strings.Join(strings.Fields(item.Text), " "), "La réunion est en salle B.")
		check(t, name+": title", item.Title, "Réunion de rentrée")
		check(t, name+": author", item.Author, "Renée Martin")
		check(t, name+": date", item.Published.Time.Format(time.DateOnly), "2024-09-01")
		check(t, name+": sensitivity", item.Properties["sensitivity"], "Company-Confidential")
		check(t, name+": label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
	}
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(letter + "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>a<b>c\r\n--x--"))
	f.Add([]byte(letter + "Content-Type: message/rfc822\r\n\r\nSubject: b\r\n\r\nc"))
	f.Add([]byte("From a\nSubject: =?utf-16?B?AAA=?=\nContent-Transfer-Encoding: base64\n\nAAAA====AAA"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := newDraft(Input{Address: "https://x.example/a.eml", Body: b}, 1<<16, time.Time{})
		readMail(b, d)
		if item := d.finish(); len(item.Text) > 1<<16 || item.Text == "" && item.Problem == nil {
			t.Errorf("%d bytes, problem %+v", len(item.Text), item.Problem)
		}
		_, _ = unpackRTF(b)
	})
}
