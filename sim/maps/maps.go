// Package maps keeps what the water of a run has done so far, cell by cell: when it arrived, how deep and how fast it
// was at most, how long it stayed, and the worst class of danger.
//
// It reads published layers only, so its maps are the same whether the water was solved or came from a film. A map is
// a layer with a quantity of its own. Only tiles with a change are looked at: a cell's cost follows its changes, and
// times above the threshold are differences of the instants at which it was crossed.
package maps

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Thresholds of depth above which a place counts as reached [mm].
const (
	// Wet is the depth above which docs/measures.md speaks of water at a place.
	Wet = 150
	// Film is that of a first thin sheet, for comparison with hydraulic studies.
	Film = 10
	// ThresholdMax is the largest threshold: deeper water than any map shows.
	ThresholdMax = 100_000
)

// Quantities lists the maps in the order in which they are kept and written.
var Quantities = [...]sim.Quantity{sim.QArrival, sim.QDepthMax, sim.QDepthMaxTime, sim.QSpeedMax, sim.QDepthSpeedMax,
	sim.QDuration, sim.QDangerMax}

// Maps are the maps of one run. A water published at an instant holds until the next publication.
type Maps struct {
	threshold int32
	grid      geo.Grid
	in        []source // the waters
	edition   int      // of the publication taken last; 0 before the first
	dirty     []bool   // tiles to be looked at, workspace

	out                                                       *sim.Layers
	arrival, depth, deepest, speed, product, duration, danger *sim.Layer

	since  []int32 // instant at which the depth last rose above the threshold [s]; -1 while it is not
	closed []int32 // time above the threshold before that [s]
}

// New returns empty maps for the water of a world with these layers, and nil where nobody publishes a depth. The
// threshold of arrival and duration is in millimetres, from 1 to ThresholdMax.
func New(ls *sim.Layers, threshold int32) *Maps {
	if threshold < 1 || threshold > ThresholdMax {
		panic("maps: New: a threshold that is no depth")
	}
	grid, ok := gridFor(ls)
	if !ok {
		return nil
	}
	m := &Maps{threshold: threshold, grid: grid, out: sim.NewLayers(ls.Ground)}
	for _, b := range ls.Bodies() {
		m.in = append(m.in, newSource(b, grid))
	}
	for k, l := range [...]**sim.Layer{&m.arrival, &m.depth, &m.deepest, &m.speed, &m.product, &m.duration, &m.danger} {
		*l = sim.NewLayer(sim.LayerKey{Quantity: Quantities[k]}, grid)
		m.out.Add(*l)
	}
	m.dirty = make([]bool, len(m.depth.Dirty))
	m.since, m.closed = make([]int32, grid.Len()), make([]int32, grid.Len())
	for c := range m.since {
		m.since[c], m.arrival.Values[c], m.deepest.Values[c] = -1, -1, -1
	}
	return m
}

// Threshold returns the depth above which a place counts as reached [mm].
func (m *Maps) Threshold() int32 { return m.threshold }

// Grid returns the grid of all maps.
func (m *Maps) Grid() geo.Grid { return m.grid }

// Layers returns the maps, up to date except for the duration, which Settle brings up to an instant. Their marks are
// those of the last publication that was taken. They are to be read only.
func (m *Maps) Layers() *sim.Layers { return m.out }

// Of returns one map.
func (m *Maps) Of(q sim.Quantity) *sim.Layer { return m.out.Of(sim.LayerKey{Quantity: q}) }

// Settle brings the map of the duration up to an instant, not before the last publication: where water stands now it
// has stood until then. It changes nothing else and may be called whenever somebody looks.
func (m *Maps) Settle(now sim.Time) {
	at := seconds(now)
	for c, closed := range m.closed {
		if since := m.since[c]; since >= 0 {
			closed += max(at-since, 0)
		}
		m.duration.Set(c, closed)
	}
}

// seconds returns an instant in whole seconds; publications fall on them.
func seconds(t sim.Time) int32 { return int32(t / sim.Time(sim.Second)) }
