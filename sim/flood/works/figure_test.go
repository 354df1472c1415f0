package works

import (
	"math"
	"testing"

	"sandtable/figure"
)

// TestFigureWorks draws the laws: a drowned weir, a gate over its opening, a culvert, and a breach that grows.
func TestFigureWorks(t *testing.T) {
	figure.Wanted(t)
	figure.Save(t, "flood-works",
		"a: a head of 1 m, by the submergence H2/H1; Villemonte 1947 for the sharp crest, critical depth for the broad one.\n"+
			"b: 4 m of water before the gate. c: HDS-5, box of 2 x 2 m, 20 m long, tailwater 0. d: Froehlich 2008.",
		2, weirPanel(), gatePanel(), culvertPanel(), gapPanel())
}

func weirPanel() *figure.Panel {
	p := figure.NewPanel("a  Drowned weirs", "depth behind over depth before, above the crest [-]",
		"share of the free discharge [-]", figure.BottomLeft)
	broad, sharp := Weir{0, BroadCrest}, SharpWeir{0, 1.84}
	p.Function("broad crest", figure.Ours, 0, 1, func(s float64) float64 { return broad.Flow(1, s) / broad.Flow(1, 0) })
	p.Function("sharp crest", figure.Ours2, 0, 1, func(s float64) float64 { return sharp.Flow(1, s) / sharp.Flow(1, 0) })
	p.X(0, 1)
	p.Y(0, 1.1)
	return p
}

func gatePanel() *figure.Panel {
	p := figure.NewPanel("b  Gate", "opening [m]", "discharge per width [m²/s]", figure.TopLeft)
	flow := func(down float64) func(float64) float64 {
		return func(a float64) float64 { return Gate{Opening: a, Contraction: SharpContraction}.Flow(4, down) }
	}
	p.Function("free", figure.Ours, 0, 4, flow(0))
	p.Function("3 m behind it", figure.Ours2, 0, 4, flow(3))
	p.Function("textbook: 0.61 a (2 g (H - 0.61 a))^½", figure.Truth, 0, 3.2, func(a float64) float64 {
		return SharpContraction * a * math.Sqrt(2*Gravity*(4-SharpContraction*a))
	})
	p.X(0, 4)
	p.Y(0, 19)
	return p
}

func culvertPanel() *figure.Panel {
	p := figure.NewPanel("c  Culvert", "level before it, above its floor [m]", "discharge [m³/s]", figure.TopLeft)
	for e, style := range []figure.Style{EntranceSquare: figure.Ours2, EntranceEased: figure.Ours} {
		s := CulvertSpec{Width: 2, Height: 2, Barrels: 1, Length: 20, Roughness: 0.013, Entrance: Entrance(e)}
		name := [...]string{"headwall", "flared wingwalls"}[e]
		p.Function(name, style, 0, 6, func(h float64) float64 { return NewCulvert(s).Flow(h, 0) })
	}
	p.X(0, 6)
	p.Y(0, 28)
	return p
}

func gapPanel() *figure.Panel {
	p := figure.NewPanel("d  Breach of a dyke 5 m high", "time since it began [min]", "width of the gap [m]", figure.TopLeft)
	for i, style := range []figure.Style{figure.Ours2, figure.Ours, figure.Truth} {
		volume := []float64{1e5, 5e5, 2e6}[i]
		name := [...]string{"0.1 million m³ behind it", "0.5 million m³", "2 million m³"}[i]
		g := FroehlichGrowth(5, 0, volume, true)
		p.Function(name, style, 0, 120, func(min float64) float64 {
			gap := g.At(min * 60)
			return gap.Width + 2*gap.Slope*(5-gap.Bottom)
		})
	}
	p.X(0, 120)
	p.Y(0, 55)
	return p
}
