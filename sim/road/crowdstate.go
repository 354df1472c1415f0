package road

import "sandtable/sim"

// appendCrowds saves what the lists of walkers on arcs do not tell: density, clocks that still hold, and who waits
// at nodes on foot.
func (t *Traffic) appendCrowds(e *sim.Encoder) {
	for link := range t.links {
		c := &t.crowds[link]
		lately := c.walkers > 0 && c.moved+squeezeAfter > t.now
		if c.step > 0 || lately {
			e.I32(int32(link))
			e.U8(c.step)
			e.Bool(lately)
			if lately {
				e.Time(c.moved)
			}
		}
	}
	e.I32(-1)
	for arc := range t.arcs {
		a := &t.foot[arc]
		entered := a.isWalked(t.now)
		if a.crowd.head < 0 && a.exit <= t.now && !entered {
			continue
		}
		e.I32(int32(arc))
		e.Time(t.still(a.exit))
		e.Bool(entered)
		if entered {
			e.Time(a.entered)
			e.I64(a.stride)
		}
		t.appendList(e, a.crowd)
	}
	e.I32(-1)
	for node := range t.waits {
		if at := t.waits[node].at; at >= t.now {
			e.I32(int32(node))
			e.Time(at)
		}
	}
	e.I32(-1)
}

// isWalked says whether the last walker who came onto an arc may still keep others off its link, at any density.
func (a *footState) isWalked(now sim.Time) bool {
	return a.stride > 0 && float64(now-a.entered)*crowdings[crowdSteps-1].flow <= float64(a.stride)
}

// maxStride is more than any party takes for coming onto an arc [µs].
const maxStride = 1e15

// loadCrowds reads what appendCrowds wrote, after the arcs.
func (t *Traffic) loadCrowds(d *sim.Decoder) {
	for {
		link := d.Index(len(t.links), "link")
		if link < 0 || d.Err != nil {
			break
		}
		c := &t.crowds[link]
		if c.step = d.U8(); c.step >= crowdSteps || c.step > 0 && c.step < crowdFirst {
			refuse(d, "a crowd of an unknown density")
			return
		}
		if c.moved = -squeezeAfter; d.Bool() {
			if c.moved = d.Time(); c.moved < 0 || c.moved > t.now {
				refuse(d, "a crowd that moved at an instant that cannot be")
				return
			}
		}
	}
	for {
		arc := d.Index(len(t.arcs), "arc")
		if arc < 0 || d.Err != nil {
			break
		}
		a := &t.foot[arc]
		if a.exit = d.Time(); a.exit > lastInstant || a.crowd.head >= 0 {
			refuse(d, "a queue of walkers that cannot be")
			return
		}
		if d.Bool() {
			if a.entered, a.stride = d.Time(), d.I64(); a.entered < 0 || a.entered > t.now || a.stride <= 0 ||
				a.stride > maxStride {
				refuse(d, "a walker who came at an instant that cannot be")
				return
			}
		}
		t.loadList(d, &a.crowd, stageOrigin, arc)
	}
	for {
		node := d.Index(len(t.nodes), "node")
		if node < 0 || d.Err != nil {
			break
		}
		t.waits[node].at = d.Time()
	}
	t.countWalkers()
}

// countWalkers finds in the lists who is on foot, who waits at the end of an arc, and at which nodes somebody waits.
func (t *Traffic) countWalkers() {
	for arc := range t.arcs {
		a := &t.foot[arc]
		for slot := t.arcs[arc].free.head; slot >= 0; slot = t.movers.at(slot).next {
			if m := t.movers.at(slot); m.mode == sim.ModeFoot {
				t.crowds[arc>>1].walkers += m.walkers()
				if t.isHeld(m) {
					a.held = slot
				}
			}
		}
		if a.held >= 0 {
			t.waits[t.net.head[arc]].queues++
		}
		if a.crowd.head >= 0 {
			t.waits[t.net.tail[arc]].queues++
		}
	}
}

// isHeld says whether somebody without room among the vehicles waits at the end of an arc; between two instants nobody
// else is past the time at which he reaches it.
func (t *Traffic) isHeld(m *mover) bool {
	return m.mode == sim.ModeFoot && !m.is(tagBack) && m.ready < t.now
}

// checkWalkers counts the walkers again, and looks whether those who wait at the end of an arc are the first of it.
func (t *Traffic) checkWalkers() error {
	queues := make([]int32, len(t.waits))
	for arc := range t.arcs {
		a := &t.foot[arc]
		held := a.held >= 0
		for slot := t.arcs[arc].free.head; slot >= 0; slot = t.movers.at(slot).next {
			if held != t.isHeld(t.movers.at(slot)) {
				return t.wrong("arc %d: %v waits at its end, or not, where it should not", arc, t.movers.at(slot).ref())
			}
			held = held && slot != a.held
		}
		for slot := a.crowd.head; slot >= 0; slot = t.movers.at(slot).next {
			if t.movers.at(slot).mode != sim.ModeFoot {
				return t.wrong("arc %d: %v waits among walkers", arc, t.movers.at(slot).ref())
			}
		}
		if a.held >= 0 {
			queues[t.net.head[arc]]++
		}
		if a.crowd.head >= 0 {
			queues[t.net.tail[arc]]++
		}
	}
	for node, want := range queues {
		if got := t.waits[node].queues; got != want {
			return t.wrong("node %d: %d queues of walkers; found %d", node, got, want)
		}
	}
	for node := range t.waits {
		starts := int32(0)
		for _, arc := range t.net.out.of(int32(node)) {
			if t.arcs[arc].origin.head >= 0 {
				starts++
			}
		}
		if got := t.waits[node].starts; got != starts {
			return t.wrong("node %d: %d arcs at whose start vehicles wait; found %d", node, got, starts)
		}
	}
	for link := range t.links {
		persons := int32(0)
		t.eachOn(int32(link), func(slot int32) {
			if m := t.movers.at(slot); m.mode == sim.ModeFoot {
				persons += m.walkers()
			}
		})
		if got := t.crowds[link].walkers; got != persons {
			return t.wrong("link %d: %d persons on foot; found %d", link, got, persons)
		}
	}
	return nil
}
