package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sandtable/cmd/internal/stage"
	"sandtable/replay"
	"sandtable/sim"
)

type reportCmd struct {
	Dir string `arg:"" name:"run" help:"推演目录 · Directory of the run."`
	machineFlags
}

// Run writes the report of a run anew: it plays the run once more, from its journal and its films.
func (c *reportCmd) Run(a *app) error {
	s, err := openRun(a, c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	s.Run.Header.Language = s.lang.String()
	if s.Run.End() == nil {
		return stage.Bad("%s：%v；应先完成：sandtable run --resume %s",
			"%s: %v; finish it first: sandtable run --resume %s", c.Dir, replay.ErrUnfinished, c.Dir)
	}
	p, err := s.again(a)
	if p != nil {
		defer p.world.Close() // a film is only read
	}
	switch {
	case err != nil:
		return err
	case !p.ended:
		return s.unevaluated(c.Dir, a.ctx.Err())
	case (p.stopped != nil) != (s.Run.Stopped() != ""):
		return sim.Fail("%s 无法重现；见 sandtable verify %s", "%s cannot be reproduced; see sandtable verify %s", c.Dir, c.Dir)
	}
	sum, html, err := s.evaluate(a, s.Run, p)
	if err != nil {
		return s.unevaluated(c.Dir, err)
	}
	path, err := replay.WriteReport(s.Run.Dir, html)
	if err != nil {
		return err
	}
	if err := keepSummary(s.Run.Dir, sum); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(a.out).Encode(sum)
	}
	printSummary(a, sum, s.lang)
	fmt.Fprintf(a.out, tr(s.lang, "报告：%s\n", "report: %s\n"), path)
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
