package road

import "sandtable/sim"

// closeTold stands in the argument of a closure beside its policy: drivers are told of it.
const closeTold = 1 << 7

// inform has all drivers know of a link that it is closed. They hear of it when it opens again.
func (t *Traffic) inform(link int32) {
	if l := &t.links[link]; !l.told {
		l.told = true
		t.trail.Change(t.now, changeTold, link, 0)
	}
}

// announce has all drivers know which links are closed to cars at this instant, by order or by water: one of them, or
// with None all.
func (t *Traffic) announce(one sim.LinkID) {
	first, last := one, one
	if one < 0 {
		first, last = 0, sim.LinkID(len(t.links))-1
	}
	for link := first; link <= last; link++ {
		if l := &t.links[link]; l.shut && !l.told {
			t.inform(int32(link))
			t.price(int32(link))
		}
	}
}
