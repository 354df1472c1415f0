// Package generate makes a believable fictional county from a few numbers: relief with a river, tributaries, terraces
// and a reservoir; a county town, towns, villages and hamlets; roads and bridges; households with their members, work
// and schools; shelters, stations, posts and channels; and a night of heavy rain that endangers part of it.
//
// The same parameters give the same bytes on every machine. Draws come from counter-based streams (sim/rng), elementary
// functions from sim/num, and products that meet a sum are guarded as in the core.
//
// County works in the order of nature and then of people; each step reads only what stands above it:
//
//	valley.go      axis and floor of the main valley, terraces, hills
//	river.go       the meandering main river
//	tributary.go   side valleys and their streams
//	drainage.go    pits filled, flow directions, contributing areas
//	carve.go       channels with the section that carries their bankfull discharge
//	reservoir.go   dam and level-storage curve
//	dyke.go        the dyke of the county town
//	cover.go       land cover
//	settle.go      where people live; streets.go, houses.go what stands there
//	routes.go      roads between the places; network.go makes nodes and links of them, spans.go the bridges
//	people.go      households and persons; occupation.go work and school; care.go mobility, special care and helpers
//	places.go      shelters, hospital, stations, units
//	command.go     posts, channels, zones, gauges; plan.go the standing plan
//	storm.go       rain, inflow, catchments, the flood
//
// Numbers that are assumed are constants with the word "assumed" beside the code that uses them, and docs/generate.md
// lists them.
package generate
