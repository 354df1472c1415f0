package main

import (
	"fmt"

	"sandtable/scenarios"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

type lintCmd struct {
	Paths []string `arg:"" help:"演练目录或内置演练名 · Directories of scenarios, or names of shipped drills."`
	Lang  string   `enum:"zh,en" default:"en" help:"语言 · Language (zh or en) of what is found."`
}

// Run checks scenarios and prints every mistake with its place.
func (c *lintCmd) Run(a *app) error {
	lang, _ := sim.LangByName(c.Lang)
	failed := 0
	for _, path := range c.Paths {
		loc, err := scenarios.Open(path)
		if err != nil {
			return inputError{err}
		}
		diags := loc.Lint(engine.Kinds())
		for _, d := range diags {
			fmt.Fprintln(a.out, d.In(lang))
		}
		bad := diags.Failed()
		if sc, _ := loc.Load(engine.Kinds()); sc != nil && sc.Director != "" {
			for _, err := range checkDirector(loc, sc) {
				fmt.Fprintln(a.out, err)
				bad = true
			}
		}
		if bad {
			failed++
		} else {
			fmt.Fprintf(a.out, "%s: ok\n", path)
		}
	}
	if failed > 0 {
		return badInput("%d of %d scenarios are wrong", failed, len(c.Paths))
	}
	return nil
}

// checkDirector reads the director's script and runs its body, which is where it says what it waits for.
func checkDirector(loc scenarios.Location, sc *scenario.Scenario) []error {
	file := loc.Shown + sc.Drill.Director
	if problems := scripting.Check(file, sc.Director); len(problems) > 0 {
		return problems
	}
	h, err := scripting.New(file, sc.Director, scripting.Env{Scenario: sc, Names: scenario.NewDirectory(sc),
		Seat: sim.None})
	if err != nil {
		return []error{err}
	}
	h.Close()
	return nil
}
