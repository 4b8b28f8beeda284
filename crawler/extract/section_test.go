package extract

import (
	"testing"

	"filon/crawler/content"
)

// TestFiledByAddress holds the path forms of the software that companies use, and what in them says
// nothing of who an item belongs to.
func TestFiledByAddress(t *testing.T) {
	for _, c := range []struct {
		address, root string
		public        bool
		want, section string
	}{
		{"https://intranet.acme.fr/rh/actualites/teletravail", "", false, "RH", "Actualités"},
		{"https://intranet.acme.com/hr/news/remote-work", "", false, "HR", "News"},
		{"https://www.acme.com/hr/news/remote-work", "", true, "News", ""}, // Croatian
		{"https://intranet.acme.fr/securite-au-travail/consignes/gants", "", false, "Sécurité au travail", "Consignes"},
		{"https://www.acme.fr/actualites/2026/11/un-titre", "", true, "Actualités", ""},
		{"https://www.acme.fr/2026/11/07/un-titre", "", true, "", ""},
		{"https://intranet.acme.fr/articles/un-titre", "", false, "", ""},
		{"https://intranet.acme.fr/pages/un-titre.htm", "", false, "", ""},
		{"https://intranet.acme.fr/achats/articles/un-titre", "", false, "Achats", ""},
		{"https://www.acme.fr/tag/boulangerie/page/2/", "", true, "", ""},
		{"https://www.acme.fr/agenda/novembre-2026/salon", "", true, "", ""},
		{"https://www.acme.fr/category/ressources-humaines/un-titre", "", true, "Ressources humaines", ""},
		{"https://www.acme.fr/nos-metiers/", "", true, "", ""}, // the page itself
		// SharePoint, OneDrive
		{"https://acme.sharepoint.com/sites/marketing/SitePages/campagne.aspx", "", false, "Marketing", ""},
		{"https://acme.sharepoint.com/teams/Qualite/Shared%20Documents/Proc%C3%A9dures/audit.docx", "", false, "Qualité", "Procédures"},
		{"https://acme.sharepoint.com/sites/intranet/RH/Pages/conges.aspx", "", false, "RH", ""},
		{"https://acme-my.sharepoint.com/personal/jdoe_acme_fr/Documents/note.docx", "", false, "", ""},
		// Confluence
		{"https://wiki.acme.fr/display/QUALITE/Page+1", "", false, "QUALITE", ""},
		{"https://acme.atlassian.net/wiki/spaces/LOG/pages/12345/Quai", "", false, "LOG", ""},
		{"https://wiki.acme.fr/display/~jdoe/Page+1", "", false, "", ""},
		{"https://wiki.acme.fr/pages/viewpage.action?spaceKey=LOG&title=Quai", "", false, "LOG", ""},
		// MediaWiki, DokuWiki
		{"https://wiki.acme.fr/index.php/Logistique:Accueil_quai", "", false, "Logistique", ""},
		{"https://wiki.acme.fr/index.php?title=Logistique:Accueil_quai", "", false, "Logistique", ""},
		{"https://wiki.acme.fr/wiki/Cat%C3%A9gorie:Quai", "", false, "", ""},
		{"https://wiki.acme.fr/wiki/Help:Contents", "", false, "", ""},
		{"https://wiki.acme.fr/doku.php?id=rh:conges:demande", "", false, "RH", ""},
		// WordPress, Drupal, TYPO3, Jalios, eZ Publish
		{"https://www.acme.fr/wp-content/uploads/2026/03/plaquette.pdf", "", true, "", ""},
		{"https://www.acme.fr/sites/default/files/2026-03/plaquette.pdf", "", true, "", ""},
		{"https://www.acme.fr/node/12", "", true, "", ""},
		{"https://www.acme.fr/fileadmin/user_upload/plaquette.pdf", "", true, "", ""},
		{"https://www.acme.fr/engagements/detail/news/titre", "", true, "Engagements", "News"},
		{"https://jplatform.acme.fr/jcms/c_12345/fr/un-titre", "", false, "", ""},
		{"https://www.acme.fr/index.php/fre/Innovation/Un-titre", "", true, "Innovation", ""},
		{"https://www.acme.fr/content/view/full/123", "", true, "", ""},
		// shared folders count from where they begin
		{"file:///srv/direction/partage/cas.html", "file:///srv/direction/partage/", false, "", ""},
		{"file:///srv/direction/partage/RH/Notes/2024/conges.docx", "file:///srv/direction/partage/", false, "RH", "Notes"},
		{"file://nas/commun/Production/Photos/quai.jpg", "file://nas/commun/", false, "Production", ""},
	} {
		in := Input{Address: c.address, Root: c.root, Access: content.Access{Visibility: content.Intranet}, Body: []byte("<title>x</title><p>" + somePage)}
		if c.public {
			in.Access.Visibility = content.Public
		}
		item := HTML(in)
		if item.Department != c.want || item.Section != c.section {
			t.Errorf("%s below %q is filed in %q, %q; want %q, %q", c.address, c.root, item.Department, item.Section, c.want, c.section)
		}
	}
}

const somePage = "The teams of the workshop have made hinges for many years and know how to treat the steel with patience and with care."

// TestFiledByPage holds what pages say of where they are filed.
func TestFiledByPage(t *testing.T) {
	for _, c := range []struct{ html, address, want, section string }{
		{`<title>x</title><nav class="breadcrumb"><a href="/">Accueil</a> <a href="/rh">Ressources humaines</a> <a href="/rh/a">Actualités</a></nav><main><h1>Un titre</h1><p>` + somePage,
			"https://i.acme.fr/rh/a/1", "Ressources humaines", "Actualités"},
		{`<title>x</title><nav class="breadcrumb"><a href="/">Home</a> <a href="/t">Tag</a> <a href="/2026">2026</a></nav><main><h1>A title</h1><p>` + somePage, "https://i.acme.fr/t/2026/1", "", ""},
		{`<title>x</title><body class="single category-ressources-humaines"><main><p>` + somePage, "https://i.acme.fr/?p=3", "Ressources humaines", ""},
		{`<title>x</title><body class="single category-uncategorized"><main><p>` + somePage, "https://i.acme.fr/?p=3", "", ""},
		{`<meta name="ajs-space-name" content="Direction Qualité"><main><p>` + somePage, "https://w.acme.fr/display/QUAL/Page", "Direction Qualité", ""},
	} {
		item := HTML(Input{Address: c.address, Access: content.Access{Visibility: content.Intranet}, Body: []byte(c.html)})
		if item.Department != c.want || item.Section != c.section {
			t.Errorf("%s is filed in %q, %q; want %q, %q", c.address, item.Department, item.Section, c.want, c.section)
		}
	}
}
