package command

import (
	"fmt"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// none is the id of nothing, for plain int32 ids.
const none int32 = sim.None

// layout is what the scenario says about posts and channels, looked up once. It never changes.
type layout struct {
	level    []level           // of each post
	links    [][]sim.ChannelID // of each post: command channels to the post above it
	public   [][]sim.ChannelID // of each post: over which it warns its zones
	own      [][]sim.ZoneID    // of each post: the zones that it moves
	below    [][]sim.ZoneID    // of each post: its own and those of all posts under it, in id order
	county   []sim.PostID      // posts of the county level
	trunk    []sim.ChannelID   // all lines between posts, in the scenario's order: channels without messengers
	delay    []delayLaw        // of each channel
	law      []scenario.ChannelLaw
	linkZone []sim.ZoneID       // of each road link: that of its first node
	courier  []bool             // of each channel: messengers carry what is sent over it
	calls    [][]call           // of each post: how it is called
	reach    [][]call           // of each post: how it calls units, shelters, crews and keepers
	named    []bool             // of each post: the scenario names who holds it
	roster   [][]sim.OfficialID // of each post: its holder and his deputies, as the scenario names them
	knockers [][]sim.OfficialID // of each post: who of roster is one of its workers at doors
	staff    []delayLaw         // of each post: until its people have come
	sights   [][]int32          // of each zone: the cells that the people of its post see

	residents []int32 // of each zone: persons whose home lies in it
}

// level is the rank of a post.
type level uint8

const (
	levelCounty level = iota
	levelTown
	levelVillage
)

func newLayout(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory) layout {
	l := layout{below: make([][]sim.ZoneID, len(sc.Posts)), own: make([][]sim.ZoneID, len(sc.Posts))}
	_, l.roster = newOfficials(sc, names)
	for i := range sc.Channels {
		law := sc.Channels[i].Law()
		l.law = append(l.law, law)
		l.delay = append(l.delay, newDelayLaw(law.DelayT50, law.DelayT90))
		l.courier = append(l.courier, law.Kind == scenario.KindCourier)
		if sc.Channels[i].Use == "command" && !l.courier[i] {
			l.trunk = append(l.trunk, sim.ChannelID(i))
		}
	}
	for i := range sc.Posts {
		p := &sc.Posts[i]
		rank := max(slices.Index([]string{"county", "town", "village"}, p.Level), 0)
		l.level = append(l.level, level(rank))
		if level(rank) == levelCounty {
			l.county = append(l.county, sim.PostID(i))
		}
		links := sc.CommandLinks(names, sim.PostID(i))
		l.links = append(l.links, links)
		l.public = append(l.public, sc.PublicChannels(names, sim.PostID(i)))
		l.reach = append(l.reach, rounds(links, dutyTimeout))
		if k, ok := names.Resolve(sim.KindLadder, p.Ladder); ok {
			l.calls = append(l.calls, climb(&sc.Ladders[k], names))
		} else {
			l.calls = append(l.calls, rounds(links, p.Timeout))
		}
		l.staff = append(l.staff, newDelayLaw(p.StaffT50, p.StaffT90))
		l.named = append(l.named, len(l.roster[i]) > 0)
		l.knockers = append(l.knockers, slices.DeleteFunc(slices.Clone(l.roster[i]), func(id sim.OfficialID) bool {
			return !sc.Officials[id].Knocks
		}))
	}
	l.sights = sightsOf(sc, sites)
	for z := range sites.Zone {
		p := sites.Zone[z].Post
		if p >= 0 {
			l.own[p] = append(l.own[p], sim.ZoneID(z))
		}
		for depth := 0; p >= 0 && depth <= len(sc.Posts); depth++ {
			l.below[p] = append(l.below[p], sim.ZoneID(z))
			p = sites.Tree[p]
		}
	}
	l.residents = make([]int32, len(sc.Zones))
	for i := range sc.Persons {
		if h := sc.Persons[i].Household; int(h) < len(sc.Households) {
			if z := sites.Building[sc.Households[h].Home].Zone; z >= 0 {
				l.residents[z]++
			}
		}
	}
	for i := range sc.Links {
		l.linkZone = append(l.linkZone, sites.Node[sc.Links[i].From])
	}
	return l
}

// senior says whether a post commands units, shelters, roads and structures, as scenario.Post.Senior does.
func (l *layout) senior(p sim.PostID) bool { return l.level[p] != levelVillage }

// publicOf returns the channels over which a zone is warned.
func (l *layout) publicOf(sites *scenario.Sites, z sim.ZoneID) []sim.ChannelID {
	if p := sites.Zone[z].Post; p >= 0 {
		return l.public[p]
	}
	return nil
}

// above says whether a post is the other one or above it in the tree.
func (c *Command) above(post, other sim.PostID) bool {
	for depth := 0; other >= 0 && depth <= len(c.sc.Posts); depth++ {
		if other == post {
			return true
		}
		other = c.sites.Tree[other]
	}
	return false
}

// stepDown returns the post next below holder on the way to target, which lies below it.
func (c *Command) stepDown(holder, target sim.PostID) sim.PostID {
	for p := target; p >= 0; p = c.sites.Tree[p] {
		if c.sites.Tree[p] == holder {
			return p
		}
	}
	panic(fmt.Sprintf("command: %v: post %d sends an order to post %d, which is not below it", c.now, holder, target))
}

// Refuse returns why an order may not be given, or nothing. The giver needs authority: for a zone it is the zone's post
// or stands above it; units, shelters, roads and structures belong to posts of the county and the towns, and to those
// to which they have delegated; levels to posts of the county and the towns. And the order must fit its target. The
// engine asks before it accepts an order; Step takes what was accepted.
func (c *Command) Refuse(d sim.Directive) sim.Text {
	if d.From < 0 || int(d.From) >= len(c.sc.Posts) {
		return sim.Say("没有下达岗位；应写明岗位名", "no post gives it; want the name of a post")
	}
	if !c.manned(d.From) {
		return c.nobodyAt(d.From)
	}
	switch {
	case d.Zone >= 0 && byZone(&d):
		return c.refuseZone(d)
	case postOrder(d.Order):
		return c.refusePost(d)
	}
	if r := target(d); !c.plan.senior(d.From) && (r.Kind == sim.KindCounty || !c.entitled(d.From)) {
		return sim.Say("%s对%s没有指挥权；须由县级或乡镇级岗位下达",
			"%s has no authority over %s; want a post of the county or of a town",
			c.title(sim.RefTo(sim.KindPost, d.From)), c.title(r))
	}
	return c.refuseUnit(d)
}

// nobodyAt says that a post has nobody who could give an order.
func (c *Command) nobodyAt(p sim.PostID) sim.Text {
	return sim.Say("%s无人在岗", "nobody is at %s who could give it", c.title(sim.RefTo(sim.KindPost, p)))
}

func (c *Command) refuseZone(d sim.Directive) sim.Text {
	post := c.sites.Zone[d.Zone].Post
	if post < 0 {
		return sim.Say("%s没有责任岗位，无人组织转移", "zone %s has no post that could move it",
			c.title(sim.RefTo(sim.KindZone, d.Zone)))
	}
	if d.From == post {
		return c.contradiction(&d, c.rank(post))
	}
	if c.above(d.From, post) {
		return c.refuseSearch(d)
	}
	var may []sim.Text
	for p, depth := post, 0; p >= 0 && depth <= len(c.sc.Posts); p, depth = c.sites.Tree[p], depth+1 {
		may = append(may, c.title(sim.RefTo(sim.KindPost, p)))
	}
	return sim.Say("%s对%s没有指挥权；须由下列岗位之一下达：%s", "%s has no authority over zone %s; want one of %s",
		c.title(sim.RefTo(sim.KindPost, d.From)), c.title(sim.RefTo(sim.KindZone, d.Zone)), may)
}

// refuseSearch says why a zone cannot be searched, or nothing: its post has no channel from door to door.
func (c *Command) refuseSearch(d sim.Directive) sim.Text {
	if d.Order == sim.OrderSearchZone && c.doorOf(d.Zone) < 0 {
		return sim.Say("%s没有入户信道，无人可逐户清查", "%s has no channel from door to door, by which somebody could search",
			c.title(sim.RefTo(sim.KindPost, c.sites.Zone[d.Zone].Post)))
	}
	return sim.Text{}
}

func (c *Command) refuseUnit(d sim.Directive) sim.Text {
	if d.Unit < 0 {
		return sim.Text{}
	}
	kind, name := c.sc.Units[d.Unit].Kind, c.title(sim.RefTo(sim.KindUnit, d.Unit))
	switch {
	case d.Order == sim.OrderDispatchCoach && kind != "coach":
		return sim.Say("%s不是大巴，不能执行接运任务", "%s is no coach; want a coach", name)
	case d.Order == sim.OrderRescueZone && kind != "boat":
		return sim.Say("%s不是冲锋舟，不能执行水上救援任务", "%s is no boat; want a boat", name)
	case d.Order == sim.OrderFetchZone && kind != "van":
		return sim.Say("%s不是无障碍车，不能执行上门接转任务", "%s is no van; want a van", name)
	case d.Order == sim.OrderDispatchCoach && d.Zone >= 0 && c.sites.Zone[d.Zone].Assembly < 0:
		return sim.Say("%s没有集合点，大巴无处上客", "zone %s has no assembly point where a coach could load",
			c.title(sim.RefTo(sim.KindZone, d.Zone)))
	}
	return sim.Text{}
}

// zoneOrder says whether an order goes to a zone's post and from there to its people.
func zoneOrder(o sim.OrderID) bool { return sim.Orders[o].Scope == sim.ScopeZone }

// byZone says whether an order goes to the post of its zone: one that always does, or a control of one zone. A control
// of the whole county goes to who is in charge of the matter there.
func byZone(d *sim.Directive) bool {
	return zoneOrder(d.Order) || sim.Orders[d.Order].Scope == sim.ScopeControl && d.Zone >= 0
}

// target returns what an order is about.
func target(d sim.Directive) sim.Ref {
	switch {
	case byZone(&d), d.Zone >= 0 && lineOrder(d.Order):
		return sim.RefTo(sim.KindZone, d.Zone)
	case d.Unit >= 0:
		return sim.RefTo(sim.KindUnit, d.Unit)
	case d.Shelter >= 0:
		return sim.RefTo(sim.KindShelter, d.Shelter)
	case d.Link >= 0:
		return sim.RefTo(sim.KindLink, d.Link)
	case d.Structure >= 0:
		return sim.RefTo(sim.KindStructure, d.Structure)
	case d.Order == sim.OrderPoliceNode:
		return sim.RefTo(sim.KindNode, d.Road.Node)
	case d.Official >= 0:
		return sim.RefTo(sim.KindOfficial, d.Official)
	case d.Post >= 0:
		return sim.RefTo(sim.KindPost, d.Post)
	}
	return sim.Ref{Kind: sim.KindCounty}
}

func (c *Command) title(r sim.Ref) sim.Text { return c.names.TitleOf(r) }
