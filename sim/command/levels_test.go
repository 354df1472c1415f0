package command

import (
	"testing"

	"sandtable/sim"
)

// wantLevels checks what a post knows of the levels, and when it heard of them last.
func (b *bench) wantLevels(post sim.PostID, warning, response int, heard sim.Time) {
	b.t.Helper()
	o := b.observe(post)
	if o.Warning != warning || o.Response != response || o.LevelsHeard != heard {
		b.t.Errorf("%v: post %d knows warning %d, response %d, heard at %v; want %d, %d, %v", b.now, post, o.Warning,
			o.Response, o.LevelsHeard, warning, response, heard)
	}
}

// apart takes all lines of the zone's post out of use, or puts them back.
func (b *bench) apart(zone sim.ZoneID, up bool) {
	b.fault(phone, zone, up)
	b.fault(radio, zone, up)
}

// A level reaches the posts to which a line works at once. A village whose lines are down goes on knowing the old ones,
// its people stay at home, and both change when it notices that a line works again: at the next full minute.
func TestLevelsReachWhoCanBeReached(t *testing.T) {
	sc := testCounty()
	for _, p := range []sim.PostID{village1, village3} {
		x := &sc.Posts[p]
		x.OnDuty, x.StaffedAt, x.StaffT50, x.StaffT90 = true, "III", 20*sim.Minute, 20*sim.Minute
	}
	b := newBench(t, sc)
	b.apart(z1, false)
	b.run(100)
	var log sim.Log
	b.c.SetResponse(b.now, county, 2, &log)
	b.c.SetWarning(b.now, county, 4, z2, &log)
	b.run(300)
	b.wantLevels(county, 0, 2, at(100))
	b.wantLevels(village3, 0, 2, at(100))
	b.wantLevels(village1, 0, 0, -1)
	if o := b.observe(village1); o.ZoneWarnings[z2] != 0 || len(o.Inbox) != 0 {
		t.Errorf("the village that is cut off knows warning %d for z2 and has %d messages", o.ZoneWarnings[z2], len(o.Inbox))
	}
	if b.c.posts[village1].working != sim.PostOnDuty || b.c.posts[village3].working != sim.PostCalling {
		t.Errorf("states %v, %v; want on duty and calling", b.c.posts[village1].working, b.c.posts[village3].working)
	}
	b.fault(radio, z1, true)
	b.run(361) // the round at 360 s
	b.wantLevels(village1, 0, 2, at(360))
	o := b.observe(village1)
	if o.ZoneWarnings[z2] != 4 || b.c.posts[village1].working != sim.PostCalling {
		t.Errorf("the village knows warning %d for z2, and its people are %v", o.ZoneWarnings[z2], b.c.posts[village1].working)
	}
	const said = "warning level none, response level III; z2: warning level red"
	if len(o.Inbox) != 1 || o.Inbox[0].Text.EN != said || o.Inbox[0].From != sim.RefTo(sim.KindPost, townA) {
		t.Errorf("inbox %+v; want %q", o.Inbox, said)
	}
	if b.c.posts[village1].levels != nil {
		t.Error("what it knows is kept apart although it is how things are")
	}
}

// Two parts of the county that do not reach each other each set levels: both hear of all of them when they speak again,
// and of one level the later counts.
func TestLevelsOfTwoParts(t *testing.T) {
	b := newBench(t, testCounty())
	b.apart(z1, false)
	b.run(70)
	var log sim.Log
	b.c.SetWarning(b.now, county, 2, sim.None, &log)
	b.c.SetResponse(b.now, village1, 1, &log) // no drill would let a village; here it is a part of its own
	b.c.SetWarning(b.now, village1, 3, z1, &log)
	b.c.SetResponse(b.now, county, 3, &log)
	b.run(80)
	b.wantLevels(county, 2, 3, at(70))
	b.wantLevels(village2, 2, 3, at(70))
	b.wantLevels(village1, 0, 1, at(70))
	if got := b.observe(county).ZoneWarnings[z1]; got != 2 {
		t.Errorf("the county knows warning %d for z1; want its own, 2", got)
	}
	b.apart(z1, true)
	b.run(121)
	b.wantLevels(village1, 2, 3, at(120))
	b.wantLevels(village3, 2, 3, at(120))
	for _, p := range []sim.PostID{county, village1, village3} {
		if got := b.observe(p).ZoneWarnings[z1]; got != 3 {
			t.Errorf("post %d knows warning %d for z1; want 3", p, got)
		}
		if b.c.posts[p].levels != nil {
			t.Errorf("post %d keeps levels of its own", p)
		}
	}
}

// A post in the same house as its superior hears a level without any line. Where nobody is at the town, nobody passes it
// on to the villages; it lies there, and they hear it within a minute of somebody's coming.
func TestLevelsInOneHouseAndThroughAnEmptyOne(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village3].Place = sc.Posts[townB].Place
	b, _ := mannedBench(t, sc)
	b.apart(z3, false)
	b.c.SetOfficial(0, mayor, sim.OfficialAbsent)
	b.c.SetOfficial(0, vice, sim.OfficialAbsent)
	b.run(100)
	b.c.SetResponse(b.now, county, 3, &sim.Log{})
	b.run(200)
	b.wantLevels(village3, 0, 3, at(100))
	b.wantLevels(townA, 0, 3, at(100))
	b.wantLevels(village2, 0, 0, -1)
	b.c.SetOfficial(b.now, vice, sim.OfficialPresent)
	b.run(241)
	b.wantLevels(village2, 0, 3, at(240))
}

// A state in which a post knows levels that were never published is refused; one with a post that is behind goes on as
// the one that was saved.
func TestLevelsAreSaved(t *testing.T) {
	b := newBench(t, testCounty())
	b.apart(z1, false)
	b.run(100)
	b.c.SetResponse(b.now, county, 2, &sim.Log{})
	b.run(110)
	other := newBench(t, testCounty())
	d := sim.Decoder{Buf: save(b.c)}
	if other.c.LoadState(&d); d.Err != nil {
		t.Fatal(d.Err)
	}
	other.now = b.now
	for _, x := range []*bench{b, other} {
		x.fault(phone, z1, true)
		x.run(200)
		x.wantLevels(village1, 0, 2, at(120))
	}
	if string(save(b.c)) != string(save(other.c)) {
		t.Error("the world that was loaded has gone another way")
	}
	known := b.c.levels.copy()
	known.response = mark{3, 1}
	b.c.posts[village1].levels = known
	d = sim.Decoder{Buf: save(b.c)}
	if other.c.LoadState(&d); d.Err == nil {
		t.Error("a post that knows a level that nobody set is taken")
	}
}
