package replay_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sandtable/replay"
	"sandtable/sim"
)

// childEnv names the directory in which a child process of these tests records.
const childEnv = "SANDTABLE_REPLAY_CHILD"

// TestMain is also the program that the kill test kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		os.Exit(recordAsChild(dir))
	}
	os.Exit(m.Run())
}

// childTesting lets the helpers of the tests work in the child, where no test runs.
type childTesting struct{ testing.TB }

func (childTesting) Helper()                        {}
func (childTesting) Cleanup(func())                 {}
func (childTesting) Fatal(args ...any)              { panic(fmt.Sprint(args...)) }
func (childTesting) Fatalf(format string, a ...any) { panic(fmt.Sprintf(format, a...)) }

// recordAsChild records the usual run into a directory, or takes it up, slowly, and says after every tick what it
// has used.
func recordAsChild(dir string) int {
	t := childTesting{}
	cfg := config(t)
	rec, err := replay.Create(dir, header(cfg), bundle)
	if errors.Is(err, replay.ErrExists) {
		rec, err = replay.Resume(open(t, dir))
	}
	if err != nil {
		panic(err)
	}
	w, err := drive(t, rec, cfg, usual(11), townUntil, &teller{from: open(t, dir).Reach()})
	if err == nil {
		err = rec.Finish(w, nil)
	}
	if err != nil {
		panic(err)
	}
	return 0
}

// teller says on the standard output what has been used and seen by the world.
type teller struct {
	from sim.Time
	used int
}

func (k *teller) Before(_ sim.Time, cmds []sim.Command) error {
	k.used = len(cmds)
	return nil
}

func (k *teller) After(now sim.Time, _ []sim.Event, digest *sim.Digest, _ sim.Viewer) error {
	if now > k.from {
		fmt.Println(int64(now/sim.Time(sim.Second)), k.used, digest != nil)
		for start := time.Now(); time.Since(start) < 100*time.Microsecond; {
			// A sleeping process would be killed in its sleep; this one is killed anywhere.
		}
	}
	return nil
}

// told is one line of a child.
type told struct {
	at     sim.Time
	used   int
	digest bool
}

// killOnce lets a child record until it has told so many ticks, kills it, and returns what it told.
func killOnce(t *testing.T, dir string, ticks int) (lines []told, killed bool) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(out)
	for in.Scan() {
		var s int64
		var l told
		if _, err := fmt.Sscan(in.Text(), &s, &l.used, &l.digest); err != nil {
			break // the line on which it was killed
		}
		l.at = sim.Time(s) * sim.Time(sim.Second)
		lines = append(lines, l)
		if len(lines) == ticks {
			killed = true
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err != nil && !killed {
		t.Fatal(err)
	}
	return lines, killed
}

// A process that is killed loses no command: whatever the world has used is in the journal, and the run goes on as if
// nothing had happened.
func TestKill9(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes; not with -short")
	}
	dir := filepath.Join(t.TempDir(), "killed")
	dice := rand.New(rand.NewPCG(5, 6))
	kills := 0
	for kills < 20 {
		lines, killed := killOnce(t, dir, 1+dice.IntN(500))
		if !killed {
			break
		}
		kills++
		run := open(t, dir)
		for _, l := range lines {
			start := l.at.Add(-sim.Tick)
			if l.used > 0 && !slices.ContainsFunc(run.Records(), func(r replay.Record) bool {
				return r.Kind == replay.KindCmds && r.At == start && len(r.Commands) == l.used
			}) {
				t.Fatalf("kill %d: %d commands of the tick at %v are lost", kills, l.used, start)
			}
			if l.digest && !slices.ContainsFunc(run.Records(), func(r replay.Record) bool {
				return r.Kind == replay.KindDigest && r.At == l.at
			}) {
				t.Fatalf("kill %d: the digest at %v is lost", kills, l.at)
			}
		}
	}
	if kills < 10 {
		t.Errorf("only %d kills before the end; want at least 10", kills)
	}
	if run := open(t, dir); !run.Finished {
		resume(t, dir, usual(11))
	}
	sameRun(t, "killed", open(t, dir), record(t, filepath.Join(t.TempDir(), "whole"), config(t), usual(11)))
	t.Logf("%d kills", kills)
}
