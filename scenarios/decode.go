package scenarios

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// decoder fills Go structs from parsed TOML by their schema. It checks keys and types; what the values may be is
// the business of scenario.Validate.
type decoder struct {
	*reader
	start   sim.CivilTime // of the drill, for local times
	started bool          // start is known
	noClock bool          // there is no start to which a local time could refer
}

// table fills one struct from a table. With more than one schema the keys belong to them together: the common keys
// of a hazard and those of its kind.
func (d *decoder) table(parts []part, values map[string]any, n *node) {
	var known []string
	var further *part
	var furtherField *scenario.Field
	for i := range parts {
		known = append(known, parts[i].table.Keys()...)
		if f := parts[i].table.Further(); f != nil {
			further, furtherField = &parts[i], f
		}
	}
	for i := range parts {
		for k := range parts[i].table.Fields {
			f := &parts[i].table.Fields[k]
			if f.Value.Form != scenario.FormFurther {
				d.field(f, parts[i].into.Field(f.Index), values, n)
			}
		}
	}
	rest := make(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch {
		case slices.Contains(known, key):
		case further != nil:
			rest[key] = values[key]
		default:
			d.addAtKey(d.nodeOf(n, key), sim.Say("没有名为 %q 的键；%s", "unknown key %q; %s", key, scenario.WantOneOf(key, known)))
		}
	}
	if further != nil {
		d.further(further.into.Field(furtherField.Index), rest, n)
	}
}

// part is a struct to be filled, and its schema.
type part struct {
	table *scenario.Table
	into  reflect.Value
}

// partOf makes a part of a pointer to a struct.
func partOf(pointer any) part {
	v := reflect.ValueOf(pointer).Elem()
	return part{scenario.TableOf(v.Type()), v}
}

// nodeOf returns the place of a key; that of the table where the scan has not found the key.
func (d *decoder) nodeOf(n *node, key string) *node {
	if c := n.keys[key]; c != nil {
		return c
	}
	return n.missing(key)
}

// missing makes a place for a key that is not there: that of its table.
func (n *node) missing(key string) *node {
	if n.keys == nil {
		n.keys = make(map[string]*node)
	}
	n.keys[key] = &node{src: n.src, key: n.key, val: n.key}
	return n.keys[key]
}

// field fills one field, or sets its default.
func (d *decoder) field(f *scenario.Field, v reflect.Value, values map[string]any, n *node) {
	value, given := values[f.Key]
	if !given {
		switch {
		case f.HasDefault:
			f.SetDefault(v)
		case f.Required():
			d.addAtKey(n.missing(f.Key), sim.Say("缺少 %s；应为%s", "%s is missing; want %s", keyword(f), example(f)))
		case f.Value.Form == scenario.FormRecord && !f.Pointer:
			scenario.FillValue(f.Value.Table, v)
		}
		return
	}
	if f.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	at := d.nodeOf(n, f.Key)
	d.value(f, &f.Value, v, value, at)
	if f.Optional && !f.Pointer && v.IsZero() && !at.reported && isNumber(f) && !f.Range.Contains(0) {
		d.addAt(at, instead(value, wanted(f, &f.Value))) // Validate takes zero for a key that is not there
	}
}

// isNumber says whether a field holds one number or span.
func isNumber(f *scenario.Field) bool {
	return f.Value.Form == scenario.FormInt || f.Value.Form == scenario.FormFloat || f.Value.Form == scenario.FormSpan
}

// keyword writes a key as it must stand in the file.
func keyword(f *scenario.Field) string {
	if f.Value.Form == scenario.FormRecord {
		return "[" + f.Key + "]"
	}
	return f.Key
}

// value fills one value.
func (d *decoder) value(f *scenario.Field, desc *scenario.Value, v reflect.Value, value any, n *node) {
	wrong := func() { d.addAt(n, instead(value, wanted(f, desc))) }
	switch desc.Form {
	case scenario.FormRecord:
		t, ok := value.(map[string]any)
		if !ok {
			d.addAt(n, noTable(value, n, wanted(f, desc)))
			return
		}
		d.table([]part{{desc.Table, v}}, t, n)
	case scenario.FormList:
		d.list(f, desc, v, value, n)
	case scenario.FormText:
		d.text(f, v, value, n)
	case scenario.FormBool:
		b, ok := value.(bool)
		if !ok {
			wrong()
		}
		v.SetBool(b)
	case scenario.FormWord:
		text, ok := value.(string)
		if !ok {
			wrong()
		}
		v.SetString(text)
	case scenario.FormInt:
		k, ok := value.(int64)
		if !ok {
			wrong()
		} else if !scenario.SetInt(v, k) {
			d.addAt(n, sim.Say("%d；应为%s", "%d; want %s", k, wanted(f, desc)))
		}
	case scenario.FormFloat:
		x, ok := number(value)
		if !ok {
			wrong()
		}
		v.SetFloat(x)
	case scenario.FormSpan:
		d.span(f, v, value, n)
	case scenario.FormCivil:
		d.civil(f, v, value, n)
	}
}

// number returns a TOML number that is finite.
func number(value any) (float64, bool) {
	switch x := value.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, !math.IsNaN(x) && !math.IsInf(x, 0)
	}
	return 0, false
}

// list fills a slice or an array.
func (d *decoder) list(f *scenario.Field, desc *scenario.Value, v reflect.Value, value any, n *node) {
	var list []any
	switch value := value.(type) {
	case []any:
		list = value
	case []map[string]any:
		for _, t := range value {
			list = append(list, t)
		}
	default:
		d.addAt(n, noList(value, n, wanted(f, desc)))
		return
	}
	if text := unbracketed(f, desc, list); !text.Empty() {
		d.addAt(n, text)
		return
	}
	if desc.Len > 0 && len(list) != desc.Len {
		d.addAt(n, sim.Say("列表有 %d 项；应为%s", "a list of %d; want %s", len(list), wanted(f, desc)))
		return
	}
	if desc.Len == 0 {
		if len(list) == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	}
	for i, x := range list {
		d.value(f, desc.Elem, v.Index(i), x, n.item(i))
	}
}

// text fills a text in two languages from one or both.
func (d *decoder) text(f *scenario.Field, v reflect.Value, value any, n *node) {
	var t sim.Text
	switch value := value.(type) {
	case string:
		t = sim.Text{ZH: value, EN: value}
	case map[string]any:
		for _, lang := range slices.Sorted(maps.Keys(value)) {
			text, ok := value[lang].(string)
			at := d.nodeOf(n, lang)
			switch {
			case lang != "zh" && lang != "en":
				d.addAtKey(at, sim.Say("没有语言 %q；应为 zh 或 en", "unknown language %q; want zh or en", lang))
			case !ok:
				d.addAt(at, instead(value[lang], sim.Text{ZH: "文本", EN: "text"}))
			case lang == "zh":
				t.ZH = text
			default:
				t.EN = text
			}
		}
	default:
		d.addAt(n, instead(value, wanted(f, &f.Value)))
	}
	v.Set(reflect.ValueOf(t))
}

// span fills a span of time. Where the field is an instant, a local time may stand for it.
func (d *decoder) span(f *scenario.Field, v reflect.Value, value any, n *node) {
	text, ok := value.(string)
	if f.Instant {
		if at, isClock := d.clock(value); isClock {
			if d.noClock {
				d.addAt(n, sim.Text{ZH: `当地时刻，但没有可参照的演练开始时刻；应为自开始起的时间（如 "2h30m"）`,
					EN: `a local time without a drill whose start it refers to; want a time since the start such as "2h30m"`})
				return
			}
			if !d.started {
				n.reported = true // the missing start has been said
				return
			}
			if at < 0 {
				d.addAt(n, sim.Say("%v 早于演练开始时刻 %s；应为更晚的时刻",
					"%v is before the start of the drill, %s; want a later time", value, d.start))
				return
			}
			v.SetInt(int64(at))
			return
		}
	}
	span, err := sim.ParseDuration(text)
	switch {
	case !ok:
		d.addAt(n, sim.Say("%s；应为%s", "%s; want %s", unitless(value), wanted(f, &scenario.Value{Form: scenario.FormSpan})))
	case err != nil:
		if !strings.Contains(err.Error(), "; want") {
			d.addAt(n, sim.Say("%q；应为%s", "%q; want %s", text, wanted(f, &scenario.Value{Form: scenario.FormSpan})))
			return
		}
		d.addAt(n, sim.Say("%q：%s", "%q: %s", text, err))
	default:
		v.SetInt(int64(span))
	}
}

// clock reads a local time as the span since the start: "06:40", the first one after the start, or a date with it.
func (d *decoder) clock(value any) (sim.Duration, bool) {
	text := ""
	switch x := value.(type) {
	case string:
		text = x
	case time.Time:
		text = localText(x)
	}
	return sinceStart(text, d.start)
}

// sinceStart is clock for a text.
func sinceStart(text string, start sim.CivilTime) (sim.Duration, bool) {
	if civil, err := parseCivil(text); err == nil {
		return sim.Duration(civil-start) * sim.Minute, true
	}
	of, err := time.Parse("15:04", text)
	if err != nil {
		return 0, false
	}
	minutes := of.Hour()*60 + of.Minute() - start.MinuteOfDay()
	if minutes < 0 {
		minutes += 24 * 60
	}
	return sim.Duration(minutes) * sim.Minute, true
}

// ParseInstant reads an instant as it may stand in a scenario or a file of orders: a time since the start (2h30m), or
// a local time of a drill that begins at start: 06:40 is the first one from there on, 2026-07-19 06:40 that very one.
func ParseInstant(text string, start sim.CivilTime) (sim.Time, error) {
	at, local := sinceStart(text, start)
	if !local {
		var err error
		if at, err = sim.ParseDuration(text); err != nil {
			return 0, sim.Fail("%q；应为自开始起的时间（如 2h30m）或当地时刻（如 %s）",
				"%q; want a time since the start such as 2h30m, or a local time such as %s", text,
				start.Clock(sim.Time(150*sim.Minute)))
		}
	}
	if at < 0 {
		return 0, sim.Fail("%q 早于开始时刻 %s；应为更晚的时刻", "%q is before the start, %s; want a later time", text, start)
	}
	return sim.Time(at), nil
}

// civil fills a local date and time, written as text or as a TOML date.
func (d *decoder) civil(f *scenario.Field, v reflect.Value, value any, n *node) {
	text, ok := value.(string)
	if at, isDate := value.(time.Time); isDate {
		text, ok = localText(at), true
	}
	at, err := parseCivil(text)
	switch {
	case !ok:
		d.addAt(n, instead(value, wanted(f, &f.Value)))
	case err != nil:
		d.addAt(n, sim.Say("%q；应为%s", "%q; want %s", text, wanted(f, &f.Value)))
	default:
		v.SetInt(int64(at))
	}
}

// parseCivil is sim.ParseCivil for text that holds nothing else.
func parseCivil(text string) (sim.CivilTime, error) {
	at, err := sim.ParseCivil(text)
	if err == nil && at.String() != strings.Replace(text, "T", " ", 1) {
		return 0, sim.Fail("%q；应为当地日期和时刻，如 2026-07-18 18:00",
			"%q; want a local date and time such as 2026-07-18 18:00", text)
	}
	return at, err
}

// localText writes a TOML date as text: what is local as sim.ParseCivil reads it, anything else as it is.
func localText(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		if t.Second() == 0 && t.Nanosecond() == 0 {
			return t.Format("2006-01-02 15:04")
		}
		return t.Format("2006-01-02 15:04:05.999")
	case "date-local":
		return t.Format("2006-01-02")
	case "time-local":
		if t.Second() == 0 && t.Nanosecond() == 0 {
			return t.Format("15:04")
		}
		return t.Format("15:04:05.999")
	}
	return t.Format(time.RFC3339)
}

// further takes the remaining keys of a table as arguments of an order, sorted by name.
func (d *decoder) further(v reflect.Value, values map[string]any, n *node) {
	var args []sim.Arg
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text := ""
		switch x := values[key].(type) {
		case string:
			text = x
		case int64:
			text = strconv.FormatInt(x, 10)
		case float64:
			text = strconv.FormatFloat(x, 'g', -1, 64)
		case bool:
			text = strconv.FormatBool(x)
		default:
			d.addAt(d.nodeOf(n, key), instead(x, sim.Text{ZH: "文本、数、true 或 false", EN: "text, a number, true or false"}))
			continue
		}
		args = append(args, sim.Arg{Name: key, Value: text})
	}
	v.Set(reflect.ValueOf(args))
}
