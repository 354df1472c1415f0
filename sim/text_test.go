package sim

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestSay(t *testing.T) {
	post := Text{ZH: "青石镇", EN: "Qingshi"}
	for _, c := range []struct {
		got, want Text
	}{
		{Say("%s没有集合点", "%s has no assembly point", post), Text{"青石镇没有集合点", "Qingshi has no assembly point"}},
		{Say("第%[2]d格为%[1]d", "%d in cell %d", 7, 3), Text{"第3格为7", "7 in cell 3"}},
		{Say("由%s下达", "by %s", []Text{post, {EN: "z1"}, {ZH: "柳湾"}}), Text{"由青石镇、z1、柳湾下达", "by Qingshi, z1, 柳湾"}},
		{Join([]Text{post, Said("x")}, Sentences), Text{"青石镇；x", "Qingshi; x"}},
		{Join(nil, Sentences), Text{}},
		{Text{}.Or("z1"), Said("z1")},
		{post.Or("z1"), post},
		{TextOf(fmt.Errorf("flood: %w", &Failure{Text: post})), post},
		{TextOf(errors.New("disk full")), Text{"程序出错：disk full", "disk full"}},
	} {
		if c.got != c.want {
			t.Errorf("%+v; want %+v", c.got, c.want)
		}
	}
}

func TestErrorsInBothLanguages(t *testing.T) {
	full := Fail("避难场所%s已满", "%s is full", Text{ZH: "县一中", EN: "School"})
	disk := errors.New("disk full")
	for _, c := range []struct {
		err  error
		want Text
	}{
		{nil, Text{}},
		{disk, Said("disk full")},
		{full, Text{"避难场所县一中已满", "School is full"}},
		{Fail("无法安置：%v", "no room: %v", full), Text{"无法安置：避难场所县一中已满", "no room: School is full"}},
		{Fail("%[2]v（%[1]v）", "%v: %v", disk, full), Text{"避难场所县一中已满（disk full）", "disk full: School is full"}},
		{fmt.Errorf("runs/a: %w", full), Text{"runs/a: 避难场所县一中已满", "runs/a: School is full"}},
		{fmt.Errorf("%w in runs/a", full), Said("School is full in runs/a")},
		{fmt.Errorf("%w: %w", disk, full), Said("disk full: School is full")},
		{errors.Join(full, disk), Text{"避难场所县一中已满\ndisk full", "School is full\ndisk full"}},
	} {
		if got := Words(c.err); got != c.want || c.err != nil && got.EN != c.err.Error() {
			t.Errorf("%v: %+v; want %+v", c.err, got, c.want)
		}
	}
	if err := Fail("%v：%v", "%v: %v", full, disk); !errors.Is(err, full) || !errors.Is(err, disk) || errors.Is(full, disk) {
		t.Error("the errors that a Failure is made of are not its causes")
	}
}

func TestTextsAreSavedAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Text{rapid.String().Draw(t, "zh"), rapid.String().Draw(t, "en")}
		var e Encoder
		e.Text(want)
		d := Decoder{Buf: e.Buf}
		if got := d.Text(); got != want || d.Err != nil || len(d.Buf) != 0 {
			t.Fatalf("read %+v, %v, %d bytes left; want %+v", got, d.Err, len(d.Buf), want)
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		command Command
		want    Text
	}{
		{NewCommand(FromPlan, "evacuate_zone", "zone", "z1", "shelter", "s1"),
			Text{"立即转移：0号转移单元（0号避难场所）", "Evacuate now: zone 0 (shelter 0)"}},
		{NewCommand(FromPlan, "all_clear", "zone", "z1"), Text{"解除转移：0号转移单元", "All clear: zone 0"}},
		{NewCommand(FromPlan, "warning_level", "level", "red"), Text{"发布预警：红色", "Publish a warning level: red"}},
		{NewCommand(FromPlan, "set_gate", "structure", "dam", "opening", "60"),
			Text{"调节闸门：0号工程（60 %）", "Set a gate: structure 0 (60 %)"}},
		{NewCommand(FromPlan, "set_gate", "structure", "dam", "opening", "60", "over", "1h30m"),
			Text{"调节闸门：0号工程（60 %，历时 90 分钟）", "Set a gate: structure 0 (60 %, over 90 min)"}},
		{NewCommand(FromPlan, "close_road", "link", "7", "policy", "turn_back"),
			Text{"封闭道路：7号路段（在途车辆掉头）", "Close a road: link 7 (turn back)"}},
		{NewCommand(FromPlan, "close_road", "link", "seven", "policy", "jump", "why", "?"),
			Text{`封闭道路：路段 "seven"（policy="jump"，why="?"）`, `Close a road: link "seven" (policy="jump", why="?")`}},
		{NewCommand(FromDirector, "message", "text", "坝坡渗水", "text_en", "the dam seeps"),
			Text{"情景信息：坝坡渗水", "Message to the players: the dam seeps"}},
		{NewCommand(FromDirector, "message", "text", "坝坡渗水", "", "x"),
			Text{"情景信息：坝坡渗水，=\"x\"", "Message to the players: 坝坡渗水, =\"x\""}},
		{NewCommand(FromPlan, "recall_unit"), Text{"召回", "Recall a unit"}},
	} {
		if got := OrderByName(c.command.Order).Words(c.command, town{}); got != c.want {
			t.Errorf("%s: %+v; want %+v", c.command, got, c.want)
		}
	}
}

// Every reason that the catalogue can give is in both languages, whichever order and parameter it is about, and stays
// short however long the nonsense is.
func TestReasonsOfTheCatalogue(t *testing.T) {
	han := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	for i := range Orders {
		s := &Orders[i]
		for _, p := range append(s.Params, ParamSpec{Name: "unknown"}) {
			if len(p.Words) != len(p.Choices) {
				t.Errorf("%s %s: %d choices, %d words", s.Name, p.Name, len(p.Choices), len(p.Words))
			}
			for _, value := range []string{"", "-1", strings.Repeat("x", 10_000), "\xff"} {
				c := NewCommand(FromPlayer, s.Name, p.Name, value)
				_, wrong := s.Parse(c, town{})
				for _, text := range append(wrong, s.Words(c, town{})) {
					if !han(text.ZH) || text.EN == "" || han(text.EN) || len(text.ZH)+len(text.EN) > 2000 {
						t.Errorf("%s with %s: %+v", s.Name, p.Name, text)
					}
				}
			}
		}
	}
	for k := KindNone; k < kindCount; k++ {
		if title := k.Title(); !han(title.ZH) || title.EN == "" {
			t.Errorf("%v is called %+v", k, title)
		}
	}
}
