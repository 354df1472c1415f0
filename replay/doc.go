// Package replay keeps runs: it records them, reads them back, proves them, and goes on from them.
//
// A run is a directory. What decides it is in header.json, the scenario's files and the commands of journal.jsonl;
// everything else (events, telemetry, keyframes, films) is there to be quick, and can be made again. The journal is
// a chain of lines, each of which carries the hash of all before it, without any wall time or fact of the machine,
// so that equal runs have equal bytes.
//
//	Create, Branch, Resume   begin or take up a run; each gives a Recorder, which is a sim.Sink
//	Recorder.Source          what commands that run: the recorded commands first, then the live sources
//	Open                     reads a run; Run.Commands, Run.Source, Run.Events, Run.Telemetry
//	Verify, Seek             play it again: to the end against the digests, or up to an instant
//
// The files and what is promised about them are described in docs/replay.md.
package replay
