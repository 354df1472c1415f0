// Package evaluation turns a run into evidence: measures per zone and in all, held against the reference run
// without any protective order, a timeline, objectives, and an after-action report (复盘).
//
// It listens to events and knows nothing of the engine. Runs that it needs, above all the reference run, it gets
// from a sim.Runner. What each measure means is defined in docs/measures.md.
package evaluation
