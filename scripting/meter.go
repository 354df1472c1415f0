package scripting

import (
	"errors"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// Budgets of a script. They are counted, not timed: the same script stops at the same instruction everywhere.
const (
	tickBudget = 2_000_000   // instructions in one tick
	runBudget  = 500_000_000 // instructions in a whole run
	maxString  = 64 << 10    // bytes of one string
	maxMemory  = 64 << 20    // bytes that a script's tables and strings may take, as weigh counts them
	weighEvery = 250_000     // instructions between two weighings
)

var (
	errTick   = errors.New("the script used more than 2,000,000 instructions in one tick")
	errRun    = errors.New("the script used more than 500,000,000 instructions in this run")
	errString = errors.New("the script made a string of more than 65,536 bytes")
	errMemory = errors.New("the script holds more than 64 MB")
)

// meter is the context of the interpreter, which asks Done before every instruction: that is where instructions
// are counted and where a script is stopped.
type meter struct {
	state *lua.LState
	tick  int
	run   int
	err   error
}

var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// refill gives the budget of a new tick. What stopped a script for good stays.
func (m *meter) refill() {
	m.tick = 0
	if m.err == errTick || m.err == errString {
		m.err = nil
	}
}

// charge takes instructions for work that the interpreter does not count.
func (m *meter) charge(n int) {
	m.tick += n
	m.run += n
}

// spent says that the script may never run again.
func (m *meter) spent() bool { return m.err == errRun || m.err == errMemory || m.err == errTick }

// Done counts one instruction.
func (m *meter) Done() <-chan struct{} {
	m.tick++
	m.run++
	if m.err == nil {
		m.judge()
	}
	if m.err != nil {
		return closed
	}
	return nil
}

func (m *meter) judge() {
	switch {
	case m.tick > tickBudget:
		m.err = errTick
	case m.run > runBudget:
		m.err = errRun
	case m.longString():
		m.err = errString
	case m.run%weighEvery == 0 && weigh(m.state) > maxMemory:
		m.err = errMemory
	}
}

// longString looks for a string beyond the limit in the registers of the running function, where every string that
// an operator makes comes by.
func (m *meter) longString() bool {
	for i := m.state.GetTop(); i > 0; i-- {
		if s, ok := m.state.Get(i).(lua.LString); ok && len(s) > maxString {
			return true
		}
	}
	return false
}

// Err says why the script was stopped.
func (m *meter) Err() error { return m.err }

// Deadline and Value complete context.Context.
func (m *meter) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value returns nothing.
func (m *meter) Value(any) any { return nil }

// weigh counts the bytes of all tables and strings that a script can reach from its globals. The sum does not
// depend on the order in which tables are walked.
func weigh(l *lua.LState) int {
	w := weigher{seen: make(map[any]bool)}
	w.add(l.Get(lua.GlobalsIndex))
	for i := l.GetTop(); i > 0; i-- {
		w.add(l.Get(i))
	}
	for len(w.queue) > 0 && w.sum <= maxMemory {
		next := w.queue[len(w.queue)-1]
		w.queue = w.queue[:len(w.queue)-1]
		w.open(next)
	}
	return w.sum
}

type weigher struct {
	seen  map[any]bool
	queue []lua.LValue
	sum   int
}

func (w *weigher) add(v lua.LValue) {
	switch v := v.(type) {
	case lua.LString:
		w.sum += 16 + len(v)
	case *lua.LTable, *lua.LFunction:
		if !w.seen[v] {
			w.seen[v] = true
			w.queue = append(w.queue, v)
		}
	}
}

func (w *weigher) open(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		w.sum += 64
		v.ForEach(func(k, x lua.LValue) {
			w.sum += 32
			w.add(k)
			w.add(x)
		})
		w.add(v.Metatable)
	case *lua.LFunction:
		w.sum += 64
		for _, u := range v.Upvalues {
			w.add(u.Value())
		}
	}
}
