package classify

import (
	"testing"
	"time"

	"filon/crawler/content"
)

// Music is asked about where a film has it, and not wherever a page with a film speaks of music.
func TestMusicOfFilms(t *testing.T) {
	for _, c := range []struct {
		lang, text, mime string
		want             bool
	}{
		{"fr", "Le film suit une pièce du moule à l'expédition. Musique : un tube de l'été.", "", true},
		{"fr", "Les images de la fête, avec la musique de Vangelis.", "", true},
		{"fr", "Une chanson d'Adele accompagne les images.", "", true},
		{"fr", "Le clip a une musique que tout le monde connaît.", "", true},
		{"fr", "Retour en images et en musique sur la soirée.", "", true},
		{"fr", "Les collègues chantent sur l'air de la chanson du moment.", "", true},
		{"fr", "Bande originale de « Rocky », générique de fin.", "", true},
		{"fr", "Un casque pour la musique et les appels. La musique de chambre y sonne bien.", "", false},
		{"fr", "La chorale aime la musique et répète le mardi.", "", false},
		{"fr", "La musique du générique reprend un morceau que l'on entend à la radio.", "", true},
		{"fr", "Hugo a pris pour musique Clocks, que tous fredonnent.", "", true},
		{"fr", "On y entend, côté musique, les Rita Mitsouko.", "", true},
		{"fr", "Casque vissé, il coupe la musique et reprend un tube de Stromae.", "", true},
		{"fr", "Le casque Bose isole bien, et la musique reste claire avec un Pixel ou un Galaxy.", "", false},
		{"fr", "La cantine passe de la musique à midi, et personne ne s'en plaint.", "", false},
		{"en", "Everybody will know the music: it is that one song of last year.", "", true},
		{"en", "Some music that we love, Clocks, runs under the pictures.", "", true},
		{"en", "These Sony headphones play music for thirty hours, and skip a track at a tap.", "", false},
		{"en", "The music, \"Clocks\", is well known.", "", true},
		{"en", "You know the music (Clocks), and you will hum it.", "", true},
		{"en", "The choir sings its music on Mondays, and I listen.", "", false},
		{"fr", "Avec la participation d'un intervenant extérieur.", "", true},
		{"en", "The clip follows one part. Music: a hit of the summer.", "", true},
		{"en", "Music by Hans Zimmer, pictures by our own team.", "", true},
		{"en", "The pictures are set to some music that we all know.", "", true},
		{"en", "There is music in the video that we all know.", "", true},
		{"en", "With a guest speaker.", "", true},
		{"en", "Preset modes (music, movie, podcast) for headphones. Connect to the music.", "", false},
		{"en", "Watch videos, play games and listen to music. She sent the songs to a music lawyer.", "", false},
		{"en", "The choir loves music.", "video/mp4", true},
	} {
		item := content.Item{Address: "https://exemple.example/page", Title: "Une pièce en deux minutes", Text: c.text, Language: c.lang, MIME: c.mime, Access: content.Access{Visibility: content.Intranet},
			Embeds: []content.Embed{{Address: "https://www.youtube.com/embed/x", Kind: "video", Provider: "youtube"}}}
		got := false
		for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
			got = got || r.Rule == "image/film"
		}
		if got != c.want {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}
