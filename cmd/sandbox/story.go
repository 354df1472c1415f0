package main

import (
	"errors"
	"io/fs"
	"os"

	"sandtable/cmd/internal/stage"
	"sandtable/render"
	"sandtable/replay"
	"sandtable/sim"
	"sandtable/sim/engine"
)

// story is what is to be played: a scenario with its seed, or a recorded run.
type story struct {
	*stage.Story
	seed sim.Seed
	out  string // where it is recorded; empty for nowhere
}

// story reads what the command line names.
func (o *options) story() (*story, error) {
	st := &story{out: o.Out}
	var err error
	if o.Replay != "" {
		st.Story, err = stage.OpenRun(o.Replay, o.Machine)
	} else {
		st.Story, err = stage.Open(o.Scenario, o.Machine)
	}
	if err != nil {
		return nil, err
	}
	st.seed, err = st.Seed(o.Seed)
	return st, err
}

func (st *story) config() engine.Config { return st.Config(st.seed) }

// end returns the instant at which the run ends.
func (st *story) end() sim.Time {
	if st.Run != nil {
		return max(st.Run.Reach(), sim.Time(sim.Tick))
	}
	return sim.Time(st.Scenario.Drill.Duration)
}

// record begins a recorded run.
func (st *story) record(dir string, lang sim.Lang) (*replay.Recorder, error) {
	return st.Record(dir, st.Header(st.seed, lang.String()))
}

// font reads the font that is asked for.
func (o *options) font() (*render.Font, error) {
	if o.Font == "" {
		return render.DefaultFont(), nil
	}
	data, err := os.ReadFile(o.Font)
	if err != nil {
		var missing *fs.PathError
		if errors.As(err, &missing) {
			return nil, stage.Input(err)
		}
		return nil, err
	}
	font, err := render.NewFont(data)
	if err != nil {
		return nil, stage.Bad("%s：无法用作字体（%v）；应为 OTF、TTF 或 TTC", "%s: %v", o.Font, err)
	}
	return font, nil
}
