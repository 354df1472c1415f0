package importer

import (
	"fmt"
	"math"
	"strings"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

// Report says what an import found, dropped and assumed.
type Report struct {
	Found, Dropped, Assumed []sim.Text

	// Counts while the work goes on.
	noBounds, nobodyLow, noDepot, noBrigade, noOutlet bool
	brokenAreas, reversed, raised, lakes              int
	bridges, tunnels, culverts, offMap, sheds         int
	pointHouses, levelsAssumed, workHere, pupils      int
	special, helped, lowPersons, fields, ashore       int
	widthFrom                                         string
	title                                             sim.Text
}

// newReport begins a report with what was read.
func newReport(d *osmData) *Report {
	r := &Report{}
	r.found("OpenStreetMap：%d 个节点、%d 条线、%d 个多边形关系", "OpenStreetMap: %d nodes, %d ways, %d multipolygons", len(d.nodes),
		len(d.ways), len(d.relations))
	if d.missing > 0 {
		r.dropped("%d 处引用的节点不在文件或范围中，线在该处断开",
			"%d references to nodes that are not in the file or outside the box: lines are cut there", d.missing)
	}
	if d.repeated > 0 {
		r.dropped("%d 处连续重复的节点", "%d nodes repeated one after the other", d.repeated)
	}
	if d.twice > 0 {
		r.dropped("%d 个重复出现的要素（保留第一个）", "%d elements that stand in the file twice (the first one counts)", d.twice)
	}
	return r
}

func (r *Report) found(zh, en string, args ...any) { r.Found = append(r.Found, both(zh, en, args)) }
func (r *Report) dropped(zh, en string, args ...any) {
	r.Dropped = append(r.Dropped, both(zh, en, args))
}
func (r *Report) assumed(zh, en string, args ...any) {
	r.Assumed = append(r.Assumed, both(zh, en, args))
}

func both(zh, en string, args []any) sim.Text {
	return sim.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// survey reports map and relief.
func (r *Report) survey(f *frame, m *mosaic, b Box) {
	g := f.grid
	r.found("地图：%d × %d 格，每格 %g 米（%.1f × %.1f 公里），%s", "map: %d x %d cells of %g m (%.1f x %.1f km), %s", g.NX, g.NY,
		g.Cell,
		float64(g.NX)*g.Cell/1000, float64(g.NY)*g.Cell/1000, f.crs())
	r.found("高程：SRTM %d″，空值 %.2f %%（由边缘内插填补）", "elevation: SRTM %d arc seconds, %.2f %% voids (filled from their rims)",
		m.arcSeconds, 100*float64(m.voids)/float64(m.nx*m.ny))
	if r.noBounds {
		r.assumed("文件没有范围，取全部节点的范围 %v", "the file states no bounds: those of all nodes were taken, %v", b)
	}
	r.assumed("SRTM 是表面模型，含屋顶和树冠，误差 5-10 米：不可用于规划",
		"SRTM is a surface model that sees roofs and trees and errs by 5-10 m: not for planning")
}

// water reports rivers and plain.
func (r *Report) water(m *town) {
	c := m.river
	length := 0.0
	var count [waterClassCount]int
	for i := range m.chains {
		count[m.chains[i].class]++
		length += m.chains[i].length()
	}
	zh, en := c.names.title()
	r.found("水系：河 %d、渠 %d、溪 %d、沟 %d 条，共 %.1f 公里；湖塘 %d 处",
		"waters: %d rivers, %d canals, %d brooks, %d ditches, %.1f km in all; %d lakes and ponds", count[waterRiver],
		count[waterCanal], count[waterStream], count[waterDitch], length/1000, r.lakes)
	r.found("主河道：%s，图内长 %.1f 公里，比降 %.2f ‰", "main river: %s, %.1f km on the map, falls %.2f per mille",
		orWord(zh, "无名"), c.length()/1000, 1000*c.slope())
	r.Found[len(r.Found)-1].EN = strings.Replace(r.Found[len(r.Found)-1].EN, "无名", orWord(en, "without a name"), 1)
	switch r.widthFrom {
	case "assumed":
		r.assumed("主河道宽 %.0f 米（图上没有宽度，按类别取值）", "the main river is %.0f m wide (the map does not say; by its class)", c.width)
	case "drawn":
		r.found("主河道平均宽 %.0f 米（按图上河岸）", "the main river is %.0f m wide in the mean (from its banks on the map)", c.width)
	case "tag":
		r.found("主河道宽 %.0f 米（按标签）", "the main river is %.0f m wide (from its tag)", c.width)
	}
	r.assumed("主河道在网格中挖深 %.2f 米（宽于河道的网格按输水能力折减），沿程单调下降；溪沟按类别挖深",
		"the main river is burnt %.2f m into the grid (reduced to keep its conveyance where cells are wider), "+
			"falling all the way; brooks by class", c.depth)
	if r.raised > 0 {
		r.assumed("河床有 %d 格高于高程数据（填洼以保持下降）", "%d cells of channels were raised above the elevation, so that beds fall",
			r.raised)
	}
	if r.reversed > 0 {
		r.dropped("%d 条水线按上坡方向绘制，已反向", "%d water lines were drawn uphill and have been reversed", r.reversed)
	}
	if r.brokenAreas > 0 {
		r.dropped("%d 个不闭合的多边形关系", "%d multipolygons that do not close", r.brokenAreas)
	}
	if m.p.Peak == 0 {
		r.assumed("洪峰 %.0f 立方米每秒（平滩流量 %.0f 的 %.0f 倍；用 --river-peak 指定）",
			"flood peak %.0f m3/s (bankfull discharge %.0f times %.0f; set it with --river-peak)", c.peak, c.bankfull,
			floodFactor)
	}
	r.assumed("平水流量 %.1f 立方米每秒，初始水深 %.2f 米", "ordinary discharge %.1f m3/s, depth at the start %.2f m", c.base, c.shallow)
	lo, hi := math.Inf(1), 0.0
	for _, z := range m.plain.rise {
		lo, hi = math.Min(lo, z), math.Max(hi, z)
	}
	r.assumed("估算洪水高出河岸 %.1f 到 %.1f 米，用于分区和选址",
		"the flood is estimated to come %.1f to %.1f m above the banks, by which zones and shelters are chosen", lo, hi)
}

// people reports roads, houses and people.
func (r *Report) people(m *town) {
	km := 0.0
	for _, l := range m.roads.length {
		km += l / 1000
	}
	r.found("道路：%.0f 公里，%d 个节点、%d 个路段；桥 %d、隧道 %d、涵洞和临水路段 %d",
		"roads: %.0f km, %d nodes, %d links; %d on bridges, %d in tunnels, %d over culverts and beside water", km,
		len(m.sc.Nodes),
		len(m.sc.Links), r.bridges, r.tunnels, r.culverts)
	if m.roads.dropped.links > 0 {
		r.dropped("%d 个路段（%d 处）与主路网不连通", "%d links in %d parts that do not hang together with the network",
			m.roads.dropped.links, m.roads.dropped.parts)
	}
	outside := 0
	for i, in := range m.roads.core {
		if m.roads.touched[i] && !in {
			outside++
		}
	}
	if outside > 0 {
		r.found("%d 个节点在单行路的图边末端，不作出入口", "%d nodes at ends of one-way roads that leave the map: nobody gets on or off there",
			outside)
	}
	var uses [scenario.BuildingUseCount]int
	for i := range m.sc.Buildings {
		uses[m.sc.Buildings[i].Use]++
	}
	r.found("建筑：住宅 %d、单位 %d、工厂 %d、学校和幼儿园 %d、医院 %d、养老 %d、消防 %d",
		"buildings: %d homes, %d workplaces, %d plants, %d schools and kindergartens, %d hospitals, "+
			"%d nursing homes, %d fire stations",
		uses[scenario.UseHome], uses[scenario.UseWork], uses[scenario.UsePlant], uses[scenario.UseSchool],
		uses[scenario.UseHospital], uses[scenario.UseCare], uses[scenario.UseStation])
	r.found("人口：%d 人、%d 户；特殊群体 %d 人，其中 %d 人有包保责任人",
		"people: %d persons, %d households; %d in special care, %d of them with a helper",
		len(m.sc.Persons), len(m.sc.Households), r.special, r.helped)
	if r.sheds > 0 {
		r.dropped("%d 座棚屋、车库、谷仓等（无人居住）", "%d sheds, garages, barns and the like, in which nobody lives", r.sheds)
	}
	if r.offMap > 0 {
		r.dropped("%d 座图外建筑", "%d buildings off the map", r.offMap)
	}
	if m.p.Persons == 0 {
		r.assumed("每人建筑面积 %.0f 平方米（含墙和楼梯；用 --persons 指定总人口）",
			"%.0f m2 of floor per person, walls and stairs included (set the total with --persons)", personArea)
	}
	if r.ashore > 0 {
		r.assumed("%d 座临水建筑中心落在河道网格内，移至最近的陆地网格",
			"%d buildings beside water whose middle lies in a cell of its channel were moved to the nearest cell of land",
			r.ashore)
	}
	if r.levelsAssumed > 0 {
		r.assumed("%d 座建筑没有层数：住宅 2 层、公寓 4 层、其他 1 层", "%d buildings do not state their storeys: houses 2, flats 4, others 1",
			r.levelsAssumed)
	}
	if r.pointHouses > 0 {
		r.assumed("%d 处机构图上只有点或用地，假定一座建筑",
			"%d institutions that are drawn as a point or as ground only: a building was assumed", r.pointHouses)
	}
	r.assumed("家庭规模、年龄、行动能力、车辆：按统计比例抽取；%d 人在图内上班，%d 个孩子在图内上学",
		"sizes of households, ages, mobility and cars are drawn by statistical shares; "+
			"%d persons work and %d children go to school on the map",
		r.workHere, r.pupils)
}

// command reports zones, shelters and forces.
func (r *Report) command(m *town) {
	r.title = m.placeTitle()
	r.found("转移单元：%d 个，%d 人（估算洪水可及的房屋 %d 人）",
		"zones: %d with %d persons (%d of them in houses that the estimated flood may reach)",
		len(m.zones), m.zoned(), r.lowPersons)
	room, open := int64(0), 0
	for _, s := range m.sc.Shelters {
		room += s.Capacity
	}
	for i := range m.halls {
		if m.halls[i].planned > 0 && m.halls[i].open {
			open++
		}
	}
	r.found("避难场所：%d 处（其中露天 %d 处），容纳 %d 人；医院 %d、驻地 %d、救援力量 %d",
		"shelters: %d (%d in the open) for %d persons; %d hospitals, %d stations, %d units", len(m.sc.Shelters), open, room,
		len(m.sc.Hospitals), len(m.sc.Stations), len(m.sc.Units))
	r.assumed("避难场所建议在估算洪水以上 %.0f 米、转移单元以外；室内每人 %.1f、露天 %.1f 平方米（GB 51143-2015），可用 %.0f %%",
		"shelters are proposed %.0f m above the estimated flood and outside the zones; %.1f m2 per person inside, "+
			"%.1f m2 in the open (GB 51143-2015), %.0f %% usable",
		safeMargin, insideArea, openArea, 100*usableShare)
	notes := []struct {
		yes    bool
		zh, en string
	}{
		{r.fields > 0, "公共建筑容量不足，另提议高处空场",
			"public buildings have not enough room: fields on high ground are proposed as well"},
		{r.nobodyLow, "估算洪水不及任何住宅，取最低的二十分之一作转移单元",
			"the estimated flood reaches no house: the lowest twentieth is taken for zones"},
		{len(m.sc.Hospitals) == 0, "图上没有医院", "the map shows no hospital"},
		{r.noDepot, "图上没有高处的车站，大巴停在指挥部旁", "the map shows no coach depot above the flood: coaches wait at the headquarters"},
		{r.noBrigade, "图上没有消防站，冲锋舟停在指挥部旁", "the map shows no fire station: boats wait at the headquarters"},
	}
	for _, n := range notes {
		if n.yes {
			r.assumed(n.zh, n.en)
		}
	}
	r.assumed("岗位、信道、大巴、冲锋舟、水位站阈值和预案均为假定",
		"posts, channels, coaches, boats, thresholds of gauges and the standing plan are assumed")
}

// flood reports inflow and outlets.
func (r *Report) flood(m *town, cfg *flood.Config) {
	r.assumed("洪水过程线：%d 个时刻，开放边界 %.0f 米", "hydrograph of %d instants; %.0f m of the map's edge are open",
		len(cfg.Inflows[0].Times), openLength(cfg.Boundaries))
	if r.noOutlet {
		r.dropped("主河道没有流出地图，水会积存", "the main river does not leave the map: its water stays on it")
	}
}

// Lines writes the report in a language.
func (r *Report) Lines(lang sim.Lang) string {
	var b strings.Builder
	for _, part := range []struct {
		head sim.Text
		list []sim.Text
	}{
		{sim.Text{ZH: "找到", EN: "Found"}, r.Found}, {sim.Text{ZH: "舍去", EN: "Dropped"}, r.Dropped},
		{sim.Text{ZH: "假定", EN: "Assumed"}, r.Assumed},
	} {
		if len(part.list) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", part.head.In(lang))
		for _, t := range part.list {
			fmt.Fprintf(&b, "- %s\n", t.In(lang))
		}
	}
	return b.String()
}

// README writes the report as the page that lies beside the scenario, in Chinese and English.
func (r *Report) README() string {
	var b strings.Builder
	for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
		if lang == sim.Chinese {
			fmt.Fprintf(&b, "# %s\n\n由真实地图导入的演练。**高程误差大，不可用于规划。**\n\n%s\n\n", r.title.ZH, Attribution)
		} else {
			fmt.Fprintf(&b, "# %s\n\nA drill imported from a real map. **Its elevation is rough: not for planning.**\n\n%s\n\n",
				r.title.EN, Attribution)
		}
		lines := strings.Split(strings.TrimSuffix(r.Lines(lang), "\n"), "\n")
		for i, line := range lines {
			if !strings.HasPrefix(line, "- ") {
				if i > 0 {
					b.WriteString("\n")
				}
				fmt.Fprintf(&b, "## %s\n\n", line)
				continue
			}
			b.WriteString(line + "\n")
		}
		if lang == sim.Chinese {
			b.WriteString("\n")
		}
	}
	return b.String()
}
