package render

import (
	"image/color"
)

// Heights and widths around the map at scale 1 [pixel].
const (
	barSize    = 56
	bannerSize = 40
	dockSize   = 108
)

// block draws a background that clicks do not go through.
func (d *Desk) block(s *Sheet, a area, c color.NRGBA) {
	s.rect(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, c)
	d.solid = append(d.solid, a)
}

// style says how a button looks.
type buttonStyle struct {
	on     bool // shown as chosen
	off    bool // cannot be used
	strong bool // the one that matters
}

// button draws a button with a caption and says what it does.
func (d *Desk) button(s *Sheet, a area, name, caption string, style buttonStyle, do func()) {
	c := d.buttonFace(s, a, name, style, do)
	size := 15 * d.look.Scale
	if style.strong {
		size = 19 * d.look.Scale
	}
	caption = d.font.Cut(caption, size, a.x1-a.x0-4)
	s.text((a.x0+a.x1)/2-d.font.Width(caption, size)/2, (a.y0+a.y1)/2+size*0.36, size, c, caption)
}

// markButton draws a button with a mark on it.
func (d *Desk) markButton(s *Sheet, a area, name string, m Mark, style buttonStyle, do func()) {
	c := d.buttonFace(s, a, name, style, do)
	s.mark(m, (a.x0+a.x1)/2, (a.y0+a.y1)/2, 16*d.look.Scale, c)
}

func (d *Desk) buttonFace(s *Sheet, a area, name string, style buttonStyle, do func()) color.NRGBA {
	face, ink := deskRaise, deskText
	switch {
	case style.off:
		ink = rgb(0x6C7B88)
	case style.strong:
		face = rgb(0x7B4FA8)
		if a.has(d.hover) {
			face = rgb(0x9466C4)
		}
	case style.on:
		face, ink = rgb(0xDCE5EC), inkDark
	case a.has(d.hover):
		face = deskHover
	}
	s.rect(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, face)
	s.border(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, 1, deskLine)
	if style.off {
		do = func() {}
	}
	d.hits = append(d.hits, button{a, do, name})
	return ink
}

// row lays buttons side by side.
type row struct {
	x, y, height, gap float32
}

func (r *row) next(width float32) area {
	a := area{r.x, r.y, r.x + width, r.y + r.height}
	r.x += width + r.gap
	return a
}

// caption is a button as wide as its caption.
func (d *Desk) caption(s *Sheet, r *row, name, caption string, style buttonStyle, do func()) {
	width := d.font.Width(caption, 15*d.look.Scale) + 18*d.look.Scale
	d.button(s, r.next(width), name, caption, style, do)
}
