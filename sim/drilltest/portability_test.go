package drilltest_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
)

// golden compares lines with a file of testdata, and logs each as "portability: NAME VALUE", which
// scripts/portability.sh compares between platforms. With -rewrite it writes the file and fails. The flag is
// datadriven's, which the text drills use.
func golden(t *testing.T, file string, lines []string) {
	t.Helper()
	for _, line := range lines {
		t.Log("portability: " + line)
	}
	path, got := filepath.Join("testdata", file), strings.Join(lines, "\n")+"\n"
	if f := flag.Lookup("rewrite"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("%s is rewritten", path)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted := strings.Split(strings.TrimSuffix(string(want), "\n"), "\n")
	for i, line := range lines {
		if i >= len(wanted) || line != wanted[i] {
			old := "nothing"
			if i < len(wanted) {
				old = wanted[i]
			}
			t.Fatalf("%s line %d, the first of %d: %s; it was %s", path, i+1, len(lines), line, old)
		}
	}
	if len(wanted) > len(lines) {
		t.Fatalf("%s: %s is missing", path, wanted[len(lines)])
	}
}

// digests plays a world from instant to instant and writes the digest of each subsystem and of the whole state.
func digests(t *testing.T, name string, w *engine.World, src sim.Source, at ...sim.Duration) []string {
	t.Helper()
	var lines []string
	for _, stop := range at {
		if err := engine.Drive(context.Background(), w, src, sim.Time(stop)); err != nil {
			t.Fatal(err)
		}
		for _, p := range w.Digest().Parts {
			lines = append(lines, fmt.Sprintf("%s/%v/%s %016x", name, stop, p.Name, p.Value))
		}
		lines = append(lines, fmt.Sprintf("%s/%v/state %x", name, stop, w.FullDigest()))
	}
	w.Recount()
	return lines
}

// TestPortabilityHamlet plays hamlet with its plan and a player's orders for two seeds. A change of the model changes
// these digests: rewrite them when you want the change, and raise replay.Engine.
func TestPortabilityHamlet(t *testing.T) {
	sc := hamlet(t)
	var lines []string
	for seed := range uint64(2) {
		w := newWorld(t, engine.Config{Scenario: sc, Seed: sim.SeedOf(seed), Workers: 2})
		lines = append(lines, digests(t, fmt.Sprint("hamlet/", seed), w, planned(w, orders()),
			30*sim.Minute, sim.Hour, 90*sim.Minute, 2*sim.Hour, sc.Drill.Duration)...)
	}
	golden(t, "hamlet.digests", lines)
}

// shortTown is a street that is flooded while its people leave on foot, by car, by coach and by boat.
const shortTown = `
map 60x20 cell=50 level=10
node n1 125,500
node n2 1025,500
node n3 2925,500
road r1 n1 n2
road r2 n2 n3
channel phone use=command delay=1m delay90=3m
channel siren delay=2m delay90=9m reach=0.9
post county 2900,600 public=siren links=phone
post village 600,600 superior=county public=siren links=phone answer=0.6
zone z1 0,0 1000,1000 post=village shelters=s1 assembly=a1
shelter s1 2925,500 capacity=30 open
assembly a1 525,480
station st 2925,520
unit coach-1 coach station=st seats=20 turnout=5m
unit boat-1 boat station=st seats=6 turnout=5m
house h1 125,480 floor=0.3 cars=1 : 35 33 8
house h2 225,480 floor=0.3 : 70-limited 68
house h3 325,480 floor=0.3 storeys=2 : 82-none
house h4 425,480 floor=0.3 : 45 43 1
house h5 525,480 floor=0.6 cars=1 build=earth : 51 50 22
water 20m 0,0 500,1000 depth=0.25 vx=0.3
water 40m 0,0 1000,1000 depth=1.1 vx=1.7 vy=-0.9
water 70m 0,0 1000,1000 depth=0.4
behaviour heed_evacuate=0.9 delay_t50=10m delay_t90=25m
`

// TestPortabilityTown plays a small place with the water written down: a difference here and none in the hazards of
// hamlet is not the water's.
func TestPortabilityTown(t *testing.T) {
	town, err := drilltest.NewTown(shortTown)
	if err != nil {
		t.Fatal(err)
	}
	give := func(minutes int, order string, pairs ...string) sim.Command {
		c := sim.NewCommand(sim.FromPlayer, order, pairs...)
		c.At = sim.Time(sim.Duration(minutes) * sim.Minute)
		return c
	}
	given := []sim.Command{
		give(2, "evacuate_zone", "zone", "z1"), give(3, "dispatch_coach", "unit", "coach-1", "zone", "z1"),
		give(45, "rescue_zone", "unit", "boat-1", "zone", "z1"),
	}
	var lines []string
	for seed := range uint64(4) {
		w := newWorld(t, engine.Config{Scenario: town.Scenario, Seed: sim.SeedOf(seed)})
		lines = append(lines, digests(t, fmt.Sprint("town/", seed), w, planned(w, given), 30*sim.Minute, sim.Hour,
			2*sim.Hour)...)
	}
	golden(t, "town.digests", lines)
}
