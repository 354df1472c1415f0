package atlas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/maps"
)

// head is what a file of polygons says of itself, besides the polygons. GeoJSON allows further members.
type head struct {
	Type        string    `json:"type"`
	Name        string    `json:"name"`
	Title       sim.Text  `json:"title"`
	Quantity    string    `json:"quantity"`
	Unit        string    `json:"unit"`
	Threshold   float64   `json:"threshold_m,omitempty"`
	Coordinates sim.Text  `json:"coordinates_note"`
	CRS         *oldCRS   `json:"crs,omitempty"`
	Source      source    `json:"source"`
	Features    []feature `json:"-"`
}

// oldCRS names a projection as GeoJSON of 2008 did. RFC 7946 wants longitude and latitude and has no such member; other
// coordinates need it all the same, and programs still read it.
type oldCRS struct {
	Type       string            `json:"type"`
	Properties map[string]string `json:"properties"`
}

// feature is a class of the map with all its patches.
type feature struct {
	properties properties
	patches    []patch
}

// properties are the attributes of a class.
type properties struct {
	Class     int      `json:"class"`
	Label     string   `json:"label"`
	LabelZH   string   `json:"label_zh"`
	From      float64  `json:"from"`
	To        *float64 `json:"to"`
	FromClock string   `json:"from_clock,omitempty"`
	ToClock   string   `json:"to_clock,omitempty"`
	Area      float64  `json:"area_m2"`
}

// geoJSON writes the classes of a map as polygons, each class one feature. It follows RFC 7946: outer rings run
// counter-clockwise, holes clockwise, each ring ends with its first position.
func geoJSON(m *maps.Maps, b bands, p *Place, f *Facts) ([]byte, error) {
	h := head{Type: "FeatureCollection", Name: b.quantity.String(), Title: titles[b.quantity].title,
		Quantity: b.quantity.String(), Unit: b.quantity.Unit(), Coordinates: p.note(), Source: f.source()}
	if b.quantity == sim.QArrival {
		h.Threshold = float64(m.Threshold()) / 1000
	}
	if p.EPSG != 0 && !p.Geographic() {
		h.CRS = &oldCRS{"name", map[string]string{"name": fmt.Sprintf("urn:ogc:def:crs:EPSG::%d", p.EPSG)}}
	}
	data, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(data[:len(data)-1]) // without the closing brace
	out.WriteString(",\"features\":[")
	features := gatherFeatures(m.Grid(), b, f.Start)
	for k := range features {
		if k > 0 {
			out.WriteByte(',')
		}
		if err := writeFeature(out, &features[k], p.projected(m.Grid()), p); err != nil {
			return nil, err
		}
	}
	out.WriteString("\n]}\n")
	return out.Bytes(), nil
}

// gatherFeatures returns the classes that are somewhere on the map, in their order.
func gatherFeatures(g geo.Grid, b bands, start sim.CivilTime) []feature {
	all := make([]feature, len(b.list))
	cells := make([]int, len(b.list))
	for _, pt := range outline(g, b.class) {
		all[pt.class].patches = append(all[pt.class].patches, pt)
		cells[pt.class] += pt.cells
	}
	var out []feature
	for k, f := range all {
		if len(f.patches) == 0 {
			continue
		}
		c := b.list[k]
		f.properties = properties{Class: k, Label: c.label.In(sim.English), LabelZH: c.label.In(sim.Chinese), From: c.from,
			Area: float64(cells[k]) * g.Cell * g.Cell}
		if c.to >= 0 {
			f.properties.To = &c.to
		}
		if b.quantity == sim.QArrival {
			clock := func(s float64) string { return start.Add(sim.Time(s) * sim.Time(sim.Second)).String() }
			f.properties.FromClock, f.properties.ToClock = clock(c.from), clock(c.to)
		}
		out = append(out, f)
	}
	return out
}

func writeFeature(out *bytes.Buffer, f *feature, g geo.Grid, p *Place) error {
	attributes, err := json.Marshal(f.properties)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n{\"type\":\"Feature\",\"properties\":%s,\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[",
		attributes)
	for k, pt := range f.patches {
		if k > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('[')
		for i, ring := range pt.rings {
			if i > 0 {
				out.WriteByte(',')
			}
			writeRing(out, ring, g, p)
		}
		out.WriteByte(']')
	}
	out.WriteString("]}}")
	return nil
}

func writeRing(out *bytes.Buffer, ring []corner, g geo.Grid, p *Place) {
	out.WriteByte('[')
	for k := range len(ring) + 1 {
		if k > 0 {
			out.WriteByte(',')
		}
		c := ring[k%len(ring)]
		at := geo.Point{X: g.Origin.X + float64(c.i)*g.Cell, Y: g.Origin.Y + float64(c.j)*g.Cell}
		x, y, places := at.X, at.Y, 3
		if p.Geographic() {
			x, y = p.lonLat(at)
			places = 7 // a centimetre
		}
		buf := append(out.AvailableBuffer(), '[')
		buf = append(appendNumber(buf, x, places), ',')
		buf = append(appendNumber(buf, y, places), ']')
		out.Write(buf)
	}
	out.WriteByte(']')
}

// appendNumber writes a number with at most so many decimals.
func appendNumber(buf []byte, x float64, places int) []byte {
	first := len(buf)
	buf = strconv.AppendFloat(buf, x, 'f', places, 64)
	for buf[len(buf)-1] == '0' {
		buf = buf[:len(buf)-1]
	}
	if buf[len(buf)-1] == '.' {
		buf = buf[:len(buf)-1]
	}
	if string(buf[first:]) == "-0" {
		buf = append(buf[:first], '0')
	}
	return buf
}
