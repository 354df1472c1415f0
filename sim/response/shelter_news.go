package response

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// news is what somebody has been told of a shelter.
type news struct {
	open, shut bool
	taken      int32    // persons on its list and at its door, and whom who was told has sent there since
	asof       sim.Time // when the shelter said so; before 0 what everybody knew before the drill
}

// newNews is what everybody knows at the start: which shelters there are, and which are open.
func newNews(sc *scenario.Scenario) []news {
	n := len(sc.Shelters)
	out := make([]news, (n+1)*n)
	for k := range out {
		out[k] = news{open: sc.Shelters[k%n].Open, asof: -1}
	}
	return out
}

// newsOf returns what the staff of a shelter, or with None who directs the units, was told of another one.
func (r *Response) newsOf(to, about sim.ShelterID) *news {
	n := len(r.shelters)
	if to < 0 {
		to = sim.ShelterID(n)
	}
	return &r.told[int(to)*n+int(about)]
}

// believedRoom returns for how many persons another shelter has room for all that the staff of one knows. Of itself it
// knows all.
func (r *Response) believedRoom(to, about sim.ShelterID) int32 {
	if to == about {
		return r.room(about)
	}
	k := r.newsOf(to, about)
	if k.shut {
		return 0
	}
	return int32(r.sc.Shelters[about].Capacity) - k.taken
}

// hear takes news; what is older than what is known is none.
func (r *Response) hear(at sim.Time, e entry) {
	k := r.newsOf(sim.ShelterID(e.id), sim.ShelterID(e.a))
	asof := sim.Time(e.c) * sim.Time(sim.Second)
	if asof < k.asof {
		return
	}
	*k = news{open: e.flag&1 != 0, shut: e.flag&2 != 0, taken: e.b, asof: asof}
	r.trail.Change(at, trailNews, e.a, uint64(uint32(e.id))<<32|uint64(uint32(e.b)))
}

// sawFull is what the driver of a unit tells who directs it, and the staff of the shelter to which he is sent on: the
// one that he comes from takes nobody in.
func (r *Response) sawFull(at sim.Time, about, next sim.ShelterID) {
	for _, to := range [...]sim.ShelterID{sim.None, next} {
		if k := r.newsOf(to, about); k.asof <= at && to != about {
			k.taken, k.asof = max(k.taken, int32(r.sc.Shelters[about].Capacity)), at
			r.trail.Change(at, trailNews, int32(about), uint64(uint32(to))<<32|uint64(uint32(k.taken)))
		}
	}
}

// nextOf returns where the staff of a shelter sends everybody: to the nearest one with room that can be reached on
// foot.
func (r *Response) nextOf(s sim.ShelterID) sim.ShelterID {
	r.near.Reset()
	from := r.sites.Shelter[s]
	for k := range r.shelters {
		if o := sim.ShelterID(k); o != s && r.believedRoom(s, o) > 0 {
			_, t := r.router.AtLeast(sim.ModeFoot, from, r.sites.Shelter[o])
			r.near.Offer(int32(k), t)
		}
	}
	next, _ := r.near.Find(func(k int32) (float64, bool) {
		_, t, ok := r.router.Distance(sim.ModeFoot, from, r.sites.Shelter[k])
		return t, ok
	})
	return sim.ShelterID(next)
}
