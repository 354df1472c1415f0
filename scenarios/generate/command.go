package generate

import (
	"fmt"
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// command sets up everything that people command: zones, posts, channels, shelters, stations, units, gauges.
func (c *county) command() {
	sc := c.sc
	c.zones = c.findZones()
	sc.Channels = channels()
	c.addPosts()
	c.addShelters()
	for k, z := range c.zones {
		out := scenario.Zone{Name: zoneName(k), Title: z.title, Post: postName(k), Shelters: c.shelterOf[k],
			Hazard: c.hazardOf(&z)}
		for _, p := range z.ring {
			out.Polygon = append(out.Polygon, [2]float64{p.X, p.Y})
		}
		if z.persons >= coachFrom {
			out.Assembly = "a" + zoneName(k)[1:]
			sc.Assemblies = append(sc.Assemblies, scenario.AssemblyPoint{Name: out.Assembly,
				Title: with(z.title, "集合点", " Assembly Point"), Place: pair(c.assembly(k))})
		}
		sc.Zones = append(sc.Zones, out)
	}
	sc.Hospitals = []scenario.Hospital{{Name: "hospital", Title: c.hospital.title, Place: c.door(c.hospital),
		Beds: int64(max(num.RoundInt(bedShare*float64(c.p.Persons)), 5))}}
	c.addUnits()
	c.addGauges()
	c.addRainGauges()
	c.addOfficials()
	c.addUtilities()
	c.addInstitutions()
}

// hazardOf names what a zone has to fear most.
func (c *county) hazardOf(z *zone) string {
	switch {
	case z.below && c.land.dam != nil:
		return "reservoir"
	case z.quarter && c.land.dyke != nil:
		return "dyke"
	}
	return "river"
}

func zoneName(k int) string { return fmt.Sprintf("z%02d", k+1) }
func postName(k int) string { return fmt.Sprintf("v%02d", k+1) }

// assembly is where a zone's coaches load: its highest street corner among those near the middle.
func (c *county) assembly(k int) geo.Point {
	z := &c.zones[k]
	s := &c.settlements[z.settlement]
	best, bestScore := z.at, math.Inf(1)
	for n := s.nodes[0]; n < s.nodes[1]; n++ {
		at := c.nodes[n].At
		if !z.ring.Contains(at) {
			continue
		}
		if score := at.Dist(z.at) - float64(150*c.land.ground(at)); score < bestScore {
			best, bestScore = at, score
		}
	}
	return best
}

// channels are the ways of orders and warnings.
func channels() []scenario.Channel {
	list := scenario.UsualChannels("phone", "radio", "satphone", "loudspeaker", "broadcast", "wechat", "gong", "door")
	list[1].Title = sim.Text{ZH: "370兆应急电台", EN: "370 MHz radio"} // the band of China's emergency services
	for i, kind := range []scenario.ChannelKind{scenario.KindPhone, scenario.KindRadio, scenario.KindSatphone,
		scenario.KindLoudspeaker, scenario.KindSMS, scenario.KindWeChat, scenario.KindGong, scenario.KindDoor} {
		list[i].Kind = kind.String()
	}
	courier := scenario.Filled[scenario.Channel]()
	courier.Name, courier.Title = "courier", sim.Text{ZH: "人力送信", EN: "Messenger"}
	courier.Use, courier.Kind = "command", scenario.KindCourier.String()
	return append(list, courier)
}

// People at the telephones of a post (assumed).
const (
	callersCounty = 6
	callersTown   = 2 // at least
	callsEach     = 5 // posts that one of them calls: two minutes each, so that a town has called all within ten
)

// addPosts sets up the chain of command: county, towns, and a village or community for each zone.
func (c *county) addPosts() {
	post := func(name string, title sim.Text, level, superior string, at geo.Point, workers int) scenario.Post {
		p := scenario.NewPost(name, title, level, pair(at), workers)
		p.Superior = superior
		return p
	}
	sc := c.sc
	title := with(c.placeTitle, "应急指挥部", " Emergency Headquarters")
	county := post("county", title, "county", "", c.buildings[c.offices[0].building].At, 20)
	county.Public = []string{"broadcast"}
	county.Callers = callersCounty
	sc.Posts = append(sc.Posts, county)
	seat := make([]string, len(c.settlements))
	n := 0
	for k := range c.settlements {
		s := &c.settlements[k]
		if s.rank > town || len(s.blocks) == 0 {
			continue
		}
		title, at := with(s.title, "指挥所", " Command Post"), s.at
		if k == 0 && c.p.Persons >= townsFrom {
			title = sim.Text{ZH: "城关镇指挥所", EN: "Chengguan Town Command Post"}
		} else if k > 0 {
			at = c.buildings[c.offices[k].building].At
		} else {
			at = c.buildings[c.hospital.building].At
		}
		n++
		seat[k] = fmt.Sprintf("t%02d", n)
		p := post(seat[k], title, "town", "county", at, 8)
		p.Links, p.Public = []string{"phone", "radio", "satphone"}, []string{"broadcast"}
		p.Callers = int64(max(callersTown, (c.zonesUnder(k)+callsEach-1)/callsEach))
		sc.Posts = append(sc.Posts, p)
	}
	for k, z := range c.zones {
		title, workers := with(z.title, "村委会", " Committee"), scenario.ZoneWorkers(z.persons)
		links, public := []string{"phone", "radio"}, []string{"loudspeaker", "wechat", "gong", "door"}
		if z.quarter || c.settlements[z.settlement].rank <= town {
			title = with(z.title, "居委会", " Committee")
		}
		if z.quarter {
			links, public = []string{"phone", "radio"}, []string{"loudspeaker", "broadcast", "wechat", "door"}
		}
		p := post(postName(k), title, "village", seat[c.seatOf(&z)], z.at, workers)
		p.Links, p.Public = links, public
		sc.Posts = append(sc.Posts, p)
	}
}

// seatOf returns the town to which a zone belongs: its own settlement where that is one.
func (c *county) seatOf(z *zone) int {
	if z.settlement == 0 || c.settlements[z.settlement].rank == town {
		return z.settlement
	}
	return c.settlements[z.settlement].seat
}

// zonesUnder counts the zones that belong to a town.
func (c *county) zonesUnder(seat int) int {
	n := 0
	for k := range c.zones {
		if c.seatOf(&c.zones[k]) == seat {
			n++
		}
	}
	return n
}

// door is the place of an institution.
func (c *county) door(in institution) [2]float64 { return pair(c.buildings[in.building].At) }
