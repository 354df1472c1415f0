package flood

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
	"sandtable/sim/geo"
)

// trough is a map with walls around it, its water, and structures on it, without the rest of a flood.
type trough struct {
	t     *testing.T
	grid  geo.Grid
	w     *shallow.Water
	s     *structures
	now   sim.Time
	told  []sim.StructureChange
	away  float64   // volume that outlets have got [m3]
	rates []float64 // at which they got it, per step [m3/s]
	ruled int       // how often other faces were ruled
}

// newTrough makes a map of nx x ny cells of 10 m with a bed [m] and a level of the water [m] in each cell, in the scheme.
func newTrough(t *testing.T, scheme shallow.Scheme, nx, ny int, c *Config, bed, level func(i, j int) float64) *trough {
	t.Helper()
	b := &trough{t: t, grid: geo.Grid{NX: nx, NY: ny, Cell: 10}}
	b.w = shallow.New(nx, ny, shallow.Params{Scheme: scheme, Size: 10, Alpha: 0.4, Wet: 0.001, Theta: 0.9, Froude: 1,
		Workers: 1})
	for j := range ny {
		for i := range nx {
			at := &b.w.Cells[b.w.At(i, j)]
			at.Bed, at.Rough = float32(math.Round(bed(i, j)*1000)), float32(0.03*math.Sqrt(shallow.Gravity)/2)
			at.H = max(level(i, j)-bed(i, j), 0)
		}
	}
	for k := range b.w.Tiles {
		b.w.Survey(k)
	}
	next := sim.StructureID(0)
	var err error
	b.s, err = newStructures(c, &mason{water: b.w, grid: b.grid, outlet: func([][2]float64) int { return 0 },
		find: func(string) (sim.StructureID, error) { next++; return next - 1, nil }})
	if err != nil {
		t.Fatal(err)
	}
	b.rule()
	return b
}

func (b *trough) rule() {
	b.ruled++
	b.s.take(b.w.Rule(b.s.faces(nil)))
}

// run moves the water for a time.
func (b *trough) run(d sim.Duration) {
	b.t.Helper()
	for end := b.now.Add(d); b.now < end; {
		dt := min(b.w.Longest(0.01), 2, end.Sub(b.now).Seconds())
		to := b.now.Add(max(sim.Duration(dt*1e6), 1))
		dt = to.Sub(b.now).Seconds()
		if b.s.prepare(b.w, b.now, dt, &b.told) {
			b.rule()
		}
		b.s.rule(b.w, dt)
		if err := b.w.Step(dt); err != nil {
			b.t.Fatalf("at %v: %v", b.now, err)
		}
		before := b.away
		b.s.exchange(b.w, b.now, to, func(_ int, v float64) { b.away += v })
		b.rates = append(b.rates, (b.away-before)/dt)
		b.now = to
	}
}

// volume returns the water in the columns from i0 to before i1 [m3].
func (b *trough) volume(i0, i1 int) float64 {
	var sum account
	for j := range b.grid.NY {
		for i := i0; i < i1; i++ {
			sum.add(b.w.Cells[b.w.At(i, j)].H * 100)
		}
	}
	return sum.value()
}

// level returns the mean level in the columns from i0 to before i1 on flat ground at 0 [m].
func (b *trough) level(i0, i1 int) float64 {
	return b.volume(i0, i1) / float64(100*b.grid.NY*(i1-i0))
}

func even(int, int) float64 { return 0 }

// half is water of a depth to the west of the middle of 20 columns.
func half(depth float64) func(i, j int) float64 {
	return func(i, _ int) float64 {
		if i < 10 {
			return depth
		}
		return 0
	}
}

var schemes = []shallow.Scheme{shallow.Inertial, shallow.Finite}

// middle is a line across the middle of a trough of 20 columns.
var middle = [][2]float64{{100, 1}, {100, 79}}

// wallAt is a dyke across the middle.
func wallAt(crest float64) *Config {
	return &Config{Dykes: []Dyke{{Name: "d", Line: middle, Crest: []float64{crest}, Coefficient: 1.7}}}
}

// A dyke that is not overtopped keeps a lake at rest, to the last bit of its volume.
func TestDykeHolds(t *testing.T) {
	for _, scheme := range schemes {
		b := newTrough(t, scheme, 20, 8, wallAt(3), even, half(2.9))
		b.run(20 * sim.Minute)
		if b.volume(10, 20) != 0 || math.Abs(b.level(0, 10)-2.9) > 1e-12 {
			t.Errorf("scheme %d: %g m3 behind the dyke, %g m before it", scheme, b.volume(10, 20), b.level(0, 10))
		}
	}
}

// A slanting dyke on a plain holds as well: its stairs do not leak, however narrow it is.
func TestSlantingDykeHolds(t *testing.T) {
	line := [][2]float64{{31, 1}, {120, 37}, {172, 79}}
	c := &Config{Dykes: []Dyke{{Name: "d", Line: line, Crest: []float64{5}, Coefficient: 1.7}}}
	west := func(i, j int) bool {
		y := float64(j)*10 + 5
		x := 31 + (y-1)*(120-31)/36
		if y > 37 {
			x = 120 + (y-37)*(172-120)/42
		}
		return float64(i)*10+5 < x-14
	}
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, func(i, j int) float64 {
		if west(i, j) {
			return 2
		}
		return 0
	})
	before := b.volume(0, 20)
	b.run(20 * sim.Minute)
	for j := range 8 {
		if h := b.w.Cells[b.w.At(19, j)].H; h != 0 {
			t.Errorf("%g m of water in row %d beyond the dyke", h, j)
		}
	}
	if math.Abs(b.volume(0, 20)-before) > 1e-9 {
		t.Errorf("%g m3 of %g are left", b.volume(0, 20), before)
	}
}

// Reference: the outflow of a pond over a broad crest into deep ground: dV/dt = -C L (V/A)^1.5, so that the head
// falls as H = H0/(1 + C L H0^0.5 t/(2 A))^2.
func TestDykeOvertoppingPaper(t *testing.T) {
	for _, scheme := range schemes {
		c := wallAt(2)
		b := newTrough(t, scheme, 20, 8, c, func(i, _ int) float64 {
			if i >= 10 {
				return -6
			}
			return 0
		}, half(2.5))
		b.run(2 * sim.Minute)
		area, length, head := 100.0*80, 78.0, 0.5
		want := head / math.Pow(1+1.7*length*math.Sqrt(head)*120/(2*area), 2)
		if got := b.level(0, 10) - 2; math.Abs(got-want) > 0.02*want {
			t.Errorf("scheme %d: a head of %.4f m is left after 2 min; want %.4f", scheme, got, want)
		}
	}
}

// Two ponds with a sluice between them come to one level and stay there: the exchange does not swing.
func TestSluiceLevels(t *testing.T) {
	for _, scheme := range schemes {
		c := &Config{Sluices: []Sluice{{Name: "s", Line: middle, Crest: 5, Sill: 0, Width: 60, Height: 3,
			Contraction: 0.61, Stroke: 10 * sim.Minute}}}
		b := newTrough(t, scheme, 20, 8, c, even, half(2))
		b.run(5 * sim.Minute)
		if b.volume(10, 20) != 0 {
			t.Fatalf("scheme %d: %g m3 through a shut gate", scheme, b.volume(10, 20))
		}
		b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureSetOpening, Value: 50}, b.w, b.now)
		b.run(150 * sim.Second)
		if got := b.s.sluices[0].opening.at; math.Abs(got-0.25) > 0.01 {
			t.Errorf("scheme %d: %.3f open after a quarter of the stroke; want 0.25", scheme, got)
		}
		b.run(2 * sim.Hour)
		if l, r := b.level(0, 10), b.level(10, 20); math.Abs(l-1) > 0.02 || math.Abs(r-1) > 0.02 {
			t.Errorf("scheme %d: levels %g and %g m; want 1 m on both sides", scheme, l, r)
		}
		swing := 0.0
		for range 20 {
			before := b.level(10, 20)
			b.run(10 * sim.Second)
			swing = max(swing, math.Abs(b.level(10, 20)-before))
		}
		if swing > 0.002 {
			t.Errorf("scheme %d: the ponds still swing by %g m", scheme, swing)
		}
	}
}

// breached is a dyke with a given breach in its middle.
func breached(b DykeBreach) *Config {
	c := wallAt(3)
	b.Name, b.Place = "gap", [2]float64{100, 40}
	c.Dykes[0].Breaches = []DykeBreach{b}
	return c
}

// A breach begins at its time, at its level and only while that lasts, over its crest, or by order; it is told once.
func TestDykeBreachTriggers(t *testing.T) {
	given := DykeBreach{Bottom: 0, Width: 20, Slope: 1, Growth: 2 * sim.Minute}
	with := func(f func(*DykeBreach)) DykeBreach { b := given; f(&b); return b }
	for name, c := range map[string]struct {
		breach DykeBreach
		level  float64
		want   sim.Time // -1 for never
	}{
		"time":  {with(func(b *DykeBreach) { b.Trigger, b.At = TriggerTime, 5*sim.Minute }), 2, sim.Time(5 * sim.Minute)},
		"level": {with(func(b *DykeBreach) { b.Trigger, b.Level, b.Hold = TriggerLevel, 1.9, 3*sim.Minute }), 2, sim.Time(3 * sim.Minute)},
		"low":   {with(func(b *DykeBreach) { b.Trigger, b.Level = TriggerLevel, 2.1 }), 2, -1},
		"over":  {with(func(b *DykeBreach) { b.Trigger, b.Head = TriggerOvertopping, 0.3 }), 3.4, 0},
		"short": {with(func(b *DykeBreach) { b.Trigger, b.Head, b.Hold = TriggerOvertopping, 0.3, 5*sim.Minute }), 3.4, -1},
		"order": {with(func(b *DykeBreach) { b.Trigger = TriggerOrder }), 2, -1},
		// A level below the ground is reached by water, not by the ground.
		"dry":      {with(func(b *DykeBreach) { b.Trigger, b.Level = TriggerLevel, -1 }), 0, -1},
		"shallow":  {with(func(b *DykeBreach) { b.Trigger, b.Level = TriggerLevel, -1 }), 0.5, 0},
		"dry over": {with(func(b *DykeBreach) { b.Trigger, b.Head = TriggerOvertopping, -4 }), 0, -1},
	} {
		b := newTrough(t, shallow.Inertial, 20, 8, breached(c.breach), even, half(c.level))
		b.run(10 * sim.Minute)
		switch {
		case c.want < 0 && len(b.told) > 0:
			t.Errorf("%s: breached at %v; want never", name, b.told[0].At)
		case c.want >= 0 && (len(b.told) != 1 || b.told[0].Action != sim.StructureBreach ||
			b.told[0].At < c.want || b.told[0].At > c.want.Add(10*sim.Second)):
			t.Errorf("%s: told %+v; want one breach at %v", name, b.told, c.want)
		}
		if name == "order" {
			b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureBreach}, b.w, b.now)
			b.run(30 * sim.Minute)
			if l, r := b.level(0, 10), b.level(10, 20); len(b.told) != 0 || math.Abs(l-r) > 0.1 {
				t.Errorf("order: levels %g and %g m after half an hour, told %v", l, r, b.told)
			}
		}
	}
}

// Several gaps in one dyke: beside each other on one side of a cell they add up, grown into each other they count once:
// within 1 %, as a side of a cell is cut into parts there.
func TestGapsOfOneDyke(t *testing.T) {
	gap := func(along, width, slope, bottom float64) DykeBreach {
		return DykeBreach{Place: [2]float64{100, along}, Bottom: bottom, Width: width, Slope: slope}
	}
	flow := func(gaps ...DykeBreach) float64 {
		c := wallAt(3)
		c.Dykes[0].Breaches = gaps
		b := newTrough(t, shallow.Inertial, 20, 8, c, even, half(2))
		for i := range gaps {
			b.s.apply(sim.StructureChange{Structure: b.s.dykes[0].gaps[i].id, Action: sim.StructureBreach}, b.w, b.now)
		}
		b.s.dykes[0].age(b.w, b.now, nil)
		q := 0.0
		for i := range b.s.dykes[0].faces {
			q += b.s.dykes[0].flow(&b.s.dykes[0].faces[i], 2, 0)
		}
		return q
	}
	for name, c := range map[string]struct{ got, want float64 }{
		"one":           {flow(gap(45, 2.5, 0, 0)), 1.7 * 2.5 * math.Pow(2, 1.5)},
		"beside":        {flow(gap(42.5, 2.5, 0, 0), gap(47.5, 2.5, 0, 0)), 2 * flow(gap(45, 2.5, 0, 0))},
		"the same":      {flow(gap(45, 4, 1, 0.5), gap(45, 4, 1, 0.5)), flow(gap(45, 4, 1, 0.5))},
		"one in two":    {flow(gap(35, 10, 0, 0), gap(45, 10, 0, 0)), flow(gap(40, 20, 0, 0))},
		"within":        {flow(gap(40, 30, 1, 0), gap(45, 5, 1, 1)), flow(gap(40, 30, 1, 0))},
		"deeper within": {flow(gap(45, 10, 0, 1), gap(45, 5, 0, 0)), 1.7 * (5*math.Pow(2, 1.5) + 5)},
	} {
		if math.Abs(c.got-c.want) > 0.01*c.want {
			t.Errorf("%s: %g m3/s; want %g", name, c.got, c.want)
		}
	}
}

// With Froehlich 2008 the water above the bottom inside the polygon counts, and nothing else.
func TestDykeBreachFroehlich(t *testing.T) {
	c := breached(DykeBreach{Trigger: TriggerOrder, Bottom: 1, Overtopping: true,
		Water: [][2]float64{{0, 0}, {50, 0}, {50, 80}, {0, 80}}})
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, half(2.5))
	b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureBreach}, b.w, b.now)
	mean, grown := works.Froehlich(50*80*1.5, 2, true)
	got := b.s.dykes[0].gaps[0].breach.growth
	if math.Abs(got.Width+2*got.Slope-max(mean, 2*got.Slope)) > 1e-9 || math.Abs(got.Time-grown) > 1e-6 {
		t.Errorf("%+v; want a mean width of %g m in %g s", got, mean, grown)
	}
}

// A barrier that is taken down is not there at all; raised it holds, at its pace, and at most to where it is told.
func TestBarrier(t *testing.T) {
	c := &Config{Barriers: []Barrier{{Name: "b", Line: middle, Height: 2, Rate: 12, Coefficient: 1.7}}}
	free := newTrough(t, shallow.Inertial, 20, 8, &Config{}, even, half(0.5))
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, half(0.5))
	free.run(3 * sim.Minute)
	b.run(3 * sim.Minute)
	if free.volume(10, 20) != b.volume(10, 20) {
		t.Errorf("%g m3 pass a barrier that is not there; want %g", b.volume(10, 20), free.volume(10, 20))
	}
	b = newTrough(t, shallow.Inertial, 20, 8, c, even, func(int, int) float64 { return 0 })
	b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureSetCrest, Value: 1}, b.w, b.now)
	b.run(3 * sim.Minute)
	if at := b.s.barriers[0].height.at; math.Abs(at-0.6) > 0.01 {
		t.Errorf("%g m after 3 min at 12 m/h; want 0.6", at)
	}
	b.run(10 * sim.Minute)
	if at := b.s.barriers[0].height.at; at != 1 {
		t.Errorf("%g m in the end; want 1", at)
	}
	for j := range 8 {
		for i := range 10 {
			b.w.Raise(b.w.At(i, j), 0.9)
		}
	}
	b.run(10 * sim.Minute)
	if b.volume(10, 20) != 0 || b.ruled != 2 {
		t.Errorf("%g m3 behind the barrier, ruled %d times", b.volume(10, 20), b.ruled)
	}
	b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureSetCrest, Over: sim.Hour}, b.w, b.now)
	b.run(30 * sim.Minute)
	if at := b.s.barriers[0].height.at; math.Abs(at-0.5) > 0.01 {
		t.Errorf("%g m half an hour into a removal that takes an hour; want 0.5", at)
	}
}

// A bridge lets the river pass until its deck is in the water, and holds it back then.
func TestBridge(t *testing.T) {
	c := &Config{Bridges: []Bridge{{Name: "b", Line: middle, Soffit: 1.5, Deck: 2.5, Open: 1, Coefficient: 0.8}}}
	free := newTrough(t, shallow.Inertial, 20, 8, &Config{}, even, half(1.2))
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, half(1.2))
	free.run(2 * sim.Minute)
	b.run(2 * sim.Minute)
	if free.volume(10, 20) != b.volume(10, 20) || b.ruled != 1 {
		t.Errorf("%g m3 under a bridge in the dry; want %g", b.volume(10, 20), free.volume(10, 20))
	}
	deep := newTrough(t, shallow.Inertial, 20, 8, c, even, half(4))
	free = newTrough(t, shallow.Inertial, 20, 8, &Config{}, even, half(4))
	deep.run(20 * sim.Second)
	free.run(20 * sim.Second)
	if deep.ruled < 2 || deep.volume(10, 20) >= free.volume(10, 20) || deep.volume(10, 20) == 0 {
		t.Errorf("%g m3 past a drowned deck, %g without one, ruled %d times", deep.volume(10, 20), free.volume(10, 20),
			deep.ruled)
	}
}

// A culvert brings two ponds to one level; a flap holds it up; nothing is lost.
func TestCulvert(t *testing.T) {
	c := wallAt(3)
	c.Culverts = []Culvert{{Name: "c", Ends: [][2]float64{{95, 45}, {105, 45}}, Shape: ShapeBox, Height: 2, Width: 3,
		Barrels: 2, Roughness: 0.013, Entrance: "square"}}
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, half(2))
	before := b.volume(0, 20)
	b.run(3 * sim.Hour)
	if l, r := b.level(0, 10), b.level(10, 20); math.Abs(l-1) > 0.02 || math.Abs(r-1) > 0.02 {
		t.Errorf("levels %g and %g m; want 1 m on both sides", l, r)
	}
	if math.Abs(b.volume(0, 20)-before) > 1e-8 {
		t.Errorf("%g m3 of %g", b.volume(0, 20), before)
	}
	c.Culverts[0].Flap = true
	c.Culverts[0].Ends = [][2]float64{{105, 45}, {95, 45}}
	b = newTrough(t, shallow.Inertial, 20, 8, c, even, half(2))
	b.run(20 * sim.Minute)
	if b.volume(10, 20) != 0 {
		t.Errorf("%g m3 back through a flap", b.volume(10, 20))
	}
}

// A pump lifts its capacity when it is on and between its levels; a drain takes its depth off every cell; all that goes
// out of the map is in the books.
func TestPumpAndDrainOnTheGrid(t *testing.T) {
	start, stop := 0.9, 0.8
	c := &Config{Pumps: []Pump{
		{Name: "out", Place: [2]float64{55, 45}, Capacity: 2},
		{Name: "auto", Place: [2]float64{55, 45}, Capacity: 1, On: true, Start: &start, Stop: &stop,
			Outfall: [][2]float64{{0, 0}}},
	}}
	level := func(int, int) float64 { return 1 }
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, level)
	before := b.volume(0, 20)
	b.run(10 * sim.Minute)
	if math.Abs(b.away-600) > 1e-6 || b.s.out.pumps.value() != 0 {
		t.Errorf("%g m3 pumped to the outfall, %g away; want 600 and 0", b.away, b.s.out.pumps.value())
	}
	b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureSwitch, Value: 1}, b.w, b.now)
	b.run(10 * sim.Minute)
	if got := b.s.out.pumps.value(); math.Abs(got-1200) > 1e-6 {
		t.Errorf("%g m3 pumped away; want 1200", got)
	}
	b.run(sim.Hour)
	if got := b.volume(0, 20) + b.away + b.s.out.pumps.value(); math.Abs(got-before) > 1e-7 {
		t.Errorf("%g m3 in the books of %g", got, before)
	}
	if b.s.pumps[1].running {
		t.Errorf("the second pump runs at %g m; want a stop below 0.8", b.level(0, 20))
	}
	c = &Config{Drains: []Drain{{Name: "d", Polygon: [][2]float64{{0, 0}, {100, 0}, {100, 80}, {0, 80}}, Capacity: 36, On: true}}}
	b = newTrough(t, shallow.Inertial, 20, 8, c, even, level)
	b.run(100 * sim.Second)
	if got, want := b.s.out.drains.value(), 8000*0.036*b.s.drained.Sub(0).Hours(); math.Abs(got-want) > 1e-9 || got < 7 {
		t.Errorf("drained %g m3; want %g", got, want)
	}
}

// What drains take in a pulse comes out at their outfall evenly until the next one; none of it is lost on the way, and
// when the drains rest it ends.
func TestDrainOutfallIsEven(t *testing.T) {
	c := &Config{Drains: []Drain{{Name: "d", Polygon: [][2]float64{{0, 0}, {100, 0}, {100, 80}, {0, 80}}, Capacity: 360,
		On: true, Outfall: [][2]float64{{150, 40}}}}}
	b := newTrough(t, shallow.Inertial, 20, 8, c, even, func(int, int) float64 { return 1 })
	before := b.volume(0, 20)
	b.run(10 * sim.Minute)
	if got := b.volume(0, 20) + b.away + b.s.pooled(); math.Abs(got-before) > 1e-9 {
		t.Errorf("%g m3 in the books of %g", got, before)
	}
	const want = 8000 * 0.36 / 3600 // [m3/s]
	for k, rate := range b.rates[len(b.rates)/10:] {
		if math.Abs(rate-want) > 1e-3*want {
			t.Fatalf("step %d: %g m3/s at the outfall; want %g", k, rate, want)
		}
	}
	b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureSwitch}, b.w, b.now)
	b.run(sim.Minute)
	if b.s.pooled() != 0 || b.rates[len(b.rates)-1] != 0 {
		t.Errorf("%g m3 are left a minute after the drains were shut", b.s.pooled())
	}
}

// fill adds water evenly over the columns from i0 to before i1, at a rate [m3/s], while the trough runs.
func (b *trough) fill(i0, i1 int, rate float64, d sim.Duration) {
	b.t.Helper()
	for end := b.now.Add(d); b.now < end; {
		depth := rate / float64(100*b.grid.NY*(i1-i0)) // of one second
		for j := range b.grid.NY {
			for i := i0; i < i1; i++ {
				b.w.Raise(b.w.At(i, j), depth)
			}
		}
		b.run(sim.Second)
	}
}

// A gap after Froehlich that is to begin over dry ground waits, and says so once; it begins when water stands over its
// bottom, and goes on at the pace and to the width of the most that stands there in the end. A gap that is given in
// width and time opens whether there is water or not.
func TestBreachWaitsForWater(t *testing.T) {
	west := [][2]float64{{0, 0}, {100, 0}, {100, 80}, {0, 80}}
	for name, spec := range map[string]DykeBreach{
		"order": {Trigger: TriggerOrder, Bottom: 1, Water: west}, "time": {Trigger: TriggerTime, Bottom: 1, Water: west},
	} {
		b := newTrough(t, shallow.Inertial, 20, 8, breached(spec), even, even)
		if name == "order" {
			b.s.apply(sim.StructureChange{Structure: 0, Action: sim.StructureBreach}, b.w, b.now)
		}
		b.fill(0, 10, 4, 30*sim.Minute) // 0.9 m
		if len(b.told) != 1 || b.told[0].Action != sim.StructureWait || b.told[0].At != 0 {
			t.Errorf("%s: told %+v with water below the bottom; want that it waits", name, b.told)
		}
		b.fill(0, 10, 4, 40*sim.Minute) // to 2.1 m, had it held
		g := &b.s.dykes[0].gaps[0]
		if len(b.told) != 2 || b.told[1].Action != sim.StructureBreach || g.stage != stageOpen {
			t.Fatalf("%s: told %+v with water above the bottom; want a breach", name, b.told)
		}
		if at := b.told[1].At.Seconds(); at < 2200 || at > 2210 { // 8,000 m2 x 1.1 m by 4 m3/s
			t.Errorf("%s: it began after %g s; want 2200", name, at)
		}
		want := works.FroehlichGrowth(3, 1, g.breach.volume, false)
		if got := g.breach.growth; got.Width != want.Width || got.Time != want.Time || g.breach.volume < 900 {
			t.Errorf("%s: %+v for %g m3; want %+v", name, got, g.breach.volume, want)
		}
		if g.now.Bottom > 2 || b.volume(10, 20) == 0 {
			t.Errorf("%s: the gap is at %+v, and %g m3 have run through", name, g.now, b.volume(10, 20))
		}
	}
	given := DykeBreach{Trigger: TriggerTime, Bottom: 1, Width: 20, Growth: 2 * sim.Minute}
	b := newTrough(t, shallow.Inertial, 20, 8, breached(given), even, even)
	b.run(3 * sim.Minute)
	if g := b.s.dykes[0].gaps[0].now; len(b.told) != 1 || b.told[0].Action != sim.StructureBreach || g.Width != 20 {
		t.Errorf("given: told %+v, gap %+v; want it open", b.told, g)
	}
}
