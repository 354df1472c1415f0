package importer

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTileCorner(t *testing.T) {
	for _, c := range []struct {
		name     string
		lat, lon int
		ok       bool
	}{
		{"N49E011.hgt", 49, 11, true}, {"s01w078.SRTMGL1.hgt", -1, -78, true}, {"N00E000", 0, 0, true}, {"S90W180.hgt", -90, -180, true},
		{"N90E011.hgt", 0, 0, false}, {"N49E180.hgt", 0, 0, false}, {"X49E011.hgt", 0, 0, false}, {"N49X011.hgt", 0, 0, false},
		{"N4.E011.hgt", 0, 0, false}, {"N+9E011.hgt", 0, 0, false}, {"N49E01.hgt", 0, 0, false}, {"", 0, 0, false}, {"N49E0111.hgt", 0, 0, false},
	} {
		lat, lon, ok := tileCorner(c.name)
		if ok != c.ok || ok && (lat != c.lat || lon != c.lon) {
			t.Errorf("%q: %d %d %v; want %d %d %v", c.name, lat, lon, ok, c.lat, c.lon, c.ok)
		}
		if ok && tileCornerName(c.name) != tileName(lat, lon) {
			t.Errorf("%q is called %s", c.name, tileName(lat, lon))
		}
	}
}

func tileCornerName(name string) string { return strings.ToUpper(name)[:7] }

func TestTilesOfTheWrongSizeOrPacking(t *testing.T) {
	good := tileBytes(49, 11, hgtSmall, valleyGround)
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"N49E011.hgt", good, ""},
		{"n49e011.HGT.zip", zipped(t, "data/N49E011.hgt", good, "readme.txt", []byte("x")), ""},
		{"N49E011.hgt", good[:len(good)-1], "2884801 bytes; want 2884802 (1201 x 1201 samples) or 25934402 (3601 x 3601)"},
		{"N49E011.hgt", nil, "0 bytes"},
		{"N49E011.hgt", make([]byte, 2*hgtLarge*hgtLarge+2), "more bytes; want"},
		{"elevation.hgt", good, `a tile called "elevation.hgt"; want the name`},
		{"x.zip", zipped(t, "a.txt", good), "holds no .hgt file"},
		{"x.zip", zipped(t, "N49E011.hgt", good, "N50E011.hgt", good), "holds both N49E011.hgt and N50E011.hgt"},
		{"x.zip", zipped(t, "../N49E011.hgt", good), ""},
		{"x.zip", []byte("PK no zip"), "want a zip file with one .hgt file"},
		{"x.zip", zipped(t, "N49E011.hgt", make([]byte, 100)), "100 bytes"},
	} {
		path := filepath.Join(dir, c.name)
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		tl, err := openTile(path)
		switch {
		case c.want == "" && (err != nil || tl.n != hgtSmall || tl.lat != 49):
			t.Errorf("%s: %v; want a tile", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v; want %q", c.name, err, c.want)
		}
	}
	if _, err := openTile(filepath.Join(dir, "nothing.hgt")); err == nil {
		t.Error("a file that is not there is read")
	}
}

func tileOf(t testing.TB, lat, lon int, ground func(lon, lat float64) float64) *tile {
	t.Helper()
	tl, err := readTile(tileName(lat, lon), tileName(lat, lon)+".hgt", bytes.NewReader(tileBytes(lat, lon, hgtSmall, ground)))
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

// A plane sampled through two tiles is that plane, also where they meet; row 1 is the northern one.
func TestTilesAreJoined(t *testing.T) {
	plane := func(lon, lat float64) float64 { return 100 + 240*(lon-11) + 480*(lat-49) }
	tiles := []*tile{tileOf(t, 49, 11, plane), tileOf(t, 50, 11, plane)}
	m, err := join(tiles, Box{11.4, 49.95, 11.5, 50.05})
	if err != nil {
		t.Fatal(err)
	}
	for _, lat := range []float64{49.95, 49.97123, 49.99999, 50, 50.00001, 50.0312, 50.05} {
		for _, lon := range []float64{11.4, 11.4321, 11.5} {
			if got, want := m.at(lon, lat), plane(lon, lat); math.Abs(got-want) > 0.75 { // whole metres
				t.Errorf("at %g, %g: %g; want %g", lon, lat, got, want)
			}
		}
	}
	if m.voids != 0 || m.arcSeconds != 3 {
		t.Errorf("%d voids, %d arc seconds", m.voids, m.arcSeconds)
	}
}

func TestTilesThatDoNotFit(t *testing.T) {
	flat := func(float64, float64) float64 { return 5 }
	a := tileOf(t, 49, 11, flat)
	fine := &tile{path: "fine", lat: 50, lon: 11, n: hgtLarge, z: make([]int16, hgtLarge*hgtLarge)}
	void := tileOf(t, 49, 11, flat)
	for i := range void.z {
		void.z[i] = hgtVoid
	}
	for _, c := range []struct {
		tiles []*tile
		box   Box
		want  string
	}{
		{[]*tile{a}, Box{11.4, 49.95, 11.5, 50.05}, "want --dem N50E011.hgt"},
		{[]*tile{a}, Box{10.9, 48.9, 11.1, 49.1}, "want --dem N48E010.hgt --dem N48E011.hgt --dem N49E010.hgt"},
		{[]*tile{a}, Box{-0.1, -0.1, 0.1, 0.1}, "S01W001.hgt"},
		{[]*tile{a, a}, Box{11.4, 49.5, 11.5, 49.6}, "are the same tile"},
		{[]*tile{a, fine}, Box{11.4, 49.5, 11.5, 49.6}, "want tiles of one resolution"},
		{[]*tile{void}, Box{11.4, 49.5, 11.5, 49.6}, "is void"},
	} {
		if _, err := join(c.tiles, c.box); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v; want %q", err, c.want)
		}
	}
}

// Voids take values between those of their rim; all else stays as it is.
func TestVoidsAreFilledFromTheirRim(t *testing.T) {
	plane := func(lon, lat float64) float64 { return 500 + 1200*(lon-11.5) }
	tl := tileOf(t, 49, 11, plane)
	box := Box{11.45, 49.45, 11.55, 49.55}
	whole, err := join([]*tile{tl}, box)
	if err != nil {
		t.Fatal(err)
	}
	for r := 560; r < 640; r++ {
		for c := 570; c < 620; c++ {
			tl.z[r*tl.n+c] = hgtVoid
		}
	}
	m, err := join([]*tile{tl}, box)
	if err != nil {
		t.Fatal(err)
	}
	if m.voids != 80*50 {
		t.Errorf("%d voids; want %d", m.voids, 80*50)
	}
	for k, z := range m.z {
		i, j := k%m.nx, k/m.nx
		c, r := i+m.x0-11*1200, 1200-(j+m.y0-49*1200)
		inVoid := r >= 560 && r < 640 && c >= 570 && c < 620
		switch {
		case !inVoid && z != whole.z[k]:
			t.Fatalf("sample %d, %d changed", c, r)
		case inVoid && (z < 500+569-600-0.5 || z > 500+620-600+0.5 || math.IsNaN(z)):
			t.Fatalf("void at %d, %d filled with %g; want within its rim", c, r, z)
		}
	}
	if mid := m.at(11.5-2.5/1200, 49.5); math.Abs(mid-(500-5)) > 6 {
		t.Errorf("middle of the void %g; want about 495", mid)
	}
}

// Water is deep and mountains high, but nothing on Earth is outside these limits: such values are voids.
func TestImpossibleElevationsAreVoids(t *testing.T) {
	data := tileBytes(49, 11, hgtSmall, valleyGround)
	for k, v := range []int16{-501, 9001, 32767, -32768} {
		binary.BigEndian.PutUint16(data[2*k:], uint16(v))
	}
	tl, err := readTile("t", "N49E011.hgt", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for k := range 4 {
		if tl.z[k] != hgtVoid {
			t.Errorf("value %d is %d; want a void", k, tl.z[k])
		}
	}
}

// FuzzHGT: no bytes make the reader panic; what it takes has the right size, and can be sampled.
func FuzzHGT(f *testing.F) {
	f.Add("N49E011.hgt", []byte("x"), false, uint32(0))
	f.Add("N49E011.hgt", zipped(f, "N49E011.hgt", make([]byte, 2*hgtSmall*hgtSmall)), true, uint32(0))
	f.Add("N49E011.hgt", []byte{0x80, 0}, false, uint32(2*hgtSmall*hgtSmall))
	f.Fuzz(func(t *testing.T, name string, data []byte, packed bool, size uint32) {
		if size > 0 { // the bytes over and over
			whole := make([]byte, min(size, 2*hgtSmall*hgtSmall+2))
			for i := 0; len(data) > 0 && i < len(whole); i += len(data) {
				copy(whole[i:], data)
			}
			data = whole
		}
		var tl *tile
		var err error
		if packed {
			tl, err = readZip("f.zip", bytes.NewReader(data), int64(len(data)))
		} else {
			tl, err = readTile("f.hgt", name, bytes.NewReader(data))
		}
		if err != nil {
			return
		}
		if tl.n*tl.n != len(tl.z) || tl.n != hgtSmall && tl.n != hgtLarge {
			t.Fatalf("%d samples per side, %d in all", tl.n, len(tl.z))
		}
		lat, lon := float64(tl.lat), float64(tl.lon)
		m, err := join([]*tile{tl}, Box{lon + 0.4, lat + 0.4, lon + 0.45, lat + 0.45})
		if err != nil {
			return
		}
		if z := m.at(lon+0.42, lat+0.43); !(z >= hgtLow && z <= hgtHigh) {
			t.Errorf("elevation %g", z)
		}
	})
}
