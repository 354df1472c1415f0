package main

import (
	"bytes"
	"fmt"

	"sandtable/evaluation"
	"sandtable/replay"
	"sandtable/sim"
)

// summary is summary.json.
type summary struct {
	Scenario string   `json:"scenario"`
	Seed     sim.Seed `json:"seed"`
	Digest   string   `json:"digest"`
	Ticks    int64    `json:"ticks"`
	WallS    float64  `json:"wall_s"`
	CPUS     float64  `json:"cpu_s"`
	evaluation.Measures
	WaterVolumeError float64                      `json:"water_volume_error"`
	Objectives       []evaluation.ObjectiveResult `json:"objectives,omitempty"`
	Zones            []evaluation.ZoneMeasures    `json:"zones"`
}

// evaluate measures a run against its reference run and writes its report.
func (s *story) evaluate(a *app, run *replay.Run, p *played) (*summary, []byte, error) {
	w := p.world
	ref, err := s.reference(a, run.Header.Seed, run.Commands(), w.Now())
	if err != nil {
		return nil, nil, err
	}
	in := s.input(w, p.events)
	rep := evaluation.Measure(in, ref.Events)
	full := w.FullDigest()
	sum := &summary{Scenario: run.Header.Scenario, Seed: run.Header.Seed, Digest: fmt.Sprintf("%x", full[:8]),
		Ticks: int64(w.Now() / sim.Time(sim.Tick)), WallS: p.wall.Seconds(), CPUS: p.cpu.Seconds(),
		Measures: rep.Total, Objectives: rep.Objectives, Zones: rep.Zones}
	var truth sim.Truth
	w.Truth(&truth)
	for _, l := range truth.Ledgers {
		sum.WaterVolumeError = max(sum.WaterVolumeError, l.Error())
	}
	facts := evaluation.Facts{Seed: run.Header.Seed.String(), Digest: sum.Digest, Engine: "Sandtable " + run.Header.Engine,
		Parent: parentText(run.Header.Parent), Ledger: sum.WaterVolumeError,
		Partial: w.Now() < sim.Time(s.sc.Drill.Duration)}
	if p.wall > 0 {
		facts.Wall = machineText(p)
	}
	lang, _ := sim.LangByName(run.Header.Language)
	figures, err := p.maps.figures(lang)
	if err != nil {
		return nil, nil, err
	}
	var html bytes.Buffer
	if err := evaluation.WriteHTML(&html, in, rep, facts, figures, lang); err != nil {
		return nil, nil, err
	}
	return sum, html.Bytes(), nil
}

// parentText tells what a run was branched from.
func parentText(p *replay.Parent) string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%.12s @ %v, director=%s, players=%s", p.Journal, p.At, p.Director, p.Players)
}
