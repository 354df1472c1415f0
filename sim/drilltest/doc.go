// Package drilltest runs text drills: small places, scripted water and orders, written as text, with the events that
// they must give. Their expected output is written by the program (-rewrite) and read by people: only commit a
// change when you understand what caused it and want it.
//
// A drill is a file of testdata/drills. Its verbs:
//
//	place                 the lines below build a scenario; see Town for their words
//	order at=10m NAME KEY=VALUE…     gives a command at that time; post=… and from=director say by whom
//	run until=2h [show=kind,kind…]   plays on and prints the events of those kinds (all, when none are named)
//	truth                 prints where everybody is
//	roads                 prints what is on the roads
//	seen post=NAME        prints what a post knows
//	save                  saves, loads, and goes on with the loaded world
//
// Packages that a drill cannot import, such as evaluation, add verbs of their own.
package drilltest
