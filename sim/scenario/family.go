package scenario

import "sandtable/sim"

// Family says how the members of a household find each other, who takes neighbours along, and who goes back. Every
// share is 0 unless it is given: then nobody does so.
type Family struct {
	Tell      float64      `toml:"tell" unit:"-" range:"[0,1]" default:"0" doc:"share of households in which who hears an order calls the others (assumed; 0.9 is usual where everybody has a telephone)"`
	Phone     string       `toml:"phone,omitempty" ref:"channel" optional:"true" doc:"channel without which such a call does not get through, in the zone of either; calls always do when missing"`
	CallDelay sim.Duration `toml:"call_delay" range:"[1s,24h]" default:"5m" doc:"from hearing an order until the others have been called; who could not be reached is called again after as long (assumed)"`

	GatherHome float64      `toml:"gather_home" unit:"-" range:"[0,1]" default:"0" doc:"share of households whose members go home first and leave from there together; the others meet at the shelter (assumed)"`
	GatherWait sim.Duration `toml:"gather_wait" range:"[0s,24h]" default:"45m" doc:"how long those at home wait for the others when they are ready, before they leave without them (assumed)"`
	Fetch      float64      `toml:"fetch_children" unit:"-" range:"[0,1]" default:"0" doc:"share of households with children at school where somebody fetches them before they leave (assumed)"`
	FetchWait  sim.Duration `toml:"fetch_wait" range:"[0s,24h]" default:"60m" doc:"how long a child that would leave school waits to be fetched (assumed)"`

	LiftOffer  float64      `toml:"lift_offer" unit:"-" range:"[0,1]" default:"0" doc:"share of households leaving by car that take neighbours without one along, as long as there are seats (assumed)"`
	LiftWindow sim.Duration `toml:"lift_window" range:"[0s,12h]" default:"15m" doc:"how long neighbours wait for each other (assumed)"`
	LiftReach  float64      `toml:"lift_reach" unit:"m" range:"[0,1000]" default:"100" doc:"how far away neighbours may live, as the crow flies (assumed)"`

	Back        float64      `toml:"share_back" unit:"-" range:"[0,1]" default:"0" doc:"share of households one of whom goes back for property once they are away (assumed)"`
	BackAnimals float64      `toml:"share_back_animals" unit:"-" range:"[0,1]" default:"0" doc:"the same of households that have animals, for these (assumed)"`
	BackPeople  float64      `toml:"share_back_people" unit:"-" range:"[0,1]" default:"0" doc:"share of households one of whom goes back for members who are still at home or at school (assumed)"`
	BackT50     sim.Duration `toml:"back_t50" range:"[1s,48h]" default:"90m" doc:"from getting away to going back, median (assumed; Weibull through t50 and t90)"`
	BackT90     sim.Duration `toml:"back_t90" range:"[1s,96h]" default:"4h" doc:"the same, 90th percentile (assumed)"`
	BackStay    sim.Duration `toml:"back_stay" range:"[0s,24h]" default:"30m" doc:"how long somebody who has gone back stays (assumed)"`

	Relatives float64 `toml:"relatives" unit:"-" range:"[0,1]" default:"0" doc:"share of households leaving by car that drive to relatives or friends out of the map instead of to a shelter (assumed)"`
}

// GoesBack says whether anybody may go back.
func (f *Family) GoesBack() bool { return f.Back > 0 || f.BackAnimals > 0 || f.BackPeople > 0 }
