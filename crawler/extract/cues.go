package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cues is a set of what an element's tag, class, id and role say about its purpose.
type cues uint64

// What names and tags hint at. The order is part of the fitted model: append only.
const (
	cueNav cues = 1 << iota
	cueHeader
	cueFooter
	cueSide
	cueComment
	cueShare
	cueRelated
	cueCookie
	cueAd
	cueNewsletter
	cueBreadcrumb
	cuePager
	cueByline
	cueContent
	cueTitle
	cueProduct
	cuePrice
	cueReview
	cueLogin
	cueModal
	cueWidget
	cueTags
	cueCaption
	cueCard
	cueForum
	cueTab
	cueHero
	cueUnseen
	cueAuthor
	cueButton
	cueToc
	cueDoc
	cueCode
	cueQuote
	cueMedia
	cueNotice
	cueFilter
	cueLegal
	cueDetail
	cueMain
	cueMeta
	cueList
	cueSearch
	cueUser
	tagMain
	tagArticle
	tagNav
	tagHeader
	tagFooter
	tagAside
	tagSection
	tagForm
	tagFigure
	tagTable
	tagList
	tagDefinition
	tagQuote
	tagPre
	tagParagraph
	tagDetails
	tagButton
	tagHeading
	cueCount = iota
)

// cueWords are the words, French and English, that people name the parts of a page with. A name is
// split at everything that is not a letter and before capitals: "postFooter-nav" has three words.
var cueWords = cueTable(map[cues]string{
	cueNav:        "nav navbar navigation menu menus submenu megamenu topbar sitenav navigate sommaire skip skiplink masthead offcanvas hamburger dropdown",
	cueHeader:     "header head top entete tete",
	cueFooter:     "footer foot bottom pied colophon baspage",
	cueSide:       "sidebar side aside rail secondary complementary lateral laterale gutter",
	cueComment:    "comment comments commentaire commentaires disqus respond reply replies commentlist",
	cueShare:      "share sharing social socials partage partager follow facebook twitter linkedin whatsapp addtoany sharedaddy addthis",
	cueRelated:    "related similar recommended recommendation recommendations suggested more similaires associes connexes upsell upsells crosssell recirc popular trending latest recent lire discover readmore",
	cueCookie:     "cookie cookies consent gdpr rgpd cmp onetrust tarteaucitron axeptio didomi ccpa privacy cookiebanner cookiebar cookieconsent cookienotice cookielaw cookiebot cmplz cky moove borlabs iubenda quantcast sirdata usercentrics trustarc osano termly klaro",
	cueAd:         "ad ads advert advertisement advertising sponsor sponsored promo promotion pub publicite banner adslot dfp outbrain taboola",
	cueNewsletter: "newsletter subscribe subscription signup optin mailchimp infolettre abonnement abonner mailing",
	cueBreadcrumb: "breadcrumb breadcrumbs crumb crumbs ariane fil",
	cuePager:      "pagination pager paginate paging pagenav prev previous next suivant precedent",
	cueByline:     "byline date dateline published time timestamp posted dates auteur author",
	cueContent:    "content contents contenu article post entry story body text texte texto richtext rte prose copy wysiwyg blog single hentry paragraph",
	cueTitle:      "title titre headline heading subtitle",
	cueProduct:    "product produit products produits item sku shop store boutique catalog catalogue",
	cuePrice:      "price prix pricing tarif amount cost prices stock cart panier basket buy checkout addtocart",
	cueReview:     "review reviews avis rating ratings stars testimonial testimonials temoignage temoignages rate",
	cueLogin:      "login signin connexion register account compte auth password logout inscription",
	cueModal:      "modal popup popin overlay lightbox dialog drawer toast tooltip popover",
	cueWidget:     "widget widgets module block bloc plugin",
	cueTags:       "tag tags category categories categorie cat topics taxonomy keywords etiquette etiquettes",
	cueCaption:    "caption legende figcaption credit credits",
	cueCard:       "card cards tile tiles teaser carte vignette thumb thumbnail excerpt summary snippet box",
	cueForum:      "thread message messages topic forum answer answers question questions reponse discussion postbody bbp",
	cueTab:        "tab tabs accordion accordeon collapse collapsible panel toggle faq panels",
	cueHero:       "hero jumbotron intro lead chapo chapeau standfirst lede slogan cover visuel",
	cueUnseen:     "hidden sr screenreader visuallyhidden invisible noprint hide offscreen mobile hiddentext a11y",
	cueAuthor:     "author auteur bio biography profile profil about writer contributor avatar",
	cueButton:     "btn button bouton cta link action actions",
	cueToc:        "toc tableofcontents contents outline onthispage jump anchor anchors",
	cueDoc:        "doc docs documentation markdown wiki mw readme md guide help manual api",
	cueCode:       "code highlight pre syntax snippet example",
	cueQuote:      "quote citation blockquote pullquote verbatim",
	cueMedia:      "gallery galerie carousel slider slide slideshow swiper video player media image img photo picture audio podcast embed",
	cueNotice:     "alert notice status ribbon warning info message announcement annonce bandeau label badge confidential confidentiel draft brouillon",
	cueFilter:     "filter filters facet facets filtre filtres sort sorting refine toolbar tools outils select options",
	cueLegal:      "copyright legal mentions terms disclaimer rights cgu cgv imprint",
	cueDetail:     "detail details description spec specs specification specifications feature features caracteristiques attribute attributes overview overview benefits tech fiche",
	cueMain:       "main primary principal principale page site container wrapper wrap inner",
	cueMeta:       "meta info infos infobox byline data stats views count counter",
	cueList:       "list liste lists listing grid grille items results resultats archive feed loop row rows collection index",
	cueSearch:     "search recherche searchform query searchbox",
	cueUser:       "user username member membre utilisateur poster postprofile joined signature postdetails",
})

func cueTable(lists map[cues]string) map[string]cues {
	table := map[string]cues{}
	for c, list := range lists {
		for _, w := range strings.Fields(list) {
			table[w] |= c
		}
	}
	return table
}

// cuesOf reads an element's cues. seen remembers names of this page, which repeat a lot.
func cuesOf(n *html.Node, seen map[string]cues) cues {
	c := tagCues(n.DataAtom)
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id":
			v := n.Attr[i].Val
			if v == "" || len(v) > 1000 {
				continue
			}
			got, ok := seen[v]
			if !ok {
				got = nameCues(v)
				seen[v] = got
			}
			c |= got
		case "role":
			switch n.Attr[i].Val {
			case "main":
				c |= tagMain
			case "article":
				c |= tagArticle
			case "navigation", "menu", "menubar":
				c |= tagNav
			case "banner":
				c |= tagHeader
			case "contentinfo":
				c |= tagFooter
			case "complementary":
				c |= tagAside
			case "search":
				c |= cueSearch
			case "dialog", "alertdialog":
				c |= cueModal
			case "button":
				c |= tagButton
			case "alert", "status":
				c |= cueNotice
			}
		case "itemprop":
			if n.Attr[i].Val == "articleBody" {
				c |= cueContent | tagArticle
			}
		}
	}
	return c
}

func tagCues(a atom.Atom) cues {
	switch a {
	case atom.Main:
		return tagMain
	case atom.Article:
		return tagArticle
	case atom.Nav, atom.Menu:
		return tagNav
	case atom.Header:
		return tagHeader
	case atom.Footer:
		return tagFooter
	case atom.Aside:
		return tagAside
	case atom.Section:
		return tagSection
	case atom.Form, atom.Fieldset, atom.Label:
		return tagForm
	case atom.Figure, atom.Figcaption:
		return tagFigure
	case atom.Table:
		return tagTable
	case atom.Ul, atom.Ol, atom.Li:
		return tagList
	case atom.Dl, atom.Dt, atom.Dd:
		return tagDefinition
	case atom.Blockquote:
		return tagQuote
	case atom.Pre:
		return tagPre
	case atom.P:
		return tagParagraph
	case atom.Details, atom.Summary:
		return tagDetails
	case atom.Button:
		return tagButton
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return tagHeading
	case atom.Dialog:
		return cueModal
	case atom.Address:
		return cueFooter
	}
	return 0
}

// nameCues splits a class list or an id into words and unites what they hint at.
func nameCues(names string) cues {
	var (
		c    cues
		word [24]byte
		n    int
	)
	add := func() {
		if n > 1 {
			c |= cueWords[string(word[:n])]
		}
		n = 0
	}
	lower := false // the byte before was a lower-case letter
	for i := 0; i < len(names); i++ {
		b := names[i]
		switch {
		case 'a' <= b && b <= 'z':
			lower = true
		case 'A' <= b && b <= 'Z':
			if lower {
				add()
			}
			lower = false
			b |= 0x20
		default:
			add()
			lower = false
			continue
		}
		if n < len(word) {
			word[n] = b
			n++
		}
	}
	add()
	return c
}
