package render

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Look is how a picture is to be drawn.
type Look struct {
	Lang     sim.Lang
	Scale    float32    // of writing and marks; 1 for a screen of 1080 lines at arm's length
	Selected sim.ZoneID // None for none
	Hover    sim.ZoneID // under the cursor, None for none
	Margins  Margins    // what something else covers: names stay away from there
	NoLegend bool
	Overlay  Overlay // what of the water is wanted
	NoPeople bool    // neither people nor units: for maps of the water
}

// Scene draws the map of one scenario. It keeps what does not change between two pictures and is for one goroutine at
// a time.
type Scene struct {
	sc     *scenario.Scenario
	names  *scenario.Directory
	font   *Font
	water  *water
	roads  *network
	zones  []zoneShape
	exits  [][]sim.LinkID // of each zone: the roads over its border
	list   List
	labels labeler
	fixed  fixedKey // what the kept sheets were drawn for
	urgent []int32  // workspace: parties drawn last
}

// fixedKey holds all that the sheets depend on that do not show the world's state.
type fixedKey struct {
	cam   Camera
	scale float32
}

// NewScene prepares the map of a scenario that has been checked: it draws the relief and cuts up the zones.
func NewScene(sc *scenario.Scenario, names *scenario.Directory, font *Font) *Scene {
	s := &Scene{sc: sc, names: names, font: font, water: newWater(&sc.Terrain), roads: newNetwork(sc.Links)}
	for i := range sc.Zones {
		s.zones = append(s.zones, newZoneShape(sc.Zones[i].Polygon))
	}
	at := make([]sim.ZoneID, len(sc.Nodes))
	for n := range sc.Nodes {
		at[n] = s.ZoneAt(sc.Nodes[n].At)
	}
	s.exits = exitsOf(sc, func(n sim.NodeID) sim.ZoneID { return at[n] })
	s.list.Images[ImageGround] = newGround(&sc.Terrain)
	return s
}

// Bounds returns the extent of the map.
func (s *Scene) Bounds() geo.Rect { return s.sc.Terrain.Grid.Bounds() }

// ZoneAt returns the zone at a place of the map; where zones overlap the first one, as for its people.
func (s *Scene) ZoneAt(p geo.Point) sim.ZoneID {
	for i := range s.zones {
		if z := &s.zones[i]; z.bounds.Contains(p) && z.poly.Contains(p) {
			return sim.ZoneID(i)
		}
	}
	return sim.None
}

// Draw makes the list of one picture of the map. It belongs to the scene and is valid until the next call.
func (s *Scene) Draw(cam Camera, f *Frame, look Look) *List {
	l := &s.list
	l.Width, l.Height = int(cam.Width), int(cam.Height)
	for k := LayerZones; k < LayerCount; k++ {
		l.Sheets[k].reset()
	}
	s.drawFixed(cam, look.Scale)
	s.drawWater(cam, f, look)
	s.labels.begin(s.font, cam, look)
	s.drawZones(cam, f, look)
	s.roads.drawClosures(&l.Sheets[LayerZones], cam, f.Snapshot.Closed, look.Scale)
	if !look.NoPeople {
		s.roads.drawJams(&l.Sheets[LayerZones], cam, f.Snapshot.Jams, look.Scale)
		s.roads.drawSigns(&l.Sheets[LayerPlaces], cam, f.Snapshot.Signs, look.Scale)
		s.drawPeople(cam, &f.Snapshot, look.Scale)
	}
	s.drawWorks(cam, f, look)
	s.drawPlaces(cam, f, look)
	s.drawFrame(cam, f, look)
	s.labels.place(&l.Sheets[LayerLabels])
	return l
}

// drawFixed draws ground, roads and buildings when the camera has moved.
func (s *Scene) drawFixed(cam Camera, scale float32) {
	key := fixedKey{cam, scale}
	ground, roads := &s.list.Sheets[LayerGround], &s.list.Sheets[LayerRoads]
	if roads.Edition > 0 && key == s.fixed {
		return
	}
	s.fixed = key
	ground.reset()
	ground.Shapes = append(ground.Shapes, s.imageShape(cam, ImageGround))
	ground.Edition++
	roads.reset()
	drawBuildings(roads, cam, s.sc.Buildings)
	s.roads.draw(roads, cam, scale)
	roads.Edition++
}

// imageShape lays an image over the whole map.
func (s *Scene) imageShape(cam Camera, id ImageID) Shape {
	b := s.Bounds()
	p := cam.Screen(geo.Point{X: b.Min.X, Y: b.Max.Y})
	return Shape{Kind: ShapeImage, Image: id, X: p.X, Y: p.Y,
		W: float32(b.Width() * cam.Zoom), H: float32(b.Height() * cam.Zoom)}
}
