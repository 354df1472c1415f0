package flood

import (
	"bytes"
	"math"
	"testing"

	"sandtable/sim"
)

// fillingDam is the dam of damOnTheGrid or damByCurve, ordered to fail while it is empty and filled by 400 m3/s for half
// an hour from the tenth minute on.
func fillingDam(t *testing.T, scheme string) *model {
	t.Helper()
	c := damByCurve()
	in := Inflow{Name: "river", Times: []sim.Duration{0, 599 * sim.Second, 600 * sim.Second, 2400 * sim.Second, 2401 * sim.Second},
		Flows: []float64{0, 0, 400, 400, 0}}
	if scheme == "" {
		c.Reservoirs[0].Level, c.Reservoirs[0].Breach.Trigger = 0, TriggerOrder
		in.Reservoir = "dam"
	} else {
		c = damOnTheGrid(scheme)
		c.Ponds, c.Dykes[0].Breaches[0].Trigger = nil, TriggerOrder
		in.Place = [][2]float64{{50, 10}, {50, 390}}
	}
	c.Inflows = []Inflow{in}
	m := build(t, c, damGround(), 1)
	for id, s := range c.Structures() {
		if len(s.Actions) > 0 && s.Actions[0] == sim.StructureBreach {
			m.Apply(sim.StructureChange{Structure: sim.StructureID(id), Action: sim.StructureBreach})
		}
	}
	return m
}

// behind returns the water behind the dam [m3], the stage of its breach and its gap.
func behind(m *model) (volume float64, at stage, gap erosion) {
	if len(m.reservoirs) > 0 {
		return m.reservoirs[0].volume, m.reservoirs[0].stage, m.reservoirs[0].breach
	}
	g := &m.structures.dykes[0].gaps[0]
	return m.structures.dykes[0].volume(g, m.Water, 0), g.stage, g.breach
}

// A dam that was ordered to fail while it was empty says so, begins to fail when water has come, and fails in the same way
// whether it is said as a curve or in cells. Saved at any time, while it waits too, it goes on with the same bytes; no
// water is lost.
func TestEmptyDamWaits(t *testing.T) {
	widths := map[string]float64{}
	for _, scheme := range []string{"", SchemeInertial, SchemeFinite} {
		m, n := fillingDam(t, scheme), fillingDam(t, scheme)
		var told []sim.StructureChange
		most := 0.0
		for at := sim.Time(0); at < sim.Time(75*sim.Minute); {
			var a, b sim.Encoder
			if m.AppendState(&a); at > 0 {
				n.AppendState(&b)
				if !bytes.Equal(a.Buf, b.Buf) {
					t.Fatalf("%q: at %v the loaded water is another", scheme, at)
				}
			}
			d := sim.Decoder{Buf: a.Buf}
			if n.LoadState(&d); d.Err != nil || len(d.Buf) > 0 {
				t.Fatalf("%q: at %v: %v, %d bytes left", scheme, at, d.Err, len(d.Buf))
			}
			at = at.Add(m.Interval())
			for _, x := range []*model{m, n} {
				if err := x.Advance(at); err != nil {
					t.Fatal(err)
				}
			}
			told = append(told, m.Told()...)
			if e := m.Ledger().Error(); e > 1e-11 {
				t.Fatalf("%q, at %v: relative volume error %g", scheme, at, e)
			}
			volume, stage, _ := behind(m)
			most = max(most, volume)
			if volume == 0 && stage == stageOpen && at < sim.Time(10*sim.Minute) {
				t.Fatalf("%q: open at %v, without water", scheme, at)
			}
		}
		if len(told) != 2 || told[0].Action != sim.StructureWait || told[0].At != 0 ||
			told[1].Action != sim.StructureBreach || told[1].At < sim.Time(10*sim.Minute) {
			t.Fatalf("%q: told %+v; want that it waits, and after ten minutes that it fails", scheme, told)
		}
		_, _, gap := behind(m)
		widths[scheme] = gap.growth.At(gap.age(m.clock)).Width
		t.Logf("%q: begins at %v, at most %.0f m3, gap of %.1f m in the end; full-grown %+v", scheme, told[1].At, most,
			widths[scheme], gap.growth)
		if gap.volume < 0.98*most || gap.volume > 1.001*most {
			t.Errorf("%q: the gap grows for %g m3 of the %g that stood there at most", scheme, gap.volume, most)
		}
	}
	for scheme, width := range widths {
		if math.Abs(width-widths[""]) > 0.1*widths[""] {
			t.Errorf("%q: a gap of %g m; by the curve %g m", scheme, width, widths[""])
		}
	}
}
