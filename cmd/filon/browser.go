package main

import (
	"errors"

	"filon/crawler/render"
)

// noBrowser says why pages that a script fills cannot be run here.
func noBrowser(err error) T {
	switch {
	case errors.Is(err, render.ErrNone):
		return T{FR: "aucun Chromium, Chrome ou Edge n'est installé pour l'exécuter", EN: "no Chromium, Chrome or Edge is installed to run it"}
	case errors.Is(err, render.ErrRoot):
		return T{FR: "un navigateur ne se lance pas en tant que root ; lancez filon sous un autre compte", EN: "a browser is not started as root; run filon under another account"}
	}
	return because(err.Error())
}

// examineBrowser tells whether pages that a script fills can be run here. That they cannot is no fault.
func examineBrowser() finding {
	layer := T{FR: "navigateur", EN: "browser"}
	if pages, err := render.New(render.Options{}); err != nil {
		return finding{layer, fine, T{FR: "une page vide sans JavaScript restera vide et comptée : %s", EN: "a page that is empty without JavaScript stays empty, and is counted: %s"}.with(noBrowser(err)), T{}}
	} else {
		pages.Close()
	}
	path, _ := render.Find()
	return finding{layer, fine, T{FR: "%s exécutera les pages vides sans JavaScript", EN: "%s will run pages that are empty without JavaScript"}.with(path), T{}}
}
