package scripting

import (
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"sandtable/sim/num"
)

// allowed lists what of Lua's own libraries a script may use. Everything else is absent.
var allowed = map[string][]string{
	"": {"assert", "error", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawset", "select", "tonumber",
		"type", "unpack", "_VERSION"},
	"string": {"byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "reverse", "sub", "upper"},
	"table":  {"concat", "insert", "maxn", "remove", "sort"},
	"math":   {"abs", "ceil", "floor", "max", "min", "fmod", "modf", "pi", "huge", "sqrt"},
}

// newState returns an interpreter with the allowed functions only.
func newState() *lua.LState {
	l := lua.NewState(lua.Options{SkipOpenLibs: true, CallStackSize: 128, RegistrySize: 4 << 10,
		RegistryMaxSize: 64 << 10, MinimizeStackMemory: true})
	for _, open := range []struct {
		name string
		fn   lua.LGFunction
	}{{"", lua.OpenBase}, {"string", lua.OpenString}, {"table", lua.OpenTable}, {"math", lua.OpenMath}} {
		l.Push(l.NewFunction(open.fn))
		l.Push(lua.LString(open.name))
		l.Call(1, 0)
	}
	globals := l.Get(lua.GlobalsIndex).(*lua.LTable)
	keepOnly(l, globals, append([]string{"string", "table", "math"}, allowed[""]...))
	for _, lib := range []string{"string", "table", "math"} {
		keepOnly(l, globals.RawGetString(lib).(*lua.LTable), allowed[lib])
	}
	replaceMath(l)
	replaceStrings(l)
	return l
}

// keepOnly removes every entry that is not in the list.
func keepOnly(_ *lua.LState, t *lua.LTable, keep []string) {
	wanted := make(map[string]bool)
	for _, k := range keep {
		wanted[k] = true
	}
	var drop []lua.LValue
	t.ForEach(func(k, _ lua.LValue) {
		if !wanted[k.String()] {
			drop = append(drop, k)
		}
	})
	for _, k := range drop {
		t.RawSet(k, lua.LNil)
	}
}

// replaceMath puts in functions that give the same bits on every machine.
func replaceMath(l *lua.LState) {
	lib := l.GetGlobal("math").(*lua.LTable)
	one := map[string]func(float64) float64{"exp": num.Exp, "log": num.Log, "sin": num.Sin, "cos": num.Cos,
		"tanh": num.Tanh}
	for name, f := range one {
		lib.RawSetString(name, l.NewFunction(func(l *lua.LState) int {
			l.Push(lua.LNumber(f(float64(l.CheckNumber(1)))))
			return 1
		}))
	}
	two := map[string]func(x, y float64) float64{"pow": num.Pow, "atan2": num.Atan2}
	for name, f := range two {
		lib.RawSetString(name, l.NewFunction(func(l *lua.LState) int {
			l.Push(lua.LNumber(f(float64(l.CheckNumber(1)), float64(l.CheckNumber(2)))))
			return 1
		}))
	}
	lib.RawSetString("round", l.NewFunction(func(l *lua.LState) int {
		l.Push(lua.LNumber(math.Floor(float64(l.CheckNumber(1)) + 0.5)))
		return 1
	}))
}

// replaceStrings puts limits on what could take memory or time without end.
func replaceStrings(l *lua.LState) {
	lib := l.GetGlobal("string").(*lua.LTable)
	for _, name := range []string{"find", "match", "gmatch", "gsub"} {
		inner := lib.RawGetString(name).(*lua.LFunction)
		lib.RawSetString(name, l.NewFunction(guardPattern(inner, name)))
	}
	lib.RawSetString("rep", l.NewFunction(func(l *lua.LState) int {
		s, n := l.CheckString(1), l.CheckInt(2)
		if n > 0 && len(s)*n > maxString || n > maxString {
			l.RaiseError("string.rep would make more than %d bytes", maxString)
		}
		l.Push(lua.LString(strings.Repeat(s, max(n, 0))))
		return 1
	}))
	format := lib.RawGetString("format").(*lua.LFunction)
	lib.RawSetString("format", l.NewFunction(func(l *lua.LState) int {
		if longDigits(l.CheckString(1)) {
			l.RaiseError("string.format: a width or precision of more than two digits")
		}
		return passOn(l, format)
	}))
	concat := l.GetGlobal("table").(*lua.LTable).RawGetString("concat").(*lua.LFunction)
	l.GetGlobal("table").(*lua.LTable).RawSetString("concat", l.NewFunction(func(l *lua.LState) int {
		t, sep, total := l.CheckTable(1), l.OptString(2, ""), 0
		for i := 1; i <= t.Len(); i++ {
			if total += len(t.RawGetInt(i).String()) + len(sep); total > maxString {
				l.RaiseError("table.concat would make more than %d bytes", maxString)
			}
		}
		return passOn(l, concat)
	}))
	l.SetGlobal("tostring", l.NewFunction(func(l *lua.LState) int {
		switch v := l.CheckAny(1).(type) {
		case lua.LString, lua.LNumber, lua.LBool, *lua.LNilType:
			l.Push(lua.LString(v.String()))
		default:
			l.Push(lua.LString(v.Type().String())) // an address would differ from run to run
		}
		return 1
	}))
}

// passOn calls the library's own function with the same arguments.
func passOn(l *lua.LState, fn *lua.LFunction) int {
	n := l.GetTop()
	l.Push(fn)
	for i := 1; i <= n; i++ {
		l.Push(l.Get(i))
	}
	l.Call(n, lua.MultRet)
	return l.GetTop() - n
}

// longDigits says whether a format holds a run of more than two digits, as a width would be.
func longDigits(format string) bool {
	run := 0
	for i := range len(format) {
		if c := format[i]; c >= '0' && c <= '9' {
			if run++; run > 2 {
				return true
			}
		} else {
			run = 0
		}
	}
	return false
}

// maxPatternSteps bounds what a pattern match may take, estimated from the pattern before it is tried.
const maxPatternSteps = 10_000_000

// guardPattern refuses patterns that could run without end: a pattern with q repetitions over n bytes may take
// n^(q+1) steps, twice as many for every optional item.
func guardPattern(inner *lua.LFunction, name string) lua.LGFunction {
	return func(l *lua.LState) int {
		subject, pattern := l.CheckString(1), l.CheckString(2)
		plain := name == "find" && lua.LVAsBool(l.Get(4))
		steps := float64(len(subject) + 1)
		for i := 0; i < len(pattern) && !plain; i++ {
			switch pattern[i] {
			case '%':
				i++
			case '*', '+', '-':
				steps *= float64(len(subject) + 1)
			case '?':
				steps *= 2
			}
		}
		if steps > maxPatternSteps {
			l.RaiseError("string.%s: the pattern is too complex for a text of %d bytes", name, len(subject))
		}
		if m, ok := l.Context().(*meter); ok {
			m.charge(int(steps / 100))
		}
		return passOn(l, inner)
	}
}
