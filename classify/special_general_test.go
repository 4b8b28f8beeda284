package classify

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// heldCase is what a rule of one of some families holds, and harmless neighbours of it that are free of them all.
type heldCase struct {
	rules, lang string
	held, free  []string
}

func (c *heldCase) test(t *testing.T, policy Policy) {
	t.Helper()
	for _, line := range append(slices.Clone(c.held), c.free...) {
		v := Judge(insidePage(c.lang, "La cantine ouvre.\n\n"+line+"\n\nLa cantine ferme."), policy, judged)
		holds := slices.ContainsFunc(v.Reasons, func(r Reason) bool {
			return slices.Contains(strings.Fields(c.rules), r.Rule) && (r.Severity == Block || r.Severity == Review)
		})
		if want := slices.Contains(c.held, line); holds != want {
			t.Errorf("%s on %q: %v, want %v: %v", c.rules, line, holds, want, askedBy(v))
		}
	}
}

// TestPlotsOfFilms: a part with its cast in brackets is nobody's; who stands in for somebody who is ill is no part, whatever is
// filmed beside it.
func TestPlotsOfFilms(t *testing.T) {
	for _, c := range []heldCase{
		{"special/health special/offence", "en", []string{
			"Omar Haddad is on sick leave with depression, and a stand-in (Ruth Amber) shoots the film of the season.",
			"In this film about us, Omar Haddad has cancer and a fitter (Ruth Amber) takes the press.",
			"The movie night is on Friday. The welder (Ruth Amber) has breast cancer.",
			"Omar has breast cancer, and a colleague (Ruth Amber) is in this comedy with the others.",
			"In this movie a welder (Ruth Amber) of our line has cancer.",
			"A turner (Ruth Amber) was sentenced to two years for theft. The film of the trial is on the share.",
			"In this comedy a baker (Ruth Amber) plays; Omar Haddad has cancer.",
		}, []string{
			"In this thriller, a depressed widow (Ann Doe) hides a stranger.",
			"It is a dramedy about a teacher (Ruth Amber) who has breast cancer and learns to dance.",
			"In this movie a turner (Ruth Amber) is sentenced to two years for theft.",
		}},
		{"special/health", "fr", []string{
			"Omar Haddad est en arrêt maladie, une intérimaire (Ruth Ambre) joue dans le film de Noël.",
			"Solveig est en dépression et une collègue (Ruth Ambre) monte ce film.",
			"Dans le film de la fête, la soudeuse (Ruth Ambre) a un cancer.",
		}, []string{"Dans ce film, une veuve dépressive (Ruth Ambre) recueille un enfant."}},
	} {
		c.test(t, Policy{})
	}
}

// TestStudiedAndOwn: an illness that is studied or has a day of its own is nobody's, unless its sentence brings it home.
func TestStudiedAndOwn(t *testing.T) {
	for _, c := range []heldCase{
		{"special/health", "en", []string{
			"Omar Haddad reads every research on cancer that he has had since spring.",
			"Omar Haddad takes part in studies on cancer after his diagnosis.",
			"Our welder Omar Haddad is in studies on cancer at the clinic.",
			"Omar Haddad, a cancer research patient, comes back to the press in May.",
			"Omar Haddad is helped by the cancer charity during his treatment.",
			"Omar Haddad takes drugs to protect against the cancer he had.",
			"They found cancer cells in Omar Haddad.", "Omar Haddad's breast cancer cells have spread.", "We wish Omar Haddad well.\nHe has cancer cells again, his treatment goes on.",
			"The injured party is Ruth Amber.", "Ruth Amber, the injured party at the press, is at home.",
			"We paid the injured party, Ruth Amber, for two months.", "It was said that the injured party here was Ruth Amber.",
		}, []string{
			"Ruth Amber leads the cancer research institute.", "Ruth Amber published studies on breast cancer in two papers.",
			"Ruth Amber ran for the cancer charity.", "Written by Ruth Amber. The drug stops cancer cells.", "Ruth Amber wears a ribbon for Breast Cancer Awareness.",
			"Ruth Amber wrote that the injured party has to prove the damage.",
		}},
		{"special/health", "fr", []string{
			"Omar Haddad participe à des études sur le cancer.", "Omar Haddad suit les recherches sur le cancer dont il souffre.",
			"Notre soudeur Omar Haddad entre dans des études contre le cancer.",
		}, []string{"Ruth Ambre mène des recherches contre le cancer.", "Ruth Ambre court pour la Ligue contre le cancer."}},
		{"special/belief", "en", []string{
			"Ruth Amber is off for the Jewish holidays.", "Ruth Amber swaps Monday for the Jewish new year.", "Ruth Amber chairs the Muslim society.", "Ruth Amber is a treasurer of the Jewish charity.",
		}, []string{"Ruth Amber paints the Jewish quarter."}},
	} {
		c.test(t, Policy{})
	}
}

// TestListsWithStrokes: the list of an employer is nobody's, what a file says of somebody is theirs.
func TestListsWithStrokes(t *testing.T) {
	for _, c := range []heldCase{
		{"special/health special/belief special/union", "en", []string{
			"Omar Haddad: depression/debts/divorce.", "File of Omar Haddad: Jewish/married/unionised.", "Omar Haddad: M/disabled/veteran.",
			"Omar Haddad: M/disability/45.", "Omar Haddad: age/disability/veteran.", "Sick list: Omar Haddad, flu/cancer/back.",
			"M/F/Disability: Omar Haddad asked for it.", "We met Omar Haddad.\ncancer/chemo/rest",
		}, []string{
			"Ruth Amber works for an Equal Opportunity Employer M/F/Disability/Veterans.", "Written by Ruth Amber.\nM/F/Disability/Vets",
			"Written by Ruth Amber.\nMinorities/Women/Disability/Veterans",
		}},
		{"special/health special/belief special/union", "fr", []string{"Omar Haddad : cancer/chimio/repos.", "Fiche d'Omar Haddad : dépression/dettes/divorce."}, nil},
	} {
		c.test(t, Policy{})
	}
}

// TestLongListWithStrokes: a list with strokes that never ends is judged in time that grows with its length.
func TestLongListWithStrokes(t *testing.T) {
	took := func(n int) time.Duration {
		began := time.Now()
		Judge(insidePage("en", strings.Repeat("cancer/", n)+" Omar Haddad"), Policy{}, judged)
		return time.Since(began)
	}
	small, large := min(took(2000), took(2000)), min(took(16_000), took(16_000))
	if large > 30*small {
		t.Errorf("2,000 entries take %v, 16,000 take %v", small, large)
	}
}
