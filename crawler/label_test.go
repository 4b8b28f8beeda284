package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/session"
)

func TestLinksThatAct(t *testing.T) {
	for _, text := range []string{
		"Se déconnecter", "DÉCONNEXION", "× Supprimer", "Supprimer cette page", "Modifier", "Éditer l’article", "Se désabonner", "Ajouter au panier", "Approuver la demande", "Vider la corbeille", "Valider", "Me désinscrire",
		"Log out", "Sign out »", "Delete", "Delete this file", "[edit]", "Edit source", "Unsubscribe", "Add to cart", "Approve request", "Reject",
		"Cerrar sesión", "Eliminar", "Borrar el mensaje", "Editar", "Darse de baja", "Añadir al carrito", "Aprobar",
		"Abmelden", "Löschen", "Seite bearbeiten", "Quelltext bearbeiten", "Newsletter abbestellen", "In den Warenkorb", "Genehmigen",
		"Esci", "Elimina", "Modifica wikitesto", "Annulla iscrizione", "Aggiungi al carrello", "Approva la richiesta", "Disconnetti",
	} {
		if actsByLabel(content.Link{Text: text}) == "" {
			t.Errorf("%q is followed", text)
		}
	}
	for _, text := range []string{
		"", "Comment supprimer une tache d'encre", "Modifier son contrat : mode d'emploi", "Édition 2024", "Éditorial", "Éditer des bulletins de paie en ligne", "La déconnexion, un droit", "Droit à la déconnexion",
		"Le panier de la ménagère", "Approuvé par les clients", "Valider ses acquis", "Publier un livre d'entreprise", "Supprimer les accidents",
		"Delete key explained", "Editor's choice", "Edition", "Log of changes", "Cart wheels", "Approved suppliers", "Remove rust from steel", "Sign up", "Login",
		"Salir a la calle", "Eliminar el plástico de la oficina", "Editorial", "Bearbeitungszentren", "Abmeldung von Fahrzeugen", "Löschanlagen", "Genehmigung", "Escile", "Modifiche al regolamento", "Approvvigionamento",
	} {
		if by := actsByLabel(content.Link{Text: text}); by != "" {
			t.Errorf("%q is not followed: %s", text, by)
		}
	}
	for rel, acts := range map[string]bool{"edit": true, "nofollow edit-form": true, "next": false, "canonical": false, "logout": true, "noopener noreferrer": false} {
		if got := actsByLabel(content.Link{Text: "La suite", Rel: rel}) != ""; got != acts {
			t.Errorf("rel=%q acts: %v", rel, got)
		}
	}
}

// Signed in, nothing that a link calls an action is asked for, whatever else leads there; a source says more, and less.
func TestSignedInNothingActs(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.Path)
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<html lang="fr"><title>Accueil</title><main><h1>Accueil</h1><p>`+strings.Repeat("La maison répare des bicyclettes. ", 20)+`</p>
				<a href="/a">Suite</a> <a href="/t/1">Supprimer</a> <a href="/t/1">×</a> <a href="/t/2">Voir</a> <a href="/t/3">Marquer le colis</a>
				<a href="/t/4">Bearbeiten</a> <a href="/guide">Éditer</a> <a rel="edit" href="/t/5">ici</a> <a href="/pousser/1">Pousser</a></main>`)
		case "/a":
			fmt.Fprint(w, `<html lang="fr"><title>A</title><main><h1>A</h1><p>`+strings.Repeat("L'atelier a rouvert ses portes. ", 20)+`</p><a href="/t/2">Supprimer</a> <a href="/t/1">Détail</a></main>`)
		case "/robots.txt":
			http.NotFound(w, r)
		default:
			fmt.Fprint(w, page(r.URL.Path, words("la page "+r.URL.Path)))
		}
	}))
	defer server.Close()
	signed, err := session.New(session.Config{Kind: session.Header, Headers: map[string]string{"X-Key": "Cypres-77"}, Origins: []string{server.URL}, Probe: server.URL + "/", UserAgent: DefaultUserAgent})
	if err != nil {
		t.Fatal(err)
	}
	keep := &shelf{items: map[string]content.Item{}}
	dir := t.TempDir()
	run := func(never NeverFollow) Report {
		return crawlWith(t, dir, server.URL, keep, func(o *Options) {
			o.Sources[0].Session, o.Sources[0].NeverFollow, o.Workers = signed, never, 1
		})
	}
	report := run(NeverFollow{Addresses: []string{"/pousser/*"}, Texts: []string{"marquer le colis"}, Allow: []string{"/guide"}})
	for _, p := range asked {
		if strings.HasPrefix(p, "/t/") && p != "/t/2" || strings.HasPrefix(p, "/pousser") {
			t.Errorf("asked for %s", p)
		}
	}
	if keep.items[server.URL+"/guide"].Title == "" || keep.items[server.URL+"/a"].Title == "" {
		t.Error("what is allowed is not read")
	}
	if n := endedAs(t, report, frontier.NeverFollow); n < 5 {
		t.Errorf("%d are counted as never followed", n)
	}
	mu.Lock()
	asked = nil
	mu.Unlock()
	run(NeverFollow{Allow: []string{"/t/1", "/guide"}})
	if all := strings.Join(asked, " "); !strings.Contains(all, "/t/1") || strings.Contains(all, "/t/4") || !strings.Contains(all, "/pousser/1") {
		t.Errorf("under other rules asked for %s", all)
	}
}
