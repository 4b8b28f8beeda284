package main

import (
	"context"
	"errors"
	"strings"

	"filon/crawler"
	"filon/crawler/extract"
)

// examineOCR tells whether scans and pictures of text can be read here. That they cannot is no fault.
func examineOCR(ctx context.Context, cfg config) finding {
	layer := T{FR: "numérisations", EN: "scans"}
	never := cfg.OCR == crawler.OCRNever
	for _, s := range cfg.sources {
		never = never && s.OCR == crawler.OCRNever
	}
	if never {
		return finding{layer, fine, T{FR: "ne seront pas lues, mais comptées (ocr: never)", EN: "are not read, but counted (ocr: never)"}, T{}}
	}
	found, err := extract.FindOCR(ctx)
	switch {
	case errors.Is(err, extract.ErrNoOCRLanguages):
		return finding{layer, fine, T{FR: "tesseract n'a ni le français ni l'anglais : une page numérisée restera illisible et comptée", EN: "tesseract has neither French nor English: a scanned page stays unreadable, and is counted"},
			T{FR: "installez ses données (tesseract-ocr-fra, tesseract-ocr-eng), puis filon crawl --full", EN: "install its data (tesseract-ocr-fra, tesseract-ocr-eng), then filon crawl --full"}}
	case err != nil:
		return finding{layer, fine, T{FR: "tesseract n'est pas installé : une page numérisée restera illisible et comptée", EN: "tesseract is not installed: a scanned page stays unreadable, and is counted"},
			T{FR: "installez tesseract-ocr et tesseract-ocr-fra pour lire les numérisations, puis filon crawl --full", EN: "install tesseract-ocr and tesseract-ocr-fra to read scans, then filon crawl --full"}}
	}
	return finding{layer, fine, T{FR: "tesseract %s lira les pages numérisées (%s)", EN: "tesseract %s will read scanned pages (%s)"}.with(found.Version, strings.Join(found.Languages, ", ")), T{}}
}
