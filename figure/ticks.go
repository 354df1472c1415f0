package figure

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// scaled is a value as it is drawn: its decimal logarithm on a logarithmic axis.
func scaled(v float64, log bool) float64 {
	if log {
		return math.Log10(v)
	}
	return v
}

func ticks(places []float64, names []string, log bool) plot.ConstantTicks {
	var out plot.ConstantTicks
	for i, v := range places {
		name := strconv.FormatFloat(v, 'g', -1, 64)
		if len(names) > 0 {
			name = names[i]
		}
		out = append(out, plot.Tick{Value: scaled(v, log), Label: name})
	}
	return out
}

// rounds puts ticks at multiples of 1, 2 or 5 times a power of ten, three to seven of them.
type rounds struct{}

// Ticks implements plot.Ticker.
func (rounds) Ticks(lo, hi float64) []plot.Tick {
	unit := math.Pow(10, math.Floor(math.Log10((hi-lo)/3)))
	step := unit
	for _, m := range []float64{1, 2, 5} {
		if m*unit <= (hi-lo)/3 {
			step = m * unit
		}
	}
	digits := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	var out []plot.Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step; k++ {
		out = append(out, plot.Tick{Value: k * step, Label: strconv.FormatFloat(k*step+0, 'f', digits, 64)})
	}
	return out
}

// decades puts ticks at powers of ten of an axis that holds logarithms, at most eight with a name.
type decades struct{}

// Ticks implements plot.Ticker.
func (decades) Ticks(lo, hi float64) []plot.Tick {
	every := int(math.Ceil((hi - lo) / 8))
	var out []plot.Tick
	for k := int(math.Floor(lo)); k <= int(math.Ceil(hi)); k++ {
		for m := 1; m < 10; m++ {
			at := float64(k) + math.Log10(float64(m))
			switch {
			case at < lo-1e-9 || at > hi+1e-9:
			case m == 1 && k%every == 0:
				out = append(out, plot.Tick{Value: at, Label: power(k)})
			case every == 1 || m == 1:
				out = append(out, plot.Tick{Value: at})
			}
		}
	}
	return out
}

// power writes a power of ten: 0.01, 1000, 1e6.
func power(k int) string {
	if k > 4 || k < -4 {
		return "1e" + strconv.Itoa(k)
	}
	return strconv.FormatFloat(math.Pow(10, float64(k)), 'f', max(0, -k), 64)
}
