package importer

import (
	"cmp"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// house is a building in the making.
type house struct {
	area      *area // nil for one that the map shows as a point
	tags      tags
	at        geo.Point
	footprint float64 // [m2]
	levels    int
	use       scenario.BuildingUse
	build     scenario.Construction
	kind      string // of an institution: school, kindergarten, hospital, care, fire_station, townhall, hall, church
	persons   int
	id        sim.BuildingID
}

// floors returns the floor area of all storeys [m2].
func (h *house) floors() float64 { return h.footprint * float64(h.levels) }

// What buildings are like where the map does not say (assumed).
const (
	shedArea   = 40.0   // a building without a stated use and smaller is a shed or garage, in which nobody lives [m2]
	barnArea   = 700.0  // and one that is larger and not on residential land is a workplace [m2]
	groundStep = 0.3    // ground floor above the ground [m]
	barePlace  = 0.25   // floor area of a school or hospital of which only the ground is drawn, share of it
	spotNear   = 25.0   // a building so near to a point of the map is what the point says [m]
	jobArea    = 40.0   // floor area per person at work [m2]
	maxStoreys = 120    // of a building
	tallFrom   = 5      // storeys from which on a building has a concrete frame
	wideArea   = 1000.0 // footprint from which on a workplace has one [m2]
)

// institutions are the uses that the map names, by the value of amenity, healthcare, building and others: kind, use,
// and storeys and footprint where the map does not say (assumed).
var institutions = []struct {
	values    []string
	kind      string
	use       scenario.BuildingUse
	levels    int
	footprint float64 // [m2]
}{
	{[]string{"hospital"}, "hospital", scenario.UseHospital, 4, 2500},
	{[]string{"nursing_home", "assisted_living", "group_home", "social_facility"}, "care", scenario.UseCare, 3, 900},
	{[]string{"school", "university", "college"}, "school", scenario.UseSchool, 2, 1200},
	{[]string{"kindergarten", "childcare"}, "kindergarten", scenario.UseSchool, 1, 400},
	{[]string{"fire_station", "rescue_station", "ambulance_station"}, "fire_station", scenario.UseStation, 1, 250},
	{[]string{"townhall", "public_building", "government", "civic", "public"}, "townhall", scenario.UsePost, 2, 350},
	{[]string{"community_centre", "sports_hall", "sports_centre", "events_venue", "conference_centre"}, "hall",
		scenario.UseWork, 1, 500},
	{[]string{"place_of_worship", "church", "chapel", "mosque", "temple", "cathedral"}, "church", scenario.UseWork, 1,
		300},
	{[]string{"bus_station", "depot"}, "depot", scenario.UseDepot, 1, 600},
}

// institutionKeys are looked through in this order.
var institutionKeys = []string{"amenity", "healthcare", "emergency", "social_facility", "leisure", "building"}

// institution returns the number of the institution that tags speak of; -1 for none.
func institution(t tags) int {
	for _, key := range institutionKeys {
		v := t.get(key)
		if v == "" {
			continue
		}
		for k := range institutions {
			if slices.Contains(institutions[k].values, v) {
				return k
			}
		}
	}
	return -1
}

// uninhabited are buildings in which nobody lives or works.
var uninhabited = []string{"no", "garage", "garages", "carport", "shed", "hut", "roof", "barn", "cowshed", "sty",
	"stable",
	"farm_auxiliary", "greenhouse", "ruins", "construction", "service", "transformer_tower", "water_tower", "storage_tank",
	"silo", "bunker", "container", "hangar", "entrance", "toilets", "bridge", "grandstand", "collapsed"}

// workBuildings are those in which people work.
var workBuildings = []string{"industrial", "commercial", "retail", "office", "warehouse", "manufacture", "factory",
	"hotel",
	"supermarket", "kiosk", "train_station", "transportation", "works", "brewery"}

// homeBuildings are those in which people live.
var homeBuildings = []string{"house", "residential", "detached", "semidetached_house", "semi", "terrace", "apartments",
	"bungalow", "farm", "dormitory", "cabin", "static_caravan", "villa", "hut;house", "houses", "flats", "yes;house"}

// findHouses makes houses of the map's buildings and of points that stand for some.
func (m *town) findHouses() {
	uses := m.landUses()
	for i := range m.surfaces {
		a := &m.surfaces[i]
		if a.tags.get("building") == "" || a.tags.is("building", "no") {
			continue
		}
		h := house{area: a, tags: a.tags, at: tidy(a.centre()), footprint: a.size}
		if !m.inside(h.at) {
			m.rep.offMap++
			continue
		}
		if m.classify(&h, uses) {
			m.houses = append(m.houses, h)
		} else {
			m.rep.sheds++
		}
	}
	m.addGrounds()
	m.addSpots()
	for i := range m.houses {
		m.houses[i].at = m.ashore(m.houses[i].at)
	}
	slices.SortStableFunc(m.houses, func(a, b house) int { return cmp.Compare(morton(a.at), morton(b.at)) })
}

// morton is a number by which places near each other come near each other in order: the bits of both coordinates, in
// blocks of 32 m, by turns.
func morton(p geo.Point) uint64 {
	spread := func(x float64) uint64 {
		v, out := uint64(math.Max(x, 0)/32), uint64(0)
		for b := range 24 {
			out |= (v >> b & 1) << (2 * b)
		}
		return out
	}
	return spread(p.X) | spread(p.Y)<<1
}

// landUses lists the surfaces that say what a plain building on them is for, the smallest first.
func (m *town) landUses() []*area {
	var list []*area
	for i := range m.surfaces {
		if t := m.surfaces[i].tags; t.is("landuse", "residential", "industrial", "commercial", "retail", "farmyard",
			"allotments",
			"railway", "military", "garages", "quarry") {
			list = append(list, &m.surfaces[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *area) int { return cmp.Compare(a.size, b.size) })
	return list
}

// classify says what a building is for; false for one that nobody is in.
func (m *town) classify(h *house, uses []*area) bool {
	b := h.tags.get("building")
	levels, known := levelsOf(h.tags)
	h.levels = min(levels, maxStoreys)
	set := func(use scenario.BuildingUse, typical int) bool {
		h.use = use
		if !known {
			h.levels = typical
			m.rep.levelsAssumed++
		}
		h.build = h.construction()
		return true
	}
	if k := institution(h.tags); k >= 0 {
		h.kind = institutions[k].kind
		return set(institutions[k].use, institutions[k].levels)
	}
	switch {
	case slices.Contains(uninhabited, b):
		return false
	case slices.Contains(workBuildings, b), h.tags.get("shop") != "", h.tags.get("office") != "",
		h.tags.get("tourism") != "":
		if b == "industrial" || b == "manufacture" || b == "factory" || b == "works" {
			return set(scenario.UsePlant, 1)
		}
		return set(scenario.UseWork, 1)
	case b == "apartments" || b == "flats" || b == "dormitory":
		return set(scenario.UseHome, 4)
	case slices.Contains(homeBuildings, b):
		return set(scenario.UseHome, 2)
	case !known && h.footprint < shedArea:
		return false
	}
	land := ""
	if k := slices.IndexFunc(uses, func(a *area) bool { return a.contains(h.at) }); k >= 0 {
		land = uses[k].tags.get("landuse")
	}
	switch land {
	case "industrial", "commercial", "retail", "military":
		return set(scenario.UseWork, 1)
	case "allotments", "garages", "railway", "quarry":
		return false
	case "residential":
		return set(scenario.UseHome, 2)
	}
	if h.footprint > barnArea || land == "farmyard" && h.footprint > barnArea/2 {
		return set(scenario.UseWork, 1)
	}
	return set(scenario.UseHome, 2)
}

// construction is how a building is built: by its material, else a concrete frame for tall houses and large halls, and
// masonry.
func (h *house) construction() scenario.Construction {
	switch {
	case h.tags.is("building:material", "wood", "timber", "timber_framing"):
		return scenario.BuildWood
	case h.tags.is("building:material", "concrete", "reinforced_concrete", "steel"):
		return scenario.BuildConcrete
	case h.tags.is("building:material", "mud", "adobe", "rammed_earth", "clay"):
		return scenario.BuildEarth
	case h.levels >= tallFrom || h.use != scenario.UseHome && h.footprint >= wideArea:
		return scenario.BuildConcrete
	}
	return scenario.BuildMasonry
}

// addGrounds gives the buildings on the ground of an institution its use; where none is drawn there, one is assumed.
func (m *town) addGrounds() {
	drawn := len(m.houses)
	for i := range m.surfaces {
		a := &m.surfaces[i]
		k := institution(a.tags)
		if k < 0 || a.tags.get("building") != "" || institutions[k].use == scenario.UseDepot {
			continue
		}
		found := false
		for n := range m.houses[:drawn] {
			h := &m.houses[n]
			if !a.contains(h.at) {
				continue
			}
			found = true
			if h.kind == "" {
				h.become(k, a.tags)
			}
		}
		at := tidy(a.centre())
		if !found && m.inside(at) {
			m.addPoint(k, a.tags, at, a.size*barePlace/float64(institutions[k].levels))
		}
	}
}

// become makes an institution of a plain building.
func (h *house) become(k int, t tags) {
	h.kind, h.use = institutions[k].kind, institutions[k].use
	if h.tags.get("name") == "" {
		h.tags = t
	}
	h.build = h.construction()
}

// addPoint adds an institution that is not drawn as a building.
func (m *town) addPoint(k int, t tags, at geo.Point, footprint float64) {
	in := &institutions[k]
	h := house{tags: t, at: at, footprint: math.Max(footprint, 100), levels: in.levels, use: in.use, kind: in.kind}
	h.build = h.construction()
	m.houses = append(m.houses, h)
	m.rep.pointHouses++
}

// addSpots gives buildings the use that a point inside or beside them says; where there is no building, one is assumed.
func (m *town) addSpots() {
	for i := range m.osm.spots {
		s := &m.osm.spots[i]
		at := m.at[s.node]
		k := institution(s.tags)
		if k < 0 || !m.inside(at) {
			continue
		}
		best, near := -1, spotNear
		for n := range m.houses {
			h := &m.houses[n]
			d := h.at.Dist(at)
			if h.area != nil && h.area.contains(at) {
				d = 0
			}
			if d < near || d == 0 {
				best, near = n, d
				if d == 0 {
					break
				}
			}
		}
		switch {
		case best < 0:
			m.addPoint(k, s.tags, at, institutions[k].footprint)
		case m.houses[best].kind == "":
			m.houses[best].become(k, s.tags)
		}
	}
}

// addBuildings puts the houses into the scenario.
func (m *town) addBuildings() {
	for i := range m.houses {
		h := &m.houses[i]
		h.id = sim.BuildingID(len(m.sc.Buildings))
		name := ""
		if h.kind != "" {
			name = plainText(h.tags.get("name"))
		}
		m.sc.Buildings = append(m.sc.Buildings, scenario.Building{Name: name, At: h.at, Use: h.use, Build: h.build,
			Storeys: uint8(min(max(h.levels, 1), maxStoreys)), Floor: groundStep, Node: m.door(h.at)})
	}
}

// shoreReach is how far a house that stands in a cell of a water is moved at the most [cells].
const shoreReach = 4

// ashore moves a house whose middle lies in a cell of a channel or lake to the nearest cell that is land: a channel in
// the grid is wider than the river, and a mill beside the river would otherwise stand in it.
func (m *town) ashore(p geo.Point) geo.Point {
	i, j := m.grid.ClampIJ(p)
	if !m.wet(m.grid.Index(i, j)) {
		return p
	}
	best, least := p, math.Inf(1)
	for dj := -shoreReach; dj <= shoreReach; dj++ {
		for di := -shoreReach; di <= shoreReach; di++ {
			if !m.grid.Inside(i+di, j+dj) || m.wet(m.grid.Index(i+di, j+dj)) {
				continue
			}
			mid, half := m.grid.Centre(i+di, j+dj), m.grid.Cell/2-0.2
			q := tidy(geo.Point{X: math.Min(math.Max(p.X, mid.X-half), mid.X+half),
				Y: math.Min(math.Max(p.Y, mid.Y-half), mid.Y+half)})
			if d := q.Dist(p); d < least {
				best, least = q, d
			}
		}
	}
	m.rep.ashore++
	return best
}

// wet says whether a cell belongs to a channel or lake.
func (m *town) wet(c int) bool { return m.channel[c] >= 0 || m.cover[c] == scenario.CoverWater }
