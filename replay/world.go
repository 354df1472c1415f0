package replay

import "sandtable/sim"

// World is what the recorder needs of the world that it records: engine.World has it. The view that a sink is given
// must be one.
type World interface {
	sim.Viewer
	Digest() sim.Digest
	FullDigest() [32]byte
	Keyframe(e *sim.Encoder) (full [32]byte) // appends the state, and returns the full digest
	Recount()
	Err() error // why the run cannot go on, because a hazard failed, or nil
}
