package atlas

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"sandtable/sim/geo"
)

// image is a raster as GeoTIFF: one band of 32-bit floats, north up, a pixel stands for the area of its cell.
//
// Reference: TIFF revision 6.0 (Aldus 1992); OGC 19-008r4, "OGC GeoTIFF Standard" 1.1 (2019); the tags of GDAL for
// values that are none and for what the band is.
type image struct {
	grid   geo.Grid // in the coordinates of the file
	pixels []float32
	epsg   int    // 0: no known projection
	title  string // what the band is, in ASCII
	unit   string
}

// Types of TIFF fields.
const (
	typeASCII  = 2
	typeShort  = 3
	typeLong   = 4
	typeDouble = 12
)

// Keys and codes of GeoTIFF.
const (
	keyModelType    = 1024
	keyRasterType   = 1025
	keyCitation     = 1026
	keyProjected    = 3072
	keyLinearUnits  = 3076
	modelProjected  = 1
	userDefined     = 32767
	pixelIsArea     = 1
	linearMetre     = 9001
	tagGeoKeys      = 34735
	tagGeoASCII     = 34737
	localCitation   = "Local metres of a scenario, no place on the Earth|"
	stripBytes      = 64 << 10 // before compression; TIFF advises strips of some tens of kilobytes
	compressDeflate = 8
)

// field is an entry of the directory.
type field struct {
	tag, kind uint16
	count     uint32
	data      []byte
}

func shorts(tag uint16, v ...uint16) field {
	f := field{tag, typeShort, uint32(len(v)), nil}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint16(f.data, x)
	}
	return f
}

func longs(tag uint16, v ...uint32) field {
	f := field{tag, typeLong, uint32(len(v)), nil}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint32(f.data, x)
	}
	return f
}

func doubles(tag uint16, v ...float64) field {
	f := field{tag, typeDouble, uint32(len(v)), nil}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint64(f.data, math.Float64bits(x))
	}
	return f
}

func ascii(tag uint16, text string) field {
	return field{tag, typeASCII, uint32(len(text) + 1), append([]byte(text), 0)}
}

// encode returns the file.
func (m *image) encode() ([]byte, error) {
	g := m.grid
	if g.NX < 1 || g.NY < 1 || len(m.pixels) != g.Len() {
		return nil, fmt.Errorf("%d pixels for a grid of %d x %d", len(m.pixels), g.NX, g.NY)
	}
	rows := max(stripBytes/(4*g.NX), 1)
	strips, err := m.strips(rows)
	if err != nil {
		return nil, err
	}
	sizes := make([]uint32, len(strips))
	for i, s := range strips {
		sizes[i] = uint32(len(s))
	}
	north := g.Origin.Y + float64(g.NY)*g.Cell
	fields := []field{
		longs(256, uint32(g.NX)), longs(257, uint32(g.NY)),
		shorts(258, 32),              // bits per sample
		shorts(259, compressDeflate), // compression
		shorts(262, 1),               // photometric: black is the least
		ascii(270, m.title),
		longs(273, make([]uint32, len(strips))...), // offsets of strips, filled in below
		shorts(277, 1),                             // samples per pixel
		longs(278, uint32(rows)), longs(279, sizes...),
		shorts(284, 1), // planar configuration: chunky
		ascii(305, "Sandtable"),
		shorts(339, 3),                                // sample format: floating point
		doubles(33550, g.Cell, g.Cell, 0),             // pixel scale
		doubles(33922, 0, 0, 0, g.Origin.X, north, 0), // the corner of the first pixel
		m.geoKeys(),
	}
	if m.epsg == 0 {
		fields = append(fields, ascii(tagGeoASCII, localCitation))
	}
	fields = append(fields, ascii(42112, m.metadata()), ascii(42113, strconv.Itoa(noData)))
	return assemble(fields, strips), nil
}

// strips returns the compressed strips.
func (m *image) strips(rows int) ([][]byte, error) {
	var out [][]byte
	var raw []byte
	for at := 0; at < len(m.pixels); at += rows * m.grid.NX {
		raw = raw[:0]
		for _, v := range m.pixels[at:min(at+rows*m.grid.NX, len(m.pixels))] {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, err := z.Write(raw)
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			return nil, err
		}
		out = append(out, b.Bytes())
	}
	return out, nil
}

// geoKeys says which projection the coordinates are in.
func (m *image) geoKeys() field {
	keys := []uint16{
		keyModelType, 0, 1, modelProjected,
		keyRasterType, 0, 1, pixelIsArea,
	}
	if m.epsg == 0 {
		keys = append(keys, keyCitation, tagGeoASCII, uint16(len(localCitation)), 0, keyProjected, 0, 1, userDefined,
			keyLinearUnits, 0, 1, linearMetre)
	} else {
		keys = append(keys, keyProjected, 0, 1, uint16(m.epsg))
	}
	return shorts(tagGeoKeys, append([]uint16{1, 1, 0, uint16(len(keys) / 4)}, keys...)...)
}

// metadata is what GDAL shows of the band.
func (m *image) metadata() string {
	item := func(name, role, text string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
		return fmt.Sprintf(`<Item name="%s" sample="0" role="%s">%s</Item>`, name, role, b.String())
	}
	return "<GDALMetadata>" + item("DESCRIPTION", "description", m.title) + item("UNITTYPE", "unittype", m.unit) +
		"</GDALMetadata>"
}

// assemble lays the parts out: head, directory, what does not fit into it, strips.
func assemble(fields []field, strips [][]byte) []byte {
	const head, entry = 8, 12
	extra := head + 2 + entry*len(fields) + 4
	end := extra
	for _, f := range fields {
		if len(f.data) > 4 {
			end += (len(f.data) + 1) &^ 1
		}
	}
	for _, f := range fields {
		if f.tag != 273 {
			continue
		}
		at := end
		for k, s := range strips {
			binary.LittleEndian.PutUint32(f.data[4*k:], uint32(at))
			at += (len(s) + 1) &^ 1
		}
	}
	out := append([]byte("II*\x00"), 8, 0, 0, 0)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(fields)))
	var rest []byte
	for _, f := range fields {
		out = binary.LittleEndian.AppendUint16(out, f.tag)
		out = binary.LittleEndian.AppendUint16(out, f.kind)
		out = binary.LittleEndian.AppendUint32(out, f.count)
		if len(f.data) <= 4 {
			out = append(out, append(f.data[:len(f.data):len(f.data)], make([]byte, 4-len(f.data))...)...)
			continue
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(extra+len(rest)))
		rest = even(append(rest, f.data...))
	}
	out = append(out, 0, 0, 0, 0) // no further image
	out = append(out, rest...)
	for _, s := range strips {
		out = even(append(out, s...))
	}
	return out
}

// even fills up to an even length: offsets in a TIFF are even.
func even(b []byte) []byte {
	if len(b)%2 == 1 {
		b = append(b, 0)
	}
	return b
}
