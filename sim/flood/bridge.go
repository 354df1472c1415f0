package flood

import (
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
)

// released is how far the water must fall below a soffit before a bridge lets it pass freely again [m] (assumed):
// waves do not make it change at every step.
const released = 0.02

// bridge is a deck over the water, on the grid.
type bridge struct {
	*Bridge
	bank
	soffit, deck float64 // above the bank's zero [m]
	pressed      []bool  // per face: the deck is in the water there
}

func newBridge(m *mason, spec *Bridge) *bridge {
	b := &bridge{Bridge: spec, bank: newBank(m.water, m.grid, spec.Line)}
	b.soffit, b.deck = b.over(spec.Soffit), b.over(spec.Deck)
	b.pressed = make([]bool, len(b.faces))
	return b
}

func (b *bridge) body() *bank { return &b.bank }

// rules says whether the deck is in the water at a face; elsewhere the water passes freely.
func (b *bridge) rules(i int) bool { return b.pressed[i] }

func (b *bridge) flow(f *bankFace, left, right float64) float64 {
	law := works.Bridge{Bed: f.ground, Soffit: max(b.soffit, f.ground), Deck: max(b.deck, f.ground), Open: b.Open,
		Coefficient: b.Coefficient, Over: works.BroadCrest}
	return float64(law.Flow(left, right) * f.length())
}

// look finds the faces at which the deck has come into the water or out of it, and says whether there are any.
func (b *bridge) look(w *shallow.Water) bool {
	changed := false
	for i := range b.faces {
		f := &b.faces[i]
		left, right := b.levels(w, f)
		wet := w.Cells[f.left].H > 0 || w.Cells[f.right].H > 0
		limit := b.soffit
		if b.pressed[i] {
			limit -= released
		}
		if pressed := wet && max(left, right) > limit; pressed != b.pressed[i] {
			b.pressed[i], changed = pressed, true
		}
	}
	return changed
}
