// Package works has the discharge laws of hydraulic structures: weirs, gates, breaches, culverts, bridges, pumps and
// drains. The laws are pure: they turn two water levels into a discharge and know neither cells nor time.
//
// Levels are in metres above a zero of the caller's choosing, the same for all levels of one structure; only
// differences count. A discharge is positive from left to right, and one of a weir, gate or bridge is per metre of its
// length [m2/s]. Every law is zero where the two levels are equal, continuous, and grows (or stays) with the level of
// the side that the water comes from and falls (or stays) with that of the other. Approach velocities are left out.
//
//	weir.go    broad and sharp crests           gate.go     openings under a gate, bridges
//	breach.go  how a gap grows, what it passes  culvert.go  barrels under inlet and outlet control
//	pump.go    pumps and drains                 limit.go    what an explicit step may exchange
//
// Sources and what is assumed are in docs/models/flood.md.
package works
