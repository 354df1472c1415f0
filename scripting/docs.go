package scripting

import (
	"fmt"
	"strings"

	"sandtable/sim"
)

// Reference writes docs/scripting.md: what a script can call, what it can listen to, and its limits.
func Reference() string {
	var b strings.Builder
	b.WriteString(`# Scripts of the director · 导调脚本

This page is generated from the table of functions in package scripting.

A drill's director.lua is Lua 5.1 in a closed room: it reads and gives orders, and can touch nothing else. Its body
runs once before the drill and says what to wait for. The director's script sees the truth; a seat's script sees
only what that seat has been told. 脚本主体在演练开始前执行一次，登记要等待的时刻、事件和条件；导调脚本可读真实情况，席位脚本只能读本席位所知。

Times are spans since the start: "1h30m", "45m", or a number of seconds. An error in a function is written into the
record with its place, and the script goes on.

`)
	for _, f := range Functions {
		fmt.Fprintf(&b, "## %s\n`%s`\n\n%s\n\n%s\n\n```lua\n%s\n```\n\n", f.Name, f.Usage, f.Doc.EN, f.Doc.ZH, f.Example)
	}
	b.WriteString(`## Events
Kinds for on.event; what a, b, c, count, num and text mean is said in sim/event.go. Entities stand there by their short
names, by the names on the Chinese screen in a_title, b_title and c_title, and by those on the English one in
a_title_en, b_title_en and c_title_en; text is the Chinese one whatever the
screen shows, text_en the English one.

`)
	var kinds []string
	for k := sim.EvNone + 1; !strings.HasPrefix(k.String(), "event"); k++ {
		kinds = append(kinds, "`"+k.String()+"`")
	}
	b.WriteString(strings.Join(kinds, ", ") + "\n\n")
	fmt.Fprintf(&b, `## What is there of Lua, and what is not
Of Lua's own functions: %s; string.%s; table.%s; math.%s, and exp, log, sin, cos, tanh, pow, atan2 and round, which
give the same bits on every machine. The operator ^ is refused for that reason: write math.pow(x, y). There are no
files, no modules, no metatables, no coroutines, no clock and no random numbers but the drill's own.

## Limits
%d instructions in one second of the drill, %d in a run, %d bytes in a string, %d MB in all. A script that goes
beyond is stopped at the same instruction on every machine, and the record says so. Patterns that could search
without end are refused.
`, strings.Join(allowed[""], ", "), strings.Join(allowed["string"], ", "), strings.Join(allowed["table"], ", "),
		strings.Join(allowed["math"], ", "), tickBudget, runBudget, maxString, maxMemory>>20)
	return b.String()
}
