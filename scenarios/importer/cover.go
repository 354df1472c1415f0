package importer

import (
	"cmp"
	"slices"

	"sandtable/sim/scenario"
)

// coverOf returns the land cover of a surface, and whether it says anything about it.
func coverOf(t tags) (class uint8, ok bool) {
	switch t.get("landuse") {
	case "forest":
		return scenario.CoverForest, true
	case "residential", "commercial", "retail", "industrial", "farmyard", "railway", "construction", "garages", "military",
		"religious", "education", "brownfield":
		return scenario.CoverUrban, true
	case "quarry", "landfill":
		return scenario.CoverBare, true
	case "basin", "reservoir":
		return scenario.CoverWater, true
	case "farmland", "farm", "meadow", "grass", "orchard", "vineyard", "allotments", "cemetery", "recreation_ground",
		"village_green", "greenfield", "plant_nursery", "greenhouse_horticulture":
		return scenario.CoverFarmland, true
	}
	switch t.get("natural") {
	case "wood", "scrub":
		return scenario.CoverForest, true
	case "water":
		return scenario.CoverWater, true
	case "wetland":
		return scenario.CoverWetland, true
	case "sand", "scree", "bare_rock", "shingle", "beach", "rock":
		return scenario.CoverBare, true
	case "heath", "grassland", "fell", "meadow":
		return scenario.CoverFarmland, true
	}
	switch {
	case t.is("waterway", "riverbank", "dock"), t.get("water") != "":
		return scenario.CoverWater, true
	case t.is("leisure", "park", "pitch", "golf_course", "garden", "common"):
		return scenario.CoverFarmland, true
	case t.is("amenity", "school", "university", "college", "hospital", "parking"):
		return scenario.CoverUrban, true
	}
	return 0, false
}

// layCover draws the surfaces on the grid, the largest first, so that a small one inside a large one shows. Ground of
// which the map says nothing is farmland. Water is drawn with the channels and lakes.
func (m *town) layCover() {
	m.cover = make([]uint8, m.grid.Len())
	order := make([]int, 0, len(m.surfaces))
	for i := range m.surfaces {
		if class, ok := coverOf(m.surfaces[i].tags); ok && class != scenario.CoverWater {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.surfaces[b].size, m.surfaces[a].size) })
	for _, i := range order {
		class, _ := coverOf(m.surfaces[i].tags)
		m.surfaces[i].cells(m.grid, func(c int) { m.cover[c] = class })
	}
}
