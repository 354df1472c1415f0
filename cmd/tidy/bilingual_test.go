package main

import "testing"

func TestBilingual(t *testing.T) {
	const say = "package sim\ntype Text struct{ ZH, EN string }\n" +
		"func Say(zh, en string, values ...any) Text { return Text{} }\n"
	road := func(body string) map[string]string {
		return map[string]string{"sim/text.go": say,
			"sim/road/a.go": "package road\nimport \"sandtable/sim\"\n" + body}
	}
	testRule(t, checkBilingual, []ruleCase{
		{"right", road(`var a = sim.Say("%s没有集合点", "%s has no assembly point", 1)`), nil},
		{"another order", road(`var a = sim.Say("第 %[2]d 格为 %[1]d", "%d in cell %d", 1, 2)`), nil},
		{"another order, cut off", road(`var a = sim.Say("没有%.80[2]q 的%[1]s", "no %[1]s called %.80[2]q", 1, 2)`), nil},
		{"a cut value is missing", road(`var a = sim.Say("没有名称", "none is called %.80q", 1)`),
			[]string{"sim/road/a.go:3:17: bilingual: the Chinese form shows the values [], the English one [1]"}},
		{"only punctuation", road(`var a = sim.Say("%s：%s", "%s: %s", 1, 2)`), nil},
		{"percent", road(`var a = sim.Say("开度 %g%%", "an opening of %g %%", 1)`), nil},
		{"a text", road(`var a = sim.Text{ZH: "自行发生", EN: "by itself"}`), nil},
		{"no Chinese", road(`var a = sim.Say("no way", "no way")`),
			[]string{`sim/road/a.go:3:17: bilingual: "no way" is no Chinese`}},
		{"no English", road(`var a = sim.Say("无路", "无路")`), []string{`sim/road/a.go:3:27: bilingual: "无路" is no English`}},
		{"turned round", road(`var a = sim.Text{ZH: "by itself", EN: "自行发生"}`),
			[]string{"sim/road/a.go:3:22: bilingual", "sim/road/a.go:3:39: bilingual"}},
		{"a value is missing", road(`var a = sim.Say("没有集合点", "%s has no assembly point", 1)`),
			[]string{"sim/road/a.go:3:17: bilingual: the Chinese form shows the values [], the English one [1]"}},
		{"one language", road(`var a = sim.Say("", "no way")`), []string{"sim/road/a.go:3:17: bilingual: a sentence in one language"}},
		{"a method of its own", road("type k struct{}\nfunc (k) add(path, zh, en string, v ...any) {}\n" +
			"func f(c k) { c.add(\"place\", \"no way\", \"no way\") }"), []string{"sim/road/a.go:5:30: bilingual"}},
		{"a function of another package", map[string]string{
			"cmd/internal/stage/a.go": "package stage\nfunc Bad(zh, en string, v ...any) {}",
			"cmd/x/a.go": "package main\nimport \"sandtable/cmd/internal/stage\"\n" +
				"func main() { stage.Bad(\"no way\", \"no way\") }"},
			[]string{`cmd/x/a.go:3:25: bilingual: "no way" is no Chinese`}},
		{"tests may say anything", map[string]string{"sim/text.go": say,
			"sim/road/a_test.go": "package road\nvar a = sim.Say(\"x\", \"y\")"}, nil},
	})
}
