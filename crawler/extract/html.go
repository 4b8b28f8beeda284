package extract

import "filon/crawler/content"

// HTML reads a page. It never returns an error: what is wrong with the page is Item.Problem.
func HTML(in Input) content.Item {
	return content.Item{
		ID: content.ID(in.Address), Address: in.Address, Source: in.Source, Access: in.Access,
		Status: in.Status, Bytes: int64(len(in.Body)), FetchedAt: in.FetchedAt, Depth: in.Depth,
	}
}
