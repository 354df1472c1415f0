package scenarios

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// BenchmarkLoad loads the drills that are shipped.
func BenchmarkLoad(b *testing.B) {
	for _, name := range List() {
		b.Run(name, func(b *testing.B) {
			l, err := Open(name)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, ds := l.Load(realKinds); ds.Failed() {
					b.Fatal(ds)
				}
			}
		})
	}
}

// BenchmarkLoadMillion loads a scenario with a million persons from compressed tables, everything checked.
func BenchmarkLoadMillion(b *testing.B) {
	const persons = 1_000_000
	sc := loadBase(b)
	sc.Persons, sc.Households = nil, nil
	for i := range persons {
		p := freshPerson
		p.Household, p.Age, p.Work = sim.HouseholdID(i/3), uint8(i%90), sim.BuildingID(i%5)
		if i%3 == 0 {
			sc.Households = append(sc.Households, scenario.Household{Home: sim.BuildingID(i % 5)})
		}
		sc.Persons = append(sc.Persons, p)
	}
	sc.Population.Persons, sc.Population.Households = "persons.csv.gz", "households.csv.gz"
	files, err := Encode(sc)
	if err != nil {
		b.Fatal(err)
	}
	fsys := asFS(files)
	for b.Loop() {
		if got, ds := Load(fsys, ".", testKinds); ds.Failed() || len(got.Persons) != persons {
			b.Fatal(ds)
		}
	}
}
