package population

import (
	"cmp"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// warnedTown is a place that a published case is played in: zones side by side, each with its own post, single
// households with a car in houses ten to a hectare, on dry land. What the roads do to who has left is not asked.
type warnedTown struct {
	start      string
	zones      []warnedZone
	channels   []scenario.Channel
	behaviour  scenario.Behaviour
	belief     scenario.Belief
	households int
	until      sim.Duration // of the run, since the start
}

// warnedZone is a zone with its share of the households, and what is said there and when.
type warnedZone struct {
	share   float64
	workers int64
	says    []saying
}

// saying is an order over a channel, since the start.
type saying struct {
	after   sim.Duration
	channel sim.ChannelID
	order   sim.OrderID
}

// people are what became of the households of a warned town: when each heard and left, Never when it did not.
type people struct {
	heard, left []sim.Time
	fromOthers  int // heard it first from other people
}

func hm(hours, minutes int) sim.Duration {
	return sim.Duration(hours)*sim.Hour + sim.Duration(minutes)*sim.Minute
}

// channelOf returns a channel of a kind, with its reach by day and night when they are given.
func channelOf(kind string, reach ...float64) scenario.Channel {
	c := scenario.Channel{Name: kind, Use: "public", Kind: kind}
	if kind == "door" {
		c.Use = "door"
	}
	if len(reach) == 2 {
		c.Reach, c.Night = &reach[0], &reach[1]
	}
	return c
}

const (
	townDepth  = 1000.0 // of every zone [m]
	townPlot   = 1000.0 // of a house [m2]
	townColumn = 20.0   // between two columns of houses [m]
)

func (t warnedTown) scenario() *scenario.Scenario {
	sc := testScenario()
	sc.Drill.Start, _ = sim.ParseCivil(t.start)
	sc.Population.Behaviour, sc.Population.Belief, sc.Channels = t.behaviour, t.belief, t.channels
	sc.Population.Behaviour.NightShare, sc.Population.Behaviour.DayShare = 1, 1
	sc.Zones, sc.Posts, sc.Buildings = nil, nil, nil
	x := 0.0
	for i, z := range t.zones {
		n := int(z.share * float64(t.households))
		width := float64(n) * townPlot / townDepth
		name := string(rune('a' + i))
		sc.Posts = append(sc.Posts, scenario.Post{Name: name, Workers: z.workers})
		sc.Zones = append(sc.Zones, scenario.Zone{Name: name, Post: name, Shelters: []string{"s0"},
			Polygon: [][2]float64{{x, 0}, {x + width, 0}, {x + width, townDepth}, {x, townDepth}}})
		for k := range n {
			perColumn := int(townDepth / (townPlot / townColumn))
			at := geo.Point{X: x + townColumn*(float64(k/perColumn)+0.5),
				Y: (float64(k%perColumn) + 0.5) * townPlot / townColumn}
			sc.Buildings = append(sc.Buildings, scenario.Building{At: at, Storeys: 1, Floor: 0.3})
			household(sc, sim.BuildingID(len(sc.Buildings)-1), 1, adult(0))
		}
		x += width
	}
	sc.Terrain.Grid = geo.Grid{NX: int(x/100) + 1, NY: 10, Cell: 100}
	sc.Terrain.Bed = make([]int32, sc.Terrain.Grid.Len())
	return sc
}

// play plays the town and returns what became of its households.
func (t warnedTown) play(tb testing.TB) people {
	w := newPlace(tb, t.scenario())
	n := len(w.p.told)
	out := people{heard: make([]sim.Time, n), left: make([]sim.Time, n)}
	for q := range n {
		out.heard[q], out.left[q] = sim.Never, sim.Never
	}
	type said struct {
		saying
		zone sim.ZoneID
	}
	var all []said
	for z := range t.zones {
		for _, s := range t.zones[z].says {
			all = append(all, said{s, sim.ZoneID(z)})
		}
	}
	slices.SortStableFunc(all, func(a, b said) int { return cmp.Compare(a.after, b.after) })
	for w.p.now < sim.Time(t.until) {
		for len(all) > 0 && sim.Time(all[0].after) <= w.p.now {
			w.ports.Broadcasts.Post(w.p.now, int32(all[0].zone), sim.Broadcast{Zone: all[0].zone, Channel: all[0].channel,
				Order: all[0].order, Shelter: sim.None})
			all = all[1:]
		}
		w.log.Events = w.log.Events[:0]
		w.p.Step(w.p.now.Add(sim.Minute), w.layers, &w.ports, &w.log)
		w.ports.Trips.Drain(func(sim.Time, sim.Trip) {})
		w.ports.Calls.Drain(func(sim.Time, sim.Call) {})
		out.note(w.log.Events)
	}
	return out
}

func (p *people) note(events []sim.Event) {
	for _, e := range events {
		switch q := e.A.ID; {
		case e.Kind == sim.EvPartyWarned && p.heard[q] == sim.Never:
			p.heard[q] = e.At
			if e.B.Kind == sim.KindNone {
				p.fromOthers++
			}
		case e.Kind == sim.EvPartyLeft && p.left[q] == sim.Never:
			p.left[q] = e.At
		}
	}
}

// by returns the share of all households for which the time was not later.
func by(times []sim.Time, at sim.Duration) float64 {
	n := 0
	for _, t := range times {
		if t <= sim.Time(at) {
			n++
		}
	}
	return float64(n) / float64(len(times))
}

// delays returns how long those who left took from hearing to leaving, rising [h].
func (p *people) delays() []float64 {
	var out []float64
	for q := range p.left {
		if p.left[q] != sim.Never && p.heard[q] <= p.left[q] {
			out = append(out, p.left[q].Sub(p.heard[q]).Seconds()/3600)
		}
	}
	slices.Sort(out)
	return out
}

// bisect returns where a function that rises with x has a value.
func bisect(low, high, want float64, steps int, f func(x float64) float64) float64 {
	for range steps {
		if x := (low + high) / 2; f(x) < want {
			low = x
		} else {
			high = x
		}
	}
	return (low + high) / 2
}
