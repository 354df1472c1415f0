package flood

import (
	"fmt"
	"math"

	"sandtable/sim"
)

// doubtWorks looks at the levels of structures on the grid, against the ground on which they stand.
func (k *checker) doubtWorks(c *Config, t *sim.Terrain, lasts sim.Duration) {
	for i := range c.Dykes {
		for n := range c.Dykes[i].Breaches {
			b, path := &c.Dykes[i].Breaches[n], fmt.Sprintf("dyke[%d].breach[%d].", i, n)
			k.doubtDykeBreach(path, b, &c.Dykes[i], t)
			if b.Hold >= lasts && (b.Trigger == TriggerLevel || b.Trigger == TriggerOvertopping) {
				k.add(path+"hold", "%s：演练历时 %s，不会自行溃决；应更短", "%s: the drill lasts %s, so that it does not fail by itself; "+
					"want a shorter one", b.Hold, lasts)
			}
		}
	}
	for i := range c.Barriers {
		if b := &c.Barriers[i]; b.Foot != nil {
			k.doubtBuried(fmt.Sprintf("barrier[%d].foot", i), *b.Foot, b.Line, t)
		}
	}
	for i := range c.Sluices {
		if s := &c.Sluices[i]; s.Dyke == "" {
			k.doubtBuried(fmt.Sprintf("sluice[%d].sill", i), s.Sill, s.Line, t)
		} else {
			k.doubtSluiceInDyke(fmt.Sprintf("sluice[%d].", i), s, c, t)
		}
	}
	for i := range c.Bridges {
		k.doubtBuried(fmt.Sprintf("bridge[%d].soffit", i), c.Bridges[i].Soffit, c.Bridges[i].Line, t)
	}
	for i := range c.Culverts {
		k.doubtCulvert(fmt.Sprintf("culvert[%d].", i), &c.Culverts[i], t)
	}
	for i := range c.Pumps {
		k.doubtPump(fmt.Sprintf("pump[%d].", i), &c.Pumps[i], t)
	}
}

// buriedBy is how far a sill, a foot or a soffit may lie below the lowest ground of its line before it is taken for a
// mistake [m] (assumed: terrain models of some metres' width smooth a channel away by that much).
const buriedBy = 3.0

// doubtBuried reports a level that lies under the ground all along a line. The ground counts there instead.
func (k *checker) doubtBuried(path string, level float64, pts [][2]float64, t *sim.Terrain) {
	lowest := math.Inf(1)
	for _, s := range staircase(k.grid, line(pts)) {
		lowest = min(lowest, k.ground(t, &s))
	}
	k.buried(path, level, lowest)
}

// buried reports a level far below the lowest ground beside it; an infinite one says nothing.
func (k *checker) buried(path string, level, lowest float64) {
	if !math.IsInf(lowest, 1) && lowest-level > buriedBy {
		k.add(path, "%g 米；此处地面最低也有 %g 米，高出 %.3g 米，以地面为准：位置或高程有误？应改其一",
			"%g m; the lowest ground there is %g m, %.3g m higher, and counts instead: is the place wrong, or the level? want "+
				"one of them changed", level, lowest, lowest-level)
	}
}

// doubtSluiceInDyke compares the sill of a sluice in a dyke with the ground there, and with the dyke's crest.
func (k *checker) doubtSluiceInDyke(path string, s *Sluice, c *Config, t *sim.Terrain) {
	for i := range c.Dykes {
		d := &c.Dykes[i]
		if d.Name != s.Dyke || len(s.Place) != 1 {
			continue
		}
		along, _ := nearestOn(line(d.Line), point(s.Place[0]))
		k.buried(path+"sill", s.Sill, k.groundAt(d, along, t))
		if crest, ok := k.crestAt(d, along, t); ok && s.Sill >= crest {
			k.add(path+"sill", "%g 米，不低于此处堤顶 %g 米；应低于堤顶", "%g m, not below the dyke's crest there, %g m; want it lower",
				s.Sill, crest)
		}
	}
}

// groundAt is the ground beside a dyke at a place along it [m]; infinite without one.
func (k *checker) groundAt(d *Dyke, along float64, t *sim.Terrain) float64 {
	ground := math.Inf(1)
	for _, s := range staircase(k.grid, line(d.Line)) {
		if s.from <= along || math.IsInf(ground, 1) {
			ground = k.ground(t, &s)
		}
	}
	return ground
}

// crestAt is the crest of a dyke at a place along it [m].
func (k *checker) crestAt(d *Dyke, along float64, t *sim.Terrain) (float64, bool) {
	if len(d.Crest) > 0 {
		return valueAlong(line(d.Line), d.Crest, along), true
	}
	ground := k.groundAt(d, along, t)
	return ground + d.Height, !math.IsInf(ground, 1)
}

// doubtDykeBreach reports a level that triggers a breach as soon as there is any water, because it lies in the ground.
func (k *checker) doubtDykeBreach(path string, b *DykeBreach, d *Dyke, t *sim.Terrain) {
	k.hollow(path+"water", b.Water)
	along, _ := nearestOn(line(d.Line), point(b.Place))
	k.buried(path+"bottom", b.Bottom, k.groundAt(d, along, t))
	if ground := k.groundAt(d, along, t); b.Trigger == TriggerLevel && b.Level <= ground && !math.IsInf(ground, 1) {
		k.add(path+"level", "%g 米不高于此处地面 %g 米，有水即溃决；应更高", "%g m is not above the ground there, %g m, so that it "+
			"fails with the first water; want a higher level", b.Level, ground)
	}
}

// doubtCulvert reports ends that hang in the air: water must stand so deep before any gets in.
func (k *checker) doubtCulvert(path string, c *Culvert, t *sim.Terrain) {
	for i, level := range c.Inverts {
		if i >= len(c.Ends) {
			return
		}
		cell, ok := k.grid.CellAt(point(c.Ends[i]))
		if !ok {
			continue
		}
		ground := metres(t, cell)
		at := fmt.Sprintf("%sinverts[%d]", path, i)
		if level-ground > c.Height {
			k.add(at, "%g 米，比该端地面 %g 米高出一个管径以上；应在地面附近", "%g m, more than the culvert's height above the ground "+
				"at this end, %g m; want a level near the ground", level, ground)
		}
	}
}

// doubtPump reports levels of a pump below the ground from which it draws.
func (k *checker) doubtPump(path string, p *Pump, t *sim.Terrain) {
	cell, ok := k.grid.CellAt(point(p.Place))
	if !ok {
		return
	}
	ground := metres(t, cell)
	if p.Start != nil && *p.Start <= ground {
		k.add(path+"start", "%g 米不高于取水处地面 %g 米，有水即启动；应更高，或不写", "%g m is not above the ground at its place, %g m, "+
			"so that it starts with any water; want a higher level, or none", *p.Start, ground)
	}
	if p.Stop != nil && *p.Stop < ground {
		k.add(path+"stop", "%g 米低于取水处地面 %g 米，抽干才停；应更高，或不写", "%g m is below the ground at its place, %g m, so that "+
			"it stops only when that is dry; want a higher level, or none", *p.Stop, ground)
	}
}
