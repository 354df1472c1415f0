// Package scripting runs the director's script: Lua in a closed room, as a sim.Source.
//
// A script reads and commands; it changes nothing itself. It sees the truth when it is the director's, and only
// the observation of its seat otherwise. What it may call is an allow-list; what it may use up is counted in
// instructions and bytes, never in wall time, so that a script does the same on every machine. A replay needs no
// Lua: the commands are in the journal.
//
// The functions that a script can call are listed in docs/scripting.md, which is generated from the table of this
// package.
package scripting
