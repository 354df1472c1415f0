package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sandtable/sim"
)

// places checks the short names of everything that has one.
func (c *checker) places() {
	sc := c.sc
	named(c, "post", sc.Posts, func(x *Post) string { return x.Name })
	named(c, "channel", sc.Channels, func(x *Channel) string { return x.Name })
	named(c, "zone", sc.Zones, func(x *Zone) string { return x.Name })
	named(c, "shelter", sc.Shelters, func(x *Shelter) string { return x.Name })
	named(c, "assembly", sc.Assemblies, func(x *AssemblyPoint) string { return x.Name })
	named(c, "hospital", sc.Hospitals, func(x *Hospital) string { return x.Name })
	named(c, "station", sc.Stations, func(x *Station) string { return x.Name })
	named(c, "unit", sc.Units, func(x *Unit) string { return x.Name })
	named(c, "gauge", sc.Gauges, func(x *Gauge) string { return x.Name })
	named(c, "hazard", sc.Hazards, func(x *Hazard) string { return x.Name })
	named(c, "official", sc.Officials, func(x *Official) string { return x.Name })
	named(c, "ladder", sc.Ladders, func(x *Ladder) string { return x.Name })
	named(c, "utility", sc.Utilities, func(x *Utility) string { return x.Name })
	named(c, "objective", sc.Objectives, func(x *Objective) string { return x.Name })
}

// posts checks the tree of command and the channels between posts.
func (c *checker) posts() {
	c.commandTree()
	for i := range c.sc.Posts {
		path := fmt.Sprintf("post[%d]", i)
		c.usable(path+".links", c.sc.Posts[i].Links, "command")
		c.usable(path+".public", c.sc.Posts[i].Public, "public", "door")
		c.manning(path, &c.sc.Posts[i])
	}
	for i := range c.sc.Channels {
		ch := &c.sc.Channels[i]
		c.channel(fmt.Sprintf("channel[%d]", i), ch)
	}
}

// commandTree finds circles of superiors. From every post it goes up until it meets a post that it has seen: on this
// way, then there is a circle, or on an earlier one.
func (c *checker) commandTree() {
	way := make([]int, len(c.sc.Posts)) // 1 + the post from which each was first reached
	for i := range c.sc.Posts {
		at := i
		for at >= 0 && way[at] == 0 {
			way[at] = i + 1
			at = c.superior(at)
		}
		if at < 0 || way[at] != i+1 {
			continue
		}
		text := c.sc.Posts[at].Name
		for k := c.superior(at); k != at && len(text) < maxCircle; k = c.superior(k) {
			text += " → " + c.sc.Posts[k].Name
		}
		c.add(fmt.Sprintf("post[%d].superior", at), "各岗位的上级关系成环（%s → %s）；应有一个最高岗位",
			"the posts command each other in a circle (%s → %s); want a highest post",
			text, c.sc.Posts[at].Name)
	}
}

// maxCircle is how much of a circle of posts a message shows [bytes].
const maxCircle = 200

// superior returns the post above a post, or -1.
func (c *checker) superior(post int) int {
	name := c.sc.Posts[post].Superior
	if name == "" {
		return -1
	}
	if k, ok := c.names.Resolve(sim.KindPost, name); ok {
		return int(k)
	}
	return -1
}

// usable checks that the channels of a list may be used so, and that none stands there twice.
func (c *checker) usable(path string, channels []string, uses ...string) {
	for i, name := range channels {
		at := fmt.Sprintf("%s[%d]", path, i)
		if slices.Contains(channels[:i], name) {
			c.add(at, "%q 重复出现；只写一次", "%q stands here twice; want it once", name)
		}
		c.fits(at, name, uses...)
	}
}

// fits checks that a channel may be used so.
func (c *checker) fits(path, channel string, uses ...string) {
	k, ok := c.names.Resolve(sim.KindChannel, channel)
	if !ok {
		return // the reference has been reported
	}
	known, use := TableOf(reflect.TypeFor[Channel]()).Field("use").Choices, c.sc.Channels[k].Use
	if slices.Contains(known, use) && !slices.Contains(uses, use) { // one that is not known has been reported
		c.add(path, "信道 %q 的用途是 %q；此处应为用途 %q 的信道", "channel %q is for use %q; want one for use %q", channel, use,
			uses[0])
	}
}

// maxZones is the largest number of zones: who is on the road has the number of his in 16 bits.
const maxZones = 32767

// zones checks the borders of the zones and their shelters.
func (c *checker) zones() {
	if n := len(c.sc.Zones); n > maxZones {
		c.add("zone", "%d 个转移单元；最多 %d 个", "%d zones; want at most %d", n, maxZones)
	}
	for i := range c.sc.Zones {
		z := &c.sc.Zones[i]
		path := fmt.Sprintf("zone[%d]", i)
		c.polygon(path+".polygon", z.Polygon)
		for k, name := range z.Shelters {
			if slices.Contains(z.Shelters[:k], name) {
				c.add(fmt.Sprintf("%s.shelters[%d]", path, k), "%q 重复出现；只写一次", "%q stands here twice; want it once", name)
			}
		}
	}
}

// resources checks gauges and units.
func (c *checker) resources() {
	c.gauges()
	for i := range c.sc.Units {
		if n := c.sc.Units[i].Count; n > 1 {
			c.add(fmt.Sprintf("unit[%d].count", i), "一项含 %d 个救援力量；应逐个列出（scenario.Expand）",
				"%d units in one; want them singly (scenario.Expand)", n)
		}
		if u := &c.sc.Units[i]; u.Chairs > u.Seats {
			c.add(fmt.Sprintf("unit[%d].wheelchairs", i), "轮椅位 %d 个，多于座位 %d 个；应不多于座位数",
				"%d places for wheelchairs and %d seats; want no more than seats", u.Chairs, u.Seats)
		}
	}
}

// hazards asks each hazard what is wrong with its configuration, and looks for structures named twice.
func (c *checker) hazards() {
	owner := make(map[string]string)
	for i := range c.sc.Hazards {
		path := fmt.Sprintf("hazard[%d]", i)
		if i < len(c.missing.Hazards) && c.missing.Hazards[i] {
			continue
		}
		spec := c.sc.Hazards[i].Spec
		if spec == nil {
			c.add(path+".kind", "缺少 %q 类灾害的配置", "no configuration of a hazard of kind %q", c.sc.Hazards[i].Kind)
			continue
		}
		for _, s := range spec.Structures() {
			if wrong := badName(s.Name); !wrong.Empty() {
				c.add(path, "工程名称：%s", "a structure is called %s", wrong)
			}
			if other, twice := owner[s.Name]; twice && other != path { // within itself a hazard looks with Check
				c.add(path, "又一个名为 %q 的工程，前一个在 %s；应另取名称",
					"a second structure called %q, after one of %s; want another name", s.Name, other)
			}
			owner[s.Name] = path
		}
		if !c.onMap {
			continue
		}
		for _, p := range spec.Check(&c.sc.Terrain) {
			at := path
			if p.Path != "" {
				at += "." + p.Path
			}
			c.say(at, p.Text)
		}
	}
}

// shareMeasure ends the names of measures that are shares.
const shareMeasure = "_share"

// objectives checks that measures exist and that something is wanted of them.
func (c *checker) objectives() {
	for i := range c.sc.Objectives {
		o := &c.sc.Objectives[i]
		path := fmt.Sprintf("objective[%d]", i)
		if o.Measure != "" && !slices.Contains(Measures, o.Measure) {
			var guess sim.Text
			if g := Closest(o.Measure, Measures); g != "" {
				guess = sim.Say("是否为 %q？", "did you mean %q? ", g)
			}
			c.add(path+".measure", "没有名为 %q 的指标；%s应为 %s 之一",
				"unknown measure %q; %swant one of %s", o.Measure, guess, joinWords(Measures))
		}
		for _, x := range []struct {
			key   string
			bound *float64
		}{{"at_least", o.AtLeast}, {"at_most", o.AtMost}} {
			if x.bound != nil && strings.HasSuffix(o.Measure, shareMeasure) && !(*x.bound >= 0 && *x.bound <= 1) {
				c.add(path+"."+x.key, "%g；指标为比例，应为 %s", "%g; the measure is a share: want %s", *x.bound,
					percentHint(*x.bound, sim.Say("0 至 1", "0 to 1")))
			}
		}
		switch {
		case o.AtLeast == nil && o.AtMost == nil:
			c.add(path, "目标 %q 没有要求；应写 at_least、at_most 或两者",
				"objective %q wants nothing; want at_least, at_most or both", o.Name)
		case o.AtLeast != nil && o.AtMost != nil && *o.AtLeast > *o.AtMost:
			c.add(path+".at_most", "%g；不得小于 at_least（%g）", "%g; want no less than at_least, which is %g", *o.AtMost, *o.AtLeast)
		}
	}
}
