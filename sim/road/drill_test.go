package road

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// A road drill is a file of testdata/drills: a small network in lines, trips and orders at times, and what comes of
// them. The comments work the expected numbers out by hand; the program writes its own below the dashes (-rewrite).
// Commit a change only where the comment above it says why the new number is right.
//
//	roads [factor=0.5] [uturn=dead-end] [junctions] [patience=1h] [gridlock=10m]
//	    the lines below are nodes and roads; it prints what follows from them; without junctions nodes hinder nobody;
//	    with gridlock police come to a ring after that time
//	    node A 0 [y] [control=signal]     place in metres
//	    road AB A B speed=20 capacity=1800 [lanes=2] [oneway] [rank=1]
//	trips                                 groups of equal trips, one group a line
//	    red A B at=0s [n=300] [every=2s] [cars=3] [mode=coach]
//	through                               background traffic at equal intervals, one stream a line
//	    A B vehicles=600 [start=0s] [end=1h]
//	orders                                in any order
//	    close AB at=5m [policy=turn-back]  or policy=strand; else who is on it drives to its end
//	    open AB at=10m
//	    reduce AB at=5m [lanes=1] [share=50] [way=back]    the direction from A to B, else the other
//	    contraflow AB at=5m [lanes=1] [setup=10m] [way=back] [policy=…]    end AB at=2h [setup=10m]
//	run until=10m                         plays all before that instant; prints closures, strandings and rings
//	count [AB …]                          everybody, then vehicles on each road, and those that have gone along it
//	arrivals [each]                       of every group since the last time it was asked for
//	delay                                 of who has arrived, against the time on empty roads
//	where AB                              who is on the road, from its end backwards, in metres before its end
type roadDrill struct {
	world *testWorld
	nodes map[string]sim.NodeID
	roads map[string]sim.LinkID
	names []string // of the roads
	sets  []tripSet
	told  int // arrivals that have been printed
	heard int // events that have been printed
}

// tripSet is a group of equal trips.
type tripSet struct {
	name   string
	first  int          // id of its first mover
	starts []sim.Time   // of its trips
	free   sim.Duration // on empty roads
}

func TestRoadDrills(t *testing.T) {
	datadriven.Walk(t, "testdata/drills", func(t *testing.T, path string) {
		d := &roadDrill{}
		datadriven.RunTest(t, path, func(t *testing.T, data *datadriven.TestData) string {
			text, err := d.do(t, data)
			if err != nil {
				data.Fatalf(t, "%v", err)
			}
			return text
		})
	})
}

func (d *roadDrill) do(t *testing.T, data *datadriven.TestData) (string, error) {
	var args []string
	for _, a := range data.CmdArgs {
		args = append(args, a.String())
	}
	if data.Cmd == "roads" {
		return d.build(t, args, data.Input)
	}
	if d.world == nil {
		return "", fmt.Errorf("a drill begins with roads")
	}
	d.world.t = t
	switch data.Cmd {
	case "trips":
		return "", eachLine(data.Input, d.trips)
	case "through":
		return "", eachLine(data.Input, d.through)
	case "orders":
		return "", eachLine(data.Input, d.order)
	case "run":
		f := fields(args)
		end := f.seconds("until", 0)
		if err := f.left(); err != nil {
			return "", err
		}
		d.world.run(end)
		return d.news(), nil
	case "count":
		return d.count(args)
	case "arrivals":
		return d.arrivals(slices.Contains(args, "each")), nil
	case "delay":
		return d.delay(), nil
	case "where":
		return d.where(args)
	}
	return "", fmt.Errorf("no such verb: %s", data.Cmd)
}

// eachLine gives the words of every line to f.
func eachLine(text string, f func(words []string) error) error {
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			if err := f(words); err != nil {
				return fmt.Errorf("%s: %w", strings.TrimSpace(line), err)
			}
		}
	}
	return nil
}

// build makes the network, and says of each road what the model works with.
func (d *roadDrill) build(t *testing.T, args []string, text string) (string, error) {
	*d = roadDrill{nodes: map[string]sim.NodeID{}, roads: map[string]sim.LinkID{}}
	var nodes []NodeSpec
	var links []LinkSpec
	err := eachLine(text, func(words []string) error {
		switch {
		case words[0] == "node" && len(words) >= 3:
			node, err := d.node(words)
			d.nodes[words[1]] = sim.NodeID(len(nodes))
			nodes = append(nodes, node)
			return err
		case words[0] == "road" && len(words) >= 4:
			link, err := d.road(words)
			d.roads[words[1]] = sim.LinkID(len(links))
			d.names = append(d.names, words[1])
			links = append(links, link)
			return err
		}
		return fmt.Errorf("want a node or a road")
	})
	if err != nil {
		return "", err
	}
	f := fields(args)
	rules := Rules{JamMetres: DefaultJamMetres, Capacity: f.number("factor", 1), Free: !f.flag("junctions"),
		Patience: f.seconds("patience", 0)}
	if f.text("uturn", "") == "dead-end" {
		rules.UTurn = UTurnDeadEnd
	}
	if after := f.seconds("gridlock", -1); after >= 0 {
		rules.Gridlock, rules.GridlockAfter = GridlockRotate, sim.Duration(at(after))
	}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		return "", fmt.Errorf("%v", problems)
	}
	d.world = newWorld(t, net, nil)
	var b strings.Builder
	for k, name := range d.names {
		id := sim.LinkID(k)
		fmt.Fprintf(&b, "%s: %.6g m, free time %s, headway %s, room for %d\n", name, net.Length(id),
			secs(at(net.Length(id)/links[k].Speed)), secs(sim.Time(net.Headway(id))), net.Storage(id))
	}
	return b.String(), f.left()
}

// node reads a line such as: node A 100 200 control=signal.
func (d *roadDrill) node(words []string) (NodeSpec, error) {
	node := NodeSpec{At: geo.Point{X: number(words[2])}, Zone: sim.None}
	rest := words[3:]
	if len(rest) > 0 && !strings.Contains(rest[0], "=") {
		node.At.Y, rest = number(rest[0]), rest[1:]
	}
	f := fields(rest)
	controls := map[string]Control{"": ControlAuto, "equal": ControlEqual, "priority": ControlPriority, "signal": ControlSignal}
	control, known := controls[f.text("control", "")]
	if !known {
		return node, fmt.Errorf("no such control")
	}
	node.Control = control
	return node, f.left()
}

// road reads a line such as: road AB A B speed=20 capacity=1800 lanes=2 oneway.
func (d *roadDrill) road(words []string) (LinkSpec, error) {
	from, known := d.nodes[words[2]]
	to, knownTo := d.nodes[words[3]]
	if !known || !knownTo {
		return LinkSpec{}, fmt.Errorf("want two nodes that are named above")
	}
	f := fields(words[4:])
	link := street(int(from), int(to), f.number("speed", 20), f.number("capacity", 1800))
	link.Lanes = int(f.number("lanes", 1))
	link.OneWay, link.Rank = f.flag("oneway"), uint8(f.number("rank", 0))
	return link, f.left()
}

// trips posts a group of trips; ids go on through the drill.
func (d *roadDrill) trips(words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("want a name and two nodes")
	}
	from, known := d.nodes[words[1]]
	to, knownTo := d.nodes[words[2]]
	if !known || !knownTo {
		return fmt.Errorf("want two nodes that are named above")
	}
	f := fields(words[3:])
	mode := sim.ModeCar
	if f.text("mode", "") == "coach" {
		mode = sim.ModeCoach
	}
	set := tripSet{name: words[0]}
	if n := len(d.sets); n > 0 {
		set.first = d.sets[n-1].first + len(d.sets[n-1].starts)
	}
	if _, seconds, ok := New(d.world.net, nil).Distance(mode, from, to); ok {
		set.free = sim.Duration(at(seconds))
	}
	start, every, cars := f.seconds("at", 0), f.seconds("every", 0), int32(f.number("cars", 1))
	for k := range int(f.number("n", 1)) {
		set.starts = append(set.starts, at(start+float64(k)*every))
		d.world.trip(start+float64(k)*every, sim.Trip{Mover: party(set.first + k), Mode: mode, From: from, To: to,
			Persons: 2, Vehicles: cars, Zone: sim.None})
	}
	d.sets = append(d.sets, set)
	return f.left()
}

// through adds a stream of background traffic.
func (d *roadDrill) through(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("want two nodes")
	}
	from, known := d.nodes[words[0]]
	to, knownTo := d.nodes[words[1]]
	if !known || !knownTo {
		return fmt.Errorf("want two nodes that are named above")
	}
	f := fields(words[2:])
	s := through(from, to, f.number("vehicles", 0))
	s.Start, s.End = at(f.seconds("start", 0)), at(f.seconds("end", 3600))
	d.world.background(s)
	return f.left()
}

// order closes or opens a road.
func (d *roadDrill) order(words []string) error {
	acts := map[string]sim.RoadAction{"close": sim.RoadClose, "open": sim.RoadOpen, "reduce": sim.RoadReduce,
		"contraflow": sim.RoadContraflow, "end": sim.RoadContraflowEnd}
	if len(words) < 3 || acts[words[0]] == sim.RoadOpen && words[0] != "open" {
		return fmt.Errorf("want close, open, reduce, contraflow or end, a road and at=")
	}
	link, known := d.roads[words[1]]
	if !known {
		return fmt.Errorf("no such road")
	}
	f := fields(words[2:])
	policies := map[string]sim.ClosurePolicy{"": sim.ClosureFinish, "finish": sim.ClosureFinish,
		"turn-back": sim.ClosureTurnBack, "strand": sim.ClosureStrand}
	policy, known := policies[f.text("policy", "")]
	if !known {
		return fmt.Errorf("no such policy")
	}
	ways := map[string]sim.RoadWay{"": sim.WayForward, "back": sim.WayBack}
	o := sim.RoadOrder{Do: acts[words[0]], Policy: policy, Way: ways[f.text("way", "")], Lanes: uint8(f.number("lanes", sim.AllLanes)),
		Share: f.number("share", 100) / 100, Over: sim.Duration(f.seconds("setup", 0) * 1e6)}
	d.world.works(f.seconds("at", 0), int(link), o)
	return f.left()
}

// news prints the events since the last time.
func (d *roadDrill) news() string {
	var b strings.Builder
	for _, e := range d.world.log.Events[d.heard:] {
		switch e.Kind {
		case sim.EvLinkClosed, sim.EvLinkOpened:
			fmt.Fprintf(&b, "%s %v %s\n", secs(e.At), e.Kind, d.names[e.A.ID])
		case sim.EvVehicleStranded:
			place := "at a node"
			if e.B.Kind == sim.KindLink {
				place = "on " + d.names[e.B.ID]
			}
			fmt.Fprintf(&b, "%s %v %s %s\n", secs(e.At), e.Kind, d.nameOf(int(e.A.ID)), place)
		case sim.EvContraflow:
			fmt.Fprintf(&b, "%s %v of %s, stage %d\n", secs(e.At), e.Kind, d.names[e.A.ID], e.Count)
		case sim.EvRoadCapacity:
			fmt.Fprintf(&b, "%s %v of %s: %.0f veh/h\n", secs(e.At), e.Kind, d.names[e.A.ID], e.Num)
		case sim.EvGridlock:
			fmt.Fprintf(&b, "%s %v of %d roads, one of them %s\n", secs(e.At), e.Kind, e.Count, d.names[e.A.ID])
		case sim.EvGridlockReleased:
			fmt.Fprintf(&b, "%s %v at %s, wave %g: %d vehicles\n", secs(e.At), e.Kind, d.names[e.A.ID], e.Num, e.Count)
		case sim.EvGridlockOver:
			fmt.Fprintf(&b, "%s %v at %s after %g s\n", secs(e.At), e.Kind, d.names[e.A.ID], e.Num)
		}
	}
	d.heard = len(d.world.log.Events)
	return b.String()
}

func (d *roadDrill) count(roads []string) (string, error) {
	var b strings.Builder
	var c Tally
	for _, mode := range []sim.Mode{sim.ModeCar, sim.ModeCoach} {
		m := d.world.roads.Tally(mode)
		c = Tally{c.In + m.In, c.Out + m.Out, c.Inside + m.Inside, c.Waiting + m.Waiting, c.Stranded + m.Stranded}
	}
	fmt.Fprintf(&b, "in %d = out %d + inside %d + waiting %d + stranded %d\n", c.In, c.Out, c.Inside, c.Waiting, c.Stranded)
	if c, _ := d.world.roads.Outsiders(); c.In > 0 {
		fmt.Fprintf(&b, "through: in %d = out %d + inside %d + waiting %d + stranded %d\n", c.In, c.Out, c.Inside, c.Waiting,
			c.Stranded)
	}
	for _, name := range roads {
		link, known := d.roads[name]
		if !known {
			return "", fmt.Errorf("no such road: %s", name)
		}
		along, back := d.world.roads.Flow(link)
		fmt.Fprintf(&b, "%s: %d on it, %d gone along it", name, d.world.roads.OnLink(link), along)
		if back > 0 {
			fmt.Fprintf(&b, ", %d back", back)
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// setOf returns the group of a mover.
func (d *roadDrill) setOf(id int) *tripSet {
	for i := range d.sets {
		if s := &d.sets[i]; id < s.first+len(s.starts) {
			return s
		}
	}
	panic(fmt.Sprint("no mover ", id))
}

// nameOf writes a mover: its group, and its number in it where there are several.
func (d *roadDrill) nameOf(id int) string {
	s := d.setOf(id)
	if len(s.starts) == 1 {
		return s.name
	}
	return fmt.Sprint(s.name, " ", id-s.first)
}

// arrivals prints those since the last time, one by one or by group: first, last and the time between two of them
// where it is the same for all.
func (d *roadDrill) arrivals(each bool) string {
	var b strings.Builder
	fresh := d.world.arrived[d.told:]
	d.told = len(d.world.arrived)
	if each {
		for _, a := range fresh {
			fmt.Fprintf(&b, "%s %s\n", secs(a.at), d.nameOf(int(a.Mover.ID)))
		}
		return b.String()
	}
	for i := range d.sets {
		var times []sim.Time
		for _, a := range fresh {
			if d.setOf(int(a.Mover.ID)) == &d.sets[i] {
				times = append(times, a.at)
			}
		}
		fmt.Fprintf(&b, "%s: %d", d.sets[i].name, len(times))
		if n := len(times); n > 0 {
			fmt.Fprintf(&b, ", first %s, last %s%s", secs(times[0]), secs(times[n-1]), cadence(times))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// cadence writes the time between two instants, or the least and the greatest.
func cadence(times []sim.Time) string {
	if len(times) < 2 {
		return ""
	}
	least, most := sim.Never, sim.Time(0)
	for i := 1; i < len(times); i++ {
		least, most = min(least, times[i]-times[i-1]), max(most, times[i]-times[i-1])
	}
	if least == most {
		return ", every " + secs(least)
	}
	return fmt.Sprintf(", every %s to %s", secs(least), secs(most))
}

// delay prints what the trips of a group have lost in all, and the most that one has lost.
func (d *roadDrill) delay() string {
	sums, worst := make([]sim.Duration, len(d.sets)), make([]sim.Duration, len(d.sets))
	for _, a := range d.world.arrived {
		for i := range d.sets {
			if s := &d.sets[i]; d.setOf(int(a.Mover.ID)) == s {
				lost := a.at.Sub(s.starts[int(a.Mover.ID)-s.first]) - s.free
				sums[i], worst[i] = sums[i]+lost, max(worst[i], lost)
			}
		}
	}
	var b strings.Builder
	for i := range d.sets {
		fmt.Fprintf(&b, "%s: %s in all, at most %s\n", d.sets[i].name, secs(sim.Time(sums[i])), secs(sim.Time(worst[i])))
	}
	return b.String()
}

// where prints who is on a straight road.
func (d *roadDrill) where(args []string) (string, error) {
	if len(args) != 1 || !slices.Contains(d.names, args[0]) {
		return "", fmt.Errorf("want a road")
	}
	link := d.world.net.Link(d.roads[args[0]])
	end := d.world.net.Node(link.To).At
	var lines []string
	var far []float64
	view := geo.Bounds(link.Shape)
	view.Max = view.Max.Add(geo.Point{X: 1, Y: 1})
	for _, dot := range d.world.roads.Movers(view, nil) {
		line := fmt.Sprintf("%s %.6g m before the end", d.nameOf(int(dot.Mover.ID)), dot.At.Dist(end))
		if dot.Stopped {
			line += ", stands"
		}
		i, _ := slices.BinarySearch(far, dot.At.Dist(end))
		far, lines = slices.Insert(far, i, dot.At.Dist(end)), slices.Insert(lines, i, line)
	}
	return strings.Join(lines, "\n"), nil
}

// secs writes an instant or a span in seconds, to the microsecond.
func secs(t sim.Time) string {
	return strconv.FormatFloat(t.Seconds(), 'f', -1, 64) + " s"
}

// number reads a number of a drill; a mistake in it is seen in what the drill prints.
func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return v
}

// drillFields are words of the form key=value, or flags; what is read is taken out.
type drillFields map[string]string

func fields(words []string) drillFields {
	f := drillFields{}
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		f[key] = value
	}
	return f
}

func (f drillFields) text(key, usual string) string {
	if v, ok := f[key]; ok {
		delete(f, key)
		return v
	}
	return usual
}

func (f drillFields) flag(key string) bool {
	_, ok := f[key]
	delete(f, key)
	return ok
}

func (f drillFields) number(key string, usual float64) float64 {
	if v := f.text(key, ""); v != "" {
		return number(v)
	}
	return usual
}

// seconds reads a span such as 2h30m.
func (f drillFields) seconds(key string, usual float64) float64 {
	if v := f.text(key, ""); v != "" {
		span, err := sim.ParseDuration(v)
		if err != nil {
			panic(err)
		}
		return span.Seconds()
	}
	return usual
}

// left says which words nobody has read.
func (f drillFields) left() error {
	for key := range f {
		return fmt.Errorf("no such setting: %s", key)
	}
	return nil
}
