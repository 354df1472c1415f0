package atlas

import (
	"fmt"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Facts are where maps come from.
type Facts struct {
	Place    *scenario.Place
	Title    sim.Text // of the drill
	Scenario string
	Run      string // its directory; empty for a run that was not recorded
	Seed     string
	Engine   string   // edition of the program's results
	Models   []string // of the hazards: name and edition
	Start    sim.CivilTime
	Until    sim.Time
	Stopped  sim.Text // why the run ended before its time; empty otherwise
}

// FactsOf returns what a scenario tells of its maps.
func FactsOf(sc *scenario.Scenario) Facts {
	f := Facts{Place: &sc.Place, Title: sc.Drill.Title, Scenario: sc.Drill.Name, Start: sc.Drill.Start}
	for i := range sc.Hazards {
		f.Models = append(f.Models, sc.Hazards[i].Name+" ("+sc.Hazards[i].Spec.Version()+")")
	}
	return f
}

// source is what a file of polygons says of where it comes from.
type source struct {
	Drill          sim.Text `json:"drill"`
	Scenario       string   `json:"scenario"`
	Run            string   `json:"run,omitempty"`
	Seed           string   `json:"seed"`
	Engine         string   `json:"engine"`
	Models         []string `json:"models"`
	Start          string   `json:"start"`
	UntilS         float64  `json:"until_s"`
	Stopped        sim.Text `json:"stopped,omitzero"`
	Elevation      sim.Text `json:"elevation"`
	ElevationError float64  `json:"elevation_error_m"`
	Planning       bool     `json:"for_planning"`
	Attribution    string   `json:"attribution,omitempty"`
}

func (f *Facts) source() source {
	return source{f.Title, f.Scenario, f.Run, f.Seed, f.Engine, f.Models, f.Start.String(), f.Until.Seconds(), f.Stopped,
		f.Place.ElevationSource, f.Place.ElevationError, f.Place.Planning, f.Place.Attribution}
}

// about is what the maps are of, line by line: a name, and what there is to say.
func (f *Facts) about(p *Place, threshold int32) [][2]sim.Text {
	text := func(zh, en string) sim.Text { return sim.Text{ZH: zh, EN: en} }
	rows := [][2]sim.Text{
		{text("演练", "drill"), sim.Say("%s（%s）", "%s (%s)", f.Title, f.Scenario)},
		{text("种子", "seed"), sim.Said(f.Seed)},
		{text("模型", "model"), sim.Say("%s；程序版本 %s", "%s; edition of the program %s", strings.Join(f.Models, ", "), f.Engine)},
		{text("时间", "time"), sim.Say("%s 起，至 %s", "from %s to %s", f.Start, f.Start.Add(f.Until))},
		{text("到达水深", "reached at"), sim.Say("水深超过 %s 米", "a depth of more than %s m", fmt.Sprint(float64(threshold)/1000))},
		{text("坐标", "coordinates"), p.note()},
		{text("高程", "elevation"), sim.Say("%s，误差（标准差）%g 米", "%s, error (standard deviation) %g m",
			f.Place.ElevationSource, f.Place.ElevationError)},
	}
	if f.Run != "" {
		rows = append(rows, [2]sim.Text{text("推演", "run"), sim.Said(f.Run)})
	}
	if f.Place.Attribution != "" {
		rows = append(rows, [2]sim.Text{text("数据来源", "attribution"), sim.Said(f.Place.Attribution)})
	}
	if !f.Stopped.Empty() {
		rows = append(rows, [2]sim.Text{text("提前中止", "stopped early"), f.Stopped})
	}
	return rows
}

// note says what the coordinates of the polygons are.
func (p *Place) note() sim.Text {
	switch {
	case p.Geographic():
		return sim.Say("栅格为 EPSG:%d（米），GeoJSON 为 WGS 84 经纬度", "rasters in EPSG:%d [m], GeoJSON in longitude and latitude of "+
			"WGS 84", p.EPSG)
	case p.EPSG != 0:
		return sim.Say("EPSG:%d（米），GeoJSON 也是：打开时须指定此坐标系",
			"EPSG:%d [m], in GeoJSON too: name this projection when you open it", p.EPSG)
	}
	return sim.Text{ZH: "情景自身的平面坐标（米），与地球上的位置无关：GeoJSON 中的数不是经纬度",
		EN: "plane coordinates of the scenario [m], which are no place on the Earth: the numbers in GeoJSON are not " +
			"longitude and latitude"}
}

// titles are the maps' names and what their values mean.
var titles = map[sim.Quantity]struct{ title, means sim.Text }{
	sim.QArrival: {sim.Text{ZH: "水到时间", EN: "arrival of the water"}, sim.Text{
		ZH: "水深首次超过上述到达水深的时刻，自开始起的秒数；0 为开始时已有水；未超过处无值",
		EN: "first instant at which the depth passed the one above, in seconds since the start; 0 is wet at the start; " +
			"no value where it never did"}},
	sim.QDepthMax: {sim.Text{ZH: "最大水深", EN: "greatest depth"}, sim.Text{
		ZH: "地面以上的最大水深（米）", EN: "greatest depth above the ground [m]"}},
	sim.QDepthMaxTime: {sim.Text{ZH: "最大水深时刻", EN: "instant of the greatest depth"}, sim.Text{
		ZH: "首次达到最大水深的时刻，自开始起的秒数",
		EN: "instant at which the greatest depth was first there, in seconds since the start"}},
	sim.QSpeedMax: {sim.Text{ZH: "最大流速", EN: "greatest speed"}, sim.Text{
		ZH: "垂线平均流速的最大值（米/秒）", EN: "greatest depth-averaged speed [m/s]"}},
	sim.QDepthSpeedMax: {sim.Text{ZH: "最大水深流速积", EN: "greatest depth x speed"}, sim.Text{
		ZH: "同一时刻水深与流速之积的最大值（平方米/秒），不是两个最大值之积",
		EN: "greatest product of depth and speed at one instant [m2/s], not the product of the two greatest values"}},
	sim.QDuration: {sim.Text{ZH: "淹没历时", EN: "duration"}, sim.Text{
		ZH: "水深超过到达水深的总时间（秒），结束时仍有水的算到结束",
		EN: "time with more than the depth of arrival, in all [s]; where water stands at the end, until the end"}},
	sim.QDangerMax: {sim.Text{ZH: "最高危险等级", EN: "worst class of danger"}, sim.Text{
		ZH: "H1 至 H6，写作 1 至 6：各时刻按水深、流速及其积定级，取最高",
		EN: "H1 to H6 as 1 to 6: the class of depth, speed and their product at each instant, the worst of all"}},
}
