package road

import (
	"testing"

	"sandtable/sim"
)

// crossroads is four roads of 100 m, 10 s long, that meet at node 0: to the east 1, north 2, west 3 and south 4.
func crossroads(t testing.TB, rules Rules) *Network {
	nodes := row(200, 300, 200, 100, 200)
	nodes[2].At.Y, nodes[4].At.Y = 105, -95
	var links []LinkSpec
	for end := 1; end <= 4; end++ {
		links = append(links, street(0, end, 10, 1800))
	}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return net
}

// A trip that names its first and its last arc sets out and arrives by them.
func TestFirstAndLastArc(t *testing.T) {
	net := mustNetwork(t, row(0, 100, 200), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800), street(1, 2, 5, 1800)})
	for _, c := range []struct {
		name        string
		first, last sim.Arc
		want        float64
	}{
		{"as it likes", 0, 0, 10},
		{"the slow one", sim.ArcOf(2, false), 0, 20},
		{"the wrong way first", sim.ArcOf(0, true), 0, 10 + 15 + 10 + 10},
		{"arriving by the slow one", 0, sim.ArcOf(2, false), 20},
		{"both", sim.ArcOf(0, true), sim.ArcOf(2, false), 10 + 15 + 10 + 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, net, nil)
			w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 1, To: 2, Vehicles: 1, Zone: sim.None,
				First: c.first, Last: c.last})
			w.run(100)
			w.wantTimes(c.want)
		})
	}
}

// Who sets out by an arc that is closed takes another one; who knows his way by habit learns of a closure by seeing it.
func TestFirstArcClosed(t *testing.T) {
	for knows, want := range map[sim.Knowledge]float64{
		// By the long way at once, or 50 s to the closed link and, turned round, back.
		sim.KnowsClosures: 2 * diamond(t).Length(2) / 10,
		sim.KnowsHabit:    50 + 15 + 50 + 2*diamond(t).Length(2)/10,
	} {
		w := newWorld(t, diamond(t), nil)
		w.order(0, 1, true, sim.ClosureFinish)
		w.trip(1, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 0, To: 3, Vehicles: 1, Zone: sim.None, Knows: knows})
		w.run(600)
		w.wantTimes(1 + want)
	}
}

// Who must not make a turn goes on to the end of a road and comes back, where that is allowed.
func TestTurnBans(t *testing.T) {
	north, east := sim.ArcOf(1, false), sim.ArcOf(0, false)
	from := sim.ArcOf(3, true) // from the south
	for _, c := range []struct {
		name  string
		rules Rules
		mode  sim.Mode
		to    sim.NodeID
		want  float64
	}{
		{"straight on", Rules{}, sim.ModeCar, 2, 20},
		// To the east and back, which is a dead end: there one may turn round.
		{"ban", Rules{Bans: []Ban{{from, north}}, UTurn: UTurnDeadEnd}, sim.ModeCar, 2, 10 + 10 + 15 + 10 + 10},
		{"who is not bound", Rules{Bans: []Ban{{from, north}}, UTurn: UTurnDeadEnd}, sim.ModeEmergency, 2, 20},
		{"a van is", Rules{Bans: []Ban{{from, north}}, UTurn: UTurnDeadEnd}, sim.ModeVan, 2, 10 + 10 + 15 + 10 + 10},
		{"two bans", Rules{Bans: []Ban{{from, north}, {from, east}}, UTurn: UTurnDeadEnd}, sim.ModeCar, 1,
			10 + 10 + 15 + 10 + 10},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.rules.JamMetres, c.rules.Capacity = DefaultJamMetres, 1
			w := newWorld(t, crossroads(t, c.rules), nil)
			w.trip(0, sim.Trip{Mover: party(1), Mode: c.mode, From: 4, To: c.to, Vehicles: 1, Zone: sim.None})
			w.run(200)
			w.wantTimes(c.want)
		})
	}
}

// Without a way on but back, a driver who may turn round only at dead ends takes the closed road for one.
func TestClosedAheadIsADeadEnd(t *testing.T) {
	rules := DefaultRules()
	rules.UTurn = UTurnDeadEnd
	w := newWorld(t, crossroads(t, rules), nil)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 4, To: 1, Vehicles: 1, Zone: sim.None})
	for link := range 3 {
		w.order(5, link, true, sim.ClosureFinish)
	}
	w.trip(20, sim.Trip{Mover: party(1), Mode: sim.ModeCar, From: 4, To: 4, Vehicles: 1, Zone: sim.None})
	w.run(200)
	w.wantTimes(30)
}
