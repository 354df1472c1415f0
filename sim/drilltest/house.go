package drilltest

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// addHouse adds a building with one household. Its people use the nearest node.
func (t *Town) addHouse(w words) error {
	p, err := point(w.plain[1])
	if err != nil {
		return err
	}
	sc := t.Scenario
	build := slices.Index(scenario.ConstructionNames[:], w.set["build"])
	use := slices.Index(scenario.BuildingUseNames[:], w.set["use"])
	home := sim.BuildingID(len(sc.Buildings))
	t.builds[w.plain[0]] = home
	sc.Buildings = append(sc.Buildings, scenario.Building{
		At: scenario.Point(p), Build: scenario.Construction(max(build, 0)), Use: scenario.BuildingUse(max(use, 0)),
		Storeys: uint8(w.num("storeys", 1)), Floor: w.num("floor", 0.3), Node: t.nearest(scenario.Point(p))})
	return t.addFamily(home, w)
}

// addResident adds a household to a house before, such as a resident of a nursing home.
func (t *Town) addResident(w words) error {
	home, ok := t.builds[w.plain[0]]
	if !ok {
		return fmt.Errorf("no such house")
	}
	return t.addFamily(home, w)
}

// addFamily adds a household with its members.
func (t *Town) addFamily(home sim.BuildingID, w words) error {
	sc, household := t.Scenario, sim.HouseholdID(len(t.Scenario.Households))
	sc.Households = append(sc.Households, scenario.Household{Home: home, Cars: uint8(w.num("cars", 0)),
		Bikes: uint8(w.num("bikes", 0)), Animals: uint8(w.num("animals", 0)), Visitor: w.has("visitor")})
	for _, m := range w.tail {
		if err := t.addPerson(household, m); err != nil {
			return err
		}
	}
	return nil
}

func (t *Town) nearest(p geo.Point) sim.NodeID {
	best := sim.NodeID(sim.None)
	for i, n := range t.Scenario.Nodes {
		if best < 0 || n.At.Dist(p) < t.Scenario.Nodes[best].At.Dist(p) {
			best = sim.NodeID(i)
		}
	}
	return best
}

func (t *Town) addPerson(household sim.HouseholdID, text string) error {
	parts := strings.Split(text, "-")
	age, err := strconv.ParseUint(parts[0], 10, 8)
	if err != nil {
		return fmt.Errorf("member %q; want an age, such as 70-limited", text)
	}
	person := scenario.Person{Household: household, Age: uint8(age), Helper: sim.None, Work: sim.None, School: sim.None}
	for _, word := range parts[1:] {
		switch word {
		case "limited":
			person.Mobility = scenario.MobilityLimited
		case "none":
			person.Mobility = scenario.MobilityNone
		case "care":
			person.Special = true
		default:
			if name, ok := strings.CutPrefix(word, "@"); ok && t.goesTo(&person, name) {
				continue
			}
			if number, ok := strings.CutPrefix(word, "helper@"); ok {
				if k, err := strconv.ParseInt(number, 10, 32); err == nil {
					person.Helper = sim.PersonID(k)
					continue
				}
			}
			return fmt.Errorf("member %q: no such word as %q", text, word)
		}
	}
	t.Scenario.Persons = append(t.Scenario.Persons, person)
	return nil
}

// goesTo notes that a person works or learns in a building; it says whether there is one of that name.
func (t *Town) goesTo(x *scenario.Person, name string) bool {
	b, ok := t.builds[name]
	if ok && t.Scenario.Buildings[b].Use == scenario.UseSchool {
		x.School = b
	} else if ok {
		x.Work = b
	}
	return ok
}

// addBuilding adds a building without a household. Its people use the nearest node.
func (t *Town) addBuilding(w words) error {
	p, err := point(w.plain[1])
	if err != nil {
		return err
	}
	use := slices.Index(scenario.BuildingUseNames[:], w.set["use"])
	if use < 0 {
		return fmt.Errorf("use %q; want one of %v", w.set["use"], scenario.BuildingUseNames)
	}
	sc := t.Scenario
	t.builds[w.plain[0]] = sim.BuildingID(len(sc.Buildings))
	sc.Buildings = append(sc.Buildings, scenario.Building{At: scenario.Point(p), Use: scenario.BuildingUse(use),
		Build: scenario.BuildConcrete, Storeys: uint8(w.num("storeys", 1)), Floor: w.num("floor", 0.3),
		Node: t.nearest(scenario.Point(p))})
	return nil
}

// addInstitution makes a house an institution; keys of scenario.toml's institution.
func (t *Town) addInstitution(w words) error {
	house, ok := t.builds[w.plain[0]]
	if !ok {
		return fmt.Errorf("no such house")
	}
	x := scenario.Filled[scenario.Institution]()
	x.Name, x.Title, x.Building, x.Kind = w.plain[0], sim.Text{EN: w.plain[0]}, int64(house), "school"
	t.Scenario.Institutions = append(t.Scenario.Institutions, x)
	return setFields(reflect.ValueOf(&t.Scenario.Institutions[len(t.Scenario.Institutions)-1]).Elem(), w)
}

// setCare sets keys of the population's care by their names in scenario.toml.
func (t *Town) setCare(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Population.Care).Elem(), w)
}

// addWater adds a step of the scripted water.
func (t *Town) addWater(w words) error {
	at, err := sim.ParseDuration(w.plain[0])
	if err != nil {
		return err
	}
	r, err := rect(w.plain[1], w.plain[2])
	t.Water.Steps = append(t.Water.Steps, PoolStep{At: at, Rect: r, Depth: w.num("depth", 0), VX: w.num("vx", 0),
		VY: w.num("vy", 0)})
	return err
}

// setBehaviour sets keys of the population's behaviour by their names in scenario.toml.
func (t *Town) setBehaviour(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Population.Behaviour).Elem(), w)
}

// setFamily sets keys of the population's families.
func (t *Town) setFamily(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Population.Family).Elem(), w)
}

// setPlain makes people who take every order for true at once, tell nobody, look at nobody, and have practised no
// signals.
func setPlain(b *scenario.Belief) {
	scenario.Fill(b)
	b.AtOnce, b.Understood, b.Again, b.Neighbours, b.Talk, b.Attached, b.Defiant = 1, 1, 0, 0, 0, 0, 0
	b.Signals = 0
}

// setBelief sets keys of the population's belief.
func (t *Town) setBelief(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Population.Belief).Elem(), w)
}

func (t *Town) setWeather(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Weather).Elem(), w)
}

func (t *Town) setShelterRules(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Rules).Elem(), w)
}

func (t *Town) setRoads(w words) error {
	return setFields(reflect.ValueOf(&t.Scenario.Roads).Elem(), w)
}

// addBackground adds through traffic from one junction to another.
func (t *Town) addBackground(w words) error {
	from, ok1 := t.nodes[w.plain[0]]
	to, ok2 := t.nodes[w.plain[1]]
	if !ok1 || !ok2 {
		return fmt.Errorf("no such node")
	}
	b := scenario.Filled[scenario.Background]()
	b.From, b.To = fmt.Sprint(from), fmt.Sprint(to)
	t.Scenario.Roads.Background = append(t.Scenario.Roads.Background, b)
	last := &t.Scenario.Roads.Background[len(t.Scenario.Roads.Background)-1]
	if text, ok := w.set["end"]; ok {
		end, err := sim.ParseDuration(text)
		if err != nil {
			return err
		}
		last.End = &end
		delete(w.set, "end")
	}
	return setFields(reflect.ValueOf(last).Elem(), w)
}

// setFields sets the fields of a table that a line names by their keys: spans, words and numbers.
func setFields(b reflect.Value, w words) error {
	for i := range b.NumField() {
		key, _, _ := strings.Cut(b.Type().Field(i).Tag.Get("toml"), ",")
		text, ok := w.set[key]
		if !ok {
			continue
		}
		if b.Field(i).Kind() == reflect.Bool {
			b.Field(i).SetBool(text == "true")
			continue
		}
		if d, isSpan := b.Field(i).Addr().Interface().(*sim.Duration); isSpan {
			if err := d.UnmarshalText([]byte(text)); err != nil {
				return err
			}
			continue
		}
		if b.Field(i).Kind() == reflect.String {
			b.Field(i).SetString(text)
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		if f := b.Field(i); f.Kind() == reflect.Pointer {
			f.Set(reflect.New(f.Type().Elem()))
			f.Elem().SetInt(int64(v))
		} else if f.CanInt() {
			f.SetInt(int64(v))
		} else {
			f.SetFloat(v)
		}
	}
	return nil
}
