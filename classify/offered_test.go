package classify

import "testing"

// TestPricesOffered: a price offered to whoever buys is no secret; what somebody who sells may grant, earn or make of it is.
func TestPricesOffered(t *testing.T) {
	const rules = "inside/money business/prices"
	for _, c := range []heldCase{
		{rules, "en", []string{
			"You can go down to 28% off the bundle if the prospect insists.", "You can go down to 28% off the regular rate to save the deal, no less.",
			"The pump costs 6.10, you sell it at 52 during the sale.",
			"The maximum discount is 22% if the customer hesitates at checkout.",
			"The maximum discount is 22% in the sale, you keep 9%.",
		}, []string{
			"That is $80 off the regular rate, a saving of $31.",
			"No minimum purchase price required.", "The maximum discount is $90 per booking.",
			"The maximum discount is $90, limited to one per customer.",
		}},
		{rules, "fr", []string{
			"Vous pouvez descendre jusqu'à 28 % de remise sur l'abonnement si l'interlocuteur insiste.", "Tu peux descendre jusqu'à 30 % de remise sur les soldes et l'abonnement.",
			"Pour garder la vente, lâchez 28 % de remise sur l'abonnement.",
		}, nil},
	} {
		c.test(t, Policy{})
	}
}

// TestNoOffers: a sentence to those who sell is no offer to whoever buys, whatever words of a shop it has.
func TestNoOffers(t *testing.T) {
	for text, offers := range map[string]bool{
		"You can drop to 28% off the bundle if the prospect insists.":                           false,
		"To save the deal, you may take 28% off the regular price.":                             false,
		"Your commission is 8% on each bundle of the sale.":                                     false,
		"You can go as low as 40% off the regular price, a saving for them.":                    false,
		"Give them up to 25% off the regular rate when they complain, a saving of $90.":         false,
		"Vous pouvez aller jusqu'à 28 % de remise sur l'abonnement si l'interlocuteur insiste.": false,
		"On leur lâche 28 % de remise sur l'abonnement si votre prospect hésite.":               false,
		"La pompe coûte 6,10 €, vous la vendez 52 € pendant les soldes.":                        false,
		"Votre commission est de 8 % sur chaque abonnement des soldes.":                         false,
		"Save 20% off the regular price of your next order.":                                    true,
		"Limited to one per customer, 20% off your order.":                                      true,
		"Profitez des soldes : 20 % sur votre abonnement.":                                      true,
		"Spend less: you get 20% off the bundle.":                                               false, // inside, one word of a shop may be said to who sells
	} {
		item := insidePage("en", text)
		p := prepare(&item, &Policy{}, judged)
		if f := &p.fields[p.body]; p.offers(f, p.body, 0, len(f.low)) != offers {
			t.Errorf("%q: %v", text, !offers)
		}
	}
}
