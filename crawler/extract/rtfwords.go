package extract

import (
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var rtfCharacters = map[string]string{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " "}

// rtfDestinations says where the text of a group that begins with this word goes.
var rtfDestinations = map[string]int{
	"fonttbl": rtfFontTable, "colortbl": rtfNowhere, "stylesheet": rtfNowhere, "info": rtfInfo, "pict": rtfNowhere, "object": rtfNowhere, "result": rtfBody,
	"header": rtfHeader, "headerl": rtfHeader, "headerr": rtfHeader, "headerf": rtfHeader,
	"footer": rtfFooter, "footerl": rtfFooter, "footerr": rtfFooter, "footerf": rtfFooter,
	"annotation": rtfComment, "atnid": rtfNowhere, "atnauthor": rtfNowhere, "atndate": rtfNowhere, "atnref": rtfNowhere, "atnparent": rtfNowhere, "atntime": rtfNowhere,
	"fldinst": rtfField, "fldrslt": rtfBody, "footnote": rtfNote, "shptxt": rtfBody, "shppict": rtfNowhere, "nonshppict": rtfNowhere, "shprslt": rtfNowhere,
	"listtable": rtfNowhere, "list": rtfNowhere, "listlevel": rtfNowhere, "listoverride": rtfNowhere, "listoverridetable": rtfNowhere, "listtext": rtfNowhere, "pntext": rtfNowhere, "revtbl": rtfNowhere, "rsidtbl": rtfNowhere,
	"generator": rtfNowhere, "xmlnstbl": rtfNowhere, "themedata": rtfNowhere, "colorschememapping": rtfNowhere, "latentstyles": rtfNowhere, "datastore": rtfNowhere,
	"datafield": rtfNowhere, "filetbl": rtfNowhere, "bkmkstart": rtfNowhere, "bkmkend": rtfNowhere, "tc": rtfNowhere, "xe": rtfNowhere, "userprops": rtfNowhere,
	"falt": rtfNowhere, "panose": rtfNowhere, "pgptbl": rtfNowhere, "mmathPr": rtfNowhere, "wgrffmtfilter": rtfNowhere, "ffdeftext": rtfNowhere,
}

// infoWord reads the group of properties.
func (r *rtfReader) infoWord(word string, n int) {
	switch word {
	case "title", "subject", "author", "operator", "keywords", "category", "manager", "company", "doccomm":
		r.flush()
		r.group.property = word
	case "creatim", "revtim":
		r.group.property, r.time = word, map[string]int{}
	case "yr", "mo", "dy", "hr", "min":
		if r.time != nil {
			r.time[word] = n
		}
	}
}

func (r *rtfReader) infoEnds() {
	p := r.group.property
	if name := r.info["propname"]; p == "staticval" && name != "" {
		if !strings.HasPrefix(name, "MSIP_Label_") {
			name = "custom:" + name
		}
		r.draft.property(name, r.info[p])
		delete(r.info, "propname")
		delete(r.info, p)
	}
	if p != "creatim" && p != "revtim" || r.time == nil || r.time["yr"] == 0 {
		return
	}
	t := time.Date(r.time["yr"], time.Month(max(r.time["mo"], 1)), max(r.time["dy"], 1), r.time["hr"], r.time["min"], 0, 0, time.UTC)
	if p == "creatim" {
		r.draft.created(t)
	} else {
		r.draft.modified(t)
	}
	r.time = nil
}

// fieldEnds keeps the address of a link: HYPERLINK "https://…".
func (r *rtfReader) fieldEnds() {
	if _, after, is := strings.Cut(r.field, "HYPERLINK"); is {
		target := strings.TrimSpace(after)
		if quoted := strings.Split(target, `"`); len(quoted) > 2 {
			target = quoted[1]
		}
		r.draft.link(target, "")
		r.field = ""
	}
}

func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	}
	return nil
}

// fontCharset gives the encoding of a font's \fcharset, nil for the file's own.
func fontCharset(n int) encoding.Encoding {
	pages := map[int]int{77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}
	return codePage(pages[n])
}
