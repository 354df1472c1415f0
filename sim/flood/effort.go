package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
)

// Effort is what a flood has cost since it was made or loaded. It is no part of its state.
type Effort struct {
	Steps     int64 // of the whole water
	CellSteps int64 // cells of the tiles that were computed, summed over the steps
	Bytes     int   // that the solver's state takes
}

// EffortOf returns the effort of a flood made by Config.New; false for any other hazard.
func EffortOf(h sim.Hazard) (Effort, bool) {
	m, ok := h.(*model)
	if !ok {
		return Effort{}, false
	}
	e := m.effort
	e.Bytes = m.Footprint()
	return e, true
}

// note counts a step that was made.
func (e *Effort) note(w *shallow.Water) {
	e.Steps++
	e.CellSteps += int64(w.Active()) * shallow.Side * shallow.Side
}
