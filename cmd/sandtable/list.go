package main

import (
	"encoding/json"
	"fmt"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/engine"
)

type listCmd struct {
	Lang string `enum:"zh,en" default:"zh" help:"语言 · Language (${enum})."`
	JSON bool   `help:"供程序读取 · For machines."`
}

// listed is one shipped drill.
type listed struct {
	Name      string  `json:"scenario"`
	Title     string  `json:"title"`
	Summary   string  `json:"summary"`
	Persons   int     `json:"persons"`
	Start     string  `json:"start"`
	DurationS float64 `json:"duration_s"`
}

// Run prints the drills that are shipped.
func (c *listCmd) Run(a *app) error {
	lang, _ := sim.LangByName(c.Lang)
	var all []listed
	for _, name := range scenarios.List() {
		loc, err := scenarios.Open(name)
		if err != nil {
			return err
		}
		sc, diags := loc.Load(engine.Kinds())
		if err := diags.Err(); err != nil {
			return err
		}
		all = append(all, listed{name, sc.Drill.Title.In(lang), sc.Drill.Summary.In(lang), len(sc.Persons),
			sc.Drill.Start.String(), sc.Drill.Duration.Seconds()})
	}
	if c.JSON {
		return json.NewEncoder(a.out).Encode(all)
	}
	for _, d := range all {
		form := tr(lang, "%s  %s\n    %d 人 · %s 起 %v\n    %s\n", "%s  %s\n    %d persons · from %s for %v\n    %s\n")
		span := sim.Duration(d.DurationS * float64(sim.Second))
		fmt.Fprintf(a.out, form, d.Name, d.Title, d.Persons, d.Start, span, d.Summary)
	}
	return nil
}
