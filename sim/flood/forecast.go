package flood

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/flood/storm"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Forecast says when the flood is forecast, and how wrong the rain of a forecast is. Without the table there are no
// forecasts.
type Forecast struct {
	First     sim.Duration `toml:"first" range:"[0s,30d]" instant:"true" default:"0s" doc:"first issue, since the start"`
	Every     sim.Duration `toml:"every" range:"[1m,30d]" default:"3h" doc:"from one issue to the next"`
	Lead      sim.Duration `toml:"lead" range:"[1m,48h]" default:"3h" doc:"how far a forecast reaches (short-range forecasts of 0-3 h guide transfer in Chinese practice)"`
	Step      sim.Duration `toml:"step" range:"[1s,6h]" default:"10m" doc:"between two values of a forecast"`
	Members   int64        `toml:"members" range:"[1,16]" default:"3" doc:"runs that make one forecast"`
	Delay     sim.Duration `toml:"delay" range:"[0s,24h]" default:"10m" doc:"from the issue until the posts have it (assumed)"`
	RainError float64      `toml:"rain_error" unit:"-" range:"[0,2]" default:"0.3" doc:"standard deviation of the logarithm of a member's rain over the true rain, at a lead of 1 h; it grows with the square root of the lead (assumed)"`
	To        []string     `toml:"to" ref:"post" optional:"true" doc:"posts that get the forecasts; the highest when missing"`
}

// Outlook returns when the flood will forecast.
func (c *Config) Outlook() sim.Outlook {
	f := c.Forecast
	if f == nil {
		return sim.Outlook{}
	}
	return sim.Outlook{First: f.First, Every: f.Every, Lead: f.Lead, Step: f.Step, Members: int(f.Members),
		Delay: f.Delay, To: f.To}
}

// Outlook returns when the flood forecasts.
func (m *model) Outlook() sim.Outlook { return m.config.Outlook() }

// Ahead returns a member of a forecast: a flood of its own in the state of this one, whose rain is wrong.
func (m *model) Ahead(issue, member int) (sim.Hazard, error) {
	h, err := m.config.New(m.env)
	if err != nil {
		return nil, err
	}
	var e sim.Encoder
	m.AppendState(&e)
	d := sim.Decoder{Buf: e.Buf}
	if h.LoadState(&d); d.Err != nil {
		return nil, d.Err
	}
	h.(*model).rain.wrong = newRainError(m.config.Forecast, &m.env, issue, member, m.clock)
	return h, nil
}

// errorSpan is how long the rain of a member keeps its factor (assumed).
const errorSpan = 10 * sim.Minute

// rainError is how wrong the rain of a member is: a factor for every errorSpan from the issue on. Its logarithm is a
// random walk that begins at 0, less half of its variance, so that the mean of the factor is 1. A nil error is none.
type rainError struct {
	since   sim.Time
	factors []float64 // the last one holds on
	sum     []float64 // workspace
}

// newRainError draws the walk of a member; nil for a forecast that knows the rain. Every flood of a scenario has walks
// of its own, as every issue has: hazard and issue together are what the stream draws for.
func newRainError(f *Forecast, env *sim.HazardEnv, issue, member int, at sim.Time) *rainError {
	if f.RainError == 0 {
		return nil
	}
	stream := rng.New(env.Seed, "flood.forecast")
	of := uint64(env.ID)<<32 | uint64(uint32(issue))
	perHour := float64(sim.Hour / errorSpan)
	variance := float64(f.RainError*f.RainError) / perHour // of one step
	step := math.Sqrt(variance)
	e := &rainError{since: at}
	walk := 0.0
	for k := range int((f.Lead + errorSpan - 1) / errorSpan) {
		if k > 0 {
			walk += float64(step * num.NormQuantile(stream.Open(of, uint32(member), uint32(k))))
		}
		e.factors = append(e.factors, num.Exp(walk-float64(float64(k)*variance/2)))
	}
	return e
}

// visit calls f with the parts of a span in which the factor is one and the same.
func (e *rainError) visit(from, to sim.Time, f func(a, b sim.Time, factor float64)) {
	for from < to {
		k := max(int(from.Sub(e.since)/errorSpan), 0)
		end := e.since.Add(sim.Duration(k+1) * errorSpan)
		if k >= len(e.factors)-1 {
			k, end = len(e.factors)-1, to
		}
		end = min(end, to)
		f(from, end, e.factors[k])
		from = end
	}
}

// common returns what the member takes for the rain of a span where it is even [m].
func (e *rainError) common(field *storm.Field, from, to sim.Time) float64 {
	if e == nil {
		return field.Common(from, to)
	}
	sum := 0.0
	e.visit(from, to, func(a, b sim.Time, factor float64) { sum += float64(factor * field.Common(a, b)) })
	return sum
}

// on returns what the member takes for the rain of a span on rain cells [m]; valid until the next call.
func (e *rainError) on(blocks *storm.Blocks, from, to sim.Time) []float64 {
	if e == nil {
		return blocks.Fall(from, to)
	}
	n := blocks.Grid.Len()
	e.sum = slices.Grow(e.sum[:0], n)[:n]
	clear(e.sum)
	e.visit(from, to, func(a, b sim.Time, factor float64) {
		for c, depth := range blocks.Fall(a, b) {
			e.sum[c] += float64(factor * depth)
		}
	})
	return e.sum
}
