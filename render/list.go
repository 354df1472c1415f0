package render

import (
	"fmt"
	"image"
	"image/color"
	"strings"
)

// Layer is a sheet of the picture; later ones lie over earlier ones.
type Layer uint8

// Layers, from the ground up.
const (
	LayerGround Layer = iota // relief and land cover
	LayerWater               // depth of water
	LayerRoads               // roads and buildings
	LayerZones               // borders of zones, closed roads
	LayerPeople              // people, movers
	LayerPlaces              // shelters, posts, gauges, units
	LayerLabels              // names on the map
	LayerFrame               // scale bar, legend, notes
	LayerDesk                // bar, panels, timeline
	LayerCount
)

var layerNames = [LayerCount]string{"ground", "water", "roads", "zones", "people", "places", "labels", "frame", "desk"}

// String returns the layer's name in the text form of lists.
func (l Layer) String() string { return layerNames[l] }

// ShapeKind says what a shape is.
type ShapeKind uint8

// Kinds of shapes.
const (
	ShapeRect  ShapeKind = iota // X, Y is the left upper corner, W, H the size
	ShapeMark                   // X, Y is the centre, W the size of the symbol Mark
	ShapeLine                   // Count points from First on; W is the width
	ShapeArea                   // Count points from First on, TriCount triangles from Tri on
	ShapeText                   // X is the left end, Y the base line, W the size of the letters
	ShapeImage                  // X, Y, W, H as of a rectangle; Image says which
)

// ImageID names an image of a list.
type ImageID uint8

// Images.
const (
	ImageGround ImageID = iota
	ImageWater
	ImageCount
)

// XY is a point on the screen: pixels from the left upper corner.
type XY struct{ X, Y float32 }

// Shape is one thing to draw. Lengths are in screen pixels, colours have straight alpha.
type Shape struct {
	Kind          ShapeKind
	Mark          Mark
	Image         ImageID
	Color         color.NRGBA
	Halo          color.NRGBA // around a text; none when its alpha is 0
	X, Y, W, H    float32
	First, Count  int32 // into Sheet.Points
	Tri, TriCount int32 // into Sheet.Triangles: three numbers each, counted from First
	Text          string
}

// Sheet is one layer of a list.
type Sheet struct {
	// Edition changes when the shapes do. A sheet with the same edition as the last time is the same, and a window
	// may show what it drew then. 0 means that it is new every time.
	Edition   int
	Shapes    []Shape
	Points    []XY
	Triangles []uint16
}

// Picture is an image that a list shows, with premultiplied alpha.
type Picture struct {
	Edition int // changes when the pixels do
	Pixels  *image.RGBA
}

// List is a picture as a list of shapes. It belongs to the scene that made it and is used again for the next picture.
type List struct {
	Width, Height int // of the screen [pixel]
	Sheets        [LayerCount]Sheet
	Images        [ImageCount]*Picture
}

// reset empties the sheet and keeps its memory.
func (s *Sheet) reset() {
	s.Shapes, s.Points, s.Triangles = s.Shapes[:0], s.Points[:0], s.Triangles[:0]
}

func (s *Sheet) rect(x, y, w, h float32, c color.NRGBA) {
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeRect, X: x, Y: y, W: w, H: h, Color: c})
}

// border draws the inner border of a rectangle.
func (s *Sheet) border(x, y, w, h, width float32, c color.NRGBA) {
	s.rect(x, y, w, width, c)
	s.rect(x, y+h-width, w, width, c)
	s.rect(x, y+width, width, h-2*width, c)
	s.rect(x+w-width, y+width, width, h-2*width, c)
}

func (s *Sheet) mark(m Mark, x, y, size float32, c color.NRGBA) {
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeMark, Mark: m, X: x, Y: y, W: size, Color: c})
}

func (s *Sheet) text(x, y, size float32, c color.NRGBA, text string) {
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeText, X: x, Y: y, W: size, Color: c, Text: text})
}

func (s *Sheet) haloText(x, y, size float32, c, halo color.NRGBA, text string) {
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeText, X: x, Y: y, W: size, Color: c, Halo: halo, Text: text})
}

// line draws the points that were added to s.Points since first.
func (s *Sheet) line(first int, width float32, c color.NRGBA) {
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeLine, W: width, Color: c,
		First: int32(first), Count: int32(len(s.Points) - first)})
}

// String writes the list as text, one line per shape with whole pixels: the form in which tests compare lists.
func (l *List) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "list %dx%d\n", l.Width, l.Height)
	for k := range l.Sheets {
		s := &l.Sheets[k]
		if len(s.Shapes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", Layer(k))
		for i := range s.Shapes {
			fmt.Fprintf(&b, "  %s\n", s.describe(&s.Shapes[i]))
		}
	}
	return b.String()
}

func (s *Sheet) describe(p *Shape) string {
	switch p.Kind {
	case ShapeRect:
		return fmt.Sprintf("rect %.0f,%.0f %.0fx%.0f %s", p.X, p.Y, p.W, p.H, hex(p.Color))
	case ShapeMark:
		return fmt.Sprintf("%s %.0f,%.0f %.0f %s", p.Mark, p.X, p.Y, p.W, hex(p.Color))
	case ShapeText:
		return fmt.Sprintf("text %.0f,%.0f %.0f %s %q", p.X, p.Y, p.W, hex(p.Color), p.Text)
	case ShapeImage:
		return fmt.Sprintf("image %d %.0f,%.0f %.0fx%.0f", p.Image, p.X, p.Y, p.W, p.H)
	}
	var b strings.Builder
	if p.Kind == ShapeLine {
		fmt.Fprintf(&b, "line %.1f %s", p.W, hex(p.Color))
	} else {
		fmt.Fprintf(&b, "area %s", hex(p.Color))
	}
	for _, q := range s.Points[p.First : p.First+p.Count] {
		fmt.Fprintf(&b, " %.0f,%.0f", q.X, q.Y)
	}
	return b.String()
}

func hex(c color.NRGBA) string {
	if c.A == 255 {
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A)
}
