package simtest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// bucket is a small honest hazard with one switchable fault: water that rises by a step in every block, in the first
// cells, faster when its gate is open.
type bucket struct{ fault string }

func (b bucket) Version() string { return "bucket-1" }

func (b bucket) Structures() []sim.StructureSpec {
	return []sim.StructureSpec{{Name: "gate", Actions: []sim.StructureAction{sim.StructureSetOpening}}}
}

func (b bucket) Check(*sim.Terrain) []sim.Problem { return nil }

func (b bucket) New(env sim.HazardEnv) (sim.Hazard, error) {
	id, _ := env.Structure("gate")
	layer := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, env.Terrain.Grid)
	return &water{fault: b.fault, gate: id, workers: env.Workers, layer: layer}, nil
}

type water struct {
	fault   string
	gate    sim.StructureID
	workers int
	layer   *sim.Layer

	at      sim.Time
	opening float64
	level   float64
	hidden  float64 // is not saved with the fault "save"
}

func (w *water) Interval() sim.Duration {
	if w.fault == "interval" {
		return 40 * sim.Second
	}
	return 30 * sim.Second
}

func (w *water) Layers() []*sim.Layer {
	if w.fault == "waters" {
		return []*sim.Layer{sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityX}, w.layer.Grid), w.layer}
	}
	return []*sim.Layer{w.layer}
}

func (w *water) Advance(to sim.Time) error {
	w.at = to
	rise := 1 + w.opening
	if w.fault == "workers" {
		rise += float64(w.workers) / 8
	}
	w.level += rise + w.hidden
	w.hidden++
	return nil
}

func (w *water) Publish() {
	for c := range 40 {
		v := int32(w.level) + int32(c)
		if w.fault == "publication" && c == 7 {
			w.layer.Values[c]++ // another value every time, and no mark
			continue
		}
		w.layer.Set(c, v)
	}
}

func (b bucket) Outlook() sim.Outlook {
	return sim.Outlook{Every: sim.Hour, Lead: sim.Hour, Step: 10 * sim.Minute, Members: 2}
}

func (w *water) Outlook() sim.Outlook { return bucket{}.Outlook() }

func (w *water) Ahead(_, member int) (sim.Hazard, error) {
	o := *w
	o.layer = sim.NewLayer(w.layer.Key, w.layer.Grid)
	if w.fault == "ahead" {
		w.level++
	}
	o.opening += float64(member)
	return &o, nil
}

func (w *water) Refuse(c sim.StructureChange, _ []sim.StructureChange) sim.Text {
	if w.fault == "refusal" {
		w.opening += 0.125
	}
	if w.fault == "story" && w.level > 5 {
		return sim.Text{ZH: "水太多，无法启闭", EN: "too much water to move it"}
	}
	if c.Structure != w.gate || c.Action != sim.StructureSetOpening || !(c.Value >= 0 && c.Value <= 100) ||
		math.Mod(c.Value, 5) != 0 {
		return sim.Text{ZH: "不行", EN: "no"}
	}
	return sim.Text{}
}

func (w *water) Apply(c sim.StructureChange) { w.opening = c.Value / 100 }

func (w *water) Ledger() sim.Ledger {
	l := sim.Ledger{Unit: "m3", In: w.level, Stored: w.level}
	if w.fault == "ledger" {
		l.Stored *= 1.001
	}
	return l
}

func (w *water) AppendState(e *sim.Encoder) {
	e.Section("bucket")
	e.Time(w.at)
	e.F64(w.opening)
	e.F64(w.level)
	if w.fault != "save" {
		e.F64(w.hidden)
	}
}

func (w *water) LoadState(d *sim.Decoder) {
	d.Section("bucket")
	w.at = d.Time()
	w.opening, w.level = d.F64(), d.F64()
	if w.fault != "save" {
		w.hidden = d.F64()
	}
	if w.fault == "damage" {
		d.Err = nil
	}
}

// recorder notes what a check says.
type recorder struct{ said []string }

type stopped struct{}

func (r *recorder) Helper()                      {}
func (r *recorder) Error(args ...any)            { r.said = append(r.said, fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, args ...any) { r.said = append(r.said, fmt.Sprintf(f, args...)) }
func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	panic(stopped{})
}

// run runs a check until it stops.
func (r *recorder) run(c check) {
	defer func() {
		if v := recover(); v != nil && v != any(stopped{}) {
			panic(v)
		}
	}()
	c.run(r)
}

func ground() *sim.Terrain {
	g := geo.Grid{NX: 20, NY: 18, Cell: 10}
	return &sim.Terrain{Grid: g, Bed: make([]int32, g.Len())}
}

// The kit passes an honest hazard.
func TestKitPassesWhatIsRight(t *testing.T) { TestHazard(t, bucket{}, ground()) }

// Each check finds the fault that is named after it.
func TestKitFindsFaults(t *testing.T) {
	for _, c := range (kit{bucket{}, ground()}).checks() {
		for _, faulty := range (kit{bucket{c.name}, ground()}).checks() {
			if faulty.name != c.name {
				continue
			}
			var r recorder
			r.run(faulty)
			if len(r.said) == 0 {
				t.Errorf("the check %q does not find its fault", c.name)
			}
			t.Logf("%s: %s", c.name, strings.Join(r.said, "; "))
		}
	}
}
