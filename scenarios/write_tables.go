package scenarios

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// row builds one line of a CSV table.
type row struct {
	out  *bytes.Buffer
	line []byte
	n    int   // cells so far
	err  error // the first cell that no file can hold
}

// cell begins a cell.
func (r *row) cell() {
	if r.n > 0 {
		r.line = append(r.line, ',')
	}
	r.n++
}

func (r *row) empty() { r.cell() }

func (r *row) text(s string) {
	r.cell()
	if strings.ContainsAny(s, "\r\n") && r.err == nil {
		r.err = fmt.Errorf("the name %q holds a line break", s)
	}
	if strings.ContainsAny(s, ",\"") || s != strings.Trim(s, " \t") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	r.line = append(r.line, s...)
}

func (r *row) float(x float64) {
	r.cell()
	r.line = strconv.AppendFloat(r.line, x, 'f', -1, 64)
}

func (r *row) number(n int64) {
	r.cell()
	r.line = strconv.AppendInt(r.line, n, 10)
}

// id writes a row number; None as an empty cell.
func (r *row) id(n int32) {
	r.cell()
	if n != sim.None {
		r.line = strconv.AppendInt(r.line, int64(n), 10)
	}
}

// flag writes 1, or an empty cell.
func (r *row) flag(b bool) {
	r.cell()
	if b {
		r.line = append(r.line, '1')
	}
}

// word writes the name of a class; of the first one an empty cell.
func (r *row) word(k uint8, names []string) {
	r.cell()
	switch {
	case int(k) >= len(names):
		r.err = fmt.Errorf("class %d; want at most %d", k, len(names)-1)
	case k > 0:
		r.line = append(r.line, names[k]...)
	}
}

func (r *row) end() {
	r.out.Write(append(r.line, '\n'))
	r.line, r.n = r.line[:0], 0
}

func writeNodes(b *bytes.Buffer, sc *scenario.Scenario) error {
	r := &row{out: b}
	controls := slices.ContainsFunc(sc.Nodes, func(n scenario.Node) bool { return n.Control != scenario.ControlAuto })
	b.WriteString("x,y")
	if controls {
		b.WriteString(",control")
	}
	b.WriteByte('\n')
	for i := range sc.Nodes {
		r.float(sc.Nodes[i].At.X)
		r.float(sc.Nodes[i].At.Y)
		if controls {
			r.word(uint8(sc.Nodes[i].Control), scenario.NodeControlNames[:])
		}
		r.end()
	}
	return r.err
}

func writeLinks(b *bytes.Buffer, sc *scenario.Scenario) error {
	r := &row{out: b}
	circles := slices.ContainsFunc(sc.Links, func(l scenario.Link) bool { return l.Circle })
	b.WriteString("name,from,to,oneway,class,lanes,speed_kmh,capacity,form,level_m,shape")
	if circles {
		b.WriteString(",circle")
	}
	b.WriteByte('\n')
	for i := range sc.Links {
		l := &sc.Links[i]
		if l.Class >= scenario.RoadClassCount {
			return fmt.Errorf("link %d: class %d; want at most %d", i, l.Class, scenario.RoadClassCount-1)
		}
		class := &scenario.RoadClasses[l.Class]
		r.text(l.Name)
		r.number(int64(l.From))
		r.number(int64(l.To))
		r.flag(l.OneWay)
		r.text(class.Name)
		r.unless(l.Lanes == class.Lanes, func() { r.number(int64(l.Lanes)) })
		r.unless(l.Speed == class.Speed, func() { r.float(l.Speed) })
		r.unless(l.Capacity == class.Capacity, func() { r.float(l.Capacity) })
		r.word(uint8(l.Form), scenario.RoadFormNames[:])
		r.unless(l.Form == scenario.FormGround, func() { r.float(l.Level) })
		r.shape(l.Shape)
		if circles {
			r.flag(l.Circle)
		}
		r.end()
		if r.err != nil {
			return fmt.Errorf("link %d: %w", i, r.err)
		}
	}
	return nil
}

// unless writes an empty cell when the value goes without saying.
func (r *row) unless(obvious bool, write func()) {
	if obvious {
		r.empty()
		return
	}
	write()
}

// shape writes the points between the ends.
func (r *row) shape(line geo.Line) {
	r.cell()
	for i := 1; i < len(line)-1; i++ {
		if i > 1 {
			r.line = append(r.line, ';')
		}
		r.line = strconv.AppendFloat(r.line, line[i].X, 'f', -1, 64)
		r.line = append(r.line, ' ')
		r.line = strconv.AppendFloat(r.line, line[i].Y, 'f', -1, 64)
	}
}

func writeBuildings(b *bytes.Buffer, sc *scenario.Scenario) error {
	r := &row{out: b}
	b.WriteString("name,x,y,use,construction,storeys,floor_m,node\n")
	for i := range sc.Buildings {
		x := &sc.Buildings[i]
		r.text(x.Name)
		r.float(x.At.X)
		r.float(x.At.Y)
		r.word(uint8(x.Use), scenario.BuildingUseNames[:])
		r.word(uint8(x.Build), scenario.ConstructionNames[:])
		r.unless(x.Storeys == 1, func() { r.number(int64(x.Storeys)) })
		r.unless(x.Floor == 0, func() { r.float(x.Floor) })
		r.id(int32(x.Node))
		r.end()
		if r.err != nil {
			return fmt.Errorf("building %d: %w", i, r.err)
		}
	}
	return nil
}

func writeHouseholds(b *bytes.Buffer, sc *scenario.Scenario) error {
	r := &row{out: b}
	animals := slices.ContainsFunc(sc.Households, func(h scenario.Household) bool { return h.Animals > 0 })
	visitors := slices.ContainsFunc(sc.Households, func(h scenario.Household) bool { return h.Visitor })
	b.WriteString("home,cars,bikes")
	if animals {
		b.WriteString(",animals")
	}
	if visitors {
		b.WriteString(",visitor")
	}
	b.WriteString("\n")
	for i := range sc.Households {
		h := &sc.Households[i]
		r.number(int64(h.Home))
		r.unless(h.Cars == 0, func() { r.number(int64(h.Cars)) })
		r.unless(h.Bikes == 0, func() { r.number(int64(h.Bikes)) })
		if animals {
			r.unless(h.Animals == 0, func() { r.number(int64(h.Animals)) })
		}
		if visitors {
			r.flag(h.Visitor)
		}
		r.end()
	}
	return r.err
}

func writePersons(b *bytes.Buffer, sc *scenario.Scenario) error {
	r := &row{out: b}
	b.WriteString("household,age,mobility,special,helper,work,school\n")
	for i := range sc.Persons {
		p := &sc.Persons[i]
		r.number(int64(p.Household))
		r.number(int64(p.Age))
		r.word(uint8(p.Mobility), scenario.MobilityNames[:])
		r.flag(p.Special)
		r.id(int32(p.Helper))
		r.id(int32(p.Work))
		r.id(int32(p.School))
		r.end()
		if r.err != nil {
			return fmt.Errorf("person %d: %w", i, r.err)
		}
	}
	return nil
}
