package road

import (
	"math"

	"sandtable/sim"
)

// Values of the HCM here, in signal.go and in yield.go are recalled, as they are generally quoted: the manual itself
// was not looked up. So are those of NCHRP report 572.

// occupations are for how long a vehicle keeps its path through a junction shut to those that cross it, by the lanes
// of its road. Two roads of one lane that cross and are both full send 3600/5.8 veh/h each at an all-way stop, one
// after the other: 5.8/2 s. With two lanes each 4 vehicles go in 7.2 s, with three lanes 6 in 7.8 s. (HCM 2010,
// chapter 20, base saturation headways of case 3, geometry groups 1, 5 and 6.)
var occupations = [...]sim.Time{2_900_000, 1_800_000, 1_300_000}

func occupation(lanes int) sim.Time { return occupations[min(max(lanes, 1), len(occupations))-1] }

// An all-way stop: everybody stops, and goes when those who have come before him have gone.
//
// stopTurns are for how long a vehicle has the junction to itself, by the lanes of its road: where four roads are full,
// each sends a vehicle per lane in 9.6 s, with two lanes in 11.5 s, with three in 13.3 s (HCM 2010, chapter 20, case 5,
// geometry groups 1, 5 and 6, with the most vehicles on the others). stopFollow is the time between two vehicles of one
// lane when nobody else is there (case 1). That everybody stops where there are no signs is what the law of China asks
// for; that all do so, and take as long as at the stop signs of the HCM, is assumed.
var stopTurns = [...]sim.Time{2_400_000, 1_440_000, 1_110_000}

const stopFollow sim.Time = 3_900_000

// Turns by the angle between the directions of driving before and after the node.
type turnKind uint8

const (
	turnThrough turnKind = iota
	turnRight
	turnLeft
	turnRound
	turnKinds
)

// slant is the angle from which a change of direction is a turn (assumed).
const slant = math.Pi / 4

// turnOf tells how one turns from one arm to another.
func turnOf(from, to arm) turnKind {
	if from.out == to.out {
		return turnRound
	}
	d := to.angle - from.angle - math.Pi // counterclockwise, from straight on
	for d <= -math.Pi {
		d += 2 * math.Pi
	}
	switch {
	case d > slant:
		return turnLeft
	case d < -slant:
		return turnRight
	}
	return turnThrough
}

// ranking is the rank of a movement at a junction with priority, and its gaps.
type ranking struct {
	rank   uint8
	gap    sim.Time // across two lanes, one each way
	wide   sim.Time // across more lanes
	follow sim.Time
}

// Rankings of movements from a major and from a minor arm: ranks, base critical headways and base follow-up headways of
// the HCM 2010, chapter 19; a turn round out of a minor arm, which is not listed there, as a left turn.
var (
	fromMajor = [turnKinds]ranking{
		turnThrough: {rank: 1},
		turnRight:   {rank: 1},
		turnLeft:    {2, 4_100_000, 4_100_000, 2_200_000},
		turnRound:   {2, 6_900_000, 6_900_000, 3_100_000},
	}
	fromMinor = [turnKinds]ranking{
		turnThrough: {3, 6_500_000, 6_500_000, 4_000_000},
		turnRight:   {2, 6_200_000, 6_900_000, 3_300_000},
		turnLeft:    {4, 7_100_000, 7_500_000, 3_500_000},
		turnRound:   {4, 7_100_000, 7_500_000, 3_500_000},
	}
	// ontoCircle is the entry of a roundabout with one lane: NCHRP report 572, HCM 2010 chapter 21.
	ontoCircle = ranking{2, 5_190_000, 5_190_000, 3_190_000}
)

// sideRoad is by how much the critical gap of a left turn out of a minor arm is shorter where that arm ends at the
// major road: HCM 2010, chapter 19.
const sideRoad sim.Time = 700_000

// setRanks gives every movement its rank and gaps. Major are the arms of the highest rank of those that lead in.
func (p *pattern) setRanks(arms []arm, top int) {
	majors, lanes := 0, 0
	for _, a := range arms {
		if a.rank >= top {
			majors++
			lanes = max(lanes, a.lanes)
		}
	}
	k := 0
	for _, from := range arms {
		for _, to := range arms {
			if !from.in || !to.off || k >= len(p.moves) {
				continue
			}
			r := rankingOf(from, to, top, majors)
			m := &p.moves[k]
			m.rank, m.gap, m.follow = r.rank, r.gap, r.follow/sim.Time(max(from.lanes, 1))
			if lanes > 1 {
				m.gap = r.wide
			}
			if len(arms) == 3 && r == fromMinor[turnLeft] {
				m.gap -= sideRoad
			}
			k++
			if p.outs == 1 && len(arms) > mostPlaces {
				break // one movement for each arm
			}
		}
	}
}

// setStops has everybody stop before he goes on.
func (p *pattern) setStops(arms []arm) {
	p.stop = true
	k := 0
	for _, from := range arms {
		if !from.in {
			continue
		}
		for range p.outs {
			if k < len(p.moves) {
				m := &p.moves[k]
				m.occupy = stopTurns[min(max(from.lanes, 1), len(stopTurns))-1]
				m.follow = stopFollow / sim.Time(max(from.lanes, 1))
			}
			k++
		}
	}
}

// rankingOf returns the ranking of a movement. Where the major road bends, following it is no turn.
func rankingOf(from, to arm, top, majors int) ranking {
	turn := turnOf(from, to)
	switch {
	case from.rank >= top && (top == circleRank || majors == 2 && to.rank >= top && turn != turnRound):
		return fromMajor[turnThrough]
	case from.rank >= top:
		return fromMajor[turn]
	case top == circleRank:
		return ontoCircle
	}
	return fromMinor[turn]
}
