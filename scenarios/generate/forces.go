package generate

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Forces (assumed).
const (
	perCoach   = 2000  // persons of the county per coach
	perBoat    = 5000  // and per boat
	perVan     = 15000 // and per van for who cannot walk
	vanSeats   = 6     // seats of such a van besides its crew
	vanChairs  = 2     // of these for wheelchairs
	coachSeats = 45    // seats of a coach besides its crew
	boatSeats  = 8     // places in a boat besides its crew
	bedShare   = 0.004 // hospital beds per person
)

// addUnits stations coaches, boats and vans.
func (c *county) addUnits() {
	sc := c.sc
	sc.Stations = []scenario.Station{{Name: "coaches", Title: c.coaches.title, Place: c.door(c.coaches)},
		{Name: "brigade", Title: c.brigade.title, Place: c.door(c.brigade)}}
	var coach, boat scenario.Unit
	scenario.Fill(&coach)
	scenario.Fill(&boat)
	coach.Name, coach.Title, coach.Kind, coach.Station = "coach", sim.Text{ZH: "大巴", EN: "Coach"}, "coach", "coaches"
	coach.Seats, coach.Count = coachSeats, int64(num.ClampInt(float64(c.p.Persons)/perCoach, 2, 400))
	boat.Name, boat.Title, boat.Kind, boat.Station = "boat", sim.Text{ZH: "冲锋舟", EN: "Boat"}, "boat", "brigade"
	boat.Seats, boat.Count = boatSeats, int64(num.ClampInt(float64(c.p.Persons)/perBoat, 2, 150))
	boat.Boarding, boat.Assisted = 60*sim.Second, 120*sim.Second
	var van scenario.Unit
	scenario.Fill(&van)
	van.Name, van.Title, van.Kind, van.Station = "van", sim.Text{ZH: "无障碍车", EN: "Van"}, "van", "brigade"
	van.Seats, van.Chairs, van.Count = vanSeats, vanChairs, int64(num.ClampInt(float64(c.p.Persons)/perVan, 1, 60))
	van.Boarding, van.Assisted = 30*sim.Second, 180*sim.Second
	sc.Units, _ = scenario.Expand([]scenario.Unit{coach, boat, van})
}

// Gauges (assumed): warning levels over the bank and the dyke.
const (
	watchBelow   = 1.0  // the watch level (设防水位) lies so far below the bank [m]
	watchShare   = 0.28 // but at most this share of the river's bankfull depth
	alertBelow   = 0.4  // the warning level (警戒水位) lies so far below the bank [m]
	alertShare   = 0.15 // but at most this share of the river's bankfull depth
	ensureBelow  = 0.7  // the guaranteed level (保证水位) lies so far below the dyke's crest [m]
	ensureAbove  = 0.6  // and where there is no dyke, so far above the bank [m]
	upstreamAt   = 0.13 // place of the upstream gauge, share of the map's width
	downstreamAt = 0.88 // of the downstream gauge
	rainBeside   = 6    // a rain gauge stands so many cells north of the stage gauge
	designShare  = 0.40 // design flood level (设计洪水位) of the reservoir: so far from the normal level to the crest
	checkShare   = 0.85 // its check flood level (校核洪水位)
)

// addGauges puts gauges on the main river above, at and below the county town, and one on the reservoir.
func (c *county) addGauges() {
	l := c.land
	gauge := func(name string, title sim.Text, x, ensure float64) {
		at := c.riverAt(x)
		bank := l.bank(at.X)
		alert := bank - math.Min(alertBelow, float64(alertShare*l.bankDepth()))
		watch := math.Min(bank-math.Min(watchBelow, float64(watchShare*l.bankDepth())), alert-0.02)
		c.addGauge(name, title, at, []scenario.Threshold{
			{Level: new(round(watch, 2)), Title: sim.Text{ZH: "设防水位", EN: "watch level"}},
			{Level: new(round(alert, 2)), Title: sim.Text{ZH: "警戒水位", EN: "warning level"}},
			{Level: new(round(bank+ensure, 2)), Title: sim.Text{ZH: "保证水位", EN: "guaranteed level"}}})
	}
	ensure := ensureAbove
	if l.dyke != nil {
		height := dykeBase + float64(dykeShare*l.bankDepth())
		ensure = math.Max(height-ensureBelow, float64(0.4*height))
	}
	base := c.base()
	gauge("upstream", sim.Text{ZH: "上游水文站", EN: "Upstream gauge"}, upstreamAt*c.p.Width, ensureAbove)
	gauge("town", sim.Text{ZH: base.ZH + "水文站", EN: base.EN + " gauge"}, l.town.x, ensure)
	gauge("downstream", sim.Text{ZH: "下游水文站", EN: "Downstream gauge"}, downstreamAt*c.p.Width, ensureAbove)
	if m := l.dam; m != nil && len(m.pool) > 0 {
		c.addGauge("reservoir", with(c.damName(), "水库水位站", " Reservoir gauge"), l.centre(m.pool[0]), []scenario.Threshold{
			{Level: new(round(m.normal, 2)), Title: sim.Text{ZH: "汛限水位", EN: "flood limit level"}},
			{Level: new(round(mix(m.normal, m.crest, designShare), 2)), Title: sim.Text{ZH: "设计洪水位", EN: "design flood level"}},
			{Level: new(round(mix(m.normal, m.crest, checkShare), 2)), Title: sim.Text{ZH: "校核洪水位", EN: "check flood level"}}})
	}
}

// addRainGauges puts rain gauges with the table of Jianghua County at the county town, in the valley above it and at
// the reservoir. The day before was dry (assumed).
func (c *county) addRainGauges() {
	add := func(name string, title sim.Text, at geo.Point) {
		g := scenario.Filled[scenario.Gauge]()
		at.Y = math.Min(at.Y+float64(rainBeside*c.p.Cell), c.p.Height-c.p.Cell)
		g.Name, g.Title, g.Place = name, title, pair(at)
		g.Kind, g.Table = scenario.GaugeRain, scenario.TableJianghua
		c.sc.Gauges = append(c.sc.Gauges, g)
	}
	base := c.base()
	add("rain-town", sim.Text{ZH: base.ZH + "雨量站", EN: base.EN + " rain gauge"}, c.riverAt(c.land.town.x))
	add("rain-upper", sim.Text{ZH: "上游雨量站", EN: "Upstream rain gauge"}, c.riverAt(upstreamAt*c.p.Width))
	if m := c.land.dam; m != nil && len(m.pool) > 0 {
		add("rain-reservoir", with(c.damName(), "水库雨量站", " Reservoir rain gauge"), c.land.centre(m.pool[0]))
	}
}

func (c *county) addGauge(name string, title sim.Text, at geo.Point, list []scenario.Threshold) {
	var g scenario.Gauge
	scenario.Fill(&g)
	g.Name, g.Title, g.Place, g.Thresholds = name, title, pair(at), list
	c.sc.Gauges = append(c.sc.Gauges, g)
}

// riverAt is the middle of the main river at x, at the centre of a cell of its channel.
func (c *county) riverAt(x float64) geo.Point {
	best, dist := c.land.main.cells[0], math.Inf(1)
	for _, cell := range c.land.main.cells {
		if d := math.Abs(c.land.centre(cell).X - x); d < dist {
			best, dist = cell, d
		}
	}
	return c.land.centre(best)
}
