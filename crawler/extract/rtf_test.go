package extract

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

func TestRTF(t *testing.T) {
	body := `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\colortbl;\red0\green0\blue0;}{\*\generator Riched20;}
{\info{\title Note de s\'e9curit\'e9}{\author Jeanne Martin}{\company Ateliers}{\creatim\yr2024\mo3\dy5\hr9\min30}{\keywords casque, gants}}
{\header\pard Diffusion restreinte\par}{\footer C2\par}
\pard\outlinelevel0 Titre {\b gras}\par
\pard \'c0 l\rquote \'e9t\'e9, \u8364?uro \u-10179?\u-8704? et {\f1\'cf\'f0\'e8}\par
{\v cach\'e9}visible\~ici\par
{\field{\*\fldinst HYPERLINK "https://x.example/"}{\fldrslt lien}}\par
\trowd\cellx1000\cellx2000\pard\intbl Poste\cell Prix\cell\row\trowd\pard\intbl A\par B\cell 12\cell\row\pard
{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv CONFIDENTIEL}}{\sp{\sn other}{\sv 5}}{\shptxt\pard encadr\'e9\par}}{\shprslt double\par}}
{\pict\pngblip 89504e470d0a}\bin4 {{{{fin\par{\*\unknown secret}{\annotation remarque\par}
}
après la fin`
	item := readHere("note.rtf", []byte(body))
	want := "Titre gras\n\nÀ l’été, €uro 😀 et При\n\nvisible\u00a0ici\n\nlien\n\nPoste\tPrix\nA B\t12\n\nencadré\n\nfin"
	if item.Text != want {
		t.Errorf("text is\n%q, want\n%q", item.Text, want)
	}
	check(t, "title", item.Title, "Note de sécurité")
	check(t, "author", item.Author, "Jeanne Martin")
	check(t, "published", item.Published.Time.Format(time.RFC3339), "2024-03-05T09:30:00Z")
	check(t, "links", len(item.Links) == 1 && item.Links[0].Address == "https://x.example/", true)
	check(t, "hidden text", item.Properties["hidden_text"], "present")
	check(t, "zones", strings.Join(zonesOf(item)[:1], "")+" | "+strings.Join(zonesOf(item)[2:], " | "), "comment 0 remarque | footer 0 C2 | header 0 Diffusion restreinte | hidden 0 caché | watermark 0 CONFIDENTIEL")
}

func TestRTFThatIsHostile(t *testing.T) {
	for name, body := range map[string]string{
		"unclosed":    `{\rtf1 bonjour`,
		"deep":        `{\rtf1 ` + strings.Repeat("{", 1_000_000),
		"huge number": `{\rtf1 bonjour\bin99999999999 x}`,
		"negative":    `{\rtf1 bonjour\bin-5\uc-3\u-999999999?}`,
		"no end":      `{\rtf1 bonjour\`,
	} {
		item := readHere("x.rtf", []byte(body))
		if name != "deep" && !strings.HasPrefix(item.Text, "bonjour") {
			t.Errorf("%s: text %q, want what can be read", name, item.Text)
		}
		if (name == "deep") != (item.Problem != nil && item.Problem.Code == content.TooLarge) {
			t.Errorf("%s: problem %+v", name, item.Problem)
		}
	}
}

// An object of an RTF file is read like one of any document; what is seen of it is text.
func TestInsideRTFObject(t *testing.T) {
	object := func(format int, native string) string {
		name := func(s string) []byte { return join(le32(len(s)+1), []byte(s+"\x00")) }
		return hex.EncodeToString(join(le32(0x501, format), name("Excel.Sheet.8"), le32(0, 0, len(native)), []byte(native)))
	}
	packed := packedObject("paie.txt", "Salaire de Jeanne")
	book := string(compound("Workbook", string(oldTable())))
	for name, c := range map[string]struct{ object, hidden, counts string }{
		"a workbook": {`\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata ` + object(2, book) + `}`, "Ventes Régœn Prix 12.34 2025-05-15 oui Confidentiel", "1 "},
		"in lines":   {`\object\objemb{\*\objdata ` + "\r\n" + strings.Join(strings.SplitAfter(object(2, packed[4:]), "6"), "\r\n") + `}`, "Salaire de Jeanne", "1 "},
		"a link":     {`\object\objlink{\*\objdata ` + object(1, "x") + `}`, "", " "},
		"a control":  {`\object\objocx{\*\objdata ` + object(2, "x") + `}`, "", " "},
		"unknown":    {`\object\objemb{\*\objdata ` + object(2, "\x1c\x00x") + `}`, "", "1 1"},
		"cut":        {`\object\objemb{\*\objdata ` + object(2, book)[:900] + `}`, "", "1 1"},
		"garbled":    {`\object\objemb{\*\objdata 0105{\*\x}` + object(2, book) + `}`, "", "1 1"},
		"in bytes":   {`\object\objemb{\*\objdata\bin4 abcd}`, "", "1 1"},
	} {
		item := readHere("a.rtf", []byte(`{\rtf1\ansi Avant {`+c.object+`{\result {\pard Tableau}}} apr\'e8s.\par}`))
		check(t, name+": text", item.Text, "Avant Tableau après.")
		check(t, name+": hidden", strings.Join(strings.Fields(zoneText(item, content.ZoneHidden)), " "), c.hidden)
		check(t, name+": counts", item.Properties["attachments"]+" "+item.Properties["attachments_unread"], c.counts)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi{\fonttbl{\f0\fcharset128 x;}}{\info{\title a}}{\header h}\u233?\'e9\par\trowd\cell\row{\sn a}{\sv b}\bin3 abc}`))
	f.Add([]byte(`{\object{\*\objdata 01050000020000000000000000000000000000000200000041}{\result a}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		item := readHere("f.rtf", append([]byte(`{\rtf1`), b...))
		if item.Text == "" && item.Problem == nil {
			t.Error("neither text nor problem")
		}
	})
}

// Notes, running lines, remarks, boxes and hidden words stand apart from the words around them.
func TestRTFApart(t *testing.T) {
	for _, c := range []struct{ in, text, zones string }{
		{`Le code{\footnote \pard Merle 61}est faux.\par Suite.\par`, "Le code est faux.\n\nMerle 61\n\nSuite.", ""},
		{`Le code{\super \chftn}{\footnote\pard {\super \chftn} Merle 61\par Merle 62\par}.\par`, "Le code.\n\nMerle 61\nMerle 62", ""},
		{`Le code{\footnote \ftnalt Merle 61}{\footnote Merle 62} est faux.\par`, "Le code est faux.\n\nMerle 61\nMerle 62", ""},
		{`\trowd\intbl Code{\footnote Merle 61}\cell 2\cell\row\pard Suite.\par`, "Code\t2\n\nSuite.\n\nMerle 61", ""},
		{`{\annotation un}{\annotation deux}Texte.\par`, "Texte.", "comment 0 un\ndeux"},
		{`{\headerl Secret}{\headerr Merle}Texte.\par`, "Texte.", "header 0 Secret\nMerle"},
		{`Texte{\v cach\u233?e ici}{\v  encore} visible{\v autre}.\par`, "Texte visible.", "hidden 0 cachée ici encore\nautre"},
		{`Avant{\shp{\*\shpinst{\shptxt Merle 61}}}apr\'e8s.\par`, "Avant\nMerle 61\naprès.", ""},
	} {
		item := readHere("x.rtf", []byte(`{\rtf1\ansi\ansicpg1252 `+c.in+`}`))
		check(t, c.in, item.Text, c.text)
		if zones := strings.Join(zonesOf(item), " | "); c.zones != "" && !strings.Contains(zones, c.zones) {
			t.Errorf("%s: zones %q", c.in, zones)
		}
	}
}
