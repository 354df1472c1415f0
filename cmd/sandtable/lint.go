package main

import (
	"fmt"
	"path"

	"sandtable/cmd/internal/stage"
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

// Run checks scenarios and prints every mistake of each with its place.
func (c *lintCmd) Run(a *app) error {
	lang, _ := sim.LangByName(c.Lang)
	failed := 0
	for _, p := range c.Paths {
		findings, bad := lint(p, lang)
		for _, f := range findings {
			fmt.Fprintln(a.out, f)
		}
		if bad {
			failed++
		} else {
			fmt.Fprintf(a.out, tr(lang, "%s：无误\n", "%s: ok\n"), p)
		}
	}
	if failed > 0 {
		return stage.Bad("%[2]d 个演练中有 %[1]d 个有误", "%d of %d scenarios are wrong", failed, len(c.Paths))
	}
	return nil
}

// lint checks one scenario: its files, and the director's script.
func lint(nameOrPath string, lang sim.Lang) (findings []string, bad bool) {
	loc, err := scenarios.Open(nameOrPath)
	if err != nil {
		return []string{sim.Words(err).In(lang)}, true
	}
	sc, diags := loc.Examine(engine.Kinds())
	for _, d := range diags {
		findings = append(findings, d.In(lang))
	}
	bad = diags.Failed()
	if sc != nil && !bad {
		findings = append(findings, remarks(sc, lang)...)
	}
	if sc == nil || sc.Director == "" {
		return findings, bad
	}
	for _, err := range checkDirector(loc, sc, !bad) {
		findings, bad = append(findings, sim.Words(err).In(lang)), true
	}
	return findings, bad
}

// remarks tells what the hazards have chosen by themselves.
func remarks(sc *scenario.Scenario, lang sim.Lang) []string {
	var list []string
	for i := range sc.Hazards {
		if r, ok := sc.Hazards[i].Spec.(sim.Remarker); ok {
			for _, text := range r.Remarks() {
				list = append(list, fmt.Sprintf(tr(lang, "提示：灾害 %s：%s", "note: hazard %s: %s"), sc.Hazards[i].Name, text.In(lang)))
			}
		}
	}
	return list
}

// checkDirector reads the director's script and, where the scenario is sound, runs its body, which is where it says
// what it waits for.
func checkDirector(loc scenarios.Location, sc *scenario.Scenario, sound bool) []error {
	file := path.Join(loc.Shown, sc.Drill.Director)
	if problems := scripting.Check(file, sc.Director); len(problems) > 0 || !sound {
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
