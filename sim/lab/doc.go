// Package lab runs many worlds: what-ifs, sweeps, reference runs. It keeps the cache of films, so that a thousand
// plans against one flood cost one flood, and it implements sim.Runner.
//
// It lies outside the core: it may use files and goroutines, and every world it runs is as deterministic as one
// that is played alone.
package lab
