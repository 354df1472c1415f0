package evaluation

import (
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"

	"sandtable/sim"
)

// The parts of the report: what is read first, the annexes, and two sections of its own each.
//
//go:embed report.html.tmpl report_annex.html.tmpl report_controls.html.tmpl report_harm.html.tmpl
var reportFiles embed.FS

// reportStyle is how it looks on the screen and on paper.
//
//go:embed report.css
var reportStyle string

// Figure is a picture of the report.
type Figure struct {
	Title sim.Text
	JPEG  []byte
}

// Facts identify the run on its report.
type Facts struct {
	Seed    string
	Digest  string
	Engine  string
	Parent  string  // of a branch: what it was branched from, and how the director took part
	Wall    string  // how long the computation took; empty when it is not known
	Ledger  float64 // relative error of the hazard's balance
	Partial bool    // the run was not played to its end
	Stopped string  // why it could not be, because a hazard failed; empty otherwise
}

// page is what the template sees.
type page struct {
	In       *Input
	Rep      *Report
	Facts    Facts
	Lang     sim.Lang
	Title    string
	Style    template.CSS
	Figures  []figure
	Chart    template.HTML
	Timeline []Entry
	Zones    []ZoneMeasures
	Works    works
	Rest     Measures // of everybody who is in no zone
	Foretold *foretoldTable
	Locks    []gridlockRow
	Bands    []bandRow

	Levels     []LevelLag
	Thresholds []ThresholdLag
	Consulted  []Consultation
	Sent       []SentItem
	Deployed   []deploymentSum
	Controls   []ControlMeasure
	Reports    []UpwardReport // that left the county
	Within     []UpwardReport // between its posts
	Pages      []ZonePage
}

type figure struct {
	Title string
	Data  template.URL
}

// WriteHTML writes the after-action report: one file that needs nothing else, readable on screen and on paper.
func WriteHTML(w io.Writer, in *Input, rep *Report, facts Facts, figures []Figure, lang sim.Lang) error {
	p := page{In: in, Rep: rep, Facts: facts, Lang: lang, Title: in.Scenario.Drill.Title.In(lang),
		Style:    template.CSS(reportStyle),
		Chart:    rep.curves.svg(in.Scenario.Drill.Start, rep.Total.AtRisk, lang),
		Timeline: Timeline(in, lang)}
	for _, z := range rep.Zones {
		if z.Persons > 0 {
			p.Zones = append(p.Zones, z)
		}
	}
	p.Rest, p.Works = outside(rep), worksOf(in)
	p.Pages = pagesOf(in, rep)
	p.Bands = p.bands()
	p.Levels, p.Thresholds, p.Sent = levelLags(in), thresholdLags(in), sentItems(in)
	p.Consulted = consultations(in)
	p.Deployed, p.Controls = deploymentSums(p.Sent), rep.Controls
	p.Reports, p.Within = upwardReports(in)
	p.Foretold, p.Locks = foretellings(in, lang), gridlockRows(in, lang)
	for _, f := range figures {
		p.Figures = append(p.Figures, figure{f.Title.In(lang),
			template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(f.JPEG))})
	}
	tmpl, err := template.New("report.html.tmpl").Funcs(p.funcs()).ParseFS(reportFiles, "*.tmpl")
	if err != nil {
		return fmt.Errorf("evaluation: report template: %w", err)
	}
	if err := tmpl.Execute(w, p); err != nil {
		return fmt.Errorf("evaluation: writing the report: %w", err)
	}
	return nil
}

// funcs are the words of the template.
func (p *page) funcs() template.FuncMap {
	words := template.FuncMap{
		"t":           func(zh, en string) string { return sim.Text{ZH: zh, EN: en}.In(p.Lang) },
		"amounts":     amounts,
		"expected":    expected,
		"text":        func(t sim.Text) string { return t.In(p.Lang) },
		"number":      func(k int) string { return questionNumber(k, p.Lang) },
		"responsible": func(z sim.ZoneID) sim.Text { return p.responsible(z) },
		"name":        func(z sim.ZoneID) string { return p.In.Names.Title(sim.RefTo(sim.KindZone, z), p.Lang) },
		"roadRemarks": func() []sim.Text { return p.In.Scenario.RoadRemarks() },
		"remarks":     p.remarks,
		"level":       func(level int) string { return LevelName(level, p.Lang) },
		"asks":        func(o sim.OrderID) string { return sim.Orders[o].Title.In(p.Lang) },
		"ref":         func(r sim.Ref) string { return p.In.Names.Title(r, p.Lang) },
		"share":       p.share,
		"relief":      relief,
		"allNeeds":    allNeeds,
		"decidedBy":   decidedBy,
		"zone":        func(z ZoneMeasures) string { return p.In.Names.Title(sim.RefTo(sim.KindZone, z.Zone), p.Lang) },
		"cause":       func(name string) string { return causeText(name).In(p.Lang) },
		"shelter":     func(s sim.ShelterID) string { return p.In.Names.Title(sim.RefTo(sim.KindShelter, s), p.Lang) },
		"used":        inUse,
		"shelters":    func(z ZoneMeasures) string { return p.shelters(z.Zone) },
		"post": func(z ZoneMeasures) string {
			return p.In.Names.Title(sim.RefTo(sim.KindPost, p.In.Sites.Zone[z.Zone].Post), p.Lang)
		},
		"grades":   p.grades,
		"graded":   p.graded,
		"gradeKey": p.gradeKey,
		"lost":     lostText,
	}
	maps.Copy(words, p.times())
	return words
}

// times are the words of the template for instants and spans.
func (p *page) times() template.FuncMap {
	start := p.In.Scenario.Drill.Start
	return template.FuncMap{
		"clock":   func(at sim.Time) string { return start.Clock(at) },
		"since":   func(s float64) string { return sinceStart(s, start) },
		"at":      func(at sim.Time) string { return sinceStart(seconds(at), start) },
		"till":    func(at sim.Time) string { return tillText(start, at) },
		"span":    func(s float64) string { return spanText(s, p.Lang) },
		"shift":   func(a WorksArrival) string { return a.shiftText(p.Lang) },
		"between": func(a, b sim.Time) string { return betweenText(a, b, p.Lang) },
		"latest":  func(d Departure) string { return d.latestText(start, p.Lang) },
		"spare":   func(d Departure) string { return d.marginText(p.Lang) },
		"bound":   func(d Departure) string { return d.boundText(p.Lang) },
		"overdue": func(x SentItem) bool { return x.Held.Empty() && (x.Acked < 0 || x.Acked > x.Due) },
		"late":    func(a, b float64) bool { return a >= 0 && b >= 0 && b < a },
		"margin":  func(a, b float64) string { return marginText(a, b, p.Lang) },
		"lag": func(a, b float64) string {
			if a < 0 || b < 0 {
				return "–"
			}
			return spanText(b-a, p.Lang)
		},
	}
}

// remarks are what the hazards say of how they were computed.
func (p *page) remarks() []sim.Text {
	var list []sim.Text
	for i := range p.In.Scenario.Hazards {
		if r, ok := p.In.Scenario.Hazards[i].Spec.(sim.Remarker); ok {
			list = append(list, r.Remarks()...)
		}
	}
	return list
}

// share writes a part of so many in brackets; nothing of nobody.
func (p *page) share(n, of int) string {
	if of == 0 {
		return ""
	}
	return sim.Say("（%s）", " (%s)", fmt.Sprintf("%.0f%%", 100*float64(n)/float64(of))).In(p.Lang)
}

// relief writes the share of those who had basic living relief within ten hours.
func relief(m Measures) string {
	share, _ := m.Value("relief_10h_share")
	return fmt.Sprintf("%.1f%%", 100*share)
}

// lostText writes the share of their value that buildings lost.
func lostText(l Losses) string {
	if l.ValueLost < 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%%", 100*l.ValueLost)
}

// outside returns the counts of the second table for everybody who is in no zone: what the zones leave of the total.
func outside(rep *Report) Measures {
	m := rep.Total
	m.Band = nil
	for _, z := range rep.Zones {
		m.Persons -= z.Persons
		m.AtRisk -= z.AtRisk
		m.Warned -= z.Warned
		m.MovedBeforeWater -= z.MovedBeforeWater
		m.MovedBy.Coach -= z.MovedBy.Coach
		m.MovedBy.Car -= z.MovedBy.Car
		m.MovedBy.Bike -= z.MovedBy.Bike
		m.MovedBy.Foot -= z.MovedBy.Foot
		m.MovedBy.Other -= z.MovedBy.Other
		m.NeverMoved -= z.NeverMoved
		m.Caught -= z.Caught
		m.Dead -= z.Dead
		m.Losses = m.Losses.minus(&z.Losses)
	}
	return m
}

// marginText writes how long before the water an order was given; an order that came after the water is the finding
// that matters most, and is written as such.
func marginText(order, water float64, lang sim.Lang) string {
	switch {
	case order < 0 || water < 0:
		return "–"
	case water < order:
		return sim.Say("晚于进水 %s", "%s after it", spanText(order-water, lang)).In(lang)
	}
	return spanText(water-order, lang)
}

// tillText writes the end of a run: with its date when that is not the date of the start.
func tillText(start sim.CivilTime, at sim.Time) string {
	end := start.Add(at).String()
	if day := start.String()[:10]; end[:10] == day {
		return end[11:]
	}
	return end
}

// questionNumber numbers the five questions, from 0.
func questionNumber(k int, lang sim.Lang) string {
	zh := []string{"一、", "二、", "三、", "四、", "五、"}
	return sim.Text{ZH: zh[k], EN: fmt.Sprintf("%d.", k+1)}.In(lang)
}

// responsible names the post of a zone; nothing for a zone without one.
func (p *page) responsible(zone sim.ZoneID) sim.Text {
	if post := p.In.Sites.Zone[zone].Post; post >= 0 {
		return p.In.Names.TitleOf(sim.RefTo(sim.KindPost, post))
	}
	return sim.Text{}
}

func (p *page) shelters(zone sim.ZoneID) string {
	text := ""
	for i, s := range p.In.Sites.Zone[zone].Shelters {
		if i > 0 {
			text += sim.Text{ZH: "、", EN: ", "}.In(p.Lang)
		}
		text += p.In.Names.Title(sim.RefTo(sim.KindShelter, s), p.Lang)
	}
	return text
}

// sinceStart writes seconds since the start as the time of day.
func sinceStart(s float64, start sim.CivilTime) string {
	if s < 0 {
		return "–"
	}
	return start.Clock(sim.Time(s * float64(sim.Second)))
}

// spanText writes a span of seconds as 1 h 05 min, whole hours as 2 h.
func spanText(s float64, lang sim.Lang) string {
	if s < 0 {
		return "–"
	}
	m := int(s+30) / 60
	if m < 60 {
		return fmt.Sprintf(sim.Text{ZH: "%d 分", EN: "%d min"}.In(lang), m)
	}
	if m%60 == 0 {
		return fmt.Sprintf(sim.Text{ZH: "%d 小时", EN: "%d h"}.In(lang), m/60)
	}
	return fmt.Sprintf(sim.Text{ZH: "%d 小时 %02d 分", EN: "%d h %02d min"}.In(lang), m/60, m%60)
}

// causeText names a cause of death.
func causeText(name string) sim.Text {
	for _, c := range []struct {
		cause sim.Cause
		text  sim.Text
	}{
		{sim.CauseSweptFoot, sim.Text{ZH: "徒步被冲走", EN: "swept away on foot"}},
		{sim.CauseVehicle, sim.Text{ZH: "车辆被淹或冲走", EN: "in a vehicle"}},
		{sim.CauseBuilding, sim.Text{ZH: "房屋倒塌", EN: "building gave way"}},
		{sim.CauseSubmerged, sim.Text{ZH: "室内被淹", EN: "drowned indoors"}},
		{sim.CauseExposure, sim.Text{ZH: "失温力竭", EN: "cold and exhaustion"}},
	} {
		if c.cause.String() == name {
			return c.text
		}
	}
	return sim.Said(name)
}

// decidedBy says by what model the deaths of a cause are decided.
func decidedBy(name string) sim.Text {
	if name == sim.CauseExposure.String() {
		return sim.Text{ZH: "在水中的时间（已公布的时间表，换算为假定）；不属 LifeSim",
			EN: "time in the water (published times, applied as assumed); not of LifeSim"}
	}
	return sim.Text{ZH: "LifeSim 死亡率曲线，逐人", EN: "fatality curves of LifeSim, person by person"}
}
