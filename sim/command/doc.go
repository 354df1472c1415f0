// Package command carries orders down and knowledge up.
//
// It owns the command posts, their authority, the channels between them, every order on its way with its
// acknowledgement (叫应), what each post has been told, and the published levels. An order starts at the post that
// gives it and goes down the tree of posts hop by hop; the post of the zone then warns its people over its public
// channels. Counts of zones, shelters and units come up the same channels. What a seat sees is made from these
// records alone.
//
// The package talks to the others only through sim.Ports. docs/models/command.md has the mechanisms, their sources and
// their limits.
package command
