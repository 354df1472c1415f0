// Package road holds the road network, finds ways through it and moves everything that travels on it: cars, coaches,
// vans, emergency vehicles, two-wheelers, boats on their trailers and afloat, and walkers.
//
// A Network is fixed: nodes, and links that make one arc per direction. Traffic is what changes: water and closures
// on links, movers, queues. Vehicles follow Newell's simplified kinematic wave, one by one and in whole microseconds:
// a vehicle enters a link when the hole that it needs has travelled back to the link's start, crosses it in no less
// than the free time, and leaves when the headway of the capacity has passed and the next link takes it. Walkers,
// two-wheelers and boats afloat take no room. Nobody is ever moved over a distance that he has not travelled: who
// cannot go on waits, or is reported as stranded.
//
// Where roads meet vehicles hinder each other: they give way, stop, wait for green or go round, by tables that are
// worked out from the geometry. A node is looked at when something can have changed there, never in between.
//
// Ways are next-arc tables, one per destination and mode, kept up to date as links close and open. A mover asks
// for its next arc at every node, so that it evades a closure that was made while it was on its way.
//
// Equations, values, sources and limits are in docs/models/roads.md.
package road
