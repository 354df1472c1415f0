package storm

import (
	"fmt"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// RateMax is the highest rate that a grid may hold [mm/h].
const RateMax = 500.0

// Check reports what is wrong with the rain over an area, beyond what the tags say, with the path of each field inside
// the table.
func (c *Config) Check(area geo.Rect) []sim.Problem {
	k := &checker{}
	k.series("", "rates", c.Times, c.Rates)
	if n := len(c.Area); n > 0 && n < 3 {
		k.add("area", "%d 个顶点；至少三个", "%d corners; want at least three", n)
	}
	for i := range c.Chicago {
		k.chicago(fmt.Sprintf("chicago[%d].", i), &c.Chicago[i])
	}
	for i := range c.Moving {
		k.moving(fmt.Sprintf("moving[%d].", i), &c.Moving[i])
	}
	for i := range c.Gridded {
		k.gridded(fmt.Sprintf("gridded[%d].", i), &c.Gridded[i], area)
	}
	return k.list
}

// checker collects problems.
type checker struct{ list []sim.Problem }

func (k *checker) add(path, zh, en string, args ...any) {
	k.list = append(k.list, sim.Problem{Path: path, Text: sim.Say(zh, en, args...)})
}

// series checks times, and values that belong to them.
func (k *checker) series(prefix, name string, times []sim.Duration, values []float64) {
	if len(times) == 0 && len(values) > 0 {
		k.add(prefix+"times", "%[2]s 有 %[1]d 个数值而没有时刻；应每个数值一个", "no times for %d %s; want one for each", len(values), name)
		return
	}
	k.count(prefix+name, len(values), len(times))
	k.rising(prefix, times)
}

func (k *checker) count(path string, values, times int) {
	if values != times {
		k.add(path, "%[2]d 个时刻对应 %[1]d 个数值；两者应同样多", "%d values for %d times; want as many of each", values, times)
	}
}

func (k *checker) rising(prefix string, times []sim.Duration) {
	for i := 1; i < len(times); i++ {
		if times[i] <= times[i-1] {
			k.add(fmt.Sprintf("%stimes[%d]", prefix, i), "%v 排在 %v 之后：时间停止或倒退；时刻应递增",
				"%v after %v: time stands still or runs backwards; want rising times", times[i], times[i-1])
		}
	}
}

func (k *checker) chicago(path string, s *Chicago) {
	if g := 1 + float64(s.C*decadic(s.Period)); !(g > 0) {
		k.add(path+"period", "1 + C lg P = %.3g：重现期 %g 年过短，公式得不出雨强；应使其大于 0",
			"1 + C lg P is %.3g: with a return period of %g years the formula gives no rain; want more than 0", g, s.Period)
	}
	minutes := s.Duration.Seconds() / 60
	if !(s.B+float64((1-s.N)*minutes) >= 0) {
		k.add(path+"n", "%g：历时超过 b/(n-1) = %.3g 分钟后公式雨量随历时减少；历时应短些，或 n 应小些",
			"%g: beyond b/(n-1) = %.3g minutes the formula's depth falls with the duration; want a shorter one, or a smaller n",
			s.N, s.B/(s.N-1))
	}
}

func (k *checker) moving(path string, s *Moving) {
	if len(s.Times) < 2 {
		k.add(path+"times", "%d 个时刻；至少两个", "%d times; want at least two", len(s.Times))
	}
	k.rising(path, s.Times)
	k.count(path+"x", len(s.X), len(s.Times))
	k.count(path+"y", len(s.Y), len(s.Times))
	k.count(path+"rates", len(s.Rates), len(s.Times))
}

// tableFile says whether a file holds all times of a series.
func tableFile(name string) bool { return strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".csv") }

func (k *checker) gridded(path string, s *Gridded, area geo.Rect) {
	switch {
	case len(s.Files) == 0:
		k.add(path+"files", "没有文件；应有一个 CSV，或每个时刻一个 ESRI ASCII 网格",
			"no file; want one CSV, or an ESRI ASCII grid for each time")
		return
	case tableFile(s.Files[0]) && len(s.Files) > 1:
		k.add(path+"files", "%d 个文件；CSV 只应有一个", "%d files; want one, when it is a CSV", len(s.Files))
		return
	case tableFile(s.Files[0]) && len(s.Times) > 0:
		k.add(path+"times", "CSV 自有时刻；此处应不写", "a CSV has its own times; want none here")
		return
	case !tableFile(s.Files[0]):
		if len(s.Times) != len(s.Files) {
			k.add(path+"times", "%d 个时刻对应 %d 个网格；两者应同样多", "%d times for %d grids; want as many of each",
				len(s.Times), len(s.Files))
		}
		k.rising(path, s.Times)
	}
	if len(s.Series) != len(s.Files) {
		k.add(path+"files", "%d 个文件，读入 %d 个；应全部读入", "%d files, of which %d have been read; want all of them",
			len(s.Files), len(s.Series))
		return
	}
	for i := range s.Series {
		k.rasters(fmt.Sprintf("%sfiles[%d]", path, i), &s.Series[i], s.Series[0].Grid, area)
	}
}

// rasters checks what was read from one file.
func (k *checker) rasters(path string, r *sim.Rasters, first geo.Grid, area geo.Rect) {
	if r.Grid != first {
		k.add(path, "网格与第一个文件不同；应相同", "a grid other than that of the first file; want the same")
		return
	}
	b := r.Grid.Bounds()
	if b.Min.X > area.Min.X || b.Min.Y > area.Min.Y || b.Max.X < area.Max.X || b.Max.Y < area.Max.Y {
		k.add(path, "网格覆盖 x %g 至 %g、y %g 至 %g；应覆盖整幅地图：x %g 至 %g、y %g 至 %g",
			"a grid from x %g to %g and y %g to %g; want one that covers the map, x %g to %g and y %g to %g",
			b.Min.X, b.Max.X, b.Min.Y, b.Max.Y, area.Min.X, area.Max.X, area.Min.Y, area.Max.Y)
	}
	if len(r.Values) == 0 {
		k.add(path, "没有数值；应有雨强", "no values; want rates")
	}
	for t, values := range r.Values {
		if len(values) != r.Grid.Len() {
			k.add(path, "第 %d 时次有 %d 个数值；应为 %d 个", "%[2]d values at time %[1]d; want %[3]d", t+1, len(values), r.Grid.Len())
			return
		}
		for c, v := range values {
			if !(v >= 0 && v <= RateMax) {
				i, j := r.Grid.IJ(c)
				k.add(path, "第 %d 时次、第 %d 列、自南第 %d 行：雨强 %g mm/h；应为 0 至 %g",
					"time %d, column %d, row %d from the south: a rate of %g mm/h; want 0 to %g", t+1, i, j, v, RateMax)
				return
			}
		}
	}
}

// decadic returns the logarithm to base 10.
func decadic(x float64) float64 { return num.Log(x) / num.Log(10) }
