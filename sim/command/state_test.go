package command

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// unruly makes a county in which messages get lost and come late.
func unruly() *scenario.Scenario {
	sc := testCounty()
	for p := range sc.Posts {
		sc.Posts[p].Answer, sc.Posts[p].AckT50, sc.Posts[p].Timeout = 0.6, sim.Minute, 2*sim.Minute
		sc.Posts[p].Report = 5 * sim.Minute
	}
	sc.Channels[phone].DelayT90, sc.Channels[radio].DelayT90 = new(4*sim.Minute), new(3*sim.Minute)
	return sc
}

func save(c *Command) []byte {
	var e sim.Encoder
	c.AppendState(&e)
	return e.Buf
}

func anyID[ID ~int32](t *rapid.T, n int, name string) ID {
	return ID(rapid.IntRange(-1, n-1).Draw(t, name))
}

// nonsense posts an arbitrary message into the ports, orders only when they are not refused; it returns how many
// orders it gave.
func nonsense(t *rapid.T, c *Command, ports *sim.Ports, now sim.Time) int {
	when := now.Add(sim.Duration(rapid.Int64Range(-5e6, 5e6).Draw(t, "offset")))
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0, 1:
		d := sim.Directive{Order: sim.OrderID(rapid.IntRange(0, int(sim.OrderSetGate)).Draw(t, "order")),
			From: anyID[sim.PostID](t, 6, "from"), Zone: sim.None, Shelter: sim.None, Unit: sim.None, Link: sim.None,
			Structure: sim.None, Post: sim.None, Official: sim.None, Num: rapid.Float64Range(-10, 400).Draw(t, "num"),
			Over: sim.Duration(rapid.Int64Range(0, 1e10).Draw(t, "over"))}
		for _, p := range sim.Orders[d.Order].Params {
			switch p.Ref {
			case sim.KindZone:
				d.Zone = sim.ZoneID(rapid.IntRange(0, 2).Draw(t, "zone"))
			case sim.KindShelter:
				d.Shelter = sim.ShelterID(rapid.IntRange(0, 1).Draw(t, "shelter"))
			case sim.KindUnit:
				d.Unit = sim.UnitID(rapid.IntRange(0, 1).Draw(t, "unit"))
			case sim.KindLink:
				d.Link = sim.LinkID(rapid.IntRange(0, 2).Draw(t, "link"))
			case sim.KindStructure:
				d.Structure = 0
			}
		}
		if !c.Refuse(d).Empty() {
			return 0
		}
		ports.Directives.Post(when, d.Serial, d)
		return 1
	case 2:
		f := sim.ChannelFault{Channel: sim.ChannelID(rapid.IntRange(0, 3).Draw(t, "channel")),
			Zone: anyID[sim.ZoneID](t, 3, "zone"), Up: rapid.Bool().Draw(t, "up")}
		ports.ChannelFaults.Post(when, int32(f.Channel), f)
	case 3:
		z := sim.ZoneID(rapid.IntRange(0, 2).Draw(t, "zone"))
		ports.ZoneReports.Post(when, int32(z), sim.ZoneReport{Zone: z, Left: rapid.Int32().Draw(t, "left")})
	case 4:
		ports.ShelterCounts.Post(when, 1, sim.ShelterCount{Shelter: 1, Inside: rapid.Int32().Draw(t, "inside")})
	case 5:
		ports.UnitReports.Post(when, 1, sim.UnitReport{Unit: 1, Status: sim.UnitStatus(rapid.Uint8().Draw(t, "status"))})
	}
	return 0
}

// Whatever comes in, every order is in exactly one state, every order that is over was carried out once or failed, and
// a saved world goes on as the one that was saved.
func TestAnyStreamOfMessages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sc := unruly()
		seed := rapid.Uint64().Draw(t, "seed")
		a, ports, given, done := newCommand(sc, seed), sim.Ports{}, 0, 0
		var b *Command
		saveAt := rapid.IntRange(1, 39).Draw(t, "save at")
		for k := 1; k <= 40; k++ {
			if k <= 30 {
				for range rapid.IntRange(0, 3).Draw(t, "messages") {
					given += nonsense(t, a, &ports, a.now)
				}
			}
			end := at(k * 97)
			if k == 40 {
				end = at(24 * 3600)
			}
			var log sim.Log
			if b != nil {
				other, otherLog := clonePorts(&ports), sim.Log{}
				b.Step(end, nil, &other, &otherLog)
			}
			a.Step(end, nil, &ports, &log)
			for _, e := range log.Events {
				if e.Kind == sim.EvOrderAcked && e.A.Kind != sim.KindPost {
					done++
				}
			}
			if err := a.Check(true); err != nil {
				t.Fatal(err)
			}
			if b != nil && string(save(a)) != string(save(b)) {
				t.Fatalf("tick %d: the world that was loaded has gone another way", k)
			}
			if k == saveAt {
				b = newCommand(sc, seed)
				d := sim.Decoder{Buf: save(a)}
				if b.LoadState(&d); d.Err != nil || len(d.Buf) != 0 {
					t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
				}
			}
			ports = sim.Ports{}
		}
		n := a.count
		if int(n.given) != given || n.travelling != 0 || n.acted+n.failed != n.given {
			t.Fatalf("after a day: %+v; %d were given", n, given)
		}
		if done > int(n.acted) {
			t.Fatalf("%d acknowledgements outside the posts, %d orders acted on", done, n.acted)
		}
	})
}

func clonePorts(p *sim.Ports) sim.Ports {
	var e sim.Encoder
	p.AppendState(&e)
	var out sim.Ports
	d := sim.Decoder{Buf: e.Buf}
	out.LoadState(&d)
	return out
}

func TestTrailShowsADifference(t *testing.T) {
	run := func(zone sim.ZoneID) sim.Trail {
		b := newBench(t, testCounty())
		b.give(zoneOrderTo(sim.OrderEvacuateZone, county, zone))
		b.run(2)
		return b.c.Trail()
	}
	if a, b := run(z1), run(z1); a != b {
		t.Error("equal runs have different trails")
	}
	if run(z1) == run(z3) {
		t.Error("different runs have equal trails")
	}
}

func TestQuietStepsAllocateNothing(t *testing.T) {
	b := newBench(t, testCounty())
	b.run(100)
	var log sim.Log
	if n := testing.AllocsPerRun(100, func() {
		b.now = b.now.Add(sim.Tick)
		b.c.Step(b.now, nil, &b.ports, &log)
	}); n != 0 {
		t.Errorf("%v allocations in a step in which nothing happens", n)
	}
}

func FuzzLoadState(f *testing.F) {
	sc := unruly()
	b := newBench(f, sc)
	f.Add(save(b.c))
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.fault(phone, z1, false)
	b.count(z1, 3)
	b.run(301)
	f.Add(save(b.c))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newCommand(sc, 7)
		d := sim.Decoder{Buf: data}
		if c.LoadState(&d); d.Err == nil {
			save(c)
		}
	})
}
