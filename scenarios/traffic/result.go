package traffic

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/road"
)

// Result is what came of a run.
type Result struct {
	Nodes    int     `json:"nodes"`
	Links    int     `json:"links"`
	Edges    int     `json:"edges"`
	LaneKM   float64 `json:"lane_km"`
	Vehicles int     `json:"vehicles"`
	LeftOut  LeftOut `json:"left_out"`

	In       int64   `json:"in"` // have set out
	Out      int64   `json:"out"`
	Inside   int64   `json:"inside"`
	Waiting  int64   `json:"waiting"`
	Stranded int64   `json:"stranded"`
	End      float64 `json:"end_s"` // when the run ended

	T50       *float64 `json:"t50_s"` // when that share of all vehicles has arrived; null when it has not
	T90       *float64 `json:"t90_s"`
	T95       *float64 `json:"t95_s"`
	T99       *float64 `json:"t99_s"`
	Clearance *float64 `json:"clearance_s"` // when all have

	MeanTrip   float64 `json:"mean_trip_s"`   // on links, of those that have set out
	MeanWait   float64 `json:"mean_wait_s"`   // to enter, of those that have set out
	MeanMetres float64 `json:"mean_metres"`   // of those that have arrived
	Entries    int64   `json:"link_entries"`  // vehicles onto links
	Most       int64   `json:"most_at_once"`  // vehicles inside and waiting
	Record     int64   `json:"record_bytes"`  // of one vehicle under way
	Bytes      float64 `json:"vehicle_bytes"` // of everything that grows with the vehicles, for each vehicle of the case
	LinkBytes  int64   `json:"link_bytes"`    // of the state of all links
	WayBytes   int64   `json:"way_bytes"`     // of the trees of ways

	Locked bool       `json:"locked"`
	Rings  []RingInfo `json:"rings"`
	Cycles []RingInfo `json:"cycles"` // rings that are there at the end
}

// RingInfo is a ring of full links as it is told.
type RingInfo struct {
	At    float64  `json:"at_s"`
	Links int      `json:"links"`
	Edges []string `json:"edges"` // in the order in which each waits for the next, or one of them
	X     float64  `json:"x_m"`   // middle of the ring
	Y     float64  `json:"y_m"`
}

// Result returns what has come of the run so far.
func (r *Run) Result() Result {
	c, t := r.Case, r.Tally()
	v := Result{Nodes: len(c.Nodes), Links: len(c.Links), Edges: len(c.Edges), Vehicles: len(c.Trips), LeftOut: c.LeftOut,
		In: t.In, Out: t.Out, Inside: t.Inside, Waiting: t.Waiting, Stranded: t.Stranded, End: r.Now().Seconds(),
		Most: r.most, Locked: r.Locked, Rings: []RingInfo{}}
	for _, e := range c.Edges {
		link, _ := e.Arc.Link()
		v.LaneKM += r.Roads.Network().Length(link) * float64(c.Links[link].Lanes) / 1000
		v.Entries += r.Roads.Counts(e.Arc).Entered
	}
	for _, q := range []struct {
		share float64
		at    **float64
	}{{0.5, &v.T50}, {0.9, &v.T90}, {0.95, &v.T95}, {0.99, &v.T99}, {1, &v.Clearance}} {
		*q.at = r.Quantile(q.share)
	}
	if n := float64(t.In); n > 0 {
		v.MeanTrip, v.MeanWait = r.inside/n, r.waiting/n
	}
	for _, a := range r.Arrived {
		v.MeanMetres += a.Metres / float64(len(r.Arrived))
	}
	var movers int64
	v.Record, movers, v.LinkBytes, v.WayBytes = r.Roads.Memory()
	v.Bytes = float64(movers) / float64(max(len(c.Trips), 1))
	for _, g := range r.Rings {
		v.Rings = append(v.Rings, r.ring(g))
	}
	v.Cycles = r.cycles()
	return v
}

// Quantile returns when that share of all vehicles of the case has arrived [s]; nil when it has not.
func (r *Run) Quantile(share float64) *float64 {
	n := int(math.Ceil(share * float64(len(r.Case.Trips))))
	if n < 1 || n > len(r.Arrived) {
		return nil
	}
	at := r.Arrived[n-1].At.Seconds()
	return &at
}

// ring tells a ring in the words of the case.
func (r *Run) ring(g Ring) RingInfo {
	c := r.Case
	v := RingInfo{At: g.At.Seconds(), Links: g.Links}
	arcs := g.Arcs
	if len(arcs) == 0 {
		arcs = []sim.Arc{sim.ArcOf(g.Link, false)}
		if c.EdgeOf(arcs[0]) < 0 {
			arcs[0] = sim.ArcOf(g.Link, true)
		}
	}
	var middle geo.Point
	for _, arc := range arcs {
		v.Edges = append(v.Edges, c.EdgeName(arc))
		tail, _ := c.Ends(arc)
		middle = middle.Add(c.Nodes[tail].At)
	}
	v.X, v.Y = middle.X/float64(len(arcs)), middle.Y/float64(len(arcs))
	return v
}

// cycles tells the rings that stand now.
func (r *Run) cycles() []RingInfo {
	list := []RingInfo{} // an empty list in JSON, and no null
	for _, s := range r.Roads.Rings() {
		list = append(list, r.ring(Ring{At: s.Closed, Links: len(s.Links), Arcs: s.Links}))
	}
	return list
}

// Balanced says whether in = out + inside + waiting + stranded.
func Balanced(t road.Tally) bool { return t.In == t.Out+t.Inside+t.Waiting+t.Stranded }
