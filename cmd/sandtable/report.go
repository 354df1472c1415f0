package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sandtable/replay"
)

type reportCmd struct {
	Dir  string `arg:"" name:"run" help:"推演目录 · Directory of the run."`
	Lang string `enum:"zh,en," default:"" help:"语言 · Language (zh or en); the run's own when left out."`
	machineFlags
}

// Run writes the report of a run anew: it plays the run once more, from its journal and its films.
func (c *reportCmd) Run(a *app) error {
	run, s, err := openRun(c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	if c.Lang != "" {
		run.Header.Language = c.Lang
	}
	if run.End() == nil {
		return badInput("%s: %w; finish it first: sandtable run --resume %s", c.Dir, replay.ErrUnfinished, c.Dir)
	}
	p, err := s.again(a, run)
	if p != nil {
		defer p.world.Close() // a film is only read
	}
	if err != nil {
		return err
	}
	sum, html, err := s.evaluate(a, run, p)
	if err != nil {
		return err
	}
	path, err := replay.WriteReport(run.Dir, html)
	if err != nil {
		return err
	}
	if err := keepSummary(run.Dir, sum); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(a.out).Encode(sum)
	}
	fmt.Fprintf(a.out, "%s\n受威胁 at risk %d, 水到之前撤出 moved in time %d, 死亡 dead %d\n", path, sum.AtRisk,
		sum.MovedBeforeWater, sum.Dead)
	return nil
}

// keepSummary writes summary.json when it is not there: a run may have been cut off between its end and its
// evaluation. One that is there is left, since it knows how long the run took.
func keepSummary(dir string, sum *summary) error {
	_, err := os.Stat(filepath.Join(dir, "summary.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return replay.WriteSummary(dir, sum)
	}
	return err
}
