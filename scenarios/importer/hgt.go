package importer

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"sandtable/sim"
)

// SRTM tiles: one degree by one degree, rows from north to south, samples on the edges shared with the neighbours.
//
// Reference: NASA/USGS, "The Shuttle Radar Topography Mission (SRTM) Collection User Guide" (2015).
const (
	hgtSmall = 1201 // samples per side at 3 arc seconds
	hgtLarge = 3601 // at 1 arc second
	hgtVoid  = -32768
	hgtLow   = -500 // ground lies within; other values are taken for voids [m]
	hgtHigh  = 9000
)

// tile is one SRTM tile.
type tile struct {
	path     string
	lat, lon int // of its south-western corner [degrees]
	n        int // samples per side
	z        []int16
}

// openTile reads a .hgt file, or the one inside a .zip file.
func openTile(name string) (*tile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(strings.ToLower(name), ".zip") {
		return readTile(name, filepath.Base(name), f)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return readZip(name, f, info.Size())
}

// readZip reads the one .hgt file in an archive.
func readZip(name string, in io.ReaderAt, size int64) (*tile, error) {
	z, err := zip.NewReader(in, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, sim.Fail("%s：%v；应为含一个 .hgt 文件的 zip 文件", "%s: %v; want a zip file with one .hgt file", name, err)
	}
	var found *zip.File
	for _, f := range z.File {
		switch {
		case !strings.HasSuffix(strings.ToLower(f.Name), ".hgt"):
		case found != nil:
			return nil, sim.Fail("%s：含 %s 和 %s；只应有一个 .hgt 文件", "%s: holds both %s and %s; want one .hgt file", name,
				brief(found.Name), brief(f.Name))
		default:
			found = f
		}
	}
	if found == nil {
		return nil, sim.Fail("%s：没有 .hgt 文件；应有一个", "%s: holds no .hgt file; want one", name)
	}
	r, err := found.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", name, brief(found.Name), err)
	}
	defer r.Close()
	return readTile(name, path.Base(strings.ReplaceAll(found.Name, "\\", "/")), r)
}

// readTile reads a tile whose name, such as N49E011.hgt, says where it is.
func readTile(file, name string, in io.Reader) (*tile, error) {
	t := &tile{path: file}
	var ok bool
	if t.lat, t.lon, ok = tileCorner(name); !ok {
		return nil, sim.Fail("%s：高程文件名为 %q；应为其西南角的名称，如 N49E011.hgt",
			"%s: a tile called %q; want the name of its south-western corner, such as N49E011.hgt", file, brief(name))
	}
	var data bytes.Buffer
	if _, err := io.Copy(&data, io.LimitReader(in, 2*hgtLarge*hgtLarge+1)); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	switch data.Len() {
	case 2 * hgtSmall * hgtSmall:
		t.n = hgtSmall
	case 2 * hgtLarge * hgtLarge:
		t.n = hgtLarge
	default:
		size := sim.Said(strconv.Itoa(data.Len()))
		if data.Len() > 2*hgtLarge*hgtLarge {
			size = sim.Text{ZH: "更多", EN: "more"}
		}
		return nil, sim.Fail("%s：%s 字节；应为 %d（1201 x 1201 个值）或 %d（3601 x 3601）",
			"%s: %s bytes; want %d (1201 x 1201 samples) or %d (3601 x 3601)", file, size,
			2*hgtSmall*hgtSmall, 2*hgtLarge*hgtLarge)
	}
	t.z = make([]int16, t.n*t.n)
	raw := data.Bytes()
	for i := range t.z {
		t.z[i] = int16(binary.BigEndian.Uint16(raw[2*i:]))
		if t.z[i] < hgtLow || t.z[i] > hgtHigh {
			t.z[i] = hgtVoid
		}
	}
	return t, nil
}

// tileCorner reads the corner from a name such as N49E011.hgt or s01w078.SRTMGL1.hgt.
func tileCorner(name string) (lat, lon int, ok bool) {
	s := strings.ToUpper(name)
	if len(s) < 7 || len(s) > 7 && s[7] != '.' {
		return 0, 0, false
	}
	a, err1 := strconv.ParseUint(s[1:3], 10, 8)
	b, err2 := strconv.ParseUint(s[4:7], 10, 16)
	lat, lon = int(a), int(b)
	switch s[0] {
	case 'N':
	case 'S':
		lat = -lat
	default:
		return 0, 0, false
	}
	switch s[3] {
	case 'E':
	case 'W':
		lon = -lon
	default:
		return 0, 0, false
	}
	return lat, lon, err1 == nil && err2 == nil && lat >= -90 && lat < 90 && lon >= -180 && lon < 180
}

// tileName is the name of the tile with that corner.
func tileName(lat, lon int) string {
	ns, ew := 'N', 'E'
	if lat < 0 {
		ns, lat = 'S', -lat
	}
	if lon < 0 {
		ew, lon = 'W', -lon
	}
	return fmt.Sprintf("%c%02d%c%03d", ns, lat, ew, lon)
}

// at returns the sample at a column from the west and a row from the south.
func (t *tile) at(col, row int) int16 { return t.z[(t.n-1-row)*t.n+col] }
