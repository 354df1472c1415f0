package traffic

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/road"
)

// SpaceTime is a watcher that counts the vehicles at the ends of the links of a path, from which follows how many have
// passed every place in between.
type SpaceTime struct {
	Path  []sim.Arc
	Every sim.Duration // between two counts

	times []sim.Time
	in    [][]int64 // cars that have come onto each link, by count
	out   [][]int64 // vehicles that have left it
}

// NewSpaceTime begins to count along a path.
func NewSpaceTime(path []sim.Arc) *SpaceTime {
	return &SpaceTime{Path: path, Every: 5 * sim.Second, times: []sim.Time{0}, in: [][]int64{make([]int64, len(path))},
		out: [][]int64{make([]int64, len(path))}}
}

// Watch counts when it is time to.
func (w *SpaceTime) Watch(r *Run) {
	if r.Now()%sim.Time(w.Every) != 0 {
		return
	}
	in, out := make([]int64, len(w.Path)), make([]int64, len(w.Path))
	for k, arc := range w.Path {
		c := r.Roads.Counts(arc)
		in[k], out[k] = c.Entered, c.Left
	}
	w.times, w.in, w.out = append(w.times, r.Now()), append(w.in, in), append(w.out, out)
}

// Field is density and speed over distance and time: the value of column i (time) and row j (distance) stands at
// j·Columns + i.
type Field struct {
	Columns, Rows int
	Cell          float64   // length of a row [m]
	Span          float64   // of a column [s]
	Density       []float64 // in each lane [veh/km]
	Speed         []float64 // over the free speed [-]; NaN where there is nobody
	Starts        []float64 // of the links of the path [m], and its end

	flow []float64 // in each lane [veh/h]
	free []float64 // speed, by row [m/s]
}

// Size of a field.
const (
	fieldColumns = 400
	fieldRows    = 240
)

// Field works out density and speed by Newell's kinematic wave: the vehicles that have passed the place x of a link by
// the time t are the lesser of those that came onto it a free drive earlier, A(t - x/v), and those that left it a
// backward wave earlier, with those that have room in between, D(t - (L-x)/w) + k·(L-x). Density is how that number
// falls with distance, flow how it grows with time.
func (w *SpaceTime) Field(c *Case, net *road.Network) Field {
	f := Field{Starts: []float64{0}}
	for _, arc := range w.Path {
		link, _ := arc.Link()
		f.Starts = append(f.Starts, f.Starts[len(f.Starts)-1]+net.Length(link))
	}
	last := w.last()
	total, end := f.Starts[len(w.Path)], w.times[last].Seconds()
	f.Columns, f.Rows = max(min(fieldColumns, last), 1), fieldRows
	f.Cell, f.Span = total/float64(f.Rows), end/float64(f.Columns)
	k := 0
	for j := range f.Rows {
		middle := (float64(j) + 0.5) * f.Cell
		for k+1 < len(w.Path) && f.Starts[k+1] <= middle {
			k++
		}
		w.row(&f, c, net, j, k)
	}
	f.speeds()
	return f
}

// Neighbours of a cell over which its speed is taken, to either side: single vehicles lie between cells.
const (
	nearColumns = 3
	nearRows    = 2
)

// speeds divides flow by density around each cell; where there is less than a vehicle to 500 m of lane, nobody is
// there.
func (f *Field) speeds() {
	const least = 2.0 // on the average around a cell [veh/km]
	f.Speed = make([]float64, len(f.Density))
	for j := range f.Rows {
		for i := range f.Columns {
			flow, free, sum, cells := 0.0, 0.0, 0.0, 0.0
			for y := max(j-nearRows, 0); y <= min(j+nearRows, f.Rows-1); y++ {
				for x := max(i-nearColumns, 0); x <= min(i+nearColumns, f.Columns-1); x++ {
					k := y*f.Columns + x
					flow, free = flow+f.flow[k], free+f.Density[k]*f.free[y]
					sum, cells = sum+f.Density[k], cells+1
				}
			}
			k := j*f.Columns + i
			f.Speed[k] = math.NaN()
			if f.Density[k] > 0 && sum >= least*cells {
				f.Speed[k] = min(max(flow/(3.6*free), 0), 1)
			}
		}
	}
}

// row works out a row of the field, whose middle lies on link k of the path: over the row, or what of it lies on that
// link, but no less than a car's length.
func (w *SpaceTime) row(f *Field, c *Case, net *road.Network, j, k int) {
	link, _ := w.Path[k].Link()
	l := &c.Links[link]
	length := net.Length(link)
	from := max(float64(j)*f.Cell-f.Starts[k], 0)
	to := min(float64(j+1)*f.Cell-f.Starts[k], length)
	jam := float64(net.Storage(link)) / length // [veh/m]
	passed := func(x, t float64) float64 {
		in := w.at(w.in, k, t-x/l.Speed)
		return math.Min(in, w.at(w.out, k, t-(length-x)/road.WaveSpeed)+jam*(length-x))
	}
	for i := range f.Columns {
		t0, t1 := float64(i)*f.Span, float64(i+1)*f.Span
		density := (passed(from, t0) - passed(to, t0) + passed(from, t1) - passed(to, t1)) / 2 / (to - from)
		flow := (passed(from, t1) - passed(from, t0) + passed(to, t1) - passed(to, t0)) / 2 / f.Span
		f.Density = append(f.Density, max(density, 0)*1000/float64(l.Lanes))
		f.flow = append(f.flow, flow*3600/float64(l.Lanes))
	}
	f.free = append(f.free, l.Speed)
}

// last returns the number of the first count after which nothing on the path changes any more.
func (w *SpaceTime) last() int {
	n := len(w.times) - 1
	for k := n; k > 0; k-- {
		for link := range w.Path {
			if w.in[k][link] != w.in[k-1][link] || w.out[k][link] != w.out[k-1][link] {
				return k
			}
		}
	}
	return max(n, 0)
}

// at returns a count of link k at an instant [s], in between as if vehicles came evenly.
func (w *SpaceTime) at(counts [][]int64, k int, t float64) float64 {
	x := t / w.Every.Seconds()
	switch i := int(math.Floor(x)); {
	case x <= 0:
		return 0
	case i >= len(counts)-1:
		return float64(counts[len(counts)-1][k])
	default:
		a, b := float64(counts[i][k]), float64(counts[i+1][k])
		return a + (b-a)*(x-float64(i))
	}
}

// LoadedPath returns the way, of those that trips would take at free speed, over which the most vehicle-metres go.
func (r *Run) LoadedPath() []sim.Arc {
	ways := r.ways()
	load := make([]float64, 2*len(r.Case.Links)+1)
	for _, way := range ways {
		for _, arc := range way {
			load[arc]++
		}
	}
	var best []sim.Arc
	most := 0.0
	for _, way := range ways {
		sum := 0.0
		for _, arc := range way {
			link, _ := arc.Link()
			sum += load[arc] * r.Roads.Network().Length(link)
		}
		if sum > most {
			best, most = way, sum
		}
	}
	return best
}

// PathOf returns the arcs of edges that follow each other.
func (c *Case) PathOf(names []string) ([]sim.Arc, error) {
	var path []sim.Arc
	for _, name := range names {
		k := c.EdgeNamed(name)
		if k < 0 {
			return nil, sim.Fail("没有路段 %q；应为本例的路段", "no edge %q; want one of the case", name)
		}
		arc := c.Edges[k].Arc
		if n := len(path); n > 0 {
			_, end := c.Ends(path[n-1])
			if begin, _ := c.Ends(arc); begin != end {
				return nil, sim.Fail("路段 %q 不接在 %q 之后；应首尾相接", "edge %q does not follow %q; want edges that join", name,
					c.EdgeName(path[n-1]))
			}
		}
		path = append(path, arc)
	}
	return path, nil
}
