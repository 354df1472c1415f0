package flood

import (
	"testing"

	"sandtable/sim"
)

// FuzzLoadState loads anything: no panic, and what is taken for a state can be saved again.
func FuzzLoadState(f *testing.F) {
	ground := valley(5, 4)
	c := everything(valley(90, 60))
	c.RiverDepth, c.Ponds, c.Inflows, c.Boundaries = 0, nil, nil, c.Boundaries[:1]
	for i := range c.Catchments {
		c.Catchments[i].Polygon, c.Catchments[i].Outlet, c.Catchments[i].Reservoir = nil, nil, "lake"
	}
	c.Boundaries[0].To = ground.Grid.Bounds().Height()
	c.Reservoirs[0].Release, c.Reservoirs[0].Lake = [][2]float64{{10, 30}}, nil
	d, gap := DefaultDyke(), DefaultDykeBreach()
	d.Name, d.Line, d.Height = "bank", [][2]float64{{40, 1}, {40, 79}}, 1
	gap.Name, gap.Place, gap.Trigger, gap.Bottom, gap.Width = "gap", [2]float64{40, 40}, TriggerTime, 90, 5
	dry := DefaultDykeBreach()
	dry.Name, dry.Place, dry.Trigger, dry.Bottom = "dry", [2]float64{40, 60}, TriggerTime, 90
	dry.Water = [][2]float64{{0, 0}, {40, 0}, {40, 80}, {0, 80}}
	d.Breaches = []DykeBreach{gap, dry}
	sewer := DefaultDrain()
	sewer.Name, sewer.Polygon, sewer.Capacity, sewer.Outfall = "sewer", dry.Water, 50, [][2]float64{{75, 75}}
	c.Drains = []Drain{sewer}
	bags := DefaultBarrier()
	bags.Name, bags.Line, bags.Height, bags.Start = "bags", [][2]float64{{60, 1}, {60, 79}}, 1, 0.5
	span := DefaultBridge()
	span.Name, span.Line, span.Soffit, span.Deck = "bridge", [][2]float64{{20, 1}, {20, 79}}, 99, 101
	c.Dykes, c.Barriers, c.Bridges = []Dyke{d}, []Barrier{bags}, []Bridge{span}
	var floods []*model
	for k, method := range methods {
		own := *c
		own.Soil.Method = method
		m := build(f, &own, ground, 1)
		floods = append(floods, m)
		for n := range 3 {
			var e sim.Encoder
			m.AppendState(&e)
			f.Add(e.Buf, uint8(k))
			if err := m.Advance(sim.Time(n+1) * sim.Time(m.Interval())); err != nil {
				f.Fatal(err)
			}
		}
	}
	f.Add([]byte("flood"), uint8(0))
	f.Fuzz(func(t *testing.T, b []byte, which uint8) {
		m := floods[int(which)%len(floods)]
		d := sim.Decoder{Buf: b}
		m.LoadState(&d)
		if d.Err != nil {
			return
		}
		var e sim.Encoder
		m.AppendState(&e)
		m.Publish()
		if l := m.Ledger(); l.Unit != "m3" {
			t.Error("no ledger")
		}
	})
}
