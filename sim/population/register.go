package population

import "sandtable/sim"

// register is a set of parties that can be gone through. The order follows from its history and is part of the state.
type register struct {
	list []sim.PartyID
	at   []int32 // place in the list, by party; -1 outside it
}

func newRegister(parties int) register {
	r := register{at: make([]int32, parties)}
	r.index()
	return r
}

// set puts a party in or takes it out; the last one of the list takes its place.
func (r *register) set(q sim.PartyID, want bool) {
	at := r.at[q]
	switch {
	case want && at < 0:
		r.at[q] = int32(len(r.list))
		r.list = append(r.list, q)
	case !want && at >= 0:
		last := r.list[len(r.list)-1]
		r.list[at], r.at[last] = last, at
		r.list = r.list[:len(r.list)-1]
		r.at[q] = -1
	}
}

// index finds the places of the parties from the list.
func (r *register) index() {
	for q := range r.at {
		r.at[q] = -1
	}
	for k, q := range r.list {
		r.at[q] = int32(k)
	}
}

// holds says whether the list has exactly those parties for whom want is true, each once.
func (r *register) holds(want func(q sim.PartyID) bool) bool {
	n := 0
	for q := range r.at {
		if want(sim.PartyID(q)) {
			n++
		}
	}
	for k, q := range r.list {
		if r.at[q] != int32(k) || !want(q) {
			return false
		}
	}
	return n == len(r.list)
}
