package scenario

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Sites are the places of a scenario on its grid, its network and its zones: what every subsystem would otherwise
// look up for itself. All slices are indexed by id. They are derived from the scenario and never saved.
type Sites struct {
	Building []BuildingSite
	Node     []sim.ZoneID // zone of each node; None outside every zone
	Shelter  []sim.NodeID
	Assembly []sim.NodeID
	Hospital []sim.NodeID
	Station  []sim.NodeID
	Post     []sim.NodeID
	GaugeIn  []sim.ZoneID // zone of each gauge; None outside every zone
	Gauge    []int32      // cell of the terrain; -1 outside the map
	Zone     []ZoneSites  // what lies in each zone
	Tree     []sim.PostID // superior of each post; None for the highest
	PostIn   []sim.ZoneID // zone in which each post sits; None outside every zone
	Utility  []UtilitySite
}

// UtilitySite is where a utility stands, and whom it serves.
type UtilitySite struct {
	Cell   int32        // of the terrain; -1 outside the map
	Zone   sim.ZoneID   // None outside every zone
	Serves []sim.ZoneID // in id order
	Rest   bool         // it serves all that no other of its kind does, also outside the zones
}

// BuildingSite is where a building is.
type BuildingSite struct {
	Cell   int32      // of the terrain; -1 outside the map
	Zone   sim.ZoneID // None outside every zone
	Access float64    // from the door to its node [m]
}

// ZoneSites is what a zone resolves to.
type ZoneSites struct {
	Post      sim.PostID
	Shelters  []sim.ShelterID
	Assembly  sim.AssemblyID
	Buildings []sim.BuildingID // in id order
	Route     int32            // number of its route among those that zones have, from 1; 0 without one
}

// Locate derives the sites of a scenario that has been checked.
func Locate(sc *Scenario, names *Directory) *Sites {
	s := &Sites{}
	zones := newZoneFinder(sc)
	s.locateNetwork(sc, zones)
	s.Zone = make([]ZoneSites, len(sc.Zones))
	routes := int32(0)
	for i, z := range sc.Zones {
		if len(z.Route) > 0 {
			routes++
			s.Zone[i].Route = routes
		}
		s.Zone[i].Post = id[sim.PostID](names, sim.KindPost, z.Post)
		s.Zone[i].Assembly = id[sim.AssemblyID](names, sim.KindAssembly, z.Assembly)
		for _, name := range z.Shelters {
			s.Zone[i].Shelters = append(s.Zone[i].Shelters, id[sim.ShelterID](names, sim.KindShelter, name))
		}
	}
	s.locateBuildings(sc, zones)
	for _, g := range sc.Gauges {
		s.Gauge = append(s.Gauge, cellOf(sc.Terrain.Grid, Point(g.Place)))
		s.GaugeIn = append(s.GaugeIn, zones.at(Point(g.Place)))
	}
	for _, p := range sc.Posts {
		s.Tree = append(s.Tree, id[sim.PostID](names, sim.KindPost, p.Superior))
	}
	s.locateUtilities(sc, names, zones)
	return s
}

// locateUtilities finds where the utilities stand and which zones each serves: those that it names, and one that names
// none all that no other of its kind names.
func (s *Sites) locateUtilities(sc *Scenario, names *Directory, zones zoneFinder) {
	named := func(kind string, z int) bool {
		return slices.ContainsFunc(sc.Utilities, func(u Utility) bool {
			return u.Kind == kind && slices.Contains(u.Zones, sc.Zones[z].Name)
		})
	}
	for _, u := range sc.Utilities {
		at := Point(u.Place)
		site := UtilitySite{Cell: cellOf(sc.Terrain.Grid, at), Zone: zones.at(at), Rest: len(u.Zones) == 0}
		for z := range sc.Zones {
			if slices.Contains(u.Zones, sc.Zones[z].Name) || site.Rest && !named(u.Kind, z) {
				site.Serves = append(site.Serves, sim.ZoneID(z))
			}
		}
		s.Utility = append(s.Utility, site)
	}
}

// locateNetwork finds each place's nearest node that a vehicle can reach.
func (s *Sites) locateNetwork(sc *Scenario, zones zoneFinder) {
	drivable := make([]bool, len(sc.Nodes))
	for _, l := range sc.Links {
		if l.Class != RoadPath {
			drivable[l.From], drivable[l.To] = true, true
		}
	}
	pts := make([]geo.Point, len(sc.Nodes))
	s.Node = make([]sim.ZoneID, len(sc.Nodes))
	for i, n := range sc.Nodes {
		pts[i] = n.At
		s.Node[i] = zones.at(n.At)
	}
	index := geo.NewIndex(pts, 250)
	nearest := func(p [2]float64) sim.NodeID {
		k, _ := index.Nearest(Point(p), func(i int) bool { return drivable[i] })
		return sim.NodeID(k)
	}
	for _, x := range sc.Shelters {
		s.Shelter = append(s.Shelter, nearest(x.Place))
	}
	for _, x := range sc.Assemblies {
		s.Assembly = append(s.Assembly, nearest(x.Place))
	}
	for _, x := range sc.Hospitals {
		s.Hospital = append(s.Hospital, nearest(x.Place))
	}
	for _, x := range sc.Stations {
		s.Station = append(s.Station, nearest(x.Place))
	}
	for _, x := range sc.Posts {
		s.Post = append(s.Post, nearest(x.Place))
		s.PostIn = append(s.PostIn, zones.at(Point(x.Place)))
	}
}

func (s *Sites) locateBuildings(sc *Scenario, zones zoneFinder) {
	s.Building = make([]BuildingSite, len(sc.Buildings))
	for i, b := range sc.Buildings {
		site := BuildingSite{Cell: cellOf(sc.Terrain.Grid, b.At), Zone: zones.at(b.At)}
		if b.Node >= 0 {
			site.Access = b.At.Dist(sc.Nodes[b.Node].At)
		}
		if site.Zone >= 0 {
			z := &s.Zone[site.Zone]
			z.Buildings = append(z.Buildings, sim.BuildingID(i))
		}
		s.Building[i] = site
	}
}

func cellOf(g geo.Grid, p geo.Point) int32 {
	if c, ok := g.CellAt(p); ok {
		return int32(c)
	}
	return -1
}

// id resolves a name that has been checked; an empty one gives None.
func id[ID ~int32](names *Directory, kind sim.Kind, name string) ID {
	if v, ok := names.Resolve(kind, name); ok {
		return ID(v)
	}
	return sim.None
}

// zoneFinder finds the zone of a point; where zones overlap the first one wins.
type zoneFinder struct {
	polygons []geo.Polygon
	bounds   []geo.Rect
}

func newZoneFinder(sc *Scenario) zoneFinder {
	var f zoneFinder
	for _, z := range sc.Zones {
		poly := make(geo.Polygon, len(z.Polygon))
		for i, p := range z.Polygon {
			poly[i] = Point(p)
		}
		f.polygons = append(f.polygons, poly)
		f.bounds = append(f.bounds, geo.Bounds(poly))
	}
	return f
}

func (f zoneFinder) at(p geo.Point) sim.ZoneID {
	for i, poly := range f.polygons {
		if f.bounds[i].Contains(p) && poly.Contains(p) {
			return sim.ZoneID(i)
		}
	}
	return sim.None
}
