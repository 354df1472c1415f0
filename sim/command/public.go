package command

import "sandtable/sim"

// TellPublic has the people of a zone, or with None of all zones, hear which warning level is out.
func (c *Command) TellPublic(at sim.Time, zone sim.ZoneID) {
	c.put(at, entry{kind: entryPublic, a: int32(zone)})
}

// tellPublic lets the people of a zone, or with None of all zones, hear which warning level is out: by radio and
// television where there are mains, by telephone where there is the network. Where neither is they hear of it when one
// is back.
func (c *Command) tellPublic(at sim.Time, zone sim.ZoneID) {
	for z := range c.zones {
		noPower, noNetwork := c.Lines(sim.ZoneID(z))
		if zone >= 0 && int(zone) != z || noPower && noNetwork {
			continue
		}
		c.ports.Warnings.Post(at, int32(z), sim.PublicWarning{Zone: sim.ZoneID(z),
			Level: int32(c.levels.ofZone(sim.ZoneID(z)))})
	}
}
