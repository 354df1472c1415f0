package command

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// unrulyPosts is the manned county with posts on duty, messengers on every ladder, calls that are missed, and a telephone
// over which they make twenty an hour.
func unrulyPosts() *scenario.Scenario {
	sc := mannedCounty()
	person := int64(5)
	sc.Officials[head].Person = &person
	sc.Channels[phone].Capacity = new(20.0)
	for p := range sc.Posts {
		x := &sc.Posts[p]
		x.Answer, x.AckT50, x.Timeout, x.Report = 0.6, sim.Minute, 2*sim.Minute, 5*sim.Minute
		x.Links = append(x.Links, "runner")
		x.OnDuty, x.DutyAckT50, x.NightFactor, x.Workers = p%2 == 1, 5*sim.Minute, 2, 3
		x.StaffT50, x.StaffT90, x.StaffedAt = 10*sim.Minute, 20*sim.Minute, "II"
	}
	return sc
}

// commotion does something arbitrary to posts and to those who hold them; it returns how many orders it gave.
func commotion(t *rapid.T, c *Command, ports *sim.Ports) int {
	post := sim.PostID(rapid.IntRange(0, int(village3)).Draw(t, "post"))
	who := sim.OfficialID(rapid.IntRange(0, int(deputy2)).Draw(t, "official"))
	state := sim.OfficialState(rapid.IntRange(0, int(sim.OfficialStateCount)-1).Draw(t, "state"))
	switch rapid.IntRange(0, 7).Draw(t, "commotion") {
	case 0, 1:
		d := order0(sim.OrderID(rapid.IntRange(int(sim.OrderCallPost), int(sim.OrderDelegate)).Draw(t, "order")),
			sim.PostID(rapid.IntRange(0, int(village3)).Draw(t, "from")))
		d.Post, d.Official, d.On = post, who, rapid.Bool().Draw(t, "on")
		if !c.Refuse(d).Empty() {
			return 0
		}
		ports.Directives.Post(c.now, 0, d)
		return 1
	case 2:
		c.SetOfficial(c.now, who, state)
	case 3:
		ports.Fates.Post(c.now, 5, sim.Fate{Person: 5, State: state})
	case 4:
		c.Delegate(c.now, post, rapid.Bool().Draw(t, "on"))
	case 5:
		c.CallIn(c.now, post)
	case 6:
		if c.Unavailable(who, post).Empty() {
			c.Appoint(c.now, who, post)
		}
	case 7:
		ports.ZoneReports.Post(c.now, 0, sim.ZoneReport{Zone: sim.ZoneID(who) % 3, Wet: int32(post)})
	}
	return 0
}

// Whatever befalls posts and officials, every order ends in exactly one way, every messenger comes back, every official
// serves at one post, and a saved world goes on as the one that was saved.
func TestAnyCommotion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sc, w := unrulyPosts(), &ways{seconds: 400}
		names := scenario.NewDirectory(sc)
		seed := rapid.Uint64().Draw(t, "seed")
		fresh := func() *Command { return New(sc, scenario.Locate(sc, names), names, seed, w) }
		a, ports, given := fresh(), sim.Ports{}, 0
		var b *Command
		saveAt := rapid.IntRange(1, 39).Draw(t, "save at")
		for k := 1; k <= 40; k++ {
			if k == saveAt {
				b = fresh()
				d := sim.Decoder{Buf: save(a)}
				if b.LoadState(&d); d.Err != nil || len(d.Buf) != 0 {
					t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
				}
			}
			w.closed = k < 30 && rapid.Bool().Draw(t, "closed")
			if k <= 30 && b == nil { // what is done by hand is done to one world alone
				for range rapid.IntRange(0, 3).Draw(t, "things") {
					given += commotion(t, a, &ports) + nonsense(t, a, nil, &ports, a.now)
				}
			}
			end := at(k * 97)
			if k == 40 {
				end = at(3 * 24 * 3600)
			}
			var log sim.Log
			if b != nil {
				other, otherLog := clonePorts(&ports), sim.Log{}
				b.Step(end, nil, &other, &otherLog)
			}
			a.Step(end, nil, &ports, &log)
			if err := a.Check(true); err != nil {
				t.Fatal(err)
			}
			if b != nil && string(save(a)) != string(save(b)) {
				t.Fatalf("tick %d: the world that was loaded has gone another way", k)
			}
			ports = sim.Ports{}
		}
		if n := a.count; int(n.given) != given || n.travelling != 0 || n.acted+n.failed != n.given {
			t.Fatalf("after three days: %+v; %d were given", n, given)
		}
		for p := range a.posts {
			if a.posts[p].away != 0 {
				t.Fatalf("post %d has %d messengers out after three days", p, a.posts[p].away)
			}
		}
	})
}

func FuzzLoadPosts(f *testing.F) {
	sc := unrulyPosts()
	b, _ := mannedBench(f, sc)
	f.Add(save(b.c))
	d := postOrderTo(sim.OrderAppoint, townA, village1)
	d.Official = vice
	b.give(d)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.fault(phone, z1, false)
	b.fault(radio, z1, false)
	b.run(601)
	b.give(zoneOrderTo(sim.OrderPrepareZone, village1, z1))
	b.run(700)
	f.Add(save(b.c))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _ := mannedBench(t, sc)
		d := sim.Decoder{Buf: data}
		if c.c.LoadState(&d); d.Err == nil && c.c.now < at(366*24*3600) {
			save(c.c)
			goOn(c.c)
		}
	})
}
