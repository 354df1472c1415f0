package storm

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Factors to metres and seconds.
const (
	perHour    = 1.0 / 1000 / 3600 // mm/h in m/s
	perHectare = 1e-7              // L/(s ha) in m/s
)

// Field is rain over space and time. It has no state: it may be asked in any order.
type Field struct {
	even   []curve   // the same everywhere
	moving []moving  //
	grids  []gridded //
}

// curve is rain that is the same everywhere: its depth from the beginning of time to an instant [m].
type curve interface {
	upTo(t sim.Time) float64
	// activeAfter says whether any falls after t.
	activeAfter(t sim.Time) bool
}

// Compile makes the field of a configuration that has been checked.
func Compile(c *Config) *Field {
	f := &Field{}
	if len(c.Rates) > 0 {
		f.even = append(f.even, newSteps(c.Times, c.Rates))
	}
	for i := range c.Chicago {
		f.even = append(f.even, newChicago(&c.Chicago[i]))
	}
	for i := range c.Moving {
		s := &c.Moving[i]
		f.moving = append(f.moving, newMoving(s))
		if s.Background > 0 {
			last := len(s.Times) - 1
			f.even = append(f.even, newSteps([]sim.Duration{s.Times[0], s.Times[last]}, []float64{s.Background, 0}))
		}
	}
	for i := range c.Gridded {
		f.grids = append(f.grids, newGridded(&c.Gridded[i]))
	}
	return f
}

// Even says whether the rain is the same everywhere.
func (f *Field) Even() bool { return len(f.moving) == 0 && len(f.grids) == 0 }

// Depth returns the depth of rain that falls at a place between two instants [m].
func (f *Field) Depth(at geo.Point, from, to sim.Time) float64 {
	sum := f.Common(from, to)
	for i := range f.moving {
		sum += f.moving[i].between(at, from, to)
	}
	for i := range f.grids {
		sum += f.grids[i].between(at, from, to)
	}
	return sum
}

// Common returns the depth of the rain that is the same everywhere [m].
func (f *Field) Common(from, to sim.Time) float64 {
	sum := 0.0
	for _, c := range f.even {
		sum += c.upTo(to) - c.upTo(from)
	}
	return sum
}

// ActiveAfter says whether any rain falls after an instant.
func (f *Field) ActiveAfter(t sim.Time) bool {
	for _, c := range f.even {
		if c.activeAfter(t) {
			return true
		}
	}
	for i := range f.moving {
		if f.moving[i].activeAfter(t) {
			return true
		}
	}
	for i := range f.grids {
		if f.grids[i].activeAfter(t) {
			return true
		}
	}
	return false
}
