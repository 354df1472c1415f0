package scripting

import (
	"errors"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// room is a Viewer with one zone that gets wet after one hour.
type room struct{ now sim.Time }

func (r *room) Now() sim.Time                    { return r.now }
func (r *room) Snapshot(sim.View, *sim.Snapshot) {}
func (r *room) Layers() *sim.Layers              { return nil }
func (r *room) Observe(_ sim.PostID, o *sim.Observation) {
	o.Zones = []sim.ZoneKnown{{Reported: -1}, {Reported: -1}}
	o.Gauges = []sim.GaugeKnown{{Reported: r.now, Level: 51}}
	o.Roads = []sim.RoadKnown{{Link: 17, Closed: true}}
	o.Posts = []sim.PostKnown{{Post: 2, Answered: sim.Time(90 * sim.Second)}}
	o.Deployments = []sim.DeploymentKnown{{Sent: sim.Time(sim.Minute),
		Items: []sim.ItemKnown{{Acked: 0}, {Acked: -1, Calls: 2}, {Acked: -1, Refused: true}}}}
	o.Seen, o.CutOff = []sim.ZoneSeen{{At: -1}, {At: r.now, Depth: 0.4}}, sim.Time(30*sim.Second)
}

func (r *room) Truth(t *sim.Truth) {
	depth := 0.0
	if r.now >= sim.Time(sim.Hour) {
		depth = 0.7
	}
	t.Zones = []sim.ZoneTruth{{Counts: sim.Counts{Persons: 120, Left: 30}, DepthMax: depth}}
	t.Zones = append(t.Zones, t.Zones[0])
	t.Total = t.Zones[0].Counts
	t.Gauges = []sim.GaugeTruth{{Level: 50.5, Above: 0}}
	t.Shelters = []sim.ShelterTruth{{Open: true, Inside: 5, Capacity: 100}}
	t.Units = []sim.UnitTruth{{Carried: 3}}
}

func village(t testing.TB) Env {
	start, err := sim.ParseCivil("2026-07-18 20:00")
	if err != nil {
		t.Fatal(err)
	}
	sc := &scenario.Scenario{
		Drill: scenario.Drill{Start: start},
		Zones: []scenario.Zone{{Name: "z1"}, {Name: "z01"}},
		Posts: []scenario.Post{{Name: "county"}, {Name: "village", Superior: "county"}, {Name: "v01", Superior: "county"}},
		Links: make([]scenario.Link, 18),

		Deployments: []scenario.Deployment{{Name: "d1"}},
		Gauges:      []scenario.Gauge{{Name: "bridge"}},
		Shelters:    []scenario.Shelter{{Name: "s1", Title: sim.Text{ZH: "县一中", EN: "School"}}},
		Units:       []scenario.Unit{{Name: "boat-1"}},
		Channels:    []scenario.Channel{{Name: "phone"}},
	}
	return Env{Scenario: sc, Names: scenario.NewDirectory(sc), Seed: 1, Seat: sim.None}
}

// play runs a script for a span of time and returns its commands and notes as lines "time: text".
func play(t *testing.T, source string, span sim.Duration, seat sim.PostID, events map[sim.Time][]sim.Event) []string {
	t.Helper()
	env := village(t)
	env.Seat = seat
	var lines []string
	env.Note = func(at sim.Time, text string) { lines = append(lines, at.String()+" note "+text) }
	h, err := New("director.lua", source, env)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	v := &room{}
	for v.now < sim.Time(span) {
		for _, c := range h.Commands(v.now, events[v.now], v, nil) {
			lines = append(lines, c.At.String()+" "+c.Origin.String()+" "+strings.TrimSpace(c.Post+" "+c.String()))
		}
		v.now = v.now.Add(sim.Tick)
	}
	return lines
}

func TestScript(t *testing.T) {
	wet := map[sim.Time][]sim.Event{61: nil, sim.Time(90 * sim.Second): {
		{At: sim.Time(89 * sim.Second), Kind: sim.EvShelterFull, A: sim.Ref{Kind: sim.KindShelter, ID: 0}, Count: 100}}}
	for name, c := range map[string]struct {
		source string
		want   []string
	}{
		"at": {`on.at("1m", function() inject("message", {text = "渗水"}) end)`,
			[]string{"0:01:00 director message text=渗水"}},
		"every": {`on.every("40m", function() note(clock() .. " " .. now()) end)`,
			[]string{"0:40:00 note 20:40 2400", "1:20:00 note 21:20 4800"}},
		"event": {`on.event("shelter-full", function(e) note(e.a .. " " .. e.a_title .. " " .. e.b_title .. e.count) end)`,
			[]string{"0:01:30 note s1 县一中 100"}},
		"when fires once": {`when(function() return truth.zone("z1").depth_max > 0.5 end,
			function() order("evacuate_zone", {zone = "z1"}, "village") end)`,
			[]string{"1:00:00 policy village evacuate_zone zone=z1"}},
		"error is noted and the script goes on": {`on.at("1m", function() local x = nil; x.y = 1 end)
			on.at("2m", function() note("still here") end)`,
			[]string{"0:01:00 note error: director.lua:1: attempt to index a non-table object(nil) with key 'y'",
				"0:02:00 note still here"}},
		"truth": {`on.at("1m", function() note(truth.zone("z1").persons .. " " .. truth.total().left .. " " ..
			truth.gauge("bridge").above .. " " .. truth.shelter("s1").inside .. " " .. truth.unit("boat-1").carried) end)`,
			[]string{"0:01:00 note 120 30 1 5 3"}},
		"endless loop": {`on.at("1m", function() while true do end end) on.at("2m", function() note("no") end)`,
			[]string{"0:01:00 note error: director.lua:1: the script used more than 2,000,000 instructions in one tick",
				"0:01:00 note error: the script used more than 2,000,000 instructions in one tick; the script is stopped"}},
	} {
		got := play(t, c.source, 90*sim.Minute, sim.None, wet)
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestSeatScriptSeesOnlyItsSeat(t *testing.T) {
	got := play(t, `on.at("1m", function()
		note(tostring(truth) .. " " .. tostring(inject) .. " " .. seen.zone("z1").reported)
		note(seen.zone("z1").water .. " " .. seen.zone("z01").water .. " " .. seen.cut_off())
		if seen.gauge("bridge").level > 50 then order("response_level", {level = "II"}, "county") end
	end)`, 2*sim.Minute, 1, nil)
	want := []string{"0:01:00 note nil nil -1", "0:01:00 note -1 0.4 30", "0:01:00 policy village response_level level=II"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q; want %q", got, want)
	}
}

func TestScriptIsRepeatable(t *testing.T) {
	source := `on.every("1m", function()
		local t = {b = 1, a = 2, c = 3}
		local s = ""
		for k, v in pairs(t) do s = s .. k .. v end
		note(s .. random(6) .. tostring(t) .. string.format("%.3f", math.exp(random())))
	end)`
	a, b := play(t, source, sim.Hour, sim.None, nil), play(t, source, sim.Hour, sim.None, nil)
	if len(a) != 59 || strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("two runs differ, or have %d lines; want 59", len(a))
	}
}

// TestSandbox tries to break out, or to use up the machine. Every line must fail with an error, quickly.
func TestSandbox(t *testing.T) {
	for name, line := range map[string]string{
		"dofile":          `dofile("/etc/passwd")`,
		"loadstring":      `loadstring("return 1")()`,
		"require":         `require("os")`,
		"os":              `os.exit()`,
		"io":              `io.open("x")`,
		"debug":           `debug.getinfo(1)`,
		"random":          `math.random()`,
		"metatable":       `setmetatable({}, {})`,
		"setfenv":         `setfenv(1, {})`,
		"collectgarbage":  `collectgarbage()`,
		"rep":             `string.rep("x", 1e9)`,
		"method rep":      `local s = ("x"):rep(1e9)`,
		"doubling":        `local s = "x" for i = 1, 40 do s = s .. s end`,
		"doubling global": `s = "x" for i = 1, 40 do s = s .. s end`,
		"pattern ?":       `("a"):rep(28):find(("a?"):rep(28) .. ("a"):rep(28))`,
		"pattern -":       `("a"):rep(3000):find(".-.-.-.-b")`,
		"gsub growth":     `local s = ("x"):rep(60000) s = s:gsub("x", ("y"):rep(1000)) note(#s)`,
		"format":          `string.format("%1000000000d", 1)`,
		"concat":          `local t = {} for i = 1, 100 do t[i] = ("x"):rep(60000) end local s = table.concat(t)`,
		"hoarding":        `local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(30000) .. i end`,
		"recursion":       `local function f() return 1 + f() end f()`,
		"unpack":          `unpack({}, 1, 1e8)`,
		"sort":            `local t = {} for i = 1, 1e5 do t[i] = i % 7 end table.sort(t, function() while true do end end)`,
		"pcall":           `while true do pcall(function() while true do end end) end`,
	} {
		_, err := New("bad.lua", line, village(t))
		if err == nil {
			t.Errorf("%s: %s ran to its end", name, line)
		}
	}
}

func TestCheck(t *testing.T) {
	for source, want := range map[string]string{
		"on.at('1m', function( end)":   "director.lua:1:",
		"local x = 2\nlocal y = x ^ 2": "director.lua:2: the operator ^",
		"x = ":                         "director.lua:1:",
		"on.at('1m', function()\n order('evacuate_zon', {zone = 'z1'}) end)": `director.lua:2: no order is called ` +
			`"evacuate_zon"; did you mean "evacuate_zone"?`,
		"if x then inject('channel_dwn') end":               `no order is called "channel_dwn"; did you mean "channel_down"?`,
		"order('evacuate_zone', {zon = 'z1', zone = 'z2'})": `director.lua:1: evacuate_zone has no parameter "zon"; did you mean "zone"?`,
		"order('evacuate_zone')":                            "director.lua:1: evacuate_zone without zone; want zone: ",
		"order('evacuate_zone', {})":                        "director.lua:1: evacuate_zone without zone; want zone: ",
	} {
		if err := errors.Join(Check("director.lua", source)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %s", source, err, want)
		}
	}
	for source, want := range map[string]string{
		"local y = x ^ 2":                 "director.lua:1: 运算符 ^ 在不同机器上结果不同；应为 math.pow(x, y)",
		"order('evacuate_zon')":           `director.lua:1: 没有名为 "evacuate_zon" 的指令；是否为 "evacuate_zone"`,
		"order('evacuate_zone', {})":      "director.lua:1: evacuate_zone 缺少 zone；应有 zone：",
		"order('evacuate_zone', {z = 1})": `director.lua:1: evacuate_zone 没有参数 "z"；`,
		"x = ":                            "director.lua:1:4: 语法错误（syntax error），在文末",
		"on.at('1m', function( end)":      "director.lua:1:25: 语法错误（syntax error），在 \"end\" 附近；应为 Lua 5.1",
		"on.event('x', function() end)":   "director.lua:1: 脚本执行出错（",
		"error('out of place', 0)":        "director.lua: 脚本执行出错（out of place）",
		"local x = nil\nnote(x.y)":        "director.lua:2: 脚本执行出错（attempt to index",
	} {
		_, err := New("director.lua", source, village(t))
		if zh := sim.Words(err).ZH; !strings.HasPrefix(zh, want) {
			t.Errorf("%q: %q; want %q", source, zh, want)
		}
	}
	for _, source := range []string{ // what is computed, or is the script's own, is left to the drill
		`local name = "no_such" order(name, {zone = "z1"})`,
		`local function order(name) end order("no_such")`,
		`local args = {} order("evacuate_zone", args)`,
		`order("evacuate_zone", {["zo" .. "ne"] = "z1"})`,
		`order("evacuate_zone", {zone = next_zone()})`,
	} {
		if problems := Check("director.lua", source); len(problems) > 0 {
			t.Errorf("%q: %v; want nothing found", source, problems)
		}
	}
	for _, source := range []string{`on.at("x", function() end)`, `on.event("nonsense", function() end)`,
		`order("evacuate_zone", {zone = "z1"})`, `on.at("1m")`} {
		_, err := New("director.lua", source, village(t))
		if err == nil || !strings.Contains(err.Error(), "director.lua:1:") {
			t.Errorf("%q: %v; want an error at director.lua:1", source, err)
		}
	}
}

func TestExamplesRun(t *testing.T) {
	for _, f := range Functions {
		source := f.Example
		env := village(t)
		switch table, _, _ := strings.Cut(f.Name, "."); table {
		case "on", "when":
		case "seen":
			env.Seat = 0
			fallthrough
		default:
			source = `on.at("0s", function() ` + source + ` end)`
		}
		var notes []string
		env.Note = func(_ sim.Time, text string) { notes = append(notes, text) }
		h, err := New(f.Name, source, env)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		for at := sim.Time(0); at < sim.Time(2*sim.Minute); at = at.Add(sim.Tick) {
			h.Commands(at, nil, &room{now: at}, nil)
		}
		for _, n := range notes {
			if strings.HasPrefix(n, "error") {
				t.Errorf("%s: %s", f.Name, n)
			}
		}
		h.Close()
	}
}

func FuzzScript(f *testing.F) {
	f.Add(`on.at("1m", function() inject("message", {text = "x"}) end)`)
	f.Add(`local s = ("x"):rep(10):gsub(".", "%0%0")`)
	f.Fuzz(func(t *testing.T, source string) {
		h, err := New("fuzz.lua", source, village(t))
		if err != nil {
			return
		}
		defer h.Close()
		for at := sim.Time(0); at < sim.Time(20*sim.Second); at = at.Add(sim.Tick) {
			h.Commands(at, nil, &room{now: at}, nil)
		}
	})
}

func BenchmarkIdleScript(b *testing.B) {
	h, err := New("b.lua", `when(function() return truth.gauge("bridge").level > 99 end, function() end)`, village(b))
	if err != nil {
		b.Fatal(err)
	}
	v := &room{}
	for range b.N {
		h.Commands(v.now, nil, v, nil)
		v.now = v.now.Add(sim.Tick)
	}
}

// A seat's script reads what its post has been told of roads, posts and deployments.
func TestSeatReadsWhatItsPostWasTold(t *testing.T) {
	env := village(t)
	env.Seat = 0
	var notes []string
	env.Note = func(_ sim.Time, text string) { notes = append(notes, text) }
	h, err := New("seat", `on.at("0s", function()
		local d = seen.deployment("d1")
		note(tostring(seen.closed("17")) .. " " .. tostring(seen.closed("3")) .. " " .. seen.post("v01").answered .. " " ..
			seen.post("village").answered .. " " .. d.sent .. " " .. d.items .. " " .. d.acked .. " " .. d.refused .. " " ..
			d.overdue .. " " .. seen.zone("z1").warning)
	end)`, env)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	h.Commands(0, nil, &room{}, nil)
	if want := "true false 90 -1 60 3 1 1 1 none"; len(notes) != 1 || notes[0] != want {
		t.Errorf("%q; want %q", notes, want)
	}
}
