package engine

import (
	"errors"
	"fmt"

	"sandtable/sim/road"
	"sandtable/sim/scenario"
)

// buildNetwork gives the roads of a scenario to package road, which knows no scenarios.
func buildNetwork(sc *scenario.Scenario, sites *scenario.Sites) (*road.Network, error) {
	nodes := make([]road.NodeSpec, len(sc.Nodes))
	for i, n := range sc.Nodes {
		nodes[i] = road.NodeSpec{At: n.At, Zone: sites.Node[i]}
	}
	links := make([]road.LinkSpec, len(sc.Links))
	for i := range sc.Links {
		l := &sc.Links[i]
		links[i] = road.LinkSpec{
			From: l.From, To: l.To, OneWay: l.OneWay, Lanes: int(l.Lanes), Speed: l.Speed / 3.6, Capacity: l.Capacity,
			FootOnly: l.Class == scenario.RoadPath, OnGround: l.Form == scenario.FormGround,
			Tunnel: l.Form == scenario.FormTunnel, Level: l.Level, Shape: l.Shape, Class: uint8(l.Class),
		}
	}
	rules := road.Rules{JamMetres: sc.Roads.JamMetres, Capacity: sc.Roads.Capacity, Free: true}
	n, problems := road.NewNetwork(nodes, links, rules)
	var errs []error
	for _, p := range problems {
		errs = append(errs, fmt.Errorf("roads: %s: %s", p.Path, p.Text.EN))
	}
	return n, errors.Join(errs...)
}
