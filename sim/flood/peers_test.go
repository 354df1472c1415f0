package flood

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// dataFile opens a reference file in SANDTABLE_DATA, or in shared/data beside the repository, and skips the test
// where there is none.
func dataFile(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("SANDTABLE_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(root, "flood", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("reference series not here (%v); set SANDTABLE_DATA to the directory that holds flood/%s", err, name)
	}
	return path
}

// peer is a published solver's series: depth [m] at points over time [s].
type peer struct {
	name  string
	times []float64
	depth [][]float64 // per point, per time
}

func readPeer(t *testing.T, name string) peer {
	t.Helper()
	b, err := os.ReadFile(dataFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(b)))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p := peer{name: strings.TrimSuffix(name, ".csv"), depth: make([][]float64, len(rows[1])-1)}
	for _, row := range rows[1:] {
		for k, text := range row {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if k == 0 {
				p.times = append(p.times, v)
			} else {
				p.depth[k-1] = append(p.depth[k-1], v)
			}
		}
	}
	return p
}

// last returns the last depth at a point until an instant.
func (p *peer) last(k int, until float64) float64 {
	v := 0.0
	for i, t := range p.times {
		if t <= until {
			v = p.depth[k][i]
		}
	}
	return v
}

// peak returns the greatest depth at a point until an instant.
func (p *peer) peak(k int, until float64) float64 {
	v := 0.0
	for i, t := range p.times {
		if t <= until {
			v = max(v, p.depth[k][i])
		}
	}
	return v
}

// arrival returns when the depth at a point first passed 1 cm until an instant, -1 for never.
func (p *peer) arrival(k int, until float64) float64 {
	for i, t := range p.times {
		if t <= until && p.depth[k][i] > 0.01 {
			return t
		}
	}
	return -1
}

// build makes the model of a configuration.
func build(t testing.TB, c *Config, ground *sim.Terrain, workers int) *model {
	t.Helper()
	list := c.Structures()
	h, err := c.New(sim.HazardEnv{Terrain: ground, Workers: workers, Structure: func(name string) (sim.StructureID, bool) {
		for i, s := range list {
			if s.Name == name {
				return sim.StructureID(i), true
			}
		}
		return sim.None, false
	}})
	if err != nil {
		t.Fatal(err)
	}
	return h.(*model)
}

// record runs a model and records the depths at points, every publication.
func record(t *testing.T, m *model, points []geo.Point, until sim.Duration) peer {
	t.Helper()
	p := peer{name: "sandtable", depth: make([][]float64, len(points))}
	for at := sim.Time(0); at <= sim.Time(until); at = at.Add(m.Interval()) {
		if at > 0 {
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		p.times = append(p.times, at.Seconds())
		for k, pt := range points {
			p.depth[k] = append(p.depth[k], m.depthAt(pt))
		}
	}
	return p
}

// depthAt returns the depth in the cell of a place [m].
func (m *model) depthAt(p geo.Point) float64 {
	k, ok := m.terrain.Grid.CellAt(p)
	if !ok {
		return 0
	}
	i, j := m.terrain.Grid.IJ(k)
	return m.Cells[m.At(i, j)].H
}

// hydrograph reads a boundary file of minutes and m3/s.
func hydrograph(t *testing.T, name string) (times []sim.Duration, flows []float64) {
	t.Helper()
	p := readPeer(t, name)
	for i, at := range p.times {
		times = append(times, sim.Duration(at)*sim.Minute)
		flows = append(flows, p.depth[0][i])
	}
	return times, flows
}

// soak skips a test that is too long for every day.
func soak(t *testing.T) {
	t.Helper()
	if os.Getenv("SANDTABLE_SOAK") == "" {
		t.Skip("a long test; set SANDTABLE_SOAK=1")
	}
}
