package export

import "filon/classify"

// Label gives an id of a column, such as needs_edit, in words for people; an id without a label stays as
// it is. The words of verdicts are classify's.
func Label(column, id, lang string) string {
	switch column {
	case "content_type", "content_type_secondary":
		return classify.TypeLabel(id, lang)
	case "verdict", "human_verdict", "decision_lapsed":
		return classify.OutcomeLabel(classify.Outcome(id), lang)
	case "media_format":
		return classify.FormatLabel(id, lang)
	case "image_rights":
		return classify.RightsLabel(id, lang)
	case "audience":
		return classify.AudienceLabel(id, lang)
	case "evergreen":
		return classify.EvergreenLabel(id, lang)
	case "effort":
		return classify.EffortLabel(id, lang)
	case "approver_role":
		return classify.ApproverLabel(id, lang)
	case "networks_ready", "networks_fit":
		return classify.NetworkLabel(id)
	case "post_format":
		return classify.PostLabel(id, lang)
	}
	if t, ok := labelled[column][id]; ok {
		return t.In(lang)
	}
	return id
}

func labels(column string, ids []string, lang string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = Label(column, id, lang)
	}
	return out
}

// labelled has the words of ids that are not of a verdict.
var labelled = map[string]map[string]classify.Text{
	"visibility": {
		"public": {FR: "Public", EN: "Public"}, "intranet": {FR: "Intranet", EN: "Intranet"},
		"restricted": {FR: "Restreint", EN: "Restricted"}, "file_share": {FR: "Partage de fichiers", EN: "File share"},
	},
	"disposition": {
		"keep": {FR: "Garder", EN: "Keep"}, "update": {FR: "Mettre à jour", EN: "Update"},
		"merge": {FR: "Fusionner", EN: "Merge"}, "archive": {FR: "Archiver", EN: "Archive"},
	},
	"already_used": {"yes": {FR: "Oui", EN: "Yes"}, "no": {FR: "Non", EN: "No"}, "unknown": {FR: "Inconnu", EN: "Unknown"}},
}

// heading is what stands above a column.
func (c Column) heading(opts Options) string {
	switch {
	case !opts.Labels:
		return c.Name
	case opts.lang() == "fr":
		return c.FR
	}
	return c.EN
}

// inWords gives a value of a column in words where the options ask for them.
func inWords(c Column, v any, opts Options) any {
	if !opts.Labels {
		return v
	}
	switch x := v.(type) {
	case string:
		return Label(c.Name, x, opts.lang())
	case []string:
		return labels(c.Name, x, opts.lang())
	}
	return v
}
