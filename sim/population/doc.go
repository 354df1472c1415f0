// Package population knows where every person is and what becomes of them: who is at home, at work or at school when
// the drill starts; who hears a warning, and when; what a household decides; how it moves, waits, boards, arrives;
// whom the water catches, hurts and kills; who is fetched by boat.
//
// The unit of decision and movement is the party: the members of one household who are together at the start. A party
// stays together for the whole drill; members of a household who are apart at the start meet at the shelter.
//
// Vehicles and walkers on the road network belong to package road, units and shelters to package response, the chain
// of command to package command; this package talks with them through sim.Ports alone. Its equations, their sources
// and what is assumed stand in docs/models/evacuation.md.
package population
