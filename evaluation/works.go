package evaluation

import (
	"slices"

	"sandtable/sim"
)

// Untouched is what the water would have done in a run had nobody moved a structure: the hazards alone, with no order
// or inject to a gate, barrier, pump or dyke. Whoever writes the report plays it.
type Untouched struct {
	Arrival *sim.Layer  // QArrival at the depth that counts as water at a place
	Told    []sim.Event // structures that failed by themselves
}

// WorksChange is a change of a structure in the report.
type WorksChange struct {
	At   sim.Time
	Text sim.Text
	Self bool // it happened by itself
}

// WorksArrival compares when water comes to the buildings of a zone with when it would have come.
type WorksArrival struct {
	Zone          sim.ZoneID
	With, Without int // buildings that water reaches
	Both          int // those of them that it reaches in both stories
	// Shift is the median of how much later it comes to those that it reaches in both stories [s]; below 0 sooner.
	Shift float64
}

// works is what the report says of structures and the water.
type works struct {
	Changes, Without []WorksChange
	Arrivals         []WorksArrival
}

// worksOf lists the changes of structures of a run, and, where it is known what the water would have done without the
// orders, the zones to whose buildings it comes sooner or later for them by a minute or more, or at all.
func worksOf(in *Input) works {
	w := works{Changes: changesOf(in, in.Events)}
	if in.Untouched == nil || in.Arrival == nil || in.Untouched.Arrival == nil {
		return w
	}
	w.Without = changesOf(in, in.Untouched.Told)
	for zone := range in.Scenario.Zones {
		if a := arrivals(in, sim.ZoneID(zone)); a.With != a.Without || a.Shift >= 60 || a.Shift <= -60 {
			w.Arrivals = append(w.Arrivals, a)
		}
	}
	return w
}

// arrivals compares the two stories at the buildings of a zone.
func arrivals(in *Input, zone sim.ZoneID) WorksArrival {
	a := WorksArrival{Zone: zone}
	var shifts []float64
	for _, b := range in.Sites.Zone[zone].Buildings {
		cell, ok := in.Arrival.Grid.CellAt(in.Scenario.Buildings[b].At)
		if !ok {
			continue
		}
		with, without := in.Arrival.Values[cell], in.Untouched.Arrival.Values[cell]
		if with >= 0 {
			a.With++
		}
		if without >= 0 {
			a.Without++
		}
		if with >= 0 && without >= 0 {
			shifts = append(shifts, float64(with-without))
		}
	}
	a.Both = len(shifts)
	if n := a.Both; n > 0 {
		slices.Sort(shifts)
		a.Shift = (shifts[(n-1)/2] + shifts[n/2]) / 2
	}
	return a
}

// shiftText says how much sooner or later water comes, and where it comes in one of both stories only, in which.
func (a *WorksArrival) shiftText(lang sim.Lang) string {
	switch {
	case a.Both == 0 && a.Without == 0:
		return sim.Text{ZH: "仅有指令时进水", EN: "only with the orders"}.In(lang)
	case a.Both == 0 && a.With == 0:
		return sim.Text{ZH: "不再进水", EN: "no longer reached"}.In(lang)
	case a.Both == 0:
		return "–"
	case a.Shift > -30 && a.Shift < 30:
		return sim.Text{ZH: "不变", EN: "unchanged"}.In(lang)
	case a.Shift < 0:
		return sim.Say("早 %s", "%s sooner", spanText(-a.Shift, lang)).In(lang)
	}
	return sim.Say("晚 %s", "%s later", spanText(a.Shift, lang)).In(lang)
}

// changesOf puts the changes of structures into words.
func changesOf(in *Input, events []sim.Event) []WorksChange {
	var list []WorksChange
	dry := dryBreaches(events)
	for i, e := range events {
		if e.Kind != sim.EvStructure || dry[i] {
			continue
		}
		list = append(list, WorksChange{
			At: e.At, Self: !e.Text.Empty(),
			Text: sim.Say("%s：%s", "%s: %s", in.Names.TitleOf(e.A), actionText(e)),
		})
	}
	return list
}

// overText says over which time a structure was told to move, where that was said.
func overText(e sim.Event) sim.Text {
	if e.B.ID <= 0 {
		return sim.Text{}
	}
	s := float64(e.B.ID)
	return sim.Say("，历时 %s", " over %s", sim.Text{ZH: spanText(s, sim.Chinese), EN: spanText(s, sim.English)})
}

// dryBreaches returns the events, by their place, that order a breach which then had to wait for water. The order is
// told at once and the answer with the next water: only the answer is true.
func dryBreaches(events []sim.Event) map[int]bool {
	ordered, dry := map[sim.Ref]int{}, map[int]bool{}
	for i, e := range events {
		if e.Kind != sim.EvStructure {
			continue
		}
		switch at, was := ordered[e.A]; {
		case sim.StructureAction(e.Count) == sim.StructureBreach && e.Text.Empty():
			ordered[e.A] = i
		case sim.StructureAction(e.Count) == sim.StructureWait && was:
			dry[at] = true
		}
	}
	return dry
}

// actionText says what was done to a structure. A value is where it goes from then on, as fast as it can or was told
// to.
func actionText(e sim.Event) sim.Text {
	switch sim.StructureAction(e.Count) {
	case sim.StructureSetOpening:
		return sim.Say("开度调至 %g%%%s", "opening to %g %%%s", e.Num, overText(e))
	case sim.StructureSetCrest:
		return sim.Say("挡水高度调至 %g 米%s", "crest to %g m%s", e.Num, overText(e))
	case sim.StructureBreach:
		return sim.Say("溃决", "fails")
	case sim.StructureWait:
		return sim.Say("尚无水作用，来水后溃决", "will fail when water stands at it")
	case sim.StructureSwitch:
		if e.Num != 0 {
			return sim.Say("开机", "switched on")
		}
		return sim.Say("停机", "switched off")
	}
	return sim.Text{}
}
