//go:build !windows

package main

// systemLanguage is English where the environment names none.
func systemLanguage() string { return "en" }
