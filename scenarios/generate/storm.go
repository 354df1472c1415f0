package generate

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"

	"sandtable/sim/flood"
)

// The storm and what becomes of it (assumed, apart from what cites a source).
const (
	rainStep      = 30 * sim.Minute // step of the hyetograph
	baseFlow      = 0.35            // of the main river at the start, as a share of the bankfull discharge
	baseRunoff    = 0.03            // of streams at the start [m3/s/km2]
	recession     = 0.55            // the inflow falls so much more slowly than it rises
	catchmentSize = 8e6             // a stream's drained area is divided into parts of about this size [m2]
	catchmentMost = 4               // parts per stream
	mainParts     = 8               // parts of what drains into the main river directly
	hillRain      = 1.15            // factor on the rain of the hills
	damRain       = 1.40            // factor on the rain above the dam: the storm's core
	damBeyond     = 2.50            // of the reservoir's catchment beyond the map over that on it
	lagFactor     = 0.76            // lag of a catchment of 1 km2 [h] (Pilgrim and McDermott 1982: 0.76 A^0.38)
	lagExponent   = 0.38            // and its growth with the area
	outletMargin  = 3.0             // the open edge reaches so many river widths beyond the flood plain
	spillShare    = 0.0095          // width of the spillway over the square root of the catchment's area
	spillBelow    = 0.0             // crest of the spillway below the normal level [m]
	startBelow    = 0.5             // level at the start below the normal level [m]
	gateWidth     = 1.07            // of the outlet's gates together over the dam's height
	gateHeight    = 0.18            // of their opening over the dam's height
	gateStep      = 5               // of the gates' opening [%]
	gateBelow     = 0.45            // sill of the gates below the normal level, share of the dam's height
	overtopping   = 0.25            // so far above the crest the dam fails by itself [m]
)

// storm sets up the hazard: rain, the river's inflow, what runs off the hills, the reservoir, the open edge.
func (c *county) storm() *flood.Config {
	l := c.land
	spec := flood.Default()
	// Finite volumes over a whole county would take eight times the time; docs/models/flood.md says what that costs.
	spec.Solver.Scheme = flood.SchemeInertial
	spec.Roughness.Water, spec.Roughness.Wetland = riverRough, streamRough
	width := math.Max(l.main.width, l.grid.Cell)
	base := float64(baseFlow * c.p.Bankfull)
	spec.RiverDepth = round(manningDepth(base, width, l.slope/meanderLength, riverRough), 2)
	spec.Rain = c.rain()
	spec.Inflows = []flood.Inflow{c.inflow(base)}
	if l.dam != nil {
		c.markLake()
		spec.Reservoirs = []flood.Reservoir{c.reservoir()}
	}
	if l.dyke != nil {
		spec.Dykes = []flood.Dyke{c.frailDyke()}
	}
	spec.Catchments = c.catchments(spec.Rain.Area)
	spec.Boundaries = []flood.Boundary{c.outlet()}
	spec.Forecast = c.forecast()
	return &spec
}

// Forecasts (assumed): a drill shorter than this has none, for the flood is there before the second.
const (
	forecastLeast = 6 * sim.Hour
	forecastFirst = sim.Hour
	forecastEvery = 6 * sim.Hour // two issues in 12 h, whose members cost 18 h of water
)

// forecast says when the flood is forecast.
func (c *county) forecast() *flood.Forecast {
	if c.p.Duration < forecastLeast {
		return nil
	}
	f := flood.DefaultForecast()
	f.First, f.Every = forecastFirst, forecastEvery
	f.To = []string{"county"}
	return &f
}

// round rounds to so many decimals, as files hold numbers.
func round(x float64, decimals int) float64 {
	f := 1.0
	for range decimals {
		f *= 10
	}
	return num.Round(float64(x*f)) / f
}

// rain is the hyetograph: it swells to the peak and ebbs, rate = peak / (1 + (t/w)^2) with t from the peak, and w such
// that the sum is what is wanted.
func (c *county) rain() flood.Rain {
	n := num.CeilInt(float64(c.p.Duration) / float64(rainStep))
	rate := func(k int, w float64) float64 {
		t := float64((float64(k) + 0.5) * rainStep.Hours())
		off := (t - c.p.PeakHour) / w
		return c.p.RainPeak / (1 + float64(off*off))
	}
	sum := func(w float64) float64 {
		s := 0.0
		for k := range n {
			s += float64(rate(k, w) * rainStep.Hours())
		}
		return s
	}
	low, high := 0.01, 1000.0
	for range 60 {
		if mid := (low + high) / 2; sum(mid) < c.p.Rain {
			low = mid
		} else {
			high = mid
		}
	}
	var r flood.Rain
	for k := range n {
		r.Times = append(r.Times, sim.Duration(k)*rainStep)
		r.Rates = append(r.Rates, round(rate(k, low), 1))
	}
	r.Area = c.rainArea()
	return r
}

// rainArea is the flood plain, where rain falls on the ground directly; what falls elsewhere comes out of the
// sub-catchments. It reaches from the western to the eastern edge of the map, with a corner every so many columns.
func (c *county) rainArea() [][2]float64 {
	l := c.land
	last := l.grid.NX - 1
	step := max(l.grid.NX/60, 1)
	var upper, lower [][2]float64
	corner := func(x float64, i int) {
		edge := float64(l.grid.Cell / 2)
		lower = append(lower, [2]float64{round(x, 0), round(math.Max(l.axis[i]-l.half[south][i], edge), 0)})
		upper = append(upper, [2]float64{round(x, 0), round(math.Min(l.axis[i]+l.half[north][i], c.p.Height-edge), 0)})
	}
	corner(0, 0)
	for i := 0; i <= last; i += step {
		corner(l.grid.Centre(i, 0).X, i)
	}
	corner(math.Floor(c.p.Width), last) // written without decimals, and never beyond the map
	slices.Reverse(upper)
	return append(lower, upper...)
}

// inflow is the main river's hydrograph at the western edge.
func (c *county) inflow(base float64) flood.Inflow {
	peak := float64(c.p.FloodPeak * c.p.Bankfull)
	in := flood.Inflow{Name: "upstream"}
	n := num.CeilInt(float64(c.p.Duration) / float64(rainStep))
	for k := range n + 1 {
		t := float64(k) * rainStep.Hours()
		share := ramp(t, 0.1*c.p.FloodHour, c.p.FloodHour)
		if t > c.p.FloodHour {
			share = ramp(t, c.p.FloodHour+c.p.FloodHour/recession, c.p.FloodHour)
		}
		in.Times = append(in.Times, sim.Duration(k)*rainStep)
		in.Flows = append(in.Flows, round(mix(base, peak, share), 1))
	}
	for j := range c.land.grid.NY {
		if c.land.flow.owner[c.land.grid.Index(1, j)] == 0 {
			in.Place = append(in.Place, pair(c.land.grid.Centre(1, j)))
		}
	}
	return in
}

func pair(p geo.Point) [2]float64 { return [2]float64{round(p.X, 1), round(p.Y, 1)} }

// outlet is the open stretch of the eastern edge.
func (c *county) outlet() flood.Boundary {
	l := c.land
	b := flood.DefaultBoundary()
	last := l.grid.NX - 1
	more := float64(outletMargin * l.main.width)
	b.Kind, b.Edge, b.Slope = flood.BoundaryOutflow, "east", round(l.slope, 6)
	b.From = round(math.Max(l.axis[last]-l.half[south][last]-more, 0), 0)
	b.To = round(math.Min(l.axis[last]+l.half[north][last]+more, c.p.Height), 0)
	return b
}

// part is a part of a river's catchment.
type part struct {
	area float64 // [m2]
}

// catchments divides what gets no direct rain, the hills and the lake, by the river, and the stretch of it, into which
// it drains. It asks for the same border as the flood model does, so that rain falls on each cell once.
func (c *county) catchments(direct [][2]float64) []flood.Catchment {
	l := c.land
	parts := make([][]part, len(l.rivers))
	at := make([]int32, len(l.z)) // place of a channel's cell along it
	for k, ch := range l.rivers {
		n := num.ClampInt(ch.area/catchmentSize, 1, catchmentMost)
		switch {
		case k == 0:
			n = mainParts
		case l.dam != nil && l.dam.river == k:
			n = 2 // above the dam and below
		}
		parts[k] = make([]part, n)
		for i, cell := range ch.cells {
			at[cell] = int32(i)
		}
	}
	near := l.distances(l.main, 2*l.main.width+2*l.grid.Cell)
	cell := float64(l.grid.Cell * l.grid.Cell)
	plain := ring(direct)
	for cc, root := range l.flow.root {
		k := l.flow.owner[root]
		if plain.Contains(l.centre(int32(cc))) && (l.dam == nil || !c.inLake[cc]) {
			continue
		}
		share := float64(at[root]) / float64(max(len(l.rivers[k].cells), 1))
		if k == 0 && near.dist[root] != far {
			share = float64(near.point[root]) / float64(len(l.main.line))
		}
		if l.dam != nil && int(k) == l.dam.river {
			share = 0
			if at[root] >= at[l.dam.outlet] {
				share = 0.5
			}
		}
		p := &parts[k][num.ClampInt(math.Floor(share*float64(len(parts[k]))), 0, len(parts[k])-1)]
		p.area += cell
	}
	joinSmall(parts, 4*cell)
	var out []flood.Catchment
	above := 0.0
	for k := range l.rivers {
		for i, p := range parts[k] {
			if p.area > 0 {
				x := c.catchment(k, i, len(parts[k]), p)
				if x.Reservoir != "" {
					above += p.area
				}
				out = append(out, x)
			}
		}
	}
	if above > 0 {
		out = append(out, c.sized("beyond", float64(damBeyond*above), damRain))
		out[len(out)-1].Reservoir = reservoirName
	}
	return out
}

// joinSmall adds parts of less than an area to the largest one of their river, or, where that is as small, of the main
// river.
func joinSmall(parts [][]part, least float64) {
	largest := func(list []part) *part {
		best := &list[0]
		for i := range list {
			if list[i].area > best.area {
				best = &list[i]
			}
		}
		return best
	}
	main := largest(parts[0])
	for k := range parts {
		to := largest(parts[k])
		if to.area < least {
			to = main
		}
		for i := range parts[k] {
			if p := &parts[k][i]; p != to && p.area < least {
				to.area += p.area
				p.area = 0
			}
		}
	}
}

// catchment makes one part of a river's catchment: its water comes out in the middle of its stretch, or in the
// reservoir.
func (c *county) catchment(k, i, of int, p part) flood.Catchment {
	out := c.middle(k, i, of)
	if c.aboveDam(k, out) {
		x := c.sized(catchmentName(k, i), p.area, damRain)
		x.Reservoir = reservoirName
		return x
	}
	x := c.sized(catchmentName(k, i), p.area, hillRain)
	x.Outlet = [][2]float64{pair(c.land.centre(out))}
	return x
}

func catchmentName(k, i int) string { return "w" + numeral(k) + "-" + numeral(i+1) }

// middle is the cell in the middle of one of so many stretches of a river; the dammed one has a stretch above the dam
// and one below it.
func (c *county) middle(k, i, of int) int32 {
	cells := c.land.rivers[k].cells
	if m := c.land.dam; m != nil && m.river == k {
		at := slices.Index(cells, m.outlet)
		if i == 0 {
			return cells[max(at, 0)/2]
		}
		return cells[(max(at, 0)+len(cells))/2]
	}
	return cells[min(num.Int((float64(i)+0.5)/float64(of)*float64(len(cells))), len(cells)-1)]
}

// sized returns a sub-catchment of an area [m2], with the lag and the first flow that belong to it.
func (c *county) sized(name string, area, rain float64) flood.Catchment {
	x := flood.DefaultCatchment()
	x.Name, x.RainFactor, x.Area = name, rain, round(area/1e6, 3)
	hours := float64(lagFactor * num.Pow(x.Area, lagExponent))
	x.Lag = sim.Duration(num.RoundInt(float64(hours*60))) * sim.Minute
	x.InitialFlow = round(baseRunoff*x.Area, 2)
	return x
}

// aboveDam says whether the water of a river's cell comes into the lake, on its way down this river and those that
// it joins.
func (c *county) aboveDam(k int, cell int32) bool {
	l := c.land
	if l.dam == nil {
		return false
	}
	for range len(l.rivers) { // rivers join larger ones, so that this ends
		ch := l.rivers[k]
		for _, at := range ch.cells[max(slices.Index(ch.cells, cell), 0):] {
			if c.inLake[at] {
				return true
			}
		}
		if cell = l.joins(ch); cell < 0 || ch.into <= 0 {
			return false
		}
		k = ch.into
	}
	return false
}

// markLake finds the cells inside the border around the basin.
func (c *county) markLake() {
	l := c.land
	c.inLake = make([]bool, len(l.z))
	lake := ring(c.lake())
	for cell := range c.inLake {
		c.inLake[cell] = lake.Contains(l.centre(int32(cell)))
	}
}

// ring is a border as a polygon.
func ring(border [][2]float64) geo.Polygon {
	var p geo.Polygon
	for _, at := range border {
		p = append(p, scenario.Point(at))
	}
	return p
}

// Names of the structures.
const (
	reservoirName = "qingxi-dam"
	gateName      = "qingxi-gate"
)

// reservoir is the lumped reservoir behind the dam.
func (c *county) reservoir() flood.Reservoir {
	l := c.land
	m := l.dam
	r := flood.DefaultReservoir()
	r.Name, r.Title = reservoirName, with(c.damName(), "水库大坝", " Reservoir Dam")
	r.Place = pair(m.at)
	r.Levels, r.Volumes = m.levels, m.store
	r.Level = round(m.normal-startBelow, 2)
	r.Release = [][2]float64{pair(l.centre(m.outlet))}
	r.Lake = c.lake()
	r.Dam.Crest, r.Dam.Length = round(m.crest, 2), round(math.Max(m.ends[0].Dist(m.ends[1]), l.grid.Cell), 0)
	r.Spillway.Crest = round(m.normal-spillBelow, 2)
	r.Spillway.Width = round(math.Max(spillShare*math.Sqrt(l.rivers[m.river].area)/2, 4), 0)
	g := flood.DefaultGate()
	g.Name, g.Title = gateName, with(c.damName(), "水库泄洪闸", " Reservoir Gate")
	g.Sill = round(m.normal-float64(gateBelow*m.height), 2)
	g.Width, g.Height = round(gateWidth*m.height, 0), round(gateHeight*m.height, 1)
	for g.Opening+gateStep <= 100 && g.Discharge(r.Level, (g.Opening+gateStep)/100) <= m.safe {
		g.Opening += gateStep // at the start room is made for the flood, as fast as the stream below carries it
	}
	r.Gates = []flood.Gate{g}
	r.Breach.Trigger, r.Breach.Level = flood.TriggerLevel, round(m.crest+overtopping, 2)
	r.Breach.Bottom = math.Max(round(m.foot+float64(0.1*m.height), 2), m.levels[0])
	return r
}

// damName is the name of the stream that is dammed.
func (c *county) damName() sim.Text { return c.land.rivers[c.land.dam.river].title }

// lake is a border around the basin: in every third row of cells from its western to its eastern end.
func (c *county) lake() [][2]float64 {
	l := c.land
	west, east := make([]int, l.grid.NY), make([]int, l.grid.NY)
	first, last := l.grid.NY, -1
	for j := range west {
		west[j], east[j] = l.grid.NX, -1
	}
	for _, cell := range l.dam.basin {
		i, j := l.grid.IJ(int(cell))
		west[j], east[j] = min(west[j], i), max(east[j], i)
		first, last = min(first, j), max(last, j)
	}
	half := float64(l.grid.Cell / 2)
	var left, right [][2]float64
	for j := first; j <= last; j++ {
		lo, hi := l.grid.Centre(west[j], j), l.grid.Centre(east[j], j)
		left = append(left, [2]float64{lo.X - half, lo.Y - half}, [2]float64{lo.X - half, lo.Y + half})
		right = append(right, [2]float64{hi.X + half, hi.Y - half}, [2]float64{hi.X + half, hi.Y + half})
	}
	for k := len(left) - 1; k >= 0; k-- {
		right = append(right, left[k])
	}
	return straighten(right)
}

// straighten leaves out the corners of a ring that lie on a line with their neighbours.
func straighten(ring [][2]float64) [][2]float64 {
	var out [][2]float64
	for k, p := range ring {
		a, b := ring[(k+len(ring)-1)%len(ring)], ring[(k+1)%len(ring)]
		if geo.Turn(scenario.Point(a), scenario.Point(p), scenario.Point(b)) != 0 {
			out = append(out, p)
		}
	}
	return out
}
