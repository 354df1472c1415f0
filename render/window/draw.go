package window

import (
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"sandtable/render"
)

// painter draws lists on Ebitengine's images.
type painter struct {
	atlas    *atlas
	vertices []ebiten.Vertex
	indices  []uint16
	images   [render.ImageCount]*ebiten.Image
	editions [render.ImageCount]int
	kept     [render.LayerCount]keptSheet
}

// keptSheet is a sheet that has not changed for some pictures, drawn once.
type keptSheet struct {
	edition int
	drawn   bool
	image   *ebiten.Image
}

// surround is what is seen outside the map.
var surround = color.NRGBA{0x2A, 0x33, 0x3B, 255}

func newPainter(font *render.Font) *painter { return &painter{atlas: newAtlas(font)} }

// paint draws a list on the screen.
func (p *painter) paint(screen *ebiten.Image, l *render.List) {
	if p.atlas.full {
		p.atlas.clear()
	}
	screen.Fill(surround)
	for k := range l.Sheets {
		s := &l.Sheets[k]
		if len(s.Shapes) == 0 {
			continue
		}
		if kept := p.keep(screen, l, render.Layer(k)); kept != nil {
			screen.DrawImage(kept, nil)
			continue
		}
		p.sheet(screen, l, s)
	}
}

// keep returns the image of a sheet that is the same as in the last picture, nil for one that is new.
func (p *painter) keep(screen *ebiten.Image, l *render.List, k render.Layer) *ebiten.Image {
	s, kept := &l.Sheets[k], &p.kept[k]
	if s.Edition == 0 || k == render.LayerGround {
		return nil
	}
	size := screen.Bounds().Size()
	if kept.image != nil && kept.image.Bounds().Size() != size {
		kept.image.Deallocate()
		kept.image, kept.drawn = nil, false
	}
	if s.Edition != kept.edition {
		kept.edition, kept.drawn = s.Edition, false
		return nil
	}
	if !kept.drawn {
		if kept.image == nil {
			kept.image = ebiten.NewImage(size.X, size.Y)
		}
		kept.image.Clear()
		p.sheet(kept.image, l, s)
		kept.drawn = true
	}
	return kept.image
}

func (p *painter) sheet(dst *ebiten.Image, l *render.List, s *render.Sheet) {
	for i := range s.Shapes {
		q := &s.Shapes[i]
		switch q.Kind {
		case render.ShapeRect:
			p.quad(dst, q.X, q.Y, q.X+q.W, q.Y+q.H, p.atlas.white, q.Color)
		case render.ShapeMark:
			m := p.atlas.mark(q.Mark, q.W)
			p.quad(dst, q.X-m.w/2, q.Y-m.h/2, q.X+m.w/2, q.Y+m.h/2, m, q.Color)
		case render.ShapeText:
			p.text(dst, q)
		case render.ShapeLine:
			p.line(dst, s.Points[q.First:q.First+q.Count], q.W, q.Color)
		case render.ShapeArea:
			p.area(dst, s, q)
		case render.ShapeImage:
			p.flush(dst)
			p.picture(dst, l, q)
		}
	}
	p.flush(dst)
}

// room makes room for n more corners.
func (p *painter) room(dst *ebiten.Image, n int) uint16 {
	if len(p.vertices)+n > math.MaxUint16 {
		p.flush(dst)
	}
	return uint16(len(p.vertices))
}

// flush draws what has been collected.
func (p *painter) flush(dst *ebiten.Image) {
	if len(p.indices) > 0 {
		dst.DrawTriangles(p.vertices, p.indices, p.atlas.image, &ebiten.DrawTrianglesOptions{Filter: ebiten.FilterLinear})
	}
	p.vertices, p.indices = p.vertices[:0], p.indices[:0]
}

func vertex(x, y, u, v float32, c color.NRGBA) ebiten.Vertex {
	return ebiten.Vertex{DstX: x, DstY: y, SrcX: u, SrcY: v,
		ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255, ColorA: float32(c.A) / 255}
}

func (p *painter) quad(dst *ebiten.Image, x0, y0, x1, y1 float32, src patch, c color.NRGBA) {
	n := p.room(dst, 4)
	p.vertices = append(p.vertices, vertex(x0, y0, src.x, src.y, c), vertex(x1, y0, src.x+src.w, src.y, c),
		vertex(x1, y1, src.x+src.w, src.y+src.h, c), vertex(x0, y1, src.x, src.y+src.h, c))
	p.indices = append(p.indices, n, n+1, n+2, n, n+2, n+3)
}

// haloSteps are the places at which a text is drawn around itself, in units of the halo's width.
var haloSteps = [8][2]float32{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-0.7, -0.7}, {0.7, -0.7}, {-0.7, 0.7}, {0.7, 0.7}}

func (p *painter) text(dst *ebiten.Image, q *render.Shape) {
	if q.Halo.A > 0 {
		w := render.HaloWidth(q.W)
		for _, d := range haloSteps {
			p.letters(dst, q.X+d[0]*w, q.Y+d[1]*w, q.W, q.Halo, q.Text)
		}
	}
	p.letters(dst, q.X, q.Y, q.W, q.Color, q.Text)
}

func (p *painter) letters(dst *ebiten.Image, x, y, size float32, c color.NRGBA, text string) {
	for _, r := range text {
		g := p.atlas.glyph(r, size)
		if !g.blank {
			// Whole pixels: letters stay sharp.
			x0, y0 := floor(x+0.5)+g.dx, floor(y+0.5)+g.dy
			p.quad(dst, x0, y0, x0+g.w, y0+g.h, g.patch, c)
		}
		x += g.advance
	}
}

func floor(x float32) float32 { return float32(math.Floor(float64(x))) }

// line draws each stretch as a quad with soft edges, and discs at the corners of wide lines.
func (p *painter) line(dst *ebiten.Image, pts []render.XY, width float32, c color.NRGBA) {
	src := p.atlas.line(width)
	h := src.h / 2
	if width > maxLine {
		h *= width / maxLine
	}
	mid := src.x + 1.5
	for k := 1; k < len(pts); k++ {
		a, b := pts[k-1], pts[k]
		dx, dy := b.X-a.X, b.Y-a.Y
		d := float32(math.Sqrt(float64(dx*dx + dy*dy)))
		if d == 0 {
			continue
		}
		nx, ny := -dy/d*h, dx/d*h
		n := p.room(dst, 4)
		p.vertices = append(p.vertices, vertex(a.X-nx, a.Y-ny, mid, src.y, c), vertex(b.X-nx, b.Y-ny, mid, src.y, c),
			vertex(b.X+nx, b.Y+ny, mid, src.y+src.h, c), vertex(a.X+nx, a.Y+ny, mid, src.y+src.h, c))
		p.indices = append(p.indices, n, n+1, n+2, n, n+2, n+3)
		if k > 1 && width > 2.4 && c.A == 255 {
			m := p.atlas.mark(render.MarkDisc, width/0.95)
			p.quad(dst, a.X-m.w/2, a.Y-m.h/2, a.X+m.w/2, a.Y+m.h/2, m, c)
		}
	}
}

func (p *painter) area(dst *ebiten.Image, s *render.Sheet, q *render.Shape) {
	if int(q.Count) > math.MaxUint16 {
		return
	}
	n := p.room(dst, int(q.Count))
	u, v := p.atlas.white.x+1, p.atlas.white.y+1
	for _, pt := range s.Points[q.First : q.First+q.Count] {
		p.vertices = append(p.vertices, vertex(pt.X, pt.Y, u, v, q.Color))
	}
	for _, i := range s.Triangles[q.Tri : q.Tri+3*q.TriCount] {
		p.indices = append(p.indices, n+i)
	}
}

// picture draws an image of the list, after loading it up when it is a new edition.
func (p *painter) picture(dst *ebiten.Image, l *render.List, q *render.Shape) {
	pic := l.Images[q.Image]
	if pic == nil {
		return
	}
	b := pic.Pixels.Bounds()
	img := p.images[q.Image]
	if img == nil || img.Bounds().Size() != b.Size() {
		if img != nil {
			img.Deallocate()
		}
		img = ebiten.NewImage(b.Dx(), b.Dy())
		p.images[q.Image], p.editions[q.Image] = img, 0
	}
	if p.editions[q.Image] != pic.Edition {
		img.WritePixels(pic.Pixels.Pix)
		p.editions[q.Image] = pic.Edition
	}
	var o ebiten.DrawImageOptions
	o.Filter = ebiten.FilterLinear
	o.GeoM.Scale(float64(q.W)/float64(b.Dx()), float64(q.H)/float64(b.Dy()))
	o.GeoM.Translate(float64(q.X), float64(q.Y))
	dst.DrawImage(img, &o)
}
