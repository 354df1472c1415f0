package importer

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Traffic lights are those of the nearest junction, whether the map has them there or at the stop line; a crossing for
// walkers far from one has none. A roundabout is a circle of one-way links.
func TestControls(t *testing.T) {
	m := &town{osm: &osmData{}, grid: geo.Grid{NX: 100, NY: 100, Cell: 10}, roads: &roads{}}
	node := func(x, y float64, kv ...string) int32 {
		m.at = append(m.at, geo.Point{X: x, Y: y})
		if len(kv) > 0 {
			m.osm.spots = append(m.osm.spots, osmSpot{int32(len(m.at) - 1), tagged(kv...)})
		}
		return int32(len(m.at) - 1)
	}
	way := func(nodes []int32, kv ...string) {
		m.osm.ways = append(m.osm.ways, osmWay{nodes: nodes, tags: tagged(kv...)})
	}
	lights := []string{"highway", "traffic_signals"}
	w, e := node(100, 500), node(900, 500)
	a, b, c := node(300, 500, lights...), node(500, 500), node(700, 500)
	stop, far := node(480, 500, lights...), node(600, 500, lights...)
	way([]int32{w, a, stop, b, far, c, e}, "highway", "primary")
	for _, at := range []int32{a, b, c} {
		way([]int32{node(m.at[at].X, 200), at, node(m.at[at].X, 800)}, "highway", "residential")
	}
	ring := []int32{node(880, 520), node(900, 540), node(920, 520), e}
	way(append([]int32{e}, ring...), "highway", "primary", "junction", "roundabout")
	m.osm.nodes = make([]osmNode, len(m.at))
	m.drawRoads()
	want := map[geo.Point]scenario.NodeControl{m.at[a]: scenario.ControlSignal, m.at[b]: scenario.ControlSignal}
	for k, p := range m.roads.nodes {
		if got := m.roads.controlOf(k); got != want[p] {
			t.Errorf("control %d at %v; want %d", got, p, want[p])
		}
	}
	m.roads.contract()
	circles := 0
	for i := range m.roads.links {
		d := &m.roads.links[i]
		if l := d.link(make([]sim.NodeID, len(m.roads.nodes))); l.Circle {
			circles++
			if !l.OneWay {
				t.Errorf("a circle that is not one-way: %+v", l)
			}
		}
	}
	if circles != 2 {
		t.Errorf("%d links of the roundabout; want 2", circles)
	}
}
