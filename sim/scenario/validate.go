package scenario

import (
	"fmt"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// maxFound is how many problems Validate lists at all.
const maxFound = 1000

// maxProblems is how many problems Validate lists for one of the big tables before it only counts them.
const maxProblems = 50

// Missing says which parts of a scenario could not be read, so that Validate stays silent about what depends on them.
type Missing struct {
	Terrain, Nodes, Links, Buildings, Households, Persons bool
	Hazards                                               []bool // by hazard: its configuration
}

// Validate returns everything that is wrong with a scenario: values out of range, references to nothing, names
// given twice, geometry off the map, orders of the plan that the catalogue does not have, and what the hazards
// find wrong with their own configuration. Paths are as in "zone[2].polygon"; rows of the big tables are
// "link[17].from". A scenario without problems can be played.
func Validate(sc *Scenario) []sim.Problem { return ValidateWithout(sc, Missing{}) }

// ValidateWithout is Validate for a scenario of which parts are missing.
func ValidateWithout(sc *Scenario, missing Missing) []sim.Problem {
	c := newChecker(sc, missing)
	c.schema()
	c.places()
	c.drill()
	c.terrain()
	c.posts()
	c.ladders()
	c.officials()
	c.knockers()
	c.meetings()
	c.shelters()
	c.zones()
	c.resources()
	c.network()
	c.background()
	c.bans()
	c.people()
	c.care()
	c.hazards()
	c.objectives()
	c.plan()
	return c.found
}

// checker collects what is wrong with one scenario.
type checker struct {
	sc      *Scenario
	names   *Directory
	missing Missing
	found   []sim.Problem
	seen    map[string]bool // paths with a problem
	count   map[string]int  // problems of each big table
	last    map[string]int  // row of the first problem of each that was not listed
	onMap   bool            // there is a map to be on
	bounds  geo.Rect
}

func newChecker(sc *Scenario, missing Missing) *checker {
	c := &checker{sc: sc, names: NewDirectory(sc), missing: missing}
	c.seen, c.count, c.last = make(map[string]bool), make(map[string]int), make(map[string]int)
	g := sc.Terrain.Grid
	c.onMap = !missing.Terrain && g.NX > 0 && g.NY > 0 && g.Cell > 0
	if c.onMap {
		c.bounds = g.Bounds()
	}
	return c
}

// add notes a problem. A second one at the same path is dropped: it is mostly a consequence of the first.
func (c *checker) add(path, zh, en string, args ...any) { c.say(path, sim.Say(zh, en, args...)) }

// say is add for a problem that is in words already.
func (c *checker) say(path string, text sim.Text) {
	if c.seen[path] || c.full() {
		return
	}
	c.seen[path] = true
	c.found = append(c.found, sim.Problem{Path: path, Text: text})
}

// full says that enough problems are listed: nobody reads more, and looking for good advice takes time.
func (c *checker) full() bool { return len(c.found) >= maxFound }

// row notes a problem of a row of a big table, of which there may be millions.
func (c *checker) row(table string, row int, field, zh, en string, args ...any) {
	c.count[table]++
	if c.count[table] == maxProblems+1 {
		c.last[table] = row
	}
	if c.count[table] <= maxProblems {
		c.add(fmt.Sprintf("%s[%d].%s", table, row, field), zh, en, args...)
	}
}

// endRows says how many problems of a big table were left out.
func (c *checker) endRows(table string) {
	if n := c.count[table] - maxProblems; n > 0 {
		c.add(fmt.Sprintf("%s[%d]", table, c.last[table]), "此后还有 %d 处问题未列出",
			"%d more problems from here on are not listed", n)
	}
}

// mapExtent writes the extent of the map for messages.
func (c *checker) mapExtent() sim.Text {
	b := c.bounds
	return sim.Say("x 从 %s 至 %s，y 从 %s 至 %s", "x from %s to %s, y from %s to %s", plain(b.Min.X), plain(b.Max.X),
		plain(b.Min.Y), plain(b.Max.Y))
}

// outside says whether a point lies outside the map; on the border is inside. It is false when there is no map.
func (c *checker) outside(p geo.Point) bool {
	b := c.bounds
	return c.onMap && !(p.X >= b.Min.X && p.X <= b.Max.X && p.Y >= b.Min.Y && p.Y <= b.Max.Y)
}

// drill checks what the schema cannot say about the drill's head.
func (c *checker) drill() {
	name := c.sc.Drill.Name
	if strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	}) {
		c.add("drill.name", "%q；只能用字母、数字和连字符", "%q; want letters, digits and hyphens", name)
	}
	if c.sc.Drill.Duration%sim.Tick != 0 {
		c.add("drill.duration", "%s；应为整秒", "%s; want whole seconds", c.sc.Drill.Duration)
	}
	b := c.sc.Population.Behaviour
	c.delays("population.behaviour.delay_t90", b.DelayT50, b.DelayT90)
	c.belief()
}

// delays checks that two quantiles can belong to one distribution.
func (c *checker) delays(path string, t50, t90 sim.Duration) {
	if t90 < t50 || t90 == t50 && t50 != 0 {
		c.add(path, "%s；应大于 delay_t50（%s）", "%s; want more than delay_t50, which is %s", t90, t50)
	}
}

// maxCells is the largest map [cells].
const maxCells = 64 << 20

// terrain checks the grids.
func (c *checker) terrain() {
	t := &c.sc.Terrain
	if c.missing.Terrain {
		return
	}
	g := t.Grid
	switch {
	case g.NX < 2 || g.NY < 2 || g.NX > maxCells || g.NY > maxCells || g.Len() > maxCells:
		c.add("place.terrain", "网格 %d × %d；至少 2 × 2，总数不超过 %d 格",
			"a grid of %d x %d cells; want at least 2 x 2 and at most %d cells", g.NX, g.NY, maxCells)
	case !(g.Cell > 0 && g.Cell <= 10000):
		c.add("place.terrain", "格宽 %g 米；应大于 0，不超过 10000 米", "cells of %g m; want more than 0 and at most 10000 m", g.Cell)
	case !g.Origin.Finite():
		c.add("place.terrain", "网格原点不是有效坐标；应为有限数值", "an origin that is no place; want finite coordinates")
	case len(t.Bed) != g.Len():
		c.add("place.terrain", "高程 %d 个；应为 %d 个", "%d elevations; want %d", len(t.Bed), g.Len())
	case len(t.Cover) != g.Len():
		c.add("place.cover", "地表类型 %d 格；应为 %d 格", "%d cells of land cover; want %d", len(t.Cover), g.Len())
	}
	for i, v := range t.Cover {
		if v >= CoverCount {
			c.add("place.cover", "第 %[2]d 格的类型为 %[1]d；应为 0 至 %[3]d", "class %d in cell %d; want 0 to %d", v, i, CoverCount-1)
			break
		}
	}
}
