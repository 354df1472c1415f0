package flood

import "sandtable/sim"

// Default returns a configuration with the defaults of the tags and no water at all.
func Default() Config {
	return Config{
		Solver: Solver{Theta: 0.9, Alpha: 0.7, Wet: 0.001, Froude: 1, StepMax: 10 * sim.Second, Interval: 30 * sim.Second},
		Roughness: Roughness{
			Farmland: 0.035, Forest: 0.1, Urban: 0.08, Water: 0.03, Bare: 0.025, Wetland: 0.06,
		},
		Runoff: Runoff{Farmland: 0.47, Forest: 0.39, Urban: 0.8, Water: 1, Bare: 0.6, Wetland: 0.9},
	}
}

// DefaultCatchment returns a sub-catchment with the defaults of the tags.
func DefaultCatchment() Catchment {
	return Catchment{Exponent: 0.8, RainFactor: 1, InitialLoss: 20, Loss: 3}
}

// DefaultReservoir returns a reservoir with the defaults of the tags, without gates.
func DefaultReservoir() Reservoir {
	return Reservoir{
		Dam:      Dam{Coefficient: 1.705},
		Spillway: Spillway{Coefficient: 2.1},
		Breach:   Breach{Overtopping: true},
	}
}

// DefaultGate returns a gate with the defaults of the tags.
func DefaultGate() Gate { return Gate{Coefficient: 0.6, Stroke: 10 * sim.Minute} }

// DefaultBoundary returns a boundary with the defaults of the tags.
func DefaultBoundary() Boundary { return Boundary{Slope: 0.001} }
