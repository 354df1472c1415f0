package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
)

// Names of the schemes in a scenario.
const (
	SchemeAuto     = "auto"
	SchemeInertial = "inertial"
	SchemeFinite   = "finite"
)

// Scheme returns the scheme that moves this hazard's water, and why. Auto takes the finite volumes when a dam can
// break, a reservoir's or a dyke with its reservoir on the grid: below it water is faster than its waves, which local
// inertia does not know.
func (c *Config) Scheme() (shallow.Scheme, sim.Text) {
	switch c.Solver.Scheme {
	case SchemeInertial:
		return shallow.Inertial, sim.Text{ZH: "局部惯性格式（情景指定）", EN: "local inertia, as the scenario says"}
	case SchemeFinite:
		return shallow.Finite, sim.Text{ZH: "有限体积格式（情景指定）", EN: "finite volume, as the scenario says"}
	}
	for i := range c.Reservoirs {
		if r := &c.Reservoirs[i]; r.Breach.Trigger != TriggerNone {
			return shallow.Finite, sim.Say("有限体积格式（自动选择：%s可能溃决）",
				"finite volume (auto: %s can break)", r.Title.Or(r.Name))
		}
	}
	for i := range c.Dykes {
		for k := range c.Dykes[i].Breaches {
			if b := &c.Dykes[i].Breaches[k]; len(b.Water) > 0 {
				return shallow.Finite, sim.Say("有限体积格式（自动选择：%s可能溃决，库水在网格上）",
					"finite volume (auto: %s can break, with its reservoir on the grid)", b.Title.Or(b.Name))
			}
		}
	}
	return shallow.Inertial, sim.Text{ZH: "局部惯性格式（自动选择：没有可能溃决的大坝）",
		EN: "local inertia (auto: no dam can break)"}
}

// Chosen returns the scheme in the place of auto.
func (c *Config) Chosen(path string) string {
	if path != "solver.scheme" || c.Solver.Scheme != SchemeAuto {
		return ""
	}
	if scheme, _ := c.Scheme(); scheme == shallow.Finite {
		return SchemeFinite
	}
	return SchemeInertial
}

// Remarks says which scheme moves the water.
func (c *Config) Remarks() []sim.Text {
	_, why := c.Scheme()
	return []sim.Text{why}
}

// params are the numerical parameters for cells of a size [m].
func (c *Config) params(size float64, workers int) shallow.Params {
	s := &c.Solver
	scheme, _ := c.Scheme()
	p := shallow.Params{
		Scheme: scheme, Size: size, Alpha: s.Alpha, Wet: s.Wet, Theta: s.Theta, Froude: s.Froude, Advect: s.Advect,
		Workers: workers,
	}
	if scheme == shallow.Finite {
		p.Alpha = s.Courant
	}
	return p
}
