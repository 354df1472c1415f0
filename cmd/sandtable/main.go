// Command sandtable plays, checks, replays, branches and reports drills.
//
// Exit codes: 0 done, 2 the input is wrong (a scenario, an order file, an argument), 1 anything else. An interrupt
// (^C) ends a run at the next tick; it stays resumable.
package main

import (
	"context"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"sandtable/cmd/internal/stage"
	"sandtable/sim"
)

// commands are the verbs. Their help is in Chinese and English at once, because a terminal rarely says which is
// wanted.
type commands struct {
	Run      runCmd      `cmd:"" help:"推演一个演练并生成报告 · Play a drill and write its report."`
	List     listCmd     `cmd:"" help:"列出内置演练 · List the drills that are shipped."`
	Lint     lintCmd     `cmd:"" help:"检查演练文件 · Check scenarios: every mistake with its place."`
	Verify   verifyCmd   `cmd:"" help:"重算并核对一次推演 · Play a run again and compare every digest."`
	Replay   replayCmd   `cmd:"" help:"查看某一时刻的状态 · Show the state of a run at an instant."`
	Branch   branchCmd   `cmd:"" help:"从某一时刻起另作推演 · Go on from an instant with other orders (what-if)."`
	Report   reportCmd   `cmd:"" help:"重新生成报告 · Write the report of a run again."`
	Maps     mapsCmd     `cmd:"" help:"输出水情图 · Write maps of what the water did: GeoTIFF, ESRI ASCII, GeoJSON."`
	Generate generateCmd `cmd:"" help:"生成虚构的县 · Generate a fictional county as a scenario."`
	Import   importCmd   `cmd:"" help:"导入真实地区 · Make a scenario of OpenStreetMap and SRTM files."`
	Assign   assignCmd   `cmd:"" help:"拟定转移去向 · Propose where the people of each zone go."`
	Bench    benchCmd    `cmd:"" help:"测量速度 · Measure speed."`
	Help     helpCmd     `cmd:"" help:"显示帮助 · Show the help of a verb."`
}

// app is what every verb is given.
type app struct {
	ctx    context.Context
	out    io.Writer // results
	err    io.Writer // progress and complaints
	isTerm bool      // err is a terminal, which can show a progress bar
	lang   sim.Lang  // of complaints: what the command line asks for, else that of the run it is about, else English
}

func main() {
	ctx, stop := stage.Interruptible()
	defer stop()
	a := &app{ctx: ctx, out: os.Stdout, err: os.Stderr, isTerm: isTerminal(os.Stderr)}
	os.Exit(run(a, os.Args[1:]))
}

// description is the head of the help.
const description = `沙盘：应急演练推演与训练引擎 · Simulation and training engine for emergency drills.

示例 Example:
  sandtable list
  sandtable run hamlet --out runs/first
  sandtable replay runs/first --at 1h30m
  sandtable help branch`

// run carries out one command line and returns the exit code. An empty one asks for help.
func run(a *app, args []string) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var verbs commands
	k, code := stage.Parse("sandtable", &verbs, args, a.out, a.err, kong.Description(description))
	if k == nil {
		return code
	}
	a.lang = stage.Asked(args)
	err := k.Run(a)
	return stage.Code(a.err, "sandtable", a.lang, err)
}

// helpCmd is help as a verb.
type helpCmd struct {
	Verb string `arg:"" optional:"" help:"命令 · The verb."`
}

// Run shows the help of a verb, or of the program.
func (c *helpCmd) Run(a *app, k *kong.Context) error {
	args := []string{"--help"}
	if c.Verb != "" {
		if !isVerb(k.Model.Node, c.Verb) {
			return stage.Bad("没有命令 %q；见 sandtable help", "no verb is called %q; see sandtable help", c.Verb)
		}
		args = []string{c.Verb, "--help"}
	}
	run(a, args) // to print it is all it does
	return nil
}

// isVerb says whether a grammar has a command of that name.
func isVerb(grammar *kong.Node, name string) bool {
	for _, n := range grammar.Children {
		if n.Name == name {
			return true
		}
	}
	return false
}

// isTerminal says whether a file is a terminal.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
