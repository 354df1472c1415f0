package scripting

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// luaForecast gives the last forecast for a gauge: the seat's, or for the director's script any post's.
func (h *Host) luaForecast(l *lua.LState) int {
	gauge := sim.GaugeID(h.lookup(l, sim.KindGauge))
	limit, limited := l.Get(2).(lua.LNumber)
	window := sim.Duration(0)
	if l.GetTop() >= 3 && l.Get(3) != lua.LNil {
		window = checkSpan(l, 3)
		if _, ok := sim.RainWindow(window); !ok {
			l.ArgError(3, "want a window of rain: 30m, 1h, 3h, 6h, 12h or 24h")
		}
	}
	k, ok := latest(h.forecasts(), gauge, window)
	if !ok { // one that says nothing
		k = sim.ForecastKnown{Received: -sim.Time(sim.Second), Forecast: &sim.Forecast{Issued: -sim.Time(sim.Second)}}
	}
	f := k.Forecast
	pushTable(l, "issued", f.Issued.Seconds(), "received", k.Received.Seconds(), "step", f.Step.Seconds(),
		"members", len(f.Members))
	t := l.Get(-1).(*lua.LTable)
	pushFan(l, t, f, gauge, window)
	if limited {
		votes(t, f, gauge, window, float64(limit))
	}
	return 1
}

// forecasts returns those that the seat has, or for the director those of the posts that get any.
func (h *Host) forecasts() []sim.ForecastKnown {
	if h.env.Seat >= 0 {
		return h.seen.Forecasts
	}
	h.told = h.told[:0]
	for i := range h.env.Scenario.Hazards {
		outlook := scenario.OutlookOf(h.env.Scenario.Hazards[i].Spec)
		post := slices.IndexFunc(h.env.Scenario.Posts, func(p scenario.Post) bool {
			id, _ := h.env.Names.Resolve(sim.KindPost, p.Name)
			return outlook.Wanted() && scenario.Gets(h.env.Scenario, outlook, sim.PostID(id))
		})
		if post < 0 {
			continue
		}
		h.view.Observe(sim.PostID(post), &h.seen)
		for _, k := range h.seen.Forecasts {
			if int(k.Forecast.Hazard) == i {
				h.told = append(h.told, k)
			}
		}
	}
	return h.told
}

// latest returns the newest forecast that speaks of a gauge.
func latest(list []sim.ForecastKnown, gauge sim.GaugeID, window sim.Duration) (best sim.ForecastKnown, found bool) {
	for _, k := range list {
		if _, _, _, ok := k.Forecast.Fan(gauge, window, 0); ok && (!found || k.Forecast.Issued > best.Forecast.Issued) {
			best, found = k, true
		}
	}
	return best, found
}

// pushFan adds the lowest, the median and the highest member at every step.
func pushFan(l *lua.LState, t *lua.LTable, f *sim.Forecast, gauge sim.GaugeID, window sim.Duration) {
	lists := [3]*lua.LTable{l.NewTable(), l.NewTable(), l.NewTable()}
	for s := range f.Steps {
		low, median, high, _ := f.Fan(gauge, window, s)
		for i, v := range [3]int32{low, median, high} {
			lists[i].Append(lua.LNumber(float64(v) / 1000))
		}
	}
	for i, name := range [3]string{"low", "median", "high"} {
		t.RawSetString(name, lists[i])
	}
}

// votes adds how many members pass a limit, and the first and the last instant at which one does.
func votes(t *lua.LTable, f *sim.Forecast, gauge sim.GaugeID, window sim.Duration, limit float64) {
	n, first, last := 0, -1.0, -1.0
	for m := range f.Members {
		at, ok := f.Passes(m, gauge, window, limit, sim.Never)
		if !ok {
			continue
		}
		if n++; n == 1 || at.Seconds() < first {
			first = at.Seconds()
		}
		last = max(last, at.Seconds())
	}
	t.RawSetString("votes", lua.LNumber(n))
	t.RawSetString("first", lua.LNumber(first))
	t.RawSetString("last", lua.LNumber(last))
}

// gaugeFields adds to the event of a gauge what its threshold stands for.
func (h *Host) gaugeFields(t *lua.LTable, e sim.Event) {
	switch e.Kind {
	case sim.EvGauge, sim.EvGaugeFell, sim.EvGaugeAlarm, sim.EvGaugeClear:
	default:
		return
	}
	if e.A.ID < 0 || int(e.A.ID) >= len(h.env.Scenario.Gauges) {
		return
	}
	limit := h.env.Scenario.Gauges[e.A.ID].Limit(int(e.Count))
	if limit == nil {
		return
	}
	t.RawSetString("threshold", lua.LString(limit.Title.In(sim.Chinese)))
	t.RawSetString("warning", lua.LString(limit.Warning))
	t.RawSetString("action", lua.LString(limit.Action))
}
