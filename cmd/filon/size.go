package main

import (
	"fmt"
	"strconv"
	"strings"
)

// parseSize reads 20MB, 512 KB, 1GB or a plain number of bytes; units are powers of 1024. Mo, Ko and
// Go are understood too.
func parseSize(s string) (int64, bool) {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	digits := strings.TrimRight(s, "BKMGIO")
	var unit int64
	switch strings.ReplaceAll(strings.ReplaceAll(s[len(digits):], "O", "B"), "I", "") {
	case "", "B":
		unit = 1
	case "K", "KB":
		unit = 1 << 10
	case "M", "MB":
		unit = 1 << 20
	case "G", "GB":
		unit = 1 << 30
	default:
		return 0, false
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n < 0 || n > 1<<40 || n != n {
		return 0, false
	}
	return int64(n * float64(unit)), true
}

// sizeText writes a size as parseSize reads it.
func sizeText(n int64) string {
	switch {
	case n >= 1<<30:
		return trimZero(float64(n)/(1<<30)) + "GB"
	case n >= 1<<20:
		return trimZero(float64(n)/(1<<20)) + "MB"
	case n >= 1<<10:
		return trimZero(float64(n)/(1<<10)) + "KB"
	}
	return fmt.Sprintf("%dB", n)
}

// humanSize writes a size for people to read.
func humanSize(n int64) T {
	en := sizeText(n)
	digits := strings.TrimRight(en, "BKMG")
	unit := en[len(digits):]
	return T{FR: commaFor(digits) + " " + strings.NewReplacer("B", "o", "K", "k").Replace(unit), EN: digits + " " + strings.Replace(unit, "K", "k", 1)}
}

func trimZero(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}
