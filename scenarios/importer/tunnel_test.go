package importer

import (
	"slices"
	"testing"

	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// The floor of a tunnel is that of its lowest portal in all its parts, however high the hill over it is.
func TestTunnelFloors(t *testing.T) {
	grid := geo.Grid{NX: 8, NY: 1, Cell: 10}
	at := func(i int) geo.Point { return grid.Centre(i, 0) }
	// Portals of one tunnel at cells 1 and 3, of another, which ends at the map's edge, at 5 and 7.
	m := &town{grid: grid, ground: []float64{110, 105, 160, 100, 101, 120, 90, 130}, level: make([]float64, 8)}
	m.roads = &roads{}
	for i := range 8 {
		m.roads.addNode(at(i))
	}
	for i, form := range []scenario.RoadForm{scenario.FormGround, scenario.FormTunnel, scenario.FormTunnel,
		scenario.FormGround, scenario.FormGround, scenario.FormTunnel, scenario.FormTunnel} {
		m.roads.add(draft{from: i, to: i + 1, form: form, shape: geo.Line{at(i), at(i + 1)}})
	}
	got := m.tunnelFloors()
	if want := []float64{100, 100, 100}; !slices.Equal(got[1:4], want) {
		t.Errorf("floors %v; want %v", got[1:4], want)
	}
	if want := []float64{120, 120, 120}; !slices.Equal(got[5:], want) {
		t.Errorf("floors %v; want %v: what lies over a node inside does not count", got[5:], want)
	}
}

// In a ring under the ground the lowest ground over it counts.
func TestTunnelWithoutPortal(t *testing.T) {
	grid := geo.Grid{NX: 3, NY: 1, Cell: 10}
	m := &town{grid: grid, ground: []float64{105, 103, 104}, roads: &roads{}}
	for i := range 3 {
		m.roads.addNode(grid.Centre(i, 0))
	}
	for i := range 3 {
		m.roads.add(draft{from: i, to: (i + 1) % 3, form: scenario.FormTunnel,
			shape: geo.Line{grid.Centre(i, 0), grid.Centre((i+1)%3, 0)}})
	}
	if got := m.tunnelFloors(); !slices.Equal(got, []float64{103, 103, 103}) {
		t.Errorf("floors %v; want 103 m", got)
	}
}
