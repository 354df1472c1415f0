package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/replay"
)

// trigger is a writer that interrupts the program when it sees a text.
type trigger struct {
	bytes.Buffer
	text string
	stop context.CancelFunc
}

func (t *trigger) Write(p []byte) (int, error) {
	n, err := t.Buffer.Write(p)
	if t.text != "" && strings.Contains(t.String(), t.text) {
		t.stop()
	}
	return n, err
}

// interrupted carries out a command line that is interrupted when a text appears on standard error, at once when
// there is none. It returns the exit code and what was complained of.
func interrupted(t *testing.T, text string, args ...string) (int, string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if text == "" {
		stop()
	}
	errs := &trigger{text: text, stop: stop}
	return run(&app{ctx: ctx, out: &bytes.Buffer{}, err: errs}, args), errs.String()
}

// done carries out a command line that is not interrupted.
func done(t *testing.T, args ...string) {
	t.Helper()
	var errs bytes.Buffer
	if code := run(&app{ctx: t.Context(), out: &bytes.Buffer{}, err: &errs}, args); code != 0 {
		t.Fatalf("%v: exit code %d\n%s", args, code, errs.String())
	}
}

// An interrupt leaves a run that can be resumed; after its end, one whose report can be written.
func TestInterrupt(t *testing.T) {
	films := t.TempDir()
	for _, c := range []struct{ name, at, remedy string }{
		{"while it plays", "", "sandtable run --resume "},
		{"while it concludes", "playing the reference run", "sandtable report "},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "run")
			code, said := interrupted(t, c.at, "run", "hamlet", "--until", "10m", "--lang", "en", "--out", dir, "--films", films)
			if code != 1 || !strings.Contains(said, c.remedy+dir) || !strings.Contains(said, "interrupted") {
				t.Fatalf("exit code %d\n%s\nwant 1 and %s%s", code, said, c.remedy, dir)
			}
			recorded, err := replay.Open(dir)
			if err != nil || recorded.Finished != (c.at != "") {
				t.Fatalf("%v, %v; want a run that is finished only when it was played", recorded, err)
			}
			if c.at == "" {
				done(t, "run", "--resume", dir, "--films", films)
			} else {
				done(t, "report", dir, "--films", films)
			}
			for _, name := range []string{"summary.json", "report.html"} {
				if found, err := filepath.Glob(filepath.Join(dir, name)); err != nil || len(found) != 1 {
					t.Errorf("%s is missing", name)
				}
			}
			for _, verb := range [][]string{{"verify", dir}, {"report", dir}, {"replay", dir, "--at", "9m"}} {
				if code, said := interrupted(t, "", append(verb, "--films", films)...); code != 1 ||
					!strings.Contains(said, "interrupted") {
					t.Errorf("%s: exit code %d\n%s", verb[0], code, said)
				}
			}
		})
	}
}
