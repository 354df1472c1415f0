package engine

import (
	"errors"
	"fmt"

	"sandtable/sim"
	"sandtable/sim/road"
	"sandtable/sim/scenario"
)

// controls are the controls of nodes as package road names them.
var controls = [scenario.NodeControlCount]road.Control{
	scenario.ControlAuto: road.ControlAuto, scenario.ControlFree: road.ControlFree,
	scenario.ControlEqual: road.ControlEqual, scenario.ControlPriority: road.ControlPriority,
	scenario.ControlSignal: road.ControlSignal,
}

// buildNetwork gives the roads of a scenario to package road, which knows no scenarios.
func buildNetwork(sc *scenario.Scenario, sites *scenario.Sites) (*road.Network, error) {
	nodes := make([]road.NodeSpec, len(sc.Nodes))
	for i, n := range sc.Nodes {
		nodes[i] = road.NodeSpec{At: n.At, Zone: sites.Node[i], Control: controls[n.Control]}
	}
	for _, node := range sites.Shelter {
		if node >= 0 {
			nodes[node].Refuge = true
		}
	}
	links := make([]road.LinkSpec, len(sc.Links))
	for i := range sc.Links {
		l := &sc.Links[i]
		links[i] = road.LinkSpec{
			From: l.From, To: l.To, OneWay: l.OneWay, Lanes: int(l.Lanes), Speed: l.Speed / 3.6, Capacity: l.Capacity,
			FootOnly: l.Class == scenario.RoadPath, OnGround: l.Form == scenario.FormGround,
			Tunnel: l.Form == scenario.FormTunnel, Level: l.Level, Shape: l.Shape, Class: uint8(l.Class),
			Rank: scenario.RoadRanks[l.Class], Circle: l.Circle,
			Walk: scenario.RoadClasses[l.Class].Walk,
		}
	}
	rules := road.Rules{JamMetres: sc.Roads.JamMetres, Capacity: sc.Roads.Capacity, Free: !sc.Roads.Junctions,
		Planning: sc.Roads.Planning == "evacuation", ClearAfter: sc.Roads.ClearAfter,
		TravelEvery: sc.Roads.GuidedEvery, Routes: routesOf(sc)}
	switch sc.Roads.Weather {
	case "hcm":
		rules.Weather = road.WeatherHCM
	case "field":
		rules.Weather = road.WeatherField
	}
	if sc.Roads.UTurns == "dead-end" {
		rules.UTurn = road.UTurnDeadEnd
	}
	for i := range sc.Roads.Bans {
		from, to := sc.Roads.Bans[i].Arcs(sc)
		rules.Bans = append(rules.Bans, road.Ban{From: from, To: to})
	}
	rules.GridlockAfter, rules.AbandonAfter = sc.Roads.GridlockAfter, sc.Roads.AbandonAfter
	if sc.Roads.Gridlock == "rotate" {
		rules.Gridlock = road.GridlockRotate
	}
	n, problems := road.NewNetwork(nodes, links, rules)
	return n, roadErrors(problems)
}

// routesOf returns the routes of the zones that have one, in the order of their numbers in Sites.
func routesOf(sc *scenario.Scenario) (routes [][]sim.NodeID) {
	for i := range sc.Zones {
		if len(sc.Zones[i].Route) == 0 {
			continue
		}
		var route []sim.NodeID
		for _, node := range sc.Zones[i].Route {
			route = append(route, sim.NodeID(node))
		}
		routes = append(routes, route)
	}
	return routes
}

// addBackground puts the scenario's through traffic on the roads.
func addBackground(sc *scenario.Scenario, roads *road.Traffic, seed uint64) error {
	var streams []road.Stream
	for i := range sc.Roads.Background {
		b := &sc.Roads.Background[i]
		streams = append(streams, road.Stream{
			From: sc.EndsOf(b.From), To: sc.EndsOf(b.To), PerHour: b.Vehicles, Share: b.Share,
			Start: sim.Time(b.Start), End: sim.Time(b.Until(sc)), Persons: int32(b.Persons), Poisson: b.Arrivals == "random",
			Public: b.Public,
		})
	}
	return roadErrors(roads.AddBackground(streams, seed))
}

// roadErrors makes one error of all that is wrong with roads.
func roadErrors(problems []sim.Problem) error {
	var errs []error
	for _, p := range problems {
		errs = append(errs, fmt.Errorf("roads: %s: %s", p.Path, p.Text.EN))
	}
	return errors.Join(errs...)
}
