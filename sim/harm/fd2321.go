package harm

import "sandtable/sim"

// FD2321 are the factors of the count of injuries and deaths of Flood Risks to People.
var FD2321 = Table[ValueRow]{
	Head{
		Name:  "counts-fd2321",
		Title: sim.Text{ZH: "伤亡人数（FD2321）", EN: "injuries and deaths, FD2321"},
		Source: "Defra and Environment Agency (2006), Flood Risks to People, FD2321/TR1 and TR2; Penning-Rowsell, " +
			"Floyd, Ramsbottom, Surendran (2005), Natural Hazards 36, 43–64",
		Status: Recalled,
		Note: "Injured = factor · n · (HR · AV / 100) · PV, at most all of the n people; dead = factor · injured · HR / " +
			"100, at most all injured. HR is the hazard rating with the debris factor of FD2321. AV, the vulnerability of " +
			"the area, 3 to 9, is the sum of three scores of 1 to 3: warning, speed of onset, nature of the area. PV is " +
			"the share of people of 75 and more plus the share of infirm and long-term sick. No text that states the " +
			"formula was found.",
		Columns: []Column{{"", ""}, {"value", "-"}},
	},
	[]ValueRow{{sim.Text{ZH: "系数", EN: "factor"}, 2}},
}

// ElderlyFD2321 is the age from which on FD2321 counts people as vulnerable [a].
const ElderlyFD2321 = 75

// InjuredFD2321 returns how many of n people are hurt or die in water of a hazard rating [m2/s], in an area of a
// vulnerability of 3 to 9, of people of whom so large a share is vulnerable [-].
func InjuredFD2321(n, rating, area, people float64) float64 {
	return min(FD2321.Rows[0].Value*n*(rating*area/100)*people, n)
}

// DeadFD2321 returns how many of them die.
func DeadFD2321(injured, rating float64) float64 {
	return min(FD2321.Rows[0].Value*injured*rating/100, injured)
}

// Onset is how FD2321 scores the speed of onset: 1 gradual (many hours), 2 an hour or so, 3 rapid.
var Onset = Table[OnsetRow]{
	Head{
		Name:   "onset-fd2321",
		Title:  sim.Text{ZH: "来水速度评分（FD2321）", EN: "speed of onset, FD2321"},
		Source: "scores: FD2321; what rise of the water they stand for: none",
		Status: Assumed,
		Note: "FD2321 words the scores. Assumed besides: warning counts 1 for who heard before the water came, 2 for who " +
			"heard later, 3 for who never did; the area 1 for three storeys and more, 2 for two, 3 for one, and outdoors.",
		Columns: []Column{{"water rises below", "m/h"}, {"score", "-"}},
	},
	[]OnsetRow{{0.3, 1}, {1, 2}, {boundless, 3}},
}

// OnsetRow is a score of the speed of onset.
type OnsetRow struct {
	Below float64 // [m/h]
	Score float64 // [-]
}

// Cells returns the row for a document.
func (r OnsetRow) Cells() []string { return cells(r.Below, r.Score) }

// OnsetScore returns the score of water that rises at a rate [m/s].
func OnsetScore(rise float64) float64 {
	for _, r := range Onset.Rows {
		if rise*secondsOfHour < r.Below {
			return r.Score
		}
	}
	return Onset.Rows[len(Onset.Rows)-1].Score
}

// AreaScore returns the score of the nature of the area where somebody is: in a building of so many storeys; 0 for
// outdoors.
func AreaScore(storeys uint8) float64 {
	switch {
	case storeys >= 3:
		return 1
	case storeys == 2:
		return 2
	}
	return 3
}

// CriticalRise is the depth over which the rate of rise is taken, from the first water on: the first 1.5 m are those in
// which people save themselves, after Jonkman [m].
const CriticalRise = 1.5
