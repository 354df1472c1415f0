// Package stage is the start of the programs: it reads a command line, opens the drill or the recorded run that it
// names with the films, and puts together what commands a run. What a program does with it, it does itself.
package stage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"sandtable/replay"
	"sandtable/sim"
)

// Exit codes of the programs.
const (
	Done   = 0
	Failed = 1 // anything else
	Wrong  = 2 // the input is wrong: a scenario, an order file, an argument
)

// inputError marks an error as one of the input.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// Input marks an error as one of the input; nil stays nil.
func Input(err error) error {
	if err == nil {
		return nil
	}
	return inputError{err}
}

// Bad makes an error of the input that speaks both languages, as sim.Fail does.
func Bad(zh, en string, values ...any) error { return Input(sim.Fail(zh, en, values...)) }

// asked are the errors of package replay, and of the system, that speak of what was asked for: a path, an instant, a
// run that does not go with the request. What is wrong with the disk, or with a run that was once good, is not among
// them.
var asked = []error{replay.ErrNoRun, replay.ErrFormat, replay.ErrUnfinished, replay.ErrFinished, replay.ErrOtherEngine,
	replay.ErrSpec, replay.ErrExists, syscall.ENOTDIR}

// Sort marks an error as one of the input when it speaks of what was asked for.
func Sort(err error) error {
	for _, target := range asked {
		if errors.Is(err, target) {
			return Input(err)
		}
	}
	return err
}

// Code writes an error in a language and returns the exit code for it.
func Code(w io.Writer, program string, lang sim.Lang, err error) int {
	var bad inputError
	switch {
	case err == nil:
		return Done
	case errors.As(err, &bad):
		fmt.Fprintln(w, sim.Words(err).In(lang))
		return Wrong
	}
	fmt.Fprintf(w, "%s: %s\n", program, sim.Words(err).In(lang))
	return Failed
}

// Interruptible returns a context that ends with an interrupt (^C) or a request to end. A second one ends the program
// at once, as it would without the context.
func Interruptible() (ctx context.Context, stop func()) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// Asked returns the language that a command line asks for with --lang, for what is wrong with the line itself and with
// what it names: English where it asks for none.
func Asked(args []string) sim.Lang {
	lang := sim.English
	for i, arg := range args {
		name, given := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			name, given = args[i+1], true
		}
		if asked, ok := sim.LangByName(name); given && ok {
			lang = asked
		}
	}
	return lang
}

// Parse reads a command line into a grammar of kong. When there is nothing left to do, because help was printed or the
// line is wrong, the context is nil and the code is that of the exit.
func Parse(program string, grammar any, args []string, out, errs io.Writer, options ...kong.Option) (*kong.Context,
	int) {
	exit := -1
	options = append(options, kong.Name(program), kong.Writers(out, errs), kong.Exit(func(code int) { exit = code }),
		kong.Vars{"cpus": fmt.Sprint(runtime.NumCPU())})
	parser, err := kong.New(grammar, options...)
	if err != nil {
		return nil, Code(errs, program, Asked(args), err)
	}
	k, err := parser.Parse(args)
	switch {
	case exit >= 0:
		return nil, exit // help was printed
	case err != nil:
		said := sim.Say("%s：命令行有误（%v）；见 %s --help", "%s: %v; see %s --help", program, err, where(program, err))
		fmt.Fprintln(errs, said.In(Asked(args)))
		return nil, Wrong
	}
	return k, Done
}

// where names the program with the verb that a wrong command line has got to.
func where(program string, err error) string {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if node := wrong.Context.Selected(); node != nil {
			return node.FullPath()
		}
	}
	return program
}
