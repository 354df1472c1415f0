package road

import (
	"fmt"
	"testing"

	"sandtable/sim"
)

// The planning figures of the evacuation timeline of the New South Wales State Emergency Service [s]. One lane carries
// 600 vehicles an hour for planning, half of what it can carry; people take an hour to accept a warning and an hour to
// get under way.
const (
	planningLane      = 600.0 // veh/h
	warningAcceptance = 3600.0
	warningLag        = 3600.0
)

// planningRoad is one lane of 1,800 veh/h, 1,000 m at 20 m/s, at the capacity factor with which it carries 600.
func planningRoad(t *testing.T) *Network {
	net, problems := NewNetwork(row(0, 1000), []LinkSpec{street(0, 1, 20, 1800)},
		Rules{JamMetres: DefaultJamMetres, Capacity: planningLane / 1800, Free: true})
	if problems != nil {
		t.Fatal(problems)
	}
	if net.Headway(0) != 6*sim.Second {
		t.Fatalf("headway %v; want 6 s", net.Headway(0))
	}
	return net
}

// N vehicles need N/600 h over one lane. The last of them is out at the free time and N-1 headways of 6 s, to the
// microsecond; for the Blue Mountains with 50,000 vehicles that is 83 h.
//
// Reference: the published estimate for the Blue Mountains, by the timeline method of the NSW SES: 50,000 vehicles at 600 an
// hour take 83 hours (casuscalamitas.com, 21 October 2013). 600 veh/h per lane was also the flow that was sustained in the
// evacuations before Ivan, Katrina and Gustav (TRB paper 11-4115).
func TestTimelineTravelTime(t *testing.T) {
	for _, c := range []struct {
		vehicles int
		hours    float64 // as a planner writes it
	}{{600, 1}, {1500, 2.5}, {50_000, 83.33}} {
		w := newWorld(t, planningRoad(t), nil)
		for id := range c.vehicles {
			w.car(0, id, 0, 1)
		}
		for end := at(600); len(w.arrived) < c.vehicles && end < at(400_000); end += at(600) {
			w.roads.Step(end, nil, w.ports, &w.log)
			w.collect()
		}
		clear := w.arrived[len(w.arrived)-1].at
		if want := at(50 + 6*float64(c.vehicles-1)); clear != want || len(w.arrived) != c.vehicles {
			t.Errorf("%d of %d vehicles out, the last at %v; want %v", len(w.arrived), c.vehicles, clear, want)
		}
		if hours := clear.Seconds() / 3600; hours < c.hours-0.02 || hours > c.hours+0.02 {
			t.Errorf("%d vehicles take %.2f h; want %v", c.vehicles, hours, c.hours)
		}
	}
}

// timeline plays an evacuation by the book: the order at 0 s, everybody ready to go after acceptance and lag, as many as
// the lane takes; the road is cut when the time available is over. It returns the time needed, and who is left behind.
func timeline(t *testing.T, vehicles int, available float64, incident float64) (needed sim.Time, left int) {
	w := newWorld(t, planningRoad(t), nil)
	for id := range vehicles {
		w.car(warningAcceptance+warningLag, id, 0, 1)
	}
	if incident > 0 {
		w.order(9000, 0, true, sim.ClosureFinish)
		w.order(9000+incident, 0, false, sim.ClosureFinish)
	}
	w.order(available, 0, true, sim.ClosureFinish)
	for end := at(60); end < at(available+3600); end += at(60) {
		w.roads.Step(end, nil, w.ports, &w.log)
		w.collect()
	}
	return w.arrived[len(w.arrived)-1].at, vehicles - len(w.arrived)
}

// Time needed = acceptance + lag + travel time, to which the planner adds a traffic safety factor for what may go
// wrong. With more time available than that, everybody is out; a closure of eight minutes costs eight minutes of the
// reserve; with less time available, those who are left behind are 600 for every hour that is missing.
//
// Reference: the evacuation timeline of the NSW SES (Opper, Cinque and Davies 2010, Timeline modelling of flood evacuation
// operations, Procedia Engineering 3): time required = warning acceptance factor + warning lag factor + travel time +
// traffic safety factor, against the time available until the route is cut. The names and the usual hour for each of the
// first two are given from knowledge of the method, not from its text.
func TestTimelineIdentity(t *testing.T) {
	const vehicles, hour = 1200, 3600.0
	travel := vehicles / planningLane * hour // two hours
	needed := warningAcceptance + warningLag + travel
	const reserve = 1.5 * hour // traffic safety factor
	for _, c := range []struct {
		name                string
		available, incident float64
		late                float64 // against the time needed [s]
		left                int
	}{
		{"time to spare", needed + reserve, 0, 0, 0},
		{"an incident", needed + reserve, 480, 480, 0},
		{"an hour short", needed - hour, 0, -hour, 600},
		{"twenty minutes short", needed - 1200, 0, -1200, 200},
		{"twenty minutes short, and an incident", needed - 1200, 480, -1200, 200 + 80},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, left := timeline(t, vehicles, c.available, c.incident)
			// The first vehicle needs no headway, and the last is on the road for 50 s.
			if want := at(needed + c.late - 6 + 50); got != want || left != c.left {
				t.Errorf("the last is out at %v and %d are left; want %v and %d", got, left, want, c.left)
			}
		})
	}
	if got := fmt.Sprint(sim.Duration(at(needed + reserve))); got != "5h30m" {
		t.Errorf("time required %s; want 1 h + 1 h + 2 h + 1.5 h", got)
	}
}
