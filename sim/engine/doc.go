// Package engine assembles the subsystems into a World: a state machine that takes commands and gives events.
//
// World.Step is the only method that changes a world, and it does so by one tick of one second. Equal scenario,
// seed and commands give equal events and digests, on every machine, with any number of workers, with the water
// solved or read from a film.
package engine
