package drilltest

import (
	"fmt"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func (t *Town) addMeeting(w words) error {
	m := scenario.Filled[scenario.Meeting]()
	m.Name, m.Title, m.Post, m.Members = w.plain[0], sim.Text{EN: w.plain[0]}, w.set["post"], w.list("members")
	m.Gather, m.Duration = w.span("gather", m.Gather), w.span("duration", m.Duration)
	if w.set["form"] != "" {
		m.Form = w.set["form"]
	}
	t.Scenario.Meetings = append(t.Scenario.Meetings, m)
	return nil
}

func (t *Town) addDeployment(w words) error {
	t.Scenario.Deployments = append(t.Scenario.Deployments,
		scenario.Deployment{Name: w.plain[0], Title: sim.Text{EN: w.plain[0]}, Post: w.set["post"]})
	return nil
}

func (t *Town) addItem(w words) error {
	x := scenario.Filled[scenario.DeploymentItem]()
	x.Of, x.Due, x.Gauge, x.Warning = w.plain[0], w.span("due", x.Due), w.set["gauge"], w.set["warning"]
	x.Above, x.Share, x.Lead, x.Window = w.num("above", 0), w.num("share", 0), w.span("lead", 0), w.span("window", 0)
	var err error
	x.Order, x.Args, err = ordered(w.tail)
	t.Scenario.Items = append(t.Scenario.Items, x)
	return err
}

func (t *Town) addThreshold(w words) error {
	x := scenario.Filled[scenario.ZoneThreshold]()
	x.Zone, x.Gauge, x.Above, x.Post = w.plain[0], w.set["gauge"], w.num("above", 0), w.set["post"]
	x.Warning, x.Public = w.set["warning"], w.set["published"]
	x.Lead, x.Share, x.Delay, x.Window = w.span("lead", 0), w.num("share", 0), w.span("delay", 0), w.span("window", 0)
	if w.set["action"] != "" {
		x.Action = w.set["action"]
	}
	t.Scenario.Thresholds = append(t.Scenario.Thresholds, x)
	return nil
}

// ordered reads an order behind a colon.
func ordered(tail []string) (string, []sim.Arg, error) {
	if len(tail) == 0 {
		return "", nil, fmt.Errorf("want an order behind a colon")
	}
	var args []sim.Arg
	for _, f := range tail[1:] {
		k, v, _ := strings.Cut(f, "=")
		args = append(args, sim.Arg{Name: k, Value: v})
	}
	slices.SortFunc(args, func(a, b sim.Arg) int { return strings.Compare(a.Name, b.Name) })
	return tail[0], args, nil
}
