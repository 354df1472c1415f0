// Command sandbox plays a drill in a window: the map with water, people, roads and units, with pause, speed, seeking
// backwards, every order that a post may give, and what posts, deployments and reports say.
//
//	sandbox [SCENARIO] [--seed N] [--lang zh|en] [--speed 60] [--out DIR]
//	sandbox [SCENARIO] --seat POST
//	sandbox --replay RUN
//	sandbox [SCENARIO] --screenshot FILE.png --at 3h --size 1600x900
//
// Exit codes: 0 done, 2 the input is wrong, 1 anything else. Built with the tag headless it has no window and needs no
// display, and makes pictures only.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"sandtable/cmd/internal/stage"
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
	Gauge      string  `help:"画面中选中的测站 · Gauge whose panel the picture shows."`
	Seat       string  `placeholder:"POST" help:"以此岗位的席位参演：只显示其所知，以其名义下达指令；缺省为导调画面 · Play from the seat of this post: shows what it knows and nothing else, and orders in its name; the director's picture when missing."`
	Panel      string  `placeholder:"NAME" help:"画面右侧的面板：events、orders、orders:指令名、posts、deployments、known · Panel at the right: events, orders, orders:NAME, posts, deployments, known."`
	Zone       string  `help:"画面中选中的转移单元 · Zone whose panel the picture shows."`
	Zoom       float64 `default:"1" help:"画面放大倍数 · How much the picture is enlarged."`
	Centre     string  `placeholder:"X,Y" help:"画面中心（米） · Centre of an enlarged picture [m]."`
	Overlay    string  `enum:"depth,deepest,arrival,danger" default:"depth" help:"画面的水情：depth 水深，deepest 迄今最大水深，arrival 水到时间，danger 危险等级 · Water in the picture: depth, deepest, arrival, danger."`
	TextScale  float64 `default:"1" help:"文字大小倍数，大屏可用 1.5 · Size of all writing; 1.5 suits a wall."`
	Font       string  `placeholder:"FILE" help:"改用此字体（OTF、TTF、TTC） · Another font."`
	stage.Machine
}

func main() {
	ctx, stop := stage.Interruptible()
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string) int {
	var o options
	k, code := stage.Parse("sandbox", &o, args, os.Stdout, os.Stderr,
		kong.Description("沙盘窗口 · The sand table in a window."))
	if k == nil {
		return code
	}
	return stage.Code(os.Stderr, "sandbox", stage.Asked(args), o.carryOut(ctx))
}

func (o *options) carryOut(ctx context.Context) error {
	if o.Replay != "" && (o.Scenario != "" || o.Seed != "" || o.Out != "") {
		return stage.Bad("--replay 照原样回放；不应另给演练、--seed 或 --out",
			"--replay shows a run as it was; want it without a scenario, --seed and --out")
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
		name = st.Scenario.Drill.Language
	}
	lang, _ := sim.LangByName(name)
	return lang
}

// size reads a size such as 1600x900.
func (o *options) size() (width, height int, err error) {
	n, err := fmt.Sscanf(o.Size, "%dx%d", &width, &height)
	if err != nil || n != 2 || width < 640 || height < 360 || width > 7680 || height > 4320 {
		return 0, 0, stage.Bad("--size %q；应为宽x高，640x360 至 7680x4320，如 1600x900",
			"--size %q; want width x height from 640x360 to 7680x4320, such as 1600x900", o.Size)
	}
	return width, height, nil
}
