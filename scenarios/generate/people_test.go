package generate

import (
	"math"
	"testing"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

func TestPersonsAreAsManyAsWanted(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		if len(c.sc.Persons) != c.p.Persons {
			t.Errorf("%d persons; want %d", len(c.sc.Persons), c.p.Persons)
		}
	})
}

// Reference: Seventh National Population Census of China (2020): mean household 2.62; 13.5 % of 65 and above, 18 % below
// 15, which counties pass by a few points.
func TestPeopleLookLikeTheCensus(t *testing.T) {
	sc := linjiang().sc
	old, young := 0, 0
	for _, p := range sc.Persons {
		if p.Age >= 65 {
			old++
		}
		if p.Age < 15 {
			young++
		}
	}
	all := float64(len(sc.Persons))
	if mean := all / float64(len(sc.Households)); math.Abs(mean-2.62) > 0.08 {
		t.Errorf("mean household %.2f; want 2.62", mean)
	}
	if share := float64(old) / all; share < 0.12 || share > 0.20 {
		t.Errorf("%.3f are 65 or older; want 0.12 to 0.20", share)
	}
	if share := float64(young) / all; share < 0.13 || share > 0.22 {
		t.Errorf("%.3f are younger than 15; want 0.13 to 0.22", share)
	}
	cars := 0
	for _, h := range sc.Households {
		cars += int(h.Cars)
	}
	if share := float64(cars) / float64(len(sc.Households)); math.Abs(share-0.45) > 0.08 {
		t.Errorf("%.2f cars per household; want about 0.45", share)
	}
}

// Reference: HEC-LifeSim technical reference manual: limited mobility 5.1 % below 65 years, 22.6 % from 65 on.
func TestMobilityFollowsLifeSim(t *testing.T) {
	d := dice.Roll(rng.New(1, "test"), 0)
	for _, x := range []struct {
		age  uint8
		want float64
	}{{30, 0.051}, {70, 0.226}} {
		n := 0
		for range 40000 {
			if mobility(d, x.age, false) != scenario.MobilityAble {
				n++
			}
		}
		if got := float64(n) / 40000; math.Abs(got-x.want) > 0.006 {
			t.Errorf("%.3f of age %d walk badly; want %.3f", got, x.age, x.want)
		}
	}
}

func TestHelpersCanHelp(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		special := 0
		for i, p := range c.sc.Persons {
			if !p.Special {
				if p.Helper != sim.None {
					t.Errorf("person %d has a helper without special care", i)
				}
				continue
			}
			special++
			if p.Helper == sim.None {
				t.Errorf("person %d has no helper", i)
				continue
			}
			h := c.sc.Persons[p.Helper]
			if int(p.Helper) == i || h.Mobility != scenario.MobilityAble || h.Age < 18 || h.Household == p.Household {
				t.Errorf("person %d is helped by person %d: %+v", i, p.Helper, h)
			}
		}
		if special == 0 {
			t.Error("nobody needs special care")
		}
	})
}

func TestPupilsGoToSchool(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for i, p := range c.sc.Persons {
			pupil := p.Age >= 6 && p.Age <= 17 && !c.sc.IsVisitor(p.Household)
			if pupil != (p.School != sim.None) {
				t.Fatalf("person %d of %d years: school %d", i, p.Age, p.School)
			}
			if pupil && c.sc.Buildings[p.School].Use != scenario.UseSchool {
				t.Fatalf("person %d learns in a %s", i, scenario.BuildingUseNames[c.sc.Buildings[p.School].Use])
			}
			if p.Work != sim.None && (p.Age < workAge || p.Age > retireAge || c.sc.Buildings[p.Work].Use == scenario.UseHome) {
				t.Fatalf("person %d of %d years works in building %d", i, p.Age, p.Work)
			}
		}
	})
}

func TestQuotasAddUp(t *testing.T) {
	for n := range 50 {
		sum := 0
		for _, q := range quotas(n, []float64{3, 0, 1.5, 7, 0.2}) {
			if q < 0 {
				t.Fatalf("a quota of %d", q)
			}
			sum += q
		}
		if sum != n {
			t.Errorf("quotas of %d add up to %d", n, sum)
		}
	}
}

func TestNamesAreUnique(t *testing.T) {
	n := newNamer(1)
	seen := map[string]bool{}
	for range 3000 {
		name := n.place(plainEnds)
		if name.ZH == "" || name.EN == "" || seen[name.ZH] {
			t.Fatalf("name %v", name)
		}
		seen[name.ZH] = true
	}
}

// An institution is named in both languages.
func TestInstitutionsHaveTwoNames(t *testing.T) {
	for _, in := range linjiang().sc.Institutions {
		if in.Title.ZH == "" || in.Title.EN == "" || in.Title.ZH == in.Title.EN {
			t.Errorf("%s is called %q in Chinese and %q in English", in.Name, in.Title.ZH, in.Title.EN)
		}
	}
}

func TestInstitutionsAreThere(t *testing.T) {
	var count [scenario.BuildingUseCount]int
	for _, b := range linjiang().sc.Buildings {
		count[b.Use]++
	}
	for use, n := range count {
		if n == 0 {
			t.Errorf("no %s", scenario.BuildingUseNames[use])
		}
	}
}
