package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"sandtable/evaluation"
	"sandtable/replay"
	"sandtable/sim"
)

// summary is summary.json.
type summary struct {
	Scenario string    `json:"scenario"`
	Seed     sim.Seed  `json:"seed"`
	Digest   string    `json:"digest"`
	Ticks    int64     `json:"ticks"`
	Stopped  *stopping `json:"stopped,omitempty"`
	WallS    float64   `json:"wall_s"`
	CPUS     float64   `json:"cpu_s"`
	evaluation.Measures
	WaterVolumeError float64                      `json:"water_volume_error"`
	Objectives       []evaluation.ObjectiveResult `json:"objectives,omitempty"`
	Shelters         []evaluation.ShelterNeeds    `json:"shelters,omitempty"`
	Controls         []evaluation.ControlMeasure  `json:"controls,omitempty"`
	Zones            []evaluation.ZoneMeasures    `json:"zones"`
}

// stopping says when and why a run was stopped before its end.
type stopping struct {
	AtS float64 `json:"at_s"`
	Why string  `json:"why"`
}

// evaluate measures a run against its reference run and writes its report.
func (s *story) evaluate(a *app, run *replay.Run, p *played) (*summary, []byte, error) {
	w, lang := p.world, langOf(run.Header.Language, "")
	until := w.Now()
	if p.stopped != nil {
		until = until.Add(-sim.Tick) // in the last tick the hazard fails here too
	}
	ref, err := s.reference(a, run.Header.Seed, run.Commands(), until)
	if err != nil {
		return nil, nil, err
	}
	in := s.input(p)
	in.Foretold = p.watch.Foretold
	if in.Untouched, err = s.untouched(a, run.Header.Seed, p.events, until); err != nil {
		return nil, nil, err
	}
	if p.water.Maps != nil {
		p.water.Maps.Settle(p.world.Now())
		in.Arrival = p.water.Maps.Of(sim.QArrival)
		in.Deepest, in.Standing = p.water.Maps.Of(sim.QDepthMax), p.water.Maps.Of(sim.QDuration)
	}
	rep := evaluation.Measure(in, ref.Events)
	full := w.FullDigest()
	sum := &summary{Scenario: run.Header.Scenario, Seed: run.Header.Seed, Digest: fmt.Sprintf("%x", full[:8]),
		Ticks: int64(w.Now() / sim.Time(sim.Tick)), WallS: p.wall.Seconds(), CPUS: p.cpu.Seconds(),
		Measures: rep.Total, Objectives: rep.Objectives,
		Shelters: rep.Shelters, Controls: rep.Controls, Zones: rep.Zones}
	var truth sim.Truth
	w.Truth(&truth)
	for _, l := range truth.Ledgers {
		sum.WaterVolumeError = max(sum.WaterVolumeError, l.Error())
	}
	facts := evaluation.Facts{Seed: run.Header.Seed.String(), Digest: sum.Digest, Engine: "Sandtable " + run.Header.Engine,
		Parent: parentText(run.Header.Parent, s.Scenario.Drill.Start, lang), Ledger: sum.WaterVolumeError,
		Partial: w.Now() < sim.Time(s.Scenario.Drill.Duration)}
	if p.stopped != nil {
		facts.Stopped = p.why(lang)
		sum.Stopped = &stopping{w.Now().Seconds(), facts.Stopped}
	}
	if p.wall > 0 {
		facts.Wall = machineText(p)
	}
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

// why says which hazard failed, and how.
func (p *played) why(lang sim.Lang) string {
	for i := len(p.events) - 1; i >= 0; i-- {
		if e := &p.events[i]; e.Kind == sim.EvHazardFailed {
			return p.world.Names().NameOf(e.A) + tr(lang, "：", ": ") + e.Text.In(lang)
		}
	}
	return p.stopped.Error()
}

// unevaluated explains an error of evaluate: the run itself is recorded and whole.
func (s *story) unevaluated(dir string, err error) error {
	if errors.Is(err, context.Canceled) {
		return sim.Fail("已中断；推演本身是完整的，摘要和报告可由此生成：sandtable report %s",
			"interrupted; the run itself is complete, its summary and report are written with: sandtable report %s", dir)
	}
	return sim.Fail("推演本身是完整的，但摘要和报告没有写成（重试：sandtable report %s）：%v",
		"the run itself is complete, but its summary and report were not written (again: sandtable report %s): %v", dir, err)
}

// parentText tells what a run was branched from.
func parentText(p *replay.Parent, start sim.CivilTime, lang sim.Lang) string {
	if p == nil {
		return ""
	}
	director := tr(lang, "照原样", "as recorded")
	if p.Director == replay.DirectorLive {
		director = tr(lang, "重新响应", "acting anew")
	}
	players := tr(lang, "不保留", "dropped")
	if p.Players == replay.PlayersKept {
		players = tr(lang, "保留", "kept")
	}
	return fmt.Sprintf(tr(lang, "自 %s（%v）起；导调与预案%s；此后席位的原指令%s；原推演 %.12s",
		"from %s (%v) on; plan and director %s; later orders of the players %s; trunk %.12s"),
		start.Clock(p.At), p.At, director, players, p.Journal)
}
