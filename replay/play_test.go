package replay_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/replay"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// townText is a street of two zones that the water reaches one after the other.
const townText = `
map 60x20 cell=50 level=10
node n1 125,500
node n2 1025,500
node n3 1925,500
node n4 2925,500
road r1 n1 n2
road r2 n2 n3
road r3 n3 n4
channel phone use=command delay=1m
channel siren delay=2m
post county 2900,600 public=siren links=phone
post village 600,600 superior=county public=siren links=phone answer=0.7
zone z1 0,0 1000,1000 post=village shelters=s1,s2 assembly=a1
zone z2 1000,0 2000,1000 post=county shelters=s2
shelter s1 2925,500 capacity=8 open
shelter s2 2925,480 capacity=40
assembly a1 900,500
station st 2900,500
unit c1 coach station=st seats=20 turnout=5m
unit b1 boat station=st seats=6 turnout=5m
gauge g1 100,100 at=10.2,10.5
house h1 125,480 floor=0.3 cars=1 : 35 33 8
house h2 225,480 floor=0.3 : 70-limited 68
house h3 325,480 floor=0.3 cars=1 : 41 39 12 9
house h4 525,480 floor=0.6 : 82-limited-care
house h5 725,480 floor=0.3 cars=2 : 51 50 22
house h6 1125,480 floor=0.3 cars=1 : 31
house h7 1325,480 floor=0.3 : 29 27 2
house h8 1725,480 floor=0.9 cars=1 storeys=2 : 60 58
water 50m 0,0 1000,1000 depth=0.4
water 70m 0,0 2000,1000 depth=1.3 vx=0.8
behaviour heed_evacuate=0.8 heed_prepare=0.4 delay_t50=10m delay_t90=25m
`

// townUntil is how long the drills of these tests last.
const townUntil = 95*sim.Minute + 30*sim.Second

// directorText is the director's script: it uses time, events, conditions, chance and its own memory.
const directorText = `
local left = 0
on.event("party-left", function(e) left = left + 1 end)
on.at("3m", function() inject("message", {to = "county", text = "上游水库请求泄洪"}) end)
on.at("12m", function() inject("message", {to = "nobody", text = "?"}) end)
on.every("20m", function() note(clock() .. " left " .. left) end)
when(function() return truth.zone("z1").depth_max > 0.3 end, function()
	inject("channel_down", {channel = "siren", zone = "z1"})
	if random() < 2 then order("rescue_zone", {unit = "b1", zone = "z1"}) end
end)
on.at("40m", function() local x = nil; x.y = 1 end)
`

// town returns the scenario of the tests, with a standing plan.
func town(t testing.TB) *scenario.Scenario {
	t.Helper()
	built, err := drilltest.NewTown(townText)
	if err != nil {
		t.Fatal(err)
	}
	sc := built.Scenario
	sc.Hash = sha256.Sum256([]byte(townText))
	first, ten := sim.Duration(0), 10*sim.Minute
	plan := func(at *sim.Duration, order string, pairs ...string) {
		c := sim.NewCommand(sim.FromPlan, order, pairs...)
		sc.Plan = append(sc.Plan, scenario.PlannedOrder{At: at, Post: "county", Order: c.Order, Args: c.Args})
	}
	plan(&first, "open_shelter", "shelter", "s2")
	plan(&ten, "prepare_zone", "zone", "z1")
	sc.Plan = append(sc.Plan, scenario.PlannedOrder{Gauge: "g1", Above: 10.2, Delay: 2 * sim.Minute,
		Order: "warning_level", Args: []sim.Arg{{Name: "level", Value: "red"}}})
	return sc
}

func config(t testing.TB) engine.Config {
	t.Helper()
	return engine.Config{Scenario: town(t), Seed: sim.SeedOf(7)}
}

func header(cfg engine.Config) replay.Header {
	return replay.Header{Scenario: "street", Hash: hex.EncodeToString(cfg.Scenario.Hash[:]), Seed: cfg.Seed,
		Language: "zh", Until: townUntil, Sources: []string{"plan", "director"}}
}

var bundle = []replay.File{{Name: "scenario.toml", Data: []byte(townText)},
	{Name: "lua/director.lua", Data: []byte(directorText)}}

// players gives the players' commands of a seed: some good, some nonsense, some of them in one tick.
func players(seed uint64) []sim.Command {
	stream := rng.New(seed, "replay.players")
	var all []sim.Command
	for k := range uint32(25) {
		pick := func(n int, purpose uint32) int { return int(stream.Uint64(0, k, purpose) % uint64(n)) }
		zone, unit := []string{"z1", "z2", "z9"}[pick(3, 1)], []string{"c1", "b1"}[pick(2, 2)]
		c := []sim.Command{
			sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", zone),
			sim.NewCommand(sim.FromPlayer, "dispatch_coach", "zone", zone, "unit", unit),
			sim.NewCommand(sim.FromPlayer, "rescue_zone", "zone", zone, "unit", unit),
			sim.NewCommand(sim.FromPlayer, "close_road", "link", fmt.Sprint(pick(4, 3))),
			sim.NewCommand(sim.FromPlayer, "open_road", "link", fmt.Sprint(pick(4, 3))),
			sim.NewCommand(sim.FromPlayer, "\xffnonsense\n", "", "\x00"),
		}[pick(6, 4)]
		c.Post = []string{"county", "village", ""}[pick(3, 5)]
		c.At = sim.Time(k) * 3 * sim.Time(sim.Minute)
		if k%3 != 0 {
			c.At += sim.Time(pick(200, 6)) * sim.Time(sim.Second)
		}
		all = append(all, c)
	}
	return all
}

// byTick gives each command in the tick of its instant, whatever their order in the list.
type byTick []sim.Command

func (b byTick) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	for _, c := range b {
		if c.At >= now && c.At < now.Add(sim.Tick) {
			buf = append(buf, c)
		}
	}
	return buf
}

// table is who commands the drill: plan and director, then players.
type table struct {
	plan, director bool
	script         string
	players        []sim.Command
}

// usual is the table of the tests.
func usual(seed uint64) table {
	return table{plan: true, director: true, script: directorText, players: players(seed)}
}

// sources makes the live sources for a world. The note function takes what scripts say.
func (c table) sources(t testing.TB, w *engine.World, note func(sim.Time, string)) engine.Join {
	t.Helper()
	var live engine.Join
	if c.plan {
		live = append(live, lab.NewPlan(w.Scenario(), w.Names()))
	}
	if c.director {
		h, err := scripting.New("director.lua", c.script, scripting.Env{Scenario: w.Scenario(), Names: w.Names(),
			Seed: w.Seed().Drill, Seat: sim.None, Note: note})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(h.Close)
		live = append(live, h)
	}
	return append(live, byTick(c.players))
}

// drive plays a recorder's run up to an instant, without ending it.
func drive(t testing.TB, rec *replay.Recorder, cfg engine.Config, c table, until sim.Duration, more ...sim.Sink) (
	*engine.World, error) {
	t.Helper()
	w, err := engine.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	src := rec.Source(c.sources(t, w, rec.Script))
	return w, engine.Drive(context.Background(), w, src, sim.Time(until), append([]sim.Sink{rec}, more...)...)
}

// finish plays a recorder's run to its end.
func finish(t testing.TB, rec *replay.Recorder, cfg engine.Config, c table) *engine.World {
	t.Helper()
	w, err := drive(t, rec, cfg, c, rec.Header().Until)
	if err == nil {
		err = rec.Finish(w, map[string]int{"ticks": 1})
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// record plays and records a whole run.
func record(t testing.TB, dir string, cfg engine.Config, c table) *replay.Run {
	t.Helper()
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	finish(t, rec, cfg, c)
	return open(t, dir)
}

func open(t testing.TB, dir string) *replay.Run {
	t.Helper()
	run, err := replay.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func readFile(t testing.TB, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// allEvents reads a run's event log as text.
func allEvents(t testing.TB, run *replay.Run) string {
	t.Helper()
	log, err := run.Events()
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	var b strings.Builder
	for {
		e, err := log.Next()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%v %v %v %v %d %v %s\n", e.At, e.Kind, e.A, e.B, e.Count, e.Num, e.Text)
	}
}

// allRows reads a run's telemetry as text.
func allRows(t testing.TB, run *replay.Run) string {
	t.Helper()
	rows, err := run.Telemetry()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for {
		var truth sim.Truth
		err := rows.Next(&truth)
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v\n", truth)
	}
}

// sameRun says that two runs have the same journals, events and telemetry.
func sameRun(t testing.TB, name string, got, want *replay.Run) {
	t.Helper()
	if !bytes.Equal(readFile(t, got.Dir, "journal.jsonl"), readFile(t, want.Dir, "journal.jsonl")) {
		t.Errorf("%s: another journal:\n%s", name, firstDifference(
			string(readFile(t, got.Dir, "journal.jsonl")), string(readFile(t, want.Dir, "journal.jsonl"))))
	}
	if allEvents(t, got) != allEvents(t, want) {
		t.Errorf("%s: another event log:\n%s", name, firstDifference(allEvents(t, got), allEvents(t, want)))
	}
	if allRows(t, got) != allRows(t, want) {
		t.Errorf("%s: other telemetry:\n%s", name, firstDifference(allRows(t, got), allRows(t, want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines; want %d", len(a), len(b))
}
