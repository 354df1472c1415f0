package importer

import (
	"math"
	"slices"
	"strings"

	"sandtable/sim"
)

// rim is how far around the map samples are read, so that a void at its edge has a rim [samples].
const rim = 40

// mosaic is the elevation of a box, joined from tiles, without voids.
type mosaic struct {
	per        int // samples per degree
	x0, y0     int // of the south-western sample [samples from 0, 0]
	nx, ny     int
	z          []float64 // [m]
	voids      int       // samples that were filled
	arcSeconds int
}

// join makes the mosaic of a box.
func join(tiles []*tile, b Box) (*mosaic, error) {
	if err := fitTogether(tiles); err != nil {
		return nil, err
	}
	m := &mosaic{per: tiles[0].n - 1}
	m.arcSeconds = 3600 / m.per
	per := float64(m.per)
	m.x0, m.y0 = int(math.Floor(b.MinLon*per)), int(math.Floor(b.MinLat*per))
	m.nx, m.ny = int(math.Ceil(b.MaxLon*per))-m.x0+1, int(math.Ceil(b.MaxLat*per))-m.y0+1
	if err := m.covered(tiles); err != nil {
		return nil, err
	}
	inner := *m
	m.x0, m.y0, m.nx, m.ny = m.x0-rim, m.y0-rim, m.nx+2*rim, m.ny+2*rim
	m.z = make([]float64, m.nx*m.ny)
	for j := range m.ny {
		for i := range m.nx {
			m.z[j*m.nx+i] = m.sample(tiles, m.x0+i, m.y0+j)
		}
	}
	for j := range inner.ny {
		for i := range inner.nx {
			if math.IsNaN(m.z[(j+rim)*m.nx+i+rim]) {
				m.voids++
			}
		}
	}
	if m.voids == inner.nx*inner.ny {
		return nil, sim.Fail("整个地图都没有高程；应换高程文件", "the elevation of the whole map is void; want other tiles")
	}
	m.fill()
	m.nx, m.ny = inner.nx, inner.ny
	m.crop()
	return m, nil
}

// fitTogether says whether tiles can be joined.
func fitTogether(tiles []*tile) error {
	for i, t := range tiles {
		if t.n != tiles[0].n {
			return sim.Fail("%s 有 %d x %d 个值，%s 有 %d x %d 个；各高程文件的分辨率应相同",
				"%s has %d x %d samples and %s has %d x %d; want tiles of one resolution", tiles[0].path,
				tiles[0].n, tiles[0].n, t.path, t.n, t.n)
		}
		for _, u := range tiles[:i] {
			if t.lat == u.lat && t.lon == u.lon {
				return sim.Fail("%s 与 %s 是同一块；每块只应一次", "%s and %s are the same tile; want each once", u.path, t.path)
			}
		}
	}
	return nil
}

// covered says whether there is a tile for all of the mosaic.
func (m *mosaic) covered(tiles []*tile) error {
	var wanted []string
	for lat := floorDiv(m.y0, m.per); lat*m.per < m.y0+m.ny-1; lat++ {
		for lon := floorDiv(m.x0, m.per); lon*m.per < m.x0+m.nx-1; lon++ {
			if !slices.ContainsFunc(tiles, func(t *tile) bool { return t.lat == lat && t.lon == lon }) {
				wanted = append(wanted, tileName(lat, lon)+".hgt")
			}
		}
	}
	if len(wanted) > 0 {
		return sim.Fail("地图的一部分没有高程；应给出 --dem %s", "no elevation for part of the map; want --dem %s",
			strings.Join(wanted, " --dem "))
	}
	return nil
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// sample returns the elevation of a sample, from whichever tile has it; NaN where none does.
func (m *mosaic) sample(tiles []*tile, x, y int) float64 {
	for _, t := range tiles {
		col, row := x-t.lon*m.per, y-t.lat*m.per
		if col < 0 || row < 0 || col > m.per || row > m.per {
			continue
		}
		if v := t.at(col, row); v != hgtVoid {
			return float64(v)
		}
	}
	return math.NaN()
}

// fill gives every void the mean of the nearest samples in eight directions, weighted with the inverse square of their
// distances. Each direction is one sweep, so that a large void costs no more than a small one.
func (m *mosaic) fill() {
	sum, weight := make([]float64, len(m.z)), make([]float64, len(m.z))
	value, dist := make([]float64, len(m.z)), make([]float64, len(m.z))
	for _, d := range [8][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}} {
		step := math.Sqrt(float64(d[0]*d[0] + d[1]*d[1]))
		for k := range m.z {
			i, j := k%m.nx, k/m.nx
			if d[0] < 0 || d[0] == 0 && d[1] < 0 {
				i = m.nx - 1 - i
			}
			if d[1] < 0 {
				j = m.ny - 1 - j
			}
			c := j*m.nx + i
			dist[c] = math.Inf(1)
			if !math.IsNaN(m.z[c]) {
				value[c], dist[c] = m.z[c], 0
				continue
			}
			pi, pj := i-d[0], j-d[1]
			if pi < 0 || pj < 0 || pi >= m.nx || pj >= m.ny || math.IsInf(dist[pj*m.nx+pi], 1) {
				continue
			}
			value[c], dist[c] = value[pj*m.nx+pi], dist[pj*m.nx+pi]+step
			w := 1 / (dist[c] * dist[c])
			sum[c] += value[c] * w
			weight[c] += w
		}
	}
	for c := range m.z {
		if math.IsNaN(m.z[c]) && weight[c] > 0 {
			m.z[c] = sum[c] / weight[c]
		}
	}
}

// crop leaves the rim out again; nx and ny are those of the map already.
func (m *mosaic) crop() {
	wide := m.nx + 2*rim
	z := make([]float64, 0, m.nx*m.ny)
	for j := range m.ny {
		from := (j+rim)*wide + rim
		z = append(z, m.z[from:from+m.nx]...)
	}
	m.x0, m.y0, m.z = m.x0+rim, m.y0+rim, z
	for c, v := range m.z {
		if math.IsNaN(v) { // a void without a sample in any of the eight directions
			m.z[c] = m.nearest(c)
		}
	}
}

// nearest returns the first sample found in rings around one that is void.
func (m *mosaic) nearest(c int) float64 {
	i, j := c%m.nx, c/m.nx
	for r := 1; r < m.nx+m.ny; r++ {
		for dj := -r; dj <= r; dj++ {
			for di := -r; di <= r; di++ {
				if x, y := i+di, j+dj; (di == r || dj == r || di == -r || dj == -r) && x >= 0 && y >= 0 && x < m.nx && y < m.ny &&
					!math.IsNaN(m.z[y*m.nx+x]) {
					return m.z[y*m.nx+x]
				}
			}
		}
	}
	return 0 // unreachable: a mosaic without any sample is refused
}

// at returns the elevation of a place between four samples [m]; places outside count as on the edge.
func (m *mosaic) at(lon, lat float64) float64 {
	x := math.Min(math.Max(lon*float64(m.per)-float64(m.x0), 0), float64(m.nx-1))
	y := math.Min(math.Max(lat*float64(m.per)-float64(m.y0), 0), float64(m.ny-1))
	i, j := min(int(x), max(m.nx-2, 0)), min(int(y), max(m.ny-2, 0))
	u, v := x-float64(i), y-float64(j)
	i1, j1 := min(i+1, m.nx-1), min(j+1, m.ny-1)
	south := m.z[j*m.nx+i]*(1-u) + m.z[j*m.nx+i1]*u
	north := m.z[j1*m.nx+i]*(1-u) + m.z[j1*m.nx+i1]*u
	return south*(1-v) + north*v
}
