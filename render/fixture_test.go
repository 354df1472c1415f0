package render

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// valley is a made-up place: a river from the north-west to the south-east, a town on its south bank, hills, three
// zones, two shelters, a few roads.
func valley() *scenario.Scenario {
	g := geo.Grid{NX: 150, NY: 100, Cell: 40}
	sc := &scenario.Scenario{Terrain: sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}}
	for c := range g.Len() {
		i, j := g.IJ(c)
		p := g.Centre(i, j)
		d := p.Y - riverY(p.X)
		bed := 60 + 0.00004*d*d + 12*math.Sin(p.X/700)*math.Min(math.Abs(d)/800, 1) - p.X*0.0015
		cover := scenario.CoverFarmland
		switch {
		case math.Abs(d) < 70:
			bed, cover = bed-4, scenario.CoverWater
		case math.Abs(d) > 900:
			cover = scenario.CoverForest
		case p.Dist(geo.Point{X: 3000, Y: riverY(3000) - 500}) < 420:
			cover = scenario.CoverUrban
		}
		sc.Terrain.Bed[c], sc.Terrain.Cover[c] = int32(bed*1000), cover
	}
	fillDrill(sc)
	fillPlaces(sc)
	fillRoads(sc)
	return sc
}

func riverY(x float64) float64 { return 2600 - x*0.2 + 260*math.Sin(x/900) }

func fillDrill(sc *scenario.Scenario) {
	sc.Officials = []scenario.Official{{Name: "zhou", Title: sim.Text{ZH: "老周", EN: "Zhou"}, Post: "county"},
		{Name: "chen", Title: sim.Text{ZH: "陈支书", EN: "Secretary Chen"}, Post: "v1"},
		{Name: "liu", Title: sim.Text{ZH: "刘主任", EN: "Director Liu"}, Post: "v1"}}
	sc.Channels = []scenario.Channel{
		{Name: "phone", Title: sim.Text{ZH: "固定电话", EN: "Telephone"}, Use: "command", Kind: "phone"},
		{Name: "radio", Title: sim.Text{ZH: "应急电台", EN: "Radio"}, Use: "command", Kind: "radio"},
		{Name: "loud", Title: sim.Text{ZH: "大喇叭", EN: "Loudspeakers"}, Use: "public", Kind: "loudspeaker"}}
	sc.Meetings = []scenario.Meeting{{Name: "m1", Title: sim.Text{ZH: "防汛会商", EN: "Flood consultation"}, Post: "county",
		Members: []string{"zhou", "chen"}}}
	sc.Deployments = []scenario.Deployment{{Name: "d1", Title: sim.Text{ZH: "一号部署", EN: "Deployment 1"}},
		{Name: "d2", Title: sim.Text{ZH: "二号部署", EN: "Deployment 2"}, Post: "county"}}
	sc.Items = []scenario.DeploymentItem{
		{Of: "d1", Order: "evacuate_zone", Due: 30 * sim.Minute, Args: []sim.Arg{{Name: "zone", Value: "z1"}}},
		{Of: "d1", Order: "open_shelter", Due: 30 * sim.Minute, Args: []sim.Arg{{Name: "shelter", Value: "s2"}}},
		{Of: "d1", Order: "dispatch_coach", Due: 30 * sim.Minute, Args: []sim.Arg{{Name: "unit", Value: "coach-1"},
			{Name: "zone", Value: "z2"}}},
		{Of: "d2", Order: "prepare_zone", Due: sim.Hour, Args: []sim.Arg{{Name: "zone", Value: "z3"}}}}
	sc.Drill = scenario.Drill{Name: "valley", Title: sim.Text{ZH: "青河防汛演练", EN: "Qing River flood drill"},
		Duration: 6 * sim.Hour}
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 18:00")
	sc.Place = scenario.Place{Title: sim.Text{ZH: "青河镇", EN: "Qinghe"}, ElevationSource: sim.Text{ZH: "虚构地形", EN: "made up"},
		ElevationError: 0.5, Attribution: "CC0"}
}

func fillPlaces(sc *scenario.Scenario) {
	sc.Posts = []scenario.Post{
		{Name: "county", Title: sim.Text{ZH: "区指挥部", EN: "District HQ"}, Level: "county", Place: [2]float64{3300, 1000}},
		{Name: "v1", Title: sim.Text{ZH: "上坝村", EN: "Shangba"}, Level: "village", Superior: "county", Place: [2]float64{1200, 2100},
			Links: []string{"phone", "radio"}, Public: []string{"loud"}},
	}
	square := func(x0, y0, x1, y1 float64) [][2]float64 {
		return [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	}
	sc.Zones = []scenario.Zone{
		{Name: "z1", Title: sim.Text{ZH: "上坝单元", EN: "Shangba"}, Post: "v1", Shelters: []string{"s1"},
			Polygon: square(700, 1750, 1800, 2450)},
		{Name: "z2", Title: sim.Text{ZH: "老街单元", EN: "Old Street"}, Post: "county", Shelters: []string{"s1", "s2"},
			Polygon: square(2500, 1200, 3500, 1950)},
		{Name: "z3", Title: sim.Text{ZH: "下湾单元", EN: "Xiawan"}, Post: "county", Shelters: []string{"s2"},
			Polygon: [][2]float64{{4200, 900}, {5300, 800}, {5500, 1500}, {4900, 1250}, {4300, 1600}}},
	}
	sc.Shelters = []scenario.Shelter{
		{Name: "s1", Title: sim.Text{ZH: "第一小学", EN: "School No. 1"}, Place: [2]float64{2100, 700}, Capacity: 800, Open: true},
		{Name: "s2", Title: sim.Text{ZH: "体育馆", EN: "Sports hall"}, Place: [2]float64{4200, 450}, Capacity: 1500},
	}
	sc.Assemblies = []scenario.AssemblyPoint{{Name: "a1", Title: sim.Text{ZH: "老街广场", EN: "Old Street square"},
		Place: [2]float64{3000, 1300}}}
	sc.Hospitals = []scenario.Hospital{{Name: "h1", Title: sim.Text{ZH: "镇卫生院", EN: "Clinic"}, Place: [2]float64{3500, 900}}}
	sc.Stations = []scenario.Station{{Name: "st1", Title: sim.Text{ZH: "客运站", EN: "Coach station"}, Place: [2]float64{2600, 850}}}
	sc.Units = []scenario.Unit{
		{Name: "coach-1", Title: sim.Text{ZH: "大巴一号", EN: "Coach 1"}, Kind: "coach", Station: "st1", Seats: 45},
		{Name: "coach-2", Title: sim.Text{ZH: "大巴二号", EN: "Coach 2"}, Kind: "coach", Station: "st1", Seats: 45},
		{Name: "boat-1", Title: sim.Text{ZH: "冲锋舟一号", EN: "Boat 1"}, Kind: "boat", Station: "st1", Seats: 8},
	}
	sc.Gauges = []scenario.Gauge{{Name: "g1", Title: sim.Text{ZH: "青河大桥站", EN: "Bridge gauge"}, Place: [2]float64{3600, 1980},
		Thresholds: []scenario.Threshold{{Level: new(58.0), Title: sim.Text{ZH: "警戒水位", EN: "alert level"}},
			{Level: new(60.0), Title: sim.Text{ZH: "保证水位", EN: "danger level"}}}}}
}

// fillRoads lays a primary road along the valley, a bridge, streets of the town and a track, and houses along them.
func fillRoads(sc *scenario.Scenario) {
	add := func(class scenario.RoadClass, form scenario.RoadForm, shape ...geo.Point) {
		from := sim.NodeID(len(sc.Nodes))
		sc.Nodes = append(sc.Nodes, scenario.Node{At: shape[0]}, scenario.Node{At: shape[len(shape)-1]})
		sc.Links = append(sc.Links, scenario.Link{From: from, To: from + 1, Class: class, Form: form, Shape: shape})
	}
	for x := 0.0; x < 6000; x += 500 {
		add(scenario.RoadPrimary, scenario.FormGround, geo.Point{X: x, Y: riverY(x) - 900},
			geo.Point{X: x + 250, Y: riverY(x+250) - 880}, geo.Point{X: x + 500, Y: riverY(x+500) - 900})
	}
	add(scenario.RoadSecondary, scenario.FormGround, geo.Point{X: 3500, Y: riverY(3500) - 900}, geo.Point{X: 3500, Y: riverY(3500) - 120})
	add(scenario.RoadSecondary, scenario.FormBridge, geo.Point{X: 3500, Y: riverY(3500) - 120}, geo.Point{X: 3500, Y: riverY(3500) + 120})
	add(scenario.RoadTrack, scenario.FormGround, geo.Point{X: 3500, Y: riverY(3500) + 120}, geo.Point{X: 3900, Y: 3900})
	for k := range 8 {
		x := 2600 + 110*float64(k)
		add(scenario.RoadResidential, scenario.FormGround, geo.Point{X: x, Y: 1250}, geo.Point{X: x, Y: 1900})
		for h := range 20 {
			sc.Buildings = append(sc.Buildings, scenario.Building{At: geo.Point{X: x + 20, Y: 1260 + 31*float64(h)}, Storeys: 3})
		}
	}
}

// flooded is the valley four hours later.
func flooded(sc *scenario.Scenario) *Frame {
	f := &Frame{Water: 1}
	now := sim.Time(4*sim.Hour + 5*sim.Second)
	g := sc.Terrain.Grid
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, g)
	for c := range g.Len() {
		i, j := g.IJ(c)
		p := g.Centre(i, j)
		if d := math.Abs(p.Y - riverY(p.X)); d < 650 {
			depth.Values[c] = int32(math.Max(0, 3200*(1-d/650)-300+200*math.Sin(p.X/300)))
		}
	}
	total := sim.Counts{Persons: 3000, Home: 900, Street: 200, Vehicle: 100, Shelter: 800, Warned: 2400, Left: 1800,
		Sheltered: 800, Stranded: 64, Caught: 12, Rescued: 21, Hurt: 3, Dead: 1}
	f.Snapshot = sim.Snapshot{Now: now, Water: depth, Total: total, Warning: 4, Response: 3,
		Zones: []sim.ZoneDot{{Ordered: true, Persons: 900, Warned: 880, Left: 700}, {Ordered: true, Persons: 1400, Warned: 900, Left: 300},
			{Persons: 700, Warned: 60, Left: 10}},
		Shelters: []sim.ShelterDot{{Open: true, Inside: 520, Capacity: 800}, {Capacity: 1500}},
		Gauges:   []sim.GaugeTruth{{Level: 60.42, Depth: 5, Above: 1}},
		Units: []sim.UnitDot{{Unit: 0, Mode: sim.ModeCoach, At: geo.Point{X: 2600, Y: 850}},
			{Unit: 1, Mode: sim.ModeCoach, At: geo.Point{X: 2900, Y: 1150}, Status: sim.UnitTransporting, Aboard: 38},
			{Unit: 2, Mode: sim.ModeBoat, At: geo.Point{X: 3200, Y: 1800}, Status: sim.UnitWorking, Aboard: 4}},
		Closed: []sim.LinkID{12, 13, 15, 16, 17},
		Signs: []sim.RoadSign{{Kind: sim.SignWreck, At: geo.Point{X: 2400, Y: 1150}, Arc: 5},
			{Kind: sim.SignPolice, At: geo.Point{X: 2600, Y: 850}}, {Kind: sim.SignContraflow, Arc: sim.ArcOf(4, true)}},
		Jams: []sim.JamDot{{Arc: sim.ArcOf(2, false), Metres: 300}, {Arc: sim.ArcOf(3, true), Metres: 80, Locked: true}},
	}
	for k := range 800 {
		x, y := 2520+float64(k*37%960), 1220+float64(k*53%700)
		stage := sim.PartyStage(k % 7)
		p := sim.PartyDot{Party: sim.PartyID(k), At: geo.Point{X: x, Y: y}, Persons: 3, Stage: stage}
		if y > 1750 && k%3 == 0 {
			p.Stage, p.Stranded = sim.StageStranded, true
		}
		f.Snapshot.Parties = append(f.Snapshot.Parties, p)
	}
	for k := range 40 {
		x := 1500 + 90*float64(k)
		m := sim.MoverDot{Mover: sim.Ref{Kind: sim.KindParty, ID: int32(k)}, Mode: sim.ModeCar, At: geo.Point{X: x, Y: riverY(x) - 890}, Persons: 3}
		if k%3 == 0 {
			m.Mode = sim.ModeFoot
		}
		m.Stopped = k%7 == 0
		f.Snapshot.Movers = append(f.Snapshot.Movers, m)
	}
	fillKnowledge(f)
	return f
}

func fillKnowledge(f *Frame) {
	now := f.Snapshot.Now
	f.Truth = sim.Truth{Now: now, Total: f.Snapshot.Total, Zones: []sim.ZoneTruth{
		{Counts: sim.Counts{Persons: 900, Warned: 880, Left: 700}, Ordered: true},
		{Counts: sim.Counts{Persons: 1400, Warned: 900, Left: 300, Stranded: 60, Caught: 12, Dead: 1, Assembly: 45}, Ordered: true,
			DepthMax: 1.8, WetShare: 0.35},
		{Counts: sim.Counts{Persons: 700, Warned: 60, Left: 10}}}}
	f.Seen = sim.Observation{Now: now, Zones: []sim.ZoneKnown{{Reported: -1},
		{Reported: now - sim.Time(20*sim.Minute), Report: sim.ZoneReport{Zone: 1, Persons: 1400, Warned: 700, Left: 210, Waiting: 60, Stranded: 8}},
		{Reported: -1}},
		Shelters: []sim.ShelterKnown{{Reported: now, Count: sim.ShelterCount{Open: true, Inside: 510}}, {Reported: -1}},
		Orders: []sim.OrderKnown{{Order: sim.OrderEvacuateZone, Target: sim.Ref{Kind: sim.KindZone, ID: 1},
			Sent: now - sim.Time(70*sim.Minute), Acked: now - sim.Time(66*sim.Minute), To: sim.None, Taken: true,
			Over: sim.None, Called: sim.None}}}
	fillCommand(f)
	f.Status = Status{Speed: 60, Actual: 58.7, Head: now, End: sim.Time(6 * sim.Hour), Seeking: -1, Run: "valley", Seed: "1",
		Marks: []Moment{
			{At: sim.Time(65 * sim.Minute), Kind: MomentHazard, Text: sim.Text{ZH: "青河大桥站水位 58.10 米，超过警戒水位", EN: "Bridge gauge at 58.10 m, above alert level"}},
			{At: sim.Time(70 * sim.Minute), Kind: MomentOrder, Text: sim.Text{ZH: "发布预警：红色", EN: "Warning level: RED"}},
			{At: sim.Time(130 * sim.Minute), Kind: MomentOrder, Text: sim.Text{ZH: "区指挥部下达：立即转移 老街单元", EN: "District HQ: Evacuate now Old Street"}},
			{At: sim.Time(200 * sim.Minute), Kind: MomentHarm, Text: sim.Text{ZH: "首批群众被困", EN: "First people stranded"}},
			{At: sim.Time(210 * sim.Minute), Kind: MomentBookmark, Text: sim.Text{ZH: "书签", EN: "Bookmark"}},
		}}
	for m := 0; m <= 240; m++ {
		x := float64(m) / 240
		f.Status.Curve = append(f.Status.Curve, Sample{At: sim.Time(m) * sim.Time(sim.Minute), Persons: 3000,
			Left: int(1800 * x * x), Stranded: max(0, m-190)})
	}
}

// fillCommand adds what the county knows of its posts, consultations and deployments, and how the posts are.
func fillCommand(f *Frame) {
	now := f.Snapshot.Now
	ago := func(m int) sim.Time { return now - sim.Time(m)*sim.Time(sim.Minute) }
	o := &f.Seen
	o.Own = sim.OwnKnown{Acting: 0, Working: sim.PostRunning, Mandate: sim.None}
	o.CutOff, o.Incident = -1, sim.IncidentKnown{Since: ago(50), Reports: 1, Last: ago(35)}
	o.Posts = []sim.PostKnown{{Post: 1, Answered: ago(90), Over: 0, By: 2}}
	o.Zones[0].Via, o.Zones[1].Via, o.Zones[2].Via = sim.Via{Over: sim.None}, sim.Via{Over: sim.None}, sim.Via{Over: sim.None}
	o.Zones[0] = sim.ZoneKnown{Reported: ago(95), Report: sim.ZoneReport{Persons: 900, Warned: 500, Left: 120},
		Lines: sim.LineKnown{Reported: ago(40), NoPower: true}, Via: sim.Via{From: sim.RefTo(sim.KindPost, sim.PostID(1)), Over: 0}}
	o.Orders = append(o.Orders, sim.OrderKnown{Order: sim.OrderEvacuateZone, Target: sim.RefTo(sim.KindZone, sim.ZoneID(0)),
		Sent: ago(20), Acked: -1, To: 1, Calls: 3, Of: 6, Over: 1, Called: 2})
	o.Meetings = []sim.MeetingKnown{{Meeting: 0, Step: sim.MeetingEnded, Since: ago(21), Present: 1}}
	due := now + sim.Time(10*sim.Minute)
	o.Deployments = []sim.DeploymentKnown{{Deployment: 0, Sent: ago(20), Items: []sim.ItemKnown{
		{Order: sim.OrderEvacuateZone, Target: sim.RefTo(sim.KindZone, sim.ZoneID(0)), Due: ago(5), Acked: -1, Calls: 1},
		{Order: sim.OrderOpenShelter, Target: sim.RefTo(sim.KindShelter, sim.ShelterID(1)), Due: due, Acked: ago(17)},
		{Order: sim.OrderDispatchCoach, Target: sim.RefTo(sim.KindUnit, sim.UnitID(0)), Due: due, Acked: -1, Refused: true,
			Reason: sim.Text{ZH: "老街单元没有集合点", EN: "zone Old Street has no assembly point"}}}}}
	o.Inbox = []sim.Inbound{{At: ago(50), Text: sim.Text{ZH: "上游水库加大下泄", EN: "the reservoir releases more"}},
		{At: ago(35), From: sim.RefTo(sim.KindPost, sim.PostID(1)), Text: sim.Text{ZH: "上坝村停电", EN: "no mains at Shangba"}}}
	o.Roads = []sim.RoadKnown{{Link: 12, Closed: true, Reported: ago(30), Via: sim.Via{Over: sim.None}}}
	f.Truth.Posts = []sim.PostTruth{{Manned: true, Working: sim.PostRunning, CutOff: -1, Mandate: sim.None, Waits: 1},
		{Acting: sim.None, Working: sim.PostOnDuty, CutOff: ago(41), Mandate: sim.None, Called: 1, Links: 2}}
	f.Truth.Officials = []sim.OfficialTruth{{}, {State: sim.OfficialHurt, Post: 1}, {State: sim.OfficialAbsent, Post: 1}}
}

// recorder is a controller that shows one frame and writes down what it is told.
type recorder struct {
	frame *Frame
	calls []string
	given []sim.Command
}

func (r *recorder) Frame(sim.View) *Frame { return r.frame }
func (r *recorder) Order(c sim.Command) int {
	r.given = append(r.given, c)
	return len(r.given) - 1
}
func (r *recorder) note(s string) { r.calls = append(r.calls, s) }
func (r *recorder) Pause(on bool) {
	r.frame.Status.Paused = on
	r.note(map[bool]string{true: "pause", false: "play"}[on])
}
func (r *recorder) Speed(x float64)     { r.frame.Status.Speed = x; r.note("speed") }
func (r *recorder) Step(d sim.Duration) { r.note("step " + d.String()) }
func (r *recorder) Seek(at sim.Time)    { r.note("seek " + at.String()) }
func (r *recorder) Live()               { r.note("live") }
func (r *recorder) Continue()           { r.note("continue") }
func (r *recorder) Bookmark()           { r.note("bookmark") }
func (r *recorder) Charts(on bool)      { r.note(map[bool]string{true: "charts", false: "no charts"}[on]) }
