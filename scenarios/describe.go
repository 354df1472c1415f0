package scenarios

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// describe says what stands in a file where something else is wanted.
func describe(value any) sim.Text {
	switch x := value.(type) {
	case string:
		if len([]rune(x)) > 40 {
			return sim.Text{ZH: "一段文本", EN: "text"}
		}
		return sim.Say("文本 %q", "the text %q", x)
	case int64:
		return sim.Say("整数 %d", "the whole number %d", x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return sim.Say("%g 不是数", "%g, which is no number", x)
		}
		return sim.Say("数 %g", "the number %g", x)
	case bool:
		return sim.Said(fmt.Sprint(x))
	case time.Time:
		return sim.Say("日期或时间 %s", "a date or time, %s", localText(x))
	case []any, []map[string]any:
		return sim.Text{ZH: "一个列表", EN: "a list"}
	case map[string]any:
		return sim.Text{ZH: "一个表", EN: "a table"}
	}
	return sim.Said(fmt.Sprintf("%T", value))
}

// wanted says what a value should be.
func wanted(f *scenario.Field, v *scenario.Value) sim.Text {
	switch v.Form {
	case scenario.FormBool:
		return sim.Text{ZH: "true 或 false", EN: "true or false"}
	case scenario.FormInt:
		return sim.Say("整数%s", "a whole number%s", limits(f))
	case scenario.FormFloat:
		return sim.Say("数%s", "a number%s", limits(f))
	case scenario.FormWord:
		if f.Choices != nil {
			return sim.Say("%s 之一", "one of %s", strings.Join(f.Choices, ", "))
		}
		if f.Ref != 0 {
			kind := sim.Text{ZH: f.Ref.Title().ZH, EN: article(f.Ref)}
			return sim.Say("%s的名称（文本）", "the name of %s as text", kind)
		}
		return sim.Text{ZH: "文本", EN: "text"}
	case scenario.FormSpan:
		if f.Instant {
			return sim.Text{ZH: `自开始起的时间（如 "2h30m"）或当地时刻（如 "06:40"）`,
				EN: `a time since the start such as "2h30m", or a local time such as "06:40"`}
		}
		if f.Range.Bounded() {
			return sim.Say(`时长（如 "2h30m"），%s`, `a span of time such as "2h30m", %s`, f.Range.Words())
		}
		return sim.Text{ZH: `时长（如 "2h30m"）`, EN: `a span of time such as "2h30m"`}
	case scenario.FormCivil:
		return sim.Text{ZH: `当地日期和时刻（如 "2026-07-18 18:00"）`,
			EN: `a local date and time such as "2026-07-18 18:00"`}
	case scenario.FormText:
		return sim.Text{ZH: `文本或 {zh = "…", en = "…"}`, EN: `text, or {zh = "…", en = "…"}`}
	case scenario.FormRecord:
		return sim.Text{ZH: "一个表", EN: "a table"}
	}
	switch {
	case f.Places() && v.Len == 2:
		return sim.Text{ZH: "位置 [x, y]（米）", EN: "a place [x, y] in metres"}
	case f.Places():
		return sim.Text{ZH: "位置列表 [[x, y], …]（米）", EN: "a list of places [[x, y], …] in metres"}
	case v.Len > 0:
		return sim.Say("%d 个值的列表", "a list of %d values", v.Len)
	case v.Elem.Form == scenario.FormRecord:
		return sim.Say("表的列表 [[%s]]", "a list of tables [[%s]]", f.Key)
	}
	return sim.Say("列表，每项为%s", "a list, each %s", wanted(f, v.Elem))
}

// article writes "a zone", "an assembly".
func article(kind sim.Kind) string {
	name := kind.String()
	if strings.ContainsRune("aeiou", rune(name[0])) && kind != sim.KindUnit {
		return "an " + name
	}
	return "a " + name
}

// instead says what stands in a file, and what is wanted there.
func instead(value any, want sim.Text) sim.Text {
	return sim.Say("%s；应为%s", "%s; want %s", describe(value), want)
}

// limits writes range and unit.
func limits(f *scenario.Field) sim.Text {
	var text sim.Text
	if f.Range.Bounded() {
		text = sim.Say("，%s", ", %s", f.Range.Words())
	}
	if f.Unit != "" && f.Unit != "-" {
		text = sim.Say("%s [%s]", "%s [%s]", text, f.Unit)
	}
	return text
}

// example says what a missing key would hold: its form, and its meaning.
func example(f *scenario.Field) sim.Text {
	text := wanted(f, &f.Value)
	if f.Value.Form == scenario.FormRecord {
		text = sim.Text{ZH: "该表", EN: "the table"}
	}
	if f.Doc != "" {
		text = sim.Say("%s（%s）", "%s: %s", text, f.Doc)
	}
	return text
}

// noList says what stands where a list is wanted: of a table in brackets how the brackets must be, and which table is
// missing above it.
func noList(value any, n *node, want sim.Text) sim.Text {
	_, isTable := value.(map[string]any)
	switch h := n.head; {
	case !isTable || h == nil:
		if text := bracketed(value); text != "" {
			return sim.Say("%s；应为%s，放在方括号中：%s", "%s; want %s, in brackets: %s", describe(value), want, text)
		}
		return instead(value, want)
	case h.own:
		return sim.Say("%s 为单层方括号；应为双层方括号 [[%s]]，每项一个",
			"%s in single brackets; want [[%s]] in double brackets, for each of them", h.line, h.name)
	default:
		return sim.Say("%[1]s 上方没有它所属的 [[%[2]s]]；应先写 [[%[2]s]]，再在其下写 %[1]s",
			"%[1]s without the [[%[2]s]] that it belongs to; want [[%[2]s]] above it", h.line, h.name)
	}
}

// bracketed writes a single value as a list; empty for one that is no number and no short text.
func bracketed(value any) string {
	switch x := value.(type) {
	case int64, float64:
		return fmt.Sprintf("[%v]", x)
	case string:
		if len(x) <= 40 {
			return fmt.Sprintf("[%q]", x)
		}
	}
	return ""
}

// unbracketed says that numbers stand where places are wanted, as in [100, 200] for [[100, 200]]; nothing otherwise.
func unbracketed(f *scenario.Field, desc *scenario.Value, list []any) sim.Text {
	if desc.Elem.Form != scenario.FormList || len(list) == 0 || len(list)%2 != 0 {
		return sim.Text{}
	}
	var pairs []string
	for i, x := range list {
		if _, ok := number(x); !ok {
			return sim.Text{}
		}
		if i%2 == 1 {
			pairs = append(pairs, fmt.Sprintf("[%v, %v]", list[i-1], x))
		}
	}
	if len(pairs) > maxPairs {
		pairs = append(pairs[:maxPairs], "…")
	}
	return sim.Say("一列数；应为%s：[%s]", "a list of numbers; want %s: [%s]", wanted(f, desc), strings.Join(pairs, ", "))
}

// maxPairs is how many places of a list a message writes down.
const maxPairs = 4

// unitless describes what stands where a span of time is wanted: a number has no unit.
func unitless(value any) sim.Text {
	if _, ok := number(value); ok {
		return sim.Say("%s 没有单位", "%s without a unit", describe(value))
	}
	return describe(value)
}

// noTable says what stands where a table is wanted.
func noTable(value any, n *node, want sim.Text) sim.Text {
	if _, isList := value.([]map[string]any); isList && n.head != nil && n.head.own {
		return sim.Say("%s 为双层方括号；应为单层方括号 [%s]，只写一次",
			"%s in double brackets; want [%s] in single brackets, once", n.head.line, n.head.name)
	}
	return instead(value, want)
}
