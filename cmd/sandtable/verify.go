package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"sandtable/replay"
	"sandtable/sim"
)

type verifyCmd struct {
	Dir     string `arg:"" name:"run" help:"推演目录 · Directory of the run."`
	Full    bool   `help:"水情也重新求解 · Solve the water again too, without any film."`
	Rebuild bool   `help:"重建事件、遥测与关键帧 · Write events, telemetry and keyframes anew."`
	machineFlags
}

// verdict is what verify prints for machines.
type verdict struct {
	Agrees    bool     `json:"agrees"`
	Finished  bool     `json:"finished"`
	Until     string   `json:"until"`
	Digests   int      `json:"digests"`
	Keyframes int      `json:"keyframes"`
	Rebuilt   bool     `json:"rebuilt"`
	Damage    []string `json:"damage,omitempty"` // where a chained file stops being good
	Why       string   `json:"why,omitempty"`
}

// Run plays a run again and names the first instant and subsystem that differ.
func (c *verifyCmd) Run(a *app) error {
	if c.Full {
		c.Films = "off"
	}
	run, s, err := openRun(c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	if c.Full {
		s.films = nil
	}
	opt := replay.VerifyOptions{Rebuild: c.Rebuild}
	if !c.JSON {
		bar := newProgress(a, run.Reach())
		defer bar.finish()
		opt.Progress = bar.step
	}
	rep, err := replay.Verify(a.ctx, run, s.config(run.Header.Seed), opt)
	if err != nil {
		return err
	}
	v := verdict{Agrees: rep.Agrees(), Finished: rep.Finished, Until: rep.Until.String(), Digests: rep.Digests,
		Keyframes: rep.Keyframes, Rebuilt: rep.Rebuilt}
	for _, d := range run.Damage {
		v.Damage = append(v.Damage, d.String())
	}
	if rep.Mismatch != nil {
		v.Why = rep.Mismatch.Error()
	}
	if c.JSON {
		if err := json.NewEncoder(a.out).Encode(v); err != nil {
			return err
		}
	} else {
		printVerdict(a, v)
	}
	if !rep.Agrees() {
		return fmt.Errorf("the run cannot be reproduced: %w", rep.Mismatch)
	}
	if len(v.Damage) > 0 {
		return fmt.Errorf("%s is damaged: %s; what lies before agrees; sandtable run --resume %s sets the rest aside and "+
			"plays on from there", c.Dir, strings.Join(v.Damage, "; "), c.Dir)
	}
	return nil
}

func printVerdict(a *app, v verdict) {
	state := "完整 finished"
	if !v.Finished {
		state = "未完成 unfinished"
	}
	if v.Agrees {
		fmt.Fprintf(a.out, "一致 agrees: %s, %s, %d digests, %d keyframes\n", v.Until, state, v.Digests, v.Keyframes)
	}
}

// step shows progress where there is no world to look at.
func (p *progress) step(now sim.Time) {
	if p.bar != nil && now%sim.Time(sim.Minute) == 0 {
		_ = p.bar.Set64(int64(now / sim.Time(sim.Tick))) // only the picture on the terminal is lost
	}
}
