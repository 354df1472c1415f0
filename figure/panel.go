package figure

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Point is a place in the units of a panel's axes.
type Point struct{ X, Y float64 }

// Style is how a line or a row of dots looks.
type Style struct {
	color color.Color
	width vg.Length
	dash  []vg.Length
	glyph draw.GlyphDrawer
}

// The styles. Ours, Ours2 and Ours3 are what the project gives; Truth and Truth2 what it is held against; Peer1 and
// Peer2 the results of others; Limit the bound of a rule.
var (
	Ours   = Style{color.NRGBA{0x0b, 0x2f, 0x66, 255}, 1.6, nil, draw.CircleGlyph{}}
	Ours2  = Style{color.NRGBA{0x1f, 0x78, 0xb4, 255}, 1.6, nil, draw.BoxGlyph{}}
	Ours3  = Style{color.NRGBA{0x66, 0xb3, 0xd9, 255}, 1.6, nil, draw.PyramidGlyph{}}
	Truth  = Style{color.NRGBA{0xe0, 0x6c, 0x00, 255}, 1.4, []vg.Length{6, 3}, draw.RingGlyph{}}
	Truth2 = Style{color.NRGBA{0x8a, 0x3a, 0x00, 255}, 1.4, []vg.Length{2, 2}, draw.SquareGlyph{}}
	Peer1  = Style{color.NRGBA{0xe0, 0x6c, 0x00, 255}, 1.1, []vg.Length{6, 3}, draw.CrossGlyph{}}
	Peer2  = Style{color.NRGBA{0x7a, 0x7a, 0x7a, 255}, 1.1, []vg.Length{2, 2}, draw.PlusGlyph{}}
	Limit  = Style{color.NRGBA{0xb0, 0x10, 0x10, 255}, 0.9, []vg.Length{3, 3}, draw.CrossGlyph{}}
)

var (
	whiteInk = color.NRGBA{255, 255, 255, 255}
	black    = color.NRGBA{0x22, 0x22, 0x22, 255}
	pale     = color.NRGBA{0xd4, 0xd4, 0xd4, 255}
	faint    = color.NRGBA{0xe8, 0xe8, 0xe8, 255}
)

// Corner is where a panel's legend stands.
type Corner struct{ top, left bool }

// The corners of a panel.
var (
	TopLeft     = Corner{true, true}
	TopRight    = Corner{true, false}
	BottomLeft  = Corner{false, true}
	BottomRight = Corner{false, false}
)

// typeface gives the font of all texts at a size [pt]; readers without Liberation Sans see one of the same widths.
func typeface(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

func textStyle(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: typeface(size), Handler: plot.DefaultTextHandler}
}

// Panel is one pair of axes with what is drawn in it. Its methods add to it in the order in which they are called; they
// panic on a value that is not finite, which no axis can hold.
type Panel struct {
	plot       *plot.Plot
	logX, logY bool
	rangeX     *[2]float64 // as asked for, in the units of the drawing; nil: as wide as what is drawn
	rangeY     *[2]float64
}

// NewPanel makes an empty panel. The names of the axes end with their unit, such as "depth [m]".
func NewPanel(title, x, y string, legend Corner) *Panel {
	p := plot.New()
	p.Title.Text = title
	p.Title.TextStyle.Font, p.Title.Padding = typeface(10), 4
	p.X.Label.Text, p.Y.Label.Text = x, y
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle.Font, a.Tick.Label.Font = typeface(9), typeface(8)
		a.Color, a.Tick.Color, a.Label.TextStyle.Color, a.Tick.Label.Color = black, black, black, black
		a.Label.Padding = 2
		a.Tick.Length, a.Tick.Marker = 4, rounds{}
	}
	p.Legend.TextStyle = textStyle(8, black)
	p.Legend.Top, p.Legend.Left = legend.top, legend.left
	p.Legend.Padding, p.Legend.ThumbnailWidth, p.Legend.YPosition = 2, 20, draw.PosCenter
	p.Legend.XOffs, p.Legend.YOffs = 6, 6
	if !legend.left {
		p.Legend.XOffs = -6
	}
	if legend.top {
		p.Legend.YOffs = -4
	}
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = faint, faint
	grid.Horizontal.Width, grid.Vertical.Width = 0.5, 0.5
	p.Add(grid)
	return &Panel{plot: p}
}

// X sets the range of the horizontal axis; what lies outside is cut off.
func (p *Panel) X(from, to float64) {
	p.rangeX = &[2]float64{scaled(from, p.logX), scaled(to, p.logX)}
	p.settle()
}

// Y sets the range of the vertical axis; what lies outside is cut off.
func (p *Panel) Y(from, to float64) {
	p.rangeY = &[2]float64{scaled(from, p.logY), scaled(to, p.logY)}
	p.settle()
}

// settle gives the axes the ranges that were asked for: the library widens them with everything that is added.
func (p *Panel) settle() {
	if r := p.rangeX; r != nil {
		p.plot.X.Min, p.plot.X.Max = r[0], r[1]
	}
	if r := p.rangeY; r != nil {
		p.plot.Y.Min, p.plot.Y.Max = r[0], r[1]
	}
}

// LogX makes the horizontal axis logarithmic. It comes before everything that is drawn.
func (p *Panel) LogX() { p.logX, p.plot.X.Tick.Marker = true, decades{} }

// LogY makes the vertical axis logarithmic. It comes before everything that is drawn.
func (p *Panel) LogY() { p.logY, p.plot.Y.Tick.Marker = true, decades{} }

// TicksX puts ticks on the horizontal axis, with names or, without any, with their values.
func (p *Panel) TicksX(places []float64, names ...string) {
	p.plot.X.Tick.Marker = ticks(places, names, p.logX)
}

// TicksY puts ticks on the vertical axis, with names or, without any, with their values.
func (p *Panel) TicksY(places []float64, names ...string) {
	p.plot.Y.Tick.Marker = ticks(places, names, p.logY)
}

// Line draws a line through points. Points that would not be seen are left out. An empty name keeps it from the legend.
func (p *Panel) Line(name string, s Style, points []Point) {
	l, err := plotter.NewLine(xys(thin(p.places(name, points))))
	must(name, err)
	l.LineStyle = draw.LineStyle{Color: s.color, Width: s.width, Dashes: s.dash}
	p.add(l)
	p.legend(name, l)
}

// Steps draws a line that keeps its value up to the next point.
func (p *Panel) Steps(name string, s Style, points []Point) {
	var corners []Point
	for i, q := range points {
		if i > 0 {
			corners = append(corners, Point{q.X, points[i-1].Y})
		}
		corners = append(corners, q)
	}
	p.Line(name, s, corners)
}

// Function draws a function over a range of arguments.
func (p *Panel) Function(name string, s Style, from, to float64, f func(float64) float64) {
	const n = 1000
	var points []Point
	for i := range n + 1 {
		x := from + (to-from)*float64(i)/n
		if p.logX {
			x = from * math.Pow(to/from, float64(i)/n)
		}
		points = append(points, Point{x, f(x)})
	}
	p.Line(name, s, points)
}

// Dots draws points that are not joined.
func (p *Panel) Dots(name string, s Style, points []Point) {
	d, err := plotter.NewScatter(xys(p.places(name, points)))
	must(name, err)
	d.GlyphStyle = draw.GlyphStyle{Color: s.color, Radius: 2.6, Shape: s.glyph}
	p.add(d)
	p.legend(name, d)
}

// Specks draws many small points.
func (p *Panel) Specks(name string, s Style, points []Point) {
	d, err := plotter.NewScatter(xys(p.places(name, points)))
	must(name, err)
	d.GlyphStyle = draw.GlyphStyle{Color: s.color, Radius: 1, Shape: draw.BoxGlyph{}}
	p.add(d)
	p.legend(name, d)
}

// Band fills the room between two lines with grey.
func (p *Panel) Band(name string, low, high []Point) {
	low, high = thin(p.places(name, low)), thin(p.places(name, high))
	ring := append([]Point(nil), low...)
	for i := range high {
		ring = append(ring, high[len(high)-1-i])
	}
	b, err := plotter.NewPolygon(xys(ring))
	must(name, err)
	b.Color, b.LineStyle.Width = pale, 0
	p.add(b)
	p.legend(name, b)
}

// Intervals draws points with horizontal bars from their low to their high ends.
func (p *Panel) Intervals(name string, s Style, mean []Point, low, high []float64) {
	for i, m := range mean {
		p.Line("", Style{color: s.color, width: 1.2}, []Point{{low[i], m.Y}, {high[i], m.Y}})
	}
	p.Dots(name, s, mean)
}

// LimitX draws a vertical line up to a share of the panel's height, with a label at its right upper end. The range of
// the axes is set before.
func (p *Panel) LimitX(x, share float64, label string) {
	x = scaled(x, p.logX)
	top := p.plot.Y.Min + share*(p.plot.Y.Max-p.plot.Y.Min)
	p.guide(plotter.XY{X: x, Y: p.plot.Y.Min}, plotter.XY{X: x, Y: top})
	p.label(plotter.XY{X: x, Y: top}, label, 3, -8)
}

// LimitY draws a horizontal line with a label at its left end. The range of the axes is set before.
func (p *Panel) LimitY(y float64, label string) {
	y = scaled(y, p.logY)
	p.guide(plotter.XY{X: p.plot.X.Min, Y: y}, plotter.XY{X: p.plot.X.Max, Y: y})
	p.label(plotter.XY{X: p.plot.X.Min, Y: y}, label, 4, 3)
}

func (p *Panel) guide(ends ...plotter.XY) {
	l, err := plotter.NewLine(plotter.XYs(ends))
	must("limit", err)
	l.LineStyle = draw.LineStyle{Color: Limit.color, Width: Limit.width, Dashes: Limit.dash}
	p.add(l)
}

// Label writes a text beside a point, shifted to the right and upwards [pt].
func (p *Panel) Label(at Point, label string, right, up float64) {
	p.label(xys(p.places(label, []Point{at}))[0], label, right, up)
}

func (p *Panel) label(at plotter.XY, label string, right, up float64) {
	if label == "" {
		return
	}
	l, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{at}, Labels: []string{label}})
	must(label, err)
	l.TextStyle = []text.Style{textStyle(8, black)}
	l.Offset = vg.Point{X: vg.Length(right), Y: vg.Length(up)}
	p.add(unboxed{l})
}

// unboxed is a label that does not push the axes apart to make room for itself.
type unboxed struct{ labels *plotter.Labels }

func (u unboxed) Plot(c draw.Canvas, p *plot.Plot) { u.labels.Plot(c, p) }

func (p *Panel) add(what plot.Plotter) {
	p.plot.Add(what)
	p.settle()
}

func (p *Panel) legend(name string, t plot.Thumbnailer) {
	if name != "" {
		p.plot.Legend.Add(name, t)
	}
}

// places are points in the units of the drawing: logarithms on logarithmic axes.
func (p *Panel) places(name string, points []Point) []Point {
	out := make([]Point, len(points))
	for i, q := range points {
		out[i] = Point{scaled(q.X, p.logX), scaled(q.Y, p.logY)}
		if sum := out[i].X + out[i].Y; math.IsNaN(sum) || math.IsInf(sum, 0) {
			panic(fmt.Sprintf("figure: point %d of %q is %v; the axes cannot show it", i, name, q))
		}
	}
	return out
}

func xys(points []Point) plotter.XYs {
	out := make(plotter.XYs, len(points))
	for i, q := range points {
		out[i] = plotter.XY{X: q.X, Y: q.Y}
	}
	return out
}

func must(name string, err error) {
	if err != nil {
		panic(fmt.Sprintf("figure: %q: %v", name, err))
	}
}
