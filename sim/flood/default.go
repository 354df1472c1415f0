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

// DefaultDyke returns a dyke with the defaults of the tags, without breaches.
func DefaultDyke() Dyke { return scenario.Filled[Dyke]() }

// DefaultDykeBreach returns a place at which a dyke may fail, with the defaults of the tags.
func DefaultDykeBreach() DykeBreach { return scenario.Filled[DykeBreach]() }

// DefaultBarrier returns a barrier with the defaults of the tags.
func DefaultBarrier() Barrier { return scenario.Filled[Barrier]() }

// DefaultSluice returns a sluice with the defaults of the tags.
func DefaultSluice() Sluice { return scenario.Filled[Sluice]() }

// DefaultBridge returns a bridge with the defaults of the tags.
func DefaultBridge() Bridge { return scenario.Filled[Bridge]() }

// DefaultCulvert returns a culvert with the defaults of the tags.
func DefaultCulvert() Culvert { return scenario.Filled[Culvert]() }

// DefaultPump returns a pump with the defaults of the tags.
func DefaultPump() Pump { return scenario.Filled[Pump]() }

// DefaultDrain returns a drain with the defaults of the tags.
func DefaultDrain() Drain { return scenario.Filled[Drain]() }

// DefaultForecast returns a forecast with the defaults of the tags.
func DefaultForecast() Forecast { return scenario.Filled[Forecast]() }
