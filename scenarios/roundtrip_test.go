package scenarios

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// anyWord is text with everything that TOML makes difficult.
var anyWord = rapid.StringOfN(rapid.RuneFrom([]rune("ab1 \"'\\\n\t\r\x00\x1f\x7f#=[]{}.,临江é\u2028\U0001f30a")), 0, 12, -1)

// fillRandomly sets the fields of a struct to whatever they can hold.
func fillRandomly(t *rapid.T, table *scenario.Table, v reflect.Value) {
	for i := range table.Fields {
		f := &table.Fields[i]
		x := v.Field(f.Index)
		switch {
		case f.Value.Form == scenario.FormFurther:
			x.Set(reflect.ValueOf(randomArgs(t)))
			continue
		case f.Pointer && rapid.Bool().Draw(t, "nil"):
			continue
		case f.Pointer:
			x.Set(reflect.New(x.Type().Elem()))
			x = x.Elem()
		}
		randomValue(t, &f.Value, x)
	}
}

func randomArgs(t *rapid.T) []sim.Arg {
	var args []sim.Arg
	for _, name := range []string{"opening", "structure", "门 1"} {
		if rapid.Bool().Draw(t, "arg") {
			values := rapid.OneOf(anyWord, rapid.SampledFrom([]string{"60", "060", "-1", "1e3", "2.50", "2.5", "1000000000000000000000", "true"}))
			args = append(args, sim.Arg{Name: name, Value: values.Draw(t, "value")})
		}
	}
	return args
}

func randomValue(t *rapid.T, d *scenario.Value, v reflect.Value) {
	switch d.Form {
	case scenario.FormBool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case scenario.FormInt:
		if n := rapid.Int64().Draw(t, "int"); !scenario.SetInt(v, n) {
			scenario.SetInt(v, int64(uint8(n)))
		}
	case scenario.FormFloat:
		x := rapid.Float64().Draw(t, "float")
		if math.IsInf(x, 0) || math.IsNaN(x) {
			x = 0.1
		}
		v.SetFloat(x)
	case scenario.FormWord:
		v.SetString(anyWord.Draw(t, "word"))
	case scenario.FormSpan:
		v.SetInt(rapid.Int64Range(-1e14, 1e14).Draw(t, "span"))
	case scenario.FormCivil:
		v.SetInt(rapid.Int64Range(-1e7, 1e8).Draw(t, "civil"))
	case scenario.FormText:
		v.Set(reflect.ValueOf(sim.Text{ZH: anyWord.Draw(t, "zh"), EN: anyWord.Draw(t, "en")}))
	case scenario.FormRecord:
		fillRandomly(t, d.Table, v)
	case scenario.FormList:
		n := d.Len
		if n == 0 {
			if n = rapid.IntRange(0, 3).Draw(t, "n"); n == 0 {
				return
			}
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range n {
			randomValue(t, d.Elem, v.Index(i))
		}
	}
}

// normal sets what reading makes of any scenario: units one by one, and a kind of hazard that there is.
func normal(sc *scenario.Scenario) {
	for i := range sc.Units {
		sc.Units[i].Count = 1
	}
	for i := range sc.Hazards {
		sc.Hazards[i].Kind = "tide"
	}
}

// Whatever the tables of a scenario hold, what is written and read again is equal.
func TestWhateverIsWrittenReadsEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sc := &scenario.Scenario{}
		fillRandomly(t, scenario.Schema(), reflect.ValueOf(sc).Elem())
		normal(sc)
		for i := range sc.Hazards {
			spec := &tide{}
			fillRandomly(t, scenario.TableOf(reflect.TypeOf(spec)), reflect.ValueOf(spec).Elem())
			sc.Hazards[i].Spec = spec
		}
		text := encodeMain(sc)
		doc, wrong := parseTOML("s.toml", text)
		if wrong != nil {
			t.Fatalf("%s\n%s", wrong, text)
		}
		l := newLoader(nil, ".", testKinds)
		l.root, l.sc = doc.root, &scenario.Scenario{}
		l.table([]part{partOf(l.sc)}, withoutHazards(doc.values), l.root)
		l.hazards(doc.values["hazard"], &scenario.Missing{})
		l.units()
		if len(l.diags) > 0 {
			t.Fatalf("%s\n%s", l.diags, text)
		}
		if !reflect.DeepEqual(l.sc, sc) {
			t.Fatalf("read\n%+v\nwant\n%+v\nfrom\n%s", l.sc, sc, text)
		}
		if path := unseen(doc.root, doc.values, ""); path != "" {
			t.Fatalf("the scan has not seen %s in\n%s", path, text)
		}
	})
}

// Whatever the big tables hold within their limits, what is written and read again is equal.
func TestWhateverTablesHoldReadsEqual(t *testing.T) {
	base := loadBase(t)
	coordinate := rapid.Float64Range(0, 399.9)
	name := rapid.StringOfN(rapid.RuneFrom([]rune("a, \"临'\t;")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		sc := *base
		sc.Nodes = []scenario.Node{{At: geo.Point{X: 1}}, {At: geo.Point{X: 2}}}
		for range rapid.IntRange(1, 5).Draw(t, "nodes") {
			sc.Nodes = append(sc.Nodes, scenario.Node{At: geo.Point{X: coordinate.Draw(t, "x"), Y: coordinate.Draw(t, "y")},
				Control: scenario.NodeControl(rapid.IntRange(0, int(scenario.NodeControlCount)-1).Draw(t, "control"))})
		}
		sc.Links = nil
		for range rapid.IntRange(1, 5).Draw(t, "links") {
			sc.Links = append(sc.Links, randomLink(t, &sc, name.Draw(t, "name"), coordinate))
		}
		sc.Buildings = nil
		for range 5 {
			sc.Buildings = append(sc.Buildings, scenario.Building{
				Name: name.Draw(t, "name"), At: geo.Point{X: coordinate.Draw(t, "x"), Y: coordinate.Draw(t, "y")},
				Use:     scenario.BuildingUse(rapid.IntRange(0, int(scenario.BuildingUseCount)-1).Draw(t, "use")),
				Build:   scenario.Construction(rapid.IntRange(0, int(scenario.ConstructionCount)-1).Draw(t, "build")),
				Storeys: rapid.Uint8Range(1, 150).Draw(t, "storeys"), Floor: rapid.Float64Range(-10, 20).Draw(t, "floor"),
				Node: sim.NodeID(rapid.IntRange(-1, len(sc.Nodes)-1).Draw(t, "node")),
			})
		}
		sc.Plan, sc.Terrain.Bed, sc.Terrain.Cover = nil, slices.Clone(sc.Terrain.Bed), slices.Clone(sc.Terrain.Cover)
		for i := range sc.Terrain.Bed {
			sc.Terrain.Bed[i] = rapid.Int32Range(minElevation, maxElevation).Draw(t, "bed")
			sc.Terrain.Cover[i] = rapid.Uint8Range(0, scenario.CoverCount-1).Draw(t, "cover")
		}
		sc.Place.Terrain, sc.Roads.Links = "t.asc.gz", "tables/links.csv.gz"
		if len(scenario.Validate(&sc)) > 0 {
			t.Skip("a draw that is no valid scenario; another one is made")
		}
		files, err := Encode(&sc)
		if err != nil {
			t.Fatal(err)
		}
		again, ds := Load(asFS(files), ".", testKinds)
		if len(ds) > 0 {
			t.Fatalf("%s", ds)
		}
		again.Hash = sc.Hash
		if !reflect.DeepEqual(again, &sc) {
			t.Fatalf("read\n%+v\nwant\n%+v", again, &sc)
		}
	})
}

func randomLink(t *rapid.T, sc *scenario.Scenario, name string, coordinate *rapid.Generator[float64]) scenario.Link {
	from := rapid.IntRange(0, len(sc.Nodes)-1).Draw(t, "from")
	to := (from + 1) % len(sc.Nodes)
	l := scenario.Link{Name: strings.Trim(name, ""), From: sim.NodeID(from), To: sim.NodeID(to),
		OneWay: rapid.Bool().Draw(t, "oneway"), Lanes: rapid.Uint8Range(1, 12).Draw(t, "lanes"),
		Class: scenario.RoadClass(rapid.IntRange(0, int(scenario.RoadClassCount)-1).Draw(t, "class")),
		Speed: rapid.Float64Range(0.1, 200).Draw(t, "speed"), Capacity: rapid.Float64Range(0.1, 10000).Draw(t, "capacity"),
		Form: scenario.RoadForm(rapid.IntRange(0, int(scenario.RoadFormCount)-1).Draw(t, "form"))}
	if rapid.Bool().Draw(t, "as the class says") {
		class := scenario.RoadClasses[l.Class]
		l.Lanes, l.Speed, l.Capacity = class.Lanes, class.Speed, class.Capacity
	}
	l.Circle = l.OneWay && rapid.Bool().Draw(t, "circle")
	if l.Form != scenario.FormGround {
		l.Level = rapid.Float64Range(-400, 8000).Draw(t, "level")
	}
	l.Shape = geo.Line{sc.Nodes[from].At}
	for range rapid.IntRange(0, 3).Draw(t, "bends") {
		l.Shape = append(l.Shape, geo.Point{X: coordinate.Draw(t, "x"), Y: coordinate.Draw(t, "y")})
	}
	l.Shape = append(l.Shape, sc.Nodes[to].At)
	return l
}
