package traffic

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"sandtable/sim"
	"sandtable/sim/road"
)

// samples is how often in a period the cars on each link are counted, but at most every second.
const samples = 300

// Flows is a watcher that keeps what each link carries in each period.
type Flows struct {
	Every   sim.Duration // length of a period, in whole seconds
	Periods []sim.Time   // when each ends
	Rows    []Flow       // those of period p and edge k at p·edges + k

	start  sim.Time
	last   []road.Counts // at the start of the period
	along  []float64     // then, how far the cars on each edge had come [m]
	spent  []int64       // cars on each edge, summed over the samples
	counts int64         // samples
}

// Flow is what one edge carried in one period.
type Flow struct {
	In, Out int64   // cars that came onto it, vehicles that left it
	Density float64 // cars on it, by time [veh/km]
	Speed   float64 // of those on it (Edie): distance over time [m/s]; 0 when there were none
	Queue   int     // vehicles that stand at its end when the period ends
}

// NewFlows begins to keep flows; the period is held to whole seconds.
func NewFlows(every sim.Duration) *Flows {
	return &Flows{Every: max(every/sim.Second, 1) * sim.Second}
}

// Watch counts cars, and closes the period when it is over.
func (w *Flows) Watch(r *Run) {
	edges := r.Case.Edges
	if w.last == nil {
		w.last, w.along, w.spent = make([]road.Counts, len(edges)), make([]float64, len(edges)), make([]int64, len(edges))
	}
	now := r.Now()
	if gap := max(w.Every/samples/sim.Second, 1) * sim.Second; now%sim.Time(gap) == 0 {
		w.counts++
		for k, e := range edges {
			w.spent[k] += r.Roads.Counts(e.Arc).On
		}
	}
	if now.Sub(w.start) >= w.Every {
		w.Close(r)
	}
}

// Close ends the period that is under way; at the end of a run it is a short one.
func (w *Flows) Close(r *Run) {
	now := r.Now()
	span := now.Sub(w.start).Seconds()
	if span == 0 {
		return
	}
	for k, e := range r.Case.Edges {
		c := r.Roads.Counts(e.Arc)
		link, _ := e.Arc.Link()
		km := r.Roads.Network().Length(link) / 1000
		f := Flow{In: c.Entered - w.last[k].Entered, Out: c.Left - w.last[k].Left, Queue: r.Roads.Queued(e.Arc)}
		if w.counts > 0 {
			f.Density = float64(w.spent[k]) / float64(w.counts) / km
		}
		along := r.Roads.Along(e.Arc)
		if time := f.Density * km * span; time > 0 {
			distance := float64(f.Out)*km*1000 + along - w.along[k]
			f.Speed = min(max(distance/time, 0), r.Case.Links[link].Speed)
		}
		w.Rows = append(w.Rows, f)
		w.last[k], w.along[k], w.spent[k] = c, along, 0
	}
	w.Periods = append(w.Periods, now)
	w.start, w.counts = now, 0
}

// rate returns the vehicles that left an edge in period p [veh/h].
func (w *Flows) rate(p int, f *Flow) float64 {
	start := sim.Time(0)
	if p > 0 {
		start = w.Periods[p-1]
	}
	return float64(f.Out) / w.Periods[p].Sub(start).Hours()
}

// WriteCSV writes a row for each period and edge on which there was anybody.
func (w *Flows) WriteCSV(to io.Writer, c *Case) error {
	out := bufio.NewWriter(to)
	buf := []byte("end_s,edge,entered,left,flow_vph,speed_mps,density_vpkm,queue\n")
	for p, end := range w.Periods {
		for k := range c.Edges {
			f := &w.Rows[p*len(c.Edges)+k]
			if *f == (Flow{}) {
				continue
			}
			buf = appendFixed(buf, end.Seconds(), 0)
			buf = appendCell(append(buf, ','), c.Edges[k].Name)
			buf = fmt.Appendf(buf, ",%d,%d,%.1f,%.2f,%.2f,%d\n", f.In, f.Out, w.rate(p, f), f.Speed, f.Density, f.Queue)
			if _, err := out.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	if _, err := out.Write(buf); err != nil { // the heading of an empty table
		return err
	}
	return out.Flush()
}

// flowProperties are the attributes of an edge: lists have one entry for each period.
type flowProperties struct {
	Edge    string     `json:"edge"`
	Lanes   int        `json:"lanes"`
	Speed   float64    `json:"free_speed_mps"`
	Vehicle int64      `json:"vehicles"` // in all
	Most    float64    `json:"most_vph"`
	Flow    []float64  `json:"flow_vph"`
	Mean    []*float64 `json:"speed_mps"` // null in a period without anybody, which 0 for a standing queue is not
	Density []float64  `json:"density_vpkm"`
	Queue   []int      `json:"queue"`
}

// WriteGeoJSON writes the edges that anybody used as lines with their flows by period. Coordinates are the case's own
// [m], which GeoJSON allows by agreement between the parties (RFC 7946, 4); the ends of the periods stand in the head.
func (w *Flows) WriteGeoJSON(to io.Writer, c *Case) error {
	out := bufio.NewWriter(to)
	ends := make([]float64, len(w.Periods))
	for p, end := range w.Periods {
		ends[p] = end.Seconds()
	}
	head, err := json.Marshal(ends)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `{"type":"FeatureCollection","coordinates_note":"metres of the case","period_end_s":%s,`+
		`"features":[`, head)
	comma := ""
	for k, e := range c.Edges {
		p := w.properties(c, k)
		if p.Vehicle == 0 {
			continue
		}
		props, err := json.Marshal(p)
		if err != nil {
			return err
		}
		tail, head := c.Ends(e.Arc)
		a, b := c.Nodes[tail].At, c.Nodes[head].At
		fmt.Fprintf(out, "%s\n"+`{"type":"Feature","geometry":{"type":"LineString","coordinates":[[%g,%g],[%g,%g]]},`+
			`"properties":%s}`, comma, a.X, a.Y, b.X, b.Y, props)
		comma = ","
	}
	fmt.Fprint(out, "\n]}\n")
	return out.Flush()
}

// properties gathers what edge k carried.
func (w *Flows) properties(c *Case, k int) flowProperties {
	link, _ := c.Edges[k].Arc.Link()
	p := flowProperties{Edge: c.Edges[k].Name, Lanes: c.Links[link].Lanes, Speed: c.Links[link].Speed}
	round := func(x float64) float64 { return math.Round(x*100) / 100 }
	for period := range w.Periods {
		f := &w.Rows[period*len(c.Edges)+k]
		rate := round(w.rate(period, f))
		p.Vehicle += f.In
		p.Most = max(p.Most, rate)
		p.Flow, p.Mean = append(p.Flow, rate), append(p.Mean, nil)
		if *f != (Flow{}) {
			speed := round(f.Speed)
			p.Mean[period] = &speed
		}
		p.Density, p.Queue = append(p.Density, round(f.Density)), append(p.Queue, f.Queue)
	}
	return p
}
