package main

import (
	"bytes"
	"fmt"
	"image/jpeg"

	"sandtable/evaluation"
	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/maps"
	"sandtable/sim/scenario"
)

// Size of a map in the report [pixel].
const mapWidth, mapHeight = 1600, 1080

// mapSheet is a sink that keeps what the report's maps show: the state when most people were stranded, and at the end
// what the water did.
type mapSheet struct {
	world   *engine.World
	scene   *render.Scene
	painter *render.Painter
	camera  render.Camera

	water  *maps.Sink
	rating *evaluation.RatingMap // nil where the scenario grades by classes
	worst  render.Frame
	level  *sim.Layer // water of worst, copied
	most   int        // stranded then
	frame  render.Frame
}

// sampleEvery is how often the state is looked at.
const sampleEvery = 5 * sim.Minute

func newMapSheet(sc *scenario.Scenario, w *engine.World, water *maps.Sink) *mapSheet {
	font := render.DefaultFont()
	m := &mapSheet{world: w, water: water,
		scene: render.NewScene(sc, w.Names(), font), painter: render.NewPainter(font), most: -1}
	if sc.Danger.Rated() {
		m.rating = evaluation.NewRatingMap(sc)
	}
	m.camera = render.Fit(mapWidth, mapHeight, render.Margins{}, m.scene.Bounds())
	return m
}

// Before does nothing.
func (m *mapSheet) Before(sim.Time, []sim.Command) error { return nil }

// After keeps now and then the state.
func (m *mapSheet) After(now sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	if now%sim.Time(sampleEvery) != sim.Time(sim.Tick) {
		return nil
	}
	view.Snapshot(m.camera.View(), &m.frame.Snapshot)
	if stranded := m.frame.Snapshot.Total.Stranded; stranded > m.most {
		m.most = stranded
		view.Truth(&m.worst.Truth)
		view.Snapshot(m.camera.View(), &m.worst.Snapshot)
		m.level = copyLayer(m.level, m.worst.Snapshot.Water)
	}
	return nil
}

// copyLayer copies a layer's values, into dst where that is given.
func copyLayer(dst, src *sim.Layer) *sim.Layer {
	if src == nil {
		return nil
	}
	if dst == nil {
		dst = sim.NewLayer(src.Key, src.Grid)
	}
	copy(dst.Values, src.Values)
	return dst
}

// figures draws the maps.
func (m *mapSheet) figures(lang sim.Lang) ([]evaluation.Figure, error) {
	var all []evaluation.Figure
	add := func(f *render.Frame, o render.Overlay, title sim.Text) error {
		f.Water++
		data, err := m.draw(f, o, lang)
		if err == nil {
			all = append(all, evaluation.Figure{Title: title, JPEG: data})
		}
		return err
	}
	if m.most > 0 {
		clock := m.world.Scenario().Drill.Start.Clock(m.worst.Snapshot.Now)
		m.worst.Snapshot.Water = m.level
		err := add(&m.worst, render.OverlayDepth, sim.Text{
			ZH: fmt.Sprintf("被困人数最多之时：%s，%d 人", clock, m.most),
			EN: fmt.Sprintf("When most people were stranded: %s, %d persons", clock, m.most)})
		if err != nil {
			return nil, err
		}
	}
	end := &m.frame
	m.world.Truth(&end.Truth)
	m.world.Snapshot(m.camera.View(), &end.Snapshot)
	if end.Charts = m.charts(); end.Charts == nil {
		err := add(end, render.OverlayDepth, sim.Text{ZH: "结束时的人员分布", EN: "Where people are at the end"})
		return all, err
	}
	err := add(end, render.OverlayDeepest, sim.Text{ZH: "结束时的人员分布；水深为全过程各处最大值",
		EN: "Where people are at the end; the water is the deepest of the whole run"})
	if err != nil {
		return nil, err
	}
	err = add(end, render.OverlayArrival, sim.Say("水到时间：水深首次超过 %g 米的时刻；开始时已有水处不着色",
		"Arrival of the water: when its depth first passed %g m; what was wet at the start has no colour",
		end.Charts.Threshold))
	if err != nil {
		return nil, err
	}
	if m.rating != nil {
		end.Charts.Danger, end.Charts.Rated = m.rating.Layer, true
		return all, add(end, render.OverlayDanger, sim.Text{ZH: "洪水危险度评级：各处最危险时刻对谁危险，算法见下文房屋一节",
			EN: "Hazard rating: for whom the worst instant of each place is a danger; how it is made stands below at buildings"})
	}
	return all, add(end, render.OverlayDanger, sim.Text{
		ZH: "最高危险等级：各处最危险时刻的等级，由水深、流速及两者之积定，H1 基本安全，H3 起危及老幼和车辆，H5 起危及房屋",
		EN: "Worst class of danger: that of the worst instant of each place, by depth, speed and their product; H1 is " +
			"generally safe, from H3 on children, the elderly and vehicles are in danger, from H5 on buildings"})
}

// charts are the maps at the end as pictures show them; nil without a flood.
func (m *mapSheet) charts() *render.Charts {
	w := m.water.Maps
	if w == nil {
		return nil
	}
	return &render.Charts{Deepest: w.Of(sim.QDepthMax), Arrival: w.Of(sim.QArrival), Danger: w.Of(sim.QDangerMax),
		Threshold: float64(w.Threshold()) / 1000, Edition: 1, Scale: render.ScaleOf(w.Of(sim.QArrival))}
}

// draw draws a map. Those of arrival and danger are about the water alone.
func (m *mapSheet) draw(f *render.Frame, o render.Overlay, lang sim.Lang) ([]byte, error) {
	look := render.Look{Lang: lang, Scale: 1, Selected: sim.None, Hover: sim.None, Overlay: o,
		NoPeople: o == render.OverlayArrival || o == render.OverlayDanger}
	var b bytes.Buffer
	// JPEG: a hillshaded map is four times larger as PNG, and a report has to fit in a mail.
	err := jpeg.Encode(&b, m.painter.Paint(m.scene.Draw(m.camera, f, look)), &jpeg.Options{Quality: 88})
	if err != nil {
		return nil, fmt.Errorf("drawing a map: %w", err)
	}
	return b.Bytes(), nil
}
