// Package flood moves water over the ground: a shallow-water model of the local-inertia kind on the terrain's own
// grid, with rain, sub-catchments, inflows, lumped reservoirs with spillway, gates and breach, and open edges.
//
// Config is what a scenario says about it; Config.New makes the solver, which is a sim.Hazard. The equations, their
// sources, the measured figures and the limits are in docs/models/flood.md.
//
// How the parts hang together:
//
//	config.go      what a scenario says         check.go      what can be wrong with it
//	build.go       from Config to model         model.go      the sim.Hazard: time, publication, orders
//	grid.go        cells, faces, tiles          step.go       one step of the water over the active tiles
//	rain.go        rain and infiltration        build_rain.go, state_rain.go, check_rain.go the same for them
//	catchment.go   rain to runoff, lumped       reservoir.go  level, spillway, gates, breach
//	structures.go  works on the grid            bank.go       what stands across the water, along a staircase.go
//	boundary.go    open edges                   series.go     values over time
//	ledger.go      where all the water is       state.go      saved state
package flood
