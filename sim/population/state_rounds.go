package population

import (
	"fmt"

	"sandtable/sim"
)

// appendRounds saves who goes from door to door, and what the lines are busy with.
func (p *People) appendRounds(e *sim.Encoder) {
	e.Len(len(p.line))
	for _, t := range p.line {
		e.Time(t)
	}
	e.Len(len(p.rounds))
	for i := range p.rounds {
		r := &p.rounds[i]
		for _, n := range [...]int32{r.Serial, r.Also, int32(r.Post), r.Next, r.Workers, r.Doors, r.Found} {
			e.I32(n)
		}
		e.Bool(r.Search)
		e.Bool(r.Over)
		e.Time(r.Told)
		e.Time(r.Done)
		e.Len(len(r.Left))
		for _, l := range r.Left {
			e.I32(l.Stop)
			e.Time(l.From)
		}
	}
	e.Len(len(p.search))
	for _, k := range p.search {
		e.I32(k)
	}
	e.Len(len(p.crews))
	for _, c := range p.crews {
		e.I32(c.Size)
		e.I32(c.Busy)
	}
	e.Len(len(p.workers))
	for i := range p.workers {
		w := &p.workers[i]
		for _, n := range [...]int32{int32(w.Post), w.Round, w.From, w.To, w.Door, int32(w.Node)} {
			e.I32(n)
		}
		e.Time(w.Due)
		e.F64(w.At.X)
		e.F64(w.At.Y)
	}
}

func (p *People) loadRounds(d *sim.Decoder) {
	if d.Fixed(len(p.line), "posts and channels") {
		for k := range p.line {
			p.line[k] = d.Time()
		}
	}
	p.rounds = p.rounds[:0]
	for range d.Len(7*4 + 2 + 2*8) {
		r := round{Serial: d.Index(len(p.broadcasts), "broadcast"),
			Also: d.Index(len(p.broadcasts), "broadcast"), Post: sim.PostID(d.Index(len(p.crews), "post")),
			Next: d.I32(), Workers: d.I32(), Doors: d.I32(), Found: d.I32(), Search: d.Bool(), Over: d.Bool(), Told: d.Time(),
			Done: d.Time()}
		for range d.Len(12) {
			r.Left = append(r.Left, left{d.I32(), d.Time()})
		}
		p.rounds = append(p.rounds, r)
	}
	if d.Fixed(len(p.search), "zones") {
		for z := range p.search {
			p.search[z] = d.Index(len(p.rounds), "round")
		}
	}
	if d.Fixed(len(p.crews), "posts") {
		for k := range p.crews {
			p.crews[k] = crew{d.I32(), d.I32()}
		}
	}
	p.workers = p.workers[:0]
	for range d.Len(6*4 + 3*8) {
		w := worker{Post: sim.PostID(d.Index(len(p.crews), "post")), Round: d.Index(len(p.rounds), "round"), From: d.I32(),
			To: d.I32(), Door: d.I32(), Node: sim.NodeID(d.Index(len(p.sc.Nodes), "node")), Due: d.Time()}
		w.At.X, w.At.Y = d.F64(), d.F64()
		p.workers = append(p.workers, w)
	}
}

// deriveRounds finds what follows from rounds and guests.
func (p *People) deriveRounds() {
	for post := range p.active {
		p.active[post] = p.active[post][:0]
	}
	for k := range p.rounds {
		if r := &p.rounds[k]; !r.Over {
			p.active[r.Post] = append(p.active[r.Post], int32(k))
		}
	}
	p.stayers.clear()
	for _, q := range p.guests.list {
		p.noteGuest(q)
	}
}

// checkRounds compares rounds, workers and crews with each other.
func (p *People) checkRounds() error {
	on, out := make([]int32, len(p.rounds)), make([]int32, len(p.crews))
	for k := range p.workers {
		w := &p.workers[k]
		if w.Post < 0 {
			continue
		}
		out[w.Post]++
		if w.Round < 0 {
			continue
		}
		on[w.Round]++
		r := &p.rounds[w.Round]
		if stops := p.stopsOf(r); r.Post != w.Post || w.From < 0 || w.From > w.To || w.To > stops || w.Door < 0 ||
			!w.At.Finite() || w.From < w.To && w.Door >= p.stopOf(r, w.From).doors() {
			return fmt.Errorf("worker %d: %+v on round %+v with %d stops", k, *w, *r, stops)
		}
	}
	for k := range p.rounds {
		r := &p.rounds[k]
		stops := p.stopsOf(r)
		if r.Serial < 0 || r.Post < 0 || p.sites.Zone[p.broadcasts[r.Serial].Zone].Post != r.Post || on[k] != r.Workers ||
			r.Next < 0 || r.Next > stops || r.Doors < 0 || r.Found < 0 {
			return fmt.Errorf("round %d: %+v with %d stops and %d workers", k, *r, stops, on[k])
		}
		for _, l := range r.Left {
			if l.Stop < 0 || l.Stop >= stops {
				return fmt.Errorf("round %d leaves stop %d of %d", k, l.Stop, stops)
			}
		}
	}
	for post, c := range p.crews {
		if c.Size < 0 || c.Busy < out[post] {
			return fmt.Errorf("post %d has %d workers, %d busy, and %d are out on rounds", post, c.Size, c.Busy, out[post])
		}
	}
	return nil
}

// stopOf returns a stop of a round.
func (p *People) stopOf(r *round, k int32) stop {
	return p.tourOf(p.broadcasts[r.Serial].Zone).stops[k]
}

// stopsOf returns how many stops a round has.
func (p *People) stopsOf(r *round) int32 {
	if r.Serial < 0 {
		return 0
	}
	return int32(len(p.tourOf(p.broadcasts[r.Serial].Zone).stops))
}
