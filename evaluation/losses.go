package evaluation

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

// Losses are what the water did to the buildings of a zone, or to all of them.
type Losses struct {
	Buildings int            `json:"buildings"`
	Wet       int            `json:"buildings_wet"`                // water passed 0.15 m
	ByClass   map[string]int `json:"buildings_by_class,omitempty"` // by the worst class, H1 to H6
	ByLevel   map[string]int `json:"buildings_by_level,omitempty"` // by the worst hazard rating, where the scenario asks for it
	Collapsed int            `json:"buildings_collapsed"`
	// ValueLost is the mean share of its value that a building lost, by depth above its floor; -1 when the water at the
	// buildings was not kept.
	ValueLost float64 `json:"value_lost_share"`

	lost  float64 // sum of the shares
	blind bool    // a wet building whose water was not kept
}

// add takes one building.
func (l *Losses) add(b loss) {
	l.Buildings++
	if b.wet {
		l.Wet++
	}
	if b.collapsed {
		l.Collapsed++
	}
	tally(&l.ByClass, b.class.String(), b.class > sim.H0)
	tally(&l.ByLevel, b.level.String(), b.level > harm.LevelDry)
	l.lost += b.share
	l.blind = l.blind || b.blind
	l.ValueLost = l.lost / float64(l.Buildings)
	if l.blind {
		l.ValueLost = -1
	}
}

func tally(of *map[string]int, key string, yes bool) {
	if !yes {
		return
	}
	if *of == nil {
		*of = make(map[string]int)
	}
	(*of)[key]++
}

// minus returns what is left when the losses of some are taken away.
func (l Losses) minus(some *Losses) Losses {
	l.Buildings -= some.Buildings
	l.Wet -= some.Wet
	l.Collapsed -= some.Collapsed
	l.ByClass, l.ByLevel = without(l.ByClass, some.ByClass), without(l.ByLevel, some.ByLevel)
	l.lost -= some.lost
	switch {
	case l.blind:
		l.ValueLost = -1
	case l.Buildings > 0:
		l.ValueLost = max(l.lost, 0) / float64(l.Buildings)
	default:
		l.ValueLost = 0
	}
	return l
}

func without(all, some map[string]int) map[string]int {
	out := make(map[string]int, len(all))
	for k, n := range all {
		out[k] = n - some[k]
	}
	return out
}

// loss is what happened to one building.
type loss struct {
	wet, collapsed bool
	class          sim.DangerClass
	level          harm.Level
	share          float64 // of its value that is lost [-]
	blind          bool    // it was wet, and nobody kept how deep
}

// losses returns what happened to each building.
func losses(in *Input) []loss {
	out := make([]loss, len(in.Scenario.Buildings))
	for b, class := range dangerOf(len(out), in.Events) {
		out[b].class = class
	}
	for _, e := range in.Events {
		if e.A.Kind != sim.KindBuilding || int(e.A.ID) >= len(out) {
			continue
		}
		switch e.Kind {
		case sim.EvPlaceWet:
			out[e.A.ID].wet = true
		case sim.EvPlaceDestroyed:
			out[e.A.ID].collapsed = true
		}
	}
	wide := in.Scenario.Danger.Upper == "fd2321"
	for b := range out {
		x := &out[b]
		kept := b < len(in.Peaks)
		switch {
		case x.collapsed:
			x.share = 1
		case kept:
			x.share = harm.DamageShare(in.Peaks[b].Depth - in.Scenario.Buildings[b].Floor)
		default:
			x.blind = x.wet
		}
		if kept && in.Scenario.Danger.Rated() {
			x.level = harm.Grade(in.Peaks[b].Rating, wide)
		}
	}
	return out
}

// addLosses puts the losses of buildings into the measures of all and of each zone.
func (rep *Report) addLosses(in *Input) {
	for b, x := range losses(in) {
		rep.Total.Losses.add(x)
		if z := in.Sites.Building[b].Zone; z >= 0 {
			rep.Zones[z].Losses.add(x)
		}
	}
}

// grades returns the names of the grades of dangerous water by which the report counts buildings: classes, or levels of
// the hazard rating.
func (p *page) grades() []string {
	var names []string
	if p.In.Scenario.Danger.Rated() {
		for l := harm.LevelCaution; l < harm.LevelCount; l++ {
			names = append(names, levelTitles[l].In(p.Lang))
		}
		return names
	}
	for c := sim.H1; c <= sim.H6; c++ {
		names = append(names, c.String())
	}
	return names
}

// levelTitles are the levels of the hazard rating as heads of columns.
var levelTitles = [harm.LevelCount]sim.Text{
	harm.LevelCaution: {ZH: "注意", EN: "caution"},
	harm.LevelSome:    {ZH: "部分人危险", EN: "some"},
	harm.LevelMost:    {ZH: "多数人危险", EN: "most"},
	harm.LevelAll:     {ZH: "所有人危险", EN: "all"},
}

// graded returns how many of the buildings have a grade of that name.
func (p *page) graded(l Losses, name string) int {
	if !p.In.Scenario.Danger.Rated() {
		return l.ByClass[name]
	}
	for k, title := range levelTitles {
		if title.In(p.Lang) == name {
			return l.ByLevel[harm.Level(k).String()]
		}
	}
	return 0
}

// gradeKey explains the grades in one sentence.
func (p *page) gradeKey() string {
	d := p.In.Scenario.Danger
	var parts []sim.Text
	if d.Rated() {
		for l := harm.LevelCaution; l < harm.LevelCount; l++ {
			parts = append(parts, l.Means())
		}
		return sim.Say("按洪水危险度评级 HR = d(v + 0.5) + DF（漂浮物系数 %s，上限 %s），取房屋处最严重时：%s",
			"By the worst hazard rating at the building, HR = d(v + 0.5) + DF (debris factor %s, upper limit %s): %s",
			d.Debris, d.Upper, sim.Join(parts, sim.Sentences)).In(p.Lang)
	}
	for c := sim.H1; c <= sim.H6; c++ {
		parts = append(parts, sim.Say("%s %s", "%s %s", c.String(), harm.Meaning(c)))
	}
	return sim.Say("按房屋处最严重的危险等级：%s", "By the worst class of water at the building: %s",
		sim.Join(parts, sim.Sentences)).In(p.Lang)
}

// value returns a measure of buildings by its name.
func (l *Losses) value(name string) (float64, bool) {
	switch name {
	case "buildings_wet":
		return float64(l.Wet), true
	case "buildings_collapsed":
		return float64(l.Collapsed), true
	case "value_lost_share":
		return l.ValueLost, true
	}
	return 0, false
}
