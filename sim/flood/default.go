package flood

import "sandtable/sim/scenario"

// Default returns a configuration with the defaults of the tags and no water at all.
func Default() Config { return scenario.Filled[Config]() }

// DefaultCatchment returns a sub-catchment with the defaults of the tags.
func DefaultCatchment() Catchment { return scenario.Filled[Catchment]() }

// DefaultReservoir returns a reservoir with the defaults of the tags, without gates.
func DefaultReservoir() Reservoir { return scenario.Filled[Reservoir]() }

// DefaultGate returns a gate with the defaults of the tags.
func DefaultGate() Gate { return scenario.Filled[Gate]() }

// DefaultBoundary returns a boundary with the defaults of the tags.
func DefaultBoundary() Boundary { return scenario.Filled[Boundary]() }
