// Package response runs what helps: units with their tasks, the board of open calls, and shelters.
//
// A unit is at one place and carries whom it took in: coaches shuttle between an assembly point and a shelter, boats
// fetch stranded parties one by one. It asks population for people through the ports and counts them in and out; road
// moves it on the network. A shelter opens with a delay, registers people at its desks, and sends on whom it cannot
// take.
//
// The package talks to the others only through sim.Ports and asks sim.Router for ways. docs/models/response.md has the
// mechanisms, their sources and their limits.
package response
