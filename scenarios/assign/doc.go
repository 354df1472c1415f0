// Package assign proposes where the people of each zone go (转到哪): to which shelters, by which roads, by when.
//
// It asks for the flow of people over a network that is laid out in time: every junction once per step, every road as
// arcs from a step to that in which who enters then comes out, as many persons on each as the road carries in a step,
// and none while water stands on it; every shelter takes what it has room for. The cost is the time until people are
// at a shelter, summed over all of them. The cheapest such flow is found exactly (flow.go), so that it is a bound: no
// assignment of zones to shelters moves everybody in less time over roads like these. The proposal gives each zone
// one shelter after the other, as a plan must; how far it and the scenario's own plan are from the bound is what the
// package tells.
//
// What the bound leaves out makes it lower, never higher: junctions and queues behind them, that people do not know
// which way is best, coaches that have to come first. docs/models/assign.md has the equations, sources and limits.
package assign
