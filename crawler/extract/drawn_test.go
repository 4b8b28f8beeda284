package extract

import (
	"strings"
	"testing"
	"time"
)

func TestDrawnText(t *testing.T) {
	for name, c := range map[string]struct{ xml, want string }{
		"box":     {`<xdr:sp><xdr:txBody><a:p><a:r><a:t>Ob</a:t></a:r><a:r><a:t>jectif</a:t></a:r></a:p><a:p><a:r><a:t>2026</a:t></a:r></a:p></xdr:txBody></xdr:sp>`, "Objectif|2026"},
		"diagram": {`<dgm:pt><dgm:t><a:p><a:r><a:t>Étape 1</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Étape 2</a:t></a:r></a:p></dgm:t></dgm:pt>`, "Étape 1|Étape 2"},
		"chart":   {`<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Ventes</a:t></a:r></a:p></c:rich></c:tx></c:title><c:strCache><c:pt><c:v>Nord</c:v></c:pt><c:pt><c:v>Sud</c:v></c:pt></c:strCache><c:strCache><c:pt><c:v>Nord</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:chart>`, "Ventes|Nord|Sud"},
		"cut":     {`<a:p><a:r><a:t>Le début`, "Le début"},
	} {
		b := pack(t, "d.xml", "<x>"+c.xml)
		a, err := openArchive(strings.NewReader(string(b)), int64(len(b)), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		check(t, name, strings.Join(drawnText(a, "d.xml", newDraft(Input{}, 0, time.Time{})), "|"), c.want)
	}
}
