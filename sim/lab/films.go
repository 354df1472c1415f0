package lab

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sandtable/sim"
)

// Films is a directory of films. It implements sim.FilmStore and is safe for use by many worlds at once: a film
// appears under its name only when it is whole. Films are a cache; each can be computed again.
type Films struct {
	dir string
	max int64 // bytes; the oldest films go when there are more
	mu  sync.Mutex
	use map[sim.FilmKey]bool
}

// OpenFilms returns the cache in a directory, which is made when it is not there. When it grows beyond max bytes
// the films that were not used for the longest time are removed; 0 means no limit.
func OpenFilms(dir string, max int64) (*Films, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("lab: film cache: %w", err)
	}
	f := &Films{dir: dir, max: max, use: make(map[sim.FilmKey]bool)}
	f.sweep()
	return f, nil
}

// stale is the age from which on a film in the making is taken for one that a killed process has left, unless a living
// one holds it. The age counts where files cannot be held, and for a file that has just been made.
const stale = 24 * time.Hour

// sweep removes what killed processes have left. What cannot be removed stays.
func (f *Films) sweep() {
	left, _ := filepath.Glob(filepath.Join(f.dir, making)) // the pattern is a good one
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > stale && !held(path) {
			_ = os.Remove(path)
		}
	}
}

// DefaultFilmDir is where films are kept when nothing else is said: the user's cache directory, or
// $SANDTABLE_FILMS.
func DefaultFilmDir() string {
	if dir := os.Getenv("SANDTABLE_FILMS"); dir != "" {
		return dir
	}
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, "sandtable", "films")
}

// path returns the file of a film.
func (f *Films) path(key sim.FilmKey) string {
	return filepath.Join(f.dir, hex.EncodeToString(key[:])+ending)
}

// Open returns the film of that story, or nil when there is none that can be read. A file that is no whole film is
// moved aside; one that cannot be read just now (too many open files, a disk that is away) stays.
func (f *Films) Open(key sim.FilmKey) sim.FilmReader {
	path := f.path(key)
	r, err := openFilm(path, key)
	if err != nil {
		if errors.Is(err, errFilm) {
			_ = os.Rename(path, path+aside)
		}
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // the age that eviction goes by
	f.note(key)
	return r
}

// Create begins a film. It gives nil when the file cannot be made: the run then goes unfilmed.
func (f *Films) Create(key sim.FilmKey) sim.FilmWriter {
	w, err := createFilm(f.dir, f.path(key), key)
	if err != nil {
		return nil
	}
	f.note(key)
	w.done = f.evict
	return w
}

func (f *Films) note(key sim.FilmKey) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.use[key] = true
}

// Used lists the files of the films that were opened or made since the cache was opened, in the order of their
// names. Those that were given up are left out.
func (f *Films) Used() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var paths []string
	for key := range f.use {
		if path := f.path(key); fileExists(path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Endings of the files of a cache: films, and damaged ones that were moved aside.
const (
	ending = ".film"
	aside  = ".damaged"
)

// evict removes leftovers, and then the films that were used longest ago until the cache keeps its limit.
func (f *Films) evict() {
	f.sweep()
	if f.max <= 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return
	}
	type film struct {
		path string
		size int64
		used time.Time
	}
	var films []film
	total := int64(0)
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ending) && !strings.HasSuffix(name, ending+aside) {
			continue
		}
		if info, err := e.Info(); err == nil {
			films = append(films, film{filepath.Join(f.dir, name), info.Size(), info.ModTime()})
			total += info.Size()
		}
	}
	slices.SortFunc(films, func(a, b film) int { return a.used.Compare(b.used) })
	for _, x := range films {
		if total <= f.max {
			return
		}
		if os.Remove(x.path) == nil {
			total -= x.size
		}
	}
}
