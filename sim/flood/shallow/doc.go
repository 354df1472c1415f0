// Package shallow moves water over a grid of square cells by the shallow-water equations, in one of two schemes: local
// inertia (cheap, for water that rises and spreads) and finite volume (for dam breaks and fast flow). It knows cells
// and their water, not maps or time: rain, inflows, open edges and structures are put on from outside, between steps
// or through ruled faces. Equations, sources and measured figures are in docs/models/flood.md.
//
// How the parts hang together:
//
//	grid.go      cells in tiles              water.go     one step over the active tiles
//	ruled.go     faces that others rule      limit.go     no cell gives more than it has
//	inertial.go  local inertia               momentum.go  its fluxes, row by row
//	finite.go    finite volume               side.go      its reconstruction, riemann.go its fluxes
//	root.go      inverse cube root           state.go     saved tiles
package shallow
