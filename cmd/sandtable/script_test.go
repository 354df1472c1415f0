package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sandtable/cmd/internal/stage"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sandtable": main})
}

// scripts are the settings of the scripts in a directory, with the films in another.
func scripts(dir, films string) testscript.Params {
	return testscript.Params{Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SANDTABLE_FILMS", films)
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "hgt": hgt, "flip": flip,
			"insert": insert}}
}

// TestScripts runs the program as a user would: testdata/script/*.txtar. Besides the commands of package testscript
// they have
//
//	code N sandtable …   the program ends with the exit code N
//	hgt FILE             writes the relief of a valley as an SRTM tile of 1201 x 1201 points
//	flip FILE            flips a bit in the middle of a file
func TestScripts(t *testing.T) { testscript.Run(t, scripts("testdata/script", t.TempDir())) }

// code runs the program and wants an exit code.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d; want %d", got, want)
	}
}

// hgt writes an SRTM tile: a valley along latitude 49.5 of the tile N49E011, which falls to the east by 2 per mille,
// with hills to both sides of a plain.
func hgt(ts *testscript.TestScript, neg bool, args []string) {
	const n, metresPerLon, metresPerLat = 1201, 72_400.0, 111_200.0
	data := make([]byte, 0, 2*n*n)
	for r := range n {
		for c := range n {
			east := (float64(c)/(n-1) - 0.5) * metresPerLon
			north := math.Abs(0.5-float64(r)/(n-1)) * metresPerLat
			z := min(max(300-0.002*east+max(north-250, 0)*0.06, 0), 3000)
			data = binary.BigEndian.AppendUint16(data, uint16(math.Round(z)))
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

// flip flips a bit in the middle of a file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	data[len(data)/2] ^= 4
	ts.Check(os.WriteFile(path, data, 0o666))
}

// TestTutorial runs every command of the tutorials, in their order. A fenced block of another language whose first
// line names a file is that file.
func TestTutorial(t *testing.T) {
	films := t.TempDir()
	for _, page := range []string{"tutorial.md", "zh/tutorial.md"} {
		t.Run(filepath.Dir(page), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../docs", page))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			script := scriptOf(string(text))
			if err := os.WriteFile(filepath.Join(dir, "tutorial.txtar"), []byte(script), 0o666); err != nil {
				t.Fatal(err)
			}
			testscript.Run(t, scripts(dir, films))
		})
	}
}

// TestFragmentsOfTheTutorial: tables that the tutorials show without a file name are taken into a copy of hamlet: those of
// a hazard behind it, the others at the end. Each copy is checked and played.
func TestFragmentsOfTheTutorial(t *testing.T) {
	films := t.TempDir()
	for _, page := range []string{"tutorial.md", "zh/tutorial.md"} {
		text, err := os.ReadFile(filepath.Join("../../docs", page))
		if err != nil {
			t.Fatal(err)
		}
		script, n := fragments(string(text))
		if n != 3 {
			t.Errorf("%s has %d tables without a name; want 3", page, n)
		}
		t.Run(filepath.Dir(page), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "fragments.txtar"), []byte(script), 0o666); err != nil {
				t.Fatal(err)
			}
			testscript.Run(t, scripts(dir, films))
		})
	}
}

// fragments makes a test script of the tables of a page that name no file.
func fragments(page string) (script string, n int) {
	var files strings.Builder
	script = "exec sandtable run hamlet --until 1m --out base\n"
	for _, m := range fence.FindAllStringSubmatch(page, -1) {
		if m[1] != "toml" || m[2] != "" {
			continue
		}
		n++
		script += fmt.Sprintf("exec cp -r base/scenario drill%d\ninsert drill%[1]d part%[1]d\n"+
			"exec sandtable lint drill%[1]d\nexec sandtable run drill%[1]d --until 50m --out run%[1]d\n", n)
		fmt.Fprintf(&files, "-- part%d --\n%s", n, m[3])
	}
	return script + files.String(), n
}

// insert names a copy of hamlet after its directory, and puts tables into it.
func insert(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(filepath.Join(args[0], "scenario.toml"))
	drill, tables := ts.ReadFile(path), "\n"+ts.ReadFile(args[1])+"\n"
	drill = strings.Replace(drill, `name = "hamlet"`, fmt.Sprintf("name = %q", args[0]), 1)
	at := len(drill)
	if strings.HasPrefix(strings.TrimLeft(tables, "\n["), "hazard.") {
		at = strings.Index(drill, "[[objective]]")
	}
	ts.Check(os.WriteFile(path, []byte(drill[:at]+tables+drill[at:]), 0o666))
}

// TestCommandsInDocuments: whatever a page shows as a command line of this program, its verb and flags are there.
func TestCommandsInDocuments(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"../../*.md", "../../docs/*.md", "../../docs/zh/*.md", "../../docs/models/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	n := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
			for _, line := range strings.Split(m[3], "\n") {
				line, _, _ = strings.Cut(strings.TrimPrefix(line, "! "), " #")
				rest, ok := strings.CutPrefix(line, "sandtable ")
				if !ok {
					continue
				}
				n++
				var said strings.Builder
				if k, _ := stage.Parse("sandtable", new(commands), strings.Fields(rest), &said, &said); k == nil {
					t.Errorf("%s: %s: %s", page, line, said.String())
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d command lines were found", n)
	}
}

var fence = regexp.MustCompile("(?ms)^```([a-z]*)(?: ([^\n]+))?\n(.*?)^```$")

// scriptOf makes a test script of a page. Files are put in place when the page comes to them.
func scriptOf(page string) string {
	var script, files strings.Builder
	for i, m := range fence.FindAllStringSubmatch(page, -1) {
		switch lang, name, body := m[1], m[2], m[3]; {
		case lang == "sh":
			for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
				script.WriteString(command(line) + "\n")
			}
		case name != "":
			fmt.Fprintf(&files, "-- part%d --\n%s", i, body)
			fmt.Fprintf(&script, "cp part%d %s\n", i, name)
		}
	}
	return script.String() + files.String()
}

// command turns a line of shell into one of the test script.
func command(line string) string {
	if rest, not := strings.CutPrefix(line, "! "); not {
		return "! exec " + rest
	}
	return "exec " + line
}
