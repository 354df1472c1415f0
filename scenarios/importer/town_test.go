package importer

import (
	"math"
	"slices"
	"strings"
	"testing"

	"sandtable/sim/flood"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

func TestLittleTownIsWhatWasDrawn(t *testing.T) {
	m := built(t, nil)
	sc := m.sc
	uses := map[scenario.BuildingUse]int{}
	for _, b := range sc.Buildings {
		uses[b.Use]++
	}
	if uses[scenario.UseHome] != 52 || uses[scenario.UseSchool] != 1 || uses[scenario.UseStation] != 1 || uses[scenario.UseWork] != 1 {
		t.Errorf("uses %v; want 52 homes, a school, a fire station and a church", uses)
	}
	if n := len(sc.Persons); n < 200 || n > 260 {
		t.Errorf("%d persons; want about (40·280 + 12·240) m2 / 60 = 235", n)
	}
	if len(sc.Stations) != 2 || sc.Stations[1].Title.EN != "FF Testdorf" {
		t.Errorf("stations %v; want the coach park and FF Testdorf", sc.Stations)
	}
	if !slices.ContainsFunc(sc.Shelters, func(s scenario.Shelter) bool { return s.Title.EN == "Bergschule shelter" }) {
		t.Errorf("shelters %v; want the school on the hill among them", sc.Shelters)
	}
	if m.placeTitle().ZH != "试验村" || m.placeTitle().EN != "Testdorf" {
		t.Errorf("place %v; want the village's names", m.placeTitle())
	}
	if p := sc.Place; p.CRS != "EPSG:32632" || p.Planning || p.ElevationError != 8 || p.Attribution != Attribution ||
		!strings.HasPrefix(p.ElevationSource.EN, "SRTM 3″") {
		t.Errorf("place %+v; want UTM 32 N, SRTM, 8 m, not for planning, with attribution", p)
	}
	if len(sc.Hazards) != 1 || len(sc.Zones) == 0 || len(sc.Gauges) != 3 || len(sc.Plan) < 10 {
		t.Errorf("%d hazards, %d zones, %d gauges, %d orders planned", len(sc.Hazards), len(sc.Zones), len(sc.Gauges), len(sc.Plan))
	}
}

// The bed falls along the river, from cell to cell, and lies below the banks.
func TestBedFallsAlongTheRiver(t *testing.T) {
	m := built(t, nil)
	if m.rep.widthFrom != "tag" || m.river.width != 20 {
		t.Errorf("width %g from %s; want 20 from the tag", m.river.width, m.rep.widthFrom)
	}
	last := math.Inf(1)
	for s, p := range m.river.at {
		c, ok := m.grid.CellAt(p)
		if !ok || int(m.channel[c]) != m.main {
			t.Fatalf("station %d at %v is not in the channel", s, p)
		}
		if m.bed[c] > last {
			t.Fatalf("the bed rises at station %d", s)
		}
		last = m.bed[c]
		if d := m.ground[c] - m.bed[c]; d < 0.5*m.river.depth || d > 3*m.river.depth {
			t.Errorf("station %d is %.2f m deep; want about %.2f", s, d, m.river.depth)
		}
		if m.cover[c] != scenario.CoverWater {
			t.Fatalf("station %d is not under water", s)
		}
	}
	if m.chains[m.main].bank[0] < m.chains[m.main].bank[len(m.river.bank)-1] {
		t.Error("the river flows to the west")
	}
}

// Water can flow over the sides of cells from the inflow to the outlet without leaving the channel.
func TestChannelIsConnectedBySides(t *testing.T) {
	m := built(t, nil)
	start, _ := m.grid.CellAt(m.river.at[0])
	end, _ := m.grid.CellAt(m.river.at[len(m.river.at)-1])
	seen := map[int]bool{start: true}
	for stack := []int{start}; len(stack) > 0; {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		i, j := m.grid.IJ(c)
		for _, d := range [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
			if n := m.grid.Index(i+d[0], j+d[1]); m.grid.Inside(i+d[0], j+d[1]) && !seen[n] && int(m.channel[n]) == m.main {
				seen[n] = true
				stack = append(stack, n)
			}
		}
	}
	if !seen[end] {
		t.Error("no way through the channel")
	}
}

func TestFloodComesInAndGoesOut(t *testing.T) {
	m := built(t, func(p *Params) { p.Peak = 123 })
	cfg := m.sc.Hazards[0].Spec.(*flood.Config)
	if len(cfg.Inflows) != 1 || len(cfg.Boundaries) == 0 {
		t.Fatalf("%d inflows, %d boundaries", len(cfg.Inflows), len(cfg.Boundaries))
	}
	in := cfg.Inflows[0]
	if top := slices.Max(in.Flows); math.Abs(top-123) > 0.5 {
		t.Errorf("peak %g; want 123", top)
	}
	if in.Flows[0] > 10 {
		t.Errorf("%g m3/s at the start; want the ordinary discharge", in.Flows[0])
	}
	if x := in.Place[0][0]; x > 3*m.grid.Cell {
		t.Errorf("the river comes in %g m from the western edge", x)
	}
	for _, b := range cfg.Boundaries {
		if b.Edge == "west" {
			t.Errorf("open at %s; want the river's upper end closed", b.Edge)
		}
	}
	middle := m.frame.local(valleyLon, valleyLat).Y
	if !slices.ContainsFunc(cfg.Boundaries, func(b flood.Boundary) bool { return b.Edge == "east" && b.From < middle && b.To > middle }) {
		t.Errorf("boundaries %+v; want the eastern edge open where the river leaves", cfg.Boundaries)
	}
}

// No road on the ground lies in a cell of a channel or lake; bridges lie above the banks.
func TestRoadsCrossWaterDry(t *testing.T) {
	m := built(t, nil)
	dryCrossings(t, m)
	bridges := 0
	for i := range m.sc.Links {
		l := &m.sc.Links[i]
		if l.Form != scenario.FormBridge {
			continue
		}
		bridges++
		bank, wet := m.highestBank(l.Shape)
		if !wet || l.Level < bank+freeboard-0.01 {
			t.Errorf("bridge %d at level %g over banks at %g", i, l.Level, bank)
		}
	}
	if bridges != 2 {
		t.Errorf("%d bridges; want 2", bridges)
	}
}

// dryCrossings fails for every road on the ground that enters a cell of a channel or lake.
func dryCrossings(t *testing.T, m *town) {
	t.Helper()
	for i := range m.sc.Links {
		l := &m.sc.Links[i]
		if l.Form != scenario.FormGround {
			continue
		}
		l.Shape.Visit(m.grid.Cell/2, func(p geo.Point) {
			if c, ok := m.grid.CellAt(p); ok && m.wet(c) && !t.Failed() {
				t.Errorf("link %d (%s) lies in the water at %v", i, l.Name, p)
			}
		})
	}
}

func TestNetworkIsConnected(t *testing.T) {
	m := built(t, nil)
	if m.roads.dropped.links != 1 || m.roads.dropped.parts != 1 {
		t.Errorf("dropped %+v; want the one street that hangs together with nothing", m.roads.dropped)
	}
	group := newParts(len(m.sc.Nodes))
	oneway, paths := 0, 0
	for _, l := range m.sc.Links {
		group.join(int(l.From), int(l.To))
		if l.From == l.To || l.Shape.Length() < shortestLink {
			t.Errorf("link from %d to %d of %g m", l.From, l.To, l.Shape.Length())
		}
		if l.Shape.Length() > longestLink+1 {
			t.Errorf("a link of %g m", l.Shape.Length())
		}
		if l.OneWay {
			oneway++
		}
		if l.Class == scenario.RoadPath {
			paths++
		}
	}
	for i := range m.sc.Nodes {
		if group.of(i) != 0 {
			t.Fatalf("node %d hangs together with nothing", i)
		}
	}
	if oneway != 2 || paths != 1 {
		t.Errorf("%d one-way links and %d paths; want the ring of two and the footway", oneway, paths)
	}
	for i, b := range m.sc.Buildings {
		if b.Node < 0 || !m.roads.core[b.Node] {
			t.Errorf("building %d gets on the network at %d, from which no car comes everywhere", i, b.Node)
		}
	}
}

// People on the plain are in zones, those on the hill are not; shelters lie above the flood and outside the zones.
func TestZonesHoldTheLowAndSheltersAreSafe(t *testing.T) {
	m := built(t, nil)
	in := func(p geo.Point) bool {
		return slices.ContainsFunc(m.zones, func(z zone) bool { return z.ring.Contains(p) })
	}
	for i := range m.houses {
		h := &m.houses[i]
		c, _ := m.grid.CellAt(h.at)
		if h.persons > 0 && m.margin(c) < zoneMargin-0.01 && !in(h.at) {
			t.Errorf("house at %v, %.1f m above the flood, is in no zone", h.at, m.margin(c))
		}
		if m.margin(c) > 15 && in(h.at) {
			t.Errorf("house at %v, %.1f m above the flood, is in a zone", h.at, m.margin(c))
		}
	}
	for i := range m.halls {
		if h := &m.halls[i]; h.planned > 0 && !m.safe(h.at) {
			t.Errorf("shelter %v is not safe", h.title)
		}
	}
	room := int64(0)
	for _, s := range m.sc.Shelters {
		room += s.Capacity
	}
	if int(room) < m.zoned() {
		t.Errorf("room for %d of %d", room, m.zoned())
	}
}

func TestPersonsAreScaled(t *testing.T) {
	for _, n := range []int{1, 100, 5000} {
		m := built(t, func(p *Params) { p.Persons = n })
		if len(m.sc.Persons) != n {
			t.Errorf("%d persons; want %d", len(m.sc.Persons), n)
		}
	}
}

func TestMistakesOfTheMapAreErrors(t *testing.T) {
	noRiver, noHouse, noRoad := newSketch(valleyBox), newSketch(valleyBox), newSketch(valleyBox)
	noHouse.way([][2]float64{place(-1400, 0), place(1400, 0)}, "waterway", "river")
	noHouse.way([][2]float64{place(-500, 100), place(500, 100)}, "highway", "residential")
	noRoad.way([][2]float64{place(-1400, 0), place(1400, 0)}, "waterway", "river")
	tl, err := readTile("t", "N49E011.hgt", strings.NewReader(string(tileBytes(49, 11, hgtSmall, valleyGround))))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		s    *sketch
		want string
	}{{noRiver, "no river"}, {noHouse, "no house"}, {noRoad, "no road"}} {
		data, err := readOSM("x.osm", strings.NewReader(c.s.String()), Box{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = build(Params{Name: "x"}.complete(), data, []*tile{tl})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v; want %q", err, c.want)
		}
	}
}

func TestReportNamesWhatWasFoundDroppedAndAssumed(t *testing.T) {
	m := built(t, nil)
	page := m.rep.README()
	for _, want := range []string{"# 试验村", "# Testdorf", "不可用于规划", "not for planning", "ODbL 1.0", "NASA/USGS", "## 假定", "## Assumed",
		"main river: Testbach", "1 links in 1 parts", "flood peak"} {
		if !strings.Contains(page, want) {
			t.Errorf("README lacks %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, "%!") {
		t.Errorf("README has a broken format:\n%s", page)
	}
}
