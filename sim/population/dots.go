package population

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// The count grid: side of its cells [m] unless the map is so large that there would be more than countMost in a row.
const (
	countCell = 250
	countMost = 512
)

// cells know which parties stand in which cell of the count grid, so that a picture costs what it shows. They follow
// from the state and are not saved.
type cells struct {
	grid    geo.Grid
	head    []int32 // first party of each cell, or -1
	next    []int32 // by party
	prev    []int32 // by party
	of      []int32 // cell of each party, or -1
	persons []int32 // in each cell
	danger  []int32 // of them stranded
}

func (c *cells) init(p *People) {
	g := p.sc.Terrain.Grid
	side := float64(countCell)
	bounds := g.Bounds()
	side = max(side, bounds.Width()/countMost, bounds.Height()/countMost)
	c.grid = geo.Grid{
		NX: max(1, num.CeilInt(bounds.Width()/side)), NY: max(1, num.CeilInt(bounds.Height()/side)),
		Cell: side, Origin: g.Origin,
	}
	n := c.grid.Len()
	c.head, c.persons, c.danger = make([]int32, n), make([]int32, n), make([]int32, n)
	parties := len(p.roll.entry)
	c.next, c.prev, c.of = make([]int32, parties), make([]int32, parties), make([]int32, parties)
	c.clear()
}

// clear takes every party out.
func (c *cells) clear() {
	for k := range c.head {
		c.head[k], c.persons[k], c.danger[k] = -1, 0, 0
	}
	for q := range c.of {
		c.of[q] = -1
	}
}

// where returns where a party stands that this package can place: not on the network, in a unit that moves, outside or
// dead.
func (p *People) where(q sim.PartyID) (geo.Point, bool) {
	switch p.holder[q].Kind {
	case sim.KindBuilding:
		return p.sc.Buildings[p.holder[q].ID].At, true
	case sim.KindShelter, sim.KindAssembly:
		return p.goalPlace(p.holder[q]), true
	case sim.KindStreet, sim.KindVehicle:
		h := p.kin.head(q)
		return p.trip[h].At, p.flags[h]&partyOnNetwork == 0
	case sim.KindUnit:
		return p.trip[p.kin.head(q)].At, p.stage[q] == sim.StageStranded
	}
	return geo.Point{}, false
}

// hide takes a party, and all who ride with it, out of the count grid, before they change.
func (p *People) hide(q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.hideOne(r)
	}
}

func (p *People) hideOne(q sim.PartyID) {
	c := &p.cells
	k := c.of[q]
	if k < 0 {
		return
	}
	c.persons[k] -= p.alive[q]
	if p.stage[q] == sim.StageStranded {
		c.danger[k] -= p.alive[q]
	}
	if c.prev[q] >= 0 {
		c.next[c.prev[q]] = c.next[q]
	} else {
		c.head[k] = c.next[q]
	}
	if c.next[q] >= 0 {
		c.prev[c.next[q]] = c.prev[q]
	}
	c.of[q] = -1
}

// show puts a party, and all who ride with it, into the count grid, after they have changed.
func (p *People) show(q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.showOne(r)
	}
}

func (p *People) showOne(q sim.PartyID) {
	at, ok := p.where(q)
	if !ok || p.alive[q] == 0 {
		return
	}
	c := &p.cells
	i, j := c.grid.ClampIJ(at)
	k := int32(c.grid.Index(i, j))
	c.of[q] = k
	c.persons[k] += p.alive[q]
	if p.stage[q] == sim.StageStranded {
		c.danger[k] += p.alive[q]
	}
	c.prev[q], c.next[q] = -1, c.head[k]
	if c.head[k] >= 0 {
		c.prev[c.head[k]] = int32(q)
	}
	c.head[k] = int32(q)
}

// Dots fills what a picture of the view shows of the people: parties off the network one by one when near, counts per
// cell when far, and the zones' counts; whether a zone was ordered to leave is left to who knows.
func (p *People) Dots(view sim.View, s *sim.Snapshot) {
	s.Parties, s.Cells = s.Parties[:0], s.Cells[:0]
	g := p.cells.grid
	i0, j0 := g.ClampIJ(view.Rect.Min)
	i1, j1 := g.ClampIJ(view.Rect.Max)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			k := g.Index(i, j)
			switch {
			case p.cells.persons[k] == 0:
			case view.Zoom < sim.SnapshotCounts:
				s.Cells = append(s.Cells, sim.CellCount{
					At: g.Centre(i, j), Persons: p.cells.persons[k], Danger: p.cells.danger[k],
				})
			default:
				p.dotsIn(k, view.Rect, s)
			}
		}
	}
	for len(s.Zones) < len(p.counts.zone) {
		s.Zones = append(s.Zones, sim.ZoneDot{})
	}
	s.Zones = s.Zones[:len(p.counts.zone)]
	for z := range s.Zones {
		c, d := &p.counts.zone[z], &s.Zones[z]
		d.Persons, d.Warned, d.Left, d.Caught = int32(c.Persons), int32(c.Warned), int32(c.Left), int32(c.Caught)
	}
	s.Total = p.counts.total
}

// dotsIn adds the parties of one cell that lie in the rectangle.
func (p *People) dotsIn(k int, rect geo.Rect, s *sim.Snapshot) {
	for q := p.cells.head[k]; q >= 0; q = p.cells.next[q] {
		at, _ := p.where(sim.PartyID(q))
		if rect.Contains(at) {
			s.Parties = append(s.Parties, sim.PartyDot{
				Party: sim.PartyID(q), At: at, Persons: p.alive[q], Stage: p.stage[q],
				Stranded: p.stage[q] == sim.StageStranded,
			})
		}
	}
}

// check compares the count grid with a recount.
func (c *cells) check(p *People) error {
	persons, danger := make([]int32, len(c.head)), make([]int32, len(c.head))
	for q := range c.of {
		_, ok := p.where(sim.PartyID(q))
		if shown := ok && p.alive[q] > 0; shown != (c.of[q] >= 0) {
			return fmt.Errorf("population: party %d: shown %v; it should be %v", q, c.of[q] >= 0, shown)
		}
		if c.of[q] >= 0 {
			persons[c.of[q]] += p.alive[q]
			if p.stage[q] == sim.StageStranded {
				danger[c.of[q]] += p.alive[q]
			}
		}
	}
	for k := range persons {
		if persons[k] != c.persons[k] || danger[k] != c.danger[k] {
			return fmt.Errorf("population: cell %d of the count grid: %d persons, %d in danger; a recount gives %d and %d",
				k, c.persons[k], c.danger[k], persons[k], danger[k])
		}
	}
	return nil
}
