package road

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Everything that is wrong with a network is reported at once, with its place and what is wanted.
func TestBadNetwork(t *testing.T) {
	nodes := row(0, 100, 200)
	nodes[2].Zone = -2
	nodes = append(nodes, NodeSpec{At: geo.Point{X: math.NaN()}})
	bad := street(0, 1, 10, 1800)
	bad.From, bad.To = -1, 9
	lanes := street(0, 1, 0, -5)
	lanes.Lanes = 17
	level := street(0, 1, 10, math.NaN())
	level.OnGround, level.Level = false, math.Inf(1)
	loop := street(1, 1, 10, 1800)
	point := street(0, 1, 10, 1800)
	point.Shape = geo.Line{{X: 0, Y: 5}}
	astray := street(0, 1, 10, 1800)
	astray.Shape = geo.Line{{X: 0, Y: 7}, {X: 100, Y: 5}, {X: 103, Y: 5}}
	broken := street(0, 1, 10, 1800)
	broken.Shape = geo.Line{{X: 0, Y: 5}, {X: math.Inf(1)}, {X: 100, Y: 5}}
	path := LinkSpec{From: 0, To: 1, FootOnly: true, OnGround: true} // needs neither lanes nor speed
	bore := street(0, 1, 10, 1800)
	bore.Tunnel = true
	far := street(0, 1, 10, 1800)
	far.Metres = 2e6
	net, problems := NewNetwork(nodes, []LinkSpec{bad, lanes, level, loop, point, astray, broken, path, bore,
		far}, Rules{Capacity: -1})
	if net != nil {
		t.Error("a network from bad parts")
	}
	want := []string{"jam-metres", "capacity-factor", "node[2].zone", "node[3].at", "link[0].from", "link[0].to",
		"link[1].lanes", "link[1].speed", "link[1].capacity", "link[2].capacity", "link[2].level", "link[3].shape length",
		"link[4].shape", "link[5].shape start", "link[5].shape end", "link[6].shape", "link[8].tunnel",
		"link[9].metres"}
	var got []string
	for i, p := range problems {
		got = append(got, p.Path)
		if !strings.Contains(p.Text.EN, "want") {
			t.Errorf("problem %d, %s: %q does not say what is wanted", i, p.Path, p.Text)
		}
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("problems\n%s\nwant\n%s", a, b)
	}
}

// Trips and orders that make no sense are mistakes of the program and name the mover and the time.
func TestSenselessTripsPanic(t *testing.T) {
	good := sim.Trip{Mover: party(1), Mode: sim.ModeCar, To: 1, Vehicles: 1, Zone: sim.None}
	for name, spoil := range map[string]func(*sim.Trip){
		"mover":    func(x *sim.Trip) { x.Mover.Kind = sim.KindZone },
		"id":       func(x *sim.Trip) { x.Mover.ID = -1 },
		"mode":     func(x *sim.Trip) { x.Mode = sim.ModeNone },
		"from":     func(x *sim.Trip) { x.From = -1 },
		"to":       func(x *sim.Trip) { x.To = 2 },
		"speed":    func(x *sim.Trip) { x.Speed = math.NaN() },
		"vehicles": func(x *sim.Trip) { x.Vehicles = 10_001 },
		"high id":  func(x *sim.Trip) { x.Mover.ID = 1<<23 + 1 },
		"persons":  func(x *sim.Trip) { x.Persons = 65_536 },
		"nobody":   func(x *sim.Trip) { x.Persons = -1 },
		"zone":     func(x *sim.Trip) { x.Zone = 32_768 },
		"no zone":  func(x *sim.Trip) { x.Zone = -2 },
		"knows":    func(x *sim.Trip) { x.Knows = sim.KnowledgeCount },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)}), nil)
			trip := good
			spoil(&trip)
			defer func() {
				if text, ok := recover().(string); !ok || !strings.Contains(text, "at 0:00:00") {
					t.Errorf("got %q; want a panic with mover and time", text)
				}
			}()
			w.trip(0, trip)
			w.run(1)
		})
	}
}

// A mover that is under way cannot become another kind of mover.
func TestDivertToAnotherModePanics(t *testing.T) {
	w := newWorld(t, mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)}), nil)
	w.car(0, 1, 0, 1)
	w.run(1)
	w.trip(1, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 0, Zone: sim.None})
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	w.run(2)
}
