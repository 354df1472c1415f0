package sim

// Log collects the events of one tick. The subsystems emit into it in the order of the phases; the engine sorts
// it by time, stably, before it hands it out.
type Log struct{ Events []Event }

// Emit adds an event.
func (l *Log) Emit(e Event) { l.Events = append(l.Events, e) }

// Router tells how far it is on the road network as it is now. Package road implements it; population and
// response decide with it.
type Router interface {
	// Distance returns the length [m] and the undisturbed travel time [s] of the fastest way for the mode, and
	// whether there is one.
	Distance(mode Mode, from, to NodeID) (metres, seconds float64, ok bool)
	// NearestRefuge returns the node of a shelter that is reached soonest on foot from a node, the undisturbed travel
	// time [s], and whether any can be reached; of several that are equally near always the same one.
	NearestRefuge(from NodeID) (to NodeID, seconds float64, ok bool)
	// Reaches says whether the driver of a trip takes it that there is a way, with the links as he knows them now.
	Reaches(trip Trip) bool
	// AtLeast returns lower bounds of what Distance returns, whatever water and orders have done to the roads, and costs
	// no search for a way.
	AtLeast(mode Mode, from, to NodeID) (metres, seconds float64)
	// NodeDepth returns the depth of water at a node [m].
	NodeDepth(node NodeID) float64
	// NodeRise returns how far a node lies above the terrain, on a bridge or an embankment [m]. It never changes.
	NodeRise(node NodeID) float64
	// PerchRise returns how far above the terrain one stands who waits at a node, on the highest of the roads that meet
	// there [m]. It never changes.
	PerchRise(node NodeID) float64
}
