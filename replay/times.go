package replay

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"sandtable/sim"
)

// Wall is a line of times.jsonl, which is a chain of its own: when a line of the journal was written, by the clock
// on the wall; or, where Journal is empty, that a process began to record, and on which machine. All of it is
// evidence and information; nothing of it enters the simulation.
type Wall struct {
	Journal string    `json:"j,omitempty"`  // hash of the line of the journal
	At      sim.Time  `json:"t"`            // instant of the run, microseconds
	Wall    time.Time `json:"wall"`         // UTC
	Go      string    `json:"go,omitempty"` // version of the compiler
	System  string    `json:"system,omitempty"`
	Build   string    `json:"build,omitempty"` // revision of the source, when the program knows it
	Resumed bool      `json:"resumed,omitempty"`
}

// machine describes the process that records.
func machine(now time.Time, resumed bool) Wall {
	w := Wall{Wall: now, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Resumed: resumed}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				w.Build = s.Value + w.Build
			case s.Key == "vcs.modified" && s.Value == "true":
				w.Build += "+changes"
			}
		}
	}
	return w
}

// readTimes reads times.jsonl. A file that is not there has no lines.
func readTimes(dir, start string) (walls []Wall, good int64, last string, damage *Damage, err error) {
	file, err := os.Open(filepath.Join(dir, timesFile))
	if os.IsNotExist(err) {
		return nil, 0, start, nil, nil
	}
	if err != nil {
		return nil, 0, start, nil, err
	}
	defer file.Close() // read only
	walls, good, last, damage, err = scanTimes(file, start)
	return walls, good, last, damage, err
}

func scanTimes(r io.Reader, start string) (walls []Wall, good int64, last string, damage *Damage, err error) {
	last = start
	good, damage, err = scanChain(r, timesFile, start, func(body []byte, hash string) error {
		var w Wall
		if err := strict(body, &w); err != nil {
			return fmt.Errorf("no line of times: %w", err)
		}
		walls, last = append(walls, w), hash
		return nil
	})
	return walls, good, last, damage, err
}
