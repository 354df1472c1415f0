package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"sandtable/cmd/internal/stage"
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
	Stopped   string   `json:"stopped,omitempty"` // why it was stopped before its end
	UntilS    float64  `json:"until_s"`
	Digests   int      `json:"digests"`
	Keyframes int      `json:"keyframes"`
	Rebuilt   bool     `json:"rebuilt"`
	Damage    []string `json:"damage,omitempty"`  // where a chained file stops being good; resuming sets the rest aside
	Derived   []string `json:"derived,omitempty"` // what is wrong with files that --rebuild writes anew
	Why       string   `json:"why,omitempty"`
}

// Run plays a run again and names the first instant and subsystem that differ, and every file that was changed.
func (c *verifyCmd) Run(a *app) error {
	if c.Full {
		c.Films = "off"
	}
	s, err := openRun(a, c.Dir, &c.machineFlags)
	if err != nil {
		return err
	}
	opt := replay.VerifyOptions{Rebuild: c.Rebuild}
	if !c.JSON {
		bar := newProgress(a, s.Run.Reach(), s.lang)
		defer bar.finish()
		opt.Progress = bar.step
	}
	rep, err := replay.Verify(a.ctx, s.Run, s.Config(s.Run.Header.Seed), opt)
	if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
		return sim.Fail("已中断；未作任何改动", "interrupted; nothing was changed")
	}
	if err != nil {
		return stage.Sort(err)
	}
	v := verdict{Agrees: rep.Agrees(), Finished: rep.Finished, Stopped: s.Run.Stopped(), UntilS: rep.Until.Seconds(),
		Digests: rep.Digests, Keyframes: rep.Keyframes, Rebuilt: rep.Rebuilt, Damage: places(s.Run.Damage),
		Derived: places(rep.Damage)}
	if rep.Mismatch != nil {
		v.Why = rep.Mismatch.Error()
	}
	if c.JSON {
		err = json.NewEncoder(a.out).Encode(v)
	} else if v.Agrees {
		fmt.Fprintln(a.out, c.sentence(s, &rep))
	}
	return errors.Join(err, c.complaint(&v))
}

// sentence tells of a run that agrees.
func (c *verifyCmd) sentence(s *story, rep *replay.Report) string {
	state := tr(s.lang, "完整", "finished")
	switch {
	case s.Run.Stopped() != "":
		state = tr(s.lang, "因灾害模型出错而中止", "stopped because a hazard failed")
	case !rep.Finished:
		state = tr(s.lang, "未完成", "unfinished")
	}
	verdict := tr(s.lang, "推演一致", "agrees")
	if len(s.Run.Damage)+len(rep.Damage) > 0 {
		verdict = tr(s.lang, "指令与摘要一致，但有文件受损", "commands and digests agree, but files were damaged")
	}
	text := fmt.Sprintf(tr(s.lang, "%s：%v，%s，%d 个摘要，%d 个关键帧", "%s: %v, %s, %d digests, %d keyframes"),
		verdict, rep.Until, state, rep.Digests, rep.Keyframes)
	if rep.Rebuilt {
		text += tr(s.lang, "；事件、遥测与关键帧已重建", "; events, telemetry and keyframes were written anew")
	}
	return text
}

// complaint is the error of a verdict: everything that is wrong, each with its remedy; nil when nothing is.
func (c *verifyCmd) complaint(v *verdict) error {
	var errs []error
	if !v.Agrees {
		errs = append(errs, sim.Fail("推演无法重现：%s", "the run cannot be reproduced: %s", v.Why))
	}
	if len(v.Damage) > 0 {
		errs = append(errs, sim.Fail("%s 已损坏，此前部分一致；sandtable run --resume %s 将其余部分移开并从该处继续：\n  %s",
			"%s is damaged; what lies before agrees; sandtable run --resume %s sets the rest aside and plays on from there:"+
				"\n  %s", c.Dir, c.Dir, strings.Join(v.Damage, "\n  ")))
	}
	if len(v.Derived) > 0 {
		errs = append(errs, sim.Fail("%s 中有可重建的文件被改动；sandtable verify %s --rebuild 可重建：\n  %s",
			"files of %s were changed that can be made again; sandtable verify %s --rebuild writes them anew:\n  %s",
			c.Dir, c.Dir, strings.Join(v.Derived, "\n  ")))
	}
	return errors.Join(errs...)
}

// places writes each damage with its place.
func places(damage []replay.Damage) []string {
	var all []string
	for _, d := range damage {
		all = append(all, d.String())
	}
	return all
}
