package replay

import "sandtable/sim"

// World is what the recorder needs of the world that it records: engine.World has it. The view that a sink is given
// must be one.
type World interface {
	sim.Viewer
	Digest() sim.Digest
	FullDigest() [32]byte
	AppendState(e *sim.Encoder)
	Recount()
	Err() error // why the run cannot go on, because a hazard failed, or nil
}
