package scenarios

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sandtable/sim"
)

func TestOrdersAreReadInTheOrderOfTheirTimes(t *testing.T) {
	text := `
[[order]]
at = "20:30"
order = "dispatch_coach"
unit = "coach-2"
zone = "z01"

[[order]]
at = "1h"
post = "county"
order = "set_gate"
structure = "dam"
opening = 62.5

[[order]]
at = "2h30m"
order = "warning_level"
level = "red"
`
	got, ds := ReadOrders("o.toml", []byte(text), loadBase(t), Window{})
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	hour := sim.Time(sim.Hour)
	want := []sim.Command{
		sim.NewCommand(sim.FromPlayer, "set_gate", "structure", "dam", "opening", "62.5"),
		sim.NewCommand(sim.FromPlayer, "dispatch_coach", "unit", "coach-2", "zone", "z01"),
		sim.NewCommand(sim.FromPlayer, "warning_level", "level", "red"),
	}
	want[0].At, want[0].Post, want[1].At, want[2].At = hour, "county", hour*5/2, hour*5/2
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%v\nwant\n%v", got, want)
	}
}

func TestWrongOrdersAreReportedAtTheirPlace(t *testing.T) {
	const atOne = "[[order]]\nat = \"1h\"\norder = "
	for text, want := range map[string]string{
		atOne + "\"evacuate_zone\"":                                                              "1:1: parameter \"zone\" is missing",
		atOne + "\"evacuate_zone\"\nzone = \"z1\"":                                               "4:8: no zone is called \"z1\"; did you mean \"z01\"?",
		atOne + "\"evacuate_zones\"\nzone = \"z01\"":                                             "3:9: unknown order \"evacuate_zones\"; did you mean",
		atOne + "\"open_road\"\nlink = 9":                                                        "4:8: no link is called \"9\"; want a number from 0 to 3",
		"[[order]]\nat = \"17:59\"\norder = \"warning_level\"\nlevel = \"red\"\npost = \"cty\"":  "5:8: no post is called \"cty\"",
		"[[order]]\norder = \"warning_level\"\nlevel = \"red\"":                                  "1:1: at is missing",
		"[[order]]\nat = \"40d\"\norder = \"warning_level\"\nlevel = \"red\"":                    "2:6: 960h; want 0s to 30d",
		atOne + "\"warning_level\"\nlevel = \"pink\"":                                            "4:9: level: \"pink\"; want one of none, blue",
		"[[order]]\ngauge = \"bridge\"\nabove = 53.2\norder = \"evacuate_zone\"\nzone = \"z01\"": "1:1: at is missing",
		atOne + "\"evacuate_zone\"\nzone = \"z01\"\ngauge = \"bridge\"":                          "5:9: an order of a file has an instant and no trigger",
		atOne + "\"evacuate_zone\"\nzone = \"z01\"\nlead = \"3h\"":                               "5:8: an order of a file has an instant and no trigger",
		"[[orders]]\nat = \"1h\"":                                                                "1:1: unknown key \"orders\"; did you mean \"order\"?",
		"[order]\nat = \"1h\"":                                                                   "1:1: [order] in single brackets; want [[order]]",
		"[[order]]\nat = \"1h":                                                                   "2:8: unexpected EOF",
		"order = [1]":                                                                            "1:10: the whole number 1; want a table",
		"[[order]]\nat = \"2026-07-18 17:00\"\norder = \"warning_level\"\nlevel = \"red\"":       "2:6: 2026-07-18 17:00 is before the start",
	} {
		got, ds := ReadOrders("o.toml", []byte(text), loadBase(t), Window{})
		if got != nil || !strings.HasPrefix(ds.String(), "o.toml:"+want) {
			t.Errorf("%q: %v\n%swant %s…", text, got, ds, want)
		}
	}
}

// Every key of a trigger is told at its place, and what else is wrong besides; the parameters of the order are none.
func TestTriggersAreNotForFiles(t *testing.T) {
	text := "[[order]]\nat = \"1h\"\norder = \"set_gate\"\nstructure = \"dam\"\nopening = 120\n" +
		"gauge = \"bridge\"\nabove = 53.2\nwindow = \"1h\"\nwarning = \"red\"\nlead = \"3h\"\nshare = 0.5\ndelay = \"5m\"\n"
	_, ds := ReadOrders("o.toml", []byte(text), loadBase(t), Window{})
	if len(ds) != 8 {
		t.Fatalf("%d findings; want one for each of lines 5 to 12\n%s", len(ds), ds)
	}
	for i, d := range ds {
		if !strings.HasPrefix(d.String(), fmt.Sprintf("o.toml:%d:", 5+i)) {
			t.Errorf("%s; want it in line %d", d, 5+i)
		}
	}
}

func TestOrdersWithoutAScenario(t *testing.T) {
	got, ds := ReadOrders("o.toml", []byte("[[order]]\nat = \"1h\"\norder = \"evacuate_zone\"\nzone = \"anywhere\""), nil, Window{})
	if len(ds) > 0 || len(got) != 1 || got[0].String() != "evacuate_zone zone=anywhere" {
		t.Errorf("read %v\n%s", got, ds)
	}
	_, ds = ReadOrders("o.toml", []byte("[[order]]\nat = \"06:40\"\norder = \"evacuate_zone\"\nzone = \"z\""), nil, Window{})
	if want := "o.toml:2:6: a local time without a drill"; !strings.HasPrefix(ds.String(), want) {
		t.Errorf("local time: %s; want %s…", ds, want)
	}
}

// A branch takes orders only from where it begins to before its end; every one outside is told, once, at its place.
func TestOrdersOutsideTheWindow(t *testing.T) {
	const order = "order = \"warning_level\"\nlevel = \"red\"\n"
	text := "[[order]]\nat = \"10m\"\n" + order + "[[order]]\nat = \"30m\"\n" + order +
		"[[order]]\nat = \"2h\"\n" + order + "[[order]]\nat = \"noon\"\n" + order + "[[order]]\n" + order
	window := Window{From: sim.Time(30 * sim.Minute), Until: sim.Time(2 * sim.Hour)}
	got, ds := ReadOrders("o.toml", []byte(text), loadBase(t), window)
	want := []string{"o.toml:2:6: 0:10:00 since the start; want an instant from 0:30:00 to before 2:00:00",
		"o.toml:10:6: 2:00:00 since the start; want", "o.toml:14:6: ", "o.toml:17:1: at is missing"}
	if got != nil || len(ds) != len(want) {
		t.Fatalf("%v\n%swant %d findings", got, ds, len(want))
	}
	for i := range want {
		if !strings.HasPrefix(ds[i].String(), want[i]) {
			t.Errorf("%s; want %s…", ds[i], want[i])
		}
	}
}

func TestParseInstant(t *testing.T) {
	start, err := sim.ParseCivil("2026-07-18 18:00")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]sim.Duration{"0s": 0, "2h30m": 150 * sim.Minute, "18:00": 0, "20:30": 150 * sim.Minute,
		"06:40": 760 * sim.Minute, "2026-07-19 06:40": 760 * sim.Minute, "2026-07-20 18:00": 48 * sim.Hour} {
		if got, err := ParseInstant(text, start); err != nil || got != sim.Time(want) {
			t.Errorf("%s: %v, %v; want %v", text, got, err, sim.Time(want))
		}
	}
	for text, want := range map[string]string{"soon": "such as 20:30", "": "want", "25:00": "want", "-1m": "want",
		"2026-07-18 17:59": "before the start"} {
		if got, err := ParseInstant(text, start); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
}
