package render

import (
	"testing"
	"time"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// crowd is the valley with 60,000 persons in single parties, 2,000 movers and 8,000 road links in the view: more
// than a county of that size ever shows at once.
func crowd() (*scenario.Scenario, *Frame) {
	sc := valley()
	for k := range 8000 {
		a := geo.Point{X: float64(k % 100 * 60), Y: float64(k / 100 * 50)}
		sc.Nodes = append(sc.Nodes, scenario.Node{At: a})
		sc.Links = append(sc.Links, scenario.Link{Class: scenario.RoadTertiary,
			Shape: geo.Line{a, {X: a.X + 30, Y: a.Y + 9}, {X: a.X + 60, Y: a.Y}}})
	}
	f := flooded(sc)
	f.Snapshot.Parties = f.Snapshot.Parties[:0]
	for k := range 60000 {
		stage := sim.PartyStage(k * 7 % int(sim.StageCount))
		f.Snapshot.Parties = append(f.Snapshot.Parties, sim.PartyDot{Party: sim.PartyID(k), Persons: 1, Stage: stage,
			At: geo.Point{X: float64(k * 71 % 6000), Y: float64(k * 37 % 4000)}, Stranded: stage == sim.StageStranded})
	}
	for k := range 2000 {
		f.Snapshot.Movers = append(f.Snapshot.Movers, sim.MoverDot{Mode: sim.ModeCar, Mover: sim.Ref{Kind: sim.KindParty, ID: int32(k)},
			At: geo.Point{X: float64(k * 13 % 6000), Y: float64(k * 29 % 4000)}})
	}
	return sc, f
}

// BenchmarkDraw is the cost of a picture of 60,000 persons, the camera at rest; BenchmarkDrawMoving the same while the
// map is dragged.
func BenchmarkDraw(b *testing.B) {
	sc, f := crowd()
	d, _ := deskOf(f, sc, sim.Chinese)
	d.Draw()
	b.ReportAllocs()
	for b.Loop() {
		d.Draw()
	}
}

func BenchmarkDrawMoving(b *testing.B) {
	sc, f := crowd()
	d, _ := deskOf(f, sc, sim.Chinese)
	d.Draw()
	b.ReportAllocs()
	for b.Loop() {
		d.cam = d.cam.Pan(1, 0)
		d.Draw()
	}
}

// BenchmarkWater is the cost of a new edition of the water on 600 x 400 cells, of which a third are wet.
func BenchmarkWater(b *testing.B) {
	g := geo.Grid{NX: 600, NY: 400, Cell: 40}
	w := newWater(&sim.Terrain{Grid: g, Cover: make([]uint8, g.Len())})
	l := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, g)
	for c := range l.Values {
		if _, j := g.IJ(c); j > 130 && j < 260 {
			l.Values[c] = int32(c % 3000)
		}
	}
	edition := 0
	for b.Loop() {
		edition++
		w.update(l, edition)
	}
}

// The budget of a picture is 8 ms; the test allows for a slow and busy machine.
func TestDrawKeepsItsBudget(t *testing.T) {
	sc, f := crowd()
	d, _ := deskOf(f, sc, sim.Chinese)
	best := time.Hour
	for range 10 {
		start := time.Now()
		d.Draw()
		best = min(best, time.Since(start))
	}
	if best > 40*time.Millisecond {
		t.Errorf("a picture of 60,000 persons took %v; want about 8 ms", best)
	}
}

// commanded is the crowd under a county of 60 posts with 400 orders on their way, 300 closed roads and a full inbox.
func commanded() (*scenario.Scenario, *Frame) {
	sc, f := crowd()
	for p := len(sc.Posts); p < 60; p++ {
		sc.Posts = append(sc.Posts, scenario.Post{Name: numbered("p", p), Level: "village", Superior: "county"})
		f.Seen.Posts = append(f.Seen.Posts, sim.PostKnown{Post: sim.PostID(p), Answered: 0, By: sim.None})
	}
	for k := range 400 {
		f.Seen.Orders = append(f.Seen.Orders, sim.OrderKnown{Order: sim.OrderCallPost, Acked: -1, To: sim.PostID(k % 60),
			Target: sim.RefTo(sim.KindPost, sim.PostID(k%60)), Calls: 1, Of: 6, Called: sim.None})
	}
	for k := range 300 {
		f.Seen.Roads = append(f.Seen.Roads, sim.RoadKnown{Link: sim.LinkID(k), Closed: true, Via: sim.Via{Over: sim.None}})
	}
	for range 200 {
		f.Seen.Inbox = append(f.Seen.Inbox, sim.Inbound{Text: sim.Text{ZH: "各转移单元人数和水情的例行报告，共若干行文字", EN: "a report"}})
	}
	return sc, f
}

// BenchmarkPanels is the cost of a picture with each of the panels open.
func BenchmarkPanels(b *testing.B) {
	for _, panel := range append(PanelNames(), "orders:close_road", "posts:p7", "known:roads", "known:inbox") {
		sc, f := commanded()
		d, _ := deskOf(f, sc, sim.Chinese)
		d.Draw()
		d.ShowPanel(panel)
		b.Run(panel, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Draw()
			}
		})
	}
}
