package classify

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"filon/crawler/content"
)

// kept are the fields by which an item is found again, and those with words of filon's own.
var kept = map[string]bool{
	"Item.ID": true, "Item.Address": true, "Item.Root": true, "Item.ETag": true, "Item.LastModified": true, "Item.Source": true, "Item.Access.Visibility": true, "Item.Access.SeenAs": true,
	"Item.Language": true, "Item.Published.Source": true, "Item.Published.Confidence": true, "Item.Modified.Source": true, "Item.Modified.Confidence": true, "Item.Evidence.Of": true,
	"Item.Evidence.Date.Source": true, "Item.Evidence.Date.Confidence": true, "Item.Expires.Source": true, "Item.Expires.Confidence": true, "Item.Zones.Kind": true, "Item.Languages.Language": true,
	"Item.Images.Role": true, "Item.Images.Hash": true, "Item.Embeds.Kind": true, "Item.Embeds.Provider": true, "Item.CMS": true, "Item.OCR.By": true, "Item.Withheld": true,
	"Item.Problem.Code": true, "Item.Problem.Detail": true, "Item.Readings.Of": true,
}

// TestEveryFieldIsRedacted puts a credential into every text of an item, however deep, and wants it gone.
func TestEveryFieldIsRedacted(t *testing.T) {
	const token = "ghp_Qu1Ceu7xYz8Kp2LmQu1Ceu7xYz8Kp2LmQ9wE"
	var item content.Item
	fillStrings(reflect.ValueOf(&item).Elem(), "see "+token)
	stored := Redact(item)
	eachString(reflect.ValueOf(stored), "Item", func(name, s string) {
		if strings.Contains(s, token) && !kept[name] {
			t.Errorf("%s holds the credential", name)
		}
	})
}

func fillStrings(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fillStrings(v.Field(i), s)
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		one := reflect.MakeSlice(v.Type(), 1, 1)
		fillStrings(one.Index(0), s)
		v.Set(one)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillStrings(value, s)
		if key.Kind() == reflect.String {
			key.SetString("subject")
		}
		one := reflect.MakeMap(v.Type())
		one.SetMapIndex(key, value)
		v.Set(one)
	case reflect.Pointer:
		one := reflect.New(v.Type().Elem())
		fillStrings(one.Elem(), s)
		v.Set(one)
	}
}

func eachString(v reflect.Value, name string, do func(name, s string)) {
	switch v.Kind() {
	case reflect.String:
		do(name, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachString(v.Field(i), name+"."+v.Type().Field(i).Name, do)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), name, do)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachString(v.MapIndex(k), fmt.Sprint(name, "[", k, "]"), do)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachString(v.Elem(), name, do)
		}
	}
}
