package atlas

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim/geo"
)

// decoded is what the tests read of a GeoTIFF.
type decoded struct {
	fields map[uint16][]float64
	text   map[uint16]string
	pixels []float32
	nx, ny int
}

// number reads a field as one number.
func (d *decoded) number(tag uint16) int {
	if v := d.fields[tag]; len(v) == 1 {
		return int(v[0])
	}
	return -1
}

// decode reads a little-endian GeoTIFF of one band of compressed floats, by the text of TIFF 6.0.
func decode(data []byte) (*decoded, error) {
	if len(data) < 8 || string(data[:4]) != "II*\x00" {
		return nil, fmt.Errorf("no little-endian TIFF")
	}
	d := &decoded{fields: map[uint16][]float64{}, text: map[uint16]string{}}
	le := binary.LittleEndian
	at := int(le.Uint32(data[4:]))
	last := -1
	n := int(le.Uint16(data[at:]))
	for k := range n {
		e := data[at+2+12*k:]
		tag, kind, count := le.Uint16(e), le.Uint16(e[2:]), int(le.Uint32(e[4:]))
		if int(tag) <= last {
			return nil, fmt.Errorf("tag %d after %d", tag, last)
		}
		last = int(tag)
		size := map[uint16]int{typeASCII: 1, typeShort: 2, typeLong: 4, typeDouble: 8}[kind]
		value := e[8:12]
		if size*count > 4 {
			off := int(le.Uint32(value))
			if off%2 == 1 || off+size*count > len(data) {
				return nil, fmt.Errorf("tag %d at %d", tag, off)
			}
			value = data[off : off+size*count]
		}
		if kind == typeASCII {
			d.text[tag] = string(bytes.TrimSuffix(value[:count], []byte{0}))
			continue
		}
		for i := range count {
			v := value[size*i:]
			d.fields[tag] = append(d.fields[tag], map[uint16]func() float64{
				typeShort:  func() float64 { return float64(le.Uint16(v)) },
				typeLong:   func() float64 { return float64(le.Uint32(v)) },
				typeDouble: func() float64 { return math.Float64frombits(le.Uint64(v)) },
			}[kind]())
		}
	}
	if le.Uint32(data[at+2+12*n:]) != 0 {
		return nil, fmt.Errorf("more than one image")
	}
	return d, d.readStrips(data)
}

func (d *decoded) readStrips(data []byte) error {
	d.nx, d.ny = d.number(256), d.number(257)
	rows, offsets, sizes := d.number(278), d.fields[273], d.fields[279]
	if want := (d.ny + rows - 1) / rows; len(offsets) != want || len(sizes) != want {
		return fmt.Errorf("%d strips; want %d", len(offsets), want)
	}
	for k := range offsets {
		z, err := zlib.NewReader(bytes.NewReader(data[int(offsets[k]):int(offsets[k]+sizes[k])]))
		if err != nil {
			return err
		}
		raw, err := io.ReadAll(z)
		if err != nil {
			return err
		}
		for i := 0; i+4 <= len(raw); i += 4 {
			d.pixels = append(d.pixels, math.Float32frombits(binary.LittleEndian.Uint32(raw[i:])))
		}
	}
	if len(d.pixels) != d.nx*d.ny {
		return fmt.Errorf("%d pixels of %d x %d", len(d.pixels), d.nx, d.ny)
	}
	return nil
}

// What was written is read back: pixels, place and projection, whatever the size.
func TestGeoTIFFRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := geo.Grid{NX: rapid.IntRange(1, 300).Draw(t, "nx"), NY: rapid.IntRange(1, 200).Draw(t, "ny"),
			Cell: rapid.Float64Range(0.5, 100).Draw(t, "cell"), Origin: geo.Point{
				X: rapid.Float64Range(-1e6, 1e6).Draw(t, "x"), Y: rapid.Float64Range(-1e7, 1e7).Draw(t, "y")}}
		m := image{grid: g, pixels: make([]float32, g.Len()), title: "greatest depth", unit: "m",
			epsg: rapid.SampledFrom([]int{0, 32649, 4547}).Draw(t, "epsg")}
		seed := rapid.Uint32().Draw(t, "seed")
		for c := range m.pixels {
			seed = seed*1664525 + 1013904223
			m.pixels[c] = float32(seed>>8) / 1000
		}
		data, err := m.encode()
		if err != nil {
			t.Fatal(err)
		}
		d, err := decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if d.nx != g.NX || d.ny != g.NY || !slices.Equal(d.pixels, m.pixels) {
			t.Fatal("the pixels differ")
		}
		if !slices.Equal(d.fields[33550], []float64{g.Cell, g.Cell, 0}) ||
			!slices.Equal(d.fields[33922], []float64{0, 0, 0, g.Origin.X, g.Origin.Y + float64(g.NY)*g.Cell, 0}) {
			t.Fatalf("the place is %v %v", d.fields[33550], d.fields[33922])
		}
		keys := d.fields[tagGeoKeys]
		projected := keys[slices.Index(keys, keyProjected)+3]
		if want := float64(m.epsg); projected != want && !(want == 0 && projected == userDefined) {
			t.Fatalf("projection %v; want %v", projected, want)
		}
		if d.text[42113] != "-9999" || d.text[270] != m.title || d.number(339) != 3 || d.number(258) != 32 {
			t.Fatalf("%v %v", d.text, d.fields)
		}
	})
}

func TestGeoTIFFOfTheWrongSize(t *testing.T) {
	m := image{grid: geo.Grid{NX: 2, NY: 2, Cell: 1}, pixels: make([]float32, 3)}
	if _, err := m.encode(); err == nil {
		t.Error("three pixels were written as four")
	}
}
