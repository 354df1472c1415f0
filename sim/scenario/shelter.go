package scenario

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// ShelterRules are what people in shelters do, and how shelters hear of each other. No published rate of leaving a
// shelter against orders was found: all values about it are assumed.
type ShelterRules struct {
	LeaveRate    float64      `toml:"leave_rate" unit:"1/h" range:"[0,10]" default:"0.01" doc:"at which families leave a shelter against orders by day, once they have been there for patience; 0 for never (assumed)"`
	Patience     sim.Duration `toml:"patience" range:"[0s,240h]" default:"3h" doc:"how long after registering nobody thinks of leaving (assumed)"`
	NightFactor  float64      `toml:"night_factor" unit:"-" range:"[0,10]" default:"0.5" doc:"factor on that rate from 22:00 to 06:00 (assumed: most are asleep)"`
	DrawnShare   float64      `toml:"drawn_share" unit:"-" range:"[0,1]" default:"0.3" doc:"share of households without animals that have goods at home to look after (assumed)"`
	DrawnFactor  float64      `toml:"drawn_factor" unit:"-" range:"[1,20]" default:"3" doc:"factor on the rate of these and of households with animals (assumed)"`
	CrowdFactor  float64      `toml:"crowd_factor" unit:"-" range:"[0,20]" default:"2" doc:"by how much the rate grows for each further person to a place, where there are more people than places (assumed)"`
	RumourFactor float64      `toml:"rumour_factor" unit:"-" range:"[1,20]" default:"2" doc:"factor on the rate of those who believe a rumour that there is no need to leave (assumed)"`
	GuardStops   float64      `toml:"guard_stops" unit:"-" range:"[0,1]" default:"0.9" doc:"share of those about to leave whom a guarded door stops (assumed)"`
	InformStops  float64      `toml:"inform_stops" unit:"-" range:"[0,1]" default:"0.7" doc:"share whom news of how things stand keeps, for inform_lasts (assumed)"`
	InformLasts  sim.Duration `toml:"inform_lasts" range:"[1m,48h]" default:"4h" doc:"how long such news holds (assumed)"`
	IllRate      float64      `toml:"ill_rate" unit:"1/d" range:"[0,1]" default:"0.01" doc:"of persons in shelters who come to need a doctor (assumed; diarrhoea or vomiting alone 9.35 per 1,000 and day in Georgia's shelters, September 2005: Cookson et al. 2008)"`
	TellEvery    sim.Duration `toml:"tell_every" range:"[1m,24h]" default:"15m" doc:"how often the county tells each shelter how full the others are, as far as that has changed (assumed)"`
	ReturnEvery  sim.Duration `toml:"return_every" range:"[1m,24h]" default:"30m" doc:"how often a shelter looks again whose house stands and whose way is open, once it lets people go home (assumed)"`
}

// ClassArea returns the floor that a person needs in a shelter of its class [m2]: GB 51143-2015 (recalled).
func (s *Shelter) ClassArea() float64 {
	switch s.Class {
	case "emergency":
		return 0.5
	case "short":
		return 2
	case "medium":
		return 3
	case "long":
		return 4.5
	}
	return 1
}

// Places returns how many people have the floor that they need: at most the capacity.
func (s *Shelter) Places() int32 {
	if s.Area > 0 {
		return num.Int32(min(float64(s.Capacity), math.Floor(s.Area/s.ClassArea())))
	}
	return int32(s.Capacity)
}

// House returns the storeys of a shelter and how far its ground floor lies above the terrain [m].
func (s *Shelter) House(buildings []Building) (storeys uint8, floor float64) {
	if s.Building != nil && *s.Building >= 0 && *s.Building < int64(len(buildings)) {
		b := &buildings[*s.Building]
		return b.Storeys, b.Floor
	}
	return num.Uint8(float64(max(s.Storeys, 1))), s.Floor
}
