package lab_test

import (
	"fmt"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// planTown has a gauge that only the county reads: dry ground at 10 m, 0.6 m of water from 20 min on.
const planTown = `
map 40x20 cell=50 level=10
node n1 125,500
node n2 1925,500
road r1 n1 n2
channel phone use=command delay=1m
channel siren delay=2m
post county 1900,600 public=siren links=phone
post village 600,600 superior=county public=siren links=phone
zone z1 0,0 1000,1000 post=village shelters=s1
shelter s1 1925,500 capacity=8 open
gauge g1 100,100 at=10.2,10.5
house h1 125,480 floor=0.3 cars=1 : 35 33 8
water 20m 0,0 1000,1000 depth=0.6
`

// TestPlan: an order at a time comes once, in the tick of its time and delay; an order on a gauge comes once, the delay
// after its post has read the gauge above the level (every 5 min, looked at every 30 s), which is the county or the post
// in whose zone it stands.
func TestPlan(t *testing.T) {
	town, err := drilltest.NewTown(planTown)
	if err != nil {
		t.Fatal(err)
	}
	sc := town.Scenario
	ten := 10*sim.Minute + 500*sim.Millisecond
	level := func(name string) []sim.Arg { return []sim.Arg{{Name: "level", Value: name}} }
	sc.Plan = []scenario.PlannedOrder{
		{At: &ten, Order: "warning_level", Args: level("blue")},
		{At: &ten, Delay: 2 * sim.Minute, Order: "warning_level", Args: level("yellow")},
		{Gauge: "g1", Above: 10.5, Delay: 7 * sim.Minute, Order: "warning_level", Args: level("orange")},
		{Gauge: "g1", Above: 10.6, Post: "county", Order: "evacuate_zone", Args: []sim.Arg{{Name: "zone", Value: "z1"}}},
		{Gauge: "g1", Above: 10.7, Order: "warning_level", Args: level("red")},
		{Gauge: "g1", Above: 10.1, Post: "village", Order: "prepare_zone", Args: []sim.Arg{{Name: "zone", Value: "z1"}}},
	}
	// The gauge is read at 20:00, in the tick after the plan has looked at 20:00; it looks again at 20:30.
	want := `0:10:00.5 in 0:10:00 plan warning_level level=blue
0:12:00.5 in 0:12:00 plan warning_level level=yellow
0:20:30 in 0:20:30 plan evacuate_zone zone=z1
0:20:30 in 0:20:30 plan prepare_zone zone=z1
0:27:30 in 0:27:30 plan warning_level level=orange
`
	if got := played(t, sc); got != want {
		t.Errorf("given:\n%swant:\n%s", got, want)
	}
}

// played lets the plan of a scenario act for an hour, with others, and returns the commands that were given.
func played(t *testing.T, sc *scenario.Scenario, others ...sim.Source) string {
	t.Helper()
	w, err := engine.New(engine.Config{Scenario: sc})
	if err != nil {
		t.Fatal(err)
	}
	given := &given{}
	source := append(engine.Join{lab.NewPlan(sc, w.Names())}, others...)
	if err := engine.Drive(t.Context(), w, source, sim.Time(sim.Hour), given); err != nil {
		t.Fatal(err)
	}
	return given.String()
}

// given is the sink that writes down every command and the tick in which it came.
type given struct{ strings.Builder }

func (g *given) Before(now sim.Time, cmds []sim.Command) error {
	for _, c := range cmds {
		fmt.Fprintf(g, "%v in %v %v %v\n", c.At, now, c.Origin, c)
	}
	return nil
}

func (*given) After(sim.Time, []sim.Event, *sim.Digest, sim.Viewer) error { return nil }

// An order on rain comes when the window holds so much, one on a warning level when any threshold of that level or a
// higher one is passed, and one on a forecast when enough members see it in time, as soon as its post has it: here it is
// issued at 10:00, received at 15:00 and sees 0.6, 0.85 and 1.1 m of water from 20:00 on; the second order waits until
// the water is no more than 5 min away.
func TestPlanOnRainAndForecasts(t *testing.T) {
	town, err := drilltest.NewTown(planTown + `
gauge r1 900,100 rain=30m:20:orange:prepare,1h:30:red:move
rain 10m rate=60
rain 40m rate=0
forecast first=10m every=1h lead=30m step=5m members=3 delay=5m rise=0.25 to=county
`)
	if err != nil {
		t.Fatal(err)
	}
	sc := town.Scenario
	on := func(p scenario.PlannedOrder, level string) scenario.PlannedOrder {
		p.Order, p.Args = "warning_level", []sim.Arg{{Name: "level", Value: level}}
		return p
	}
	g1 := scenario.PlannedOrder{Gauge: "g1", Above: 10.6, Lead: 30 * sim.Minute, Share: 1}
	soon := scenario.PlannedOrder{Gauge: "g1", Above: 10.6, Lead: 5 * sim.Minute, Delay: sim.Second}
	one, many, village := g1, g1, g1
	one.Above, one.Share, one.Delay = 11, 0.3, sim.Minute
	many.Above, many.Share = 11, 0.34
	village.Post = "village"
	sc.Plan = []scenario.PlannedOrder{
		on(g1, "blue"), on(soon, "yellow"), on(one, "orange"), on(many, "red"), on(village, "red"),
		on(scenario.PlannedOrder{Gauge: "r1", Window: 30 * sim.Minute, Above: 15}, "blue"),
		on(scenario.PlannedOrder{Gauge: "r1", Warning: "yellow"}, "orange"),
		on(scenario.PlannedOrder{Gauge: "r1", Warning: "red"}, "red"),
	}
	want := `0:15:30 in 0:15:30 plan warning_level level=blue
0:15:31 in 0:15:31 plan warning_level level=yellow
0:16:30 in 0:16:30 plan warning_level level=orange
0:25:30 in 0:25:30 plan warning_level level=blue
0:30:30 in 0:30:30 plan warning_level level=orange
0:40:30 in 0:40:30 plan warning_level level=red
`
	if got := played(t, sc); got != want {
		t.Errorf("given:\n%swant:\n%s", got, want)
	}
}

// Two lines that end in one deployment: the second finds the consultation of the first under way, and waits for its end;
// then the deployment has gone out, and nothing is left to do. A third sends another one out, which somebody has sent
// before it.
func TestPlanSendsADeploymentOutOnce(t *testing.T) {
	town, err := drilltest.NewTown(planTown + `
official li post=county
meeting m1 post=county members=li gather=5m duration=10m
deployment d1 post=county
item d1 : evacuate_zone zone=z1
deployment d2 post=county
item d2 : prepare_zone zone=z1
`)
	if err != nil {
		t.Fatal(err)
	}
	sc := town.Scenario
	five, ten, half := 5*sim.Minute, 10*sim.Minute, 30*sim.Minute
	consult := []sim.Arg{{Name: "meeting", Value: "m1"}, {Name: "deployment", Value: "d1"}}
	second := []sim.Arg{{Name: "deployment", Value: "d2"}}
	sc.Plan = []scenario.PlannedOrder{
		{At: &five, Order: "consult", Args: consult},
		{At: &ten, Order: "consult", Args: consult},
		{At: &half, Order: "deploy", Args: second},
	}
	player := &lab.List{Given: []sim.Command{{At: sim.Time(25 * sim.Minute), Origin: sim.FromPlayer, Order: "deploy",
		Args: second}}}
	want := `0:05:00 in 0:05:00 plan consult meeting=m1 deployment=d1
0:25:00 in 0:25:00 player deploy deployment=d2
`
	if got := played(t, sc, player); got != want {
		t.Errorf("given:\n%swant:\n%s", got, want)
	}
}
