package generate

import (
	"math"

	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Levels of roads (assumed).
const (
	deckFreeboard  = 1.6  // of a bridge's deck above the bank [m]
	deckSmall      = 0.9  // the same over a stream [m]
	embankment     = 1.0  // of a main road above the flood plain [m]
	spanMargin     = 0.6  // a bridge reaches so many cells beyond the channel
	sampleShare    = 0.2  // roads are looked at in steps of this share of a cell
	shortestOnRoad = 40.0 // shorter pieces between bridges become part of the bridge [m]
)

// span is a part of a road's line, between two distances from its start [m].
type span struct {
	from, to float64
	bridge   bool
	river    bool // over the main river
}

// spans divides a line into bridges, where it lies over channels, and the rest.
func (c *county) spans(line geo.Line, total float64) []span {
	step := float64(sampleShare * c.land.grid.Cell)
	margin := float64(spanMargin * c.land.grid.Cell)
	var wet []span
	for k := range num.CeilInt(total/step) + 1 {
		d := math.Min(float64(float64(k)*step), total)
		cell, ok := c.land.grid.CellAt(line.At(d))
		if !ok || c.land.flow.owner[cell] < 0 {
			continue
		}
		s := span{math.Max(d-margin, 0), math.Min(d+margin, total), true, c.land.flow.owner[cell] == 0}
		if n := len(wet); n > 0 && s.from <= wet[n-1].to+shortestOnRoad {
			wet[n-1].to, wet[n-1].river = s.to, wet[n-1].river || s.river
		} else {
			wet = append(wet, s)
		}
	}
	var out []span
	at := 0.0
	for _, s := range wet {
		if s.from < shortestOnRoad {
			s.from = 0
		}
		if s.to > total-shortestOnRoad {
			s.to = total
		}
		if s.from > at {
			out = append(out, span{from: at, to: s.from})
		}
		out = append(out, s)
		at = s.to
	}
	if at < total {
		out = append(out, span{from: at, to: total})
	}
	return out
}

// shapeLevel gives a link the level of its deck or crest.
func (c *county) shapeLevel(k int, part span) {
	l := &c.links[k]
	low, high := math.Inf(1), math.Inf(-1)
	l.Shape.Visit(c.land.grid.Cell/2, func(p geo.Point) {
		if !c.land.inChannel(p) {
			low, high = math.Min(low, c.land.ground(p)), math.Max(high, c.land.ground(p))
		}
	})
	if math.IsInf(low, 0) {
		low = c.land.ground(l.Shape[0]) + streamMaxDepth
		high = low
	}
	switch {
	case part.bridge && part.river:
		l.Form, l.Level = scenario.FormBridge, math.Max(high, c.land.bank(l.Shape[0].X)+leveeHeight)+deckFreeboard
	case part.bridge:
		l.Form, l.Level = scenario.FormBridge, high+deckSmall
	case l.Class <= scenario.RoadPrimary && high-low < 0.6 && c.onPlain(l.Shape[0]) && c.onPlain(l.Shape[len(l.Shape)-1]):
		l.Form, l.Level = scenario.FormEmbankment, float64((low+high)/2)+embankment
	}
	l.Level = round(l.Level, 2)
}

// onPlain says whether a place lies on the flood plain of the main river.
func (c *county) onPlain(p geo.Point) bool {
	_, beyond, _ := c.land.lateral(p)
	return beyond < 0
}

// spanStreets gives streets and dyke roads their levels: a bridge where a street lies over a channel, the crest on
// the dyke.
func (c *county) spanStreets(links int) {
	for k := range links {
		l := &c.links[k]
		if l.Name == "江堤路" {
			l.Form, l.Level = scenario.FormEmbankment, c.lowestCrest(l.Shape)
			continue
		}
		for _, s := range c.spans(l.Shape, l.Shape.Length()) {
			if s.bridge {
				c.shapeLevel(k, s)
			}
		}
	}
}

// lowestCrest is the lowest level of the dyke along a line [m].
func (c *county) lowestCrest(line geo.Line) float64 {
	low := math.Inf(1)
	for i, p := range c.land.dyke.line {
		if p.X >= math.Min(line[0].X, line[1].X) && p.X <= math.Max(line[0].X, line[1].X) {
			low = math.Min(low, c.land.dyke.crest[i])
		}
	}
	return round(low, 2)
}
