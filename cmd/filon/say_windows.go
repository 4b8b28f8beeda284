package main

import (
	"strings"

	"golang.org/x/sys/windows"
)

// systemLanguage asks Windows, which sets no LANG, for the language of its menus.
func systemLanguage() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err == nil && len(names) > 0 && strings.HasPrefix(strings.ToLower(names[0]), "fr") {
		return "fr"
	}
	return "en"
}
