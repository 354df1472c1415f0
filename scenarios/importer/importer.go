package importer

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// town is the work in progress of one import.
type town struct {
	p         Params
	rep       *Report
	osm       *osmData
	dem       *mosaic
	frame     *frame
	grid      geo.Grid
	at        []geo.Point // of each node of osm
	surfaces  []area
	cover     []uint8
	ground    []float64 // of each cell, before water is burnt in [m]
	bed       []float64 // after
	channel   []int32   // chain whose channel a cell belongs to; -1 for none
	level     []float64 // of the banks, on cells of channels and lakes [m]
	chains    []chain
	main      int // the main river's chain
	river     *river
	plain     *plain
	roads     *roads
	houses    []house
	settled   []settlement
	halls     []hall
	zones     []zone
	shelterOf [][]int   // halls to which each zone goes
	seat      geo.Point // of the district's post
	sc        *scenario.Scenario
}

// Import reads the files and returns the scenario of the place, complete except for a director's script, and the report
// of what was found, dropped and assumed. Errors say which file, where, and what is wanted.
func Import(p Params) (*scenario.Scenario, *Report, error) {
	p = p.complete()
	if err := p.check(); err != nil {
		return nil, nil, err
	}
	p.Progress(sim.Say("读取 %s", "reading %s", p.OSM))
	keep := p.Box
	if keep != (Box{}) {
		keep = keep.wider(beyond)
	}
	data, err := openOSM(p.OSM, keep)
	if err != nil {
		return nil, nil, err
	}
	var tiles []*tile
	for _, name := range p.DEM {
		p.Progress(sim.Say("读取 %s", "reading %s", name))
		t, err := openTile(name)
		if err != nil {
			return nil, nil, err
		}
		tiles = append(tiles, t)
	}
	m, err := build(p, data, tiles)
	if err != nil {
		return nil, nil, err
	}
	return m.sc, m.rep, nil
}

// beyond is how far outside a box nodes are kept, so that lines which leave the map keep their direction [degrees].
const beyond = 0.05

// build makes the scenario of what was read. The parameters are complete.
func build(p Params, data *osmData, tiles []*tile) (*town, error) {
	m := &town{p: p, osm: data, rep: newReport(data), sc: &scenario.Scenario{}}
	if err := m.survey(tiles); err != nil {
		return nil, err
	}
	for _, step := range []struct {
		what sim.Text
		do   func() error
	}{
		{sim.Text{ZH: "地物", EN: "surfaces"}, m.laySurfaces}, {sim.Text{ZH: "水系", EN: "water"}, m.layWater},
		{sim.Text{ZH: "道路", EN: "roads"}, m.layRoads},
		{sim.Text{ZH: "建筑与人口", EN: "houses and people"}, m.settle},
		{sim.Text{ZH: "避难与指挥", EN: "shelters and command"}, m.organise},
		{sim.Text{ZH: "洪水", EN: "flood"}, m.letWater},
	} {
		p.Progress(step.what)
		if err := step.do(); err != nil {
			return nil, err
		}
	}
	m.head()
	if problems := scenario.Validate(m.sc); len(problems) > 0 {
		return nil, sim.Fail("导入结果无法推演（%s：%s，另有 %d 处）：请报告此问题",
			"the import made something that cannot be played (%s: %s, and %d more): please report this",
			problems[0].Path, problems[0].Text, len(problems)-1)
	}
	return m, nil
}

// survey lays out the map and its relief.
func (m *town) survey(tiles []*tile) error {
	box := m.p.Box
	if box == (Box{}) {
		box = m.osm.bounds
	}
	if box == (Box{}) {
		box = m.osm.extent()
		m.rep.noBounds = true
	}
	if err := box.check(); err != nil {
		return err
	}
	var err error
	if m.frame, err = newFrame(box, m.p.Cell); err != nil {
		return err
	}
	if m.dem, err = join(tiles, box); err != nil {
		return err
	}
	m.grid = m.frame.grid
	m.rep.survey(m.frame, m.dem, box)
	m.at = make([]geo.Point, len(m.osm.nodes))
	for i, n := range m.osm.nodes {
		m.at[i] = m.frame.local(n.lon, n.lat)
	}
	m.ground = make([]float64, m.grid.Len())
	for c := range m.ground {
		i, j := m.grid.IJ(c)
		m.ground[c] = m.dem.at(m.frame.world(m.grid.Centre(i, j)))
	}
	return nil
}

// extent is the box of all nodes.
func (d *osmData) extent() Box {
	var b Box
	for i, n := range d.nodes {
		if i == 0 {
			b = Box{n.lon, n.lat, n.lon, n.lat}
		}
		b = Box{min(b.MinLon, n.lon), min(b.MinLat, n.lat), max(b.MaxLon, n.lon), max(b.MaxLat, n.lat)}
	}
	return b
}

// laySurfaces finds the surfaces and the land cover.
func (m *town) laySurfaces() error {
	m.surfaces = m.areas()
	m.layCover()
	return nil
}

// groundAt returns the ground at a place, before water was burnt in [m].
func (m *town) groundAt(p geo.Point) float64 {
	i, j := m.grid.ClampIJ(p)
	return m.ground[m.grid.Index(i, j)]
}

// inside says whether a place is on the map, not on its very edge.
func (m *town) inside(p geo.Point) bool {
	b := m.grid.Bounds()
	return p.X > b.Min.X && p.X < b.Max.X && p.Y > b.Min.Y && p.Y < b.Max.Y
}
