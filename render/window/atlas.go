package window

import (
	"image"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"sandtable/render"
)

// atlasSide is the side of the image that holds everything that is drawn as quads [pixel].
const atlasSide = 2048

// patch is a part of the atlas.
type patch struct{ x, y, w, h float32 }

type markKey struct {
	mark render.Mark
	size int
}

type glyphKey struct {
	r    rune
	size float32
}

type glyphPatch struct {
	patch
	dx, dy  float32
	blank   bool
	advance float32
}

// atlas holds letters, marks and line profiles as white images with coverage in alpha, so that a whole sheet is drawn
// from one image. It fills up in shelves; when it is full everything is thrown away and drawn again as needed.
type atlas struct {
	font   *render.Font
	image  *ebiten.Image
	x, y   int // where the next patch goes
	height int // of the present shelf
	white  patch
	marks  map[markKey]patch
	lines  map[int]patch // by twice the width
	glyphs map[glyphKey]glyphPatch
	full   bool
}

func newAtlas(font *render.Font) *atlas {
	a := &atlas{font: font, image: ebiten.NewImage(atlasSide, atlasSide)}
	a.clear()
	return a
}

// clear empties the atlas, but for a white patch for plain surfaces.
func (a *atlas) clear() {
	a.image.Clear()
	a.x, a.y, a.height, a.full = 1, 1, 0, false
	a.marks, a.lines, a.glyphs = make(map[markKey]patch), make(map[int]patch), make(map[glyphKey]glyphPatch)
	solid := image.NewAlpha(image.Rect(0, 0, 4, 4))
	for i := range solid.Pix {
		solid.Pix[i] = 255
	}
	p := a.add(solid)
	a.white = patch{p.x + 1, p.y + 1, 2, 2} // away from the edge, which the filter mixes with nothing
}

// add puts a mask in. When there is no room it notes that and gives the white patch: one picture may look rough, the
// next one begins with an empty atlas.
func (a *atlas) add(mask *image.Alpha) patch {
	w, h := mask.Rect.Dx(), mask.Rect.Dy()
	if a.x+w+1 > atlasSide {
		a.x, a.y, a.height = 1, a.y+a.height+1, 0
	}
	if a.y+h+1 > atlasSide || w+2 > atlasSide {
		a.full = true
		return a.white
	}
	pix := make([]byte, 4*w*h)
	for j := range h {
		for i := range w {
			v := mask.Pix[j*mask.Stride+i]
			o := 4 * (j*w + i)
			pix[o], pix[o+1], pix[o+2], pix[o+3] = v, v, v, v
		}
	}
	r := image.Rect(a.x, a.y, a.x+w, a.y+h)
	a.image.SubImage(r).(*ebiten.Image).WritePixels(pix)
	a.x += w + 1
	a.height = max(a.height, h)
	return patch{float32(r.Min.X), float32(r.Min.Y), float32(w), float32(h)}
}

// mark returns a mark that is size pixels wide.
func (a *atlas) mark(m render.Mark, size float32) patch {
	n := min(max(int(size+0.5), 1), 200) + 2
	key := markKey{m, n}
	p, ok := a.marks[key]
	if !ok {
		p = a.add(render.MarkMask(m, n))
		a.marks[key] = p
	}
	return p
}

// maxLine is the widest line that has soft edges [pixel].
const maxLine = 64

// line returns the profile across a line: one pixel high rows of coverage, with a soft edge of a pixel on both sides.
func (a *atlas) line(width float32) patch {
	key := int(min(max(width, 0.5), maxLine)*2 + 0.5)
	if p, ok := a.lines[key]; ok {
		return p
	}
	w := float64(key) / 2
	n := int(math.Ceil(w)) + 2
	mask := image.NewAlpha(image.Rect(0, 0, 3, n))
	lo, hi := (float64(n)-w)/2, (float64(n)+w)/2
	for j := range n {
		cover := min(hi, float64(j+1)) - max(lo, float64(j))
		for i := range 3 {
			mask.Pix[j*mask.Stride+i] = uint8(255*min(max(cover, 0), 1) + 0.5)
		}
	}
	p := a.add(mask)
	a.lines[key] = p
	return p
}

func (a *atlas) glyph(r rune, size float32) glyphPatch {
	key := glyphKey{r, size}
	if g, ok := a.glyphs[key]; ok {
		return g
	}
	drawn := a.font.Glyph(r, size)
	g := glyphPatch{dx: float32(drawn.DX), dy: float32(drawn.DY), advance: drawn.Advance, blank: drawn.Mask == nil}
	if drawn.Mask != nil {
		g.patch = a.add(drawn.Mask)
	}
	a.glyphs[key] = g
	return g
}
