package scenarios

import (
	"math"
	"strconv"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// maxCells is the largest grid that is read.
const maxCells = 64 << 20

// Limits of elevations [mm]: the shores of the Dead Sea and the summit of Everest lie within.
const (
	minElevation = -500_000
	maxElevation = 9_000_000
)

// gridHeader is the head of an ESRI ASCII grid.
type gridHeader struct {
	grid   geo.Grid
	noData string // as written; "" when the head names none
	has    uint   // set of the keys that were there
}

// The keys of the head.
const (
	keyCols uint = 1 << iota
	keyRows
	keyX
	keyY
	keyCell
	keyNoData
	keyCentreX
	keyCentreY
)

var gridKeys = []struct {
	name string
	key  uint
}{
	{"ncols", keyCols}, {"nrows", keyRows}, {"xllcorner", keyX}, {"yllcorner", keyY}, {"cellsize", keyCell},
	{"nodata_value", keyNoData}, {"xllcenter", keyX | keyCentreX}, {"yllcenter", keyY | keyCentreY},
}

// readGrid reads an ESRI ASCII grid whose first row is the northern one. convert turns a value into a number, and
// says what is wanted when it cannot. It returns the values by cell index and says whether all was well.
func readGrid[T any](b *bulk, convert func(word []byte) (T, sim.Text)) (grid geo.Grid, values []T, ok bool) {
	head, first := b.gridHeader()
	if b.wrong > 0 {
		b.finish()
		return geo.Grid{}, nil, false
	}
	grid = head.grid
	row := 0
	for line, more := first, first != nil; more; line, more = b.lines.next() {
		if len(line) == 0 && row == grid.NY {
			continue // an empty last line
		}
		if row == grid.NY {
			b.fault(line, 0, "多出一行；应为 %d 行", "a row too many; want %d", grid.NY)
			break
		}
		values = append(values, make([]T, grid.NX)...) // grows with what is there, not with what the head claims
		gridRow(b, head, line, values[row*grid.NX:], convert)
		row++
	}
	if row < grid.NY && b.lines.wrong.Empty() {
		b.fileFault("%d 行；应为 %d 行，每行一条", "%d rows; want %d, one line each", row, grid.NY)
	}
	if !b.finish() {
		return grid, nil, false
	}
	flip(values, grid.NX)
	return grid, values, true
}

// gridRow reads the values of one row.
func gridRow[T any](b *bulk, head gridHeader, line []byte, into []T, convert func([]byte) (T, sim.Text)) {
	n, at := 0, 0
	for {
		word, start := nextWord(line, at)
		if len(word) == 0 {
			break
		}
		at = start + len(word)
		switch {
		case n >= len(into):
		case string(word) == head.noData:
			b.fault(line, start, "第 %d 列无数据；每格都应有值", "no data in column %d; want a value in every cell", n+1)
		default:
			v, want := convert(word)
			if !want.Empty() {
				b.fault(line, start, "第 %[2]d 列为 %.40[1]q；应为%[3]s", "%.40[1]q in column %[2]d; want %[3]s", word, n+1, want)
			}
			into[n] = v
		}
		n++
	}
	if n != len(into) {
		b.fault(line, 0, "此行有 %d 个值；应为 %d 个", "a row of %d values; want %d", n, len(into))
	}
}

// gridHeader reads the head and returns it with the first row.
func (b *bulk) gridHeader() (head gridHeader, first []byte) {
	centred := uint(0)
	for {
		line, ok := b.lines.next()
		if !ok {
			break
		}
		word, start := nextWord(line, 0)
		if len(word) > 0 && !isLetter(word[0]) {
			first = line
			break
		}
		centred |= b.headerLine(&head, line, word, start)
		if b.wrong > 0 {
			return head, nil
		}
	}
	for _, k := range gridKeys[:5] {
		if head.has&k.key == 0 {
			b.fileFault("文件头缺少 %s；应有 ncols, nrows, xllcorner, yllcorner, cellsize",
				"no %s in the head; want ncols, nrows, xllcorner, yllcorner, cellsize", k.name)
			return head, nil
		}
	}
	g := &head.grid
	if centred&keyCentreX != 0 {
		g.Origin.X -= g.Cell / 2
	}
	if centred&keyCentreY != 0 {
		g.Origin.Y -= g.Cell / 2
	}
	if g.NX > maxCells || g.NY > maxCells || g.NX*g.NY > maxCells {
		b.fileFault("网格有 %d x %d 格；最多 %d 格", "a grid of %d x %d cells; want at most %d cells", g.NX, g.NY, maxCells)
	}
	return head, first
}

// headerLine reads one line of the head and returns the keys that it gives.
func (b *bulk) headerLine(head *gridHeader, line, word []byte, start int) uint {
	var known []string
	key := uint(0)
	for _, k := range gridKeys {
		known = append(known, k.name)
		if equalFold(word, k.name) {
			key = k.key
		}
	}
	value, at := nextWord(line, start+len(word))
	x, err := strconv.ParseFloat(string(value), 64)
	whole := x >= 1 && x <= maxCells && x == math.Floor(x)
	switch g := &head.grid; {
	case key == 0:
		b.fault(line, start, "网格文件头中有 %.40q；%s", "%.40q in the head of a grid; %s", word,
			scenario.WantOneOf(string(word), known))
	case head.has&key != 0:
		b.fault(line, start, "%s 重复出现；只应一次", "%s a second time; want it once", word)
	case key == keyNoData:
		head.noData = string(value)
	case err != nil || math.IsInf(x, 0) || math.IsNaN(x):
		b.fault(line, at, "%.40q；应为数", "%.40q; want a number", value)
	case (key == keyCols || key == keyRows) && !whole:
		b.fault(line, at, "%s；应为整数格数，1 至 %d", "%s; want a whole number of cells, 1 to %d", value, maxCells)
	case key == keyCell && !(x > 0 && x <= 10000):
		b.fault(line, at, "%s；网格边长应大于 0、不超过 10000 m", "%s; want a cell size of more than 0 and at most 10000 m",
			value)
	case key == keyCols:
		g.NX = int(x)
	case key == keyRows:
		g.NY = int(x)
	case key&keyX != 0:
		g.Origin.X = x
	case key&keyY != 0:
		g.Origin.Y = x
	default:
		g.Cell = x
	}
	head.has |= key
	return key
}

// nextWord returns the next word of a line from an offset on, and where it starts.
func nextWord(line []byte, from int) ([]byte, int) {
	for from < len(line) && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	end := from
	for end < len(line) && line[end] != ' ' && line[end] != '\t' {
		end++
	}
	return line[from:end], from
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func equalFold(word []byte, name string) bool {
	if len(word) != len(name) {
		return false
	}
	for i, c := range word {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != name[i] {
			return false
		}
	}
	return true
}

// flip turns a grid upside down: in files the northern row comes first, in memory the southern.
func flip[T any](values []T, nx int) {
	for i, j := 0, len(values)-nx; i < j; i, j = i+nx, j-nx {
		for k := range nx {
			values[i+k], values[j+k] = values[j+k], values[i+k]
		}
	}
}

// elevation reads metres as whole millimetres, rounded half away from zero, in integers where it can.
func elevation(word []byte) (int32, sim.Text) {
	mm, ok := decimalMillis(word)
	if !ok {
		x, err := strconv.ParseFloat(string(word), 64)
		if err != nil || !(math.Abs(x) < 1e6) {
			return 0, sim.Text{ZH: "以米为单位的高程", EN: "an elevation in metres"}
		}
		mm = int64(math.Round(x * 1000))
	}
	if mm < minElevation || mm > maxElevation {
		return 0, sim.Say("%d 至 %d m 的高程", "an elevation from %d to %d m", minElevation/1000, maxElevation/1000)
	}
	return int32(mm), sim.Text{}
}

// decimalMillis reads a plain decimal number in thousandths; false where it is written otherwise.
func decimalMillis(word []byte) (int64, bool) {
	i, negative := 0, false
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		negative = word[0] == '-'
		i++
	}
	if i == len(word) || len(word) > 30 {
		return 0, false
	}
	v, places, digits := int64(0), -1, 0
	for ; i < len(word); i++ {
		c := word[i]
		switch {
		case c == '.' && places < 0:
			places = 0
			continue
		case c < '0' || c > '9':
			return 0, false
		}
		digits++
		switch {
		case places < 0 && v > 1e9:
			return 0, false
		case places < 3:
			v = v*10 + int64(c-'0')
		case places == 3 && c >= '5':
			v++
		}
		if places >= 0 {
			places++
		}
	}
	for p := max(places, 0); p < 3; p++ {
		v *= 10
	}
	if negative {
		v = -v
	}
	return v, digits > 0
}

// coverClass reads a class of land cover.
func coverClass(word []byte) (uint8, sim.Text) {
	v, err := strconv.ParseUint(string(word), 10, 8)
	if err != nil || v >= uint64(scenario.CoverCount) {
		return 0, sim.Say("土地覆被类别 0 至 %d（%s…）", "a class of land cover, 0 to %d (%s, …)", scenario.CoverCount-1,
			scenario.CoverNames[0])
	}
	return uint8(v), sim.Text{}
}

// terrain reads the grids that the place names. It says whether all was well.
func (d *decoder) terrain(place *scenario.Place, root *node) (sim.Terrain, bool) {
	var t sim.Terrain
	n := d.nodeAt(root, "place.terrain")
	if place.Terrain == "" || n.reported {
		return t, false
	}
	b := d.open(place.Terrain, n, ".asc")
	if b == nil {
		return t, false
	}
	var ok bool
	if t.Grid, t.Bed, ok = readGrid(b, elevation); !ok {
		return t, false
	}
	t.Cover = make([]uint8, t.Grid.Len())
	if place.Cover == "" {
		return t, true
	}
	b = d.open(place.Cover, d.nodeAt(root, "place.cover"), ".asc")
	if b == nil {
		return t, true
	}
	grid, cover, ok := readGrid(b, coverClass)
	switch {
	case !ok:
	case grid != t.Grid:
		b.fileFault("网格为 %s；应与地形网格相同，即 %s", "a grid of %s; want that of the terrain, %s", gridText(grid),
			gridText(t.Grid))
	default:
		t.Cover = cover
	}
	return t, true
}

func gridText(g geo.Grid) sim.Text {
	return sim.Say("%d x %d 格、格宽 %g m、起点 [%g, %g]", "%d x %d cells of %g m from [%g, %g]", g.NX, g.NY, g.Cell,
		g.Origin.X, g.Origin.Y)
}
