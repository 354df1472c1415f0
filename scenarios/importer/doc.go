// Package importer makes a drill of a real place: OpenStreetMap for what stands there, SRTM for the relief.
//
// Import reads both, projects them to local metres and fills a scenario that can be played at once, with a river flood,
// people in the houses, shelters, posts, forces and a standing plan. What a map does not say is assumed, and the Report
// that comes with the scenario lists everything that was found, dropped and assumed. The same files and parameters give
// the same scenario, byte for byte.
//
// The work goes in this order; each step reads only what stands above it:
//
//	osm.go        OpenStreetMap XML, streaming, with the place of every mistake
//	hgt.go        SRTM tiles; mosaic.go joins them, fills voids and samples
//	frame.go      projection and grid
//	area.go       closed ways and multipolygons on the grid; cover.go land cover
//	stream.go     water lines joined to chains; profile.go their levels; burn.go channels and lakes in the bed
//	plain.go      how high which ground lies above the river, and how high the flood will come
//	tags.go       what the tags of a road say; road.go nodes and links; crossing.go and tunnel.go
//	              levels of bridges, culverts and tunnels; connect.go what hangs together
//	building.go   houses, institutions and their use; household.go, person.go who lives there
//	shelter.go    zone.go, post.go, force.go, plan.go: shelters, zones, posts, units, gauges and the standing plan
//	water.go      inflow, outflow and initial water
//
// Numbers without a source are constants with the word "assumed" beside them, and docs/import.md lists them.
package importer
