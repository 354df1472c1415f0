package lab

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sandtable/sim"
)

func openCache(t interface{ Fatal(...any) }, dir string, limit int64) *Films {
	f, err := OpenFilms(dir, limit)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// film writes a film of n records and returns them.
func film(t interface{ Fatal(...any) }, f *Films, key sim.FilmKey, n int) []sim.FilmRecord {
	w := f.Create(key)
	var all []sim.FilmRecord
	for i := range n {
		r := sim.FilmRecord{At: sim.Time(i) * sim.Time(30*sim.Second), Digest: uint64(i) * 77,
			Ledger: sim.Ledger{Unit: "m3", In: float64(i)}, Frame: bytes.Repeat([]byte{byte(i)}, i%50)}
		if i%60 == 0 {
			r.State = bytes.Repeat([]byte{9, byte(i)}, 100)
		}
		all = append(all, r)
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

func equal(a, b sim.FilmRecord) bool {
	return a.At == b.At && a.Digest == b.Digest && a.Ledger == b.Ledger && bytes.Equal(a.Frame, b.Frame) &&
		bytes.Equal(a.State, b.State)
}

func TestFilmRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		f := openCache(t, dir, 0)
		key := sim.FilmKey{byte(rapid.IntRange(0, 3).Draw(t, "key"))}
		all := film(t, f, key, rapid.IntRange(1, 400).Draw(t, "n"))
		r := f.Open(key)
		if r == nil || r.Len() != len(all) {
			t.Fatal("the film cannot be read back")
		}
		for range 50 {
			i := rapid.IntRange(0, len(all)-1).Draw(t, "i")
			got, err := r.Record(i)
			if err != nil || !equal(got, all[i]) {
				t.Fatalf("record %d of %d differs: %v", i, len(all), err)
			}
		}
		if _, err := r.Record(len(all)); err == nil {
			t.Fatal("a record beyond the end was read")
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDamagedFilmIsMovedAside(t *testing.T) {
	dir := t.TempDir()
	f := openCache(t, dir, 0)
	key := sim.FilmKey{1}
	film(t, f, key, 100)
	path := f.path(key)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data[:len(data)-5], 0o666); err != nil {
		t.Fatal(err)
	}
	if r := f.Open(key); r != nil {
		t.Error("a film without its end was opened")
	}
	if !fileExists(path + ".damaged") {
		t.Error("the damaged film was not kept aside")
	}
}

func TestUnfinishedFilmLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	w := openCache(t, dir, 0).Create(sim.FilmKey{1})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(left) != 0 {
		t.Errorf("a film without records left %v", left)
	}
}

// A process that is killed leaves a film in the making. It goes when the cache is opened a week later, not before: another
// process may be at it.
func TestLeftoversGo(t *testing.T) {
	dir := t.TempDir()
	old, young, other := filepath.Join(dir, "making-1.tmp"), filepath.Join(dir, "making-2.tmp"), filepath.Join(dir, "a")
	for _, path := range []string{old, young, other} {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	then := time.Now().Add(-8 * 24 * time.Hour)
	for _, path := range []string{old, other} {
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	openCache(t, dir, 0)
	if fileExists(old) || !fileExists(young) || !fileExists(other) {
		t.Errorf("left: old %v, young %v, other %v; want only the old one gone", fileExists(old), fileExists(young),
			fileExists(other))
	}
}

func TestOldFilmsGo(t *testing.T) {
	dir := t.TempDir()
	f := openCache(t, dir, 3000)
	for k := range byte(10) {
		film(t, f, sim.FilmKey{k}, 120)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*.film"))
	if len(left) == 0 || len(left) > 5 {
		t.Errorf("%d films of about 1 kB are left under a limit of 3,000 bytes", len(left))
	}
	if f.Open(sim.FilmKey{9}) == nil {
		t.Error("the newest film is gone")
	}
}

func FuzzFilm(f *testing.F) {
	dir := f.TempDir()
	cache := openCache(f, dir, 0)
	film(f, cache, sim.FilmKey{}, 70)
	data, err := os.ReadFile(cache.path(sim.FilmKey{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.film")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		r, err := openFilm(path, sim.FilmKey{})
		if err != nil {
			return
		}
		for i := range min(r.Len(), 200) {
			if _, err := r.Record(i); err != nil {
				break
			}
		}
		_ = r.Close()
	})
}
