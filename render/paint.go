package render

import (
	"image"
	"image/color"
	"image/draw"

	scaling "golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// Painter draws lists into images in memory. It keeps letters and marks that it has drawn and is for one goroutine at
// a time.
type Painter struct {
	font  *Font
	marks map[markKey]*image.Alpha
	fill  vector.Rasterizer
	frame image.Rectangle // of what is filled now
}

type markKey struct {
	mark Mark
	size int
}

// NewPainter returns a painter that writes with a font.
func NewPainter(font *Font) *Painter {
	return &Painter{font: font, marks: make(map[markKey]*image.Alpha)}
}

// Paint draws a list.
func (p *Painter) Paint(l *List) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, l.Width, l.Height))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(paperEdge), image.Point{}, draw.Src)
	for k := range l.Sheets {
		p.sheet(dst, l, &l.Sheets[k])
	}
	return dst
}

// paperEdge is shown outside the map.
var paperEdge = color.NRGBA{0x2A, 0x33, 0x3B, 255}

func (p *Painter) sheet(dst *image.RGBA, l *List, s *Sheet) {
	for i := 0; i < len(s.Shapes); i++ {
		shape := &s.Shapes[i]
		switch shape.Kind {
		case ShapeRect:
			r := image.Rect(round(shape.X), round(shape.Y), round(shape.X+shape.W), round(shape.Y+shape.H))
			draw.Draw(dst, r, image.NewUniform(shape.Color), image.Point{}, draw.Over)
		case ShapeMark:
			p.mark(dst, shape)
		case ShapeText:
			p.text(dst, shape)
		case ShapeImage:
			if pic := l.Images[shape.Image]; pic != nil {
				r := image.Rect(round(shape.X), round(shape.Y), round(shape.X+shape.W), round(shape.Y+shape.H))
				scaling.ApproxBiLinear.Scale(dst, r, pic.Pixels, pic.Pixels.Bounds(), draw.Over, nil)
			}
		case ShapeLine:
			i = p.lines(dst, s, i)
		case ShapeArea:
			p.area(dst, s, shape)
		}
	}
}

// mark draws a mark with its centre on the nearest pixel's corner or middle.
func (p *Painter) mark(dst *image.RGBA, s *Shape) {
	n := max(round(s.W), 1) + 2
	key := markKey{s.Mark, n}
	mask := p.marks[key]
	if mask == nil {
		mask = MarkMask(s.Mark, n)
		p.marks[key] = mask
	}
	at := image.Pt(round(s.X-float32(n)/2), round(s.Y-float32(n)/2))
	draw.DrawMask(dst, mask.Bounds().Add(at), image.NewUniform(s.Color), image.Point{}, mask, image.Point{}, draw.Over)
}

// haloSteps are the places at which a text is drawn around itself, in units of the halo's width.
var haloSteps = [8]XY{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-0.7, -0.7}, {0.7, -0.7}, {-0.7, 0.7}, {0.7, 0.7}}

// HaloWidth returns how far the halo of a text reaches [pixel].
func HaloWidth(size float32) float32 { return max(size*0.1, 1.2) }

func (p *Painter) text(dst *image.RGBA, s *Shape) {
	if s.Halo.A > 0 {
		w := HaloWidth(s.W)
		for _, d := range haloSteps {
			p.letters(dst, s.X+d.X*w, s.Y+d.Y*w, s.W, s.Halo, s.Text)
		}
	}
	p.letters(dst, s.X, s.Y, s.W, s.Color, s.Text)
}

func (p *Painter) letters(dst *image.RGBA, x, y, size float32, c color.NRGBA, text string) {
	ink := image.NewUniform(c)
	for _, r := range text {
		g := p.font.Glyph(r, size)
		if g.Mask != nil {
			at := image.Pt(round(x)+g.DX, round(y)+g.DY)
			draw.DrawMask(dst, g.Mask.Bounds().Add(at), ink, image.Point{}, g.Mask, image.Point{}, draw.Over)
		}
		x += g.Advance
	}
}

// lines draws the line i and those after it that look alike in one go, and returns the last.
func (p *Painter) lines(dst *image.RGBA, s *Sheet, i int) int {
	first, end := &s.Shapes[i], i
	var around image.Rectangle
	for ; end < len(s.Shapes); end++ {
		l := &s.Shapes[end]
		if l.Kind != ShapeLine || l.Color != first.Color || l.W != first.W {
			break
		}
		around = around.Union(extent(s.Points[l.First:l.First+l.Count], l.W))
	}
	if !p.begin(dst, around) {
		return end - 1
	}
	for k := i; k < end; k++ {
		l := &s.Shapes[k]
		p.stroke(s.Points[l.First:l.First+l.Count], l.W/2)
	}
	p.fill.Draw(dst, p.frame, image.NewUniform(first.Color), image.Point{})
	return end - 1
}

// extent returns the pixels around points, with a margin.
func extent(pts []XY, margin float32) image.Rectangle {
	var r image.Rectangle
	for _, q := range pts {
		x, y := round(q.X), round(q.Y)
		m := round(margin) + 2
		r = r.Union(image.Rect(x-m, y-m, x+m, y+m))
	}
	return r
}

// begin begins to fill within a rectangle, and says whether any of it is on the picture. A picture has many small
// shapes, and to fill costs what the frame holds.
func (p *Painter) begin(dst *image.RGBA, around image.Rectangle) bool {
	p.frame = around.Intersect(dst.Bounds())
	p.fill.Reset(p.frame.Dx(), p.frame.Dy())
	return !p.frame.Empty()
}

// stroke adds a line of half width h to the fill: a quad per segment, and a disc per corner where the line is wide
// enough to show a gap.
func (p *Painter) stroke(pts []XY, h float32) {
	for k := 1; k < len(pts); k++ {
		a, b := pts[k-1], pts[k]
		dx, dy := b.X-a.X, b.Y-a.Y
		d := sqrt32(dx*dx + dy*dy)
		if d == 0 {
			continue
		}
		nx, ny := -dy/d*h, dx/d*h
		p.ring(ring{{a.X - nx, a.Y - ny}, {b.X - nx, b.Y - ny}, {b.X + nx, b.Y + ny}, {a.X + nx, a.Y + ny}}, XY{}, 1)
		if k > 1 && h > 1.2 {
			p.ring(joint, a, h)
		}
	}
}

// joint is the disc at a corner of a line.
var joint = circle(0, 0, 1, false)

// ring adds an outline, moved and enlarged.
func (p *Painter) ring(r ring, by XY, k float32) {
	by.X, by.Y = by.X-float32(p.frame.Min.X), by.Y-float32(p.frame.Min.Y)
	for i, q := range r {
		if i == 0 {
			p.fill.MoveTo(by.X+q.X*k, by.Y+q.Y*k)
		} else {
			p.fill.LineTo(by.X+q.X*k, by.Y+q.Y*k)
		}
	}
	p.fill.ClosePath()
}

func (p *Painter) area(dst *image.RGBA, s *Sheet, a *Shape) {
	pts := s.Points[a.First : a.First+a.Count]
	if p.begin(dst, extent(pts, 0)) {
		p.ring(pts, XY{}, 1)
		p.fill.Draw(dst, p.frame, image.NewUniform(a.Color), image.Point{})
	}
}
