package evaluation

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// councilDrill is riverside with a gauge, thresholds, a deployment, and the events of a chain of command that acts late:
// the gauge passes orange at 1:00, which is published at 1:20 and answered with level II at 1:50; the threshold of the zone
// is passed at 1:05 and the order given at 1:40, as the first of two orders of a deployment; the other one is refused.
func councilDrill() *Input {
	in := riverside()
	sc := in.Scenario
	level := 10.5
	sc.Gauges = []scenario.Gauge{{Name: "g1", Kind: scenario.GaugeStage,
		Thresholds: []scenario.Threshold{{Level: &level, Warning: "orange"}}}}
	sc.Thresholds = []scenario.ZoneThreshold{{Zone: "z1", Gauge: "g1", Above: 10.5, Action: "move"}}
	sc.Deployments = []scenario.Deployment{{Name: "d1"}}
	arg := []sim.Arg{{Name: "zone", Value: "z1"}}
	sc.Items = []scenario.DeploymentItem{{Of: "d1", Order: "evacuate_zone", Due: 10 * sim.Minute, Args: arg},
		{Of: "d1", Order: "all_clear", Due: 10 * sim.Minute, Args: arg}}
	in.Names = scenario.NewDirectory(sc)
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	zone, d1 := sim.RefTo(sim.KindZone, sim.ZoneID(0)), sim.RefTo(sim.KindDeployment, sim.DeploymentID(0))
	county, village := sim.RefTo(sim.KindPost, sim.PostID(0)), sim.RefTo(sim.KindPost, sim.PostID(1))
	evacuate := int32(sim.OrderEvacuateZone)
	in.Events = []sim.Event{
		{At: at(60), Kind: sim.EvGauge, A: sim.RefTo(sim.KindGauge, sim.GaugeID(0)), Num: 10.6},
		{At: at(65), Kind: sim.EvThreshold, A: zone, B: county, Count: evacuate},
		{At: at(80), Kind: sim.EvWarningLevel, A: zone, Count: 3},
		{At: at(100), Kind: sim.EvDeployment, A: d1, B: county, Text: sim.Said("out")},
		{At: at(100), Kind: sim.EvAccepted, A: zone, B: county, Count: evacuate},
		{At: at(100), Kind: sim.EvRejected, A: d1, B: county, Count: -1, Text: sim.Said("All clear: z1; reason: no")},
		{At: at(100), Kind: sim.EvOrderSent, A: village, B: county, C: zone, Count: evacuate},
		{At: at(110), Kind: sim.EvResponseLevel, Count: 3},
		{At: at(110), Kind: sim.EvDeployment, A: d1, B: county, Count: 1, Text: sim.Said("overdue")},
		{At: at(112), Kind: sim.EvOrderAcked, A: village, B: county, C: zone, Count: evacuate},
		{At: at(130), Kind: sim.EvReport, A: village, B: county, Num: 1, Text: sim.Said("all that is known")},
		{At: at(150), Kind: sim.EvReport, A: county, B: sim.Ref{Kind: sim.KindOutside}, Num: 1, Text: sim.Said("more")},
	}
	return in
}

func TestLagOfLevels(t *testing.T) {
	list := levelLags(councilDrill())
	// Orange stands for blue and yellow as well; nothing was red.
	if len(list) != 3 || list[2].Level != 3 {
		t.Fatalf("%+v; want blue, yellow and orange", list)
	}
	o := list[2]
	if o.First() != sim.Time(60*sim.Minute) || o.Warned.Sub(o.First()) != 20*sim.Minute ||
		o.Response.Sub(o.First()) != 50*sim.Minute || o.Foreseen != never {
		t.Errorf("%+v; want the sign at 1:00, the warning 20 min and the response 50 min later", o)
	}
}

func TestLagOfThresholds(t *testing.T) {
	list := thresholdLags(councilDrill())
	if len(list) != 1 || list[0].Passed != sim.Time(65*sim.Minute) || list[0].Given.Sub(list[0].Passed) != 35*sim.Minute {
		t.Errorf("%+v; want passed at 1:05 and ordered 35 min later", list)
	}
}

func TestDeploymentAsATable(t *testing.T) {
	list := sentItems(councilDrill())
	if len(list) != 2 {
		t.Fatalf("%d orders; want 2", len(list))
	}
	a, b := list[0], list[1]
	if a.Acked != sim.Time(112*sim.Minute) || a.Due != sim.Time(110*sim.Minute) || a.Overdue != 1 || !a.Refused.Empty() {
		t.Errorf("%+v; want acknowledged at 1:52, 2 min after its time", a)
	}
	if b.Acked != never || b.Refused.Empty() {
		t.Errorf("%+v; want refused", b)
	}
}

// An order that names no place goes to the services of the county, one to cut mains is acknowledged by who keeps them in
// the zone, and one to an official by his post: none of them takes effect at once.
func TestOrdersWithoutAPostOfTheirOwn(t *testing.T) {
	at := func(minutes int) sim.Time { return sim.Time(sim.Duration(minutes) * sim.Minute) }
	whole, zone := sim.Ref{Kind: sim.KindCounty}, sim.RefTo(sim.KindZone, sim.ZoneID(0))
	post, zhao := sim.RefTo(sim.KindPost, sim.PostID(1)), sim.RefTo(sim.KindOfficial, sim.OfficialID(0))
	for order, c := range map[sim.OrderID]struct {
		args      []string
		about, by sim.Ref
	}{
		sim.OrderSuspend:  {[]string{"what", "work"}, whole, whole},
		sim.OrderCutPower: {[]string{"zone", "z1"}, zone, zone},
		sim.OrderAppoint:  {[]string{"to", "county", "official", "zhao"}, zhao, post},
	} {
		in := councilDrill()
		spec := &sim.Orders[order]
		in.Scenario.Officials = []scenario.Official{{Name: "zhao", Post: in.Scenario.Posts[1].Name}}
		in.Scenario.Items = []scenario.DeploymentItem{{Of: "d1", Order: spec.Name, Due: 10 * sim.Minute,
			Args: sim.NewCommand(sim.FromPlan, spec.Name, c.args...).Args}}
		in.Names = scenario.NewDirectory(in.Scenario)
		way := func(minutes int, kind sim.EventKind) sim.Event {
			return sim.Event{At: at(minutes), Kind: kind, A: c.by, C: c.about, Count: int32(order)}
		}
		in.Events = append(in.Events, way(100, sim.EvOrderSent), way(115, sim.EvOrderAcked))
		x := sentItems(in)[0]
		if x.Acked != at(115) || x.To != in.Names.ReceiverOf(c.by) {
			t.Errorf("%s was acknowledged at %v by %q; want 1:55 by %v", spec.Name, x.Acked, x.To.EN, c.by)
		}
		in.Events = in.Events[:len(in.Events)-1]
		if x := sentItems(in)[0]; x.Acked != never {
			t.Errorf("%s, which nobody acknowledged, was at %v", spec.Name, x.Acked)
		}
	}
}

// The orders of a deployment are added up: one came two minutes late after a second call, the other one was refused. What
// went out first stands first.
func TestDeploymentsAddedUp(t *testing.T) {
	in := councilDrill()
	sums := deploymentSums(sentItems(in))
	if len(sums) != 1 || sums[0].Orders != 2 || sums[0].Late != 1 || sums[0].Refused != 1 || sums[0].Again != 1 ||
		sums[0].InTime+sums[0].Never != 0 || sums[0].Last != sim.Time(112*sim.Minute) {
		t.Errorf("%+v; want one late, one refused", sums)
	}
	in.Scenario.Deployments = append(in.Scenario.Deployments, scenario.Deployment{Name: "d2"})
	in.Scenario.Items = append(in.Scenario.Items, scenario.DeploymentItem{Of: "d2", Order: "warning_level"})
	in.Names = scenario.NewDirectory(in.Scenario)
	in.Events = append(in.Events, sim.Event{At: sim.Time(90 * sim.Minute), Kind: sim.EvDeployment,
		A: sim.RefTo(sim.KindDeployment, sim.DeploymentID(1))})
	if sums = deploymentSums(sentItems(in)); len(sums) != 2 || sums[0].InTime != 1 || sums[0].Sent != sim.Time(90*sim.Minute) {
		t.Errorf("%+v; want the second one first, with a level that is set at once", sums)
	}
	why := sim.Text{EN: "the order is held back: the gauge has not passed 10 m"}
	in.Events = append(in.Events, sim.Event{At: sim.Time(90 * sim.Minute), Kind: sim.EvDeployment, Count: 3, Num: 2,
		A: sim.RefTo(sim.KindDeployment, sim.DeploymentID(1)), Text: why})
	sent := sentItems(in)
	if sums = deploymentSums(sent); sums[0].Held != 1 || sums[0].InTime+sums[0].Never != 0 || sent[0].Held != why {
		t.Errorf("%+v; want the level of the second one held back, and not missed", sums)
	}
}

func TestReportsUpward(t *testing.T) {
	in := councilDrill()
	out, within := upwardReports(in)
	if len(within) != 1 || within[0].From.EN != "village" || within[0].Kind.EN != "first report" {
		t.Errorf("%+v; want that of the village", within)
	}
	if len(out) != 1 || out[0].To.EN != "the authority above" {
		t.Errorf("%+v; want that of the county", out)
	}
	var b strings.Builder
	if err := WriteHTML(&b, in, Measure(in, riverUp()), Facts{}, nil, sim.English); err != nil {
		t.Fatal(err)
	}
	// By the telling of 240 s the latest safe departure is 1:52:20, and the order of 1:40 had 740 s to spare.
	for _, want := range []string{"all that is known", "The latest safe departure", "Deployments", "Thresholds of the zones",
		"Reports between posts (1, left out when printed)",
		"12 min", "cut off; hearing and packing take longest"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}
