package drilltest

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// only returns the settings with these keys.
func (w *words) only(keys ...string) words {
	out := words{what: w.what, set: make(map[string]string)}
	for _, k := range keys {
		if v, ok := w.set[k]; ok {
			out.set[k] = v
		}
	}
	return out
}

// addOfficial adds somebody who holds a post, or its next deputy.
func (t *Town) addOfficial(w words) error {
	o := scenario.Filled[scenario.Official]()
	o.Name, o.Title, o.Post, o.Absent = w.plain[0], sim.Text{EN: w.plain[0]}, w.set["post"], w.has("absent")
	o.Knocks = w.has("knocks")
	if text, ok := w.set["person"]; ok {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		o.Person = &n
	}
	if text, ok := w.set["arrives"]; ok {
		at, err := sim.ParseDuration(text)
		if err != nil {
			return err
		}
		o.Arrives = &at
	}
	t.Scenario.Officials = append(t.Scenario.Officials, o)
	return nil
}

// addLadder adds a ladder, each step as who:channel:wait:tries, of which the last two may be left out.
func (t *Town) addLadder(w words) error {
	l := scenario.Ladder{Name: w.plain[0]}
	for _, text := range w.plain[1:] {
		step := scenario.Filled[scenario.LadderStep]()
		parts := strings.Split(text, ":")
		if len(parts) < 2 {
			return fmt.Errorf("step %q; want such as holder:phone:5m:2", text)
		}
		step.Who, step.Channel = parts[0], parts[1]
		if len(parts) > 2 {
			wait, err := sim.ParseDuration(parts[2])
			if err != nil {
				return err
			}
			step.Wait = wait
		}
		if len(parts) > 3 {
			n, err := strconv.ParseInt(parts[3], 10, 64)
			if err != nil {
				return err
			}
			step.Tries = n
		}
		l.Steps = append(l.Steps, step)
	}
	t.Scenario.Ladders = append(t.Scenario.Ladders, l)
	return nil
}

// addPlan adds a line of the standing plan: its keys, and after a colon the order with its parameters.
func (t *Town) addPlan(w words) error {
	p := scenario.PlannedOrder{}
	if text, ok := w.set["at"]; ok {
		at, err := sim.ParseDuration(text)
		if err != nil {
			return err
		}
		p.At = &at
		delete(w.set, "at")
	}
	for _, text := range w.tail {
		if name, value, set := strings.Cut(text, "="); set {
			p.Args = append(p.Args, sim.Arg{Name: name, Value: value})
		} else {
			p.Order = text
		}
	}
	order := p.Order
	err := setFields(reflect.ValueOf(&p).Elem(), w)
	p.Order = order
	t.Scenario.Plan = append(t.Scenario.Plan, p)
	return err
}
