package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/crawler"
)

func initCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "init", ArgsUsage: say.in(T{FR: "[DOSSIER]", EN: "[DIR]"}),
			Usage: say.in(T{FR: "écrire un filon.yaml commenté, à compléter", EN: "write a commented filon.yaml to fill in"}),
			Description: say.in(T{
				FR: "Écrit filon.yaml dans le dossier (le dossier courant sans précision). N'écrase jamais un fichier existant.",
				EN: "Writes filon.yaml into the folder (the current one when none is given). Never overwrites a file."}),
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "url", Usage: say.in(T{FR: "`ADRESSE` du site à parcourir, mise dans le fichier", EN: "address (`URL`) of the site to crawl, put into the file"})},
			},
			Action: func(c *cli.Context) error { return writeConfig(say, c.Args().First(), c.String("url")) },
		},
		Examples: []example{
			{"filon init", T{FR: "dans le dossier courant", EN: "in the current folder"}},
			{"filon init inventaire --url https://www.exemple.fr/", T{FR: "un dossier neuf, avec l'adresse du site", EN: "a new folder, with the address of the site"}},
		},
		MaxArgs: 1,
	}
}

func writeConfig(say *speaker, dir, seed string) error {
	placeholder := seed == ""
	if placeholder {
		seed = say.in(T{FR: "https://www.exemple.fr/", EN: "https://www.example.com/"})
	} else if shown, complaint := checkURL(seed); complaint != (T{}) {
		return askedWrongly(T{FR: "adresse refusée : %s", EN: "address refused: %s"}.with(shown), complaint)
	}
	u, err := url.Parse(seed)
	if err != nil { // checkURL parsed it
		return askedWrongly(T{FR: "adresse refusée", EN: "address refused"}, T{})
	}
	domain := strings.TrimPrefix(u.Hostname(), "www.")
	source := crawler.Source{Seeds: []string{seed}}
	source.Presume(false)
	text := strings.NewReplacer("«SEEN»", source.Visibility,
		"«NAME»", yamlText(domain), "«SEED»", yamlText(seed), "«HOST»", domain, "«ORIGIN»", u.Scheme+"://"+u.Host,
	).Replace(say.in(configTemplate))

	path := filepath.Join(dir, configName)
	cannot := func(err error) error {
		return couldNot(err, T{FR: "impossible d'écrire %s : %%s", EN: "cannot write %s: %%s"}.with(path))
	}
	if err := os.MkdirAll(filepath.Join(dir, "."), 0o755); err != nil {
		return cannot(err)
	}
	// O_EXCL: two filon at once cannot both believe that there was no file.
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return askedWrongly(T{FR: "%s existe déjà : rien n'a été écrit", EN: "%s exists already: nothing was written"}.with(path),
			T{FR: "modifiez-le, ou donnez un autre dossier : filon init AUTRE", EN: "edit it, or give another folder: filon init OTHER"})
	}
	if err != nil {
		return cannot(err)
	}
	_, err = f.WriteString(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(path) // half a configuration helps nobody
		return cannot(err)
	}

	say.line(T{FR: "%s est écrit.", EN: "%s is written."}.with(path))
	if placeholder {
		say.line(T{FR: "%s n'y est qu'un exemple : mettez l'adresse de votre site à la place.", EN: "%s in it is only an example: put the address of your own site in its place."}.with(seed))
	}
	say.line(T{FR: "\nEnsuite :", EN: "\nNext:"})
	if dir != "" && dir != "." {
		say.raw("  cd " + shellWord(dir) + "\n")
	}
	step := func(line string, does T) { say.raw(fmt.Sprintf("  %-22s %s\n", line, say.in(does))) }
	step("filon doctor", T{FR: "vérifier que le site répond", EN: "check that the site answers"})
	step("filon crawl", T{FR: "le parcourir", EN: "crawl it"})
	step("filon search", T{FR: "voir ce qui peut être publié", EN: "see what can be published"})
	return nil
}

// yamlText quotes text for YAML when it needs it.
func yamlText(s string) string {
	for _, r := range s {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_", r) {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
	}
	return s
}

var configTemplate = T{
	FR: `# Configuration de filon. Une ligne qui commence par # est un commentaire ; les limites
# montrées ainsi sont celles qui valent sans elle. Une clé inconnue ou une valeur impossible est refusée, avec son numéro de ligne.

# Dossier des données (adresses, inventaire, décisions), relatif à ce fichier.
data: .filon

# Pages lues en même temps, tous serveurs confondus.
# workers: 4

sources:
  - name: «NAME»
    # name désigne la source dans l'inventaire ; seeds dit par où commencer.
    seeds:
      - «SEED»
    # visibility: «SEEN»     # qui voit déjà ces pages : public, intranet ou restricted ; avec auth, intranet si rien n'est dit

    # Ce qui appartient à la source. Sans précision : le serveur de l'adresse de départ, en entier.
    # hosts: [blog.«HOST»]
    # prefixes: [/actualites/, /nos-metiers/]
    # Dans un motif, * s'arrête au / suivant et ** non.
    # include: ['/actualites/**']
    # exclude: ['/panier/**', '*/imprimer/**', '*.zip']

    # Jusqu'où aller ; 0 = sans limite.
    # max-depth: 0
    # revisit: 7               # jours au plus entre deux visites d'une page qui ne change pas ; 1 : chaque nuit
    # max-pages: 0

    # La politesse : le délai entre deux pages suit le serveur, de delay à max-delay.
    # robots.txt est respecté, son Crawl-delay aussi.
    # delay: 0s
    # max-delay: 5s
    # per-host: 2
    # ignore-robots: false   # true seulement sur votre propre site ; noté dans chaque passage
    # keep-noindex: false    # true garde les pages que le site cache aux moteurs de recherche

    # Les limites d'une visite.
    # max-bytes: 50MB
    # timeout: 1m
    # max-redirects: 10
    # max-links: 5000

    # Autres façons de trouver les pages, et comment filon se présente.
    # sitemaps: [«ORIGIN»/plan-du-site.xml]
    # no-sitemaps: false
    # no-feeds: false
    # traps: {allow: ['/agenda/*']}   # familles sans fin à parcourir quand même
    # never-follow: {addresses: ['/valider/**'], texts: [Je participe], allow: ['/guide/supprimer']}   # ce qui agit, et ce qui n'agit pas
    # cms-api: auto          # demander aussi à WordPress ce qu'il a publié (wp-json) ; never pour ne pas le faire
    # render: auto           # les pages vides sans JavaScript : auto, always ou never (il faut Chromium, Chrome ou Edge)
    # render-pages: 200      # pages exécutées au plus à chaque passage
    # ocr: auto              # les pages numérisées, lues par tesseract s'il est installé ; never pour ne pas les lire
    # ocr-pages: 20          # pages lues ainsi, au plus, par document
    # image-sizes: 200       # images dont la taille est demandée au plus à chaque passage ; 0 : aucune
    # user-agent: filon/1.0 (inventaire; contact@«HOST»)

  # Un intranet, avec une connexion. Un mot de passe ne s'écrit jamais ici :
  # {env: NOM}, {file: CHEMIN} ou {command: COMMANDE} disent où il se trouve.
  # - name: intranet
  #   seeds: [https://intranet.exemple.fr/]
  #   visibility: intranet
  #   auth: {user: lecteur, password: {env: FILON_PASSWORD}}   # la plus sûre des connexions que le serveur propose
  #   anonymous-pass: true    # redemander chaque page sans connexion, pour savoir qui la voit : public, intranet ou restricted
  # Ou, une connexion par source (filon doctor intranet dit ce que le serveur propose) :
  #   · auth: {kind: form, user: lecteur, password: {file: mot-de-passe}, origins: [https://sso.exemple.fr]}
  #   · auth: {kind: ntlm, domain: EXEMPLE, user: lecteur, password: {env: FILON_PASSWORD}}
  #   · auth: {kind: negotiate, user: robot, kerberos: {realm: EXEMPLE.FR, kdc: [ad1.exemple.fr], keytab: robot.keytab}}
  #   · auth: {bearer: {command: pass show intranet/jeton}}
  #   · auth: {headers: {X-Api-Key: {env: FILON_CLE}}}
  #   · auth: {cookies: {file: cookies.txt}}   # du navigateur : cookies.txt, HAR, ou « copier comme cURL »
  #   · auth: {kind: browser}   # un code, un captcha : filon login ouvre une fenêtre, une personne s'y connecte
  #   · tls: {ca: racine.crt, certificate: client.p12, passphrase: {env: FILON_P12}}
  #   · proxy: socks5://proxy.exemple.fr:1080   # none : sans proxy, quoi que dise l'environnement

# Ce que filon doit savoir de l'entreprise pour juger.
# policy:
#   company: Exemple SA
#   other-names: [Exemple, Fours Exemple]      # ses marques et filiales
#   own-hosts: [boutique.exemple.fr]           # ses autres sites
#   scale: {C1: internal, C3: confidential}    # ses mentions : secret, confidential, restricted, internal, public
#   customers: [Client SA]                     # clients que l'on peut nommer sans redemander
#   agencies: [Studio Exemple]                 # photographes dont elle a les droits
#   listed-company: false                      # true si elle est cotée en bourse
#   quiet: [{from: 2026-01-15, to: 2026-02-12}]  # ses périodes de silence, si elle l'est
#   people: [{name: Jeanne Martin, until: 2027-06-30}]  # qui accepte d'être nommé et montré, et jusqu'à quand
#   garden:                                    # le jardin secret : compté, jamais conservé
#     paths: [/direction/*]
#     labels: [C3 - Secret]
#     words: [projet Mélusine]
#     owners: [Direction juridique]
#   off: [claim/superlative, type/floor-edit]  # règles qui ne s'appliquent pas, ou une famille : claim/
#   publishable: 70                            # score à partir duquel un contenu est publiable
#   proposed: 40                               # score au-dessous duquel il n'est pas proposé
#   settled-days: 30                           # jours après lesquels ce qui est public est réputé connu
#   list-size: 10                              # autant d'adresses ou de numéros de personnes font une liste

# Les mots de la maison pour un type de contenu (tel que content_type le nomme).
# words: {case_study: [dossier client, chantier livré], minutes: [point hebdo], internal_life: [les échos du quai]}

# Ce que filon nightly raconte après la nuit, et à qui ; il se tait quand il n'y a rien à dire.
# digest:
#   lang: fr
#   heartbeat: false         # true : un mot chaque nuit, même sans rien de neuf
#   include: [new, verdicts, gone, coverage, sessions, intranet]   # sans intranet, un webhook ne nomme pas ce que seuls les salariés voient
#   most: 20                 # contenus cités dans chaque partie, au plus
#   mail: {server: 'smtp.exemple.fr:587', security: starttls, user: filon, password: {env: FILON_SMTP}, from: filon@exemple.fr, to: [equipe@exemple.fr]}
#   webhooks: [{kind: teams, url: {file: teams.url}}, {kind: slack, url: {env: FILON_SLACK}}]   # mattermost et json aussi

# Les copies : deux textes n'en font qu'un à partir de cette part de suites de trois mots en commun (0.8 : un mot changé sur
# seize ; 1 : seulement les mêmes mots). Après un changement, filon rejudge --duplicates regroupe en quelques secondes.
# duplicates: {threshold: 0.8}

# L'historique des nuits : les plus récentes, et moins si filon.db grossit trop. Les décisions restent.
# retention: {runs: 90, size: 2GB}
`,
	EN: `# Configuration of filon. A line that begins with # is a comment; the limits shown that
# way are those that hold without it. An unknown key or an impossible value is refused, with its line number.

# Folder of the data (addresses, inventory, decisions), relative to this file.
data: .filon

# Pages read at once, over all servers.
# workers: 4

sources:
  - name: «NAME»
    # name stands for the source in the inventory; seeds is where to begin.
    seeds:
      - «SEED»
    # visibility: «SEEN»     # who sees these pages already: public, intranet or restricted; with auth, intranet unless it is said

    # What belongs to the source. Else: the server of the seed, all of it.
    # hosts: [blog.«HOST»]
    # prefixes: [/news/, /careers/]
    # In a pattern, * stops at the next / and ** does not.
    # include: ['/news/**']
    # exclude: ['/cart/**', '*/print/**', '*.zip']

    # How far to go; 0 = no limit.
    # max-depth: 0
    # revisit: 7               # days at most between two visits of a page that does not change; 1: every night
    # max-pages: 0

    # Politeness: the pause between two pages follows the server, from delay to max-delay.
    # robots.txt is obeyed, and so is its Crawl-delay.
    # delay: 0s
    # max-delay: 5s
    # per-host: 2
    # ignore-robots: false   # true only on a site of your own; noted in every run
    # keep-noindex: false    # true keeps pages that the site hides from search engines

    # The limits of one visit.
    # max-bytes: 50MB
    # timeout: 1m
    # max-redirects: 10
    # max-links: 5000

    # Other ways to find pages, and how filon introduces itself.
    # sitemaps: [«ORIGIN»/site-map.xml]
    # no-sitemaps: false
    # no-feeds: false
    # traps: {allow: ['/diary/*']}    # endless families to crawl all the same
    # never-follow: {addresses: ['/approve/**'], texts: [I take part], allow: ['/guide/delete']}   # what acts, and what does not
    # cms-api: auto          # ask WordPress too what it has published (wp-json); never for not asking
    # render: auto           # pages that are empty without JavaScript: auto, always or never (needs Chromium, Chrome or Edge)
    # render-pages: 200      # pages that are run at most, each time
    # ocr: auto              # scanned pages, read through tesseract where it is installed; never leaves them unread
    # ocr-pages: 20          # pages of one document that are read so, at most
    # image-sizes: 200       # pictures whose size is asked for at most, each time; 0: none
    # user-agent: filon/1.0 (inventory; contact@«HOST»)

  # An intranet with a sign-in. A password is never written here:
  # {env: NAME}, {file: PATH} or {command: LINE} say where it lies.
  # - name: intranet
  #   seeds: [https://intranet.example.com/]
  #   visibility: intranet
  #   auth: {user: reader, password: {env: FILON_PASSWORD}}   # the safest sign-in that the server offers
  #   anonymous-pass: true    # ask for each page without signing in too, to learn who sees it: public, intranet or restricted
  # Or, one sign-in a source (filon doctor intranet tells what the server offers):
  #   · auth: {kind: form, user: reader, password: {file: password}, origins: [https://sso.example.com]}
  #   · auth: {kind: ntlm, domain: EXAMPLE, user: reader, password: {env: FILON_PASSWORD}}
  #   · auth: {kind: negotiate, user: robot, kerberos: {realm: EXAMPLE.COM, kdc: [ad1.example.com], keytab: robot.keytab}}
  #   · auth: {bearer: {command: pass show intranet/token}}
  #   · auth: {headers: {X-Api-Key: {env: FILON_KEY}}}
  #   · auth: {cookies: {file: cookies.txt}}   # of a browser: cookies.txt, HAR, or "copy as cURL"
  #   · auth: {kind: browser}   # a code, a captcha: filon login opens a window in which a person signs in
  #   · tls: {ca: root.crt, certificate: client.p12, passphrase: {env: FILON_P12}}
  #   · proxy: socks5://proxy.example.com:1080   # none: no proxy, whatever the environment says

# What filon must know of the company in order to judge.
# policy:
#   company: Example Ltd
#   other-names: [Example, Example Ovens]      # its brands and subsidiaries
#   own-hosts: [shop.example.com]              # its other sites
#   scale: {C1: internal, C3: confidential}    # its markings: secret, confidential, restricted, internal, public
#   customers: [Customer Ltd]                  # customers that may be named without asking again
#   agencies: [Example Studio]                 # photographers whose rights it has
#   listed-company: false                      # true when its shares are traded
#   quiet: [{from: 2026-01-15, to: 2026-02-12}]  # its quiet periods, when they are
#   people: [{name: Jane Martin, until: 2027-06-30}]  # who agrees to be named and shown, and until when
#   garden:                                    # the secret garden: counted, never stored
#     paths: [/board/*]
#     labels: [C3 - Secret]
#     words: [project Melusine]
#     owners: [Legal department]
#   off: [claim/superlative, type/floor-edit]  # rules that do not apply, or a family: claim/
#   publishable: 70                            # score from which an item is publishable
#   proposed: 40                               # score below which it is not proposed
#   settled-days: 30                           # days after which what is public counts as known to be
#   list-size: 10                              # so many addresses or numbers of people make a list

# The house's own words for a type of content (as content_type names it).
# words: {case_study: [client file, site handover], minutes: [weekly sync], internal_life: [quay news]}

# What filon nightly tells after the night, and whom; it is silent when there is nothing to say.
# digest:
#   lang: en
#   heartbeat: false         # true: a word every night, even without news
#   include: [new, verdicts, gone, coverage, sessions, intranet]   # without intranet, a webhook does not name what only employees see
#   most: 20                 # items named in each part, at most
#   mail: {server: 'smtp.example.com:587', security: starttls, user: filon, password: {env: FILON_SMTP}, from: filon@example.com, to: [team@example.com]}
#   webhooks: [{kind: teams, url: {file: teams.url}}, {kind: slack, url: {env: FILON_SLACK}}]   # mattermost and json too

# Copies: two texts are one from this share of runs of three words in common (0.8: one word in sixteen changed; 1: only the
# same words). After a change, filon rejudge --duplicates groups anew within seconds.
# duplicates: {threshold: 0.8}

# The history of the nights: the newest, and fewer when filon.db grows too much. Decisions stay.
# retention: {runs: 90, size: 2GB}
`,
}
