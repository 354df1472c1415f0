package population

import (
	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// departure is the form of the time from a household's decision to its setting off.
type departure struct {
	form   departureForm
	law    delay                 // weibull, and rayleigh with its shape 2
	slope  float64               // logistic: time in which the odds grow e-fold [s]
	points []scenario.SharePoint // of a curve of one's own
}

type departureForm uint8

const (
	departWeibull departureForm = iota
	departLogistic
	departPoints
)

func newDeparture(sc *scenario.Scenario) departure {
	b, how := &sc.Population.Belief, &sc.Population.Behaviour
	d := departure{law: newDelay(how.DelayT50, how.DelayT90)}
	switch b.Mobilisation {
	case "rayleigh":
		d.law = delay{t50: how.DelayT50.Seconds(), inverse: 0.5}
	case "logistic":
		d.form = departLogistic
		d.slope = (how.DelayT90 - how.DelayT50).Seconds() / num.Log(9)
	case "points":
		d.form, d.points = departPoints, b.Points
	}
	return d
}

// quantile returns the time [s] that the share u of those who leave does not exceed; u lies in [0, 1).
//
//	weibull, rayleigh   P(t) = 1 - exp(-ln 2 (t/t50)^b), b through t90, or 2
//	logistic            P(t) = 1/(1 + exp(-(t-t50)/s)), s through t90; who is ready before the decision goes at once
//	points              linear between the points
func (d *departure) quantile(u float64) float64 {
	switch d.form {
	case departLogistic:
		if u == 0 {
			return 0
		}
		return max(0, d.law.t50+float64(d.slope*num.Log(u/(1-u))))
	case departPoints:
		return d.between(u)
	}
	return d.law.quantile(u)
}

func (d *departure) between(u float64) float64 {
	from := scenario.SharePoint{}
	for _, to := range d.points {
		if u < to.Share {
			span := (to.After - from.After).Seconds()
			return from.After.Seconds() + float64(span*(u-from.Share)/(to.Share-from.Share))
		}
		from = to
	}
	return from.After.Seconds()
}

// minuteDay is when night ends, see sim.CivilTime.IsNight [min since midnight].
const minuteDay = 6 * 60

// sleepOn puts a departure at night off until the morning for those households that do so. Water in sight makes nobody
// wait.
func (p *People) sleepOn(q sim.PartyID, when sim.Time, cue sim.DecisionCue) sim.Time {
	share := p.sc.Population.Belief.NightWait
	clock := p.sc.Drill.Start.Add(when)
	if share == 0 || !clock.IsNight() || cue == sim.CueWaterSeen || cue == sim.CueWaterDoor || p.seesWater(q) ||
		p.draw.decision.Float64(uint64(p.roll.entry[q].Household), willSleep, 0) >= share {
		return when
	}
	minutes := (minuteDay - clock.MinuteOfDay() + 24*60) % (24 * 60)
	return when.Add(sim.Duration(minutes) * sim.Minute)
}
