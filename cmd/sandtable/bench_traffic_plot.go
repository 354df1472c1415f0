package main

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"path/filepath"
	"strings"

	"sandtable/render"
	"sandtable/scenarios/traffic"
	"sandtable/sim"
)

// Layout of a space-time plot [pixel]: two panels, one above the other, with a scale at the right of each.
const (
	plotLeft   = 86
	plotRight  = 150
	plotTop    = 40
	plotGap    = 66
	plotBottom = 60
	plotWidth  = 800 // of a panel
	plotHeight = 300 // of a panel
	plotLetter = 14
)

// Colours of a plot.
var (
	plotPaper = color.NRGBA{255, 255, 255, 255}
	plotInk   = color.NRGBA{32, 32, 32, 255}
	plotRule  = color.NRGBA{120, 120, 120, 255}
	plotEmpty = color.NRGBA{236, 238, 240, 255} // nobody is there
)

// ramp are colours for 0 to 1, which differ in brightness as well.
var ramp = []color.NRGBA{{255, 247, 214, 255}, {250, 200, 99, 255}, {226, 118, 52, 255}, {166, 38, 50, 255},
	{70, 10, 60, 255}}

// rampAt returns the colour of a value; what is outside 0 to 1 is held to it.
func rampAt(x float64) color.NRGBA {
	x = min(max(x, 0), 1) * float64(len(ramp)-1)
	k := min(int(x), len(ramp)-2)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*(x-float64(k)) + 0.5) }
	a, b := ramp[k], ramp[k+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// plot is a picture of rectangles, texts and two images.
type plot struct {
	list  render.List
	lang  sim.Lang
	field *traffic.Field
}

// drawField draws density and speed over distance and time, as SVG or PNG by the name of the file.
func drawField(to io.Writer, f *traffic.Field, ends [2]string, name string, lang sim.Lang) error {
	p := &plot{lang: lang, field: f}
	p.list.Width = plotLeft + plotWidth + plotRight
	p.list.Height = plotTop + 2*plotHeight + plotGap + plotBottom
	p.rect(0, 0, float64(p.list.Width), float64(p.list.Height), plotPaper)
	jam := 1000 / 7.5
	p.panel(render.ImageGround, plotTop, tr(lang, "密度（辆/公里·车道）", "density [veh/km per lane]"), fmt.Sprintf("%.0f", jam),
		func(k int) float64 { return f.Density[k] / jam })
	p.panel(render.ImageWater, plotTop+plotHeight+plotGap, tr(lang, "车速损失（1 = 停止）", "loss of speed [1 = standing]"), "1",
		func(k int) float64 { return 1 - f.Speed[k] })
	p.text(plotLeft, float64(p.list.Height)-14, 0, fmt.Sprintf(tr(lang, "路径自 %s 至 %s；由两端累计车数按 Newell 运动波推得",
		"from %s to %s; from counts at the ends of links by Newell's kinematic wave"), ends[0], ends[1]))
	if strings.EqualFold(filepath.Ext(name), ".svg") {
		return p.svg(to)
	}
	return png.Encode(to, render.NewPainter(render.DefaultFont()).Paint(&p.list))
}

func (p *plot) add(s render.Shape) {
	sheet := &p.list.Sheets[render.LayerFrame]
	sheet.Shapes = append(sheet.Shapes, s)
}

func (p *plot) rect(x, y, w, h float64, c color.NRGBA) {
	p.add(render.Shape{Kind: render.ShapeRect, X: float32(x), Y: float32(y), W: float32(w), H: float32(h), Color: c})
}

// text writes a text; align is how much of it lies to the left of x, from 0 to 1.
func (p *plot) text(x, y, align float64, text string) {
	width := float64(render.DefaultFont().Width(text, plotLetter))
	p.add(render.Shape{Kind: render.ShapeText, X: float32(x - align*width), Y: float32(y), W: plotLetter, Color: plotInk,
		Text: text})
}

// panel draws one quantity with its axes and scale; value gives 0 to 1, NaN where there is nobody.
func (p *plot) panel(id render.ImageID, top float64, title, most string, value func(k int) float64) {
	f := p.field
	img := image.NewRGBA(image.Rect(0, 0, f.Columns, f.Rows))
	for j := range f.Rows {
		for i := range f.Columns {
			k := j*f.Columns + i
			c := plotEmpty
			if v := value(k); !math.IsNaN(v) && f.Density[k] > 0 {
				c = rampAt(v)
			}
			img.Set(i, f.Rows-1-j, c)
		}
	}
	p.list.Images[id] = &render.Picture{Pixels: img}
	p.add(render.Shape{Kind: render.ShapeImage, Image: id, X: plotLeft, Y: float32(top), W: plotWidth, H: plotHeight})
	p.frame(top)
	p.text(plotLeft, top-10, 0, title)
	p.axes(top)
	x := float64(plotLeft + plotWidth + 24)
	for k := range 100 {
		p.rect(x, top+float64(k)*2, 16, 2, rampAt(1-float64(k)/99))
	}
	p.text(x+22, top+10, 0, most)
	p.text(x+22, top+200, 0, "0")
	p.rect(x, top+214, 16, 16, plotEmpty)
	p.text(x+22, top+228, 0, tr(p.lang, "无车", "nobody"))
}

// frame draws the border of a panel.
func (p *plot) frame(top float64) {
	for _, r := range [][4]float64{{0, 0, plotWidth, 1}, {0, plotHeight - 1, plotWidth, 1}, {0, 0, 1, plotHeight},
		{plotWidth - 1, 0, 1, plotHeight}} {
		p.rect(plotLeft+r[0], top+r[1], r[2], r[3], plotRule)
	}
}

// axes draws ticks: minutes to the right, kilometres upwards.
func (p *plot) axes(top float64) {
	f := p.field
	minutes, km := float64(f.Columns)*f.Span/60, float64(f.Rows)*f.Cell/1000
	base := top + plotHeight
	step := niceStep(minutes, 8)
	for v := 0.0; v <= minutes; v += step {
		x := plotLeft + v/minutes*plotWidth
		p.rect(x, base, 1, 5, plotRule)
		p.text(x, base+20, 0.5, fmt.Sprintf("%g", v))
	}
	p.text(plotLeft+plotWidth, base+38, 1, tr(p.lang, "时间（分）", "time [min]"))
	step = niceStep(km, 6)
	for v := 0.0; v <= km; v += step {
		y := base - v/km*plotHeight
		p.rect(plotLeft-5, y, 5, 1, plotRule)
		p.text(plotLeft-9, y+5, 1, fmt.Sprintf("%.4g", v))
	}
	p.text(8, top-10, 0, tr(p.lang, "公里", "km"))
}

// niceStep returns 1, 2 or 5 times a power of ten that divides a range into at most so many parts.
func niceStep(span float64, parts int) float64 {
	least := span / float64(parts)
	power := math.Pow(10, math.Floor(math.Log10(max(least, 1e-9))))
	for _, k := range []float64{1, 2, 5} {
		if k*power >= least {
			return k * power
		}
	}
	return 10 * power
}

// svg writes the picture as SVG, its two images in it as PNG.
func (p *plot) svg(to io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" `+
		`font-size="%d">`+"\n", p.list.Width, p.list.Height, plotLetter)
	for _, s := range p.list.Sheets[render.LayerFrame].Shapes {
		switch s.Kind {
		case render.ShapeRect:
			fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" fill="#%02x%02x%02x"/>`+"\n", s.X, s.Y, s.W, s.H,
				s.Color.R, s.Color.G, s.Color.B)
		case render.ShapeText:
			fmt.Fprintf(&b, `<text x="%.1f" y="%.1f">`, s.X, s.Y)
			if err := xml.EscapeText(&b, []byte(s.Text)); err != nil {
				return err
			}
			b.WriteString("</text>\n")
		case render.ShapeImage:
			var data bytes.Buffer
			if err := png.Encode(&data, p.list.Images[s.Image].Pixels); err != nil {
				return err
			}
			fmt.Fprintf(&b, `<image x="%g" y="%g" width="%g" height="%g" preserveAspectRatio="none" `+
				`image-rendering="pixelated" href="data:image/png;base64,%s"/>`+"\n", s.X, s.Y, s.W, s.H,
				base64.StdEncoding.EncodeToString(data.Bytes()))
		}
	}
	b.WriteString("</svg>\n")
	_, err := to.Write(b.Bytes())
	return err
}
