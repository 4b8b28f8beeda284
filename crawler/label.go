package crawler

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// What links say that change something instead of showing it, without accents. Signing out, deleting, editing,
// leaving a list, putting into a cart, approving: in French, English, Spanish, German and Italian. A link is
// taken at its whole word: "Supprimer" and "Supprimer cette page" act, "Comment supprimer une tache" tells.
var (
	actingWhole = phrases(`
		se deconnecter|me deconnecter|deconnectez vous|deconnexion|deconnecter|fermer la session|fermer ma session|quitter la session
		log out|logout|log off|logoff|sign out|signout|sign off|end session
		cerrar sesion|cerrar la sesion|desconectar|desconectarse|desconectarme|salir
		abmelden|ausloggen|abmeldung|sitzung beenden
		esci|disconnetti|disconnettiti|chiudi sessione|disconnessione

		vider la corbeille|vider le panier|vider le cache|mettre a la corbeille|deplacer vers la corbeille|tout supprimer|tout effacer
		empty trash|empty the trash|move to trash|trash|move to bin|empty cart|clear cache|delete all|remove all|bulk delete
		vaciar papelera|vaciar la papelera|mover a la papelera|papierkorb leeren|in den papierkorb|alle loschen|svuota cestino|sposta nel cestino

		se desabonner|me desabonner|desabonnement|se desinscrire|me desinscrire|desinscription|ne plus recevoir|ne plus suivre
		unsubscribe|opt out|unfollow|stop receiving|leave group|leave this group
		darse de baja|darme de baja|cancelar suscripcion|cancelar la suscripcion|dejar de seguir
		abbestellen|newsletter abbestellen|vom newsletter abmelden|nicht mehr folgen
		annulla iscrizione|cancella iscrizione|disiscriviti|disiscrivermi|non seguire piu

		ajouter au panier|mettre au panier|ajouter a mon panier|commander maintenant|acheter maintenant
		add to cart|add to basket|add to bag|add to my cart|buy now|order now
		anadir al carrito|agregar al carrito|anadir a la cesta|anadir a la bolsa|comprar ahora
		in den warenkorb|in den einkaufswagen|zum warenkorb hinzufugen|jetzt kaufen|jetzt bestellen
		aggiungi al carrello|metti nel carrello|acquista ora|compra ora|ordina ora

		tout accepter|tout approuver|marquer comme lu|tout marquer comme lu|mark as read|mark all as read|mark all read|approve all|accept all
		marcar como leido|als gelesen markieren|segna come letto`)
	actingVerbs = phrases(`
		supprimer|effacer|modifier|editer|retirer|approuver|valider|refuser|rejeter|publier|depublier
		delete|remove|edit|approve|reject|decline|publish|unpublish|disapprove
		eliminar|borrar|suprimir|editar|modificar|quitar|aprobar|rechazar|publicar
		loschen|loeschen|entfernen|bearbeiten|genehmigen|ablehnen|freigeben|veroffentlichen
		elimina|cancella|rimuovi|modifica|approva|rifiuta|pubblica|eliminare|cancellare|modificare`)
	actingDeterminers = wordSet(`le la les l ce cet cette ces mon ma mes un une votre notre
		this that the my your our a an these it el la los las este esta mi tu un una
		der die das den diese dieses diesen mein meine dein eine einen il lo la i gli questo questa mio mia un una`)
	actingObjects = wordSet(`page pages article articles document documents fichier fichiers commentaire commentaires message messages element elements
		actualite contenu entree ligne compte profil demande demandes inscription abonnement brouillon section texte image photo reponse sujet discussion
		evenement tache selection piece dossier wikicode code source version modification modifications
		post posts file files comment comments item items entry row account profile request requests draft topic thread event task record attachment folder
		content changes revision user users news story
		pagina articulo archivo comentario mensaje elemento cuenta perfil solicitud borrador tema evento tarea contenido
		seite artikel beitrag datei dateien kommentar nachricht eintrag konto profil antrag entwurf thema termin aufgabe quelltext inhalt
		articolo documento commento messaggio voce conto profilo richiesta bozza discussione evento attivita wikitesto contenuto`)
	actingRels = wordSet(`edit edit-form edit-media create-form delete delete-form logout signout sign-out unsubscribe`)
)

func phrases(list string) map[string]bool {
	m := map[string]bool{}
	for _, line := range strings.Split(list, "\n") {
		for _, p := range strings.Split(line, "|") {
			if p = strings.TrimSpace(p); p != "" {
				m[p] = true
			}
		}
	}
	return m
}

// actsByLabel gives the words or the relation by which a link may change something, "" for one that shows
// something.
func actsByLabel(l content.Link) string {
	for _, rel := range strings.Fields(strings.ToLower(l.Rel)) {
		if actingRels[rel] {
			return "rel=" + rel
		}
	}
	if len(l.Text) > 80 {
		return ""
	}
	said := label(l.Text)
	if actingWhole[said] || actingVerbs[said] {
		return l.Text
	}
	words := strings.Fields(said)
	if len(words) < 2 || len(words) > 4 {
		return ""
	}
	verb, rest := words[0], words[1:]
	if last := words[len(words)-1]; actingVerbs[last] && len(words) == 2 && actingObjects[verb] { // Seite bearbeiten
		return l.Text
	}
	if !actingVerbs[verb] {
		return ""
	}
	if len(rest) > 1 && actingDeterminers[rest[0]] {
		rest = rest[1:]
	}
	if len(rest) == 1 && (actingObjects[rest[0]] || actingDeterminers[rest[0]]) { // the page; it
		return l.Text
	}
	return ""
}

// label writes what a link says as the lists above do: words in lower case without accents, signs or pictures.
func label(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), text)
	if err != nil {
		plain = text
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(plain), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
