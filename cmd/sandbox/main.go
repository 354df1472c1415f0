// Command sandbox plays a drill in a window: the map with water, people, roads and units, with pause, speed, seeking
// backwards, and the order to evacuate a zone.
//
//	sandbox [SCENARIO] [--seed N] [--lang zh|en] [--speed 60] [--out DIR]
//	sandbox --replay RUN
//	sandbox [SCENARIO] --screenshot FILE.png --at 3h --size 1600x900
//
// Exit codes: 0 done, 2 the input is wrong, 1 anything else. Built with the tag headless it has no window and needs no
// display, and makes pictures only.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/alecthomas/kong"

	"sandtable/sim"
)

// options are the command line.
type options struct {
	Scenario   string  `arg:"" optional:"" help:"内置演练名或目录 · A shipped drill's name, or a directory."`
	Seed       string  `help:"随机种子，如 7，或 灾害:人群:演练 · Seed: 7, or hazard:people:drill."`
	Lang       string  `enum:"zh,en," default:"" help:"界面语言 · Language of the screen (zh or en)."`
	Speed      float64 `default:"60" help:"开始时的倍速，0 为最快 · Speed at the start; 0 is as fast as it goes."`
	Out        string  `placeholder:"DIR" help:"记录到此目录 · Record the run into a directory."`
	Replay     string  `placeholder:"RUN" help:"回放一次推演 · Show a recorded run."`
	Screenshot string  `placeholder:"FILE" help:"不开窗口，输出一幅 PNG · Write one picture (PNG) instead of opening a window."`
	At         string  `default:"0s" help:"画面时刻，如 3h20m · When the picture is of."`
	Size       string  `default:"1600x900" help:"窗口或画面大小（像素） · Size of window or picture."`
	Zone       string  `help:"画面中选中的转移单元 · Zone whose panel the picture shows."`
	Zoom       float64 `default:"1" help:"画面放大倍数 · How much the picture is enlarged."`
	Centre     string  `placeholder:"X,Y" help:"画面中心（米） · Centre of an enlarged picture [m]."`
	TextScale  float64 `default:"1" help:"文字大小倍数，大屏可用 1.5 · Size of all writing; 1.5 suits a wall."`
	Font       string  `placeholder:"FILE" help:"改用此字体（OTF、TTF、TTC） · Another font."`
	Workers    int     `default:"${cpus}" help:"水力计算用的处理器数 · Processors for the water."`
	Films      string  `placeholder:"DIR" help:"水情影片缓存目录，off 为不用 · Cache of films; off for none."`
}

// inputError marks an error as one of the input: exit code 2.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

func badInput(format string, args ...any) error { return inputError{fmt.Errorf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string) int {
	var o options
	exit := -1
	parser, err := kong.New(&o, kong.Name("sandbox"), kong.Exit(func(code int) { exit = code }),
		kong.Description("沙盘窗口 · The sand table in a window."), kong.Vars{"cpus": fmt.Sprint(runtime.NumCPU())})
	if err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		return 1
	}
	_, err = parser.Parse(args)
	if exit >= 0 {
		return exit // help was printed
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		return 2
	}
	if err = o.carryOut(ctx); err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, "sandbox:", err)
	if wrong := (inputError{}); errors.As(err, &wrong) {
		return 2
	}
	return 1
}

func (o *options) carryOut(ctx context.Context) error {
	if o.Replay != "" && (o.Scenario != "" || o.Seed != "" || o.Out != "") {
		return badInput("--replay shows a run as it was; want it without a scenario, --seed and --out")
	}
	if o.Scenario == "" && o.Replay == "" {
		o.Scenario = firstDrill
	}
	st, err := o.story()
	if err != nil {
		return err
	}
	if o.Screenshot != "" {
		return o.picture(ctx, st)
	}
	return o.window(ctx, st)
}

// lang returns the language of the screen: what is asked for, else the drill's.
func (o *options) lang(st *story) sim.Lang {
	name := o.Lang
	if name == "" {
		name = st.sc.Drill.Language
	}
	lang, _ := sim.LangByName(name)
	return lang
}

// size reads a size such as 1600x900.
func (o *options) size() (width, height int, err error) {
	n, err := fmt.Sscanf(o.Size, "%dx%d", &width, &height)
	if err != nil || n != 2 || width < 640 || height < 360 || width > 7680 || height > 4320 {
		return 0, 0, badInput("--size %q; want width x height from 640x360 to 7680x4320, such as 1600x900", o.Size)
	}
	return width, height, nil
}
