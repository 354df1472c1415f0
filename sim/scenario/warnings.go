package scenario

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// Warnings returns what is doubtful about a scenario that can be played: what is never used, cannot be reached, or
// does not fit together.
func Warnings(sc *Scenario) []sim.Problem {
	c := newChecker(sc, Missing{})
	c.unusedChannels()
	c.silentPosts()
	c.wordlessPosts()
	c.idlePosts()
	c.emptyDeployments()
	c.crowdedShelters()
	c.tightShelters()
	c.overlappingZones()
	c.late()
	c.oddLevels()
	c.deadTriggers()
	c.roundedAway()
	c.crowdedEntries()
	c.careDoubts()
	c.doubts()
	c.dependentPosts()
	return c.found
}

// unusedChannels finds channels that no post has.
func (c *checker) unusedChannels() {
	used := make(map[string]bool)
	for _, p := range c.sc.Posts {
		for _, name := range slices.Concat(p.Links, p.Public) {
			used[name] = true
		}
	}
	for i := range c.sc.Ladders {
		for _, s := range c.sc.Ladders[i].Steps {
			used[s.Channel] = true
		}
	}
	for i, ch := range c.sc.Channels {
		if !used[ch.Name] {
			c.add(fmt.Sprintf("channel[%d]", i), "没有岗位使用信道 %q；应写入某岗位的 links 或 public",
				"no post uses channel %q; want it in links or public of a post", ch.Name)
		}
	}
}

// silentPosts finds posts that no order reaches, zones that nobody can warn, and drills with several highest posts.
func (c *checker) silentPosts() {
	highest := -1
	for i, p := range c.sc.Posts {
		path := fmt.Sprintf("post[%d]", i)
		switch {
		case p.Superior != "" && len(p.Links) == 0 && p.Ladder == "":
			c.add(path, "指令到不了岗位 %q；应写 links，即上级联系它的信道",
				"no order reaches post %q; want links, the channels from its superior", p.Name)
		case p.Superior == "" && highest >= 0:
			c.add(path, "岗位 %q 与 %q 都没有上级；最高岗位只应有一个",
				"post %q has no superior, and neither has %q; want one highest post", p.Name,
				c.sc.Posts[highest].Name)
		case p.Superior == "":
			highest = i
		}
		zone := slices.IndexFunc(c.sc.Zones, func(z Zone) bool { return z.Post == p.Name })
		if zone >= 0 && len(p.Public) == 0 {
			c.add(path, "岗位 %q 无法向转移单元 %q 预警；应写 public，即面向群众的信道",
				"post %q cannot warn zone %q; want public, the channels to people", p.Name, c.sc.Zones[zone].Name)
		}
	}
}

// wordlessPosts finds posts that warn their zones by sirens and gongs alone, which say something only to those who have
// practised.
func (c *checker) wordlessPosts() {
	for i, p := range c.sc.Posts {
		if len(p.Public) == 0 || !slices.ContainsFunc(c.sc.Zones, func(z Zone) bool { return z.Post == p.Name }) {
			continue
		}
		speaks := slices.ContainsFunc(p.Public, func(name string) bool {
			k, ok := c.names.Resolve(sim.KindChannel, name)
			if !ok {
				return true // the reference has been reported
			}
			kind := c.sc.Channels[k].Law().Kind
			return kind != KindSiren && kind != KindGong
		})
		if !speaks {
			c.add(fmt.Sprintf("post[%d].public", i),
				"岗位 %q 只有警报器或铜锣，说不清何事、去哪里；应加一种能说话的信道",
				"post %q has but sirens or gongs, which say nothing of what and where; want a channel that speaks as well", p.Name)
		}
	}
}

// crowdedShelters compares the people of the zones with the room in their shelters.
func (c *checker) crowdedShelters() {
	finder := newZoneFinder(c.sc)
	residents := make([]int64, len(c.sc.Zones))
	homes := make([]sim.ZoneID, len(c.sc.Buildings))
	for i, b := range c.sc.Buildings {
		homes[i] = finder.at(b.At)
	}
	for _, p := range c.sc.Persons {
		if z := homes[c.sc.Households[p.Household].Home]; z >= 0 {
			residents[z]++
		}
	}
	capacity := make(map[string]int64)
	for _, s := range c.sc.Shelters {
		capacity[s.Name] = s.Capacity
	}
	total, room, counted := int64(0), int64(0), make(map[string]bool)
	for i, z := range c.sc.Zones {
		own := int64(0)
		for _, name := range z.Shelters {
			own += capacity[name]
			if !counted[name] {
				counted[name] = true
				room += capacity[name]
			}
		}
		total += residents[i]
		if own < residents[i] {
			c.add(fmt.Sprintf("zone[%d].shelters", i),
				"该单元 %[2]d 名居民只能容纳 %[1]d 人；应增加或扩大避难场所",
				"room for %d of the zone's %d residents; want more shelters or larger ones", own, residents[i])
		}
	}
	if total > room && len(c.sc.Zones) > 0 {
		c.add("shelter", "全部单元 %[2]d 名居民只能容纳 %[1]d 人；应增加或扩大避难场所",
			"room for %d of the %d residents of all zones; want more shelters or larger ones", room, total)
	}
}

// overlappingZones finds zones that share buildings: the first one has them.
func (c *checker) overlappingZones() {
	f := newZoneFinder(c.sc)
	shared, with := make([]int, len(c.sc.Zones)), make([]int, len(c.sc.Zones))
	for _, b := range c.sc.Buildings {
		first := -1
		for i, poly := range f.polygons {
			switch {
			case !f.bounds[i].Contains(b.At) || !poly.Contains(b.At):
			case first < 0:
				first = i
			default:
				shared[i]++
				with[i] = first
			}
		}
	}
	for i, n := range shared {
		if n > 0 {
			c.add(fmt.Sprintf("zone[%d].polygon", i),
				"转移单元 %q 有 %d 栋房屋已属于前面的单元（如 %q）；单元边界只能相接",
				"zone %q shares %d buildings with zones before it, such as %q, which have them; want borders that only touch",
				c.sc.Zones[i].Name, n, c.sc.Zones[with[i]].Name)
		}
	}
}

// doubts asks each hazard what is doubtful about its configuration.
func (c *checker) doubts() {
	for i := range c.sc.Hazards {
		d, ok := c.sc.Hazards[i].Spec.(sim.Doubter)
		if !ok || !c.onMap {
			continue
		}
		for _, p := range d.Doubts(&c.sc.Terrain, c.sc.Drill.Duration) {
			c.say(fmt.Sprintf("hazard[%d].%s", i, p.Path), p.Text)
		}
	}
}
