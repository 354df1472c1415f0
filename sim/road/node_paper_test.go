package road

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// cross is a junction at node 0 with roads of 1 km to the east, north, west and south, at whose ends nodes 1 to 4 lie.
type cross struct {
	nodes []NodeSpec
	links []LinkSpec // by the node at their other end, less 1
}

// Ends of a cross.
const (
	east = 1 + iota
	north
	west
	south
)

// newCross returns a cross of roads with one lane each way.
func newCross() *cross {
	c := &cross{nodes: []NodeSpec{{Zone: sim.None}}}
	for _, end := range []geo.Point{{X: 1000}, {Y: 1000}, {X: -1000}, {Y: -1000}} {
		c.nodes = append(c.nodes, NodeSpec{At: end, Zone: sim.None})
		l := street(len(c.nodes)-1, 0, 15, 1800)
		c.links = append(c.links, l)
	}
	return c
}

// inward and outward make a road one-way, to the junction or from it.
func (c *cross) inward(end int) *LinkSpec {
	c.links[end-1].OneWay = true
	return &c.links[end-1]
}

func (c *cross) outward(end int) *LinkSpec {
	l := &c.links[end-1]
	l.From, l.To, l.OneWay = 0, sim.NodeID(end), true
	return l
}

// without takes roads away.
func (c *cross) without(ends ...int) *cross {
	for _, end := range ends {
		c.links[end-1].FootOnly = true
	}
	return c
}

// world builds the cross.
func (c *cross) world(t *testing.T, rules Rules) *testWorld {
	net, problems := NewNetwork(c.nodes, c.links, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return newWorld(t, net, nil)
}

// stream sends cars from one end to another: at random with a mean flow [veh/h] for so many seconds, or, with flow 0,
// as many as the road takes.
func (w *testWorld) stream(first, from, to int, flow, seconds float64) int {
	draw := rng.New(uint64(5*from+to), "road.stream")
	id, time := first, 0.0
	for {
		if flow == 0 {
			time += 2
		} else {
			time -= math.Log(1-draw.Float64(uint64(id), 0, 0)) * 3600 / flow
		}
		if time > seconds {
			return id
		}
		w.car(time, id, from, to)
		id++
	}
}

// discharge returns how many cars per hour reach the end of the road from an end of the cross, between two instants.
func (w *testWorld) discharge(from, to float64, ends ...int) float64 {
	count := func() (sum int64) {
		for _, end := range ends {
			n, _ := w.roads.Flow(sim.LinkID(end - 1))
			sum += n
		}
		return sum
	}
	w.run(from)
	before := count()
	w.run(to)
	return float64(count()-before) * 3600 / (to - from)
}

// harders is the capacity of a stream that gives way to a random one.
func harders(flow, gap, follow float64) float64 {
	return flow * math.Exp(-flow*gap/3600) / (1 - math.Exp(-flow*follow/3600))
}

// wide makes a road so wide that random arrivals stay random on it.
func wide(l *LinkSpec) { l.Lanes, l.Capacity = maxLanes, maxFlow }

// giveWay is a stream that gives way to another, and what the HCM says of its gaps.
type giveWay struct {
	name           string
	gap, follow    float64
	minor, to      int
	major, onwards int
	build          func() *cross
}

var givesWay = []giveWay{
	{"through", 6.5, 4.0, south, north, west, east, func() *cross {
		c := newCross()
		wide(c.inward(west))
		wide(c.outward(east))
		c.inward(south)
		c.outward(north)
		c.links[west-1].Rank, c.links[east-1].Rank = 1, 1
		return c
	}},
	{"right", 6.9, 3.3, south, east, west, east, func() *cross {
		c := newCross().without(north)
		wide(c.inward(west))
		wide(c.outward(east))
		c.inward(south)
		c.links[west-1].Rank, c.links[east-1].Rank = 1, 1
		c.nodes[0].Control = ControlPriority
		return c
	}},
	{"left at a side road", 7.5 - 0.7, 3.5, south, west, east, west, func() *cross {
		c := newCross().without(north)
		wide(c.inward(east))
		wide(c.outward(west))
		c.inward(south)
		c.links[west-1].Rank, c.links[east-1].Rank = 1, 1
		c.nodes[0].Control = ControlPriority
		return c
	}},
	{"left off the major road", 4.1, 2.2, west, north, east, 5, func() *cross {
		c := newCross().without(south)
		wide(c.inward(east))
		c.inward(west)
		c.outward(north)
		c.nodes = append(c.nodes, NodeSpec{At: geo.Point{X: -1000, Y: 200}, Zone: sim.None})
		away := street(0, 5, 15, 1800) // the other carriageway to the west
		away.OneWay, away.Rank = true, 1
		wide(&away)
		c.links = append(c.links, away)
		c.links[west-1].Rank, c.links[east-1].Rank = 1, 1
		return c
	}},
	{"roundabout", 5.19, 3.19, south, east, west, east, func() *cross {
		c := newCross().without(north)
		wide(c.inward(west))
		wide(c.outward(east))
		c.inward(south)
		c.links[west-1].Circle, c.links[east-1].Circle = true, true
		return c
	}},
}

// capacity measures how many cars of the minor stream go beside so many of the major one [veh/h].
func (g *giveWay) capacity(t *testing.T, flow, patience, hours float64) float64 {
	rules := DefaultRules()
	rules.Patience = patience
	w := g.build().world(t, rules)
	end := 600 + hours*3600
	last := w.stream(0, g.major, g.onwards, flow, end)
	w.stream(last, g.minor, g.to, 0, end)
	return w.discharge(600, end, g.minor)
}

// Into a gap of so many seconds of a lane of 1,800 veh/h go as many as the HCM says, counted from car to car of the main
// road: that the lane takes the first of them only 2 s behind the car before the gap does not make the gap shorter for
// those who follow. The main road loses nothing.
//
// Reference: HCM 2010, chapter 19: 1 + floor((t - tc)/tf) vehicles, tc = 6.2 s and tf = 3.3 s for right turns.
func TestMergeIntoAGap(t *testing.T) {
	for _, gap := range []float64{6, 6.5, 9.3, 9.6, 12.7, 12.9, 14, 16, 16.2} {
		one := func(from, to int, rank uint8) LinkSpec {
			l := street(from, to, 20, 1800)
			l.OneWay, l.Rank = true, rank
			return l
		}
		nodes := []NodeSpec{{Control: ControlPriority}, {At: geo.Point{X: -1000}}, {At: geo.Point{X: 1000}},
			{At: geo.Point{Y: -1000}}}
		rules := DefaultRules()
		rules.Patience = 1e6
		net, problems := NewNetwork(nodes, []LinkSpec{one(1, 0, 1), one(0, 2, 1), one(3, 0, 0)}, rules)
		if problems != nil {
			t.Fatal(problems)
		}
		w := newWorld(t, net, nil)
		const main = 20
		for id := range main {
			w.car(float64(id)*gap, id, 1, 2)
		}
		for id := range 100 {
			w.car(0, main+id, 3, 2)
		}
		w.run(100 + main*gap)
		want, got, last := max(1+int(math.Floor((gap-6.2)/3.3)), 0), 0, -1
		for _, a := range w.arrived {
			if id := int(a.Mover.ID); id >= main {
				got++
				continue
			} else if late := a.at - at(100+float64(id)*gap); late < -2 || late > 2 {
				t.Errorf("gaps of %v s: car %d of the main road is %v late", gap, id, sim.Duration(late))
			} else if last >= 0 && got != want {
				t.Errorf("%d cars into a gap of %v s behind car %d; want %d", got, gap, last, want)
			}
			got, last = 0, int(a.Mover.ID)
		}
		if last != main-1 {
			t.Errorf("gaps of %v s: the last car of the main road is number %d", gap, last)
		}
	}
}

// Who gives way to a random stream gets what gap acceptance says.
//
// Reference: Harders (1968), Siegloch (1973): c = v exp(-v tc)/(1 - exp(-v tf)); HCM 2010, chapter 19, for tc and tf; for
// roundabouts NCHRP report 572: c = 1130 exp(-0.001 v).
func TestMinorCapacity(t *testing.T) {
	for _, g := range givesWay {
		for _, flow := range []float64{200, 500, 800, 1100} {
			got, want := g.capacity(t, flow, 1e6, 4), harders(flow, g.gap, g.follow)
			t.Logf("%s beside %.0f veh/h: %.0f veh/h; want %.0f", g.name, flow, got, want)
			if math.Abs(got-want) > 0.05*want+5 {
				t.Errorf("%s beside %.0f veh/h: %.0f veh/h; want %.0f", g.name, flow, got, want)
			}
			if want := 1130 * math.Exp(-0.001*flow); g.name == "roundabout" && math.Abs(got-want) > 0.05*want {
				t.Errorf("%s beside %.0f veh/h: %.0f veh/h; want %.0f", g.name, flow, got, want)
			}
		}
	}
}

// A full all-way stop lets through what the headways of the HCM say: one road alone 3600/3.9 veh/h per lane, two that face
// each other 2·3600/4.7, three 3·3600/7.0, four 4·3600/9.6; four roads of two lanes 8·3600/11.5. Two that cross are the
// exception: they get what four get, a fifth more than 2·3600/5.8.
//
// Reference: HCM 2010, chapter 20, base saturation headways. Al-Kaisy and Doruk (2023) counted up to 1,400 veh/h.
func TestAllWayStop(t *testing.T) {
	for _, c := range []struct {
		lanes     int
		ends      []int
		want, off float64
	}{
		{1, []int{east}, 923, 0.01}, {1, []int{east, west}, 1532, 0.03}, {1, []int{east, north}, 1241, 0.22},
		{1, []int{east, north, west}, 1543, 0.03}, {1, []int{east, north, west, south}, 1500, 0.01},
		{2, []int{east, north, west, south}, 2504, 0.01},
	} {
		cross := newCross()
		for k := range cross.links {
			cross.links[k].Lanes = c.lanes
		}
		w := cross.world(t, DefaultRules())
		draw := rng.New(1, "road.turns")
		for k := range 3600 {
			for _, from := range c.ends {
				turn := 1 + draw.IntN(3, uint64(k), uint32(from), 0)
				w.car(float64(2*k)/float64(c.lanes), 4*k+from, from, (from-1+turn)%4+1)
			}
		}
		got := w.discharge(600, 3000, east, north, west, south)
		if math.Abs(got-c.want) > c.off*c.want {
			t.Errorf("%d lanes, from %v: %.0f veh/h; want %.0f", c.lanes, c.ends, got, c.want)
		}
	}
}

// Two full roads that join at a junction without priority go in turn, whatever their lanes: 1:1.
//
// Reference: Road Traffic Safety Law of China, article 45: vehicles that queue at such a junction pass alternately.
func TestEqualsGoInTurn(t *testing.T) {
	for _, control := range []Control{ControlEqual, ControlAuto} {
		c := newCross().without(north)
		c.links[west-1].Lanes = 2
		c.nodes[0].Control = control
		w := c.world(t, DefaultRules())
		last := w.stream(0, west, east, 0, 4000)
		w.stream(last, south, east, 0, 4000)
		a, b := w.discharge(600, 3600, west), w.discharge(3600, 4000, south)
		if math.Abs(a-b) > 0.03*a || a < 700 {
			t.Errorf("%v: %.0f veh/h from the west, %.0f from the south; want the same", control, a, b)
		}
	}
}

// The road with priority loses nothing to those that give way, whatever they want.
//
// Reference: HCM 2010, chapter 19: movements of rank 1 have no delay.
func TestPriorityIsFree(t *testing.T) {
	for _, to := range []int{east, north, west} {
		c := newCross()
		for _, end := range []int{east, west} {
			c.links[end-1].Rank = 1
		}
		rules := DefaultRules()
		rules.Patience = 1e6
		w := c.world(t, rules)
		last := w.stream(0, west, east, 900, 3600)
		w.stream(last, south, to, 0, 3600)
		w.run(4000)
		alone := newCross().world(t, Rules{JamMetres: DefaultJamMetres, Capacity: 1, Free: true})
		alone.stream(0, west, east, 900, 3600)
		alone.run(4000)
		for _, a := range alone.arrived {
			if got := w.arrivalOf(a.Mover); got > a.at+at(2) { // the headway behind one who has found a gap
				t.Errorf("%v arrives at %v beside a road to %d; alone at %v", a.Mover, got, to, a.at)
				break
			}
		}
	}
}

// arrivalOf returns when somebody arrived.
func (w *testWorld) arrivalOf(who sim.Ref) sim.Time {
	for _, a := range w.arrived {
		if a.Mover == who {
			return a.at
		}
	}
	return sim.Never
}

// An ambulance goes next, at an all-way stop with full roads, out of a side road, and past an officer.
func TestAmbulanceGoesNext(t *testing.T) {
	for _, control := range []Control{ControlEqual, ControlPriority} {
		for _, police := range []bool{false, true} {
			c := newCross()
			c.links[east-1].Rank, c.links[west-1].Rank = 1, 1
			c.nodes[0].Control = control
			w := c.world(t, DefaultRules())
			for _, end := range []int{east, north, west} {
				w.stream(10000*end, end, (end+1)%4+1, 0, 1000)
			}
			w.trip(500, sim.Trip{Mover: unit(1), Mode: sim.ModeEmergency, From: south, To: north, Vehicles: 1, Zone: sim.None})
			if police {
				w.roads.agenda.Put(0, entry{what: doPolice, arg: 1})
			}
			w.run(1000)
			free := 500 + 2*1000/15.0
			for _, a := range w.arrived {
				if a.Mover == unit(1) && a.at > at(free+2*2.9) {
					t.Errorf("control %d, police %v: arrives at %v; free it would be at %v", control, police, a.at, at(free))
				}
			}
			if w.arrivalOf(unit(1)) == sim.Never {
				t.Errorf("control %d, police %v: no arrival", control, police)
			}
		}
	}
}

// Beside a road that leaves no gap, who has waited long enough goes all the same: one each time.
func TestPatience(t *testing.T) {
	c := newCross()
	c.inward(west)
	c.outward(east)
	c.inward(south)
	c.outward(north)
	c.links[west-1].Rank = 1
	for _, patience := range []float64{20, 50, 200} {
		rules := DefaultRules()
		rules.Patience = patience
		w := c.world(t, rules)
		last := w.stream(0, west, east, 0, 4000)
		w.stream(last, south, north, 0, 4000)
		if got, want := w.discharge(600, 4000, south), 3600/(patience+4.0+1); math.Abs(got-want) > 0.1*want {
			t.Errorf("after %v s: %.0f veh/h; want %.0f", patience, got, want)
		}
	}
}

// Where the road ahead is full nobody has priority: those who queue go in turn.
//
// Reference: Road Traffic Safety Law of China, article 45.
func TestJamHasNoPriority(t *testing.T) {
	c := newCross().without(north)
	c.inward(west)
	c.inward(south)
	c.outward(east).Capacity = 400
	c.links[west-1].Rank, c.links[east-1].Rank = 1, 1
	c.nodes = append(c.nodes, NodeSpec{At: geo.Point{X: 200}, Zone: sim.None})
	c.links[east-1].To = 5
	exit := street(5, east, 15, 300)
	exit.OneWay = true
	c.links = append(c.links, exit)
	c.nodes[0].Control = ControlPriority
	rules := DefaultRules()
	rules.Patience = 1e6
	w := c.world(t, rules)
	last := w.stream(0, west, east, 0, 9000)
	w.stream(last, south, east, 0, 9000)
	major, minor := w.discharge(2000, 5600, west), w.discharge(5600, 9000, south)
	if math.Abs(major-150) > 5 || math.Abs(minor-150) > 5 {
		t.Errorf("%.0f veh/h from the road with priority, %.0f from the other; want half of 300 each", major, minor)
	}
}

// A signal shares its green by the capacities of the roads that cross, less 4 s lost and 7 s given for each phase; a lone
// car waits as long as one that comes at any time does on average.
//
// Reference: Webster (1958): uniform delay C(1-g)²/2 of a road that is nearly empty; HCM: 4 s of lost time.
func TestSignal(t *testing.T) {
	for _, c := range []struct {
		lanes int
		share float64
	}{{1, 0.5}, {2, 2.0 / 3}} {
		cross := newCross()
		cross.links[east-1].Lanes, cross.links[west-1].Lanes = c.lanes, c.lanes
		cross.nodes[0].Control = ControlSignal
		w := cross.world(t, DefaultRules())
		for end := east; end <= south; end++ {
			w.stream(10000*end, end, (end+1)%4+1, 0, 3000)
		}
		green, across := (7+68*c.share)/90, (7+68*(1-c.share))/90
		if got, want := w.discharge(600, 3000, north), 1800*across; math.Abs(got-want) > 3 {
			t.Errorf("%d lanes: %.0f veh/h across; want %.0f", c.lanes, got, want)
		}
		if got, want := w.roads.exitHeadway(0), num.RoundInt64(2e6/float64(c.lanes)/green); got != want {
			t.Errorf("%d lanes: headway %d µs; want %d", c.lanes, got, want)
		}
		alone := cross.world(t, DefaultRules())
		alone.car(0, 0, west, east)
		alone.run(600)
		want := at(2*1000/15.0 + 45*(1-green)*(1-green))
		if off := alone.arrived[0].at - want; off < -2 || off > 2 {
			t.Errorf("%d lanes: one alone arrives at %v; want %v", c.lanes, alone.arrived[0].at, want)
		}
	}
}

// An officer has full roads go by turns in proportion to their capacities, like a signal whose greens fit.
func TestPolice(t *testing.T) {
	for _, control := range []Control{ControlEqual, ControlPriority, ControlSignal} {
		c := newCross()
		for _, end := range []int{east, west} {
			c.links[end-1].Rank = 1
			c.links[end-1].Lanes = 2
		}
		c.nodes[0].Control = control
		w := c.world(t, DefaultRules())
		id := 0
		for k := range 2500 {
			for end := east; end <= south; end++ {
				for range c.links[end-1].Lanes {
					w.car(float64(2*k), id, end, (end+1)%4+1)
					id++
				}
			}
		}
		w.roads.agenda.Put(0, entry{what: doPolice, arg: 1})
		major := w.discharge(600, 2400, east)
		minor := w.discharge(2400, 4200, north)
		// A cycle of turns: two cars of each major lane pair, one of each minor road.
		want := 3600 * policeShare / 4
		if math.Abs(minor-want) > 0.05*want || math.Abs(major-2*want) > 0.05*2*want {
			t.Errorf("%v: %.0f and %.0f veh/h; want %.0f and %.0f", control, major, minor, 2*want, want)
		}
		w.roads.agenda.Put(w.roads.now, entry{what: doPolice})
		if got := w.discharge(4300, 4800, north); control == ControlPriority && got > 0.5*want {
			t.Errorf("%.0f veh/h give way to a full road when the officer has gone", got)
		}
	}
}
