package render

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// Mark is a symbol. It is drawn in one colour, in a square whose side is the shape's size.
type Mark uint8

// Marks.
const (
	MarkDisc Mark = iota
	MarkRing
	MarkSquare
	MarkTriangle
	MarkDiamond
	MarkCross
	MarkClosed
	MarkHourglass
	MarkWalker
	MarkCar
	MarkCoach
	MarkBoat
	MarkEmergency
	MarkShelter
	MarkPost
	MarkGauge
	MarkAssembly
	MarkHospital
	MarkStation
	MarkNorth
	MarkPlay
	MarkPause
	MarkForward
	MarkBack
	MarkNext
	MarkStar
	MarkDam
	MarkSluice
	MarkPump
	MarkBar
	MarkBike
	MarkDown
	MarkBolt
	MarkSignal
	MarkCount
)

var markNames = [MarkCount]string{"disc", "ring", "square", "triangle", "diamond", "cross", "closed", "hourglass",
	"walker", "car", "coach", "boat", "emergency", "shelter", "post", "gauge", "assembly", "hospital", "station", "north",
	"play", "pause", "forward", "back", "next", "star", "dam", "sluice", "pump", "bar", "bike",
	"down", "bolt", "signal"}

// String returns the mark's name in the text form of lists.
func (m Mark) String() string { return markNames[m] }

// ring is a closed outline in a square from -1 to 1, y downwards. An outline that runs clockwise on the screen is
// filled, one that runs the other way is a hole.
type ring []XY

// markRings holds the outlines of every mark.
var markRings = [MarkCount][]ring{
	MarkBar: {box(-0.95, -0.28, 0.95, 0.28, false)},
	MarkBike: {circle(-0.6, 0.45, 0.38, false), circle(-0.6, 0.45, 0.22, true), circle(0.6, 0.45, 0.38, false),
		circle(0.6, 0.45, 0.22, true), bar(-0.6, 0.45, 0.05, 0.4, 0.09), bar(0.05, 0.4, 0.45, -0.25, 0.09),
		bar(-0.25, -0.2, 0.45, -0.25, 0.09), bar(0.6, 0.45, 0.4, -0.5, 0.09), bar(-0.45, -0.25, -0.05, -0.25, 0.09)},
	MarkDisc:      {circle(0, 0, 0.95, false)},
	MarkRing:      {circle(0, 0, 0.95, false), circle(0, 0, 0.5, true)},
	MarkSquare:    {box(-0.9, -0.9, 0.9, 0.9, false)},
	MarkTriangle:  {{{0, -0.95}, {0.95, 0.8}, {-0.95, 0.8}}},
	MarkDiamond:   {{{0, -1}, {0.9, 0}, {0, 1}, {-0.9, 0}}},
	MarkCross:     {bar(-0.8, -0.8, 0.8, 0.8, 0.24), bar(-0.8, 0.8, 0.8, -0.8, 0.24)},
	MarkClosed:    {circle(0, 0, 0.95, false), box(-0.62, -0.2, 0.62, 0.2, true)},
	MarkHourglass: {{{-0.8, -0.95}, {0.8, -0.95}, {0.15, 0}, {0.8, 0.95}, {-0.8, 0.95}, {-0.15, 0}}},
	MarkWalker: {circle(0.1, -0.72, 0.24, false), {{-0.1, -0.45}, {0.3, -0.45}, {0.35, 0.1}, {-0.2, 0.1}},
		bar(-0.05, 0.05, -0.45, 0.95, 0.13), bar(0.2, 0.05, 0.5, 0.95, 0.13), bar(0.2, -0.35, 0.7, 0, 0.1),
		bar(0, -0.35, -0.5, 0, 0.1)},
	MarkCar: {{{-0.95, 0.05}, {-0.6, 0}, {-0.3, -0.5}, {0.4, -0.5}, {0.7, 0}, {0.95, 0.1}, {0.95, 0.45},
		{-0.95, 0.45}},
		circle(-0.5, 0.45, 0.24, false), circle(0.5, 0.45, 0.24, false)},
	MarkCoach: {box(-0.98, -0.6, 0.98, 0.5, false), box(-0.8, -0.42, -0.28, -0.02, true),
		box(-0.16, -0.42, 0.3, -0.02, true), box(0.42, -0.42, 0.84, -0.02, true), circle(-0.55, 0.55, 0.23, false),
		circle(0.55, 0.55, 0.23, false)},
	MarkBoat: {{{-0.98, 0.05}, {0.98, 0.05}, {0.6, 0.65}, {-0.7, 0.65}},
		{{-0.05, -0.85}, {0.08, -0.85}, {0.08, 0.05}, {-0.05, 0.05}}, {{0.1, -0.8}, {0.7, -0.15}, {0.1, -0.15}}},
	MarkEmergency: {box(-0.98, -0.45, 0.25, 0.45, false), {{0.32, -0.3}, {0.7, -0.3}, {0.98, 0.05}, {0.98, 0.45},
		{0.32, 0.45}}, circle(-0.5, 0.5, 0.24, false), circle(0.6, 0.5, 0.24, false), box(-0.1, -0.75, 0.15, -0.5, false)},
	MarkShelter: {{{0, -0.95}, {1, -0.1}, {0.78, -0.1}, {0.78, 0.85}, {-0.78, 0.85}, {-0.78, -0.1}, {-1, -0.1}},
		box(-0.22, 0.2, 0.22, 0.85, true)},
	MarkPost: {box(-0.7, -0.95, -0.5, 0.95, false), {{-0.45, -0.9}, {0.9, -0.5}, {-0.45, 0}}},
	MarkGauge: {box(-0.3, -0.95, 0.3, 0.95, false), box(-0.02, -0.7, 0.2, -0.5, true), box(-0.02, -0.25, 0.2, -0.05, true),
		box(-0.02, 0.2, 0.2, 0.4, true)},
	MarkAssembly: {circle(0, 0, 0.95, false), circle(0, 0, 0.75, true), circle(0, 0, 0.35, false)},
	MarkHospital: {box(-0.92, -0.92, 0.92, 0.92, false), reversed(ring{{-0.2, -0.65}, {0.2, -0.65}, {0.2, -0.2},
		{0.65, -0.2}, {0.65, 0.2}, {0.2, 0.2}, {0.2, 0.65}, {-0.2, 0.65}, {-0.2, 0.2}, {-0.65, 0.2}, {-0.65, -0.2},
		{-0.2, -0.2}})},
	MarkStation: {{{-0.5, -0.9}, {0.5, -0.9}, {0.98, 0}, {0.5, 0.9}, {-0.5, 0.9}, {-0.98, 0}}, circle(0, 0, 0.4, true)},
	MarkNorth:   {{{0, -1}, {0.55, 0.95}, {0, 0.55}}, {{0, -0.55}, {0, 0.55}, {-0.55, 0.95}}},
	MarkPlay:    {{{-0.6, -0.85}, {0.85, 0}, {-0.6, 0.85}}},
	MarkPause:   {box(-0.65, -0.8, -0.15, 0.8, false), box(0.15, -0.8, 0.65, 0.8, false)},
	MarkForward: {{{-0.8, -0.75}, {0.3, 0}, {-0.8, 0.75}}, box(0.4, -0.75, 0.7, 0.75, false)},
	MarkBack:    {{{0.8, -0.75}, {0.8, 0.75}, {-0.3, 0}}, box(-0.7, -0.75, -0.4, 0.75, false)},
	MarkNext:    {{{-0.9, -0.7}, {0, 0}, {-0.9, 0.7}}, {{0, -0.7}, {0.9, 0}, {0, 0.7}}},
	MarkStar:    {star()},
	MarkDam:     {{{-0.35, -0.85}, {0.35, -0.85}, {0.95, 0.85}, {-0.95, 0.85}}},
	MarkSluice: {box(-0.95, -0.95, -0.65, 0.95, false), box(0.65, -0.95, 0.95, 0.95, false),
		box(-0.65, -0.35, 0.65, 0.35, false), box(-0.12, -0.95, 0.12, -0.35, false)},
	MarkPump: {circle(0, 0.1, 0.82, false), circle(0, 0.1, 0.5, true), box(-0.1, -0.3, 0.1, 0.5, false),
		box(0.1, -0.95, 0.95, -0.6, false)},
	MarkDown: {{{-0.85, -0.6}, {0.85, -0.6}, {0, 0.85}}},
	MarkBolt: {{{0.25, -1}, {0.2, -0.2}, {0.65, -0.2}, {-0.25, 1}, {-0.15, 0.1}, {-0.65, 0.1}}},
	MarkSignal: {box(-0.85, 0.35, -0.5, 0.9, false), box(-0.35, -0.05, 0, 0.9, false), box(0.15, -0.45, 0.5, 0.9, false),
		box(0.65, -0.85, 1, 0.9, false)},
}

// circle approximates a circle by 24 corners, which is enough up to 40 pixels.
func circle(x, y, r float64, hole bool) ring {
	const n = 24
	out := make(ring, n)
	for i := range out {
		a := 2 * math.Pi * float64(i) / n
		out[i] = XY{float32(x + r*math.Cos(a)), float32(y + r*math.Sin(a))}
	}
	if hole {
		return reversed(out)
	}
	return out
}

func box(x0, y0, x1, y1 float32, hole bool) ring {
	r := ring{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	if hole {
		return reversed(r)
	}
	return r
}

// bar is a straight stroke of half width h.
func bar(x0, y0, x1, y1, h float64) ring {
	d := math.Hypot(x1-x0, y1-y0)
	nx, ny := -(y1-y0)/d*h, (x1-x0)/d*h
	return ring{{float32(x0 - nx), float32(y0 - ny)}, {float32(x1 - nx), float32(y1 - ny)},
		{float32(x1 + nx), float32(y1 + ny)}, {float32(x0 + nx), float32(y0 + ny)}}
}

func star() ring {
	out := make(ring, 10)
	for i := range out {
		r := 1.0
		if i%2 == 1 {
			r = 0.42
		}
		a := math.Pi * (float64(i)/5 - 0.5)
		out[i] = XY{float32(r * math.Cos(a)), float32(r * math.Sin(a))}
	}
	return out
}

func reversed(r ring) ring {
	out := make(ring, len(r))
	for i, p := range r {
		out[len(r)-1-i] = p
	}
	return out
}

// MarkMask returns a mark as an image of coverage, n by n pixels, n at least 1. The picture fills n-2 pixels, so that
// its edge is smooth also where the image is drawn between pixels.
func MarkMask(m Mark, n int) *image.Alpha {
	z := vector.NewRasterizer(n, n)
	k := max(float32(n)/2-1, 0.5)
	mid := float32(n) / 2
	for _, r := range markRings[m] {
		for i, p := range r {
			x, y := mid+p.X*k, mid+p.Y*k
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, n, n))
	z.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	return mask
}
