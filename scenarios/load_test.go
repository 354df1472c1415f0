package scenarios

import (
	"bytes"
	"io/fs"
	"os"
	"reflect"
	"testing"
	"testing/fstest"

	"sandtable/sim/scenario"
)

const baseDir = "../testdata/bad-scenarios/base"

// baseFiles returns the right scenario that the wrong ones are made from.
func baseFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	base := os.DirFS(baseDir)
	err := fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func loadBase(t testing.TB) *scenario.Scenario {
	t.Helper()
	sc, ds := Load(os.DirFS(baseDir), ".", testKinds)
	if len(ds) > 0 {
		t.Fatalf("the base has findings:\n%s", ds)
	}
	return sc
}

func asFS(files []File) fs.FS {
	m := fstest.MapFS{}
	for _, f := range files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return m
}

func TestBaseHasNoFindings(t *testing.T) {
	if ds := Lint(os.DirFS(baseDir), ".", testKinds); len(ds) > 0 {
		t.Fatalf("the base has findings:\n%s", ds)
	}
}

// roundTrip encodes a scenario and loads it again.
func roundTrip(t testing.TB, sc *scenario.Scenario) *scenario.Scenario {
	t.Helper()
	files, err := Encode(sc)
	if err != nil {
		t.Fatal(err)
	}
	again, ds := Load(asFS(files), ".", testKinds)
	if len(ds) > 0 {
		t.Fatalf("what was written has findings:\n%s\n%s", ds, files[0].Data)
	}
	if again.Hash != HashFiles(files) {
		t.Error("the hash of the scenario is not that of its files")
	}
	return again
}

func TestWhatIsWrittenLoadsEqual(t *testing.T) {
	sc := loadBase(t)
	again := roundTrip(t, sc)
	again.Hash = sc.Hash
	if !reflect.DeepEqual(sc, again) {
		t.Fatalf("written and read again:\n%+v\nwant\n%+v", again, sc)
	}
}

func TestSameScenarioSameBytes(t *testing.T) {
	one, err1 := Encode(loadBase(t))
	two, err2 := Encode(loadBase(t))
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for i := range one {
		if one[i].Name != two[i].Name || !bytes.Equal(one[i].Data, two[i].Data) {
			t.Errorf("%s differs between two writings", one[i].Name)
		}
	}
}

func TestNobodyReadsThousandsOfFindings(t *testing.T) {
	files := baseFiles(t)
	files[MainFile].Data = append([]byte("zone = ["), bytes.Repeat([]byte("{},"), 20_000)...)
	files[MainFile].Data = append(files[MainFile].Data, ']')
	if _, ds := Load(files, ".", testKinds); len(ds) != maxFindings+1 {
		t.Errorf("%d findings; want %d and a remark", len(ds), maxFindings)
	}
	files = baseFiles(t)
	files[MainFile].Data = append(files[MainFile].Data, bytes.Repeat([]byte("[[unit]]\nname = \"u\"\ncount = 500\n"), 1000)...)
	if _, ds := Load(files, ".", testKinds); len(ds) > maxFindings+1 || !ds.Failed() {
		t.Errorf("%d findings about half a million units", len(ds))
	}
}
