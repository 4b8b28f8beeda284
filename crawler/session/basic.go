package session

import (
	"encoding/base64"
	"net/http"
)

// basic is HTTP Basic authentication (RFC 7617), in UTF-8.
type basic struct{ cfg Config }

func (basic) name() string { return "basic" }
func (basic) spells() bool { return true }

func (b basic) authorize(*http.Request, Challenge) (string, error) {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(b.cfg.User+":"+b.cfg.Password)), nil
}
