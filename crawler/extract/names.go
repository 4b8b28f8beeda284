package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plausibleTitle tells whether a file's own title names the document, and not the program, the
// template or the file that it was made from.
func plausibleTitle(title, address string) bool {
	t := strings.TrimSpace(title)
	if utf8.RuneCountInString(t) < 3 || len(t) > maxLine {
		return false
	}
	low := strings.ToLower(t)
	for _, p := range []string{"microsoft word -", "microsoft powerpoint -", "microsoft excel -", "powerpoint presentation", "présentation powerpoint",
		"diapositive 1", "slide 1", "folie 1", "untitled", "sans titre", "sans nom", "document1", "document 1", "classeur1", "présentation1", "book1",
		"presentation1", "unnamed", "no title", "title", "titre", "page 1", "document", "kein folientitel", "test", "(anonymous)", "[no title]", "template", "print", "scan", "impression"} {
		if low == p || strings.HasSuffix(p, "-") && strings.HasPrefix(low, p) {
			return false
		}
	}
	if strings.HasPrefix(low, "untitled") || strings.HasPrefix(low, "/") || strings.HasPrefix(low, "file:") || strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || strings.ContainsAny(t, `\`) {
		return false
	}
	if looksLikeFile(low) {
		return false
	}
	letters, digits := 0, 0
	for _, r := range t {
		switch {
		case r == utf8.RuneError || unicode.IsControl(r):
			return false // decoded wrongly
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	if letters < 3 || digits > 3*letters {
		return false
	}
	base := strings.TrimSuffix(strings.ToLower(fileName(address)), "."+ending(address))
	return low != base || strings.Contains(t, " ")
}

// looksLikeFile tells whether a title is a file name: it ends as one, or is one word with an ending.
func looksLikeFile(low string) bool {
	dot := strings.LastIndexByte(low, '.')
	if dot <= 0 || dot == len(low)-1 {
		return false
	}
	end := low[dot+1:]
	if _, file := kindByName[end]; file && !strings.Contains(end, " ") {
		return true
	}
	return !strings.Contains(low, " ") && len(end) >= 2 && len(end) <= 5 && strings.IndexFunc(end, unicode.IsLetter) >= 0
}

// poorName tells whether a file name says too little to be a title: fewer than two words.
func poorName(name string) bool {
	words := 0
	for _, w := range strings.Fields(name) {
		if countLetters(w) >= 3 {
			words++
		}
	}
	return words < 2
}

// firstLine gives the first line of a text when it can be a title: short, of several words, neither a
// sentence nor a salutation.
func firstLine(text string) string {
	raw, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line := flat(raw, 2*maxLine)
	if utf8.RuneCountInString(line) > 100 || strings.Count(line, " ") < 1 || countLetters(line) < 8 || strings.Contains(raw, "\t") ||
		strings.ContainsAny(line[len(line)-1:], ".,;:") || !plausibleTitle(line, "") {
		return ""
	}
	return line
}

// humanName makes a title of a file name: rapport-annuel_2024.pdf is Rapport annuel 2024.
func humanName(file string) string {
	name := file
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		if _, is := kindByName[strings.ToLower(name[dot+1:])]; is {
			name = name[:dot]
		}
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == '+' || unicode.IsSpace(r) })
	s := flat(strings.Join(words, " "), maxLine)
	if r, n := utf8.DecodeRuneInString(s); n > 0 && unicode.IsLower(r) {
		s = string(unicode.ToUpper(r)) + s[n:]
	}
	return s
}

// personName gives a file's author when it can be a person or a team, "" when it is the name of an
// account, a computer or a program.
func personName(s string) string {
	s = flat(s, 200)
	low := strings.ToLower(s)
	if accounts[low] || utf8.RuneCountInString(s) < 2 {
		return ""
	}
	for _, p := range []string{"microsoft", "openpyxl", "python-docx", "apache poi", "libreoffice", "openoffice", "adobe", "acrobat", "pdfcreator", "desktop-",
		"laptop-", "pc-", "win-", "aspose", "latex", "ghostscript", "quarkxpress", "canva", "utilisateur ", "user ", "administrat", "hewlett", "scanner", "xerox", "canon ", "ricoh", "konica", "(anonymous", "anonymous", "unknown", "inconnu", "auteur inconnu"} {
		if strings.HasPrefix(low, p) {
			return ""
		}
	}
	if strings.HasSuffix(low, " user") || strings.HasSuffix(low, "-pc") || strings.ContainsAny(s, `\/=<>{}`) {
		return ""
	}
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError:
			return ""
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	if letters < 2 || digits > letters {
		return ""
	}
	return s
}

// accounts holds what fills the author's field when nobody did.
var accounts = func() map[string]bool {
	m := map[string]bool{}
	for _, a := range strings.Split(`utilisateur,user,users,admin,administrator,administrateur,root,owner,propriétaire,proprietaire,hp,dell,asus,acer,lenovo,toshiba,sony,apple,
mac,macbook,pc,poste,portable,invité,guest,test,default,défaut,standard,client,author,auteur,autor,creator,none,null,n/a,na,x,xx,xxx,a,me,moi,somebody,
someone,new user,preferred customer,valued customer,valued acer customer,authorized user,authorised user,licensed user,office,excel,word,powerpoint,
benutzer,usuario,utente,gebruiker,windows,system,système,service,www,web,webmaster,wordpress,drupal,typo3,scan,copieur,accueil,stagiaire,stagiaires,-,--,?,.`, ",") {
		m[strings.TrimSpace(a)] = true
	}
	return m
}()
