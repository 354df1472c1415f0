package scenarios

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sandtable/sim/scenario"
)

// checkPlaces fails when a finding has no place in its file.
func checkPlaces(t *testing.T, ds Diagnostics, files fstest.MapFS) {
	t.Helper()
	for _, d := range ds {
		if d.Text.Empty() || d.Path == "" || strings.ContainsAny(d.Text.ZH+d.Text.EN, "\n\r") {
			t.Errorf("a finding without path or text, or of several lines: %q", d.String())
		}
		f := files[d.Path]
		if f == nil || strings.HasSuffix(d.Path, ".gz") {
			continue
		}
		if lines := strings.Count(string(f.Data), "\n") + 1; d.Line > lines {
			t.Errorf("%s: line %d of %d", d, d.Line, lines)
		}
		if d.Line > 0 && d.Col < 1 {
			t.Errorf("%s: no column", d)
		}
	}
}

// FuzzScenarioTOML reads any text as scenario.toml beside the tables of the base.
func FuzzScenarioTOML(f *testing.F) {
	base, err := os.ReadFile(baseDir + "/scenario.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(base))
	cases, err := filepath.Glob(wrongDir + "/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if main := readWrongCase(f, string(data)).files[MainFile]; main != nil {
			f.Add(string(main.Data))
		}
		for line := range strings.Lines(string(data)) {
			if text, added := strings.CutPrefix(line, "+ "); added {
				f.Add("[drill]\n" + text)
			}
		}
	}
	f.Add("include = [\"scenario.toml\", \"units.toml\", \"./x\", \"\"]\n[[zone]]\nname = '''\n''''")
	f.Add("\"\\u4e2d\".a.'b' = {x = [[[1]], {y = 1}]}\n[[hazard]]\nkind = \"tide\"\n[hazard.dam]\n[[hazard.basin]]\nborder = [[1]]")
	f.Add(hamletOnBase(f))
	files, kinds := baseFiles(f), maps.Clone(realKinds)
	maps.Copy(kinds, testKinds)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			t.Skip("longer than what this target looks at; the limits of size have tests of their own")
		}
		files[MainFile] = &fstest.MapFile{Data: []byte(text)}
		ds := Lint(files, ".", kinds)
		checkPlaces(t, ds, files)
		src := newSource(MainFile, []byte(text))
		root, tooDeep := scanKeys(src)
		if values, wrong := parseValues(src); wrong == nil && tooDeep < 0 {
			if path := unseen(root, values, ""); path != "" {
				t.Errorf("the scan has not seen %s", path)
			}
		}
		sc, more := Load(files, ".", kinds)
		if sc == nil {
			return
		}
		if len(more) > 0 {
			t.Errorf("loaded with findings: %s", more)
		}
		written, err := Encode(sc)
		if err != nil {
			t.Fatalf("loaded and cannot be written: %v", err)
		}
		if _, ds := Load(asFS(written), ".", kinds); len(ds) > 0 {
			t.Errorf("written and wrong: %s\n%s", ds, written[0].Data)
		}
	})
}

// hamletOnBase is the hamlet's scenario.toml with the files of the base: a flood that is checked on a map.
func hamletOnBase(f *testing.F) string {
	data, err := os.ReadFile("hamlet/scenario.toml")
	if err != nil {
		f.Fatal(err)
	}
	return strings.ReplaceAll(string(data), ".gz\"", "\"")
}

func FuzzGrid(f *testing.F) {
	for _, name := range []string{"terrain.asc", "cover.asc"} {
		data, err := os.ReadFile(baseDir + "/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, true)
		f.Add(data, false)
	}
	f.Add([]byte("ncols 67108864\nnrows 1\nxllcorner 1e300\nyllcorner 0\ncellsize 1e-300\n"), true)
	f.Fuzz(func(t *testing.T, data []byte, terrain bool) {
		files := fstest.MapFS{"g.asc": {Data: data}}
		r := newReader(files, ".")
		b := r.open("g.asc", &node{src: newSource("s.toml", nil)}, ".asc")
		var ok bool
		var cells, want int
		if terrain {
			grid, values, fine := readGrid(b, elevation)
			ok, cells, want = fine, len(values), grid.Len()
		} else {
			grid, values, fine := readGrid(b, coverClass)
			ok, cells, want = fine, len(values), grid.Len()
		}
		if ok && (cells != want || cells == 0) {
			t.Errorf("%d cells; want %d", cells, want)
		}
		if ok == r.diags.Failed() {
			t.Errorf("well is %v with findings %s", ok, r.diags)
		}
		checkPlaces(t, r.diags, files)
	})
}

func FuzzTables(f *testing.F) {
	tables := []string{"nodes", "links", "buildings", "households", "persons"}
	for i, name := range tables {
		data, err := os.ReadFile(baseDir + "/" + name + ".csv")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	f.Add([]byte("x,y\n\"1\"\"\",\"2\n,,\"\"x,\n\n\n"), uint8(0))
	files := baseFiles(f)
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		name := tables[int(which)%len(tables)] + ".csv"
		before := files[name]
		files[name] = &fstest.MapFile{Data: data}
		ds := Lint(files, ".", testKinds)
		checkPlaces(t, ds, files)
		files[name] = before
	})
}

func FuzzOrderFile(f *testing.F) {
	f.Add("[[order]]\nat = \"1h\"\norder = \"evacuate_zone\"\nzone = \"z01\"\n")
	f.Add("[[order]]\nat = 06:40:00\norder = \"set_gate\"\nopening = nan\nstructure = {}\n")
	sc := loadBase(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, for_ := range []*scenario.Scenario{sc, nil} {
			commands, ds := ReadOrders("o.toml", []byte(text), for_, Window{})
			if (commands == nil) != ds.Failed() {
				t.Errorf("%d commands with findings %s", len(commands), ds)
			}
			for i := 1; i < len(commands); i++ {
				if commands[i].At < commands[i-1].At {
					t.Errorf("command %d goes back in time", i)
				}
			}
			checkPlaces(t, ds, fstest.MapFS{"o.toml": {Data: []byte(text)}})
		}
	})
}
