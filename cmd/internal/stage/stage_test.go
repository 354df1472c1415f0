package stage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/replay"
	"sandtable/sim"
)

func TestCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		said string
	}{
		{nil, 0, ""},
		{errors.New("disk full"), 1, "x: disk full\n"},
		{Bad("%q 有误", "--at %q", "soon"), 2, "--at \"soon\"\n"},
		{fmt.Errorf("--seed: %w", Bad("蓝", "blue")), 2, "--seed: blue\n"},
		{Input(nil), 0, ""},
		{Sort(nil), 0, ""},
		{Sort(fmt.Errorf("runs/a: %w", replay.ErrNoRun)), 2, "runs/a: " + replay.ErrNoRun.Error() + "\n"},
		{Sort(replay.ErrExists), 2, replay.ErrExists.Error() + "\n"},
		{Sort(replay.ErrDamaged), 1, "x: " + replay.ErrDamaged.Error() + "\n"},
		{Sort(replay.ErrInUse), 1, "x: " + replay.ErrInUse.Error() + "\n"},
		{Sort(fs.ErrPermission), 1, "x: permission denied\n"},
	} {
		var said bytes.Buffer
		if code := Code(&said, "x", sim.English, c.err); code != c.code || said.String() != c.said {
			t.Errorf("%v: %d, %q; want %d, %q", c.err, code, said.String(), c.code, c.said)
		}
	}
}

func TestErrorsSpeakTheLanguage(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		said string
	}{
		{Bad("时刻 %q 有误", "--at %q", "soon"), 2, "时刻 \"soon\" 有误\n"},
		{errors.Join(Bad("一", "one"), sim.Fail("二", "two")), 2, "一\n二\n"},
		{Sort(sim.Fail("此处：%v", "here: %v", replay.ErrExists)), 2, "此处：目录不是空的\n"},
		{Sort(fmt.Errorf("runs/a: %w", replay.ErrExists)), 2, "runs/a: 目录不是空的\n"},
		{errors.New("disk full"), 1, "x: disk full\n"},
	} {
		var said bytes.Buffer
		if code := Code(&said, "x", sim.Chinese, c.err); code != c.code || said.String() != c.said {
			t.Errorf("%v: %d, %q; want %d, %q", c.err, code, said.String(), c.code, c.said)
		}
	}
}

func TestAsked(t *testing.T) {
	for line, want := range map[string]sim.Lang{"": sim.English, "run --lang zh": sim.Chinese, "run --lang=zh x": sim.Chinese,
		"run --lang en": sim.English, "run --lang": sim.English, "run --lang fr": sim.English, "run zh": sim.English,
		"run --lang zh --lang=en": sim.English} {
		if got := Asked(strings.Fields(line)); got != want {
			t.Errorf("%q: %v; want %v", line, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	type grammar struct {
		Go struct {
			Place string `arg:""`
		} `cmd:""`
	}
	for _, c := range []struct {
		args []string
		code int
		left bool
		said string
	}{
		{[]string{"go", "home"}, Done, true, ""},
		{[]string{"--help"}, Done, false, ""},
		{[]string{"go"}, Wrong, false, "x: expected \"<place>\"; see x go --help\n"},
		{[]string{"dance"}, Wrong, false, "x: unexpected argument dance; see x --help\n"},
	} {
		var out, errs bytes.Buffer
		k, code := Parse("x", &grammar{}, c.args, &out, &errs)
		if code != c.code || (k != nil) != c.left || errs.String() != c.said {
			t.Errorf("%v: %d, %v, %q; want %d, %v, %q", c.args, code, k != nil, errs.String(), c.code, c.left, c.said)
		}
	}
}

// A drill that is opened can be recorded, and the run that was recorded be opened, with the same scenario and seed; one
// whose scenario was changed is damaged.
func TestStoryOfARun(t *testing.T) {
	m := Machine{Workers: 1, Films: t.TempDir()}
	s, err := Open("hamlet", m)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := s.Seed("3:4:5")
	if err != nil || seed != (sim.Seed{Hazard: 3, People: 4, Drill: 5}) {
		t.Fatalf("seed %v, %v", seed, err)
	}
	dir := filepath.Join(t.TempDir(), "run")
	rec, err := s.Record(dir, s.Header(seed, "en"))
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := OpenRun(dir, m)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Seed("9"); err != nil || got != seed || again.Scenario.Hash != s.Scenario.Hash || again.Films == nil {
		t.Errorf("opened again: seed %v, %v, films %v; want the same run", got, err, again.Films)
	}
	file, err := os.OpenFile(filepath.Join(dir, "scenario", "scenario.toml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("# changed\n"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenRun(dir, m); !errors.Is(err, replay.ErrDamaged) {
		t.Errorf("a changed scenario: %v; want ErrDamaged", err)
	}
	if off, err := Open("hamlet", Machine{Films: "off"}); err != nil || off.Films != nil || off.Cache != nil {
		t.Errorf("films off: %v, %v", off, err)
	}
}
