package flood

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// works checks the structures on the grid.
func (k *checker) works(c *Config, t *sim.Terrain) {
	for i := range c.Dykes {
		k.dyke(fmt.Sprintf("dyke[%d].", i), &c.Dykes[i], t)
	}
	for i := range c.Barriers {
		k.barrier(fmt.Sprintf("barrier[%d].", i), &c.Barriers[i])
	}
	for i := range c.Sluices {
		k.sluice(fmt.Sprintf("sluice[%d].", i), &c.Sluices[i], c)
	}
	for i := range c.Bridges {
		k.bridge(fmt.Sprintf("bridge[%d].", i), &c.Bridges[i])
	}
	for i := range c.Culverts {
		k.culvert(fmt.Sprintf("culvert[%d].", i), &c.Culverts[i])
	}
	for i := range c.Pumps {
		k.pump(fmt.Sprintf("pump[%d].", i), &c.Pumps[i])
	}
	for i := range c.Drains {
		k.drain(fmt.Sprintf("drain[%d].", i), &c.Drains[i])
	}
	k.crossings(c)
}

// line checks a line on the map along which a structure stands, and returns its faces.
func (k *checker) line(path string, pts [][2]float64) []stair {
	if len(pts) < 2 {
		k.add(path, "%d 个点；线至少两个点", "%d points; want a line of at least two", len(pts))
		return nil
	}
	k.points(path, pts)
	faces := staircase(k.grid, line(pts))
	if len(faces) == 0 && k.covers(pts) {
		k.add(path, "线短于一格或全在图边上；至少应有一格长",
			"no side of a cell lies along it; want a line at least a cell long, inside the map")
	}
	return faces
}

// ground returns the higher ground beside a face [m].
func (k *checker) ground(t *sim.Terrain, s *stair) float64 {
	bi, bj := s.before()
	return float64(max(t.Bed[k.grid.Index(s.i, s.j)], t.Bed[k.grid.Index(bi, bj)])) / 1000
}

// name wants a name by which orders and reports can speak of a structure.
func (k *checker) name(path, name string) {
	if name == "" {
		k.add(path+"name", "没有名称；应有名称", "no name; want one")
	}
}

func (k *checker) dyke(path string, d *Dyke, t *sim.Terrain) {
	k.name(path, d.Name)
	faces := k.line(path+"line", d.Line)
	switch n := len(d.Crest); {
	case n == 0 && d.Height <= 0:
		k.add(path+"crest", "没有堤顶高程；应有 crest 或 height", "no crest; want crest or height")
	case n > 0 && d.Height > 0:
		k.add(path+"height", "同时写了 crest 和 height；只能写其一", "both crest and height; want one of them")
	case n > 1 && n != len(d.Line):
		k.add(path+"crest", "%d 个堤顶高程对应 %d 个点；应为一个，或每点一个",
			"%d crests for a line of %d points; want one, or one per point", n, len(d.Line))
	case n > 0 && len(faces) > 0:
		above := slices.ContainsFunc(faces, func(s stair) bool {
			return valueAlong(line(d.Line), d.Crest, (s.from+s.to)/2) > k.ground(t, &s)
		})
		if !above {
			k.add(path+"crest", "堤顶处处不高于地面；应为高程（米，基准面以上）",
				"nowhere above the ground; want a level above the datum")
		}
	}
	for i := range d.Breaches {
		k.dykeBreach(fmt.Sprintf("%sbreach[%d].", path, i), &d.Breaches[i], d)
		if d.Height > 0 && len(faces) > 0 {
			top := math.Inf(-1)
			for f := range faces {
				top = max(top, k.ground(t, &faces[f])+d.Height)
			}
			if b := d.Breaches[i].Bottom; b >= top {
				k.add(fmt.Sprintf("%sbreach[%d].bottom", path, i), "%g 米；应低于堤顶，堤顶最高处为 %g 米",
					"%g m; want a level below the dyke's crest, which is nowhere above %g m", b, top)
			}
		}
	}
}

func (k *checker) dykeBreach(path string, b *DykeBreach, d *Dyke) {
	k.name(path, b.Name)
	k.spot(path+"place", b.Place)
	if len(d.Line) < 2 {
		return
	}
	along, away := nearestOn(line(d.Line), point(b.Place))
	if away > float64(2*k.grid.Cell) {
		k.add(path+"place", "距堤线 %.0f 米；应在堤上（两格以内）", "%.0f m from the dyke; want a place on it, within two cells", away)
	}
	if n := len(d.Crest); n == 1 || n == len(d.Line) && n > 0 {
		if crest := valueAlong(line(d.Line), d.Crest, along); b.Bottom >= crest {
			k.add(path+"bottom", "%g 米；应低于堤顶 %g 米", "%g m; want a level below the crest there, %g m", b.Bottom, crest)
		}
	}
	if b.Trigger == TriggerLevel && b.Level <= b.Bottom {
		k.add(path+"level", "%g 米；应高于溃口底 %g 米", "%g m; want a level above the gap's bottom, %g m", b.Level, b.Bottom)
	}
	k.polygon(path+"water", b.Water)
	if len(b.Water) > 2 {
		k.holds(path+"water", b.Water)
	}
	switch {
	case b.Width == 0 && len(b.Water) == 0:
		k.add(path+"width", "没有口门宽度，也没有计算水量的范围；应有 width，或按 Froehlich 估算所需的 water",
			"neither a width nor the water behind it; want width, or water for Froehlich 2008")
	case b.Width > 0 && len(b.Water) > 0:
		k.add(path+"water", "同时写了 width 和 water；只能写其一", "both width and water; want one of them")
	}
}

func (k *checker) barrier(path string, b *Barrier) {
	k.name(path, b.Name)
	k.line(path+"line", b.Line)
	if !(b.Start >= 0 && b.Start <= b.Height) || !onStep(b.Start) {
		k.add(path+"start", "%g 米；应为 0 至 %g 米，以 0.1 米为级", "%g m; want 0 to %g m in steps of 0.1 m", b.Start, b.Height)
	}
	if !onStep(b.Height) {
		k.add(path+"height", "%g 米；应以 0.1 米为级", "%g m; want a height in steps of 0.1 m", b.Height)
	}
}

func (k *checker) sluice(path string, s *Sluice, c *Config) {
	k.name(path, s.Name)
	if v := s.Opening; !(v >= 0 && v <= 100) || v != 5*math.Floor(v/5) {
		k.add(path+"opening", "%g%%；应为 0 至 100%%，以 5%% 为级", "%g %%; want 0 to 100 %% in steps of 5", v)
	}
	if s.Dyke == "" && len(s.Line) == 0 {
		k.add(path+"line", "没有位置；应有 line 和 crest，或 dyke 和 place", "no place; want line and crest, or dyke and place")
		return
	}
	if s.Dyke == "" {
		k.line(path+"line", s.Line)
		if length := line(s.Line).Length(); len(s.Line) > 1 && s.Width > length {
			k.add(path+"width", "%g 米；线长只有 %.0f 米", "%g m; its line is %.0f m long", s.Width, length)
		}
		if !(s.Crest >= s.Sill) {
			k.add(path+"crest", "%g 米；应不低于闸底 %g 米", "%g m; want a level not below the sill, %g m", s.Crest, s.Sill)
		}
		return
	}
	at := slices.IndexFunc(c.Dykes, func(d Dyke) bool { return d.Name == s.Dyke })
	switch {
	case len(s.Line) > 0:
		k.add(path+"line", "同时写了 line 和 dyke；只能写其一", "both line and dyke; want one of them")
	case at < 0:
		var all []string
		for i := range c.Dykes {
			all = append(all, c.Dykes[i].Name)
		}
		k.add(path+"dyke", "本灾害没有名为 %q 的堤防；%s", "there is no dyke %q in this hazard; %s", s.Dyke,
			wantNamed("dyke", s.Dyke, all))
	case len(s.Place) != 1:
		k.add(path+"place", "%d 个点；应为堤上的一个点", "%d points; want one, on the dyke", len(s.Place))
	default:
		k.points(path+"place", s.Place)
		if _, away := nearestOn(line(c.Dykes[at].Line), point(s.Place[0])); away > float64(2*k.grid.Cell) {
			k.add(path+"place", "距堤线 %.0f 米；应在堤上（两格以内）", "%.0f m from the dyke; want a place on it, within two cells", away)
		}
	}
}

func (k *checker) bridge(path string, b *Bridge) {
	k.name(path, b.Name)
	k.line(path+"line", b.Line)
	if b.Deck < b.Soffit {
		k.add(path+"deck", "%g 米；应不低于梁底 %g 米", "%g m; want a level not below the soffit, %g m", b.Deck, b.Soffit)
	}
}

func (k *checker) culvert(path string, c *Culvert) {
	k.name(path, c.Name)
	k.points(path+"ends", c.Ends)
	if len(c.Ends) != 2 {
		k.add(path+"ends", "%d 个端点；涵管应有两端", "%d ends; want two", len(c.Ends))
	} else {
		a, ok := k.grid.CellAt(scenario.Point(c.Ends[0]))
		if b, also := k.grid.CellAt(scenario.Point(c.Ends[1])); ok && also && a == b {
			k.add(path+"ends", "两端在同一格内；应在不同的格", "both ends lie in one cell; want two cells")
		}
	}
	if n := len(c.Inverts); n != 0 && n != 2 {
		k.add(path+"inverts", "%d 个管底高程；应每端一个", "%d inverts; want one for each end", n)
	}
}

func (k *checker) pump(path string, p *Pump) {
	k.name(path, p.Name)
	k.spot(path+"place", p.Place)
	k.points(path+"outfall", p.Outfall)
	if p.Start != nil && p.Stop != nil && *p.Stop >= *p.Start {
		k.add(path+"stop", "%g 米；应低于启动水位 %g 米",
			"%g m; want a level below the one at which it starts, %g m", *p.Stop, *p.Start)
	}
}

func (k *checker) drain(path string, d *Drain) {
	k.name(path, d.Name)
	k.points(path+"outfall", d.Outfall)
	if len(d.Polygon) < 3 {
		k.add(path+"polygon", "%d 个顶点；至少三个", "%d corners; want at least three", len(d.Polygon))
		return
	}
	k.holds(path+"polygon", d.Polygon)
}

// holds wants a polygon in which there are cells of the map.
func (k *checker) holds(path string, polygon [][2]float64) {
	cells := 0
	inside(k.grid, polygon, func(int) { cells++ })
	switch {
	case cells > 0:
	case k.covers(polygon):
		k.add(path, "其中没有一格的中心；应为图内更大的范围", "no cell has its centre in it; want a larger area, on the map")
	default:
		k.points(path, polygon)
	}
}

// wantNamed asks for one of the tables of a kind by its name, or for the first one where there is none.
func wantNamed(key, name string, all []string) sim.Text {
	if len(all) == 0 {
		return sim.Say("应有名为 %[2]q 的 [[hazard.%[1]s]]", "want a [[hazard.%[1]s]] called %[2]q", key, name)
	}
	return scenario.WantOneOf(name, all)
}

// covers says whether points lie on the map; of others that has been said.
func (k *checker) covers(pts [][2]float64) bool {
	return !slices.ContainsFunc(pts, func(p [2]float64) bool {
		_, ok := k.grid.CellAt(point(p))
		return !ok
	})
}

// crossings reports structures that stand on the same side of a cell: each needs faces of its own.
func (k *checker) crossings(c *Config) {
	type owner struct{ path, name string }
	taken := map[stair]owner{}
	look := func(path, name string, pts [][2]float64) {
		if len(pts) < 2 {
			return
		}
		for _, s := range staircase(k.grid, line(pts)) {
			face := stair{i: s.i, j: s.j, south: s.south}
			if other, ok := taken[face]; ok && other.path != path {
				k.add(path, "与 %q 在格边上重合；各工程至少相距一格，堤上的闸写 dyke 和 place",
					"stands on the same sides of cells as %q; want lines a cell apart, and a gate in a dyke with dyke and place",
					other.name)
				return
			}
			taken[face] = owner{path, name}
		}
	}
	for i := range c.Dykes {
		look(fmt.Sprintf("dyke[%d].line", i), c.Dykes[i].Name, c.Dykes[i].Line)
	}
	for i := range c.Barriers {
		look(fmt.Sprintf("barrier[%d].line", i), c.Barriers[i].Name, c.Barriers[i].Line)
	}
	for i := range c.Sluices {
		look(fmt.Sprintf("sluice[%d].line", i), c.Sluices[i].Name, c.Sluices[i].Line)
	}
	for i := range c.Bridges {
		look(fmt.Sprintf("bridge[%d].line", i), c.Bridges[i].Name, c.Bridges[i].Line)
	}
}

// namedPath is a name with its place in the configuration.
type namedPath struct{ path, name string }

// named lists the names of the structures on the grid.
func (c *Config) named() []namedPath {
	var list []namedPath
	add := func(name, path string, at ...any) { list = append(list, namedPath{fmt.Sprintf(path, at...), name}) }
	for i := range c.Dykes {
		add(c.Dykes[i].Name, "dyke[%d].name", i)
		for k := range c.Dykes[i].Breaches {
			add(c.Dykes[i].Breaches[k].Name, "dyke[%d].breach[%d].name", i, k)
		}
	}
	for i := range c.Barriers {
		add(c.Barriers[i].Name, "barrier[%d].name", i)
	}
	for i := range c.Sluices {
		add(c.Sluices[i].Name, "sluice[%d].name", i)
	}
	for i := range c.Bridges {
		add(c.Bridges[i].Name, "bridge[%d].name", i)
	}
	for i := range c.Culverts {
		add(c.Culverts[i].Name, "culvert[%d].name", i)
	}
	for i := range c.Pumps {
		add(c.Pumps[i].Name, "pump[%d].name", i)
	}
	for i := range c.Drains {
		add(c.Drains[i].Name, "drain[%d].name", i)
	}
	return list
}
