// Package storm is rain over space and time: a hyetograph that is the same everywhere, Chicago design storms, storms
// that move, and grids of rates over time. Several may fall at once; their depths are added.
//
// Config is what a scenario says, Compile makes a Field of it. A Field answers how deep the rain is that falls at a
// place between two instants, as the closed integral and not as a sum of samples, so that the sum over many short steps
// is that over one long step. Blocks are the same for a coarse grid of rain cells, as a flood wants them.
//
// Equations and sources are in docs/models/flood.md.
package storm
