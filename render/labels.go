package render

import (
	"cmp"
	"image/color"
	"slices"
)

// Ranks of labels: what comes first gets its place first.
const (
	rankFirst = iota
	rankAlarm
	rankZone
	rankUnheard // zones without people to tell of
	rankShelter
	rankTown
	rankPlace
	rankVillage
	rankUnit
)

// label is a name that wants a place on the map.
type label struct {
	at      XY // of what it names
	text    string
	second  string // a second line
	size    float32
	color   color.NRGBA
	rank    int
	gap     float32 // half the size of the mark at its place: the name stands beside it
	centred bool    // stands on its place rather than beside it
	bar     bool    // with a bar below, of which parts are shares
	parts   [2]float32
	out     [3]bool // marks behind the name: mains, network, roads out are missing
}

// labeler places labels: in the order of their ranks, each at the first of a few places around its point that is free;
// one that finds none is left out.
type labeler struct {
	font   *Font
	look   Look
	width  float32
	height float32
	wanted []label
	taken  []area // marks first, then names
	marks  int    // how many of them are marks
}

// area is a rectangle on the screen.
type area struct{ x0, y0, x1, y1 float32 }

func (a area) overlaps(b area) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

func (l *labeler) begin(font *Font, cam Camera, look Look) {
	l.font, l.look = font, look
	l.width, l.height = float32(cam.Width), float32(cam.Height)
	l.wanted, l.taken = l.wanted[:0], l.taken[:0]
}

// add asks for a place; what lies off the screen gets none.
func (l *labeler) add(w label) {
	if w.text == "" || w.at.X < 0 || w.at.Y < 0 || w.at.X > l.width || w.at.Y > l.height {
		return
	}
	l.wanted = append(l.wanted, w)
}

// keep takes a square around a mark, so that no name covers it.
func (l *labeler) keep(at XY, half float32) {
	l.taken = append(l.taken, area{at.X - half, at.Y - half, at.X + half, at.Y + half})
}

// block takes a rectangle that something else covers.
func (l *labeler) block(x, y, width, height float32) {
	l.taken = append(l.taken, area{x, y, x + width, y + height})
}

// place draws all labels that find a place.
func (l *labeler) place(s *Sheet) {
	slices.SortStableFunc(l.wanted, func(a, b label) int { return cmp.Compare(a.rank, b.rank) })
	l.marks = len(l.taken)
	for i := range l.wanted {
		w := &l.wanted[i]
		if box, ok := l.find(w); ok {
			l.taken = append(l.taken, box)
			l.draw(s, w, box)
		}
	}
}

// barHeight is the height of a zone's bar at scale 1, with the gap above it.
const barHeight, barGap = 6, 3

// extent returns width and height of a label.
func (l *labeler) extent(w *label) (width, height float32) {
	width, height = l.font.Width(w.text, w.size)+l.marksWidth(w), w.size*1.15
	if w.second != "" {
		width = max(width, l.font.Width(w.second, w.size))
		height += w.size * 1.1
	}
	if w.bar {
		width = max(width, 56*l.look.Scale)
		height += (barHeight + barGap) * l.look.Scale
	}
	return width, height
}

// marksWidth returns how wide the marks behind a name are.
func (l *labeler) marksWidth(w *label) float32 {
	n := float32(0)
	for _, out := range w.out {
		if out {
			n++
		}
	}
	return n * w.size * 1.15
}

// find returns the first free place of a label.
func (l *labeler) find(w *label) (area, bool) {
	width, height := l.extent(w)
	g := w.gap + 2*l.look.Scale
	centres := [...]XY{
		{g + width/2, 0}, {-g - width/2, 0}, {0, -g - height/2}, {0, g + height/2},
		{g + width/2, -height * 0.7}, {g + width/2, height * 0.7},
	}
	if w.centred {
		centres = [...]XY{{0, 0}, {0, -height}, {0, height}, {width * 0.6, 0}, {-width * 0.6, 0}, {0, -2 * height}}
	}
	around := func(c XY) area {
		x, y := w.at.X+c.X, w.at.Y+c.Y
		return area{x - width/2, y - height/2, x + width/2, y + height/2}
	}
	for _, c := range centres {
		if box := around(c); l.free(box) {
			return box, true
		}
	}
	for far := float32(3); w.rank == rankFirst && far < 8; far++ { // it goes farther away rather than without
		for _, c := range [...]XY{{0, -far * height}, {0, far * height}, {far * width / 4, 0}, {-far * width / 4, 0}} {
			if box := around(c); l.free(box) {
				return box, true
			}
		}
	}
	return area{}, false
}

// free says whether a box is on the open part of the map and covers nothing.
func (l *labeler) free(box area) bool {
	m := l.look.Margins
	if box.x0 < float32(m.Left) || box.y0 < float32(m.Top) || box.x1 > l.width-float32(m.Right) ||
		box.y1 > l.height-float32(m.Bottom) {
		return false
	}
	for i := range l.taken {
		if l.taken[i].overlaps(box) {
			return false
		}
	}
	return true
}

func (l *labeler) draw(s *Sheet, w *label, box area) {
	k := l.look.Scale
	mid := (box.x0 + box.x1) / 2
	left := func(text string, size float32) float32 {
		if w.centred {
			return mid - l.font.Width(text, size)/2
		}
		return box.x0
	}
	s.rect(box.x0-2*k, box.y0, box.x1-box.x0+4*k, box.y1-box.y0, labelPlate)
	y := box.y0 + w.size*0.95
	x := left(w.text, w.size) - l.marksWidth(w)/2
	s.text(x, y, w.size, w.color, w.text)
	x += l.font.Width(w.text, w.size)
	for i, out := range w.out {
		if out {
			x += w.size * 1.15
			s.mark(outageMarks[i], x-w.size*0.5, y-w.size*0.36, w.size*0.95, colorStranded)
		}
	}
	if w.second != "" {
		y += w.size * 1.1
		s.text(left(w.second, w.size), y, w.size, w.color, w.second)
	}
	if w.bar {
		width := 56 * k
		y = box.y1 - barHeight*k
		x := mid - width/2
		s.rect(x-1, y-1, width+2, barHeight*k+2, inkDark)
		s.rect(x, y, width, barHeight*k, rgb(0xD5D9DC))
		s.rect(x, y, width*w.parts[0], barHeight*k, colorMoving)
		s.rect(x+width*w.parts[0], y, width*w.parts[1], barHeight*k, rgb(0xB391CF))
	}
}
