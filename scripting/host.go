package scripting

import (
	"errors"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"

	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// WhenEvery is how often the conditions of when are looked at.
const WhenEvery = 10 * sim.Second

// Env is what a script is given.
type Env struct {
	Scenario *scenario.Scenario
	Names    *scenario.Directory
	Seed     uint64 // the drill part of the seed
	// Seat makes it the script of a seat: it sees that post's observation and gives that post's orders. None
	// makes it the director's.
	Seat sim.PostID
	// Note takes what the script says with note and print, and its errors. It may be nil.
	Note func(at sim.Time, text string)
}

// Host runs one script. It implements sim.Source.
type Host struct {
	env    Env
	file   string
	state  *lua.LState
	meter  *meter
	stream rng.Stream
	draws  uint32

	agenda sim.Agenda[task]
	whens  []when
	events map[sim.EventKind][]*lua.LFunction // looked up, never ranged over

	now    sim.Time
	out    []sim.Command
	view   sim.Viewer
	truth  sim.Truth
	seen   sim.Observation
	told   []sim.ForecastKnown // to the posts, for the director
	fresh  bool                // truth or seen is of this tick
	failed bool                // the script has used up its budget and rests for good
}

// task is a function to be called at a time; every > 0 repeats it.
type task struct {
	call  *lua.LFunction
	every sim.Duration
}

// when is a condition and what to do the first time it holds.
type when struct {
	cond, call *lua.LFunction
	done       bool
}

// Check reads a script without running it. Problems are reported as "file:line:col: what is wrong", in both languages
// (sim.Words); what the Lua library says of a syntax error is English in both.
func Check(file, source string) []error {
	chunk, err := parse.Parse(strings.NewReader(source), file)
	if err != nil {
		return []error{syntaxError(file, source, err)}
	}
	problems := lintChunk(file, chunk)
	if _, err := lua.Compile(chunk, file); err != nil {
		problems = append(problems, unreadable(file, err))
	}
	return problems
}

// syntaxError gives a mistake its place. What is missing at the end of the text is missing on its last line.
func syntaxError(file, source string, err error) error {
	var at *parse.Error
	if errors.As(err, &at) && at.Pos.Line == parse.EOF {
		lines := strings.Split(strings.TrimRight(source, " \t\r\n"), "\n")
		return sim.Fail("%s:%d:%d: 语法错误（%s），在文末 %q 之后；应为 Lua 5.1",
			"%s:%d:%d: %s at the end of the text, after %q; want Lua 5.1", file, len(lines),
			len(lines[len(lines)-1])+1, at.Message, at.Token)
	}
	if errors.As(err, &at) {
		return sim.Fail("%s:%d:%d: 语法错误（%s），在 %q 附近；应为 Lua 5.1", "%s:%d:%d: %s near %q; want Lua 5.1", file,
			max(at.Pos.Line, 1), max(at.Pos.Column, 1), at.Message, at.Token)
	}
	return unreadable(file, err)
}

// unreadable wraps what the Lua library says of a script that it does not take.
func unreadable(file string, err error) error {
	return sim.Fail("%s: 无法编译（%v）；应为 Lua 5.1", "%s: %v", file, err)
}

// broken is the error of a script whose body does not run to its end. Lua puts the place before the message, where it
// knows one.
func broken(file string, err error) error {
	message := luaMessage(err)
	if rest, ok := strings.CutPrefix(message, file+":"); ok {
		if line, why, ok := strings.Cut(rest, ":"); ok {
			return sim.Fail("%s:%s: 脚本执行出错（%s）", "%s:%s: %s", file, line, strings.TrimSpace(why))
		}
	}
	return sim.Fail("%s: 脚本执行出错（%s）", "%s: %s", file, message)
}

// New reads a script and runs its body, in which it says what it waits for. Mistakes found in the text come back
// all at once.
func New(file, source string, env Env) (*Host, error) {
	if problems := Check(file, source); len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	h := &Host{env: env, file: file, stream: rng.New(env.Seed, "scripting."+file),
		events: make(map[sim.EventKind][]*lua.LFunction)}
	h.state = newState()
	h.meter = &meter{state: h.state}
	h.state.SetContext(h.meter)
	h.install()
	fn, err := h.state.Load(strings.NewReader(source), file)
	if err != nil {
		return nil, syntaxError(file, source, err)
	}
	h.meter.refill()
	if err := h.state.CallByParam(lua.P{Fn: fn, Protect: true}); err != nil {
		return nil, broken(file, err)
	}
	return h, nil
}

// Close frees the script's memory.
func (h *Host) Close() { h.state.Close() }

// Commands runs what is due in the tick that begins now and appends what the script orders.
func (h *Host) Commands(now sim.Time, last []sim.Event, view sim.Viewer, buf []sim.Command) []sim.Command {
	if h.failed {
		return buf
	}
	h.now, h.view, h.out, h.fresh = now, view, buf, false
	h.meter.refill()
	h.hear(last)
	if now%sim.Time(WhenEvery) == 0 {
		h.look()
	}
	for {
		at, t, ok := h.agenda.Take(now.Add(sim.Tick))
		if !ok {
			break
		}
		h.call(t.call)
		if t.every > 0 {
			h.agenda.Put(at.Add(t.every), t)
		}
	}
	h.view = nil
	return h.out
}

// hear calls the listeners of what happened in the last tick. A seat's script hears only of its own messages.
func (h *Host) hear(last []sim.Event) {
	if len(h.events) == 0 {
		return
	}
	for _, e := range last {
		calls := h.events[e.Kind]
		if len(calls) == 0 || (h.env.Seat >= 0 && !h.concerns(e)) {
			continue
		}
		for _, fn := range calls {
			h.call(fn, h.eventTable(e))
		}
	}
}

// concerns says whether an event is one that the seat's post takes part in.
func (h *Host) concerns(e sim.Event) bool {
	post := sim.RefTo(sim.KindPost, h.env.Seat)
	return e.A == post || e.B == post
}

// look tries the conditions that have not held yet.
func (h *Host) look() {
	for i := 0; i < len(h.whens); i++ { // a callback may add conditions
		if h.whens[i].done {
			continue
		}
		if lua.LVAsBool(h.call(h.whens[i].cond)) {
			h.whens[i].done = true
			h.call(h.whens[i].call)
		}
	}
}

// call runs a function of the script. An error is noted, with its place, and the script goes on; a script that has
// used up its budget rests for good, and says so.
func (h *Host) call(fn *lua.LFunction, args ...lua.LValue) lua.LValue {
	if h.failed {
		return lua.LNil
	}
	top := h.state.GetTop()
	err := h.state.CallByParam(lua.P{Fn: fn, NRet: 1, Protect: true}, args...)
	if err != nil {
		h.state.SetTop(top)
		h.note("error: " + luaMessage(err))
		if h.meter.spent() {
			h.failed = true
			h.note("error: " + h.meter.Err().Error() + "; the script is stopped")
		}
		return lua.LNil
	}
	v := h.state.Get(-1)
	h.state.SetTop(top)
	return v
}

func (h *Host) note(text string) {
	if h.env.Note != nil {
		h.env.Note(h.now, text)
	}
}

// luaMessage returns the message of a Lua error without the traceback.
func luaMessage(err error) string {
	var api *lua.ApiError
	if errors.As(err, &api) && api.Object != nil {
		return api.Object.String()
	}
	text, _, _ := strings.Cut(err.Error(), "\nstack traceback:")
	return text
}
