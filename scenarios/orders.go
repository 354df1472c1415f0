package scenarios

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// orderFile is a file of orders for a branch: a record of what a player gives, each order at its instant. They become
// part of the branch's own record as they stand, which has to hold without anybody who looks at gauges. An order that
// waits for something belongs into the plan or a script.
type orderFile struct {
	Orders []orderLine `toml:"order" doc:"orders, each at its time"`
}

// orderLine is one order of such a file; its parameters stand beside as further keys.
type orderLine struct {
	At    sim.Duration `toml:"at" range:"[0s,30d]" instant:"true" doc:"when, since the start (2h30m) or by the clock (06:40)"`
	Post  string       `toml:"post" optional:"true" doc:"who gives it; the highest post when missing"`
	Order string       `toml:"order" doc:"name of the order (docs/orders.md)"`
	Args  []sim.Arg    `toml:",rest" doc:"the order's parameters"`
}

// maxOrders is how many orders a file may hold.
const maxOrders = 100_000

// Window is when the orders of a file may be given: from From to before Until. The zero value is any time.
type Window struct{ From, Until sim.Time }

// ReadOrders reads a file of orders: tables [[order]] with at, order, post and the order's parameters, as in a
// scenario's [[plan]]. The commands come as a player's, in the order of their times, equal times in that of the
// file. sc is the scenario that they are for: names are looked up in it, and local times refer to its start; with
// nil neither can be, names are taken as they are and local times refused. path is for messages.
func ReadOrders(path string, data []byte, sc *scenario.Scenario, when Window) ([]sim.Command, Diagnostics) {
	doc, wrong := parseTOML(path, data)
	if wrong != nil {
		return nil, Diagnostics{*wrong}
	}
	d := &decoder{reader: newReader(nil, "")}
	var names *scenario.Directory
	if sc != nil {
		d.start, d.started, names = sc.Drill.Start, true, scenario.NewDirectory(sc)
	} else {
		d.noClock = true
	}
	var file orderFile
	d.table([]part{partOf(&file)}, doc.values, doc.root)
	if len(file.Orders) > maxOrders {
		d.addAt(doc.root.keys["order"], sim.Say("%d 条指令；最多 %d 条", "%d orders; want at most %d", len(file.Orders), maxOrders))
		return nil, d.diags
	}
	commands := make([]sim.Command, 0, len(file.Orders))
	for i := range file.Orders {
		line := &file.Orders[i]
		d.checkOrder(doc.root, i, line, names, when)
		c := sim.Command{At: sim.Time(line.At), Origin: sim.FromPlayer, Post: line.Post, Order: line.Order, Args: line.Args}
		commands = append(commands, c)
	}
	if ds := d.diags.sorted([]string{path}); ds.Failed() {
		return nil, ds
	}
	slices.SortStableFunc(commands, func(a, b sim.Command) int { return cmp.Compare(a.At, b.At) })
	return commands, nil
}

// checkOrder checks one order against the window, the catalogue and the names of the scenario.
func (d *decoder) checkOrder(root *node, i int, line *orderLine, names *scenario.Directory, when Window) {
	path := fmt.Sprintf("order[%d]", i)
	say := func(field string, text sim.Text) {
		if n, reported := follow(root, path+field); !reported {
			d.addAt(n, text)
		}
	}
	if at := scenario.TableOf(reflect.TypeFor[orderLine]()).Field("at"); !at.Range.Contains(float64(line.At)) {
		say(".at", sim.Say("%s；应为 %s", "%s; want %s", line.At, at.Range.Words()))
	} else if given := sim.Time(line.At); when != (Window{}) && (given < when.From || given >= when.Until) {
		say(".at", sim.Say("自开始起 %v；应为 %v 至 %v 之前的时刻", "%v since the start; want an instant from %v to before %v",
			given, when.From, when.Until))
	}
	if names != nil && line.Post != "" {
		if _, ok := names.Resolve(sim.KindPost, line.Post); !ok {
			say(".post", sim.Say("没有名为 %q 的岗位；%s", "no post is called %q; %s", line.Post,
				scenario.WantOneOf(line.Post, names.All(sim.KindPost))))
		}
	}
	args := slices.DeleteFunc(slices.Clone(line.Args), func(a sim.Arg) bool {
		waits := isTrigger(a.Name)
		if waits {
			say("."+a.Name, sim.Say("指令文件中的指令只有时刻；应只写 at，触发条件写入情景的 [[plan]]",
				"an order of a file has an instant and no trigger; want at alone, or the trigger in a [[plan]] of the scenario"))
		}
		return waits
	})
	for _, p := range scenario.CheckOrder(line.Order, args, names, nil) {
		say("."+p.Path, p.Text)
	}
}

// isTrigger says whether a key is one with which an order of the standing plan waits for something.
func isTrigger(key string) bool {
	return scenario.TableOf(reflect.TypeFor[scenario.PlannedOrder]()).Field(key) != nil &&
		scenario.TableOf(reflect.TypeFor[orderLine]()).Field(key) == nil
}
