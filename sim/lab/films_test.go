package lab

import (
	"bytes"
	"errors"
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
			r.Forecast = bytes.Repeat([]byte{7, byte(i)}, 30)
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
		bytes.Equal(a.State, b.State) && bytes.Equal(a.Forecast, b.Forecast)
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

// What cannot be read for another reason than its bytes stays where it is.
func TestUnreadableFilmStays(t *testing.T) {
	f := openCache(t, t.TempDir(), 0)
	path := f.path(sim.FilmKey{1})
	if err := os.Mkdir(path, 0o777); err != nil { // it opens, but reading it fails
		t.Fatal(err)
	}
	if r := f.Open(sim.FilmKey{1}); r != nil || !fileExists(path) {
		t.Errorf("%v, still there: %v; want no film, and nothing moved", r, fileExists(path))
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

// leave puts a file into a cache that nobody has touched for so long.
func leave(t *testing.T, path string, age time.Duration) {
	t.Helper()
	if err := os.WriteFile(path, make([]byte, 900), 0o666); err != nil {
		t.Fatal(err)
	}
	then := time.Now().Add(-age)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
}

// A process that is killed leaves a film in the making. It goes a day later when the cache is opened or a film is
// finished; not before, for it may just have been made, and never while a living process writes it.
func TestLeftoversGo(t *testing.T) {
	dir := t.TempDir()
	old, young, other := filepath.Join(dir, "making-1.tmp"), filepath.Join(dir, "making-2.tmp"), filepath.Join(dir, "a")
	leave(t, old, 25*time.Hour)
	leave(t, young, time.Hour)
	leave(t, other, 25*time.Hour)
	f := openCache(t, dir, 0)
	if fileExists(old) || !fileExists(young) || !fileExists(other) {
		t.Errorf("left: old %v, young %v, other %v; want only the old one gone", fileExists(old), fileExists(young),
			fileExists(other))
	}
	slow := f.Create(sim.FilmKey{7}).(*filmWriter)
	then := time.Now().Add(-30 * time.Hour)
	if err := os.Chtimes(slow.file.Name(), then, then); err != nil {
		t.Fatal(err)
	}
	leave(t, old, 25*time.Hour)
	film(t, openCache(t, dir, 0), sim.FilmKey{8}, 3)
	if fileExists(old) {
		t.Error("the leftover stays although a film was finished")
	}
	if err := slow.Append(sim.FilmRecord{}); err != nil {
		t.Fatal(err)
	}
	if err := slow.Close(); err != nil || !fileExists(f.path(sim.FilmKey{7})) {
		t.Errorf("%v; want the film that was being written all the while", err)
	}
}

// What cannot be written leaves neither an open file nor a temporary one.
func TestFilmThatCannotBeMade(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "making-1.tmp")
	leave(t, path, 0)
	file, err := os.Open(path) // for reading only
	if err != nil {
		t.Fatal(err)
	}
	if w, err := beginFilm(file, filepath.Join(dir, "x.film"), sim.FilmKey{}); err == nil || w != nil {
		t.Errorf("%v, %v; want an error", w, err)
	}
	if err := file.Close(); !errors.Is(err, os.ErrClosed) || fileExists(path) {
		t.Errorf("%v, still there: %v; want the file closed and gone", err, fileExists(path))
	}
	f := openCache(t, dir, 0)
	if err := os.Mkdir(f.path(sim.FilmKey{}), 0o777); err != nil { // nothing can be put under that name
		t.Fatal(err)
	}
	w := f.Create(sim.FilmKey{})
	if err := w.Append(sim.FilmRecord{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil {
		t.Error("the film was put in the place of a directory")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, making)); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestOldFilmsGo(t *testing.T) {
	dir := t.TempDir()
	f := openCache(t, dir, 3000)
	damaged := filepath.Join(dir, "0.film.damaged")
	leave(t, damaged, time.Hour)
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
	if fileExists(damaged) {
		t.Error("a damaged film that was moved aside does not count")
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
