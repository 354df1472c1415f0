package population

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// draws are the random streams of the package. Each draw is keyed by who it is about, never by a running number, so
// that two alternatives of one drill share every draw that both make.
type draws struct {
	where    rng.Stream // person: at home or away at the start
	hearing  rng.Stream // party and channel
	decision rng.Stream // household and party
	fate     rng.Stream // person and party
	building rng.Stream // building: strength
	driver   rng.Stream // household: what its driver knows and dares
	family   rng.Stream // household and party: who gathers, takes along, goes back
	talk     rng.Stream // party: when a story of its zone comes to it
	shelter  rng.Stream // party and household: what they do in a shelter
	care     rng.Stream // institution and party: how long they take
}

// Purposes of the draws, by stream.
const (
	hearReach  = 0 // draw number = channel
	hearDelay  = 1 // draw number = channel
	hearSense  = 2 // draw number = channel: understands it when below the share of those who do
	talkWord   = 0 // where in the order of the word of mouth
	talkRumour = 1 // draw number = number of the rumour
	talkSaid   = 2 // hears it over a channel when below that share
	willResist = 0 // household: leaves when below the share of those who heed
	willDrive  = 1 // household: takes its car when below the share of those who do
	willTake   = 2 // party: time from hearing to setting off
	willAsk    = 5 // party: time until it knows whether it is true
	willWonder = 7 // party: asks why its neighbours leave when below the share of those who do
	willSleep  = 6 // household: puts a departure at night off when below the share of those who do
	willRide   = 4 // household: takes its two-wheeler when below the share of those who do
	willCarry  = 3 // party: is brought to the assembly point when below the share of those who are
	fateDeath  = 0 // person
	fateHurt   = 1 // person
	fateRate   = 2 // party: where on the fatality curve
	fateAccess = 3 // party: way to attic and roof
	fateCold   = 5 // person: how long it lasts in the cold
	fateDepth  = 4 // party: where in the range of a submergence criterion
	driveKnows = 0 // household: knows more of the roads the lower it is
	driveBold  = 1 // household: drives into water when below the share of those who do
	drivePlan  = 2 // household: takes the plan's route when below the share of those who do

	kinTell       = 0 // household: its members call each other when below the share of those who do
	kinGather     = 1 // household: gathers at home when below the share of those who do
	kinFetch      = 2 // household: fetches its children when below the share of those who do
	kinLift       = 3 // household: offers a lift when below the share of those who do
	kinBack       = 4 // household: one of it goes back when below the share of those who do
	kinBackPeople = 5 // household: one of it goes back for people when below the share of those who do
	kinBackWhen   = 6 // party: time from getting away to going back
	kinRelatives  = 7 // household: drives to relatives when below the share of those who do

	stayLeave   = 0 // party: how long it stays
	stayDrawn   = 1 // household: has something to look after when below the share of those who do
	stayIll     = 2 // party: until one of it needs a doctor
	stayWho     = 3 // party: which one
	stayStopped = 4 // party: is stopped by a watched door when below the share of those who are
	stayKept    = 5 // party: is kept by news when below the share of those who are
	careReady   = 0 // institution: time to prepare
	careHome    = 1 // party: time until it sets out for home
)

// accessTo returns how high the able people of a party can get in their building.
func (p *People) accessTo(q sim.PartyID) harm.Access {
	return harm.AccessOf(p.draw.fate.Float64(p.roll.key(q), fateAccess, 0))
}

func newDraws(seed uint64) draws {
	return draws{
		where:    rng.New(seed, "population.where"),
		hearing:  rng.New(seed, "population.hearing"),
		decision: rng.New(seed, "population.decision"),
		fate:     rng.New(seed, "population.fate"),
		building: rng.New(seed, "population.building"),
		driver:   rng.New(seed, "population.driver"),
		family:   rng.New(seed, "population.family"),
		talk:     rng.New(seed, "population.talk"),
		shelter:  rng.New(seed, "population.shelter"),
		care:     rng.New(seed, "population.care"),
	}
}

// delay is the Weibull distribution P(t) = 1 - exp(-a t^b) through its median and its 90th percentile:
// b = ln(ln 10 / ln 2) / ln(t90/t50), a = ln 2 / t50^b.
type delay struct {
	t50     float64 // median [s]
	inverse float64 // 1/b [-]; 0 stands for a delay without spread
}

func newDelay(t50, t90 sim.Duration) delay {
	d := delay{t50: t50.Seconds()}
	if t50 > 0 && t90 > t50 {
		d.inverse = num.Log(t90.Seconds()/d.t50) / num.Log(math.Ln10/math.Ln2)
	}
	return d
}

// quantile returns the time that the share u of the cases does not exceed; u lies in [0, 1).
func (d delay) quantile(u float64) float64 {
	if d.inverse == 0 {
		return d.t50
	}
	return d.t50 * num.Pow(-num.Log1p(-u)/math.Ln2, d.inverse)
}

// longest bounds every span that is computed from a draw: longer than the longest drill.
const longest = 31 * 24 * sim.Hour

// span makes a duration of seconds, at most the longest.
func span(seconds float64) sim.Duration {
	if !(seconds < longest.Seconds()) {
		return longest
	}
	return sim.Duration(num.RoundInt64(seconds * 1e6))
}

// Times of day of the census of people [min since midnight]: full night until dawn, full day from morning to evening,
// full night again from late on; linear between. LifeSim Technical Reference Manual, chapter 11, has the transitions
// 04-10 and 17-24 h; night begins at 22:00 here (assumed: county towns go to bed earlier).
const (
	minuteDawn    = 4 * 60
	minuteMorning = 10 * 60
	minuteEvening = 17 * 60
	minuteLate    = 22 * 60
)

// dayWeight returns how much of the day's pattern holds at a minute of the day: 0 at night, 1 by day [-].
func dayWeight(minute int) float64 {
	switch {
	case minute < minuteDawn || minute >= minuteLate:
		return 0
	case minute < minuteMorning:
		return float64(minute-minuteDawn) / (minuteMorning - minuteDawn)
	case minute < minuteEvening:
		return 1
	}
	return float64(minuteLate-minute) / (minuteLate - minuteEvening)
}

// calendar is what day it is at the start.
type calendar struct {
	day    float64 // how much of the day's pattern holds [-]
	school bool    // there is school
	home   float64 // share of working people who are at home by day [-]
}

// newCalendar returns the calendar of a drill's start.
func newCalendar(sc *scenario.Scenario) calendar {
	c := calendar{dayWeight(sc.Drill.Start.MinuteOfDay()), true, sc.Population.Behaviour.DayShare}
	care := &sc.Population.Care
	dated := care.Days == "calendar" || care.Days == "holidays"
	if dated && sc.Drill.Start.IsWeekend() {
		c.school, c.home = false, care.Rest
	}
	if care.Days == "holidays" {
		c.school = false
	}
	return c
}

// shareHome returns the chance that a person is at home at the start.
func (c calendar) shareHome(x *scenario.Person, b *scenario.Behaviour) float64 {
	switch {
	case x.School >= 0 && !c.school:
		return 1
	case x.School >= 0:
		return b.NightShare * (1 - c.day)
	}
	return b.NightShare + float64(c.day*(c.home-b.NightShare))
}
