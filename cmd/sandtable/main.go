// Command sandtable plays, checks, replays, branches and reports drills.
//
// Exit codes: 0 done, 2 the input is wrong (a scenario, an order file, an argument), 1 anything else. An interrupt
// (^C) ends a run at the next tick; it stays resumable.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/alecthomas/kong"
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
	Generate generateCmd `cmd:"" help:"生成虚构的县 · Generate a fictional county as a scenario."`
	Import   importCmd   `cmd:"" help:"导入真实地区 · Make a scenario of OpenStreetMap and SRTM files."`
	Bench    benchCmd    `cmd:"" help:"测量速度 · Measure speed."`
}

// app is what every verb is given.
type app struct {
	ctx    context.Context
	out    io.Writer // results
	err    io.Writer // progress and complaints
	isTerm bool      // err is a terminal, which can show a progress bar
}

// inputError marks an error as one of the input: exit code 2.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

func badInput(format string, args ...any) error { return inputError{fmt.Errorf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{ctx: ctx, out: os.Stdout, err: os.Stderr, isTerm: isTerminal(os.Stderr)}
	os.Exit(run(a, os.Args[1:]))
}

// run carries out one command line and returns the exit code.
func run(a *app, args []string) int {
	var verbs commands
	exit := -1
	parser, err := kong.New(&verbs, kong.Name("sandtable"), kong.UsageOnError(), kong.Writers(a.out, a.err),
		kong.Description("沙盘：应急演练推演与训练引擎 · Simulation and training engine for emergency drills."),
		kong.Exit(func(code int) { exit = code }), kong.Vars{"cpus": fmt.Sprint(runtime.NumCPU())})
	if err != nil {
		fmt.Fprintln(a.err, "sandtable:", err)
		return 1
	}
	k, err := parser.Parse(args)
	if exit >= 0 {
		return exit // help was printed
	}
	if err != nil {
		fmt.Fprintf(a.err, "sandtable: %v\n", err)
		return 2
	}
	return a.code(k.Run(a))
}

// code prints an error and returns the exit code for it.
func (a *app) code(err error) int {
	var bad inputError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &bad):
		fmt.Fprintln(a.err, bad.error)
		return 2
	}
	fmt.Fprintln(a.err, "sandtable:", err)
	return 1
}

// isTerminal says whether a file is a terminal.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
