package render

import (
	_ "embed" // the font
	"errors"
	"fmt"
	"image"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// defaultFont is a subset of Noto Sans CJK SC (licence beside it: assets/OFL.txt) with the characters of GB 2312.
//
//go:embed assets/NotoSansSC-GB2312.otf
var defaultFont []byte

// Font measures and draws letters. It is for one goroutine at a time.
type Font struct {
	face     *sfnt.Font
	buf      sfnt.Buffer
	unit     float64 // font units per em
	advances map[rune]float32
	glyphs   map[glyphKey]Glyph
}

type glyphKey struct {
	r    rune
	size float32
}

// Glyph is a letter as an image of coverage.
type Glyph struct {
	Mask    *image.Alpha // nil for a blank
	DX, DY  int          // from the pen's place on the base line to the mask's left upper corner [pixel]
	Advance float32      // of the pen [pixel]
}

// DefaultFont returns the font that comes with the program.
func DefaultFont() *Font {
	f, err := NewFont(defaultFont)
	if err != nil {
		panic(fmt.Sprintf("render: the embedded font: %v", err))
	}
	return f
}

// NewFont reads an OpenType or TrueType font, or the first of a collection.
func NewFont(data []byte) (*Font, error) {
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("render: font: %w", err)
	}
	if c.NumFonts() == 0 {
		return nil, errors.New("render: font: the file holds no font")
	}
	face, err := c.Font(0)
	if err != nil {
		return nil, fmt.Errorf("render: font: %w", err)
	}
	return &Font{face: face, unit: float64(face.UnitsPerEm()), advances: make(map[rune]float32),
		glyphs: make(map[glyphKey]Glyph)}, nil
}

// Missing returns the characters of a text that the font cannot show, each once, in the order of the text.
func (f *Font) Missing(text string) []rune {
	var out []rune
	seen := map[rune]bool{}
	for _, r := range text {
		if i, err := f.face.GlyphIndex(&f.buf, r); (err != nil || i == 0) && !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out
}

// Width returns how wide a text is at a size [pixel].
func (f *Font) Width(text string, size float32) float32 {
	sum := float32(0)
	for _, r := range text {
		sum += f.advance(r) * size
	}
	return sum
}

// Cut returns the text, or its beginning with an ellipsis that is not wider than width [pixel].
func (f *Font) Cut(text string, size, width float32) string {
	if f.Width(text, size) <= width {
		return text
	}
	left := width - f.Width("…", size)
	for i, r := range text {
		if left -= f.advance(r) * size; left < 0 {
			return text[:i] + "…"
		}
	}
	return text
}

// Wrap breaks a text into lines not wider than width [pixel]: at blanks, and between Chinese characters, where a line
// neither begins with a closing mark nor ends with an opening one.
func (f *Font) Wrap(text string, size, width float32) []string {
	var lines []string
	start, breakAt, used, sinceBreak := 0, -1, float32(0), float32(0)
	last := ' '
	for i, r := range text {
		if i > start && (r == ' ' || r >= 0x2E80 && !closing(r) || opening(r)) && !opening(last) {
			breakAt, sinceBreak = i, 0
		}
		w := f.advance(r) * size
		if used+w > width && i > start {
			if breakAt <= start {
				breakAt, sinceBreak = i, 0
			}
			lines = append(lines, text[start:breakAt])
			start, used = breakAt, sinceBreak
			if text[start] == ' ' {
				start++
				used -= min(used, f.advance(' ')*size)
			}
			breakAt = -1
		}
		used += w
		sinceBreak += w
		last = r
	}
	return append(lines, text[start:])
}

// closing says whether a character may not begin a line.
func closing(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '）', '》', '」', '”', '’', '】':
		return true
	}
	return false
}

// opening says whether a character may not end a line.
func opening(r rune) bool {
	switch r {
	case '（', '《', '「', '“', '‘', '【':
		return true
	}
	return false
}

// advance returns the width of a character at size 1.
func (f *Font) advance(r rune) float32 {
	if w, ok := f.advances[r]; ok {
		return w
	}
	w := float32(0)
	if i, err := f.face.GlyphIndex(&f.buf, r); err == nil {
		em := fixed.Int26_6(f.face.UnitsPerEm())
		if a, err := f.face.GlyphAdvance(&f.buf, i, em, font.HintingNone); err == nil {
			w = float32(float64(a) / f.unit)
		}
	}
	f.advances[r] = w
	return w
}

// Glyph returns a letter at a size [pixel]. The mask is shared and must not be changed.
func (f *Font) Glyph(r rune, size float32) Glyph {
	key := glyphKey{r, size}
	if g, ok := f.glyphs[key]; ok {
		return g
	}
	g := f.drawGlyph(r, size)
	f.glyphs[key] = g
	return g
}

func (f *Font) drawGlyph(r rune, size float32) Glyph {
	g := Glyph{Advance: f.advance(r) * size}
	i, err := f.face.GlyphIndex(&f.buf, r)
	if err != nil {
		return g
	}
	segments, err := f.face.LoadGlyph(&f.buf, i, fixed.Int26_6(size*64), nil)
	if err != nil || len(segments) == 0 {
		return g
	}
	b := segments.Bounds()
	g.DX, g.DY = b.Min.X.Floor(), b.Min.Y.Floor()
	w, h := b.Max.X.Ceil()-g.DX, b.Max.Y.Ceil()-g.DY
	if w <= 0 || h <= 0 {
		return g
	}
	z := vector.NewRasterizer(w, h)
	at := func(p fixed.Point26_6) (x, y float32) {
		return float32(p.X)/64 - float32(g.DX), float32(p.Y)/64 - float32(g.DY)
	}
	for _, s := range segments {
		x0, y0 := at(s.Args[0])
		x1, y1 := at(s.Args[1])
		x2, y2 := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.ClosePath()
			z.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			z.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			z.QuadTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			z.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	z.ClosePath()
	g.Mask = image.NewAlpha(image.Rect(0, 0, w, h))
	z.Draw(g.Mask, g.Mask.Bounds(), image.Opaque, image.Point{})
	return g
}
