package extract

import (
	"encoding/xml"
	"io"
	"strings"
)

// xmpProperties maps the XMP properties that are kept, by local name in lower case, to their name.
var xmpProperties = map[string]string{
	"creator": "xmp:creator", "artist": "xmp:artist", "rights": "xmp:rights", "copyright": "xmp:copyright", "title": "xmp:title", "description": "xmp:description", "subject": "xmp:subject",
	"webstatement": "xmp:web_statement", "usageterms": "xmp:usage_terms", "digitalsourcetype": "xmp:digital_source_type", "marked": "xmp:marked",
	"credit": "xmp:credit", "source": "xmp:source", "instructions": "xmp:instructions", "headline": "xmp:headline", "licensorurl": "xmp:licensor_url",
	"createdate": "xmp:create_date", "datecreated": "xmp:date_created", "owner": "xmp:owner", "license": "xmp:license", "attributionname": "xmp:attribution_name",
	"expirationdate": "xmp:expiration_date", "licenseenddate": "xmp:license_end_date", "modelreleasestatus": "xmp:model_release_status", "propertyreleasestatus": "xmp:property_release_status",
}

// xmpStructs maps the fields of structures (PLUS, IPTC Extension) that are kept, by the property that
// holds the structure and the field's local name, both in lower case.
var xmpStructs = map[string]map[string]string{
	"licensor":       {"licensorname": "xmp:licensor", "licensorurl": "xmp:licensor_url"},
	"copyrightowner": {"copyrightownername": "xmp:copyright_owner"},
	"imagesupplier":  {"imagesuppliername": "xmp:supplier"},
	"imagecreator":   {"imagecreatorname": "xmp:image_creator"},
}

// readXMP keeps what an XMP packet (ISO 16684-1) says about rights: attributes and elements of the
// outermost descriptions, lists, and the fields of the structures above. History, ingredients and
// whatever else describes other files is left out, and so is the place of taking. A damaged packet
// keeps what stands before the damage.
func readXMP(r io.Reader, d *draft) error {
	x := &xmpReader{draft: d, packet: xml.NewDecoder(io.LimitReader(r, maxXMP)), values: map[string][]string{}}
	x.packet.Strict = false
	err := x.read()
	for _, name := range x.order {
		separator := ", "
		if name != "xmp:creator" && name != "xmp:subject" && name != "xmp:licensor" && name != "xmp:copyright_owner" {
			x.values[name] = x.values[name][:1] // the first language is the default one
		}
		d.property(name, strings.Join(x.values[name], separator))
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(r, maxXMP))
	return err
}

const (
	maxXMP       = 4 << 20
	rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

type xmpReader struct {
	draft  *draft
	packet *xml.Decoder
	path   []string // local names of the open properties and fields, without RDF's own elements
	open   []bool   // for each open element, whether it lengthened path
	text   strings.Builder
	values map[string][]string
	order  []string
}

func (x *xmpReader) read() error {
	for tokens := 0; tokens < 200_000; tokens++ {
		if tokens%4096 == 0 && x.draft.late() {
			return errDeadline
		}
		token, err := x.packet.Token()
		if err != nil {
			if err == io.EOF {
				return nil
			}
			return errBroken
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(x.open) >= maxDepth {
				return errTooLarge
			}
			x.text.Reset()
			grows := t.Name.Space != rdfNamespace && t.Name.Local != "xmpmeta" && t.Name.Local != "xapmeta"
			if grows {
				x.path = append(x.path, strings.ToLower(t.Name.Local))
			}
			x.open = append(x.open, grows)
			for _, a := range t.Attr {
				switch {
				case a.Name.Space == rdfNamespace && a.Name.Local == "resource":
					x.keep(x.path, a.Value)
				case a.Name.Space != rdfNamespace && a.Name.Space != "xmlns" && a.Name.Space != "":
					x.keep(append(x.path[:len(x.path):len(x.path)], strings.ToLower(a.Name.Local)), a.Value)
				}
			}
		case xml.CharData:
			if x.text.Len() < maxParagraph {
				x.text.Write(t)
			}
		case xml.EndElement:
			x.keep(x.path, x.text.String())
			x.text.Reset()
			if n := len(x.open); n > 0 {
				if x.open[n-1] {
					x.path = x.path[:len(x.path)-1]
				}
				x.open = x.open[:n-1]
			}
		}
	}
	return errTooLarge
}

// keep keeps the value of the property or field at path, when it is one of those that are kept.
func (x *xmpReader) keep(path []string, value string) {
	if value = flat(value, maxProperty); value == "" || len(path) == 0 || len(path) > 2 {
		return
	}
	name := ""
	if len(path) == 1 {
		if path[0] == "gpslatitude" || path[0] == "gpslongitude" {
			x.draft.property("gps", "present")
			return
		}
		name = xmpProperties[path[0]]
	} else {
		name = xmpStructs[path[0]][path[1]]
	}
	if name == "" || len(x.values[name]) >= 50 {
		return
	}
	if x.values[name] == nil {
		x.order = append(x.order, name)
	}
	x.values[name] = append(x.values[name], value)
}
