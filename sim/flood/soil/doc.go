// Package soil says how much water soaks into the ground: Green and Ampt, Horton, and the curve number, with published
// parameters by soil texture, hydrologic soil group and land cover.
//
// Green-Ampt and Horton give the ground a capacity that falls with the water that it has taken, so that a dry spell
// changes nothing. What soaks in within a step of even rain is the exact solution, with the instant at which water
// begins to stand found within the step, so that one long step is as good as many short ones. The curve number knows
// only rain: it takes a share of it that falls with the rain that has fallen.
//
// All depths are in metres and times in seconds. Equations, sources and what is assumed are in docs/models/flood.md.
package soil
