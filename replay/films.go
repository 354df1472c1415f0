package replay

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sandtable/sim"
)

// Films is a store of films that looks into a run's own directory first. New films go to the cache.
type Films struct {
	Own   sim.FilmStore // of Run.FilmDir; nil: none
	Cache sim.FilmStore // nil: none
}

// Open returns the film from the first store that has it, or nil.
func (f Films) Open(key sim.FilmKey) sim.FilmReader {
	for _, store := range [2]sim.FilmStore{f.Own, f.Cache} {
		if store == nil {
			continue
		}
		if film := store.Open(key); film != nil {
			return film
		}
	}
	return nil
}

// Create begins a film in the cache.
func (f Films) Create(key sim.FilmKey) sim.FilmWriter {
	if f.Cache == nil {
		return nil
	}
	return f.Cache.Create(key)
}

// KeepFilms puts the film files that a run used into its directory, so that it is complete: as hard links where
// the file system allows it, else as copies.
func KeepFilms(dir string, films []string) error {
	if err := os.MkdirAll(filepath.Join(dir, filmDir), 0o777); err != nil {
		return err
	}
	for _, from := range films {
		to := filepath.Join(dir, filmDir, filepath.Base(from))
		err := os.Link(from, to)
		if err != nil && !errors.Is(err, os.ErrExist) {
			err = copyFile(from, to)
		}
		if err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("keeping film %s: %w", filepath.Base(from), err)
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // read only
	out, err := os.CreateTemp(filepath.Dir(to), ".copy-*.tmp")
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err == nil {
		err = os.Rename(out.Name(), to)
	}
	if err != nil {
		_ = os.Remove(out.Name()) // what went wrong is already known
	}
	return err
}
