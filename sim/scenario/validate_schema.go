package scenario

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// schema checks what the tags say: ranges, choices, references, texts that must not be empty, finite numbers.
func (c *checker) schema() {
	c.record(Schema(), reflect.ValueOf(c.sc).Elem(), "")
	for i := range c.sc.Hazards {
		if spec := c.sc.Hazards[i].Spec; spec != nil && reflect.TypeOf(spec).Kind() == reflect.Pointer {
			v := reflect.ValueOf(spec).Elem()
			c.record(TableOf(v.Type()), v, fmt.Sprintf("hazard[%d]", i))
		}
	}
}

// record checks the fields of one table.
func (c *checker) record(table *Table, v reflect.Value, path string) {
	for i := range table.Fields {
		f := &table.Fields[i]
		at := f.Key
		if path != "" {
			at = path + "." + f.Key
		}
		x := v.Field(f.Index)
		if f.Pointer {
			if x.IsNil() {
				continue
			}
			x = x.Elem()
		} else if f.Optional && f.IsDefault(x) {
			continue // missing, which is right; that a key which is there holds more than nothing is seen on reading
		}
		c.value(f, &f.Value, x, at)
	}
}

// value checks one value, or each element of a list.
func (c *checker) value(f *Field, d *Value, v reflect.Value, path string) {
	switch d.Form {
	case FormRecord:
		c.record(d.Table, v, path)
	case FormList:
		if f.Required() && v.Len() == 0 {
			c.add(path, "为空；至少一项", "empty; want at least one")
		}
		if f.Places() && d.Len == 2 {
			c.place(v, path)
			return
		}
		for i := range v.Len() {
			c.value(f, d.Elem, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case FormInt:
		c.integer(f, v, path)
	case FormFloat:
		x := v.Float()
		if !f.Range.Contains(x) || !finite(x) {
			c.add(path, "%g；应为 %s", "%g; want %s", x, f.share(x, withUnit(f.Range.Words(), f.Unit)))
		}
	case FormSpan:
		if !f.Range.Contains(float64(v.Int())) {
			c.add(path, "%s；应为 %s", "%s; want %s", sim.Duration(v.Int()), f.Range.Words())
		}
	case FormWord:
		c.word(f, v.String(), path)
	case FormText:
		if text := v.Interface().(sim.Text); f.Required() && text.Empty() {
			c.add(path, "为空；应填写中文、英文或两者", "empty; want text in Chinese, English or both")
		}
	}
}

func (c *checker) integer(f *Field, v reflect.Value, path string) {
	n := int64(0)
	if v.CanUint() {
		n = int64(v.Uint())
	} else {
		n = v.Int()
	}
	if !f.Range.Contains(float64(n)) {
		c.add(path, "%d；应为 %s", "%d; want %s", n, withUnit(f.Range.Words(), f.Unit))
	}
}

func (c *checker) word(f *Field, word, path string) {
	switch {
	case c.full():
	case word == "" && f.Required():
		c.say(path, sim.Text{ZH: "为空；应填写文字", EN: "empty; want text: " + f.Doc})
	case word == "" && (f.Optional || f.HasDefault):
	case f.Choices != nil && !slices.Contains(f.Choices, word):
		c.add(path, "%q；%s", "%q; %s", word, WantOneOf(word, f.Choices))
	case f.Ref != sim.KindNone && !c.blind(f.Ref):
		if _, ok := c.names.Resolve(f.Ref, word); !ok {
			c.add(path, "没有名为 %[2]q 的%[1]s；%[3]s",
				"no %s is called %q; %s", f.Ref.Title(), word, WantOneOf(word, c.names.All(f.Ref)))
		}
	}
}

// place checks a pair of coordinates.
func (c *checker) place(v reflect.Value, path string) {
	p := geo.Point{X: v.Index(0).Float(), Y: v.Index(1).Float()}
	switch {
	case !p.Finite():
		c.add(path, "[%g, %g] 不是有效坐标；应为有限数值", "[%g, %g] is no place; want finite coordinates", p.X, p.Y)
	case c.outside(p):
		c.add(path, "[%s, %s] 在图外；%s", "[%s, %s] is outside the map; %s", plain(p.X), plain(p.Y), c.inside(p))
	}
}

// inside says what is wanted instead of a place outside the map, with a guess at how it came about.
func (c *checker) inside(p geo.Point) sim.Text {
	want := sim.Say("应为 %s（米）", "want %s [m]", c.mapExtent())
	origin := geo.Point{X: c.sc.Place.Easting, Y: c.sc.Place.Northing}
	switch {
	case !c.outside(geo.Point{X: p.Y, Y: p.X}):
		return sim.Say("x 与 y 是否写反？%s", "are x and y swapped? %s", want)
	case origin != (geo.Point{}) && !c.outside(p.Sub(origin)):
		return sim.Say("是否为投影坐标？应减去 easting 和 northing：%s（米）",
			"is it a place of the projection? want easting and northing taken off: %s [m]", c.mapExtent())
	}
	return want
}

// plain writes a coordinate without a power of ten.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// blind says that entities of that kind could not be read, so that nothing can be said about references to them.
func (c *checker) blind(kind sim.Kind) bool {
	switch kind {
	case sim.KindNode:
		return c.missing.Nodes
	case sim.KindLink:
		return c.missing.Links
	case sim.KindBuilding:
		return c.missing.Buildings
	case sim.KindHousehold, sim.KindParty:
		return c.missing.Households
	case sim.KindPerson:
		return c.missing.Persons
	case sim.KindStructure:
		return slices.Contains(c.missing.Hazards, true)
	}
	return false
}

// nameMarks are the characters besides letters and digits that a short name may hold.
const nameMarks = "-_."

// named checks the short names of one kind: there, well formed, each given once.
func named[T any](c *checker, key string, list []T, name func(*T) string) {
	kind, _ := sim.KindByName(key)
	first := make(map[string]int, len(list))
	for i := range list {
		path, n := fmt.Sprintf("%s[%d].name", key, i), name(&list[i])
		if wrong := badName(n); !wrong.Empty() {
			c.say(path, wrong)
			continue
		}
		if k, twice := first[n]; twice {
			c.add(path, "又一个名为 %[2]q 的%[1]s，前一个是 %[3]s[%[4]d]；应另取名称",
				"a second %s called %q, after %s[%d]; want another name", kind.Title(), n, key, k)
			continue
		}
		first[n] = i
	}
}

// badName says what is wrong with a short name, or nothing.
func badName(n string) sim.Text {
	if n == "" {
		return sim.Say("为空；应有短名", "empty; want a short name")
	}
	if strings.ContainsFunc(n, func(r rune) bool {
		return r < 0x80 && !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune(nameMarks, r))
	}) || len(n) > 100 {
		return sim.Say("%q；短名不得含空格、逗号和引号", "%q; want a short name without spaces, commas and quotes", n)
	}
	return sim.Text{}
}

func withUnit(text sim.Text, unit string) sim.Text {
	if unit == "" || unit == "-" {
		return text
	}
	return sim.Say("%s %s", "%s %s", text, unit)
}

// leastPercent is the least number beyond the range of a share that is taken for a percentage.
const leastPercent = 2

// share adds to what is wanted of a share how a percentage is written.
func (f *Field) share(x float64, want sim.Text) sim.Text {
	if f.Unit != "-" || f.Range.Hi != 1 {
		return want
	}
	return percentHint(x, want)
}

// percentHint is share for a number that must be a share.
func percentHint(x float64, want sim.Text) sim.Text {
	if !(x >= leastPercent && x <= 100) {
		return want
	}
	return sim.Say("%s（%g%% 写作 %.3g）", "%s; %g %% is %.3g", want, x, x/100)
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
