package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// official is what has become of somebody who holds a post or stands in for who does.
type official struct {
	given   sim.OfficialState // as the scenario has him, and as the director says
	fate    sim.OfficialState // of the person of the population that he is
	errands int32             // what keeps him from his post: the way to another one, meetings
	told    sim.OfficialState // what the last event said
	post    sim.PostID        // at which he serves
}

// state returns whether he can act, and why not: the worst of what is said of him.
func (o *official) state() sim.OfficialState {
	s := max(o.given, o.fate)
	if s == sim.OfficialPresent && o.errands > 0 {
		return sim.OfficialBusy
	}
	return s
}

// Why an official's state changes, for the words of the event.
const (
	causeSaid    int32 = iota // the director says so
	causeArrives              // he comes back to his post
	causePerson               // something happened to the person
)

// newOfficials returns the officials at the start, and who serves at each post in the order of succession.
func newOfficials(sc *scenario.Scenario, names *scenario.Directory) ([]official, [][]sim.OfficialID) {
	list, staff := make([]official, len(sc.Officials)), make([][]sim.OfficialID, len(sc.Posts))
	for i := range sc.Officials {
		x := &sc.Officials[i]
		o := official{post: sim.None}
		if x.Absent {
			o.given = sim.OfficialAbsent
		}
		o.told = o.given
		if p, ok := names.Resolve(sim.KindPost, x.Post); ok {
			o.post = sim.PostID(p)
			staff[p] = append(staff[p], sim.OfficialID(i))
		}
		list[i] = o
	}
	return list, staff
}

// acting returns who acts for a post: the first of those who serve there and are present. None when nobody is, or when
// nobody is named.
func (c *Command) acting(p sim.PostID) sim.OfficialID {
	for _, id := range c.staff[p] {
		if c.officials[id].state() == sim.OfficialPresent {
			return id
		}
	}
	return sim.None
}

// manned says whether somebody acts for a post. A post for which the scenario names nobody always has somebody.
func (c *Command) manned(p sim.PostID) bool { return !c.plan.named[p] || c.acting(p) >= 0 }

// SetOfficial notes what the director says of an official.
func (c *Command) SetOfficial(at sim.Time, id sim.OfficialID, state sim.OfficialState) {
	c.put(at, entry{kind: entryOfficial, a: int32(id), flag: uint8(state), b: causeSaid})
}

// officialChanges carries out a change of an official's state.
func (c *Command) officialChanges(at sim.Time, e entry) {
	o, state := &c.officials[e.a], sim.OfficialState(e.flag)
	switch {
	case e.b != causePerson:
		o.given = state
	case o.fate >= sim.OfficialHurt && state < o.fate:
		return // who is hurt is not well because he is out of the water
	default:
		o.fate = state
	}
	c.tellOfficial(at, sim.OfficialID(e.a), causeWords(e.b, state))
}

// causeWords says why an official's state has changed, where there is more to say than how it is now.
func causeWords(cause int32, state sim.OfficialState) sim.Text {
	switch {
	case cause == causeArrives:
		return sim.Text{ZH: "返岗", EN: "back at his post"}
	case cause == causePerson && state == sim.OfficialPresent:
		return sim.Text{ZH: "脱困", EN: "free again"}
	case cause == causePerson && state == sim.OfficialBusy:
		return sim.Text{ZH: "被困", EN: "stranded himself"}
	case cause == causePerson:
		return sim.Text{ZH: "在灾害中", EN: "in the disaster"}
	}
	return sim.Text{}
}

// occupy adds an errand that keeps an official from his post, or with -1 takes it off. Calls to him are not answered
// meanwhile.
func (c *Command) occupy(at sim.Time, id sim.OfficialID, errands int32, why sim.Text) {
	c.officials[id].errands += errands
	c.tellOfficial(at, id, why)
}

// tellOfficial reports an official's state when it is another one, and what follows for his post.
func (c *Command) tellOfficial(at sim.Time, id sim.OfficialID, why sim.Text) {
	o := &c.officials[id]
	s := o.state()
	if s == o.told {
		return
	}
	o.told = s
	c.trail.Change(at, trailOfficial, int32(id), uint64(s))
	c.log.Emit(sim.Event{At: at, Kind: sim.EvOfficial, A: sim.RefTo(sim.KindOfficial, id),
		B: sim.RefTo(sim.KindPost, o.post), Count: int32(s), Text: why})
	if c.sc.Officials[id].Knocks {
		c.knockerMoved(at, id)
	}
	if o.post >= 0 {
		c.settleSoon(at, o.post)
	}
}

// settleSoon has it reported who acts for a post when everything of this instant has happened: where the holder and his
// deputy are called away together nobody has taken over between.
func (c *Command) settleSoon(at sim.Time, p sim.PostID) {
	c.put(at, entry{kind: entrySettle, a: int32(p)})
}

// settle reports who acts for a post when it is somebody else than before. Who comes to a post where nobody was reads
// what lies there.
func (c *Command) settle(at sim.Time, p sim.PostID) {
	s, now := &c.posts[p], c.acting(p)
	if now == s.acting {
		return
	}
	alone := s.acting < 0
	s.acting = now
	if !c.plan.named[p] && now < 0 {
		return
	}
	if now < 0 {
		c.tellPost(at, p, sim.PostUnmanned, sim.Text{ZH: "无人在岗", EN: "nobody is there to act for it"})
		return
	}
	c.tellPost(at, p, sim.PostTakenOver, sim.Say("由%s履职", "%s acts for it", c.title(sim.RefTo(sim.KindOfficial, now))))
	if alone {
		c.readUp(at, p)
	}
}

// readUp is who reads what has come to a post while nobody was there, and does what would have been done about it.
func (c *Command) readUp(at sim.Time, p sim.PostID) {
	c.newsOf(at, p)
	c.lookRound(at, p)
	c.raise(at, p)
	if c.plan.level[p] == levelCounty {
		for s := range c.sc.Shelters {
			c.heardOf(at, sim.ShelterID(s))
		}
	}
}

// tellPost reports how a post works from now on.
func (c *Command) tellPost(at sim.Time, p sim.PostID, state sim.PostState, text sim.Text) {
	who := sim.Ref{}
	if id := c.acting(p); id >= 0 {
		who = sim.RefTo(sim.KindOfficial, id)
	}
	c.trail.Change(at, trailPost, int32(p), uint64(state))
	c.log.Emit(sim.Event{At: at, Kind: sim.EvPost, A: sim.RefTo(sim.KindPost, p), C: who, Count: int32(state), Text: text})
}

// officialWho finds the official who is a person of the population; false when nobody is.
func (c *Command) officialWho(person sim.PersonID) (int32, bool) {
	k := slices.IndexFunc(c.sc.Officials, func(x scenario.Official) bool {
		return x.Person != nil && *x.Person == int64(person)
	})
	return int32(k), k >= 0
}

// open is the beginning: posts whose holder is away, posts on peace-time duty, officials who come back later.
func (c *Command) open(at sim.Time) {
	for i := range c.officials {
		if back := c.sc.Officials[i].Arrives; c.officials[i].given == sim.OfficialAbsent && back != nil {
			c.put(sim.Time(*back), entry{kind: entryOfficial, a: int32(i), flag: uint8(sim.OfficialPresent), b: causeArrives})
		}
	}
	for p := range c.posts {
		c.settle(at, sim.PostID(p))
		if c.posts[p].working != sim.PostRunning || c.knockersAway(sim.PostID(p)) > 0 {
			c.tellWorkers(at, sim.PostID(p))
		}
	}
}
