package render

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// form is an order that is being written: one value for each parameter, as it stands in a command.
type form struct {
	spec    *sim.OrderSpec
	values  []string // empty for what is not given
	focus   int      // parameter that is being set; their number for the button that gives the order
	query   string   // typed to find one of the choices
	pick    int      // choice that the keyboard is at; -1 for none
	at      int      // first choice shown
	options []choice // of the parameter in focus
	explain bool     // there is room to explain every parameter, not only the one in focus
	tried   bool     // it was to be given: what is missing is told from now on
	asked   int      // number of the answer to it, when it was given last; -1 before
}

// choice is something that a parameter can be.
type choice struct {
	value string
	title sim.Text
	note  sim.Text // its short name; of a road where it is
}

// openForm shows the form of an order. A zone that is selected on the map is its zone.
func (d *Desk) openForm(spec *sim.OrderSpec) {
	if !d.possible(spec) {
		return
	}
	f := &form{spec: spec, values: make([]string, len(spec.Params)), asked: -1}
	for i := range spec.Params {
		if p := &spec.Params[i]; !p.Optional && p.Kind == sim.ParamRef && p.Ref == sim.KindZone && d.look.Selected >= 0 &&
			d.commands(spec, d.look.Selected) {
			f.values[i] = d.names.NameOf(sim.RefTo(sim.KindZone, d.look.Selected))
		}
	}
	d.orders.form, d.typing = f, true
	d.focusOn(f.firstEmpty())
}

// firstEmpty returns the first parameter that must be given and is not; the button when there is none.
func (f *form) firstEmpty() int {
	for i := range f.spec.Params {
		if !f.spec.Params[i].Optional && f.values[i] == "" {
			return i
		}
	}
	return len(f.spec.Params)
}

// param returns the parameter in focus, nil at the button.
func (f *form) param() *sim.ParamSpec {
	if f.focus < 0 || f.focus >= len(f.spec.Params) {
		return nil
	}
	return &f.spec.Params[f.focus]
}

// chooses says whether a parameter is one of a list, and not written freely.
func chooses(p *sim.ParamSpec) bool { return p.Kind == sim.ParamRef || p.Kind == sim.ParamChoice }

// focusOn goes to a parameter, or with their number to the button.
func (d *Desk) focusOn(i int) {
	f := d.orders.form
	n := len(f.spec.Params) + 1
	f.focus = (i + n) % n
	f.query, f.pick, f.at, f.options = "", -1, 0, nil
	if p := f.param(); p != nil {
		f.options = d.options(f.spec, p)
		if f.values[f.focus] != "" {
			f.pick = slices.IndexFunc(f.options, func(c choice) bool { return c.value == f.values[f.focus] })
			f.at = max(f.pick-1, 0)
		}
	}
}

// options lists what a parameter can be: what the scenario has of its kind, its words, or the usual numbers and spans.
func (d *Desk) options(spec *sim.OrderSpec, p *sim.ParamSpec) []choice {
	switch p.Kind {
	case sim.ParamRef:
		return d.refOptions(spec, p.Ref)
	case sim.ParamChoice:
		out := make([]choice, len(p.Choices))
		for i, c := range p.Choices {
			out[i] = choice{c, p.Words[i], sim.Said(c)}
		}
		return out
	case sim.ParamNumber:
		return numberOptions(p)
	case sim.ParamDuration:
		return spanOptions(p)
	}
	return nil
}

// refOptions lists the entities of a kind; of structures those that can do what the order wants, of zones those over
// which the seat has authority where the order asks for that.
func (d *Desk) refOptions(spec *sim.OrderSpec, kind sim.Kind) []choice {
	var out []choice
	action, works := spec.Action()
	for i := range d.names.Count(kind) {
		ref := sim.Ref{Kind: kind, ID: int32(i)}
		c := choice{d.names.NameOf(ref), d.names.TitleOf(ref), sim.Said(d.names.NameOf(ref))}
		switch {
		case kind == sim.KindZone && !d.commands(spec, sim.ZoneID(i)):
			continue
		case kind == sim.KindStructure && works && !slices.Contains(d.names.Structures()[i].Actions, action):
			continue
		case kind == sim.KindLink:
			c.title, c.note = d.names.LinkOn(sim.LinkID(i)), d.where(d.sc.Links[i].Shape[0])
		case kind == sim.KindNode:
			c.note = d.where(d.sc.Nodes[i].At)
		case kind == sim.KindOfficial:
			if post, ok := d.names.Resolve(sim.KindPost, d.sc.Officials[i].Post); ok {
				title := d.names.TitleOf(sim.Ref{Kind: sim.KindPost, ID: post})
				c.title = sim.Say("%s（%s）", "%s (%s)", c.title, title)
			}
		}
		out = append(out, c)
	}
	if kind == sim.KindLink {
		d.closedFirst(out)
	}
	return out
}

// commands says whether the seat may give an order about a zone: where the order is one of zones, it must be that of
// the zone's post or one above it.
func (d *Desk) commands(spec *sim.OrderSpec, z sim.ZoneID) bool {
	seat := d.frame.Seen.Post
	if spec.Scope != sim.ScopeZone && spec.Scope != sim.ScopeControl || seat < 0 {
		return true
	}
	p := d.zonePost(z)
	for range d.sc.Posts {
		if p < 0 || p == seat {
			break
		}
		p = d.postNamed(d.sc.Posts[p].Superior)
	}
	return p == seat
}

// where names the zone of a place; nothing outside every zone.
func (d *Desk) where(p geo.Point) sim.Text {
	if z := d.scene.ZoneAt(p); z >= 0 {
		return d.names.TitleOf(sim.RefTo(sim.KindZone, z))
	}
	return sim.Text{}
}

// closedFirst puts the roads first of which the seat knows that they are closed, and says so.
func (d *Desk) closedFirst(links []choice) {
	closed := make(map[string]sim.Text)
	for _, r := range d.frame.Seen.Roads {
		if r.Closed {
			closed[d.names.NameOf(sim.RefTo(sim.KindLink, r.Link))] = sim.Said(d.shortClock(r.Reported))
		}
	}
	for i := range links {
		at, ok := closed[links[i].value]
		switch where := links[i].note; {
		case ok && where.Empty():
			links[i].note = sim.Say("%s 中断", "closed %s", at)
		case ok:
			links[i].note = sim.Say("%s，%s 中断", "%s, closed %s", where, at)
		}
	}
	slices.SortStableFunc(links, func(a, b choice) int {
		_, first := closed[a.value]
		_, second := closed[b.value]
		switch {
		case first == second:
			return 0
		case first:
			return -1
		}
		return 1
	})
}

// numberOptions are some twenty round numbers from the least to the greatest.
func numberOptions(p *sim.ParamSpec) []choice {
	step := math.Pow(10, math.Floor(math.Log10((p.Max-p.Min)/20)))
	for _, times := range [...]float64{1, 2, 5, 10} {
		if (p.Max-p.Min)/(step*times) <= 20 {
			step *= times
			break
		}
	}
	if p.Unit == "lanes" {
		step = max(step, 1)
	}
	var out []choice
	for n := 0; ; n++ {
		v := math.Ceil(p.Min/step)*step + float64(n)*step
		if v > p.Max+step/1000 {
			return out
		}
		text := fmt.Sprintf("%g", math.Round(v*1000)/1000)
		out = append(out, choice{text, sim.Say("%s %s", "%s %s", text, p.UnitTitle()), sim.Text{}})
	}
}

// spans are the times that are offered.
var spans = [...]sim.Duration{5 * sim.Minute, 10 * sim.Minute, 15 * sim.Minute, 20 * sim.Minute, 30 * sim.Minute,
	45 * sim.Minute, sim.Hour, 90 * sim.Minute, 2 * sim.Hour, 3 * sim.Hour, 4 * sim.Hour, 6 * sim.Hour, 12 * sim.Hour}

func spanOptions(p *sim.ParamSpec) []choice {
	var out []choice
	for _, s := range spans {
		if s.Seconds() >= p.Min && s.Seconds() <= p.Max {
			out = append(out, choice{s.String(), spanWords(s), sim.Said(s.String())})
		}
	}
	return out
}

// spanWords writes a span in hours, minutes and seconds, without those that are 0.
func spanWords(s sim.Duration) sim.Text {
	var parts []sim.Text
	if h := int64(s / sim.Hour); h > 0 {
		parts = append(parts, sim.Say("%d 小时", "%d h", h))
	}
	if m := int64(s % sim.Hour / sim.Minute); m > 0 {
		parts = append(parts, sim.Say("%d 分钟", "%d min", m))
	}
	if sec := int64(s % sim.Minute / sim.Second); sec > 0 || len(parts) == 0 {
		parts = append(parts, sim.Say("%d 秒", "%d s", sec))
	}
	return sim.Join(parts, sim.Said(" "))
}

// shown returns the choices of the parameter in focus that match what is typed.
func (f *form) shown() []choice {
	if f.query == "" {
		return f.options
	}
	var out []choice
	for _, c := range f.options {
		if matches(f.query, c.title, c.value, c.note) {
			out = append(out, c)
		}
	}
	return out
}

// typed takes what is typed: to find a choice, or as the value itself.
func (f *form) typed(text string) {
	p := f.param()
	switch {
	case p == nil:
	case chooses(p):
		f.query += text
		f.pick, f.at = 0, 0
	default:
		f.values[f.focus] += text
		f.pick = -1
	}
}

func (f *form) erase() {
	switch p := f.param(); {
	case p == nil:
	case chooses(p) && f.query != "":
		f.query = eraseLast(f.query)
		f.pick, f.at = 0, 0
	case chooses(p):
		f.values[f.focus], f.pick = "", -1
	default:
		f.values[f.focus] = eraseLast(f.values[f.focus])
	}
}

// choose sets the parameter in focus and goes on to the next one.
func (d *Desk) choose(value string) {
	f := d.orders.form
	if f.focus < len(f.values) {
		f.values[f.focus] = value
		d.focusOn(f.focus + 1)
	}
}

// formKey does what a key does in a form, and says whether it does anything there.
func (d *Desk) formKey(key Key) bool {
	f := d.orders.form
	shown := f.shown()
	switch key {
	case KeyDown, KeyUp:
		by := 1
		if key == KeyUp {
			by = -1
		}
		if f.pick = min(max(f.pick+by, 0), len(shown)-1); f.pick >= 0 {
			f.at = min(f.at, f.pick)
			f.at = max(f.at, f.pick-d.shownChoices()+1)
		}
	case KeyNext:
		if d.shift {
			d.focusOn(f.focus - 1)
		} else {
			d.focusOn(f.focus + 1)
		}
	case KeyEnter:
		switch {
		case f.param() == nil:
			d.giveForm()
		case f.pick >= 0 && f.pick < len(shown):
			d.choose(shown[f.pick].value)
		default:
			d.focusOn(f.focus + 1)
		}
	case KeyErase:
		f.erase()
	default:
		return false
	}
	return true
}

// shownChoices is how many choices fit into the list as it was drawn last.
func (d *Desk) shownChoices() int {
	for _, l := range d.lists {
		if f := d.orders.form; f != nil && l.at == &f.at {
			return max(int((l.box.y1-l.box.y0)/(choiceSize*d.look.Scale)), 1)
		}
	}
	return 1
}

// command is the order as the form has it.
func (f *form) command() sim.Command {
	var pairs []string
	for i, v := range f.values {
		if v = strings.TrimSpace(v); v != "" {
			pairs = append(pairs, f.spec.Params[i].Name, v)
		}
	}
	return sim.NewCommand(sim.FromPlayer, f.spec.Name, pairs...)
}

// wrong returns why a parameter cannot stand as it is, in the words of the catalogue; nothing where it can. What is
// missing is no mistake before somebody wants to give the order.
func (d *Desk) wrong(i int) sim.Text {
	f := d.orders.form
	if f.values[i] == "" && !f.tried || i == f.focus && !f.tried && !chooses(&f.spec.Params[i]) {
		return sim.Text{}
	}
	_, problems := f.spec.Examine(f.command(), d.names)
	for _, p := range problems {
		if p.Path == f.spec.Params[i].Name {
			return p.Text
		}
	}
	return sim.Text{}
}

// giveForm gives the order when it can be read, else goes to the first parameter that is wrong.
func (d *Desk) giveForm() {
	f := d.orders.form
	if d.frame == nil || !d.frame.Status.TakesOrders() {
		return
	}
	f.tried = true
	c := f.command()
	if _, problems := f.spec.Examine(c, d.names); len(problems) > 0 {
		at := slices.IndexFunc(f.spec.Params, func(p sim.ParamSpec) bool { return p.Name == problems[0].Path })
		d.focusOn(max(at, 0))
		return
	}
	f.asked = d.give(c)
}

// answer returns what became of the order that was given by this form, nil while that is not known.
func (d *Desk) answer() *Answer {
	f, list := d.orders.form, d.frame.Status.Answers
	if f.asked < 0 || f.asked >= len(list) {
		return nil
	}
	return &list[f.asked]
}

// onMap says whether something of a kind can be pointed at on the map.
func onMap(kind sim.Kind) bool {
	switch kind {
	case sim.KindZone, sim.KindPost, sim.KindShelter, sim.KindUnit, sim.KindStructure, sim.KindLink, sim.KindNode:
		return true
	}
	return false
}

// pointAt sets the parameter in focus to what lies at a place of the map, and says whether the form takes the click.
func (d *Desk) pointAt(at XY) bool {
	f := d.orders.form
	if d.tab != tabOrders || f == nil {
		return false
	}
	p := f.param()
	if p == nil || p.Kind != sim.ParamRef || !onMap(p.Ref) {
		return false
	}
	if ref := d.under(p.Ref, at); ref.ID >= 0 {
		name := d.names.NameOf(ref)
		if slices.ContainsFunc(f.options, func(c choice) bool { return c.value == name }) {
			d.choose(name)
		}
	}
	return true
}

// pointReach is how far from the cursor something may lie that is pointed at [pixel] at scale 1.
const pointReach = 16

// under returns what of a kind is nearest to a place of the screen, None where nothing is near.
func (d *Desk) under(kind sim.Kind, at XY) sim.Ref {
	ref := sim.Ref{Kind: kind, ID: sim.None}
	if kind == sim.KindZone {
		ref.ID = int32(d.scene.ZoneAt(d.cam.World(float64(at.X), float64(at.Y))))
		return ref
	}
	best := pointReach * d.look.Scale
	for i := range d.names.Count(kind) {
		one := sim.Ref{Kind: kind, ID: int32(i)}
		if far := d.farFrom(one, at); far < best {
			ref, best = one, far
		}
	}
	return ref
}

// farFrom returns how far an entity is from a place of the screen [pixel].
func (d *Desk) farFrom(ref sim.Ref, at XY) float32 {
	if ref.Kind == sim.KindLink {
		return d.scene.roads.farFrom(sim.LinkID(ref.ID), d.cam, at, pointReach*d.look.Scale)
	}
	p, ok := d.placeOf(ref)
	if !ok {
		return math.MaxFloat32
	}
	return sqrt32((p.X-at.X)*(p.X-at.X) + (p.Y-at.Y)*(p.Y-at.Y))
}

// placeOf returns where an entity is on the screen.
func (d *Desk) placeOf(ref sim.Ref) (XY, bool) {
	switch i := int(ref.ID); ref.Kind {
	case sim.KindPost:
		return d.cam.Screen(scenario.Point(d.sc.Posts[i].Place)), true
	case sim.KindShelter:
		return d.cam.Screen(scenario.Point(d.sc.Shelters[i].Place)), true
	case sim.KindStructure:
		return d.cam.Screen(d.names.Structures()[i].Place), true
	case sim.KindNode:
		return d.cam.Screen(d.sc.Nodes[i].At), true
	case sim.KindZone:
		return d.cam.Screen(d.scene.zones[i].heart), true
	case sim.KindUnit:
		for _, u := range d.frame.Snapshot.Units {
			if u.Unit == sim.UnitID(ref.ID) {
				return d.cam.Screen(u.At), true
			}
		}
	}
	return XY{}, false
}
