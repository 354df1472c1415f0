package evaluation

import (
	"fmt"

	"sandtable/sim"
)

// judge holds the measures against the scenario's objectives.
func judge(in *Input, m *Measures) []ObjectiveResult {
	var results []ObjectiveResult
	for _, o := range in.Scenario.Objectives {
		v, ok := m.Value(o.Measure)
		if !ok {
			continue // the scenario's check has reported it
		}
		r := ObjectiveResult{Name: o.Name, Title: o.Title.In(sim.Chinese), Value: v, Met: true}
		if o.AtLeast != nil {
			r.Met = r.Met && v >= *o.AtLeast
			r.Want = fmt.Sprintf("≥ %g", *o.AtLeast)
		}
		if o.AtMost != nil {
			r.Met = r.Met && v <= *o.AtMost && v >= 0
			r.Want += fmt.Sprintf(" ≤ %g", *o.AtMost)
		}
		results = append(results, r)
	}
	return results
}
