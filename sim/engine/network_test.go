package engine

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/road"
	"sandtable/sim/scenario"
)

// The junction of a crossroads follows from the classes of its roads, from its control and from the scenario's option.
func TestJunctionsOfAScenario(t *testing.T) {
	for _, c := range []struct {
		name    string
		across  scenario.RoadClass
		control scenario.NodeControl
		off     bool
		want    road.Control
	}{
		{"a street over a main road", scenario.RoadResidential, scenario.ControlAuto, false, road.ControlPriority},
		{"two main roads", scenario.RoadPrimary, scenario.ControlAuto, false, road.ControlEqual},
		{"with lights", scenario.RoadPrimary, scenario.ControlSignal, false, road.ControlSignal},
		{"a main road without priority", scenario.RoadResidential, scenario.ControlEqual, false, road.ControlEqual},
		{"a path", scenario.RoadPath, scenario.ControlAuto, false, road.ControlFree},
		{"free", scenario.RoadPrimary, scenario.ControlFree, false, road.ControlFree},
		{"the option off", scenario.RoadResidential, scenario.ControlAuto, true, road.ControlFree},
	} {
		sc := &scenario.Scenario{Nodes: []scenario.Node{{Control: c.control}}}
		sc.Roads.JamMetres, sc.Roads.Capacity, sc.Roads.Junctions = 7.5, 1, !c.off
		for k, end := range []geo.Point{{X: 100}, {Y: 100}, {X: -100}, {Y: -100}} {
			sc.Nodes = append(sc.Nodes, scenario.Node{At: end})
			class := scenario.RoadPrimary
			if k%2 == 1 {
				class = c.across
			}
			of := &scenario.RoadClasses[class]
			sc.Links = append(sc.Links, scenario.Link{From: 0, To: sim.NodeID(k + 1), Class: class, Lanes: of.Lanes,
				Speed: of.Speed, Capacity: of.Capacity, Shape: geo.Line{{}, end}})
		}
		net, err := buildNetwork(sc, &scenario.Sites{Node: make([]sim.ZoneID, len(sc.Nodes))})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got, _ := net.Junction(0); got != c.want {
			t.Errorf("%s: control %d; want %d", c.name, got, c.want)
		}
	}
}

// What a scenario says of turns holds on the roads: a ban at a crossing sends cars round by the end of a road, where they
// turn; emergency vehicles are not bound; where nobody may turn round but at dead ends, nobody does at the crossing.
func TestTurnsOfAScenario(t *testing.T) {
	sc := &scenario.Scenario{Nodes: []scenario.Node{{}}}
	sc.Roads.JamMetres, sc.Roads.Capacity = 7.5, 1
	for k, end := range []geo.Point{{X: 100}, {Y: 100}, {X: -100}} {
		sc.Nodes = append(sc.Nodes, scenario.Node{At: end})
		sc.Links = append(sc.Links, scenario.Link{From: 0, To: sim.NodeID(k + 1), Class: scenario.RoadPrimary, Lanes: 1,
			Speed: 36, Capacity: 1800, Shape: geo.Line{{}, end}})
	}
	sc.Roads.Bans = []scenario.TurnBan{{Node: 0, From: 0, To: 1}} // from the east to the north
	metres := func(mode sim.Mode, rule string) float64 {
		sc.Roads.UTurns = rule
		net, err := buildNetwork(sc, &scenario.Sites{Node: make([]sim.ZoneID, len(sc.Nodes))})
		if err != nil {
			t.Fatal(err)
		}
		m, _, _ := road.New(net, nil).Distance(mode, 1, 2)
		return m
	}
	for _, c := range []struct {
		mode sim.Mode
		rule string
		want float64
	}{
		{sim.ModeCar, "anywhere", 400}, {sim.ModeCar, "dead-end", 400}, {sim.ModeEmergency, "dead-end", 200},
	} {
		if got := metres(c.mode, c.rule); got != c.want {
			t.Errorf("%v, turning round %s: %v m; want %v", c.mode, c.rule, got, c.want)
		}
	}
}
