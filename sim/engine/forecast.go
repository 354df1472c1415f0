package engine

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// issued is a forecast that has been made and is on its way to the posts.
type issued struct {
	at       sim.Time // when they get it
	forecast *sim.Forecast
}

// watch is what forecasts look at: the gauges and the buildings of the zones.
type watch struct {
	sc    *scenario.Scenario
	sites *scenario.Sites
}

// key identifies what is looked at, and whose forecasts say so, so that no film of another scenario's is read.
func (w *watch) key(hazard int) []byte {
	var e sim.Encoder
	e.I32(int32(hazard))
	for i := range w.sc.Gauges {
		g := &w.sc.Gauges[i]
		e.Str(g.Kind)
		e.F64(g.Place[0])
		e.F64(g.Place[1])
		e.F64(g.Antecedent)
	}
	for z := range w.sites.Zone {
		e.Len(len(w.sites.Zone[z].Buildings))
		for _, b := range w.sites.Zone[z].Buildings {
			e.I32(w.sites.Building[b].Cell)
		}
	}
	return e.Buf
}

// sealed says whether a record of an instant has the digest that its frame and its forecast give, and a forecast where
// one is due. digest is that of the layers alone.
func (r *reel) sealed(now sim.Time, digest uint64, rec *sim.FilmRecord) bool {
	if _, due := r.outlook.Issue(now); !due {
		return rec.Digest == digest
	}
	return len(rec.Forecast) > 0 && rec.Digest == frameDigest(digest, rec.Forecast)
}

// foretell issues the forecast of hazard i, where one is due: from the film, or by running the hazard ahead.
func (h *hazards) foretell(i int, now sim.Time, log *sim.Log) error {
	r := h.reels[i]
	issue, due := r.outlook.Issue(now)
	if !due {
		return nil
	}
	raw := r.foreseen
	if r.live {
		f, err := h.lookAhead(i, issue, now)
		if err != nil {
			return err
		}
		var e sim.Encoder
		f.Append(&e)
		raw = e.Buf
	}
	f, d := &sim.Forecast{}, sim.Decoder{Buf: raw}
	if f.Load(&d); d.Err != nil || int(f.Hazard) != i || !f.Fits(len(h.watch.sc.Gauges), len(h.watch.sc.Zones)) {
		return badFilm(r.reader, otherShape) // what was made here is whole
	}
	r.digest = frameDigest(r.digest, raw)
	h.trail.Mix(r.digest)
	if rec := r.held; rec != nil {
		r.held = nil
		rec.Digest, rec.Forecast = r.digest, raw
		r.keep(*rec)
	}
	r.foreseen = nil
	h.issued = append(h.issued, issued{now.Add(r.outlook.Delay), f})
	slices.SortStableFunc(h.issued, func(a, b issued) int { return int(min(max(a.at-b.at, -1), 1)) })
	h.announce(f, now, r.outlook.Lead, log)
	return nil
}

// announce makes known that a forecast is issued, or that there is none, and which members it lacks.
func (h *hazards) announce(f *sim.Forecast, now sim.Time, lead sim.Duration, log *sim.Log) {
	from := sim.RefTo(sim.KindHazard, f.Hazard)
	for i := range f.Lost {
		log.Emit(sim.Event{At: now, Kind: sim.EvForecastLost, A: from, Count: int32(f.Lost[i].Member + 1),
			Num: f.Issued.Seconds(), Text: lostText(f, i, h.watch.sc.Drill.Start)})
	}
	if len(f.Members) == 0 {
		log.Emit(sim.Event{At: now, Kind: sim.EvForecastLost, A: from, Num: f.Issued.Seconds(),
			Text: missingText(f, h.watch.sc.Drill.Start)})
		return
	}
	log.Emit(sim.Event{At: now, Kind: sim.EvForecast, A: from, Count: int32(len(f.Members)), Num: lead.Seconds()})
}

// lookAhead runs the members of a forecast, one after the other. One whose state becomes impossible is left out: it
// speaks against itself and not against the others, nor against the hazard that goes on.
func (h *hazards) lookAhead(i, issue int, now sim.Time) (*sim.Forecast, error) {
	r := h.reels[i]
	f := &sim.Forecast{Hazard: sim.HazardID(i), Issued: now, Step: r.outlook.Step, Steps: r.outlook.Steps()}
	for m := range r.outlook.Members {
		member, err := r.hazard.(sim.Forecaster).Ahead(issue, m)
		if err != nil {
			return nil, err
		}
		a := h.newAhead(i, member)
		if at, err := a.run(f); err != nil {
			f.Lost = append(f.Lost, sim.LostMember{Member: m, At: at, Why: sim.TextOf(err)})
			continue
		}
		f.Members = append(f.Members, a.seen)
	}
	return f, nil
}

// ahead is one member of a forecast under way. It reads its own hazard alone: each hazard foresees for itself.
type ahead struct {
	watch    *watch
	member   sim.Hazard
	interval sim.Duration
	list     []*sim.Layer
	layers   *sim.Layers
	rain     []rainfall // per gauge: what this hazard has rained so far, and what fell before the start
	before   []rainfall
	seen     sim.Foreseen
}

func (h *hazards) newAhead(i int, member sim.Hazard) *ahead {
	a := &ahead{watch: h.watch, member: member, interval: member.Interval(), list: member.Layers(),
		layers: sim.NewLayers(h.layers.Ground)}
	for _, l := range a.list {
		a.layers.Add(l)
	}
	a.member.Publish()
	gauges := h.watch.sc.Gauges
	a.rain, a.before = make([]rainfall, len(gauges)), make([]rainfall, len(gauges))
	a.seen = sim.Foreseen{Gauges: make([]sim.GaugeAhead, len(gauges)), Zones: make([]sim.ZoneAhead, len(h.watch.sc.Zones))}
	for g := range gauges {
		if h.gauges != nil && h.gauges.fallen[g] != nil {
			a.rain[g], a.before[g] = h.gauges.fallen[g][i].clone(), h.gauges.rain[g]
		}
	}
	return a
}

// run plays the member through the lead and notes what it sees at every step. It returns the publication that it did
// not reach, with its error.
func (a *ahead) run(f *sim.Forecast) (sim.Time, error) {
	at, k := f.Issued, 0
	for k < f.Steps {
		next := at.Add(a.interval)
		if err := a.member.Advance(next); err != nil {
			return next, err
		}
		a.member.Publish()
		for g := range a.rain {
			if gauge := &a.watch.sc.Gauges[g]; gauge.Kind == scenario.GaugeRain {
				a.rain[g].add(at, next, int64(rainAt(a.list, gauge))*published)
			}
		}
		if at = next; at == f.At(k) {
			a.note(at)
			k++
		}
	}
	return at, nil
}

// note adds what is so at an instant to the curves.
func (a *ahead) note(now sim.Time) {
	sc, sites := a.watch.sc, a.watch.sites
	for g := range sc.Gauges {
		to := &a.seen.Gauges[g]
		if sc.Gauges[g].Kind == scenario.GaugeRain {
			for k, window := range sim.RainWindows {
				mm := millimetres(a.rain[g].depth(now, window) + a.before[g].depth(now, window))
				to.Rain[k] = append(to.Rain[k], num.Int32(num.Round(float64(mm*1000))))
			}
			continue
		}
		level, _ := levelAt(sc, a.layers, sites.Gauge[g])
		to.Level = append(to.Level, num.Int32(num.Round(float64(level*1000))))
	}
	for z := range sc.Zones {
		wet, deep := a.zone(sim.ZoneID(z))
		to := &a.seen.Zones[z]
		to.Wet, to.Deep = append(to.Wet, wet), append(to.Deep, deep)
	}
}

// wetBuilding is the depth above which water counts as being at a building [mm]; package population has the same.
const wetBuilding = 150

// zone returns the share of a zone's buildings that are wet [1/1000] and the deepest water at them [mm].
func (a *ahead) zone(z sim.ZoneID) (wet, deep int32) {
	buildings := a.watch.sites.Zone[z].Buildings
	count := int32(0)
	for _, b := range buildings {
		cell := a.watch.sites.Building[b].Cell
		if cell < 0 {
			continue
		}
		depth := a.layers.DepthInCell(cell)
		if depth > wetBuilding {
			count++
		}
		deep = max(deep, depth)
	}
	if len(buildings) == 0 {
		return 0, deep
	}
	return count * 1000 / int32(len(buildings)), deep
}

// deliver gives the forecasts that are due to the posts; of one that is missing they learn that it is.
func (w *World) deliver() {
	for len(w.hazards.issued) > 0 && w.hazards.issued[0].at <= w.now {
		f := w.hazards.issued[0].forecast
		w.hazards.issued = slices.Delete(w.hazards.issued, 0, 1)
		if len(f.Members) == 0 {
			w.command.Miss(w.now, f.Hazard, missingText(f, w.gauges.sc.Drill.Start))
			continue
		}
		w.command.Foretell(w.now, f, w.gauges.say(w.names, f), &w.log)
	}
}

func (h *hazards) appendIssued(e *sim.Encoder) {
	e.Len(len(h.issued))
	for _, x := range h.issued {
		e.Time(x.at)
		x.forecast.Append(e)
	}
}

func (h *hazards) loadIssued(d *sim.Decoder) {
	h.issued = h.issued[:0]
	for range d.Len(24) {
		x := issued{at: d.Time(), forecast: &sim.Forecast{}}
		x.forecast.Load(d)
		if d.Err == nil && (int(x.forecast.Hazard) >= len(h.reels) ||
			!x.forecast.Fits(len(h.watch.sc.Gauges), len(h.watch.sc.Zones))) {
			d.Fail("a forecast of another scenario")
		}
		h.issued = append(h.issued, x)
	}
}
