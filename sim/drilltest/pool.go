package drilltest

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Pool is a hazard whose water is written down: from a time on, a rectangle has a depth and a velocity. It obeys no
// physics, so that a test knows the water to the millimetre.
type Pool struct {
	Steps []PoolStep
	Rain  []PoolRain // at rising times
	Sees  sim.Outlook
	Rise  float64 // member number m of a forecast has the water m times so much deeper [m], and the rain m times stronger
}

// PoolRain is the rain on the whole map from a time on.
type PoolRain struct {
	At   sim.Duration
	Rate float64 // [mm/h]
}

// scripted is a pool as the specification of a hazard: a plain value, which no file is read into.
type scripted struct{ *Pool }

// PoolStep sets the water of the cells whose centres lie in a rectangle. A later step overrules an earlier one.
type PoolStep struct {
	At     sim.Duration
	Rect   geo.Rect
	Depth  float64 // [m]
	VX, VY float64 // [m/s]
}

// Version names the model.
func (p *Pool) Version() string { return "pool-1" }

// Structures lists none.
func (p *Pool) Structures() []sim.StructureSpec { return nil }

// Check finds nothing wrong.
func (p *Pool) Check(*sim.Terrain) []sim.Problem { return nil }

// New makes the hazard.
func (p *Pool) New(env sim.HazardEnv) (sim.Hazard, error) {
	w := p.make(env.Terrain.Grid, 0)
	return w, nil
}

// Outlook is that of the drill's forecast line.
func (p *Pool) Outlook() sim.Outlook { return p.Sees }

func (p *Pool) make(grid geo.Grid, member int) *pool {
	w := &pool{spec: p, grid: grid, member: member}
	for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
		w.layers = append(w.layers, sim.NewLayer(sim.LayerKey{Quantity: q}, w.grid))
	}
	if len(p.Rain) > 0 {
		coarse := geo.Grid{Origin: grid.Origin, NX: 1, NY: 1, Cell: grid.Cell * float64(max(grid.NX, grid.NY))}
		w.rain = sim.NewLayer(sim.LayerKey{Quantity: sim.QRain}, coarse)
	}
	return w
}

type pool struct {
	spec   *Pool
	grid   geo.Grid
	layers []*sim.Layer
	rain   *sim.Layer // nil when it never rains
	now    sim.Time
	member int
}

func (w *pool) Interval() sim.Duration { return 30 * sim.Second }

func (w *pool) Layers() []*sim.Layer {
	if w.rain != nil {
		return append(w.layers[:len(w.layers):len(w.layers)], w.rain)
	}
	return w.layers
}

func (w *pool) Outlook() sim.Outlook { return w.spec.Sees }

func (w *pool) Ahead(_, member int) (sim.Hazard, error) {
	o := w.spec.make(w.grid, member)
	o.now = w.now
	return o, nil
}

func (w *pool) Advance(to sim.Time) error {
	w.now = to
	return nil
}

func (w *pool) Publish() {
	for c := range w.grid.Len() {
		i, j := w.grid.IJ(c)
		var v [3]int32
		for _, s := range w.spec.Steps {
			if sim.Time(s.At) <= w.now && s.Rect.Contains(w.grid.Centre(i, j)) {
				depth := s.Depth + float64(float64(w.member)*w.spec.Rise)
				v = [3]int32{num.Int32(num.Round(depth * 1000)), num.Int32(num.Round(s.VX * 1000)),
					num.Int32(num.Round(s.VY * 1000))}
			}
		}
		for k, l := range w.layers {
			l.Set(c, v[k])
		}
	}
	if w.rain != nil {
		w.rain.Set(0, num.Int32(num.Round(w.fell()/w.Interval().Hours()*1000)))
	}
}

// fell is the rain since the last publication [mm].
func (w *pool) fell() float64 {
	from, sum := w.now.Add(-w.Interval()), 0.0
	for i, r := range w.spec.Rain {
		a, b := max(sim.Time(r.At), from), w.now
		if i+1 < len(w.spec.Rain) {
			b = min(b, sim.Time(w.spec.Rain[i+1].At))
		}
		if a < b {
			sum += float64(r.Rate * b.Sub(a).Hours())
		}
	}
	return sum * (1 + float64(float64(w.member)*w.spec.Rise))
}

func (w *pool) Refuse(sim.StructureChange, []sim.StructureChange) sim.Text {
	return sim.Text{ZH: "水池没有工程", EN: "the pool has no structures"}
}

func (w *pool) Apply(sim.StructureChange) {}

func (w *pool) Ledger() sim.Ledger { return sim.Ledger{Unit: "m3"} }

func (w *pool) AppendState(e *sim.Encoder) { e.Time(w.now) }

func (w *pool) LoadState(d *sim.Decoder) { w.now = d.Time() }
