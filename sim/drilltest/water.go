package drilltest

import (
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

// flood returns the drill's own flood, water that moves and obeys structures. A town has one as soon as a line of it
// says so.
func (t *Town) flood() *flood.Config {
	sc := t.Scenario
	if len(sc.Hazards) == 1 {
		c := flood.Default()
		sc.Hazards = append(sc.Hazards, scenario.Hazard{Name: "flood", Kind: "flood", Spec: &c})
	}
	return sc.Hazards[1].Spec.(*flood.Config)
}

// addPond puts water at rest into a rectangle: pond 0,0 1000,1000 level=11.
func (t *Town) addPond(w words) error {
	r, err := rect(w.plain[0], w.plain[1])
	c := t.flood()
	c.Ponds = append(c.Ponds, flood.Pond{Level: w.num("level", 0), Polygon: [][2]float64{
		{r.Min.X, r.Min.Y}, {r.Max.X, r.Min.Y}, {r.Max.X, r.Max.Y}, {r.Min.X, r.Max.Y}}})
	return err
}

// path reads the points of a line.
func path(texts []string) ([][2]float64, error) {
	var list [][2]float64
	for _, text := range texts {
		p, err := point(text)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// addBarrier puts a barrier on the map: barrier b1 1000,1 1000,999 height=2 start=1.5 rate=6.
func (t *Town) addBarrier(w words) (err error) {
	b := flood.DefaultBarrier()
	b.Name, b.Height, b.Start, b.Rate = w.plain[0], w.num("height", 2), w.num("start", 0), w.num("rate", b.Rate)
	b.Line, err = path(w.plain[1:])
	c := t.flood()
	c.Barriers = append(c.Barriers, b)
	return err
}

// addDyke puts a dyke on the map, with a place of the same name and -gap that fails by order or by overtopping: dyke d1
// 1000,1 1000,999 crest=12 gap=1000,500 bottom=10 width=40 growth=5m.
func (t *Town) addDyke(w words) (err error) {
	d := flood.DefaultDyke()
	d.Name, d.Crest = w.plain[0], []float64{w.num("crest", 0)}
	if d.Line, err = path(w.plain[1:]); err != nil {
		return err
	}
	if w.set["gap"] != "" {
		b := flood.DefaultDykeBreach()
		b.Name, b.Trigger = d.Name+"-gap", flood.TriggerOvertopping
		b.Bottom, b.Width, b.Growth = w.num("bottom", 0), w.num("width", 0), w.span("growth", b.Growth)
		b.Place, err = point(w.set["gap"])
		d.Breaches = append(d.Breaches, b)
	}
	c := t.flood()
	c.Dykes = append(c.Dykes, d)
	return err
}

// addPump puts a pump on the map, which lifts water out of it: pump p1 100,100 capacity=2, with on when it runs.
func (t *Town) addPump(w words) (err error) {
	p := flood.DefaultPump()
	p.Name, p.Capacity, p.On = w.plain[0], w.num("capacity", 0), w.has("on")
	p.Place, err = point(w.plain[1])
	c := t.flood()
	c.Pumps = append(c.Pumps, p)
	return err
}
