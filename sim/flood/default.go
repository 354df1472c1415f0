package flood

import "sandtable/sim/scenario"

// Default returns a configuration with the defaults of the tags and no water at all.
func Default() Config { return filled[Config]() }

// DefaultCatchment returns a sub-catchment with the defaults of the tags.
func DefaultCatchment() Catchment { return filled[Catchment]() }

// DefaultReservoir returns a reservoir with the defaults of the tags, without gates.
func DefaultReservoir() Reservoir { return filled[Reservoir]() }

// DefaultGate returns a gate with the defaults of the tags.
func DefaultGate() Gate { return filled[Gate]() }

// DefaultBoundary returns a boundary with the defaults of the tags.
func DefaultBoundary() Boundary { return filled[Boundary]() }

func filled[T any]() T {
	var v T
	scenario.Fill(&v)
	return v
}
