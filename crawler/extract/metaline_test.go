package extract

import "testing"

// TestMetaLine holds inline elements that only a style sheet sets apart, and words that were cut into such elements.
func TestMetaLine(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<div class="meta"><span>Atelier</span><span>Nadia Roux</span></div>`, "Atelier Nadia Roux"},
		{`<div><span>Atelier</span><span>21 July 2026</span><span>3 min read</span></div>`, "Atelier 21 July 2026 3 min read"},
		{`<p><a href="/c">Vie du site</a><time datetime="2026-07-21">21 juillet 2026</time></p>`, "Vie du site 21 juillet 2026"},
		{`<p><small class="cat">News</small><!-- x --><small>4 min read</small></p>`, "News 4 min read"},
		{`<p><span class="date">21 juillet 2026</span><span>, Nantes</span></p>`, "21 juillet 2026, Nantes"},

		{`<p><span class="drop">L</span><span>a pompe tourne.</span></p>`, "La pompe tourne."},
		{`<p><span class="s1">Extra</span><span class="s2">ordinaire</span></p>`, "Extraordinaire"},
		{`<p>Le <span class="date">21</span><span class="date">e</span> jour</p>`, "Le 21e jour"},
		{`<p><code><span class="meta">go</span><span class="name">build</span></code></p>`, "gobuild"},
		{`<pre><span class="meta">go</span><span class="date">build</span></pre>`, "gobuild"},
	} {
		p := readAll([]byte(`<body>` + c.html))
		if p.text != c.want {
			t.Errorf("%s: %q, want %q", c.html, p.text, c.want)
		}
	}
}
