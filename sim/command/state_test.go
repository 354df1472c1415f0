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
	sc.Officials = []scenario.Official{{Name: "li", Post: "county"}, {Name: "chen", Post: "village-1"},
		{Name: "wang", Post: "village-3"}, {Name: "deng", Post: "town-a", Absent: true}}
	sc.Meetings = []scenario.Meeting{
		{Name: "m1", Post: "county", Members: []string{"li", "chen", "wang", "deng"}, Form: "video",
			Gather: 10 * sim.Minute, Duration: 20 * sim.Minute},
		{Name: "m2", Post: "town-a", Members: []string{"chen", "deng"}, Form: "room", Gather: 20 * sim.Minute,
			Duration: 5 * sim.Minute}}
	sc.Deployments = []scenario.Deployment{{Name: "d1", Post: "county"}}
	zone := func(name string) []sim.Arg { return []sim.Arg{{Name: "zone", Value: name}} }
	sc.Items = []scenario.DeploymentItem{{Of: "d1", Order: "evacuate_zone", Due: 3 * sim.Minute, Args: zone("z1")},
		{Of: "d1", Order: "evacuate_zone", Due: 5 * sim.Minute, Args: zone("z3"), Gauge: "g1", Above: 2}}
	sc.Thresholds = []scenario.ZoneThreshold{{Zone: "z1", Gauge: "g1", Above: 2, Action: "move"}}
	for p := range sc.Posts {
		sc.Posts[p].FirstReport, sc.Posts[p].FollowUp = 5*sim.Minute, 15*sim.Minute
	}
	sc.Channels[phone].DelayT90, sc.Channels[radio].DelayT90 = new(4*sim.Minute), new(3*sim.Minute)
	sc.Channels[phone].Capacity, sc.Channels[phone].Needs = new(60.0), []string{"network"}
	sc.Channels[radio].Needs, sc.Channels[radio].Battery = []string{"power"}, new(10*sim.Minute)
	sc.Channels[speaker].Needs, sc.Channels[speaker].Hours = []string{"power", "network"}, "00:10-00:40"
	sc.Utilities = []scenario.Utility{{Name: "mast", Kind: "network", Backup: 7 * sim.Minute, Zones: []string{"z1", "z2"}}}
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
func nonsense(t *rapid.T, c, twin *Command, ports *sim.Ports, now sim.Time) int {
	when := now.Add(sim.Duration(rapid.Int64Range(-5e6, 5e6).Draw(t, "offset")))
	switch rapid.IntRange(0, 10).Draw(t, "what") {
	case 10:
		s := sim.Supply{Zone: anyID[sim.ZoneID](t, 3, "zone"), Network: rapid.Bool().Draw(t, "network"),
			Up: rapid.Bool().Draw(t, "up")}
		ports.Supplies.Post(when, int32(s.Zone), s)
	case 0, 1:
		d := sim.Directive{Order: sim.OrderID(rapid.IntRange(0, len(sim.Orders)-1).Draw(t, "order")),
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
		ports.ZoneReports.Post(when, int32(z), sim.ZoneReport{Zone: z, Left: rapid.Int32().Draw(t, "left"),
			Stranded: rapid.Int32Range(0, 9).Draw(t, "stranded"), Wet: rapid.Int32Range(0, 9).Draw(t, "wet"), Depth: 0.4})
	case 4:
		ports.ShelterCounts.Post(when, 1, sim.ShelterCount{Shelter: 1, Inside: rapid.Int32().Draw(t, "inside")})
	case 6, 7, 8, 9:
		return meddle(t, c, twin, ports, now)
	case 5:
		ports.UnitReports.Post(when, 1, sim.UnitReport{Unit: 1, Status: sim.UnitStatus(rapid.Uint8().Draw(t, "status"))})
	}
	return 0
}

// meddle calls a consultation, sends the deployment out, has a post report, sets a level, or lets a road close; it
// returns how many orders it gave.
func meddle(t *rapid.T, c, twin *Command, ports *sim.Ports, now sim.Time) int {
	both := func(do func(c *Command)) {
		do(c)
		if twin != nil {
			do(twin)
		}
	}
	from := sim.PostID(rapid.IntRange(0, 5).Draw(t, "by"))
	switch rapid.IntRange(0, 6).Draw(t, "meddle") {
	case 5:
		level := rapid.IntRange(0, 4).Draw(t, "level")
		both(func(c *Command) { c.SetResponse(now, from, level, &sim.Log{}) })
	case 6:
		level, zone := rapid.IntRange(0, 4).Draw(t, "level"), anyID[sim.ZoneID](t, 3, "zone")
		both(func(c *Command) { c.SetWarning(now, from, level, zone, &sim.Log{}) })
	case 0, 1:
		if len(c.sc.Meetings) == 0 {
			return 0
		}
		if rapid.Bool().Draw(t, "deploy") {
			return sendOut(c, from, both, ports, now)
		}
		m, d := sim.MeetingID(rapid.IntRange(0, 1).Draw(t, "meeting")), anyID[sim.DeploymentID](t, 1, "deployment")
		if c.RefuseConsult(from, m, d).Empty() {
			both(func(c *Command) { c.Consult(now, from, m, d, 0, sim.FromPlayer) })
		}
	case 2:
		kind := sim.ReportKind(rapid.IntRange(0, 2).Draw(t, "kind"))
		if c.RefuseReport(from, kind).Empty() {
			both(func(c *Command) { c.ReportNow(now, from, kind) })
		}
	case 3:
		ports.RoadReports.Post(now, 0, sim.RoadReport{Link: anyLink(t), Closed: rapid.Bool().Draw(t, "closed")})
	case 4:
		k := sim.GaugeKnown{Reported: now, Level: rapid.Float64Range(0, 4).Draw(t, "level"), Above: -1}
		both(func(c *Command) { c.ReadGauge(0, k) })
	}
	return 0
}

// sendOut sends the deployment out, where it may be, and gives its orders.
func sendOut(c *Command, from sim.PostID, both func(func(c *Command)), ports *sim.Ports, now sim.Time) (given int) {
	if !c.RefuseDeploy(from, 0).Empty() {
		return 0
	}
	both(func(c *Command) { c.SendOut(now, 0, &sim.Log{}) })
	for i, z := range []sim.ZoneID{z1, z3} {
		if c.Withheld(i) {
			continue
		}
		d := zoneOrderTo(sim.OrderEvacuateZone, county, z)
		d.Item = int32(i) + 1
		ports.Directives.Post(now, int32(i), d)
		both(func(c *Command) { c.ItemGiven(now, int32(i), sim.Text{}, true) })
		given++
	}
	return given
}

func anyLink(t *rapid.T) sim.LinkID { return sim.LinkID(rapid.IntRange(0, 2).Draw(t, "link")) }

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
					given += nonsense(t, a, b, &ports, a.now)
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
	f.Add(busyState(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newCommand(sc, 7)
		d := sim.Decoder{Buf: data}
		if c.LoadState(&d); d.Err == nil && c.now < at(366*24*3600) {
			save(c)
			goOn(c)
		}
	})
}
