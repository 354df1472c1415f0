package road

// closeTold stands in the argument of a closure beside its policy: drivers are told of it.
const closeTold = 1 << 7

// inform has all drivers know of a link that it is closed. They hear of it when it opens again.
func (t *Traffic) inform(link int32) {
	if l := &t.links[link]; !l.told {
		l.told = true
		t.trail.Change(t.now, changeTold, link, 0)
	}
}

// announce has all drivers know which links are closed to cars at this instant, by order or by water.
func (t *Traffic) announce() {
	for link := range t.links {
		if l := &t.links[link]; l.shut && !l.told {
			t.inform(int32(link))
			t.price(int32(link))
		}
	}
}
