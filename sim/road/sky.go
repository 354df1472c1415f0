package road

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

// Weather says by which values rain and darkness slow the traffic.
type Weather uint8

// Weathers.
const (
	WeatherNone  Weather = iota
	WeatherHCM           // Highway Capacity Manual
	WeatherField         // measured in heavy rain
	WeatherCount
)

// rainClasses is the number of classes of rain on a link, the first of which is none.
const rainClasses = 4

// sky is what rain of each class leaves to roads at present.
type sky [rainClasses]harm.Share

// skyOf returns the sky of a weather by day or at night. Rain and darkness act together as the product (assumed).
func skyOf(w Weather, dark bool) sky {
	var s sky
	for k := range s {
		s[k] = harm.Share{Capacity: 1, Speed: 1}
		switch row := &harm.RoadRain.Rows[k]; w {
		case WeatherHCM:
			s[k] = row.HCM
		case WeatherField:
			s[k] = row.Field
		}
		if dark && w != WeatherNone {
			s[k].Capacity *= harm.RoadDark.Rows[0].Capacity
			s[k].Speed *= harm.RoadDark.Rows[0].Speed
		}
	}
	return s
}

// rainLayers are the published rains, and the cell of each in the middle of each link.
type rainLayers struct {
	of     *sim.Layers // where they were found
	count  int         // how many layers there were
	layers []*sim.Layer
	cells  [][]int32 // of each layer, by link; -1 outside its grid and in tunnels
}

// find collects the rains when there are other layers than before.
func (r *rainLayers) find(n *Network, layers *sim.Layers) {
	if r.of == layers && r.count == len(layers.All()) {
		return
	}
	*r = rainLayers{of: layers, count: len(layers.All())}
	for _, l := range layers.All() {
		if l.Key.Quantity != sim.QRain {
			continue
		}
		cells := make([]int32, len(n.links))
		for link := range cells {
			cells[link] = -1
			if n.links[link].Tunnel {
				continue
			}
			if cell, ok := l.Grid.CellAt(n.at(int32(2*link), n.length[link]/2)); ok {
				cells[link] = int32(cell)
			}
		}
		r.layers, r.cells = append(r.layers, l), append(r.cells, cells)
	}
}

// news says whether any rain has changed in the last publication.
func (r *rainLayers) news() bool {
	for _, l := range r.layers {
		for _, dirty := range l.Dirty {
			if dirty {
				return true
			}
		}
	}
	return false
}

// classOn returns the class of the rain on a link.
func (r *rainLayers) classOn(link int) uint8 {
	sum := int64(0)
	for k, l := range r.layers {
		if cell := r.cells[k][link]; cell >= 0 {
			sum += int64(l.Values[cell])
		}
	}
	if sum <= 0 {
		return 0
	}
	return uint8(harm.RainClass(float64(float64(sum) * sim.QRain.Step())))
}

// readRain takes in a new edition of the layers; all when one was missed.
func (t *Traffic) readRain(layers *sim.Layers, all bool) {
	if t.net.rules.Weather == WeatherNone {
		return
	}
	t.rain.find(t.net, layers)
	if !all && !t.rain.news() {
		return
	}
	for link := range t.links {
		if class := t.rain.classOn(link); class != t.links[link].rain {
			was := t.freeSpeed(int32(link))
			t.links[link].rain = class
			t.trail.Change(t.now, changeRain, int32(link), uint64(class))
			t.shade(int32(link), was)
		}
	}
}

// SetDark says whether it is night from the next step on.
func (t *Traffic) SetDark(dark bool) { t.night = dark }

// turnDark takes in that night has fallen, or day has broken.
func (t *Traffic) turnDark() {
	t.dark = t.night
	was := t.sky
	t.sky = skyOf(t.net.rules.Weather, t.dark)
	if t.sky == was {
		return
	}
	night := uint64(0)
	if t.dark {
		night = 1
	}
	t.trail.Change(t.now, changeDark, -1, night)
	for link := range t.links {
		t.shade(int32(link), t.net.links[link].Speed*was[t.links[link].rain].Speed)
	}
}

// shade takes in that rain or light on a link have changed, on which vehicles were so fast without water [m/s]: what it
// lets through, what it costs, and how fast those on it go on.
func (t *Traffic) shade(link int32, was float64) {
	if t.net.headway[link] == 0 {
		return // no vehicle ever passes
	}
	t.refit(2 * link)
	t.refit(2*link + 1)
	if t.freeSpeed(link) == was {
		return
	}
	t.price(link)
	t.eachOn(link, func(slot int32) {
		if t.movers.at(slot).mode != sim.ModeFoot {
			t.retime(slot)
		}
	})
	t.wakeEnds(link)
	if t.links[link].watched() {
		t.watchOn(link)
	}
}

// freeSpeed returns the free speed of vehicles on a link without water as it is now [m/s].
func (t *Traffic) freeSpeed(link int32) float64 {
	return t.net.links[link].Speed * t.sky[t.links[link].rain].Speed
}

// skyShare returns the share of its capacity that rain and darkness leave to a link [-].
func (t *Traffic) skyShare(link int32) float64 { return t.sky[t.links[link].rain].Capacity }
