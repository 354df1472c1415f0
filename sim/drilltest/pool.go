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
	w := &pool{spec: p, grid: env.Terrain.Grid}
	for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
		w.layers = append(w.layers, sim.NewLayer(sim.LayerKey{Quantity: q}, w.grid))
	}
	return w, nil
}

type pool struct {
	spec   *Pool
	grid   geo.Grid
	layers []*sim.Layer
	now    sim.Time
}

func (w *pool) Interval() sim.Duration { return 30 * sim.Second }

func (w *pool) Layers() []*sim.Layer { return w.layers }

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
				v = [3]int32{num.Int32(num.Round(s.Depth * 1000)), num.Int32(num.Round(s.VX * 1000)),
					num.Int32(num.Round(s.VY * 1000))}
			}
		}
		for k, l := range w.layers {
			l.Set(c, v[k])
		}
	}
}

func (w *pool) Refuse(sim.StructureChange, []sim.StructureChange) sim.Text {
	return sim.Text{ZH: "水池没有工程", EN: "the pool has no structures"}
}

func (w *pool) Apply(sim.StructureChange) {}

func (w *pool) Ledger() sim.Ledger { return sim.Ledger{Unit: "m3"} }

func (w *pool) AppendState(e *sim.Encoder) { e.Time(w.now) }

func (w *pool) LoadState(d *sim.Decoder) { w.now = d.Time() }
