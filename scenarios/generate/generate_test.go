package generate

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

var (
	rewrite = flag.Bool("rewrite", false, "write the shipped drills and docs/generate.md again")
	large   = flag.Bool("large", false, "also make counties of 150,000 and 1,000,000 persons")
)

// shipped are the drills that are kept as data, with their directories.
var shipped = []struct {
	dir    string
	params func() Params
}{{"../linjiang-flood", Linjiang}, {"../hamlet", Hamlet}}

// director is the script that a shipped drill may have beside what is generated.
const director = "director.lua"

// linjiang and little are the counties that most tests look at, made once.
var (
	linjiang = sync.OnceValue(func() *county { return grow(Linjiang().Complete()) })
	little   = sync.OnceValue(func() *county { return grow(Hamlet().Complete()) })
)

// eachCounty runs a test on both.
func eachCounty(t *testing.T, f func(t *testing.T, c *county)) {
	t.Run("linjiang", func(t *testing.T) { f(t, linjiang()) })
	t.Run("hamlet", func(t *testing.T) { f(t, little()) })
}

func TestShippedDrillsAreUpToDate(t *testing.T) {
	for k, sc := range []*scenario.Scenario{linjiang().sc, little().sc} {
		kept := shipped[k].dir
		fresh := t.TempDir()
		if *rewrite {
			fresh = kept
		}
		whole := *sc
		if script, err := os.ReadFile(filepath.Join(kept, director)); err == nil {
			whole.Drill.Director, whole.Director = director, string(script)
		}
		if err := scenarios.Write(fresh, &whole); err != nil {
			t.Fatal(err)
		}
		checkSizes(t, fresh)
		if !*rewrite {
			sameFiles(t, fresh, kept)
		}
	}
}

// checkSizes keeps the shipped data small.
func checkSizes(t *testing.T, dir string) {
	t.Helper()
	sum := int64(0)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() > 3<<19 {
			t.Errorf("%s has %d bytes; want at most 1.5 MiB", path, info.Size())
		}
		sum += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if sum > 3<<20 {
		t.Errorf("%s has %d bytes; want at most 3 MiB", dir, sum)
	}
}

// sameFiles wants every file of a fresh directory in the kept one, byte for byte.
func sameFiles(t *testing.T, fresh, kept string) {
	t.Helper()
	list, err := os.ReadDir(fresh)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		a, err := os.ReadFile(filepath.Join(fresh, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(kept, f.Name()))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s/%s is not what its parameters give; run go test ./scenarios/generate -rewrite", kept, f.Name())
		}
	}
}

// floods makes the configuration of the only kind of hazard that a generated drill has.
var floods = scenarios.Kinds{"flood": func() sim.HazardSpec { return &flood.Config{} }}

func TestShippedDrillsLoad(t *testing.T) {
	for k, c := range []*county{linjiang(), little()} {
		sc, problems := scenarios.Load(os.DirFS(shipped[k].dir), ".", floods)
		if sc == nil {
			t.Fatal(problems)
		}
		if len(sc.Persons) != c.p.Persons || sc.Drill.Name != c.p.Name {
			t.Errorf("%s: %d persons in %q; want %d in %q", shipped[k].dir, len(sc.Persons), sc.Drill.Name, c.p.Persons, c.p.Name)
		}
	}
}

// encoded is everything that a scenario's files hold.
func encoded(t *testing.T, sc *scenario.Scenario) []byte {
	t.Helper()
	files, err := scenarios.Encode(sc)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range files {
		all.WriteString(f.Name)
		all.Write(f.Data)
	}
	return all.Bytes()
}

func TestSameParametersGiveSameBytes(t *testing.T) {
	first, err := County(Hamlet())
	if err != nil {
		t.Fatal(err)
	}
	second, err := County(Hamlet())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encoded(t, first), encoded(t, second)) {
		t.Error("two runs with the same parameters differ")
	}
	p := Hamlet()
	p.Seed++
	other, err := County(p)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(encoded(t, first), encoded(t, other)) {
		t.Error("another seed gives the same county")
	}
}

func TestScenariosAreValid(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) { wantValid(t, c.sc) })
}

// wantValid reports what is wrong with a scenario, at most ten things.
func wantValid(t interface{ Errorf(string, ...any) }, sc *scenario.Scenario) {
	problems := scenario.Validate(sc)
	for _, p := range problems[:min(len(problems), 10)] {
		t.Errorf("%s: %s", p.Path, p.Text.EN)
	}
}

func TestSizesFromSmallToLarge(t *testing.T) {
	sizes := []int{1_000, 6_000, 20_000}
	if *large {
		sizes = append(sizes, 150_000, 1_000_000)
	}
	for _, n := range sizes {
		for _, kind := range []Kind{RiverFlood, ThreatenedDam} {
			sc, err := County(Params{Persons: n, Seed: uint64(n), Kind: kind})
			if err != nil {
				if n < 3000 && kind == ThreatenedDam { // the default map is too small for a reservoir
					continue
				}
				t.Fatal(err)
			}
			if got := len(sc.Persons); got < n*98/100 || got > n*102/100 {
				t.Errorf("%d persons; want %d, give or take 2 %%", got, n)
			}
			wantValid(t, sc)
		}
	}
}

func TestWrongParameters(t *testing.T) {
	good := Hamlet()
	for _, x := range []struct {
		change func(*Params)
		want   string
	}{
		{func(p *Params) { p.Persons = 999 }, "persons: 999"},
		{func(p *Params) { p.Persons = 1_000_001 }, "persons: 1000001; want 1000 to 1000000"},
		{func(p *Params) { p.Name = "two words" }, `name: "two words"`},
		{func(p *Params) { p.Kind = "drought" }, `kind: "drought"`},
		{func(p *Params) { p.Width = 100 }, "width: 90 m"},
		{func(p *Params) { p.Cell = 1 }, "cell: 1 m"},
		{func(p *Params) { p.Relief = -3 }, "relief: -3 m"},
		{func(p *Params) { p.Bankfull = 1000 }, "want at least"},
		{func(p *Params) { p.Persons = 500_000 }, "extent: 3000 x 3000 m"},
		{func(p *Params) { p.Cell, p.Width, p.Height = 5, 20_000, 20_000 }, "cells; want at most"},
		{func(p *Params) { p.Duration = 30 * sim.Minute }, "duration: 0.5 h"},
		{func(p *Params) { p.FloodHour = 99 }, "flood hour: 99 h"},
	} {
		p := good
		x.change(&p)
		if _, err := County(p); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("error %v; want %q", err, x.want)
		}
	}
}

func TestStartIsAnEvening(t *testing.T) {
	if got := Linjiang().Complete().Start.String(); got != "2026-07-18 20:00" {
		t.Errorf("start %s; want 2026-07-18 20:00", got)
	}
}

// On a Saturday night of the summer holidays nobody is at school; on a Tuesday of June they are, and school can be
// suspended.
func TestSchoolByDate(t *testing.T) {
	for _, x := range []struct {
		start, days string
		suspends    bool
	}{
		{"2026-07-18 20:00", "holidays", false},
		{"2026-07-03 09:00", "calendar", true},
		{"2026-08-31 09:00", "holidays", false},
		{"2026-09-01 09:00", "calendar", true},
		{"2026-02-01 09:00", "holidays", false},
		{"2026-06-16 15:00", "calendar", true},
	} {
		p := Hamlet()
		var err error
		if p.Start, err = sim.ParseCivil(x.start); err != nil {
			t.Fatal(err)
		}
		sc, err := County(p)
		if err != nil {
			t.Fatal(err)
		}
		if sc.Population.Care.Days != x.days || suspendsSchool(sc) != x.suspends {
			t.Errorf("%s: days %q, school suspended %v; want %q, %v", x.start, sc.Population.Care.Days,
				suspendsSchool(sc), x.days, x.suspends)
		}
	}
}

// suspendsSchool says whether a deployment of the plan suspends school.
func suspendsSchool(sc *scenario.Scenario) bool {
	return slices.ContainsFunc(sc.Items, func(o scenario.DeploymentItem) bool {
		return o.Order == "suspend" && slices.ContainsFunc(o.Args, func(a sim.Arg) bool { return a.Value == "school" })
	})
}

func BenchmarkCounty(b *testing.B) {
	for b.Loop() {
		if _, err := County(Hamlet()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		if _, err := County(Params{Persons: 1_000_000, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
