package evaluation

import (
	"fmt"
	"strings"

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
		r := ObjectiveResult{Name: o.Name, Title: o.Title.Or(o.Name), Measure: o.Measure, Value: v,
			AtLeast: o.AtLeast, AtMost: o.AtMost, Met: true}
		if o.AtLeast != nil {
			r.Met = r.Met && v >= *o.AtLeast
		}
		if o.AtMost != nil {
			r.Met = r.Met && v <= *o.AtMost && v >= 0
		}
		results = append(results, r)
	}
	return results
}

// amount writes a measure as people read it: shares in per cent, times in hours and minutes, persons as they are.
func amount(measure string, v float64, lang sim.Lang) string {
	switch {
	case strings.HasSuffix(measure, "_share"):
		return sim.Say("%.1f%%", "%.1f %%", 100*v).In(lang)
	case strings.HasSuffix(measure, "_s"):
		return spanText(v, lang)
	}
	return fmt.Sprintf("%g", v)
}

// Got writes what was reached.
func (r ObjectiveResult) Got(lang sim.Lang) string { return amount(r.Measure, r.Value, lang) }

// Want writes what is asked for.
func (r ObjectiveResult) Want(lang sim.Lang) string {
	var parts []string
	if r.AtLeast != nil {
		parts = append(parts, "≥ "+amount(r.Measure, *r.AtLeast, lang))
	}
	if r.AtMost != nil {
		parts = append(parts, "≤ "+amount(r.Measure, *r.AtMost, lang))
	}
	return strings.Join(parts, ", ")
}
