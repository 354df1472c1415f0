package replay_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
)

// branch begins a branch and plays it to its end.
func branch(t testing.TB, trunk *replay.Run, spec replay.BranchSpec, live table) *replay.Run {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "branch")
	rec, err := replay.Branch(trunk, dir, spec)
	if err != nil {
		t.Fatal(err)
	}
	finish(t, rec, config(t), live)
	return open(t, dir)
}

// liveFor is who commands a branch live: nobody where the director is recorded.
func liveFor(spec replay.BranchSpec, c table) table {
	if spec.Director == replay.DirectorRecorded {
		return table{}
	}
	c.players = nil
	return c
}

var hashes = regexp.MustCompile(`,"h":"[0-9a-f]{32}"`)

// bodies is a journal without its hashes, and without what scripts said: in a branch whose director is recorded no
// script runs.
func bodies(t testing.TB, run *replay.Run) string {
	t.Helper()
	var kept []string
	for _, line := range strings.Split(hashes.ReplaceAllString(string(readFile(t, run.Dir, "journal.jsonl")), ""), "\n") {
		if !strings.HasPrefix(line, `{"k":"script"`) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func TestBranchWithoutChangeEqualsItsTrunk(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), usual(1))
	for _, director := range []string{replay.DirectorRecorded, replay.DirectorLive} {
		for _, at := range []sim.Duration{0, 3 * sim.Minute, 29*sim.Minute + 7*sim.Second, 50 * sim.Minute, townUntil} {
			spec := replay.BranchSpec{At: sim.Time(at), Director: director, Keep: true}
			if at == townUntil {
				spec.At -= spec.At % sim.Time(sim.Minute)
			}
			got := branch(t, trunk, spec, liveFor(spec, usual(1)))
			if a, b := bodies(t, got), bodies(t, trunk); a != b {
				t.Errorf("%s at %v: another journal:\n%s", director, at, firstDifference(a, b))
			}
			if allEvents(t, got) != allEvents(t, trunk) || allRows(t, got) != allRows(t, trunk) {
				t.Errorf("%s at %v: other events or telemetry", director, at)
			}
			if p := got.Header.Parent; p.Journal != trunk.End().Hash || p.At != spec.At || p.Players != "kept" {
				t.Errorf("%s at %v: parent %+v", director, at, p)
			}
			if !bytes.Equal(readFile(t, got.Dir, "scenario", "lua", "director.lua"), []byte(directorText)) {
				t.Errorf("%s at %v: the scenario is not in the branch", director, at)
			}
		}
	}
}

// earlier is an order that the trunk does not have.
func earlier() []sim.Command {
	c := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", "z2")
	c.At, c.Post = sim.Time(20*sim.Minute+sim.Second/2), "county"
	later := sim.NewCommand(sim.FromPlayer, "close_shelter", "shelter", "s1")
	later.At, later.Post = sim.Time(60*sim.Minute), "county"
	return []sim.Command{later, c}
}

func TestBranchWithAnOrder(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), table{plan: true, director: true,
		script: directorText})
	for _, director := range []string{replay.DirectorRecorded, replay.DirectorLive} {
		spec := replay.BranchSpec{At: sim.Time(20 * sim.Minute), Director: director, Orders: earlier()}
		got := branch(t, trunk, spec, liveFor(spec, usual(1)))
		a, b := got.Records(), trunk.Records()
		for i := range min(len(a), len(b)) {
			if a[i].At < spec.At && a[i].Kind == replay.KindDigest {
				if same, part := a[i].Digest().Equal(b[i].Digest()); !same {
					t.Fatalf("%s: %s differs at %v, before the branch", director, part, a[i].At)
				}
			}
		}
		if got.End().Full == trunk.End().Full {
			t.Errorf("%s: an evacuation order has changed nothing", director)
		}
		if strings.Count(bodies(t, got), "evacuate_zone") != 1 {
			t.Errorf("%s: the order is not in the journal once", director)
		}
		report, err := replay.Verify(context.Background(), got, config(t), replay.VerifyOptions{})
		if err != nil || !report.Agrees() {
			t.Errorf("%s: %+v, %v; want agreement", director, report, err)
		}
	}
}

// When the director is live he answers to the new story; recorded, he says what he said.
func TestDirectorLiveAndRecorded(t *testing.T) {
	script := `when(function() return truth.total().left > 0 end, function() inject("message", {to = "county",
		text = "first ones have left"}) end)`
	c := table{plan: true, director: true, script: script}
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), c)
	told := func(run *replay.Run) sim.Time {
		for _, c := range run.Commands() {
			if c.Order == "message" {
				return c.At
			}
		}
		return sim.Never
	}
	for _, director := range []string{replay.DirectorRecorded, replay.DirectorLive} {
		order := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", "z1")
		spec := replay.BranchSpec{At: sim.Time(sim.Minute), Director: director, Orders: []sim.Command{order}}
		spec.Orders[0].At = spec.At
		got := told(branch(t, trunk, spec, liveFor(spec, c)))
		if recorded := director == replay.DirectorRecorded; recorded != (got == told(trunk)) {
			t.Errorf("%s: the message came at %v; in the trunk at %v", director, got, told(trunk))
		}
	}
}

func TestBranchDropsThePlayers(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), usual(3))
	at := sim.Time(30 * sim.Minute)
	spec := replay.BranchSpec{At: at, Director: replay.DirectorRecorded, Until: 40 * sim.Minute}
	got := branch(t, trunk, spec, table{})
	var want []sim.Command
	for _, r := range trunk.Records() {
		for _, c := range r.Commands {
			if (r.At < at || c.Origin != sim.FromPlayer) && r.At < sim.Time(40*sim.Minute) {
				want = append(want, c)
			}
		}
	}
	cmds := got.Commands()
	if len(cmds) != len(want) || got.Reach() != sim.Time(40*sim.Minute) || got.Header.Parent.Players != "dropped" {
		t.Fatalf("%d commands until %v; want %d until 40 minutes", len(cmds), got.Reach(), len(want))
	}
	for i := range cmds {
		if !cmds[i].Equal(want[i]) {
			t.Errorf("command %d is %v; want %v", i, cmds[i], want[i])
		}
	}
}

func TestBranchIsResumed(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), usual(4))
	for _, director := range []string{replay.DirectorRecorded, replay.DirectorLive} {
		for _, cut := range []sim.Duration{sim.Minute, 20 * sim.Minute, 61 * sim.Minute} {
			spec := replay.BranchSpec{At: sim.Time(20 * sim.Minute), Director: director, Orders: earlier()}
			live := liveFor(spec, usual(4))
			whole := branch(t, trunk, spec, live)
			dir := filepath.Join(t.TempDir(), "cut")
			rec, err := replay.Branch(trunk, dir, spec)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := drive(t, rec, config(t), live, cut); err != nil {
				t.Fatal(err)
			}
			if err := rec.Close(); err != nil {
				t.Fatal(err)
			}
			resume(t, dir, live)
			sameRun(t, director+" cut at "+cut.String(), open(t, dir), whole)
		}
	}
}

func TestBranchOfABranch(t *testing.T) {
	trunk := record(t, filepath.Join(t.TempDir(), "trunk"), config(t), usual(5))
	spec := replay.BranchSpec{At: sim.Time(20 * sim.Minute), Director: replay.DirectorRecorded, Orders: earlier()}
	first := branch(t, trunk, spec, table{})
	second := branch(t, first, replay.BranchSpec{At: sim.Time(50 * sim.Minute), Director: replay.DirectorRecorded,
		Keep: true}, table{})
	if a, b := bodies(t, second), bodies(t, first); a != b {
		t.Errorf("a branch of a branch:\n%s", firstDifference(a, b))
	}
	if len(first.Header.Sources)+len(second.Header.Sources) != 0 {
		t.Errorf("live sources %v and %v; want none where the director is recorded", first.Header.Sources,
			second.Header.Sources)
	}
	// Before the first branch the director spoke live; from there he can speak again.
	third := branch(t, second, replay.BranchSpec{At: sim.Time(10 * sim.Minute), Director: replay.DirectorLive}, usual(5))
	if !slices.Equal(third.Header.Sources, trunk.Header.Sources) {
		t.Errorf("live sources %v; want those of the story, %v", third.Header.Sources, trunk.Header.Sources)
	}
}

func TestBranchRefuses(t *testing.T) {
	cfg := config(t)
	dir := filepath.Join(t.TempDir(), "unfinished")
	rec, err := replay.Create(dir, header(cfg), bundle)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drive(t, rec, cfg, usual(6), 10*sim.Minute); err != nil {
		t.Fatal(err)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	trunk := open(t, dir)
	minute := sim.Time(sim.Minute)
	orders := []sim.Command{{At: 4 * minute, Order: "early"}, {At: sim.Time(townUntil), Order: "late"}}
	for _, c := range []struct {
		spec replay.BranchSpec
		want string
	}{
		{replay.BranchSpec{At: 11 * minute, Director: "live"}, "it reaches 0:10:00"},
		{replay.BranchSpec{At: 200 * minute, Director: "live"}, "from 0:00:00 to 1:35:30"},
		{replay.BranchSpec{At: 5, Director: "live"}, "whole seconds"},
		{replay.BranchSpec{At: 5 * minute, Director: "dead"}, `"dead"; want recorded or live`},
		{replay.BranchSpec{At: 5 * minute, Director: "live", Orders: orders}, `order "early" at 0:04:00`},
		{replay.BranchSpec{At: 5 * minute, Director: "live", Orders: orders}, `order "late" at 1:35:30`},
	} {
		to := filepath.Join(t.TempDir(), "branch")
		_, err := replay.Branch(trunk, to, c.spec)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v; want %q", c.spec, err, c.want)
		}
		if c.spec.At == 11*minute && !errors.Is(err, replay.ErrUnfinished) {
			t.Errorf("%v; want ErrUnfinished", err)
		}
	}
}
