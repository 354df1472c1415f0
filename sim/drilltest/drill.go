package drilltest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// Drill is a text drill being played.
type Drill struct {
	Town   *Town
	World  *engine.World
	Events []sim.Event // all so far
	Also   sim.Source  // who gives commands besides the drill; nil for nobody
	given  []sim.Command
}

// Verb is an additional verb of a drill file. It returns what is to be expected.
type Verb func(t *testing.T, d *Drill, args []string) string

// Run plays every drill file that matches the pattern, each as a subtest.
func Run(t *testing.T, dir string, more map[string]Verb) {
	datadriven.Walk(t, dir, func(t *testing.T, path string) {
		d := &Drill{}
		datadriven.RunTest(t, path, func(t *testing.T, data *datadriven.TestData) string {
			return d.do(t, data, more)
		})
	})
}

func (d *Drill) do(t *testing.T, data *datadriven.TestData, more map[string]Verb) string {
	t.Helper()
	var args []string
	for _, a := range data.CmdArgs {
		args = append(args, a.String())
	}
	if data.Cmd == "place" {
		return d.place(t, data.Input)
	}
	if d.World == nil {
		data.Fatalf(t, "a drill begins with place")
	}
	switch data.Cmd {
	case "order":
		return d.order(args)
	case "run":
		return d.run(t, args)
	case "truth":
		return d.truth()
	case "roads":
		return d.roads()
	case "seen":
		return d.seen(args)
	case "gauges":
		return d.gauges(args)
	case "save":
		return d.save(t)
	}
	if verb := more[data.Cmd]; verb != nil {
		return verb(t, d, args)
	}
	data.Fatalf(t, "no such verb: %s", data.Cmd)
	return ""
}

func (d *Drill) config() engine.Config {
	return engine.Config{Scenario: d.Town.Scenario, Seed: sim.SeedOf(1)}
}

func (d *Drill) place(t *testing.T, text string) string {
	town, err := NewTown(text)
	if err != nil {
		t.Fatal(err)
	}
	*d = Drill{Town: town}
	if d.World, err = engine.New(d.config()); err != nil {
		t.Fatal(err)
	}
	return "ok"
}

// order notes a command for its time: at=10m name key=value…
func (d *Drill) order(args []string) string {
	c := sim.Command{At: d.World.Now(), Origin: sim.FromPlayer}
	for _, a := range args {
		key, value, isSet := strings.Cut(a, "=")
		switch {
		case !isSet:
			c.Order = key
		case key == "at":
			at, err := sim.ParseDuration(value)
			if err != nil {
				return err.Error()
			}
			c.At = sim.Time(at)
		case key == "from":
			c.Origin, _ = sim.OriginByName(value)
		case key == "post":
			c.Post = value
		default:
			c.Args = append(c.Args, sim.Arg{Name: key, Value: value})
		}
	}
	c.Sort()
	d.given = append(d.given, c)
	return "ok"
}

// Commands gives the orders that are due; the drill is its world's source.
func (d *Drill) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	if d.Also != nil {
		buf = d.Also.Commands(now, last, v, buf)
	}
	for _, c := range d.given {
		if c.At >= now && c.At < now.Add(sim.Tick) {
			buf = append(buf, c)
		}
	}
	return buf
}

// run plays on and prints events, with a recount every thousand ticks.
func (d *Drill) run(t *testing.T, args []string) string {
	var until sim.Duration
	var show []string
	for _, a := range args {
		key, value, _ := strings.Cut(a, "=")
		switch key {
		case "until":
			v, err := sim.ParseDuration(value)
			if err != nil {
				return err.Error()
			}
			until = v
		case "show":
			show = strings.Split(strings.Trim(value, "()"), ",")
			for i := range show {
				show[i] = strings.TrimSpace(show[i])
			}
		default:
			return "no such setting: " + key
		}
	}
	first := len(d.Events)
	keep := keeper{d}
	if err := engine.Drive(t.Context(), d.World, d, sim.Time(until), keep); err != nil {
		return err.Error()
	}
	d.World.Recount()
	var b strings.Builder
	for _, e := range d.Events[first:] {
		if show == nil || slices.Contains(show, e.Kind.String()) {
			b.WriteString(d.Line(e) + "\n")
		}
	}
	return b.String()
}

// keeper keeps the events.
type keeper struct{ d *Drill }

func (keeper) Before(sim.Time, []sim.Command) error { return nil }

func (k keeper) After(now sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	k.d.Events = append(k.d.Events, events...)
	if now%sim.Time(1000*sim.Tick) == 0 {
		k.d.World.Recount()
	}
	return nil
}

// Line writes one event.
func (d *Drill) Line(e sim.Event) string {
	names := d.World.Names()
	parts := []string{e.At.String(), e.Kind.String()}
	for i, r := range []sim.Ref{e.A, e.B, e.C} {
		if r.Kind != sim.KindNone && (i < 2 || r != e.A) {
			parts = append(parts, r.Kind.String()+" "+names.NameOf(r))
		}
	}
	switch e.Kind {
	case sim.EvPartyLeft, sim.EvPartyLeftZone:
		parts = append(parts, sim.Mode(e.Count).String())
	case sim.EvUnitStatus:
		parts = append(parts, sim.UnitStatus(e.Count).String())
	case sim.EvPersonDied, sim.EvPersonHurt:
		parts = append(parts, sim.Cause(e.Count).String())
	case sim.EvPlaceDanger:
		parts = append(parts, sim.DangerClass(e.Count).String())
	case sim.EvPartyDecided:
		parts = append(parts, decision(e)...)
	case sim.EvPost:
		parts = append(parts, sim.PostState(e.Count).String())
	case sim.EvOfficial:
		parts = append(parts, sim.OfficialState(e.Count).String())
	case sim.EvHelper:
		parts = append(parts, sim.HelperStep(e.Count).String())
	case sim.EvInstitution:
		parts = append(parts, sim.InstitutionStep(e.Count).String())
	case sim.EvControl:
		parts = append(parts, sim.Orders[e.Count].Name)
	case sim.EvAccepted:
	case sim.EvThreshold, sim.EvOrderSent, sim.EvOrderLost, sim.EvOrderDelivered, sim.EvOrderAcked, sim.EvBroadcast,
		sim.EvPartyWarned:
		parts = append(parts, sim.Orders[e.Count].Name)
	default:
		if e.Count != 0 {
			parts = append(parts, fmt.Sprint("count ", e.Count))
		}
	}
	if e.Num != 0 && e.Kind != sim.EvAccepted {
		parts = append(parts, fmt.Sprintf("num %.4g", e.Num))
	}
	if !e.Text.Empty() {
		parts = append(parts, e.Text.EN)
	}
	return strings.Join(parts, " ")
}

// decision tells why a party decided as it did, unless it just does as it was told.
func decision(e sim.Event) []string {
	cue := sim.CueOf(e)
	switch {
	case e.Count == 1 && cue == sim.CueOrder:
		return []string{"count 1"}
	case e.Count == 1:
		return []string{"count 1", cue.String()}
	case cue == sim.CueRefuge:
		return nil // the building says it
	}
	return []string{cue.String()}
}

func (d *Drill) truth() string {
	var t sim.Truth
	d.World.Truth(&t)
	c := t.Total
	return fmt.Sprintf("%v persons %d: home %d street %d vehicle %d assembly %d unit %d shelter %d outside %d dead %d\n"+
		"warned %d left %d sheltered %d stranded %d caught %d rescued %d hurt %d\n", t.Now, c.Persons, c.Home, c.Street,
		c.Vehicle, c.Assembly, c.Unit, c.Shelter, c.Outside, c.Dead, c.Warned, c.Left, c.Sheltered, c.Stranded,
		c.Caught, c.Rescued, c.Hurt)
}

// roads prints what is on the roads.
func (d *Drill) roads() string {
	var t sim.Truth
	d.World.Truth(&t)
	r, o := t.Roads, t.Roads.Outsiders
	return fmt.Sprintf("%v vehicles: inside %d waiting %d stranded %d; through traffic: inside %d waiting %d through %d "+
		"stranded %d with %d persons\nrings %d, stuck in them and behind: %d vehicles with %d persons\n", t.Now, r.Inside,
		r.Waiting, r.Stranded, o.Inside, o.Waiting, o.Through, o.Stranded, o.StrandedIn, r.Rings, r.Stuck, r.StuckIn)
}

// observe returns what the post of post=name knows.
func (d *Drill) observe(args []string) *sim.Observation {
	post := sim.PostID(sim.None)
	for _, a := range args {
		if _, name, ok := strings.Cut(a, "="); ok {
			if id, found := d.World.Names().Resolve(sim.KindPost, name); found {
				post = sim.PostID(id)
			}
		}
	}
	var o sim.Observation
	d.World.Observe(post, &o)
	return &o
}

// gauges writes the readings and forecasts that a post has: of each forecast the lowest, the median and the highest
// member at every step.
func (d *Drill) gauges(args []string) string {
	o := d.observe(args)
	var b strings.Builder
	for i, k := range o.Gauges {
		g := &d.Town.Scenario.Gauges[i]
		fmt.Fprintf(&b, "gauge %s reported %s: level %g rain", g.Name, known(k.Reported), k.Level)
		for _, mm := range k.Rain {
			fmt.Fprintf(&b, " %g", mm)
		}
		fmt.Fprintf(&b, " above %d warning %d action %q\n", k.Above, k.Warning, k.Action)
	}
	for _, k := range o.Forecasts {
		fmt.Fprintf(&b, "forecast of %v received %v\n", k.Forecast.Issued, k.Received)
		for i := range o.Gauges {
			for s := range k.Forecast.Steps {
				if low, mid, high, ok := k.Forecast.Fan(sim.GaugeID(i), 0, s); ok {
					fmt.Fprintf(&b, "  %s at %v: %d %d %d\n", d.Town.Scenario.Gauges[i].Name, k.Forecast.At(s), low, mid, high)
				}
			}
		}
	}
	return b.String()
}

func (d *Drill) seen(args []string) string {
	o := d.observe(args)
	var b strings.Builder
	if o.Unmanned {
		b.WriteString("nobody acts for it\n")
	}
	for i, z := range o.Zones {
		fmt.Fprintf(&b, "zone %s reported %s: warned %d left %d waiting %d stranded %d\n", d.Town.Scenario.Zones[i].Name,
			known(z.Reported), z.Report.Warned, z.Report.Left, z.Report.Waiting, z.Report.Stranded)
	}
	for _, k := range o.Orders {
		fmt.Fprintf(&b, "order %s %s sent %v acked %s failed %v\n", sim.Orders[k.Order].Name,
			d.World.Names().NameOf(k.Target), k.Sent, known(k.Acked), k.Failed)
	}
	if o.LevelsHeard >= 0 {
		fmt.Fprintf(&b, "levels warning %s response %s heard %v\n", sim.WarningLevels()[o.Warning],
			sim.ResponseLevels()[o.Response], o.LevelsHeard)
	}
	b.WriteString(d.council(o))
	for _, m := range o.Inbox {
		fmt.Fprintf(&b, "inbox %v %s\n", m.At, m.Text.EN)
	}
	return b.String()
}

// council writes what a post knows of its consultations, deployments, posts, roads and reports.
func (d *Drill) council(o *sim.Observation) string {
	names := d.World.Names()
	var b strings.Builder
	for _, k := range o.Meetings {
		fmt.Fprintf(&b, "meeting %s step %d since %v with %d\n", names.NameOf(sim.RefTo(sim.KindMeeting, k.Meeting)), k.Step,
			k.Since, k.Present)
	}
	for _, k := range o.Deployments {
		fmt.Fprintf(&b, "deployment %s sent %v\n", names.NameOf(sim.RefTo(sim.KindDeployment, k.Deployment)), k.Sent)
		for _, x := range k.Items {
			fmt.Fprintf(&b, "  %s %s due %v acked %s calls %d refused %v", sim.Orders[x.Order].Name, names.NameOf(x.Target),
				x.Due, known(x.Acked), x.Calls, x.Refused)
			if x.Held {
				fmt.Fprintf(&b, " held back: %s", x.Reason.EN)
			}
			b.WriteByte('\n')
		}
	}
	for _, k := range o.Roads {
		fmt.Fprintf(&b, "road %d closed %v at %v by %s\n", k.Link, k.Closed, k.Reported, names.NameOf(k.From))
	}
	for _, k := range o.Posts {
		if k.Answered >= 0 {
			fmt.Fprintf(&b, "post %s answered %v\n", names.NameOf(sim.RefTo(sim.KindPost, k.Post)), k.Answered)
		}
	}
	if o.Incident.Since >= 0 {
		fmt.Fprintf(&b, "incident since %v, %d reports, last %s\n", o.Incident.Since, o.Incident.Reports,
			known(o.Incident.Last))
	}
	return b.String()
}

// known writes an instant that a post knows of, or never.
func known(at sim.Time) string {
	if at < 0 {
		return "never"
	}
	return at.String()
}

// save replaces the world by one that was loaded from its saved bytes.
func (d *Drill) save(t *testing.T) string {
	var e sim.Encoder
	d.World.AppendState(&e)
	w, err := engine.Load(d.config(), e.Buf)
	if err != nil {
		t.Fatal(err)
	}
	var f sim.Encoder
	w.AppendState(&f)
	if !slices.Equal(e.Buf, f.Buf) {
		return "saved, loaded and saved again: other bytes"
	}
	d.World = w
	return "ok"
}

// Names resolves the drill's names, for verbs of other packages.
func (d *Drill) Names() *scenario.Directory { return d.World.Names() }
