package render

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Camera says which part of the map is on the screen.
type Camera struct {
	Centre        geo.Point // shown in the middle of the screen [m]
	Zoom          float64   // screen pixels per metre
	Width, Height float64   // of the screen [pixel]
	Fine          float64   // how much finer its pixels are than those of 1080 lines; 0 is 1
}

// Limits of the zoom [pixel/m]: a county of 200 km on a small screen, and a house of 10 m on half a screen.
const (
	minZoom = 0.002
	maxZoom = 40
)

// Screen returns where a place of the map is on the screen.
func (c Camera) Screen(p geo.Point) XY {
	return XY{
		X: float32((p.X-c.Centre.X)*c.Zoom + c.Width/2),
		Y: float32((c.Centre.Y-p.Y)*c.Zoom + c.Height/2),
	}
}

// World returns the place of the map that is shown at a pixel.
func (c Camera) World(x, y float64) geo.Point {
	return geo.Point{
		X: (x-c.Width/2)/c.Zoom + c.Centre.X,
		Y: (c.Height/2-y)/c.Zoom + c.Centre.Y,
	}
}

// Rect returns the part of the map that is on the screen.
func (c Camera) Rect() geo.Rect {
	return geo.Rect{Min: c.World(0, c.Height), Max: c.World(c.Width, 0)}
}

// near is the zoom in pixels of a screen of 1080 lines: what is shown depends on it, so that a finer screen shows the
// same, and finer.
func (c Camera) near() float64 {
	if c.Fine <= 0 {
		return c.Zoom
	}
	return c.Zoom / c.Fine
}

// View is what a picture with this camera needs to see of the world.
func (c Camera) View() sim.View { return sim.View{Rect: c.Rect(), Zoom: c.near()} }

// ZoomAt zooms by a factor so that the place under the pixel stays there.
func (c Camera) ZoomAt(x, y, factor float64) Camera {
	at := c.World(x, y)
	c.Zoom = min(max(c.Zoom*factor, minZoom), maxZoom)
	moved := c.World(x, y)
	c.Centre = c.Centre.Add(at.Sub(moved))
	return c
}

// Pan moves the map by so many pixels.
func (c Camera) Pan(dx, dy float64) Camera {
	c.Centre.X -= dx / c.Zoom
	c.Centre.Y += dy / c.Zoom
	return c
}

// Hold keeps the camera's centre on the map, so that nobody gets lost.
func (c Camera) Hold(bounds geo.Rect) Camera {
	c.Centre.X = min(max(c.Centre.X, bounds.Min.X), bounds.Max.X)
	c.Centre.Y = min(max(c.Centre.Y, bounds.Min.Y), bounds.Max.Y)
	return c
}

// Margins are the widths at the edges of the screen that something else covers [pixel].
type Margins struct{ Left, Top, Right, Bottom float64 }

// Fit returns the camera that shows the whole rectangle within the margins.
func Fit(width, height float64, m Margins, bounds geo.Rect) Camera {
	c := Camera{Centre: bounds.Centre(), Zoom: 1, Width: width, Height: height}
	w, h := width-m.Left-m.Right, height-m.Top-m.Bottom
	if bounds.Width() > 0 && bounds.Height() > 0 && w > 0 && h > 0 {
		c.Zoom = min(max(math.Min(w/bounds.Width(), h/bounds.Height()), minZoom), maxZoom)
	}
	return c.Pan((m.Left-m.Right)/2, (m.Top-m.Bottom)/2)
}
